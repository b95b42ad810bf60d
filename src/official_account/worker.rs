//! Moves drafts of editions on, a step at a time. What is about to happen is written down before each call and what came
//! of it after it, so that a crash at any moment neither publishes twice nor loses a draft: whatever is in doubt is
//! looked up, and what stays in doubt a person decides (RELIABILITY.md R16).

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;
use tokio::sync::watch;

use super::client::{Client, Outcome};
use super::errors::{CallError, Rule};
use crate::backoff::backoff_ms;
use crate::clock::{Clock, Millis};
use crate::domain::list::publication::{Approval, Publication, REST, State};
use crate::domain::time::zone;
use crate::leases::{self, Leases};
use crate::store::{Db, StoreError};

mod doubt;
mod event;
mod persons;
mod pictures;

/// Longer than any step's calls take: who finds a step begun and older, finds it broken off.
const LEASE_MS: i64 = 180_000;
const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 3_600_000;
/// After 53501 (published too often) so long at least.
const LATER_MS: i64 = 5 * MINUTE_MS;
/// How often it is looked whether anything is due.
const TICK: Duration = Duration::from_secs(1);

/// What moves drafts on.
pub struct Publisher {
    pub db: Db,
    pub clock: Clock,
    pub client: Client,
    pub cover: PathBuf,
    /// The picture at the end of each article.
    pub picture: Option<PathBuf>,
    /// The account counts its days in this zone.
    pub zone: TimeZone,
}

type Result<T> = std::result::Result<T, StoreError>;

