//! What follows from a send: arrived, tried again, in doubt, refused for good.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, mpsc};

use super::pace::Pace;
use super::{Leased, Sent};
use crate::backoff::backoff_ms;
use crate::clock::{Clock, Millis};
use crate::domain::chat::capabilities::{Capabilities, Pushes};
use crate::domain::chat::message::MessageRef;
use crate::domain::chat::owed::{Due, Owed};
use crate::domain::chat::role::Role;
use crate::domain::fit;
use crate::platform::{Platform, Refused, SendError};
use crate::store::outbox::{Aimed, OutboxRow};
use crate::store::undelivered::Loss;
use crate::store::{Db, StoreError, Tx};

/// A toast is worth nothing after this long.
const TOAST_MS: i64 = 60_000;
/// Nothing is tried for longer than this.
const GIVE_UP_MS: i64 = 24 * 3_600_000;
/// Tries before anything is given up; with their pauses they take a quarter of an hour at least.
const MANY: i64 = 20;
/// The longest pause between two tries.
const MAX_PAUSE_MS: i64 = 60_000;
/// A doubtful send is repeated once after this long, in case it is on its way still.
const DOUBT_MS: i64 = 30_000;

/// Under what a result is noted.
pub(super) struct Noting<'a> {
    /// Who leased the row; what somebody else's is by now stays as it is.
    pub holder: &'a str,
    /// After how long a doubtful send is repeated.
    pub doubt_ms: i64,
    pub now: Millis,
}

/// Notes results as they come, beside the sending: what is not noted when the program dies is in doubt.
#[derive(Clone)]
pub(super) struct Notary {
    db: Db,
    clock: Clock,
    pub platforms: Arc<HashMap<&'static str, Arc<dyn Platform>>>,
    pub pace: Arc<Mutex<Pace>>,
    bell: Arc<Notify>,
}

impl Notary {
    pub fn new(db: Db, clock: Clock, platforms: HashMap<&'static str, Arc<dyn Platform>>, bell: Arc<Notify>) -> Notary {
        Notary {
            db,
            clock,
            platforms: Arc::new(platforms),
            pace: Arc::default(),
            bell,
        }
    }

