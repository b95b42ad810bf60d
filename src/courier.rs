//! The only sender: leases what the outbox owes, keeps to each chat's limits, notes every result.

mod noted;
mod pace;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinSet;

use crate::clock::{Clock, Millis};
use crate::domain::chat::capabilities::{Capabilities, Pushes};
use crate::domain::chat::message::ChatKind;
use crate::domain::chat::owed::{Due, Owed};
use crate::domain::fit;
use crate::domain::wording;
use crate::platform::{Parcel, Platform, SendError};
use crate::store::outbox::{Aimed, OutboxRow};
use crate::store::{Db, StoreError, Tx};
use noted::{note_arrival, note_failure, set_aside};
use pace::Pace;

/// A lease longer than any send may take.
const LEASE_MS: i64 = 60_000;
/// After a clock was set back nothing waits longer than this.
const SET_BACK_MS: i64 = 30_000;
/// A clock that is set right by less is not set back.
const CLOCK_JITTER_MS: i64 = 1_000;
/// How long sends in flight may take when the program stops.
const GOODBYE: Duration = Duration::from_secs(5);
/// How often the outbox is looked at when nobody rings.
const LOOK: Duration = Duration::from_millis(500);

/// Sends what is owed.
pub struct Courier {
    db: Db,
    clock: Clock,
    platforms: HashMap<&'static str, Arc<dyn Platform>>,
    bell: Arc<Notify>,
    holder: String,
    pace: Pace,
    /// When the outbox was looked at last.
    looked: Millis,
    /// What was sent and is not noted yet.
    unnoted: Vec<Sent>,
}

impl Courier {
    /// A courier for these platforms; rows of other channels wait. `bell` rings when something new is owed.
    pub fn new(db: Db, clock: Clock, platforms: Vec<Arc<dyn Platform>>, bell: Arc<Notify>, holder: String) -> Courier {
        let platforms = platforms
            .into_iter()
            .map(|platform| (platform.name(), platform))
            .collect();
        Courier {
            db,
            clock,
            platforms,
            bell,
            holder,
            pace: Pace::default(),
            looked: Millis(i64::MIN),
            unnoted: Vec::new(),
        }
    }

    /// Takes up what an earlier run left: limits already used, waits imposed by platforms, sends with unknown result.
    /// `alone` says that no other instance can be sending.
    pub async fn resume(&mut self, alone: bool) -> Result<(), StoreError> {
        self.adopt_orphans(alone).await?;
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        tx.forget_impossible_waits(now, now.plus(SET_BACK_MS)).await?;
        tx.commit().await?;
        self.remember(now).await
    }

    /// Takes limits already used and waits imposed by platforms from the rows; no send was later than now.
    async fn remember(&mut self, now: Millis) -> Result<(), StoreError> {
        self.pace = Pace::default();
        let mut tx = self.db.read().await?;
        for (channel, chat, until) in tx.waiting_chats(now).await? {
            self.pace.wait(&channel, &chat, Millis(until));
        }
        for (channel, chat, at) in tx.sent_since(now.plus(-60_000)).await? {
            self.pace.sent(&channel, &chat, Millis(at).min(now));
        }
        Ok(())
    }

    /// A clock that was ahead and is set right leaves waits behind that nobody meant: they end soon.
    async fn see_to_clock(&mut self) -> Result<(), StoreError> {
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

    /// Rows whose sender died are in doubt.
    async fn adopt_orphans(&self, alone: bool) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        let orphans = tx.orphans(now, alone).await?;
        set_aside(&mut tx, &orphans.broken, now).await?;
        for row in orphans {
            let in_doubt = SendError::Unknown("the program ended while sending".to_owned());
            self.note_failure(&mut tx, &row, in_doubt, now).await?;
        }
        tx.commit().await
    }

