//! A group in which too many wait already: one more is told so, instead of standing behind all of them.

use crate::desk::Result;
use crate::desk::ground::reading::Verdict;
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::domain::wording;

/// Told again after this long.
const AGAIN_MS: i64 = 600_000;

/// Whether a question that would need a helper finds too many before it. What is answered at once waits for nobody.
pub(super) async fn crowded(sitting: &mut Sitting<'_>, said: &Said<'_>, verdict: &Verdict) -> Result<bool> {
    if matches!(verdict, Verdict::Sure(_)) {
        return Ok(false);
    }
    let most = i64::from(sitting.desk.config.quotas.open_per_group);
    if sitting.tx.waiting_in(said.group.id).await? < most {
        return Ok(false);
    }
    let account = said.incoming.account();
    let until = sitting.now.plus(AGAIN_MS);
    if sitting.tx.tell_once(&account, "crowded", until, sitting.now).await? {
        sitting
            .say_once(&said.incoming.place, Some(&said.heard.id), wording::crowded())
            .await?;
    }
    tracing::warn!(
        group.id = said.group.id.0,
        most,
        "no more questions for helpers are taken in this group"
    );
    Ok(true)
}
