//! Words that are typed as commands, and the menu that offers some of them.

use crate::domain::chat::rich::Rich;

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

/// What confirms that everything is to be erased.
pub const SURE: &str = "确认";

/// A command in somebody else's words, in private.
pub fn not_your_words() -> Rich {
    Rich::from("这是转来的话，我不照着办。要办的话，请您自己打一遍发给我。")
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
