//! A message read along with what its sender asked before: “公司注销怎么办”, then “那要多久”.
//! The question before may only take back a sure answer or add a choice; it never makes an answer sure, because joined
//! words nearly always point at the first question's entry (EVALUATION.md, 四).

use jiff::civil::Date;

use super::decide::Decision;
use super::entry::{Audience, EntryId};
use super::service::{Faq, Reading};

/// So short a message that names no business and nobody leans on what was asked before.
const LEANS: usize = 8;
const OFFERED: usize = 3;

/// A decision about a message, and about it together with the question before.
#[derive(Debug, Clone, PartialEq)]
pub struct Followed {
    pub decision: Decision,
    /// What both say together; none where the message was decided on its own.
    pub together: Option<Decision>,
}

impl Faq {
    /// Decides about a message (its own reading) that follows a question of the same person.
    pub fn follow(&self, before: &str, text: &str, reading: &Reading, audience: Audience, today: Date) -> Followed {
        let alone = self.outcome(reading, today).decision;
        let leans = leans(reading);
        let open = match &alone {
            Decision::Sure(_) => leans,
            Decision::Unsure(_) => true,
            // Nothing of its own to hold on to: a guess from the question before would be about something else.
            Decision::Unknown(_) => false,
        };
        if !open {
            return Followed {
                decision: alone,
                together: None,
            };
        }
        let joined = format!("{}\n{text}", self.subject(before));
        let together = self.ask(&joined, audience, today).decision;
        let decision = weighed(alone, &together, leans);
        Followed {
            decision,
            together: Some(together),
        }
    }

    /// Of several messages the last one that names a business; where none does, all of them.
    fn subject<'a>(&self, before: &'a str) -> &'a str {
        let corpus = &self.ranker().corpus;
        let names = |line: &&str| corpus.read(line).concepts.businesses != 0;
        before.lines().rev().find(names).unwrap_or(before)
    }
}

fn leans(reading: &Reading) -> bool {
    let said = reading.message.concepts;
    reading.words.length <= LEANS && said.businesses == 0 && said.kinds == 0
}

/// What is left of a message's own decision beside what both say together.
fn weighed(alone: Decision, together: &Decision, leans: bool) -> Decision {
    match (alone, together) {
        (Decision::Sure(own), Decision::Sure(other)) if own != *other => Decision::Unsure(vec![other.clone(), own]),
        (Decision::Unsure(own), Decision::Sure(other)) => Decision::Unsure(with(own, Some(other), leans)),
        (Decision::Unsure(own), Decision::Unsure(others)) => Decision::Unsure(with(own, others.first(), leans)),
        (alone, Decision::Sure(_) | Decision::Unsure(_) | Decision::Unknown(_)) => alone,
    }
}

/// One more choice: in front for a message that leans on what was asked before, else behind its own two.
fn with(own: Vec<EntryId>, other: Option<&EntryId>, leans: bool) -> Vec<EntryId> {
    let Some(other) = other.filter(|other| leans || !own.contains(other)) else {
        return own;
    };
    let mut offered: Vec<EntryId> = own.into_iter().filter(|entry| entry != other).collect();
    offered.truncate(OFFERED - 1);
    offered.insert(if leans { 0 } else { offered.len() }, other.clone());
    offered
}
