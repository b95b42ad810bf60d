//! 督导通报: the bulletins of months, one of them as it will be printed, what bureaus say against it, and what is done with it.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use crate::desk::Wanted;
use crate::domain::privacy::{self, Masked};
use crate::domain::roster::people::BureauId;
use crate::domain::roster::rights::Right;
use crate::domain::supervision::bulletin::{
    Bulletin, BulletinId, Column, Line, MOST, NotDone, Objection, Part, Phase, Words, keeps,
};
use crate::domain::supervision::period::Period;
use crate::domain::supervision::ranking::SAID;
use crate::domain::supervision::reported::{HANDED, Handed};
use crate::domain::time::zone;
use crate::publish::{bulletin, document};
use crate::web::Web;
use crate::web::console::answered::Said;
use crate::web::console::frame::{At, Frame};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

/// What its form takes: every part as long as it may be, each character as nine of a form's, and some more, so that what is
/// too long is said of its part.
pub const LIMIT: usize = 500_000;

const DOCX: HeaderValue =
    HeaderValue::from_static("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
const XLSX: HeaderValue = HeaderValue::from_static("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

/// A bulletin in the list.
struct Listed {
    id: i64,
    title: String,
    number: String,
    phase: &'static str,
}

#[derive(Template)]
#[template(path = "bulletins.html")]
struct ListPage {
    frame: Frame,
    said: Said,
    /// The month before this.
    month: String,
    keeps: bool,
    listed: Vec<Listed>,
}

/// What was said against a bulletin, with what was decided.
struct Against {
    id: i64,
    bureau: String,
    words: String,
    decided: Option<(bool, String)>,
}

#[derive(Template)]
#[template(path = "bulletin.html")]
struct OnePage {
    frame: Frame,
    said: Said,
    id: i64,
    version: i64,
    title: String,
    number: String,
    month: String,
    phase: &'static str,
    /// It is being written, or heard.
    drafted: bool,
    heard: bool,
    /// Writes, hears, issues.
    keeps: bool,
    /// May say something against it.
    objects: bool,
    own_words: bool,
    parts: Vec<(Part, String)>,
    columns: Vec<Column>,
    city: Vec<String>,
    lines: Vec<Line>,
    /// Whose figures open to their questions; all without one.
    own: Option<i64>,
    ranked: String,
    handed: [&'static str; 3],
    how: &'static str,
    against: Vec<Against>,
}

impl OnePage {
    /// Whether a figure opens to its questions for whoever looks.
    fn opens(&self, line: &Line, cell: &str) -> bool {
        !["—", "0"].contains(&cell) && self.own.is_none_or(|own| own == line.bureau)
    }
}

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    #[serde(default)]
    id: i64,
}

/// What the list's form sends.
#[derive(Debug, Deserialize)]
pub struct New {
    #[serde(default)]
    month: String,
}

/// What a bulletin's forms send.
#[derive(Debug, Deserialize)]
pub struct Sent {
    act: String,
    #[serde(default)]
    version: i64,
    #[serde(default)]
    opening: String,
    #[serde(default)]
    overall: String,
    #[serde(default)]
    ranking: String,
    #[serde(default)]
    praise: String,
    #[serde(default)]
    criticism: String,
    #[serde(default)]
    demands: String,
    /// An objection, or why one is taken or not.
    #[serde(default)]
    words: String,
    #[serde(default)]
    objection: i64,
}

impl Sent {
    fn edited(&self) -> Words {
        Words {
            opening: self.opening.clone(),
            overall: self.overall.clone(),
            ranking: self.ranking.clone(),
            praise: self.praise.clone(),
            criticism: self.criticism.clone(),
            demands: self.demands.clone(),
        }
    }

    fn too_long(&self) -> Option<Part> {
        let words = self.edited();
        Part::ALL
            .into_iter()
            .find(|part| words.part(*part).chars().count() > MOST)
    }
}

/// `GET /staff/figures/bulletins`
pub async fn list(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    listed(&web, &staff, Said::default()).await
}

/// `POST /staff/figures/bulletins`: drafts the bulletin of a month.
pub async fn draft(State(web): State<Arc<Web>>, staff: Staff, Form(new): Form<New>) -> Result<Response, Failure> {
    let Ok(month) = Period::month(&new.month) else {
        let page = listed(&web, &staff, Said::refused("月份没看懂，请写成 2026-11。")).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    match web.desk.draft_bulletin(&staff.person, month).await? {
        Ok(id) => Ok(Redirect::to(&format!("/staff/figures/bulletin?id={}", id.0)).into_response()),
        Err(why) => {
            let page = listed(&web, &staff, Said::refused(&told(why))).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

/// `GET /staff/figures/bulletin?id=3`
pub async fn page(
    State(web): State<Arc<Web>>,
    Query(which): Query<Which>,
    staff: Staff,
) -> Result<Html<String>, Failure> {
    shown(&web, &staff, which.id, Said::default(), None).await
}

/// `POST /staff/figures/bulletin?id=3`
pub async fn act(
    State(web): State<Arc<Web>>,
    Query(which): Query<Which>,
    staff: Staff,
    Form(sent): Form<Sent>,
) -> Result<Response, Failure> {
    seen(&web, &staff, which.id).await?;
    let (done, said) = done(&web, &staff, BulletinId(which.id), &sent).await?;
    match done {
        Ok(()) => {
            let said = Said {
                lines: vec![said.to_owned()],
                refused: false,
            };
            Ok(shown(&web, &staff, which.id, said, None).await?.into_response())
        }
        Err(why) => {
            // What was typed is not lost: it stands in the form, to be copied or sent again.
            let words = (sent.act == "edit").then(|| sent.edited());
            let page = shown(&web, &staff, which.id, Said::refused(&why), words).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

type Done = (Result<(), String>, &'static str);

async fn done(web: &Web, staff: &Staff, id: BulletinId, sent: &Sent) -> Result<Done, Failure> {
    let words = privacy::mask(privacy::printable(&sent.words).trim());
    let by = &staff.person;
    let desk = &web.desk;
    let (wanted, said) = match sent.act.as_str() {
        "edit" => match sent.too_long() {
            Some(part) => {
                return Ok((
                    Err(format!("“{}”太长了，最多 {MOST} 个字。没有保存。", part.name())),
                    "",
                ));
            }
            None => (Wanted::Edit(sent.edited()), "已保存。"),
        },
        "recount" => (Wanted::Recount, "数字已重新统计，文字换成了新的模板。"),
        "hear" => (Wanted::Hear, "已向各单位征求意见。"),
        "back" => (Wanted::Back, "已退回起草。"),
        "issue" => (Wanted::Issue, "已印发，工作指导群里说了一声。"),
        "drop" => (Wanted::Drop, "已作废。"),
        "object" | "take" | "leave" if unwritten(&words) => {
            return Ok((Err("请写几句话，最多 1000 个字。".to_owned()), ""));
        }
        "object" => {
            let done = desk.object_to_bulletin(by, id, &words).await?;
            return Ok((done.map_err(told), "申诉已交给督导。"));
        }
        taken @ ("take" | "leave") => {
            let decision = (taken == "take", &words);
            let done = desk.decide_objection(by, (id, sent.objection), decision).await?;
            return Ok((done.map_err(told), "已答复申诉。"));
        }
        _ => return Err(Failure::unfit("没有这样的操作。")),
    };
    let done = desk.move_bulletin(by, (id, sent.version), &wanted).await?;
    Ok((done.map_err(told), said))
}

fn unwritten(words: &Masked) -> bool {
    words.as_str().is_empty() || words.as_str().chars().count() > 1000
}

/// `GET /staff/figures/bulletin.docx?id=3`
pub async fn as_document(
    State(web): State<Arc<Web>>,
    Query(which): Query<Which>,
    staff: Staff,
) -> Result<Response, Failure> {
    let (bulletin, _) = seen(&web, &staff, which.id).await?;
    let issuer = web.desk.roster().desk().name.clone();
    let day = day(&web, &bulletin);
    let bytes =
        document::bulletin::bytes(&bulletin, &issuer, day).map_err(|error| Failure::Inside(error.to_string()))?;
    file(DOCX, &format!("bulletin-{}.docx", bulletin.figures.month), bytes)
}

/// `GET /staff/figures/bulletin.xlsx?id=3`
pub async fn as_workbook(
    State(web): State<Arc<Web>>,
    Query(which): Query<Which>,
    staff: Staff,
) -> Result<Response, Failure> {
    let (bulletin, _) = seen(&web, &staff, which.id).await?;
    let bytes = bulletin::workbook(&bulletin.figures).map_err(|error| Failure::Inside(error.to_string()))?;
    file(XLSX, &format!("bulletin-{}.xlsx", bulletin.figures.month), bytes)
}

fn file(kind: HeaderValue, name: &str, bytes: Vec<u8>) -> Result<Response, Failure> {
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let disposition = disposition.map_err(|error| Failure::Inside(error.to_string()))?;
    Ok(([(CONTENT_TYPE, kind), (CONTENT_DISPOSITION, disposition)], bytes).into_response())
}

/// The day it was issued, or drafted.
fn day(web: &Web, bulletin: &Bulletin) -> jiff::civil::Date {
    let at = bulletin.issued.map_or(bulletin.drafted_at, |(_, at)| at);
    zone::day(&web.desk.config.timezone, at)
}

/// A bulletin that somebody may see: those who keep them all of it, whoever keeps a bureau once it is heard, and until it is
/// issued of the figures only their own.
async fn seen(web: &Web, staff: &Staff, id: i64) -> Result<(Bulletin, Vec<Objection>), Failure> {
    let scope = super::scope(staff)?;
    let (mut bulletin, mut objections) = web.desk.bulletin(BulletinId(id)).await?.ok_or(Failure::nothing())?;
    let Some(own) = scope else {
        return Ok((bulletin, objections));
    };
    objections.retain(|one| one.bureau == own);
    match bulletin.phase {
        Phase::Issued => {}
        Phase::Heard => bulletin.figures.lines.retain(|line| BureauId(line.bureau) == own),
        Phase::Draft | Phase::Dropped => return Err(Failure::nothing()),
    }
    Ok((bulletin, objections))
}

async fn listed(web: &Web, staff: &Staff, said: Said) -> Result<Html<String>, Failure> {
    let scope = super::scope(staff)?;
    let this = Period::month_of(web.desk.day(web.desk.clock.now()));
    let all = web.desk.bulletins().await?.into_iter();
    let open = |bulletin: &Bulletin| scope.is_none() || matches!(bulletin.phase, Phase::Heard | Phase::Issued);
    let one = |bulletin: Bulletin| Listed {
        id: bulletin.id.0,
        title: document::bulletin::title(&bulletin.figures),
        number: document::bulletin::number(&bulletin, day(web, &bulletin)),
        phase: bulletin.phase.name(),
    };
    let page = ListPage {
        frame: Frame::of(web, staff, At::Figures).await?,
        said,
        month: this.before().unwrap_or(this).whole_month().unwrap_or_default(),
        keeps: keeps(&staff.person),
        listed: all.filter(open).map(one).collect(),
    };
    Ok(Html(page.render()?))
}

async fn shown(web: &Web, staff: &Staff, id: i64, said: Said, words: Option<Words>) -> Result<Html<String>, Failure> {
    let (bulletin, objections) = seen(web, staff, id).await?;
    let roster = web.desk.roster();
    let name = |id: BureauId| {
        roster
            .bureau(id)
            .map_or("已撤销的单位", |bureau| bureau.name.as_str())
            .to_owned()
    };
    let against = objections.into_iter().map(|one| Against {
        id: one.id,
        bureau: name(one.bureau),
        words: one.words,
        decided: one.decision,
    });
    let shown = words.unwrap_or_else(|| bulletin.words.clone());
    let page = OnePage {
        frame: Frame::of(web, staff, At::Figures).await?,
        said,
        id,
        version: bulletin.version,
        title: document::bulletin::title(&bulletin.figures),
        number: document::bulletin::number(&bulletin, day(web, &bulletin)),
        month: bulletin.figures.month.clone(),
        phase: bulletin.phase.name(),
        drafted: bulletin.phase == Phase::Draft,
        heard: bulletin.phase == Phase::Heard,
        keeps: keeps(&staff.person),
        objects: bulletin.phase == Phase::Heard && staff.may(Right::Keep, staff.person.bureau),
        own_words: bulletin.written_by == staff.person.id,
        parts: Part::ALL.map(|part| (part, shown.part(part).to_owned())).into(),
        columns: bulletin.figures.columns.clone(),
        city: bulletin.figures.city.clone(),
        ranked: bulletin.figures.ranked.clone(),
        lines: bulletin.figures.lines,
        own: super::scope(staff)?.map(|own| own.0),
        handed: HANDED.map(Handed::name),
        how: SAID,
        against: against.collect(),
    };
    Ok(Html(page.render()?))
}

fn told(why: NotDone) -> String {
    match why {
        NotDone::NotTheirs => "通报由督导或管理员来做；申诉由单位管理员来提。".to_owned(),
        NotDone::Phase(phase) => format!("这份通报现在是“{}”，不能这样做。请看看最新的。", phase.name()),
        NotDone::OwnWords => "文字是您最后改的，要请另一位督导或管理员来印发。".to_owned(),
        NotDone::Undecided(many) => format!("还有 {many} 条申诉没有答复，答复了才能印发。"),
        NotDone::Changed => "别人刚改过。下面是您写的，请对照最新的再来一次。".to_owned(),
        NotDone::Empty(part) => format!("“{}”还没有写。", part.name()),
        NotDone::Nothing => "没有这份通报，或者这个月没有提问、也没有报送，没有可通报的。".to_owned(),
        NotDone::Exists => "这个月已经有一份通报了。要重做，先把那一份作废。".to_owned(),
    }
}
