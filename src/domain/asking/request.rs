//! What a message asks the bot to do: commands, the text forms of every button, or plain words.

use crate::domain::asking::rating::Rating;
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::Heard;
use crate::domain::clean;
use crate::domain::privacy::Masked;
use typed::act;

mod typed;

/// A message understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// A command or its Chinese alias.
    Command(Command),
    /// The text form of a button, with a question's number if one was typed.
    Act(Act, Option<i64>),
    /// Anything else.
    Words(Masked),
    /// A slash command this bot does not know.
    UnknownCommand,
    /// A command in somebody else's words: forwarded, or another bot's. Nobody gave it.
    NotTheirs,
}

/// Commands of PRODUCT §3.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// `/start`, with what a link carried.
    Start(String),
    /// `/help`
    Help,
    /// `/ask 文字`
    Ask(Masked),
    /// `/mine`
    Mine,
    /// `/faq [词]`
    Faq(Masked),
    /// `/duty`
    Duty,
    /// `/contacts`
    Contacts,
    /// `/bind 单位 [帮办|指导|值班]`; none if it could not be read.
    Bind(Option<(Masked, GroupKind)>),
    /// `/hot`
    Hot,
    /// `/fix 正确的说法`
    Fix(Masked),
    /// `/why`, in reply to an answer or with words
    Why(Masked),
    /// `/mode 方式 [类别]`
    Mode(Masked),
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
    Leave(Masked),
    /// `/swap …`
    Swap(Masked),
    /// `/candidates [编号]`
    Candidates(Masked),
    /// `/mydata`
    MyData,
    /// `/forget`, with what confirms it
    Forget(Masked),
    /// `/digest [开|关]`: the week's digest.
    Digest(Switch),
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
    /// 非常满意 … 非常不满意
    Rate(Rating),
}

/// What a helper does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelperAct {
    /// 认领; also accepts what was offered.
    Claim,
    /// 放回
    Release,
    /// 答复 1024 文字
    Reply(Masked),
    /// 办结 1024 原因
    Close(Masked),
    /// 转办 1024 李强 原因
    Offer(Masked),
    /// 不接 1024
    Decline,
    /// 求助 1024 说明
    AskCity(Masked),
    /// 采用此答复: an entry by its number in the list, or the city's advice by its step.
    Adopt(Adopted),
    /// 采用 1024 37 改过的话: as it is in the list, or in these words; none where no entry's number was typed.
    AdoptTyped(Option<u32>, Masked),
    /// 告知 1024 1 3 另：…
    Inform(Masked),
    /// 回访 1024 结果
    Review(Masked),
}

/// What a helper adopts as the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adopted {
    /// An entry of the list, by its number.
    Entry(u32),
    /// What the city desk advised, by the step of the question's history.
    Advice(i64),
}

/// What a message asks for: `parse` of its text, but that somebody else's words command nothing.
pub fn of(heard: &Heard, addressed: bool) -> Request {
    match parse(&heard.text, addressed) {
        Request::Command(_) | Request::Act(..) | Request::UnknownCommand if !heard.own_words() => Request::NotTheirs,
        Request::Command(Command::Start(_)) => Request::Command(Command::Start(heard.carried.clone())),
        request => request,
    }
}

/// What `text` asks for. The bot's own name is cut out already; `addressed` says that it stood there.
/// Commands begin with `/`; their Chinese aliases count only when the bot is addressed or in private.
pub fn parse(text: &Masked, addressed: bool) -> Request {
    let seen = clean::seen(text);
    let text = seen.trim();
    if let Some(command) = text.strip_prefix(['/', '／']) {
        return slash(command);
    }
    if let Some(act) = act(text) {
        return act;
    }
    if addressed && let Some(command) = alias(text) {
        return Request::Command(command);
    }
    Request::Words(text.into())
}

