//! 转办: a helper offers a question to a colleague, who accepts with 认领 or turns it down. Until then, and as first
//! helper for ever, the one who had it stays responsible (许工商〔2018〕103号 三(三)3).

use crate::desk::Result;
use crate::desk::ground::owe::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::domain::asking::question::{Question, Refusal};
use crate::domain::chat::role::Role;
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::domain::{privacy, wording};

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
        return sitting.refuse(via, &Refusal::NobodyNamed, Some(id)).await;
    }
    let Some(to) = helper_called(sitting, name, question.bureau) else {
        return sitting.tell(via, wording::nobody_of_that_name(name).words()).await;
    };
    let reason = privacy::mask(&privacy::printable(reason));
    let arranges = arranges(sitting, helper, &question);
    let offered = match question.offer(helper.id, arranges, to.id, &reason) {
        Ok(offered) => offered,
        Err(refusal) => return sitting.refuse(via, &refusal, Some(id)).await,
    };
    sitting.acknowledge(via).await?;
    let offered = sitting.settle(offered).await?;
    tell_offer(sitting, via, &offered, helper, &to, reason.as_str()).await
}

async fn tell_offer(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: &Question,
    helper: &Person,
    to: &Person,
    reason: &str,
) -> Result<()> {
    let places = sitting.private_places(&[to.id]).await?;
    let elsewhere = !places.is_empty();
    let places = if elsewhere {
        places
    } else {
        vec![question.place().clone()]
    };
    for place in places {
        let Some(named) = sitting.named(to.id, &place.channel).await? else {
            continue;
        };
        let text = wording::offered(question.id, &helper.name, &named, reason, question.text.as_str());
        let buttons = [&[Push::Claim][..]];
        if elsewhere {
            sitting
                .say_elsewhere(&place, question.id, Role::Card, text, &buttons)
                .await?;
        } else {
            sitting.say_about(question, Role::Card, text, &buttons).await?;
        }
    }
    if elsewhere {
        sitting
            .tell(via, wording::offer_noted(question.id, &to.name).words())
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
    let text = wording::declined(id, &helper.name);
    let Some(holder) = declined.state.holder() else {
        return Ok(());
    };
    let places = sitting.private_places(&[holder]).await?;
    if places.is_empty() {
        return sitting.say_about(&declined, Role::Line, text, &[]).await;
    }
    for place in places {
        sitting.say(&place, None, text.clone()).await?;
    }
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
