//! 工作台: what waits for a helper, the nearest deadline first, each one press from being answered.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::frame::{At, Frame};
use super::staff::Staff;
use crate::clock::Millis;
use crate::desk::Row;
use crate::domain::asking::question::QuestionId;
use crate::domain::duty;
use crate::domain::time::calendar::LocalTime;
use crate::domain::wording;
use crate::web::Web;
use crate::web::failure::Failure;

/// Somebody waits so long unclaimed that it is said.
const UNSEEN_MS: i64 = 2 * 60_000;

/// Questions shown under one head: the most urgent.
const MOST: usize = 60;

/// A question, as its line shows it.
struct Line {
    id: QuestionId,
    version: i64,
    asker: String,
    group: String,
    words: String,
    pictures: usize,
    standing: String,
    until: Option<String>,
    late: bool,
    /// Near its deadline.
    soon: bool,
    /// For so many minutes nobody took it.
    unseen: Option<i64>,
    offered: bool,
}

/// Some questions under one head.
struct Part {
    key: &'static str,
    title: &'static str,
    /// One press takes and opens them.
    takes: bool,
    lines: Vec<Line>,
    /// How many more there are than are shown.
    more: usize,
}

#[derive(Template)]
#[template(path = "work.html")]
struct Page {
    frame: Frame,
    parts: Vec<Part>,
}

/// `GET /staff/work`
pub async fn page(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    if !staff.person.is_helper() {
        return Err(Failure::unfit("工作台给帮办员看。"));
    }
    let bench = web.desk.bench(&staff.person).await?;
    let part = |key, title, takes, rows: Vec<Row>| Part {
        key,
        title,
        takes,
        more: rows.len().saturating_sub(MOST),
        lines: rows.into_iter().take(MOST).map(|row| line(&web, row)).collect(),
    };
    let parts = vec![
        part("own", "等我答复", false, bench.own),
        part("waiting", "等人认领", true, bench.waiting),
        part("asker", "等提问人", false, bench.asker),
        part("others", "同事在办", false, bench.others),
    ];
    let frame = Frame::of(&web, &staff, At::Work).await?;
    Ok(Html(Page { frame, parts }.render()?))
}

/// A deadline, as it is said and as it is coloured: the words, whether it is over, whether it is near.
pub fn clock(web: &Web, until: Option<Millis>) -> (Option<String>, bool, bool) {
    const SOON_MS: i64 = 10 * 60_000;
    let (calendar, now) = (web.desk.calendar(), web.desk.clock.now());
    let time = LocalTime::new(&web.desk.config.timezone, &calendar);
    let left = until.map(|at| at.since(now));
    (
        until.map(|at| duty::when_said(at, now, time)),
        left.is_some_and(|left| left < 0),
        left.is_some_and(|left| (0..SOON_MS).contains(&left)),
    )
}

fn line(web: &Web, row: Row) -> Line {
    let (until, late, soon) = clock(web, row.until);
    let waited = row.unclaimed_since.map(|since| web.desk.clock.now().since(since));
    let question = row.question;
    Line {
        id: question.id,
        version: question.version,
        asker: question.asker_name.as_str().to_owned(),
        group: row.group,
        words: question.text.as_str().to_owned(),
        pictures: question.media.len(),
        standing: wording::standing(question.state.phase(), row.holder.as_deref()),
        until,
        late,
        soon,
        unseen: waited
            .filter(|waited| *waited >= UNSEEN_MS)
            .map(|waited| waited / 60_000),
        offered: row.offered,
    }
}