/// What a link carried behind `/start`, as it was sent: a token is no words, and masked it would open nothing.
pub fn carried(sent: &str) -> String {
    let seen = clean::seen(sent);
    match seen.trim().strip_prefix(['/', '／']).map(slash) {
        Some(Request::Command(Command::Start(carried))) => carried,
        Some(_) | None => String::new(),
    }
}

/// The names commands go by after a slash; a Chinese one may be followed by its words without a blank.
const CHINESE: [&str; 19] = [
    "小结",
    "我的数据",
    "帮办电话",
    "忘记我",
    "帮助",
    "提问",
    "进度",
    "目录",
    "值班",
    "绑定",
    "热门",
    "待办",
    "请假",
    "换班",
    "更正",
    "解释",
    "方式",
    "播报",
    "候选",
];

/// What a command's name ends with, before its words: `/ask什么样`, `/faq：简易注销`, `/help。`
const MARKS: &[char] = &[
    '：', ':', '，', ',', '。', '.', '、', '；', ';', '！', '!', '？', '?', '～', '~',
];

/// The name of a command in lower case, and its words: behind a blank or a mark, or right behind the name.
fn named(command: &str) -> (String, &str) {
    let command = command.trim();
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    };
    let latin = |c: char| half(c).is_ascii_alphanumeric() || half(c) == '_';
    let mut end = command.find(|c| !latin(c)).unwrap_or(command.len());
    if end == 0 {
        let known = CHINESE.into_iter().find(|name| command.starts_with(name));
        let word = command.find(|c: char| c.is_whitespace() || c == '@' || c == '＠' || MARKS.contains(&c));
        end = known.map_or(word.unwrap_or(command.len()), str::len);
    }
    let name: String = command[..end].chars().map(half).collect();
    let mut rest = &command[end..];
    if let Some(bot) = rest.strip_prefix(['@', '＠']) {
        rest = bot.trim_start_matches(latin);
    }
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || MARKS.contains(&c));
    (name.to_lowercase(), rest.trim_end())
}

fn slash(command: &str) -> Request {
    let (name, rest) = named(command);
    let command = match name.as_str() {
        "start" => Command::Start(rest.to_owned()),
        "help" | "帮助" => Command::Help,
        "ask" | "提问" => Command::Ask(rest.into()),
        "mine" | "进度" => Command::Mine,
        "faq" | "目录" => Command::Faq(rest.into()),
        "duty" | "值班" => Command::Duty,
        "contacts" | "帮办电话" => Command::Contacts,
        "bind" | "绑定" => Command::Bind(bind(rest)),
        "hot" | "热门" => Command::Hot,
        "queue" | "待办" => Command::Private(Private::Queue),
        "leave" | "请假" => Command::Private(Private::Leave(rest.into())),
        "swap" | "换班" => Command::Private(Private::Swap(rest.into())),
        "fix" | "更正" => Command::Fix(rest.into()),
        "why" | "解释" => Command::Why(rest.into()),
        "mode" | "方式" => Command::Mode(rest.into()),
        "announce" | "播报" => Command::Announce(Switch::read(rest)),
        "candidates" | "候选" => Command::Private(Private::Candidates(rest.into())),
        "mydata" | "我的数据" => Command::Private(Private::MyData),
        "digest" | "小结" => Command::Private(Private::Digest(Switch::read(rest))),
        "forget" | "忘记我" => Command::Private(Private::Forget(rest.into())),
        _ => return Request::UnknownCommand,
    };
    Request::Command(command)
}

