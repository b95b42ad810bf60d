//! The only sender: leases what the outbox owes, keeps to each chat's limits, notes every result.

mod noted;
mod pace;
mod tenure;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio::task::{JoinError, JoinSet};

use crate::clock::{Clock, Millis};
use crate::domain::chat::capabilities::Pushes;
use crate::domain::chat::message::ChatKind;
use crate::domain::chat::owed::Owed;
use crate::domain::fit;
use crate::domain::wording;
use crate::leases::Leases;
use crate::platform::{Parcel, Platform, SendError};
use crate::store::leases::Term;
use crate::store::outbox::{Aimed, OutboxRow};
use crate::store::{Db, StoreError, Tx};
use noted::{Notary, Noting, says_anew, set_aside};

/// A lease longer than any send may take.
const LEASE_MS: i64 = 60_000;
/// How long sends in flight may take when the program stops.
const GOODBYE: Duration = Duration::from_secs(5);
/// Who holds rows that cannot be read while they are set aside.
const ASIDE: &str = "aside";
/// How often the outbox is looked at when nobody rings.
const LOOK: Duration = Duration::from_millis(500);

/// Sends what is owed in the channels whose lease this program holds.
pub struct Courier {
    db: Db,
    clock: Clock,
    bell: Arc<Notify>,
    leases: Leases,
    /// The terms that were taken up.
    terms: Vec<Term>,
    /// When the outbox was looked at last.
    looked: Millis,
    notary: Notary,
}

/// A row that goes out, and in which term.
struct Leased {
    aimed: Aimed,
    term: Term,
}

/// A row that went out, and what came of it.
struct Sent {
    leased: Leased,
    result: Result<Option<String>, SendError>,
}

impl Courier {
    /// A courier for these platforms; rows of other channels, and of those whose lease somebody else holds, wait. `bell`
    /// rings when something new is owed.
    pub fn new(db: Db, clock: Clock, platforms: Vec<Arc<dyn Platform>>, bell: Arc<Notify>, leases: Leases) -> Courier {
        let platforms: HashMap<_, _> = platforms
            .into_iter()
            .map(|platform| (platform.name(), platform))
            .collect();
        Courier {
            notary: Notary::new(db.clone(), clock.clone(), platforms, Arc::clone(&bell)),
            db,
            clock,
            bell,
            leases,
            terms: Vec::new(),
            looked: Millis(i64::MIN),
        }
    }

