//! Whom time calls, and how: the rungs of the ladder, warnings, replies that are overdue. Questions that are due
//! together for one person are said in one message.

use crate::desk::Result;
use crate::desk::ground::owe::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::time::hand_over;
use crate::domain::asking::clocks::{Nudge, Rung};
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::asking::responsible;
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::Place;
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::duty::Duty;
use crate::domain::roster::people::PersonId;
use crate::domain::wording;
use crate::domain::wording::Named;

pub(in crate::desk) async fn climb(
    sitting: &mut Sitting<'_>,
    rung: Rung,
    asked: Option<PersonId>,
    due: Vec<Question>,
) -> Result<()> {
    let mut questions = Vec::with_capacity(due.len());
    for question in due {
        questions.push(sitting.settle(question.climb(rung, asked)).await?);
    }
    let Some(first) = questions.first().cloned() else {
        return Ok(());
    };
    let ids: Vec<QuestionId> = questions.iter().map(|question| question.id).collect();
    let asked: Vec<PersonId> = asked.into_iter().collect();
    let keepers = sitting.roster.keepers_of(first.bureau);
    match rung {
        Rung::Queued => Ok(()),
        // Asked outside duty time, which begins now.
        Rung::Card => {
            let duty = asked.first().map_or(Duty::Nobody, |helper| Duty::Now(*helper));
            for question in &questions {
                hand_over::call_to_staff(sitting, question, &duty).await?;
            }
            Ok(())
        }
        Rung::Remind => {
            call(sitting, &questions, &asked, |helpers| {
                wording::reminder(&ids, helpers.first())
            })
            .await
        }
        Rung::AllHelpers => {
            let all: Vec<PersonId> = sitting
                .roster
                .helpers_of(first.bureau)
                .map(|helper| helper.id)
                .collect();
            let here: Vec<PersonId> = all
                .into_iter()
                .filter(|helper| responsible::is_here(&sitting.roster, *helper, sitting.now))
                .collect();
            call(sitting, &questions, &here, |helpers| wording::call_all(&ids, helpers)).await
        }
        // Nobody to call: the next rung is the guidance group.
        Rung::BureauAdmin if keepers.is_empty() => Ok(()),
        Rung::BureauAdmin => {
            call(sitting, &questions, &keepers, |keepers| {
                wording::call_admin(&ids, keepers)
            })
            .await
        }
        Rung::Guidance => call_guidance(sitting, &questions).await,
        Rung::WarnAllHelpers | Rung::WarnBureauAdmin => warn(sitting, &first, &asked, rung, &ids).await,
        Rung::WarnGuidance => warn(sitting, &first, &keepers, rung, &ids).await,
    }
}

/// Warns people in private, or in the duty group where none of them can be reached.
async fn warn(
    sitting: &mut Sitting<'_>,
    first: &Question,
    people: &[PersonId],
    rung: Rung,
    ids: &[QuestionId],
) -> Result<()> {
    let places = reach(sitting, first, people).await?;
    for place in places {
        sitting.say(&place, None, wording::warning(ids, rung)).await?;
    }
    Ok(())
}

/// Where staff can be told something that does not concern the asker.
async fn reach(sitting: &mut Sitting<'_>, question: &Question, people: &[PersonId]) -> Result<Vec<Place>> {
    let private = sitting.private_places(people).await?;
    if private.is_empty() {
        return Ok(sitting.duty_group(question).await?.into_iter().collect());
    }
    Ok(private)
}

