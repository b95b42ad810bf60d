//! Leave and swaps, to helpers and whoever stands in.

use super::parts::numbers;
use super::times::day_said;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;

/// How leave is typed.
pub fn leave_usage() -> Rich {
    Rich::from(
        "请这样写：/leave 11-25，/leave 11-25 上午，/leave 11-25..11-27 李强（李强代班），/leave 取消 3。发 /leave 看自己的。单位管理员替别人记：/leave 孙丽 11-25",
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

/// Whose leave it is: the reader's own, or a colleague's by name.
pub struct NotedLeave<'a> {
    /// Its number.
    pub number: i64,
    /// The colleague for whom it was noted.
    pub of: Option<&'a str>,
    /// 11月25日
    pub when: &'a str,
    /// Who stands in.
    pub cover: Option<&'a str>,
    /// It has begun.
    pub begun: bool,
}

/// Leave was noted; open questions must not be left lying.
pub fn leave_noted(noted: &NotedLeave<'_>, open: &[QuestionId]) -> Rich {
    let NotedLeave {
        number,
        of,
        when,
        cover,
        begun,
    } = noted;
    let cover = cover.map_or(String::new(), |name| format!("，由{name}代班"));
    let text = Rich::from(format!(
        "已记下（编号 {number}）：{}{when}请假{cover}。",
        of.map_or(String::new(), |name| format!("{name} "))
    ));
    let open = match open {
        [] => return text,
        open => numbers(open),
    };
    match (begun, of) {
        (true, _) => text.plain(format!("还没答的 {open} 已转给值班的人。")),
        (false, None) => text.plain(format!(
            "您手上还有 {open}，请先答复、办结或转办；到时还没答的，会转给值班的人。"
        )),
        (false, Some(of)) => text.plain(format!("{of}手上还有 {open}，到时还没答的，会转给值班的人。")),
    }
}

/// The same leave is noted already.
pub fn leave_known(number: i64, when: &str) -> Rich {
    Rich::from(format!("这段时间已经请过假了（编号 {number}）：{when}。不用再记。"))
}

/// The day is over; next year's must be written with its year.
pub fn day_over(day: jiff::civil::Date) -> Rich {
    Rich::from(format!(
        "{}已经过了，没有记。要是明年的，请把年份写上：{}-{}-{}",
        day_said(day),
        day.year() + 1,
        day.month(),
        day.day()
    ))
}

/// The time is over.
pub fn time_over() -> Rich {
    Rich::from("这段时间已经过了，没有记。")
}

/// `/leave 11-25 孙丽` by whoever may note leave of others: whose is it?
pub fn whose_leave(name: &Masked, days: &Masked) -> Rich {
    Rich::from(format!(
        "是{name}请假，还是{name}替您代班？{name}请假请写：/leave {name} {days}；{name}代您请写：/leave {days} 由{name}代"
    ))
}

/// Only those who arrange things note leave of others.
pub fn leave_of_others() -> Rich {
    Rich::from("替别人记请假，要本单位管理员来。自己请假请写：/leave 11-25")
}

/// Leave, cover and swaps are for helpers of one bureau.
pub fn not_a_colleague() -> Rich {
    Rich::from("请选本单位的帮办员；代班和换班要选另一位。")
}

/// Leave was taken back, or there is none of that number.
pub fn leave_taken_back(number: i64, done: bool) -> Rich {
    if done {
        Rich::from(format!("编号 {number} 的请假已取消。"))
    } else {
        Rich::from(format!("您没有编号 {number} 的请假。发 /leave 看自己的。"))
    }
}

/// Told to whoever was to stand in and to those who keep the bureau.
pub fn not_away(name: &str, when: &str, cover: Option<&str>) -> Rich {
    match cover {
        Some(cover) => Rich::from(format!("{name} {when}不请假了，{cover}不用代班。")),
        None => Rich::from(format!("{name} {when}不请假了。")),
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
        "{by}想和您换班：您代{by} {own}{for_it}。请点下面的按钮；打字也行：“/swap 不同意 {number}”，“/swap 同意 {number}”。"
    ))
}

/// Somebody is asked to stand in for a colleague who is away.
pub fn cover_proposed(number: i64, asks: &str, of: &str, when: &str) -> Rich {
    Rich::from(format!(
        "{asks}想请您代{of}的班：{when}，那时没有人值班。请点下面的按钮；打字也行：“/swap 不同意 {number}”，“/swap 同意 {number}”。"
    ))
}

/// They were asked the same before.
pub fn cover_asked_before(name: &str) -> Rich {
    Rich::from(format!("已经问过{name}了，还没有回。"))
}

/// What was proposed does not fit any more.
pub fn relief_gone() -> Rich {
    Rich::from("这一段的班已经变了，请看现在的安排。".to_owned())
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
