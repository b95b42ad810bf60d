//! Every sentence the bot says in chat, in plain, warm, short Chinese. The bureau proofreads this one file.

use std::collections::BTreeMap;

use crate::clock::Millis;
use crate::domain::asking::clocks::Rung;
use crate::domain::asking::question::{Ending, QuestionId, Refusal};
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::MediaKind;
use crate::domain::chat::mode::Mode;
use crate::domain::chat::rich::Rich;
use crate::domain::duty::OwnShift;
use crate::domain::duty::coverage::Gap;
use crate::domain::list::edition::{Change, Edition};
use crate::domain::roster::people::{self, Days, Hours, PublicHelper, Roster};
use crate::domain::time::calendar::LocalTime;

/// Buttons, exactly as PRODUCT §3 writes them.
pub mod button {
    /// The asker is content.
    pub const SOLVED: &str = "解决了";
    /// The asker wants a person.
    pub const HUMAN: &str = "转人工";
    /// None of the choices is meant.
    pub const NONE: &str = "都不是";
    /// A helper takes the question.
    pub const CLAIM: &str = "认领";
    /// A helper puts it back.
    pub const RELEASE: &str = "放回";
    /// A helper ends it.
    pub const CLOSE: &str = "办结";
    /// A helper asks the city desk.
    pub const ASK_CITY: &str = "求助市局";
    /// A helper offers it to a colleague.
    pub const OFFER: &str = "转办";
    /// A helper says what is offered as the answer.
    pub const ADOPT: &str = "采用此答复";
    /// The reader shares their own contact (private chats of channels that vouch for it).
    pub const SHARE_CONTACT: &str = "分享我的手机号（仅用于核对帮办员身份）";
}

/// The text command that answers a question; there is no such button.
pub const REPLY: &str = "答复";
/// The text command that turns an offer down.
pub const DECLINE: &str = "不接";
/// The text command that tells all that is missing at once.
pub const INFORM: &str = "告知";
/// The text command that closes a review.
pub const REVIEW: &str = "回访";
/// The text commands of the list's keepers that need a reason.
pub const DISMISS: &str = "不收";
pub const WITHDRAW: &str = "停用";
pub const RETURN: &str = "退回";

/// A helper as named in chat: name, place, landline, and the account to mention where there is one.
#[derive(Clone, Debug)]
pub struct Named {
    /// Public name, office, bureau, landline.
    pub public: PublicHelper,
    /// The account in the channel where this is said.
    pub account: Option<String>,
    /// 明天 8:30, when they are not on duty now.
    pub from: Option<String>,
}

impl Named {
    /// 张晓明（魏都分局窗口，0374-0000011）
    fn full(&self) -> String {
        let PublicHelper {
            name,
            office,
            bureau,
            landline,
        } = &self.public;
        match landline {
            Some(landline) => format!("{name}（{bureau}{office}，{}）", landline.as_str()),
            None => format!("{name}（{bureau}{office}）"),
        }
    }

    /// A mention; without an account the landline helps.
    fn mention(&self, text: Rich) -> Rich {
        match &self.account {
            Some(account) => text.person(&self.public.name, Some(account)),
            None => text.plain(self.full()),
        }
    }
}

/// Whom to ask if everything else fails.
#[derive(Clone, Debug)]
pub struct WindowContact {
    /// 魏都分局窗口
    pub name: String,
    /// 示例街 2 号
    pub address: Option<String>,
    /// 0374-0000010
    pub landline: Option<String>,
}

impl WindowContact {
    fn said(&self) -> String {
        let mut said = self.name.clone();
        let details: Vec<&str> = [self.address.as_deref(), self.landline.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        if !details.is_empty() {
            said.push_str(&format!("（{}）", details.join("，")));
        }
        said
    }
}

/// A law or document and the article an answer rests on.
#[derive(Clone, Debug)]
pub struct Cited {
    /// The whole title, perhaps with year and number in brackets.
    pub title: String,
    /// 第二十四条
    pub article: Option<String>,
}

impl Cited {
    /// 《中华人民共和国公司法（2023年修订）》第二百四十条, as the list's page shows it.
    pub fn whole(&self) -> String {
        format!("《{}》{}", self.title, self.article.as_deref().unwrap_or_default())
    }

    /// 《公司法》第二百四十条, as it is said in chat.
    fn short(&self) -> String {
        let bare = self.title.strip_prefix("中华人民共和国").unwrap_or(&self.title);
        let name = bare.split_once('（').map_or(bare, |(name, _)| name);
        let name = if name.is_empty() { bare } else { name };
        format!("《{name}》{}", self.article.as_deref().unwrap_or_default())
    }
}

/// An entry as it is answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The standard question.
    pub question: String,
    /// The answer's lines.
    pub lines: Vec<String>,
    /// What it rests on.
    pub basis: Vec<Cited>,
    /// The entry, and its number in the list.
    pub id: String,
    pub no: u32,
    /// Its revision.
    pub revision: i64,
}

/// An answer as PRODUCT §3 shows it. `elsewhere` is the window of another place of registration (三(三)3).
pub fn answer(parts: &[Answer], responsible: Option<&Named>, elsewhere: Option<&WindowContact>) -> Rich {
    let mut text = Rich::default();
    for part in parts {
        text = entry_text(text, part);
    }
    if let Some(window) = elsewhere {
        text = text.plain(format!(
            "提醒：执照请到登记地窗口领取，{}；也可以邮寄。\n",
            window.said()
        ));
    }
    text.plain(responsible_line(responsible))
}

/// An answer that takes the place of one that cannot be edited.
pub fn correction(answer: Rich) -> Rich {
    let mut text = Rich::from("更正：\n");
    text.0.extend(answer.0);
    text
}

/// An entry by itself, as the list is browsed.
pub fn answer_alone(answer: &Answer) -> Rich {
    entry_text(Rich::default(), answer)
}

/// An entry that cannot be said now.
pub fn under_revision(no: u32) -> Rich {
    Rich::from(format!("清单第 {no:03} 条口径更新中，请到帮办群里问，帮办员会答复您。"))
}

fn entry_text(text: Rich, part: &Answer) -> Rich {
    let mut text = text.bold(part.question.clone()).plain("\n");
    for line in &part.lines {
        text = match section(line) {
            Some((name, rest)) => text.bold(name).plain(format!("{rest}\n")),
            None => text.plain(format!("{line}\n")),
        };
    }
    let list = format!("清单第 {:03} 条·第 {} 版", part.no, part.revision);
    if part.basis.is_empty() {
        return text.plain(format!("{list}\n"));
    }
    let basis: Vec<String> = part.basis.iter().map(Cited::short).collect();
    text.plain(format!("依据：{} ｜ {list}\n", basis.join("；")))
}

/// 时限：and what follows it, where a line begins with a section's name.
fn section(line: &str) -> Option<(&str, &str)> {
    let names = ["条件：", "材料：", "步骤：", "时限：", "费用：", "去哪里：", "注意："];
    let name = names.iter().find(|name| line.starts_with(**name))?;
    Some(line.split_at(name.len()))
}

fn responsible_line(responsible: Option<&Named>) -> String {
    match responsible {
        Some(Named { from: Some(from), .. }) => {
            format!(
                "首问负责：{}，{} 起",
                responsible.map(Named::full).unwrap_or_default(),
                from
            )
        }
        Some(named) => format!("首问负责：{}", named.full()),
        None => "首问负责：市局帮办台".to_owned(),
    }
}

/// Up to three choices when the bot is not sure.
pub fn suggestions(choices: &[String]) -> Rich {
    let mut text = Rich::from("您是想问下面哪一个？点一下，或回复前面的数字：\n");
    for (index, choice) in choices.iter().enumerate() {
        text = text.plain(format!("{}. {choice}\n", index + 1));
    }
    text
}

/// The choices of a private chat, where there is no ticket: by their number in the list.
pub fn private_suggestions(choices: &[(u32, String)]) -> Rich {
    let mut text = Rich::from("可能是这几条，回复条号就能看：\n");
    for (no, question) in choices {
        text = text.plain(format!("{no} {question}\n"));
    }
    text
}

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

/// The card in the help group itself: mentions the helper on duty.
pub fn card_in_group(id: QuestionId, helper: Option<&Named>, why: Why, elsewhere: Option<&WindowContact>) -> Rich {
    let reason = match why {
        Why::NoAnswer => "这个问题清单里还没有现成答案，",
        Why::Asked => "您要人工，",
        Why::UnderRevision => "这一条口径更新中，",
        Why::HelperLeft => "原来的帮办员不在岗了，",
        Why::Proposed => "",
    };
    let text = Rich::default().bold(id.to_string()).plain(format!(" {reason}"));
    let text = match helper {
        Some(named) => match &named.from {
            // No mention: nobody is called outside duty time.
            Some(from) => text.plain(format!("现在不在值班时间，{} {from} 起答复您。", named.full())),
            None => named.mention(text.plain("请 ")).plain(" 来答。"),
        },
        None => text.plain("已转市局帮办台，会有人答复您。"),
    };
    let text = match elsewhere {
        Some(window) => text.plain(format!(
            "\n提醒：执照请到登记地窗口领取，{}；也可以邮寄。",
            window.said()
        )),
        None => text,
    };
    text.plain(format!("\n帮办员请点“认领”，或回复“认领 {}”。", id.0))
}

