//! The next fourteen days of a bureau: where its duty plan leaves hours uncovered is told to who keeps it, once a day.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::domain::asking::clocks::Rung;
use crate::domain::asking::question::{Question, QuestionId, State};
use crate::domain::duty::coverage;
use crate::domain::roster::people::{Bureau, BureauId};
use crate::domain::wording;

/// How far ahead uncovered hours are told.
pub(in crate::desk) const DAYS_AHEAD: u32 = 14;

/// Gaps named in one message.
const MOST_GAPS: usize = 8;

/// Once a day, while a bureau works: its uncovered hours of the next fourteen days, its short-staffed offices and
/// what nobody claimed yet, to those who keep it.
pub(in crate::desk) async fn look_ahead(sitting: &mut Sitting<'_>, bureau: &Bureau) -> Result<()> {
    let day = sitting.desk.day(sitting.now).to_string();
    let note = format!("looked_ahead:{}", bureau.id.0);
    if sitting.tx.note(&note).await?.as_deref() == Some(day.as_str()) {
        return Ok(());
    }
    sitting.tx.set_note(&note, &day).await?;
    let gaps = coverage::gaps(&sitting.roster, bureau.id, sitting.now, DAYS_AHEAD, sitting.time());
    let short: Vec<String> = sitting
        .roster
        .shortfalls()
        .into_iter()
        .filter(|short| short.bureau == bureau.id)
        .map(|short| wording::short_staffed(&sitting.roster, &short))
        .collect();
    let unclaimed = called_in_vain(sitting, bureau).await?;
    let reviews = open_reviews(sitting, bureau.id).await?;
    if gaps.is_empty() && short.is_empty() && unclaimed.is_empty() && reviews.is_empty() {
        return Ok(());
    }
    let more = gaps.len().saturating_sub(MOST_GAPS);
    let said: Vec<String> = gaps
        .iter()
        .take(MOST_GAPS)
        .map(|gap| wording::gap(&sitting.roster, gap, sitting.time()))
        .collect();
    let text = wording::gaps(&bureau.name, &said, more, &short, &unclaimed);
    let text = wording::open_reviews(&bureau.name, &reviews).then(&text);
    sitting.tell_keepers(bureau, &text).await?;
    Ok(())
}

/// Low ratings nobody looked into yet, each with its last day; past once that is over.
pub(in crate::desk) async fn open_reviews(
    sitting: &mut Sitting<'_>,
    bureau: BureauId,
) -> Result<Vec<(QuestionId, String, bool)>> {
    let reviews = sitting.tx.open_reviews(bureau).await?;
    let said = reviews.into_iter().map(|review| {
        let last = wording::day_said(sitting.desk.day(review.due.plus(-1)));
        (review.question, last, review.due <= sitting.now)
    });
    Ok(said.collect())
}

/// Questions for which the ladder went up to the guidance group and nobody came.
async fn called_in_vain(sitting: &mut Sitting<'_>, bureau: &Bureau) -> Result<Vec<QuestionId>> {
    let open = sitting.tx.open_questions_with_helpers(bureau.id, None).await?;
    let top = |question: &&Question| {
        matches!(
            question.state,
            State::Waiting {
                rung: Rung::Guidance,
                ..
            }
        ) && question.bureau == bureau.id
    };
    Ok(open.iter().filter(top).map(|question| question.id).collect())
}
