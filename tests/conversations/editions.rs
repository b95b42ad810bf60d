//! A new edition of the list is frozen and told to the groups that want to hear of it.

use bangban::config::Config;
use bangban::desk::list::announce::{Announced, announce};
use bangban::desk::list::issue::{self, Frozen, LeaveOut, Maker, NotFrozen};
use bangban::domain::list::edition::Change;
use bangban::store::audit::Chain;

use crate::conversation;
use crate::support::town::Town;

async fn freeze(town: &Town) -> Result<Frozen, NotFrozen> {
    let filled = "[fill]\n\"platform.url\" = \"https://example.cn\"\n";
    let config = Config::from_text(filled, std::path::Path::new("town.toml")).unwrap();
    let frozen = issue::freeze(
        &town.db,
        &config,
        &town.clock,
        Maker::Operator("operator"),
        LeaveOut::Nothing,
    );
    frozen.await.unwrap()
}

// D5 (四(三)): what is asked often and was approved goes into the list, edition by edition, and each is kept for ever.
conversation!(an_edition_is_frozen_once_and_never_changes, async |town: &Town| {
    let unfilled = issue::freeze(
        &town.db,
        &town.desk.config,
        &town.clock,
        Maker::Operator("operator"),
        LeaveOut::Nothing,
    );
    let Err(NotFrozen::Unfilled(lacks)) = unfilled.await.unwrap() else {
        panic!("an answer with a hole was published");
    };
    assert_eq!(
        (lacks[0].no, lacks[0].names.as_slice()),
        (39, &["platform.url".to_owned()][..])
    );

    let first = freeze(town).await.unwrap().edition;
    assert_eq!(
        (first.number, first.items.len()),
        (1, first.items_that(Change::Added).count())
    );
    assert!(
        first.items.iter().all(|item| item.no != 41),
        "a staff entry was published"
    );
    assert!(
        first
            .windows
            .iter()
            .any(|window| window.landline.as_deref() == Some("0374-0000010"))
    );
    assert_eq!(freeze(town).await.unwrap_err(), NotFrozen::Unchanged(1));

    town.clock_is_set("2026-12-01T10:00").await;
    town.list_says("公告 45 天（自然日）。", "公告 45 天（自然日，线上免费）。")
        .await;
    let second = freeze(town).await.unwrap().edition;
    let changed: Vec<u32> = second.items_that(Change::Changed).map(|item| item.no).collect();
    assert_eq!((second.number, changed), (2, vec![40]));
    assert_eq!(
        second.items.iter().find(|item| item.no == 40).unwrap().since_day(),
        "2026年12月1日"
    );
    let mut tx = town.db.read().await.unwrap();
    assert_eq!(tx.edition(1).await.unwrap(), Some(first));
    assert_eq!(tx.edition(2).await.unwrap(), Some(second));
    drop(tx);
    town.list_without("dereg-003").await;
    let mut tx = town.db.begin().await.unwrap();
    let now = town.clock.now();
    assert!(tx.freeze(&"change-001".into(), "法规修订", now, now).await.unwrap());
    tx.commit().await.unwrap();
    let third = freeze(town).await.unwrap();
    assert_eq!(third.waiting, [(38, "变更法定代表人要哪些材料？".to_owned())]);
    let gone: Vec<u32> = third.edition.withdrawn.iter().map(|gone| gone.no).collect();
    assert_eq!(gone, [37, 38]);
    let mut tx = town.db.read().await.unwrap();
    let mut frozen = 0;
    let chain = tx
        .audit_chain(|row| frozen += i32::from(row.action == "edition_frozen"))
        .await
        .unwrap();
    assert!(
        matches!(chain, Chain::Whole { .. }) && frozen == 3,
        "{chain:?}, {frozen} frozen"
    );
});

conversation!(a_number_of_a_person_is_never_published, async |town: &Town| {
    town.list_says("公告 45 天（自然日）。", "公告 45 天，问 13900000099 或 0374-0000010。")
        .await;
    let Err(NotFrozen::Personal(found)) = freeze(town).await else {
        panic!("a mobile number was published");
    };
    let spot = issue::Spot::Item {
        no: 40,
        question: "一般注销的债权人公告要登多少天？".into(),
    };
    assert_eq!((found.len(), &found[0].place), (1, &spot));
    town.list_says("公告 45 天（自然日）。", "公告 45 天，问 0374-0000010。")
        .await;
    freeze(town).await.unwrap();
});

conversation!(two_who_freeze_at_once_make_one_edition, async |town: &Town| {
    let (one, other) = futures_util::join!(freeze(town), freeze(town));
    let made = [&one, &other].into_iter().filter(|frozen| frozen.is_ok()).count();
    assert_eq!(made, 1, "{one:?} {other:?}");
    assert_eq!(town.db.read().await.unwrap().editions().await.unwrap().len(), 1);
});

conversation!(groups_that_want_it_hear_of_a_new_edition_once, async |town: &Town| {
    let group = town.help_group("魏都分局").await;
    let quiet = town.help_group("禹州市局").await;
    town.asker("张三").says(&group, "/announce 开").await;
    group.hears(town, "播报由管理员或本单位管理员来定");
    let zhou = town.helper("周红").await;
    zhou.says(&quiet, "/announce 开").await;
    quiet.hears(town, "播报由管理员或本单位管理员来定");
    zhou.says(&group, "/announce").await;
    group.hears(town, "本群播报：关");
    zhou.says(&group, "/announce 明天").await;
    group.hears(town, "请在群里这样写：/announce 开");
    zhou.tells_bot(&group, "播报 开").await;
    group.hears(town, "本群播报：开");

    let edition = freeze(town).await.unwrap().edition;
    let link = "https://example.cn/list/1/";
    let done = announce(&town.db, &edition, Some(link), None, town.clock.now())
        .await
        .unwrap();
    assert_eq!(done, Announced { told: 1, before: 0 });
    town.deliver().await;
    let said = group.hears(town, "《常见问题清单》第1期发布了：共");
    assert!(
        said.text.contains("037 简易注销要公示多少天？") && said.text.ends_with(link),
        "{}",
        said.text
    );
    let again = announce(&town.db, &edition, Some(link), None, town.clock.now())
        .await
        .unwrap();
    assert_eq!(again, Announced { told: 0, before: 1 });
    town.deliver().await;

    town.list_says("公告 45 天（自然日）。", "公告 45 天（自然日，线上免费）。")
        .await;
    let second = freeze(town).await.unwrap().edition;
    announce(&town.db, &second, None, None, town.clock.now()).await.unwrap();
    town.deliver().await;
    let said = group.hears(town, "第2期发布了：修订 1 条。");
    assert!(
        said.text.ends_with("040 一般注销的债权人公告要登多少天？"),
        "{}",
        said.text
    );

    zhou.says(&group, "/announce 关").await;
    group.hears(town, "本群播报：关");
    town.list_without("dereg-004").await;
    let third = freeze(town).await.unwrap().edition;
    let done = announce(&town.db, &third, None, None, town.clock.now()).await.unwrap();
    assert_eq!(done, Announced::default());
    let mut switched = Vec::new();
    let mut tx = town.db.read().await.unwrap();
    tx.audit_chain(|row| {
        if row.action == "announce" {
            switched.push(row.note.clone());
        }
    })
    .await
    .unwrap();
    assert_eq!(switched, ["on", "off"]);
});
