//! Telegram stories through the real program and a strict fake Bot API.

mod alarms;
mod backup;
mod full_disk;
mod messages;

use std::time::Duration;

use crate::support::program::{Home, Running, says};
use crate::support::telegram_server::{Fault, GroupKind, Post, Sent, TelegramServer};

pub const ADMIN: i64 = 900;
const WANG: i64 = 501;
const LI: i64 = 502;
pub const ZHANG: i64 = 601;
pub const GROUP: i64 = -1001;
const OTHER: i64 = -1002;
const SOON: Duration = Duration::from_secs(10);
pub const SURE: &str = "简易注销要公示几天？";
pub const UNKNOWN: &str = "两家公司准备合并成一家，合并登记都要做哪些？";

/// A server with people and two supergroups, and a home whose roster is the test town's.
pub async fn town() -> (TelegramServer, Home) {
    let server = TelegramServer::start().await;
    server.set_reads_all(true);
    for (id, name) in [(ADMIN, "管理员甲"), (WANG, "王"), (LI, "李"), (ZHANG, "张三")] {
        server.add_user(id, name);
    }
    server.add_group(GROUP, "魏都帮办群", GroupKind::Supergroup { forum: false });
    server.add_group(OTHER, "禹州帮办群", GroupKind::Supergroup { forum: false });
    let home = Home::new("[clocks]\nburst = \"300ms\"\n")
        .on_telegram(&server, ADMIN)
        .with("BANGBAN_SAMPLE", "0");
    let roster = format!("{}/tests/data/town.yaml", env!("CARGO_MANIFEST_DIR"));
    let (code, said) = home.says(&["roster", "import", &roster]);
    assert_eq!(code, 0, "{said}");
    (server, home)
}

/// The town with its groups bound and 王敏 and 李强 known by their shared contacts.
pub async fn ready() -> (TelegramServer, Home, Running) {
    let (server, home) = town().await;
    let program = home.serve().await;
    server.says(GROUP, ADMIN, "/bind 魏都分局");
    hears(&server, GROUP, "本群是魏都分局的帮办群").await;
    server.says(OTHER, ADMIN, "/bind@bangban_bot 禹州市局");
    hears(&server, OTHER, "本群是禹州市局的帮办群").await;
    for (user, phone) in [(WANG, "+8613900000011"), (LI, "8613900000012")] {
        shares_contact(&server, user, phone).await;
    }
    (server, home, program)
}

async fn shares_contact(server: &TelegramServer, user: i64, phone: &str) {
    server.user_starts(user);
    hears(server, user, "分享自己的手机号").await;
    server.says_with(user, user, Post::contact(phone));
    hears(server, user, "已和名册对上").await;
}

/// Waits until the bot said these words in a chat; gives the newest such message.
pub async fn hears(server: &TelegramServer, chat: i64, words: &str) -> Sent {
    server
        .wait_for(
            |server| server.sent(chat).into_iter().rfind(|sent| sent.text.contains(words)),
            SOON,
        )
        .await
}

async fn toasted(server: &TelegramServer, user: i64, words: &str) {
    server
        .wait_for(
            |server| {
                server
                    .toasts()
                    .into_iter()
                    .find(|toast| toast.user == user && toast.text.contains(words))
            },
            SOON,
        )
        .await;
}

pub fn no_mistakes(server: &TelegramServer) {
    assert!(
        server.violations().is_empty(),
        "{:#?}\n{}",
        server.violations(),
        server.story()
    );
}

/// All that happened to the story's two questions can be looked into.
fn is_traced(home: &Home) {
    says(home, &["trace", "q2"], 0, &["● handed_over", "● claimed  王敏"]);
    says(
        home,
        &["trace", "2"],
        0,
        &["● replied  王敏", "先签合并协议", "sent  用时", "判断："],
    );
    says(home, &["trace", "Q1"], 0, &["→ answer"]);
    says(home, &["trace", "Q77"], 1, &["没有 Q77"]);
}

