//! 求助市局: a masked copy goes to the guidance group, the city desk's answer comes back to the helper, who sends it as
//! it is or in own words. The question stays with its helper (许工商〔2018〕103号 四(三)3).

use crate::desk::Result;
use crate::desk::ground::owe::Push;
use crate::desk::ground::reading::audience;
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::helper::reply;
use crate::domain::asking::question::{Question, QuestionId, Refusal, State};
use crate::domain::asking::request::Adopted;
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::message::Place;
use crate::domain::roster::people::Person;
use crate::domain::{privacy, wording};
use crate::faq::Audience;

/// The role of the copy in the guidance group.
pub(in crate::desk) const CITY: &str = "city";

/// The role of the advice as the helper sees it.
pub(in crate::desk) const ADVICE: &str = "advice";

/// `求助 1024 说明`, by the helper who has the question.
pub(in crate::desk) async fn ask_city(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    helper: &Person,
    note: &str,
) -> Result<()> {
    let id = question.id;
    match &question.state {
        State::Claimed { by, .. } | State::Replied { by, .. } if *by == helper.id => {}
        State::Claimed { .. } | State::Replied { .. } => {
            return sitting.refuse(via, &Refusal::NotHolder, Some(id)).await;
        }
        State::Ended { .. } => return sitting.refuse(via, &Refusal::Over, Some(id)).await,
        State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } | State::Waiting { .. } => {
            return sitting.refuse(via, &Refusal::NotNow, Some(id)).await;
        }
    }
    sitting.acknowledge(via).await?;
    let note = privacy::mask(&privacy::printable(note));
    sitting.step(id, "asked_city", Some(helper.id), note.as_str()).await?;
    let bureau = sitting.bureau(question.bureau)?;
    let city = sitting.roster.city_bureau().map(|city| city.id);
    let groups = match city {
        Some(city) => sitting.tx.groups_of(city, GroupKind::Guidance).await?,
        None => Vec::new(),
    };
    for group in &groups {
        let text = wording::ask_city(id, &bureau.name, &helper.name, question.text.as_str(), note.as_str());
        sitting.say_elsewhere(&group.place(), id, CITY, text, &[]).await?;
    }
    let told = if groups.is_empty() {
        wording::no_guidance_group(id)
    } else {
        wording::city_asked(id)
    };
    let places = sitting.private_places(&[helper.id]).await?;
    if places.is_empty() {
        return sitting.say(&via.place, via.text_id.as_deref(), told).await;
    }
    for place in places {
        sitting.say(&place, None, told.clone()).await?;
    }
    Ok(())
}

/// A reply of the city desk to the copy in the guidance group: passed on to the helper, who decides what is said.
pub(in crate::desk) async fn city_advises(
    sitting: &mut Sitting<'_>,
    said: &Said<'_>,
    question: &Question,
    words: &str,
) -> Result<()> {
    let id = question.id;
    let quote = Some(said.heard.id.as_str());
    let (Some(adviser), Some(holder)) = (said.person.clone(), question.state.holder()) else {
        let text = wording::refusal(&Refusal::NotNow, Some(id), None);
        return sitting.say(&said.incoming.place, quote, text.into()).await;
    };
    let advice = privacy::mask(&privacy::printable(words));
    let step = noted_step(sitting, id, "city_advised", Some(adviser.id), advice.as_str()).await?;
    let places = reach_helper(sitting, question, holder).await?;
    let Some(named) = sitting.named(holder, &said.incoming.place.channel).await? else {
        return Ok(());
    };
    if places.is_empty() {
        let text = wording::helper_unreachable(id, &named);
        return sitting.say(&said.incoming.place, quote, text).await;
    }
    for place in places {
        let text = wording::city_advice(id, &adviser.name, advice.as_str());
        sitting
            .say_elsewhere(&place, id, ADVICE, text, &[&[Push::Adopt(Adopted::Advice(step))]])
            .await?;
    }
    let text = wording::advice_passed_on(id, &named.public.name);
    sitting.say(&said.incoming.place, quote, text).await
}

/// Where a helper can be told what the asker should not read: in private, else in their bureau's duty group.
async fn reach_helper(
    sitting: &mut Sitting<'_>,
    question: &Question,
    helper: crate::domain::roster::people::PersonId,
) -> Result<Vec<Place>> {
    let private = sitting.private_places(&[helper]).await?;
    if !private.is_empty() {
        return Ok(private);
    }
    Ok(sitting.duty_group(question).await?.into_iter().collect())
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
    let Some((words, note)) = adopted_words(sitting, &question, adopted).await? else {
        return sitting.tell(via, wording::nothing_to_adopt()).await;
    };
    sitting.acknowledge(via).await?;
    let (words, kind) = match edited.trim() {
        "" => (words, "adopted"),
        edited => (edited.to_owned(), "adopted_edited"),
    };
    sitting.step(id, kind, Some(helper.id), &note).await?;
    let native = via.place == *question.place();
    reply::reply(sitting, question, helper, &words, &[], None, false).await?;
    if native {
        return Ok(());
    }
    sitting.say(&via.place, None, wording::relay_done(id)).await
}

/// The city's newest advice about a question, for whoever types 采用此答复 without an entry's number.
pub(in crate::desk) async fn newest_advice(sitting: &mut Sitting<'_>, question: &Question) -> Result<Option<Adopted>> {
    let steps = sitting.tx.steps(question.id).await?;
    let newest = steps.iter().rev().find(|step| step.kind == "city_advised");
    Ok(newest.map(|step| Adopted::Advice(step.id)))
}

/// The words of what is adopted, and what the history keeps of it.
async fn adopted_words(
    sitting: &mut Sitting<'_>,
    question: &Question,
    adopted: Adopted,
) -> Result<Option<(String, String)>> {
    match adopted {
        Adopted::Entry(no) => {
            let bureau = sitting.bureau(question.bureau)?;
            let group = sitting.tx.group(question.group).await?;
            let audience = audience(group.as_ref().and_then(Group::kind));
            // What is only for staff is not said where the public reads, whoever types its number.
            let entry = sitting.served.faq().entry_by_no(no);
            let entry = entry.filter(|entry| audience == Audience::Staff || entry.audience == Audience::Public);
            let entry = entry.map(|entry| entry.id.clone());
            let said = entry.as_ref().and_then(|entry| sitting.said(entry, &bureau));
            let note = entry.map(|entry| format!("{}·{}", entry.as_str(), sitting.served.revision(&entry)));
            Ok(said.map(|said| wording::answer_alone(&said).words()).zip(note))
        }
        Adopted::Advice(step) => {
            let steps = sitting.tx.steps(question.id).await?;
            let advice = steps
                .into_iter()
                .find(|known| known.id == step && known.kind == "city_advised");
            Ok(advice.map(|advice| (advice.note, format!("step {step}"))))
        }
    }
}

/// Notes a step and gives its number.
async fn noted_step(
    sitting: &mut Sitting<'_>,
    id: QuestionId,
    kind: &str,
    person: Option<crate::domain::roster::people::PersonId>,
    note: &str,
) -> Result<i64> {
    Ok(sitting.tx.add_step(id, kind, person, note, sitting.now).await?)
}
