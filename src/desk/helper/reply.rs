//! A helper's reply becomes the answer, native in the group or brought to the asker.

use serde::{Deserialize, Serialize};

use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::group::Standing;
use crate::domain::chat::message::{Heard, Incoming, Media, MessageRef, Place};
use crate::domain::chat::owed::Owed;
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::Person;
use crate::domain::wording;
use crate::store::links::Link;

/// What a helper answers with.
pub(in crate::desk) struct Reply<'a> {
    pub words: &'a str,
    pub media: &'a [Media],
    /// Something in it cannot be brought to another chat.
    pub stuck: bool,
    /// The helper's message, where it is one.
    pub message: Option<MessageRef>,
}

/// What a message of staff said, masked, and as what it was brought to whom it is for: rows of the outbox, none where they
/// read the message itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::desk) struct Kept {
    pub words: String,
    pub media: Vec<Media>,
    pub copies: Vec<i64>,
}

impl Kept {
    /// What is kept with a reply's message; of an older program's nothing.
    pub fn of(link: &Link) -> Kept {
        let kept = link.body.as_deref().map(serde_json::from_str);
        kept.and_then(std::result::Result::ok).unwrap_or_default()
    }
}

impl Sitting<'_> {
    /// Keeps with a reply's message what it says, for when it is changed.
    pub(in crate::desk) async fn keep_reply(
        &mut self,
        message: &MessageRef,
        id: QuestionId,
        kept: &Kept,
    ) -> Result<()> {
        self.keep_said(message, id, Role::Reply, kept).await
    }

    /// The same with any message whose words are brought elsewhere.
    pub(in crate::desk) async fn keep_said(
        &mut self,
        message: &MessageRef,
        id: QuestionId,
        role: Role,
        kept: &Kept,
    ) -> Result<()> {
        // Strings and numbers: this is always JSON. Without it a change is said anew.
        let body = serde_json::to_string(kept).ok();
        self.link(message, id, role, body.as_deref()).await
    }

    /// The rows of a role about a question that have not gone out.
    pub(in crate::desk) async fn on_their_way(&mut self, id: QuestionId, role: Role) -> Result<Vec<i64>> {
        let rows = self.tx.unsent_about(id).await?;
        let found = rows.into_iter().filter(|row| row.role == role);
        Ok(found.map(|row| row.id).collect())
    }
}

impl<'a> Reply<'a> {
    /// Words that stand in no message of the helper's.
    pub fn words(words: &'a str) -> Reply<'a> {
        Reply {
            words,
            media: &[],
            stuck: false,
            message: None,
        }
    }

    /// A message of the helper's, with the words that count of it.
    pub fn of(incoming: &Incoming, heard: &'a Heard, words: &'a str) -> Reply<'a> {
        let message = MessageRef {
            place: incoming.place.clone(),
            id: heard.id.clone(),
        };
        Reply {
            words,
            media: &heard.media,
            stuck: heard.stuck,
            message: Some(message),
        }
    }

    /// Written where the question was asked, for all to read.
    fn native(&self, question: &Question) -> bool {
        let (there, asked) = (self.message.as_ref().map(|message| &message.place), question.place());
        there.is_some_and(|there| there.chat == asked.chat && there.channel == asked.channel)
    }

    /// The media that can be copied to the question's chat: within one channel, and nothing confidential, for a group
    /// reads it.
    pub fn copied(&self, question: &Question) -> Vec<Media> {
        let channel = self.message.as_ref().map(|message| &message.place.channel);
        if channel != Some(&question.place().channel) {
            return Vec::new();
        }
        let open = self.media.iter().filter(|media| !media.confidential);
        open.cloned().collect()
    }

    /// A card with somebody's mobile is in it.
    fn confidential(&self) -> bool {
        self.media.iter().any(|media| media.confidential)
    }

    /// What its helper is told where nothing of it can be brought to the asker.
    pub fn type_it(&self, id: QuestionId) -> Rich {
        match self.confidential() {
            true => wording::card_stays(id),
            false => wording::type_the_answer(id),
        }
    }

    /// What is kept of it, before it is brought to anybody.
    fn kept(&self) -> Kept {
        Kept {
            words: masked(self.words).as_str().to_owned(),
            media: self.media.to_vec(),
            copies: Vec::new(),
        }
    }

    /// Something of it does not arrive.
    fn in_part(&self, question: &Question) -> bool {
        self.stuck || self.copied(question).len() < self.media.len()
    }
}

/// A helper's platform reply to the question, its card or the claim notice (PRODUCT §2.1): native in the group it gets
/// one line with 解决了, from elsewhere it is brought to the asker.
pub(in crate::desk) async fn helper_replies(
    sitting: &mut Sitting<'_>,
    said: &Said<'_>,
    question: Question,
    words: &str,
) -> Result<()> {
    let Some(helper) = said.person.clone() else {
        return Ok(());
    };
    let given = Reply::of(said.incoming, said.heard, words);
    if given.native(&question) {
        return native(sitting, question, &helper, &given).await;
    }
    reply(sitting, question, &helper, given).await
}

/// A helper's reply that all the group reads already.
async fn native(sitting: &mut Sitting<'_>, question: Question, helper: &Person, given: &Reply<'_>) -> Result<()> {
    let Some(replied) = answered(sitting, question, helper, given).await? else {
        return Ok(());
    };
    let Some(named) = sitting.named(helper.id, &replied.place().channel.clone()).await? else {
        return Ok(());
    };
    let text = wording::after_reply(replied.id, &named);
    sitting.say_about(&replied, Role::Reply, text, &[&[Push::Solved]]).await
}