/// The line in the help group when the card went to the duty group.
pub fn handed_over_line(id: QuestionId, helper: Option<&Named>, minutes: i64, why: Why) -> Rich {
    let text = Rich::default().bold(id.to_string());
    let text = match why {
        Why::UnderRevision => text.plain(" 这一条口径更新中，"),
        Why::HelperLeft => text.plain(" 原来的帮办员不在岗了，"),
        Why::NoAnswer | Why::Asked | Why::Proposed => text.plain(" "),
    };
    match helper {
        Some(Named {
            from: Some(from),
            public,
            ..
        }) => text.plain(format!("已转给{}，现在不在值班时间，{from} 起答复您。", public.name)),
        Some(named) => text.plain(format!("已转给{}，预计 {minutes} 分钟内答复您。", named.full())),
        None => text.plain("已转市局帮办台，会有人答复您。"),
    }
}

/// What staff see of a question, in the duty group or in private.
pub fn card_for_staff(card: &StaffCard<'_>, helper: Option<&Named>) -> Rich {
    let StaffCard {
        id,
        asker,
        group,
        question,
        media,
        near,
        alike,
    } = card;
    let mut text = Rich::default()
        .bold(format!("{id} 待认领"))
        .plain(format!("\n{asker} 在“{group}”问：\n{question}\n"));
    if !media.is_empty() {
        let kinds: Vec<&str> = media.iter().map(|kind| media_said(*kind)).collect();
        text = text.plain(format!("（附 {}）\n", kinds.join("、")));
    }
    if let Some(named) = helper {
        text = named.mention(text.plain("值班：")).plain("\n");
    }
    for (other, words, reply) in *alike {
        text = text.plain(format!("以前问过：{other} {words} → {reply}\n"));
    }
    for (index, (no, question)) in near.iter().enumerate() {
        text = text.plain(format!("相近 {}：清单第 {no:03} 条 {question}\n", index + 1));
    }
    if near.len() > 1 {
        text = text.plain("“采用此答复”从上到下对应相近 1、2、3。\n");
    }
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
    pub asker: &'a str,
    /// Where.
    pub group: &'a str,
    /// What, masked.
    pub question: &'a str,
    /// What came with it.
    pub media: &'a [MediaKind],
    /// The nearest entries: number and question, best first.
    pub near: &'a [(u32, String)],
    /// Similar questions that ended: number, words, reply.
    pub alike: &'a [(QuestionId, String, String)],
}

fn media_said(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Picture => "图片",
        MediaKind::Voice => "语音",
        MediaKind::Video => "视频",
        MediaKind::File => "文件",
    }
}

/// Said where the question was asked when a helper has it.
pub fn claimed(id: QuestionId, helper: &Named) -> Rich {
    Rich::default()
        .bold(id.to_string())
        .plain(format!(" 由{}认领，一帮到底。", helper.full()))
}

/// Said where the question was asked when an offered question is taken over; who was first stays responsible too.
pub fn taken_over(id: QuestionId, helper: &Named, first: Option<&str>) -> Rich {
    let text = Rich::default()
        .bold(id.to_string())
        .plain(format!(" 由{}接手，", helper.full()));
    match first {
        Some(first) => text.plain(format!("首问{first}继续负责，一帮到底。")),
        None => text.plain("一帮到底。"),
    }
}

/// 转办: to the colleague it is offered to.
pub fn offered(id: QuestionId, by: &str, to: &Named, reason: &str, question: &str) -> Rich {
    let text = to.mention(Rich::default().bold(id.to_string()).plain(format!(" {by}想请 ")));
    text.plain(format!(
        " 接手：{reason}\n{question}\n能接请点“认领”；不能接请回复“不接 {}”。接手以前仍由{by}负责。",
        id.0
    ))
}

/// 转办: where the question was asked, when the card goes elsewhere.
pub fn offer_noted(id: QuestionId, to: &str) -> Rich {
    Rich::from(format!("{id} 已去问{to}，接手以前还是您负责。"))
}

/// The colleague did not take it.
pub fn declined(id: QuestionId, by: &str) -> Rich {
    Rich::from(format!("{id} {by}接不了，还请您接着办，或转给别人、求助市局。"))
}

/// 转办 names nobody of the roster, or several.
pub fn nobody_of_that_name(name: &str) -> Rich {
    Rich::from(format!(
        "名册里找不到帮办员“{name}”，或者有重名。请写全名，例如：转办 1024 李强 我去现场了"
    ))
}

/// 求助市局: a masked copy in the guidance group. Who asked is not said.
pub fn ask_city(id: QuestionId, bureau: &str, helper: &str, question: &str, note: &str) -> Rich {
    let text = Rich::default()
        .bold(format!("{id} {bureau}{helper}求助"))
        .plain(format!("\n{question}\n"));
    let text = if note.is_empty() {
        text
    } else {
        text.plain(format!("说明：{note}\n"))
    };
    text.plain("请市局帮办台直接回复这条消息，我转给帮办员。")
}

/// 求助市局 was passed on.
pub fn city_asked(id: QuestionId) -> Rich {
    Rich::from(format!(
        "{id} 已请市局帮办台帮忙，有了答复马上转给您；提问人这边仍由您负责。"
    ))
}

/// Nobody is in the guidance group to be asked.
pub fn no_guidance_group(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 还没有绑定工作指导群，请直接打市局注册科电话。"))
}

/// The city desk's advice, to the helper only.
pub fn city_advice(id: QuestionId, by: &str, advice: &str) -> Rich {
    Rich::default().bold(format!("{id} 市局{by}答复您：")).plain(format!(
        "\n{advice}\n可以点“采用此答复”原样发给提问人；要改的，直接回复这条消息。"
    ))
}

/// The advice was passed on to the helper.
pub fn advice_passed_on(id: QuestionId, helper: &str) -> Rich {
    Rich::from(format!("{id} 已转给{helper}。"))
}

/// The helper has no private chat in which they could be told.
pub fn helper_unreachable(id: QuestionId, helper: &Named) -> Rich {
    Rich::from(format!("{id} {}没有私聊过我，转不过去，请直接打电话。", helper.full()))
}

/// 采用 without an entry's number.
pub fn adopt_usage(id: QuestionId) -> String {
    format!("请写上条号，例如：采用 {} 37；要改的，后面接着写改好的话", id.0)
}

/// An entry or advice that can no longer be adopted.
pub fn nothing_to_adopt() -> String {
    "这一条现在不能用了，请自己写答复".to_owned()
}

