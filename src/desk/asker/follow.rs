//! A question goes on: a helper's reply becomes the answer, the asker's 追问 goes to the same helper.

use crate::desk::Result;
use crate::desk::asker::answer;
use crate::desk::ground::owe::Push;
use crate::desk::ground::reading::{Verdict, joined};
use crate::desk::ground::said::Said;
use crate::desk::ground::settle::KEPT;
use crate::desk::ground::sitting::Sitting;
use crate::desk::time::hand_over;
use crate::domain::asking::question::{Question, REOPEN_MS, State};
use crate::domain::chat::message::MessageRef;
use crate::domain::wording::Why;
use crate::domain::{privacy, wording};
use crate::faq::decide::Gate;
use crate::faq::{Audience, decide};

/// The asker goes on with a question: by replying to what was said about it, or by the next question-like message.
/// False where the question ended too long ago: the words are a question of their own, if they are one.
pub(in crate::desk) async fn asker_goes_on(
    sitting: &mut Sitting<'_>,
    said: &Said<'_>,
    question: Question,
    words: &str,
) -> Result<bool> {
    let words = words.trim();
    if words.is_empty() && said.heard.media.is_empty() {
        return Ok(true);
    }
    let part = said.masked(words);
    let message = MessageRef {
        place: said.incoming.place.clone(),
        id: said.heard.id.clone(),
    };
    let mut question = question;
    question.heard_at = sitting.now;
    question.media.extend(said.heard.media.iter().cloned());
    question.message = message.clone();
    match question.state.clone() {
        State::Ended { at, .. } if sitting.now.since(at) > REOPEN_MS => return Ok(false),
        State::Replied { .. } => {
            sitting.link(&message, question.id, "ask", Some(part.as_str())).await?;
            question.text = joined(&question.text, &part);
            back_to_helper(sitting, question, part.as_str()).await?;
        }
        State::Claimed { .. } | State::Waiting { .. } => {
            sitting.link(&message, question.id, "ask", Some(part.as_str())).await?;
            question.text = joined(&question.text, &part);
            add_to(sitting, question, part.as_str()).await?;
        }
        State::Answered { .. } | State::Suggested { .. } if only_thanks(sitting, said, part.as_str()) => {}
        State::Gathering { .. } | State::Answered { .. } | State::Suggested { .. } => {
            search_again(sitting, said, question, &part, &message).await?;
        }
        State::Ended { by, .. } => reopen(sitting, said, question, by.is_some(), &part, &message).await?,
    }
    Ok(true)
}

/// After a bot answer the 追问 is searched first, along with what was asked before.
async fn search_again(
    sitting: &mut Sitting<'_>,
    said: &Said<'_>,
    mut question: Question,
    part: &privacy::Masked,
    message: &MessageRef,
) -> Result<()> {
    let id = question.id;
    sitting.strip(id).await?;
    sitting.link(message, id, "ask", Some(part.as_str())).await?;
    sitting.step(id, "asked_on", None, &message.id).await?;
    let before = question.text.clone();
    question.text = joined(&before, part);
    question.registered_at = question.registered_at.or_else(|| sitting.place_named(part.as_str()));
    let verdict = sitting.verdict_after(before.as_str(), part.as_str(), said.kind);
    answer::decide(sitting, question, verdict).await
}

/// Within seven days an ended question is taken up again: by the helper who had it, or from the search.
async fn reopen(
    sitting: &mut Sitting<'_>,
    said: &Said<'_>,
    mut question: Question,
    by_helper: bool,
    part: &privacy::Masked,
    message: &MessageRef,
) -> Result<()> {
    if is_thanks(sitting, part.as_str()) {
        return Ok(());
    }
    sitting.link(message, question.id, "ask", Some(part.as_str())).await?;
    sitting.step(question.id, "reopened", None, &message.id).await?;
    let before = question.text.clone();
    question.text = joined(&before, part);
    if by_helper {
        return back_to_helper(sitting, question, part.as_str()).await;
    }
    match sitting.verdict_after(before.as_str(), part.as_str(), said.kind) {
        Verdict::Unknown(why) => hand_over::leave_waiting(sitting, question, why).await,
        verdict @ (Verdict::Sure(_) | Verdict::Unsure(_)) => answer::decide(sitting, question, verdict).await,
    }
}

/// Thanks, or a sign that it was read; nothing in it that may ask (在吗, 有人没) or mean “that is not it” (不是, 没有).
fn only_thanks(sitting: &Sitting<'_>, said: &Said<'_>, words: &str) -> bool {
    let may_ask = words.contains(['不', '没', '吗', '在', '？', '?']) || !words.contains(char::is_alphanumeric);
    said.heard.media.is_empty() && !may_ask && sitting.served.faq().read(words, Audience::Public).words.chatter
}

fn is_thanks(sitting: &Sitting<'_>, words: &str) -> bool {
    decide::gate(words, sitting.served.faq().lexicon(), false) == Gate::Chatter
}

/// 追问 after a helper's answer: the same helper, also off duty; whoever left is replaced by the helper on duty.
pub(in crate::desk) async fn back_to_helper(sitting: &mut Sitting<'_>, question: Question, words: &str) -> Result<()> {
    let id = question.id;
    let holder = question
        .state
        .holder()
        .filter(|holder| sitting.roster.person(*holder).is_some());
    let Some(holder) = holder else {
        let duty = sitting.on_duty(sitting.post(&question), true).await?;
        let waiting = question.with(State::Waiting {
            duty: duty.helper(),
            since: sitting.now,
            rung: crate::domain::asking::clocks::Rung::Card,
        });
        sitting.strip(id).await?;
        return hand_over::hand_over(sitting, waiting, &duty, Why::HelperLeft).await;
    };
    let mut claimed = match question.follow_up(sitting.now) {
        Ok(claimed) => claimed,
        Err(refusal) => {
            tracing::debug!(question.id = id.0, ?refusal, "nothing to go on with");
            return Ok(());
        }
    };
    sitting.strip(id).await?;
    sitting.save(&mut claimed).await?;
    sitting.step(id, "asked_on", Some(holder), "").await?;
    let Some(named) = sitting.named(holder, &claimed.place().channel.clone()).await? else {
        return Ok(());
    };
    sitting
        .say_about(&claimed, "notice", wording::follow_up(id, &named, words), &KEPT)
        .await?;
    tell_helper_elsewhere(sitting, &claimed, holder, words).await
}

/// Something added before an answer came: whoever has or is asked for the question sees it.
async fn add_to(sitting: &mut Sitting<'_>, mut question: Question, words: &str) -> Result<()> {
    sitting.save(&mut question).await?;
    sitting.step(question.id, "added", None, "").await?;
    let helper = sitting.holder_name(&question).await?;
    let role = if matches!(question.state, State::Waiting { .. }) {
        "card"
    } else {
        "notice"
    };
    let buttons: &[&[Push]] = if role == "card" { &[&[Push::Claim]] } else { &[] };
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
                "notice",
                wording::follow_up(question.id, &named, words),
                &[],
            )
            .await?;
    }
    Ok(())
}