/// A helper's reply is brought to the asker, its media with it. What cannot be brought is no answer: the helper is asked
/// to type it.
pub(in crate::desk) async fn reply(
    sitting: &mut Sitting<'_>,
    moved: impl Into<Moved>,
    helper: &Person,
    given: Reply<'_>,
) -> Result<()> {
    let moved = moved.into();
    let (id, in_part) = (moved.question.id, given.in_part(&moved.question));
    let media = given.copied(&moved.question);
    if let Some(message) = given.message.as_ref().filter(|_| in_part)
        && given.words.trim().is_empty()
        && media.is_empty()
    {
        // An album's sender hears it once.
        let other = |media: &Media| media.message.as_ref().is_some_and(|other| *other != message.id);
        if given.media.iter().any(other) {
            return Ok(());
        }
        let place = message.place.clone();
        return sitting.say(&place, Some(&message.id), given.type_it(id)).await;
    }
    let Some(replied) = answered(sitting, moved, helper, &given).await? else {
        return Ok(());
    };
    let Some(named) = sitting.named(helper.id, &replied.place().channel.clone()).await? else {
        return Ok(());
    };
    let text = wording::relayed(id, &named, &shown(given.words, &media));
    let before = sitting.on_their_way(id, Role::Reply).await?;
    sitting
        .say_about(&replied, Role::Reply, text, &[&[Push::Solved]])
        .await?;
    if let Some(message) = &given.message {
        let mut copies = sitting.on_their_way(id, Role::Reply).await?;
        copies.retain(|row| !before.contains(row));
        sitting
            .keep_reply(message, id, &Kept { copies, ..given.kept() })
            .await?;
    }
    relay_media(sitting, &replied, &media, given.message.as_ref()).await?;
    let left_out = in_part.then(|| match given.confidential() {
        true => wording::relay_done_without_card(id),
        false => wording::relay_done_in_words(id),
    });
    match given.message {
        Some(message) => tell_helper(sitting, &replied, &message, left_out).await,
        None => Ok(()),
    }
}

/// A reply's words as they may be kept.
pub(in crate::desk) fn masked(words: &str) -> Masked {
    words.into()
}

/// The same as the asker sees them; what stands for them where there are none.
pub(in crate::desk) fn shown(words: &str, media: &[Media]) -> Masked {
    let masked = masked(words);
    if masked.as_str().trim().is_empty() && !media.is_empty() {
        return wording::in_place_of_words(media).into();
    }
    masked
}

/// The question with the reply as its answer, written down; none where that is refused, and the helper told.
async fn answered(
    sitting: &mut Sitting<'_>,
    moved: impl Into<Moved>,
    helper: &Person,
    given: &Reply<'_>,
) -> Result<Option<Question>> {
    let moved = moved.into();
    let id = moved.question.id;
    let until = sitting.lapse_at(moved.question.bureau)?;
    let masked = masked(given.words);
    let replied = match moved.try_then(|question| question.reply(helper.id, &masked, until)) {
        Ok(replied) => sitting.settle(replied).await?,
        Err(refusal) => {
            let text = wording::refusal(&refusal, Some(id), None);
            if let Some(message) = &given.message {
                let place = message.place.clone();
                sitting.say(&place, Some(&message.id), text.into()).await?;
            }
            return Ok(None);
        }
    };
    if let Some(message) = &given.message {
        sitting.keep_reply(message, id, &given.kept()).await?;
    }
    Ok(Some(replied))
}

/// Tells the helper, where they wrote, what became of the reply; `left_out`: that something of it was not brought.
async fn tell_helper(
    sitting: &mut Sitting<'_>,
    replied: &Question,
    message: &MessageRef,
    left_out: Option<Rich>,
) -> Result<()> {
    let id = replied.id;
    let group = sitting.tx.group(replied.group).await?;
    let open = group.is_none_or(|group| group.standing == Standing::Member);
    // Where the bot cannot speak, the helper hears it in a moment, as soon as the platform refuses.
    if left_out.is_none() && (!open || message.place.chat == replied.place().chat) {
        return Ok(());
    }
    let text = left_out.unwrap_or_else(|| wording::relay_done(id));
    tell_writer(sitting, &message.place, id, text, &[&[Push::Close]]).await
}

/// Back where a helper wrote; nothing of it belongs to the question where askers of a bureau with a duty group read along.
pub(in crate::desk) async fn tell_writer(
    sitting: &mut Sitting<'_>,
    place: &Place,
    id: QuestionId,
    text: Rich,
    buttons: &[&[Push]],
) -> Result<()> {
    if sitting.among_askers(place).await? {
        return sitting.say(place, None, text).await;
    }
    sitting.say_under(place, None, id, Role::Notice, text, buttons).await
}

/// Copies media to where the question was asked.
pub(in crate::desk) async fn relay_media(
    sitting: &mut Sitting<'_>,
    question: &Question,
    media: &[Media],
    from: Option<&MessageRef>,
) -> Result<()> {
    let Some(from) = from else { return Ok(()) };
    for media in media {
        let owed = Owed::Media {
            media: media.clone(),
            from: from.holding(media),
            quote: Some(question.message.id.clone()),
        };
        sitting
            .tx
            .owe(question.place(), Some(question.id), Role::Media, &owed, sitting.now)
            .await?;
    }
    Ok(())
}

/// `答复 1024 文字`, with what the message holds besides.
pub(in crate::desk) async fn reply_by_command(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    helper: &Person,
    words: &str,
) -> Result<()> {
    let message = via.text_id.clone().map(|id| MessageRef {
        place: via.place.clone(),
        id,
    });
    let given = Reply {
        words,
        media: &via.media,
        stuck: via.stuck,
        message,
    };
    reply(sitting, question, helper, given).await
}
