//! 系统: whether the installation is well, in words; what could not be sent; who did what lately, and whether that record
//! is whole. The values are those of `check` and of `/readyz`.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};

use super::frame::{At, Frame};
use super::staff::Staff;
use crate::clock::Millis;
use crate::domain::chat::group::Standing;
use crate::domain::roster::people::{PersonId, Role};
use crate::domain::time::zone;
use crate::domain::wording::alarm_said;
use crate::platform::webgroup::NAME;
use crate::store::alarms::Raised;
use crate::store::audit::{AuditRow, Chain};
use crate::store::backup::BACKED_UP;
use crate::store::{StoreError, Tx};
use crate::web::Web;
use crate::web::failure::Failure;

/// Rows of the audit that are shown.
const NEWEST: i64 = 50;
/// Longer than this nothing waits while all is well.
const LONG_MS: i64 = 60_000;
/// A copy is made every day; one of this age says that it is not.
const BACKUP_MS: i64 = 2 * 86_400_000;

/// One thing, and how it is.
struct Line {
    what: String,
    how: String,
    bad: bool,
}

/// A row of the audit.
struct Done {
    seq: i64,
    at: String,
    by: String,
    action: String,
    object: String,
}

#[derive(Template)]
#[template(path = "system.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
    bad: usize,
    done: Vec<Done>,
    verified: Option<(String, bool)>,
}

/// `GET /staff/system`
pub async fn page(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    shown(&web, &staff, None).await
}

