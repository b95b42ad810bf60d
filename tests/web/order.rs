//! Order in a web group: what staff hide, whom they keep from writing, what waits until it is answered or looked at.

use serde_json::{Value, json};

use super::requests::{Caller, error, heard};
use crate::support::site::Site;

const SECRET: &str = "我家表哥在局里上班";

/// A group of the site: its page for visitors.
async fn help_group(site: &Site) -> String {
    format!("/g/{}", site.group("魏都分局帮办群").await)
}

async fn say(caller: &Caller<'_>, base: &str, text: &str) -> i64 {
    let said = caller.post(&format!("{base}/say"), json!({ "text": text })).await;
    assert_eq!(said.status(), 200, "{text}");
    said.json::<Value>().await.unwrap()["id"].as_i64().unwrap()
}

async fn page(caller: &Caller<'_>, path: &str) -> String {
    caller.get(path).await.text().await.unwrap()
}

/// Staff's act; gives the status.
async fn act(caller: &Caller<'_>, base: &str, body: Value) -> u16 {
    let answer = caller.post(&format!("/staff{base}/order"), body).await;
    answer.status().as_u16()
}

/// The page, once somebody heard there that something was said.
async fn until(caller: &Caller<'_>, base: &str, words: &str) -> String {
    heard(caller, &format!("{base}/events?after=0"), None, words).await;
    page(caller, base).await
}

#[tokio::test]
async fn what_staff_hide_is_hidden_everywhere_and_can_be_shown_again() {
    let site = Site::open(false).await;
    let base = help_group(&site).await;
    let author = Caller::named(&site, &base, "南关小店").await;
    let other = Caller::named(&site, &base, "北关小店").await;
    let staff = Caller::signed_in(&site, "李强").await;
    let id = say(&author, &base, SECRET).await;
    assert!(page(&other, &base).await.contains(SECRET));
    assert_eq!(act(&staff, &base, json!({ "what": "hide", "message": id })).await, 200);
    let told = heard(&other, &format!("{base}/events?after={}", id - 1), None, "message gone").await;
    assert!(!told.contains(SECRET), "{told}");
    assert!(!page(&other, &base).await.contains(SECRET));
    let found = page(&other, &format!("{base}/search?q=表哥")).await;
    assert!(!found.contains(SECRET), "{found}");
    let reply = json!({ "text": "这个怎么办", "reply_to": id });
    assert_eq!(
        error(other.post(&format!("{base}/say"), reply).await).await,
        "要回复的消息已不在了。请直接发送。"
    );
    // Its author and staff see it, and why.
    let own = page(&author, &base).await;
    assert!(own.contains(SECRET) && own.contains("工作人员已把这条隐藏"));
    let change = json!({ "message": id, "text": "我家表姐在局里上班" });
    assert_eq!(author.post(&format!("{base}/edit"), change).await.status(), 200);
    assert!(
        !page(&other, &base).await.contains("表姐"),
        "a change does not bring it back"
    );
    let listed = page(&staff, &format!("/staff{base}/order")).await;
    assert!(listed.contains("表姐") && listed.contains("已隐藏"));
    assert_eq!(act(&staff, &base, json!({ "what": "show", "message": id })).await, 200);
    assert!(page(&other, &base).await.contains("表姐"));
    let mut actions = Vec::new();
    let mut tx = site.db.read().await.unwrap();
    tx.audit_chain(|row| actions.push(row.action.clone())).await.unwrap();
    assert!(
        actions.ends_with(&["message_hidden".into(), "message_shown".into()]),
        "{actions:?}"
    );
}

#[tokio::test]
async fn who_is_blocked_may_not_write_nor_press_until_they_may_again() {
    let site = Site::open(false).await;
    let base = help_group(&site).await;
    let author = Caller::named(&site, &base, "南关小店").await;
    let staff = Caller::signed_in(&site, "李强").await;
    let id = say(&author, &base, "大家好").await;
    assert_eq!(act(&staff, &base, json!({ "what": "block", "message": id })).await, 200);
    for (path, body) in [
        ("say", json!({ "text": "再说一句" })),
        ("edit", json!({ "message": id, "text": "大家早" })),
        ("press", json!({ "token": "x", "message": id })),
    ] {
        let refused = author.post(&format!("{base}/{path}"), body).await;
        assert_eq!(refused.status(), 403, "{path}");
        assert!(error(refused).await.contains("不能在群里发言"));
    }
    let listed = page(&staff, &format!("/staff{base}/order")).await;
    let account = listed.split("name=\"account\" value=\"").nth(1).unwrap();
    let account = account.split('"').next().unwrap();
    assert!(listed.contains("南关小店") && listed.contains("李强"));
    assert_eq!(
        act(&staff, &base, json!({ "what": "unblock", "account": account })).await,
        200
    );
    say(&author, &base, "再说一句").await;
}