/// Calls people where the card stands (duty group or help group) and in their private chats: about one question
/// with its button, about several in one message.
async fn call(
    sitting: &mut Sitting<'_>,
    questions: &[Question],
    people: &[PersonId],
    text: impl Fn(&[Named]) -> Rich,
) -> Result<()> {
    let Some(first) = questions.first() else { return Ok(()) };
    let place = sitting
        .duty_group(first)
        .await?
        .unwrap_or_else(|| first.place().clone());
    let mut named = Vec::with_capacity(people.len());
    for person in people {
        named.extend(sitting.named(*person, &place.channel).await?);
    }
    let claim = [&[Push::Claim][..]];
    let [only] = questions else {
        sitting.say(&place, None, text(&named)).await?;
        for private in sitting.private_places(people).await? {
            sitting.say(&private, None, text(&[])).await?;
        }
        return Ok(());
    };
    if place == *only.place() {
        sitting.say_about(only, Role::Card, text(&named), &claim).await?;
    } else {
        sitting
            .say_elsewhere(&place, only.id, Role::Card, text(&named), &claim)
            .await?;
    }
    for private in sitting.private_places(people).await? {
        sitting
            .say_elsewhere(&private, only.id, Role::Card, text(&[]), &claim)
            .await?;
    }
    Ok(())
}

async fn call_guidance(sitting: &mut Sitting<'_>, questions: &[Question]) -> Result<()> {
    let Some(first) = questions.first() else { return Ok(()) };
    let bureau = sitting.bureau(first.bureau)?;
    let Some(city) = sitting.roster.city_bureau().map(|city| city.id) else {
        return Ok(());
    };
    let groups = sitting.tx.groups_of(city, GroupKind::Guidance).await?;
    for group in groups.into_iter().filter(|group| group.id != first.group) {
        // A masked copy: the guidance group sees what was asked, not who asked.
        for question in questions {
            let text = wording::call_guidance(question.id, &bureau.name, question.text.as_str());
            sitting
                .say_elsewhere(&group.place(), question.id, Role::Card, text, &[&[Push::Claim]])
                .await?;
        }
    }
    for question in questions {
        sitting
            .say_about(question, Role::Line, wording::still_waiting(question.id), &[])
            .await?;
    }
    Ok(())
}

/// Claimed, and nothing said for long: the helper is warned, then reminded, and the asker gets a word.
pub(in crate::desk) async fn nudge(
    sitting: &mut Sitting<'_>,
    nudge: Nudge,
    by: PersonId,
    due: Vec<Question>,
) -> Result<()> {
    let mut questions = Vec::with_capacity(due.len());
    for question in due {
        questions.push(sitting.settle(question.nudge(nudge)).await?);
    }
    let Some(first) = questions.first().cloned() else {
        return Ok(());
    };
    let ids: Vec<QuestionId> = questions.iter().map(|question| question.id).collect();
    match nudge {
        Nudge::None => Ok(()),
        Nudge::Warned => {
            for place in reach(sitting, &first, &[by]).await? {
                sitting.say(&place, None, wording::reply_soon(&ids)).await?;
            }
            Ok(())
        }
        Nudge::Overdue => overdue(sitting, by, &questions, &ids).await,
    }
}

async fn overdue(sitting: &mut Sitting<'_>, by: PersonId, questions: &[Question], ids: &[QuestionId]) -> Result<()> {
    for question in questions {
        if let Some(named) = sitting.named(by, &question.place().channel).await? {
            sitting
                .say_about(
                    question,
                    Role::Notice,
                    wording::first_reply_due(question.id, &named),
                    &[],
                )
                .await?;
        }
    }
    for place in sitting.private_places(&[by]).await? {
        match questions {
            [only] => {
                sitting
                    .say_elsewhere(&place, only.id, Role::Notice, wording::reply_overdue(ids, None), &[])
                    .await?;
            }
            _ => sitting.say(&place, None, wording::reply_overdue(ids, None)).await?,
        }
    }
    let name = sitting.roster.person(by).map(|person| person.name.clone());
    let keepers = questions.first().map(|first| sitting.roster.keepers_of(first.bureau));
    let keepers: Vec<PersonId> = keepers
        .into_iter()
        .flatten()
        // A helper of the city desk may be late at night; the bureau's people are not called then.
        .filter(|keeper| *keeper != by && sitting.works(*keeper))
        .collect();
    for place in sitting.private_places(&keepers).await? {
        sitting
            .say(&place, None, wording::reply_overdue(ids, name.as_deref()))
            .await?;
    }
    Ok(())
}
