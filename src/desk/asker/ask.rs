//! A question is asked: one question per burst, the same thing asked again joins, answers at once, hand-overs after
//! the burst window.

use crate::desk::Result;
use crate::desk::asker::crowded::crowded;
use crate::desk::asker::{answer, follow};
use crate::desk::ground::reading::Verdict;
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::time::hand_over;
use crate::domain::asking::question::{FOLLOW_UP_MS, Question, State};
use crate::domain::asking::transitions::Asked;
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::group::Group;
use crate::domain::chat::mode::Mode;
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;
use crate::domain::wording;
use crate::domain::wording::Why;

/// A question in a bound group.
pub(in crate::desk) async fn ask(sitting: &mut Sitting<'_>, said: &Said<'_>, words: &str) -> Result<()> {
    let Some((bureau, kind)) = said.group.bound else {
        return Ok(());
    };
    if too_fast(sitting, said).await? {
        return Ok(());
    }
    let masked = said.masked(words);
    let verdict = sitting.verdict(masked.as_str(), kind);
    let mode = mode(sitting, said.group, &verdict)?;
    if mode == Mode::Mention && !said.addressed {
        let day = sitting.desk.day(sitting.now).to_string();
        return Ok(sitting.tx.tally(&day, said.group.id, "unasked").await?);
    }
    if let Some(open) = open_before(sitting, said).await? {
        if joins_open(sitting, said, &open, &masked, &verdict).await? {
            return Ok(());
        }
        let alone = sitting.stands_alone(masked.as_str(), &verdict, kind);
        if sitting.now.since(open.heard_at) <= FOLLOW_UP_MS && goes_on(&open, alone) {
            follow::asker_goes_on(sitting, said, open, words).await?;
            return Ok(());
        }
    }
    if mode != Mode::Observe && crowded(sitting, said, &verdict).await? {
        return Ok(());
    }
    let asked = Question::ask(
        Asked {
            id: sitting.tx.next_question().await?,
            asker: said.incoming.account(),
            asker_name: said.incoming.from.name.clone(),
            group: said.group.id,
            bureau,
            message: said.message(),
            registered_at: sitting.place_named(masked.as_str()),
            text: masked.clone(),
            media: said.heard.media.clone(),
            at: sitting.late.unwrap_or(sitting.now),
        },
        sitting.now,
    );
    let id = asked.question.id;
    match mode {
        Mode::Observe => observe(sitting, asked, &verdict).await?,
        Mode::Propose => hand_over::leave_waiting(sitting, asked, Why::Proposed).await?,
        Mode::Mention | Mode::Auto => answer::decide(sitting, asked, verdict).await?,
    }
    Ok(sitting.tx.asks(&said.message(), id, &masked).await?)
}

/// How the bot may speak about what it found.
fn mode(sitting: &Sitting<'_>, group: &Group, verdict: &Verdict) -> Result<Mode> {
    let Some(bureau) = group.bureau() else {
        return Ok(Mode::Auto);
    };
    let otherwise = sitting.desk.config.mode_for(&sitting.bureau(bureau).name);
    let first = match verdict {
        Verdict::Sure(entries) | Verdict::Unsure(entries) => entries.first(),
        Verdict::Unknown(_) => None,
    };
    let entry = first.and_then(|entry| sitting.served.faq().entry(entry));
    Ok(group.modes.of(entry.map(|entry| entry.topic.as_str()), otherwise))
}

/// 旁听: the question is kept with what would have been said, and nothing is said.
async fn observe(sitting: &mut Sitting<'_>, asked: Moved, verdict: &Verdict) -> Result<()> {
    let entry = match verdict {
        Verdict::Sure(entries) => entries.first().map(|entry| entry.as_str().to_owned()),
        Verdict::Unsure(_) | Verdict::Unknown(_) => None,
    };
    let now = sitting.now;
    sitting
        .settle(asked.then(|question| question.observe(entry, now)))
        .await?;
    Ok(())
}

/// The asker's newest open question in this chat and topic.
pub(in crate::desk) async fn open_before(sitting: &mut Sitting<'_>, said: &Said<'_>) -> Result<Option<Question>> {
    let open = sitting
        .tx
        .open_questions_in(&said.incoming.account(), said.group.id)
        .await?;
    Ok(open
        .into_iter()
        .find(|question| question.place().topic == said.incoming.place.topic))
}

