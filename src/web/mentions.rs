//! Whom the words of a message speak to.

use crate::domain::asking::request::{self, Act, Command, Private, Request};
use crate::platform::webgroup::BOT_NAME;

/// Whom a text speaks to.
#[derive(Debug, PartialEq)]
pub struct Mentions {
    /// The bot.
    pub bot: bool,
    /// Somebody else.
    pub others: bool,
    /// The text without the bot's name.
    pub rest: String,
}

impl Mentions {
    /// Reads it off a text.
    pub fn in_text(text: &str) -> Mentions {
        let mut found = Mentions {
            bot: text.starts_with('/'),
            others: false,
            rest: String::new(),
        };
        let mut before = ' ';
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let after = &rest[c.len_utf8()..];
            // In a@b.cn the sign does not call anybody.
            let calls = matches!(c, '@' | '＠') && !before.is_ascii_alphanumeric();
            before = c;
            match after
                .strip_prefix(BOT_NAME)
                .filter(|after| calls && !after.starts_with('员'))
            {
                Some(beyond) => {
                    found.bot = true;
                    rest = beyond;
                }
                None => {
                    found.others |= calls && after.starts_with(char::is_alphanumeric);
                    found.rest.push(c);
                    rest = after;
                }
            }
        }
        found.rest = found.rest.trim().to_owned();
        found
    }
}

/// Whether words are a command that only staff give: nobody else in the room has a use for them.
pub fn is_staff_command(text: &str) -> bool {
    let mentions = Mentions::in_text(text);
    match request::parse(&mentions.rest.as_str().into(), mentions.bot) {
        Request::Act(Act::Helper(_), _) => true,
        Request::Act(Act::Asker(_), _) | Request::Words(_) | Request::UnknownCommand | Request::NotTheirs => false,
        Request::Command(command) => match command {
            Command::Bind(_) | Command::Fix(_) | Command::Why(_) | Command::Mode(_) | Command::Announce(_) => true,
            Command::Private(command) => match command {
                Private::Queue | Private::Leave(_) | Private::Swap(_) | Private::Candidates(_) | Private::Digest(_) => {
                    true
                }
                Private::MyData | Private::Forget(_) => false,
            },
            Command::Start(_)
            | Command::Help
            | Command::Ask(_)
            | Command::Mine
            | Command::Faq(_)
            | Command::Duty
            | Command::Contacts
            | Command::Hot => false,
        },
    }
}

/// Whether words only ask the bot something that it says to anybody, as /duty: the room asked nothing.
pub fn is_look_up(text: &str) -> bool {
    let mentions = Mentions::in_text(text);
    match request::parse(&mentions.rest.as_str().into(), mentions.bot) {
        Request::Command(command) => match command {
            Command::Start(_)
            | Command::Help
            | Command::Mine
            | Command::Faq(_)
            | Command::Duty
            | Command::Contacts
            | Command::Hot => true,
            // A question is the room's, whoever asks it.
            Command::Ask(_)
            | Command::Bind(_)
            | Command::Fix(_)
            | Command::Why(_)
            | Command::Mode(_)
            | Command::Announce(_)
            | Command::Private(_) => false,
        },
        Request::UnknownCommand => text.starts_with('/'),
        Request::Act(..) | Request::Words(_) | Request::NotTheirs => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bot_is_called_by_its_name_and_others_by_theirs() {
        let table = [
            ("@帮办 怎么注销？", true, false, "怎么注销？"),
            ("请问＠帮办怎么注销？", true, false, "请问怎么注销？"),
            ("@帮办员张晓明 在吗", false, true, "@帮办员张晓明 在吗"),
            ("@张晓明 @帮办 看看", true, true, "@张晓明  看看"),
            ("/ask 执照丢了", true, false, "/ask 执照丢了"),
            ("发到 a@b.cn 行吗", false, false, "发到 a@b.cn 行吗"),
            ("5 @ 3", false, false, "5 @ 3"),
        ];
        for (text, bot, others, rest) in table {
            assert_eq!(
                Mentions::in_text(text),
                Mentions {
                    bot,
                    others,
                    rest: rest.to_owned()
                },
                "{text}"
            );
        }
    }

    #[test]
    fn what_only_staff_say_to_the_bot_is_known() {
        for text in [
            "认领 1",
            "答复 2 请带身份证",
            "办结 3 已告知",
            "/queue",
            "@帮办 请假 12-01",
        ] {
            assert!(is_staff_command(text), "{text}");
        }
        for text in [
            "待办的事有哪些",
            "解决了",
            "/mine",
            "请假怎么扣钱",
            "认领一只猫要什么手续",
        ] {
            assert!(!is_staff_command(text), "{text}");
        }
        for text in ["/duty", "@帮办 值班", "/faq 注销", "/dutty"] {
            assert!(is_look_up(text), "{text}");
        }
        for text in ["/ask 执照丢了", "值班的在吗", "解决了", "认领 1", "怎么注销？"] {
            assert!(!is_look_up(text), "{text}");
        }
    }
}
