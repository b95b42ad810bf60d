//! What one person says in a row is read together: a number may be split over two messages.

use crate::domain::chat::rich::Rich;
use crate::domain::privacy;
use crate::store::rooms::{RoomBody, RoomMessage};

/// Words with what the same person said just before: a number may be split over two messages. Gives what may be shown
/// of these, and earlier messages that show less now.
pub fn together(earlier: &[RoomMessage], text: &str) -> (Rich, Vec<(i64, RoomBody)>) {
    if earlier.is_empty() {
        return (masked(text), Vec::new());
    }
    let said: Vec<String> = earlier.iter().map(|message| message.body.text.words()).collect();
    let parts: Vec<&str> = said.iter().map(String::as_str).chain([text]).collect();
    let mut parts = privacy::mask_parts(&parts);
    let own = parts.pop().unwrap_or_default();
    let label = parts.last().and_then(|part| part.hidden().next());
    let changed = earlier.iter().zip(&said).zip(&parts);
    let changed = changed
        .filter(|((_, said), masked)| masked.as_str() != said.as_str())
        .map(|((message, _), masked)| {
            let text = Rich::from(masked.as_str());
            let body = message.body.clone();
            (message.id, RoomBody { text, ..body })
        })
        .collect();
    match (own.is_empty() && !text.is_empty(), label) {
        (true, Some(label)) => (Rich::from(label.label()), changed),
        (true, None) | (false, _) => (masked(&own), changed),
    }
}

/// Words as a room shows them.
pub fn masked(text: &str) -> Rich {
    if text.is_empty() {
        Rich::default()
    } else {
        Rich::from(privacy::mask(text).as_str())
    }
}
