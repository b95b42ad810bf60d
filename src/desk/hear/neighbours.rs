//! What one person says in a row is read together, also where it is about different questions: a number may be split over
//! two messages. What of it is kept already is kept with less.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::domain::chat::message::{Heard, Incoming};
use crate::domain::privacy;

/// Masks what an account asked with in the last minute once more, together with the message just heard.
pub(in crate::desk) async fn read_together(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
) -> Result<()> {
    let since = sitting.now.plus(-privacy::NEIGHBOURS_MS);
    let chat = &incoming.place.chat;
    let links = sitting.tx.asked_with(&incoming.account(), chat, since).await?;
    if links.is_empty() {
        return Ok(());
    }
    let mut parts: Vec<&str> = links.iter().filter_map(|link| link.body.as_deref()).collect();
    if !links.iter().any(|link| link.message.id == heard.id) {
        parts.push(&heard.text);
    }
    let mut changed = Vec::new();
    for ((link, before), masked) in links.iter().zip(&parts).zip(privacy::mask_parts(&parts)) {
        if masked.as_str() == *before {
            continue;
        }
        let question = link.question;
        sitting.tx.asks(&link.message, question, &masked).await?;
        sitting.tx.say_less(question, before, &masked).await?;
        changed.push(question);
    }
    changed.dedup();
    for id in changed {
        let Some(question) = sitting.tx.question(id).await? else {
            continue;
        };
        let text = sitting.text_of(&question).await?;
        sitting.settle(question.reword(text)).await?;
    }
    Ok(())
}