#[tokio::test]
async fn from_question_to_solved_with_buttons_and_a_kill_in_the_middle() {
    let (server, home, program) = ready().await;
    let asked = server.says(GROUP, ZHANG, SURE);
    let answer = hears(&server, GROUP, "公示 20 天").await;
    assert_eq!(answer.reply_to, Some(asked));
    assert_eq!(answer.labels(), ["解决了", "转人工"]);
    assert!(
        answer.text.contains("依据：") && answer.text.contains(" ｜ 编号 "),
        "{}",
        answer.text
    );
    assert!(
        answer.text.contains("有事找王敏（魏都分局窗口，0374-0000011）"),
        "{}",
        answer.text
    );
    server.presses(ZHANG, GROUP, answer.message_id, "解决了");
    hears(&server, GROUP, "Q1 已解决").await;

    let asked = server.says(GROUP, ZHANG, UNKNOWN);
    let card = hears(&server, GROUP, "Q2 ").await;
    assert!(
        card.html
            .as_deref()
            .is_some_and(|html| html.contains(&format!("tg://user?id={WANG}"))),
        "{card:?}"
    );
    assert_eq!(card.labels(), ["认领"]);
    hears(&server, WANG, "Q2 待认领").await;
    let token = card.buttons[0][0].1.clone();
    server.presses(WANG, GROUP, card.message_id, "认领");
    hears(&server, GROUP, "Q2 王敏（魏都分局窗口，0374-0000011）来帮您办这件事").await;
    home.settled().await;
    program.kill();
    let _program = home.serve().await;
    server.presses_data(LI, GROUP, card.message_id, &token);
    toasted(&server, LI, "Q2 王敏已认领").await;
    server.says_with(GROUP, WANG, Post::text("先签合并协议，再公告45日。").reply_to(asked));
    let line = hears(&server, GROUP, "Q2 已由王敏答复").await;
    server.presses(LI, GROUP, line.message_id, "解决了");
    toasted(&server, LI, "请提问人自己点").await;
    server.presses(ZHANG, GROUP, line.message_id, "解决了");
    hears(&server, GROUP, "Q2 已解决").await;
    let stripped = |server: &TelegramServer| {
        server
            .sent(GROUP)
            .iter()
            .all(|sent| sent.buttons.is_empty() || sent.text.contains("这次满意吗"))
            .then_some(())
    };
    server.wait_for(stripped, SOON).await;
    no_mistakes(&server);
    is_traced(&home);
}

#[tokio::test]
async fn text_commands_do_what_the_buttons_do() {
    let (server, _home, _program) = ready().await;
    server.says(GROUP, ZHANG, UNKNOWN);
    let card = hears(&server, GROUP, "Q1 ").await;
    server.says_with(GROUP, LI, Post::text("认领").reply_to(card.message_id));
    hears(&server, GROUP, "Q1 李强（").await;
    server.says(GROUP, LI, "放回 1");
    hears(&server, GROUP, "Q1 已放回").await;
    server.says(WANG, WANG, "认领 Q1");
    let notice = hears(&server, WANG, "Q1 您已认领").await;
    server.says(GROUP, LI, "认领 1");
    hears(&server, GROUP, "Q1 王敏已认领").await;
    server.says(WANG, WANG, "办结 1");
    hears(&server, WANG, "请写明原因").await;
    server.says_with(
        WANG,
        WANG,
        Post::text("<b>先签</b>合并协议 & 公告").reply_to(notice.message_id),
    );
    let relayed = hears(&server, GROUP, "Q1 王敏答复").await;
    assert!(relayed.text.contains("<b>先签</b>合并协议 & 公告"), "{}", relayed.text);
    server.says(WANG, WANG, "办结 1");
    hears(&server, GROUP, "Q1 已办结").await;
    no_mistakes(&server);
}

#[tokio::test]
async fn a_reply_that_is_quicker_than_the_platforms_answer_is_understood() {
    let (server, _home, _program) = ready().await;
    server.fail_next("sendMessage", Some(GROUP), Fault::AnswerLate(Duration::from_secs(1)));
    server.says(GROUP, ZHANG, UNKNOWN);
    let card = hears(&server, GROUP, "Q1 ").await;
    server.says_with(GROUP, LI, Post::text("认领").reply_to(card.message_id));
    hears(&server, GROUP, "Q1 李强（").await;
    no_mistakes(&server);
}

