//! An edited message is looked at again (PRODUCT §2.1).

use crate::desk::Result;
use crate::desk::asker::answer;
use crate::desk::ground::owe::Push;
use crate::desk::ground::reading::Verdict;
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::Told;
use crate::desk::hear::heard;
use crate::desk::time::hand_over;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::{Question, State};
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::message::{ChatKind, Heard, Incoming, SenderKind};
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::PersonId;
use crate::domain::wording;
use crate::domain::wording::Named;

/// Words that asked nothing when they were written are read again for this long after.
const LATE_MS: i64 = 10 * 60_000;

pub(in crate::desk) async fn hear_edited(sitting: &mut Sitting<'_>, incoming: &Incoming, heard: &Heard) -> Result<()> {
    if incoming.from.kind != SenderKind::Person || incoming.chat_kind == ChatKind::Private {
        return Ok(());
    }
    let place = &incoming.place;
    let Some(group) = sitting.tx.group_of_chat(&place.channel, &place.chat).await? else {
        return Ok(());
    };
    let Some((_, kind)) = group.bound else { return Ok(()) };
    let link = sitting.tx.link_of(&place.channel, &place.chat, &heard.id).await?;
    let Some(link) = link else {
        // Words that asked nothing so far: they may ask now.
        return if sitting.now.since(incoming.at) <= LATE_MS {
            heard::hear_message(sitting, incoming, heard).await
        } else {
            Ok(())
        };
    };
    let question = sitting.tx.question(link.question).await?;
    let Some(question) = question.filter(|question| link.role == Role::Ask && question.asker == incoming.account())
    else {
        return Ok(());
    };
    let person = sitting.person(&incoming.account()).await?;
    let said = Said {
        incoming,
        heard,
        group: &group,
        kind,
        person,
        link: None,
        addressed: heard.addressed,
    };
    reword(sitting, &said, question, &heard.text).await
}

async fn reword(sitting: &mut Sitting<'_>, said: &Said<'_>, question: Question, words: &str) -> Result<()> {
    let part = said.masked(words);
    let part = sitting.link_part(&said.message(), question.id, part).await?;
    let text = sitting.text_of(&question).await?;
    if text == question.text {
        return Ok(());
    }
    let reworded = question.reword(text);
    match reworded.question.state {
        State::Gathering { .. } => {
            let verdict = sitting.verdict_of(&reworded.question, said.kind).await?;
            answer::decide(sitting, reworded, verdict).await
        }
        State::Suggested { .. } | State::Answered { .. } => answer_again(sitting, said, reworded).await,
        State::Waiting { duty, .. } => replace_cards(sitting, reworded, duty).await,
        State::Claimed { by, .. } | State::Replied { by, .. } => {
            let question = sitting.settle(reworded).await?;
            tell_changed(sitting, &question, by, &part).await
        }
        State::Ended { .. } => Ok(()),
    }
}

/// Somebody has it: they are told the new words, and the asker that they were passed on.
async fn tell_changed(sitting: &mut Sitting<'_>, question: &Question, by: PersonId, part: &Masked) -> Result<()> {
    let (id, hidden) = (question.id, part.reachable_by());
    let words = |_: Spot, named: &[Named]| wording::changed(id, named.first(), part.as_str());
    let helper = sitting.named(by, &question.place().channel).await?;
    let told = Told {
        line: Some(wording::passed_on(id, helper.as_ref(), &hidden)),
        ..Told::words(News::Changed, std::slice::from_ref(&by), &words)
    };
    sitting.tell_staff(std::slice::from_ref(question), &told).await?;
    Ok(())
}

/// Answered by the bot and nothing pressed yet: the answer is edited in its place, or said anew as a correction
/// where it stands in several messages.
async fn answer_again(sitting: &mut Sitting<'_>, said: &Said<'_>, reworded: Moved) -> Result<()> {
    let id = reworded.question.id;
    let verdict = sitting.verdict_of(&reworded.question, said.kind).await?;
    let Verdict::Sure(entries) = &verdict else {
        return answer::decide(sitting, reworded, verdict).await;
    };
    let bureau = sitting.bureau_meant(&reworded.question)?;
    let answers: Option<Vec<_>> = entries.iter().map(|entry| sitting.said(entry, &bureau)).collect();
    let (Some(answers), Some(entry)) = (answers, entries.first()) else {
        return hand_over::leave_waiting(sitting, reworded, wording::Why::UnderRevision).await;
    };
    if matches!(&reworded.question.state, State::Answered { said, .. } if said.entry == entry.as_str()) {
        sitting.settle(reworded).await?;
        return Ok(());
    }
    let shown = sitting.shown(id, Role::Answer).await?;
    let pushes = [&[Push::Solved, Push::Human][..]];
    let (answered, text) = answer::answered(sitting, reworded, &answers).await?;
    let can = sitting.desk.channels.can(&answered.place().channel);
    match shown.as_slice() {
        [one] if text.split(can.text).len() == 1 => sitting.reword_shown(one, id, Role::Answer, text, &pushes).await,
        _ => {
            sitting.strip(id).await?;
            sitting
                .say_about(&answered, Role::Answer, wording::correction(text), &pushes)
                .await
        }
    }
}

/// Waiting: text and cards are replaced.
async fn replace_cards(sitting: &mut Sitting<'_>, reworded: Moved, duty: Option<PersonId>) -> Result<()> {
    let question = sitting.settle(reworded).await?;
    let body = hand_over::card_body(sitting, &question).await?;
    for shown in sitting.shown(question.id, Role::Card).await? {
        let place = shown.place().clone();
        if place.chat == question.place().chat {
            // The card in the group quotes the asker's own message, which shows the new words itself.
            continue;
        }
        let named = match duty {
            Some(duty) => sitting.named(duty, &place.channel).await?,
            None => None,
        };
        let head = wording::card_head(question.id, named.as_ref());
        let text = head.plain("\n").then(&body.text);
        let rows: Vec<&[Push]> = body.pushes.chunks(1).collect();
        sitting
            .reword_shown(&shown, question.id, Role::Card, text, &rows)
            .await?;
    }
    Ok(())
}
