//! `bangban off`, `bangban on`: the bot says nothing in a group or a channel until it is on again.

use anyhow::bail;

use super::faq::open_desk;
use crate::config::Config;
use crate::desk::{By, Desk, Switched};
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::message::Channel;
use crate::domain::privacy;
use crate::domain::time::zone;
use crate::official_account;
use crate::platform;
use crate::store::off::Off;
use crate::system;

/// Switches it off in a group or channel; without one, lists where it is off.
pub async fn off(config: &Config, place: Option<&str>, reason: Option<&str>) -> anyhow::Result<u8> {
    let desk = open_desk(config).await?;
    let Some(place) = place else {
        return list(&desk, config).await;
    };
    let Some(reason) = reason.map(str::trim).filter(|reason| !reason.is_empty()) else {
        eprintln!("用法不对：请写原因，群里的人会看到，例如：bangban off {place} --reason 清单有误，正在核对");
        return Ok(2);
    };
    let (what, name) = meant(&desk, place).await?;
    let reason = privacy::mask(&privacy::printable(reason));
    match desk.switch_off(&what, &reason, by(&operator())).await? {
        true => println!("{name}：停用了。群里说了一声请打窗口电话；已有帮办员的问题照常办。恢复：bangban on {place}"),
        false => println!("{name}：已经停用着，没有改动。"),
    }
    desk.db.close().await;
    Ok(0)
}

/// Switches it on again.
pub async fn on(config: &Config, place: &str) -> anyhow::Result<u8> {
    let desk = open_desk(config).await?;
    let (what, name) = meant(&desk, place).await?;
    match desk.switch_on(&what, by(&operator())).await? {
        true => println!("{name}：恢复了，群里说了一声。"),
        false => println!("{name}：没有停用，没有改动。"),
    }
    desk.db.close().await;
    Ok(0)
}

fn operator() -> String {
    format!("by operator {}", system::operator())
}

fn by(note: &str) -> By<'_> {
    By { person: None, note }
}

async fn list(desk: &Desk, config: &Config) -> anyhow::Result<u8> {
    let mut tx = desk.db.read().await?;
    let (off, groups) = (tx.off().await?, tx.groups().await?);
    drop(tx);
    for off in &off {
        let at = zone::local(&config.timezone, off.at).strftime("%-m月%-d日 %H:%M");
        println!("{}  从 {at} 起停用：{}", named(off, &groups), off.reason);
    }
    if off.is_empty() {
        println!("没有停用的群或渠道。停用：bangban off 群名或渠道 --reason 原因");
    }
    desk.db.close().await;
    Ok(0)
}

fn named(off: &Off, groups: &[Group]) -> String {
    match off.group {
        Some(id) => groups
            .iter()
            .find(|group| group.id == id)
            .map_or_else(|| format!("群 {}", id.0), |group| group.title.clone()),
        None => format!("渠道 {}", off.channel.0),
    }
}

/// The channel, or the help group of this name or number.
async fn meant(desk: &Desk, place: &str) -> anyhow::Result<(Switched, String)> {
    let channels = platform::channels();
    let known = || channels.names().chain([official_account::CHANNEL]);
    if known().any(|name| name == place) {
        let channel = Channel::new(place);
        return Ok((Switched { channel, group: None }, format!("渠道 {place}")));
    }
    let groups = desk.db.read().await?.groups().await?;
    let help = groups.iter().filter(|group| group.kind() == Some(GroupKind::Help));
    let named: Vec<&Group> = help
        .filter(|group| group.title == place || group.id.0.to_string() == place)
        .collect();
    match named.as_slice() {
        [group] => {
            let (channel, id) = (group.channel.clone(), Some(group.id));
            Ok((Switched { channel, group: id }, group.title.clone()))
        }
        [] => {
            let known: Vec<&str> = known().collect();
            bail!(
                "没有叫“{place}”的帮办群或渠道。渠道有：{}；群写它的全名（值班群、指导群只给工作人员，不用停）",
                known.join("、")
            )
        }
        several => {
            let said = |group: &&Group| format!("{}（{}）", group.id.0, group.channel.0);
            let numbers: Vec<String> = several.iter().map(said).collect();
            bail!("有 {} 个群叫“{place}”，请写编号：{}", several.len(), numbers.join("、"))
        }
    }
}
