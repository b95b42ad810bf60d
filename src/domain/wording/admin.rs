//! To those who arrange things for a bureau: reviews, gaps in the duty roster, trouble in a group.

use super::parts::numbers;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::rich::Rich;
use crate::domain::roster::people::{self, Roster};

/// A second 告知 on the same question: it should have been told at once.
pub fn informed_again(id: QuestionId, helper: &str) -> Rich {
    Rich::from(format!(
        "{id} 由{helper}第二次告知补正。一次性告知要求一次说全，已标记，请留意。"
    ))
}

/// A low rating opened a review, to those who arrange things for the bureau.
pub fn review_opened(id: QuestionId, level: &str, helper: Option<&str>, until: &str) -> Rich {
    let helper = helper.map_or(String::new(), |name| format!("（帮办员{name}）"));
    Rich::from(format!(
        "{id}{helper}被评为“{level}”，请在 {until}下班前回访，问清原因、改进，然后回复：回访 {} 结果",
        id.0
    ))
}

/// A review's time is nearly over.
pub fn review_due(id: QuestionId, until: &str) -> Rich {
    Rich::from(format!(
        "{id} 的回访要在 {until}下班前完成，完成后请回复：回访 {} 结果",
        id.0
    ))
}

/// Low ratings that nobody looked into yet: number, last day, whether that is over.
pub fn open_reviews(bureau: &str, open: &[(QuestionId, String, bool)]) -> Rich {
    if open.is_empty() {
        return Rich::default();
    }
    let text = Rich::default().bold(format!("{bureau} 还没回访的差评\n"));
    open.iter()
        .fold(text, |text, (id, last, over)| {
            let until = match over {
                true => format!("应在 {last}前回访，已超时"),
                false => format!("请在 {last}下班前回访"),
            };
            text.plain(format!("{id} {until}\n"))
        })
        .plain("问清以后回复：回访 编号 结果\n")
}

/// Told to the city in the place of a bureau whose people could not be reached.
pub fn for_the_bureau(bureau: &str, text: &Rich) -> Rich {
    Rich::default()
        .bold(format!("{bureau}的管理员联系不上，请市局转告："))
        .plain("\n")
        .then(text)
}

/// A review was closed.
pub fn review_closed(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 回访已记下。"))
}

/// A review needs words, an administrator, and a low rating.
pub fn review_usage() -> Rich {
    Rich::from("回访由单位管理员来记，请写上结果，例如：回访 1024 已电话致歉，材料已补")
}

/// No review is open for the question.
pub fn no_review(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 没有要回访的评价。"))
}

/// An office with fewer helpers than the document asks for (许工商〔2018〕103号 附件注).
pub fn short_staffed(roster: &Roster, short: &people::Shortfall) -> String {
    let office = roster.office(short.office).map_or("", |office| office.name.as_str());
    format!("{office}帮办员 {} 人，应不少于 {} 人", short.has, short.needs)
}

/// Uncovered hours and short-staffed offices of the next fourteen days, and questions that every rung called for in vain.
pub fn gaps(bureau: &str, gaps: &[String], more: usize, short: &[String], unclaimed: &[QuestionId]) -> Rich {
    let mut text = Rich::default();
    if !unclaimed.is_empty() {
        text = text.bold(format!("{bureau} 一直没人认领：{}", numbers(unclaimed)));
        text = text.plain("。请今天安排人接：回复“认领 编号”。\n");
    }
    if gaps.is_empty() && short.is_empty() {
        return text;
    }
    text = text.bold(format!("{bureau} 今后 14 天\n"));
    for gap in gaps {
        text = text.plain(format!("没人值班：{gap}\n"));
    }
    if more > 0 {
        text = text.plain(format!("还有 {more} 段没人值班\n"));
    }
    for short in short {
        text = text.plain(format!("人手不足：{short}\n"));
    }
    text.plain("请补值班表，或让帮办员用 /swap 换班。")
}

/// Told to the bureau's administrators when the bot cannot speak in a group.
pub fn group_trouble(title: &str, gone: bool) -> Rich {
    if gone {
        Rich::from(format!(
            "我已不在“{title}”群里，那里的问题收不到了。请把我重新拉进群，再发 /bind。"
        ))
    } else {
        Rich::from(format!("我在“{title}”群里被禁言，答复发不出去。请群主允许我发言。"))
    }
}

/// Told to the bureau's administrators when a question's message could not be delivered for sure.
pub fn delivery_in_doubt(id: QuestionId, group: &str) -> Rich {
    Rich::from(format!(
        "{id} 有一条消息没能确认送到“{group}”群，请到群里看一眼，必要时人工补一句。"
    ))
}

/// Told to the bureau's administrators when a question's record cannot be read.
pub fn unreadable_question(id: QuestionId) -> Rich {
    Rich::from(format!(
        "{id} 的记录读不出来，程序没法再跟进它。请直接联系提问人把这件事办完，并把编号告诉系统管理员。"
    ))
}
