//! An edited message is looked at again (PRODUCT §2.1).

use super::ask::Verdict;
use super::hear::Said;
use super::owe::{Push, TEXT_LIMIT};
use super::{Result, Sitting};
use crate::domain::asking::question::{Question, RevisionRef, State};
use crate::domain::chat::message::{ChatKind, Heard, Incoming, SenderKind};
use crate::domain::privacy::Masked;
use crate::domain::wording;
use crate::store::links::Link;

/// Words that asked nothing when they were written are read again for this long after.
const LATE_MS: i64 = 10 * 60_000;

impl Sitting<'_> {
    pub(super) async fn hear_edited(&mut self, incoming: &Incoming, heard: &Heard) -> Result<()> {
        if incoming.from.kind != SenderKind::Person || incoming.chat_kind == ChatKind::Private {
            return Ok(());
        }
        let place = &incoming.place;
        let Some(group) = self.tx.group_of_chat(&place.channel, &place.chat).await? else {
            return Ok(());
        };
        let Some((_, kind)) = group.bound else { return Ok(()) };
        let link = self.tx.link_of(&place.channel, &place.chat, &heard.id).await?;
        let Some(link) = link else {
            // Words that asked nothing so far: they may ask now.
            return if self.now.since(incoming.at) <= LATE_MS {
                self.hear_message(incoming, heard).await
            } else {
                Ok(())
            };
        };
        let question = self.tx.question(link.question).await?;
        let Some(question) = question.filter(|question| link.role == "ask" && question.asker == incoming.account())
        else {
            return Ok(());
        };
        let person = self.person(&incoming.account()).await?;
        let said = Said {
            incoming,
            heard,
            group: &group,
            kind,
            person,
            link: None,
            addressed: heard.addressed,
        };
        self.reword(&said, question, &heard.text).await
    }

    async fn reword(&mut self, said: &Said<'_>, mut question: Question, words: &str) -> Result<()> {
        let part = said.masked(words);
        let message = crate::domain::chat::message::MessageRef {
            place: said.incoming.place.clone(),
            id: said.heard.id.clone(),
        };
        self.link(&message, question.id, "ask", Some(part.as_str())).await?;
        let text = self.text_of(&question).await?;
        if text == question.text {
            return Ok(());
        }
        question.text = text;
        self.step(question.id, "reworded", None, "").await?;
        match question.state.clone() {
            State::Gathering { .. } => {
                let verdict = self.verdict_of(&question, said.kind).await?;
                self.decide(question, verdict).await
            }
            State::Suggested { .. } | State::Answered { .. } => self.answer_again(said, question).await,
            State::Waiting { .. } => self.replace_cards(question).await,
            State::Claimed { by, .. } | State::Replied { by, .. } => {
                self.save(&mut question).await?;
                let Some(named) = self.named(by, &question.place().channel.clone()).await? else {
                    return Ok(());
                };
                self.say_about(
                    &question,
                    "notice",
                    wording::changed(question.id, &named, part.as_str()),
                    &[],
                )
                .await
            }
            State::Ended { .. } => Ok(()),
        }
    }

    /// A question's words: all its messages in the order they were said.
    async fn text_of(&mut self, question: &Question) -> Result<Masked> {
        let parts = self.parts_of(question).await?;
        let lines: Vec<String> = parts.into_iter().map(|(_, text)| text).collect();
        Ok(Masked::from_storage(lines.join("\n")))
    }

    /// The messages of a question, by their ids, with their words in the order they were said.
    pub(super) async fn parts_of(&mut self, question: &Question) -> Result<Vec<(String, String)>> {
        let links = self.tx.links_of(question.id, "ask").await?;
        let part = |link: Link| Some((link.message.id, link.body?));
        let mut parts: Vec<(String, String)> = links.into_iter().filter_map(part).collect();
        parts.sort_by_key(|(id, _)| id.parse::<i64>().unwrap_or(0));
        Ok(parts)
    }

    /// Answered by the bot and nothing pressed yet: the answer is edited in its place, or said anew as a correction
    /// where it stands in several messages.
    async fn answer_again(&mut self, said: &Said<'_>, question: Question) -> Result<()> {
        let id = question.id;
        let verdict = self.verdict_of(&question, said.kind).await?;
        let Verdict::Sure(entries) = &verdict else {
            self.strip(id).await?;
            return self.decide(question, verdict).await;
        };
        let bureau = self.bureau(question.bureau)?;
        let answers: Option<Vec<_>> = entries.iter().map(|entry| self.said(entry, &bureau)).collect();
        let (Some(answers), Some(entry)) = (answers, entries.first()) else {
            self.strip(id).await?;
            return self.leave_waiting(question, wording::Why::UnderRevision).await;
        };
        if matches!(&question.state, State::Answered { said, .. } if said.entry == entry.as_str()) {
            let mut question = question;
            return self.save(&mut question).await;
        }
        let said_as = RevisionRef {
            entry: entry.as_str().to_owned(),
            revision: self.served.revision(entry),
        };
        let shown = self.shown(id, "answer").await?;
        let pushes = [&[Push::Solved, Push::Human][..]];
        let (answered, text) = self.answered(question, &answers, said_as).await?;
        match shown.as_slice() {
            [one] if text.split(TEXT_LIMIT).len() == 1 => self.reword_shown(one, id, "answer", text, &pushes).await,
            _ => {
                self.strip(id).await?;
                self.say_about(&answered, "answer", wording::correction(text), &pushes)
                    .await
            }
        }
    }

    /// Waiting: text and cards are replaced.
    async fn replace_cards(&mut self, mut question: Question) -> Result<()> {
        self.save(&mut question).await?;
        let duty = match &question.state {
            State::Waiting { duty, .. } => *duty,
            _ => None,
        };
        for shown in self.shown(question.id, "card").await? {
            let place = shown.place().clone();
            if place.chat == question.place().chat {
                // The card in the group quotes the asker's own message, which shows the new words itself.
                continue;
            }
            let named = match duty {
                Some(duty) => self.named(duty, &place.channel).await?,
                None => None,
            };
            let (text, pushes) = self.staff_text(&question, named.as_ref()).await?;
            let rows: Vec<&[Push]> = pushes.chunks(1).collect();
            self.reword_shown(&shown, question.id, "card", text, &rows).await?;
        }
        Ok(())
    }
}
