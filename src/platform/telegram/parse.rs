//! From a raw update to what was heard. Pure; knows Telegram's special accounts and what of its traffic is no message.

use super::api::{Me, unreadable};
use super::shape::{Callback, Chat, MemberChange, Message, Poll, Replied, Update, User};
use super::{blocks, words};
use crate::clock::Millis;
use crate::domain::asking::request;
use crate::domain::chat::message::{
    Channel, ChatEvent, ChatKind, Event, Heard, Incoming, Media, MediaKind, Place, Press, ReplyTo, Sender, SenderKind,
};
use crate::domain::privacy::{self, Masked};

/// `from` of what an administrator posts as the group (Bot API, `Message.sender_chat`).
const GROUP_ANONYMOUS_BOT: i64 = 1_087_968_824;
/// `from` of what somebody posts as a channel.
const CHANNEL_BOT: i64 = 136_817_688;
/// `from` of what a linked channel forwards into its group by itself.
const SERVICE: i64 = 777_000;
const NAME_LIMIT: usize = 32;
const TITLE_LIMIT: usize = 128;

/// The update is not what the Bot API promises. Never quotes it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("update is {0}")]
pub struct ParseError(String);

/// What was heard, or none if the update says nothing to a helpdesk.
///
/// `at` is when the message was written, also for an edit of it; Telegram does not say when a button was pressed, so
/// there it is the time of the message under it.
pub fn parse(raw: &str, me: &Me) -> Result<Option<Incoming>, ParseError> {
    let update: Update = serde_json::from_str(raw).map_err(|error| ParseError(unreadable(&error)))?;
    Ok(match update {
        Update {
            message: Some(message), ..
        } => of_message(message, me),
        Update {
            edited_message: Some(message),
            ..
        } => of_edit(message, me),
        Update {
            callback_query: Some(callback),
            ..
        } => of_press(callback),
        Update {
            my_chat_member: Some(change),
            ..
        } => of_own_standing(&change, me),
        Update {
            chat_member: Some(change),
            ..
        } => of_leaving(&change, me),
        Update {
            message: None,
            edited_message: None,
            callback_query: None,
            my_chat_member: None,
            chat_member: None,
        } => None,
    })
}

fn of_message(message: Message, me: &Me) -> Option<Incoming> {
    if let Some(chat) = message.migrate_to_chat_id {
        return about(&message, Event::Chat(ChatEvent::MigratedTo(chat.to_string())));
    }
    // Seen also where the bot is no administrator and gets no `chat_member`, in small groups at least.
    if let Some(gone) = message.left_chat_member.as_ref().filter(|gone| gone.id != me.id) {
        return about(&message, Event::Chat(ChatEvent::MemberLeft(gone.id.to_string())));
    }
    // As a reply it may be meant for whoever the message replied to is about.
    if let Some(phone) = own_contact(&message).filter(|_| message.reply_to_message.is_none()) {
        return about(&message, Event::OwnContact(phone));
    }
    let heard = heard(&message, me)?;
    about(&message, Event::Message(heard))
}

fn of_edit(message: Message, me: &Me) -> Option<Incoming> {
    let heard = heard(&message, me)?;
    about(&message, Event::Edited(heard))
}

fn of_press(callback: Callback) -> Option<Incoming> {
    let message = callback.message?;
    let place = place(
        &message.chat,
        message.message_thread_id.filter(|_| message.is_topic_message),
    );
    Some(Incoming {
        place,
        chat_kind: chat_kind(&message.chat)?,
        title: title(&message.chat),
        from: person(&callback.from),
        at: Millis(message.date.saturating_mul(1000)),
        event: Event::Press(Press {
            id: callback.id,
            token: callback.data?,
            message: Some(message.message_id.to_string()),
        }),
    })
}

fn of_own_standing(change: &MemberChange, me: &Me) -> Option<Incoming> {
    let (old, new) = (&change.old_chat_member, &change.new_chat_member);
    let kind = chat_kind(&change.chat)?;
    let hears_all = new.admin() || me.can_read_all_group_messages;
    let event = if !new.present() {
        ChatEvent::BotRemoved
    } else if new.muted() {
        ChatEvent::BotMuted
    } else if old.present() || kind == ChatKind::Private {
        // In private: unblocked. Telegram tells the bot about a private chat only when it is blocked or unblocked.
        ChatEvent::BotMayWrite { hears_all }
    } else {
        ChatEvent::BotAdded { hears_all }
    };
    changed(change, kind, event)
}

fn of_leaving(change: &MemberChange, me: &Me) -> Option<Incoming> {
    let gone = change.new_chat_member.user.as_ref().filter(|user| user.id != me.id)?;
    let left = change.old_chat_member.present() && !change.new_chat_member.present();
    left.then(|| {
        changed(
            change,
            chat_kind(&change.chat)?,
            ChatEvent::MemberLeft(gone.id.to_string()),
        )
    })?
}

