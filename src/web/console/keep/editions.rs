//! 期: the next edition as it would be frozen now, what stands in its way, and what became of those before.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};

use super::wanted::{Subject, Wanted};
use crate::desk::list::announce::announce;
use crate::desk::list::issue::{self, LeaveOut, Maker, NextEdition, NotFrozen, Spot};
use crate::domain::list::edition::{Change, Edition};
use crate::publish::{self, Form as Shape};
use crate::web::Web;
use crate::web::console::answered::Said;
use crate::web::console::frame::{At, Frame};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

/// The next edition, as its page shows it.
struct Next {
    name: String,
    summary: String,
    /// 新增、修订、撤下, each with its items.
    changes: Vec<(&'static str, Vec<(u32, String)>)>,
    waiting: Vec<(u32, String)>,
    /// Placeholders nobody has filled in: number, question, names.
    unfilled: Vec<(u32, String, Vec<String>)>,
    /// Why it cannot be frozen at all.
    refused: Option<String>,
}

/// An edition that is frozen.
struct Frozen {
    number: u32,
    name: String,
    date: String,
    summary: String,
    /// Its drafts for the official account, each where it stands.
    publications: Vec<(String, &'static str, String)>,
}

#[derive(Template)]
#[template(path = "editions.html")]
struct Page {
    frame: Frame,
    said: Said,
    next: Option<Next>,
    /// Why there is none.
    none: String,
    frozen: Vec<Frozen>,
}

/// `GET /staff/editions`
pub async fn page(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    whole(&web, &staff, Said::default()).await
}

/// `POST /staff/editions`: freezes the next one, or has one announced.
pub async fn act(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    super::keeper(&staff)?;
    let wanted = Wanted::of(&pairs);
    let said = match wanted.act.as_str() {
        "freeze" => freeze(&web, &staff, LeaveOut::Nothing).await?,
        "freeze-rest" => freeze(&web, &staff, LeaveOut::Unfilled).await?,
        "announce" => tell(&web, &staff, wanted.number()).await?,
        _ => match wanted.act(Subject::List) {
            Ok(act) => super::words::said(&super::done(&web, &staff, None, &act).await?.0),
            Err(why) => Said::refused(why),
        },
    };
    let page = whole(&web, &staff, said.clone()).await?;
    Ok(super::answer(&said, page))
}

async fn freeze(web: &Web, staff: &Staff, leave_out: LeaveOut) -> Result<Said, Failure> {
    let desk = &web.desk;
    let frozen = issue::freeze(
        &desk.db,
        &desk.config,
        &desk.clock,
        Maker::Person(&staff.person),
        leave_out,
    )
    .await?;
    Ok(match frozen {
        Ok(frozen) => Said {
            lines: vec![format!("已冻结{}，从此不再改。", frozen.edition.name())],
            refused: false,
        },
        Err(why) => Said::refused(&refused(&why)),
    })
}

async fn tell(web: &Web, staff: &Staff, number: Option<u32>) -> Result<Said, Failure> {
    let desk = &web.desk;
    let number = number.ok_or(Failure::nothing())?;
    let edition = desk.db.read().await?.edition(number).await?.ok_or(Failure::nothing())?;
    let own = desk.config.public_url.as_ref();
    let link = own.map(|url| format!("{}/list/{number}/", url.trim_end_matches('/')));
    let done = announce(
        &desk.db,
        &edition,
        link.as_deref(),
        Some(staff.person.id),
        desk.clock.now(),
    )
    .await?;
    desk.bell.notify_one();
    let line = match (done.told, done.before) {
        (0, 0) => "没有群要听。请单位管理员在群里发：/announce 开".to_owned(),
        (0, before) => format!("{before} 个群都说过了，没有再发。"),
        (told, _) => format!("已交给 {told} 个群，马上发出。"),
    };
    Ok(Said {
        lines: vec![line],
        refused: false,
    })
}

/// `GET /staff/editions/{number}/{form}`: an edition as a file.
pub async fn file(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Path((number, form)): Path<(u32, String)>,
) -> Result<Response, Failure> {
    super::keeper(&staff)?;
    let (shape, kind) = match form.as_str() {
        "document" => (
            Shape::Document,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        "table" => (
            Shape::Table,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        _ => return Err(Failure::nothing()),
    };
    let edition = web.desk.db.read().await?.edition(number).await?;
    let edition = edition.ok_or(Failure::nothing())?;
    let made = tokio::task::spawn_blocking(move || shape.render(&edition)).await;
    let made = made.map_err(|panic| Failure::Inside(panic.to_string()))?;
    let file = made
        .map_err(|error| Failure::Inside(error.to_string()))?
        .into_iter()
        .next();
    let file = file.ok_or(Failure::nothing())?;
    let ending = file.path.rsplit('.').next().unwrap_or_default();
    let name = format!("attachment; filename=\"edition-{number}.{ending}\"");
    let name = HeaderValue::from_str(&name).map_err(|error| Failure::Inside(error.to_string()))?;
    let worn = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((worn, file.bytes).into_response())
}

async fn whole(web: &Web, staff: &Staff, said: Said) -> Result<Html<String>, Failure> {
    super::keeper(staff)?;
    let mut tx = web.desk.db.read().await?;
    let next = issue::next(&mut tx, &web.desk.config, web.desk.clock.now()).await?;
    let publications = tx.publications().await?;
    let mut editions = tx.editions().await?;
    drop(tx);
    editions.sort_by_key(|edition| std::cmp::Reverse(edition.number));
    let frozen = |edition: &Edition| Frozen {
        number: edition.number,
        name: edition.name(),
        date: edition.day(),
        summary: publish::summary(edition),
        publications: publications
            .iter()
            .filter(|publication| publication.edition == edition.number)
            .map(|publication| {
                let standing = publication.state.chinese();
                (publication.name(), standing, publication.trouble.clone())
            })
            .collect(),
    };
    let (next, none) = match next {
        Ok(next) => (Some(shown(next)), String::new()),
        Err(why) => (None, refused(&why)),
    };
    let page = Page {
        frame: Frame::of(web, staff, At::Editions).await?,
        said,
        next,
        none,
        frozen: editions.iter().map(frozen).collect(),
    };
    Ok(Html(page.render()?))
}

fn shown(next: NextEdition) -> Next {
    let refused = next.refused(LeaveOut::Unfilled).as_ref().map(refused);
    let edition = &next.edition;
    let items = |change| -> Vec<(u32, String)> {
        let items = edition.items_that(change);
        items.map(|item| (item.no, item.question.clone())).collect()
    };
    let gone = edition.withdrawn.iter();
    let gone: Vec<(u32, String)> = gone.map(|item| (item.no, item.question.clone())).collect();
    let mut changes = vec![
        ("新增", items(Change::Added)),
        ("修订", items(Change::Changed)),
        ("撤下", gone),
    ];
    changes.retain(|(_, items)| !items.is_empty());
    if next.before.is_none() {
        changes.clear();
    }
    Next {
        name: edition.name(),
        summary: publish::summary(edition),
        changes,
        unfilled: next
            .unfilled
            .iter()
            .map(|lacks| (lacks.no, lacks.question.clone(), lacks.names.clone()))
            .collect(),
        waiting: next.waiting,
        refused,
    }
}

/// Why nothing was frozen, and what to do.
fn refused(why: &NotFrozen) -> String {
    match why {
        NotFrozen::NoIssuer => "还没有名册，不知道由谁发布。请先在“人员与值班”上传情况表。".to_owned(),
        NotFrozen::Nothing => "清单里没有能公开、今天有效的条目。".to_owned(),
        NotFrozen::Unfilled(lacks) => format!(
            "有 {} 条的占位词没填。请填好，或这一期先不收没填的那一节。",
            lacks.len()
        ),
        NotFrozen::Personal(found) => {
            let places = found.iter().map(|found| match &found.place {
                Spot::Item { no, .. } => format!("第 {no:03} 条"),
                Spot::Window { bureau } => format!("{bureau}的窗口"),
            });
            let places: Vec<String> = places.collect();
            format!(
                "这些地方有不能公开的号码：{}。清单里只放单位的座机，请改好再来。",
                places.join("、")
            )
        }
        NotFrozen::Unchanged(number) => format!("与第{number}期相比没有变化，不用再出一期。"),
        NotFrozen::Taken(number) => format!("第{number}期刚被别人冻结，请看一眼。"),
    }
}
