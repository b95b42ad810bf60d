//! Real waits of questions held against a roster: which limits of PRODUCT §2.3 its hours and duty plan would keep, and
//! when nobody would be there. What was done stays as it was; only the time it is counted in changes.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::clock::Millis;
use crate::domain::asking::clocks::{Clocks, Nudge, Rung, Working};
use crate::domain::duty::{self, Duty};
use crate::domain::replay::history::{Happened, History};
use crate::domain::roster::city::City;
use crate::domain::roster::numbers::{Known, Missing, renumbered};
use crate::domain::roster::people::{Bureau, BureauId, PersonId, Roster};
use crate::domain::roster::plan::PlanChanges;
use crate::domain::time::calendar::LocalTime;

/// A limit of PRODUCT §2.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Claimed before the helper on duty is reminded.
    Remind,
    /// Before all helpers of the bureau are told.
    AllHelpers,
    /// Before the bureau's administrator is told.
    BureauAdmin,
    /// Before the guidance group is told.
    Guidance,
    /// The first reply after the claim.
    FirstReply,
}

impl Limit {
    /// All of them, in the order in which they run out.
    pub const ALL: [Limit; 5] = [
        Limit::Remind,
        Limit::AllHelpers,
        Limit::BureauAdmin,
        Limit::Guidance,
        Limit::FirstReply,
    ];
}

/// A real wait of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    pub what: Awaited,
    pub from: Millis,
    pub to: Millis,
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    Claim,
    /// The first reply of the helper who claimed.
    Reply(Option<PersonId>),
}

/// The waits of a history; one that is not over lasts until `now`.
pub fn waits(history: &History, now: Millis) -> Vec<Wait> {
    let mut waits = Vec::new();
    let mut open: Option<(Awaited, Millis)> = None;
    let mut close = |open: &mut Option<(Awaited, Millis)>, to: Millis| {
        waits.extend(open.take().map(|(what, from)| Wait { what, from, to }));
    };
    for (at, happened) in history {
        match happened {
            Happened::Waits { .. } => {
                close(&mut open, *at);
                open = Some((Awaited::Claim, *at));
            }
            Happened::Claimed(by) => {
                close(&mut open, *at);
                open = Some((Awaited::Reply(*by), *at));
            }
            Happened::Replied | Happened::Ended => close(&mut open, *at),
            Happened::Answered(_) | Happened::Offered | Happened::Reworded | Happened::Other => {}
        }
    }
    close(&mut open, now);
    waits
}

/// One roster, read for questions of the past.
#[derive(Clone, Copy, Debug)]
pub struct Staff<'a> {
    pub roster: &'a City,
    pub time: LocalTime<'a>,
}

impl Staff<'_> {
    /// Whether nobody is on duty for words asked in a bureau at a moment.
    pub fn nobody_at(&self, bureau: BureauId, words: &str, at: Millis) -> bool {
        let post = duty::post_for(self.roster, bureau, words, at, self.time);
        let mut duty = duty::on_duty(self.roster, post, at, 0, self.time);
        while let Duty::City(desk) = duty {
            duty = *desk;
        }
        !matches!(duty, Duty::Now(_))
    }

    /// The limits that real waits break, each once, in order.
    pub fn broken(&self, bureau: BureauId, waits: &[Wait], clocks: &Clocks) -> Vec<Limit> {
        let over = |limit: Limit| waits.iter().any(|wait| self.breaks(bureau, wait, clocks, limit));
        Limit::ALL.into_iter().filter(|limit| over(*limit)).collect()
    }

    fn breaks(&self, bureau: BureauId, wait: &Wait, clocks: &Clocks, limit: Limit) -> bool {
        let who = match wait.what {
            Awaited::Claim => duty::on_duty(self.roster, bureau, wait.from, 0, self.time).helper(),
            Awaited::Reply(by) => by,
        };
        let desk = self.desk(bureau, who);
        let working = Working {
            hours: &desk.hours,
            time: duty::bureau_time(self.roster, desk.id, self.time),
        };
        let rung = |rung| Some(clocks.due(rung, wait.from, working));
        let due = match (wait.what, limit) {
            (Awaited::Claim, Limit::Remind) => rung(Rung::Remind),
            (Awaited::Claim, Limit::AllHelpers) => rung(Rung::AllHelpers),
            (Awaited::Claim, Limit::BureauAdmin) => rung(Rung::BureauAdmin),
            (Awaited::Claim, Limit::Guidance) => rung(Rung::Guidance),
            (Awaited::Reply(_), Limit::FirstReply) => {
                clocks.next_nudge(Nudge::Warned, wait.from, working).map(|(_, due)| due)
            }
            (Awaited::Claim, Limit::FirstReply) | (Awaited::Reply(_), _) => None,
        };
        due.is_some_and(|due| due < wait.to)
    }

    /// Whose hours count: those of the helper's bureau, else of the question's, else of the city desk.
    fn desk(&self, bureau: BureauId, who: Option<PersonId>) -> &Bureau {
        who.and_then(|who| self.roster.person(who))
            .and_then(|person| self.roster.bureau(person.bureau))
            .or_else(|| self.roster.bureau(bureau))
            .unwrap_or(self.roster.desk())
    }
}

