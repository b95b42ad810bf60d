//! A batch of updates taken apart: each still raw, with its own identity and its chat's lane.

use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use super::api::{ApiError, unreadable};
use crate::store::inbox::RawUpdate;

/// One update of a batch, with the id that confirms it.
#[derive(Debug)]
pub(super) struct Split {
    pub update_id: Option<i64>,
    pub update: RawUpdate,
}

/// The offset that confirms this batch and nothing else. Ids may restart lower, so older offsets do not count.
pub(super) fn next_offset(batch: &[Split], before: i64) -> i64 {
    batch
        .iter()
        .filter_map(|one| one.update_id)
        .max()
        .map_or(before, |last| last.saturating_add(1))
}

#[derive(Deserialize)]
struct Batch<'a> {
    #[serde(borrow)]
    result: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
struct Envelope {
    update_id: Option<i64>,
    message: Option<MessageKey>,
    edited_message: Option<MessageKey>,
    callback_query: Option<CallbackKey>,
    my_chat_member: Option<ChatOnly>,
    chat_member: Option<ChatOnly>,
}

#[derive(Deserialize)]
struct IdOnly {
    update_id: Option<i64>,
}

#[derive(Deserialize)]
struct ChatId {
    id: i64,
}

#[derive(Deserialize)]
struct ChatOnly {
    chat: ChatId,
}

#[derive(Deserialize)]
struct MessageKey {
    message_id: i64,
    chat: ChatId,
    edit_date: Option<i64>,
}

#[derive(Deserialize)]
struct CallbackKey {
    id: String,
    message: Option<ChatOnly>,
}

/// The updates of a body, each still raw: one that cannot be read does not touch the others.
pub(super) fn split(body: &str) -> Result<Vec<Split>, ApiError> {
    let batch: Batch<'_> = serde_json::from_str(body).map_err(|error| ApiError::Unknown(unreadable(&error)))?;
    Ok(batch.result.into_iter().map(|raw| one_of(raw.get())).collect())
}

/// One update, with its own identity and its chat's lane; also one that nobody can read.
pub(super) fn one_of(raw: &str) -> Split {
    let keys = serde_json::from_str::<Envelope>(raw).ok();
    let update_id = match &keys {
        Some(keys) => keys.update_id,
        None => serde_json::from_str::<IdOnly>(raw).ok().and_then(|only| only.update_id),
    };
    let (natural_key, chat) = keys.as_ref().map_or((None, None), natural);
    let natural_key = natural_key.unwrap_or_else(|| anonymous_key(update_id, raw));
    let lane = format!(
        "{}:{}",
        super::NAME,
        chat.map_or("?".to_owned(), |chat| chat.to_string())
    );
    Split {
        update_id,
        update: RawUpdate {
            natural_key,
            lane,
            raw: raw.to_owned(),
        },
    }
}

/// The thing's own identity, where it has one, and its chat.
fn natural(keys: &Envelope) -> (Option<String>, Option<i64>) {
    if let Some(message) = keys.message.as_ref().or(keys.edited_message.as_ref()) {
        let (chat, edited) = (message.chat.id, message.edit_date.unwrap_or(0));
        return (Some(format!("m:{chat}:{}:{edited}", message.message_id)), Some(chat));
    }
    if let Some(callback) = &keys.callback_query {
        return (
            Some(format!("c:{}", callback.id)),
            callback.message.as_ref().map(|message| message.chat.id),
        );
    }
    let change = keys.my_chat_member.as_ref().or(keys.chat_member.as_ref());
    (None, change.map(|change| change.chat.id))
}

/// For what has no identity of its own: ids are used again after a quiet week, so the content belongs to it.
fn anonymous_key(update_id: Option<i64>, raw: &str) -> String {
    let key = update_id.map_or("u:?:".to_owned(), |id| format!("u:{id}:"));
    key + &hex::encode(&Sha256::digest(raw.as_bytes())[..8])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_update_gets_its_own_key_and_its_chats_lane() {
        let body = r#"{"ok":true,"result":[
            {"update_id":8589934592,"message":{"message_id":5,"chat":{"id":-100},"text":"一"}},
            {"update_id":3,"edited_message":{"message_id":5,"chat":{"id":-100},"edit_date":77}},
            {"update_id":4,"callback_query":{"id":"99","message":{"chat":{"id":12}}}},
            {"update_id":5,"poll":{"id":"1"}},
            {"update_id":6,"message":{"message_id":"five"}},
            {"update_id":"seven"}]}"#;
        let batch = split(body).unwrap();
        let keys: Vec<(&str, &str)> = batch
            .iter()
            .map(|one| (one.update.natural_key.as_str(), one.update.lane.as_str()))
            .collect();
        assert_eq!(keys[0], ("m:-100:5:0", "telegram:-100"));
        assert_eq!(keys[1], ("m:-100:5:77", "telegram:-100"));
        assert_eq!(keys[2], ("c:99", "telegram:12"));
        assert!(keys[3].0.starts_with("u:5:") && keys[3].1 == "telegram:?");
        assert!(keys[4].0.starts_with("u:6:"));
        assert!(keys[5].0.starts_with("u:?:"));
        assert_eq!(next_offset(&batch, 0), 8_589_934_593);
        assert_eq!(
            next_offset(&batch[1..3], 8_589_934_593),
            5,
            "ids that restart lower are followed"
        );
        assert_eq!(next_offset(&[], 42), 42);
    }

    #[test]
    fn a_body_that_is_no_batch_is_an_error_without_its_words() {
        let error = split(r#"{"ok":true,"result":["张三"#).unwrap_err().to_string();
        assert!(!error.contains("张三"), "{error}");
    }
}
