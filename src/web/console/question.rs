//! 问题: one question with all that is needed to answer it, and the acts that do.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use super::answered::Said;
use super::frame::{At, Frame};
use super::history::{self, Told};
use super::staff::Staff;
use super::wanted::{self, Wanted};
use super::work::clock;
use crate::desk::Whole;
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{QuestionId, RELEASE_MS, State as Standing};
use crate::domain::asking::request::HelperAct;
use crate::domain::chat::message::{Media, MediaKind};
use crate::domain::privacy::Masked;
use crate::domain::time::zone;
use crate::domain::wording;
use crate::platform::webgroup::NAME;
use crate::store::questions::Noted;
use crate::web::Web;
use crate::web::failure::Failure;

/// As the page writes moments.
const AT: &str = "%-m月%-d日 %H:%M";
const TWICE: &str = "这句话刚才已经发给提问人了，没有再发一次。";
const QUICKER: &str = "刚刚有变化：提问人说了话，或同事动过这个问题。请看一眼再发，写好的还在。";
/// The longest answer.
const MOST: usize = 2000;

/// A moment of the history.
struct Happened {
    at: String,
    told: Told,
    /// The step, where what it says can be adopted.
    advice: Option<i64>,
}

/// What can be done by the viewer now.
struct May {
    claim: bool,
    reply: bool,
    release: bool,
    close: bool,
    offer: bool,
    accept: bool,
}

#[derive(Template)]
#[template(path = "question.html")]
struct Page {
    frame: Frame,
    whole: Whole,
    may: May,
    said: Said,
    standing: String,
    until: Option<String>,
    late: bool,
    soon: bool,
    asked_at: String,
    happened: Vec<Happened>,
    /// What stands in the field.
    draft: String,
    /// What is adopted with it: `entry:37`, `advice:5`, or nothing.
    adopting: String,
    /// Where it is read and answered among others.
    room: Option<String>,
    /// Pictures that can be shown here.
    pictures: Vec<String>,
    /// What else came with it, in words.
    attached: Option<String>,
    /// One writes at once.
    focus: bool,
    /// It is with the asker.
    answered: bool,
    /// For how long a claim can be put back, ms; 0 for never.
    undo_ms: i64,
}

/// What the address asks to have in the field.
#[derive(Default, Deserialize)]
pub struct Adopting {
    #[serde(default)]
    adopt: String,
}

/// `GET /staff/q/{number}`
pub async fn page(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(number): Path<i64>,
    Query(adopting): Query<Adopting>,
) -> Result<Html<String>, Failure> {
    let given = Given {
        adopting: adopting.adopt,
        ..Given::default()
    };
    shown(&web, &staff, QuestionId(number), given).await
}

/// What a page is shown with.
#[derive(Default)]
struct Given {
    said: Said,
    /// Words that were not taken; none where what is kept is shown.
    words: Option<String>,
    adopting: String,
    /// The viewer has just claimed it.
    claimed: bool,
}

