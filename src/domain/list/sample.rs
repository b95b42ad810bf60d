//! The blind sample: each week some of the list's own answers are drawn and judged by helpers of another bureau, who see
//! neither where it was asked nor who helped.

use jiff::civil::Date;

use crate::domain::asking::question::QuestionId;
use crate::domain::privacy::Masked;
use crate::domain::roster::gazetteer;
use crate::domain::roster::people::{OfficeKind, Roster};

/// So many are drawn of a week.
pub const DRAWN: usize = 30;
/// For 95 % confidence.
const Z: f64 = 1.959_964;

/// What a helper makes of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// 对
    Right,
    /// 不全
    Incomplete,
    /// 错
    Wrong,
    /// 不是问题
    NotAQuestion,
}

impl Verdict {
    /// All of them, as they stand on the page.
    pub const ALL: [Verdict; 4] = [
        Verdict::Right,
        Verdict::Incomplete,
        Verdict::Wrong,
        Verdict::NotAQuestion,
    ];

    /// The name in the database and in forms.
    pub fn key(self) -> &'static str {
        match self {
            Verdict::Right => "right",
            Verdict::Incomplete => "incomplete",
            Verdict::Wrong => "wrong",
            Verdict::NotAQuestion => "not_a_question",
        }
    }

    /// The verdict of a name.
    pub fn read(key: &str) -> Option<Verdict> {
        Verdict::ALL.into_iter().find(|verdict| verdict.key() == key)
    }
}

/// What came of a week's sample.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Drawn.
    pub drawn: i64,
    /// Judged by somebody.
    pub judged: i64,
    /// Of these, wrong.
    pub wrong: i64,
    /// Incomplete.
    pub incomplete: i64,
    /// No question at all.
    pub not_a_question: i64,
}

impl Judged {
    /// Answers to questions that were judged: what the wrong ones are a share of.
    pub fn answers(&self) -> i64 {
        self.judged - self.not_a_question
    }
}

/// Draws at most [`DRAWN`] of the answers of the week that begins with this Monday. The same week and answers give the
/// same draw, whatever their order: each gets a number from the week and its own (splitmix64), and the lowest are drawn.
pub fn draw(monday: Date, answers: &[QuestionId]) -> Vec<QuestionId> {
    let day = |part: i8| u64::from(part.unsigned_abs());
    let seed = u64::from(monday.year().unsigned_abs()) * 10_000 + day(monday.month()) * 100 + day(monday.day());
    let mut lots: Vec<(u64, QuestionId)> = answers
        .iter()
        .map(|answer| (mixed(mixed(seed) ^ answer.0.unsigned_abs()), *answer))
        .collect();
    lots.sort_unstable_by_key(|(lot, answer)| (*lot, answer.0));
    lots.dedup();
    let mut drawn: Vec<QuestionId> = lots.into_iter().take(DRAWN).map(|(_, answer)| answer).collect();
    drawn.sort_unstable_by_key(|answer| answer.0);
    drawn
}

/// splitmix64 (Steele, Lea, Flood 2014).
fn mixed(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

/// The bounds between which a share lies with 95 % confidence (Wilson 1927); all from 0 to 1 where nothing was judged.
#[expect(clippy::cast_precision_loss, reason = "a sample is some dozens")]
pub fn wilson(of: i64, all: i64) -> (f64, f64) {
    if all <= 0 {
        return (0.0, 1.0);
    }
    let n = all as f64;
    let share = of as f64 / n;
    let square = Z * Z;
    let middle = share + square / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + square / (4.0 * n * n)).sqrt();
    let whole = 1.0 + square / n;
    (((middle - half) / whole).max(0.0), ((middle + half) / whole).min(1.0))
}

/// The words of a question without what tells where it was asked or who helped: names of bureaus, offices, places and
/// people of the roster.
pub fn blind(words: &Masked, roster: &Roster) -> Masked {
    let mut names: Vec<String> = roster.bureaus.iter().map(|bureau| bureau.name.clone()).collect();
    // A window is called a window everywhere.
    let stations = roster
        .offices
        .iter()
        .filter(|office| office.kind == OfficeKind::Station);
    names.extend(stations.map(|office| office.name.clone()));
    names.extend(roster.people.iter().map(|person| person.name.clone()));
    names.extend(gazetteer::names(roster));
    names.retain(|name| name.chars().count() >= 2);
    // The longest first: 禹州市局 before 禹州.
    names.sort_by(|one, other| other.len().cmp(&one.len()).then(one.cmp(other)));
    let mut blind = words.as_str().to_owned();
    for name in &names {
        blind = blind.replace(name.as_str(), "〇〇");
    }
    blind.as_str().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_week_draws_the_same_whatever_the_order_and_another_week_others() {
        let mut answers: Vec<QuestionId> = (1..=500).map(QuestionId).collect();
        let drawn = draw(date(2026, 11, 23), &answers);
        assert_eq!(drawn.len(), DRAWN);
        answers.reverse();
        answers.extend_from_within(..10);
        assert_eq!(draw(date(2026, 11, 23), &answers), drawn, "nor does a double count");
        let next = draw(date(2026, 11, 30), &answers);
        assert!(drawn.iter().filter(|answer| next.contains(answer)).count() < 10);
        assert_eq!(draw(date(2026, 11, 23), &answers[..3]).len(), 3);
        assert!(draw(date(2026, 11, 23), &[]).is_empty());
    }

    #[test]
    fn each_answer_is_drawn_about_as_often_as_each_other() {
        let answers: Vec<QuestionId> = (1..=60).map(QuestionId).collect();
        let mut times = [0; 60];
        for week in 0..400 {
            let monday = date(2020, 1, 6).checked_add(jiff::Span::new().weeks(week)).unwrap();
            for drawn in draw(monday, &answers) {
                times[usize::try_from(drawn.0 - 1).unwrap()] += 1;
            }
        }
        // 30 of 60 in 400 weeks: 200 each, with a deviation of 10.
        assert!(times.iter().all(|times| (155..=245).contains(times)), "{times:?}");
    }

    #[test]
    fn the_interval_is_wilsons() {
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        for (of, all, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let bounds = wilson(of, all);
            assert!(
                (bounds.0 - low).abs() < 5e-5 && (bounds.1 - high).abs() < 5e-5,
                "{of}/{all}: {bounds:?}"
            );
        }
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }

    #[test]
    fn nothing_tells_where_it_was_asked() {
        let roster = crate::roster::sample().unwrap();
        for (words, blinded) in [
            (
                "魏都分局的张晓明说要身份证，南关工商所呢",
                "〇〇的〇〇说要身份证，〇〇呢",
            ),
            ("禹州的店怎么注销", "〇〇的店怎么注销"),
            ("窗口几点上班", "窗口几点上班"),
        ] {
            assert_eq!(blind(&words.into(), &roster).as_str(), blinded);
        }
    }
}
