//! What is looked up instead of tried again: a draft that is gone, a submission without an answer.

use super::{Publisher, Result};
use crate::clock::Millis;
use crate::domain::list::publication::{Approval, Publication, REST, State};

/// How long an unclear submission is looked for before a person is asked.
const DOUBT_MS: i64 = 600_000;
/// How often it is looked for after that.
const UNCLEAR_MS: i64 = 600_000;
/// The clocks of two machines differ by less.
const SKEW_MS: i64 = 600_000;

impl Publisher {
    /// The draft is not in the box any more: a person published or removed it.
    pub(super) async fn gone(&self, publication: Publication) -> Result<Publication> {
        match self.client.find_published(&publication.articles).await {
            Ok(Some(found)) => {
                let state = State::Published {
                    urls: found.urls,
                    at: self.clock.now(),
                };
                self.become_state(publication, Some(state), REST, String::new()).await
            }
            Ok(None) => {
                let trouble = "草稿在公众平台上不见了，可能有人删了。重新存了草稿，请核对后再审批。";
                self.become_state(publication, Some(State::Prepared), self.clock.now(), trouble.to_owned())
                    .await
            }
            Err(error) => {
                let state = publication.state.clone();
                let state = match state {
                    // Refused because the draft is gone: nothing was submitted now.
                    State::Submitting { media_id, ok, .. } => State::Ordered { media_id, ok },
                    other => other,
                };
                self.again(publication, state, &error).await
            }
        }
    }

    /// Whether what may have been submitted stands in the account. It is never submitted again from here.
    pub(super) async fn find_published(
        &self,
        publication: Publication,
        (media_id, ok, since): (String, Approval, Millis),
    ) -> Result<Publication> {
        let now = self.clock.now();
        let trouble = match self.client.find_published(&publication.articles).await {
            Ok(Some(found)) if found.updated.plus(SKEW_MS) >= since => {
                let state = State::Published {
                    urls: found.urls,
                    at: now,
                };
                return self.become_state(publication, Some(state), REST, String::new()).await;
            }
            Ok(_) => match self.client.has_draft(&media_id).await {
                Ok(true) => "提交后没有收到明确的答复；草稿还在，已发布的文章里还没有。".to_owned(),
                Ok(false) => "提交后没有收到明确的答复；草稿已不在草稿箱，已发布的文章里还没有。".to_owned(),
                Err(error) => error.to_string(),
            },
            Err(error) => error.to_string(),
        };
        let waiting = State::Submitting {
            media_id: media_id.clone(),
            ok: ok.clone(),
            since,
        };
        if publication.state == waiting && now.since(since) < DOUBT_MS {
            return self.become_state(publication, None, now.plus(30_000), trouble).await;
        }
        let state = State::Unclear { media_id, ok, since };
        self.become_state(publication, Some(state), now.plus(UNCLEAR_MS), trouble)
            .await
    }
}
