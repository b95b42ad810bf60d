//! 求助市局: a masked copy goes to the guidance group, the city desk's answer comes back to the helper, who sends it as
//! it is or in own words. The question stays with its helper (许工商〔2018〕103号 四(三)3).

use crate::desk::Result;
use crate::desk::ground::reading::audience;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::Told;
use crate::desk::ground::via::Via;
use crate::desk::helper::reply::{self, Reply};
use crate::domain::asking::history::{self, Step};
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::RevisionRef;
use crate::domain::asking::question::{Question, Refusal};
use crate::domain::asking::request::Adopted;
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::Person;
use crate::domain::wording;
use crate::domain::wording::Named;
use crate::faq::Audience;

/// `求助 1024 说明`, by the helper who has the question.
pub(in crate::desk) async fn ask_city(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    helper: &Person,
    note: &str,
) -> Result<()> {
    let id = question.id;
    let note = Masked::from(note);
    let asked = match question.ask_city(helper.id, &note) {
        Ok(asked) => asked,
        Err(refusal) => return sitting.refuse(via, &refusal, Some(id)).await,
    };
    sitting.acknowledge(via).await?;
    let question = sitting.settle(asked).await?;
    let bureau = sitting.bureau(question.bureau);
    let city = sitting.roster.desk().id;
    let groups = sitting.tx.groups_of(city, GroupKind::Guidance).await?;
    for group in &groups {
        let text = wording::ask_city(id, &bureau.name, &helper.name, &question.text, &note);
        sitting
            .say_under(&group.place(), None, id, Role::City, text, &[])
            .await?;
    }
    let told = if groups.is_empty() {
        wording::no_guidance_group(id)
    } else {
        wording::city_asked(id)
    };
    let words = |_: Spot, _: &[Named]| told.clone();
    let told = Told::words(News::CityAsked, std::slice::from_ref(&helper.id), &words);
    sitting.tell_staff(std::slice::from_ref(&question), &told).await?;
    Ok(())
}

/// 采用此答复: an entry or the city's advice becomes the answer; by whoever may claim the question or has it. With
/// `edited` words these are sent, and the history keeps that the entry was not good enough as it stands.
pub(in crate::desk) async fn adopt(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    helper: &Person,
    adopted: Adopted,
    edited: &str,
) -> Result<()> {
    let id = question.id;
    match question.state.holder() {
        Some(holder) if holder != helper.id => {
            return sitting.refuse(via, &Refusal::HeldBy(holder), Some(id)).await;
        }
        Some(_) | None if !question.open() => return sitting.refuse(via, &Refusal::Over, Some(id)).await,
        Some(_) | None => {}
    }
    let Some((words, what)) = adopted_words(sitting, &question, adopted).await? else {
        return sitting.tell(via, wording::nothing_to_adopt()).await;
    };
    sitting.acknowledge(via).await?;
    let edited = edited.trim();
    let words = if edited.is_empty() { words } else { edited.to_owned() };
    let native = via.place == *question.place() || sitting.among_askers(&via.place).await?;
    let taken = question.adopt(helper.id, what, !edited.is_empty());
    reply::reply(sitting, taken, helper, Reply::words(&words)).await?;
    if native {
        return Ok(());
    }
    sitting.say(&via.place, None, wording::relay_done(id)).await
}

/// The city's newest advice about a question, for whoever types 采用此答复 without an entry's number.
pub(in crate::desk) async fn newest_advice(sitting: &mut Sitting<'_>, question: &Question) -> Result<Option<Adopted>> {
    let steps = sitting.tx.steps(question.id).await?;
    let newest = steps
        .iter()
        .rev()
        .find(|noted| matches!(noted.step, Step::CityAdvised { .. }));
    Ok(newest.map(|noted| Adopted::Advice(noted.id)))
}

/// The words of what is adopted, and what the history keeps of it.
async fn adopted_words(
    sitting: &mut Sitting<'_>,
    question: &Question,
    adopted: Adopted,
) -> Result<Option<(String, history::Adopted)>> {
    match adopted {
        Adopted::Entry(no) => {
            let bureau = sitting.bureau_meant(question);
            let group = sitting.tx.group(question.group).await?;
            let audience = audience(group.as_ref().and_then(Group::kind));
            // What is only for staff is not said where the public reads, whoever types its number.
            let entry = sitting.served.faq().entry_by_no(no);
            let entry = entry.filter(|entry| audience == Audience::Staff || entry.audience == Audience::Public);
            let entry = entry.map(|entry| entry.id.clone());
            let said = entry.as_ref().and_then(|entry| sitting.said(entry, &bureau));
            let what = entry.and_then(|entry| {
                let revision = sitting.served.revision(&entry)?;
                let entry = entry.as_str().to_owned();
                Some(history::Adopted::Entry(RevisionRef { entry, revision }))
            });
            Ok(said.map(|said| wording::answer_alone(&said).words()).zip(what))
        }
        Adopted::Advice(step) => {
            let steps = sitting.tx.steps(question.id).await?;
            Ok(steps.into_iter().find_map(|noted| match noted.step {
                Step::CityAdvised { words, .. } if noted.id == step => Some((words, history::Adopted::Advice(step))),
                _ => None,
            }))
        }
    }
}
