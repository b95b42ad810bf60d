//! What people showed by what they did: which entry answers a question, or that none does. Such a line is proposed to the
//! editors, and learnt when an approver agrees.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::domain::asking::history::{Adopted, Step};
use crate::domain::asking::question::Ending;

/// Lines of one batch: as many as an editor reads in a few minutes.
pub const MOST: usize = 40;
/// Lines of one asker in one batch: nobody teaches the list alone.
const OF_ONE: usize = 3;
/// Lines of one asker among all that were ever proposed.
pub const EVER_OF_ONE: usize = 10;
/// What is shorter says nothing by itself, what is longer says too many things.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=120;

/// How it was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum How {
    /// The asker pressed it among the choices.
    Picked,
    /// A helper gave it as the answer, as it stands.
    Adopted,
    /// The asker said 解决了 after it.
    Solved,
    /// An editor joined the question's cluster to it.
    Joined,
    /// The asker said 没解决 after an answer.
    NotSolved,
    /// A helper took the bot's answer back.
    Fixed,
    /// An editor did not want the question's cluster in the list.
    Dismissed,
}

/// What was shown: how, and the entry that answers; none where a human must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub how: How,
    pub entry: Option<String>,
}

/// What editors made of the cluster a question is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Curated {
    /// It was joined to this entry.
    Joined(String),
    /// It is not wanted.
    Dismissed,
}

/// What a question's history shows; the last thing said about it counts, and before all what editors made of it. None
/// where nobody showed anything, or its words changed after they did.
pub fn shown(steps: &[Step], curated: Option<&Curated>) -> Option<Shown> {
    match curated {
        Some(Curated::Joined(entry)) => return some(How::Joined, Some(entry)),
        Some(Curated::Dismissed) => return some(How::Dismissed, None),
        None => {}
    }
    let mut said: Option<&String> = None;
    let mut shown = None;
    for step in steps {
        match step {
            Step::Answered(revision) => said = Some(&revision.entry),
            Step::Picked { entry } => shown = some(How::Picked, Some(entry)),
            Step::Adopted {
                what: Adopted::Entry(revision),
                edited: false,
                ..
            } => shown = some(How::Adopted, Some(&revision.entry)),
            Step::Ended {
                how: Ending::Solved, ..
            } if shown.is_none() => shown = said.and_then(|entry| some(How::Solved, Some(entry))),
            Step::HandedOver { .. } if said.take().is_some() => shown = some(How::NotSolved, None),
            Step::Fixed { .. } => {
                said = None;
                shown = some(How::Fixed, None);
            }
            Step::Reworded | Step::FollowedUp { .. } | Step::WentBack { .. } | Step::Reopened { .. } => {
                said = None;
                shown = None;
            }
            _ => {}
        }
    }
    shown
}

fn some(how: How, entry: Option<&String>) -> Option<Shown> {
    let entry = entry.cloned();
    Some(Shown { how, entry })
}

/// Lines sorted by whether they may be proposed.
#[derive(Debug)]
pub struct Batch<T> {
    /// Together, now.
    pub taken: Vec<T>,
    /// Never: too short or long, or too many of one asker. What found no room now is in neither.
    pub refused: Vec<T>,
}

/// Which of these may be proposed together, in their order: worth learning by their length, no more than three of one
/// asker, nor ten with the `before` proposed of each, and no more than [`MOST`] in all. `of` gives a line's words and its
/// asker.
pub fn batch<T>(lines: Vec<T>, before: &HashMap<String, usize>, of: impl Fn(&T) -> (&str, &str)) -> Batch<T> {
    let mut now: HashMap<String, usize> = HashMap::new();
    let (mut taken, mut refused) = (Vec::new(), Vec::new());
    for line in lines {
        let (text, asker) = of(&line);
        let fits = LENGTHS.contains(&text.chars().count());
        let count = now.entry(asker.to_owned()).or_default();
        let ever = *count + before.get(asker).copied().unwrap_or(0);
        if !fits || *count >= OF_ONE || ever >= EVER_OF_ONE {
            refused.push(line);
        } else if taken.len() < MOST {
            *count += 1;
            taken.push(line);
        }
    }
    Batch { taken, refused }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::asking::question::RevisionRef;
    use crate::domain::roster::people::PersonId;

    fn entry(id: &str) -> RevisionRef {
        RevisionRef {
            entry: id.to_owned(),
            revision: 1,
        }
    }

    #[test]
    fn the_last_thing_people_did_counts() {
        let by = PersonId(1);
        let answered = || Step::Answered(entry("a-1"));
        let solved = || Step::Ended {
            how: Ending::Solved,
            by: None,
        };
        let handed = || Step::HandedOver { duty: None };
        let adopted = |edited| Step::Adopted {
            by,
            what: Adopted::Entry(entry("a-2")),
            edited,
        };
        let picked = Step::Picked { entry: "a-1".into() };
        for (steps, how, id) in [
            (vec![answered(), solved()], Some(How::Solved), Some("a-1")),
            (
                vec![Step::Suggested, picked, answered(), solved()],
                Some(How::Picked),
                Some("a-1"),
            ),
            (vec![answered(), handed()], Some(How::NotSolved), None),
            (
                vec![answered(), handed(), adopted(false)],
                Some(How::Adopted),
                Some("a-2"),
            ),
            (vec![handed(), adopted(true)], None, None),
            (vec![answered()], None, None),
            (vec![handed()], None, None),
            (
                vec![answered(), Step::Fixed { by, said: entry("a-1") }],
                Some(How::Fixed),
                None,
            ),
            (
                vec![answered(), solved(), Step::Reopened { message: "m2".into() }],
                None,
                None,
            ),
        ] {
            let shown = shown(&steps, None);
            assert_eq!(shown.as_ref().map(|shown| shown.how), how, "{steps:?}");
            assert_eq!(shown.and_then(|shown| shown.entry).as_deref(), id, "{steps:?}");
        }
        let joined = Curated::Joined("a-3".into());
        assert_eq!(
            shown(&[answered(), solved()], Some(&joined)).unwrap().entry.as_deref(),
            Some("a-3")
        );
    }

    #[test]
    fn nobody_teaches_the_list_alone() {
        let lines: Vec<(String, String)> = (0..100)
            .map(|i| (format!("第{i}句要问的话"), format!("a{}", i % 20)))
            .chain([("短".into(), "b".into())])
            .collect();
        let before = HashMap::from([("a0".to_owned(), EVER_OF_ONE), ("a1".to_owned(), EVER_OF_ONE - 1)]);
        let Batch { taken, refused } = batch(lines, &before, |(text, asker)| (text, asker));
        assert_eq!(taken.len(), MOST);
        let of = |lines: &[(String, String)], asker: &str| lines.iter().filter(|(_, own)| own == asker).count();
        let taken = ["a0", "a1", "a2", "b"].map(|asker| of(&taken, asker));
        assert_eq!(taken, [0, 1, OF_ONE, 0]);
        // What is never proposed is not looked at again, and so keeps nobody else's words waiting.
        let refused = ["a0", "a1", "a2", "b"].map(|asker| of(&refused, asker));
        assert_eq!(refused, [5, 4, 2, 1]);
    }
}
