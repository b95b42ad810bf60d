//! To whoever asks: who has the question, where it stands, what is wanted of them, how it ended.

use super::commands::SURE;
use super::helper::Until;
use super::parts::{Named, numbers};
use crate::domain::asking::clocks::Rung;
use crate::domain::asking::question::{Ending, QuestionId};
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;

/// Said where the question was asked when a helper has it.
pub fn claimed(id: QuestionId, helper: &Named) -> Rich {
    Rich::default()
        .bold(id.to_string())
        .plain(format!(" {}来帮您办这件事，办完为止。", helper.full()))
}

/// Said where the question was asked when an offered question is taken over; who was first stays responsible too.
pub fn taken_over(id: QuestionId, helper: &Named, first: Option<&str>) -> Rich {
    let text = Rich::default()
        .bold(id.to_string())
        .plain(format!(" 现在由{}接着办，", helper.full()));
    match first {
        Some(first) => text.plain(format!("{first}也一直跟着，办完为止。")),
        None => text.plain("办完为止。"),
    }
}

/// 一次性告知 (许工商〔2018〕103号 三(四)1): everything that is missing and how to mend it, in one message.
pub fn inform(items: &[Masked]) -> String {
    let mut text = format!("一次说全：一共 {} 处要改，改好一起交：\n", items.len());
    for (index, item) in items.iter().enumerate() {
        text.push_str(&format!("{}. {item}\n", index + 1));
    }
    text.trim_end().to_owned()
}

/// Solved: asks for one of five levels, once.
pub fn rating(id: QuestionId) -> Rich {
    Rich::from(format!(
        "{id} 已解决，谢谢您说一声！这次满意吗？点一下就行，不点也没关系。"
    ))
}

/// The rating was noted.
pub fn rated(id: QuestionId, content: bool) -> Rich {
    if content {
        Rich::from(format!("{id} 谢谢您的评价。"))
    } else {
        Rich::from(format!(
            "{id} 对不起，没帮好您。5 个工作日内会在群里再问您一次，把事情弄清楚。"
        ))
    }
}

/// Something that is shown in private only, to somebody without a private chat.
pub fn in_private_please() -> Rich {
    Rich::from("这个只给您本人看，请私聊我发同样的命令。")
}

/// What is kept about somebody.
pub fn my_data(count: usize, newest: &[(QuestionId, Masked)], name: Option<&Masked>, person: bool, days: i64) -> Rich {
    let mut text = Rich::from(format!(
        "我存着您的：{count} 个问题（手机号、证件号已遮住，{days} 天后删除）"
    ));
    if let Some(name) = name {
        text = text.plain(format!("，显示的称呼“{name}”"));
    }
    if person {
        text = text.plain("，您的账号和名册的对应");
    }
    text = text.plain("。不是提问的话我不存。\n");
    for (id, words) in newest {
        text = text.plain(format!("{id} {words}\n"));
    }
    text.plain(format!("要删除，请发：/forget {SURE}"))
}

/// Open questions cannot be erased.
pub fn forget_later(open: &[QuestionId]) -> Rich {
    Rich::from(format!(
        "您还有在办的 {}，请先发“撤回 编号”，或等办结，再来删除。",
        numbers(open)
    ))
}

/// Asks once whether everything is to be erased.
pub fn forget_confirm() -> Rich {
    Rich::from(format!(
        "删除以后，您的问题原文和称呼都找不回来。确定请发：/forget {SURE}"
    ))
}

/// Everything was erased.
pub fn forgotten(count: u64) -> Rich {
    Rich::from(format!(
        "已删除：{count} 个问题的原文和称呼。群里的聊天记录请您自己撤回。"
    ))
}

/// One line after a helper's own reply in the group.
pub fn after_reply(id: QuestionId, helper: &Named) -> Rich {
    Rich::from(format!(
        "{id} 已由{}答复。解决了请点按钮；没说清的，回复这条消息接着问。",
        helper.public.name
    ))
}

