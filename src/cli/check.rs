//! `bangban check`: what is wrong with an installation, and what to do about each thing.

mod exposure;

use crate::calendar;
use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::domain::roster::people::Roster;
use crate::domain::time::zone;
use crate::domain::wording;
use crate::faq::Base;
use crate::official_account;
use crate::platform::telegram::{self, Api};
use crate::store::alarms::Raised;
use crate::store::each::Aside;
use crate::{serve, setup};

/// One line of the check-up.
enum Finding {
    Good(String),
    Advice(String),
    Bad(String),
}

/// Looks at everything; 1 if something is wrong.
pub async fn check(config: &Config) -> anyhow::Result<u8> {
    let mut findings = vec![Finding::Good("配置：可以用".to_owned())];
    let groups = database(config, &mut findings).await;
    exposure::exposure(config, &mut findings);
    knowledge(config, &mut findings);
    calendar(config, &mut findings);
    telegram(config, &groups, &mut findings).await;
    official_account(config, &mut findings).await;
    let (mut bad, mut advice) = (0, 0);
    for finding in &findings {
        match finding {
            Finding::Good(text) => println!("好    {text}"),
            Finding::Advice(text) => {
                advice += 1;
                println!("提醒  {text}");
            }
            Finding::Bad(text) => {
                bad += 1;
                println!("问题  {text}");
            }
        }
    }
    println!(
        "{}",
        match (bad, advice) {
            (0, 0) => "没有发现问题。".to_owned(),
            (0, advice) => format!("能用；{advice} 处提醒，请看上面。"),
            (bad, 0) => format!("{bad} 处问题，请按上面说的处理。"),
            (bad, advice) => format!("{bad} 处问题，请按上面说的处理；另有 {advice} 处提醒。"),
        }
    );
    Ok(u8::from(bad > 0))
}

/// Telegram groups that are bound: title and chat id.
async fn database(config: &Config, findings: &mut Vec<Finding>) -> Vec<(String, i64)> {
    let now = Clock::System.now();
    let looked = async {
        let db = super::open(config).await?;
        let mut tx = db.read().await?;
        let roster = tx.roster().await?;
        let groups = tx.groups().await?;
        let (waiting, _) = tx.inbox_counts().await?;
        let aside = tx.aside_since(Millis(0)).await?;
        let alarms = tx.alarms().await?;
        let oldest = tx
            .oldest_waiting()
            .await?
            .into_iter()
            .chain(tx.oldest_unsent().await?)
            .min();
        drop(tx);
        let sample = setup::is_sample(&db).await?;
        let mut tx = db.begin().await?;
        tx.set_note("checked", &now.0.to_string()).await?;
        tx.commit().await?;
        db.close().await;
        anyhow::Ok((roster, groups, waiting, (aside, alarms), sample, oldest))
    };
    let (roster, groups, waiting, (aside, alarms), sample, oldest) = match looked.await {
        Ok(found) => found,
        Err(error) => {
            findings.push(Finding::Bad(format!("数据库：{}", super::told(&error))));
            return Vec::new();
        }
    };
    findings.push(Finding::Good(format!(
        "数据库：打得开，写得进，待处理消息 {waiting} 条"
    )));
    if let Some(minutes) = oldest
        .map(|oldest| now.since(oldest) / 60_000)
        .filter(|minutes| *minutes > 0)
    {
        findings.push(Finding::Bad(format!(
            "数据库：有消息等了 {minutes} 分钟还没处理或没发出去。请看程序在不在运行、日志里说什么；不清楚就重启一次"
        )));
    }
    set_aside(&aside, findings);
    raised(config, &alarms, findings);
    rosters(config, &roster, sample, findings);
    groups
        .iter()
        .filter(|group| group.channel.0 == telegram::NAME && group.bound.is_some())
        .filter_map(|group| Some((group.title.clone(), group.chat.parse().ok()?)))
        .collect()
}

/// Rows nobody could make sense of: each is somebody who may still wait.
fn set_aside(aside: &Aside, findings: &mut Vec<Finding>) {
    let mut bad = |count: i64, what: &str, then: &str| {
        if count > 0 {
            findings.push(Finding::Bad(format!(
                "数据库：有 {count} {what}，已搁在一边，其余照常。{then}，并把日志交给开发人员"
            )));
        }
    };
    bad(
        aside.inbox,
        "条收到的消息处理不了",
        "发消息的人可能还在等：请到群里看一眼，原因排除以后 bangban aside again（保留 7 天）",
    );
    bad(
        aside.outbox,
        "条要发的消息读不懂",
        "收消息的人可能还在等：请到群里看一眼（保留 7 天）",
    );
    bad(aside.questions, "个问题的记录读不懂", "请直接联系提问人把事办完");
}

