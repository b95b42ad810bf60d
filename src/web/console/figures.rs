//! 数字: today's figures by bureau, and by hour, for those who keep a bureau or supervise the city; other times are the
//! board's.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use super::board::{self, Figure, Span};
use super::charts::{self, Bars};
use super::frame::{At, Frame};
use super::staff::Staff;
use crate::desk::{Day, Today};
use crate::domain::roster::people::{BureauId, Role};
use crate::domain::roster::rights::Right;
use crate::web::Web;
use crate::web::failure::Failure;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    span: String,
}

#[derive(Template)]
#[template(path = "figures.html")]
struct Page {
    frame: Frame,
    days: i32,
    all: Day,
    bureaus: Vec<Day>,
    hours: Bars,
    ages: Bars,
    at: String,
}

/// Whose figures somebody may see: all, or their own bureau's.
///
/// # Errors
/// They are not for this member of staff.
pub fn whose(staff: &Staff) -> Result<Option<BureauId>, Failure> {
    let own = staff.person.bureau;
    let city = staff.person.has(Role::Supervisor) || staff.person.has(Role::Admin);
    if !city && !staff.may(Right::Keep, own) {
        return Err(Failure::unfit("数字给单位管理员和督导看。"));
    }
    Ok((!city).then_some(own))
}

/// `GET /staff/figures`
pub async fn page(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    let only = whose(&staff)?;
    if let Some(span) = Span::of(&wanted.span) {
        return Ok(Html(board::page(&web, &staff, only, span).await?));
    }
    let today = web.desk.today(only).await?;
    let now = crate::domain::time::zone::local(&web.desk.config.timezone, web.desk.clock.now());
    let page = Page {
        frame: Frame::of(&web, &staff, At::Figures).await?,
        days: 0,
        all: today.all(),
        hours: hours(&today),
        ages: ages(&today),
        bureaus: today.bureaus,
        at: now.strftime("%-m月%-d日 %H:%M").to_string(),
    };
    Ok(Html(page.render()?))
}

/// What is now, in large figures.
pub fn now(all: &Day) -> Vec<Figure> {
    let figure = |name, count: usize| Figure {
        name,
        now: count.to_string(),
        before: None,
        formula: "",
    };
    vec![
        figure("现在超时", all.late),
        figure("等人认领", all.waiting),
        figure("在办", all.claimed),
        figure("今天提问", all.asked),
        figure("清单答了", all.by_list),
        figure("转人工", all.handed),
    ]
}

/// How many were asked in each hour of today.
pub fn hours(today: &Today) -> Bars {
    let row = |(hour, asked): (usize, usize)| {
        let foot = (hour % 3 == 0).then(|| hour.to_string());
        (
            format!("{hour} 时"),
            foot,
            Some(i64::try_from(asked).unwrap_or(i64::MAX)),
            false,
        )
    };
    let all: usize = today.hours.iter().sum();
    let said = format!("今天问了 {all} 个，各小时的见下表");
    charts::bars(
        said,
        ["时", "提问"],
        today.hours.iter().copied().enumerate().map(row).collect(),
    )
}

/// How long those wait that nobody has answered.
pub fn ages(today: &Today) -> Bars {
    const NAMES: [&str; 5] = ["10 分内", "半小时内", "2 小时内", "1 天内", "更久"];
    let row = |(place, count): (usize, usize)| {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        (
            NAMES[place].to_owned(),
            Some(NAMES[place].to_owned()),
            Some(count),
            place >= 3,
        )
    };
    let all: usize = today.ages.iter().sum();
    let said = format!("等答复的 {all} 个，从提问起等了多久见下表");
    charts::bars(
        said,
        ["等了", "问题"],
        today.ages.iter().copied().enumerate().map(row).collect(),
    )
}
