//! A reply that its helper changes after it was said: the asker hears the new words too.

use crate::desk::Result;
use crate::desk::ground::owe::Shown;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::helper::reply::{self, Kept, Reply};
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::chat::message::Media;
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::Person;
use crate::domain::wording;
use crate::domain::wording::Named;
use crate::store::links::Link;

/// A helper's reply says something else now. In the group itself everybody sees it; what was brought to the asker is
/// changed in its place, or said anew where it cannot be: true if the helper should hear so.
pub(in crate::desk) async fn reply_changes(
    sitting: &mut Sitting<'_>,
    question: &Question,
    helper: &Person,
    given: &Reply<'_>,
    link: &Link,
) -> Result<bool> {
    let (id, kept) = (question.id, Kept::of(link));
    let words = reply::masked(given.words);
    let new = |media: &&Media| !kept.media.iter().any(|known| known.same(media));
    let copied = given.copied(question);
    let more: Vec<Media> = copied.iter().filter(new).cloned().collect();
    if words.as_str() == kept.words && more.is_empty() {
        return Ok(false);
    }
    if words.as_str().trim().is_empty() && copied.is_empty() {
        let text = given.type_it(id);
        sitting.say(&link.message.place, Some(&link.message.id), text).await?;
        return Ok(false);
    }
    if words.as_str() != kept.words {
        let (by, before, words) = (helper.id, kept.words.clone(), words.as_str().to_owned());
        sitting.note(id, &Step::TookBack { by, words: before }).await?;
        sitting.note(id, &Step::Replied { by, words }).await?;
    }
    let mut now = Kept {
        words: words.as_str().to_owned(),
        media: [kept.media.as_slice(), &more].concat(),
        copies: kept.copies.clone(),
    };
    let here = link.message.place.chat == question.place().chat;
    if here && kept.copies.is_empty() {
        sitting.keep_reply(&link.message, id, &now).await?;
        return Ok(false);
    }
    let Some(named) = sitting.named(helper.id, &question.place().channel.clone()).await? else {
        return Ok(false);
    };
    if words.as_str() != kept.words {
        let shown = reply::shown(given.words, &copied);
        now.copies = bring(sitting, question, &named, &shown, &kept.copies).await?;
    }
    reply::relay_media(sitting, question, &more, Some(&link.message)).await?;
    sitting.keep_reply(&link.message, id, &now).await?;
    Ok(!here)
}

/// One more picture of an album that is a reply, or its words: still one reply.
pub(in crate::desk) async fn album_goes_on(
    sitting: &mut Sitting<'_>,
    question: &Question,
    helper: &Person,
    given: Reply<'_>,
    link: &Link,
) -> Result<()> {
    let before = Kept::of(link).words;
    let parts = [before.as_str(), given.words];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.trim().is_empty()).collect();
    let words = parts.join("\n");
    let (words, message) = (words.as_str(), given.message.clone());
    reply_changes(sitting, question, helper, &Reply { words, ..given }, link).await?;
    let place = &link.message.place;
    let first = sitting
        .tx
        .link_of(&place.channel, &place.chat, &link.message.id)
        .await?;
    match (first, message) {
        (Some(first), Some(message)) => sitting.keep_reply(&message, question.id, &Kept::of(&first)).await,
        (Some(_) | None, _) => Ok(()),
    }
}

/// Brings changed words to the asker; the rows they are in now.
async fn bring(
    sitting: &mut Sitting<'_>,
    question: &Question,
    named: &Named,
    words: &Masked,
    copies: &[i64],
) -> Result<Vec<i64>> {
    let text = wording::relayed(question.id, named, words);
    let can = sitting.desk.channels.can(&question.place().channel);
    if let ([copy], true) = (copies, question.open())
        && text.split(can.text).len() == 1
        && let Some(shown) = sitting.copy(question.id, *copy).await?
    {
        reword(sitting, question, &shown, text).await?;
        return Ok(vec![*copy]);
    }
    let before = sitting.on_their_way(question.id, Role::Reply).await?;
    let text = wording::reply_corrected(question.id, named, words);
    sitting.say_about(question, Role::Reply, text, &[]).await?;
    let mut rows = sitting.on_their_way(question.id, Role::Reply).await?;
    rows.retain(|row| !before.contains(row));
    Ok(rows)
}

/// Changes a reply where it stands; its button stays if it has one.
async fn reword(sitting: &mut Sitting<'_>, question: &Question, shown: &Shown, text: Rich) -> Result<()> {
    let has_buttons = match shown {
        Shown::Arrived(message) => {
            let with = sitting.tx.links_with_buttons(question.id).await?;
            with.iter().any(|link| link.message.id == message.id)
        }
        Shown::OnItsWay(row) => row.due.has_buttons(),
    };
    let pushes: &[&[Push]] = if has_buttons { &[&[Push::Solved]] } else { &[] };
    sitting
        .reword_shown(shown, question.id, Role::Reply, text, pushes)
        .await
}

impl Sitting<'_> {
    /// A row of the outbox as what it is now; none where it never arrived, or is forgotten.
    pub(in crate::desk::helper) async fn copy(&mut self, id: QuestionId, row: i64) -> Result<Option<Shown>> {
        if let Some(message) = self.tx.arrived_as(row).await? {
            return Ok(Some(Shown::Arrived(message)));
        }
        let unsent = self.tx.unsent_about(id).await?;
        let row = unsent.into_iter().find(|unsent| unsent.id == row);
        Ok(row.map(|row| Shown::OnItsWay(Box::new(row))))
    }
}
