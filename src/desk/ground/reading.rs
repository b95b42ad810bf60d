//! What the knowledge base makes of words: one verdict for all who ask for it.

use std::sync::Arc;

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::MessageRef;
use crate::domain::chat::role::Role;
use crate::domain::privacy::{self, Masked};
use crate::domain::wording::Why;
use crate::faq::decide::{Decision, Reason};
use crate::faq::{Audience, EntryId, Gate, Reading};
use crate::store::links::Link;

/// What the knowledge base makes of some words.
pub(crate) enum Verdict {
    /// Said at once: one entry, or one for each question of a message with several.
    Sure(Vec<EntryId>),
    /// Offered.
    Unsure(Vec<EntryId>),
    /// Handed over.
    Unknown(Why),
}

/// What is made of some words by what decides on each of them. Two questions in one message are both answered if both
/// are sure.
pub(in crate::desk) fn verdict(words: &str, decide: impl Fn(&str) -> Decision) -> Verdict {
    both(words, &decide).unwrap_or_else(|| one(decide(words)))
}

/// The questions in one message.
fn parts(words: &str) -> Vec<&str> {
    let parts = words.split(['？', '?']).map(str::trim);
    parts.filter(|part| part.chars().count() >= 4).collect()
}

/// The answers to two questions in one message.
fn both(words: &str, decide: impl Fn(&str) -> Decision) -> Option<Verdict> {
    let parts = parts(words);
    let [first, second] = parts.as_slice() else {
        return None;
    };
    let both = [decide(first), decide(second)];
    if let [Decision::Sure(first), Decision::Sure(second)] = both
        && first != second
    {
        return Some(Verdict::Sure(vec![first, second]));
    }
    None
}

pub(in crate::desk) fn one(decision: Decision) -> Verdict {
    match decision {
        Decision::Sure(entry) => Verdict::Sure(vec![entry]),
        Decision::Unsure(entries) => Verdict::Unsure(entries),
        Decision::Unknown(Reason::Expired(_) | Reason::NotYetValid(_)) => Verdict::Unknown(Why::UnderRevision),
        Decision::Unknown(Reason::NothingFits) => Verdict::Unknown(Why::NoAnswer),
    }
}

/// Whose entries may be said in a group: staff's only among staff.
pub(crate) fn audience(kind: Option<GroupKind>) -> Audience {
    match kind {
        Some(GroupKind::Guidance | GroupKind::Duty) => Audience::Staff,
        Some(GroupKind::Help) | None => Audience::Public,
    }
}

impl Sitting<'_> {
    /// The words to decide on, and what was asked before them if they followed an answer of the bot.
    pub(in crate::desk) async fn read_as(&mut self, question: &Question) -> Result<(Option<String>, String)> {
        let steps = self.tx.steps(question.id).await?;
        let last = steps.iter().rev().find_map(|noted| match &noted.step {
            // The step names the message that followed; all that came later belongs to it.
            Step::FollowedUp { message } | Step::Reopened { message } => Some(Some(message)),
            Step::Asked | Step::WentBack { .. } => Some(None),
            _ => None,
        });
        let parts = self.parts_of(question).await?;
        let split = last
            .flatten()
            .and_then(|last| parts.iter().position(|(id, _)| id == last));
        let text = |parts: &[(String, String)]| {
            let lines: Vec<&str> = parts.iter().map(|(_, text)| text.as_str()).collect();
            lines.join("\n")
        };
        Ok(match split {
            Some(split) if split > 0 => (Some(text(&parts[..split])), text(&parts[split..])),
            Some(_) | None => (None, question.text.as_str().to_owned()),
        })
    }

    /// What the list makes of a question as it is read now.
    pub(in crate::desk) async fn verdict_of(&mut self, question: &Question, kind: GroupKind) -> Result<Verdict> {
        Ok(match self.read_as(question).await? {
            (Some(before), part) => self.verdict_after(&before, &part, kind),
            (None, text) => self.verdict(&text, kind),
        })
    }

    /// A question's words: all its messages in the order they were said.
    pub(in crate::desk) async fn text_of(&mut self, question: &Question) -> Result<Masked> {
        let parts = self.parts_of(question).await?;
        let lines: Vec<String> = parts
            .into_iter()
            .map(|(_, text)| text)
            .filter(|text| !text.is_empty())
            .collect();
        Ok(Masked::from_storage(lines.join("\n")))
    }

    /// Notes a message as a part of a question, masked together with the parts before it: a number may be told in two.
    /// Gives back what may be shown of the new part.
    pub(in crate::desk) async fn link_part(
        &mut self,
        message: &MessageRef,
        question: QuestionId,
        part: Masked,
    ) -> Result<Masked> {
        self.tx.asks(message, question, &part).await?;
        let mut links = self.tx.links_of(question, Role::Ask).await?;
        links.retain(|link| link.body.is_some());
        links.sort_by_key(|link| link.message.id.parse::<i64>().unwrap_or(0));
        let bodies: Vec<&str> = links.iter().filter_map(|link| link.body.as_deref()).collect();
        let masked = privacy::mask_parts(&bodies);
        let mut shown = part;
        for (link, masked) in links.iter().zip(masked) {
            if link.body.as_deref() != Some(masked.as_str()) {
                let place = &link.message;
                self.tx.asks(place, question, &masked).await?;
            }
            if link.message == *message {
                shown = masked;
            }
        }
        Ok(shown)
    }

    /// The messages of a question, by their ids, with their words in the order they were said.
    pub(in crate::desk) async fn parts_of(&mut self, question: &Question) -> Result<Vec<(String, String)>> {
        let links = self.tx.links_of(question.id, Role::Ask).await?;
        let part = |link: Link| Some((link.message.id, link.body?));
        Ok(links.into_iter().filter_map(part).collect())
    }

    /// The reading of masked words for an audience, made once for a message.
    pub(in crate::desk) fn reading(&self, words: &str, audience: Audience) -> Arc<Reading> {
        self.readings.get(words, audience)
    }

    /// Whether masked words ask anything, whoever said them.
    pub(in crate::desk) fn gate(&self, words: &str) -> Gate {
        self.reading(words, Audience::Public).gate().clone()
    }

    fn decision(&self, words: &str, audience: Audience) -> Decision {
        let reading = self.reading(words, audience);
        self.served.faq().decide(&reading, self.desk.day(self.now)).decision
    }

    /// Asks the knowledge base.
    pub fn verdict(&self, words: &str, kind: GroupKind) -> Verdict {
        verdict(words, |words| self.decision(words, audience(Some(kind))))
    }

    /// Asks the knowledge base about words that follow what the same asker asked before.
    pub(in crate::desk) fn verdict_after(&self, before: &str, words: &str, kind: GroupKind) -> Verdict {
        let (faq, audience, today) = (self.served.faq(), audience(Some(kind)), self.desk.day(self.now));
        let whole = |part: &&str| !self.reading(part, audience).leans();
        let both = parts(words)
            .iter()
            .all(whole)
            .then(|| both(words, |words| self.decision(words, audience)));
        both.flatten().unwrap_or_else(|| {
            let reading = self.reading(words, audience);
            one(faq.follow(before, &reading, today).decision)
        })
    }

    /// Whether words have a sure answer and are no half sentence that means nothing without the question before.
    pub(in crate::desk) fn stands_alone(&self, words: &str, verdict: &Verdict, kind: GroupKind) -> bool {
        matches!(verdict, Verdict::Sure(_)) && !self.reading(words, audience(Some(kind))).leans()
    }
}
