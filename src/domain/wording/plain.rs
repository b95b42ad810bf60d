//! What is written where a channel has no buttons and no quotes: the words to type, and whom a message is for.

use crate::domain::asking::question::QuestionId;
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;

/// What to type in the place of a button, e.g. `认领 1024`. A choice is answered by its number alone, and what only an
/// asker says is said in words that need none.
pub fn typed(label: &str, about: Option<QuestionId>) -> String {
    match about {
        Some(id) => format!("{label} {}", id.0),
        None => label.to_owned(),
    }
}

/// What to type to answer a proposal to swap duty.
pub fn typed_swap(number: i64, agrees: bool) -> String {
    let word = if agrees { "同意" } else { "不同意" };
    format!("/swap {word} {number}")
}

/// What to type so that no more digests come.
pub fn typed_no_digest() -> String {
    "/小结 关".to_owned()
}

/// What to type to adopt an entry of the list: `采用此答复 1024 37`.
pub fn typed_entry(label: &str, id: QuestionId, no: u32) -> String {
    format!("{label} {} {no}", id.0)
}

/// The line under a message that names everything to type: `回复 1、2 或“都不是”。`
pub fn type_instead(words: &[&str]) -> Rich {
    let number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    let mut line = String::from("\n回复");
    for (at, word) in words.iter().enumerate() {
        let last = at + 1 == words.len();
        let bare = number(word);
        line.push_str(match (at, last, bare) {
            (0, _, true) => " ",
            (0, _, false) => "",
            (_, true, true) => " 或 ",
            (_, true, false) if number(words.get(at.wrapping_sub(1)).unwrap_or(&"")) => " 或",
            (_, true, false) => "或",
            (_, false, _) => "、",
        });
        if bare {
            line.push_str(word);
        } else {
            line.push_str(&format!("“{word}”"));
        }
    }
    line.push('。');
    Rich::from(line)
}

/// Whom a message is for, where it cannot quote theirs.
pub fn called(name: &Masked) -> Rich {
    Rich::from(format!("@{name} "))
}

/// What a message is about, where it cannot quote and does not say so itself.
pub fn about(id: QuestionId) -> Rich {
    Rich::from(format!("{id} "))
}

/// Whether a message asks its reader to reply to it.
pub fn invites_reply(text: &Rich) -> bool {
    const INVITED: [&str; 3] = ["回复这条消息", "回复那条消息", "回复上面的答复"];
    let words = text.words();
    INVITED.iter().any(|invited| words.contains(invited))
}

/// How to reply to a message where messages cannot be replied to.
pub fn reply_by_number(id: QuestionId) -> Rich {
    Rich::from(format!("\n（回复时前面写上 {id}。）"))
}

/// For those who arrange things: the channel lets the bot only answer, and nobody wrote. `group`: where, else in private.
pub fn held_back(id: QuestionId, group: Option<&str>) -> Rich {
    Rich::from(match group {
        Some(title) => format!("{id} 有一条消息暂时发不到“{title}”群，要等群里有人说话才能送到。着急的请打电话。"),
        None => format!("{id} 有一条私聊消息暂时发不出去，要等对方先说话才能送到。着急的请打电话。"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_type_is_named_in_one_line() {
        for (words, line) in [
            (&["认领 12"][..], "\n回复“认领 12”。"),
            (&["1", "2", "3"], "\n回复 1、2 或 3。"),
            (&["1", "2", "都不是"], "\n回复 1、2 或“都不是”。"),
            (&["解决了 7", "转人工 7"], "\n回复“解决了 7”或“转人工 7”。"),
        ] {
            assert_eq!(type_instead(words).words(), line);
        }
    }
}