/// A helper's reply from another chat, brought to the asker.
pub fn relayed(id: QuestionId, helper: &Named, reply: &Masked) -> Rich {
    Rich::default()
        .bold(format!("{id} {}答复：", helper.public.name))
        .plain(format!("\n{reply}\n解决了请点按钮；没说清的，回复这条消息接着问。"))
}

/// A helper changed a reply that cannot be changed where it stands.
pub fn reply_corrected(id: QuestionId, helper: &Named, reply: &Masked) -> Rich {
    Rich::default()
        .bold(format!("{id} {}改了答复，请以这次的为准：", helper.public.name))
        .plain(format!("\n{reply}"))
}

/// Stands where a reply stood that was meant for another question.
pub fn not_the_answer(id: QuestionId) -> Rich {
    Rich::from(format!("{id} （这里原来的答复是给别的问题的，不是给您的，已收回。）"))
}

/// What becomes of a question of which an answer was taken back.
pub enum TakenBack<'a> {
    /// A helper owes it one.
    Owed(&'a Named),
    /// Other replies stand.
    OthersStand,
    /// It was over.
    Over,
}

/// An answer was meant for another question.
pub fn reply_taken_back(id: QuestionId, then: &TakenBack<'_>) -> Rich {
    let then = match then {
        TakenBack::Owed(named) => format!("{}会另外答复您。", named.full()),
        TakenBack::OthersStand => "其余的答复照旧。".to_owned(),
        TakenBack::Over => "还有疑问，回复这条消息接着问。".to_owned(),
    };
    Rich::default()
        .bold(format!("{id} 更正："))
        .plain(format!("刚才有一条答复是给别的问题的，请不要照着办。{then}"))
}

/// The asker changed the words of a question that is over.
pub fn changed_when_over(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 已结束，改过的这句没有再办。还要问，请新发一条。"))
}

/// A question is over.
pub fn ended(id: QuestionId, how: Ending) -> Rich {
    match how {
        Ending::Solved => rating(id),
        Ending::Closed => Rich::from(format!("{id} 已办结。还有疑问，7 天内回复上面的答复就能接着问。")),
        Ending::Withdrawn => Rich::from(format!("{id} 已撤回。需要时随时再问。")),
        Ending::Observed => Rich::from(format!("{id} 已记下。")),
        Ending::Lapsed => Rich::from(format!("{id} 一天没见您回话，先放一放；7 天内回复上面那条，接着办。")),
    }
}

/// The same thing was asked again while it is open.
pub fn asked_again(id: QuestionId, holder: Option<&Named>, answered: bool) -> Rich {
    match (answered, holder) {
        (true, _) => Rich::from(format!("{id} 刚答过，在上面。看了还不明白，点“转人工”。")),
        (false, Some(named)) => Rich::from(format!("{id} 还在办，{}会答复您，请稍等。", named.public.name)),
        (false, None) => Rich::from(format!("{id} 已登记，正在请帮办员答复，请稍等。")),
    }
}

/// What the asker added was passed on.
pub fn passed_on(id: QuestionId, helper: Option<&Named>, hidden: &[&str]) -> Rich {
    let to = helper.map_or("帮办员", |named| named.public.name.as_str());
    Rich::from(format!("{id} 已转告{to}，请稍等。")).then(&not_kept(hidden))
}

/// How to be reached was hidden: nobody will call.
pub fn not_kept(hidden: &[&str]) -> Rich {
    if hidden.is_empty() {
        return Rich::default();
    }
    Rich::from(format!(
        "\n您写的{}我没有存，帮办员看不到；有事请在群里说。",
        hidden.join("、")
    ))
}

/// Said to the asker when a helper is slow.
pub fn still_on_it(id: QuestionId, helper: &Named) -> Rich {
    Rich::from(format!("{id} {}还在办，让您久等了。", helper.public.name))
}

/// Said to the asker when the wait became long.
pub fn still_waiting(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 让您久等了，已请市局一起帮忙，请再稍等。"))
}

/// An identity, card or passport number stands in the group for all to read.
pub fn delete_please(found: &[&str]) -> Rich {
    Rich::from(format!(
        "您这条消息里有{}，群里人多，请长按它撤回；撤不回的，告诉群主删掉。我没有存这些号码，办事也不用发在群里。",
        found.join("、")
    ))
}

