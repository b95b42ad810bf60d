//! `/queue` 待办: open questions of a helper and their bureau, own ones first, the nearest deadline first.

use crate::clock::Millis;
use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::shortened;
use crate::desk::time::ahead;
use crate::domain::chat::message::Incoming;
use crate::domain::chat::rich::Rich;
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::domain::{duty, wording};

/// Rows shown.
const MOST: usize = 20;

pub(in crate::desk) async fn queue(sitting: &mut Sitting<'_>, incoming: &Incoming) -> Result<Rich> {
    let person = sitting.person(&incoming.account()).await?;
    let Some(helper) = person.filter(Person::is_helper) else {
        return Ok(wording::helpers_only());
    };
    let open = sitting
        .tx
        .open_questions_with_helpers(helper.bureau, Some(helper.id))
        .await?;
    let mut rows = Vec::with_capacity(open.len());
    for question in open {
        let own = question.state.holder() == Some(helper.id);
        rows.push((!own, sitting.deadline(&question), question));
    }
    rows.sort_by_key(|(others, deadline, question)| (*others, deadline.unwrap_or(Millis(i64::MAX)), question.id));
    let mut said = Vec::new();
    for (_, deadline, question) in rows.into_iter().take(MOST) {
        let holder = sitting.holder_name(&question).await?;
        let name = holder.as_ref().map(|named| named.public.name.as_str());
        let until = deadline.map(|at| wording::Until {
            said: duty::when_said(at, sitting.now, sitting.time()),
            over: at <= sitting.now,
        });
        said.push(wording::Queued {
            id: question.id,
            words: shortened(question.text.as_str()),
            standing: wording::standing(question.state.phase(), name),
            until,
        });
    }
    let text = wording::queue(&said);
    if !sitting.has_right(&helper, Right::Review, helper.bureau) {
        return Ok(text);
    }
    let (bureau, reviews) = (
        sitting.bureau(helper.bureau),
        ahead::open_reviews(sitting, helper.bureau).await?,
    );
    Ok(wording::open_reviews(&bureau.name, &reviews).then(&text))
}
