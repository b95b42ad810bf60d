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

