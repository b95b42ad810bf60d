//! Entries whose words must be looked at again, by the date they carry.

use crate::desk::ground::sitting::Sitting;
use crate::faq::Entry;
use jiff::civil::Date;

/// Reviews that are due within so many days are in the digest.
const AHEAD_DAYS: i64 = 30;

/// An entry to review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Review {
    pub no: u32,
    pub question: String,
    pub by: Date,
}

/// Entries past their review date, and those that are due soon, the earliest first.
pub(in crate::desk) fn reviews(sitting: &Sitting<'_>) -> (Vec<Review>, Vec<Review>) {
    let today = sitting.desk.day(sitting.now);
    let soon = today.saturating_add(jiff::Span::new().days(AHEAD_DAYS));
    let mut dated: Vec<_> = sitting
        .served
        .faq()
        .entries()
        .iter()
        .filter_map(|entry| Some((entry.review_by?, entry)))
        .filter(|(day, _)| *day <= soon)
        .collect();
    dated.sort_by_key(|(day, entry)| (*day, entry.no));
    let line = |(by, entry): (Date, &Entry)| Review {
        no: entry.no,
        question: entry.question.clone(),
        by,
    };
    let (overdue, due): (Vec<_>, Vec<_>) = dated.into_iter().partition(|(day, _)| *day < today);
    (
        overdue.into_iter().map(line).collect(),
        due.into_iter().map(line).collect(),
    )
}