    /// Runs until `stop` becomes true, then lets sends in flight finish.
    pub async fn run(mut self, mut stop: tokio::sync::watch::Receiver<bool>) {
        let mut sending = JoinSet::new();
        let (done, results) = mpsc::unbounded_channel();
        let noting = tokio::spawn(self.notary.clone().run(results));
        let mut look_for_orphans = self.clock.now();
        while !*stop.borrow() {
            if let Err(error) = self.send_due(&mut sending, &done).await {
                tracing::error!(%error, "the outbox cannot be read; trying again");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
            let now = self.clock.now();
            if now.since(look_for_orphans).saturating_abs() > LEASE_MS {
                look_for_orphans = now;
                for term in &self.terms {
                    if let Err(error) = self.adopt(term).await {
                        tracing::error!(%error, "doubtful sends cannot be looked at");
                    }
                }
            }
            let chance = self.pace().next_chance(now);
            let pause = chance.map_or(LOOK, |wait| LOOK.min(Duration::from_millis(wait)));
            tokio::select! {
                () = self.bell.notified() => {}
                ended = sending.join_next(), if !sending.is_empty() => has_ended(ended),
                () = tokio::time::sleep(pause) => {}
                _ = stop.changed() => {}
            }
            while let Some(ended) = sending.try_join_next() {
                has_ended(Some(ended));
            }
        }
        // What was decided while stopping goes out too, as far as the limits allow it now.
        if let Err(error) = self.send_due(&mut sending, &done).await {
            tracing::error!(%error, "the outbox cannot be read; what is owed goes out at the next start");
        }
        drop(done);
        let in_flight = async {
            while let Some(ended) = sending.join_next().await {
                has_ended(Some(ended));
            }
            has_ended(Some(noting.await));
        };
        if tokio::time::timeout(GOODBYE, in_flight).await.is_err() {
            tracing::warn!("a platform does not answer; what is in flight is in doubt and looked at at the next start");
        }
    }

    /// Sends everything that may go now and waits for the results: for tests and for tools that run once.
    pub async fn deliver(&mut self) -> Result<usize, StoreError> {
        self.leases.renew().await?;
        let mut sending = JoinSet::new();
        let mut count = 0;
        loop {
            let (done, mut results) = mpsc::unbounded_channel();
            self.send_due(&mut sending, &done).await?;
            drop(done);
            let mut finished = Vec::new();
            while let Some(sent) = results.recv().await {
                finished.push(sent);
            }
            if finished.is_empty() {
                return Ok(count);
            }
            count += finished.len();
            self.notary.note_all(&mut finished).await;
        }
    }

    /// Leases the rows that may go now, in one transaction, and starts sending them.
    async fn send_due(
        &mut self,
        sending: &mut JoinSet<()>,
        done: &mpsc::UnboundedSender<Sent>,
    ) -> Result<(), StoreError> {
        self.see_to_clock().await?;
        let terms = self.take_up().await?;
        let channels: Vec<&str> = terms.iter().filter_map(|term| self.channel_of(term)).collect();
        if channels.is_empty() {
            return Ok(());
        }
        let mut tx = self.db.read().await?;
        let heads = tx.outbox_heads(&channels, self.clock.now()).await?;
        drop(tx);
        let now = self.clock.now();
        let broken = heads.broken;
        let ready: Vec<OutboxRow> = heads.rows.into_iter().filter(|row| self.may_go(row, now)).collect();
        if ready.is_empty() && broken.is_empty() {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        for id in &broken {
            tx.lease(*id, ASIDE, now).await?;
        }
        let under = Noting {
            holder: ASIDE,
            doubt_ms: 0,
            now,
        };
        set_aside(&mut tx, &broken, &under).await?;
        let mut leased = Vec::with_capacity(ready.len());
        for row in ready {
            let term = terms
                .iter()
                .find(|term| self.channel_of(term) == Some(row.place.channel.0.as_str()));
            let Some(term) = term else { continue };
            let Some(row) = tx.lease(row.id, &term.mark(), now.plus(LEASE_MS)).await? else {
                continue;
            };
            if let Some(aimed) = tx.aim(row, &term.mark(), now).await?
                && self.is_let_out(&mut tx, &aimed.row, now).await?
            {
                let aimed = self.in_one(&mut tx, aimed, term, now).await?;
                leased.push((aimed, term.clone()));
            }
        }
        for term in terms.iter().filter(|term| leased.iter().any(|(_, of)| of == *term)) {
            if !tx.term_stands(term).await? {
                return Err(StoreError::Stale);
            }
        }
        tx.commit().await?;
        for (aimed, term) in leased {
            let Some(platform) = self.notary.platforms.get(aimed.row.place.channel.0.as_str()) else {
                continue;
            };
            let (platform, leases, done) = (Arc::clone(platform), self.leases.clone(), done.clone());
            let leased = Leased { aimed, term };
            sending.spawn(async move {
                // Nobody listens any more where the program ends: the row stays in doubt.
                let _ = done.send(send(platform, &leases, leased).await);
            });
        }
        Ok(())
    }

    fn may_go(&self, row: &OutboxRow, now: Millis) -> bool {
        let Some(platform) = self.notary.platforms.get(row.place.channel.0.as_str()) else {
            return false;
        };
        let mut pace = self.pace();
        if row.not_before > now {
            pace.look_at(row.not_before);
            return false;
        }
        let can = platform.capabilities();
        let limits = match platform.chat_kind(&row.place.chat) {
            ChatKind::Private => can.private,
            ChatKind::Group => can.group,
        };
        if !says_anew(row, &can) {
            return pace.may_touch(&row.place, now);
        }
        if row.goes_aside() {
            return pace.take_aside(&row.place, limits, can.per_second, now);
        }
        pace.take(&row.place, limits, can.per_second, now)
    }

    /// Whether the row's channel lets the bot write in its chat now; one that does not is held until the person writes.
    async fn is_let_out(&self, tx: &mut Tx, row: &OutboxRow, now: Millis) -> Result<bool, StoreError> {
        let can = self.notary.can(row);
        match can.pushes {
            Pushes::Within { window_ms, replies } if says_anew(row, &can) => {
                let since = now.plus(-window_ms);
                tx.use_window(&row.place, row.id, since, replies).await
            }
            Pushes::Within { .. } | Pushes::Anytime => Ok(true),
        }
    }

    /// A leased row that fits into one message: what was owed too long for its channel goes on behind it.
    async fn in_one(
        &self,
        tx: &mut Tx,
        Aimed { row, owed }: Aimed,
        term: &Term,
        now: Millis,
    ) -> Result<Aimed, StoreError> {
        let can = self.notary.can(&row);
        if fit::in_one(&owed, row.question, &can) {
            return Ok(Aimed { row, owed });
        }
        let parts = fit::parts(owed.clone(), row.question, &can);
        let first = tx.split_leased((&row, &term.mark()), &parts, now).await?;
        let owed = first.unwrap_or(owed);
        Ok(Aimed { row, owed })
    }
}

fn has_ended(ended: Option<Result<(), JoinError>>) {
    if let Some(Err(error)) = ended {
        tracing::error!(%error, "a send ended abnormally; its lease will run out");
    }
}

async fn send(platform: Arc<dyn Platform>, leases: &Leases, leased: Leased) -> Sent {
    let row = &leased.aimed.row;
    let fitted = fit::fit(leased.aimed.owed.clone(), row.question, &platform.capabilities());
    let Some(owed) = fitted else {
        // Nothing of it can be shown there, and nothing is missing: what changed is said in words of its own.
        return Sent {
            leased,
            result: Ok(None),
        };
    };
    let parcel = Parcel {
        id: row.id,
        place: row.place.clone(),
        owed: headed(row, owed),
        at: row.created_at,
    };
    // A program that was stopped for a while wakes up here: somebody else may be sending by now.
    let result = match leases.stands(&leased.term) {
        true => platform.send(&parcel).await,
        false => Err(SendError::NotSent {
            reason: "the lease is over".to_owned(),
            retry_after_ms: None,
        }),
    };
    Sent { leased, result }
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
