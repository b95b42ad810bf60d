//! Mentions, bot commands and names in what people wrote: recognised from the text itself, because Telegram marks a
//! mention only between word boundaries and Chinese is written without any.

use std::ops::Range;

use super::shape::Entity;

/// What is left of a text when the bot's own name is cut out.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Words {
    pub text: String,
    pub addressed: bool,
    pub mentions_others: bool,
}

/// Reads a text or caption. None: it is a command for another bot.
pub(super) fn read(text: &str, entities: &[Entity], me: i64, username: &str) -> Option<Words> {
    let mut cuts = Vec::new();
    let mut words = Words::default();
    for entity in entities.iter().filter(|entity| entity.kind == "text_mention") {
        match &entity.user {
            Some(user) if user.id == me => cuts.extend(utf16_range(text, entity.offset, entity.length)),
            Some(_) | None => words.mentions_others = true,
        }
    }
    let mut space = None;
    for at in names(text) {
        let own = text[at.clone()]
            .chars()
            .skip(1)
            .collect::<String>()
            .eq_ignore_ascii_case(username);
        let command = is_command(&text[..at.start]);
        match (command, own) {
            (true, false) => return None,
            (true, true) => {
                space = Some(at.end);
                cuts.push(at);
            }
            (false, true) => cuts.push(at),
            // An e-mail address is no mention, and neither is a name shorter than Telegram's five characters.
            (false, false) => words.mentions_others |= at.len() > 5 && !after_letter(&text[..at.start]),
        }
    }
    words.addressed = !cuts.is_empty();
    words.text = if words.addressed {
        cut(text, cuts, space)
    } else {
        text.to_owned()
    };
    Some(words)
}

/// Everything that looks like `@name`, with the half-width or the full-width sign.
fn names(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (start, sign) in text.char_indices().filter(|(_, c)| matches!(c, '@' | '＠')) {
        let name = start + sign.len_utf8();
        let length = text[name..].find(|c: char| !is_name(c)).unwrap_or(text.len() - name);
        if length > 0 {
            found.push(start..name + length);
        }
    }
    found
}

fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

fn after_letter(before: &str) -> bool {
    before
        .chars()
        .next_back()
        .is_some_and(|c| is_name(c) || matches!(c, '.' | '-' | '+'))
}

/// `before` is `/command` and nothing else.
fn is_command(before: &str) -> bool {
    before
        .trim_start()
        .strip_prefix('/')
        .is_some_and(|name| !name.is_empty() && name.chars().all(is_name))
}

/// The byte range of a range in UTF-16 units, if it lies on characters.
fn utf16_range(text: &str, offset: usize, length: usize) -> Option<Range<usize>> {
    let at = |units: usize| {
        let mut seen = 0;
        for (byte, c) in text.char_indices() {
            if seen == units {
                return Some(byte);
            }
            seen += c.len_utf16();
        }
        (seen == units).then_some(text.len())
    };
    Some(at(offset)?..at(offset.checked_add(length)?)?)
}

/// The text without the ranges, with one blank after a command that was glued to its question.
fn cut(text: &str, mut cuts: Vec<Range<usize>>, space: Option<usize>) -> String {
    cuts.sort_by_key(|range| range.start);
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for range in cuts {
        if range.start < from {
            continue;
        }
        kept.push_str(&text[from..range.start]);
        from = range.end;
        if space == Some(range.end) || kept.is_empty() || kept.ends_with(' ') {
            from = text.len()
                - text[from..]
                    .trim_start_matches([' ', '\u{3000}', '，', ',', '：', ':', '、'])
                    .len();
        }
        if space == Some(range.end) && from < text.len() && !text[from..].starts_with('\n') {
            kept.push(' ');
        }
    }
    kept.push_str(&text[from..]);
    kept.trim().to_owned()
}

/// A name as it may be shown: one line, no characters that are invisible or turn the writing round.
pub(super) fn shown(name: &str, limit: usize) -> String {
    let visible: String = name.chars().filter(|c| !c.is_control() && !invisible(*c)).collect();
    visible
        .trim()
        .chars()
        .take(limit)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// Zero-width characters, bidirectional controls, line separators, the byte order mark, tags.
fn invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Option<Words> {
        read(text, &[], 7, "bangban_bot")
    }

    #[test]
    fn the_bots_name_is_found_without_word_boundaries_and_cut_out() {
        let table = [
            ("请问@bangban_bot怎么注销", "请问怎么注销"),
            ("@Bangban_Bot 怎么注销？", "怎么注销？"),
            ("＠bangban_bot，怎么注销？", "怎么注销？"),
            ("怎么注销 @BANGBAN_BOT", "怎么注销"),
            ("how @bangban_bot now", "how now"),
            ("/ask@bangban_bot 怎么注销", "/ask 怎么注销"),
            ("/ask@bangban_bot怎么注销", "/ask 怎么注销"),
            ("/help@bangban_bot", "/help"),
            ("@bangban_bot", ""),
            ("@bangban_bot 值班 @bangban_bot", "值班"),
        ];
        for (text, expected) in table {
            let words = words(text).unwrap();
            assert_eq!(words.text, expected, "{text}");
            assert!(words.addressed && !words.mentions_others, "{text}");
        }
    }

    #[test]
    fn others_are_not_the_bot() {
        let table = [
            ("@zhangsan_01 你看下", true),
            ("请@zhangsan_01看下", true),
            ("@bangban_bot2 怎么注销", true),
            ("邮箱 xcsjzck@163.com", false),
            ("a@b", false),
            ("单价@5元", false),
            ("没有人", false),
        ];
        for (text, others) in table {
            let words = words(text).unwrap();
            assert_eq!(
                (words.addressed, words.mentions_others, words.text.as_str()),
                (false, others, text)
            );
        }
        assert_eq!(words("/start@other_bot"), None);
        assert!(words("/start").is_some_and(|words| !words.addressed));
    }

    #[test]
    fn a_marked_mention_of_the_bot_is_cut_by_utf16_units() {
        let user = serde_json::from_str(r#"{"id":7,"first_name":"帮办"}"#).unwrap();
        let entity = Entity {
            kind: "text_mention".to_owned(),
            offset: 2,
            length: 2,
            user: Some(user),
        };
        let words = read("😀帮办怎么注销", &[entity], 7, "bangban_bot").unwrap();
        assert_eq!((words.text.as_str(), words.addressed), ("😀怎么注销", true));
        assert_eq!(utf16_range("😀", 1, 1), None);
        assert_eq!(utf16_range("一", 0, usize::MAX), None);
    }

    #[test]
    fn names_are_shown_without_tricks() {
        assert_eq!(shown("张\u{202E}三\u{200B}\n", 32), "张三");
        assert_eq!(shown(&"长".repeat(40), 32).chars().count(), 32);
        assert_eq!(shown(" \u{3164} ", 32), "");
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_the_reading(text in "([@＠/ ，一😀a_]|bangban_bot){0,12}", offset in 0usize..30, length in 0usize..30) {
            let user = serde_json::from_str(r#"{"id":7}"#).unwrap();
            let entity = Entity { kind: "text_mention".to_owned(), offset, length, user: Some(user) };
            read(&text, &[entity], 7, "bangban_bot");
            shown(&text, 5);
        }
    }
}
