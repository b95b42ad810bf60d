//! What follows from a send: arrived, tried again, in doubt, refused for good.

use super::says_anew;
use crate::backoff::backoff_ms;
use crate::clock::Millis;
use crate::domain::chat::capabilities::Capabilities;
use crate::domain::chat::message::MessageRef;
use crate::domain::chat::owed::{Due, Owed};
use crate::domain::chat::role::Role;
use crate::platform::{Refused, SendError};
use crate::store::outbox::{Aimed, OutboxRow};
use crate::store::undelivered::Loss;
use crate::store::{StoreError, Tx};

/// A toast is worth nothing after this long.
const TOAST_MS: i64 = 60_000;
/// Nothing is tried for longer than this.
const GIVE_UP_MS: i64 = 24 * 3_600_000;
/// Tries before anything is given up; with their pauses they take a quarter of an hour at least.
const MANY: i64 = 20;
/// The longest pause between two tries.
const MAX_PAUSE_MS: i64 = 60_000;
/// A doubtful send is repeated once after this long.
const DOUBT_MS: i64 = 30_000;

/// Rows that cannot be read hold up nobody: they are over, and those who see to what did not arrive are told.
pub(super) async fn set_aside(tx: &mut Tx, broken: &[i64], now: Millis) -> Result<(), StoreError> {
    for id in broken {
        tx.mark_over(*id, Loss::Unreadable, "unreadable", now).await?;
    }
    Ok(())
}

/// Notes that a row arrived, as which message.
pub(super) async fn note_arrival(
    tx: &mut Tx,
    Aimed { row, owed }: &Aimed,
    message: Option<&str>,
    now: Millis,
) -> Result<(), StoreError> {
    tx.mark_sent(row.id, message, now).await?;
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
pub(super) async fn note_failure(
    tx: &mut Tx,
    row: &OutboxRow,
    error: SendError,
    can: &Capabilities,
    now: Millis,
) -> Result<Option<Millis>, StoreError> {
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
    match error {
        SendError::NotSent { .. } if too_old => tx.mark_over(row.id, Loss::Refused, &said, now).await?,
        SendError::NotSent {
            retry_after_ms: Some(wait),
            ..
        } => {
            let until = now.plus(wait);
            tx.chat_waits(&row.place, until).await?;
            tx.mark_retry(row.id, &said, until, false).await?;
            return Ok(Some(until));
        }
        SendError::NotSent {
            retry_after_ms: None, ..
        } => {
            tx.mark_retry(row.id, &said, now.plus(pause(row.attempts)), false)
                .await?;
        }
        SendError::Unknown(_) if can.idempotent => tx.mark_retry(row.id, &said, now, false).await?,
        // A press answered twice or an edit made twice is the same as once.
        SendError::Unknown(_) if !anew => tx.mark_over(row.id, Loss::Void, &said, now).await?,
        SendError::Unknown(_) if row.again => tx.mark_over(row.id, Loss::Unknown, &said, now).await?,
        SendError::Unknown(_) => tx.mark_retry(row.id, &said, now.plus(DOUBT_MS), true).await?,
        SendError::Refused(refused) => note_refusal(tx, row, &refused, &said, now).await?,
    }
    Ok(None)
}

async fn note_refusal(
    tx: &mut Tx,
    row: &OutboxRow,
    refused: &Refused,
    said: &str,
    now: Millis,
) -> Result<(), StoreError> {
    let channel = &row.place.channel;
    let loss = match refused {
        Refused::Moved(new) => {
            tx.mark_retry(row.id, said, now, false).await?;
            return tx.move_chat(channel, &row.place.chat, new).await;
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
    tx.mark_over(row.id, loss, said, now).await
}

/// 1, 2, 4 … 60 seconds.
fn pause(attempts: i64) -> i64 {
    backoff_ms(1_000, u32::try_from(attempts).unwrap_or(0), MAX_PAUSE_MS)
}
