//! A helper's reply becomes the answer, native in the group or brought to the asker.

use crate::desk::Result;
use crate::desk::ground::owe::Push;
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::group::Standing;
use crate::domain::chat::message::{Media, MessageRef, Place};
use crate::domain::chat::owed::Owed;
use crate::domain::chat::role::Role;
use crate::domain::roster::people::Person;
use crate::domain::{privacy, wording};

/// A helper's platform reply to the question, its card or the claim notice (PRODUCT §2.1).
pub(in crate::desk) async fn helper_replies(
    sitting: &mut Sitting<'_>,
    said: &Said<'_>,
    question: Question,
    words: &str,
) -> Result<()> {
    let Some(helper) = said.person.clone() else {
        return Ok(());
    };
    let message = MessageRef {
        place: said.incoming.place.clone(),
        id: said.heard.id.clone(),
    };
    let native =
        said.incoming.place.chat == question.place().chat && said.incoming.place.channel == question.place().channel;
    reply(
        sitting,
        question,
        &helper,
        words,
        &said.heard.media,
        Some(&message),
        native,
    )
    .await
}

/// A helper's reply becomes the answer: native in the group it gets one line with 解决了, from elsewhere it is
/// brought to the asker. Media go along.
pub(in crate::desk) async fn reply(
    sitting: &mut Sitting<'_>,
    moved: impl Into<Moved>,
    helper: &Person,
    words: &str,
    media: &[Media],
    message: Option<&MessageRef>,
    native: bool,
) -> Result<()> {
    let moved = moved.into();
    let id = moved.question.id;
    let until = sitting.lapse_at(moved.question.bureau)?;
    let masked = privacy::mask(&privacy::printable(words));
    let replied = match moved.try_then(|question| question.reply(helper.id, &masked, until)) {
        Ok(replied) => replied,
        Err(refusal) => {
            let text = wording::refusal(&refusal, Some(id), None);
            return match message {
                Some(message) => {
                    sitting
                        .say(&message.place.clone(), Some(&message.id), text.into())
                        .await
                }
                None => Ok(()),
            };
        }
    };
    let replied = sitting.settle(replied).await?;
    if let Some(message) = message {
        sitting.link(message, id, Role::Reply, None).await?;
    }
    let Some(named) = sitting.named(helper.id, &replied.place().channel.clone()).await? else {
        return Ok(());
    };
    let buttons = [&[Push::Solved][..]];
    if native {
        return sitting
            .say_about(&replied, Role::Reply, wording::after_reply(id, &named), &buttons)
            .await;
    }
    sitting
        .say_about(
            &replied,
            Role::Reply,
            wording::relayed(id, &named, masked.as_str()),
            &buttons,
        )
        .await?;
    relay_media(sitting, &replied, media, message).await?;
    let group = sitting.tx.group(replied.group).await?;
    let open = group.is_none_or(|group| group.standing == Standing::Member);
    match message {
        // Where the bot cannot speak, the helper hears it in a moment, as soon as the platform refuses.
        Some(message) if open && message.place.chat != replied.place().chat => {
            relay_done(sitting, &message.place.clone(), id).await
        }
        Some(_) | None => Ok(()),
    }
}

/// Back where the helper wrote; no button where askers of a bureau with a duty group read along.
async fn relay_done(sitting: &mut Sitting<'_>, place: &Place, id: QuestionId) -> Result<()> {
    let text = wording::relay_done(id);
    if sitting.among_askers(place).await? {
        return sitting.say(place, None, text).await;
    }
    sitting
        .say_under(place, None, id, Role::Notice, text, &[&[Push::Close]])
        .await
}

async fn relay_media(
    sitting: &mut Sitting<'_>,
    question: &Question,
    media: &[Media],
    from: Option<&MessageRef>,
) -> Result<()> {
    let Some(from) = from.filter(|from| from.place.channel == question.place().channel) else {
        return Ok(());
    };
    for media in media {
        let quote = Some(question.message.id.clone());
        let owed = Owed::Media {
            media: media.clone(),
            from: from.clone(),
            quote,
        };
        sitting
            .tx
            .owe(question.place(), Some(question.id), Role::Media, &owed, sitting.now)
            .await?;
    }
    Ok(())
}

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
    reply(sitting, question, helper, words, &[], message.as_ref(), false).await
}