/// What a roster does to the waits of one question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Duties {
    /// Asked while nobody is on duty.
    pub nobody: bool,
    /// The limits that its real waits break; nothing for one that was never handed over.
    pub broken: Vec<Limit>,
}

/// The figures of two rosters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DutyTotals {
    /// Questions that a helper was called for.
    pub handed_over: usize,
    /// Broken before, broken after, broken only after, broken only before.
    pub limits: BTreeMap<Limit, [usize; 4]>,
    /// Asked while nobody is on duty: before, after, only after.
    pub nobody: [usize; 3],
}

impl DutyTotals {
    /// Counts one question.
    pub fn count(&mut self, handed_over: bool, before: &Duties, after: &Duties) {
        self.handed_over += usize::from(handed_over);
        for limit in Limit::ALL {
            let (old, new) = (before.broken.contains(&limit), after.broken.contains(&limit));
            let counted = [old, new, new && !old, old && !new];
            let sums = self.limits.entry(limit).or_default();
            sums.iter_mut()
                .zip(counted)
                .for_each(|(sum, one)| *sum += usize::from(one));
        }
        let counted = [before.nobody, after.nobody, after.nobody && !before.nobody];
        self.nobody
            .iter_mut()
            .zip(counted)
            .for_each(|(sum, one)| *sum += usize::from(one));
    }
}

/// A roster file with the numbers that the same names have in another roster, and with its leave and cover, except what
/// an earlier file said of the time after `now`: how it would be after an import.
pub fn imported(file: Roster, known: &Roster, now: Millis) -> Result<Roster, Missing> {
    let given = [
        known.bureaus.iter().map(|bureau| bureau.id.0).max(),
        known.offices.iter().map(|office| office.id.0).max(),
        known.people.iter().map(|person| person.id.0).max(),
    ];
    let mut next = given.into_iter().flatten().max().unwrap_or(0);
    let mut there = renumbered(file, &Known::of(known), |_| {
        next += 1;
        next
    })?;
    there.changes = after_import(&known.changes, there.changes, now);
    Ok(there)
}

