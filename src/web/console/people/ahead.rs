//! The next fourteen days: where a bureau has too few helpers, and who can be asked by one press.

use crate::clock::Millis;
use crate::desk::Foreseen;
use crate::domain::duty::load::Tight;
use crate::domain::roster::people::{PersonId, Roster};
use crate::domain::time::calendar::LocalTime;
use crate::domain::wording;

/// A stretch with too few.
pub struct Line {
    /// When.
    pub when: String,
    /// Nobody is there.
    pub bare: bool,
    /// What is expected, and how many are there.
    pub why: String,
    /// The stretch, for the form.
    pub from: i64,
    pub until: i64,
    /// Whose duty it is who is away, and their name.
    pub of: Option<(PersonId, String)>,
    /// Who can be asked: name, and whether they were.
    pub by: Vec<(PersonId, String, bool)>,
}

/// The stretches as lines.
pub fn lines(foreseen: &[Foreseen], roster: &Roster, now: Millis, time: LocalTime<'_>) -> Vec<Line> {
    let named = |id: PersonId| super::table::name(roster, id);
    let line = |one: &Foreseen| {
        let stretch = &one.stretch;
        let expected = match stretch.expected {
            some if some >= 0.5 => format!("往常这时候转人工 {some:.0} 个"),
            _ => "往常这时候很少有人问".to_owned(),
        };
        Line {
            when: wording::stretch_seen(now, stretch.from, stretch.until, time),
            bare: stretch.tight == Tight::Uncovered,
            why: match stretch.tight {
                Tight::Uncovered => expected,
                Tight::Overloaded { there } => format!("{expected}，值班 {there} 人"),
            },
            from: stretch.from.0,
            until: stretch.until.0,
            of: one.of.map(|of| (of, named(of))),
            by: one.by.iter().map(|(by, asked)| (*by, named(*by), *asked)).collect(),
        }
    };
    foreseen.iter().map(line).collect()
}
