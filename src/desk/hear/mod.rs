//! What is heard, sorted and passed on: by place, by sender, by what it asks for.

pub(in crate::desk) mod acts;
pub(in crate::desk) mod album;
pub(in crate::desk) mod ask_private;
pub(in crate::desk) mod browse;
pub(in crate::desk) mod chats;
pub(in crate::desk) mod command;
pub(in crate::desk) mod curation;
pub(in crate::desk) mod early;
pub(in crate::desk) mod edited;
pub(in crate::desk) mod heard;
pub(in crate::desk) mod member;
pub(in crate::desk) mod mode;
pub(in crate::desk) mod neighbours;
pub(in crate::desk) mod off;
pub(in crate::desk) mod presses;
pub(in crate::desk) mod private;

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::domain::chat::message::{Event, Incoming};

/// Does what a message, press or event asks for.
pub(in crate::desk) async fn hear(sitting: &mut Sitting<'_>, incoming: &Incoming) -> Result<()> {
    match &incoming.event {
        Event::Message(heard) => {
            edited::saying(sitting, incoming, heard).await?;
            heard::hear_message(sitting, incoming, heard).await
        }
        Event::Edited(heard) => edited::hear_edited(sitting, incoming, heard).await,
        Event::Press(press) => presses::hear_press(sitting, incoming, press).await,
        Event::OwnContact(phone) => member::shared_contact(sitting, incoming, phone).await,
        Event::Chat(event) => chats::chat_changed(sitting, incoming, event).await,
    }
}
