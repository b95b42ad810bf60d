//! 草稿: a draft as its editors write it and as its approver reads it, on one page.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::marked::{self, Changed, Mark};
use super::tests::{Bar, bar};
use super::wanted::{Subject, Wanted};
use super::words;
use crate::desk::curating::{Act, Done, DraftPage, Tried};
use crate::domain::list::draft::{DraftId, DraftState};
use crate::faq::edit::{FIELDS, Field};
use crate::web::Web;
use crate::web::console::answered::Said;
use crate::web::console::frame::{At, Frame};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

/// A field of the form.
struct Written {
    word: &'static str,
    value: String,
    hint: &'static str,
    /// `line`, `lines`, `day` or `readers`.
    kind: &'static str,
    rows: usize,
    missing: bool,
}

/// A draft with what its page makes of it; also a card among others.
pub struct Shown {
    pub draft: DraftPage,
    pub changed: Vec<Changed>,
    /// Its tests run, or wait to.
    pub bar: Option<Bar>,
    /// It taught the list something, which can be taken back.
    pub learnt: bool,
    /// Why it was sent back.
    pub why: Option<String>,
}

/// Shows a draft.
pub fn shown(draft: DraftPage) -> Shown {
    Shown {
        changed: marked::fields(&draft.fields),
        bar: matches!(draft.state, DraftState::Testing { .. }).then(|| bar(draft.step)),
        learnt: draft.learns && matches!(draft.state, DraftState::Done { .. }),
        why: match &draft.state {
            DraftState::Returned { why, .. } => Some(why.clone()),
            DraftState::Writing
            | DraftState::Submitted
            | DraftState::Testing { .. }
            | DraftState::Scheduled { .. }
            | DraftState::Done { .. }
            | DraftState::Dropped { .. } => None,
        },
        draft,
    }
}

#[derive(Template)]
#[template(path = "draft.html")]
struct Page {
    frame: Frame,
    said: Said,
    one: Shown,
    /// None where it has no fields, or cannot be written at.
    form: Vec<Written>,
    tried: Option<Tried>,
}

/// Whether the tests are wanted with the page.
#[derive(Default, Deserialize)]
pub struct Wish {
    #[serde(default)]
    test: Option<String>,
}

/// `GET /staff/drafts/{id}`
pub async fn page(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<i64>,
    Query(wish): Query<Wish>,
) -> Result<Html<String>, Failure> {
    let tried = match wish.test {
        Some(_) => web.desk.try_draft(DraftId(id)).await?,
        None => None,
    };
    whole(&web, &staff, DraftId(id), Said::default(), &[], tried).await
}

/// `POST /staff/drafts/{id}`: does one thing and shows what came of it; what was written stays.
pub async fn act(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<i64>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id = DraftId(id);
    let wanted = Wanted::of(&pairs);
    let mut seen = wanted.version;
    if wanted.act == "submit" && !wanted.fields.is_empty() {
        let written = Act::Write(id, wanted.fields.clone());
        let (came, _) = super::done(&web, &staff, seen, &written).await?;
        if !matches!(&came, Ok(Done::Written(wrong)) if wrong.is_empty()) {
            let said = not_all(words::said(&came));
            let page = whole(&web, &staff, id, said.clone(), &wanted.fields, None).await?;
            return Ok(super::answer(&said, page));
        }
        seen = None;
    }
    let (said, to) = match wanted.act(Subject::Draft(id)) {
        Ok(act) => {
            let (came, to) = super::done(&web, &staff, seen, &act).await?;
            (words::said(&came), to)
        }
        Err(why) => (Said::refused(why), None),
    };
    if let Some(to) = to {
        return Ok(to);
    }
    let kept = if said.refused { wanted.fields.as_slice() } else { &[] };
    let page = whole(&web, &staff, id, said.clone(), kept, None).await?;
    Ok(super::answer(&said, page))
}

/// What could not be written is not handed in.
fn not_all(said: Said) -> Said {
    Said { refused: true, ..said }
}