#[tokio::test]
async fn one_chats_trouble_is_its_own() {
    let (server, _home, _program) = ready().await;
    server.fail_next("sendMessage", Some(GROUP), Fault::too_many_requests(5));
    server.says(GROUP, ZHANG, SURE);
    server.says(OTHER, ZHANG, SURE);
    hears(&server, OTHER, "公示 20 天").await;
    assert!(
        !server.sent(GROUP).iter().any(|sent| sent.text.contains("公示 20 天")),
        "sent before the wait was over"
    );
    hears(&server, GROUP, "公示 20 天").await;
    server.fail_always("sendMessage", Some(GROUP), Fault::Status(502));
    let before = std::time::Instant::now();
    server.says(GROUP, LI, "/ask 变更法定代表人要哪些材料？");
    server.says(OTHER, LI, "/ask 变更法定代表人要哪些材料？");
    server
        .wait_for(
            |server| {
                server
                    .sent(OTHER)
                    .into_iter()
                    .rfind(|sent| sent.text.contains("有事找") && sent.text.contains("法定代表人"))
            },
            SOON,
        )
        .await;
    assert!(
        before.elapsed() < Duration::from_secs(8),
        "a 5xx of one chat held up another"
    );
    server.heal();
    no_mistakes(&server);
}

#[tokio::test]
async fn a_reply_that_could_not_be_brought_waits_and_its_helper_knows() {
    let (server, home, program) = ready().await;
    for (question, known) in [(1, false), (2, true)] {
        let asker = server.add_user(ZHANG + question, "企业");
        server.says(GROUP, asker, UNKNOWN);
        hears(&server, GROUP, &format!("Q{question} ")).await;
        server.says(WANG, WANG, &format!("认领 {question}"));
        let notice = hears(&server, WANG, &format!("Q{question} 您已认领")).await;
        home.settled().await;
        server.removes_bot(GROUP, ADMIN);
        if known {
            server.wait_idle(SOON).await;
            home.settled().await;
        }
        let reply = Post::text("先签合并协议，再公告45日。").reply_to(notice.message_id);
        server.says_with(WANG, WANG, reply);
        let told = hears(&server, WANG, &format!("Q{question} 的答复还没送到提问人")).await;
        assert!(
            told.text.contains("已不在“魏都帮办群”群里") && told.text.contains("自动补发"),
            "{}",
            told.text
        );
        home.settled().await;
        let here = |server: &TelegramServer| {
            let relayed = |sent: &Sent| sent.text.contains(&format!("Q{question} 王敏答复"));
            server.sent(GROUP).into_iter().filter(relayed).count()
        };
        assert_eq!(here(&server), 0);
        server.adds_bot(GROUP, ADMIN);
        hears(&server, GROUP, &format!("Q{question} 王敏答复")).await;
        hears(&server, WANG, &format!("Q{question} 的答复这就补发")).await;
        home.settled().await;
        assert_eq!(here(&server), 1);
    }
    drop(program);
}

/// A gateway's page, again and again: everything arrives afterwards, once and without a mark of doubt.
#[tokio::test]
async fn a_gateway_that_answers_with_its_own_page_loses_nothing() {
    let (server, _home, _program) = ready().await;
    let other = server.add_user(ZHANG + 1, "企业");
    let tries = |server: &TelegramServer| {
        let calls = server.calls();
        let here = calls.iter().filter(|call| call.chat == Some(GROUP));
        here.filter(|call| call.method == "sendmessage").count()
    };
    let before = tries(&server);
    server.fail_always("sendMessage", Some(GROUP), Fault::Status(502));
    server.says(GROUP, ZHANG, SURE);
    server.says(GROUP, other, UNKNOWN);
    let tried = |server: &TelegramServer| (tries(server) > before + 3).then_some(());
    server.wait_for(tried, Duration::from_secs(60)).await;
    server.heal();
    let patience = Duration::from_secs(60);
    for words in ["公示 20 天", "Q2 "] {
        let found = |server: &TelegramServer| server.sent(GROUP).into_iter().rfind(|sent| sent.text.contains(words));
        let sent = server.wait_for(found, patience).await;
        assert!(!sent.text.contains("重发"), "{}", sent.text);
    }
    no_mistakes(&server);
}

