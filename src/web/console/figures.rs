//! 数字: today's figures by bureau, and by hour, for those who keep a bureau or supervise the city.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::frame::{At, Frame};
use super::staff::Staff;
use crate::desk::{Day, Today};
use crate::domain::roster::people::Role;
use crate::domain::roster::rights::Right;
use crate::web::Web;
use crate::web::failure::Failure;

/// An hour of the day as its bar is drawn.
struct Bar {
    hour: usize,
    asked: usize,
    /// Of 100.
    height: usize,
}

#[derive(Template)]
#[template(path = "figures.html")]
struct Page {
    frame: Frame,
    all: Day,
    bureaus: Vec<Day>,
    bars: Vec<Bar>,
    at: String,
}

/// `GET /staff/figures`
pub async fn page(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    let own = staff.person.bureau;
    let city = staff.person.has(Role::Supervisor) || staff.person.has(Role::Admin);
    if !city && !staff.may(Right::Keep, own) {
        return Err(Failure::unfit("数字给单位管理员和督导看。"));
    }
    let today = web.desk.today((!city).then_some(own)).await?;
    let now = crate::domain::time::zone::local(&web.desk.config.timezone, web.desk.clock.now());
    let page = Page {
        frame: Frame::of(&web, &staff, At::Figures).await?,
        all: today.all(),
        bars: bars(&today),
        bureaus: today.bureaus,
        at: now.strftime("%-m月%-d日 %H:%M").to_string(),
    };
    Ok(Html(page.render()?))
}

fn bars(today: &Today) -> Vec<Bar> {
    let most = today.hours.iter().copied().max().unwrap_or_default().max(1);
    let bar = |(hour, asked): (usize, usize)| Bar {
        hour,
        asked,
        height: asked * 100 / most,
    };
    today.hours.iter().copied().enumerate().map(bar).collect()
}
