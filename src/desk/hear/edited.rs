//! An edited message is looked at again (PRODUCT §2.1).

use sha2::{Digest as _, Sha256};

use crate::desk::Result;
use crate::desk::asker::answer;
use crate::desk::ground::push::Push;
use crate::desk::ground::reading::Verdict;
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::Told;
use crate::desk::hear::{heard, off};
use crate::desk::helper::reply::{self, Reply};
use crate::desk::helper::{advice, changed, moved};
use crate::desk::time::hand_over;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::{Question, QuestionId, State};
use crate::domain::asking::request::{self, Act, Command, HelperAct, Request};
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::message::{ChatKind, Heard, Incoming, MessageRef, SenderKind};
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::roster::rights::Right;
use crate::domain::wording;
use crate::domain::wording::Named;
use crate::faq::Gate;
use crate::store::lately::Saying;
use crate::store::links::Link;

/// What is not known to have changed is read again for this long after it was written.
const LATE_MS: i64 = 10 * 60_000;
/// For so long it is known what a message said: a platform lets people change theirs for two days.
const KNOWN_MS: i64 = 48 * 3_600_000;
/// Who changes a question that is over is told so again after this long.
const OVER_AGAIN_MS: i64 = 24 * 3_600_000;

pub(in crate::desk) async fn hear_edited(sitting: &mut Sitting<'_>, incoming: &Incoming, heard: &Heard) -> Result<()> {
    if incoming.from.kind != SenderKind::Person {
        return Ok(());
    }
    let within = match saying(sitting, incoming, heard).await? {
        Saying::Same => return Ok(()),
        Saying::Other => KNOWN_MS,
        Saying::New => LATE_MS,
    };
    let place = &incoming.place;
    match sitting.tx.link_of(&place.channel, &place.chat, &heard.id).await? {
        Some(link) => hear_about(sitting, incoming, heard, link).await,
        // Words that asked nothing so far: they may ask now. Old ones that nobody changed are not asked anew.
        None if sitting.now.since(incoming.at) <= within => heard::hear_message(sitting, incoming, heard).await,
        None => Ok(()),
    }
}

/// Whether a message says something else than when it was heard last, as far as that is known: platforms call it an edit
/// too when somebody only puts an emoji under it, or a link's preview appears.
pub(in crate::desk) async fn saying(sitting: &mut Sitting<'_>, incoming: &Incoming, heard: &Heard) -> Result<Saying> {
    let message = MessageRef {
        place: incoming.place.clone(),
        id: heard.id.clone(),
    };
    let mut print = Sha256::new();
    print.update(heard.text.as_str());
    for media in &heard.media {
        print.update(format!("\n{:?} {}", media.kind, media.reference));
    }
    print.update([u8::from(heard.addressed)]);
    let print = hex::encode(&print.finalize()[..8]);
    let until = sitting.now.plus(KNOWN_MS);
    let who = incoming.account();
    Ok(sitting.tx.saying(&who, &message, &print, until).await?)
}

/// A message that belongs to a question was changed: by its asker, whose words it asks with, or by a helper whose answer
/// it is.
async fn hear_about(sitting: &mut Sitting<'_>, incoming: &Incoming, heard: &Heard, link: Link) -> Result<()> {
    let Some(question) = sitting.tx.question(link.question).await? else {
        return Ok(());
    };
    let heard = &sitting.as_reply(incoming, heard).await?;
    let person = sitting.person(&incoming.account()).await?;
    if link.role == Role::Ask && question.asker == incoming.account() {
        if off::is_change_unheard(sitting, &question).await? {
            return Ok(());
        }
        return question_changes(sitting, incoming, heard, question, person).await;
    }
    // What an asker had erased has nobody left to hear more.
    let erased = question.asker.id.is_empty();
    let Some(person) = person.filter(|_| !erased) else {
        return Ok(());
    };
    if link.role == Role::Reply && person.is_helper() {
        return reply_changes(sitting, incoming, heard, &question, &person, &link).await;
    }
    if link.role == Role::Advised && sitting.has_right(&person, Right::Advise, question.bureau) {
        let given = Reply::of(incoming, heard, &heard.text);
        return advice::advice_changes(sitting, &question, &person, &given, &link).await;
    }
    Ok(())
}

