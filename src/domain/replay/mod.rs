//! What a change of the list would have done to questions that were asked: what was said then, what would be said
//! now, and what differs. Works on histories; asks nobody.

pub mod history;
pub mod waits;

use serde::Serialize;

use crate::clock::Millis;
use crate::domain::replay::history::{Happened, History};
use crate::domain::replay::waits::DutyTotals;

/// How the bot reacts to a question.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "how", content = "entries")]
pub enum Reaction {
    /// It says these entries: one, or one for each of two questions.
    Answered(Vec<String>),
    /// It offers these; none are known of what was offered in the past.
    Offered(Vec<String>),
    /// It calls a helper.
    HandedOver,
}

/// The bot's first reaction to the words as they stand now; none where it said nothing.
pub fn first_reaction(history: &History) -> Option<Reaction> {
    let mut first: Option<(Millis, Reaction)> = None;
    let mut reworded = false;
    for (at, happened) in history {
        let reaction = match happened {
            Happened::Answered(entry) => {
                if let Some((then, Reaction::Answered(entries))) = &mut first
                    && !reworded
                    && then == at
                {
                    entries.push(entry.clone());
                    continue;
                }
                Reaction::Answered(vec![entry.clone()])
            }
            Happened::Offered => Reaction::Offered(Vec::new()),
            Happened::Waits { again: false } => Reaction::HandedOver,
            Happened::Reworded => {
                reworded = true;
                continue;
            }
            // From here on the words are a helper's business.
            Happened::Waits { again: true } | Happened::Claimed(_) | Happened::Replied | Happened::Ended => break,
            Happened::Other => continue,
        };
        if first.is_none() || reworded {
            first = Some((*at, reaction));
            reworded = false;
        }
    }
    first.map(|(_, reaction)| reaction)
}

/// What became of a question's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    Same,
    /// Answered at once, which it was not before.
    Gained,
    /// No longer answered at once.
    Lost,
    /// Another entry.
    Changed,
}

/// Compares two reactions to the same question.
pub fn effect(before: &Reaction, after: &Reaction) -> Effect {
    match (before, after) {
        (Reaction::Answered(before), Reaction::Answered(after)) if before == after => Effect::Same,
        (Reaction::Answered(_), Reaction::Answered(_)) => Effect::Changed,
        (Reaction::Answered(_), Reaction::Offered(_) | Reaction::HandedOver) => Effect::Lost,
        (Reaction::Offered(_) | Reaction::HandedOver, Reaction::Answered(_)) => Effect::Gained,
        (Reaction::Offered(_) | Reaction::HandedOver, Reaction::Offered(_) | Reaction::HandedOver) => Effect::Same,
    }
}

/// How many questions each reaction took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reactions {
    pub answered: usize,
    pub offered: usize,
    pub handed_over: usize,
}

impl Reactions {
    fn count(&mut self, reaction: &Reaction) {
        match reaction {
            Reaction::Answered(_) => self.answered += 1,
            Reaction::Offered(_) => self.offered += 1,
            Reaction::HandedOver => self.handed_over += 1,
        }
    }
}

/// The figures of a replay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    pub questions: usize,
    /// Their words are no longer kept.
    pub erased: usize,
    /// The bot said nothing then: it only listened, or the asker took it back.
    pub unsaid: usize,
    pub before: Reactions,
    pub after: Reactions,
    pub gained: usize,
    pub lost: usize,
    pub changed: usize,
    /// Handed over before, not any more.
    pub avoided: usize,
    /// Handed over only now.
    pub added: usize,
    /// What another roster does; none where it is the same one.
    pub duty: Option<DutyTotals>,
}

