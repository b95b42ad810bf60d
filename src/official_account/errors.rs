//! What the account's refusals mean and what is done about each, as one table (developers.weixin.qq.com, 返回码).

/// What is done about a refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The system is busy: again in a moment.
    Again,
    /// The access token ran out: a new one, once.
    NewToken,
    /// The draft or picture is not there any more.
    Gone,
    /// Only the operator can help: appid, secret, address.
    Operator,
    /// The day's quota is used up: tomorrow.
    Tomorrow,
    /// Too often in this minute.
    NextMinute,
    /// Published too often just now: some minutes later.
    Later,
    /// The account may not publish by API: a person presses 发表.
    NoRight,
    /// This draft has to be dealt with on the console.
    Console,
    /// The articles break a limit: they have to change.
    Articles,
    /// Not known: a few times more, ever more slowly; then a person decides.
    Unknown,
}

/// Why a call did not give what it was made for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CallError {
    /// The account never got it.
    #[error("连不上公众号服务器（{0}）。请检查网络和 api_url")]
    NotSent(String),
    /// It may have got it; the answer was lost.
    #[error("公众号服务器没有答复（{0}）")]
    Lost(String),
    /// It refused.
    #[error("{}", self.words())]
    Refused { code: i64, said: String },
    /// The picture was not even sent.
    #[error("{0}")]
    Picture(String),
}

impl CallError {
    /// The rule for a refusal; none where the account refused nothing.
    pub fn rule(&self) -> Option<Rule> {
        match self {
            CallError::Refused { code, .. } => Some(rule(*code)),
            CallError::NotSent(_) | CallError::Lost(_) | CallError::Picture(_) => None,
        }
    }

    /// Whether the account may have done it all the same: no answer, or −1, which also comes after the effect.
    pub fn in_doubt(&self) -> bool {
        match self {
            CallError::Lost(_) => true,
            CallError::Refused { code, .. } => rule(*code) == Rule::Again,
            CallError::NotSent(_) | CallError::Picture(_) => false,
        }
    }

    /// The code of a refusal; 0 where the account refused nothing.
    pub fn code(&self) -> i64 {
        match self {
            CallError::Refused { code, .. } => *code,
            CallError::NotSent(_) | CallError::Lost(_) | CallError::Picture(_) => 0,
        }
    }

    fn words(&self) -> String {
        let CallError::Refused { code, said } = self else {
            return String::new();
        };
        let what = match (code, rule(*code)) {
            (40013, _) => "appid 不对。请核对 [official_account] 的 appid".to_owned(),
            (40125, _) => "密钥不对。请在公众平台“基本配置”核对 AppSecret，再改 secret_file".to_owned(),
            (40243, _) => "密钥被冻结了。请在公众平台“基本配置”解冻 AppSecret".to_owned(),
            (40164, _) => format!(
                "本机地址 {} 不在白名单里。请在公众平台“基本配置 → IP 白名单”加上它",
                address(said).unwrap_or("（见下）")
            ),
            (89501 | 89503 | 89506 | 89507, _) => {
                "本机地址要管理员在公众平台上确认。请管理员在微信里同意这个 IP 的调用".to_owned()
            }
            (50002 | 50007, _) => "账号被冻结或注销了。请登录公众平台查看".to_owned(),
            (53500, _) => "发布功能被封禁了，请登录公众平台查看原因，能发时人工发表".to_owned(),
            (48004, _) => "接口被封禁了，请登录公众平台查看原因，人工发表".to_owned(),
            (88000, _) => "账号没有留言功能，文章里要求打开留言".to_owned(),
            (87014, _) => "文章没有通过内容安全检查".to_owned(),
            (_, Rule::Again) => "公众号系统繁忙，过一会儿自动再试".to_owned(),
            (_, Rule::NewToken) => "访问令牌失效，换了新的仍不行，过一会儿自动再试".to_owned(),
            (_, Rule::Gone) => "草稿或图片在公众平台上已经没有了".to_owned(),
            (_, Rule::Operator) => "账号设置有问题".to_owned(),
            (_, Rule::Tomorrow) => "今天的调用次数用完了，明天自动再试".to_owned(),
            (_, Rule::NextMinute) => "调用太快，一分钟后自动再试".to_owned(),
            (_, Rule::Later) => "发布得太频繁，几分钟后自动再试".to_owned(),
            (_, Rule::NoRight) => {
                "这个账号没有用接口发布的权限（未认证的账号都没有），请人工在草稿箱里点发表".to_owned()
            }
            (_, Rule::Console) => "这份草稿要在公众平台上人工处理、发表".to_owned(),
            (_, Rule::Articles) => "公众号不收这些文章，请检查标题、摘要、正文的长度和写法".to_owned(),
            (_, Rule::Unknown) => "公众号拒绝了，原因见错误码".to_owned(),
        };
        format!("{what}（{code}：{}）", shortened(said))
    }
}

/// The rule for an error code.
pub fn rule(code: i64) -> Rule {
    match code {
        -1 => Rule::Again,
        40001 | 40014 | 41001 | 42001 | 42007 => Rule::NewToken,
        40007 => Rule::Gone,
        // Id, secret, address; an address waiting for the administrator's word; a frozen account.
        40002 | 40013 | 40125 | 40164 | 40243 | 41002 | 41004 | 50002 | 50004 | 50007 | 61004 | 89501 | 89503
        | 89506 | 89507 => Rule::Operator,
        45009 => Rule::Tomorrow,
        45011 => Rule::NextMinute,
        53501 => Rule::Later,
        48001 => Rule::NoRight,
        // Forbidden to the account, an unknown task, checks that only the console can pass.
        48004 | 50001 | 53500 | 53502..=53505 => Rule::Console,
        // Pictures: kind, size, none. Texts: empty, too long, words or links that are not taken. Goods, comments.
        40004..=40006
        | 40009
        | 40012
        | 40033
        | 40034
        | 40039
        | 40066
        | 40097
        | 40113
        | 40137
        | 40155
        | 41005
        | 41006
        | 44001..=44004
        | 45001..=45008
        | 45021
        | 45110
        | 45166
        | 47001
        | 47003
        | 53404..=53406
        | 87009
        | 87014
        | 88000 => Rule::Articles,
        _ => Rule::Unknown,
    }
}

/// The address in `invalid ip 1.2.3.4 ipv6 ::ffff:1.2.3.4, not in whitelist`.
fn address(said: &str) -> Option<&str> {
    said.split(|c: char| c.is_whitespace() || c == ',')
        .find(|word| word.parse::<std::net::IpAddr>().is_ok())
}

fn shortened(said: &str) -> String {
    const MOST: usize = 120;
    said.chars().filter(|c| !c.is_control()).take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_the_articles_is_no_passing_fault() {
        for code in [
            45003, 45166, 44003, 44004, 45110, 88000, 45008, 45021, 87014, 47001, 53404, 40155,
        ] {
            assert_eq!(rule(code), Rule::Articles, "{code}");
        }
        for code in [53500, 53502, 53503, 53504, 53505, 48004] {
            assert_eq!(rule(code), Rule::Console, "{code}");
        }
        assert_eq!(rule(53501), Rule::Later);
        assert_eq!(rule(61451), Rule::Unknown);
    }
}
