//! The text forms of the buttons: 解决了, 认领 7, 答复 7 …, however they are typed.

use super::{Act, AskerAct, HelperAct, Request};
use crate::domain::asking::rating::Rating;
use crate::domain::clean;

/// The text form of a button, if it is one.
pub(super) fn act(text: &str) -> Option<Request> {
    let bare = without_thanks(text);
    let whole = match bare.as_str() {
        "解决了" | "已解决" => Some(AskerAct::Solved),
        "转人工" | "没解决" | "不对" | "没用" | "人工" | "人工服务" => Some(AskerAct::ToHuman),
        "都不是" => Some(AskerAct::NoneOfThese),
        "不用了" | "撤回" | "撤回问题" => Some(AskerAct::Withdraw),
        word => picked(word).or_else(|| Rating::of_word(word).map(AskerAct::Rate)),
    };
    if let Some(act) = whole {
        return Some(Request::Act(Act::Asker(act), None));
    }
    numbered(text)
}

/// 2, 选2, 选 ２, ②: one of the three choices.
fn picked(word: &str) -> Option<AskerAct> {
    let mut signs = word.strip_prefix('选').unwrap_or(word).trim_start().chars();
    let number = signs.next().and_then(clean::digit).map(usize::from)?;
    (signs.next().is_none() && (1..=3).contains(&number)).then_some(AskerAct::Pick(number))
}

/// 解决了，谢谢老师 says 解决了.
fn without_thanks(text: &str) -> String {
    const THANKS: [&str; 8] = ["谢谢您", "谢谢", "多谢", "感谢", "辛苦了", "好的", "老师", "啦"];
    let mut bare = text.to_owned();
    for word in THANKS {
        bare = bare.replace(word, "");
    }
    bare.trim_matches(|c: char| c.is_whitespace() || "。．｡！!.~～，,、".contains(c))
        .to_owned()
}

/// 认领 1024, 答复 Q1024 请带身份证, 办结 #1024 已电话答复: the verb, then the number, then the rest. A verb
/// alone counts too (it is said as a reply to the card).
fn numbered(text: &str) -> Option<Request> {
    const VERBS: [&str; 15] = [
        "认领",
        "放回",
        "答复",
        "办结",
        "解决了",
        "转人工",
        "撤回",
        "转办",
        "不接",
        "求助市局",
        "求助",
        "告知",
        "回访",
        "采用此答复",
        "采用",
    ];
    /// Verbs that carry words; behind a bare one those count only when set apart.
    const WORDY: [&str; 7] = ["答复", "办结", "转办", "求助市局", "求助", "告知", "回访"];
    let verb = VERBS.into_iter().find(|verb| text.starts_with(verb))?;
    let rest = &text[verb.len()..];
    let (number, rest) = match leading_number(rest) {
        Some((number, rest)) => (Some(number), rest),
        None if said_nothing(rest) => (None, ""),
        None if WORDY.contains(&verb) && rest.starts_with(['\n', '：', ':', '，', ',']) => (None, rest),
        None if WORDY.contains(&verb) && rest.starts_with(char::is_whitespace) => (None, rest),
        None => return None,
    };
    let rest = words_behind(rest);
    let act = match verb {
        "答复" => Act::Helper(HelperAct::Reply(rest.into())),
        "办结" => Act::Helper(HelperAct::Close(rest.into())),
        "转办" => Act::Helper(HelperAct::Offer(rest.into())),
        "求助市局" | "求助" => Act::Helper(HelperAct::AskCity(rest.into())),
        "告知" => Act::Helper(HelperAct::Inform(rest.into())),
        "回访" => Act::Helper(HelperAct::Review(rest.into())),
        "采用此答复" | "采用" if number.is_some() => Act::Helper(adopt(rest)),
        _ if !said_nothing(rest) => return None,
        "认领" => Act::Helper(HelperAct::Claim),
        "放回" => Act::Helper(HelperAct::Release),
        "不接" => Act::Helper(HelperAct::Decline),
        "解决了" => Act::Asker(AskerAct::Solved),
        "转人工" => Act::Asker(AskerAct::ToHuman),
        "撤回" => Act::Asker(AskerAct::Withdraw),
        _ => return None,
    };
    Some(Request::Act(act, number))
}

/// Only marks and thanks behind a verb or its number: 认领7。 认领 7 号，谢谢！
fn said_nothing(rest: &str) -> bool {
    let rest = rest.trim_start().strip_prefix('号').unwrap_or(rest);
    without_thanks(rest)
        .trim_matches([';', '；', ':', '：', '?', '？', '…'])
        .is_empty()
}

/// The words behind a question's number, without the blanks and marks that set them apart. A dot before a digit is
/// theirs.
fn words_behind(rest: &str) -> &str {
    let mut words = rest.trim();
    while let Some(c) = words.chars().next() {
        let after = &words[c.len_utf8()..];
        let apart = c.is_whitespace()
            || "：:，,。、；;".contains(c)
            || (c == '.' && !after.starts_with(|c| clean::digit(c).is_some()));
        if !apart {
            break;
        }
        words = after;
    }
    words
}

/// `37`, `第 37 条`, `37 改过的话`, as they follow 采用 and the question's number.
fn adopt(rest: &str) -> HelperAct {
    match leading_number(rest.trim_start_matches('第')) {
        Some((no, words)) => {
            let words = words.trim_start().trim_start_matches('条');
            let words = words_behind(words);
            HelperAct::AdoptTyped(u32::try_from(no).ok(), words.into())
        }
        None => HelperAct::AdoptTyped(None, rest.into()),
    }
}

/// 1024, Q1024, #1024, №1024, 第1024, １０２４, with spaces before it; and what follows.
fn leading_number(text: &str) -> Option<(i64, &str)> {
    let blank = |c: char| c.is_whitespace() || matches!(c, '：' | ':');
    let text = text.trim_start_matches(blank);
    let text = text
        .strip_prefix(['Q', 'q', 'Ｑ', 'ｑ', '#', '＃', '№', '第'])
        .unwrap_or(text)
        .trim_start();
    let mut number: i64 = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let Some(digit) = clean::digit(character) else { break };
        number = number.checked_mul(10)?.checked_add(i64::from(digit))?;
        end = at + character.len_utf8();
    }
    (end > 0).then_some((number, text.get(end..).unwrap_or("")))
}
