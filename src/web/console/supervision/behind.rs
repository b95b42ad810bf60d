//! What stands behind a figure: the numbers of its questions.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Response};

use super::{Asked, Chooser, days, figures, scope, who, within};
use crate::domain::supervision::figures::Whom;
use crate::domain::supervision::measures::Measure;
use crate::domain::time::zone;
use crate::web::Web;
use crate::web::console::frame::{At, Frame};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

#[derive(Template)]
#[template(path = "behind.html")]
struct Page {
    frame: Frame,
    chooser: Chooser,
    measure: &'static Measure,
    name: String,
    value: String,
    count: u64,
    /// Number, and when it was asked.
    questions: Vec<(i64, String)>,
    more: bool,
    back: String,
}

/// `GET /staff/figures/behind?month=2026-11&bureau=3&measure=claim-late`
pub async fn page(State(web): State<Arc<Web>>, Query(asked): Query<Asked>, staff: Staff) -> Result<Response, Failure> {
    let scope = scope(&staff)?;
    let measure = Measure::of_key(&asked.measure).ok_or_else(Failure::nothing)?;
    let fact = measure.opens().ok_or_else(Failure::nothing)?;
    let (period, chooser) = asked.period(&web);
    let figures = match figures(&web, &staff, period).await? {
        Ok(figures) => figures,
        Err(reading) => return Ok(reading),
    };
    let whom = asked.whom();
    if !within(scope, &figures, whom) {
        return Err(Failure::nothing());
    }
    let (questions, more) = web.desk.questions_behind(period, whom, fact).await?;
    let zone = &web.desk.config.timezone;
    let asked_at = |at| zone::local(zone, at).strftime("%-m月%-d日 %H:%M").to_string();
    let period = days(period);
    let page = Page {
        frame: Frame::of(&web, &staff, At::Figures).await?,
        chooser,
        measure,
        name: figures.names.name_of(whom).unwrap_or("全市").to_owned(),
        value: figures.value(measure, whom).said(),
        count: figures.cell(whom).map_or(0, |cell| cell.count(fact)),
        questions: questions
            .iter()
            .map(|course| (course.id.0, asked_at(course.asked)))
            .collect(),
        more,
        back: match whom {
            Whom::City => format!("/staff/figures/period?{period}"),
            Whom::Bureau(_) | Whom::Office(_) | Whom::Helper(_) => format!("/staff/figures/one?{period}{}", who(whom)),
        },
    };
    Ok(Html(page.render()?).into_response())
}
