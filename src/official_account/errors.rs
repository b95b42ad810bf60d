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
    /// The account may not publish by API: a person presses 发表.
    NoRight,
    /// This draft has to be dealt with on the console.
    Console,
    /// The articles break a limit: they have to change.
    Articles,
    /// Not known: again, ever more slowly, and the operator sees it.
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
            (_, Rule::Again) => "公众号系统繁忙，过一会儿自动再试".to_owned(),
            (_, Rule::NewToken) => "访问令牌失效，换了新的仍不行，过一会儿自动再试".to_owned(),
            (_, Rule::Gone) => "草稿或图片在公众平台上已经没有了".to_owned(),
            (_, Rule::Operator) => "账号设置有问题".to_owned(),
            (_, Rule::Tomorrow) => "今天的调用次数用完了，明天自动再试".to_owned(),
            (_, Rule::NextMinute) => "调用太快，一分钟后自动再试".to_owned(),
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
        40001 | 40014 | 42001 => Rule::NewToken,
        40007 => Rule::Gone,
        40013 | 40125 | 40164 | 40243 => Rule::Operator,
        45009 => Rule::Tomorrow,
        45011 => Rule::NextMinute,
        48001 => Rule::NoRight,
        53503..=53505 => Rule::Console,
        40009 | 40033 | 40137 | 45001..=45004 => Rule::Articles,
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
