//! 名册: the official form or the whole roster is handed in, looked at against what is there, and taken over on a second
//! word; and the form as it stands. By the same rules as at the command line.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Multipart, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use serde::Deserialize;

use super::super::answered::Said;
use super::super::frame::{At, Frame};
use super::super::staff::Staff;
use super::handed::Handed;
use super::{Choice, choices};
use crate::domain::roster::losses::Loss;
use crate::domain::roster::people::{BureauId, Person, Role, Roster};
use crate::domain::roster::rights::Right;
use crate::roster::annex::{self, AnnexError, CellProblem};
use crate::roster::{self, sentences};
use crate::setup::proposal::{Differences, Proposal};
use crate::web::Web;
use crate::web::failure::Failure;
use crate::{setup, workbook};

pub const NOT_YOURS: Failure = Failure::unfit("名册由本单位管理员或市局管理员来改。");
const NO_FILE: &str = "请先选一个文件，再按“看看改什么”。";
const TOO_LARGE: &str = "文件超过 5 MB。情况表只有几十 KB，请删去图片或另存一份再传。";
const AGAIN: &str = "这份文件已经不在了（放了半小时，或者又传了别的）。请再传一次，什么都没有改。";
const MOVED: &str = "名册刚在别处改过，下面是新的差异，请再看一遍。什么都没有改。";
const WITH_LOSSES: &str = "上面“注意”的事会发生。确要这样，请先勾上再按一次。";
const OF_THE_CITY: &str = "整本名册（YAML）由市局管理员导入；本单位请传情况表（.xlsx）。";

/// Something wrong, and where.
struct Flaw {
    /// 情况表 B7
    at: String,
    what: String,
}

/// What it would change.
struct Changes {
    key: String,
    seen: i64,
    file: String,
    lines: Vec<(String, String)>,
    losses: Vec<String>,
    /// Must be agreed to.
    grave: bool,
    reminders: Vec<String>,
    /// It takes the sample city's place.
    ends_sample: bool,
}

#[derive(Template)]
#[template(path = "roster.html")]
struct Page {
    frame: Frame,
    said: Said,
    bureau: BureauId,
    title: String,
    bureaus: Vec<Choice>,
    flaws: Vec<Flaw>,
    changes: Option<Changes>,
    whole: bool,
}

/// Which bureau.
#[derive(Clone, Default, Deserialize)]
pub struct Wanted {
    bureau: Option<i64>,
}

/// What looking at a file gave.
type Looked = Result<(Proposal, Differences), Vec<Flaw>>;

/// `GET /staff/people/roster`
pub async fn page(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    let bureau = bureau(&web, &staff, &wanted)?;
    shown(&web, &staff, bureau, Said::default(), None).await
}

/// The bureau whose roster it is.
pub fn bureau(web: &Web, staff: &Staff, wanted: &Wanted) -> Result<BureauId, Failure> {
    let bureau = wanted.bureau.map_or(staff.person.bureau, BureauId);
    match web.desk.roster().bureau(bureau) {
        Some(_) if staff.may(Right::Enroll, bureau) => Ok(bureau),
        Some(_) | None => Err(NOT_YOURS),
    }
}

/// `POST /staff/people/roster`: looks at a file; nothing is changed.
pub async fn hand_in(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
    parts: Multipart,
) -> Result<Response, Failure> {
    let bureau = bureau(&web, &staff, &wanted)?;
    let now = web.desk.clock.now();
    let handed = match file(parts).await? {
        Ok((name, bytes)) => Arc::new(Handed::new(&name, bytes, bureau, now)),
        Err(why) => return answered(&web, &staff, bureau, Said::refused(why), None).await,
    };
    let looked = look(&web, &staff, &handed).await?;
    if looked.is_ok() {
        web.handed_in.keep(staff.person.id, &handed, now);
    }
    let said = match &looked {
        Ok(_) => Said::default(),
        Err(flaws) => Said::refused(&format!(
            "有 {} 处要改，什么都没有改。请在表里改好再传一次。",
            flaws.len()
        )),
    };
    answered(&web, &staff, bureau, said, Some((&handed, looked))).await
}

