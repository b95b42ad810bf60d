//! Taking a channel up: by its lease, what an earlier sender left, limits already used, a clock that was set back.

use std::sync::{MutexGuard, PoisonError};

use super::noted::{Noting, set_aside};
use super::pace::Pace;
use super::{Courier, LEASE_MS};
use crate::clock::Millis;
use crate::leases;
use crate::platform::SendError;
use crate::store::StoreError;
use crate::store::leases::Term;

/// After a clock was set back nothing waits longer than this.
const SET_BACK_MS: i64 = 30_000;
/// A clock that is set right by less is not set back.
const CLOCK_JITTER_MS: i64 = 1_000;

impl Courier {
    /// The terms of the channels that are this courier's now; one that is new is taken up first: sends whose result its
    /// last sender did not note, limits already used, waits imposed by platforms.
    pub(super) async fn take_up(&mut self) -> Result<Vec<Term>, StoreError> {
        let names = self.notary.platforms.keys();
        let held: Vec<Term> = names
            .filter_map(|name| self.leases.held(&leases::channel(name)))
            .collect();
        let new: Vec<Term> = held.iter().filter(|term| !self.terms.contains(term)).cloned().collect();
        if !new.is_empty() {
            let now = self.clock.now();
            for term in &new {
                self.adopt(term).await?;
            }
            let mut tx = self.db.begin().await?;
            tx.forget_impossible_waits(now, now.plus(SET_BACK_MS)).await?;
            tx.commit().await?;
            self.remember(now).await?;
        }
        self.terms.clone_from(&held);
        Ok(held)
    }

    /// The channel a term is over.
    pub(super) fn channel_of(&self, term: &Term) -> Option<&'static str> {
        let mut names = self.notary.platforms.keys();
        names.find(|name| leases::channel(name) == term.name).copied()
    }

    /// Rows of a channel whose sender died are in doubt, and so are own ones that were never noted.
    pub(super) async fn adopt(&self, term: &Term) -> Result<(), StoreError> {
        let Some(channel) = self.channel_of(term) else {
            return Ok(());
        };
        let now = self.clock.now();
        let mark = term.mark();
        let under = Noting {
            holder: &mark,
            doubt_ms: 0,
            now,
        };
        let mut tx = self.db.begin().await?;
        let orphans = tx.adopt(channel, &mark, (now, now.plus(LEASE_MS))).await?;
        if orphans.is_empty() && orphans.broken.is_empty() {
            return Ok(());
        }
        set_aside(&mut tx, &orphans.broken, &under).await?;
        for row in orphans {
            let in_doubt = SendError::Unknown("the program ended while sending".to_owned());
            self.notary.note_failure(&mut tx, &row, in_doubt, &under).await?;
        }
        match tx.term_stands(term).await? {
            true => tx.commit().await,
            false => Err(StoreError::Stale),
        }
    }

    /// Takes limits already used and waits imposed by platforms from the rows; no send was later than now.
    async fn remember(&mut self, now: Millis) -> Result<(), StoreError> {
        let mut pace = Pace::default();
        let mut tx = self.db.read().await?;
        for (channel, chat, until) in tx.waiting_chats(now).await? {
            pace.wait(&channel, &chat, Millis(until));
        }
        for (channel, chat, at) in tx.sent_since(now.plus(-60_000)).await? {
            pace.sent(&channel, &chat, Millis(at).min(now));
        }
        *self.pace() = pace;
        Ok(())
    }

    /// A clock that was ahead and is set right leaves waits behind that nobody meant: they end soon.
    pub(super) async fn see_to_clock(&mut self) -> Result<(), StoreError> {
        let now = self.clock.now();
        let set_back = now.plus(CLOCK_JITTER_MS) < self.looked;
        if set_back {
            tracing::warn!("the clock was set back; what was put off waits no longer than 30 s");
            let mut tx = self.db.begin().await?;
            tx.shorten_waits(now.plus(SET_BACK_MS), now.plus(LEASE_MS)).await?;
            tx.commit().await?;
            self.remember(now).await?;
        }
        self.looked = now;
        Ok(())
    }

    pub(super) fn pace(&self) -> MutexGuard<'_, Pace> {
        self.notary.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