/// What the program that serves has raised and has not ended yet.
fn raised(config: &Config, alarms: &[Raised], findings: &mut Vec<Finding>) {
    for alarm in alarms
        .iter()
        .filter(|alarm| !alarm.standing.is_over(Clock::System.now()))
    {
        let since = zone::local(&config.timezone, alarm.standing.since).strftime("%-m月%-d日 %H:%M");
        let said = wording::alarm_said(alarm.alarm, &alarm.of, alarm.standing.figure);
        let told = if alarm.standing.told {
            ""
        } else {
            "；还没有人收到：管理员先私聊机器人一次，或登录网页"
        };
        findings.push(Finding::Bad(format!("告警：{said}（从 {since} 起{told}）")));
    }
}

fn rosters(config: &Config, roster: &Roster, sample: bool, findings: &mut Vec<Finding>) {
    if roster.bureaus.is_empty() {
        findings.push(Finding::Advice(
            "名册：还没有。请导入：bangban roster import 文件（第一次启动会建示例城市）".to_owned(),
        ));
        return;
    }
    if sample {
        let say = "名册：现在是示例数据。正式使用前请导入：bangban roster import 文件";
        let public = config
            .public_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"));
        findings.push(match public {
            true => Finding::Bad(say.to_owned()),
            false => Finding::Advice(say.to_owned()),
        });
    } else {
        findings.push(Finding::Good(format!(
            "名册：{} 个单位，{} 人",
            roster.bureaus.len(),
            roster.people.len()
        )));
    }
    for shortfall in roster.shortfalls() {
        findings.push(Finding::Advice(format!(
            "名册：{}",
            super::roster::shortfall_said(roster, &shortfall)
        )));
    }
    for bureau in roster
        .bureaus
        .iter()
        .filter(|bureau| roster.duty_of(bureau.id).next().is_none())
    {
        findings.push(Finding::Advice(format!(
            "值班：{}没有值班表，按窗口名册顺序轮流",
            bureau.name
        )));
    }
    for name in config
        .named_bureaus()
        .filter(|name| roster.bureau_named(name).is_none())
    {
        findings.push(Finding::Bad(format!(
            "配置：[clocks.{name}] 或 [fill.{name}] 在名册里没有这个单位，请改名或删掉"
        )));
    }
}

fn knowledge(config: &Config, findings: &mut Vec<Finding>) {
    match Base::load(&config.faq) {
        Err(problems) => {
            let first = problems.first().map(ToString::to_string).unwrap_or_default();
            findings.push(Finding::Bad(format!(
                "知识库：{} 处要改，第一处 {first}。全部：bangban faq check",
                problems.len()
            )));
        }
        Ok(base) => {
            let open: std::collections::BTreeSet<String> = base
                .entries
                .iter()
                .flat_map(crate::faq::Entry::placeholders)
                .filter(|name| !name.starts_with("office.") && config.fill("", name).is_none())
                .collect();
            findings.push(Finding::Good(format!("知识库：{} 条", base.entries.len())));
            if !open.is_empty() {
                let names: Vec<String> = open.into_iter().collect();
                let text = format!(
                    "知识库：还有占位没填（{}），用到的那一节先不说，只说拿得准的；请在 bangban.toml 的 [fill] 里填",
                    names.join("、")
                );
                findings.push(Finding::Advice(text));
            }
        }
    }
}

/// Holidays and make-up workdays: this year's and, from December on, the next one's must be known.
fn calendar(config: &Config, findings: &mut Vec<Finding>) {
    let calendar = match calendar::load(&config.data) {
        Ok(calendar) => calendar,
        Err(problem) => return findings.push(Finding::Bad(format!("日历：{problem}"))),
    };
    let doubts = calendar::doubts(&config.data);
    findings.extend(doubts.iter().map(|doubt| Finding::Advice(format!("日历：{doubt}"))));
    let today = super::faq::today(config);
    let next = (today.month() == 12).then_some(today.year() + 1);
    let missing = [Some(today.year()), next]
        .into_iter()
        .flatten()
        .find(|year| !calendar.knows(*year));
    findings.push(match missing {
        Some(year) => Finding::Advice(calendar::missing_said(year, &config.data)),
        None => Finding::Good(format!("日历：{} 年的节假日和调休已知", today.year())),
    });
}