/// 一次性告知 (许工商〔2018〕103号 三(四)1): everything that is missing and how to mend it, in one message.
pub fn inform(items: &[String]) -> String {
    let mut text = format!("一次性告知，一共 {} 处要补正，改好后一起提交：\n", items.len());
    for (index, item) in items.iter().enumerate() {
        text.push_str(&format!("{}. {item}\n", index + 1));
    }
    text.trim_end().to_owned()
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

/// A second 告知 on the same question: it should have been told at once.
pub fn informed_again(id: QuestionId, helper: &str) -> Rich {
    Rich::from(format!(
        "{id} 由{helper}第二次告知补正。一次性告知要求一次说全，已标记，请留意。"
    ))
}

/// Solved: asks for one of five levels, once.
pub fn rating(id: QuestionId) -> Rich {
    Rich::from(format!(
        "{id} 已解决，谢谢您说一声。这次帮办您满意吗？（自愿，一事一评）"
    ))
}

/// The rating was noted.
pub fn rated(id: QuestionId, content: bool) -> Rich {
    if content {
        Rich::from(format!("{id} 谢谢您的评价。"))
    } else {
        Rich::from(format!("{id} 对不起，没帮好您。我们 5 个工作日内回访，把问题弄清楚。"))
    }
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

/// Open questions of a helper's bureau: number, words, where it stands, until when.
pub fn queue(rows: &[(QuestionId, String, String, Option<String>)]) -> Rich {
    if rows.is_empty() {
        return Rich::from("现在没有待办。");
    }
    let mut text = Rich::from("待办，您的在前，急的在前：\n");
    for (id, words, standing, until) in rows {
        let until = until.as_ref().map_or(String::new(), |until| format!("，{until}前"));
        text = text
            .bold(id.to_string())
            .plain(format!(" {words} —— {standing}{until}\n"));
    }
    text
}

/// Something that is shown in private only, to somebody without a private chat.
pub fn in_private_please() -> Rich {
    Rich::from("这个只给您本人看，请私聊我发同样的命令。")
}

/// What confirms that everything is to be erased.
pub const SURE: &str = "确认";

/// From when until when: 11月25日 上午, 11月25日 8:30–17:30, 11月25日至27日.
pub fn stretch(from: Millis, until: Millis, time: LocalTime<'_>) -> String {
    let (Some(from), Some(until)) = (time.local(from), time.local(until)) else {
        return String::new();
    };
    let midnight = until.time() == jiff::civil::Time::midnight();
    let last = if midnight {
        until.date().yesterday().unwrap_or(until.date())
    } else {
        until.date()
    };
    let day = day_said;
    let clock = |time: jiff::civil::Time| format!("{}:{:02}", time.hour(), time.minute());
    let whole = from.time() == jiff::civil::Time::midnight() && midnight;
    match (from.date() == last, whole) {
        (true, true) => day(last),
        (true, false) if from.hour() == 0 && until.hour() == 12 => format!("{} 上午", day(last)),
        (true, false) if from.hour() == 12 && midnight => format!("{} 下午", day(last)),
        (true, false) => {
            let end = if midnight {
                "24:00".to_owned()
            } else {
                clock(until.time())
            };
            format!("{} {}–{end}", day(last), clock(from.time()))
        }
        (false, true) => format!("{}至{}", day(from.date()), day(last)),
        (false, false) => format!(
            "{} {}至{} {}",
            day(from.date()),
            clock(from.time()),
            day(last),
            clock(until.time())
        ),
    }
}

/// 11月25日
pub fn day_said(date: jiff::civil::Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}

/// How leave is typed.
pub fn leave_usage() -> Rich {
    Rich::from(
        "请这样写：/leave 11-25，/leave 11-25 上午，/leave 11-25..11-27 李强（李强代班），/leave 取消 3。发 /leave 看自己的。",
    )
}

/// A helper's own coming leave.
pub fn own_leave(rows: &[(i64, String)]) -> Rich {
    if rows.is_empty() {
        return Rich::from("您没有要休的假。要请假，请写：/leave 11-25 上午");
    }
    let mut text = Rich::from("您的请假（发“/leave 取消 编号”可以取消）：\n");
    for (number, when) in rows {
        text = text.plain(format!("{number}. {when}\n"));
    }
    text
}

/// Leave was noted; open questions must not be left lying.
pub fn leave_noted(number: i64, when: &str, cover: Option<&str>, open: &[QuestionId]) -> Rich {
    let cover = cover.map_or(String::new(), |name| format!("，由{name}代班"));
    let text = Rich::from(format!("已记下（编号 {number}）：{when}请假{cover}。"));
    if open.is_empty() {
        return text;
    }
    text.plain(format!(
        "您手上还有 {}，请先答复、办结或转办；到时还没答的，会转给值班的人。",
        numbers(open)
    ))
}

/// Leave was taken back, or there is none of that number.
pub fn leave_taken_back(number: i64, done: bool) -> Rich {
    if done {
        Rich::from(format!("编号 {number} 的请假已取消。"))
    } else {
        Rich::from(format!("您没有编号 {number} 的请假。发 /leave 看自己的。"))
    }
}

/// Told to whoever stands in and to those who keep the bureau.
pub fn is_away(name: &str, when: &str, cover: Option<&str>) -> Rich {
    match cover {
        Some(cover) => Rich::from(format!("{name} {when}请假，由{cover}代班。")),
        None => Rich::from(format!("{name} {when}请假，没有指定代班人。")),
    }
}

/// How a swap is typed.
pub fn swap_usage() -> Rich {
    Rich::from("请这样写：/swap 11-25 下午 李强（请李强代您），或 /swap 11-25 李强 11-26（互换）。")
}

/// The colleague has no private chat in which they could be asked.
pub fn colleague_unreachable(name: &str) -> Rich {
    Rich::from(format!(
        "{name}没有私聊过我，没法替您问，请直接和{name}说好，由单位管理员改值班表。"
    ))
}

/// A swap is proposed to a colleague.
pub fn swap_proposed(number: i64, by: &str, own: &str, theirs: Option<&str>) -> Rich {
    let for_it = theirs.map_or(String::new(), |theirs| format!("，{by}代您 {theirs}"));
    Rich::from(format!(
        "{by}想和您换班：您代{by} {own}{for_it}。同意请回复“/swap 同意 {number}”，不同意回复“/swap 不同意 {number}”。"
    ))
}

/// The colleague was asked.
pub fn swap_asked(name: &str) -> Rich {
    Rich::from(format!("已问{name}，同意了马上告诉您；同意以前照原来的班。"))
}

/// No such proposal, or not to this helper.
pub fn no_such_swap(number: i64) -> Rich {
    Rich::from(format!("没有编号 {number} 的换班，或者不是问您的。"))
}

/// What became of a swap, to everybody it concerns.
pub fn swap_answered(agrees: bool, by: &str, colleague: &str, own: &str, theirs: Option<&str>) -> Rich {
    if !agrees {
        return Rich::from(format!("{colleague}不能换 {own} 的班，{by}照原来的班。"));
    }
    let for_it = theirs.map_or(String::new(), |theirs| format!("，{by}代{colleague} {theirs}"));
    Rich::from(format!("换班定了：{colleague}代{by} {own}{for_it}。"))
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
pub fn no_such_category(category: &str) -> Rich {
    Rich::from(format!("清单里没有“{category}”这一类。发 /faq 看有哪些类。"))
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

/// How a correction is typed.
pub fn fix_usage() -> Rich {
    Rich::from("请回复我的那条答复，发：/fix 正确的说法。后面不写也行，我先撤回，由您接着答。")
}

/// How to use `/why`.
pub fn why_usage() -> Rich {
    Rich::from("请回复我的那条答复，发：/why；或者直接写一句话：/why 执照丢了怎么办。")
}

/// What a question led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Band {
    Sure,
    Unsure,
    Unknown,
}

/// What kept an answer back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Blocked {
    Unsure,
    /// The asker's word and the phrasing's.
    Opposites(String, String),
    LikeHandedOver,
    NotCurrent,
    NotAQuestion,
}

/// An entry that was weighed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExplainedEntry {
    pub no: u32,
    pub question: String,
    /// Its phrasing that came closest.
    pub phrasing: String,
    pub percent: u32,
    /// What added most, in words.
    pub added: Vec<String>,
}

/// Why the bot decided as it did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    pub text: String,
    /// The telling words, and whether the closest phrasing has them.
    pub terms: Vec<(String, bool)>,
    pub entries: Vec<ExplainedEntry>,
    /// How sure, and how sure is needed, of a hundred.
    pub percent: u32,
    pub needed: u32,
    pub band: Band,
    /// What the question before had to do with it.
    pub along: Option<Along>,
    pub blocked: Vec<Blocked>,
}

/// A question that was read along with the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Along {
    pub before: String,
    /// What both together lead to, and the entry that fits them best.
    pub band: Band,
    pub entry: Option<(u32, String)>,
    /// Alone it would have been answered at once.
    pub taken_back: bool,
}

/// Tells a helper why the bot decided as it did.
pub fn explained(why: &Explained) -> Rich {
    let band = match why.band {
        Band::Sure => "有把握，直接答",
        Band::Unsure => "拿不准，给提问人选",
        Band::Unknown => "答不了，转人工",
    };
    let mut text = Rich::from(format!("“{}”\n", why.text)).bold(band);
    text = text.plain(format!("（把握 {}%，{}% 起直接答）\n", why.percent, why.needed));
    let list = |found: bool| {
        let own = why.terms.iter().filter(|(_, has)| *has == found);
        own.map(|(term, _)| term.as_str()).collect::<Vec<_>>().join("、")
    };
    let (found, missing) = (list(true), list(false));
    if !found.is_empty() {
        text = text.plain(format!("对上的词：{found}\n"));
    }
    if !missing.is_empty() {
        text = text.plain(format!("没对上的词：{missing}\n"));
    }
    for entry in &why.entries {
        let ExplainedEntry {
            no,
            question,
            phrasing,
            percent,
            added,
        } = entry;
        text = text.plain(format!(
            "第 {no:03} 条 {question}：{percent}%，最近的问法“{phrasing}”；{}\n",
            added.join("，")
        ));
    }
    if let Some(along) = &why.along {
        text = text.plain(read_along(along));
    }
    for blocked in &why.blocked {
        text = text.plain(match blocked {
            Blocked::Unsure => "没直接答：把握没到门槛。\n".to_owned(),
            Blocked::Opposites(ours, theirs) => format!("没直接答：问的是“{ours}”，这条说的是“{theirs}”，不能混。\n"),
            Blocked::LikeHandedOver => "没直接答：更像该转人工的问题。\n".to_owned(),
            Blocked::NotCurrent => "没直接答：这一条不在有效期内。\n".to_owned(),
            Blocked::NotAQuestion => "不像提问：没@我的话，群里会保持安静。\n".to_owned(),
        });
    }
    text
}

fn read_along(along: &Along) -> String {
    let found = match (&along.entry, along.band) {
        (Some((no, question)), Band::Sure) => format!("有把握是第 {no:03} 条 {question}"),
        (Some((no, question)), Band::Unsure | Band::Unknown) => format!("最像第 {no:03} 条 {question}"),
        (None, Band::Sure | Band::Unsure | Band::Unknown) => "没有合适的".to_owned(),
    };
    let back = match along.taken_back {
        true => "单看这句有把握，连着读却是另一条，所以给提问人选。",
        false => "",
    };
    format!("连着上一问“{}”一起读了：{found}。{back}\n", along.before)
}

/// Stands where a wrong answer stood.
pub fn withdrawn(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 更正：这条答复不准确，已撤回，由帮办员重新答复您。"))
}

