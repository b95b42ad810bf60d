//! A bad rating is looked into and the outcome is written down.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::domain::asking::history::Step;
use crate::domain::asking::question::Question;
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::domain::{privacy, wording};

/// `回访 1024 结果`, by those who arrange things for the bureau.
pub(in crate::desk) async fn review(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    person: &Person,
    words: &str,
) -> Result<()> {
    let id = question.id;
    let words = privacy::mask(&privacy::printable(words));
    if words.as_str().trim().is_empty() || !sitting.has_right(person, Right::Review, question.bureau) {
        return sitting.tell_doer(via, wording::review_usage().words()).await;
    }
    if !sitting.tx.close_review(id, person.id, &words, sitting.now).await? {
        return sitting.tell_doer(via, wording::no_review(id).words()).await;
    }
    let (by, outcome) = (person.id, words.as_str().to_owned());
    sitting.note(id, &Step::Reviewed { by, outcome }).await?;
    sitting.tell_doer(via, wording::review_closed(id).words()).await
}