/// What somebody agreed to.
#[derive(Deserialize)]
pub struct Agreed {
    key: String,
    seen: i64,
    #[serde(default)]
    losses: String,
}

/// `POST /staff/people/roster/confirm`: takes over what was seen.
pub async fn confirm(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
    Form(agreed): Form<Agreed>,
) -> Result<Response, Failure> {
    let bureau = bureau(&web, &staff, &wanted)?;
    let now = web.desk.clock.now();
    let Some(handed) = web.handed_in.seen(staff.person.id, &agreed.key, now) else {
        return answered(&web, &staff, bureau, Said::refused(AGAIN), None).await;
    };
    let looked = look(&web, &staff, &handed).await?;
    let Ok((mut proposal, differences)) = looked else {
        return answered(&web, &staff, bureau, Said::refused(MOVED), Some((&handed, looked))).await;
    };
    let grave = differences.losses.iter().any(Loss::needs_force);
    let why = match proposal.with.seen.unwrap_or_default() == agreed.seen {
        false => Some(MOVED),
        true if grave && agreed.losses.is_empty() => Some(WITH_LOSSES),
        true => None,
    };
    if let Some(why) = why {
        let looked = Ok((proposal, differences));
        return answered(&web, &staff, bureau, Said::refused(why), Some((&handed, looked))).await;
    }
    proposal.decided(&differences.changed, grave);
    proposal.with.by = Some(staff.person.id);
    let taken = setup::take_over(&web.desk.db, &proposal.after, &proposal.with, now).await;
    taken.map_err(|error| Failure::Inside(format!("{error:#}")))?;
    web.handed_in.forget(staff.person.id);
    web.desk.refresh().await?;
    let said = Said {
        lines: vec![match differences.changed.len() {
            0 => "已记下报送，名册没有变。".to_owned(),
            changes => format!("已导入，改了 {changes} 处。新来的人，请到“人员与值班”给登录链接。"),
        }],
        refused: false,
    };
    answered(&web, &staff, bureau, said, None).await
}

/// The file of a form: its name and what is in it, or why there is none.
async fn file(mut parts: Multipart) -> Result<Result<(String, Vec<u8>), &'static str>, Failure> {
    let unread = |_| Failure::unfit("文件没有传完，请再试一次。");
    while let Some(mut field) = parts.next_field().await.map_err(unread)? {
        if field.name() != Some("file") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(unread)? {
            bytes.extend_from_slice(&piece);
            if bytes.len() as u64 > workbook::MAX_BYTES {
                return Ok(Err(TOO_LARGE));
            }
        }
        return Ok(if bytes.is_empty() {
            Err(NO_FILE)
        } else {
            Ok((name, bytes))
        });
    }
    Ok(Err(NO_FILE))
}

/// Looks at what was handed in against the roster that is there.
async fn look(web: &Web, staff: &Staff, handed: &Arc<Handed>) -> Result<Looked, Failure> {
    let inside = |error: anyhow::Error| Failure::Inside(format!("{error:#}"));
    let known = setup::real_roster(&web.desk.db).await.map_err(inside)?;
    let all = staff.person.has(Role::Admin);
    let name = web
        .desk
        .roster()
        .bureau(handed.bureau)
        .map_or_else(String::new, |bureau| bureau.name.clone());
    let (zone, now, handed) = (
        web.desk.config.timezone.clone(),
        web.desk.clock.now(),
        Arc::clone(handed),
    );
    let looking = tokio::task::spawn_blocking(move || -> Looked {
        let mut proposal = if workbook::is_workbook(&handed.bytes, &handed.name) {
            let Some((before, seen)) = known else {
                return Err(flaw(
                    "还没有正式名册。情况表只有人员，请先由市局管理员导入写明单位和作息的名册（YAML）。",
                ));
            };
            let read = annex::read_sent(&handed.bytes, &handed.name, Some(&name)).map_err(|error| match error {
                AnnexError::Workbook(error) => flaw(&error.to_string()),
                AnnexError::Problems(problems) => of_cells(&problems),
            })?;
            let only = (!all).then_some(name.as_str());
            Proposal::of_form(&read, before, seen, &handed.name, only).map_err(|problems| of_cells(&problems))?
        } else if all {
            let text = String::from_utf8(handed.bytes.clone());
            let text = text.map_err(|_| flaw("文件不是 UTF-8 文字，也不是 .xlsx，请另存一份再传。"))?;
            let submitted = roster::read_str(&text, &handed.name, &zone);
            let submitted = submitted.map_err(|problems| {
                problems
                    .0
                    .iter()
                    .map(|one| flaw_of(&one.to_string()))
                    .collect::<Vec<_>>()
            })?;
            Proposal::of_yaml(submitted, known)
        } else {
            return Err(flaw(OF_THE_CITY));
        };
        let differences = proposal.differences(now);
        match &proposal.before {
            Some(before) if !all => kept_by_the_city(before, &proposal.after)?,
            Some(_) | None => {}
        }
        Ok((proposal, differences))
    });
    looking.await.map_err(|error| Failure::Inside(error.to_string()))
}

