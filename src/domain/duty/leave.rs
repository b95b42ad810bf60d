//! What helpers type to be away or to swap duty: days, half days, a colleague's name.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::domain::clean;

/// A stretch of whole or half local days, in minutes of the first and the last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    pub first: Date,
    pub from_min: u16,
    pub last: Date,
    pub to_min: u16,
}

/// `/leave …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeaveAsked {
    /// Shows one's own.
    List,
    /// Takes one back.
    Cancel(i64),
    /// Away, perhaps with somebody who stands in.
    Away { when: Stretch, cover: Option<String> },
}

/// `/swap …`
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SwapAsked {
    /// A colleague does one's own duty, perhaps for duty of theirs.
    Propose {
        own: Stretch,
        colleague: String,
        theirs: Option<Stretch>,
    },
    /// The colleague agrees, or not.
    Answer { agrees: bool, number: i64 },
}

/// Reads what follows `/leave`; none if it cannot be read.
pub fn leave(text: &str, today: Date) -> Option<LeaveAsked> {
    let text = typed(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [] => Some(LeaveAsked::List),
        ["取消", number] => Some(LeaveAsked::Cancel(number.parse().ok()?)),
        words => {
            let (when, rest) = stretch(words, today)?;
            let cover = match rest {
                [] => None,
                [name] | ["由", name] | ["由", name, "代"] | [name, "代"] => Some((*name).to_owned()),
                _ => return None,
            };
            Some(LeaveAsked::Away { when, cover })
        }
    }
}

/// Reads what follows `/swap`; none if it cannot be read.
pub fn swap(text: &str, today: Date) -> Option<SwapAsked> {
    let text = typed(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    let answer = |agrees, number: &str| {
        let number = number.parse().ok()?;
        Some(SwapAsked::Answer { agrees, number })
    };
    match words.as_slice() {
        ["同意", number] => answer(true, number),
        ["不同意", number] => answer(false, number),
        words => {
            let (own, rest) = stretch(words, today)?;
            let (colleague, rest) = rest.split_first()?;
            let theirs = match rest {
                [] => None,
                rest => {
                    let (theirs, rest) = stretch(rest, today)?;
                    rest.is_empty().then_some(theirs).map(Some)?
                }
            };
            Some(SwapAsked::Propose {
                own,
                colleague: (*colleague).to_owned(),
                theirs,
            })
        }
    }
}

/// As typed on any keyboard: full-width digits and every dash as the plain ones; a full stop at the end is none of it.
fn typed(text: &str) -> String {
    let plain = |c: char| match clean::digit(c).and_then(|value| char::from_digit(u32::from(value), 10)) {
        Some(digit) => digit,
        None => c,
    };
    let text: String = clean::field(text).chars().map(plain).collect();
    text.trim_end_matches(['。', '.', '！', '!']).to_owned()
}

/// 11-25, 11-25..11-27, 明天, each with 上午 or 下午 behind it for half a day; and the words that follow.
fn stretch<'a, 'b>(words: &'b [&'a str], today: Date) -> Option<(Stretch, &'b [&'a str])> {
    let (first_word, rest) = words.split_first()?;
    let (half_of_word, days) = match (first_word.strip_suffix("上午"), first_word.strip_suffix("下午")) {
        (Some(days), _) => (Some((0, 720)), days),
        (None, Some(days)) => (Some((720, 1440)), days),
        (None, None) => (None, *first_word),
    };
    let (first, last) = days.split_once("..").unwrap_or((days, days));
    let (first, last) = (day(first, today)?, day(last, today)?);
    let (half, rest) = match (half_of_word, rest.first().copied()) {
        (None, Some("上午")) => (Some((0, 720)), &rest[1..]),
        (None, Some("下午")) => (Some((720, 1440)), &rest[1..]),
        (half, _) => (half, rest),
    };
    let (from_min, to_min) = half.unwrap_or((0, 1440));
    let stretch = Stretch {
        first,
        from_min,
        last,
        to_min,
    };
    (first <= last && (half.is_none() || first == last)).then_some((stretch, rest))
}

/// 今天, 明天, 后天, 11-25, 11月25日; a day that is over this year is next year's.
fn day(written: &str, today: Date) -> Option<Date> {
    let ahead = ["今天", "明天", "后天"].iter().position(|word| *word == written);
    if let Some(ahead) = ahead {
        return today.checked_add(i64::try_from(ahead).ok()?.days()).ok();
    }
    let written = written.trim_end_matches('日').replace('月', "-");
    let (month, day) = written.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let this_year = Date::new(today.year(), month, day).ok();
    match this_year.filter(|date| *date >= today) {
        Some(date) => Some(date),
        None => Date::new(today.year() + 1, month, day).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    fn whole(first: Date, last: Date) -> Stretch {
        Stretch {
            first,
            from_min: 0,
            last,
            to_min: 1440,
        }
    }

    #[test]
    fn days_and_half_days_are_read() {
        let away = |when, cover: Option<&str>| LeaveAsked::Away {
            when,
            cover: cover.map(str::to_owned),
        };
        let morning = Stretch {
            to_min: 720,
            ..whole(date(2026, 11, 25), date(2026, 11, 25))
        };
        let afternoon = Stretch {
            from_min: 720,
            ..whole(date(2026, 11, 24), date(2026, 11, 24))
        };
        for (text, expected) in [
            ("", Some(LeaveAsked::List)),
            ("取消 3", Some(LeaveAsked::Cancel(3))),
            ("11-25", Some(away(whole(date(2026, 11, 25), date(2026, 11, 25)), None))),
            ("11-25 上午", Some(away(morning, None))),
            ("11月25日上午 由 李强 代", Some(away(morning, Some("李强")))),
            ("明天下午 李强", Some(away(afternoon, Some("李强")))),
            (
                "11-25..11-27 李强",
                Some(away(whole(date(2026, 11, 25), date(2026, 11, 27)), Some("李强"))),
            ),
            ("1-4", Some(away(whole(date(2027, 1, 4), date(2027, 1, 4)), None))),
            ("11-27..11-25", None),
            ("11-25..11-27 上午", None),
            ("2-30", None),
            ("下周", None),
        ] {
            assert_eq!(leave(text, TODAY), expected, "{text}");
        }
    }

    #[test]
    fn swaps_name_a_colleague_and_perhaps_their_duty() {
        let one = whole(date(2026, 11, 25), date(2026, 11, 25));
        let other = whole(date(2026, 11, 26), date(2026, 11, 26));
        let propose = |theirs| {
            Some(SwapAsked::Propose {
                own: one,
                colleague: "李强".into(),
                theirs,
            })
        };
        assert_eq!(swap("11-25 李强", TODAY), propose(None));
        assert_eq!(swap("11-25 李强 11-26", TODAY), propose(Some(other)));
        assert_eq!(
            swap("同意 3", TODAY),
            Some(SwapAsked::Answer {
                agrees: true,
                number: 3
            })
        );
        assert_eq!(
            swap("不同意 3", TODAY),
            Some(SwapAsked::Answer {
                agrees: false,
                number: 3
            })
        );
        assert_eq!(swap("11-25", TODAY), None);
        assert_eq!(swap("11-25 李强 下周", TODAY), None);
    }
}