/// `/ask` without words.
pub fn ask_what() -> Rich {
    Rich::from("请把问题写在后面，例如：/ask 简易注销要公示几天")
}

/// A picture or voice to the bot, without words.
pub fn words_please() -> Rich {
    Rich::from("我看不了图片、听不了语音，请用文字说一下您的问题。证件照片请不要发在群里。")
}

/// Something about an open question that cannot be brought to the helper.
pub fn type_it() -> Rich {
    Rich::from("这种消息我转不给帮办员，请您打字说一下。")
}

/// Own open questions.
pub fn mine(questions: &[(QuestionId, Masked, String)]) -> Rich {
    if questions.is_empty() {
        return Rich::from("您现在没有在办的问题。");
    }
    let mut text = Rich::from("您在办的问题：\n");
    for (id, words, standing) in questions {
        text = text.plain(format!("{id} {words} —— {standing}\n"));
    }
    text
}

/// Where a question stands, for `/mine`.
pub fn standing(phase: &str, helper: Option<&str>) -> String {
    match (phase, helper) {
        ("gathering" | "waiting", Some(name)) => format!("已转{name}，等认领"),
        ("gathering" | "waiting", None) => "正在给您找人".to_owned(),
        ("suggested", _) => "请在几个问题里选一个".to_owned(),
        ("answered", _) => "答过了，没解决就回“转人工”".to_owned(),
        ("claimed", Some(name)) => format!("{name}正在办"),
        ("replied", Some(name)) => format!("{name}已答复"),
        _ => "办理中".to_owned(),
    }
}

/// Where a question stands, with the time by which a helper should have acted (PRODUCT §2.3); once that is over, what is
/// being done.
pub fn expected(standing: &str, until: Option<&Until>, done: &str) -> String {
    match until {
        Some(Until { said, over: false }) => format!("{standing}，预计 {said} 前有回音"),
        Some(Until { over: true, .. }) => format!("{standing}，比预计晚了，对不起；{done}"),
        None => standing.to_owned(),
    }
}

/// What is done about a question that nobody claims.
pub fn being_called(rung: Rung) -> &'static str {
    match rung {
        Rung::Queued | Rung::Card | Rung::Remind | Rung::WarnAllHelpers => "正在催",
        Rung::AllHelpers | Rung::WarnBureauAdmin => "已请全体帮办员来接",
        Rung::BureauAdmin | Rung::WarnGuidance => "已请单位管理员安排人",
        Rung::Guidance => "已请市局一起帮忙",
    }
}

/// What is done about a helper who is late.
pub fn being_urged() -> &'static str {
    "已催帮办员尽快答复"
}

/// An anonymous administrator or a channel wants something.
pub fn use_own_account() -> Rich {
    Rich::from("请用个人身份发言（不要用匿名管理员或频道身份），我才认得您。")
}

/// One account was answered so much that others would have to wait for it.
pub fn answered_enough() -> Rich {
    Rich::from("您这一分钟发得太密了，我先去答别人的。有问题照常问，我都记着；其他的过一分钟再发。")
}

/// Too many questions in a short time.
pub fn too_fast(minutes: i64, questions: i64) -> Rich {
    Rich::from(format!(
        "您问得多，我有点跟不上：{minutes} 分钟内最多 {questions} 个问题。过几分钟再问，急事打窗口电话。"
    ))
}

/// Too many wait for helpers in this group.
pub fn crowded() -> Rich {
    Rich::from("现在群里等着的问题太多，帮办员忙不过来。请过半小时再问，急事打窗口电话。")
}

/// To whoever pressed 我也想问, once there is an answer.
pub fn wished_and_answered(id: QuestionId, asked: &Masked) -> Rich {
    Rich::default().plain("您也想问的 ").bold(id.to_string()).plain(format!(
        "“{asked}”有答复了，请到群里看。没说到您的情况，就在群里再问一句。"
    ))
}
