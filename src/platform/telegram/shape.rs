//! The parts of a Bot API update that are read here. Own shapes: what newer servers add or rename elsewhere in an
//! update cannot make it unreadable. Read with `from_str` on the raw text only.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

#[derive(Deserialize)]
pub(super) struct Update {
    pub message: Option<Message>,
    pub edited_message: Option<Message>,
    pub callback_query: Option<Callback>,
    pub my_chat_member: Option<MemberChange>,
    pub chat_member: Option<MemberChange>,
}

#[derive(Deserialize)]
pub(super) struct User {
    pub id: i64,
    #[serde(default)]
    pub is_bot: bool,
    #[serde(default)]
    pub first_name: String,
    pub last_name: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Chat {
    pub id: i64,
    #[serde(rename = "type")]
    pub kind: String,
    pub title: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Message {
    pub message_id: i64,
    pub message_thread_id: Option<i64>,
    #[serde(default)]
    pub is_topic_message: bool,
    pub from: Option<User>,
    pub sender_chat: Option<Chat>,
    pub chat: Chat,
    pub date: i64,
    #[serde(default)]
    pub is_automatic_forward: bool,
    pub forward_origin: Option<IgnoredAny>,
    pub forward_date: Option<IgnoredAny>,
    pub via_bot: Option<IgnoredAny>,
    pub media_group_id: Option<String>,
    pub reply_to_message: Option<Replied>,
    pub external_reply: Option<External>,
    pub quote: Option<Quote>,
    pub text: Option<String>,
    #[serde(default)]
    pub entities: Vec<Entity>,
    pub rich_message: Option<Box<RawValue>>,
    pub caption: Option<String>,
    #[serde(default)]
    pub caption_entities: Vec<Entity>,
    #[serde(default)]
    pub photo: Vec<Photo>,
    pub live_photo: Option<FileRef>,
    pub voice: Option<FileRef>,
    pub audio: Option<FileRef>,
    pub video: Option<FileRef>,
    pub video_note: Option<FileRef>,
    pub animation: Option<FileRef>,
    pub document: Option<FileRef>,
    pub sticker: Option<FileRef>,
    pub contact: Option<Contact>,
    pub location: Option<IgnoredAny>,
    pub venue: Option<IgnoredAny>,
    pub poll: Option<Poll>,
    pub paid_media: Option<IgnoredAny>,
    pub checklist: Option<IgnoredAny>,
    pub story: Option<IgnoredAny>,
    pub game: Option<IgnoredAny>,
    pub dice: Option<IgnoredAny>,
    pub giveaway: Option<IgnoredAny>,
    pub giveaway_winners: Option<IgnoredAny>,
    pub invoice: Option<IgnoredAny>,
    pub gift: Option<IgnoredAny>,
    pub unique_gift: Option<IgnoredAny>,
    pub migrate_to_chat_id: Option<i64>,
    pub left_chat_member: Option<User>,
    /// Everything else that is in it, by name.
    #[serde(flatten)]
    pub other: BTreeMap<String, IgnoredAny>,
}

/// What a message of any kind may carry besides its content (Bot API 10.3, `Message`).
const BESIDES: [&str; 30] = [
    "author_signature",
    "business_connection_id",
    "direct_messages_topic",
    "edit_date",
    "effect_id",
    "ephemeral_message_id",
    "forward_from",
    "forward_from_chat",
    "forward_from_message_id",
    "forward_sender_name",
    "forward_signature",
    "guest_bot_caller_chat",
    "guest_bot_caller_user",
    "guest_query_id",
    "has_media_spoiler",
    "has_protected_content",
    "is_from_offline",
    "is_paid_post",
    "link_preview_options",
    "paid_star_count",
    "receiver_user",
    "reply_markup",
    "reply_to_checklist_task_id",
    "reply_to_poll_option_id",
    "reply_to_story",
    "sender_boost_count",
    "sender_business_bot",
    "sender_tag",
    "show_caption_above_media",
    "suggested_post_info",
];

/// What the platform itself says in a chat: nobody wrote it (Bot API 10.3, `Message`).
const SERVICE: [&str; 51] = [
    "boost_added",
    "channel_chat_created",
    "chat_background_set",
    "chat_owner_changed",
    "chat_owner_left",
    "chat_shared",
    "checklist_tasks_added",
    "checklist_tasks_done",
    "community_chat_added",
    "community_chat_joined",
    "community_chat_removed",
    "connected_website",
    "delete_chat_photo",
    "direct_message_price_changed",
    "forum_topic_closed",
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_reopened",
    "general_forum_topic_hidden",
    "general_forum_topic_unhidden",
    "gift_upgrade_sent",
    "giveaway_completed",
    "giveaway_created",
    "group_chat_created",
    "managed_bot_created",
    "message_auto_delete_timer_changed",
    "migrate_from_chat_id",
    "new_chat_member",
    "new_chat_members",
    "new_chat_participant",
    "new_chat_photo",
    "new_chat_title",
    "paid_message_price_changed",
    "passport_data",
    "pinned_message",
    "poll_option_added",
    "poll_option_deleted",
    "proximity_alert_triggered",
    "refunded_payment",
    "successful_payment",
    "suggested_post_approval_failed",
    "suggested_post_approved",
    "suggested_post_declined",
    "suggested_post_paid",
    "suggested_post_refunded",
    "supergroup_chat_created",
    "user_shared",
    "users_shared",
    "video_chat_started",
    "web_app_data",
    "write_access_allowed",
];

impl Message {
    /// It holds something that did not exist when this was written: a kind of content, a mark beside one, or what the
    /// platform says of its own accord.
    pub fn of_unknown_kind(&self) -> bool {
        let service =
            |name: &str| SERVICE.contains(&name) || name.starts_with("video_chat_") || name.starts_with("voice_chat_");
        let mut names = self
            .other
            .keys()
            .map(String::as_str)
            .filter(|name| !BESIDES.contains(name));
        let known = self.left_chat_member.is_some() || self.other.keys().any(|name| service(name));
        !known && names.next().is_some()
    }

    /// From elsewhere; a forward of a forward is marked the same way.
    pub fn forwarded(&self) -> bool {
        self.forward_origin.is_some() || self.forward_date.is_some()
    }
}

#[derive(Deserialize)]
pub(super) struct Replied {
    pub message_id: i64,
    pub from: Option<User>,
    pub forum_topic_created: Option<IgnoredAny>,
    pub text: Option<String>,
    pub caption: Option<String>,
    pub rich_message: Option<Box<RawValue>>,
}

/// A message of another chat that this one replies to; its words are not there, only what is quoted of them.
#[derive(Deserialize)]
pub(super) struct External {
    pub origin: Option<Origin>,
}

#[derive(Deserialize)]
pub(super) struct Origin {
    pub sender_user: Option<User>,
}

/// The part that was picked of the message replied to.
#[derive(Deserialize)]
pub(super) struct Quote {
    pub text: String,
}

#[derive(Deserialize)]
pub(super) struct Entity {
    #[serde(rename = "type")]
    pub kind: String,
    /// In UTF-16 units.
    pub offset: usize,
    /// In UTF-16 units.
    pub length: usize,
    pub user: Option<User>,
}

#[derive(Deserialize)]
pub(super) struct Photo {
    #[serde(flatten)]
    pub file: FileRef,
    #[serde(default)]
    pub width: i64,
    #[serde(default)]
    pub height: i64,
}

#[derive(Deserialize)]
pub(super) struct FileRef {
    pub file_id: String,
    file_unique_id: Option<String>,
}

impl Photo {
    /// How large it is.
    pub fn area(&self) -> i64 {
        self.width.saturating_mul(self.height)
    }
}

impl FileRef {
    /// What stays the same of a file: its id may be another one each time.
    pub fn reference(&self) -> &str {
        self.file_unique_id.as_deref().unwrap_or(&self.file_id)
    }
}

#[derive(Deserialize)]
pub(super) struct Contact {
    pub phone_number: String,
    pub user_id: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Poll {
    #[serde(rename = "type")]
    kind: Option<String>,
}

impl Poll {
    /// One of its answers is the right one.
    pub fn quiz(&self) -> bool {
        self.kind.as_deref() == Some("quiz")
    }
}

#[derive(Deserialize)]
pub(super) struct Callback {
    pub id: String,
    pub from: User,
    pub data: Option<String>,
    pub message: Option<Pressed>,
}

/// The message under a button; of an inaccessible (too old) one only chat and id are there, and `date` is 0.
#[derive(Deserialize)]
pub(super) struct Pressed {
    pub message_id: i64,
    pub chat: Chat,
    #[serde(default)]
    pub date: i64,
    pub message_thread_id: Option<i64>,
    #[serde(default)]
    pub is_topic_message: bool,
}

#[derive(Deserialize)]
pub(super) struct MemberChange {
    pub chat: Chat,
    pub from: User,
    pub date: i64,
    pub old_chat_member: Member,
    pub new_chat_member: Member,
}

/// Somebody's standing in a chat.
#[derive(Deserialize)]
pub(super) struct Member {
    pub user: Option<User>,
    pub status: String,
    pub is_member: Option<bool>,
    pub can_send_messages: Option<bool>,
    pub can_delete_messages: Option<bool>,
}

impl Member {
    /// Is in the chat; a restricted one says so itself.
    pub fn present(&self) -> bool {
        match self.status.as_str() {
            "left" | "kicked" => false,
            "restricted" => self.is_member.unwrap_or(true),
            _ => true,
        }
    }

    pub fn admin(&self) -> bool {
        matches!(self.status.as_str(), "administrator" | "creator")
    }

    pub fn muted(&self) -> bool {
        self.status == "restricted" && self.can_send_messages == Some(false)
    }
}
