//! A question goes on: a helper's reply becomes the answer, the asker's 追问 goes to the same helper.

use crate::desk::Result;
use crate::desk::asker::answer;
use crate::desk::ground::push::Push;
use crate::desk::ground::reading::Verdict;
use crate::desk::ground::said::Said;
use crate::desk::ground::settle::KEPT;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::Told;
use crate::desk::time::hand_over;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::{Question, REOPEN_MS, State};
use crate::domain::asking::responsible;
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::message::{Heard, Incoming, Media, MessageRef};
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::PersonId;
use crate::domain::wording;
use crate::domain::wording::{Named, Why};
use crate::faq::{Audience, Gate};

/// What the asker says after others about a question.
pub(in crate::desk) struct Part<'a> {
    pub words: Masked,
    pub media: &'a [Media],
    /// The message the media came in.
    pub from: Option<&'a MessageRef>,
}

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
    let (message, media) = (more.message.clone(), more.media.clone());
    let added = Part {
        words: part.clone(),
        media: &media,
        from: Some(&message),
    };
    let on = question.go_on(more, sitting.now);
    match &on.question.state {
        State::Replied { .. } => back_to_helper(sitting, on, News::FollowedUp, &added).await?,
        State::Ended { by: Some(_), .. } => back_to_helper(sitting, on, News::Reopened, &added).await?,
        State::Claimed { .. } | State::Waiting { .. } => add_to(sitting, on, &added).await?,
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
    if matches!(open.state, State::Gathering { .. }) {
        return Ok(true);
    }
    // Under the card, without words; in the help group it stands already.
    let people: Vec<PersonId> = sitting.responsible(&open).into_iter().collect();
    let nothing = |_: Spot, _: &[Named]| Rich::default();
    let told = Told {
        media: &heard.media,
        from: Some(&message),
        ..Told::words(News::Added, &people, &nothing)
    };
    sitting.tell_staff(std::slice::from_ref(&open), &told).await?;
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

/// Thanks, or a sign that it was read; nothing in it that may ask (在吗, 有人没) or mean “that is not it” (不是, 没有).
fn only_thanks(sitting: &Sitting<'_>, said: &Said<'_>, words: &str) -> bool {
    let may_ask = words.contains(['不', '没', '吗', '在', '？', '?']) || !words.contains(char::is_alphanumeric);
    said.heard.media.is_empty() && !may_ask && sitting.served.faq().words(words).chatter
}

fn is_thanks(sitting: &Sitting<'_>, words: &str) -> bool {
    *sitting.reading(words, Audience::Public).gate_by_words() == Gate::Chatter
}

/// 追问 after a helper's answer: the same helper, also off duty; whoever left or is on leave is replaced by the helper on
/// duty.
pub(in crate::desk) async fn back_to_helper(
    sitting: &mut Sitting<'_>,
    on: impl Into<Moved>,
    news: News,
    part: &Part<'_>,
) -> Result<()> {
    let on = on.into();
    let id = on.question.id;
    let holder = on.question.state.holder();
    let Some(holder) = holder.filter(|holder| responsible::is_here(&sitting.roster, *holder, sitting.now)) else {
        return hand_over::leave_waiting(sitting, on, Why::HelperLeft).await;
    };
    let claimed = match on.try_then(|question| question.follow_up(sitting.now)) {
        Ok(claimed) => sitting.settle(claimed).await?,
        Err(refusal) => {
            tracing::debug!(question.id = id.0, ?refusal, "nothing to go on with");
            return Ok(());
        }
    };
    tell_part(sitting, &claimed, news, &[holder], part, &KEPT).await
}

/// Something added before an answer came: whoever has or is asked for the question sees it.
async fn add_to(sitting: &mut Sitting<'_>, on: Moved, part: &Part<'_>) -> Result<()> {
    let question = sitting.settle(on).await?;
    let waiting = matches!(question.state, State::Waiting { .. });
    let buttons: &[&[Push]] = if waiting { &[&[Push::Claim]] } else { &[] };
    let people: Vec<PersonId> = sitting.responsible(&question).into_iter().collect();
    tell_part(sitting, &question, News::Added, &people, part, buttons).await
}

/// What the asker says after others, to staff; and to the asker that it was passed on.
async fn tell_part(
    sitting: &mut Sitting<'_>,
    question: &Question,
    news: News,
    people: &[PersonId],
    part: &Part<'_>,
    buttons: &[&[Push]],
) -> Result<()> {
    let id = question.id;
    let said = match part.words.is_empty() && !part.media.is_empty() {
        true => wording::in_place_of_words(part.media).into(),
        false => part.words.clone(),
    };
    let hidden = part.words.reachable_by();
    let words = |spot: Spot, named: &[Named]| {
        let text = match news {
            News::NotSolved => wording::not_solved(id, named.first(), &question.text),
            News::Added => wording::added(id, named.first(), &said),
            _ => wording::follow_up(id, named.first(), &said),
        };
        match spot {
            Spot::Open => text.then(&wording::not_kept(&hidden)),
            Spot::Duty | Spot::Private => text,
        }
    };
    let helper = sitting.holder_name(question).await?;
    let told = Told {
        buttons,
        line: Some(wording::passed_on(id, helper.as_ref(), &hidden)),
        media: part.media,
        from: part.from,
        ..Told::words(news, people, &words)
    };
    sitting.tell_staff(std::slice::from_ref(question), &told).await?;
    Ok(())
}