/// Who holds a role of the city stays as they are: whoever may change their name or number could become them.
fn kept_by_the_city(before: &Roster, after: &Roster) -> Result<(), Vec<Flaw>> {
    let of_city = |person: &&Person| person.roles.iter().any(|role| *role != Role::BureauAdmin);
    let stays = |person: &Person| {
        let other = after.person(person.id);
        other.is_some_and(|other| (&other.name, &other.mobile) == (&person.name, &person.mobile))
    };
    let moved = before.people.iter().filter(of_city).filter(|person| !stays(person));
    let flaws: Vec<Flaw> = moved
        .map(|person| {
            flaw_of(&format!(
                "{}有市局的角色，姓名、联系电话和去留由市局管理员来改。",
                person.name
            ))
        })
        .collect();
    if flaws.is_empty() { Ok(()) } else { Err(flaws) }
}

fn flaw(what: &str) -> Vec<Flaw> {
    vec![flaw_of(what)]
}

fn flaw_of(what: &str) -> Flaw {
    Flaw {
        at: String::new(),
        what: what.to_owned(),
    }
}

fn of_cells(problems: &[CellProblem]) -> Vec<Flaw> {
    let flaw = |problem: &CellProblem| Flaw {
        at: problem.at.to_string(),
        what: problem.message.clone(),
    };
    problems.iter().map(flaw).collect()
}

async fn answered(
    web: &Web,
    staff: &Staff,
    bureau: BureauId,
    said: Said,
    looked: Option<(&Handed, Looked)>,
) -> Result<Response, Failure> {
    let status = if said.refused {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let page = shown(web, staff, bureau, said, looked).await?;
    Ok((status, page).into_response())
}

async fn shown(
    web: &Web,
    staff: &Staff,
    bureau: BureauId,
    said: Said,
    looked: Option<(&Handed, Looked)>,
) -> Result<Html<String>, Failure> {
    let roster = web.desk.roster();
    let (flaws, changes) = match looked {
        None => (Vec::new(), None),
        Some((_, Err(flaws))) => (flaws, None),
        Some((handed, Ok((proposal, differences)))) => {
            (Vec::new(), Some(changes(web, handed, &proposal, &differences)))
        }
    };
    let mut bureaus = choices(staff, &roster, bureau);
    bureaus.retain(|one| staff.may(Right::Enroll, one.id));
    let page = Page {
        frame: Frame::of(web, staff, At::People).await?,
        said,
        bureau,
        title: roster
            .bureau(bureau)
            .map_or_else(String::new, |bureau| bureau.name.clone()),
        bureaus,
        flaws,
        changes,
        whole: staff.person.has(Role::Admin),
    };
    Ok(Html(page.render()?))
}

fn changes(web: &Web, handed: &Handed, proposal: &Proposal, differences: &Differences) -> Changes {
    let zone = &web.desk.config.timezone;
    let lines = differences.changed.iter();
    Changes {
        key: handed.key.clone(),
        seen: proposal.with.seen.unwrap_or_default(),
        file: handed.name.display().to_string(),
        lines: lines
            .map(|one| (one.bureau.clone(), sentences::change(&one.what, zone)))
            .collect(),
        losses: differences.losses.iter().map(sentences::loss).collect(),
        grave: differences.losses.iter().any(Loss::needs_force),
        reminders: proposal.reminders.clone(),
        ends_sample: proposal.before.is_none(),
    }
}