fn alias(text: &str) -> Option<Command> {
    let (name, rest) = alias_word(text);
    Some(match name {
        "帮助" if rest.is_empty() => Command::Help,
        "提问" => Command::Ask(rest.into()),
        "进度" if rest.is_empty() => Command::Mine,
        "目录" => Command::Faq(rest.into()),
        "值班" if rest.is_empty() => Command::Duty,
        "帮办电话" if rest.is_empty() => Command::Contacts,
        "绑定" => Command::Bind(bind(rest)),
        "热门" if rest.is_empty() => Command::Hot,
        "待办" if rest.is_empty() => Command::Private(Private::Queue),
        "请假" => Command::Private(Private::Leave(rest.into())),
        "换班" => Command::Private(Private::Swap(rest.into())),
        "更正" => Command::Fix(rest.into()),
        "解释" => Command::Why(rest.into()),
        "方式" => Command::Mode(rest.into()),
        "播报" => Command::Announce(Switch::read(rest)),
        "候选" => Command::Private(Private::Candidates(rest.into())),
        "我的数据" if rest.is_empty() => Command::Private(Private::MyData),
        _ => return None,
    })
}

/// `魏都分局`, `魏都分局 值班`, `市局 指导`; without a kind it is a help group.
fn bind(rest: &str) -> Option<(Masked, GroupKind)> {
    let words: Vec<&str> = rest.split_whitespace().collect();
    match words.as_slice() {
        [bureau] => Some((Masked::from(*bureau), GroupKind::Help)),
        [bureau, kind] => Some((Masked::from(*bureau), GroupKind::from_word(kind)?)),
        _ => None,
    }
}

