//! A week of a duty plan by half-days: who stands in each, who is away, where nobody is.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use crate::clock::Millis;
use crate::domain::duty::coverage::{self, Gap};
use crate::domain::duty::{self, Post};
use crate::domain::roster::people::{PersonId, Roster};
use crate::domain::time::calendar::LocalTime;
use crate::domain::time::hours::Hours;

/// The minute of the day at which the afternoon begins.
pub const NOON: u16 = 720;

/// What a day is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A day like every other of its name.
    Usual,
    /// A public holiday.
    Holiday,
    /// Worked instead of another day, by the hours of this one.
    MakeUp(Weekday),
}

impl Kind {
    /// What a day is.
    pub fn of(date: Date, time: LocalTime<'_>) -> Kind {
        match time.follows(date) {
            None => Kind::Holiday,
            Some(day) if day != date.weekday() => Kind::MakeUp(day),
            Some(_) => Kind::Usual,
        }
    }
}

/// A day of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: Date,
    pub kind: Kind,
    /// Morning and afternoon.
    pub halves: [Half; 2],
}

/// Half a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Half {
    /// The bureau works in it.
    pub open: bool,
    pub stands: Vec<Stand>,
    /// Working hours in which nobody of the plan is there.
    pub gaps: Vec<(Millis, Millis)>,
}

/// Somebody of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    pub who: PersonId,
    pub how: How,
    /// The part of the shift, where it is not the whole of it.
    pub part: Option<(Millis, Millis)>,
}

/// How somebody of the plan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Where the plan has them.
    There,
    /// Away, and nobody stands in.
    Away,
    /// This one stands in.
    Covered(PersonId),
}

/// The week of a post that begins with a day.
pub fn week(roster: &Roster, post: Post, first: Date, time: LocalTime<'_>) -> Vec<Day> {
    let time = duty::bureau_time(roster, post.bureau, time);
    let gaps = match time.moment(first, 0) {
        Some(start) => coverage::gaps(roster, post.bureau, start, 7, time),
        None => Vec::new(),
    };
    let gaps: Vec<Gap> = gaps.into_iter().filter(|gap| gap.office == post.office).collect();
    let days = (0..7).filter_map(|ahead| first.checked_add(ahead.days()).ok());
    days.map(|date| Day {
        date,
        kind: Kind::of(date, time),
        halves: [(0, NOON), (NOON, 1440)].map(|(from, to)| {
            let bounds = time.moment(date, from).zip(time.moment(date, to));
            bounds.map_or_else(Half::default, |bounds| half(roster, post, date, bounds, &gaps, time))
        }),
    })
    .collect()
}

fn half(roster: &Roster, post: Post, date: Date, bounds: (Millis, Millis), gaps: &[Gap], time: LocalTime<'_>) -> Half {
    let within = |(from, until): (Millis, Millis)| {
        let part = (from.max(bounds.0), until.min(bounds.1));
        (part.0 < part.1).then_some(part)
    };
    let days = [date.yesterday().ok(), Some(date)];
    let mut stands: Vec<Stand> = Vec::new();
    for shift in duty::shifts(roster, post) {
        let parts = days.iter().flatten().filter_map(|day| match shift.span {
            Some(span) => span.on(*day, time),
            None => (*day == date).then_some(bounds),
        });
        for part in parts.filter_map(within) {
            for who in &shift.helpers {
                for stand in standing(roster, *who, part) {
                    if !stands.contains(&stand) {
                        stands.push(stand);
                    }
                }
            }
        }
    }
    let open = match roster.bureau(post.bureau).map(|bureau| &bureau.hours) {
        Some(Hours::Always) => true,
        Some(Hours::Weekly(spans)) => {
            let parts = days
                .iter()
                .flatten()
                .flat_map(|day| spans.iter().filter_map(|span| span.on(*day, time)));
            parts.filter_map(within).next().is_some()
        }
        None => false,
    };
    let gaps = gaps.iter().filter_map(|gap| within((gap.from, gap.until))).collect();
    Half { open, stands, gaps }
}

