//! 清单, 候选 and 公众号 for other programs.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Caller;
use crate::domain::roster::rights::Right;
use crate::domain::wording::{Band, Explained};
use crate::web::Web;
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

/// 要找什么
#[derive(Deserialize, IntoParams)]
pub struct Search {
    /// 像提问人那样写的一句话；不写就列出全部条目
    #[serde(default)]
    q: String,
}

/// 一条
#[derive(Serialize, ToSchema)]
pub struct Line {
    no: u32,
    question: String,
    topic: String,
    /// 有多像，百分数；只在找的时候有
    percent: Option<u32>,
}

/// 机器人会怎么办
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Would {
    /// 直接答
    Answer,
    /// 给提问人选
    Offer,
    /// 转人工
    HandOver,
}

/// 清单，或找到的
#[derive(Serialize, ToSchema)]
pub struct List {
    /// 机器人听到 q 会怎么办；没写 q 就没有
    would: Option<Would>,
    /// 有多大把握、要多大把握才直接答，百分数
    percent: Option<u32>,
    needed: Option<u32>,
    /// 找的时候，最像的在前
    entries: Vec<Line>,
}

/// 清单的全部条目；写了 q，就是机器人听到这句话会怎么办、哪几条最像。
#[utoipa::path(get, path = "/api/v1/list", tag = "清单", params(Search), responses((status = 200, body = List)))]
pub async fn list(
    State(web): State<Arc<Web>>,
    Caller(_): Caller,
    Query(Search { q }): Query<Search>,
) -> Result<Json<List>, Failure> {
    let served = web.desk.faq();
    let entries = served.faq().entries();
    let topic = |no: u32| {
        entries
            .iter()
            .find(|entry| entry.no == no)
            .map_or("", |entry| entry.topic.as_str())
    };
    let found: Option<Explained> = match q.trim() {
        "" => None,
        words => web.desk.explain(words).await?,
    };
    let mut list = List {
        would: None,
        percent: None,
        needed: None,
        entries: Vec::new(),
    };
    if let Some(found) = found {
        list.would = Some(match found.band {
            Band::Sure => Would::Answer,
            Band::Unsure => Would::Offer,
            Band::Unknown => Would::HandOver,
        });
        (list.percent, list.needed) = (Some(found.percent), Some(found.needed));
        let lines = found.entries.into_iter().map(|entry| Line {
            topic: topic(entry.no).to_owned(),
            no: entry.no,
            question: entry.question,
            percent: Some(entry.percent),
        });
        list.entries = lines.collect();
    } else if q.trim().is_empty() {
        let line = |entry: &crate::faq::Entry| Line {
            no: entry.no,
            question: entry.question.clone(),
            topic: entry.topic.clone(),
            percent: None,
        };
        list.entries = entries.iter().map(line).collect();
        list.entries.sort_unstable_by_key(|line| line.no);
    }
    Ok(Json(list))
}

/// 批准过的一版
#[derive(Serialize, ToSchema)]
pub struct Revision {
    revision: i64,
    approved_by: String,
    /// 哪一天，2026-11-01
    on: String,
}

/// 一条的全部
#[derive(Serialize, ToSchema)]
pub struct Entry {
    no: u32,
    question: String,
    topic: String,
    /// 现在说的是第几版；撤下的没有
    revision: Option<i64>,
    /// 在市局的群里会这样说，一段一段
    said: Vec<String>,
    /// 暂停着：为什么
    frozen: Option<String>,
    revisions: Vec<Revision>,
}

/// 一条：会怎么说，改过几版，停没停。
#[utoipa::path(get, path = "/api/v1/list/{no}", tag = "清单", params(("no" = u32, Path, description = "第几条")), responses((status = 200, body = Entry)))]
pub async fn entry(
    State(web): State<Arc<Web>>,
    Caller(_): Caller,
    Path(no): Path<u32>,
) -> Result<Json<Entry>, Failure> {
    const NONE: Failure = Failure::Refused(axum::http::StatusCode::NOT_FOUND, "清单里没有这一条。请核对条号。");
    let page = web.desk.entry_page(no).await?.ok_or(NONE)?;
    let revisions = page.revisions.into_iter().map(|(revision, approved_by, on)| Revision {
        revision,
        approved_by,
        on: on.to_string(),
    });
    Ok(Json(Entry {
        no,
        question: page.entry.question,
        topic: page.entry.topic,
        revision: page.revision,
        said: page.said,
        frozen: page.frozen.map(|(why, _)| why),
        revisions: revisions.collect(),
    }))
}

/// 问得多、清单里还没有的
#[derive(Serialize, ToSchema)]
pub struct Candidate {
    id: i64,
    words: String,
    /// 这一段时间有几个人问，上一段有几个
    askers: usize,
    askers_before: usize,
    bureaus: Vec<String>,
    /// 已经怎样了；还在等的没有
    standing: Option<String>,
}

/// 候选，问的人多的在前。只有市局编辑和审批能看。
#[utoipa::path(get, path = "/api/v1/candidates", tag = "清单", params(Search), responses((status = 200, body = Vec<Candidate>)))]
pub async fn candidates(
    State(web): State<Arc<Web>>,
    Caller(staff): Caller,
    Query(Search { q }): Query<Search>,
) -> Result<Json<Vec<Candidate>>, Failure> {
    keeper(&staff)?;
    let found = web.desk.candidates(&q).await?;
    let rows = found.rows.into_iter().map(|row| Candidate {
        id: row.line.id,
        words: row.line.title.as_str().to_owned(),
        askers: row.line.askers,
        askers_before: row.line.askers_before,
        bureaus: row.line.bureaus,
        standing: row.standing,
    });
    Ok(Json(rows.collect()))
}

/// 一期在公众号的一份草稿
#[derive(Serialize, ToSchema)]
pub struct Publication {
    /// 第几期、第几份
    edition: u32,
    part: u32,
    name: String,
    /// 到哪一步了，一句话
    standing: String,
    /// 卡在哪里；没有就是空的
    trouble: String,
    articles: Vec<String>,
}

/// 公众号：每一期的草稿到哪一步了。只有市局编辑和审批能看。
#[utoipa::path(get, path = "/api/v1/publications", tag = "清单", responses((status = 200, body = Vec<Publication>)))]
pub async fn publications(
    State(web): State<Arc<Web>>,
    Caller(staff): Caller,
) -> Result<Json<Vec<Publication>>, Failure> {
    keeper(&staff)?;
    let all = web.desk.db.read().await?.publications().await?;
    let one = all.into_iter().map(|one| Publication {
        edition: one.edition,
        part: one.part,
        name: one.name(),
        standing: one.state.chinese().to_owned(),
        articles: one.articles.iter().map(|article| article.title.clone()).collect(),
        trouble: one.trouble,
    });
    Ok(Json(one.collect()))
}

fn keeper(staff: &Staff) -> Result<(), Failure> {
    match staff.may(Right::Curate, staff.person.bureau) {
        true => Ok(()),
        false => Err(Failure::unfit("清单由市局编辑和审批来管。")),
    }
}
