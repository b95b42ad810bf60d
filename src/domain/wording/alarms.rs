//! To whoever keeps the installation: what goes wrong by itself, the figure, and what to do; and that it is over.

use crate::domain::alarm::{Alarm, Limits};
use crate::domain::chat::rich::Rich;

const MINUTE_MS: i64 = 60_000;
const MB: i64 = 1 << 20;

/// An alarm is raised.
pub fn alarm(alarm: Alarm, of: &str, figure: i64, limits: &Limits) -> Rich {
    Rich::default()
        .bold(format!("告警：{}。", alarm_said(alarm, of, figure)))
        .plain(what_to_do(alarm, limits))
}

/// It is over, after so long.
pub fn alarm_over(alarm: Alarm, of: &str, after_ms: i64) -> Rich {
    let now = match alarm {
        Alarm::SignIns => "登录失败不多了",
        Alarm::Inbox => "收到的消息处理得过来了",
        Alarm::Outbox => "要发的消息发得出去了",
        Alarm::GivenUp => "发消息恢复正常",
        Alarm::PutAside => "一天里没有新搁下的消息了",
        Alarm::Silence => "又收到消息了",
        Alarm::Deaf => "又收得到消息了",
        Alarm::Disk => "磁盘够用了",
        Alarm::Memory => "内存降下来了",
        Alarm::Reviews => "过期没做的回访和复核不多了",
    };
    Rich::from(format!(
        "告警解除：{}{now}。前后 {}。",
        whose(alarm, of),
        long(after_ms)
    ))
}

/// What is wrong, with the figure; without a full stop.
pub fn alarm_said(alarm: Alarm, of: &str, figure: i64) -> String {
    let said = match alarm {
        Alarm::SignIns => format!("十分钟里登录失败 {figure} 次"),
        Alarm::Inbox => format!("收到的消息没处理完，最早的等了 {}", long(figure)),
        Alarm::Outbox => format!("要发的消息没发出去，最早的等了 {}", long(figure)),
        Alarm::GivenUp => format!("一小时里有 {figure} 条消息没送到"),
        Alarm::PutAside => format!("一天里有 {figure} 条消息或记录处理不了，搁在一边"),
        Alarm::Silence => format!("上班时间里 {}没收到任何消息", long(figure)),
        Alarm::Deaf => format!("{}没收到平台的回应", long(figure)),
        Alarm::Disk => format!("磁盘只剩 {} MB", figure / MB),
        Alarm::Memory => format!("程序占了 {} MB 内存", figure / MB),
        Alarm::Reviews => format!("过期没做的回访和复核有 {figure} 件"),
    };
    format!("{}{said}", whose(alarm, of))
}

/// Of which channel or program.
fn whose(alarm: Alarm, of: &str) -> String {
    match alarm {
        _ if of.is_empty() => String::new(),
        Alarm::Deaf => format!("渠道 {of} "),
        Alarm::SignIns
        | Alarm::Inbox
        | Alarm::Outbox
        | Alarm::GivenUp
        | Alarm::PutAside
        | Alarm::Silence
        | Alarm::Disk
        | Alarm::Memory
        | Alarm::Reviews => format!("{of} 上"),
    }
}

fn what_to_do(alarm: Alarm, limits: &Limits) -> String {
    match alarm {
        Alarm::SignIns => "可能有人在猜登录链接（猜不中）。来源地址在审计记录里，请在代理上拦住它；是自己人的，给新链接：bangban link 姓名。".to_owned(),
        Alarm::Inbox => "提问的人在等。请看服务器忙不忙、日志里的 ERROR；不清楚就重启一次程序。".to_owned(),
        Alarm::Outbox => "提问的人在等。请运行 bangban check，看网络和渠道连不连得上；不清楚就重启一次程序。".to_owned(),
        Alarm::GivenUp => "请看机器人有没有被移出群、禁言。有关的问题，单位管理员已收到提醒，请他们在群里补一句。".to_owned(),
        Alarm::PutAside => "发消息的人可能还在等。请运行 bangban check，按它说的到群里看一眼。".to_owned(),
        Alarm::Silence => "请在群里 @机器人 说一句试试。没回应就运行 bangban check，看机器人在不在群里、听不听得到。".to_owned(),
        Alarm::Deaf => "群里的话现在听不到。请看服务器的网络、令牌有没有失效，运行 bangban check。".to_owned(),
        Alarm::Disk => format!(
            "写满了就停，程序会等，消息不丢。请清理或扩容，腾到 {} MB 以上。",
            limits.disk / MB * 5 / 4
        ),
        Alarm::Memory => format!("平时不到 {} MB。请留意，一直涨就在没人时重启一次，并告诉开发人员。", limits.memory / MB),
        Alarm::Reviews => "请催单位管理员回访差评，催编辑复核到期的条目。".to_owned(),
    }
}

/// 3 分钟, 26 小时 5 分钟, 3 天
fn long(ms: i64) -> String {
    let minutes = (ms / MINUTE_MS).max(1);
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} 分钟"),
        (72.., _) => format!("{} 天", minutes / 1440),
        (hours, 0) => format!("{hours} 小时"),
        (hours, minutes) => format!("{hours} 小时 {minutes} 分钟"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alarm_names_the_thing_the_figure_and_what_to_do() {
        let figures = [
            23,
            125_000,
            61_000,
            7,
            2,
            15_300_000,
            240_000,
            1_500 * MB,
            1_100 * MB,
            12,
        ];
        let said: Vec<String> = Alarm::ALL
            .into_iter()
            .zip(figures)
            .map(|(alarm, figure)| {
                let of = match alarm {
                    Alarm::Deaf => "town",
                    Alarm::Memory => "甲机",
                    _ => "",
                };
                let raised = super::alarm(alarm, of, figure, &Limits::default()).words();
                format!("{raised}\n{}", alarm_over(alarm, of, 4_000_000).words())
            })
            .collect();
        insta::assert_snapshot!(said.join("\n"));
    }
}