impl Totals {
    /// Counts one question.
    pub fn count(&mut self, before: &Reaction, after: &Reaction) {
        self.questions += 1;
        self.before.count(before);
        self.after.count(after);
        match effect(before, after) {
            Effect::Same => {}
            Effect::Gained => self.gained += 1,
            Effect::Lost => self.lost += 1,
            Effect::Changed => self.changed += 1,
        }
        let called = |reaction: &Reaction| *reaction == Reaction::HandedOver;
        self.avoided += usize::from(called(before) && !called(after));
        self.added += usize::from(!called(before) && called(after));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::asking::history::Step;
    use crate::domain::roster::people::PersonId;

    fn answered(entries: &[&str]) -> Reaction {
        Reaction::Answered(entries.iter().map(|entry| (*entry).to_owned()).collect())
    }

    /// A history written as time, step and note.
    fn first(steps: &[(i64, &str, &str)]) -> Option<Reaction> {
        let step = |(at, kind, note): &(i64, &str, &str)| {
            (Millis(*at), Happened::of(&Step::read(kind, Some(PersonId(1)), note)))
        };
        let history: Vec<_> = steps.iter().map(step).collect();
        first_reaction(&history)
    }

    #[test]
    fn the_first_thing_said_about_the_words_as_they_stand_counts() {
        let offered = || Reaction::Offered(Vec::new());
        for (steps, expected) in [
            (
                &[(1, "answered", "dereg-003·2"), (1, "asked", "")][..],
                Some(answered(&["dereg-003"])),
            ),
            (
                &[(1, "answered", "a·1"), (1, "answered", "b·1")],
                Some(answered(&["a", "b"])),
            ),
            // Asked on later: another answer, not a second part of the first.
            (
                &[(1, "answered", "a·1"), (5, "answered", "b·1")],
                Some(answered(&["a"])),
            ),
            (
                &[(1, "suggested", ""), (2, "picked", "a"), (2, "answered", "a·1")],
                Some(offered()),
            ),
            (
                &[(1, "asked", ""), (5, "handed_over", ""), (9, "claimed", "")],
                Some(Reaction::HandedOver),
            ),
            (
                &[(1, "answered", "a·1"), (7, "handed_over", "")],
                Some(answered(&["a"])),
            ),
            (
                &[(1, "answered", "a·1"), (3, "reworded", ""), (3, "answered", "b·1")],
                Some(answered(&["b"])),
            ),
            (
                &[
                    (1, "handed_over", ""),
                    (3, "reworded", ""),
                    (9, "claimed", ""),
                    (9, "answered", "b·1"),
                ],
                Some(Reaction::HandedOver),
            ),
            (&[(1, "observed", "a"), (1, "asked", "")], None),
            (&[(1, "asked", ""), (2, "replied", ""), (9, "answered", "a·1")], None),
            (&[(1, "asked", ""), (2, "withdrawn", "")], None),
        ] {
            assert_eq!(first(steps), expected, "{steps:?}");
        }
    }

    #[test]
    fn changes_and_hand_overs_are_counted_apart() {
        let (one, other) = (answered(&["a"]), answered(&["b"]));
        let (offered, handed_over) = (Reaction::Offered(vec!["a".into()]), Reaction::HandedOver);
        let mut totals = Totals::default();
        for (before, after, expected) in [
            (&one, &one, Effect::Same),
            (&one, &other, Effect::Changed),
            (&one, &answered(&["a", "b"]), Effect::Changed),
            (&one, &offered, Effect::Lost),
            (&one, &handed_over, Effect::Lost),
            (&offered, &one, Effect::Gained),
            (&handed_over, &one, Effect::Gained),
            (&handed_over, &offered, Effect::Same),
            (&offered, &handed_over, Effect::Same),
            (&offered, &Reaction::Offered(Vec::new()), Effect::Same),
        ] {
            assert_eq!(effect(before, after), expected, "{before:?} {after:?}");
            totals.count(before, after);
        }
        let sums = (totals.gained, totals.lost, totals.changed, totals.avoided, totals.added);
        assert_eq!(sums, (2, 2, 2, 2, 2));
        let reactions = |answered, offered, handed_over| Reactions {
            answered,
            offered,
            handed_over,
        };
        assert_eq!(totals.before, reactions(5, 3, 2));
        assert_eq!(totals.after, reactions(5, 3, 2));
        assert_eq!(totals.questions, 10);
    }
}