/// The same thing asked again while it is open: said where it stands, no second question.
async fn joins_open(
    sitting: &mut Sitting<'_>,
    said: &Said<'_>,
    open: &Question,
    masked: &Masked,
    verdict: &Verdict,
) -> Result<bool> {
    let same_entry = match (&open.state, verdict) {
        (State::Answered { said, .. }, Verdict::Sure(entries)) => {
            entries.len() == 1 && entries.first().is_some_and(|entry| entry.as_str() == said.entry)
        }
        _ => false,
    };
    if !same_entry && !same_words(open.text.as_str(), masked.as_str()) {
        return Ok(false);
    }
    let open = sitting.settle(open.clone().ask_again(sitting.now)).await?;
    sitting.link(&said.message(), open.id, Role::Again, None).await?;
    if matches!(open.state, State::Gathering { .. }) {
        return Ok(true);
    }
    let holder = sitting.holder_name(&open).await?;
    let answered = matches!(
        open.state,
        State::Answered { .. } | State::Suggested { .. } | State::Replied { .. }
    );
    let text = wording::asked_again(open.id, holder.as_ref(), answered);
    sitting.say(&said.incoming.place, Some(&said.heard.id), text).await?;
    Ok(true)
}

/// Words of the same asker within the burst window belong to the question that is being gathered, question or not,
/// unless they can be answered on their own.
pub(in crate::desk) async fn joins_burst(sitting: &mut Sitting<'_>, said: &Said<'_>, words: &str) -> Result<bool> {
    let Some((bureau, kind)) = said.group.bound else {
        return Ok(false);
    };
    let Some(open) = open_before(sitting, said).await? else {
        return Ok(false);
    };
    let burst = sitting.desk.config.clocks_for(&sitting.bureau(bureau).name).burst_ms;
    let gathering = matches!(open.state, State::Gathering { .. });
    if !gathering || sitting.now.since(open.heard_at) > burst {
        return Ok(false);
    }
    let masked = said.masked(words);
    let verdict = sitting.verdict(masked.as_str(), kind);
    let alone = sitting.stands_alone(masked.as_str(), &verdict, kind);
    if alone && !same_words(open.text.as_str(), masked.as_str()) {
        return Ok(false);
    }
    extend(sitting, said, open, words).await?;
    Ok(true)
}

/// One more part of a question that is being gathered: looked at again as a whole.
async fn extend(sitting: &mut Sitting<'_>, said: &Said<'_>, open: Question, words: &str) -> Result<()> {
    let more = sitting.more(said, words);
    sitting.link_part(&more.message, open.id, more.text.clone()).await?;
    let extended = open.extend(more, sitting.now);
    let verdict = sitting.verdict_of(&extended.question, said.kind).await?;
    answer::decide(sitting, extended, verdict).await
}

/// A picture, voice or place without words belongs to the open question of the same asker that a person has, or that was
/// asked just before. What cannot be brought to that person is asked for in words.
pub(in crate::desk) async fn attaches(sitting: &mut Sitting<'_>, said: &Said<'_>) -> Result<bool> {
    let Some(open) = open_before(sitting, said).await? else {
        return Ok(false);
    };
    let recent = sitting.now.since(open.heard_at) <= FOLLOW_UP_MS;
    match open.state {
        State::Gathering { .. } | State::Waiting { .. } if recent => {
            follow::attach(sitting, said.incoming, said.heard, open).await
        }
        State::Claimed { .. } => follow::attach(sitting, said.incoming, said.heard, open).await,
        State::Replied { .. } if said.heard.only_sticker() => Ok(true),
        State::Replied { .. } => follow::asker_goes_on(sitting, said, open, "").await,
        State::Gathering { .. }
        | State::Waiting { .. }
        | State::Suggested { .. }
        | State::Answered { .. }
        | State::Ended { .. } => Ok(false),
    }
}

/// At most so many questions in so much time (default 20 in 10 minutes), told once.
async fn too_fast(sitting: &mut Sitting<'_>, said: &Said<'_>) -> Result<bool> {
    let limit = sitting.desk.config.questions_per_asker;
    let account = said.incoming.account();
    let asked = sitting
        .tx
        .asked_since(&account, sitting.now.plus(-limit.within_ms))
        .await?;
    if asked < i64::from(limit.count) {
        return Ok(false);
    }
    let until = sitting.now.plus(limit.within_ms);
    if sitting.tx.tell_once(&account, "too_fast", until, sitting.now).await? {
        let text = wording::too_fast(limit.within_ms / 60_000, i64::from(limit.count));
        sitting
            .say_once(&said.incoming.place, Some(&said.heard.id), text)
            .await?;
    }
    Ok(true)
}

/// Whether a question-like message within ten minutes goes on with the open question (PRODUCT §2.1, 追问). What is sure
/// on its own stands alone beside a question a helper has not answered yet.
fn goes_on(open: &Question, stands_alone: bool) -> bool {
    match &open.state {
        State::Gathering { .. } | State::Waiting { .. } | State::Claimed { .. } => !stands_alone,
        State::Suggested { .. } | State::Answered { .. } | State::Replied { .. } => true,
        State::Ended { .. } => false,
    }
}

/// The same words but for punctuation and spaces.
fn same_words(one: &str, other: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    bare(one) == bare(other)
}
