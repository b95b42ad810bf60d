//! 抽查: answers of the list that were drawn, one at a time, to be judged by helpers of another bureau.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use serde::Deserialize;

use super::answered::Said;
use super::frame::{At, Frame};
use super::staff::Staff;
use crate::desk::curating::Sample;
use crate::domain::list::sample::Verdict;
use crate::web::Web;
use crate::web::failure::Failure;

#[derive(Template)]
#[template(path = "sample-judge.html")]
struct Page {
    frame: Frame,
    said: Said,
    drawn: Option<Sample>,
    many: usize,
    verdicts: [(Verdict, &'static str, &'static str); 4],
}

/// What the address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    after: Option<i64>,
}

/// What a form sends.
#[derive(Debug, Deserialize)]
pub struct Judgement {
    question: i64,
    verdict: String,
    #[serde(default)]
    why: String,
}

fn told(verdict: Verdict) -> (Verdict, &'static str, &'static str) {
    match verdict {
        Verdict::Right => (verdict, "对", "照着办能办成"),
        Verdict::Incomplete => (verdict, "不全", "没错，但还要再问"),
        Verdict::Wrong => (verdict, "错", "答非所问，或者说错了"),
        Verdict::NotAQuestion => (verdict, "不是问题", "不该应声"),
    }
}

/// `GET /staff/sample`
pub async fn page(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    shown(&web, &staff, wanted.after, Said::default()).await
}

/// `POST /staff/sample`: judges one and shows the next.
pub async fn judge(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Form(judgement): Form<Judgement>,
) -> Result<Response, Failure> {
    let said = match Verdict::read(&judgement.verdict) {
        None => Said::refused("请点对、不全、错、不是问题里的一个。"),
        Some(verdict) => {
            let Judgement { question, why, .. } = &judgement;
            let done = web
                .desk
                .judge_sample(&staff.actor(), *question, verdict, why.trim())
                .await?;
            Said::from(done)
        }
    };
    let status = match said.refused {
        true => StatusCode::CONFLICT,
        false => StatusCode::OK,
    };
    let page = shown(&web, &staff, None, said).await?;
    Ok((status, page).into_response())
}

async fn shown(web: &Web, staff: &Staff, after: Option<i64>, said: Said) -> Result<Html<String>, Failure> {
    if !staff.person.is_helper() {
        return Err(Failure::unfit("抽查由帮办员来看。"));
    }
    let (drawn, many) = web.desk.next_sample(&staff.person, after).await?;
    let page = Page {
        frame: Frame::of(web, staff, At::Sample).await?,
        said,
        drawn,
        many,
        verdicts: Verdict::ALL.map(told),
    };
    Ok(Html(page.render()?))
}
