//! What goes wrong by itself: told once to whoever keeps the installation, and once when it is over.

use bangban::desk::Reading;
use bangban::domain::alarm::Alarm;
use bangban::platform::{Refused, SendError};
use bangban::store::inbox::RawUpdate;

use crate::conversation;
use crate::support::town::{MERGER, Town};

fn free(mb: i64) -> Vec<Reading> {
    let (alarm, of) = (Alarm::Disk, String::new());
    let figure = mb << 20;
    vec![Reading { alarm, of, figure }]
}

/// An update comes in and nobody handles it.
async fn comes_in(town: &Town, key: &str) -> i64 {
    let update = RawUpdate {
        natural_key: key.into(),
        lane: "town lost".into(),
        raw: "{}".into(),
    };
    let mut tx = town.db.begin().await.unwrap();
    let row = tx.take_in("town", &update, town.clock.now()).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    row
}

/// Looked at every minute for so long.
async fn minutes_are_watched(town: &Town, minutes: i64, own: &[Reading]) {
    for _ in 0..minutes {
        town.minutes_pass(1).await;
        town.alarms_are_looked_at(own).await;
    }
}

conversation!(
    what_goes_wrong_is_told_once_and_once_more_when_it_is_over,
    async |town: &Town| {
        let fang = town.administrator().await.private();
        town.alarms_are_looked_at(&free(5_000)).await;
        town.alarms_are_looked_at(&free(1_500)).await;
        fang.hears(town, "告警：磁盘只剩 1500 MB。写满了就停");
        minutes_are_watched(town, 3, &free(2_100)).await;
        town.restarts().await;
        minutes_are_watched(town, 3, &free(1_400)).await;
        minutes_are_watched(town, 5, &free(3_000)).await;
        minutes_are_watched(town, 5, &free(1_900)).await;
        // It went up and down for a quarter of an hour; then there is room, ten minutes long.
        minutes_are_watched(town, 10, &free(3_000)).await;
        town.alarms_are_looked_at(&free(2_300)).await;
        minutes_are_watched(town, 1, &free(3_000)).await;
        fang.hears(town, "告警解除：磁盘够用了。前后 17 分钟。");
        minutes_are_watched(town, 15, &free(3_000)).await;
        town.alarms_are_looked_at(&free(1)).await;
        fang.hears(town, "告警：磁盘只剩 1 MB");
    }
);

conversation!(
    of_two_programs_only_the_one_with_the_clock_tells,
    async |town: &Town| {
        let second = town.starts_with_clock(0).await;
        let fang = town.administrator().await.private();
        let own = |figure: i64| {
            let (alarm, of) = (Alarm::Memory, "second".into());
            vec![Reading { alarm, of, figure }]
        };
        second.watch(own(2 << 30), false).await.unwrap();
        town.deliver().await;
        town.alarms_are_looked_at(&[]).await;
        fang.hears(town, "告警：second 上程序占了 2048 MB 内存。");
        second.watch(own(2 << 30), false).await.unwrap();
        second.watch(own(2 << 30), true).await.unwrap();
        minutes_are_watched(town, 14, &[]).await;
        // Nobody looks at it any more: that program is gone.
        minutes_are_watched(town, 2, &[]).await;
        fang.hears(town, "告警解除：second 上内存降下来了");
    }
);

conversation!(
    who_keeps_the_installation_hears_of_what_waits_and_of_what_nobody_understands,
    async |town: &Town| {
        let lost = comes_in(town, "lost").await;
        minutes_are_watched(town, 2, &[]).await;
        // There is nobody yet who could be told.
        let fang = town.administrator().await.private();
        town.alarms_are_looked_at(&[]).await;
        fang.hears(town, "告警：收到的消息没处理完，最早的等了 2 分钟。提问的人在等。");
        let mut tx = town.db.begin().await.unwrap();
        for _ in 0..3 {
            tx.mark_failed(lost, "no sense", town.clock.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        town.alarms_are_looked_at(&[]).await;
        fang.hears(town, "告警：一天里有 1 条消息或记录处理不了，搁在一边。");
        minutes_are_watched(town, 10, &[]).await;
        fang.hears(town, "告警解除：收到的消息处理得过来了。");
        town.hours_pass(24).await;
        town.alarms_are_looked_at(&[]).await;
        fang.hears(town, "告警：上班时间里 24 小时 10 分钟没收到任何消息。");
        minutes_are_watched(town, 10, &[]).await;
        fang.hears(town, "告警解除：一天里没有新搁下的消息了。前后 24 小时 10 分钟。");
    }
);

conversation!(what_does_not_arrive_again_and_again_is_an_alarm, async |town: &Town| {
    let fang = town.administrator().await.private();
    let group = town.help_group("魏都分局").await;
    for name in ["张一", "张二", "张三", "张四", "张五"] {
        town.next_send_fails(&group, SendError::Refused(Refused::Other("no".into())));
        town.asker(name).says(&group, MERGER).await;
        town.seconds_pass(10).await;
    }
    town.all_was_heard();
    town.alarms_are_looked_at(&[]).await;
    fang.hears(
        town,
        "告警：一小时里有 5 条消息没送到。请看机器人有没有被移出群、禁言。",
    );
    town.alarms_are_looked_at(&[]).await;
});

conversation!(silence_counts_in_working_time, async |town: &Town| {
    const BY_DAY: &str = r#"hours:
      - {days: [mon, tue, wed, thu, fri], from: "08:30", to: "12:00"}
      - {days: [mon, tue, wed, thu, fri], from: "14:30", to: "17:30"}"#;
    let fang = town.administrator_where(BY_DAY).await.private();
    let group = town.help_group("长葛市局").await;
    town.alarms_are_looked_at(&[]).await;
    // Monday 15:00 is two and a half working hours after ten, with the break at noon.
    town.hours_pass(5).await;
    town.alarms_are_looked_at(&[]).await;
    town.hours_pass(2).await;
    town.alarms_are_looked_at(&[]).await;
    fang.hears(town, "告警：上班时间里 4 小时 30 分钟没收到任何消息。请在群里");
    town.hours_pass(16).await;
    town.alarms_are_looked_at(&[]).await;
    town.asker("张三").says(&group, "简易注销要公示几天？").await;
    group.hears(town, "公示 20 天");
    town.alarms_are_looked_at(&[]).await;
    minutes_are_watched(town, 10, &[]).await;
    fang.hears(town, "告警解除：又收到消息了");
});
