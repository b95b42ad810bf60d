//! A question goes on: a helper's reply becomes the answer, the asker's 追问 goes to the same helper.

use crate::desk::Result;
use crate::desk::asker::answer;
use crate::desk::ground::owe::Push;
use crate::desk::ground::reading::Verdict;
use crate::desk::ground::said::Said;
use crate::desk::ground::settle::KEPT;
use crate::desk::ground::sitting::Sitting;
use crate::desk::time::hand_over;
use crate::domain::asking::question::{Question, QuestionId, REOPEN_MS, State};
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::message::{Heard, Incoming, MessageRef};
use crate::domain::chat::role::Role;
use crate::domain::wording;
use crate::domain::wording::Why;
use crate::faq::{Audience, Gate};

/// The asker goes on with a question: by replying to what was said about it, or by the next question-like message.
/// False where the question ended too long ago: the words are a question of their own, if they are one.
pub(in crate::desk) async fn asker_goes_on(
    sitting: &mut Sitting<'_>,
    said: &Said<'_>,
    question: Question,
    words: &str,
) -> Result<bool> {
    let words = words.trim();
    if words.is_empty() && without_words(sitting, said, &question).await? {
        return Ok(true);
    }
    let more = sitting.more(said, words);
    let (id, before, part) = (question.id, question.text.clone(), more.text.clone());
    match &question.state {
        State::Ended { at, .. } if sitting.now.since(*at) > REOPEN_MS => return Ok(false),
        State::Answered { .. } | State::Suggested { .. } if only_thanks(sitting, said, part.as_str()) => {
            return Ok(true);
        }
        State::Ended { .. } if is_thanks(sitting, part.as_str()) => return Ok(true),
        State::Gathering { .. }
        | State::Suggested { .. }
        | State::Answered { .. }
        | State::Waiting { .. }
        | State::Claimed { .. }
        | State::Replied { .. }
        | State::Ended { .. } => {}
    }
    let part = sitting.link_part(&more.message, id, part).await?;
    let on = question.go_on(more, sitting.now);
    match &on.question.state {
        State::Replied { .. } | State::Ended { by: Some(_), .. } => {
            back_to_helper(sitting, on, &shown(said, part.as_str())).await?;
            send_added_media(sitting, said, id).await?;
        }
        State::Claimed { .. } | State::Waiting { .. } => {
            add_to(sitting, on, &shown(said, part.as_str())).await?;
            send_added_media(sitting, said, id).await?;
        }
        State::Gathering { .. } | State::Answered { .. } | State::Suggested { .. } => {
            // After a bot answer the 追问 is searched first, along with what was asked before.
            let verdict = sitting.verdict_after(before.as_str(), part.as_str(), said.kind);
            answer::decide(sitting, on, verdict).await?;
        }
        State::Ended { by: None, .. } => {
            // Taken up again from the search; there is no burst to wait for.
            match sitting.verdict_after(before.as_str(), part.as_str(), said.kind) {
                Verdict::Unknown(why) => hand_over::leave_waiting(sitting, on, why).await?,
                verdict @ (Verdict::Sure(_) | Verdict::Unsure(_)) => answer::decide(sitting, on, verdict).await?,
            }
        }
    }
    Ok(true)
}

/// What comes without words travels with a question that waits for a person; whoever has the card sees it too.
pub(in crate::desk) async fn attach(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    open: Question,
) -> Result<bool> {
    if heard.media.is_empty() {
        if heard.stuck {
            let text = wording::type_it();
            sitting.say(&incoming.place, Some(&heard.id), text).await?;
        }
        return Ok(heard.stuck);
    }
    let message = MessageRef {
        place: incoming.place.clone(),
        id: heard.id.clone(),
    };
    sitting.link(&message, open.id, Role::Again, None).await?;
    let open = sitting.settle(open.add_media(&heard.media, sitting.now)).await?;
    sitting.send_added_media(&open, &heard.media, &message).await?;
    Ok(true)
}

