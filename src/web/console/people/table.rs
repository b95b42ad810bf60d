//! The duty table and who is here, as the page says them.

use jiff::civil::{Date, Weekday};

use crate::clock::Millis;
use crate::domain::duty::week::{self, Half, How, Kind, Stand};
use crate::domain::duty::{self, Post, coverage};
use crate::domain::roster::people::{BureauId, Person, PersonId, Roster};
use crate::domain::roster::plan::Leave;
use crate::domain::time::calendar::LocalTime;
use crate::domain::wording;

/// A plan's week.
pub struct Plan {
    /// The office whose own plan it is.
    pub office: Option<String>,
    pub days: Vec<Day>,
    /// How many stretches nobody is there for.
    pub gaps: usize,
}

/// A day of it.
pub struct Day {
    pub date: Date,
    pub name: String,
    pub today: bool,
    /// 放假, 调休上班
    pub kind: Option<String>,
    pub halves: Vec<Cell>,
}

/// Half a day.
pub struct Cell {
    pub name: &'static str,
    /// Nobody works.
    pub closed: bool,
    pub lines: Vec<Line>,
    /// Stretches without anybody, as times.
    pub gaps: Vec<String>,
}

/// Somebody of a half-day.
pub struct Line {
    pub name: String,
    /// 李强代, 请假
    pub how: Option<String>,
    pub away: bool,
    pub part: Option<String>,
}

/// The weeks of all plans of a bureau from a day on.
pub fn plans(roster: &Roster, bureau: BureauId, first: Date, now: Millis, time: LocalTime<'_>) -> Vec<Plan> {
    let today = time.day(now);
    let offices = coverage::plans(roster, bureau).into_iter();
    let plan = |office| {
        let days = week::week(roster, Post { bureau, office }, first, time);
        let gaps = days
            .iter()
            .flat_map(|day| &day.halves)
            .map(|half| half.gaps.len())
            .sum();
        let office = office.and_then(|id| roster.office(id));
        Plan {
            office: office.map(|office| office.name.clone()),
            days: days.iter().map(|day| shown(roster, day, today, time)).collect(),
            gaps,
        }
    };
    offices.map(plan).collect()
}

fn shown(roster: &Roster, day: &week::Day, today: Option<Date>, time: LocalTime<'_>) -> Day {
    let kind = match day.kind {
        Kind::Usual => None,
        Kind::Holiday => Some("放假".to_owned()),
        Kind::MakeUp(day) => Some(format!("调休上班，按{}", weekday(day))),
    };
    let halves = ["上午", "下午"].into_iter().zip(&day.halves);
    Day {
        date: day.date,
        name: format!(
            "{} {}月{}日",
            weekday(day.date.weekday()),
            day.date.month(),
            day.date.day()
        ),
        today: today == Some(day.date),
        kind,
        halves: halves.map(|(name, half)| cell(roster, name, half, time)).collect(),
    }
}

fn cell(roster: &Roster, name: &'static str, half: &Half, time: LocalTime<'_>) -> Cell {
    Cell {
        name,
        closed: !half.open && half.stands.is_empty(),
        lines: half.stands.iter().map(|stand| line(roster, stand, time)).collect(),
        gaps: half.gaps.iter().map(|gap| times(*gap, time)).collect(),
    }
}

fn line(roster: &Roster, stand: &Stand, time: LocalTime<'_>) -> Line {
    let own = name(roster, stand.who);
    let (name, how) = match stand.how {
        How::There => (own, None),
        How::Away => (own, Some("请假".to_owned())),
        How::Covered(by) => (name(roster, by), Some(format!("代{own}"))),
    };
    Line {
        name,
        how,
        away: stand.how == How::Away,
        part: stand.part.map(|part| times(part, time)),
    }
}

/// A person's name.
pub fn name(roster: &Roster, id: PersonId) -> String {
    roster
        .person(id)
        .map_or_else(|| "已离开的人员".to_owned(), |person| person.name.clone())
}

/// 8:30–12:00
fn times((from, until): (Millis, Millis), time: LocalTime<'_>) -> String {
    let said = |at| {
        time.local(at)
            .map_or_else(String::new, |local| format!("{}:{:02}", local.hour(), local.minute()))
    };
    format!("{}–{}", said(from), said(until))
}

/// 周一
pub fn weekday(day: Weekday) -> &'static str {
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

/// A helper of the bureau and where they are now.
pub struct Here {
    pub id: PersonId,
    pub name: String,
    pub office: String,
    /// 值班中, 请假到…, 在岗, 下班
    pub state: String,
    pub on_duty: bool,
    pub away: bool,
    /// The viewer may give them a link.
    pub invites: bool,
}

/// The helpers of a bureau, those on duty first.
pub fn here(
    roster: &Roster,
    (bureau, open): (BureauId, bool),
    invites: impl Fn(&Person) -> bool,
    now: Millis,
    time: LocalTime<'_>,
) -> Vec<Here> {
    let shown = |person: &Person| {
        let leave = roster.changes.leave_of(person.id, now);
        let on_duty = leave.is_none() && duty::may_be_on_duty(roster, bureau, person.id, now, time);
        let state = match leave {
            Some(leave) => format!("请假，{} 回来", duty::when_said(leave.until, now, time)),
            None if on_duty && open => "值班中".to_owned(),
            None if open => "上班".to_owned(),
            None => "下班".to_owned(),
        };
        let office = roster.office(person.office);
        Here {
            id: person.id,
            name: person.name.clone(),
            office: office.map_or_else(String::new, |office| office.name.clone()),
            state,
            on_duty: on_duty && open,
            away: leave.is_some(),
            invites: invites(person),
        }
    };
    let mut here: Vec<Here> = roster.helpers_of(bureau).map(shown).collect();
    here.sort_by_key(|one| (!one.on_duty, one.away));
    here
}

/// Leave that is not over.
pub struct Away {
    pub number: i64,
    pub name: String,
    pub when: String,
    pub cover: Option<String>,
    /// It has begun.
    pub begun: bool,
    /// The viewer may take it back.
    pub may_end: bool,
}

/// The leave of some people that is not over, the nearest first.
pub fn away(
    roster: &Roster,
    of: impl Fn(&Person) -> bool,
    may_end: impl Fn(&Person) -> bool,
    now: Millis,
    time: LocalTime<'_>,
) -> Vec<Away> {
    let known = |leave: &&Leave| roster.person(leave.person).is_some_and(&of) && leave.until > now;
    let mut leaves: Vec<&Leave> = roster.changes.leaves.iter().filter(known).collect();
    leaves.sort_by_key(|leave| (leave.from, leave.id));
    let shown = |leave: &Leave| {
        let person = roster.person(leave.person)?;
        let mut covers = roster.changes.covers.iter();
        let cover = covers.find(|cover| (cover.of, cover.from, cover.until) == (leave.person, leave.from, leave.until));
        Some(Away {
            number: leave.id,
            name: person.name.clone(),
            when: wording::stretch_seen(now, leave.from, leave.until, time),
            cover: cover.map(|cover| name(roster, cover.by)),
            begun: leave.from <= now,
            may_end: may_end(person),
        })
    };
    leaves.into_iter().filter_map(shown).collect()
}
