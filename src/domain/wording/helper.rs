//! To a helper: binding their account, claiming, replying, what they may not do now.

use super::parts::Named;
use crate::domain::asking::question::{Ending, QuestionId, Refusal};
use crate::domain::chat::group::Standing;
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::PublicHelper;

/// 采用 without an entry's number.
pub fn adopt_usage(id: QuestionId) -> String {
    format!("请写上条号，例如：采用 {} 37；要改的，后面接着写改好的话", id.0)
}

/// An entry or advice that can no longer be adopted.
pub fn nothing_to_adopt() -> String {
    "这一条现在不能用了，请自己写答复".to_owned()
}

/// The library of common defects, to helpers.
pub fn defects(list: &[(u32, String, String)]) -> Rich {
    let mut text = Rich::from("一次性告知，这样写：告知 1024 1 3 另：法人身份证反面没传。常见补正：\n");
    let mut about = "";
    for (no, of, missing) in list {
        if of != about {
            text = text.bold(format!("{of}\n"));
            about = of;
        }
        text = text.plain(format!("{no}. {missing}\n"));
    }
    text
}

/// A number that is not in the library of defects.
pub fn no_such_defect(no: u32) -> Rich {
    Rich::from(format!("补正清单里没有第 {no} 条。发“告知”看清单。"))
}

/// 一次性告知 without anything to tell.
pub fn nothing_to_inform() -> Rich {
    Rich::from("请写补正清单里的编号，例如：告知 1024 1 3 另：法人身份证反面没传。发“告知”看清单。")
}

/// When something must have happened.
pub struct Until {
    /// 今天 10:30
    pub said: String,
    /// It has not, and the time is over.
    pub over: bool,
}

/// An open question of a helper's bureau.
pub struct Queued {
    /// Its number.
    pub id: QuestionId,
    /// Its first words.
    pub words: Masked,
    /// Where it stands.
    pub standing: String,
    /// Until when.
    pub until: Option<Until>,
}

/// Open questions of a helper's bureau, and how to go on with one.
pub fn queue(rows: &[Queued]) -> Rich {
    if rows.is_empty() {
        return Rich::from("现在没有待办。");
    }
    let mut text = Rich::from("待办，您的在前，急的在前：\n");
    for row in rows {
        let until = match &row.until {
            Some(Until { said, over: false }) => format!("，{said}前"),
            Some(Until { said, over: true }) => format!("，应在{said}前，已超时"),
            None => String::new(),
        };
        text = text
            .bold(row.id.to_string())
            .plain(format!(" {} —— {}{until}\n", row.words, row.standing));
    }
    text.plain("要接的回复“认领 编号”，要答的回复“答复 编号 …”。")
}

/// How a correction is typed.
pub fn fix_usage() -> Rich {
    Rich::from("请回复我的那条答复，发：/fix 正确的说法。后面不写也行，我先撤回，由您接着答。")
}

/// A command that only helpers may give.
pub fn helpers_only() -> Rich {
    Rich::from("这个命令给帮办员用。您是帮办员的话，请先私聊我发 /start 绑定身份。")
}

/// Said to the helper who claimed, where staff read: named, where others read along.
pub fn claimed_for_staff(id: QuestionId, helper: Option<&Named>, question: &Masked) -> Rich {
    let text = Rich::default().bold(id.to_string()).plain(" ");
    let text = match helper {
        Some(named) => named.mention(text).plain(" "),
        None => text,
    };
    text.plain(format!(
        "您已认领。问的是：\n{question}\n直接回复这条消息，就是答复提问人；两分钟内可以放回。"
    ))
}

/// Said among staff where somebody took a question elsewhere.
pub fn claimed_elsewhere(id: QuestionId, helper: &Named) -> Rich {
    Rich::default()
        .bold(id.to_string())
        .plain(format!(" 已由{}认领。", helper.public.name))
}

/// The asker ended a question that staff had or were called for.
pub fn ended_by_asker(id: QuestionId, how: Ending) -> Rich {
    let said = match how {
        Ending::Solved => "提问人说解决了",
        Ending::Withdrawn | Ending::Closed | Ending::Lapsed | Ending::Observed => "提问人撤回了",
    };
    Rich::default()
        .bold(id.to_string())
        .plain(format!(" {said}，不用再办。"))
}

/// Somebody else ended a helper's question.
pub fn closed_for_you(id: QuestionId, by: &str, reason: &Masked) -> Rich {
    let reason = match reason.trim() {
        "" => String::new(),
        reason => format!("：{reason}"),
    };
    Rich::default()
        .bold(id.to_string())
        .plain(format!(" {by}已办结{reason}"))
}

