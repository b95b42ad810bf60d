//! Who is asked first, and when: the duty rows of the roster, read for a moment.
//! Public holidays and make-up workdays are not known here.

use jiff::Timestamp;
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;

use super::people::{BureauId, Hours, OfficeKind, PersonId, Roster, Span};
use crate::clock::Millis;

/// One shift of a bureau's duty plan (值班表); several helpers take turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyRow {
    pub bureau: BureauId,
    pub span: Span,
    pub helpers: Vec<PersonId>,
}

/// Who must answer next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Duty {
    /// On duty in this moment.
    Now(PersonId),
    /// Nobody is on duty; this helper is the next, from then on.
    From(PersonId, Millis),
    /// The bureau has no helper: the city desk answers, and this is who of it.
    City(Box<Duty>),
    /// No helper now nor within the next fourteen days.
    Nobody,
}

impl Duty {
    /// The responsible helper, now or next, of whichever desk.
    pub fn helper(&self) -> Option<PersonId> {
        match self {
            Duty::Now(helper) | Duty::From(helper, _) => Some(*helper),
            Duty::City(desk) => desk.helper(),
            Duty::Nobody => None,
        }
    }
}

/// How far ahead the next shift is looked for.
const DAYS_AHEAD: i32 = 14;

/// The helper of `bureau` who must answer next. Without a duty row: the window's roster order.
///
/// `turn` counts the bureau's questions; the helpers of a shift are asked in turn.
pub fn on_duty(roster: &Roster, bureau: BureauId, now: Millis, turn: u64, tz: &TimeZone) -> Duty {
    if roster.helpers_of(bureau).next().is_none() {
        return match roster.city_bureau() {
            Some(city) if city.id != bureau => Duty::City(Box::new(on_duty(roster, city.id, now, turn, tz))),
            Some(_) | None => Duty::Nobody,
        };
    }
    let shifts = shifts(roster, bureau);
    let running = shifts
        .iter()
        .filter(|shift| shift.runs(now, tz))
        .flat_map(|shift| &shift.helpers);
    if let Some(helper) = take_turn(running, turn) {
        return Duty::Now(helper);
    }
    let Some(start) = shifts.iter().filter_map(|shift| shift.next_start(now, tz)).min() else {
        return Duty::Nobody;
    };
    let starting = shifts
        .iter()
        .filter(|shift| shift.next_start(now, tz) == Some(start))
        .flat_map(|shift| &shift.helpers);
    take_turn(starting, turn).map_or(Duty::Nobody, |helper| Duty::From(helper, start))
}

/// One or more helpers for a time; `None` is always.
struct Shift {
    span: Option<Span>,
    helpers: Vec<PersonId>,
}

impl Shift {
    fn runs(&self, now: Millis, tz: &TimeZone) -> bool {
        self.span.is_none_or(|span| span.runs(now, tz))
    }

    fn next_start(&self, now: Millis, tz: &TimeZone) -> Option<Millis> {
        self.span.and_then(|span| span.next_start(now, tz))
    }
}

/// The duty rows that still name a helper; else the window's roster order within the bureau's hours.
fn shifts(roster: &Roster, bureau: BureauId) -> Vec<Shift> {
    let still_helps = |id: &PersonId| roster.helpers_of(bureau).any(|helper| helper.id == *id);
    let rows: Vec<Shift> = roster
        .duty_of(bureau)
        .map(|row| Shift {
            span: Some(row.span),
            helpers: row.helpers.iter().copied().filter(still_helps).collect(),
        })
        .filter(|shift| !shift.helpers.is_empty())
        .collect();
    if !rows.is_empty() {
        return rows;
    }
    let helpers = window_order(roster, bureau);
    match roster.bureau(bureau).map(|bureau| &bureau.hours) {
        Some(Hours::Weekly(spans)) => spans
            .iter()
            .map(|span| Shift {
                span: Some(*span),
                helpers: helpers.clone(),
            })
            .collect(),
        Some(Hours::Always) | None => vec![Shift { span: None, helpers }],
    }
}

/// The window's helpers in roster order; a bureau without a staffed window: all its helpers.
fn window_order(roster: &Roster, bureau: BureauId) -> Vec<PersonId> {
    let at_window = |office| {
        roster
            .office(office)
            .is_some_and(|office| office.kind == OfficeKind::Window)
    };
    let window: Vec<PersonId> = roster
        .helpers_of(bureau)
        .filter(|helper| at_window(helper.office))
        .map(|helper| helper.id)
        .collect();
    if window.is_empty() {
        roster.helpers_of(bureau).map(|helper| helper.id).collect()
    } else {
        window
    }
}

fn take_turn<'a>(helpers: impl Iterator<Item = &'a PersonId>, turn: u64) -> Option<PersonId> {
    let mut once: Vec<PersonId> = Vec::new();
    for helper in helpers {
        if !once.contains(helper) {
            once.push(*helper);
        }
    }
    let count = u64::try_from(once.len()).ok().filter(|count| *count > 0)?;
    usize::try_from(turn % count).ok().map(|index| once[index])
}