    /// Notes what comes until nothing can come any more and all is noted.
    pub async fn run(self, mut results: mpsc::UnboundedReceiver<Sent>) {
        let mut finished = Vec::new();
        while let Some(sent) = results.recv().await {
            finished.push(sent);
            while !finished.is_empty() {
                while let Ok(sent) = results.try_recv() {
                    finished.push(sent);
                }
                self.note_all(&mut finished).await;
                self.bell.notify_one();
                if !finished.is_empty() {
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }

    /// Notes all of it in one transaction; where that fails, one by one, so that a row that cannot be noted holds up no
    /// other. What cannot be noted is left.
    pub async fn note_all(&self, finished: &mut Vec<Sent>) {
        if self.note(finished).await.is_ok() {
            finished.clear();
            return;
        }
        for sent in std::mem::take(finished) {
            if let Err(error) = self.note(std::slice::from_ref(&sent)).await {
                tracing::error!(%error, outbox.id = sent.leased.aimed.row.id, "the result of a send cannot be noted; trying again");
                finished.push(sent);
            }
        }
    }

    async fn note(&self, finished: &[Sent]) -> Result<(), StoreError> {
        let now = self.clock.now();
        let mut waits = Vec::new();
        let mut tx = self.db.begin().await?;
        for Sent { leased, result } in finished {
            let Leased { aimed, term } = leased;
            let mark = term.mark();
            let under = Noting {
                holder: &mark,
                doubt_ms: DOUBT_MS,
                now,
            };
            let wait = match result {
                Ok(message) => note_arrival(&mut tx, aimed, message.as_deref(), &under)
                    .await
                    .map(|()| None),
                Err(error) => self.note_failure(&mut tx, &aimed.row, error.clone(), &under).await,
            }?;
            waits.extend(wait.map(|until| (&aimed.row.place, until)));
        }
        tx.commit().await?;
        let mut pace = self.pace.lock().unwrap_or_else(PoisonError::into_inner);
        for (place, until) in waits {
            pace.wait(&place.channel.0, &place.chat, until);
        }
        Ok(())
    }

    pub async fn note_failure(
        &self,
        tx: &mut Tx,
        row: &OutboxRow,
        error: SendError,
        under: &Noting<'_>,
    ) -> Result<Option<Millis>, StoreError> {
        let can = self.can(row);
        let went_out = !matches!(error, SendError::NotSent { .. });
        if !went_out && can.pushes != Pushes::Anytime && says_anew(row, &can) {
            tx.give_window_back(&row.place).await?;
        }
        note_failure(tx, row, error, &can, under).await
    }

    /// What the row's channel can do.
    pub fn can(&self, row: &OutboxRow) -> Capabilities {
        let platform = self.platforms.get(row.place.channel.0.as_str());
        platform.map_or(Capabilities::LEAST, |platform| platform.capabilities())
    }
}

/// Whether a row becomes a new message in its channel.
pub(super) fn says_anew(row: &OutboxRow, can: &Capabilities) -> bool {
    match &row.due {
        Due::Owed(owed) => {
            let fitted = fit::fit(owed.clone(), row.question, can);
            fitted.is_some_and(|owed| matches!(owed, Owed::Message { .. } | Owed::Media { .. }))
        }
        Due::ChangeOf { change, .. } => fit::is_news(change, can),
    }
}

/// Rows that cannot be read hold up nobody: they are over, and those who see to what did not arrive are told.
pub(super) async fn set_aside(tx: &mut Tx, broken: &[i64], under: &Noting<'_>) -> Result<(), StoreError> {
    for id in broken {
        tx.mark_over((*id, under.holder), Loss::Unreadable, "unreadable", under.now)
            .await?;
    }
    Ok(())
}

/// Notes that a row arrived, as which message. Where somebody else has taken the row over, what they do with it counts.
async fn note_arrival(
    tx: &mut Tx,
    Aimed { row, owed }: &Aimed,
    message: Option<&str>,
    under: &Noting<'_>,
) -> Result<(), StoreError> {
    if !tx.mark_sent((row.id, under.holder), message, under.now).await? {
        tracing::warn!(outbox.id = row.id, "sent, and taken over by another program meanwhile");
        return Ok(());
    }
    if let (Some(question), Some(id)) = (row.question, message) {
        let message = MessageRef {
            place: row.place.clone(),
            id: id.to_owned(),
        };
        let has_buttons = owed.has_buttons();
        let body = has_buttons.then_some("buttons");
        tx.link(&message, question, row.role, body).await?;
    }
    Ok(())
}

/// What follows from a failed send; gives the wait the platform imposed on the chat, if any.
async fn note_failure(
    tx: &mut Tx,
    row: &OutboxRow,
    error: SendError,
    can: &Capabilities,
    under: &Noting<'_>,
) -> Result<Option<Millis>, StoreError> {
    let (now, id) = (under.now, (row.id, under.holder));
    let said = error.to_string();
    tracing::warn!(
        outbox.id = row.id,
        question.id = row.question.map(|q| q.0),
        role = row.role.key(),
        error = said,
        "not sent"
    );
    let anew = says_anew(row, can);
    let too_old = match row.due {
        Due::Owed(Owed::Toast { .. }) => now.since(row.created_at) > TOAST_MS,
        // A clock that jumped makes nothing old that was hardly tried.
        _ => now.since(row.created_at) > GIVE_UP_MS && row.attempts >= MANY,
    };
    let written = match error {
        SendError::NotSent { .. } if too_old => tx.mark_over(id, Loss::Refused, &said, now).await?,
        SendError::NotSent {
            retry_after_ms: Some(wait),
            ..
        } => {
            let until = now.plus(wait);
            tx.chat_waits(&row.place, until).await?;
            tx.mark_retry(id, &said, until, false).await?;
            return Ok(Some(until));
        }
        SendError::NotSent {
            retry_after_ms: None, ..
        } => tx.mark_retry(id, &said, now.plus(pause(row.attempts)), false).await?,
        SendError::Unknown(_) if can.idempotent => tx.mark_retry(id, &said, now, false).await?,
        // A press answered twice or an edit made twice is the same as once.
        SendError::Unknown(_) if !anew => tx.mark_over(id, Loss::Void, &said, now).await?,
        SendError::Unknown(_) if row.again => tx.mark_over(id, Loss::Unknown, &said, now).await?,
        SendError::Unknown(_) => tx.mark_retry(id, &said, now.plus(under.doubt_ms), true).await?,
        SendError::Refused(refused) => note_refusal(tx, row, &refused, &said, under).await?,
    };
    if !written {
        tracing::warn!(outbox.id = row.id, "taken over by another program meanwhile");
    }
    Ok(None)
}

async fn note_refusal(
    tx: &mut Tx,
    row: &OutboxRow,
    refused: &Refused,
    said: &str,
    under: &Noting<'_>,
) -> Result<bool, StoreError> {
    let (now, id) = (under.now, (row.id, under.holder));
    let channel = &row.place.channel;
    let loss = match refused {
        Refused::Moved(new) => {
            let written = tx.mark_retry(id, said, now, false).await?;
            tx.move_chat(channel, &row.place.chat, new).await?;
            return Ok(written);
        }
        Refused::Muted(_) => Loss::Muted,
        Refused::Lost(_) => Loss::Gone,
        Refused::Unreachable(_) => {
            tx.private_blocked(&channel.0, &row.place.chat).await?;
            match row.role {
                Role::Whisper | Role::Advice => Loss::Unreachable,
                // It stands elsewhere too.
                _ => Loss::Void,
            }
        }
        Refused::Gone(_) => Loss::Void,
        Refused::Other(_) => Loss::Refused,
    };
    tx.mark_over(id, loss, said, now).await
}

/// 1, 2, 4 … 60 seconds.
fn pause(attempts: i64) -> i64 {
    backoff_ms(1_000, u32::try_from(attempts).unwrap_or(0), MAX_PAUSE_MS)
}