/// The first word, set apart by a blank or a mark, and the rest. Never without one: 目录册怎么领 is a question.
fn alias_word(text: &str) -> (&str, &str) {
    let apart = |c: char| c.is_whitespace() || MARKS.contains(&c);
    let text = text.trim();
    match text.find(apart) {
        Some(end) => (&text[..end], text[end..].trim_start_matches(apart).trim_end()),
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
    #[expect(clippy::too_many_lines, reason = "one table")]
    fn text_forms_of_buttons_are_understood_in_all_their_spellings() {
        for (text, expected) in [
            ("认领 1024", helped(HelperAct::Claim, Some(1024))),
            ("认领1024", helped(HelperAct::Claim, Some(1024))),
            ("认领 Q1024", helped(HelperAct::Claim, Some(1024))),
            ("认领 #1024", helped(HelperAct::Claim, Some(1024))),
            ("认领 ＃１０２４", helped(HelperAct::Claim, Some(1024))),
            ("认领", helped(HelperAct::Claim, None)),
            ("认领7。", helped(HelperAct::Claim, Some(7))),
            ("认领Ｑ7", helped(HelperAct::Claim, Some(7))),
            ("认领ｑ７．", helped(HelperAct::Claim, Some(7))),
            ("认领\u{200b} Q\u{2060}7\u{202c}", helped(HelperAct::Claim, Some(7))),
            ("认领\u{a0}7 号，谢谢！", helped(HelperAct::Claim, Some(7))),
            ("认领第⑦", helped(HelperAct::Claim, Some(7))),
            ("认领。", helped(HelperAct::Claim, None)),
            ("放回 ７！", helped(HelperAct::Release, Some(7))),
            (
                "答复7。请带身份证",
                helped(HelperAct::Reply("请带身份证".into()), Some(7)),
            ),
            ("答复\u{a0}7\t0.5%", helped(HelperAct::Reply("0.5%".into()), Some(7))),
            ("选 ２。", asked(AskerAct::Pick(2), None)),
            ("放回 7", helped(HelperAct::Release, Some(7))),
            (
                "答复 7 请带身份证",
                helped(HelperAct::Reply("请带身份证".into()), Some(7)),
            ),
            (
                "答复Q7：请带身份证\n和章",
                helped(HelperAct::Reply("请带身份证\n和章".into()), Some(7)),
            ),
            ("办结 7", helped(HelperAct::Close(Masked::default()), Some(7))),
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
            ("求助市局 7", helped(HelperAct::AskCity(Masked::default()), Some(7))),
            (
                "求助 7 外资怎么办",
                helped(HelperAct::AskCity("外资怎么办".into()), Some(7)),
            ),
            ("告知 7 1 3", helped(HelperAct::Inform("1 3".into()), Some(7))),
            (
                "采用 7 37",
                helped(HelperAct::AdoptTyped(Some(37), Masked::default()), Some(7)),
            ),
            (
                "采用此答复 Q7 第 37 条：公示20天，周末也算",
                helped(HelperAct::AdoptTyped(Some(37), "公示20天，周末也算".into()), Some(7)),
            ),
            ("回访 7 已致歉", helped(HelperAct::Review("已致歉".into()), Some(7))),
            ("非常满意", asked(AskerAct::Rate(Rating::Delighted), None)),
            ("非常不满意！", asked(AskerAct::Rate(Rating::Bad), None)),
            ("没解决", asked(AskerAct::ToHuman, None)),
            ("都不是", asked(AskerAct::NoneOfThese, None)),
            ("不用了", asked(AskerAct::Withdraw, None)),
            ("2", asked(AskerAct::Pick(2), None)),
        ] {
            assert_eq!(parse(&text.into(), false), expected, "{text}");
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
            assert_eq!(parse(&text.into(), false), Request::Words(text.into()), "{text}");
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "one table")]
    fn commands_have_aliases_when_the_bot_is_addressed() {
        assert_eq!(
            parse(&"/ask 怎么注销".into(), false),
            Request::Command(Command::Ask("怎么注销".into()))
        );
        assert_eq!(
            parse(&"/ask@bangban_bot 怎么注销".into(), false),
            Request::Command(Command::Ask("怎么注销".into()))
        );
        assert_eq!(
            parse(&"提问 怎么注销".into(), true),
            Request::Command(Command::Ask("怎么注销".into()))
        );
        assert_eq!(parse(&"值班".into(), true), Request::Command(Command::Duty));
        for text in [
            "/ask怎么注销",
            "/ask：怎么注销",
            "／ａｓｋ怎么注销",
            "/提问怎么注销",
            "/\u{200b}ask@bangban_bot，怎么注销",
        ] {
            assert_eq!(
                parse(&text.into(), false),
                Request::Command(Command::Ask("怎么注销".into())),
                "{text}"
            );
        }
        assert_eq!(
            parse(&"/faq简易注销".into(), false),
            Request::Command(Command::Faq("简易注销".into()))
        );
        assert_eq!(parse(&"/help。".into(), false), Request::Command(Command::Help));
        assert_eq!(parse(&"/duty？".into(), false), Request::Command(Command::Duty));
        assert_eq!(
            parse(&"提问：怎么注销".into(), true),
            Request::Command(Command::Ask("怎么注销".into()))
        );
        assert_eq!(parse(&"值班。".into(), true), Request::Command(Command::Duty));
        for (text, switch) in [
            ("/announce 开", Switch::On),
            ("/播报 关", Switch::Off),
            ("播报", Switch::Asked),
            ("播报 明天", Switch::Unclear),
        ] {
            assert_eq!(
                parse(&text.into(), true),
                Request::Command(Command::Announce(switch)),
                "{text}"
            );
        }
        assert_eq!(parse(&"播报 开".into(), false), Request::Words("播报 开".into()));
        assert_eq!(parse(&"/nonsense".into(), false), Request::UnknownCommand);
        let bound = |bureau: &str, kind| Request::Command(Command::Bind(Some((bureau.into(), kind))));
        assert_eq!(
            parse(&"/bind 魏都分局".into(), false),
            bound("魏都分局", GroupKind::Help)
        );
        assert_eq!(
            parse(&"/bind 市局 指导".into(), false),
            bound("市局", GroupKind::Guidance)
        );
        assert_eq!(
            parse(&"绑定 魏都分局 值班群".into(), true),
            bound("魏都分局", GroupKind::Duty)
        );
        assert_eq!(parse(&"/bind".into(), false), Request::Command(Command::Bind(None)));
    }
}
