//! A question on its way to a helper: the card, the line about it, the offer to a colleague.

use super::asker::not_kept;
use super::parts::{Named, WindowContact, media_said};
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::message::MediaKind;
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;

/// Why a question is handed over instead of answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing fits.
    NoAnswer,
    /// The asker asked for a person or was not helped.
    Asked,
    /// The entry is expired or under revision.
    UnderRevision,
    /// The helper who had it is away or no longer in the roster.
    HelperLeft,
    /// The bot has an answer, but here it only proposes.
    Proposed,
}

/// A question that goes to a helper, as its asker hears of it.
pub struct HandedOver<'a> {
    /// Its number.
    pub id: QuestionId,
    /// Who answers; none: the city desk.
    pub helper: Option<&'a Named>,
    /// Within how many minutes.
    pub minutes: i64,
    /// Why it is handed over.
    pub why: Why,
    /// The window where the licence is collected, if that is another place (三(三)3).
    pub elsewhere: Option<&'a WindowContact>,
    /// By what the asker wanted to be reached, and is not kept.
    pub hidden: &'a [&'a str],
}

/// The card in the help group itself: mentions the helper on duty.
pub fn card_in_group(handed: &HandedOver<'_>) -> Rich {
    let HandedOver {
        id, helper, minutes, ..
    } = handed;
    let reason = match handed.why {
        Why::NoAnswer => "这个我答不准，",
        Why::Asked => "这就帮您叫人，",
        Why::UnderRevision => "这一条正在核对，先不答，免得说错；",
        Why::HelperLeft => "原来的帮办员不在岗了，",
        Why::Proposed => "",
    };
    let text = Rich::default().bold(id.to_string()).plain(format!(" {reason}"));
    let text = match helper {
        Some(named) => match &named.from {
            // No mention: nobody is called outside duty time.
            Some(from) => text.plain(format!("现在下班了，{} {from} 答您。", named.full())),
            None => named
                .mention(text.plain("请 "))
                .plain(format!(" 来答。预计 {minutes} 分钟内答复您。")),
        },
        None => text.plain("已转市局帮办台，会有人答复您。"),
    };
    let text = with_reminder(text, handed.elsewhere).then(&not_kept(handed.hidden));
    text.plain(format!("\n帮办员请点“认领”，或回复“认领 {}”。", id.0))
}

/// 三(三)3: where the licence is collected, if that is another place.
fn with_reminder(text: Rich, elsewhere: Option<&WindowContact>) -> Rich {
    match elsewhere {
        Some(window) => text.plain(format!(
            "\n提醒：执照请到登记地窗口领取，{}；也可以邮寄。",
            window.said()
        )),
        None => text,
    }
}

/// The line in the help group when the card went to the duty group.
pub fn handed_over_line(handed: &HandedOver<'_>) -> Rich {
    let HandedOver {
        id, helper, minutes, ..
    } = handed;
    let text = Rich::default().bold(id.to_string());
    let text = match handed.why {
        Why::UnderRevision => text.plain(" 这一条正在核对，先不答，免得说错；"),
        Why::HelperLeft => text.plain(" 原来的帮办员不在岗了，"),
        Why::NoAnswer | Why::Asked | Why::Proposed => text.plain(" "),
    };
    let text = match helper {
        Some(named) => match &named.from {
            Some(from) => text.plain(format!("已转给{}，现在下班了，{from} 答您。", named.full())),
            None => text.plain(format!("已转给{}，预计 {minutes} 分钟内答复您。", named.full())),
        },
        None => text.plain("已转市局帮办台，会有人答复您。"),
    };
    with_reminder(text, handed.elsewhere).then(&not_kept(handed.hidden))
}

/// Heads the card that calls a helper.
pub fn card_head(id: QuestionId, helper: Option<&Named>) -> Rich {
    let text = Rich::default().bold(format!("{id} 待认领"));
    match helper {
        Some(named) => named.mention(text.plain("，值班：")),
        None => text,
    }
}