/// `POST /staff/system`: goes through the whole record of who did what.
pub async fn verify(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, Failure> {
    admin(&staff)?;
    let chain = web.desk.db.read().await?.audit_chain(|_| {}).await?;
    let said = match chain {
        Chain::Whole { rows, head } => {
            let tail = head.get(..16).unwrap_or_default();
            (
                format!("审计记录 {rows} 条，一环扣一环，没有被改过。尾号 {tail}，服务日志每小时记一次，可以拿来对。"),
                true,
            )
        }
        Chain::Broken { seq } => (
            format!(
                "审计记录从第 {seq} 条起对不上：有人改过、删过或加过。请保留数据库，和备份、日志里记下的尾号对照。"
            ),
            false,
        ),
    };
    Ok(shown(&web, &staff, Some(said)).await?.into_response())
}

fn admin(staff: &Staff) -> Result<(), Failure> {
    match staff.person.has(Role::Admin) {
        true => Ok(()),
        false => Err(Failure::unfit("系统由市局管理员来看。")),
    }
}

async fn shown(web: &Web, staff: &Staff, verified: Option<(String, bool)>) -> Result<Html<String>, Failure> {
    admin(staff)?;
    let now = web.desk.clock.now();
    let writes = writes(web, now).await;
    let mut tx = web.desk.db.read().await?;
    let mut lines = vec![match writes {
        Ok(()) => line("数据库", "读得出，写得进".to_owned(), false),
        Err(_) => line(
            "数据库",
            "读得出，写不进：请看磁盘满了没有、权限对不对".to_owned(),
            true,
        ),
    }];
    lines.extend(queues(&mut tx, now).await?);
    lines.extend(channels(&mut tx).await?);
    lines.extend(alarms(&mut tx).await?);
    lines.push(backed_up(web, &mut tx, now).await?);
    let newest = tx.newest_audit(NEWEST).await?;
    drop(tx);
    lines.extend(days(web));
    let frame = Frame::of(web, staff, At::System).await?;
    let bad = lines.iter().filter(|line| line.bad).count();
    let done = newest.into_iter().map(|row| done(web, row)).collect();
    Ok(Html(
        Page {
            frame,
            lines,
            bad,
            done,
            verified,
        }
        .render()?,
    ))
}

fn line(what: &str, how: String, bad: bool) -> Line {
    Line {
        what: what.to_owned(),
        how,
        bad,
    }
}

/// Whether the database takes a write, tried as `check` does.
async fn writes(web: &Web, now: Millis) -> Result<(), StoreError> {
    let mut tx = web.desk.db.begin().await?;
    tx.set_note("checked", &now.0.to_string()).await?;
    tx.commit().await
}

async fn queues(tx: &mut Tx, now: Millis) -> Result<Vec<Line>, Failure> {
    let waits = |oldest: Option<Millis>| oldest.map(|oldest| now.since(oldest)).filter(|age| *age > LONG_MS);
    let queue = |what: &str, long: Option<i64>, count: i64| match long {
        Some(age) => line(what, format!("{count} 条，最早的等了 {} 分钟", age / 60_000), true),
        None => line(
            what,
            if count == 0 {
                "没有在等的".to_owned()
            } else {
                format!("{count} 条，都是刚到的")
            },
            false,
        ),
    };
    let (waiting, _) = tx.inbox_counts().await?;
    let owed = tx.unsent().await?;
    let aside = tx.aside_since(Millis(0)).await?;
    let lost = tx.undelivered().await?.len();
    let mut lines = vec![
        queue("收到还没处理的消息", waits(tx.oldest_waiting().await?), waiting),
        queue("要发还没发出的消息", waits(tx.oldest_unsent().await?), owed),
    ];
    lines.push(match lost {
        0 => line("没发到的消息", "没有".to_owned(), false),
        lost => line("没发到的消息", format!("{lost} 条，正在告诉负责的人"), true),
    });
    let set_aside = [
        (aside.inbox, "条收到的消息处理不了"),
        (aside.outbox, "条要发的消息读不懂"),
        (aside.questions, "个问题的记录读不懂"),
    ];
    let set_aside: Vec<String> = set_aside
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    lines.push(match set_aside.is_empty() {
        true => line("搁在一边的", "没有".to_owned(), false),
        false => line(
            "搁在一边的",
            format!(
                "{}。有人可能还在等，请到群里看一眼，并把日志交给开发人员；原因排除以后，在服务器上 bangban aside again 重新处理",
                set_aside.join("、")
            ),
            true,
        ),
    });
    Ok(lines)
}

/// Each channel with its groups, and those where the bot cannot speak.
async fn channels(tx: &mut Tx) -> Result<Vec<Line>, Failure> {
    let mut groups = tx.groups().await?;
    groups.retain(|group| group.bound.is_some());
    let mut names: Vec<String> = groups.iter().map(|group| group.channel.0.clone()).collect();
    names.sort();
    names.dedup();
    let said = |name: &String| {
        let own = groups.iter().filter(|group| group.channel.0 == *name);
        let silent: Vec<&str> = own
            .clone()
            .filter(|group| group.standing != Standing::Member)
            .map(|group| group.title.as_str())
            .collect();
        let count = own.count();
        let what = if name == NAME {
            "网页群".to_owned()
        } else {
            format!("渠道 {name}")
        };
        match silent.is_empty() {
            true => line(&what, format!("{count} 个群，都能说话"), false),
            false => line(
                &what,
                format!("{count} 个群，其中说不了话的：{}", silent.join("、")),
                true,
            ),
        }
    };
    Ok(names.iter().map(said).collect())
}

/// What is wrong just now by the program's own watch: a channel that does not answer among it.
async fn alarms(tx: &mut Tx) -> Result<Vec<Line>, Failure> {
    let raised = tx.alarms().await?;
    if raised.is_empty() {
        return Ok(vec![line("告警", "没有；各渠道都收得到消息".to_owned(), false)]);
    }
    let said = |one: &Raised| line("告警", alarm_said(one.alarm, &one.of, one.standing.figure), true);
    Ok(raised.iter().map(said).collect())
}

/// When `bangban backup` last ended well.
async fn backed_up(web: &Web, tx: &mut Tx, now: Millis) -> Result<Line, Failure> {
    let noted = tx.note(BACKED_UP).await?;
    let at = noted.and_then(|noted| noted.parse().ok()).map(Millis);
    Ok(match at {
        Some(at) => {
            let said = zone::local(&web.desk.config.timezone, at).strftime("%-m月%-d日 %H:%M");
            let old = now.since(at) > BACKUP_MS;
            let late = if old {
                "，超过两天了，请看定时任务"
            } else {
                ""
            };
            line("上次备份", format!("{said}{late}"), old)
        }
        None => line(
            "上次备份",
            "还没有用 bangban backup 备份过；用别的工具备份的不记在这里".to_owned(),
            false,
        ),
    })
}

/// The clock and the calendar.
fn days(web: &Web) -> Vec<Line> {
    let now = web.desk.clock.now();
    let said = zone::local(&web.desk.config.timezone, now)
        .strftime("%-m月%-d日 %H:%M")
        .to_string();
    let mut lines = vec![match web.desk.believes() {
        true => line("时钟", said, false),
        false => line(
            "时钟",
            format!("{said}，不像是对的：限时都停着。请校准系统时间，再运行 bangban clock"),
            true,
        ),
    }];
    lines.push(match web.desk.calendar_missing() {
        Some(year) => {
            let said = crate::calendar::missing_said(year, &web.desk.config.data);
            line("日历", said.trim_start_matches("日历：").to_owned(), true)
        }
        None => line("日历", "节假日和调休已知".to_owned(), false),
    });
    lines.extend(
        web.desk
            .calendar_problems()
            .into_iter()
            .map(|problem| line("日历", problem, true)),
    );
    lines
}

fn done(web: &Web, row: AuditRow) -> Done {
    let roster = web.desk.roster();
    let by = match row.person_id {
        None => "系统或命令行".to_owned(),
        Some(id) => roster
            .person(PersonId(id))
            .map_or_else(|| "已离开的人员".to_owned(), |person| person.name.clone()),
    };
    Done {
        seq: row.seq,
        at: zone::local(&web.desk.config.timezone, Millis(row.at))
            .strftime("%-m月%-d日 %H:%M")
            .to_string(),
        by,
        action: action(&row.action).to_owned(),
        object: row.object,
    }
}

/// What was done, in words; what has none stands as it is kept.
fn action(key: &str) -> &str {
    match key {
        "sign_in" => "登录",
        "sign_out" => "退出",
        "sign_in_failed" => "登录没成功",
        "token_made" => "生成接口令牌",
        "token_ended" => "结束接口令牌",
        "bound" => "账号绑定本人",
        "bind" => "绑定群",
        "picture_down" => "撤下图片",
        "fix" => "更正答案",
        "sample" => "质量抽查",
        "ask_cover" => "请人代班",
        "digest" => "每周小结开关",
        "forget" => "删除本人的信息",
        "clock" => "认定时间",
        "draft" => "写条目",
        "draft_submitted" => "送审",
        "draft_approved" => "批准",
        "draft_returned" => "退回",
        "draft_dropped" => "撤回草稿",
        "edition_announced" => "播报一期",
        "edition_frozen" => "冻结一期",
        "wechat_draft" | "wechat_redraft" => "公众号存草稿",
        "wechat_approve" => "公众号同意发布",
        "wechat_unapprove" => "公众号撤回同意",
        "wechat_publish" => "公众号发布",
        "wechat_record" => "记下公众号网址",
        "wechat_unpublished" => "公众号没有发表",
        "wechat_state" => "公众号走了一步",
        "link" => "给登录链接",
        "leave" => "记请假",
        "leave_off" => "取消请假",
        "swap" => "换班",
        "mode" => "改说话方式",
        "announce" => "改播报",
        "roster_imported" => "导入名册",
        "roster_exported" => "导出名册",
        "faq_import" => "导入清单",
        "message_hidden" => "隐藏消息",
        "message_shown" => "放出消息",
        "visitor_blocked" => "不许访客发言",
        "visitor_unblocked" => "让访客发言",
        "restored" => "恢复备份",
        other => other,
    }
}
