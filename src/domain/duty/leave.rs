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
    Away {
        /// Who, where it is not the writer.
        who: Option<String>,
        when: Stretch,
        cover: Option<Cover>,
    },
    /// A day that is over.
    Over(Date),
}

/// Who stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    pub name: String,
    /// Written with 由 or 代: nobody else can be meant.
    pub plain: bool,
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
    /// A day that is over.
    Over(Date),
}

/// Why a stretch is none.
enum NoStretch {
    Unclear,
    Over(Date),
}

/// Reads what follows `/leave`; none if it cannot be read.
pub fn leave(text: &str, today: Date) -> Option<LeaveAsked> {
    let text = typed(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [] => Some(LeaveAsked::List),
        ["取消", number] => Some(LeaveAsked::Cancel(number.parse().ok()?)),
        words => away(words, today),
    }
}

/// 11-25 李强, or of somebody else: 孙丽 11-25 李强
fn away(words: &[&str], today: Date) -> Option<LeaveAsked> {
    let (who, stretched) = match (stretch(words, today), words) {
        (Err(NoStretch::Unclear), [who, rest @ ..]) => (Some((*who).to_owned()), stretch(rest, today)),
        (stretched, _) => (None, stretched),
    };
    let (when, rest) = match stretched {
        Ok(stretched) => stretched,
        Err(NoStretch::Over(day)) => return Some(LeaveAsked::Over(day)),
        Err(NoStretch::Unclear) => return None,
    };
    let cover = match rest {
        [] => None,
        ["由", name] | ["由", name, "代"] | [name, "代"] => Some(cover(name, true)),
        [name] => {
            let bare = name.strip_prefix('由').unwrap_or(name);
            let bare = bare.strip_suffix("代班").or(bare.strip_suffix('代')).unwrap_or(bare);
            Some(cover(bare, bare != *name))
        }
        _ => return None,
    };
    Some(LeaveAsked::Away { who, when, cover })
}

fn cover(name: &str, plain: bool) -> Cover {
    let name = name.to_owned();
    Cover { name, plain }
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
        words => match proposal(words, today) {
            Ok(proposal) => Some(proposal),
            Err(NoStretch::Over(day)) => Some(SwapAsked::Over(day)),
            Err(NoStretch::Unclear) => None,
        },
    }
}

fn proposal(words: &[&str], today: Date) -> Result<SwapAsked, NoStretch> {
    let (own, rest) = stretch(words, today)?;
    let (colleague, rest) = rest.split_first().ok_or(NoStretch::Unclear)?;
    let theirs = match rest {
        [] => None,
        rest => {
            let (theirs, rest) = stretch(rest, today)?;
            Some(rest.is_empty().then_some(theirs).ok_or(NoStretch::Unclear)?)
        }
    };
    Ok(SwapAsked::Propose {
        own,
        colleague: (*colleague).to_owned(),
        theirs,
    })
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
fn stretch<'a, 'b>(words: &'b [&'a str], today: Date) -> Result<(Stretch, &'b [&'a str]), NoStretch> {
    let (first_word, rest) = words.split_first().ok_or(NoStretch::Unclear)?;
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
    (first <= last && (half.is_none() || first == last))
        .then_some((stretch, rest))
        .ok_or(NoStretch::Unclear)
}

/// So far ahead a day without its year may be next year's: in November, January; not a day of last week.
const AHEAD_DAYS: i32 = 200;

/// 今天, 明天, 后天, 11-25, 11月25日, 2027-11-25; without a year the next such day, if that is not far.
fn day(written: &str, today: Date) -> Result<Date, NoStretch> {
    let ahead = ["今天", "明天", "后天"]
        .iter()
        .zip(0_i64..)
        .find(|(word, _)| **word == written);
    if let Some((_, ahead)) = ahead {
        return today.checked_add(ahead.days()).map_err(|_| NoStretch::Unclear);
    }
    let numbers = written.trim_end_matches(['日', '号']).replace(['年', '月', '/'], "-");
    let numbers: Vec<i16> = numbers
        .split('-')
        .map(str::parse)
        .collect::<Result<_, _>>()
        .map_err(|_| NoStretch::Unclear)?;
    let date = |year: i16, month: i16, day: i16| {
        let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
        Date::new(year, month, day).ok()
    };
    match numbers.as_slice() {
        [year, month, day] => match date(*year, *month, *day) {
            Some(date) if date < today => Err(NoStretch::Over(date)),
            Some(date) => Ok(date),
            None => Err(NoStretch::Unclear),
        },
        [month, day] => {
            let this_year = date(today.year(), *month, *day);
            let next_year = date(today.year() + 1, *month, *day);
            let near = |date: &Date| today.until(*date).is_ok_and(|span| span.get_days() <= AHEAD_DAYS);
            match (this_year, next_year) {
                (Some(date), _) if date >= today => Ok(date),
                (_, Some(date)) if near(&date) => Ok(date),
                (Some(over), _) => Err(NoStretch::Over(over)),
                (None, _) => Err(NoStretch::Unclear),
            }
        }
        _ => Err(NoStretch::Unclear),
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
        let away = |when, name: Option<&str>| LeaveAsked::Away {
            who: None,
            when,
            cover: name.map(|name| cover(name, false)),
        };
        let stands_in = |when, name: &str| LeaveAsked::Away {
            who: None,
            when,
            cover: Some(cover(name, true)),
        };
        let of = |who: &str, when| LeaveAsked::Away {
            who: Some(who.to_owned()),
            when,
            cover: None,
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
            ("11月25日上午 由 李强 代", Some(stands_in(morning, "李强"))),
            ("11月25日上午 由李强代班", Some(stands_in(morning, "李强"))),
            ("孙丽 11-25 上午", Some(of("孙丽", morning))),
            ("11-22", Some(LeaveAsked::Over(date(2026, 11, 22)))),
            ("11-20..11-25", Some(LeaveAsked::Over(date(2026, 11, 20)))),
            ("2026-11-20", Some(LeaveAsked::Over(date(2026, 11, 20)))),
            (
                "2027-11-22",
                Some(away(whole(date(2027, 11, 22), date(2027, 11, 22)), None)),
            ),
            ("孙丽", None),
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
        assert_eq!(swap("11-22 李强", TODAY), Some(SwapAsked::Over(date(2026, 11, 22))));
        assert_eq!(
            swap("11-25 李强 11-20", TODAY),
            Some(SwapAsked::Over(date(2026, 11, 20)))
        );
        assert_eq!(swap("11-25", TODAY), None);
        assert_eq!(swap("11-25 李强 下周", TODAY), None);
    }
}
