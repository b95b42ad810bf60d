//! 数字 on a wall: one thing a page, large, which turns to the next by itself.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;

use super::board::{self, Figure};
use super::charts::{Bars, Heat, Lines};
use super::figures;
use super::frame::{At, Frame};
use super::staff::Staff;
use crate::domain::time::zone;
use crate::web::Web;
use crate::web::failure::Failure;

/// So long a page stays, s.
const STAYS: u32 = 20;
/// So many there are.
const PAGES: usize = 5;

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    page: usize,
    /// It does not turn.
    #[serde(default)]
    stay: u8,
}

#[derive(Template)]
#[template(path = "wall.html")]
struct Page {
    frame: Frame,
    title: &'static str,
    at: String,
    number: usize,
    pages: usize,
    next: usize,
    stays: u32,
    turns: bool,
    figures: Vec<Figure>,
    bars: Option<Bars>,
    lines: Option<Lines>,
    heat: Option<Heat>,
}

/// `GET /staff/figures/wall`
pub async fn page(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    let only = figures::whose(&staff)?;
    let number = wanted.page % PAGES;
    let now = zone::local(&web.desk.config.timezone, web.desk.clock.now());
    let mut page = Page {
        frame: Frame::of(&web, &staff, At::Figures).await?,
        title: "",
        at: now.strftime("%-m月%-d日 %H:%M").to_string(),
        number: number + 1,
        pages: PAGES,
        next: (number + 1) % PAGES,
        stays: STAYS,
        turns: wanted.stay == 0,
        figures: Vec::new(),
        bars: None,
        lines: None,
        heat: None,
    };
    match number {
        0 => {
            let today = web.desk.today(only).await?;
            (page.title, page.figures) = ("今天", figures::now(&today.all()));
            page.bars = Some(figures::ages(&today));
        }
        1 => (page.title, page.bars) = ("今天各小时的提问", Some(figures::hours(&web.desk.today(only).await?))),
        2 => {
            let board = web.desk.board(only, 30).await?;
            (page.title, page.figures) = ("近 30 天", board::figures(&board));
            page.bars = Some(board::trend(&board));
        }
        3 => {
            let board = web.desk.board(only, 30).await?;
            (page.title, page.lines) = ("近 30 天答得怎样", Some(board::quality(&board)));
        }
        _ => (page.title, page.heat) = ("一周的忙闲和值班", board::heat(&web, only).await?),
    }
    Ok(Html(page.render()?))
}
