//! A reply that comes before the sending of what it replies to is noted: people are quick, and a busy program is not.

use std::time::Duration;

use crate::desk::Result;
use crate::domain::chat::message::{Event, Heard, Incoming, ReplyTo};
use crate::store::Db;

/// The time between two looks, and how often one looks: a send whose result takes longer is in doubt anyway.
const PAUSE: Duration = Duration::from_millis(100);
const LOOKS: u32 = 20;

/// Waits until what the message replies to is known, or nothing is on its way to that chat, or it has taken too long.
pub(in crate::desk) async fn wait_for_what_is_replied_to(db: &Db, incoming: &Incoming) -> Result<()> {
    let Event::Message(Heard {
        reply_to: Some(ReplyTo { id, to_bot: true }),
        ..
    }) = &incoming.event
    else {
        return Ok(());
    };
    let place = &incoming.place;
    for _ in 0..LOOKS {
        let mut tx = db.read().await?;
        let known = tx.link_of(&place.channel, &place.chat, id).await?.is_some();
        if known || !tx.is_sending_to(place).await? {
            return Ok(());
        }
        drop(tx);
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}