    /// Runs until `stop` becomes true, then lets sends in flight finish.
    pub async fn run(mut self, mut stop: tokio::sync::watch::Receiver<bool>) {
        let mut sending = JoinSet::new();
        let mut look_for_orphans = self.clock.now();
        while !*stop.borrow() {
            if let Err(error) = self.send_due(&mut sending).await {
                tracing::error!(%error, "the outbox cannot be read; trying again");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            let now = self.clock.now();
            if now.since(look_for_orphans).saturating_abs() > LEASE_MS {
                look_for_orphans = now;
                if let Err(error) = self.adopt_orphans(false).await {
                    tracing::error!(%error, "doubtful sends cannot be looked at");
                }
            }
            let pause = self
                .pace
                .next_chance(now)
                .map_or(LOOK, |wait| LOOK.min(Duration::from_millis(wait)));
            tokio::select! {
                () = self.bell.notified() => {}
                done = sending.join_next(), if !sending.is_empty() => self.finished(done),
                () = tokio::time::sleep(pause) => {}
                _ = stop.changed() => {}
            }
            while let Some(done) = sending.try_join_next() {
                self.finished(Some(done));
            }
            self.note_finished().await;
        }
        // What was decided while stopping goes out too, as far as the limits allow it now.
        if let Err(error) = self.send_due(&mut sending).await {
            tracing::error!(%error, "the outbox cannot be read; what is owed goes out at the next start");
        }
        let in_flight = async {
            while !(sending.is_empty() && self.unnoted.is_empty()) {
                let done = sending.join_next().await;
                self.finished(done);
                self.note_finished().await;
            }
        };
        if tokio::time::timeout(GOODBYE, in_flight).await.is_err() {
            tracing::warn!("a platform does not answer; what is in flight is in doubt and looked at at the next start");
        }
    }

    /// Sends everything that may go now and waits for the results: for tests and for tools that run once.
    pub async fn deliver(&mut self) -> Result<usize, StoreError> {
        let mut sending = JoinSet::new();
        let mut count = 0;
        loop {
            self.send_due(&mut sending).await?;
            if sending.is_empty() {
                return Ok(count);
            }
            while let Some(done) = sending.join_next().await {
                count += 1;
                self.finished(Some(done));
            }
            self.note_finished().await;
        }
    }

    /// Leases the rows that may go now, in one transaction, and starts sending them.
    async fn send_due(&mut self, sending: &mut JoinSet<Sent>) -> Result<(), StoreError> {
        self.see_to_clock().await?;
        let mut tx = self.db.read().await?;
        let heads = tx.outbox_heads(self.clock.now()).await?;
        drop(tx);
        let now = self.clock.now();
        let broken = heads.broken;
        let ready: Vec<OutboxRow> = heads.rows.into_iter().filter(|row| self.may_go(row, now)).collect();
        if ready.is_empty() && broken.is_empty() {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        set_aside(&mut tx, &broken, now).await?;
        let mut leased = Vec::with_capacity(ready.len());
        for row in ready {
            let Some(row) = tx.lease(row.id, &self.holder, now.plus(LEASE_MS)).await? else {
                continue;
            };
            if let Some(aimed) = tx.aim(row, now).await?
                && self.is_let_out(&mut tx, &aimed.row, now).await?
            {
                leased.push(self.in_one(&mut tx, aimed, now).await?);
            }
        }
        tx.commit().await?;
        for aimed in leased {
            let Some(platform) = self.platforms.get(aimed.row.place.channel.0.as_str()) else {
                continue;
            };
            sending.spawn(send(Arc::clone(platform), aimed));
        }
        Ok(())
    }

    fn may_go(&mut self, row: &OutboxRow, now: Millis) -> bool {
        let Some(platform) = self.platforms.get(row.place.channel.0.as_str()) else {
            return false;
        };
        if row.not_before > now {
            self.pace.look_at(row.not_before);
            return false;
        }
        let can = platform.capabilities();
        let limits = match platform.chat_kind(&row.place.chat) {
            ChatKind::Private => can.private,
            ChatKind::Group => can.group,
        };
        if !says_anew(row, &can) {
            return self.pace.may_touch(&row.place, now);
        }
        if row.goes_aside() {
            return self.pace.take_aside(&row.place, limits, can.per_second, now);
        }
        self.pace.take(&row.place, limits, can.per_second, now)
    }

    /// Whether the row's channel lets the bot write in its chat now; one that does not is held until the person writes.
    async fn is_let_out(&self, tx: &mut Tx, row: &OutboxRow, now: Millis) -> Result<bool, StoreError> {
        let can = self.can(row);
        match can.pushes {
            Pushes::Within { window_ms, replies } if says_anew(row, &can) => {
                let since = now.plus(-window_ms);
                tx.use_window(&row.place, row.id, since, replies).await
            }
            Pushes::Within { .. } | Pushes::Anytime => Ok(true),
        }
    }

    /// A leased row that fits into one message: what was owed too long for its channel goes on behind it.
    async fn in_one(&self, tx: &mut Tx, Aimed { row, owed }: Aimed, now: Millis) -> Result<Aimed, StoreError> {
        let can = self.can(&row);
        if fit::in_one(&owed, row.question, &can) {
            return Ok(Aimed { row, owed });
        }
        let parts = fit::parts(owed.clone(), row.question, &can);
        let first = tx.split_leased(&row, &parts, now).await?;
        let owed = first.unwrap_or(owed);
        Ok(Aimed { row, owed })
    }

    /// What the row's channel can do.
    fn can(&self, row: &OutboxRow) -> Capabilities {
        let platform = self.platforms.get(row.place.channel.0.as_str());
        platform.map_or(Capabilities::LEAST, |platform| platform.capabilities())
    }

    fn finished(&mut self, done: Option<Result<Sent, tokio::task::JoinError>>) {
        match done {
            Some(Ok(sent)) => self.unnoted.push(sent),
            None => {}
            Some(Err(error)) => tracing::error!(%error, "a send ended abnormally; its lease will run out"),
        }
    }

    /// Notes what was sent, all of it in one transaction; where that fails, one by one, so that a row that cannot be
    /// noted holds up no other. What cannot be noted is tried again.
    async fn note_finished(&mut self) {
        let finished = std::mem::take(&mut self.unnoted);
        if finished.is_empty() || self.note(&finished).await.is_ok() {
            return;
        }
        for sent in finished {
            if let Err(error) = self.note(std::slice::from_ref(&sent)).await {
                tracing::error!(%error, outbox.id = sent.aimed.row.id, "the result of a send cannot be noted; trying again");
                self.unnoted.push(sent);
            }
        }
        if !self.unnoted.is_empty() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn note(&mut self, finished: &[Sent]) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut waits = Vec::new();
        let mut tx = self.db.begin().await?;
        for Sent { aimed, result } in finished {
            let wait = match result {
                Ok(message) => note_arrival(&mut tx, aimed, message.as_deref(), now)
                    .await
                    .map(|()| None),
                Err(error) => self.note_failure(&mut tx, &aimed.row, error.clone(), now).await,
            }?;
            waits.extend(wait.map(|until| (&aimed.row.place, until)));
        }
        tx.commit().await?;
        for (place, until) in waits {
            self.pace.wait(&place.channel.0, &place.chat, until);
        }
        Ok(())
    }

    async fn note_failure(
        &self,
        tx: &mut Tx,
        row: &OutboxRow,
        error: SendError,
        now: Millis,
    ) -> Result<Option<Millis>, StoreError> {
        let can = self.can(row);
        let went_out = !matches!(error, SendError::NotSent { .. });
        if !went_out && can.pushes != Pushes::Anytime && says_anew(row, &can) {
            tx.give_window_back(&row.place).await?;
        }
        note_failure(tx, row, error, &can, now).await
    }
}

/// A row that went out, and what came of it.
struct Sent {
    aimed: Aimed,
    result: Result<Option<String>, SendError>,
}

async fn send(platform: Arc<dyn Platform>, aimed: Aimed) -> Sent {
    let row = &aimed.row;
    let fitted = fit::fit(aimed.owed.clone(), row.question, &platform.capabilities());
    let Some(owed) = fitted else {
        // Nothing of it can be shown there, and nothing is missing: what changed is said in words of its own.
        return Sent {
            aimed,
            result: Ok(None),
        };
    };
    let parcel = Parcel {
        id: row.id,
        place: row.place.clone(),
        owed: headed(row, owed),
        at: row.created_at,
    };
    let result = platform.send(&parcel).await;
    Sent { aimed, result }
}

/// Whether a row becomes a new message in its channel.
fn says_anew(row: &OutboxRow, can: &Capabilities) -> bool {
    match &row.due {
        Due::Owed(owed) => {
            let fitted = fit::fit(owed.clone(), row.question, can);
            fitted.is_some_and(|owed| matches!(owed, Owed::Message { .. } | Owed::Media { .. }))
        }
        Due::ChangeOf { change, .. } => fit::is_news(change, can),
    }
}

/// What goes out: a message that is sent a second time says so, with its question's number.
fn headed(row: &OutboxRow, owed: Owed) -> Owed {
    match owed {
        Owed::Message {
            text,
            buttons,
            quote,
            whom,
            ask_contact,
        } if row.again => {
            let mut headed = wording::again(row.question);
            headed.0.extend(text.0);
            Owed::Message {
                text: headed,
                buttons,
                quote,
                whom,
                ask_contact,
            }
        }
        owed => owed,
    }
}
