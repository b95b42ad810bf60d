//! 转办: a helper offers a question to a colleague, who accepts with 认领 or turns it down. Until then, and as first
//! helper for ever, the one who had it stays responsible (许工商〔2018〕103号 三(三)3).

use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::Told;
use crate::desk::ground::via::Via;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::Question;
use crate::domain::asking::responsible;
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::domain::wording;
use crate::domain::wording::Named;

/// A colleague to whom a question can be offered.
#[derive(Debug)]
pub struct Colleague {
    /// The name.
    pub name: String,
    /// On duty now.
    pub on_duty: bool,
}

/// `转办 1024 李强 原因`
pub(in crate::desk) async fn offer(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    helper: &Person,
    words: &str,
) -> Result<()> {
    let id = question.id;
    let (name, reason) = words
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or((words.trim(), ""));
    if name.is_empty() {
        return whom(sitting, via, &question, helper).await;
    }
    let Some(to) = helper_called(sitting, name, question.bureau) else {
        return sitting
            .tell(via, wording::nobody_of_that_name(&name.into()).words())
            .await;
    };
    let reason = Masked::from(reason);
    let arranges = arranges(sitting, helper, &question);
    let offered = match question.offer(helper.id, arranges, to.id, &reason) {
        Ok(offered) => offered,
        Err(refusal) => return sitting.refuse(via, &refusal, Some(id)).await,
    };
    sitting.acknowledge(via).await?;
    let offered = sitting.settle(offered).await?;
    tell_offer(sitting, via, &offered, helper, &to, &reason).await
}

/// Nobody was named: who could be, those on duty first.
async fn whom(sitting: &mut Sitting<'_>, via: &Via, question: &Question, helper: &Person) -> Result<()> {
    let others = colleagues(sitting, question, helper).await?;
    let names: Vec<&str> = others.iter().map(|colleague| colleague.name.as_str()).collect();
    let text = wording::offer_to_whom(question.id, &names);
    sitting.tell_doer(via, text).await
}

/// Who could take a question from its helper, those on duty first.
pub(in crate::desk) async fn colleagues(
    sitting: &mut Sitting<'_>,
    question: &Question,
    helper: &Person,
) -> Result<Vec<Colleague>> {
    let on_duty = sitting.on_duty(sitting.post(question), false).await?.helper();
    let here = |person: &&Person| responsible::is_here(&sitting.roster, person.id, sitting.now);
    let mut others: Vec<&Person> = sitting.roster.helpers_of(question.bureau).filter(here).collect();
    others.retain(|person| person.id != helper.id);
    others.sort_by_key(|person| Some(person.id) != on_duty);
    let colleague = |person: &Person| Colleague {
        name: person.name.clone(),
        on_duty: Some(person.id) == on_duty,
    };
    Ok(others.into_iter().map(colleague).collect())
}

async fn tell_offer(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: &Question,
    helper: &Person,
    to: &Person,
    reason: &Masked,
) -> Result<()> {
    let (id, asked) = (question.id, &question.text);
    let words = |spot: Spot, named: &[Named]| match (spot, named.first()) {
        (Spot::Duty | Spot::Private, Some(to)) => wording::offered(id, &helper.name, to, reason, asked),
        (Spot::Open, Some(to)) => wording::offered_in_open(id, to),
        (_, None) => Rich::default(),
    };
    let told = Told {
        buttons: &[&[Push::Claim]],
        ..Told::words(News::Offered, std::slice::from_ref(&to.id), &words)
    };
    sitting.tell_staff(std::slice::from_ref(question), &told).await?;
    if sitting.has_duty_group(question).await? || sitting.is_reachable(to.id).await? {
        sitting
            .tell_doer(via, wording::offer_noted(id, &to.name).words())
            .await?;
    }
    Ok(())
}

/// `不接 1024`
pub(in crate::desk) async fn decline(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    helper: &Person,
) -> Result<()> {
    let id = question.id;
    let declined = match question.decline(helper.id) {
        Ok(declined) => declined,
        Err(refusal) => return sitting.refuse(via, &refusal, Some(id)).await,
    };
    sitting.acknowledge(via).await?;
    let declined = sitting.settle(declined).await?;
    let Some(holder) = declined.state.holder() else {
        return Ok(());
    };
    let words = |spot: Spot, named: &[Named]| match (spot, named.first()) {
        (Spot::Open, Some(holder)) => wording::declined_in_open(id, holder),
        (Spot::Duty | Spot::Private, _) | (Spot::Open, None) => wording::declined(id, &helper.name),
    };
    let told = Told::words(News::Declined, std::slice::from_ref(&holder), &words);
    sitting.tell_staff(std::slice::from_ref(&declined), &told).await?;
    Ok(())
}

/// A helper by name: of the same bureau first, else the only one of the city.
pub(in crate::desk) fn helper_called(
    sitting: &Sitting<'_>,
    name: &str,
    bureau: crate::domain::roster::people::BureauId,
) -> Option<Person> {
    let named: Vec<&Person> = sitting
        .roster
        .people_named(name)
        .filter(|person| person.is_helper())
        .collect();
    let own = named.iter().find(|person| person.bureau == bureau);
    match (own, named.as_slice()) {
        (Some(own), _) => Some((*own).clone()),
        (None, [only]) => Some((*only).clone()),
        (None, _) => None,
    }
}

/// Whether somebody may arrange another helper's questions.
pub(in crate::desk) fn arranges(sitting: &Sitting<'_>, person: &Person, question: &Question) -> bool {
    sitting.has_right(person, Right::Arrange, question.bureau)
}
