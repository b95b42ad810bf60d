//! Who is asked first, and when: the duty rows of the roster with leave and cover, read for a moment.

pub mod coverage;
pub mod leave;
pub mod load;
pub mod week;

use jiff::civil::Weekday;

use crate::clock::Millis;
use crate::domain::roster::city::City;
use crate::domain::roster::gazetteer;
use crate::domain::roster::people::{BureauId, OfficeId, OfficeKind, PersonId, Roster};
use crate::domain::roster::plan::DutyRow;
use crate::domain::time::calendar::LocalTime;
use crate::domain::time::hours::{Hours, Span};

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
    /// When it begins, if not now.
    pub fn begins(&self) -> Option<Millis> {
        match self {
            Duty::From(_, at) => Some(*at),
            Duty::City(desk) => desk.begins(),
            Duty::Now(_) | Duty::Nobody => None,
        }
    }

    /// The responsible helper, now or next, of whichever desk.
    pub fn helper(&self) -> Option<PersonId> {
        match self {
            Duty::Now(helper) | Duty::From(helper, _) => Some(*helper),
            Duty::City(desk) => desk.helper(),
            Duty::Nobody => None,
        }
    }
}

/// Whose duty plan is asked: a bureau's, or that of one of its offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post {
    pub bureau: BureauId,
    pub office: Option<OfficeId>,
}

impl From<BureauId> for Post {
    fn from(bureau: BureauId) -> Post {
        Post { bureau, office: None }
    }
}

/// Whose plan answers for words asked in a bureau: its station's that they name, while somebody of the station's own
/// shifts is there; else the bureau's.
pub fn post_for(roster: &Roster, bureau: BureauId, words: &str, now: Millis, time: LocalTime<'_>) -> Post {
    let office = gazetteer::station_named(words, bureau, roster);
    let post = Post { bureau, office };
    if office.is_some() && covered(roster, post, now, time) {
        return post;
    }
    bureau.into()
}

/// The helper of a post who must answer next. Without a duty row: the window's roster order.
///
/// `turn` counts the post's questions; the helpers of a shift are asked in turn. Whoever is away is passed over.
pub fn on_duty(city: &City, post: impl Into<Post>, now: Millis, turn: u64, time: LocalTime<'_>) -> Duty {
    let (roster, post, desk) = (&**city, post.into(), city.desk().id);
    let bureau = post.bureau;
    if roster.helpers_of(bureau).next().is_none() {
        return match desk == bureau {
            true => Duty::Nobody,
            false => Duty::City(Box::new(on_duty(city, desk, now, turn, time))),
        };
    }
    let time = bureau_time(roster, bureau, time);
    let shifts = shifts(roster, post);
    let running: Vec<&Shift> = shifts.iter().filter(|shift| shift.runs(now, time)).collect();
    if !running.is_empty() {
        let here = present(roster, bureau, &running, now);
        return take_turn(&here, turn).map_or(Duty::Nobody, Duty::Now);
    }
    let Some(start) = shifts.iter().filter_map(|shift| shift.next_start(now, time)).min() else {
        return Duty::Nobody;
    };
    let starting: Vec<&Shift> = shifts
        .iter()
        .filter(|shift| shift.next_start(now, time) == Some(start))
        .collect();
    let then = present(roster, bureau, &starting, start);
    take_turn(&then, turn).map_or(Duty::Nobody, |helper| Duty::From(helper, start))
}

/// Whether `person` may be named by [`on_duty`] at `now` for the bureau or one of its offices, whatever the turn.
pub fn may_be_on_duty(roster: &Roster, bureau: BureauId, person: PersonId, now: Millis, time: LocalTime<'_>) -> bool {
    let time = bureau_time(roster, bureau, time);
    let shifts = shifts(roster, bureau.into());
    let running: Vec<&Shift> = shifts.iter().filter(|shift| shift.runs(now, time)).collect();
    let for_bureau = !running.is_empty() && present(roster, bureau, &running, now).contains(&person);
    let offices = roster
        .duty_of(bureau)
        .filter(|row| row.office.is_some() && row.span.runs(now, time));
    let mut of_offices = offices.flat_map(|row| &row.helpers);
    for_bureau || of_offices.any(|helper| roster.changes.stands(*helper, now) == Some(person))
}

