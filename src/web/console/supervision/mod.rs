//! 数字, over a period: the measures of the city, of each bureau, office and helper, what stands behind them, and who does
//! better.

mod behind;
mod bulletin;
mod measure;
mod one;
mod overview;
mod reported;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::REFRESH;
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::frame::{At, Frame};
use super::staff::Staff;
use crate::domain::roster::people::{BureauId, OfficeId, PersonId, Role};
use crate::domain::roster::rights::Right;
use crate::domain::supervision::figures::{Figures, Whom};
use crate::domain::supervision::measures::{MEASURES, Measure};
use crate::domain::supervision::period::{NoPeriod, Period};
use crate::domain::supervision::ranking::wilson;
use crate::web::Web;
use crate::web::failure::Failure;

/// The pages over a period.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/staff/figures/period", get(overview::page))
        .route("/staff/figures/one", get(one::page))
        .route("/staff/figures/measure", get(measure::page))
        .route("/staff/figures/behind", get(behind::page))
        .route(
            "/staff/figures/reported",
            get(reported::page).merge(post(reported::hand_in).layer(DefaultBodyLimit::max(reported::LIMIT))),
        )
        .route("/staff/figures/bulletins", get(bulletin::list).post(bulletin::draft))
        .route(
            "/staff/figures/bulletin",
            get(bulletin::page).merge(post(bulletin::act).layer(DefaultBodyLimit::max(bulletin::LIMIT))),
        )
        .route("/staff/figures/bulletin.docx", get(bulletin::as_document))
        .route("/staff/figures/bulletin.xlsx", get(bulletin::as_workbook))
        .route("/staff/figures/reported/table.csv", get(reported::as_csv))
        .route("/staff/figures/reported/table.xlsx", get(reported::as_workbook))
}

/// Which figures are looked at, as an address says it.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// 2026-11
    #[serde(default)]
    month: String,
    /// 2026-11-01, where it is no month.
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    /// Of one bureau, office or helper.
    bureau: Option<i64>,
    office: Option<i64>,
    helper: Option<i64>,
    /// Which measure.
    #[serde(default)]
    measure: String,
}

/// A period to choose, on a page.
#[derive(Debug)]
struct Chooser {
    month: String,
    from: String,
    to: String,
    said: String,
    /// Why what was asked for is no period.
    wrong: Option<&'static str>,
}

impl Asked {
    /// The period that is asked for; this month where none is, or what is asked for is none.
    fn period(&self, web: &Web) -> (Period, Chooser) {
        let asked = self.read(web);
        let wrong = asked.err().map(|why| match why {
            NoPeriod::Unreadable => "日期没看懂，先看本月。月份写成 2026-11，日期写成 2026-11-01，两个日期都要写。",
            NoPeriod::Backwards => "结束的日期在开始之前，先看本月。",
            NoPeriod::TooLong => "一次最多看 800 天，先看本月。",
        });
        let period = asked.unwrap_or_else(|_| this_month(web));
        let month = period.whole_month();
        let days = |day: jiff::civil::Date| {
            if month.is_some() {
                String::new()
            } else {
                day.to_string()
            }
        };
        let chooser = Chooser {
            from: days(period.first()),
            to: days(period.last()),
            month: month.clone().unwrap_or_default(),
            said: period.said(),
            wrong,
        };
        (period, chooser)
    }

    /// The period that is asked for; this month where none is.
    pub fn read(&self, web: &Web) -> Result<Period, NoPeriod> {
        match (self.from.is_empty() && self.to.is_empty(), self.month.is_empty()) {
            (false, _) => Period::read(&self.from, &self.to),
            (true, false) => Period::month(&self.month),
            (true, true) => Ok(this_month(web)),
        }
    }

    /// Whose figures are asked for: the narrowest that is named, or the city.
    pub fn whom(&self) -> Whom {
        let bureau = self.bureau.map(|id| Whom::Bureau(BureauId(id)));
        let office = self.office.map(|id| Whom::Office(OfficeId(id)));
        let helper = self.helper.map(|id| Whom::Helper(PersonId(id)));
        helper.or(office).or(bureau).unwrap_or(Whom::City)
    }
}

fn this_month(web: &Web) -> Period {
    Period::month_of(web.desk.day(web.desk.clock.now()))
}

/// The part of an address that says which period.
fn days(period: Period) -> String {
    match period.whole_month() {
        Some(month) => format!("month={month}"),
        None => format!("from={}&to={}", period.first(), period.last()),
    }
}

/// The part of an address that says whose figures.
fn who(whom: Whom) -> String {
    match whom {
        Whom::City => String::new(),
        Whom::Bureau(id) => format!("&bureau={}", id.0),
        Whom::Office(id) => format!("&office={}", id.0),
        Whom::Helper(id) => format!("&helper={}", id.0),
    }
}