#[tokio::test]
async fn a_poisoned_update_is_kept_aside_and_the_rest_goes_on() {
    let (server, home, _program) = ready().await;
    server.queue_raw(r#"{"update_id":$ID,"message":{"message_id":"no number","chat":{"id":-1001}}}"#);
    server.queue_raw(r#"{"update_id":$ID,"brand_new_kind":{"x":1}}"#);
    server.queue_raw(r#"{"update_id":$ID,"message":{"message_id":77,"date":1,"text":"\ud800","chat":{"id":-1001,"type":"supergroup"}}}"#);
    server.says(GROUP, ZHANG, SURE);
    hears(&server, GROUP, "公示 20 天").await;
    let figures = home.figures().await;
    assert!(figures.contains("bangban_questions{state=\"answered\"} 1"), "{figures}");
    // Somebody may still wait for what was put aside.
    let alarm = async {
        loop {
            let ready = reqwest::get(format!("{}/readyz", home.monitor)).await.unwrap();
            if ready.status() == 503 && ready.text().await.unwrap().contains("inbox: 1 rows set aside") {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(SOON, alarm).await.unwrap();
    let (code, said) = home.says(&["check"]);
    assert!(code == 1 && said.contains("有 1 条收到的消息处理不了"), "{said}");
}

#[tokio::test]
async fn mentions_topics_edits_and_faceless_senders() {
    let (server, _home, _program) = ready().await;
    server.says(GROUP, ZHANG, "请问@bangban_bot简易注销要公示几天");
    hears(&server, GROUP, "公示 20 天").await;
    server.says_with(GROUP, ADMIN, Post::text("/duty").anonymous_admin());
    hears(&server, GROUP, "请用个人身份发言").await;
    server.says(GROUP, LI, "/duty@bangban_bot");
    hears(&server, GROUP, "魏都分局现在值班：王敏").await;
    let before = server.sent(GROUP).len();
    server.says(GROUP, LI, "/duty@other_bot");
    let edited = server.says(OTHER, ZHANG, SURE);
    let answer = hears(&server, OTHER, "公示 20 天").await;
    server.edits(OTHER, edited, "公司变更法定代表人要交什么材料？");
    let changed = |server: &TelegramServer| {
        server
            .sent(OTHER)
            .into_iter()
            .find(|sent| sent.message_id == answer.message_id && !sent.history.is_empty())
    };
    server.wait_for(changed, SOON).await;
    assert_eq!(server.sent(GROUP).len(), before, "answered a command for another bot");

    let forum = server.add_group(-1003, "分话题的群", GroupKind::Supergroup { forum: true });
    let topic = server.opens_topic(forum, ADMIN, "注销");
    server.says_with(forum, ADMIN, Post::text("/bind 魏都分局").topic(topic));
    assert_eq!(hears(&server, forum, "本群是魏都分局的帮办群").await.topic, Some(topic));
    server.says_with(forum, ZHANG, Post::text(SURE).topic(topic));
    assert_eq!(hears(&server, forum, "公示 20 天").await.topic, Some(topic));
    no_mistakes(&server);
}

#[tokio::test]
async fn a_group_that_becomes_a_supergroup_keeps_its_bureau_and_questions() {
    let (server, _home, _program) = ready().await;
    let old = server.add_group(-77, "老群", GroupKind::Group);
    server.says(old, ADMIN, "/bind 魏都分局");
    hears(&server, old, "本群是魏都分局的帮办群").await;
    server.says(old, ZHANG, UNKNOWN);
    hears(&server, old, "Q1 ").await;
    server.add_group(-1009, "老群", GroupKind::Supergroup { forum: false });
    server.migrates(old, -1009, ADMIN);
    server.says(-1009, LI, "答复 1 先签合并协议");
    hears(&server, -1009, "Q1 李强答复").await;
    server.says(-1009, ZHANG, "解决了");
    hears(&server, -1009, "Q1 已解决").await;
}

#[tokio::test]
async fn unbound_muted_and_deaf_groups_are_explained() {
    let (server, _home, _program) = ready().await;
    let stray = server.add_group_without_bot(-1010, "路人群", GroupKind::Supergroup { forum: false });
    server.adds_bot(stray, ZHANG);
    hears(&server, stray, "还没有绑定单位").await;
    server.says(stray, ZHANG, SURE);
    server.says(GROUP, ZHANG, SURE);
    hears(&server, GROUP, "公示 20 天").await;
    assert_eq!(server.sent(stray).len(), 1);
    // 周红 keeps 魏都分局 and is known by an invitation.
    server.add_user(503, "周");
    server.user_starts(503);
    server.says_with(503, 503, Post::contact("13900000013"));
    hears(&server, 503, "已和名册对上").await;
    server.mutes_bot(GROUP, ADMIN);
    hears(&server, 503, "被禁言").await;
    server.removes_bot(GROUP, ADMIN);
    hears(&server, 503, "已不在").await;
    no_mistakes(&server);
}

#[tokio::test]
async fn media_travel_with_the_question_and_are_never_answered_from() {
    let (server, _home, _program) = ready().await;
    server.says_with(GROUP, ZHANG, Post::photo("photo-1"));
    server.says_with(GROUP, ZHANG, Post::photo("photo-2").caption(UNKNOWN));
    hears(&server, GROUP, "Q1 ").await;
    let card = hears(&server, WANG, "Q1 待认领").await;
    assert!(card.text.contains("附 图片"), "{}", card.text);
    server
        .wait_for(
            |server| server.sent(WANG).into_iter().find(|sent| sent.file_id.is_some()),
            SOON,
        )
        .await;
    no_mistakes(&server);
}

#[tokio::test]
async fn it_serves_before_telegram_is_there_and_stops_in_order() {
    let (server, home) = town().await;
    server.goes_down();
    let program = home.serve().await;
    server.heal();
    server.says(GROUP, ADMIN, "/bind 魏都分局");
    hears(&server, GROUP, "本群是魏都分局的帮办群").await;
    for turn in 0..5 {
        server.says(GROUP, ZHANG, &format!("/ask {SURE}{turn}"));
    }
    hears(&server, GROUP, "公示 20 天").await;
    assert_eq!(program.signal("TERM").await, Some(0), "{}", home.log());
    let program = home.serve().await;
    assert_eq!(program.signal("INT").await, Some(0), "{}", home.log());
    no_mistakes(&server);
}

/// Ten kills at odd moments: every question is handled, none twice without saying so.
#[tokio::test]
async fn kills_lose_nothing() {
    killed_again_and_again(10, 5, 8).await;
}

/// Kills the program so often at changing moments; before each somebody asks four times in one of the groups and says
/// `talk` more that asks nothing. Nothing is lost, and hardly anything is sent twice: it says so.
pub async fn killed_again_and_again(kills: i64, groups: i64, talk: i64) {
    let (server, home, program) = ready().await;
    let group = |turn: i64| -2000 - turn % groups;
    for turn in 0..groups {
        server.add_group(group(turn), "群", GroupKind::Supergroup { forum: false });
        server.says(group(turn), ADMIN, "/bind 魏都分局");
        hears(&server, group(turn), "本群是魏都分局的帮办群").await;
    }
    program.kill();
    let mut moment = 40;
    let mut asked = Vec::new();
    for _ in 0..kills {
        for _ in 0..4 {
            let asker = 20_000 + asked.len() as i64;
            server.add_user(asker, "企业");
            asked.push((group(asker), Some(server.says(group(asker), asker, SURE))));
        }
        for turn in 0..talk {
            server.says(group(turn), ZHANG, "大家好");
        }
        let program = home.serve().await;
        moment = (moment * 37 + 11) % 350;
        tokio::time::sleep(Duration::from_millis(moment)).await;
        program.kill();
    }
    let program = home.serve().await;
    let begun = std::time::Instant::now();
    let answers = loop {
        let mut answers = server.all_sent();
        answers.retain(|sent| sent.text.contains("公示 20 天"));
        let missing = |of: &&(i64, Option<i64>)| !answers.iter().any(|sent| (sent.chat, sent.reply_to) == **of);
        let missing = asked.iter().filter(missing).count();
        if missing == 0 && server.pending().is_empty() {
            break answers;
        }
        assert!(begun.elapsed() < Duration::from_secs(90), "{missing} were not answered");
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    home.settled().await;
    drop(program);
    let mut seen = std::collections::HashSet::new();
    let again = answers.iter().filter(|sent| !seen.insert((sent.chat, sent.reply_to)));
    let again: Vec<&Sent> = again.collect();
    for answer in &again {
        assert!(
            answer.text.contains("重发"),
            "answered twice without saying so: {}",
            answer.text
        );
    }
    println!(
        "{kills} kills over {} updates: {} questions answered, {} of them a second time",
        asked.len() as i64 + kills * talk,
        asked.len(),
        again.len()
    );
    assert!(again.len() as i64 <= kills, "{} copies in {kills} kills", again.len());
}

/// Three people ask what the list does not know; a minute later it is a candidate, an editor makes an entry of it, and
/// the program is killed while the entry is tested.
#[tokio::test]
async fn from_what_people_ask_to_an_entry_that_answers() {
    const EDITOR: i64 = 701;
    const APPROVER: i64 = 702;
    let (server, home, program) = ready().await;
    for (user, name, phone) in [(EDITOR, "赵", "+8613900000002"), (APPROVER, "钱", "+8613900000003")] {
        server.add_user(user, name);
        shares_contact(&server, user, phone).await;
    }
    let asked = [
        UNKNOWN,
        "两家公司要合并，合并登记怎么办？",
        "我们两家公司合并登记都要做哪些？",
    ];
    for (asker, words) in (801..).zip(asked) {
        server.add_user(asker, "企业");
        server.says(GROUP, asker, words);
    }
    hears(&server, GROUP, "Q3 ").await;
    let candidate = async {
        loop {
            server.says(EDITOR, EDITOR, "/candidates");
            tokio::time::sleep(Duration::from_secs(5)).await;
            let counted = |sent: &Sent| sent.text.contains("（3 人问，新出现，魏都分局）");
            if let Some(sent) = server.sent(EDITOR).into_iter().rfind(counted) {
                return sent.text;
            }
        }
    };
    let shown = tokio::time::timeout(Duration::from_secs(150), candidate).await.unwrap();
    assert!(shown.contains("合并登记"), "{shown}");
    for (words, answer) in [
        ("收录 1", "草稿 1"),
        ("改稿 1 问题 公司合并怎么登记？", "记下了"),
        (
            "改稿 1 答案 结论：各公司一起到登记机关办。\n材料：\n1. 合并协议\n2. 决议\n时限：1个工作日",
            "记下了",
        ),
        ("改稿 1 依据 《公司法》第二百一十八条", "记下了"),
        ("改稿 1 专题 变更", "记下了"),
        ("改稿 1 责任 注册科", "记下了"),
        ("改稿 1 复核 2027-06-30", "记下了"),
        ("送审 1", "草稿 1 已送审"),
    ] {
        let before = server.sent(EDITOR).len();
        server.says(EDITOR, EDITOR, words);
        let said = server
            .wait_for(|server| server.sent(EDITOR).into_iter().nth(before), SOON)
            .await;
        assert!(said.text.contains(answer), "{words}: {}", said.text);
    }
    hears(&server, APPROVER, "送来草稿 1").await;
    server.says(APPROVER, APPROVER, "批准 1");
    hears(&server, APPROVER, "正在用全部条目的自测和评测题检验").await;
    program.kill();
    let _program = home.serve().await;
    hears(&server, APPROVER, "通过检验，已是第 1 版").await;
    hears(&server, EDITOR, "通过检验，已是第 1 版").await;
    let asked = server.says(OTHER, ZHANG, UNKNOWN);
    let answer = hears(&server, OTHER, "各公司一起到登记机关办").await;
    assert_eq!(answer.reply_to, Some(asked));
    no_mistakes(&server);
}