/// A helper found an entry wrong, to the editors.
pub fn defect_opened(no: Option<u32>, question: &str, by: &str, words: &str) -> Rich {
    let no = no.map_or("一条".to_owned(), |no| format!("第 {no:03} 条"));
    let text = Rich::from(format!("清单{no}被{by}更正。问的是：{question}\n"));
    if words.is_empty() {
        text.plain("请核对，必要时改条目，或给它加一句“不能答这个”的测试。")
    } else {
        text.plain(format!(
            "更正为：{words}\n请核对，必要时改条目，或给它加一句“不能答这个”的测试。"
        ))
    }
}

/// 更正追达: the entry was corrected; said under the old answer.
pub fn corrected(answer: &Answer) -> Rich {
    let text = Rich::from("更正：上面这条答复的口径有更新，以这次的为准。\n");
    entry_text(text, answer)
}

/// 更正追达: the entry was withdrawn or has expired.
pub fn no_longer_valid() -> Rich {
    Rich::from("更正：上面这条答复的口径已停用，请不要再照着办。需要时请再问一次，帮办员会答复您。")
}

/// What is kept about somebody.
pub fn my_data(count: usize, newest: &[(QuestionId, String)], name: Option<&str>, person: bool, days: i64) -> Rich {
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

/// Most asked this week.
pub fn hot(bureau: &str, rows: &[(u32, String, usize)]) -> Rich {
    if rows.is_empty() {
        return Rich::from("这一周还没有问得多的问题。发 /faq 看全部。");
    }
    let mut text = Rich::default().bold(format!("{bureau}这一周问得最多的：\n"));
    for (no, question, askers) in rows {
        text = text.plain(format!("{no} {question}（{askers} 人）\n"));
    }
    text.plain("发“/faq 条号”看答案。")
}

/// A command that only helpers may give.
pub fn helpers_only() -> Rich {
    Rich::from("这个命令给帮办员用。您是帮办员的话，请先私聊我发 /start 绑定身份。")
}

/// Said to the helper who claimed outside the help group.
pub fn claimed_private(id: QuestionId) -> Rich {
    Rich::from(format!(
        "{id} 您已认领。直接回复这条消息，就是答复提问人；两分钟内可以放回。"
    ))
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

/// One line after a helper's own reply in the group.
pub fn after_reply(id: QuestionId, helper: &Named) -> Rich {
    Rich::from(format!(
        "{id} 已由{}答复。解决了请点按钮；没说清的，回复这条消息接着问。",
        helper.public.name
    ))
}

/// A helper's reply from another chat, brought to the asker.
pub fn relayed(id: QuestionId, helper: &Named, reply: &str) -> Rich {
    Rich::default()
        .bold(format!("{id} {}答复：", helper.public.name))
        .plain(format!("\n{reply}\n解决了请点按钮；没说清的，回复这条消息接着问。"))
}

/// Told to the helper whose reply was brought to the group.
pub fn relay_done(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 已转告提问人。"))
}

/// A question is over.
pub fn ended(id: QuestionId, how: Ending) -> Rich {
    match how {
        Ending::Solved => rating(id),
        Ending::Closed => Rich::from(format!("{id} 已办结。还有疑问，7 天内回复上面的答复就能接着问。")),
        Ending::Withdrawn => Rich::from(format!("{id} 已撤回。需要时随时再问。")),
        Ending::Observed => Rich::from(format!("{id} 已记下。")),
        Ending::Lapsed => Rich::from(format!("{id} 一天没有新消息，先收起。7 天内回复上面的答复就能接着问。")),
    }
}

/// The asker goes on with a question that a helper has.
pub fn follow_up(id: QuestionId, helper: &Named, words: &str) -> Rich {
    helper
        .mention(Rich::default().bold(id.to_string()).plain(" 提问人追问，请 "))
        .plain(format!(" 接着答：\n{words}"))
}

/// The asker added something before an answer came.
pub fn added(id: QuestionId, helper: Option<&Named>, words: &str) -> Rich {
    let text = Rich::default().bold(id.to_string()).plain(" 提问人补充");
    match helper {
        Some(named) => named.mention(text.plain("，请 ")).plain(format!(" 看：\n{words}")),
        None => text.plain(format!("：\n{words}")),
    }
}

/// The asker changed a question that somebody already has.
pub fn changed(id: QuestionId, helper: &Named, words: &str) -> Rich {
    helper
        .mention(Rich::default().bold(id.to_string()).plain(" 提问人改了问题，请 "))
        .plain(format!(" 看：\n{words}"))
}

/// The same thing was asked again while it is open.
pub fn asked_again(id: QuestionId, holder: Option<&Named>, answered: bool) -> Rich {
    match (answered, holder) {
        (true, _) => Rich::from(format!("{id} 就是这个问题，答案在上面。没解决请点“转人工”。")),
        (false, Some(named)) => Rich::from(format!("{id} 还在办，{}会答复您，请稍等。", named.public.name)),
        (false, None) => Rich::from(format!("{id} 已登记，正在请帮办员答复，请稍等。")),
    }
}

/// Business of another office.
pub fn direction(name: &str, phone: &str) -> Rich {
    Rich::from(format!(
        "这是{name}方面的事，请打 {phone} 问，他们说得准。如果问的是登记，请再说一遍，我转帮办员。"
    ))
}

/// Q1024, or Q1024、Q1025.
fn numbers(ids: &[QuestionId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}

/// How the text command that claims is typed: with the number where it is one question.
fn claim_said(ids: &[QuestionId]) -> String {
    match ids {
        [only] => format!("回复“认领 {}”。", only.0),
        _ => "回复“认领 编号”。".to_owned(),
    }
}

/// The ladder (PRODUCT §2.3): reminder to the helper on duty.
pub fn reminder(ids: &[QuestionId], helper: Option<&Named>) -> Rich {
    let text = Rich::default().bold(numbers(ids)).plain(" 还没人认领，");
    let text = match helper {
        Some(named) => named.mention(text.plain("请 ")).plain(" 看一下。"),
        None => text.plain("请帮办员看一下。"),
    };
    text.plain(claim_said(ids))
}

/// The ladder: what happens next if nobody claims.
pub fn warning(ids: &[QuestionId], rung: Rung) -> Rich {
    let next = match rung {
        Rung::Queued | Rung::WarnAllHelpers | Rung::AllHelpers | Rung::Card | Rung::Remind => "快要请全体帮办员了",
        Rung::WarnBureauAdmin | Rung::BureauAdmin => "快要请单位管理员安排了",
        Rung::WarnGuidance | Rung::Guidance => "快要报到工作指导群了，请安排人认领",
    };
    Rich::default()
        .bold(numbers(ids))
        .plain(format!(" 还没人认领，{next}。{}", claim_said(ids)))
}

/// The ladder: everybody of the bureau.
pub fn call_all(ids: &[QuestionId], helpers: &[Named]) -> Rich {
    let mut text = Rich::default()
        .bold(numbers(ids))
        .plain(" 等了一会儿了，请哪位帮办员认领：");
    for named in helpers {
        text = match &named.account {
            Some(account) => text.person(&named.public.name, Some(account)).plain(" "),
            None => text.plain(format!("{} ", named.public.name)),
        };
    }
    text.plain(format!("\n{}", claim_said(ids)))
}

/// The ladder: the bureau's administrator.
pub fn call_admin(ids: &[QuestionId], admins: &[Named]) -> Rich {
    let mut text = Rich::default()
        .bold(numbers(ids))
        .plain(" 一直没人认领，请单位管理员安排：");
    for named in admins {
        text = named.mention(text).plain(" ");
    }
    text
}

/// The ladder: the guidance group.
pub fn call_guidance(id: QuestionId, bureau: &str, question: &str) -> Rich {
    Rich::default()
        .bold(format!("{id} {bureau}一直没人认领"))
        .plain(format!("\n{question}\n请市局帮办台接一下：回复“认领 {}”。", id.0))
}

/// A claimed question's first reply is soon due.
pub fn reply_soon(ids: &[QuestionId]) -> Rich {
    Rich::default()
        .bold(numbers(ids))
        .plain(" 认领有一会儿了，提问人在等，请尽快答复。")
}

/// A claimed question's first reply is overdue: to the helper, or with their name to whoever arranges things.
pub fn reply_overdue(ids: &[QuestionId], helper: Option<&str>) -> Rich {
    let text = Rich::default().bold(numbers(ids));
    match helper {
        None => text.plain(" 提问人还在等，请答复一下；办不了的，请转办或求助市局。"),
        Some(name) => text.plain(format!(" 由{name}认领，到时还没有答复，请过问一下。")),
    }
}

/// Said to the asker when the wait became long.
pub fn still_waiting(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 让您久等了，已请市局一起帮忙，请再稍等。"))
}

/// Nobody replied in time after the claim.
pub fn first_reply_due(id: QuestionId, helper: &Named) -> Rich {
    helper
        .mention(Rich::default().bold(id.to_string()).plain(" 提问人还在等，请 "))
        .plain(" 答复一下。")
}

/// The help line.
pub fn help(place: Option<&str>) -> Rich {
    let here = place.map_or(String::new(), |name| format!("（{name}）"));
    Rich::from(format!(
        "我是帮办{here}，答企业登记的问题。直接说您想问的事就行，比如“简易注销要公示几天？”。\n\
         答不上来的，我请值班帮办员接着答，一帮到底。\n\
         发 /mine 看自己的问题到哪一步，/faq 看常见问题，/contacts 看帮办电话。"
    ))
}

/// The help line of a private chat: to people of the roster what they can do here.
pub fn help_private(person: Option<&people::Person>) -> Rich {
    if let Some(person) = person {
        return help_staff(person);
    }
    Rich::from(
        "您好，我是帮办，答企业登记的问题。直接把想问的事发给我就行。\n\
         /faq 看常见问题，/contacts 看帮办电话，/mine 看自己在群里的问题。\n\
         您是帮办员的话，请点下面的按钮分享自己的手机号，和名册对上就绑定好了。",
    )
}

fn help_staff(person: &people::Person) -> Rich {
    let mut text = Rich::from(format!("{}，您好。", person.name));
    if person.is_helper() {
        text = text.plain(
            "直接回复问题那条消息，就是答复提问人。也可以发：\n\
             认领 1024、放回 1024、答复 1024 内容、办结 1024 原因\n\
             转办 1024 李强 原因、求助 1024 说明、告知（一次性告知）\n\
             /queue 看待办，/leave 请假，/swap 换班。\n",
        );
    }
    if person.has(people::Role::BureauAdmin) || person.has(people::Role::Admin) {
        text = text.plain("管理员：回访 1024 结果；在群里发 /bind 登记群，/mode 定怎么答，/announce 管播报。\n");
    }
    if person.has(people::Role::Editor) || person.has(people::Role::Approver) {
        text = text.plain("编审：发 候选 看大家在问什么、哪些草稿等着批。\n");
    }
    text.plain("/duty 看谁值班，/faq 查清单，/contacts 看帮办电话。")
}

/// Nothing found in a private chat: where to go on.
pub fn private_unknown(windows: &[WindowContact]) -> Rich {
    let mut text = Rich::from("这个我答不准。请到帮办群提问，有帮办员接着答；也可以打窗口电话：\n");
    for window in windows {
        text = text.plain(format!("{}\n", window.said()));
    }
    text
}

/// An identity, card or passport number stands in the group for all to read.
pub fn delete_please(found: &[&str]) -> Rich {
    Rich::from(format!(
        "您这条消息里有{}，群里人多，请长按它撤回。我没有存这些号码，办事也不用发在群里。",
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

/// Own open questions.
pub fn mine(questions: &[(QuestionId, String, String)]) -> Rich {
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
        ("gathering" | "waiting", None) => "等帮办员认领".to_owned(),
        ("suggested", _) => "请在几个问题里选一个".to_owned(),
        ("answered", _) => "已答复，没解决可以转人工".to_owned(),
        ("claimed", Some(name)) => format!("{name}正在办"),
        ("replied", Some(name)) => format!("{name}已答复"),
        _ => "办理中".to_owned(),
    }
}

/// Where a question stands, with the time by which a helper should have acted (PRODUCT §2.3).
pub fn expected(standing: &str, until: Option<&str>) -> String {
    match until {
        Some(until) => format!("{standing}，预计 {until} 前有回音"),
        None => standing.to_owned(),
    }
}

/// The FAQ by category.
pub fn faq_topics(topics: &[(String, usize)], page: &str) -> Rich {
    let mut text = Rich::from("常见问题有这些类，发“/faq 词”查，例如“/faq 注销”：\n");
    for (topic, count) in topics {
        text = text.plain(format!("{topic}（{count}）　"));
    }
    if page.is_empty() {
        text
    } else {
        text.plain(format!("\n全部在这里：{page}"))
    }
}

/// What a search in the FAQ found.
pub fn faq_found(word: &str, found: &[(u32, String)]) -> Rich {
    if found.is_empty() {
        return Rich::from(format!("清单里没查到“{word}”。换个词试试，或直接把问题说出来。"));
    }
    let mut text = Rich::from(format!("“{word}”查到这些，发“/faq 条号”看答案：\n"));
    for (no, question) in found {
        text = text.plain(format!("{no} {question}\n"));
    }
    text
}

/// Who is on duty, and today's shifts of the offices that have their own.
pub fn duty(bureau: &str, helper: Option<&Named>, hours: &str, shifts: &[String]) -> Rich {
    let text = match helper {
        Some(named) => {
            let when = named.from.as_ref().map_or("现在值班".to_owned(), |from| {
                format!("现在不在值班时间，{from} 起值班")
            });
            Rich::from(format!("{bureau}{when}：{}。工作时间：{hours}。", named.full()))
        }
        None => Rich::from(format!("{bureau}还没有排班，请打窗口电话。")),
    };
    shifts.iter().fold(text, |text, shift| text.plain(format!("\n{shift}")))
}

/// 南关工商所 11月24日 8:30–12:00：孙丽、许宁
pub fn own_shift(roster: &Roster, shift: &OwnShift, time: LocalTime<'_>) -> String {
    let office = roster.office(shift.office).map_or("", |office| office.name.as_str());
    let names = shift
        .helpers
        .iter()
        .filter_map(|id| Some(roster.person(*id)?.name.as_str()));
    let names: Vec<&str> = names.collect();
    format!(
        "{office} {}：{}",
        stretch(shift.from, shift.until, time),
        names.join("、")
    )
}

/// The hours that nobody covers: 11月24日 14:30–17:30, of an office with its name before them.
pub fn gap(roster: &Roster, gap: &Gap, time: LocalTime<'_>) -> String {
    let office = gap.office.and_then(|id| roster.office(id));
    let office = office.map(|office| format!("{} ", office.name)).unwrap_or_default();
    format!("{office}{}", stretch(gap.from, gap.until, time))
}

/// 周一至周五 8:30–12:00、14:30–17:30, or 全天.
pub fn hours(hours: &Hours) -> String {
    match hours {
        Hours::Always => "全天".to_owned(),
        Hours::Weekly(spans) => {
            let mut said: Vec<String> = Vec::new();
            let mut days_before: Option<Days> = None;
            for span in spans {
                let time = format!("{}–{}", clock_said(span.from_min), clock_said(span.to_min));
                match said.last_mut() {
                    Some(last) if days_before == Some(span.days) => last.push_str(&format!("、{time}")),
                    _ => said.push(format!("{} {time}", days_said(span))),
                }
                days_before = Some(span.days);
            }
            said.join("；")
        }
    }
}

fn clock_said(minutes: u16) -> String {
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

fn days_said(span: &people::Span) -> String {
    use jiff::civil::Weekday::{Friday, Monday, Saturday, Sunday, Thursday, Tuesday, Wednesday};
    let week = [
        (Monday, "一"),
        (Tuesday, "二"),
        (Wednesday, "三"),
        (Thursday, "四"),
        (Friday, "五"),
        (Saturday, "六"),
        (Sunday, "日"),
    ];
    if span.days == Days::ALL {
        return "每天".to_owned();
    }
    if span.days == Days::of(&[Monday, Tuesday, Wednesday, Thursday, Friday]) {
        return "周一至周五".to_owned();
    }
    let days: String = week
        .iter()
        .filter(|(day, _)| span.days.contains(*day))
        .map(|(_, name)| *name)
        .collect();
    format!("周{days}")
}

/// The public list: names and landlines only (许工商〔2018〕103号 四(三)).
pub fn contacts(list: &[PublicHelper]) -> Rich {
    let mut text = Rich::default();
    let mut office = String::new();
    for helper in list {
        let here = format!("{}{}", helper.bureau, helper.office);
        if here != office {
            text = text.bold(format!("{here}\n"));
            office = here;
        }
        let landline = helper
            .landline
            .as_ref()
            .map_or("（请打窗口电话）", |landline| landline.as_str());
        text = text.plain(format!("{} {landline}\n", helper.name));
    }
    if list.is_empty() {
        Rich::from("帮办名单还没有录入，请打 12345 问。")
    } else {
        text
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
pub fn no_such_bureau(name: &str, roster: &Roster) -> Rich {
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

/// An anonymous administrator or a channel wants something.
pub fn use_own_account() -> Rich {
    Rich::from("请用个人身份发言（不要用匿名管理员或频道身份），我才认得您。")
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

/// A used or expired invitation.
pub fn invitation_over() -> Rich {
    Rich::from("这个邀请链接已用过或已过期，请再要一个。")
}

/// Too many questions in a short time.
pub fn too_fast(minutes: i64, questions: i64) -> Rich {
    Rich::from(format!(
        "您问得有点快，{minutes} 分钟内最多 {questions} 个问题。请稍后再问，急事请打窗口电话。"
    ))
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

/// What a button or command may not do now.
pub fn refusal(refusal: &Refusal, id: Option<QuestionId>, holder: Option<&str>) -> String {
    let q = id.map_or("这个问题".to_owned(), |id| id.to_string());
    match refusal {
        Refusal::HeldBy(_) => format!("{q} {}已认领", holder.unwrap_or("别的帮办员")),
        Refusal::AlreadyYours => format!("{q} 已经是您的了，直接答复就行"),
        Refusal::Over => format!("{q} 已结束"),
        Refusal::NotNow => format!("{q} 现在不能这样操作"),
        Refusal::NotYours => "这个按钮请提问人自己点".to_owned(),
        Refusal::NotHelper => "认领、答复要由帮办员来做。您是帮办员的话，请先私聊我发 /start 绑定身份".to_owned(),
        Refusal::NotHolder => format!("{q} 由{}负责，请本人或单位管理员办结", holder.unwrap_or("认领的帮办员")),
        Refusal::TooLateToRelease => "认领超过两分钟，不能放回了。请答复，或写明原因办结".to_owned(),
        Refusal::ReasonNeeded => format!("还没有答复就办结，请写明原因：办结 {} 原因", id.map_or(0, |id| id.0)),
        Refusal::NobodyNamed => format!(
            "请写明转给谁和原因，例如：转办 {} 李强 我去现场了",
            id.map_or(0, |id| id.0)
        ),
        Refusal::WhyNeeded => format!("转办要写原因，例如：转办 {} 李强 我去现场了", id.map_or(0, |id| id.0)),
        Refusal::NotOffered => format!("{q} 没有转给您，不用回复"),
        Refusal::RatedAlready => format!("{q} 已经评价过了，谢谢您"),
        Refusal::NoSuchQuestion => "没有这个编号的问题，请核对一下".to_owned(),
        Refusal::Stale => "这个按钮已经失效了".to_owned(),
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

/// Stands for a picture or file whose message can no longer be copied.
pub fn media_lost() -> Rich {
    Rich::from("（提问附有图片或文件，原消息转不过来了，请在群里查看，或请提问人重发。）")
}

/// What the official account replies where it has no sure answer: where people are reached. `windows`: bureau, landline.
pub fn official_help(link: &str, windows: &[(&str, &str)]) -> Rich {
    const MOST: usize = 12;
    let mut text = Rich::from(format!("您好，请到网页帮办群里问，帮办员会答复您：{link}\n"));
    if !windows.is_empty() {
        text = text.plain("也可以打窗口电话：\n");
    }
    for (bureau, landline) in windows.iter().take(MOST) {
        text = text.plain(format!("{bureau} {landline}\n"));
    }
    text
}

/// The menu of commands that a channel shows beside its text field.
pub const MENU: [(&str, &str); 13] = [
    ("start", "我是谁、怎么提问"),
    ("help", "使用说明"),
    ("ask", "提问：/ask 后面写问题"),
    ("mine", "我的问题办到哪一步了"),
    ("faq", "常见问题目录，也可加词查找"),
    ("duty", "今天谁值班"),
    ("contacts", "帮办电话"),
    ("hot", "这一周问得最多的"),
    ("mydata", "我的数据：存了什么、怎么删"),
    ("queue", "帮办员：待办"),
    ("leave", "帮办员：请假"),
    ("swap", "帮办员：换班"),
    ("bind", "管理员：把本群登记到单位"),
];

/// A candidate as its line in a list shows it.
#[derive(Clone, Debug)]
pub struct CandidateLine {
    /// Its number.
    pub id: i64,
    /// What is asked.
    pub title: String,
    /// Different people in the period, and in the one before.
    pub askers: usize,
    pub askers_before: usize,
    /// The bureaus where it was asked.
    pub bureaus: Vec<String>,
}

/// A dispute as its line shows it: number, candidate, what about, and what was replied to which question.
#[derive(Clone, Debug)]
pub struct DisputeLine {
    pub id: i64,
    pub cluster: i64,
    pub about: String,
    pub one: (QuestionId, String),
    pub other: (QuestionId, String),
}

/// 待编审的一摊事: what an editor finds under 候选.
#[derive(Clone, Debug, Default)]
pub struct EditorsDesk {
    pub candidates: Vec<CandidateLine>,
    /// Candidates that did not fit into the message.
    pub more: usize,
    pub disputes: Vec<DisputeLine>,
    /// Drafts: number, what it is about, where it stands.
    pub drafts: Vec<(i64, String, String)>,
    /// Entries to review: number in the list, question, by when.
    pub reviews: Vec<(u32, String, String)>,
    /// Frozen entries: number, what happened, by when.
    pub frozen: Vec<(u32, String, String)>,
    /// Entries that do not help: number, why.
    pub weak: Vec<(u32, String)>,
    /// Entries that helpers corrected: number, what it must not answer.
    pub defects: Vec<(u32, String)>,
}

fn trend(line: &CandidateLine) -> String {
    match (line.askers_before, line.askers.cmp(&line.askers_before)) {
        (0, _) => "新出现".to_owned(),
        (before, std::cmp::Ordering::Greater) => format!("比上期多 {} 人", line.askers - before),
        (before, std::cmp::Ordering::Less) => format!("比上期少 {} 人", before - line.askers),
        (_, std::cmp::Ordering::Equal) => "和上期一样".to_owned(),
    }
}

fn candidate_line(line: &CandidateLine) -> String {
    let bureaus = line.bureaus.join("、");
    format!(
        "{} {}（{} 人问，{}，{bureaus}）\n",
        line.id,
        line.title,
        line.askers,
        trend(line)
    )
}

fn dispute_line(line: &DisputeLine) -> String {
    format!(
        "口径 {}（候选 {}，{}）：{} 答“{}”，{} 答“{}”\n",
        line.id, line.cluster, line.about, line.one.0, line.one.1, line.other.0, line.other.1
    )
}

/// `/candidates`: everything that waits for an editor or approver.
pub fn curation(desk: &EditorsDesk) -> Rich {
    let mut text = Rich::default();
    let section = |text: Rich, title: &str, lines: Vec<String>| {
        if lines.is_empty() {
            return text;
        }
        text.bold(format!("{title}\n")).plain(lines.concat())
    };
    text = section(
        text,
        "大家常问，还没进清单",
        desk.candidates.iter().map(candidate_line).collect(),
    );
    if desk.more > 0 {
        text = text.plain(format!("还有 {} 个，处理完这些再看。\n", desk.more));
    }
    text = section(text, "口径不一致", desk.disputes.iter().map(dispute_line).collect());
    let drafts = desk
        .drafts
        .iter()
        .map(|(id, about, stands)| format!("草稿 {id} {about}（{stands}）\n"));
    text = section(text, "草稿", drafts.collect());
    let frozen = desk
        .frozen
        .iter()
        .map(|(no, why, by)| format!("第 {no:03} 条：{why}，{by}前看完\n"));
    text = section(text, "口径更新中", frozen.collect());
    let defects = desk
        .defects
        .iter()
        .map(|(no, words)| format!("第 {no:03} 条答错过：{words}\n"));
    text = section(text, "帮办员更正过", defects.collect());
    let weak = desk.weak.iter().map(|(no, why)| format!("第 {no:03} 条：{why}\n"));
    text = section(text, "没帮上忙", weak.collect());
    let reviews = desk
        .reviews
        .iter()
        .map(|(no, question, by)| format!("第 {no:03} 条 {question}（{by}）\n"));
    text = section(text, "该复核了", reviews.collect());
    if text.0.is_empty() {
        return Rich::from("眼下没有要处理的：没有新的共性问题，没有草稿，也没有到期的条目。");
    }
    text.plain("发“候选 编号”看详情，“草稿 编号”看草稿。")
}

/// One candidate in full.
#[derive(Clone, Debug)]
pub struct CandidateShown {
    pub line: CandidateLine,
    /// How often in the period.
    pub asks: usize,
    /// How it fared: how often for which reason.
    pub reasons: Vec<(crate::domain::list::candidate::Reason, usize)>,
    /// Some ways it was asked, with their questions.
    pub samples: Vec<(QuestionId, String)>,
    /// What helpers replied.
    pub replies: Vec<(QuestionId, String)>,
    /// The nearest entry: number and question.
    pub nearest: Option<(u32, String)>,
    pub disputes: Vec<DisputeLine>,
    /// Already a draft, or not wanted.
    pub standing: Option<String>,
}

fn reason(reason: crate::domain::list::candidate::Reason) -> &'static str {
    use crate::domain::list::candidate::Reason;
    match reason {
        Reason::Answered => "清单已答",
        Reason::Ambiguous => "给了几个选项",
        Reason::Low => "把握不够，转人工",
        Reason::NoHit => "清单里没有，转人工",
        Reason::Expired => "条目过期或更新中",
        Reason::Unfilled => "本单位的内容没填",
    }
}

/// `候选 12`.
pub fn candidate(shown: &CandidateShown) -> Rich {
    let line = &shown.line;
    let mut text = Rich::default()
        .bold(format!("候选 {} {}\n", line.id, line.title))
        .plain(format!(
            "{} 人问了 {} 次，{}，{}\n",
            line.askers,
            shown.asks,
            trend(line),
            line.bureaus.join("、")
        ));
    let reasons: Vec<String> = shown
        .reasons
        .iter()
        .map(|(why, count)| format!("{} {count}", reason(*why)))
        .collect();
    text = text.plain(format!("{}\n", reasons.join("，")));
    if let Some(standing) = &shown.standing {
        text = text.plain(format!("{standing}\n"));
    }
    text = text.plain("问法：\n");
    for (id, words) in &shown.samples {
        text = text.plain(format!("· {words}（{id}）\n"));
    }
    if !shown.replies.is_empty() {
        text = text.plain("帮办员答过：\n");
        for (id, words) in &shown.replies {
            text = text.plain(format!("· {words}（{id}）\n"));
        }
    }
    for dispute in &shown.disputes {
        text = text.plain(dispute_line(dispute));
    }
    if let Some((no, question)) = &shown.nearest {
        text = text.plain(format!("最近的是第 {no:03} 条：{question}\n"));
    }
    let id = line.id;
    let join = shown
        .nearest
        .as_ref()
        .map_or_else(|| format!("并入 {id} 条号"), |(no, _)| format!("并入 {id} {no}"));
    text.plain(format!(
        "收录 {id}（新条） · {join}（加问法） · 不收 {id} 原因 · 合并 {id} 编号 · 拆出 {id} 问题号 · 改名 {id} 新名字"
    ))
}

/// New candidates since the last note, to editors.
pub fn new_candidates(lines: &[CandidateLine]) -> Rich {
    let lines: Vec<String> = lines.iter().map(candidate_line).collect();
    Rich::from("这些问题问的人多，清单里还没有：\n")
        .plain(lines.concat())
        .plain("发“候选 编号”看详情。")
}

/// Replies that contradict each other, to the city desk.
pub fn dispute_opened(line: &DisputeLine) -> Rich {
    Rich::from("口径不一致，请市局定一个：\n")
        .plain(dispute_line(line))
        .plain(format!("定了以后发：口径 {} 结论", line.id))
}

/// A dispute was settled, to the editor who did.
pub fn dispute_settled(id: i64, done: bool) -> Rich {
    if done {
        Rich::from(format!(
            "口径 {id} 已定，记下了。要让大家照着答，请写进清单：收录或改条目。"
        ))
    } else {
        Rich::from(format!("没有待定的口径 {id}。发“候选”看有哪些。"))
    }
}

/// How the conclusion is typed.
pub fn dispute_needs_words(id: i64) -> Rich {
    Rich::from(format!("请把结论写在后面，例如：口径 {id} 审核 1 个工作日"))
}

/// Only editors and approvers of the city bureau. `known`: it is known who asks, and they are not.
pub fn curators_only(known: bool) -> Rich {
    Rich::from(if known {
        "这件事由市局编辑、审批来做，您的名册里没有这个角色。有建议请直接告诉他们。"
    } else {
        "这件事由市局编辑、审批来做。您是的话，请先发 /start 绑定身份。"
    })
}

/// Only approvers decide.
pub fn approvers_only() -> Rich {
    Rich::from("批准、退回由市局审批来做。")
}

/// No candidate of that number.
pub fn no_candidate(id: i64) -> Rich {
    Rich::from(format!("没有候选 {id}，也许已经合并了。发“候选”看有哪些。"))
}

/// A candidate is a draft or dismissed already.
pub fn candidate_closed(id: i64, standing: &str) -> Rich {
    Rich::from(format!("候选 {id} {standing}。"))
}

/// A candidate became a draft.
pub fn candidate_taken(id: i64, draft: i64, missing: &[&str]) -> Rich {
    Rich::from(format!("候选 {id} 成了草稿 {draft}。{}", still_missing(draft, missing)))
}

fn still_missing(draft: i64, missing: &[&str]) -> String {
    match missing.first() {
        None => format!("写好了就发：送审 {draft}"),
        Some(first) => format!("还要写：{}。例如：改稿 {draft} {first} 内容", missing.join("、")),
    }
}

/// Dismissing needs a reason.
pub fn reason_please(verb: &str, number: i64) -> Rich {
    Rich::from(format!("请写明原因，例如：{verb} {number} 只有一家问过"))
}

/// A candidate was dismissed.
pub fn candidate_dismissed(id: i64) -> Rich {
    Rich::from(format!("候选 {id} 不收了，原因记下了。"))
}

/// Two clusters are one now.
pub fn candidates_merged(into: i64, from: i64, moved: u64) -> Rich {
    Rich::from(format!("候选 {from} 的 {moved} 个问题并到候选 {into} 了。"))
}

/// Questions left a cluster for a new one.
pub fn candidate_split(from: i64, to: i64, moved: u64) -> Rich {
    if moved == 0 {
        return Rich::from(format!("候选 {from} 里没有这些问题，没有改动。"));
    }
    Rich::from(format!("{moved} 个问题从候选 {from} 拆到了候选 {to}。"))
}

/// A cluster has another name.
pub fn candidate_renamed(id: i64, name: &str) -> Rich {
    Rich::from(format!("候选 {id} 改叫：{name}"))
}

/// A draft as an editor reads it.
#[derive(Clone, Debug)]
pub struct DraftShown {
    pub id: i64,
    /// 第 037 条 变更法定代表人要什么材料？, 新条 …, 停用第 037 条 …
    pub about: String,
    /// Where it stands.
    pub stands: String,
    /// Who wrote at it.
    pub authors: Vec<String>,
    /// Fields with their old (empty for a new entry) and new text.
    pub fields: Vec<(String, String, String)>,
    pub missing: Vec<&'static str>,
    pub is_open: bool,
}

/// `草稿 5`: what it changes.
pub fn draft(shown: &DraftShown) -> Rich {
    let mut text = Rich::default()
        .bold(format!("草稿 {} {}\n", shown.id, shown.about))
        .plain(format!("{}，拟稿：{}\n", shown.stands, shown.authors.join("、")));
    text = text.plain(changed_fields(&shown.fields));
    if shown.is_open {
        text = text.plain(still_missing(shown.id, &shown.missing));
    }
    text
}

fn changed_fields(fields: &[(String, String, String)]) -> String {
    let mut text = String::new();
    for (field, old, new) in fields {
        let said = match (old.as_str(), new.as_str()) {
            ("", new) => format!("【{field}】{new}\n"),
            (old, "") => format!("【{field}】删去：{old}\n"),
            (old, new) => format!("【{field}】原：{old}\n→ {new}\n"),
        };
        text.push_str(&said);
    }
    text
}

/// Where a draft stands.
pub fn draft_stands(state: &crate::domain::list::draft::DraftState, by: &str) -> String {
    use crate::domain::list::draft::DraftState;
    match state {
        DraftState::Writing => "在写".to_owned(),
        DraftState::Submitted => "待批".to_owned(),
        DraftState::Returned { why, .. } => format!("{by}退回：{why}"),
        DraftState::Testing { .. } => format!("{by}已批，正在检验"),
        DraftState::Scheduled { on, .. } => format!("{by}已批，{on} 起用"),
        DraftState::Done { revision, .. } => format!("{by}已批，是第 {revision} 版"),
        DraftState::Dropped { .. } => "已撤".to_owned(),
    }
}

/// What a draft is about.
pub fn draft_about(kind: DraftKind<'_>) -> String {
    match kind {
        DraftKind::New(question) => format!("新条 {question}"),
        DraftKind::Edit(no, question) => format!("第 {no:03} 条 {question}"),
        DraftKind::Withdraw(no, why) => format!("停用第 {no:03} 条：{why}"),
        DraftKind::Fill(bureau, name, value) => format!("填 {} {name}：{value}", bureau.unwrap_or("全市")),
    }
}

/// What a draft proposes, for its name.
#[derive(Clone, Copy, Debug)]
pub enum DraftKind<'a> {
    New(&'a str),
    Edit(u32, &'a str),
    Withdraw(u32, &'a str),
    Fill(Option<&'a str>, &'a str, &'a str),
}

/// `草稿`: the open ones.
pub fn drafts(rows: &[(i64, String, String)]) -> Rich {
    if rows.is_empty() {
        return Rich::from("没有草稿。发“新条 问题”写一条，或“改 条号 答案 内容”改一条。");
    }
    let lines: Vec<String> = rows
        .iter()
        .map(|(id, about, stands)| format!("草稿 {id} {about}（{stands}）\n"))
        .collect();
    Rich::from(lines.concat())
}

/// A draft was begun or changed.
pub fn draft_written(id: i64, about: &str, missing: &[&str]) -> Rich {
    Rich::from(format!("草稿 {id}（{about}）记下了。{}", still_missing(id, missing)))
}

/// No draft of that number.
pub fn no_draft(id: i64) -> Rich {
    Rich::from(format!("没有草稿 {id}。发“草稿”看有哪些。"))
}

/// What is refused with a draft.
pub fn draft_refused(refusal: crate::domain::list::draft::DraftRefusal) -> Rich {
    use crate::domain::list::draft::DraftRefusal;
    Rich::from(match refusal {
        DraftRefusal::OwnText => "这份稿您写过，要请另一位审批来批。",
        DraftRefusal::NotSubmitted => "这份稿还没送审。拟稿人发“送审 编号”以后再批。",
        DraftRefusal::Closed => "这份稿已经定了，不能再改。要改请另起一份。",
    })
}

/// A draft is not complete.
pub fn draft_incomplete(id: i64, missing: &[&str]) -> Rich {
    Rich::from(format!("还不能送审。{}", still_missing(id, missing)))
}

/// A draft was handed in, to the editor.
pub fn draft_submitted(id: i64) -> Rich {
    Rich::from(format!("草稿 {id} 已送审，批了会告诉您。"))
}

/// A draft waits, to the approvers.
pub fn draft_waits(id: i64, about: &str, by: &str) -> Rich {
    Rich::from(format!(
        "{by}送来草稿 {id}（{about}），请看：草稿 {id}。然后发“批准 {id}”或“退回 {id} 原因”。"
    ))
}

/// A draft was given up.
pub fn draft_dropped(id: i64) -> Rich {
    Rich::from(format!("草稿 {id} 撤了。"))
}

/// Approved; the tests run now.
pub fn draft_testing(id: i64) -> Rich {
    Rich::from(format!("收到。正在用全部条目的自测和评测题检验草稿 {id}，好了告诉您。"))
}

/// A draft was sent back, to whoever wrote it.
pub fn draft_returned(id: i64, by: &str, why: &str) -> Rich {
    Rich::from(format!("草稿 {id} 被{by}退回：{why}。改好再送审。"))
}

/// Tests stopped a draft: to the approver and the authors.
pub fn draft_stopped(id: i64, findings: &[String], more: usize) -> Rich {
    let mut text = Rich::from(format!("草稿 {id} 没有通过检验，清单没有变：\n"));
    for finding in findings {
        text = text.plain(format!("· {finding}\n"));
    }
    if more > 0 {
        text = text.plain(format!("还有 {more} 处。\n"));
    }
    text.plain("请改问法、补自测，再送审。")
}

/// The entry was changed by somebody else meanwhile.
pub fn draft_overtaken(id: i64, no: u32) -> Rich {
    Rich::from(format!(
        "草稿 {id} 没有用上：第 {no:03} 条在这期间被改过。请照新的一版另起一份。"
    ))
}

/// A draft is in the list.
pub fn draft_done(id: i64, about: &str, revision: i64, fitted: Option<&str>) -> Rich {
    let text = Rich::from(format!(
        "草稿 {id}（{about}）通过检验，已是第 {revision} 版，群里马上照它答。"
    ));
    match fitted {
        Some(fitted) => text.plain(format!("\n{fitted}")),
        None => text,
    }
}

/// Thresholds were fitted again: what can be said now, in numbers.
pub fn fitted_again(share: f32, precision: f32) -> String {
    format!(
        "门槛重新拟合了：能直接答 {:.0}%，准确率 {:.1}%。",
        share * 100.0,
        precision * 100.0
    )
}

/// Fitting again would have broken something: the old thresholds stay.
pub fn not_fitted_again() -> String {
    "重新拟合会让别的条目变差，门槛照旧。".to_owned()
}

/// A withdrawal is done.
pub fn withdrawal_done(id: i64, no: u32) -> Rich {
    Rich::from(format!(
        "草稿 {id} 生效：第 {no:03} 条停用了，30 天内问过的人会收到说明。"
    ))
}

/// A placeholder is filled.
pub fn fill_done(id: i64, about: &str) -> Rich {
    Rich::from(format!("草稿 {id} 生效：{about}。用到它的条目现在能直接答了。"))
}

/// Approved for a later day.
pub fn draft_scheduled(id: i64, on: &str) -> Rich {
    Rich::from(format!("草稿 {id} 通过检验，{on} 起用，在那之前照旧的答。"))
}

/// No entry of that number.
pub fn no_entry(no: u32) -> Rich {
    Rich::from(format!("清单里没有第 {no:03} 条。"))
}

/// A draft of that entry is open already.
pub fn draft_open_already(no: u32, id: i64) -> Rich {
    Rich::from(format!("第 {no:03} 条已经有草稿 {id}，请接着改它：改稿 {id} 答案 内容"))
}

/// Which fields there are.
pub fn fields(known: &[&str]) -> Rich {
    Rich::from(format!(
        "能改的有：{}。例如：改 37 答案 内容。问法、应答、不答、依赖前面写 + 是加上，写 - 是去掉。",
        known.join("、")
    ))
}

/// Why a field was not set.
#[derive(Clone, Debug)]
pub enum FieldWrong<'a> {
    Empty,
    NotADay(&'a str),
    Unknown(&'a str, &'a [&'static str]),
    Placeholder(&'a str),
    NoDocument(&'a str),
}

/// What is wrong with what was written for a field.
pub fn field_wrong(field: &str, wrong: &FieldWrong<'_>) -> Rich {
    Rich::from(match wrong {
        FieldWrong::Empty => format!("“{field}”后面请写上内容。"),
        FieldWrong::NotADay(text) => format!("“{text}”不是日期，请写成 2027-06-30。"),
        FieldWrong::Unknown(text, known) => format!("{field}里没有“{text}”，可以写：{}。", known.join("、")),
        FieldWrong::Placeholder(name) => format!("没有 {{{{{name}}}}} 这个占位词。"),
        FieldWrong::NoDocument(text) => {
            format!("依据请写明文件，例如：《市场主体登记管理条例》第二十四条（“{text}”里没有《》）。")
        }
    })
}

/// How a placeholder is filled.
pub fn fill_usage(bureaus: &[String]) -> Rich {
    let bureau = bureaus.first().map_or("单位", String::as_str);
    Rich::from(format!(
        "请这样写：填 platform.name 名称（全市），或：填 {bureau} office.hours 工作时间"
    ))
}

/// The revisions of an entry.
pub fn revisions(no: u32, question: &str, rows: &[(i64, String, String)]) -> Rich {
    let mut text = Rich::default().bold(format!("第 {no:03} 条 {question}\n"));
    for (revision, by, at) in rows {
        text = text.plain(format!("第 {revision} 版 {at} {by}\n"));
    }
    text.plain(format!(
        "对比 {no} 1 2 看差别，恢复 {no} 1 用回旧的一版（要重新批准）。"
    ))
}

/// What differs between two revisions.
pub fn revisions_compared(no: u32, one: i64, other: i64, fields: &[(String, String, String)]) -> Rich {
    if fields.is_empty() {
        return Rich::from(format!("第 {no:03} 条第 {one} 版和第 {other} 版一样。"));
    }
    Rich::default()
        .bold(format!("第 {no:03} 条 第 {one} 版 → 第 {other} 版\n"))
        .plain(changed_fields(fields))
}

/// No such revision.
pub fn no_revision(no: u32, revision: i64) -> Rich {
    Rich::from(format!("第 {no:03} 条没有第 {revision} 版。发“版本 {no}”看有哪些。"))
}

/// A frozen entry is said again.
pub fn thawed(no: u32, done: bool) -> Rich {
    if done {
        Rich::from(format!("第 {no:03} 条核对无误，又照它答了。"))
    } else {
        Rich::from(format!("第 {no:03} 条没有停着，不用解冻。"))
    }
}

/// Entries are frozen after an event, to their keepers.
pub fn frozen(why: &str, entries: &[(u32, String)], by: &str) -> Rich {
    let lines: Vec<String> = entries
        .iter()
        .map(|(no, question)| format!("第 {no:03} 条 {question}\n"))
        .collect();
    Rich::from(format!("{why}，这些条目先停下来，问到就转人工。请在{by}前核对：\n"))
        .plain(lines.concat())
        .plain("没变的发“解冻 条号”，变了的发“改 条号 答案 内容”再送审。")
}

/// Frozen entries that are due, to their keepers.
pub fn freeze_due(no: u32, why: &str) -> Rich {
    Rich::from(format!(
        "第 {no:03} 条还停着（{why}），到期了，请尽快核对：解冻 {no}，或改好送审。"
    ))
}

/// The weekly digest for editors.
pub fn weekly_digest(
    overdue: &[(u32, String, String)],
    due: &[(u32, String, String)],
    frozen: usize,
    candidates: usize,
) -> Rich {
    let mut text = Rich::default().bold("清单一周提醒\n");
    let line = |(no, question, by): &(u32, String, String)| format!("第 {no:03} 条 {question}（{by}）\n");
    if !overdue.is_empty() {
        text = text.plain(format!(
            "过了复核日子的 {} 条：\n{}",
            overdue.len(),
            overdue.iter().map(line).collect::<String>()
        ));
    }
    if !due.is_empty() {
        text = text.plain(format!(
            "一个月内要复核的 {} 条：\n{}",
            due.len(),
            due.iter().map(line).collect::<String>()
        ));
    }
    text.plain(format!(
        "口径更新中 {frozen} 条，候选 {candidates} 个。发 /candidates 看全部。"
    ))
}

/// What became of a cluster; none while it is open.
pub fn candidate_standing(standing: &str, draft: Option<i64>, note: &str) -> Option<String> {
    match (standing, draft) {
        ("open", _) => None,
        ("drafted", Some(draft)) => Some(format!("已成草稿 {draft}")),
        ("listed", _) => Some("已进清单".to_owned()),
        ("dismissed", _) => Some(format!("不收：{note}")),
        (other, _) => Some(other.to_owned()),
    }
}

/// What two replies contradict each other about.
pub fn dispute_about(about: &str) -> &str {
    match about {
        "time_limit" => "时限",
        "fee" => "费用",
        "material" => "材料",
        "place" => "地点",
        other => other,
    }
}

/// Why an item goes back to the editors.
pub fn weak(weak: crate::domain::list::helped::Weak) -> String {
    use crate::domain::list::helped::Weak;
    match weak {
        Weak::Unsolved(share) => format!("答了以后还有 {:.0}% 的人要转人工", share * 100.0),
        Weak::NotFound(share) => format!("问的人多，只有 {:.0}% 直接找到它，请补问法", share * 100.0),
    }
}