/// What a file says of leave and cover takes the place of what an earlier one said of the time after `now`.
fn after_import(known: &PlanChanges, own: PlanChanges, now: Millis) -> PlanChanges {
    let mut changes = known.clone();
    changes.leaves.retain(|leave| !leave.from_file || leave.until <= now);
    changes.covers.retain(|cover| !cover.from_file || cover.until <= now);
    changes.leaves.extend(own.leaves);
    changes.covers.extend(own.covers);
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::asking::history::Step;
    use crate::domain::roster::people::{Office, OfficeId, OfficeKind, Person, Standing};
    use crate::domain::roster::plan::{DutyRow, Leave};
    use crate::domain::time::calendar::Calendar;
    use crate::domain::time::hours::{Days, Hours, Span};
    use jiff::tz::TimeZone;

    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;

    fn history(steps: &[(i64, &str)]) -> Vec<(Millis, Happened)> {
        let step = |(minute, kind): &(i64, &str)| {
            let at = Millis(minute * MINUTE);
            (at, Happened::of(&Step::read(kind, Some(PersonId(11)), "a·1")))
        };
        steps.iter().map(step).collect()
    }

    fn every_day(from_hour: u16, to_hour: u16) -> Hours {
        Hours::Weekly(vec![span(from_hour, to_hour)])
    }

    fn span(from_hour: u16, to_hour: u16) -> Span {
        Span {
            days: Days::ALL,
            from_min: from_hour * 60,
            to_min: to_hour * 60,
            season: None,
        }
    }

    /// The city desk (1) with person 1, always there, and a bureau (2) with person 11.
    fn roster(hours: Hours) -> Roster {
        let bureau = |id, name: &str, city, hours| Bureau {
            id: BureauId(id),
            name: name.into(),
            city,
            hours,
            places: vec![],
        };
        let office = |id| Office {
            id: OfficeId(id),
            bureau: BureauId(id),
            name: "窗口".into(),
            kind: OfficeKind::Window,
            address: None,
            landline: None,
        };
        let person = |id, bureau| Person {
            id: PersonId(id),
            bureau: BureauId(bureau),
            office: OfficeId(bureau),
            name: format!("示例{id}"),
            standing: Standing::helper(),
            mobile: None,
            landline: None,
            roles: vec![],
        };
        Roster {
            city: "示例市".into(),
            bureaus: vec![
                bureau(1, "市局", true, Hours::Always),
                bureau(2, "魏都分局", false, hours),
            ],
            offices: vec![office(1), office(2)],
            people: vec![person(1, 1), person(11, 2)],
            duty: vec![],
            changes: PlanChanges::default(),
        }
    }

    fn broken(roster: &Roster, steps: &[(i64, &str)], now_min: i64) -> Vec<Limit> {
        let (zone, calendar) = (TimeZone::UTC, Calendar::default());
        let time = LocalTime::new(&zone, &calendar);
        let waits = waits(&history(steps), Millis(now_min * MINUTE));
        let roster = &City::of(roster.clone()).unwrap();
        Staff { roster, time }.broken(BureauId(2), &waits, &Clocks::default())
    }

    #[test]
    fn limits_are_counted_in_the_hours_of_whoever_must_act() {
        use Limit::{AllHelpers, BureauAdmin, FirstReply, Guidance, Remind};
        let day = 24 * 60;
        let (always, office) = (roster(Hours::Always), roster(every_day(9, 17)));
        for (steps, always_broken, office_broken) in [
            (
                &[(600, "handed_over"), (603, "claimed"), (633, "replied")][..],
                vec![],
                vec![],
            ),
            (
                &[(600, "handed_over"), (604, "claimed"), (635, "replied")],
                vec![Remind, FirstReply],
                vec![Remind, FirstReply],
            ),
            (
                &[(600, "handed_over"), (621, "replied")],
                vec![Remind, AllHelpers, BureauAdmin],
                vec![Remind, AllHelpers, BureauAdmin],
            ),
            // 18:00, claimed at 9:05 the next morning.
            (
                &[(1080, "handed_over"), (day + 545, "claimed"), (day + 546, "replied")],
                vec![Remind, AllHelpers, BureauAdmin, Guidance],
                vec![Remind],
            ),
            // 16:50, claimed at once, answered the next morning.
            (
                &[(1010, "handed_over"), (1010, "claimed"), (day + 559, "replied")],
                vec![FirstReply],
                vec![],
            ),
            // Put back: two waits, each kept.
            (
                &[
                    (600, "handed_over"),
                    (602, "claimed"),
                    (603, "released"),
                    (605, "claimed"),
                    (606, "replied"),
                ],
                vec![],
                vec![],
            ),
            // Taken back before anybody had it; answered by the bot alone.
            (&[(600, "handed_over"), (602, "withdrawn")], vec![], vec![]),
            (&[(600, "answered"), (900, "solved")], vec![], vec![]),
        ] {
            assert_eq!(broken(&always, steps, 9 * day), always_broken, "{steps:?}");
            assert_eq!(broken(&office, steps, 9 * day), office_broken, "{steps:?}");
        }
        assert_eq!(
            broken(&always, &[(600, "handed_over")], 612),
            [Remind, AllHelpers],
            "still waiting"
        );
        let mut gone = roster(every_day(9, 17));
        gone.people.retain(|person| person.bureau == BureauId(1));
        let night = [(1080, "handed_over"), (1095, "claimed"), (1096, "replied")];
        assert_eq!(
            broken(&gone, &night, 9 * day),
            [Remind, AllHelpers],
            "the city desk's hours"
        );
    }

    #[test]
    fn nobody_is_there_outside_the_shifts() {
        let (zone, calendar) = (TimeZone::UTC, Calendar::default());
        let time = LocalTime::new(&zone, &calendar);
        let nobody = |roster: &Roster, hour: i64| {
            let roster = &City::of(roster.clone()).unwrap();
            Staff { roster, time }.nobody_at(BureauId(2), "怎么注销？", Millis(hour * HOUR))
        };
        let mut office = roster(every_day(9, 17));
        assert_eq!(
            [8, 9, 16, 17].map(|hour| nobody(&office, hour)),
            [true, false, false, true]
        );
        let row = |helpers: &[i64]| DutyRow {
            bureau: BureauId(2),
            office: None,
            span: span(9, 12),
            helpers: helpers.iter().copied().map(PersonId).collect(),
        };
        office.duty = vec![row(&[11])];
        assert_eq!([9, 12].map(|hour| nobody(&office, hour)), [false, true]);
        office.people.retain(|person| person.bureau == BureauId(1));
        assert!(!nobody(&office, 3), "the city desk is always there");
        assert!(!nobody(&roster(Hours::Always), 3));
    }

    #[test]
    fn a_file_takes_the_numbers_of_the_same_names_and_the_leave_that_is_known() {
        let mut known = roster(Hours::Always);
        let leave = |id, person, until, from_file| Leave {
            id,
            person: PersonId(person),
            from: Millis(0),
            until: Millis(until),
            from_file,
        };
        // Asked for in chat, and by files: one that is over, and one that the new file takes the place of.
        known.changes.leaves = vec![leave(1, 11, 9, false), leave(2, 11, 4, true), leave(3, 1, 9, true)];
        let mut file = roster(every_day(9, 12));
        // The file counts anew, in another order, and knows one more helper.
        file.bureaus.reverse();
        for bureau in &mut file.bureaus {
            bureau.id = BureauId(3 - bureau.id.0);
        }
        for office in &mut file.offices {
            (office.id, office.bureau) = (OfficeId(3 - office.id.0), BureauId(3 - office.bureau.0));
        }
        for person in &mut file.people {
            (person.office, person.bureau) = (OfficeId(3 - person.office.0), BureauId(3 - person.bureau.0));
        }
        file.people[0].id = PersonId(2);
        file.people[1].id = PersonId(1);
        let mut new = file.people[1].clone();
        (new.id, new.name) = (PersonId(3), "新人".into());
        file.people.push(new);
        file.duty = vec![DutyRow {
            bureau: BureauId(1),
            office: Some(OfficeId(1)),
            span: span(9, 12),
            helpers: vec![PersonId(1), PersonId(3)],
        }];
        file.changes.leaves = vec![leave(1, 3, 9, true)];
        let there = imported(file, &known, Millis(5)).unwrap();
        let weidu = there.bureau_named("魏都分局").unwrap();
        assert_eq!((weidu.id, &weidu.hours), (BureauId(2), &every_day(9, 12)));
        let helpers: Vec<(i64, &str, i64)> = there
            .helpers_of(BureauId(2))
            .map(|person| (person.id.0, person.name.as_str(), person.office.0))
            .collect();
        let fresh = helpers[1].0;
        assert_eq!(helpers, [(11, "示例11", 2), (fresh, "新人", 2)]);
        assert!(known.person(PersonId(fresh)).is_none());
        let row = there.duty_of(BureauId(2)).next().unwrap();
        assert_eq!(
            (row.office, &row.helpers[..]),
            (Some(OfficeId(2)), &[PersonId(11), PersonId(fresh)][..])
        );
        let away: Vec<(i64, i64)> = there
            .changes
            .leaves
            .iter()
            .map(|leave| (leave.person.0, leave.until.0))
            .collect();
        assert_eq!(away, [(11, 9), (11, 4), (fresh, 9)]);
    }

    #[test]
    fn what_breaks_anew_and_what_is_kept_again_are_counted_apart() {
        let duties = |nobody, broken: &[Limit]| Duties {
            nobody,
            broken: broken.to_vec(),
        };
        let mut totals = DutyTotals::default();
        totals.count(true, &duties(false, &[]), &duties(true, &[Limit::Remind]));
        totals.count(true, &duties(true, &[Limit::Remind]), &duties(true, &[Limit::Remind]));
        totals.count(true, &duties(true, &[Limit::Remind]), &duties(false, &[]));
        totals.count(false, &duties(false, &[]), &duties(true, &[]));
        assert_eq!(totals.handed_over, 3);
        assert_eq!(totals.limits[&Limit::Remind], [2, 2, 1, 1]);
        assert_eq!(totals.limits[&Limit::FirstReply], [0; 4]);
        assert_eq!(totals.nobody, [2, 3, 2]);
    }
}
