//! What a message asks the bot to do: commands, the text forms of every button, or plain words.

use crate::domain::chat::group::GroupKind;

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
    /// `/hot`
    Hot,
    /// `/fix 正确的说法`
    Fix(String),
    /// `/why`, in reply to an answer or with words
    Why(String),
    /// `/mode 方式 [类别]`
    Mode(String),
    /// `/announce [开|关]`
    Announce(Switch),
    /// One that is answered in private wherever it is given.
    Private(Private),
}

/// Commands whose answer only the one who gave them should read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Private {
    /// `/queue`
    Queue,
    /// `/leave …`
    Leave(String),
    /// `/swap …`
    Swap(String),
    /// `/candidates [编号]`
    Candidates(String),
    /// `/mydata`
    MyData,
    /// `/forget`, with what confirms it
    Forget(String),
}

/// What follows a command that is either on or off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    On,
    Off,
    /// Nothing: how does it stand?
    Asked,
    /// Something else.
    Unclear,
}

impl Switch {
    fn read(words: &str) -> Switch {
        match words {
            "" => Switch::Asked,
            "开" | "打开" | "开启" | "on" => Switch::On,
            "关" | "关闭" | "关掉" | "off" => Switch::Off,
            _ => Switch::Unclear,
        }
    }
}

/// What a button or its text form does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Only the asker may do this.
    Asker(AskerAct),
    /// Only helpers may do this.
    Helper(HelperAct),
}

/// What an asker does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AskerAct {
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
    /// 非常满意 … 非常不满意, five to one.
    Rate(u8),
}

/// What a helper does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelperAct {
    /// 认领; also accepts what was offered.
    Claim,
    /// 放回
    Release,
    /// 答复 1024 文字
    Reply(String),
    /// 办结 1024 原因
    Close(String),
    /// 转办 1024 李强 原因
    Offer(String),
    /// 不接 1024
    Decline,
    /// 求助 1024 说明
    AskCity(String),
    /// 采用此答复: an entry by its number in the list, or the city's advice by its step.
    Adopt(Adopted),
    /// 采用 1024 37 改过的话: as it is in the list, or in these words; none where no entry's number was typed.
    AdoptTyped(Option<u32>, String),
    /// 告知 1024 1 3 另：…
    Inform(String),
    /// 回访 1024 结果
    Review(String),
}

/// What a helper adopts as the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adopted {
    /// An entry of the list, by its number.
    Entry(u32),
    /// What the city desk advised, by the step of the question's history.
    Advice(i64),
}

/// The five levels (国办发〔2019〕51号), best first.
pub const RATINGS: [&str; 5] = ["非常满意", "满意", "基本满意", "不满意", "非常不满意"];

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
        "hot" | "热门" => Command::Hot,
        "queue" | "待办" => Command::Private(Private::Queue),
        "leave" | "请假" => Command::Private(Private::Leave(rest.to_owned())),
        "swap" | "换班" => Command::Private(Private::Swap(rest.to_owned())),
        "fix" | "更正" => Command::Fix(rest.to_owned()),
        "why" | "解释" => Command::Why(rest.to_owned()),
        "mode" | "方式" => Command::Mode(rest.to_owned()),
        "announce" | "播报" => Command::Announce(Switch::read(rest)),
        "candidates" | "候选" => Command::Private(Private::Candidates(rest.to_owned())),
        "mydata" | "我的数据" => Command::Private(Private::MyData),
        "forget" | "忘记我" => Command::Private(Private::Forget(rest.to_owned())),
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
        "热门" if rest.is_empty() => Command::Hot,
        "待办" if rest.is_empty() => Command::Private(Private::Queue),
        "请假" => Command::Private(Private::Leave(rest.to_owned())),
        "换班" => Command::Private(Private::Swap(rest.to_owned())),
        "更正" => Command::Fix(rest.to_owned()),
        "解释" => Command::Why(rest.to_owned()),
        "方式" => Command::Mode(rest.to_owned()),
        "播报" => Command::Announce(Switch::read(rest)),
        "候选" => Command::Private(Private::Candidates(rest.to_owned())),
        "我的数据" if rest.is_empty() => Command::Private(Private::MyData),
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
        "解决了" | "已解决" => Some(AskerAct::Solved),
        "转人工" | "没解决" | "不对" | "没用" | "人工" | "人工服务" => Some(AskerAct::ToHuman),
        "都不是" => Some(AskerAct::NoneOfThese),
        "不用了" | "撤回" | "撤回问题" => Some(AskerAct::Withdraw),
        "1" | "选1" | "１" => Some(AskerAct::Pick(1)),
        "2" | "选2" | "２" => Some(AskerAct::Pick(2)),
        "3" | "选3" | "３" => Some(AskerAct::Pick(3)),
        word => rating(word),
    };
    if let Some(act) = whole {
        return Some(Request::Act(Act::Asker(act), None));
    }
    numbered(text)
}

