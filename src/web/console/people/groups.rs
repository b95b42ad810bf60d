//! 群 of a bureau: how the bot may speak in each, whether it announces editions there, whether it can speak at all.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};
use serde::Deserialize;

use super::super::answered::Said;
use super::super::frame::{At, Frame};
use super::super::staff::Staff;
use super::{Choice, choices};
use crate::desk::Keeping;
use crate::domain::chat::group::{Group, GroupId, GroupKind, Standing};
use crate::domain::chat::mode::{MODES, Mode};
use crate::domain::roster::people::BureauId;
use crate::domain::roster::rights::Right;
use crate::platform::webgroup::NAME;
use crate::web::Web;
use crate::web::failure::Failure;

/// A group, as its card shows it.
struct Kept {
    id: i64,
    title: String,
    kind: &'static str,
    channel: String,
    standing: &'static str,
    trouble: bool,
    mode: Mode,
    /// For some categories, something else.
    others: Vec<(String, &'static str)>,
    announces: bool,
    /// Its order is kept on a page.
    order: bool,
}

impl Kept {
    fn speaks(&self, mode: &Mode) -> bool {
        self.mode == *mode
    }
}

#[derive(Template)]
#[template(path = "groups.html")]
struct Page {
    frame: Frame,
    said: Said,
    bureau: BureauId,
    title: String,
    bureaus: Vec<Choice>,
    groups: Vec<Kept>,
    modes: Vec<(Mode, &'static str, &'static str)>,
    keeps: bool,
}

/// Which bureau.
#[derive(Default, Deserialize)]
pub struct Wanted {
    bureau: Option<i64>,
}

/// `GET /staff/groups`
pub async fn page(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, Failure> {
    shown(&web, &staff, &wanted, Said::default()).await
}

/// One change of a group.
#[derive(Deserialize)]
pub struct Change {
    group: i64,
    act: String,
    #[serde(default)]
    mode: String,
}

/// `POST /staff/groups`
pub async fn act(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
    Form(change): Form<Change>,
) -> Result<Response, Failure> {
    let keeping = match change.act.as_str() {
        "mode" => Mode::from_word(&change.mode).map(Keeping::Mode),
        "announce" => Some(Keeping::Announcements(true)),
        "quiet" => Some(Keeping::Announcements(false)),
        _ => None,
    };
    let said = match keeping {
        None => Said::refused("这个操作看不懂，请刷新页面再试。"),
        Some(keeping) => Said::from(
            web.desk
                .keep_group(&staff.actor(), GroupId(change.group), keeping)
                .await?,
        ),
    };
    let status = if said.refused {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    let page = shown(&web, &staff, &wanted, said).await?;
    Ok((status, page).into_response())
}

/// What each way of speaking means.
fn meaning(mode: Mode) -> &'static str {
    match mode {
        Mode::Auto => "有问就答",
        Mode::Mention => "有人@我才答",
        Mode::Propose => "想好的答案先给值班帮办员看",
        Mode::Observe => "只听不说，要人工时照样转",
    }
}

async fn shown(web: &Web, staff: &Staff, wanted: &Wanted, said: Said) -> Result<Html<String>, Failure> {
    let bureau = super::bureau(web, staff, wanted.bureau)?;
    let roster = web.desk.roster();
    let title = roster
        .bureau(bureau)
        .map_or_else(String::new, |bureau| bureau.name.clone());
    let otherwise = web.desk.config.mode_for(&title);
    let mut tx = web.desk.db.read().await?;
    let mut groups = Vec::new();
    for group in tx.groups().await? {
        if group.bureau() == Some(bureau) {
            let announces = tx.wants_editions(group.id).await?;
            groups.push(kept(group, otherwise, announces));
        }
    }
    drop(tx);
    let page = Page {
        frame: Frame::of(web, staff, At::People).await?,
        said,
        bureau,
        title,
        bureaus: choices(staff, &roster, bureau),
        groups,
        modes: MODES
            .iter()
            .map(|(mode, word)| (*mode, *word, meaning(*mode)))
            .collect(),
        keeps: staff.may(Right::SetMode, bureau),
    };
    Ok(Html(page.render()?))
}

fn kept(group: Group, otherwise: Mode, announces: bool) -> Kept {
    let standing = match group.standing {
        Standing::Member => "机器人能说话",
        Standing::Muted => "机器人在群里，但没有发言权：请群主解除禁言",
        Standing::Gone => "机器人已不在群里：请重新拉进群并绑定",
    };
    let web = group.channel.0 == NAME;
    let others = group.modes.by_category.iter();
    Kept {
        id: group.id.0,
        kind: group.kind().map_or("", GroupKind::chinese),
        channel: if web {
            "网页群".to_owned()
        } else {
            group.channel.0.clone()
        },
        standing,
        trouble: group.standing != Standing::Member,
        mode: group.modes.of(None, otherwise),
        others: others.map(|(category, mode)| (category.clone(), mode.word())).collect(),
        announces,
        order: web && group.kind() == Some(GroupKind::Help),
        title: group.title,
    }
}
