//! What a message asks the bot to do: commands, the text forms of every button, or plain words.

use super::group::GroupKind;

/// A message understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// A command or its Chinese alias.
    Command(Command),
    /// The text form of a button, with a question's number if one was typed.
    Act(Act, Option<i64>),
    /// Anything else.
    Words(String),
    /// A slash command this bot does not know.
    UnknownCommand,
}

/// Commands of PRODUCT §3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `/start`, with what a link carried.
    Start(String),
    /// `/help`
    Help,
    /// `/ask 文字`
    Ask(String),
    /// `/mine`
    Mine,
    /// `/faq [词]`
    Faq(String),
    /// `/duty`
    Duty,
    /// `/contacts`
    Contacts,
    /// `/bind 单位 [帮办|指导|值班]`; none if it could not be read.
    Bind(Option<(String, GroupKind)>),
}

/// What a button or its text form does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// 解决了
    Solved,
    /// 转人工, 没解决, 不对, 没用, 人工
    ToHuman,
    /// 都不是
    NoneOfThese,
    /// 选 1–3
    Pick(usize),
    /// 不用了, 撤回
    Withdraw,
    /// 认领
    Claim,
    /// 放回
    Release,
    /// 答复 1024 文字
    Reply(String),
    /// 办结 1024 原因
    Close(String),
}

/// What `text` asks for. The bot's own name is cut out already; `addressed` says that it stood there.
/// Commands begin with `/`; their Chinese aliases count only when the bot is addressed or in private.
pub fn parse(text: &str, addressed: bool) -> Request {
    let text = text.trim();
    if let Some(command) = text.strip_prefix('/') {
        return slash(command);
    }
    if let Some(act) = act(text) {
        return act;
    }
    if addressed && let Some(command) = alias(text) {
        return Request::Command(command);
    }
    Request::Words(text.to_owned())
}

fn slash(command: &str) -> Request {
    let (name, rest) = first_word(command);
    let name = name.split('@').next().unwrap_or(name).to_lowercase();
    let command = match name.as_str() {
        "start" => Command::Start(rest.to_owned()),
        "help" | "帮助" => Command::Help,
        "ask" | "提问" => Command::Ask(rest.to_owned()),
        "mine" | "进度" => Command::Mine,
        "faq" | "目录" => Command::Faq(rest.to_owned()),
        "duty" | "值班" => Command::Duty,
        "contacts" | "帮办电话" => Command::Contacts,
        "bind" | "绑定" => Command::Bind(bind(rest)),
        _ => return Request::UnknownCommand,
    };
    Request::Command(command)
}

fn alias(text: &str) -> Option<Command> {
    let (name, rest) = first_word(text);
    Some(match name {
        "帮助" if rest.is_empty() => Command::Help,
        "提问" => Command::Ask(rest.to_owned()),
        "进度" if rest.is_empty() => Command::Mine,
        "目录" => Command::Faq(rest.to_owned()),
        "值班" if rest.is_empty() => Command::Duty,
        "帮办电话" if rest.is_empty() => Command::Contacts,
        "绑定" => Command::Bind(bind(rest)),
        _ => return None,
    })
}

/// `魏都分局`, `魏都分局 值班`, `市局 指导`; without a kind it is a help group.
fn bind(rest: &str) -> Option<(String, GroupKind)> {
    let words: Vec<&str> = rest.split_whitespace().collect();
    match words.as_slice() {
        [bureau] => Some(((*bureau).to_owned(), GroupKind::Help)),
        [bureau, kind] => Some(((*bureau).to_owned(), GroupKind::from_word(kind)?)),
        _ => None,
    }
}

fn act(text: &str) -> Option<Request> {
    let bare = without_thanks(text);
    let whole = match bare.as_str() {
        "解决了" | "已解决" => Some(Act::Solved),
        "转人工" | "没解决" | "不对" | "没用" | "人工" | "人工服务" => Some(Act::ToHuman),
        "都不是" => Some(Act::NoneOfThese),
        "不用了" | "撤回" | "撤回问题" => Some(Act::Withdraw),
        "1" | "选1" | "１" => Some(Act::Pick(1)),
        "2" | "选2" | "２" => Some(Act::Pick(2)),
        "3" | "选3" | "３" => Some(Act::Pick(3)),
        _ => None,
    };
    if let Some(act) = whole {
        return Some(Request::Act(act, None));
    }
    numbered(text)
}

/// 解决了，谢谢老师 says 解决了.
fn without_thanks(text: &str) -> String {
    const THANKS: [&str; 8] = ["谢谢您", "谢谢", "多谢", "感谢", "辛苦了", "好的", "老师", "啦"];
    let mut bare = text.to_owned();
    for word in THANKS {
        bare = bare.replace(word, "");
    }
    bare.trim_matches(|c: char| c.is_whitespace() || "。！!.~～，,、".contains(c))
        .to_owned()
}

