//! Answers from the list: what is said, by whom it is answered for, and what is kept of it.

use super::owe::Push;
use super::{Result, Sitting};
use crate::clock::Millis;
use crate::domain::asking::question::{Question, RELEASE_MS, RevisionRef, State};
use crate::domain::chat::message::Channel;
use crate::domain::chat::rich::Rich;
use crate::domain::roster::gazetteer;
use crate::domain::roster::people::{Bureau, BureauId};
use crate::domain::wording::{self, Why, WindowContact};
use crate::faq::EntryId;

impl Sitting<'_> {
    /// What an entry says for a bureau; none while it is out of date or a placeholder is not filled.
    pub fn said(&self, entry: &EntryId, bureau: &Bureau) -> Option<wording::Answer> {
        let entry = self.served.faq().entry(entry)?;
        if !entry.valid_on(self.desk.day(self.now)) {
            return None;
        }
        self.served.said(entry, bureau, &self.roster, &self.desk.config)
    }

    /// Answers a question with entries, or hands it over if one of them cannot be said.
    pub async fn answer_or_hand_over(&mut self, question: Question, entries: &[EntryId]) -> Result<()> {
        let bureau = self.bureau(question.bureau)?;
        let said: Option<Vec<wording::Answer>> = entries.iter().map(|entry| self.said(entry, &bureau)).collect();
        match (said, entries.first()) {
            (Some(said), Some(entry)) => {
                let said_as = RevisionRef {
                    entry: entry.as_str().to_owned(),
                    revision: self.served.revision(entry),
                };
                let (answered, text) = self.answered(question, &said, said_as).await?;
                self.say_about(&answered, "answer", text, &[&[Push::Solved, Push::Human]])
                    .await
            }
            _ => self.leave_waiting(question, Why::UnderRevision).await,
        }
    }

    /// The question in its answered state (saved), and the text that answers it.
    pub async fn answered(
        &mut self,
        question: Question,
        said: &[wording::Answer],
        said_as: RevisionRef,
    ) -> Result<(Question, Rich)> {
        let until = self.lapse_at(question.bureau)?;
        let channel = question.place().channel.clone();
        let duty = self.on_duty(self.post(&question), false).await?;
        let responsible = self.duty_named(&duty, &channel).await?;
        let elsewhere = self.elsewhere(&question)?;
        let mut answered = question.with(State::Answered { said: said_as, until });
        if let Some(helper) = duty.helper() {
            answered = answered.first_helped_by(helper);
        }
        self.save(&mut answered).await?;
        for answer in said {
            let note = format!("{}·{}", answer.id, answer.revision);
            self.step(answered.id, "answered", None, &note).await?;
        }
        if elsewhere.is_some() {
            self.step(answered.id, "reminded_of_place", None, "三(三)3").await?;
        }
        Ok((
            answered,
            wording::answer(said, responsible.as_ref(), elsewhere.as_ref()),
        ))
    }

    /// Offers up to three choices.
    pub async fn suggest(&mut self, question: Question, entries: &[EntryId]) -> Result<()> {
        let until = self.lapse_at(question.bureau)?;
        let names: Vec<String> = entries
            .iter()
            .filter_map(|id| self.served.faq().entry(id))
            .map(|entry| entry.question.clone())
            .collect();
        let choices = entries.iter().map(|id| id.as_str().to_owned()).collect();
        let mut suggested = question.with(State::Suggested { choices, until });
        self.save(&mut suggested).await?;
        self.step(suggested.id, "suggested", None, "").await?;
        let picks: Vec<Push> = (0..names.len()).map(Push::Pick).collect();
        let buttons = [&picks[..], &[Push::None]];
        self.say_about(&suggested, "answer", wording::suggestions(&names), &buttons)
            .await
    }

    /// The window of another place of registration than the group's, if the words name one (三(三)3).
    pub fn elsewhere(&self, question: &Question) -> Result<Option<WindowContact>> {
        match question.registered_at {
            Some(bureau) if bureau != question.bureau => Ok(Some(self.window(&self.bureau(bureau)?))),
            Some(_) | None => Ok(None),
        }
    }

    /// The bureau whose area the words name.
    pub fn place_named(&self, words: &str) -> Option<BureauId> {
        gazetteer::bureau_named(words, &self.roster)
    }

    fn lapse_at(&self, bureau: BureauId) -> Result<Millis> {
        let name = self.bureau(bureau)?.name;
        Ok(self.now.plus(self.desk.config.clocks_for(&name).lapse_ms))
    }

    /// Writes a question back with the moment the clock looks at it next; a new one is written for the first time.
    pub async fn save(&mut self, question: &mut Question) -> Result<()> {
        let due = self.due(question)?;
        if question.version == 0 {
            question.version = 1;
            self.tx.add_question(question, due).await?;
        } else {
            self.tx.save_question(question, due).await?;
        }
        Ok(())
    }

    /// When the clock looks at a question next.
    fn due(&self, question: &Question) -> Result<Option<Millis>> {
        let bureau = self.bureau(question.bureau)?;
        let clocks = self.clocks(&bureau);
        let working = self.working(question, &bureau);
        Ok(match &question.state {
            State::Gathering { until }
            | State::Suggested { until, .. }
            | State::Answered { until, .. }
            | State::Replied { until, .. } => Some(*until),
            State::Waiting { since, rung, .. } => {
                let due = clocks.next_rung(*rung).map(|rung| clocks.due(rung, *since, working));
                due.map(|due| working.open_from(due.max(self.now)))
            }
            State::Claimed { by, at, nudge, .. } => {
                let release = Some(at.plus(RELEASE_MS + 1)).filter(|over| *over > self.now);
                let nudged = clocks.next_nudge(*nudge, *at, working);
                let nudged = nudged.map(|(_, due)| working.open_from(due.max(self.now)));
                let leave = self.roster.changes.next_leave(*by, self.now);
                release.into_iter().chain(nudged).chain(leave).min()
            }
            State::Ended { .. } => None,
        })
    }

    /// Who answers for a question now, as named where it was asked.
    pub async fn holder_name(&mut self, question: &Question) -> Result<Option<wording::Named>> {
        let channel: Channel = question.place().channel.clone();
        let person = self.responsible(question);
        match person {
            Some(person) => self.named(person, &channel).await,
            None => Ok(None),
        }
    }
}