/// What staff see of a question under a card's head, in the duty group or in private.
pub fn card_for_staff(card: &StaffCard<'_>) -> Rich {
    let StaffCard {
        id,
        asker,
        group,
        question,
        media,
        near,
        alike,
    } = card;
    let mut text = Rich::from(format!("{asker} 在“{group}”问：\n{question}\n"));
    if !media.is_empty() {
        text = text.plain(format!("（附 {}）\n", media_said(media)));
    }
    for (other, words, reply) in *alike {
        text = text.plain(format!("以前问过：{other} {words} → {reply}\n"));
    }
    for (index, answer) in near.iter().enumerate() {
        text = text.plain(format!("相近 {}：", index + 1)).then(answer);
    }
    text = match near.len() {
        0 => text,
        1 => text.plain("点“采用此答复”，上面这段原样发给提问人。\n"),
        _ => text.plain("点“采用此答复”，那一段原样发给提问人，从上到下对应相近 1、2、3。\n"),
    };
    text.plain(format!(
        "点“认领”，或回复“认领 {}”；认领后直接回复这条消息，就是答复提问人。",
        id.0
    ))
}

/// What staff see of a question.
pub struct StaffCard<'a> {
    /// Its number.
    pub id: QuestionId,
    /// Who asks, as shown.
    pub asker: &'a Masked,
    /// Where.
    pub group: &'a str,
    /// What, masked.
    pub question: &'a Masked,
    /// What came with it.
    pub media: &'a [MediaKind],
    /// What the nearest entries say, whole, best first.
    pub near: &'a [Rich],
    /// Similar questions that ended: number, words, reply.
    pub alike: &'a [(QuestionId, Masked, Masked)],
}

/// 转办: to the colleague it is offered to.
pub fn offered(id: QuestionId, by: &str, to: &Named, reason: &Masked, question: &Masked) -> Rich {
    let text = to.mention(Rich::default().bold(id.to_string()).plain(format!(" {by}想请 ")));
    text.plain(format!(
        " 接手：{reason}\n{question}\n能接请点“认领”；不能接请回复“不接 {}”。接手以前仍由{by}负责。",
        id.0
    ))
}

/// 转办: to the colleague, where the asker reads along.
pub fn offered_in_open(id: QuestionId, to: &Named) -> Rich {
    let text = to.mention(Rich::default().bold(id.to_string()).plain(" 请 "));
    text.plain(format!(" 看一下：能接请点“认领”，不能接请回复“不接 {}”。", id.0))
}

/// 转办: where the question was asked, when the card goes elsewhere.
pub fn offer_noted(id: QuestionId, to: &str) -> Rich {
    Rich::from(format!("{id} 已去问{to}，接手以前还是您负责。"))
}

/// The colleague did not take it.
pub fn declined(id: QuestionId, by: &str) -> Rich {
    Rich::from(format!("{id} {by}接不了，还请您接着办，或转给别人、求助市局。"))
}

/// The colleague did not take it, where the asker reads along.
pub fn declined_in_open(id: QuestionId, holder: &Named) -> Rich {
    holder
        .mention(Rich::default().bold(id.to_string()).plain(" 请 "))
        .plain(" 接着办。")
}

/// 转办 names nobody: who is there, those on duty first.
pub fn offer_to_whom(id: QuestionId, names: &[&str]) -> String {
    let to = names.first().unwrap_or(&"李强");
    let text = format!("请写明转给谁和原因，例如：转办 {} {to} 我去现场了", id.0);
    match names {
        [] => text,
        names => format!("{text}。现在在岗：{}", names.join("、")),
    }
}

/// 转办 names nobody of the roster, or several.
pub fn nobody_of_that_name(name: &Masked) -> Rich {
    Rich::from(format!(
        "名册里找不到帮办员“{name}”，或者有重名。请写全名，例如：转办 1024 李强 我去现场了"
    ))
}