/// A reply without words: done with if it says nothing, or cannot be brought to anybody.
async fn without_words(sitting: &mut Sitting<'_>, said: &Said<'_>, question: &Question) -> Result<bool> {
    let heard = said.heard;
    if heard.only_sticker() {
        let waits = matches!(
            question.state,
            State::Gathering { .. } | State::Waiting { .. } | State::Claimed { .. }
        );
        return Ok(!waits || attach(sitting, said.incoming, heard, question.clone()).await?);
    }
    if heard.media.is_empty() && heard.stuck {
        let text = wording::type_it();
        sitting.say(&said.incoming.place, Some(&heard.id), text).await?;
    }
    Ok(heard.media.is_empty())
}

/// Words as the helper sees them; what stands for them where there are none.
fn shown(said: &Said<'_>, words: &str) -> String {
    match words.is_empty() && !said.heard.media.is_empty() {
        true => wording::in_place_of_words(&said.heard.media),
        false => words.to_owned(),
    }
}

/// What came with the words goes where they went.
async fn send_added_media(sitting: &mut Sitting<'_>, said: &Said<'_>, id: QuestionId) -> Result<()> {
    match sitting.tx.question(id).await? {
        Some(question) if !said.heard.media.is_empty() => {
            sitting
                .send_added_media(&question, &said.heard.media, &said.message())
                .await
        }
        Some(_) | None => Ok(()),
    }
}

/// Thanks, or a sign that it was read; nothing in it that may ask (在吗, 有人没) or mean “that is not it” (不是, 没有).
fn only_thanks(sitting: &Sitting<'_>, said: &Said<'_>, words: &str) -> bool {
    let may_ask = words.contains(['不', '没', '吗', '在', '？', '?']) || !words.contains(char::is_alphanumeric);
    said.heard.media.is_empty() && !may_ask && sitting.served.faq().words(words).chatter
}

fn is_thanks(sitting: &Sitting<'_>, words: &str) -> bool {
    *sitting.reading(words, Audience::Public).gate_by_words() == Gate::Chatter
}

/// 追问 after a helper's answer: the same helper, also off duty; whoever left is replaced by the helper on duty.
pub(in crate::desk) async fn back_to_helper(
    sitting: &mut Sitting<'_>,
    on: impl Into<Moved>,
    words: &str,
) -> Result<()> {
    let on = on.into();
    let id = on.question.id;
    let holder = on.question.state.holder();
    let Some(holder) = holder.filter(|holder| sitting.roster.person(*holder).is_some()) else {
        return hand_over::leave_waiting(sitting, on, Why::HelperLeft).await;
    };
    let claimed = match on.try_then(|question| question.follow_up(sitting.now)) {
        Ok(claimed) => sitting.settle(claimed).await?,
        Err(refusal) => {
            tracing::debug!(question.id = id.0, ?refusal, "nothing to go on with");
            return Ok(());
        }
    };
    let Some(named) = sitting.named(holder, &claimed.place().channel.clone()).await? else {
        return Ok(());
    };
    sitting
        .say_about(&claimed, Role::Notice, wording::follow_up(id, &named, words), &KEPT)
        .await?;
    tell_helper_elsewhere(sitting, &claimed, holder, words).await
}

/// Something added before an answer came: whoever has or is asked for the question sees it.
async fn add_to(sitting: &mut Sitting<'_>, on: Moved, words: &str) -> Result<()> {
    let question = sitting.settle(on).await?;
    let helper = sitting.holder_name(&question).await?;
    let role = if matches!(question.state, State::Waiting { .. }) {
        Role::Card
    } else {
        Role::Notice
    };
    let buttons: &[&[Push]] = if role == Role::Card { &[&[Push::Claim]] } else { &[] };
    sitting
        .say_about(
            &question,
            role,
            wording::added(question.id, helper.as_ref(), words),
            buttons,
        )
        .await?;
    match question.state.holder() {
        Some(holder) => tell_helper_elsewhere(sitting, &question, holder, words).await,
        None => Ok(()),
    }
}

/// The same notice in the helper's private chat, where a reply to it is an answer too.
async fn tell_helper_elsewhere(
    sitting: &mut Sitting<'_>,
    question: &Question,
    helper: crate::domain::roster::people::PersonId,
    words: &str,
) -> Result<()> {
    for place in sitting.private_places(&[helper]).await? {
        let Some(named) = sitting.named(helper, &place.channel).await? else {
            continue;
        };
        sitting
            .say_elsewhere(
                &place,
                question.id,
                Role::Notice,
                wording::follow_up(question.id, &named, words),
                &[],
            )
            .await?;
    }
    Ok(())
}
