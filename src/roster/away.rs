//! Leave and cover of the roster form: read with every problem at its place, written from what is in force or to come.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use serde::Serialize;

use super::Reader;
use super::form::{AwayForm, BureauForm, CoverForm};
use crate::clock::Millis;
use crate::domain::roster::away::{self, Away};
use crate::domain::roster::people::{BureauId, PersonId, Roster};
use crate::domain::roster::plan::{Cover, Leave};
use crate::domain::time::zone;
use crate::yaml::Spanned;

/// A helper and whoever stands in, as written.
type Names<'a> = (&'a Spanned<String>, Option<&'a Spanned<String>>);

impl Reader<'_> {
    /// A bureau's leave and cover, once everybody of the city is read.
    pub(super) fn away(&mut self, bureau: BureauId, form: &BureauForm) {
        for row in &form.leave {
            self.leave(bureau, row);
        }
        for row in &form.cover {
            self.cover(bureau, row);
        }
    }

    fn leave(&mut self, bureau: BureauId, form: &AwayForm) {
        let stretch = self.stretch(&form.from, &form.until);
        let people = self.people((&form.helper, form.cover.as_ref()), bureau);
        let (Some((from, until)), Some((person, cover))) = (stretch, people) else {
            return;
        };
        let meets = |leave: &Leave| leave.person == person && leave.from < until && from < leave.until;
        if self.roster.changes.leaves.iter().any(meets) {
            let name = form.helper.value.trim();
            self.wrong(
                &form.from,
                format!("{name} 的这次请假和前面写的一次时间重叠，请并成一条或改时间"),
            );
        }
        self.roster.changes.leaves.push(Leave {
            id: 0,
            person,
            from,
            until,
            from_file: true,
        });
        if let (Some(by), Some(written)) = (cover, &form.cover) {
            self.stands_in(person, (by, written), (from, until));
        }
    }

    fn cover(&mut self, bureau: BureauId, form: &CoverForm) {
        let stretch = self.stretch(&form.from, &form.until);
        let people = self.people((&form.helper, Some(&form.by)), bureau);
        if let (Some((from, until)), Some((person, Some(by)))) = (stretch, people) {
            self.stands_in(person, (by, &form.by), (from, until));
        }
    }

    fn stands_in(
        &mut self,
        of: PersonId,
        (by, written): (PersonId, &Spanned<String>),
        (from, until): (Millis, Millis),
    ) {
        self.covers_written.push((by, from, until, crate::yaml::place(written)));
        self.roster.changes.covers.push(Cover {
            id: 0,
            of,
            by,
            from,
            until,
            from_file: true,
        });
    }

    /// Who stands in while on leave themselves is pointed out: chat allows it, so a file that was exported may say it.
    pub(super) fn covers_on_leave(&mut self) {
        for (by, from, until, place) in std::mem::take(&mut self.covers_written) {
            let meets = |leave: &&Leave| leave.person == by && leave.from < until && from < leave.until;
            let Some(leave) = self.roster.changes.leaves.iter().find(meets) else {
                continue;
            };
            let name = self
                .roster
                .person(leave.person)
                .map_or("", |person| person.name.as_str());
            let message = format!("代班的 {name} 这段时间自己也请假，那时没有人代；请另定一人");
            self.warnings.push(crate::yaml::Problem::at(self.file, place, message));
        }
    }

    fn people(&mut self, (helper, by): Names<'_>, bureau: BureauId) -> Option<(PersonId, Option<PersonId>)> {
        let person = away::helper(&self.roster, bureau, helper.value.trim());
        if person.is_none() {
            let name = helper.value.trim();
            self.wrong(helper, format!("请假、代班里的 {name} 不是本单位的帮办员，请核对姓名"));
        }
        let Some(written) = by else {
            return person.map(|person| (person, None));
        };
        let name = written.value.trim();
        let by = away::colleague(&self.roster, bureau, name);
        if by.is_none() {
            self.wrong(
                written,
                format!("代班的 {name} 不是本单位的帮办员，请核对姓名；别的单位的人写成“单位/姓名”"),
            );
        }
        if by.is_some() && by == person {
            self.wrong(written, format!("{name} 不能给自己代班，请写别的帮办员"));
            return None;
        }
        Some((person?, Some(by?)))
    }

    fn stretch(&mut self, from: &Spanned<String>, until: &Spanned<String>) -> Option<(Millis, Millis)> {
        let begins = self.moment(from, Edge::From);
        let ends = self.moment(until, Edge::Until);
        let (begins, ends) = (begins?, ends?);
        if ends <= begins {
            self.wrong(until, "until 不晚于 from，请核对起止；只写日期时，起止两天都算在内");
            return None;
        }
        Some((begins, ends))
    }

    fn moment(&mut self, written: &Spanned<String>, edge: Edge) -> Option<Millis> {
        let moment = moment(written.value.trim(), edge, self.zone);
        if moment.is_none() {
            let message = format!(
                "应写成 \"2026-12-01\"（整天）或 \"2026-12-01 08:30\"，不能是“{}”",
                written.value
            );
            self.wrong(written, message);
        }
        moment
    }
}