/// A helper's answer, given as a reply or by a command, reads otherwise now; or it is another command.
async fn reply_changes(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    question: &Question,
    helper: &Person,
    link: &Link,
) -> Result<()> {
    let addressed = heard.addressed || incoming.chat_kind == ChatKind::Private;
    let words = match request::of(heard, addressed) {
        Request::Words(words) | Request::Command(Command::Fix(words)) => words,
        Request::Act(Act::Helper(HelperAct::Reply(words)), number)
            if number.is_none_or(|number| number == question.id.0) =>
        {
            words
        }
        Request::Act(Act::Helper(HelperAct::Reply(words)), Some(number)) => {
            let given = Reply::of(incoming, heard, &words);
            return moved::reply_moves(sitting, question, QuestionId(number), helper, given, link).await;
        }
        Request::NotTheirs | Request::UnknownCommand => return Ok(()),
        Request::Command(_) | Request::Act(..) if sitting.now.since(incoming.at) > LATE_MS => return Ok(()),
        Request::Command(_) | Request::Act(..) => return heard::hear_message(sitting, incoming, heard).await,
    };
    let given = Reply::of(incoming, heard, &words);
    if changed::reply_changes(sitting, question, helper, &given, link).await? {
        let text = wording::change_passed_on(question.id);
        reply::tell_writer(sitting, &link.message.place, question.id, text, &[]).await?;
    }
    Ok(())
}

async fn question_changes(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    question: Question,
    person: Option<Person>,
) -> Result<()> {
    let place = &incoming.place;
    let group = sitting.tx.group_of_chat(&place.channel, &place.chat).await?;
    let Some((kind, group)) = group.and_then(|group| Some((group.bound?.1, group))) else {
        return Ok(());
    };
    let said = Said {
        incoming,
        heard,
        group: &group,
        kind,
        person,
        link: None,
        addressed: heard.addressed,
    };
    let words = match request::of(heard, heard.addressed) {
        Request::Command(Command::Ask(words)) | Request::Words(words) => words,
        Request::Command(_) | Request::Act(..) | Request::UnknownCommand | Request::NotTheirs => heard.text.clone(),
    };
    let link = sitting.replied_to(incoming, heard).await?;
    let goes_on = link.as_ref().is_some_and(|link| link.question == question.id);
    let words = match goes_on {
        true => words.to_string(),
        false => sitting.meant(heard, link.as_ref(), &words).await?,
    };
    reword(sitting, &said, question, &words).await
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
        State::Ended { .. } => tell_over(sitting, said, &reworded.question).await,
    }
}

/// Nobody looks at a question that is over: who asks something with it now is told how to be heard, once a day.
async fn tell_over(sitting: &mut Sitting<'_>, said: &Said<'_>, question: &Question) -> Result<()> {
    let asks = said.addressed || sitting.gate(question.text.as_str()) == Gate::Question;
    let (id, until) = (question.id, sitting.now.plus(OVER_AGAIN_MS));
    let what = format!("changed when over:{id}");
    if asks && sitting.tx.tell_once(&question.asker, &what, until, sitting.now).await? {
        let quote = Some(said.heard.id.as_str());
        sitting
            .say_once(&said.incoming.place, quote, wording::changed_when_over(id))
            .await?;
    }
    Ok(())
}

/// Somebody has it: they are told the new words, and the asker that they were passed on.
async fn tell_changed(sitting: &mut Sitting<'_>, question: &Question, by: PersonId, part: &Masked) -> Result<()> {
    let (id, hidden) = (question.id, part.reachable_by());
    let words = |_: Spot, named: &[Named]| wording::changed(id, named.first(), part);
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
    let bureau = sitting.bureau_meant(&reworded.question);
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
