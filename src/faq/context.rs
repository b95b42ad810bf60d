//! A message read along with what its sender asked before: “公司注销怎么办”, then “那要多久”.
//! The question before may only take back a sure answer or add a choice; it never makes an answer sure, because joined
//! words nearly always point at the first question's entry (`faq/EVALUATION.md`, 九).

use jiff::civil::Date;

use super::analyzer::MAX_CHARS;
use super::concepts::steps;
use super::decide::Decision;
use super::entry::EntryId;
use super::reading::Reading;
use super::service::Faq;

/// So short a message that names no business, but perhaps a step of one, and nobody leans on what was asked before.
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
    /// Decides about a message that follows a question of the same person.
    pub fn follow(&self, before: &str, reading: &Reading, today: Date) -> Followed {
        let alone = self.decide(reading, today).decision;
        let leans = reading.leans();
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
        // Only so many characters are read: the message itself is never cut.
        let room = MAX_CHARS.saturating_sub(reading.text.chars().count() + 1);
        let subject: String = self.subject(before).chars().take(room).collect();
        let joined = format!("{subject}\n{}", reading.text);
        let together = self.ask(&joined, reading.audience, today).decision;
        let decision = weighed(alone, &together, leans);
        Followed {
            decision,
            together: Some(together),
        }
    }

    /// What a follow-up is read along with: of several messages the last one that names a business; where none does,
    /// all of them.
    pub fn subject<'a>(&self, before: &'a str) -> &'a str {
        let corpus = &self.ranker().corpus;
        let names = |line: &&str| corpus.read(line).concepts.businesses != 0;
        before.lines().rev().find(names).unwrap_or(before)
    }
}

impl Reading {
    /// Whether a message may mean nothing without the one before.
    pub fn leans(&self) -> bool {
        let said = self.message.concepts;
        self.words.length <= LEANS && said.businesses & !steps() == 0 && said.kinds == 0
    }
}

/// What is left of a message's own decision beside what both say together.
fn weighed(alone: Decision, together: &Decision, leans: bool) -> Decision {
    match (alone, together) {
        // Only a message that leans comes here sure; it stays so if both together mean the same entry.
        (Decision::Sure(own), Decision::Sure(other)) if own != *other => Decision::Unsure(vec![other.clone(), own]),
        (Decision::Sure(own), Decision::Unsure(others)) if others.first() != Some(&own) => {
            Decision::Unsure(with(vec![own], others.first(), leans))
        }
        (Decision::Sure(own), Decision::Unknown(_)) => Decision::Unsure(vec![own]),
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::entry::Audience;
    use super::super::load::Base;
    use super::*;

    const TODAY: Date = jiff::civil::date(2026, 11, 25);
    const NOTICE: &str = "简易注销要公示几天？";
    const CHANGE: &str = "变更法定代表人要哪些材料？";

    #[test]
    fn the_question_before_takes_back_and_adds_but_never_answers() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/faq");
        let base = Base::load(&folder).unwrap();
        let faq = Faq::build(base.entries, base.lexicon);
        let follow = |before: &str, text: &str| {
            let reading = faq.read(text, Audience::Public);
            let followed = faq.follow(before, &reading, TODAY);
            (faq.decide(&reading, TODAY).decision, followed)
        };
        let sure = |id: &str| Decision::Sure(id.into());
        let (alone, followed) = follow(NOTICE, "要交什么");
        assert_eq!(alone, sure("change-001"));
        assert_eq!(followed.together, Some(sure("dereg-003")));
        assert_eq!(
            followed.decision,
            Decision::Unsure(vec!["dereg-003".into(), "change-001".into()])
        );
        assert_eq!(follow(CHANGE, "要交什么").1.decision, sure("change-001"));
        // What was asked in between and names no business is not the subject.
        let between = format!("{CHANGE}\n多少天");
        assert_eq!(follow(&between, "要交什么").1.decision, sure("change-001"));
        let (alone, followed) = follow(NOTICE, "换法人要交什么材料");
        assert_eq!((followed.decision, followed.together), (alone, None));
        let (alone, followed) = follow(NOTICE, "那个呢");
        assert!(matches!(alone, Decision::Unknown(_)));
        assert_eq!((followed.decision, followed.together), (alone, None));
    }

    #[test]
    fn one_choice_is_added_and_three_are_the_most() {
        let ids = |list: &str| list.split_terminator(' ').map(EntryId::from).collect::<Vec<_>>();
        for (own, other, leans, expected) in [
            ("a b c", "d", true, "d a b"),
            ("a b c", "d", false, "a b d"),
            ("a b c", "c", true, "c a b"),
            ("a b c", "c", false, "a b c"),
            ("a", "d", false, "a d"),
        ] {
            assert_eq!(
                with(ids(own), Some(&other.into()), leans),
                ids(expected),
                "{own} {other} {leans}"
            );
        }
        assert_eq!(with(ids("a b"), None, true), ids("a b"));
    }
}
