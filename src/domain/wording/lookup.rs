//! To anybody who looks something up: help, the list by subject, who is on duty, whom to call.

use super::parts::Named;
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{self, PublicHelper};

/// Most asked this week.
pub fn hot(bureau: &str, rows: &[(u32, String, usize)]) -> Rich {
    if rows.is_empty() {
        return Rich::from("这一周还没有问得多的问题。发“/目录”看全部。");
    }
    let mut text = Rich::default().bold(format!("{bureau}这一周问得最多的：\n"));
    for (no, question, askers) in rows {
        text = text.plain(format!("{no} {question}（{askers} 人）\n"));
    }
    text.plain("发“/目录 条号”看答案。")
}

/// The help line.
pub fn help(place: Option<&str>) -> Rich {
    let here = place.map_or(String::new(), |name| format!("（{name}）"));
    Rich::from(format!(
        "我是帮办{here}，答企业登记的问题。直接说您想问的事就行，比如“简易注销要公示几天？”。\n\
         答不上来的，我请值班帮办员接着答，办完为止。\n\
         发“/进度”看自己的问题到哪一步，“/目录”看常见问题，“/帮办电话”看帮办电话。"
    ))
}

/// The help line of a private chat: to people of the roster what they can do here.
pub fn help_private(person: Option<&people::Person>) -> Rich {
    if let Some(person) = person {
        return help_staff(person);
    }
    Rich::from(
        "您好，我是帮办，答企业登记的问题。直接把想问的事发给我就行。\n\
         发“/目录”看常见问题，“/帮办电话”看帮办电话，“/进度”看自己在群里的问题。\n\
         您是帮办员的话，请点下面的按钮分享自己的手机号，和名册对上就绑定好了。",
    )
}

/// The FAQ by category.
pub fn faq_topics(topics: &[(String, usize)], page: &str) -> Rich {
    let mut text = Rich::from("常见问题有这些类，发“/目录 词”查，例如“/目录 注销”：\n");
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
pub fn faq_found(word: &Masked, found: &[(u32, String)]) -> Rich {
    if found.is_empty() {
        return Rich::from(format!("清单里没查到“{word}”。换个词试试，或直接把问题说出来。"));
    }
    let mut text = Rich::from(format!("“{word}”查到这些，发“/目录 条号”看答案：\n"));
    for (no, question) in found {
        text = text.plain(format!("{no}. {question}\n"));
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
    text.plain("“/值班”看谁值班，“/目录”查清单，“/帮办电话”看帮办电话。")
}
