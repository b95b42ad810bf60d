//! What the account tells by itself of a publication's end.

use super::super::client::Outcome;
use super::{MINUTE_MS, Publisher, Result};
use crate::domain::list::publication::State;
use crate::store::StoreError;

impl Publisher {
    /// The event PUBLISHJOBFINISH: the task's draft is at its result; drafts in doubt are looked up at once.
    pub async fn finished(&self, publish_id: &str, outcome: Outcome) -> Result<()> {
        let all = self.db.read().await?.publications().await?;
        for publication in all {
            let done = match &publication.state {
                State::Submitted { publish_id: own, .. } if own == publish_id => {
                    self.became(publication, outcome.clone()).await
                }
                State::Submitting { .. } | State::Unclear { .. } => {
                    let (now, trouble) = (self.clock.now(), publication.trouble.clone());
                    // One that is being submitted just now is let alone: its own answer is on the way.
                    if publication.next_at.since(now) > MINUTE_MS && trouble.is_empty() {
                        continue;
                    }
                    self.become_state(publication, None, now, trouble).await
                }
                State::Submitted { .. }
                | State::Prepared
                | State::Drafting
                | State::Redrafting { .. }
                | State::Drafted { .. }
                | State::Approved { .. }
                | State::Ordered { .. }
                | State::ByHand { .. }
                | State::Published { .. }
                | State::Failed { .. } => continue,
            };
            match done {
                Ok(_) | Err(StoreError::Stale) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