/// Which end of a stretch a moment is: a day that ends one counts as a whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    From,
    Until,
}

fn moment(written: &str, edge: Edge, zone: &TimeZone) -> Option<Millis> {
    let local: DateTime = match written.len() {
        10 => {
            let day: Date = written.parse().ok()?;
            let day = if edge == Edge::Until { day.tomorrow().ok()? } else { day };
            day.to_datetime(Time::midnight())
        }
        16 | 19 => written.parse().ok()?,
        _ => return None,
    };
    zone::moment(zone, local)
}

#[derive(Serialize)]
pub(super) struct LeaveOut {
    helper: String,
    from: String,
    until: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cover: Option<String>,
}

#[derive(Serialize)]
pub(super) struct CoverOut {
    helper: String,
    by: String,
    from: String,
    until: String,
}

/// A bureau's leave and cover that are not over at `now`, however they were made. Leaves of one helper that overlap, as
/// they may in chat, are written one after the other, since the form refuses them.
pub(super) fn written(
    roster: &Roster,
    bureau: BureauId,
    now: Millis,
    zone: &TimeZone,
) -> (Vec<LeaveOut>, Vec<CoverOut>) {
    let rows = away::rows(roster, bureau).into_iter().filter(|row| row.until > now);
    let (mut leaves, mut covers): (Vec<Away>, Vec<Away>) = rows.partition(|row| row.by.is_none());
    leaves.sort_by(|one, other| (&one.helper, one.from, one.until).cmp(&(&other.helper, other.from, other.until)));
    let mut ended: Option<(String, Millis)> = None;
    let mut out = Vec::new();
    for mut leave in leaves {
        if let Some((_, until)) = ended.as_ref().filter(|(helper, _)| *helper == leave.helper) {
            leave.from = leave.from.max(*until);
        }
        if leave.from >= leave.until {
            continue;
        }
        ended = Some((leave.helper.clone(), leave.until));
        out.push(LeaveOut {
            cover: take_only_cover(&leave, &mut covers),
            from: said(leave.from, Edge::From, zone),
            until: said(leave.until, Edge::Until, zone),
            helper: leave.helper,
        });
    }
    let covers = covers.into_iter().filter_map(|cover| {
        Some(CoverOut {
            by: cover.by?,
            from: said(cover.from, Edge::From, zone),
            until: said(cover.until, Edge::Until, zone),
            helper: cover.helper,
        })
    });
    (out, covers.collect())
}

/// The cover arranged for a leave. Where several meet, the order counts and they stay in their list.
fn take_only_cover(leave: &Away, covers: &mut Vec<Away>) -> Option<String> {
    let meets = |cover: &Away| cover.helper == leave.helper && cover.from < leave.until && leave.from < cover.until;
    let mut meeting = (0..covers.len()).filter(|index| meets(&covers[*index]));
    let (Some(only), None) = (meeting.next(), meeting.next()) else {
        return None;
    };
    let same = (covers[only].from, covers[only].until) == (leave.from, leave.until);
    if same { covers.remove(only).by } else { None }
}

/// The two ends of a stretch as the file writes them.
pub fn as_written(from: Millis, until: Millis, zone: &TimeZone) -> (String, String) {
    (said(from, Edge::From, zone), said(until, Edge::Until, zone))
}

fn said(at: Millis, edge: Edge, zone: &TimeZone) -> String {
    let local = zone::local(zone, at);
    let midnight = local.time() == Time::midnight();
    match edge {
        Edge::From if midnight => local.date().to_string(),
        Edge::Until if midnight => local.date().yesterday().unwrap_or(local.date()).to_string(),
        Edge::From | Edge::Until if local.second() == 0 => local.strftime("%Y-%m-%d %H:%M").to_string(),
        Edge::From | Edge::Until => local.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    }
}