/// Whether somebody of the plan is there at `now`; without a plan anybody of the bureau counts.
pub fn covered(roster: &Roster, post: impl Into<Post>, now: Millis, time: LocalTime<'_>) -> bool {
    let post = post.into();
    let time = bureau_time(roster, post.bureau, time);
    let shifts = shifts(roster, post);
    let running = shifts.iter().filter(|shift| shift.runs(now, time));
    running
        .flat_map(|shift| &shift.helpers)
        .any(|helper| roster.changes.stands(*helper, now).is_some())
}

/// An office's own shift of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnShift {
    pub office: OfficeId,
    pub from: Millis,
    pub until: Millis,
    /// Those who stand in it then.
    pub helpers: Vec<PersonId>,
}

/// The shifts that the offices of a bureau have of their own today and that are not over, office by office.
pub fn own_shifts(roster: &Roster, bureau: BureauId, now: Millis, time: LocalTime<'_>) -> Vec<OwnShift> {
    let time = bureau_time(roster, bureau, time);
    let Some(today) = time.day(now) else {
        return Vec::new();
    };
    let shift = |row: &DutyRow| {
        let (from, until) = row.span.on(today, time).filter(|(_, until)| *until > now)?;
        let at = now.max(from);
        let standing = row
            .helpers
            .iter()
            .filter_map(|helper| roster.changes.stands(*helper, at));
        Some(OwnShift {
            office: row.office?,
            from,
            until,
            helpers: standing.filter(|id| roster.person(*id).is_some()).collect(),
        })
    };
    let shifts = roster.duty_of(bureau).filter_map(shift);
    shifts.filter(|shift| !shift.helpers.is_empty()).collect()
}

/// A bureau that is always there has no holidays.
pub fn bureau_time<'a>(roster: &Roster, bureau: BureauId, time: LocalTime<'a>) -> LocalTime<'a> {
    match roster.bureau(bureau).map(|bureau| &bureau.hours) {
        Some(Hours::Always) => time.without_holidays(),
        Some(Hours::Weekly(_)) | None => time,
    }
}

/// One or more helpers for a time; `None` is always.
struct Shift {
    span: Option<Span>,
    helpers: Vec<PersonId>,
}

impl Shift {
    fn runs(&self, now: Millis, time: LocalTime<'_>) -> bool {
        self.span.is_none_or(|span| span.runs(now, time))
    }

    fn next_start(&self, now: Millis, time: LocalTime<'_>) -> Option<Millis> {
        self.span.and_then(|span| span.next_start(now, time))
    }
}

/// Those of some shifts who are there at a moment, or whoever stands in; if all are away, anybody of the bureau, and
/// at the very last those who are away: somebody is always responsible (许工商〔2018〕103号 三(三)3).
fn present(roster: &Roster, bureau: BureauId, shifts: &[&Shift], at: Millis) -> Vec<PersonId> {
    let named: Vec<PersonId> = shifts.iter().flat_map(|shift| shift.helpers.iter().copied()).collect();
    let helps = |id: &PersonId| roster.person(*id).is_some_and(|person| person.is_helper());
    let here = |people: &[PersonId]| -> Vec<PersonId> {
        let standing = people.iter().filter_map(|person| roster.changes.stands(*person, at));
        standing.filter(helps).collect()
    };
    let window = window_order(roster, bureau);
    let all: Vec<PersonId> = roster.helpers_of(bureau).map(|helper| helper.id).collect();
    [here(&named), here(&window), here(&all)]
        .into_iter()
        .find(|people| !people.is_empty())
        .unwrap_or(named)
}