fn rating(word: &str) -> Option<AskerAct> {
    let level = RATINGS.iter().position(|level| *level == word)?;
    u8::try_from(RATINGS.len() - level).ok().map(AskerAct::Rate)
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
        None if rest.trim().is_empty() => (None, ""),
        None if WORDY.contains(&verb) && rest.starts_with([' ', '\u{3000}', '：', ':', '，', ',']) => (None, rest),
        None => return None,
    };
    let rest = rest
        .trim_start_matches([' ', '\u{3000}', '：', ':', '，', ',', '\n'])
        .trim_end();
    let act = match verb {
        "答复" => Act::Helper(HelperAct::Reply(rest.to_owned())),
        "办结" => Act::Helper(HelperAct::Close(rest.to_owned())),
        "转办" => Act::Helper(HelperAct::Offer(rest.to_owned())),
        "求助市局" | "求助" => Act::Helper(HelperAct::AskCity(rest.to_owned())),
        "告知" => Act::Helper(HelperAct::Inform(rest.to_owned())),
        "回访" => Act::Helper(HelperAct::Review(rest.to_owned())),
        "采用此答复" | "采用" if number.is_some() => Act::Helper(adopt(rest)),
        _ if !rest.is_empty() => return None,
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

/// `37`, `第 37 条`, `37 改过的话`, as they follow 采用 and the question's number.
fn adopt(rest: &str) -> HelperAct {
    match leading_number(rest.trim_start_matches('第')) {
        Some((no, words)) => {
            let words = words.trim_start().trim_start_matches('条');
            let words = words.trim_start_matches([' ', '\u{3000}', '：', ':', '，', ',', '\n']);
            HelperAct::AdoptTyped(u32::try_from(no).ok(), words.to_owned())
        }
        None => HelperAct::AdoptTyped(None, rest.to_owned()),
    }
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

    fn asked(act: AskerAct, number: Option<i64>) -> Request {
        Request::Act(Act::Asker(act), number)
    }

    fn helped(act: HelperAct, number: Option<i64>) -> Request {
        Request::Act(Act::Helper(act), number)
    }

    #[test]
    fn text_forms_of_buttons_are_understood_in_all_their_spellings() {
        for (text, expected) in [
            ("认领 1024", helped(HelperAct::Claim, Some(1024))),
            ("认领1024", helped(HelperAct::Claim, Some(1024))),
            ("认领 Q1024", helped(HelperAct::Claim, Some(1024))),
            ("认领 #1024", helped(HelperAct::Claim, Some(1024))),
            ("认领 ＃１０２４", helped(HelperAct::Claim, Some(1024))),
            ("认领", helped(HelperAct::Claim, None)),
            ("放回 7", helped(HelperAct::Release, Some(7))),
            (
                "答复 7 请带身份证",
                helped(HelperAct::Reply("请带身份证".into()), Some(7)),
            ),
            (
                "答复Q7：请带身份证\n和章",
                helped(HelperAct::Reply("请带身份证\n和章".into()), Some(7)),
            ),
            ("办结 7", helped(HelperAct::Close(String::new()), Some(7))),
            (
                "办结 7 已电话答复",
                helped(HelperAct::Close("已电话答复".into()), Some(7)),
            ),
            ("解决了", asked(AskerAct::Solved, None)),
            ("解决了！", asked(AskerAct::Solved, None)),
            ("好的，解决了，谢谢老师！", asked(AskerAct::Solved, None)),
            ("没解决啦", asked(AskerAct::ToHuman, None)),
            ("解决了 7", asked(AskerAct::Solved, Some(7))),
            (
                "转办 7 李强 我下班了",
                helped(HelperAct::Offer("李强 我下班了".into()), Some(7)),
            ),
            ("不接 7", helped(HelperAct::Decline, Some(7))),
            ("求助市局 7", helped(HelperAct::AskCity(String::new()), Some(7))),
            (
                "求助 7 外资怎么办",
                helped(HelperAct::AskCity("外资怎么办".into()), Some(7)),
            ),
            ("告知 7 1 3", helped(HelperAct::Inform("1 3".into()), Some(7))),
            (
                "采用 7 37",
                helped(HelperAct::AdoptTyped(Some(37), String::new()), Some(7)),
            ),
            (
                "采用此答复 Q7 第 37 条：公示20天，周末也算",
                helped(HelperAct::AdoptTyped(Some(37), "公示20天，周末也算".into()), Some(7)),
            ),
            ("回访 7 已致歉", helped(HelperAct::Review("已致歉".into()), Some(7))),
            ("非常满意", asked(AskerAct::Rate(5), None)),
            ("非常不满意！", asked(AskerAct::Rate(1), None)),
            ("没解决", asked(AskerAct::ToHuman, None)),
            ("都不是", asked(AskerAct::NoneOfThese, None)),
            ("不用了", asked(AskerAct::Withdraw, None)),
            ("2", asked(AskerAct::Pick(2), None)),
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
            "求助怎么注销",
            "告知承诺制是什么",
            "不接受现金吗",
            "采用什么会计制度",
            "采用 认缴制 的公司",
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
        for (text, switch) in [
            ("/announce 开", Switch::On),
            ("/播报 关", Switch::Off),
            ("播报", Switch::Asked),
            ("播报 明天", Switch::Unclear),
        ] {
            assert_eq!(parse(text, true), Request::Command(Command::Announce(switch)), "{text}");
        }
        assert_eq!(parse("播报 开", false), Request::Words("播报 开".into()));
        assert_eq!(parse("/nonsense", false), Request::UnknownCommand);
        let bound = |bureau: &str, kind| Request::Command(Command::Bind(Some((bureau.into(), kind))));
        assert_eq!(parse("/bind 魏都分局", false), bound("魏都分局", GroupKind::Help));
        assert_eq!(parse("/bind 市局 指导", false), bound("市局", GroupKind::Guidance));
        assert_eq!(parse("绑定 魏都分局 值班群", true), bound("魏都分局", GroupKind::Duty));
        assert_eq!(parse("/bind", false), Request::Command(Command::Bind(None)));
    }
}
