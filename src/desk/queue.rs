//! `/queue` 待办: open questions of a helper and their bureau, own ones first, the nearest deadline first.

use super::{Result, Sitting};
use crate::clock::Millis;
use crate::domain::asking::question::{Question, State};
use crate::domain::chat::message::Incoming;
use crate::domain::chat::rich::Rich;
use crate::domain::duty;
use crate::domain::roster::people::Person;
use crate::domain::wording;

/// Rows shown.
const MOST: usize = 20;

impl Sitting<'_> {
    pub(super) async fn queue(&mut self, incoming: &Incoming) -> Result<Rich> {
        let person = self.person(&incoming.account()).await?;
        let Some(helper) = person.filter(Person::is_helper) else {
            return Ok(wording::helpers_only());
        };
        let open = self.tx.open_questions_with_helpers(helper.bureau, helper.id).await?;
        let mut rows = Vec::with_capacity(open.len());
        for question in open {
            let own = question.state.holder() == Some(helper.id);
            rows.push((!own, self.deadline(&question)?, question));
        }
        rows.sort_by_key(|(others, deadline, question)| (*others, deadline.unwrap_or(Millis(i64::MAX)), question.id));
        let mut said = Vec::new();
        for (_, deadline, question) in rows.into_iter().take(MOST) {
            let holder = self.holder_name(&question).await?;
            let name = holder.as_ref().map(|named| named.public.name.as_str());
            let standing = wording::standing(question.state.phase(), name);
            let until = deadline.map(|at| duty::when_said(at, self.now, self.time()));
            said.push((question.id, shortened(question.text.as_str()), standing, until));
        }
        Ok(wording::queue(&said))
    }

    /// When something must have happened: all helpers are called, or the first reply is overdue.
    pub(super) fn deadline(&self, question: &Question) -> Result<Option<Millis>> {
        let bureau = self.bureau(question.bureau)?;
        let clocks = self.clocks(&bureau);
        let working = self.working(question, &bureau);
        Ok(match &question.state {
            State::Waiting { since, .. } => Some(working.hours.after(*since, clocks.all_helpers_ms, working.time)),
            State::Claimed { at, .. } => Some(working.hours.after(*at, clocks.first_reply_ms, working.time)),
            State::Replied { until, .. } => Some(*until),
            State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } | State::Ended { .. } => None,
        })
    }
}

/// The first line, cut where it is long.
pub(super) fn shortened(text: &str) -> String {
    const LENGTH: usize = 20;
    let line = text.lines().next().unwrap_or_default();
    let mut words: String = line.chars().take(LENGTH).collect();
    if words.len() < line.len() {
        words.push('…');
    }
    words
}
