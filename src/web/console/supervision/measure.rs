//! One measure over all bureaus: a share as a ranking that is fair to small ones, anything else as it is.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse as _, Response};

use super::{Asked, Chooser, behind, days, figures, scope};
use crate::domain::roster::people::BureauId;
use crate::domain::supervision::figures::{Figures, Whom};
use crate::domain::supervision::measures::{Better, Measure, Value, percent};
use crate::domain::supervision::ranking::{LEAST, Placed, SAID};
use crate::web::Web;
use crate::web::console::frame::{At, Frame};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

/// A bureau's line.
struct Place {
    /// 1, 2, … or why it has none.
    place: String,
    name: String,
    href: String,
    value: String,
    parts: String,
    interval: String,
    adjusted: String,
    behind: Option<String>,
    /// Of 100, for the bar.
    bar: u64,
}

#[derive(Template)]
#[template(path = "measure.html")]
struct Page {
    frame: Frame,
    chooser: Chooser,
    measure: &'static Measure,
    causes: String,
    city: String,
    /// How the order is made; none where there is none.
    how: Option<&'static str>,
    /// What the order is drawn toward.
    mean: Option<String>,
    /// Chance alone makes the differences.
    chance: bool,
    places: Vec<Place>,
    back: String,
}

/// `GET /staff/figures/measure?month=2026-11&measure=in-time`
pub async fn page(State(web): State<Arc<Web>>, Query(asked): Query<Asked>, staff: Staff) -> Result<Response, Failure> {
    let scope = scope(&staff)?;
    let measure = Measure::of_key(&asked.measure).ok_or_else(Failure::nothing)?;
    let (period, chooser) = asked.period(&web);
    let figures = match figures(&web, &staff, period).await? {
        Ok(figures) => figures,
        Err(reading) => return Ok(reading),
    };
    let ranking = match measure.better {
        Better::Neither => None,
        Better::More => figures.ranking(measure, true),
        Better::Less => figures.ranking(measure, false),
    };
    let mine = |bureau: BureauId| scope.is_none_or(|own| own == bureau);
    let places: Vec<Place> = match &ranking {
        Some(ranking) => {
            let placed = ranking.placed.iter().filter(|placed| mine(placed.who));
            placed.map(|placed| ranked(&figures, measure, placed)).collect()
        }
        None => {
            let bureaus = figures.bureaus().filter(|bureau| mine(bureau.id));
            bureaus.map(|bureau| plain(&figures, measure, bureau.id)).collect()
        }
    };
    let causes: Vec<&str> = measure.causes.iter().map(|cause| cause.word()).collect();
    let page = Page {
        frame: Frame::of(&web, &staff, At::Figures).await?,
        chooser,
        measure,
        causes: causes.join("、"),
        city: figures.value(measure, Whom::City).said(),
        how: ranking.as_ref().map(|_| SAID),
        mean: ranking.as_ref().and_then(|ranking| ranking.mean).map(percent),
        chance: ranking
            .as_ref()
            .is_some_and(|ranking| ranking.mean.is_some() && ranking.weight.is_none()),
        places,
        back: format!("/staff/figures/period?{}", days(period)),
    };
    Ok(Html(page.render()?).into_response())
}

fn ranked(figures: &Figures, measure: &'static Measure, placed: &Placed<BureauId>) -> Place {
    let few = || match placed.whole {
        0 => "没有".to_owned(),
        _ => format!("不足 {LEAST}，只列"),
    };
    Place {
        place: placed.place.map_or_else(few, |place| place.to_string()),
        interval: placed
            .interval
            .map_or_else(String::new, |(low, high)| format!("{}–{}", percent(low), percent(high))),
        adjusted: placed.adjusted.map_or_else(String::new, percent),
        ..plain(figures, measure, placed.who)
    }
}

fn plain(figures: &Figures, measure: &'static Measure, bureau: BureauId) -> Place {
    let whom = Whom::Bureau(bureau);
    let value = figures.value(measure, whom);
    let bar = match value {
        Value::Share(part, whole) => part * 100 / whole,
        Value::Nothing | Value::Count(_) | Value::Time(_) => 0,
    };
    Place {
        place: String::new(),
        name: figures.names.name_of(whom).unwrap_or_default().to_owned(),
        href: format!("/staff/figures/one?{}&bureau={}", days(figures.period), bureau.0),
        value: value.said(),
        parts: value.parts().unwrap_or_default(),
        interval: String::new(),
        adjusted: String::new(),
        behind: behind(figures, measure, whom),
        bar,
    }
}