/// How somebody of the plan stands in a stretch, part by part where that differs.
fn standing(roster: &Roster, who: PersonId, (from, until): (Millis, Millis)) -> Vec<Stand> {
    let changes = &roster.changes;
    let leaves = changes.leaves.iter().flat_map(|leave| [leave.from, leave.until]);
    let covers = changes.covers.iter().flat_map(|cover| [cover.from, cover.until]);
    let mut edges: Vec<Millis> = leaves
        .chain(covers)
        .filter(|edge| from < *edge && *edge < until)
        .collect();
    edges.extend([from, until]);
    edges.sort_unstable();
    edges.dedup();
    let mut parts: Vec<(How, Millis, Millis)> = Vec::new();
    for pair in edges.windows(2) {
        let how = match changes.stands(who, pair[0]) {
            Some(stands) if stands == who => How::There,
            Some(other) => How::Covered(other),
            None => How::Away,
        };
        match parts.last_mut() {
            Some((last, _, end)) if *last == how => *end = pair[1],
            _ => parts.push((how, pair[0], pair[1])),
        }
    }
    let whole = parts.len() == 1;
    let stand = |(how, from, until)| Stand {
        who,
        how,
        part: (!whole).then_some((from, until)),
    };
    parts.into_iter().map(stand).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::plan::{Cover, Leave};
    use crate::domain::time::calendar::{Calendar, Year};
    use jiff::civil::{DateTime, date};
    use jiff::tz::TimeZone;

    const ROSTER: &str = "
city: 示例市
bureaus:
  - {name: 市局, city: true, hours: always}
  - name: 魏都分局
    hours: [{days: [mon, tue, wed, thu, fri], from: '08:30', to: '12:00'}, {days: [mon, tue, wed, thu, fri], from: '14:30', to: '17:30'}]
    offices:
      - {name: 窗口, kind: window, helpers: [{name: 张晓明}, {name: 李强}]}
    duty:
      - {days: [mon, tue, wed, thu, fri], from: '08:30', to: '12:00', helpers: [张晓明]}
      - {days: [mon, tue, wed, thu, fri], from: '14:30', to: '17:30', helpers: [李强]}
";

    #[test]
    fn a_week_shows_who_stands_who_is_away_and_what_is_not_worked() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let mut calendar = Calendar::default();
        let (holidays, makeup) = ([date(2026, 11, 26)].into(), [date(2026, 11, 28)].into());
        calendar.set(2026, Year { holidays, makeup });
        let time = LocalTime::new(&zone, &calendar);
        let at = |written: &str| {
            let local: DateTime = written.parse().unwrap();
            Millis(zone.to_zoned(local).unwrap().timestamp().as_millisecond())
        };
        let read = crate::roster::read_str(ROSTER, std::path::Path::new("r.yaml"), &zone);
        let mut roster = read.unwrap().roster;
        let weidu = roster.bureau_named("魏都分局").unwrap().id;
        let [zhang, li] = ["张晓明", "李强"].map(|name| roster.people_named(name).next().unwrap().id);
        let (id, from_file) = (1, false);
        let (from, until) = (at("2026-11-24T00:00"), at("2026-11-24T10:00"));
        roster.changes.leaves.push(Leave {
            id,
            person: zhang,
            from,
            until,
            from_file,
        });
        let (of, by, from, until) = (zhang, li, at("2026-11-25T00:00"), at("2026-11-26T00:00"));
        roster.changes.covers.push(Cover {
            id,
            of,
            by,
            from,
            until,
            from_file,
        });
        let week = week(&roster, weidu.into(), date(2026, 11, 23), time);
        let mornings: Vec<&Half> = week.iter().map(|day| &day.halves[0]).collect();
        let stands = |how, part| Stand { who: zhang, how, part };
        assert_eq!(mornings[0].stands, [stands(How::There, None)]);
        let split = at("2026-11-24T10:00");
        let (away, back) = ((at("2026-11-24T08:30"), split), (split, at("2026-11-24T12:00")));
        assert_eq!(
            mornings[1].stands,
            [stands(How::Away, Some(away)), stands(How::There, Some(back))]
        );
        assert_eq!(mornings[1].gaps, [away]);
        assert_eq!(mornings[2].stands, [stands(How::Covered(li), None)]);
        assert_eq!((week[3].kind, mornings[3].open), (Kind::Holiday, false));
        assert_eq!(week[5].kind, Kind::MakeUp(Weekday::Friday));
        assert_eq!(mornings[5].stands, [stands(How::There, None)]);
        assert_eq!((week[6].kind, mornings[6].open), (Kind::Usual, false));
        assert_eq!(week[6].halves[1], Half::default());
    }
}
