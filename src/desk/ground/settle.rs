//! A question as it is written back: when the clock looks at it next, and how it ends.

use crate::clock::Millis;
use crate::desk::Result;
use crate::desk::ground::owe::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::domain::asking::question::{Ending, Question, QuestionId, RELEASE_MS, State};
use crate::domain::roster::people::BureauId;
use crate::domain::wording;

/// The same when it can no longer be put back.
pub(in crate::desk) const KEPT: [&[Push]; 1] = [&[Push::Close, Push::AskCity, Push::Offer]];

impl Sitting<'_> {
    /// The question is over: buttons off, one line where it was asked.
    pub(in crate::desk) async fn end(&mut self, via: &Via, mut question: Question, how: Ending) -> Result<()> {
        let id = question.id;
        self.acknowledge(via).await?;
        self.strip(id).await?;
        self.save(&mut question).await?;
        let kind = match how {
            Ending::Solved => "solved",
            Ending::Closed => "over",
            Ending::Lapsed => "lapsed",
            Ending::Withdrawn => "withdrawn",
            Ending::Observed => "observed",
        };
        self.step(id, kind, via.person.as_ref().map(|person| person.id), "")
            .await?;
        match how {
            Ending::Solved => self.ask_rating(&question).await,
            Ending::Closed | Ending::Lapsed | Ending::Withdrawn | Ending::Observed => {
                self.say_about(&question, "line", wording::ended(id, how), &[]).await
            }
        }
    }

    pub(in crate::desk) fn lapse_at(&self, bureau: BureauId) -> Result<Millis> {
        let name = self.bureau(bureau)?.name;
        Ok(self.now.plus(self.desk.config.clocks_for(&name).lapse_ms))
    }

    /// Writes a question back with the moment the clock looks at it next; a new one is written for the first time.
    pub(in crate::desk) async fn save(&mut self, question: &mut Question) -> Result<()> {
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
    pub(in crate::desk) fn due(&self, question: &Question) -> Result<Option<Millis>> {
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

    /// Places other than the group where a question's cards stand.
    pub(in crate::desk) async fn card_places(
        &mut self,
        id: QuestionId,
        question: &Question,
    ) -> Result<Vec<crate::domain::chat::message::Place>> {
        let links = self.tx.links_of(id, "card").await?;
        let mut places: Vec<_> = links
            .into_iter()
            .map(|link| link.message.place)
            .filter(|place| place.chat != question.place().chat)
            .collect();
        places.dedup();
        Ok(places)
    }

    /// Thanks the asker and asks once for a rating.
    pub(in crate::desk) async fn ask_rating(&mut self, question: &Question) -> Result<()> {
        let text = wording::rating(question.id);
        if self.tx.rating(question.id).await?.is_some() {
            return self.say_about(question, "line", text, &[]).await;
        }
        let (high, low) = ([5, 4, 3].map(Push::Rate), [2, 1].map(Push::Rate));
        self.say_about(question, "rating", text, &[&high, &low]).await
    }
}
