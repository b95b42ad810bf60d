//! 人员与值班: who is here, this week's duty, leave, swaps; of one's own bureau, or of one that one keeps.

mod ahead;
mod asked;
pub mod groups;
mod handed;
pub mod invite;
pub mod roster;
pub mod table;
pub mod taken;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde::Deserialize;

use super::answered::Said;
use super::frame::{At, Frame};
use super::staff::Staff;
use crate::domain::duty::week::Kind;
use crate::domain::roster::people::{Bureau, BureauId, Person, PersonId, Roster};
use crate::domain::roster::rights::{Right, may_invite};
use crate::domain::time::calendar::LocalTime;
use crate::domain::wording;
use crate::store::duty::Swap;
use crate::web::Web;
use crate::web::failure::Failure;
use asked::Asked;
pub use handed::HandedIn;
pub use table::{Away, away};

/// Days that can be picked by one press, after today.
const AHEAD: i64 = 14;
/// So many weeks ahead are shown.
const WEEKS: i64 = 8;

/// A day that can be picked.
struct Pick {
    value: String,
    name: String,
    /// Nobody works on it.
    free: bool,
}

/// A bureau that can be looked at.
pub struct Choice {
    pub id: BureauId,
    pub name: String,
    /// It is looked at.
    pub here: bool,
}

/// The bureaus that somebody may look at.
pub fn choices(staff: &Staff, roster: &Roster, here: BureauId) -> Vec<Choice> {
    let own = staff.person.bureau;
    let bureaus = roster
        .bureaus
        .iter()
        .filter(|one| one.id == own || staff.may(Right::Keep, one.id));
    let choice = |one: &Bureau| Choice {
        id: one.id,
        name: one.name.clone(),
        here: one.id == here,
    };
    bureaus.map(choice).collect()
}

/// A proposal to swap.
struct Proposal {
    number: i64,
    own: bool,
    other: String,
    /// What the other would have done.
    gives: String,
    takes: Option<String>,
}

#[derive(Template)]
#[template(path = "people.html")]
struct Page {
    frame: Frame,
    said: Said,
    /// Where the page's forms go.
    here: String,
    bureau: BureauId,
    title: String,
    /// The bureaus that can be looked at, where there is more than one's own.
    bureaus: Vec<Choice>,
    week: i64,
    plans: Vec<table::Plan>,
    without_plan: bool,
    opens: Option<String>,
    people: Vec<table::Here>,
    away: Vec<table::Away>,
    proposals: Vec<Proposal>,
    picks: Vec<Pick>,
    /// Whose leave is noted; none for one's own.
    whose: Option<(PersonId, String)>,
    /// Who can stand in.
    colleagues: Vec<(PersonId, String)>,
    /// The viewer is a helper of this bureau.
    own: bool,
    arranges: bool,
    keeps: bool,
    /// Where there are too few in the next fourteen days; none for who does not keep the bureau.
    ahead: Option<Vec<ahead::Line>>,
}

/// What the address asks to see.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Wanted {
    bureau: Option<i64>,
    #[serde(default)]
    week: i64,
    /// Whose leave is to be noted.
    r#for: Option<i64>,
}

/// `GET /staff/people`
pub async fn page(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    shown(&web, &staff, &wanted, Said::default()).await
}

