//! Why an edition was not moved, as the command line says it.

use crate::desk::list::publishing::NotDone;
use crate::domain::list::publication::State;

/// Why nothing was published.
pub(super) fn published(why: &NotDone, number: u32) -> anyhow::Error {
    let NotDone::State { name, state } = why else {
        return moved(why, number);
    };
    let next = if matches!(state, State::Unclear { .. }) {
        "请先到公众平台核实，再用 wechat record 或 wechat unpublished 记下"
    } else {
        "请先存草稿、审批"
    };
    anyhow::anyhow!("{name}{}，不能发布。{next}", state.chinese())
}

/// Why nothing was drafted.
pub(super) fn drafted(why: &NotDone, number: u32) -> anyhow::Error {
    match why {
        NotDone::State { name, state } => anyhow::anyhow!("{name}{}，草稿不再改动", state.chinese()),
        other => moved(other, number),
    }
}

/// Why nothing was recorded, or anything else that is said the same everywhere.
pub(super) fn moved(why: &NotDone, number: u32) -> anyhow::Error {
    anyhow::anyhow!(match why {
        NotDone::NotAKeeper => "这要市局编辑或审批来做".to_owned(),
        NotDone::Changed => format!("第{number}期刚被别人动过，没有改。请再看一眼：bangban wechat status"),
        NotDone::Parts { before, now } => format!(
            "第{number}期以前分成 {before} 组，现在要分成 {now} 组，没有改。请把 title、content_limit 改回原来的"
        ),
        NotDone::Articles { name, before, now } => {
            format!("{name}的草稿有 {before} 篇，现在要 {now} 篇，不能更新。请在公众平台删掉草稿再来")
        }
        NotDone::Failed { name, why } => {
            format!("{name}没有发布成：{why}。在公众平台上看清楚后再存一次，请加 --again")
        }
        NotDone::State { name, state } => {
            format!("{name}{}，不是等人工发表或待核实的，没有记", state.chinese())
        }
        NotDone::ByHand => format!(
            "现在的 mode 不用接口发布。请人工发表后记下：bangban wechat record {number} --url 网址 --at \"时间\""
        ),
        NotDone::Address => "--url 应为 http:// 或 https:// 开头的网址".to_owned(),
        NotDone::NotYet => "--at 还没有到。请写实际发表的时间".to_owned(),
    })
}
