//! Who is asked first, and when: the duty rows of the roster, read for a moment.
//! Public holidays and make-up workdays are not known here.

use super::people::{BureauId, PersonId, Span};

/// One shift of a bureau's duty plan (值班表); several helpers take turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRow {
    pub bureau: BureauId,
    pub span: Span,
    pub helpers: Vec<PersonId>,
}
