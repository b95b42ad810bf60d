//! What came of an act on a page, as its page says it: a line at the top, the words kept where nothing was done.

use crate::desk::page::Outcome;
use crate::domain::chat::rich::Rich;

/// A line at the top of a page.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// The lines; none says nothing.
    pub lines: Vec<String>,
    /// It was not done.
    pub refused: bool,
}

impl Said {
    /// One sentence about what was not done.
    pub fn refused(line: &str) -> Said {
        Said {
            lines: vec![line.to_owned()],
            refused: true,
        }
    }
}

impl From<Outcome> for Said {
    fn from(outcome: Outcome) -> Said {
        Said {
            lines: outcome.said.iter().map(Rich::words).collect(),
            refused: outcome.refused,
        }
    }
}