fn changed(change: &MemberChange, chat_kind: ChatKind, event: ChatEvent) -> Option<Incoming> {
    Some(Incoming {
        place: place(&change.chat, None),
        chat_kind,
        title: title(&change.chat),
        from: person(&change.from),
        at: Millis(change.date.saturating_mul(1000)),
        event: Event::Chat(event),
    })
}

fn about(message: &Message, event: Event) -> Option<Incoming> {
    Some(Incoming {
        place: place(&message.chat, topic(message)),
        chat_kind: chat_kind(&message.chat)?,
        title: title(&message.chat),
        from: sender(message)?,
        at: Millis(message.date.saturating_mul(1000)),
        event,
    })
}

/// A person's message with words or media; the bot's own, all service messages and what a linked channel forwards into
/// its group by itself are none.
fn heard(message: &Message, me: &Me) -> Option<Heard> {
    let by = |id: i64| message.from.as_ref().is_some_and(|from| from.id == id);
    if by(me.id) || by(SERVICE) || message.is_automatic_forward {
        return None;
    }
    let mut media = media(message);
    let mut stuck = stuck(message);
    let rich = message.rich_message.as_deref().map(blocks::flatten);
    if let Some(rich) = &rich {
        media.extend_from_slice(&rich.media);
        stuck |= rich.more;
    }
    let replied = message.reply_to_message.as_ref();
    let reply_to = replied.and_then(|replied| reply(message, replied, me));
    stuck |= of_unknown_kind(message, &media, reply_to.is_some());
    let (text, entities) = match (&message.text, &rich, &message.caption) {
        (Some(text), _, _) => (text.as_str(), &message.entities),
        (None, Some(rich), _) => (rich.text.as_str(), &rich.entities),
        (None, None, Some(caption)) => (caption.as_str(), &message.caption_entities),
        (None, None, None) if media.is_empty() && !stuck => return None,
        (None, None, None) => ("", &message.entities),
    };
    let words = words::read(text, entities, me.id, &me.username)?;
    let quoted = quoted(message, reply_to.as_ref(), me);
    Some(Heard {
        id: message.message_id.to_string(),
        text: words.text.as_str().into(),
        carried: request::carried(&words.text),
        media,
        album: message.media_group_id.clone(),
        stuck,
        own_number: own_contact(message),
        reply_to,
        quoted,
        addressed: words.addressed,
        mentions_others: words.mentions_others,
        forwarded: message.forwarded(),
        by_bot: message.via_bot.is_some(),
        shown_masked: false,
    })
}

/// Something of a kind that did not exist when this was written; beside known content it is only one more mark. In a group
/// and no reply it may be what the platform says of its own accord, unless it has a caption.
fn of_unknown_kind(message: &Message, media: &[Media], replies: bool) -> bool {
    let words = message.text.is_some() || message.rich_message.is_some();
    let somebodys = replies || message.caption.is_some() || message.chat.kind == "private";
    !words && media.is_empty() && somebodys && message.of_unknown_kind()
}

/// In a forum every message "replies" to the service message that opened its topic; nobody meant that.
fn reply(message: &Message, replied: &Replied, me: &Me) -> Option<ReplyTo> {
    let root = message.is_topic_message && message.message_thread_id == Some(replied.message_id);
    if root || replied.forum_topic_created.is_some() {
        return None;
    }
    let to_bot = replied.from.as_ref().is_some_and(|from| from.id == me.id);
    Some(ReplyTo {
        id: replied.message_id.to_string(),
        to_bot,
    })
}

/// What is quoted, or all of what is replied to, without the bot's name; nothing of what the bot said.
fn quoted(message: &Message, reply_to: Option<&ReplyTo>, me: &Me) -> Masked {
    let external = message.external_reply.as_ref().and_then(|reply| reply.origin.as_ref());
    let from_elsewhere = external.and_then(|origin| origin.sender_user.as_ref());
    if reply_to.is_some_and(|reply| reply.to_bot) || from_elsewhere.is_some_and(|user| user.id == me.id) {
        return Masked::default();
    }
    let replied = message.reply_to_message.as_ref().filter(|_| reply_to.is_some());
    let rich = replied.and_then(|replied| replied.rich_message.as_deref());
    let whole = || replied.and_then(|replied| replied.text.clone().or(replied.caption.clone()));
    let quote = message.quote.as_ref().map(|quote| quote.text.clone());
    let text = quote.or_else(whole).or(rich.map(|rich| blocks::flatten(rich).text));
    let read = words::read(&text.unwrap_or_default(), &[], me.id, &me.username);
    read.map(|words| words.text.into()).unwrap_or_default()
}

