//! The off switch: a group or a channel in which the bot says nothing, and says so.

use bangban::desk::{By, Switched};
use bangban::domain::chat::group::GroupId;
use bangban::domain::chat::message::Channel;
use bangban::domain::privacy;

use crate::conversation;
use crate::support::town::{Group, MERGER, Town};

const SURE: &str = "简易注销要公示几天？";
const BY: By<'_> = By {
    person: None,
    note: "by operator test",
};

async fn of(town: &Town, group: &Group) -> Switched {
    let channel = Channel::new("town");
    let mut tx = town.db.read().await.unwrap();
    let known = tx.group_of_chat(&channel, &group.chat).await.unwrap();
    let group: Option<GroupId> = known.map(|group| group.id);
    Switched { channel, group }
}

fn everywhere() -> Switched {
    let channel = Channel::new("town");
    Switched { channel, group: None }
}

async fn is_off(town: &Town, what: &Switched, reason: &str) -> bool {
    let done = town.desk.switch_off(what, &privacy::mask(reason), BY).await.unwrap();
    town.deliver().await;
    done
}

async fn is_on_again(town: &Town, what: &Switched) -> bool {
    let done = town.desk.switch_on(what, BY).await.unwrap();
    town.deliver().await;
    done
}

async fn done(town: &Town) -> Vec<(String, String, String)> {
    let mut tx = town.db.read().await.unwrap();
    let mut done = Vec::new();
    let read = |row: &bangban::store::audit::AuditRow| {
        if row.action.starts_with("switched") {
            done.push((row.action.clone(), row.object.clone(), row.note.clone()));
        }
    };
    tx.audit_chain(read).await.unwrap();
    done
}

conversation!(
    a_group_that_is_off_hears_where_to_call_and_open_questions_keep_their_helper,
    async |town: &Town| {
        let (group, other) = (town.help_group("魏都分局").await, town.help_group("禹州市局").await);
        let (zhang, li, wang) = (town.asker("张三"), town.asker("李四"), town.helper("王敏").await);
        zhang.says(&group, MERGER).await;
        town.seconds_pass(5).await;
        group.hears(town, "请 王敏");
        wang.says(&group, "认领 1").await;
        group.hears(town, "Q1 王敏");
        let what = of(town, &group).await;
        assert!(is_off(town, &what, "清单有误，正在核对。电话 13900000077").await);
        let line = group.hears(town, "帮办机器人先停用：清单有误，正在核对。");
        assert!(
            line.text.contains("请联系魏都分局窗口（示例街 2 号，0374-0000010）"),
            "{}",
            line.text
        );
        assert!(!line.text.contains("13900000077"), "{}", line.text);
        assert!(!is_off(town, &what, "再来一次").await);
        for words in [SURE, "/help", "/contacts", "转人工", "撤回"] {
            li.says(&group, words).await;
            li.tells_bot(&group, words).await;
            town.seconds_pass(60).await;
        }
        town.restarts().await;
        li.tells_bot(&group, SURE).await;
        li.says(&other, SURE).await;
        other.hears(town, "公示 20 天");
        wang.says(&group, "答复 1 先做清算备案，再来窗口。").await;
        let answer = group.hears(town, "Q1 王敏答复");
        zhang.replies(&group, &answer, "清算备案在哪里做？").await;
        wang.says(&group, "答复 1 在网上做。").await;
        group.hears(town, "Q1 王敏答复");
        assert!(is_on_again(town, &what).await && !is_on_again(town, &what).await);
        group.hears(town, "帮办机器人恢复了");
        li.says(&group, SURE).await;
        group.hears(town, "公示 20 天");
        let object = format!("group {}", what.group.unwrap().0);
        let done = done(town).await;
        assert_eq!(done.len(), 2, "{done:?}");
        assert_eq!((done[0].0.as_str(), &done[0].1), ("switched_off", &object));
        assert!(
            done[0].2.starts_with("清单有误") && done[0].2.ends_with("by operator test"),
            "{done:?}"
        );
        assert_eq!(done[1], ("switched_on".into(), object, "by operator test".into()));
    }
);

conversation!(
    a_channel_that_is_off_is_quiet_to_the_public_alone,
    async |town: &Town| {
        let (group, other) = (town.help_group("魏都分局").await, town.help_group("禹州市局").await);
        let duty = town.duty_group("魏都分局").await;
        let (zhang, wang) = (town.asker("张三"), town.reachable("王敏").await);
        assert!(is_off(town, &everywhere(), "按上级要求").await);
        group.hears(town, "停用：按上级要求。要办事请联系魏都分局窗口");
        other.hears(town, "停用：按上级要求。要办事请联系禹州市局窗口");
        for place in [&group, &other] {
            zhang.tells_bot(place, SURE).await;
            town.seconds_pass(5).await;
        }
        let private = zhang.private();
        zhang.says(&private, SURE).await;
        private.hears(town, "停用：按上级要求。要办事请联系市局注册科");
        zhang.says(&private, "那怎么办？").await;
        // What is kept of somebody can be seen and erased all the same.
        zhang.says(&private, "/mydata").await;
        private.hears(town, "我存着您的");
        // Staff go on among themselves.
        wang.says(&wang.private(), SURE).await;
        wang.private().hears(town, "公示 20 天");
        wang.says(&duty, "/duty").await;
        duty.hears(town, "王敏");
        let one = of(town, &other).await;
        assert!(is_off(town, &one, "网络检修").await);
        assert!(is_on_again(town, &everywhere()).await);
        group.hears(town, "恢复了");
        zhang.says(&group, SURE).await;
        group.hears(town, "公示 20 天");
        zhang.says(&other, SURE).await;
        town.seconds_pass(5).await;
        assert!(is_on_again(town, &one).await);
        other.hears(town, "恢复了");
    }
);

/// What waits to be sent is not sent, a press is answered to the presser alone, and a correction waits.
async fn what_was_said_before_is_left(town: &Town) {
    let group = town.help_group("魏都分局").await;
    let zhang = town.asker("张三");
    zhang.says(&group, SURE).await;
    group.hears(town, "公示 20 天");
    let what = of(town, &group).await;
    assert!(is_off(town, &what, "清单有误").await);
    group.hears(town, "停用：清单有误");
    zhang.presses(&group, "转人工").await;
    zhang.sees("停用了");
    town.list_says("公示 20 天", "公示 10 天").await;
    town.seconds_pass(10).await;
    assert!(is_on_again(town, &what).await);
    group.hears(town, "恢复了");
    town.seconds_pass(10).await;
    group.hears(town, "公示 10 天");
}

#[tokio::test]
async fn what_was_said_before_is_left_as_it_is_on_sqlite() {
    Town::on_sqlite(what_was_said_before_is_left).await;
}

#[tokio::test]
async fn what_was_said_before_is_left_as_it_is_on_postgres() {
    Town::on_postgres(what_was_said_before_is_left).await;
}
