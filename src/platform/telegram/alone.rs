//! A picture or file sent again by itself, by the handle the platform gave it: where copying the message it came in would
//! bring more than it, as with one composed of blocks.

use teloxide::payloads;
use teloxide::types::{ChatId, FileId, InputFile};

use super::api::{Api, ApiError};
use super::target::{Sent, Target, Way};

/// As what it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alone {
    Photo,
    Animation,
    Audio,
    Video,
    Voice,
    Document,
}

const ALL: [(Alone, &str); 6] = [
    (Alone::Photo, "photo"),
    (Alone::Animation, "animation"),
    (Alone::Audio, "audio"),
    (Alone::Video, "video"),
    (Alone::Voice, "voice"),
    (Alone::Document, "document"),
];

impl Alone {
    /// What is kept to send a file again as this.
    pub fn handle(self, file: &str) -> String {
        let word = ALL
            .iter()
            .find(|(alone, _)| *alone == self)
            .map_or("", |(_, word)| word);
        format!("{word}:{file}")
    }

    /// What a handle says: as what, and which file.
    pub fn read(handle: &str) -> Option<(Alone, &str)> {
        let (word, file) = handle.split_once(':')?;
        let alone = ALL.iter().find(|(_, known)| *known == word)?.0;
        Some((alone, file))
    }

    /// Sends a file, with no words under it.
    pub async fn send(self, api: &Api, file: &str, target: &Target, way: Way) -> Result<Sent, ApiError> {
        let (chat, file) = (ChatId(target.chat), InputFile::file_id(FileId(file.to_owned())));
        macro_rules! sent {
            ($payload:expr) => {{
                let mut payload = $payload;
                payload.message_thread_id = target.thread(way);
                payload.reply_parameters = target.reply();
                api.call_for(&payload).await
            }};
        }
        match self {
            Alone::Photo => sent!(payloads::SendPhoto::new(chat, file)),
            Alone::Animation => sent!(payloads::SendAnimation::new(chat, file)),
            Alone::Audio => sent!(payloads::SendAudio::new(chat, file)),
            Alone::Video => sent!(payloads::SendVideo::new(chat, file)),
            Alone::Voice => sent!(payloads::SendVoice::new(chat, file)),
            Alone::Document => sent!(payloads::SendDocument::new(chat, file)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_says_what_it_was_made_of() {
        for (alone, _) in ALL {
            assert_eq!(Alone::read(&alone.handle("a:b")), Some((alone, "a:b")));
        }
        assert_eq!(Alone::read("of_tomorrow:a"), None);
        assert_eq!(Alone::read("photo"), None);
    }
}
