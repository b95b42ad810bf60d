//! When bureaus handed in their 情况表, and whether in time: 各单位请于8月1日前报送 (许工商〔2018〕103号 四(三), 附件注).

use jiff::ToSpan as _;
use jiff::civil::Date;

/// The day by which every bureau hands in its form. The document names 1 August; the day itself still counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    pub due: Date,
}

/// Where a bureau stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submission {
    /// Handed in by the day; when it was last handed in.
    InTime { first: Date, last: Date },
    /// Handed in, so many days late.
    Late { first: Date, days: i32 },
    /// Still so many days.
    Open { days: i32 },
    /// Not handed in, so many days over.
    Overdue { days: i32 },
}

impl Deadline {
    /// 1 August of a year.
    pub fn of_year(year: i16) -> Deadline {
        Deadline {
            due: Date::constant(year, 8, 1),
        }
    }

    /// From when on a form counts for this deadline: half a year before it, so that last year's does not.
    pub fn opens(self) -> Date {
        self.due.checked_sub(6.months()).unwrap_or(Date::MIN)
    }

    /// Where a bureau that handed in its form on these days stands today.
    pub fn state(self, handed_in: &[Date], today: Date) -> Submission {
        let counts = handed_in.iter().copied().filter(|day| *day >= self.opens());
        let (first, last) = (counts.clone().min(), counts.max());
        match (first, last) {
            (Some(first), Some(last)) if first <= self.due => Submission::InTime { first, last },
            (Some(first), _) => Submission::Late {
                first,
                days: days(self.due, first),
            },
            (None, _) if today <= self.due => Submission::Open {
                days: days(today, self.due),
            },
            (None, _) => Submission::Overdue {
                days: days(self.due, today),
            },
        }
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_first_form_of_the_half_year_counts_and_the_day_itself_is_in_time() {
        let deadline = Deadline::of_year(2026);
        let today = date(2026, 8, 11);
        let (july, august) = (date(2026, 7, 20), date(2026, 8, 9));
        for (handed_in, today, state) in [
            (vec![], date(2026, 7, 22), Submission::Open { days: 10 }),
            (vec![], date(2026, 8, 1), Submission::Open { days: 0 }),
            (vec![], today, Submission::Overdue { days: 10 }),
            (vec![date(2025, 8, 2)], today, Submission::Overdue { days: 10 }),
            (
                vec![july],
                today,
                Submission::InTime {
                    first: july,
                    last: july,
                },
            ),
            (
                vec![july, august],
                today,
                Submission::InTime {
                    first: july,
                    last: august,
                },
            ),
            (vec![august], today, Submission::Late { first: august, days: 8 }),
            (
                vec![date(2026, 8, 1)],
                today,
                Submission::InTime {
                    first: date(2026, 8, 1),
                    last: date(2026, 8, 1),
                },
            ),
        ] {
            assert_eq!(deadline.state(&handed_in, today), state, "{handed_in:?} {today}");
        }
        assert_eq!(Deadline { due: date(2027, 1, 15) }.opens(), date(2026, 7, 15));
    }
}