async fn telegram(config: &Config, groups: &[(String, i64)], findings: &mut Vec<Finding>) {
    let token = match serve::token(config) {
        Ok(Some(token)) => token,
        Ok(None) => return findings.push(Finding::Good("Telegram：没有配置，只用网页群".to_owned())),
        Err(error) => return findings.push(Finding::Bad(format!("Telegram：{}", super::told(&error)))),
    };
    let api = match Api::new(telegram::Token::new(token.expose()), config.telegram.api_url.clone()) {
        Ok(api) => api,
        Err(error) => return findings.push(Finding::Bad(format!("Telegram：{error}"))),
    };
    match api.me().await {
        Ok(me) => {
            findings.push(Finding::Good(format!("Telegram：@{}", me.username)));
            if !me.can_read_all_group_messages {
                let text = "Telegram：隐私模式开着，机器人只听得到@它的话。请把它设为群管理员，或在 @BotFather 用 /setprivacy 关闭后移出再拉进群";
                findings.push(Finding::Advice(text.to_owned()));
            }
        }
        Err(error) if error.wrong_token() => {
            return findings.push(Finding::Bad(
                "Telegram：token 不对。请从 @BotFather 重新复制，放进 TELOXIDE_TOKEN 或 token_file".to_owned(),
            ));
        }
        Err(error) => {
            return findings.push(Finding::Bad(format!(
                "Telegram：连不上（{error}）。请检查网络，或 TELOXIDE_API_URL 是否写对"
            )));
        }
    }
    webhook(config, &api, findings).await;
    for (title, chat) in groups {
        for sentence in telegram::diagnose(&api, *chat).await {
            findings.push(Finding::Bad(format!("Telegram 群“{title}”：{sentence}")));
        }
    }
}

/// Whether messages come the way they are to come: asked for, or posted to the public address.
async fn webhook(config: &Config, api: &Api, findings: &mut Vec<Finding>) {
    let bad = |text: String| Finding::Bad(format!("Telegram：{text}"));
    let wanted = match config.webhook() {
        Ok(url) => url.map(|url| format!("{url}{}", telegram::webhook::PATH)),
        Err(error) => return findings.push(bad(error.to_string())),
    };
    let info = match telegram::webhook::info(api).await {
        Ok(info) => info,
        Err(error) => return findings.push(bad(format!("查不到 webhook（{error}）。请稍后再试"))),
    };
    let (url, waiting) = (info.url.as_str(), info.pending_update_count);
    findings.push(match &wanted {
        None if url.is_empty() => Finding::Good("Telegram：自己去取消息（polling）".to_owned()),
        None => bad(format!(
            "设着 webhook（{url}），消息被送到了那里。启动帮办就会删掉它；如果反复出现，说明另一个程序在用同一个 token"
        )),
        Some(wanted) if url != wanted => bad(format!(
            "webhook 还不是 {wanted}。启动帮办就会设好；如果已经在运行，请看日志里说什么"
        )),
        Some(wanted) => match info.trouble(Clock::System.now().0 / 1000) {
            Some(said) => bad(format!(
                "Telegram 连不上 {wanted}（{said}），{waiting} 条消息在等。请检查 public_url、证书和反向代理"
            )),
            None => Finding::Good(format!("Telegram：消息推到 {wanted}，在等的 {waiting} 条")),
        },
    });
}

/// 公众号: what is missing, whether the account lets us in, and which editions wait for somebody.
async fn official_account(config: &Config, findings: &mut Vec<Finding>) {
    let account = &config.official_account;
    let lacks = account.lacks();
    if !lacks.is_empty() {
        return findings.extend(lacks.into_iter().map(|lack| Finding::Bad(format!("公众号：{lack}"))));
    }
    if account.token_file.is_some() && config.public_url.is_none() {
        let lack = "公众号：接收来信要写 public_url，回复里的网址从它来；没写就不接来信";
        findings.push(Finding::Bad(lack.to_owned()));
    }
    let looked = async {
        let db = super::open(config).await?;
        let waiting = db.read().await?.publications().await?;
        let publisher = official_account::publisher(&db, &Clock::System, config)?;
        let let_in = match &publisher {
            Some(publisher) => publisher.client.try_token().await,
            None => Ok(()),
        };
        db.close().await;
        anyhow::Ok((waiting, publisher.is_some(), let_in?))
    };
    match looked.await {
        Ok((waiting, by_api, ())) => {
            findings.push(Finding::Good(if by_api {
                "公众号：连得上，凭证可用".to_owned()
            } else {
                "公众号：没有用接口，文章写成文件（bangban wechat preview）".to_owned()
            }));
            for publication in waiting.iter().filter(|publication| !publication.trouble.is_empty()) {
                findings.push(Finding::Advice(format!(
                    "公众号：{}{}：{}",
                    publication.name(),
                    publication.state.chinese(),
                    publication.trouble
                )));
            }
        }
        Err(error) => findings.push(Finding::Bad(format!("公众号：{}", super::told(&error)))),
    }
}