#[tokio::test]
async fn words_wait_until_they_are_answered_where_the_bureau_wants_that() {
    let site = Site::open(true).await;
    let base = help_group(&site).await;
    let author = Caller::named(&site, &base, "南关小店").await;
    let other = Caller::named(&site, &base, "北关小店").await;
    let keeper = Caller::signed_in(&site, "张晓明").await;
    assert_eq!(act(&keeper, &base, json!({ "what": "approval" })).await, 200);
    // Not a question: it waits for staff.
    say(&author, &base, "大家早上好呀").await;
    // Nobody knows: a helper is called, and what the bot says about it shows nothing to others.
    let asked = "我家的无人机养蜂场要不要先做地磁备案？";
    say(&author, &base, asked).await;
    until(&author, &base, "这个我答不准").await;
    let seen = page(&other, &base).await;
    assert!(!seen.contains("大家早上好呀") && !seen.contains("养蜂"), "{seen}");
    assert!(page(&keeper, &format!("/staff{base}")).await.contains("养蜂"));
    // The bot answers: everybody may read both.
    say(&author, &base, "个体户怎么注册？").await;
    let seen = until(&other, &base, "data-quote=").await;
    assert!(seen.contains("个体户怎么注册？") && !seen.contains("养蜂"), "{seen}");
    // What was waiting before stays as it was when the rule ends; staff let it out.
    assert_eq!(act(&keeper, &base, json!({ "what": "no_approval" })).await, 200);
    say(&author, &base, "谢谢大家").await;
    assert!(page(&other, &base).await.contains("谢谢大家"));
}

#[tokio::test]
async fn listed_words_wait_for_staff_and_are_never_repeated() {
    let site = Site::open(false).await;
    let base = help_group(&site).await;
    let author = Caller::named(&site, &base, "南关小店").await;
    let other = Caller::named(&site, &base, "北关小店").await;
    let staff = Caller::signed_in(&site, "李强").await;
    std::fs::write(site.data().join("words.txt"), "# 广告\n代 开 票\n").unwrap();
    site.desk.refresh().await.unwrap();
    let asked = "@帮办 怎么找人代-开票，要多少钱？";
    let id = say(&author, &base, asked).await;
    until(&author, &base, "这个我答不准").await;
    for seen in [
        page(&other, &base).await,
        page(&other, &format!("{base}/search?q=开票")).await,
    ] {
        assert!(!seen.contains("开票"), "{seen}");
    }
    // The bot says it with stars only, wherever it says it.
    let mut tx = site.db.read().await.unwrap();
    let bureau = site.desk.roster().people_named("李强").next().unwrap().bureau;
    let questions = tx.open_questions_with_helpers(bureau, None).await.unwrap();
    assert!(
        !questions.is_empty()
            && questions
                .iter()
                .all(|question| question.text.as_str().contains("＊＊＊"))
    );
    drop(tx);
    assert!(
        page(&staff, &format!("/staff{base}/order"))
            .await
            .contains("有要先看的词")
    );
    assert_eq!(act(&staff, &base, json!({ "what": "show", "message": id })).await, 200);
    assert!(page(&other, &base).await.contains(asked));
    // Nor can it be a name.
    let named = Caller::named(&site, &base, "西关小店").await;
    let refused = named
        .post(&format!("{base}/name"), json!({ "nickname": "代开票小王" }))
        .await;
    assert_eq!(error(refused).await, "昵称里有不能用的词，请换一个。");
}