/// The asker was not helped by a helper's answer.
pub fn not_solved(id: QuestionId, helper: Option<&Named>, question: &Masked) -> Rich {
    let text = Rich::default().bold(id.to_string()).plain(" 提问人说没解决");
    let text = match helper {
        Some(named) => named.mention(text.plain("，请 ")).plain(" 接着办"),
        None => text,
    };
    text.plain(format!("。原来问的是：\n{question}"))
}

/// A claim was put back.
pub fn released(id: QuestionId, helper: Option<&Named>) -> Rich {
    let text = Rich::from(format!("{id} 已放回，"));
    match helper {
        Some(named) => named
            .mention(text.plain("请 "))
            .plain(format!(" 或其他帮办员认领（认领 {}）。", id.0)),
        None => text.plain(format!("请帮办员认领（认领 {}）。", id.0)),
    }
}

/// Told to the helper whose reply was brought to the group.
pub fn relay_done(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 已转告提问人。"))
}

/// Told to a helper whose reply cannot be brought to the asker: what it is, nobody can copy.
pub fn type_the_answer(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 这种消息我转不给提问人，请您打字答复。"))
}

/// Told to a helper whose reply is somebody's contact card with a mobile number: a group does not read one.
pub fn card_stays(id: QuestionId) -> Rich {
    Rich::from(format!(
        "{id} 名片上有手机号，不在群里公开，没有转给提问人。请打字写明座机或者去哪里找。"
    ))
}

/// Told to a helper of whose reply all but such a card was brought to the asker.
pub fn relay_done_without_card(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 已转告提问人；名片上有手机号，不在群里公开，没有转。"))
}

/// Told to a helper who gave a reply to another question after it was said.
pub fn reply_moved(from: QuestionId, to: QuestionId) -> Rich {
    Rich::from(format!("这条答复改给 {to}；{from} 的提问人我已告诉：那条不是给他的。"))
}

/// Follows where nothing answers the first question now.
pub fn still_owed(id: QuestionId) -> String {
    format!("{id} 还等答复。")
}

/// Told to a helper whose reply cannot be given to the question they name now: why.
pub fn reply_stays(from: QuestionId, why: &str) -> Rich {
    Rich::from(format!(
        "{why}。{from} 的答复没有动；要改的话，请把编号改对，或改成给 {from} 的话。"
    ))
}

/// To the helper who has a question: a colleague's answer was meant for another, so it still waits for one.
pub fn answer_again(id: QuestionId, by: &str, question: &Masked) -> Rich {
    Rich::default()
        .bold(id.to_string())
        .plain(format!(" {by}刚才的答复是给别的问题的，还请您答：\n{question}"))
}

/// Told to a helper of whose reply only the words were brought to the asker.
pub fn relay_done_in_words(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 文字已转告提问人；其余的我转不过去，请您打字补上。"))
}

/// Told to a helper who changed a reply after it was brought to the asker.
pub fn change_passed_on(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 改过的答复已转告提问人。"))
}

/// The asker goes on with a question that a helper has.
pub fn follow_up(id: QuestionId, helper: Option<&Named>, words: &Masked) -> Rich {
    let text = Rich::default().bold(id.to_string()).plain(" 提问人追问");
    match helper {
        Some(named) => named.mention(text.plain("，请 ")).plain(format!(" 接着答：\n{words}")),
        None => text.plain(format!("：\n{words}")),
    }
}

/// The asker added something before an answer came.
pub fn added(id: QuestionId, helper: Option<&Named>, words: &Masked) -> Rich {
    let text = Rich::default().bold(id.to_string()).plain(" 提问人补充");
    match helper {
        Some(named) => named.mention(text.plain("，请 ")).plain(format!(" 看：\n{words}")),
        None => text.plain(format!("：\n{words}")),
    }
}

/// The asker changed a question that somebody already has.
pub fn changed(id: QuestionId, helper: Option<&Named>, words: &Masked) -> Rich {
    let text = Rich::default().bold(id.to_string()).plain(" 提问人改了问题");
    match helper {
        Some(named) => named.mention(text.plain("，请 ")).plain(format!(" 看：\n{words}")),
        None => text.plain(format!("：\n{words}")),
    }
}

/// An account is bound to a person of the roster.
pub fn welcome_helper(helper: &PublicHelper) -> Rich {
    Rich::from(format!(
        "{}您好，已和名册对上：{}{}。待认领的问题我会发到这里；认领后直接回复那条消息，就是答复提问人。",
        helper.name, helper.bureau, helper.office
    ))
}