impl Publisher {
    /// Works until it is told to stop, while this program has the clock; a step that was begun is ended.
    pub async fn run(self: Arc<Publisher>, leases: Leases, mut stopping: watch::Receiver<bool>) {
        let mut tick = tokio::time::interval(TICK);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = tick.tick() => {}
                _ = stopping.changed() => return,
            }
            if leases.held(leases::CLOCK).is_none() {
                continue;
            }
            if let Err(error) = self.work().await {
                tracing::error!(%error, "an edition could not be moved on; trying again");
                tokio::time::sleep(TICK).await;
            }
        }
    }

    /// One step of the draft that has waited longest; false if nothing is due.
    pub async fn work(&self) -> Result<bool> {
        let due = self.db.read().await?.publication_due(self.clock.now()).await?;
        match due {
            Some(publication) => self.step(publication).await.map(|()| true),
            None => Ok(false),
        }
    }

    /// One step of a draft. Nothing happens if somebody else takes it.
    pub async fn step(&self, publication: Publication) -> Result<()> {
        let name = publication.name();
        let before = publication.state.chinese();
        match self.taken(publication).await {
            Ok(after) => {
                tracing::info!(
                    edition = name,
                    before,
                    after = after.state.chinese(),
                    trouble = after.trouble,
                    "edition moved on"
                );
                Ok(())
            }
            Err(StoreError::Stale) => Ok(()),
            Err(error) => Err(error),
        }
    }

    async fn taken(&self, publication: Publication) -> Result<Publication> {
        match publication.state.clone() {
            State::Prepared => self.add(publication).await,
            State::Drafting => self.find_draft(publication).await,
            State::Redrafting { media_id } => self.update(publication, media_id).await,
            State::Ordered { media_id, ok } => self.submit(publication, media_id, ok).await,
            State::Submitting { media_id, ok, since } | State::Unclear { media_id, ok, since } => {
                self.find_published(publication, (media_id, ok, since)).await
            }
            State::Submitted { publish_id, .. } => self.ask(publication, &publish_id).await,
            State::Drafted { .. }
            | State::Approved { .. }
            | State::ByHand { .. }
            | State::Published { .. }
            | State::Failed { .. } => self.become_state(publication, None, REST, String::new()).await,
        }
    }

    /// Writes down where a draft is now; the state stays where `state` is none.
    async fn become_state(
        &self,
        mut publication: Publication,
        state: Option<State>,
        next_at: Millis,
        trouble: String,
    ) -> Result<Publication> {
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        match state {
            Some(state) if std::mem::discriminant(&state) != std::mem::discriminant(&publication.state) => {
                publication.tries = 0;
                let note = state.chinese();
                tx.audit(None, "wechat_state", &publication.name(), note, now).await?;
                publication.state = state;
            }
            Some(state) => publication.state = state,
            None => publication.tries += 1,
        }
        publication.next_at = next_at;
        publication.trouble = trouble;
        tx.save_publication(&mut publication, now).await?;
        tx.commit().await?;
        Ok(publication)
    }

    /// Says that this process is at it, so that no other one begins the same.
    async fn hold(&self, publication: Publication, state: State) -> Result<Publication> {
        let until = self.clock.now().plus(LEASE_MS);
        let tries = publication.tries;
        let mut held = self
            .become_state(publication, Some(state), until, String::new())
            .await?;
        held.tries = tries;
        Ok(held)
    }

    async fn add(&self, publication: Publication) -> Result<Publication> {
        // Why a person has to look again stays said until one agrees.
        let note = if publication.tries == 0 {
            publication.trouble.clone()
        } else {
            String::new()
        };
        let held = self.hold(publication, State::Drafting).await?;
        let cover = match self.cover().await? {
            Ok(cover) => cover,
            Err(error) => return self.again(held, State::Prepared, &error).await,
        };
        let articles = match self.with_picture(&held.articles).await? {
            Ok(articles) => articles,
            Err(error) => return self.again(held, State::Prepared, &error).await,
        };
        match self.client.add_draft(&articles, &cover).await {
            Ok(media_id) => {
                self.note_pictures(&held).await?;
                self.become_state(held, Some(State::Drafted { media_id }), REST, note)
                    .await
            }
            Err(error) if error.in_doubt() => {
                let at = self.clock.now().plus(MINUTE_MS);
                self.become_state(held, Some(State::Drafting), at, error.to_string())
                    .await
            }
            Err(error) => {
                if error.rule() == Some(Rule::Gone) {
                    self.forget_cover().await?;
                }
                self.again(held, State::Prepared, &error).await
            }
        }
    }

    /// A draft that may or may not have been added: taken if it is there, added if it is not.
    async fn find_draft(&self, publication: Publication) -> Result<Publication> {
        let held = self.hold(publication, State::Drafting).await?;
        match self.client.find_draft(&held.articles).await {
            Ok(Some(media_id)) => {
                self.become_state(held, Some(State::Drafted { media_id }), REST, String::new())
                    .await
            }
            Ok(None) => {
                self.become_state(held, Some(State::Prepared), self.clock.now(), String::new())
                    .await
            }
            Err(error) => self.again(held, State::Drafting, &error).await,
        }
    }

    /// Replacing an article twice does no harm: the step simply begins anew.
    async fn update(&self, publication: Publication, media_id: String) -> Result<Publication> {
        let state = State::Redrafting {
            media_id: media_id.clone(),
        };
        let held = self.hold(publication, state.clone()).await?;
        let (cover, articles) = match (self.cover().await?, self.with_picture(&held.articles).await?) {
            (Ok(cover), Ok(articles)) => (cover, articles),
            (Err(error), _) | (_, Err(error)) => return self.again(held, state, &error).await,
        };
        for (at, article) in articles.iter().enumerate() {
            if let Err(error) = self.client.update_draft(&media_id, at, article, &cover).await {
                if error.rule() == Some(Rule::Gone) {
                    return self.gone(held).await;
                }
                return self.again(held, state, &error).await;
            }
        }
        self.note_pictures(&held).await?;
        self.become_state(held, Some(State::Drafted { media_id }), REST, String::new())
            .await
    }

    async fn submit(&self, publication: Publication, media_id: String, ok: Approval) -> Result<Publication> {
        let since = self.clock.now();
        let submitting = State::Submitting {
            media_id: media_id.clone(),
            ok: ok.clone(),
            since,
        };
        let held = self.hold(publication, submitting).await?;
        let ordered = State::Ordered {
            media_id: media_id.clone(),
            ok: ok.clone(),
        };
        match self.client.submit(&media_id).await {
            Ok(publish_id) => {
                let state = State::Submitted {
                    publish_id,
                    media_id,
                    ok,
                };
                let at = self.clock.now().plus(2_000);
                self.become_state(held, Some(state), at, String::new()).await
            }
            Err(error) if error.in_doubt() => {
                let at = self.clock.now().plus(5_000);
                self.become_state(held, None, at, error.to_string()).await
            }
            Err(error) => match error.rule() {
                Some(Rule::NoRight | Rule::Console) => {
                    let why = error.to_string();
                    let state = State::ByHand {
                        media_id: Some(media_id),
                        ok,
                        why: why.clone(),
                    };
                    self.become_state(held, Some(state), REST, why).await
                }
                Some(Rule::Gone) => self.gone(held).await,
                Some(
                    Rule::Again
                    | Rule::NewToken
                    | Rule::Operator
                    | Rule::Tomorrow
                    | Rule::NextMinute
                    | Rule::Later
                    | Rule::Articles
                    | Rule::Unknown,
                )
                | None => self.again(held, ordered, &error).await,
            },
        }
    }

    async fn ask(&self, publication: Publication, publish_id: &str) -> Result<Publication> {
        match self.client.outcome(publish_id).await {
            Ok(outcome) => self.became(publication, outcome).await,
            Err(error) => {
                let state = publication.state.clone();
                self.again(publication, state, &error).await
            }
        }
    }

    /// The account said what became of a submitted draft.
    async fn became(&self, publication: Publication, outcome: Outcome) -> Result<Publication> {
        let now = self.clock.now();
        match outcome {
            Outcome::Running => {
                let wait = backoff_ms(2_000, publication.tries, MINUTE_MS);
                self.become_state(publication, None, now.plus(wait), String::new())
                    .await
            }
            Outcome::Published { urls } => {
                let state = State::Published { urls, at: now };
                self.become_state(publication, Some(state), REST, String::new()).await
            }
            Outcome::Failed { why } => {
                let state = State::Failed { why: why.clone() };
                self.become_state(publication, Some(state), REST, why).await
            }
        }
    }

    /// Nothing happened in the account: the same again, when the rule of the error says; or a person decides.
    async fn again(&self, mut publication: Publication, state: State, error: &CallError) -> Result<Publication> {
        let now = self.clock.now();
        if let Some((state, why)) = persons::given_up(&publication, &state, error, now) {
            return self.become_state(publication, Some(state), REST, why).await;
        }
        let slow = backoff_ms(5_000, publication.tries, HOUR_MS);
        let next = match error.rule() {
            Some(Rule::Tomorrow) => self.tomorrow(now),
            Some(Rule::NextMinute) => now.plus(MINUTE_MS + 1_000),
            Some(Rule::Later) => now.plus(slow.max(LATER_MS)),
            Some(Rule::Operator) => now.plus(slow.max(10 * MINUTE_MS)),
            Some(
                Rule::Again
                | Rule::NewToken
                | Rule::Gone
                | Rule::NoRight
                | Rule::Console
                | Rule::Articles
                | Rule::Unknown,
            )
            | None => now.plus(slow),
        };
        let tries = publication.tries + 1;
        let told = error.to_string();
        if std::mem::discriminant(&state) == std::mem::discriminant(&publication.state) {
            return self.become_state(publication, None, next, told).await;
        }
        publication.state = state;
        publication.tries = tries;
        publication.next_at = next;
        publication.trouble = told;
        let mut tx = self.db.begin().await?;
        tx.save_publication(&mut publication, now).await?;
        tx.commit().await?;
        Ok(publication)
    }

    /// Five minutes into the account's next day.
    fn tomorrow(&self, now: Millis) -> Millis {
        let next = zone::day(&self.zone, now).tomorrow().ok();
        let start = next.and_then(|day| zone::moment(&self.zone, day));
        start.map_or(now.plus(6 * HOUR_MS), |start| start.plus(5 * MINUTE_MS))
    }
}