/// 认领 1024, 答复 Q1024 请带身份证, 办结 #1024 已电话答复: the verb, then the number, then the rest. A verb
/// alone counts too (it is said as a reply to the card).
fn numbered(text: &str) -> Option<Request> {
    for verb in ["认领", "放回", "答复", "办结", "解决了", "转人工", "撤回"] {
        let Some(rest) = text.strip_prefix(verb) else { continue };
        let (number, rest) = match leading_number(rest) {
            Some((number, rest)) => (Some(number), rest),
            // Words behind a bare verb are a command only for the two that carry words, and only when set apart.
            None if rest.trim().is_empty() => (None, ""),
            None if matches!(verb, "答复" | "办结") && rest.starts_with([' ', '\u{3000}', '：', ':', '，', ',']) => {
                (None, rest)
            }
            None => return None,
        };
        let rest = rest
            .trim_start_matches([' ', '\u{3000}', '：', ':', '，', ',', '\n'])
            .trim_end();
        let act = match verb {
            "认领" if rest.is_empty() => Act::Claim,
            "放回" if rest.is_empty() => Act::Release,
            "解决了" if rest.is_empty() => Act::Solved,
            "转人工" if rest.is_empty() => Act::ToHuman,
            "撤回" if rest.is_empty() => Act::Withdraw,
            "答复" => Act::Reply(rest.to_owned()),
            "办结" => Act::Close(rest.to_owned()),
            _ => return None,
        };
        return Some(Request::Act(act, number));
    }
    None
}

/// 1024, Q1024, #1024, １０２４, with spaces before it; and what follows.
fn leading_number(text: &str) -> Option<(i64, &str)> {
    let text = text.trim_start_matches([' ', '\u{3000}', '：', ':']);
    let text = text
        .strip_prefix(['Q', 'q', 'Ｑ', '#', '＃'])
        .unwrap_or(text)
        .trim_start();
    let mut number: i64 = 0;
    let mut end = 0;
    for (at, character) in text.char_indices() {
        let digit = match character {
            '0'..='9' => i64::from(u32::from(character) - u32::from('0')),
            '０'..='９' => i64::from(u32::from(character) - u32::from('０')),
            _ => break,
        };
        number = number.checked_mul(10)?.checked_add(digit)?;
        end = at + character.len_utf8();
    }
    (end > 0).then_some((number, text.get(end..).unwrap_or("")))
}

fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim();
    match text.find(char::is_whitespace) {
        Some(end) => (&text[..end], text[end..].trim()),
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_forms_of_buttons_are_understood_in_all_their_spellings() {
        for (text, expected) in [
            ("认领 1024", Request::Act(Act::Claim, Some(1024))),
            ("认领1024", Request::Act(Act::Claim, Some(1024))),
            ("认领 Q1024", Request::Act(Act::Claim, Some(1024))),
            ("认领 #1024", Request::Act(Act::Claim, Some(1024))),
            ("认领 ＃１０２４", Request::Act(Act::Claim, Some(1024))),
            ("认领", Request::Act(Act::Claim, None)),
            ("放回 7", Request::Act(Act::Release, Some(7))),
            (
                "答复 7 请带身份证",
                Request::Act(Act::Reply("请带身份证".into()), Some(7)),
            ),
            (
                "答复Q7：请带身份证\n和章",
                Request::Act(Act::Reply("请带身份证\n和章".into()), Some(7)),
            ),
            ("办结 7", Request::Act(Act::Close(String::new()), Some(7))),
            (
                "办结 7 已电话答复",
                Request::Act(Act::Close("已电话答复".into()), Some(7)),
            ),
            ("解决了", Request::Act(Act::Solved, None)),
            ("解决了！", Request::Act(Act::Solved, None)),
            ("好的，解决了，谢谢老师！", Request::Act(Act::Solved, None)),
            ("没解决啦", Request::Act(Act::ToHuman, None)),
            ("解决了 7", Request::Act(Act::Solved, Some(7))),
            ("没解决", Request::Act(Act::ToHuman, None)),
            ("都不是", Request::Act(Act::NoneOfThese, None)),
            ("不用了", Request::Act(Act::Withdraw, None)),
            ("2", Request::Act(Act::Pick(2), None)),
        ] {
            assert_eq!(parse(text, false), expected, "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_no_commands() {
        for text in [
            "认领的流程是什么",
            "办结要几天",
            "答复我一下",
            "没解决的话怎么办",
            "撤回申请怎么操作",
            "值班",
            "帮助",
            "办结通知书在哪领",
            "解决了两年的问题",
            "谢谢老师",
        ] {
            assert_eq!(parse(text, false), Request::Words(text.into()), "{text}");
        }
    }

    #[test]
    fn commands_have_aliases_when_the_bot_is_addressed() {
        assert_eq!(
            parse("/ask 怎么注销", false),
            Request::Command(Command::Ask("怎么注销".into()))
        );
        assert_eq!(
            parse("/ask@bangban_bot 怎么注销", false),
            Request::Command(Command::Ask("怎么注销".into()))
        );
        assert_eq!(
            parse("提问 怎么注销", true),
            Request::Command(Command::Ask("怎么注销".into()))
        );
        assert_eq!(parse("值班", true), Request::Command(Command::Duty));
        assert_eq!(parse("/nonsense", false), Request::UnknownCommand);
        let bound = |bureau: &str, kind| Request::Command(Command::Bind(Some((bureau.into(), kind))));
        assert_eq!(parse("/bind 魏都分局", false), bound("魏都分局", GroupKind::Help));
        assert_eq!(parse("/bind 市局 指导", false), bound("市局", GroupKind::Guidance));
        assert_eq!(parse("绑定 魏都分局 值班群", true), bound("魏都分局", GroupKind::Duty));
        assert_eq!(parse("/bind", false), Request::Command(Command::Bind(None)));
    }
}