/// A guide is bound.
pub fn welcome_guide(name: &str) -> Rich {
    Rich::from(format!(
        "{name}您好，已和名册对上：引导员。您可以在群里帮着解答；认领由帮办员来做。"
    ))
}

/// The shared number is in no roster.
pub fn not_in_roster() -> Rich {
    Rich::from("名册里没有这个手机号。您是帮办员的话，请找本单位管理员核对名册，或要一个邀请链接。")
}

/// A sample person's number proves nothing.
pub fn sample_by_invitation() -> Rich {
    Rich::from("现在是示例名册，示例人员只能用邀请链接绑定（命令：bangban link 姓名）。")
}

/// A link typed into a chat where it counts for nothing.
pub fn open_the_link() -> Rich {
    Rich::from("登录链接在这里发没有用，请直接在浏览器里打开它。别发给别人看，链接等于身份。")
}

/// A used or expired invitation.
pub fn invitation_over() -> Rich {
    Rich::from("这个邀请链接已用过或已过期，请再要一个。")
}

/// What a button or command may not do now.
pub fn refusal(refusal: &Refusal, id: Option<QuestionId>, holder: Option<&str>) -> String {
    let q = id.map_or("这个问题".to_owned(), |id| id.to_string());
    let number = id.map_or("编号".to_owned(), |id| id.0.to_string());
    match refusal {
        Refusal::HeldBy(_) => format!("{q} {}已认领", holder.unwrap_or("别的帮办员")),
        Refusal::AlreadyYours => format!("{q} 已经是您的了，直接答复就行"),
        Refusal::Over => format!("{q} 已结束，还有疑问直接说"),
        Refusal::NotNow => format!("{q} 这一步现在还用不上"),
        Refusal::NotYours => "这个按钮请提问人自己点".to_owned(),
        Refusal::NotHelper => "认领、答复要由帮办员来做。您是帮办员的话，请先私聊我发 /start 绑定身份".to_owned(),
        Refusal::NotHolder => format!("{q} 由{}负责，请本人或单位管理员办结", holder.unwrap_or("认领的帮办员")),
        Refusal::TooLateToRelease => "认领超过两分钟，不能放回了。请答复，或写明原因办结".to_owned(),
        Refusal::ReasonNeeded => format!("还没有答复就办结，请写明原因：办结 {number} 原因"),
        Refusal::WhyNeeded => format!("转办要写原因，例如：转办 {number} 李强 我去现场了"),
        Refusal::NotOffered => format!("{q} 没有转给您，不用回复"),
        Refusal::RatedAlready => format!("{q} 已经评价过了，谢谢您"),
        Refusal::NoSuchQuestion => "没有这个编号的问题，请核对一下".to_owned(),
        Refusal::Stale => "这个按钮过期了，请看最新的那条；要问事，把问题再发一遍就行".to_owned(),
    }
}

/// A verb without a number and without a reply to a card.
pub fn number_needed(verb: &str) -> String {
    format!("请带上编号，例如：{verb} 1024；或者直接回复那张卡片")
}

/// `答复 1024` without words.
pub fn reply_needs_words() -> String {
    "请把答复写在编号后面，例如：答复 1024 请带身份证到窗口".to_owned()
}

/// A press that was carried out.
pub fn done() -> &'static str {
    "好的"
}

/// Heads what is sent a second time because nobody knows whether it arrived.
pub fn again(question: Option<QuestionId>) -> Rich {
    match question {
        Some(id) => Rich::from(format!("（重发 {id}）")),
        None => Rich::from("（重发）"),
    }
}

/// Told to a helper whose reply cannot be brought to the asker: why, and what to do.
pub fn relay_waits(id: QuestionId, group: &str, standing: Standing) -> Rich {
    let (why, then) = match standing {
        Standing::Muted => (format!("我在“{group}”群里被禁言"), "允许我发言"),
        Standing::Gone | Standing::Member => (format!("我已不在“{group}”群里"), "把我拉回群"),
    };
    Rich::from(format!(
        "{id} 的答复还没送到提问人：{why}。请群主{then}，之后自动补发；着急的话请直接联系提问人。"
    ))
}

/// Told to a helper whose reply may not have got to the asker.
pub fn relay_in_doubt(id: QuestionId, group: &str) -> Rich {
    Rich::from(format!(
        "{id} 的答复没能确认送到“{group}”，请到群里看一眼，没有的话再发一次。"
    ))
}

/// Told to a helper whose reply goes out now that the bot may speak again.
pub fn relayed_now(id: QuestionId, group: &str) -> Rich {
    Rich::from(format!("我又能在“{group}”说话了，{id} 的答复这就补发。"))
}
