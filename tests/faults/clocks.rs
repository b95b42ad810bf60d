//! A clock that jumps: nothing lapses, nothing is erased, nothing is held up.

use bangban::desk::Desk;
use bangban::platform::SendError;

use crate::conversation;
use crate::support::town::Town;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
const SURE: &str = "简易注销要公示几天？";

/// Questions by phase.
async fn phases(town: &Town) -> Vec<(String, i64)> {
    town.db.read().await.unwrap().phases().await.unwrap()
}

fn one_of_each() -> Vec<(String, i64)> {
    vec![("answered".to_owned(), 1), ("ended".to_owned(), 1)]
}

/// A question that was answered and one that was solved.
async fn two_questions(town: &Town) {
    let group = town.help_group("魏都分局").await;
    town.asker("张三").says(&group, SURE).await;
    town.asker("李四").says(&group, SURE).await;
    town.asker("李四").presses(&group, "解决了").await;
    town.minutes_pass(5).await;
    town.all_was_heard();
    assert_eq!(phases(town).await, one_of_each());
}

async fn hours_of_running(desk: &Desk, hours: i64) {
    for _ in 0..hours * 60 {
        desk.clock.advance(60_000);
        desk.tick().await.unwrap();
    }
}

conversation!(
    a_start_with_a_wrong_clock_lapses_and_erases_nothing,
    async |town: &Town| {
        two_questions(town).await;
        for wrong_by in [-5 * 365 * DAY, 800 * DAY, 25 * HOUR, 5_000 * DAY] {
            town.starts_with_clock(wrong_by).await;
            assert_eq!(phases(town).await, one_of_each(), "{wrong_by}");
            town.starts_with_clock(0).await;
            assert_eq!(phases(town).await, one_of_each(), "right again after {wrong_by}");
        }
        let group = town.help_group("魏都分局").await;
        town.asker("张三").says(&group, "解决了 1").await;
        group.hears(town, "Q1 已解决");
    }
);

conversation!(
    a_clock_that_jumps_while_running_lapses_and_erases_nothing,
    async |town: &Town| {
        two_questions(town).await;
        for jump in [-5 * 365 * DAY, 800 * DAY, 2 * HOUR] {
            town.clock_jumps(jump).await;
            town.desk.tidy().await.unwrap();
            assert_eq!(phases(town).await, one_of_each(), "{jump}");
            town.clock_jumps(-jump).await;
            assert_eq!(phases(town).await, one_of_each(), "back after {jump}");
        }
        town.hours_pass(24).await;
        assert_eq!(phases(town).await, [("ended".to_owned(), 2)], "it lapses in its time");
    }
);

conversation!(hours_of_running_or_a_person_confirm_a_clock, async |town: &Town| {
    two_questions(town).await;
    let desk = town.starts_with_clock(3 * DAY).await;
    hours_of_running(&desk, 1).await;
    assert_eq!(phases(town).await, one_of_each());
    hours_of_running(&desk, 1).await;
    assert_eq!(phases(town).await, [("ended".to_owned(), 2)]);
});

conversation!(a_person_confirms_a_clock, async |town: &Town| {
    two_questions(town).await;
    let desk = town.starts_with_clock(3 * DAY).await;
    let mut tx = town.db.begin().await.unwrap();
    tx.note_time(desk.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    desk.refresh().await.unwrap();
    desk.tick().await.unwrap();
    assert_eq!(phases(town).await, [("ended".to_owned(), 2)]);
});

conversation!(
    what_a_clock_ahead_put_off_goes_out_once_it_is_right,
    async |town: &Town| {
        let group = town.help_group("魏都分局").await;
        let wait = |retry_after_ms| SendError::NotSent {
            reason: "502".into(),
            retry_after_ms,
        };
        for (asker, error, said) in [
            ("张三", wait(None), "公示 20 天"),
            ("李四", wait(Some(20_000)), "公示 20 天"),
            ("王五", SendError::Unknown("cut".into()), "（重发 Q3）"),
        ] {
            town.clock_jumps(2 * HOUR).await;
            town.next_send_fails(&group, error);
            town.asker(asker).says(&group, SURE).await;
            town.clock_jumps(-2 * HOUR).await;
            town.seconds_pass(35).await;
            group.hears(town, said);
        }
        town.asker("赵六").says(&group, SURE).await;
        group.hears(town, "公示 20 天");
    }
);