/// `POST /staff/drafts/{id}/keep`: keeps what is being written.
pub async fn keep(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(id): Path<i64>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id = DraftId(id);
    let wanted = Wanted::of(&pairs);
    let (came, _) = super::done(&web, &staff, wanted.version, &Act::Write(id, wanted.fields)).await?;
    let said = words::said(&came);
    let there = web.desk.draft_page(&staff.person, id).await?;
    let there = there.ok_or(Failure::nothing())?;
    let missing = words::words(&there.missing).join("、");
    let told =
        json!({ "version": there.version, "said": said.lines.join(""), "missing": missing, "answer": there.said });
    let status = if said.refused {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok((status, Json(told)).into_response())
}

#[derive(Template)]
#[template(path = "tried.html")]
struct Tests {
    tried: Option<Tried>,
}

/// `GET /staff/drafts/{id}/tests`: its own tests against the list as it would be, for the page that writes it.
pub async fn tests(State(web): State<Arc<Web>>, staff: Staff, Path(id): Path<i64>) -> Result<Html<String>, Failure> {
    super::keeper(&staff)?;
    let tried = web.desk.try_draft(DraftId(id)).await?;
    Ok(Html(Tests { tried }.render()?))
}

async fn whole(
    web: &Web,
    staff: &Staff,
    id: DraftId,
    said: Said,
    written: &[(Field, String)],
    tried: Option<Tried>,
) -> Result<Html<String>, Failure> {
    super::keeper(staff)?;
    let draft = web.desk.draft_page(&staff.person, id).await?;
    let draft = draft.ok_or(Failure::nothing())?;
    let page = Page {
        frame: Frame::of(web, staff, At::List).await?,
        form: form(&draft, written),
        one: shown(draft),
        said,
        tried,
    };
    Ok(Html(page.render()?))
}

/// The fields to be written at; `written`: what was written and not taken.
fn form(draft: &DraftPage, written: &[(Field, String)]) -> Vec<Written> {
    let Some(entry) = draft.entry.as_ref().filter(|_| draft.is_open) else {
        return Vec::new();
    };
    let field = |(word, field): (&'static str, Field)| {
        let own = written.iter().find(|(known, _)| *known == field);
        let value = own.map_or_else(|| field.written(entry), |(_, text)| text.clone());
        let (kind, hint) = kind(field);
        let rows = if field == Field::Answer { 10 } else { 3 };
        Written {
            word,
            rows: value.lines().count().clamp(rows, 18),
            missing: draft.missing.contains(&field),
            value,
            kind,
            hint,
        }
    };
    FIELDS.into_iter().map(field).collect()
}

/// How a field is written.
fn kind(field: Field) -> (&'static str, &'static str) {
    match field {
        Field::Question => ("line", ""),
        Field::Answer => ("lines", "分段写：结论：条件：材料：步骤：时限：费用：去哪里：注意："),
        Field::Basis => ("lines", "一行一个，例如《市场主体登记管理条例》第二十四条"),
        Field::Variants => ("lines", "大家会怎么问，一行一种，写六种以上"),
        Field::Topic => ("line", "例如 变更"),
        Field::Category => ("line", "例如 变更/法定代表人"),
        Field::AppliesTo => ("line", "例如 企业；个体工商户"),
        Field::Business => ("line", "例如 设立；变更"),
        Field::Owner => ("line", "科室或姓名，到期由谁复核"),
        Field::ReviewBy => ("day", "到这一天提醒复核"),
        Field::ValidFrom => ("day", "从这一天起照它答"),
        Field::ValidUntil => ("day", "空着就是长期"),
        Field::DependsOn => ("lines", "变了就要复核的文件或平台，一行一个"),
        Field::MustHit => ("lines", "这样问，应当答这一条；一行一句"),
        Field::MustNotHit => ("lines", "这样问，不该答这一条；一行一句"),
        Field::Audience => ("readers", ""),
    }
}