/// `POST /staff/people`: does one thing and shows what came of it.
pub async fn act(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let said = match Asked::of(pairs).plan(staff.person.id) {
        Err(why) => Said::refused(why),
        Ok(plan) => {
            let done = web.desk.plan(&staff.actor(), plan).await?;
            web.desk.refresh().await?;
            Said::from(done)
        }
    };
    let status = if said.refused {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let wanted = Wanted {
        r#for: wanted.r#for.filter(|_| said.refused),
        ..wanted
    };
    let page = shown(&web, &staff, &wanted, said).await?;
    Ok((status, page).into_response())
}

/// The bureau that is looked at: one's own, or one that one keeps.
pub fn bureau(web: &Web, staff: &Staff, wanted: Option<i64>) -> Result<BureauId, Failure> {
    let own = staff.person.bureau;
    let wanted = wanted.map_or(own, BureauId);
    if wanted != own && (web.desk.roster().bureau(wanted).is_none() || !staff.may(Right::Keep, wanted)) {
        return Err(Failure::unfit("这里只看得到本单位的人员与值班。"));
    }
    Ok(wanted)
}

async fn shown(web: &Web, staff: &Staff, wanted: &Wanted, said: Said) -> Result<Html<String>, Failure> {
    let bureau = bureau(web, staff, wanted.bureau)?;
    let (roster, calendar, now) = (web.desk.roster(), web.desk.calendar(), web.desk.clock.now());
    let time = LocalTime::new(&web.desk.config.timezone, &calendar);
    let today = web.desk.day(now);
    let week = wanted.week.clamp(0, WEEKS);
    let first = monday(today).checked_add((week * 7).days()).unwrap_or(today);
    let arranges = staff.may(Right::Arrange, bureau);
    let whose = wanted
        .r#for
        .and_then(|id| roster.helpers_of(bureau).find(|person| person.id.0 == id));
    let whose = whose.filter(|person| arranges && person.id != staff.person.id);
    let asked_for = whose.map_or(staff.person.id, |person| person.id);
    let others = roster.helpers_of(bureau).filter(|person| person.id != asked_for);
    let may_end = |person: &Person| person.id == staff.person.id || staff.may(Right::Arrange, person.bureau);
    let open = web.desk.works(bureau, now);
    let invites = |person: &Person| person.id != staff.person.id && may_invite(&staff.person, person, staff.city);
    let page = Page {
        frame: Frame::of(web, staff, At::People).await?,
        said,
        here: format!("/staff/people?bureau={bureau}&week={week}"),
        title: roster
            .bureau(bureau)
            .map_or_else(String::new, |bureau| bureau.name.clone()),
        bureaus: choices(staff, &roster, bureau),
        plans: table::plans(&roster, bureau, first, now, time),
        without_plan: roster.duty_of(bureau).next().is_none(),
        opens: roster.bureau(bureau).map(|bureau| wording::hours(&bureau.hours)),
        people: table::here(&roster, (bureau, open), invites, now, time),
        away: away(&roster, |person| person.bureau == bureau, may_end, now, time),
        proposals: proposals(web, staff, &roster, time).await?,
        picks: picks(today, time),
        whose: whose.map(|person| (person.id, person.name.clone())),
        colleagues: others.map(|person| (person.id, person.name.clone())).collect(),
        own: staff.person.is_helper() && staff.person.bureau == bureau,
        keeps: staff.may(Right::Keep, bureau),
        ahead: match staff.may(Right::Keep, bureau) {
            true => Some(ahead::lines(&web.desk.foresight(bureau).await?, &roster, now, time)),
            false => None,
        },
        arranges,
        bureau,
        week,
    };
    Ok(Html(page.render()?))
}

/// The Monday of a day's week.
pub fn monday(day: Date) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    day.checked_sub(back.days()).unwrap_or(day)
}

fn picks(today: Date, time: LocalTime<'_>) -> Vec<Pick> {
    let days = (0..=AHEAD).filter_map(|ahead| Some((ahead, today.checked_add(ahead.days()).ok()?)));
    let pick = |(ahead, date): (i64, Date)| {
        let day = match ahead {
            0 => "今天",
            1 => "明天",
            _ => table::weekday(date.weekday()),
        };
        Pick {
            value: date.to_string(),
            name: format!("{day} {}日", date.day()),
            free: match Kind::of(date, time) {
                Kind::Holiday => true,
                Kind::MakeUp(_) => false,
                Kind::Usual => date.weekday().to_monday_zero_offset() >= 5,
            },
        }
    };
    days.map(pick).collect()
}

async fn proposals(web: &Web, staff: &Staff, roster: &Roster, time: LocalTime<'_>) -> Result<Vec<Proposal>, Failure> {
    let now = web.desk.clock.now();
    let said = |(from, until)| wording::stretch_seen(now, from, until, time);
    let mut tx = web.desk.db.read().await?;
    let swaps = tx.swaps_with(staff.person.id).await?;
    let live = swaps.into_iter().filter(|(_, _, swap)| swap.own.1 > now);
    let shown = |(number, to, Swap { by, own, theirs })| Proposal {
        number,
        own: by == staff.person.id,
        other: table::name(roster, if by == staff.person.id { to } else { by }),
        gives: said(own),
        takes: theirs.map(said),
    };
    Ok(live.map(shown).collect())
}
