//! Where the duty plan leaves a bureau's hours uncovered.

use crate::clock::Millis;
use crate::domain::duty::{self, Post};
use crate::domain::roster::people::{BureauId, OfficeId, Roster};
use crate::domain::time::calendar::LocalTime;
use crate::domain::time::hours::Hours;

const DAY_MS: i64 = 86_400_000;

/// Working hours in which nobody of the plan is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The office whose own plan it is; none for the bureau's.
    pub office: Option<OfficeId>,
    pub from: Millis,
    pub until: Millis,
}

/// The gaps of a bureau in the next `days` days, in order; then those of each office that has a plan of its own, which is
/// held against the bureau's hours. A bureau without a plan has none: the window's order stands in for it as long as
/// somebody is there.
pub fn gaps(roster: &Roster, bureau: BureauId, now: Millis, days: u32, time: LocalTime<'_>) -> Vec<Gap> {
    let end = now.plus(i64::from(days) * DAY_MS);
    let Some(hours) = roster.bureau(bureau).map(|bureau| &bureau.hours) else {
        return Vec::new();
    };
    let mut gaps: Vec<Gap> = Vec::new();
    let edges = edges(roster, bureau, hours, now, end, time);
    for office in plans(roster, bureau) {
        for pair in edges.windows(2) {
            let (from, until) = (pair[0], pair[1]);
            let working = hours.open(from, duty::bureau_time(roster, bureau, time));
            if !working || duty::covered(roster, Post { bureau, office }, from, time) {
                continue;
            }
            match gaps.last_mut() {
                Some(last) if last.office == office && last.until == from => last.until = until,
                _ => gaps.push(Gap { office, from, until }),
            }
        }
    }
    gaps
}

/// Whose plans a bureau has: its own, unless only its offices have one; and each office's.
pub fn plans(roster: &Roster, bureau: BureauId) -> Vec<Option<OfficeId>> {
    let has = |office: Option<OfficeId>| roster.duty_of(bureau).any(|row| row.office == office);
    let offices = roster.offices_of(bureau).map(|office| Some(office.id));
    let of_offices: Vec<Option<OfficeId>> = offices.filter(|office| has(*office)).collect();
    let of_bureau = (has(None) || of_offices.is_empty()).then_some(None);
    of_bureau.into_iter().chain(of_offices).collect()
}

/// Every moment at which somebody may come or go: hours, shifts, leave, cover.
fn edges(
    roster: &Roster,
    bureau: BureauId,
    hours: &Hours,
    now: Millis,
    end: Millis,
    time: LocalTime<'_>,
) -> Vec<Millis> {
    let time = duty::bureau_time(roster, bureau, time);
    let mut spans: Vec<_> = roster.duty_of(bureau).map(|row| row.span).collect();
    if let Hours::Weekly(weekly) = hours {
        spans.extend(weekly);
    }
    let mut edges = vec![now, end];
    let mut day = time.day(now).and_then(|day| day.yesterday().ok());
    while let Some(date) = day.filter(|date| time.moment(*date, 0).is_some_and(|start| start < end)) {
        edges.extend(
            spans
                .iter()
                .filter_map(|span| span.on(date, time))
                .flat_map(|(from, to)| [from, to]),
        );
        day = date.tomorrow().ok();
    }
    let changes = &roster.changes;
    edges.extend(changes.leaves.iter().flat_map(|leave| [leave.from, leave.until]));
    edges.extend(changes.covers.iter().flat_map(|cover| [cover.from, cover.until]));
    edges.retain(|edge| now <= *edge && *edge <= end);
    edges.sort_unstable();
    edges.dedup();
    edges
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::people::PersonId;
    use crate::domain::roster::plan::Leave;
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
      - {days: [mon, tue, wed, thu], from: '14:30', to: '17:00', helpers: [李强]}
";

    #[test]
    fn hours_without_anybody_of_the_plan_are_gaps() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let mut calendar = Calendar::default();
        let (holidays, makeup) = ([date(2026, 11, 26)].into(), [].into());
        calendar.set(2026, Year { holidays, makeup });
        let time = LocalTime::new(&zone, &calendar);
        let at = |written: &str| {
            let local: DateTime = written.parse().unwrap();
            Millis(zone.to_zoned(local).unwrap().timestamp().as_millisecond())
        };
        let mut roster = crate::roster::read_str(ROSTER, std::path::Path::new("r.yaml"), &zone)
            .unwrap()
            .roster;
        let weidu = roster.bureau_named("魏都分局").unwrap().id;
        let gap = |from, until| Gap {
            office: None,
            from: at(from),
            until: at(until),
        };
        let monday = at("2026-11-23T09:00");
        assert_eq!(
            gaps(&roster, weidu, monday, 5, time),
            [
                gap("2026-11-23T17:00", "2026-11-23T17:30"),
                gap("2026-11-24T17:00", "2026-11-24T17:30"),
                gap("2026-11-25T17:00", "2026-11-25T17:30"),
                gap("2026-11-27T14:30", "2026-11-27T17:30"),
            ]
        );
        let person = PersonId(roster.people_named("张晓明").next().unwrap().id.0);
        let (from, until) = (at("2026-11-24T00:00"), at("2026-11-24T10:00"));
        roster.changes.leaves.push(Leave {
            id: 1,
            person,
            from,
            until,
            from_file: false,
        });
        assert_eq!(
            gaps(&roster, weidu, monday, 1, time)[1],
            gap("2026-11-24T08:30", "2026-11-24T09:00")
        );
        let city = roster.bureau_named("市局").unwrap().id;
        assert_eq!(gaps(&roster, city, monday, 14, time).len(), 1, "nobody at all");
    }

    /// Each office that has a plan of its own is held against the bureau's hours; a bureau that lives on them is not.
    #[test]
    fn an_office_with_a_plan_of_its_own_has_gaps_of_its_own() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let calendar = Calendar::default();
        let time = LocalTime::new(&zone, &calendar);
        let station = "
      - name: 南关工商所
        kind: station
        helpers: [{name: 许宁}]
        duty: [{days: [mon, tue, wed, thu, fri], from: '08:30', to: '12:00', helpers: [许宁, 张晓明]}]
    duty:
";
        let read = |text: &str| {
            let submitted = crate::roster::read_str(text, std::path::Path::new("r.yaml"), &zone);
            submitted.unwrap().roster
        };
        let seen = |roster: &Roster| {
            let weidu = roster.bureau_named("魏都分局").unwrap().id;
            let monday: DateTime = "2026-11-23T09:00".parse().unwrap();
            let monday = Millis(zone.to_zoned(monday).unwrap().timestamp().as_millisecond());
            let gaps = gaps(roster, weidu, monday, 1, time);
            let said = gaps.iter().map(|gap| crate::domain::wording::gap(roster, gap, time));
            said.collect::<Vec<_>>()
        };
        let both = ROSTER.replace("\n    duty:\n", station);
        assert_eq!(
            seen(&read(&both)),
            ["11月23日 17:00–17:30", "南关工商所 11月23日 14:30–17:30"]
        );
        let own = both.split("\n    duty:\n").next().unwrap();
        assert_eq!(seen(&read(own)), ["南关工商所 11月23日 14:30–17:30"]);
    }
}
