//! What is printed at the start: what to open, and as whom.

use std::io::IsTerminal as _;

use crate::desk::Desk;
use crate::domain::chat::access::Way;
use crate::domain::chat::group::GroupKind;
use crate::domain::roster::people::{Person, Role};
use crate::platform::webgroup;
use crate::setup;

/// Told at the start with Telegram.
const ABROAD: &str = "  Telegram 已连接。提醒：它的服务器在境外，《个人信息保护法》第三十六条要求国家机关处理的个人信息存放在境内；\n  企业的真实数据请用网页群或境内渠道，除非法律顾问另有意见。";

/// Who else signs in, to try the whole of it.
const OFFICES: [(Role, &str); 3] = [
    (Role::Admin, "管理员"),
    (Role::Editor, "编辑"),
    (Role::Approver, "审批"),
];

/// Prints what to open.
pub(super) async fn announce(desk: &Desk, on_telegram: bool) -> anyhow::Result<()> {
    let url = setup::public_url(&desk.config);
    let mut tx = desk.db.read().await?;
    let groups = tx.groups().await?;
    drop(tx);
    let rooms: Vec<_> = groups
        .iter()
        .filter(|group| group.channel.0 == webgroup::NAME)
        .collect();
    let roster = desk.roster();
    let sample = setup::is_sample(&desk.db).await?;
    let invented = if sample {
        "（示例数据：单位、人员、号码都是虚构的）"
    } else {
        ""
    };
    let links = prints_links(desk, sample).await?;
    // Said in one piece: the log writes to the same terminal.
    let mut lines = vec![format!("\n帮办已启动{invented}，请打开：")];
    let help = rooms.iter().find(|room| room.kind() == Some(GroupKind::Help));
    if let Some(room) = help {
        lines.push(format!("  提问（{}）      {url}/g/{}", room.title, room.id.0));
        let helper = room.bureau().and_then(|bureau| roster.helpers_of(bureau).next());
        if let (Some(helper), true) = (helper, links && sample) {
            lines.push(login(desk, "帮办员", helper).await?);
        }
    }
    if links {
        for (role, name) in OFFICES {
            if let Some(person) = roster.people.iter().find(|person| person.has(role)) {
                lines.push(login(desk, name, person).await?);
            }
        }
    }
    if let Some(room) = rooms.iter().find(|room| room.kind() == Some(GroupKind::Guidance)) {
        lines.push(format!("  工作指导群（帮办员登录后）  {url}/staff/g/{}", room.id.0));
    }
    lines.push(format!("  常见问题（公开）  {url}/faq"));
    lines.push(if links && sample {
        "  同一个浏览器开两个窗口就能试：一个提问，一个登录后认领、答复、办结。".to_owned()
    } else {
        "  帮办员、管理员、编辑、审批登录链接：bangban link 姓名".to_owned()
    });
    if desk.config.public_url.is_none() && !desk.config.http.ip().is_loopback() {
        lines.push(
            "  注意：没有写 public_url，上面的网址只在本机打得开；请在 bangban.toml 里写上别人用的网址".to_owned(),
        );
    }
    if let Some(year) = desk.calendar_missing() {
        lines.push(format!(
            "  注意：{}",
            crate::calendar::missing_said(year, &desk.config.data)
        ));
    }
    if on_telegram {
        lines.push(ABROAD.to_owned());
    }
    println!("{}\n停止：Ctrl+C", lines.join("\n"));
    Ok(())
}

/// Whether links are printed: where others may read what a service prints, a link in it would be a way in for them.
async fn prints_links(desk: &Desk, sample: bool) -> anyhow::Result<bool> {
    Ok(match sample {
        true => desk.config.public_url.is_none() && desk.config.http.ip().is_loopback(),
        // At a terminal only whoever started it reads along; the first of the real city come in by these.
        false => std::io::stdout().is_terminal() && no_admin_was_in(desk).await?,
    })
}

/// Whether no administrator is signed in anywhere, nor bound to an account.
async fn no_admin_was_in(desk: &Desk) -> anyhow::Result<bool> {
    let roster = desk.roster();
    let mut tx = desk.db.read().await?;
    for admin in roster.people.iter().filter(|person| person.has(Role::Admin)) {
        let ways = tx.accesses(Some(admin.id)).await?;
        if ways.iter().any(|access| !matches!(access.way, Way::Link { .. })) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A line with a one-time link for somebody.
async fn login(desk: &Desk, name: &str, person: &Person) -> anyhow::Result<String> {
    let secret = setup::invite(&desk.db, person.id, desk.clock.now()).await?;
    let url = setup::public_url(&desk.config);
    Ok(format!(
        "  {name}登录（{}，一次有效，15 分钟内）  {url}/in#{secret}",
        person.name
    ))
}
