//! 候选: what is asked often and not in the list, and one of it with all that is needed to decide.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::{Html, Response};
use serde::Deserialize;

use super::spark::{Spark, spark};
use super::wanted::{Subject, Wanted};
use super::words;
use crate::desk::curating::{Alike, CandidatePage, CandidateRow};
use crate::domain::list::candidate::Reason;
use crate::domain::wording::DisputeLine;
use crate::web::Web;
use crate::web::console::answered::Said;
use crate::web::console::frame::{At, Frame};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

/// A candidate's line.
struct Row {
    row: CandidateRow,
    spark: Spark,
    trend: String,
}

#[derive(Template)]
#[template(path = "candidates.html")]
struct Page {
    frame: Frame,
    said: Said,
    q: String,
    rows: Vec<Row>,
    more: usize,
    alike: Vec<Vec<Alike>>,
    disputes: Vec<DisputeLine>,
    /// What can be learnt from the groups: drafts of lines.
    lessons: Vec<(i64, String)>,
}

/// What helpers replied, and where it contradicts another.
struct Reply {
    question: String,
    words: String,
    /// What about, and what this one says.
    against: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "candidate.html")]
struct One {
    frame: Frame,
    said: Said,
    page: CandidatePage,
    spark: Spark,
    trend: String,
    reasons: Vec<String>,
    replies: Vec<Reply>,
    /// What was written and not taken.
    kept: String,
}

/// What is looked for.
#[derive(Default, Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
}

/// `GET /staff/candidates`
pub async fn page(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(search): Query<Search>,
) -> Result<Html<String>, Failure> {
    all(&web, &staff, Said::default(), search.q).await
}

/// `POST /staff/candidates`: puts some together, settles a dispute.
pub async fn act(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let (said, to) = did(&web, &staff, &Wanted::of(&pairs), Subject::List).await?;
    match to {
        Some(to) => Ok(to),
        None => {
            let page = all(&web, &staff, said.clone(), String::new()).await?;
            Ok(super::answer(&said, page))
        }
    }
}

/// `GET /staff/candidates/{id}`
pub async fn one(State(web): State<Arc<Web>>, staff: Staff, Path(id): Path<i64>) -> Result<Html<String>, Failure> {
    single(&web, &staff, id, Said::default(), String::new()).await
}

/// `POST /staff/candidates/{id}`
pub async fn act_on(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<i64>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let wanted = Wanted::of(&pairs);
    let (said, to) = did(&web, &staff, &wanted, Subject::Candidate(id)).await?;
    if let Some(to) = to {
        return Ok(to);
    }
    let kept = if said.refused { wanted.written() } else { String::new() };
    let page = single(&web, &staff, id, said.clone(), kept).await?;
    Ok(super::answer(&said, page))
}

/// Does what a form wants; with the page it leads to where that is another one.
pub async fn did(
    web: &Web,
    staff: &Staff,
    wanted: &Wanted,
    subject: Subject,
) -> Result<(Said, Option<Response>), Failure> {
    Ok(match wanted.act(subject) {
        Ok(act) => {
            let (came, to) = super::done(web, staff, wanted.version, &act).await?;
            (words::said(&came), to)
        }
        Err(why) => (Said::refused(why), None),
    })
}

async fn all(web: &Web, staff: &Staff, said: Said, q: String) -> Result<Html<String>, Failure> {
    super::keeper(staff)?;
    let found = web.desk.candidates(&q).await?;
    let row = |row: CandidateRow| Row {
        spark: spark(&row.days),
        trend: trend(row.line.askers, row.line.askers_before),
        row,
    };
    let waits = web.desk.waits(&staff.person).await?;
    let lessons = waits.own.into_iter().filter(|draft| draft.learns);
    let page = Page {
        frame: Frame::of(web, staff, At::Candidates).await?,
        said,
        q,
        rows: found.rows.into_iter().map(row).collect(),
        more: found.more,
        alike: found.alike,
        disputes: found.disputes,
        lessons: lessons.map(|draft| (draft.id.0, draft.about)).collect(),
    };
    Ok(Html(page.render()?))
}

async fn single(web: &Web, staff: &Staff, id: i64, said: Said, kept: String) -> Result<Html<String>, Failure> {
    super::keeper(staff)?;
    let page = web.desk.candidate(id).await?.ok_or(Failure::nothing())?;
    let line = &page.view.line;
    let page = One {
        frame: Frame::of(web, staff, At::Candidates).await?,
        said,
        kept,
        spark: spark(&page.days),
        trend: trend(line.askers, line.askers_before),
        reasons: page
            .view
            .reasons
            .iter()
            .map(|(why, count)| format!("{} {count} 次", reason(*why)))
            .collect(),
        replies: replies(&page),
        page,
    };
    Ok(Html(page.render()?))
}

/// Replies beside each other, each with what it contradicts.
fn replies(page: &CandidatePage) -> Vec<Reply> {
    let reply = |(question, words): &(crate::domain::asking::question::QuestionId, String)| {
        let sides = page.disputes.iter().flat_map(|dispute| {
            [&dispute.one, &dispute.other]
                .into_iter()
                .filter(|(said_to, _)| said_to == question)
                .map(|(_, says)| (dispute.about.clone(), says.as_str().to_owned()))
        });
        Reply {
            question: question.to_string(),
            words: words.clone(),
            against: sides.collect(),
        }
    };
    page.view.replies.iter().map(reply).collect()
}

fn trend(now: usize, before: usize) -> String {
    match (before, now.cmp(&before)) {
        (0, _) => "新出现".to_owned(),
        (_, std::cmp::Ordering::Greater) => format!("比上期多 {} 人", now - before),
        (_, std::cmp::Ordering::Less) => format!("比上期少 {} 人", before - now),
        (_, std::cmp::Ordering::Equal) => "和上期一样".to_owned(),
    }
}

fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Answered => "清单已答",
        Reason::Ambiguous => "给了几个选项",
        Reason::Low => "把握不够，转人工",
        Reason::NoHit => "清单里没有，转人工",
        Reason::Expired => "条目过期或更新中",
        Reason::Unfilled => "本单位的内容没填",
    }
}
