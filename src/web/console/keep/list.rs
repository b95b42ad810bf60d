//! 清单: words tried against the list, its entries by topic, and what must be looked after.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{Html, Response};
use serde::Deserialize;

use super::candidates::did;
use super::wanted::{Subject, Wanted};
use crate::desk::curating::Upkeep;
use crate::desk::list::issue;
use crate::domain::list::draft::DraftId;
use crate::domain::wording::{self, Band, Explained};
use crate::faq::check;
use crate::web::Web;
use crate::web::console::answered::Said;
use crate::web::console::frame::{At, Frame};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

/// A topic with its entries: number, question.
type Topic = (String, Vec<(u32, String)>);

/// What words lead to.
struct Hit {
    explained: Explained,
    band: &'static str,
    /// Why, in lines.
    why: String,
}

#[derive(Template)]
#[template(path = "staff-list.html")]
struct Page {
    frame: Frame,
    said: Said,
    keeps: bool,
    q: String,
    hit: Option<Hit>,
    drafts: Vec<(DraftId, String, String)>,
    upkeep: Option<Upkeep>,
    topics: Vec<Topic>,
    all: usize,
    show: String,
    /// Kinds of enterprise, each with business and 有、填、缺 for each aspect.
    coverage: Vec<(&'static str, Vec<(&'static str, String)>)>,
    twice: Vec<String>,
    /// Placeholders nobody has filled in, with the entries that use them.
    unfilled: Vec<(String, Vec<u32>)>,
}

/// What is looked for.
#[derive(Default, Deserialize)]
pub struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    show: String,
}

/// `GET /staff/list`
pub async fn page(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(search): Query<Search>,
) -> Result<Html<String>, Failure> {
    whole(&web, &staff, Said::default(), search).await
}

/// `POST /staff/list`: begins an entry, fills a placeholder.
pub async fn act(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let wanted = Wanted::of(&pairs);
    let show = if wanted.act == "fill" { "fill" } else { "" };
    let (said, to) = did(&web, &staff, &wanted, Subject::List).await?;
    if let Some(to) = to {
        return Ok(to);
    }
    let search = Search {
        q: String::new(),
        show: show.to_owned(),
    };
    let page = whole(&web, &staff, said.clone(), search).await?;
    Ok(super::answer(&said, page))
}

/// The page, which says what came of a table that was sent.
pub(super) async fn told(web: &Web, staff: &Staff, said: Said) -> Result<Html<String>, Failure> {
    whole(web, staff, said, Search::default()).await
}

async fn whole(web: &Web, staff: &Staff, said: Said, Search { q, show }: Search) -> Result<Html<String>, Failure> {
    let keeps = super::keeps(staff);
    let hit = match q.trim() {
        "" => None,
        words => web.desk.explain(words).await?.map(hit),
    };
    let plain = hit.is_none() && show.is_empty();
    let served = web.desk.faq();
    let page = Page {
        frame: Frame::of(web, staff, At::List).await?,
        said,
        drafts: match keeps && plain {
            true => web.desk.open_drafts().await?,
            false => Vec::new(),
        },
        upkeep: match keeps && plain {
            true => Some(web.desk.upkeep().await?),
            false => None,
        },
        topics: if plain { topics(&served) } else { Vec::new() },
        all: served.faq().entries().len(),
        coverage: if keeps && show == "coverage" {
            coverage(&served)
        } else {
            Vec::new()
        },
        twice: match keeps && show == "twice" {
            true => twice(web).await?,
            false => Vec::new(),
        },
        unfilled: match keeps && show == "fill" {
            true => unfilled(web).await?,
            false => Vec::new(),
        },
        keeps,
        q,
        hit,
        show,
    };
    Ok(Html(page.render()?))
}

fn hit(explained: Explained) -> Hit {
    let said = wording::explained(&explained).words();
    // The first line repeats the words and the band, which stand above it.
    let why = said
        .split_once("起直接答）\n")
        .map_or(said.clone(), |(_, why)| why.to_owned());
    Hit {
        band: match explained.band {
            Band::Sure => "直接答",
            Band::Unsure => "给提问人选",
            Band::Unknown => "转人工",
        },
        why,
        explained,
    }
}

fn topics(served: &crate::desk::Served) -> Vec<Topic> {
    let mut topics: Vec<Topic> = Vec::new();
    for entry in served.faq().entries() {
        let topic = if entry.topic.is_empty() { "其他" } else { &entry.topic };
        let line = (entry.no, entry.question.clone());
        match topics.iter_mut().find(|(known, _)| known == topic) {
            Some((_, lines)) => lines.push(line),
            None => topics.push((topic.to_owned(), vec![line])),
        }
    }
    for (_, lines) in &mut topics {
        lines.sort_unstable_by_key(|(no, _)| *no);
    }
    topics
}

fn coverage(served: &crate::desk::Served) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let coverage = check::coverage(served.faq().entries());
    let columns = coverage.columns();
    let row = |(kind, cells): (&'static str, Vec<Option<String>>)| {
        let cells = columns.into_iter().zip(cells);
        (
            kind,
            cells.filter_map(|(business, cell)| Some((business, cell?))).collect(),
        )
    };
    coverage.rows().map(row).collect()
}

/// What stands twice, or as good as twice.
async fn twice(web: &Web) -> Result<Vec<String>, Failure> {
    let lexicon = web.desk.db.read().await?.served_lexicon().await?;
    let served = web.desk.faq();
    let found = tokio::task::spawn_blocking(move || {
        let found = check::twice(served.faq().entries(), &lexicon).into_iter();
        let said = |finding: check::Finding| {
            let no = served.faq().entry(&finding.entry).map_or(0, |entry| entry.no);
            format!("第 {no:03} 条：{}", finding.message)
        };
        found.map(said).collect::<Vec<String>>()
    });
    found.await.map_err(|panic| Failure::Inside(panic.to_string()))
}

async fn unfilled(web: &Web) -> Result<Vec<(String, Vec<u32>)>, Failure> {
    let mut tx = web.desk.db.read().await?;
    let lacking = issue::unfilled(&mut tx, &web.desk.config, web.desk.clock.now()).await?;
    let mut names: Vec<(String, Vec<u32>)> = Vec::new();
    for lacks in lacking {
        for name in lacks.names {
            match names.iter_mut().find(|(known, _)| *known == name) {
                Some((_, entries)) => entries.push(lacks.no),
                None => names.push((name, vec![lacks.no])),
            }
        }
    }
    Ok(names)
}