impl Span {
    /// Whether `now` lies in it; one that runs past midnight belongs to the day it began.
    pub fn runs(self, now: Millis, tz: &TimeZone) -> bool {
        let Some(today) = local(now, tz).map(DateTime::date) else {
            return false;
        };
        [today.yesterday().ok(), Some(today)]
            .into_iter()
            .flatten()
            .filter_map(|day| self.on(day, tz))
            .any(|(from, to)| from <= now && now < to)
    }

    /// When it next begins after `now`, within fourteen days.
    pub fn next_start(self, now: Millis, tz: &TimeZone) -> Option<Millis> {
        let today = local(now, tz)?.date();
        (0..=DAYS_AHEAD)
            .filter_map(|ahead| today.checked_add(ahead.days()).ok())
            .filter_map(|day| self.on(day, tz))
            .map(|(from, _)| from)
            .find(|from| *from > now)
    }

    /// Its beginning and end on `day`, if it is one of its days.
    fn on(self, day: Date, tz: &TimeZone) -> Option<(Millis, Millis)> {
        if !self.days.contains(day.weekday()) {
            return None;
        }
        let end_day = if self.to_min < self.from_min {
            day.tomorrow().ok()?
        } else {
            day
        };
        Some((moment(day, self.from_min, tz)?, moment(end_day, self.to_min, tz)?))
    }
}

/// The moment `minute` of a local day begins; 1440 is the next midnight.
fn moment(day: Date, minute: u16, tz: &TimeZone) -> Option<Millis> {
    let (day, minute) = if minute >= 1440 {
        (day.tomorrow().ok()?, 0)
    } else {
        (day, minute)
    };
    let hour = i8::try_from(minute / 60).ok()?;
    let minute = i8::try_from(minute % 60).ok()?;
    let at = tz.to_zoned(day.at(hour, minute, 0, 0)).ok()?;
    Some(Millis(at.timestamp().as_millisecond()))
}

fn local(at: Millis, tz: &TimeZone) -> Option<DateTime> {
    Timestamp::from_millisecond(at.0).ok().map(|at| tz.to_datetime(at))
}

/// A moment as people say it: 今天 14:30, 明天 8:30, 周一 8:30, 11月30日 8:30.
pub fn when_said(at: Millis, now: Millis, tz: &TimeZone) -> String {
    let (Some(at), Some(now)) = (local(at, tz), local(now, tz)) else {
        return String::new();
    };
    let ahead = now.date().until(at.date()).map_or(i32::MAX, |span| span.get_days());
    let day = match ahead {
        0 => "今天".to_owned(),
        1 => "明天".to_owned(),
        2..=6 => weekday_said(at.weekday()).to_owned(),
        _ if at.year() == now.year() => format!("{}月{}日", at.month(), at.day()),
        _ => format!("{}年{}月{}日", at.year(), at.month(), at.day()),
    };
    format!("{day} {}:{:02}", at.hour(), at.minute())
}

