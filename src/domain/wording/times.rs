//! Times as they are said: a stretch of days, working hours, shifts and the hours that nobody covers.

use crate::clock::Millis;
use crate::domain::duty::OwnShift;
use crate::domain::duty::coverage::Gap;
use crate::domain::roster::people::{self, Days, Hours, Roster};
use crate::domain::time::calendar::LocalTime;

/// From when until when: 11月25日 上午, 11月25日 8:30–17:30, 11月25日至27日.
pub fn stretch(from: Millis, until: Millis, time: LocalTime<'_>) -> String {
    let (Some(from), Some(until)) = (time.local(from), time.local(until)) else {
        return String::new();
    };
    let midnight = until.time() == jiff::civil::Time::midnight();
    let last = if midnight {
        until.date().yesterday().unwrap_or(until.date())
    } else {
        until.date()
    };
    let day = day_said;
    let clock = |time: jiff::civil::Time| format!("{}:{:02}", time.hour(), time.minute());
    let whole = from.time() == jiff::civil::Time::midnight() && midnight;
    match (from.date() == last, whole) {
        (true, true) => day(last),
        (true, false) if from.hour() == 0 && until.hour() == 12 => format!("{} 上午", day(last)),
        (true, false) if from.hour() == 12 && midnight => format!("{} 下午", day(last)),
        (true, false) => {
            let end = if midnight {
                "24:00".to_owned()
            } else {
                clock(until.time())
            };
            format!("{} {}–{end}", day(last), clock(from.time()))
        }
        (false, true) => format!("{}至{}", day(from.date()), day(last)),
        (false, false) => format!(
            "{} {}至{} {}",
            day(from.date()),
            clock(from.time()),
            day(last),
            clock(until.time())
        ),
    }
}

/// The same, with the year where it is not this one: 2027年1月4日.
pub fn stretch_seen(now: Millis, from: Millis, until: Millis, time: LocalTime<'_>) -> String {
    let said = stretch(from, until, time);
    match (time.local(now), time.local(from)) {
        (Some(now), Some(from)) if now.year() != from.year() => format!("{}年{said}", from.year()),
        _ => said,
    }
}

/// 11月25日
pub fn day_said(date: jiff::civil::Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// 南关工商所 11月24日 8:30–12:00：孙丽、许宁
pub fn own_shift(roster: &Roster, shift: &OwnShift, time: LocalTime<'_>) -> String {
    let office = roster.office(shift.office).map_or("", |office| office.name.as_str());
    let names = shift
        .helpers
        .iter()
        .filter_map(|id| Some(roster.person(*id)?.name.as_str()));
    let names: Vec<&str> = names.collect();
    format!(
        "{office} {}：{}",
        stretch(shift.from, shift.until, time),
        names.join("、")
    )
}

/// The hours that nobody covers: 11月24日 14:30–17:30, of an office with its name before them.
pub fn gap(roster: &Roster, gap: &Gap, time: LocalTime<'_>) -> String {
    let office = gap.office.and_then(|id| roster.office(id));
    let office = office.map(|office| format!("{} ", office.name)).unwrap_or_default();
    format!("{office}{}", stretch(gap.from, gap.until, time))
}

/// 周一至周五 8:30–12:00、14:30–17:30, or 全天.
pub fn hours(hours: &Hours) -> String {
    match hours {
        Hours::Always => "全天".to_owned(),
        Hours::Weekly(spans) => {
            let mut said: Vec<String> = Vec::new();
            let mut days_before: Option<Days> = None;
            for span in spans {
                let time = format!("{}–{}", clock_said(span.from_min), clock_said(span.to_min));
                match said.last_mut() {
                    Some(last) if days_before == Some(span.days) => last.push_str(&format!("、{time}")),
                    _ => said.push(format!("{} {time}", days_said(span))),
                }
                days_before = Some(span.days);
            }
            said.join("；")
        }
    }
}

fn clock_said(minutes: u16) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn days_said(span: &people::Span) -> String {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let week = [
        (Monday, "一"),
        (Tuesday, "二"),
        (Wednesday, "三"),
        (Thursday, "四"),
        (Friday, "五"),
        (Saturday, "六"),
        (Sunday, "日"),
    ];
    if span.days == Days::ALL {
        return "每天".to_owned();
    }
    if span.days == Days::of(&[Monday, Tuesday, Wednesday, Thursday, Friday]) {
        return "周一至周五".to_owned();
    }
    let days: String = week
        .iter()
        .filter(|(day, _)| span.days.contains(*day))
        .map(|(_, name)| *name)
        .collect();
    format!("周{days}")
}