#[tokio::test]
async fn a_closed_group_is_read_only_for_visitors() {
    let site = Site::open(false).await;
    let base = help_group(&site).await;
    let author = Caller::named(&site, &base, "南关小店").await;
    let keeper = Caller::signed_in(&site, "张晓明").await;
    assert_eq!(act(&keeper, &base, json!({ "what": "close" })).await, 200);
    let refused = author.post(&format!("{base}/say"), json!({ "text": "有人吗" })).await;
    assert!(error(refused).await.contains("只能看，不能发言"));
    assert!(page(&author, &base).await.contains("这个群现在只能看"));
    say(&keeper, &format!("/staff{base}"), "今天系统维护").await;
    assert!(page(&author, &base).await.contains("今天系统维护"));
    say(&author, "/me", "个体户怎么注册？").await;
    assert_eq!(act(&keeper, &base, json!({ "what": "open" })).await, 200);
    say(&author, &base, "有人吗").await;
}

#[tokio::test]
async fn only_those_who_keep_a_group_keep_its_order() {
    let site = Site::open(false).await;
    let base = help_group(&site).await;
    let author = Caller::named(&site, &base, "南关小店").await;
    let id = say(&author, &base, "大家好").await;
    let hide = json!({ "what": "hide", "message": id });
    assert_eq!(act(&author, &base, hide.clone()).await, 401);
    let elsewhere = author.post(&format!("{base}/order"), hide.clone()).await;
    assert!(elsewhere.status().is_client_error());
    let helper = Caller::signed_in(&site, "李强").await;
    for what in ["close", "approval"] {
        assert_eq!(act(&helper, &base, json!({ "what": what })).await, 403, "{what}");
    }
    assert_eq!(act(&helper, &base, json!({ "what": "ban" })).await, 422);
    // Not of staff, nor of the bot, nor of another room.
    let own = say(&helper, &format!("/staff{base}"), "您好").await;
    assert_eq!(
        act(&helper, &base, json!({ "what": "hide", "message": own })).await,
        422
    );
    let private = say(&author, "/me", "您好").await;
    assert_eq!(
        act(&helper, &base, json!({ "what": "hide", "message": private })).await,
        422
    );
    let other = site.group("禹州市局帮办群").await;
    assert_eq!(act(&helper, &format!("/g/{other}"), hide).await, 403);
    assert!(page(&author, &base).await.contains("大家好"));
}

#[tokio::test]
async fn everybody_reads_what_becomes_of_their_data() {
    let site = Site::open(false).await;
    let base = help_group(&site).await;
    let visitor = Caller::named(&site, &base, "南关小店").await;
    assert!(page(&visitor, &base).await.contains("href=\"/privacy\""));
    let notice = page(&visitor, "/privacy").await;
    for words in ["30 天后删除", "/forget 确认", "谁能看到"] {
        assert!(notice.contains(words), "{words}");
    }
    std::fs::write(
        site.data().join("privacy.txt"),
        "# 本局的说明\n\n由本局办公室<b>处理</b>。\n\n电话 0374-0000001\n",
    )
    .unwrap();
    let notice = page(&visitor, "/privacy").await;
    assert!(notice.contains("<h2>本局的说明</h2>") && notice.contains("&#60;b&#62;处理"));
    assert!(!notice.contains("/forget"));
}

#[tokio::test]
async fn what_is_hidden_can_neither_be_wished_for_nor_heard_of_by_who_wished_before() {
    let site = Site::open(true).await;
    let base = help_group(&site).await;
    let author = Caller::named(&site, &base, "南关小店").await;
    let other = Caller::named(&site, &base, "北关小店").await;
    let late = Caller::named(&site, &base, "东关小店").await;
    let staff = Caller::signed_in(&site, "李强").await;
    let id = say(&author, &base, "简易注销要公示多少天？").await;
    until(&author, &base, "依据").await;
    say(&author, &base, "转人工").await;
    until(&author, &base, "Q1").await;
    let wish = json!({ "message": id });
    assert_eq!(other.post(&format!("{base}/wish"), wish.clone()).await.status(), 200);
    assert_eq!(act(&staff, &base, json!({ "what": "hide", "message": id })).await, 200);
    let refused = late.post(&format!("{base}/wish"), wish).await;
    assert_eq!(refused.status(), 422, "nobody learns that it is a question");
    say(&staff, &format!("/staff{base}"), "认领 1").await;
    until(&author, &base, "李强").await;
    say(&staff, &format!("/staff{base}"), "答复 1 二十天。").await;
    until(&author, &base, "二十天").await;
    let told = page(&other, "/me").await;
    assert!(!told.contains("您也想问的"), "{told}");
}