fn weekday_said(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "周一",
        Weekday::Tuesday => "周二",
        Weekday::Wednesday => "周三",
        Weekday::Thursday => "周四",
        Weekday::Friday => "周五",
        Weekday::Saturday => "周六",
        Weekday::Sunday => "周日",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::{Bureau, Days, Office, OfficeId, Person, Standing};

    fn tz() -> TimeZone {
        TimeZone::get("Asia/Shanghai").unwrap()
    }

    /// 2026-11-23 is a Monday.
    fn at(written: &str) -> Millis {
        let local: DateTime = written.parse().unwrap();
        Millis(tz().to_zoned(local).unwrap().timestamp().as_millisecond())
    }

    const CITY: BureauId = BureauId(1);
    const WEIDU: BureauId = BureauId(2);
    const WORKDAYS: [Weekday; 5] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
    ];

    fn span(days: &[Weekday], from_min: u16, to_min: u16) -> Span {
        Span {
            days: Days::of(days),
            from_min,
            to_min,
        }
    }

    fn row(span: Span, helpers: &[i64]) -> DutyRow {
        DutyRow {
            bureau: WEIDU,
            span,
            helpers: helpers.iter().copied().map(PersonId).collect(),
        }
    }

    fn person(id: i64, bureau: BureauId, office: i64) -> Person {
        Person {
            id: PersonId(id),
            bureau,
            office: OfficeId(office),
            name: format!("示例{id}"),
            standing: Standing::Helper,
            mobile: None,
            landline: None,
            roles: vec![],
            reviewer: false,
            passed_on: None,
            of: None,
        }
    }

    /// The city desk is person 1; 魏都 has 10 at a station and 11, 12 at its window.
    fn roster(hours: Hours, duty: Vec<DutyRow>) -> Roster {
        let bureau = |id, name: &str, city, hours| Bureau {
            id,
            name: name.into(),
            city,
            hours,
            places: vec![],
        };
        let office = |id, bureau, kind| Office {
            id: OfficeId(id),
            bureau,
            name: "窗口".into(),
            kind,
            address: None,
            landline: None,
        };
        Roster {
            city: "示例市".into(),
            bureaus: vec![
                bureau(CITY, "市局", true, Hours::Always),
                bureau(WEIDU, "魏都分局", false, hours),
            ],
            offices: vec![
                office(1, CITY, OfficeKind::Window),
                office(2, WEIDU, OfficeKind::Station),
                office(3, WEIDU, OfficeKind::Window),
            ],
            people: vec![
                person(1, CITY, 1),
                person(10, WEIDU, 2),
                person(11, WEIDU, 3),
                person(12, WEIDU, 3),
            ],
            duty,
        }
    }

    #[test]
    fn the_shift_that_runs_names_the_helper_and_else_the_next_one() {
        let town = roster(
            Hours::Always,
            vec![
                row(span(&WORKDAYS, 510, 720), &[11, 12]),
                row(span(&WORKDAYS, 870, 1050), &[12]),
                row(span(&[Weekday::Sunday], 1320, 120), &[10]),
                row(span(&[Weekday::Saturday], 1200, 1440), &[11]),
            ],
        );
        let now = |id| Duty::Now(PersonId(id));
        let from = |id, when| Duty::From(PersonId(id), at(when));
        for (when, turn, expected) in [
            ("2026-11-23T08:30", 0, now(11)),
            ("2026-11-23T08:30", 1, now(12)),
            ("2026-11-23T11:59:59", 2, now(11)),
            ("2026-11-23T12:00", 0, from(12, "2026-11-23T14:30")),
            ("2026-11-23T08:29:59", 1, from(12, "2026-11-23T08:30")),
            ("2026-11-23T17:30", 0, from(11, "2026-11-24T08:30")),
            ("2026-11-27T18:00", 0, from(11, "2026-11-28T20:00")),
            ("2026-11-28T23:59:59", 0, now(11)),
            ("2026-11-29T00:00", 0, from(10, "2026-11-29T22:00")),
            ("2026-11-29T22:00", 5, now(10)),
            ("2026-11-30T01:59", 0, now(10)),
            ("2026-11-30T02:00", 0, from(11, "2026-11-30T08:30")),
            ("2026-12-31T18:00", 0, from(11, "2027-01-01T08:30")),
        ] {
            assert_eq!(
                on_duty(&town, WEIDU, at(when), turn, &tz()),
                expected,
                "{when} turn {turn}"
            );
        }
    }

    #[test]
    fn without_rows_the_window_is_asked_in_roster_order() {
        let always = roster(Hours::Always, vec![]);
        assert_eq!(
            on_duty(&always, WEIDU, at("2026-11-29T03:00"), 0, &tz()),
            Duty::Now(PersonId(11))
        );
        assert_eq!(
            on_duty(&always, WEIDU, at("2026-11-29T03:00"), 1, &tz()),
            Duty::Now(PersonId(12))
        );
        let weekly = roster(Hours::Weekly(vec![span(&WORKDAYS, 510, 720)]), vec![]);
        assert_eq!(
            on_duty(&weekly, WEIDU, at("2026-11-23T09:00"), 0, &tz()),
            Duty::Now(PersonId(11))
        );
        let next = Duty::From(PersonId(11), at("2026-11-30T08:30"));
        assert_eq!(on_duty(&weekly, WEIDU, at("2026-11-28T09:00"), 0, &tz()), next);
    }

    #[test]
    fn a_bureau_without_helpers_hands_to_the_city_desk() {
        let mut town = roster(Hours::Always, vec![row(span(&WORKDAYS, 510, 720), &[11])]);
        town.people.retain(|person| person.bureau == CITY);
        let desk = on_duty(&town, WEIDU, at("2026-11-29T03:00"), 3, &tz());
        assert_eq!(desk, Duty::City(Box::new(Duty::Now(PersonId(1)))));
        assert_eq!(desk.helper(), Some(PersonId(1)));
        town.people.clear();
        assert_eq!(on_duty(&town, CITY, at("2026-11-29T03:00"), 0, &tz()), Duty::Nobody);
    }

    #[test]
    fn rows_that_name_only_people_who_left_count_for_nothing() {
        let town = roster(Hours::Always, vec![row(span(&WORKDAYS, 510, 720), &[99])]);
        assert_eq!(
            on_duty(&town, WEIDU, at("2026-11-29T03:00"), 0, &tz()),
            Duty::Now(PersonId(11))
        );
        let never = roster(Hours::Always, vec![row(span(&[], 510, 720), &[11])]);
        assert_eq!(on_duty(&never, WEIDU, at("2026-11-23T09:00"), 0, &tz()), Duty::Nobody);
    }

    #[test]
    fn moments_are_said_as_people_say_them() {
        for (when, said) in [
            ("2026-11-23T14:30", "今天 14:30"),
            ("2026-11-24T00:00", "明天 0:00"),
            ("2026-11-29T08:05", "周日 8:05"),
            ("2026-11-30T08:30", "11月30日 8:30"),
            ("2027-01-04T08:30", "2027年1月4日 8:30"),
            ("2026-11-20T08:30", "11月20日 8:30"),
        ] {
            assert_eq!(when_said(at(when), at("2026-11-23T23:59"), &tz()), said);
        }
    }
}
