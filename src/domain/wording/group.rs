//! To a group about itself: its bureau, how the bot may speak there, what is announced there.

use std::collections::BTreeMap;

use super::parts::WindowContact;
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::mode::Mode;
use crate::domain::chat::rich::Rich;
use crate::domain::list::edition::{Change, Edition};
use crate::domain::privacy::Masked;
use crate::domain::roster::people::Roster;

/// How the mode is typed.
pub fn mode_usage() -> Rich {
    Rich::from(
        "请在群里这样写：/mode 自动，/mode 被@才答，/mode 提议，/mode 旁听；后面加类别只管那一类，例如：/mode 提议 注销",
    )
}

/// Who may set the mode.
pub fn mode_not_allowed() -> Rich {
    Rich::from("方式由管理员或本单位管理员来定。您是的话，请先私聊我发 /start 绑定身份。")
}

/// A category that the list does not have.
pub fn no_such_category(category: &Masked) -> Rich {
    Rich::from(format!("清单里没有“{category}”这一类。发“/目录”看有哪些类。"))
}

/// How the bot may speak in this group now.
pub fn modes(all: Mode, by_category: &BTreeMap<String, Mode>) -> Rich {
    let what = match all {
        Mode::Observe => "只听不说，要人工时照样转",
        Mode::Propose => "想好的答案先给值班帮办员看",
        Mode::Mention => "有人@我才答",
        Mode::Auto => "有问就答",
    };
    let mut text = Rich::from(format!("本群方式：{}（{what}）。", all.word()));
    for (category, mode) in by_category {
        text = text.plain(format!("{category}：{}。", mode.word()));
    }
    text
}

/// The bot is switched off in a group, or in private: why, and where to call instead.
pub fn switched_off(reason: &Masked, window: &WindowContact) -> Rich {
    Rich::default().bold("帮办机器人先停用").plain(format!(
        "：{reason}。要办事请联系{}。已有帮办员接手的问题照常办。",
        window.said()
    ))
}

/// It is on again.
pub fn switched_on() -> Rich {
    Rich::from("帮办机器人恢复了，照常提问就行。停用期间问的没有收到，请再发一遍。")
}

/// Something was pressed where it is off.
pub fn off_here() -> String {
    "帮办机器人在这里停用了，请打窗口电话。".to_owned()
}

/// How announcements are switched.
pub fn announce_usage() -> Rich {
    Rich::from("请在群里这样写：/announce 开，新一期《常见问题清单》发布时在本群说一声；/announce 关，就不说了。")
}

/// Who may switch announcements.
pub fn announce_not_allowed() -> Rich {
    Rich::from("播报由管理员或本单位管理员来定。您是的话，请先私聊我发 /start 绑定身份。")
}

/// Whether this group is told of new editions.
pub fn announce_standing(wanted: bool) -> Rich {
    Rich::from(if wanted {
        "本群播报：开。新一期《常见问题清单》发布时，在本群说一声。"
    } else {
        "本群播报：关。"
    })
}

/// A new edition is out: how much is new, its newest questions, where to read it.
pub fn edition_out(edition: &Edition, link: Option<&str>) -> Rich {
    const NEWEST: usize = 3;
    let count = |change| edition.items_that(change).count();
    let (added, changed) = (count(Change::Added), count(Change::Changed));
    let parts = [("新增", added), ("修订", changed), ("撤下", edition.withdrawn.len())];
    let parts = parts.into_iter().filter(|(_, count)| *count > 0);
    let mut parts: Vec<String> = parts.map(|(what, count)| format!("{what} {count} 条")).collect();
    if added == edition.items.len() {
        parts = vec![format!("共 {added} 条")];
    } else if parts.is_empty() {
        parts.push("窗口的地址、电话或时间有变".to_owned());
    }
    let mut text = Rich::default().bold(format!("《常见问题清单》{}发布了", edition.name()));
    text = text.plain(format!("：{}。", parts.join("、")));
    for item in edition.newest(NEWEST) {
        text = text.plain(format!("\n{} {}", item.number(), item.question));
    }
    match link {
        Some(link) => text.plain(format!("\n全文：{link}")),
        None => text,
    }
}

/// How a new group is bound.
pub fn unbound() -> Rich {
    Rich::from(
        "大家好，我是帮办。这个群还没有绑定单位，暂时不答问题。请管理员在群里发：/bind 单位名称（例如 /bind 魏都分局）。",
    )
}

/// A group was bound.
pub fn bound(bureau: &str, kind: GroupKind, channel_hears_all: bool) -> Rich {
    let text = match kind {
        GroupKind::Help => format!("好了，本群是{bureau}的帮办群。想问登记的事，直接说就行。"),
        GroupKind::Guidance => format!("好了，本群是{bureau}的工作指导群。"),
        GroupKind::Duty => format!("好了，本群是{bureau}的值班群，待认领的问题会发到这里。"),
    };
    if channel_hears_all {
        Rich::from(text)
    } else {
        Rich::from(text).plain(format!("\n{}", CANNOT_HEAR))
    }
}

const CANNOT_HEAR: &str =
    "提示：我现在只听得到@我的话。请群主把我设为管理员，或在 @BotFather 关闭隐私模式后把我移出再拉进来。";

/// The bot cannot hear the group: explained to whoever administers it.
pub fn cannot_hear() -> Rich {
    Rich::from(CANNOT_HEAR)
}

/// `/bind` could not be read.
pub fn bind_usage() -> Rich {
    Rich::from("请这样写：/bind 魏都分局，或 /bind 市局 指导，或 /bind 魏都分局 值班。")
}

/// `/bind` names no bureau of the roster.
pub fn no_such_bureau(name: &Masked, roster: &Roster) -> Rich {
    let known: Vec<&str> = roster.bureaus.iter().map(|bureau| bureau.name.as_str()).collect();
    Rich::from(format!("名册里没有“{name}”。现有单位：{}。", known.join("、")))
}

/// `/bind` by somebody who may not.
pub fn bind_not_allowed() -> Rich {
    Rich::from("绑定要由管理员或本单位管理员来做；指导群只能由管理员绑定。您是的话，请先私聊我发 /start 绑定身份。")
}

/// The guidance group belongs to the city bureau.
pub fn guidance_is_city() -> Rich {
    Rich::from("工作指导群属于市局，请写：/bind 市局 指导")
}
