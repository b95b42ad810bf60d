//! A question's history as its page tells it: who did what, in a few words, with the words they said.

use crate::domain::asking::history::{Adopted, Step};
use crate::domain::asking::question::Ending;
use crate::domain::roster::people::{PersonId, Roster};

/// One step, told.
#[derive(Debug, PartialEq, Eq)]
pub struct Told {
    /// What happened.
    pub what: String,
    /// The words that were said, where some were.
    pub words: Option<String>,
    /// It is part of the talk between asker and helpers; the rest is shown on demand.
    pub talk: bool,
}

/// Tells a step; none for what says nothing to people.
pub fn told(roster: &Roster, step: &Step) -> Option<Told> {
    let name = |id: PersonId| {
        let person = roster.person(id).map(|person| person.name.clone());
        person.unwrap_or_else(|| "已离开的人员".to_owned())
    };
    said(step, &name).or_else(|| Some(quiet(happened(step, &name)?)))
}

fn quiet(what: String) -> Told {
    Told {
        what,
        words: None,
        talk: false,
    }
}

/// Steps in which somebody says something.
fn said(step: &Step, name: &dyn Fn(PersonId) -> String) -> Option<Told> {
    let talk = |what: String, words: &str| Told {
        what,
        words: (!words.is_empty()).then(|| words.to_owned()),
        talk: true,
    };
    Some(match step {
        Step::Replied { by, words } => talk(format!("{} 答复", name(*by)), words),
        Step::CityAdvised { by, words } => talk(format!("市局 {} 的意见", name(*by)), words),
        Step::AskedCity { by, note } => talk(format!("{} 求助市局", name(*by)), note),
        Step::Offered { to, reason } => talk(format!("转给 {}", name(*to)), reason),
        Step::TookBack { by, words } => talk(format!("{} 改了答复，先前说的是", name(*by)), words),
        Step::Closed { by, reason } => talk(format!("{} 办结", name(*by)), reason),
        Step::Reviewed { by, outcome } => talk(format!("{} 回访", name(*by)), outcome),
        Step::Informed { by, again } => talk(
            format!("{} {}", name(*by), if *again { "第二次告知" } else { "一次性告知" }),
            "",
        ),
        Step::FollowedUp { .. } => talk("提问人接着问".to_owned(), ""),
        Step::WentBack { to } => talk(format!("提问人接着问，回到 {}", name(*to)), ""),
        Step::Reopened { .. } => talk("提问人又问".to_owned(), ""),
        Step::Added => talk("提问人补充".to_owned(), ""),
        Step::Media => talk("提问人补图片".to_owned(), ""),
        Step::Reworded => talk("提问人改了问题".to_owned(), ""),
        _ => return None,
    })
}

/// The others, in a few words.
fn happened(step: &Step, name: &dyn Fn(PersonId) -> String) -> Option<String> {
    Some(match step {
        Step::Asked => "提问".to_owned(),
        Step::AskedAgain => "又问了同样的".to_owned(),
        Step::Answered(said) => format!("机器人答了 {said}"),
        Step::RemindedOfPlace => "提醒了登记地".to_owned(),
        Step::Suggested => "机器人给了几个选项".to_owned(),
        Step::Picked { entry } => format!("提问人选了 {entry}"),
        Step::HandedOver { duty: Some(duty) } => format!("转人工，先找 {}", name(*duty)),
        Step::HandedOver { duty: None } => "转人工，当时没人值班".to_owned(),
        Step::Called { asked: Some(asked), .. } => format!("到时间，叫了 {}", name(*asked)),
        Step::Called { asked: None, .. } => "到时间，叫了大家".to_owned(),
        Step::Warned { .. } => "提醒快到时间".to_owned(),
        Step::FirstReplyDue { by } => format!("{} 的首次答复超时", name(*by)),
        Step::Claimed { by } => format!("{} 认领", name(*by)),
        Step::Accepted { by } => format!("{} 接手", name(*by)),
        Step::Released { by } => format!("{} 放回", name(*by)),
        Step::Adopted { by, what, edited } => adopted(&name(*by), what, *edited),
        Step::Declined { by } => format!("{} 不接", name(*by)),
        Step::Ended { how, .. } => ended(*how).to_owned(),
        Step::Observed { .. } => "只记录，没有答".to_owned(),
        Step::Rated(rating) => format!("提问人评价：{}", rating.word()),
        Step::ReviewOpened(_) => "评价低，要回访".to_owned(),
        Step::Fixed { by, said } => format!("{} 撤回机器人说的 {said}", name(*by)),
        Step::Recalled(told) => format!("条目改了，已更正 {}", told.entry()),
        Step::NotDelivered { .. } => "有一条没有送到".to_owned(),
        _ => return None,
    })
}

fn adopted(name: &str, what: &Adopted, edited: bool) -> String {
    let changed = if edited { "改过后" } else { "" };
    match what {
        Adopted::Entry(entry) => format!("{name} {changed}采用 {entry}"),
        Adopted::Advice(_) => format!("{name} {changed}采用市局意见"),
    }
}

fn ended(how: Ending) -> &'static str {
    match how {
        Ending::Solved => "提问人说解决了",
        Ending::Closed => "办结",
        Ending::Lapsed => "提问人没有再说，自动结束",
        Ending::Withdrawn => "提问人撤回",
        Ending::Observed => "只记录",
    }
}