/// Whose figures somebody may see: all, or those of their bureau.
pub fn scope(staff: &Staff) -> Result<Option<BureauId>, Failure> {
    let own = staff.person.bureau;
    if staff.person.has(Role::Supervisor) || staff.person.has(Role::Admin) {
        Ok(None)
    } else if staff.may(Right::Keep, own) {
        Ok(Some(own))
    } else {
        Err(Failure::unfit("数字给单位管理员和督导看。"))
    }
}

/// Whether somebody who may see `scope` may see these figures.
pub fn within(scope: Option<BureauId>, figures: &Figures, whom: Whom) -> bool {
    scope.is_none_or(|own| figures.names.bureau_of(whom) == Some(own))
}

#[derive(Template)]
#[template(path = "figures-read.html")]
struct ReadPage {
    frame: Frame,
    read: i64,
    all: i64,
}

/// The figures of a period; a page that says how far it is, where the histories are still being read.
async fn figures(web: &Web, staff: &Staff, period: Period) -> Result<Result<Figures, Response>, Failure> {
    if let Some(reading) = web.desk.catch_up().await? {
        let page = ReadPage {
            frame: Frame::of(web, staff, At::Figures).await?,
            read: reading.read,
            all: reading.all.max(reading.read).max(1),
        };
        return Ok(Err(([(REFRESH, "2")], Html(page.render()?)).into_response()));
    }
    Ok(Ok(web.desk.figures(period).await?))
}

/// A measure with its value, as a page shows it.
#[derive(Debug)]
struct Line {
    name: &'static str,
    unit: &'static str,
    formula: &'static str,
    causes: String,
    value: String,
    /// Of a share: 5/6, and its interval.
    parts: Option<String>,
    /// Where its questions are.
    behind: Option<String>,
    /// Where the bureaus are compared.
    compare: Option<String>,
}

/// Every measure of somebody.
fn lines(figures: &Figures, whom: Whom, compare: bool) -> Vec<Line> {
    MEASURES
        .iter()
        .map(|measure| line(figures, measure, whom, compare))
        .collect()
}

fn line(figures: &Figures, measure: &'static Measure, whom: Whom, compare: bool) -> Line {
    let value = figures.value(measure, whom);
    let period = days(figures.period);
    let causes: Vec<&str> = measure.causes.iter().map(|cause| cause.word()).collect();
    Line {
        name: measure.name,
        unit: if value.number().is_some() && measure.unit != "%" {
            measure.unit
        } else {
            ""
        },
        formula: measure.formula,
        causes: causes.join("、"),
        value: value.said(),
        parts: parts(value),
        behind: behind(figures, measure, whom),
        compare: compare.then(|| format!("/staff/figures/measure?{period}&measure={}", measure.key)),
    }
}

fn parts(value: crate::domain::supervision::measures::Value) -> Option<String> {
    use crate::domain::supervision::measures::{Value, percent};
    let Value::Share(part, whole) = value else { return None };
    let (low, high) = wilson(part, whole)?;
    Some(format!("{part}/{whole}，95 % 区间 {}–{}", percent(low), percent(high)))
}

/// Where the questions of a figure are, if there are any.
fn behind(figures: &Figures, measure: &Measure, whom: Whom) -> Option<String> {
    let fact = measure.opens()?;
    let some = figures.cell(whom).is_some_and(|cell| cell.count(fact) > 0);
    let period = days(figures.period);
    some.then(|| format!("/staff/figures/behind?{period}{}&measure={}", who(whom), measure.key))
}

/// A cell of a table.
#[derive(Debug)]
struct Shown {
    value: String,
    /// What it is of.
    parts: Option<String>,
    behind: Option<String>,
}

/// A row of a table.
#[derive(Debug)]
struct TableRow {
    name: String,
    /// Where it opens.
    href: Option<String>,
    gone: bool,
    cells: Vec<Shown>,
}

fn cells(figures: &Figures, keys: &[&str], whom: Whom) -> Vec<Shown> {
    let measures = keys.iter().filter_map(|key| Measure::of_key(key));
    let shown = |measure: &'static Measure| {
        let value = figures.value(measure, whom);
        Shown {
            value: value.said(),
            parts: value.parts(),
            behind: behind(figures, measure, whom),
        }
    };
    measures.map(shown).collect()
}

/// What stands over the columns: name and unit.
fn heads(keys: &[&str]) -> Vec<(&'static str, &'static str)> {
    let measures = keys.iter().filter_map(|key| Measure::of_key(key));
    measures.map(|measure| (measure.name, measure.unit)).collect()
}