/// `POST /staff/q/{number}`: does one thing and shows what came of it.
pub async fn act(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(number): Path<i64>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let id = QuestionId(number);
    let wanted = Wanted::of(&pairs);
    let said = done(&web, &staff, id, &wanted).await?;
    let (not_done, claimed) = (said.refused, wanted.claims() && !said.refused);
    let given = Given {
        words: not_done.then(|| wanted.words.clone()),
        adopting: if not_done { wanted.adopting } else { String::new() },
        said,
        claimed,
    };
    let page = shown(&web, &staff, id, given).await?;
    let status = if not_done { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok((status, page).into_response())
}

/// Does what is wanted with a question; what came of it, or why nothing was done.
pub(super) async fn done(web: &Web, staff: &Staff, id: QuestionId, wanted: &Wanted) -> Result<Said, Failure> {
    let entries = wanted::entries(web, staff, id, wanted).await?;
    let act = match wanted.act(&entries, MOST) {
        Ok(act) => act,
        Err(why) => return Ok(Said::refused(why)),
    };
    if let HelperAct::Reply(words) = &act
        && said_already(web, staff, id, words).await?
    {
        return Ok(Said::refused(TWICE));
    }
    let Some(outcome) = web.desk.help(&staff.actor(), id, wanted.version, &act).await? else {
        return Ok(Said::refused(QUICKER));
    };
    let mut said = Said::from(outcome);
    match said.refused {
        true => said.lines = wanted.not_done(said.lines),
        false if said.lines.is_empty() => said.lines.push(wanted.done(id)),
        false => {}
    }
    if wanted.sends() && !said.refused {
        let mut tx = web.desk.db.begin().await?;
        tx.drop_reply_draft(staff.person.id, id).await?;
        tx.commit().await?;
    }
    Ok(said)
}

/// Whether these very words are the last that this helper replied: an answer that got lost on the way makes one press
/// again.
async fn said_already(web: &Web, staff: &Staff, id: QuestionId, said: &Masked) -> Result<bool, Failure> {
    let steps = web.desk.db.read().await?.steps(id).await?;
    let last = steps.iter().rev().find_map(|noted| match &noted.step {
        Step::Replied { by, words } => Some((*by, words.as_str())),
        _ => None,
    });
    Ok(last == Some((staff.person.id, said.as_str())))
}

/// What a helper is writing.
#[derive(Deserialize)]
pub struct Draft {
    words: String,
}

/// `POST /staff/q/{number}/draft`: keeps what is being written, over devices, until it is sent.
pub async fn keep(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path(number): Path<i64>,
    Json(draft): Json<Draft>,
) -> Result<Json<serde_json::Value>, Failure> {
    let id = QuestionId(number);
    let words: String = draft.words.chars().take(MOST).collect();
    let mut tx = web.desk.db.begin().await?;
    if tx.question(id).await?.is_none_or(|question| !question.open()) {
        return Err(Failure::unfit("这个问题已经结束了。"));
    }
    match words.trim() {
        "" => tx.drop_reply_draft(staff.person.id, id).await?,
        _ => {
            tx.keep_reply_draft(staff.person.id, id, &Masked::from(words.as_str()), web.desk.clock.now())
                .await?;
        }
    }
    tx.commit().await?;
    Ok(Json(json!({})))
}

async fn shown(web: &Web, staff: &Staff, id: QuestionId, given: Given) -> Result<Html<String>, Failure> {
    if !staff.person.is_helper() {
        return Err(Failure::unfit("问题由帮办员来看。"));
    }
    let whole = web.desk.whole(&staff.person, id).await?.ok_or(Failure::nothing())?;
    let mut tx = web.desk.db.read().await?;
    let kept = tx.reply_draft(staff.person.id, id).await?;
    let room = super::rooms::where_answered(&mut tx, web, &staff.person, &whole.row.question).await?;
    drop(tx);
    let may = may(&whole);
    let adopted = if given.words.is_none() {
        wanted::words_of(&whole, &given.adopting)
    } else {
        None
    };
    let focus = may.reply && (given.claimed || given.words.is_some() || adopted.is_some());
    let (pictures, others): (Vec<Media>, Vec<Media>) = whole
        .row
        .question
        .media
        .iter()
        .cloned()
        .partition(|media| whole.row.question.place().channel.0 == NAME && media.kind == MediaKind::Picture);
    let undo_ms = if given.claimed && may.release {
        RELEASE_MS.min(10_000)
    } else {
        0
    };
    let (until, late, soon) = clock(web, whole.row.until);
    let page = Page {
        frame: Frame::of(web, staff, At::Work).await?,
        standing: wording::standing(whole.row.question.state.phase(), whole.row.holder.as_deref()),
        until,
        late,
        soon,
        asked_at: moment(web, whole.row.question.asked_at),
        happened: whole.steps.iter().filter_map(|noted| happened(web, noted)).collect(),
        draft: given.words.or(adopted).or(kept).unwrap_or_default(),
        adopting: given.adopting,
        said: given.said,
        undo_ms,
        room,
        pictures: pictures.into_iter().map(|media| media.reference).collect(),
        attached: (!others.is_empty()).then(|| wording::in_place_of_words(&others)),
        focus,
        answered: matches!(whole.row.question.state, Standing::Replied { .. }),
        may,
        whole,
    };
    Ok(Html(page.render()?))
}

fn moment(web: &Web, at: crate::clock::Millis) -> String {
    zone::local(&web.desk.config.timezone, at).strftime(AT).to_string()
}

fn happened(web: &Web, noted: &Noted) -> Option<Happened> {
    Some(Happened {
        at: moment(web, noted.at),
        told: history::told(&web.desk.roster(), &noted.step)?,
        advice: crate::desk::advice(noted).map(|_| noted.id),
    })
}

fn may(whole: &Whole) -> May {
    let (open, own) = (whole.row.question.open(), whole.own);
    let claimed = matches!(whole.row.question.state, Standing::Claimed { .. });
    let unheld = open && whole.row.question.state.holder().is_none();
    let kept = matches!(whole.row.question.state, Standing::Claimed { kept: true, .. });
    May {
        claim: unheld,
        reply: open && own,
        release: own && claimed && !kept,
        close: open && (own || whole.arranges),
        offer: open && claimed && (own || whole.arranges),
        accept: whole.row.offered,
    }
}