fn media(message: &Message) -> Vec<Media> {
    let largest = message.photo.iter().max_by_key(|photo| photo.area());
    let live = message.live_photo.as_ref();
    // An animation comes with the same file as `document` again.
    let document = message.document.as_ref().filter(|_| message.animation.is_none());
    let found = [
        (MediaKind::Picture, largest.map(|photo| &photo.file).or(live)),
        (MediaKind::Voice, message.voice.as_ref()),
        (MediaKind::Video, message.video.as_ref()),
        (MediaKind::Video, message.video_note.as_ref()),
        (MediaKind::Video, message.animation.as_ref()),
        (MediaKind::File, message.audio.as_ref()),
        (MediaKind::File, document),
        (MediaKind::Sticker, message.sticker.as_ref()),
    ];
    let files = found.into_iter();
    let files = files.filter_map(|(kind, file)| Some(Media::new(kind, file?.reference())));
    let number = message.contact.as_ref().map(|contact| contact.phone_number.as_str());
    let other = without_file(message).map(|kind| Media {
        confidential: kind == MediaKind::Contact && number.is_some_and(confidential),
        ..Media::new(kind, "")
    });
    files.chain(other).collect()
}

/// Whether a number on a card is one that a group does not read, typed or not; some servers leave out its sign.
fn confidential(number: &str) -> bool {
    let typed = number.trim().trim_start_matches('+');
    [typed.to_owned(), format!("+{typed}")]
        .iter()
        .any(|number| privacy::mask(number).as_str() != number)
}

/// What is copied as it is and has no file. A venue comes with its location again; a place that moves stays the same.
fn without_file(message: &Message) -> Option<MediaKind> {
    let place = message.location.is_some() || message.venue.is_some();
    let poll = message.poll.as_ref().is_some_and(|poll| !poll.quiz());
    place
        .then_some(MediaKind::Location)
        .or(message.contact.is_some().then_some(MediaKind::Contact))
        .or(poll.then_some(MediaKind::Poll))
}

/// What the server copies for no bot (Bot API, `copyMessage`), or not as it is: a quiz whose answer only its author
/// knows, a game of another bot, a die that would be cast anew.
fn stuck(message: &Message) -> bool {
    let other = [
        &message.paid_media,
        &message.checklist,
        &message.story,
        &message.game,
        &message.dice,
        &message.giveaway,
        &message.giveaway_winners,
        &message.invoice,
        &message.gift,
        &message.unique_gift,
    ];
    other.iter().any(|part| part.is_some()) || message.poll.as_ref().is_some_and(Poll::quiz)
}

/// The sender's own number, shared in private: the server itself puts the number's owner into `user_id`.
fn own_contact(message: &Message) -> Option<String> {
    let (contact, from) = (message.contact.as_ref()?, message.from.as_ref()?);
    let own = contact.user_id == Some(from.id) && !from.is_bot && message.chat.kind == "private";
    (own && !message.forwarded()).then(|| contact.phone_number.clone())
}

fn sender(message: &Message) -> Option<Sender> {
    let from = message.from.as_ref();
    let from_id = from.map(|from| from.id);
    if let Some(chat) = &message.sender_chat {
        let kind = if chat.id == message.chat.id {
            SenderKind::Anonymous
        } else {
            SenderKind::ChannelIdentity
        };
        return Some(Sender {
            id: chat.id.to_string(),
            name: title(chat).into(),
            kind,
        });
    }
    let kind = match from_id? {
        GROUP_ANONYMOUS_BOT => SenderKind::Anonymous,
        CHANNEL_BOT => SenderKind::ChannelIdentity,
        _ => return from.map(person),
    };
    from.map(|from| Sender { kind, ..person(from) })
}

fn person(user: &User) -> Sender {
    let name = match &user.last_name {
        Some(last) => format!("{} {last}", user.first_name),
        None => user.first_name.clone(),
    };
    let kind = match (user.id, user.is_bot) {
        (GROUP_ANONYMOUS_BOT, _) => SenderKind::Anonymous,
        (CHANNEL_BOT, _) => SenderKind::ChannelIdentity,
        (_, true) => SenderKind::Bot,
        (_, false) => SenderKind::Person,
    };
    Sender {
        id: user.id.to_string(),
        name: words::shown(&name, NAME_LIMIT).into(),
        kind,
    }
}

/// Private or group; none for channels and for kinds of chats that do not exist yet.
fn chat_kind(chat: &Chat) -> Option<ChatKind> {
    match chat.kind.as_str() {
        "private" => Some(ChatKind::Private),
        "group" | "supergroup" => Some(ChatKind::Group),
        _ => None,
    }
}

fn title(chat: &Chat) -> String {
    words::shown(chat.title.as_deref().unwrap_or_default(), TITLE_LIMIT)
}

/// The topic a message stands in. Outside forums `message_thread_id` is only a chain of replies.
fn topic(message: &Message) -> Option<i64> {
    message.message_thread_id.filter(|_| message.is_topic_message)
}

/// Chat and topic; the General topic (1) is the chat itself, the server refuses its number.
fn place(chat: &Chat, topic: Option<i64>) -> Place {
    Place {
        channel: Channel::new(super::NAME),
        chat: chat.id.to_string(),
        topic: topic.filter(|topic| *topic != 1).map(|topic| topic.to_string()),
    }
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
