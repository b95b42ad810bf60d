//! Whom time calls, and how: the rungs of the ladder, warnings, replies that are overdue. Questions that are due
//! together for one person are said in one message.

use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::{Told, shortened};
use crate::desk::time::hand_over;
use crate::domain::asking::clocks::{Nudge, Rung};
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::asking::responsible;
use crate::domain::chat::group::GroupKind;
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
            let words = |helpers: &[Named]| wording::reminder(&ids, helpers.first());
            call(sitting, News::Reminder, &questions, &asked, &words).await
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
            let words = |helpers: &[Named]| wording::call_all(&ids, helpers);
            call(sitting, News::AllHelpers, &questions, &here, &words).await
        }
        // Nobody to call: the next rung is the guidance group.
        Rung::BureauAdmin if keepers.is_empty() => Ok(()),
        Rung::BureauAdmin => {
            let words = |keepers: &[Named]| wording::call_admin(&ids, keepers);
            call(sitting, News::Admin, &questions, &keepers, &words).await
        }
        Rung::Guidance => call_guidance(sitting, &questions).await,
        Rung::WarnAllHelpers | Rung::WarnBureauAdmin => warn(sitting, &questions, &asked, rung, &ids).await,
        Rung::WarnGuidance => warn(sitting, &questions, &keepers, rung, &ids).await,
    }
}

/// Warns those who must act of the next rung.
async fn warn(
    sitting: &mut Sitting<'_>,
    questions: &[Question],
    people: &[PersonId],
    rung: Rung,
    ids: &[QuestionId],
) -> Result<()> {
    let words = |_: Spot, _: &[Named]| wording::warning(ids, rung);
    sitting
        .tell_staff(questions, &Told::words(News::Warning, people, &words))
        .await?;
    Ok(())
}

/// Calls people: about one question with its button, and the card where they have not seen it; about several with
/// what each asks. In private nobody else is named.
async fn call(
    sitting: &mut Sitting<'_>,
    news: News,
    questions: &[Question],
    people: &[PersonId],
    head: &(dyn Fn(&[Named]) -> Rich + Send + Sync),
) -> Result<()> {
    let each = match questions {
        [_] => Rich::default(),
        several => {
            let rows: Vec<_> = several
                .iter()
                .map(|question| (question.id, shortened(question.text.as_str())))
                .collect();
            wording::each_asks(&rows)
        }
    };
    let words = |spot: Spot, named: &[Named]| {
        let named = if spot == Spot::Private { &[] } else { named };
        head(named).then(&each)
    };
    let card = match questions {
        [only] => Some(hand_over::card_body(sitting, only).await?),
        _ => None,
    };
    let told = Told {
        buttons: &[&[Push::Claim]],
        card: card.as_ref(),
        ..Told::words(news, people, &words)
    };
    sitting.tell_staff(questions, &told).await?;
    Ok(())
}

async fn call_guidance(sitting: &mut Sitting<'_>, questions: &[Question]) -> Result<()> {
    let Some(first) = questions.first() else { return Ok(()) };
    let bureau = sitting.bureau(first.bureau);
    let city = sitting.roster.desk().id;
    let groups = sitting.tx.groups_of(city, GroupKind::Guidance).await?;
    for group in groups.into_iter().filter(|group| group.id != first.group) {
        // A masked copy: the guidance group sees what was asked, not who asked.
        for question in questions {
            let text = wording::call_guidance(question.id, &bureau.name, &question.text);
            sitting
                .say_under(&group.place(), None, question.id, Role::Card, text, &[&[Push::Claim]])
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
    let ids: Vec<QuestionId> = questions.iter().map(|question| question.id).collect();
    match nudge {
        Nudge::None => Ok(()),
        Nudge::Warned => {
            let words = |_: Spot, _: &[Named]| wording::reply_soon(&ids);
            sitting
                .tell_staff(&questions, &Told::words(News::ReplySoon, &[by], &words))
                .await?;
            Ok(())
        }
        Nudge::Overdue => overdue(sitting, by, &questions, &ids).await,
    }
}

/// The helper hears once of all that is late, each asker of their own.
async fn overdue(sitting: &mut Sitting<'_>, by: PersonId, questions: &[Question], ids: &[QuestionId]) -> Result<()> {
    let among_staff = |spot: Spot, named: &[Named]| match (spot, named.first()) {
        (Spot::Private, _) | (Spot::Duty, None) => wording::reply_overdue(ids, None),
        (Spot::Duty, Some(named)) => wording::reply_overdue_of(ids, named),
        // Each asker reads of their own.
        (Spot::Open, _) => Rich::default(),
    };
    sitting
        .tell_staff(questions, &Told::words(News::ReplyLate, &[by], &among_staff))
        .await?;
    for question in questions {
        let Some(named) = sitting.named(by, &question.place().channel).await? else {
            continue;
        };
        let text = match sitting.has_duty_group(question).await? {
            true => wording::still_on_it(question.id, &named),
            false => wording::first_reply_due(question.id, &named),
        };
        sitting.say_about(question, Role::Notice, text, &[]).await?;
    }
    let name = sitting.roster.person(by).map(|person| person.name.clone());
    let keepers = questions.first().map(|first| sitting.roster.keepers_of(first.bureau));
    let keepers: Vec<PersonId> = keepers
        .into_iter()
        .flatten()
        // A helper of the city desk may be late at night; the bureau's people are not called then.
        .filter(|keeper| *keeper != by && sitting.works(*keeper))
        .collect();
    let words = |_: Spot, _: &[Named]| wording::reply_overdue(ids, name.as_deref());
    sitting
        .tell_staff(questions, &Told::words(News::ReplyLateToKeepers, &keepers, &words))
        .await?;
    Ok(())
}