/// The duty rows of a post that still name a helper. A bureau without rows of its own has those of its windows, else
/// of all its offices; without any: the window's roster order within the bureau's hours.
fn shifts(roster: &Roster, Post { bureau, office }: Post) -> Vec<Shift> {
    let still_helps = |id: &PersonId| roster.helpers_of(bureau).any(|helper| helper.id == *id);
    let rows = |wanted: &dyn Fn(Option<OfficeId>) -> bool| -> Vec<Shift> {
        let rows = roster.duty_of(bureau).filter(|row| wanted(row.office));
        let shifts = rows.map(|row| Shift {
            span: Some(row.span),
            helpers: row.helpers.iter().copied().filter(still_helps).collect(),
        });
        shifts.filter(|shift| !shift.helpers.is_empty()).collect()
    };
    if office.is_some() {
        return rows(&|of| of == office);
    }
    let window = |of: Option<OfficeId>| of.is_some_and(|id| at_window(roster, id));
    let plans = [rows(&|of| of.is_none()), rows(&window), rows(&|_| true)];
    if let Some(plan) = plans.into_iter().find(|plan| !plan.is_empty()) {
        return plan;
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
    let window: Vec<PersonId> = roster
        .helpers_of(bureau)
        .filter(|helper| at_window(roster, helper.office))
        .map(|helper| helper.id)
        .collect();
    if window.is_empty() {
        roster.helpers_of(bureau).map(|helper| helper.id).collect()
    } else {
        window
    }
}

fn at_window(roster: &Roster, office: OfficeId) -> bool {
    let office = roster.office(office);
    office.is_some_and(|office| office.kind == OfficeKind::Window)
}

fn take_turn(helpers: &[PersonId], turn: u64) -> Option<PersonId> {
    let mut once: Vec<PersonId> = Vec::new();
    for helper in helpers {
        if !once.contains(helper) {
            once.push(*helper);
        }
    }
    let count = u64::try_from(once.len()).ok().filter(|count| *count > 0)?;
    usize::try_from(turn % count).ok().map(|index| once[index])
}

/// A moment as people say it: 今天 14:30, 明天 8:30, 周一 8:30, 11月30日 8:30.
pub fn when_said(at: Millis, now: Millis, time: LocalTime<'_>) -> String {
    let (Some(at), Some(now)) = (time.local(at), time.local(now)) else {
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
    use crate::domain::roster::people::{Bureau, Office, OfficeId, Person, Standing};
    use crate::domain::roster::plan::{Cover, Leave, PlanChanges};
    use crate::domain::time::calendar::{Calendar, Year};
    use crate::domain::time::hours::Days;
    use jiff::civil::{DateTime, date};
    use jiff::tz::TimeZone;
    use std::sync::OnceLock;

    fn tz() -> &'static TimeZone {
        static ZONE: OnceLock<TimeZone> = OnceLock::new();
        ZONE.get_or_init(|| TimeZone::get("Asia/Shanghai").unwrap())
    }

    fn time() -> LocalTime<'static> {
        static CALENDAR: OnceLock<Calendar> = OnceLock::new();
        let holiday = || {
            let mut calendar = Calendar::default();
            let (holidays, makeup) = ([date(2026, 10, 1)].into(), [date(2026, 10, 10)].into());
            calendar.set(2026, Year { holidays, makeup });
            calendar
        };
        LocalTime::new(tz(), CALENDAR.get_or_init(holiday))
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
            season: None,
        }
    }

    fn row(span: Span, helpers: &[i64]) -> DutyRow {
        DutyRow {
            bureau: WEIDU,
            office: None,
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
            standing: Standing::helper(),
            mobile: None,
            landline: None,
            roles: vec![],
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
            changes: PlanChanges::default(),
        }
    }

    fn city(town: &Roster) -> City {
        City::of(town.clone()).unwrap()
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
                on_duty(&city(&town), WEIDU, at(when), turn, time()),
                expected,
                "{when} turn {turn}"
            );
        }
    }

    #[test]
    fn without_rows_the_window_is_asked_in_roster_order() {
        let always = roster(Hours::Always, vec![]);
        assert_eq!(
            on_duty(&city(&always), WEIDU, at("2026-11-29T03:00"), 0, time()),
            Duty::Now(PersonId(11))
        );
        assert_eq!(
            on_duty(&city(&always), WEIDU, at("2026-11-29T03:00"), 1, time()),
            Duty::Now(PersonId(12))
        );
        let weekly = roster(Hours::Weekly(vec![span(&WORKDAYS, 510, 720)]), vec![]);
        assert_eq!(
            on_duty(&city(&weekly), WEIDU, at("2026-11-23T09:00"), 0, time()),
            Duty::Now(PersonId(11))
        );
        let next = Duty::From(PersonId(11), at("2026-11-30T08:30"));
        assert_eq!(on_duty(&city(&weekly), WEIDU, at("2026-11-28T09:00"), 0, time()), next);
    }

    #[test]
    fn a_bureau_without_helpers_hands_to_the_city_desk() {
        let mut town = roster(Hours::Always, vec![row(span(&WORKDAYS, 510, 720), &[11])]);
        town.people.retain(|person| person.bureau == CITY);
        let desk = on_duty(&city(&town), WEIDU, at("2026-11-29T03:00"), 3, time());
        assert_eq!(desk, Duty::City(Box::new(Duty::Now(PersonId(1)))));
        assert_eq!(desk.helper(), Some(PersonId(1)));
        town.people.clear();
        assert_eq!(
            on_duty(&city(&town), CITY, at("2026-11-29T03:00"), 0, time()),
            Duty::Nobody
        );
    }

    #[test]
    fn rows_that_name_only_people_who_left_count_for_nothing() {
        let town = roster(Hours::Always, vec![row(span(&WORKDAYS, 510, 720), &[99])]);
        assert_eq!(
            on_duty(&city(&town), WEIDU, at("2026-11-29T03:00"), 0, time()),
            Duty::Now(PersonId(11))
        );
        let never = roster(Hours::Always, vec![row(span(&[], 510, 720), &[11])]);
        assert_eq!(
            on_duty(&city(&never), WEIDU, at("2026-11-23T09:00"), 0, time()),
            Duty::Nobody
        );
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
            assert_eq!(when_said(at(when), at("2026-11-23T23:59"), time()), said);
        }
    }

    #[test]
    fn who_is_away_is_passed_over_and_who_covers_stands_in() {
        let mut town = roster(Hours::Always, vec![row(span(&WORKDAYS, 510, 720), &[11, 12])]);
        let (from, until) = (at("2026-11-24T00:00"), at("2026-11-25T00:00"));
        town.changes.leaves = vec![Leave {
            id: 1,
            person: PersonId(11),
            from,
            until,
            from_file: false,
        }];
        let on = |town: &Roster, when| on_duty(&city(town), WEIDU, at(when), 0, time());
        assert_eq!(on(&town, "2026-11-23T09:00"), Duty::Now(PersonId(11)));
        assert_eq!(on(&town, "2026-11-24T09:00"), Duty::Now(PersonId(12)));
        assert_eq!(
            on(&town, "2026-11-23T13:00"),
            Duty::From(PersonId(12), at("2026-11-24T08:30"))
        );
        assert_eq!(on(&town, "2026-11-25T09:00"), Duty::Now(PersonId(11)));
        town.changes.covers = vec![Cover {
            id: 1,
            of: PersonId(11),
            by: PersonId(1),
            from,
            until,
            from_file: false,
        }];
        assert_eq!(
            on(&town, "2026-11-24T09:00"),
            Duty::Now(PersonId(1)),
            "a colleague of another bureau"
        );
        town.changes.leaves = [11, 12, 1]
            .map(|id| Leave {
                id,
                person: PersonId(id),
                from,
                until,
                from_file: false,
            })
            .into();
        assert_eq!(
            on(&town, "2026-11-24T09:00"),
            Duty::Now(PersonId(10)),
            "anybody of the bureau"
        );
        assert!(!covered(&town, WEIDU, at("2026-11-24T09:00"), time()));
        town.changes.leaves.push(Leave {
            id: 9,
            person: PersonId(10),
            from,
            until,
            from_file: false,
        });
        assert_eq!(
            on(&town, "2026-11-24T09:00"),
            Duty::Now(PersonId(11)),
            "somebody is always responsible"
        );
    }

    #[test]
    fn holidays_have_no_shift_and_make_up_days_fridays_but_not_where_somebody_is_always_there() {
        let rows = || vec![row(span(&WORKDAYS, 510, 720), &[11])];
        let weekly = roster(Hours::Weekly(vec![span(&WORKDAYS, 510, 720)]), rows());
        let on = |town: &Roster, when| on_duty(&city(town), WEIDU, at(when), 0, time());
        assert_eq!(
            on(&weekly, "2026-10-01T09:00"),
            Duty::From(PersonId(11), at("2026-10-02T08:30"))
        );
        assert_eq!(on(&weekly, "2026-10-10T09:00"), Duty::Now(PersonId(11)));
        let always = roster(Hours::Always, rows());
        assert_eq!(on(&always, "2026-10-01T09:00"), Duty::Now(PersonId(11)));
    }

    #[test]
    fn a_station_answers_while_it_has_a_shift_and_the_windows_rows_stand_in_for_a_bureau_without() {
        let of = |office, span, helpers: &[i64]| DutyRow {
            office: Some(OfficeId(office)),
            ..row(span, helpers)
        };
        let morning = span(&WORKDAYS, 510, 720);
        let mut town = roster(
            Hours::Always,
            vec![row(span(&WORKDAYS, 0, 1440), &[11]), of(2, morning, &[10, 12])],
        );
        town.offices[1].name = "南关工商所".into();
        let post = |town: &Roster, words, when| post_for(town, WEIDU, words, at(when), time());
        let station = Post {
            bureau: WEIDU,
            office: Some(OfficeId(2)),
        };
        assert_eq!(post(&town, "南关的店", "2026-11-23T09:00"), station);
        assert_eq!(post(&town, "南关的店", "2026-11-23T12:00"), WEIDU.into());
        assert_eq!(post(&town, "我的店", "2026-11-23T09:00"), WEIDU.into());
        let on = |town: &Roster, post: Post, turn| on_duty(&city(town), post, at("2026-11-23T09:00"), turn, time());
        assert_eq!(on(&town, station, 0), Duty::Now(PersonId(10)));
        assert_eq!(on(&town, station, 1), Duty::Now(PersonId(12)));
        assert_eq!(on(&town, WEIDU.into(), 1), Duty::Now(PersonId(11)));
        let may = |id, when| may_be_on_duty(&town, WEIDU, PersonId(id), at(when), time());
        assert!(may(10, "2026-11-23T09:00") && may(11, "2026-11-23T09:00"));
        assert!(!may(10, "2026-11-23T12:00"));
        let (from, until) = (at("2026-11-23T00:00"), at("2026-11-24T00:00"));
        town.changes.leaves = [10, 12]
            .map(|id| Leave {
                id,
                person: PersonId(id),
                from,
                until,
                from_file: true,
            })
            .into();
        assert_eq!(post(&town, "南关的店", "2026-11-23T09:00"), WEIDU.into(), "all away");
        town.changes = PlanChanges::default();
        town.duty = vec![of(2, morning, &[10]), of(3, morning, &[12])];
        assert_eq!(on(&town, WEIDU.into(), 0), Duty::Now(PersonId(12)), "the window's");
        town.duty.pop();
        assert_eq!(on(&town, WEIDU.into(), 0), Duty::Now(PersonId(10)), "any office's");
    }
}
