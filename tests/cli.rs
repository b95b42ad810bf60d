//! The command line as an operator meets it: what it prints, what it refuses, its exit codes.

use std::fs;
use std::process::Stdio;

use crate::support::program::{Home, says};

#[test]
fn wrong_use_is_told_in_chinese_with_code_2() {
    let home = Home::new("");
    says(&home, &["serv"], 2, &["没有“serv”这个命令", "是不是想写“serve”"]);
    says(&home, &["faq"], 2, &["还要写一个子命令"]);
    says(&home, &["link"], 2, &["还少写了"]);
    says(&home, &["serve", "--port", "1"], 2, &["不认识“--port”"]);
    let help = says(
        &home,
        &["--help"],
        0,
        &["用法：bangban", "serve", "退出码：0 正常，1 有问题，2 用法不对"],
    );
    assert!(!help.contains("Usage") && !help.contains("Options"), "{help}");
    for sub in [
        &["faq", "--help"][..],
        &["roster", "import", "--help"],
        &["link", "--help"],
    ] {
        let help = says(&home, sub, 0, &["用法："]);
        assert!(!help.contains("Usage") && !help.contains("Options"), "{help}");
    }
    says(&home, &["version"], 0, &["帮办 bangban"]);
}

#[test]
fn who_has_read_enough_ends_the_program_quietly() {
    let home = Home::new("");
    let mut program = home
        .command(&["faq", "search", "注销"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(program.stdout.take());
    let done = program.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(said.is_empty(), "{said}");
}

#[test]
fn settings_are_refused_with_their_place_and_a_way_out() {
    let home = Home::new("[clocks]\nremind = \"3m\"\nall_helper = \"10m\"\n");
    says(&home, &["check"], 1, &["bangban.toml:3:1", "all_helper", "all_helpers"]);
    let home = Home::new("database = \"postgres://u:geheim@h/x\"\n");
    let said = says(&home, &["check"], 1, &["bangban.toml:1:", "DATABASE_URL"]);
    assert!(!said.contains("geheim"), "{said}");
    let home = Home::new("").with("DATABASE_URL", "mysql://u:geheim@h/x");
    let said = says(&home, &["check"], 1, &["DATABASE_URL", "应为 sqlite:"]);
    assert!(!said.contains("geheim"), "{said}");
    let home = Home::new("").with("BANGBAN_BURST_MS", "soon");
    says(&home, &["version"], 1, &["BANGBAN_BURST_MS", "毫秒"]);
    let elsewhere = Home::new("");
    fs::write(elsewhere.path("other.toml"), "nonsense = 1\n").unwrap();
    says(&elsewhere, &["--config", "other.toml", "check"], 1, &["other.toml:1:1"]);
    says(&elsewhere, &["check", "--config", "other.toml"], 1, &["other.toml:1:1"]);
    says(
        &elsewhere,
        &["check", "--config", "none.toml"],
        1,
        &["none.toml 打不开"],
    );
}

#[test]
fn bad_files_of_the_list_are_named_and_change_nothing() {
    let home = Home::new("");
    let list = home.path("list");
    let check = |text: &[u8], words: &[&str]| {
        let _ = fs::remove_dir_all(&list);
        fs::create_dir(&list).unwrap();
        fs::write(list.join("a.yaml"), text).unwrap();
        let home = Home::new("").with("BANGBAN_FAQ", list.to_str().unwrap());
        says(&home, &["faq", "check"], 1, words);
        says(&home, &["faq", "import"], 1, &["a.yaml:"]);
    };
    check(b"topic: [\n", &["a.yaml:"]);
    check(b"topic: x\nentries: []\nextra: 1\n", &["a.yaml:3:1", "extra"]);
    check(b"topic: \xd7\xa2\xcf\xfa\nentries: []\n", &["a.yaml:1:9", "UTF-8"]);
    check(&vec![b'#'; 100 << 20], &["a.yaml:1:1", "1 MB"]);
    let bomb: String = (1..9)
        .map(|n| format!("    a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(",")))
        .collect();
    let bomb = format!("topic: x\nentries:\n  - id: x\n    a0: &a0 [x]\n{bomb}");
    check(bomb.as_bytes(), &["a.yaml:"]);
    let town = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/faq/list.yaml")).unwrap();
    let twice = town
        .replace("id: dereg-004", "id: dereg-003")
        .replace("no: 40", "no: 37");
    check(twice.as_bytes(), &["编号 id“dereg-003”重复", "序号 no“37”重复"]);
}

#[test]
fn the_list_goes_in_and_out_without_loss() {
    let home = Home::new("");
    says(&home, &["faq", "check"], 0, &["0 处错误"]);
    says(&home, &["faq", "import"], 0, &["5"]);
    says(&home, &["faq", "import"], 0, &["5"]);
    let out = home.path("out");
    says(&home, &["faq", "export", "--to", out.to_str().unwrap()], 0, &[]);
    let again = Home::new("").with("BANGBAN_FAQ", out.to_str().unwrap());
    says(&again, &["faq", "check"], 0, &["5 条，0 处错误"]);
    says(
        &home,
        &["faq", "search", "简易注销公示几天"],
        0,
        &["dereg-003", "公示 20 天"],
    );
}

/// The file of the town's list, to be edited by hand.
fn own_list(home: &Home) -> std::path::PathBuf {
    let list = home.path("list");
    fs::create_dir(&list).unwrap();
    for file in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/faq")).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), list.join(file.file_name())).unwrap();
    }
    list
}

/// An entry gets other words in the database, as an approved draft gives it.
async fn approved_here(home: &Home, id: &str, question: &str) {
    let url = format!("sqlite:{}", home.path("data/bangban.db").display());
    let db = bangban::store::Db::open(&url).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    let base = tx.entry_revision(id).await.unwrap().unwrap();
    let mut entry = tx.revision(&id.into(), base).await.unwrap().unwrap();
    entry.question = question.into();
    let now = bangban::clock::Clock::System.now();
    assert_eq!(
        tx.approve_entry(&entry, Some(base), "钱峰", now).await.unwrap(),
        Some(base + 1)
    );
    // Who drew their words from an older revision is told, and nothing is overwritten.
    assert_eq!(tx.approve_entry(&entry, Some(base), "钱峰", now).await.unwrap(), None);
    tx.commit().await.unwrap();
    db.close().await;
}

#[tokio::test]
async fn what_was_edited_in_files_and_here_is_a_conflict_and_nothing_is_overwritten() {
    let list_home = Home::new("");
    let list = own_list(&list_home);
    let home = Home::new("").with("BANGBAN_FAQ", list.to_str().unwrap());
    says(&home, &["faq", "import"], 0, &["新增 5 条"]);
    approved_here(&home, "dereg-003", "简易注销公示多久？").await;
    // Files as they were: what was approved here stays.
    says(
        &home,
        &["faq", "import"],
        0,
        &["没变 4 条", "1 条是在库里改过的，保留库里的样子"],
    );
    let file = list.join("list.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let by_hand = text.replace("简易注销要公示多少天？", "简易注销公示几天？");
    fs::write(&file, &by_hand).unwrap();
    says(
        &home,
        &["faq", "import"],
        1,
        &["1 处冲突，什么都没有改", "dereg-003：文件里改过，库里也改过"],
    );
    says(
        &home,
        &["faq", "export"],
        1,
        &["1 条两边都改过，什么都没有写：dereg-003"],
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), by_hand);
    // The hand's work is undone: what is here goes into the file, and both agree again.
    fs::write(&file, &text).unwrap();
    says(&home, &["faq", "export"], 0, &["1 条写回"]);
    assert!(fs::read_to_string(&file).unwrap().contains("简易注销公示多久？"));
    says(&home, &["faq", "import"], 0, &["没变 5 条"]);
    approved_here(&home, "dereg-003", "简易注销公示多少日？").await;
    fs::write(&file, &by_hand).unwrap();
    // Both sides in one text: the file is taken once a person says it holds both.
    let merged = by_hand.replace("简易注销公示几天？", "简易注销公示多久，几天？");
    fs::write(&file, &merged).unwrap();
    says(&home, &["faq", "import"], 1, &["bangban faq import --merged dereg-003"]);
    says(&home, &["faq", "import", "--merged", "dereg-003"], 0, &["更新 1 条"]);
    says(&home, &["faq", "import"], 0, &["没变 5 条"]);
}

/// Changes the list's file by hand.
fn edited(list: &std::path::Path, old: &str, new: &str) {
    let file = list.join("list.yaml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(old), "{old}");
    fs::write(&file, text.replacen(old, new, 1)).unwrap();
}

#[tokio::test]
async fn an_import_passes_the_gate_of_an_approval() {
    let away = Home::new("");
    let list = own_list(&away);
    let home = Home::new("").with("BANGBAN_FAQ", list.to_str().unwrap());
    says(&home, &["faq", "import"], 0, &["新增 5 条"]);
    edited(
        &list,
        "    valid_from: 2022-03-01\n",
        "    valid_from: 2022-03-01\n    tests:\n      must_hit: [普通注销债权人公告几天]\n",
    );
    says(&home, &["faq", "check"], 1, &["却被 dereg-004 抢走"]);
    says(
        &home,
        &["faq", "import"],
        1,
        &["dereg-003", "却被 dereg-004 抢走", "什么都没有改", "--force 原因"],
    );
    says(&home, &["faq", "search", "简易注销公示几天"], 0, &["dereg-003"]);
    says(&home, &["faq", "import", "--force", " "], 2, &["写原因"]);
    says(&home, &["faq", "import", "--force", "先上再改"], 0, &["更新 1 条"]);
    let url = format!("sqlite:{}", home.path("data/bangban.db").display());
    let mut database = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url)
        .await
        .unwrap();
    let noted: Vec<(String,)> = sqlx::query_as("SELECT note FROM audit WHERE action = 'faq_import_forced'")
        .fetch_all(&mut database)
        .await
        .unwrap();
    assert_eq!(noted, [("先上再改".to_owned(),)]);
    says(&home, &["audit", "verify"], 0, &["没有被改过"]);
}

#[test]
fn a_search_asks_the_served_list_unless_a_folder_is_named() {
    let away = Home::new("");
    let list = own_list(&away);
    let home = Home::new("").with("BANGBAN_FAQ", list.to_str().unwrap());
    let asked = "简易注销公示几天";
    let fresh = says(&home, &["faq", "search", asked], 0, &["还没有导入过清单", "公示 20 天"]);
    assert!(!home.path("data/bangban.db").exists(), "{fresh}");
    says(&home, &["faq", "import"], 0, &[]);
    edited(&list, "公示 20 天", "公示 9 天");
    says(&home, &["faq", "search", asked], 0, &["公示 20 天"]);
    let folder = ["faq", "search", "--faq", list.to_str().unwrap(), asked];
    says(&home, &folder, 0, &["公示 9 天"]);
}

#[test]
fn an_event_is_found_by_parts_and_asks_before_a_tenth_of_the_list_stops() {
    let away = Home::new("");
    let list = own_list(&away);
    let home = Home::new("").with("BANGBAN_FAQ", list.to_str().unwrap());
    edited(
        &list,
        "      - {source: 示例平台操作说明}\n",
        "      - {source: 示例平台操作说明}\n    depends_on: [平台签名与填报功能]\n",
    );
    says(&home, &["faq", "import"], 0, &[]);
    somebody_is_responsible(&home);
    let event = ["faq", "event", "平台升级 签名模块"];
    says(&home, &event, 0, &["第 039 条", "以上 1 条口径更新中"]);
    says(&home, &["faq", "event", "国"], 1, &["超过十分之一，没有改动", "--yes"]);
    says(&home, &["faq", "event", "国", "--dry-run"], 0, &["会停下来"]);
    says(&home, &["faq", "event", "国", "--yes"], 0, &["口径更新中"]);
}

/// An event is told to those whose entries rest on it: there must be a roster.
fn somebody_is_responsible(home: &Home) {
    says(
        home,
        &["faq", "event", "国"],
        1,
        &["还没有名册", "bangban roster import"],
    );
    let town = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/town.yaml");
    says(home, &["roster", "import", town], 0, &[]);
}

#[test]
fn an_event_stops_what_rests_on_it() {
    let home = Home::new("");
    says(&home, &["faq", "import"], 0, &[]);
    somebody_is_responsible(&home);
    let ground = "《中华人民共和国市场主体登记管理条例》";
    says(&home, &["faq", "event", "别的平台"], 0, &["没有条目依赖“别的平台”"]);
    says(
        &home,
        &["faq", "event", ground, "--dry-run"],
        0,
        &["第 037 条", "第 038 条", "以上 2 条会停下来"],
    );
    says(&home, &["faq", "event", ground], 0, &["以上 2 条口径更新中"]);
    says(&home, &["faq", "event", ground], 0, &["没有改动"]);
    says(&home, &["faq", "event"], 2, &["还少写了"]);
    says(&home, &["faq", "measure"], 0, &["还没有人问过"]);
}

#[test]
fn a_roster_with_mistakes_is_refused_and_a_good_one_gives_links() {
    let home = Home::new("");
    let town = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/town.yaml")).unwrap();
    let bad = town
        .replace("helpers: [王敏]", "helpers: [王名]")
        .replace("13900000012", "1390000099");
    fs::write(home.path("bad.yaml"), bad).unwrap();
    let said = says(
        &home,
        &["roster", "import", "bad.yaml"],
        1,
        &["没有导入", "bad.yaml:", "王名"],
    );
    assert!(!said.contains("1390000099"), "a number in the message: {said}");
    says(&home, &["link", "王敏"], 1, &["bangban roster import"]);
    fs::write(home.path("town.yaml"), &town).unwrap();
    says(
        &home,
        &["roster", "import", "town.yaml"],
        0,
        &["5 个单位", "提醒：", "应不少于 4 人"],
    );
    let link = says(&home, &["link", "王敏"], 0, &["/in#", "一次有效"]);
    assert!(!link.contains("13900000"), "a number beside the link: {link}");
    says(&home, &["link", "李四"], 1, &["名册里没有“李四”"]);
    says(&home, &["check"], 0, &["名册：5 个单位", "知识库"]);
}

#[tokio::test]
async fn what_the_database_lacks_is_told_with_what_to_do() {
    let home = Home::new("").with("BANGBAN_SAMPLE", "0");
    says(&home, &["faq", "import"], 0, &[]);
    let file = home.path("data/bangban.db");
    let good = fs::read(&file).unwrap();
    fs::write(&file, vec![7; 30_000]).unwrap();
    says(&home, &["serve"], 1, &["不是可用的数据库", "备份"]);
    assert_eq!(fs::read(&file).unwrap(), vec![7; 30_000], "the broken file was touched");
    fs::write(&file, &good).unwrap();
    newer(&file).await;
    says(&home, &["serve"], 1, &["数据库比这个程序新", "新版程序"]);
    let gone = Home::new("").with("DATABASE_URL", "postgres://u:geheim@127.0.0.1:1/x");
    let said = says(&gone, &["serve"], 1, &["数据库没有在运行"]);
    assert!(!said.contains("geheim"), "{said}");
    let nowhere = Home::new("").with("BANGBAN_DATA", "/proc/nowhere");
    says(&nowhere, &["serve"], 1, &["BANGBAN_DATA"]);
}

/// A step of a later version stands in the database.
async fn newer(file: &std::path::Path) {
    use sqlx::Connection as _;
    let mut connection = sqlx::SqliteConnection::connect(&format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    let step = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (99, 'x', 1, x'00', 0)";
    sqlx::query(step).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_second_server_and_a_busy_port_are_refused() {
    let home = Home::new("");
    let _running = home.serve().await;
    says(&home, &["serve"], 1, &["正被另一个帮办使用"]);
    let database = format!("sqlite:{}", home.path("data/bangban.db").display());
    let beside = Home::new("").with("DATABASE_URL", &database);
    says(&beside, &["serve"], 1, &["数据库", "正被另一个帮办使用"]);
    let address = home.http.strip_prefix("http://").unwrap();
    let busy = Home::new("").with("BANGBAN_HTTP", address);
    says(&busy, &["serve"], 1, &["端口已被占用"]);
    // The rest of the commands work beside the running server.
    says(&home, &["link", "张晓明"], 0, &["/in#"]);
    says(&home, &["faq", "import"], 0, &[]);
}

#[tokio::test]
async fn a_wrong_token_is_told_and_the_pages_serve_on() {
    let server = crate::support::telegram_server::TelegramServer::start().await;
    let home = Home::new("")
        .with("TELOXIDE_TOKEN", "123:geheim")
        .with("TELOXIDE_API_URL", &server.api_url());
    let _running = home.serve().await;
    let patience = std::time::Instant::now();
    while !home.log().contains("token 不对") {
        assert!(patience.elapsed().as_secs() < 10, "{}", home.log());
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(!home.log().contains("geheim"), "{}", home.log());
    let page = reqwest::get(format!("{}/faq", home.http)).await.unwrap();
    assert!(page.status().is_success());
}

/// The record of who did what shows every kind of tampering.
#[tokio::test]
async fn a_changed_or_cut_record_is_found_out() {
    use sqlx::Connection as _;
    let home = Home::new("");
    says(&home, &["audit", "verify"], 0, &["审计记录 0 条"]);
    says(&home, &["faq", "import"], 0, &["已导入"]);
    fs::write(home.path("roster.yaml"), include_str!("data/town.yaml")).unwrap();
    says(&home, &["roster", "import", "roster.yaml", "--yes"], 0, &["已导入"]);
    says(&home, &["link", "王敏"], 0, &["一次有效"]);
    let said = says(&home, &["audit", "verify"], 0, &["审计记录 3 条，一环扣一环"]);
    let tail = said
        .split("尾号 ")
        .nth(1)
        .unwrap()
        .split('。')
        .next()
        .unwrap()
        .to_owned();
    says(&home, &["audit", "verify", "--tail", &tail], 0, &["没有被改过"]);
    let url = format!("sqlite:{}", home.path("data/bangban.db").display());
    let mut connection = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let mut change = async |sql: &'static str| {
        sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
    };
    change("UPDATE audit SET note = 'added 1' WHERE seq = 1").await;
    says(&home, &["audit", "verify"], 1, &["从第 1 条起对不上"]);
    change("DELETE FROM audit WHERE seq = 1").await;
    says(&home, &["audit", "verify"], 1, &["从第 1 条起对不上"]);
    change("DELETE FROM audit; UPDATE counters SET value = 0 WHERE name = 'audit'").await;
    says(&home, &["audit", "verify"], 0, &["审计记录 0 条"]);
    says(&home, &["audit", "verify", "--tail", &tail], 1, &["没有您给的尾号"]);
}

#[test]
fn the_question_before_is_read_along_in_an_evaluation() {
    let home = Home::new("");
    let alone = r#"{"text":"要交什么","expect":"escalate"}"#;
    let after = r#"{"first":"简易注销要公示几天？","text":"要交什么","expect":"answer:dereg-003"}"#;
    fs::write(home.path("q.jsonl"), format!("{alone}\n{after}\n")).unwrap();
    let list = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/faq");
    let said = says(
        &home,
        &["eval", "--faq", list, "--queries", "q.jsonl", "--json"],
        0,
        &[],
    );
    let bands: Vec<&str> = said
        .lines()
        .filter_map(|line| line.split_once("\"band\":\"")?.1.split_once('"'))
        .map(|(band, _)| band)
        .collect();
    assert_eq!(bands, ["sure", "unsure"], "{said}");
    let mut rows = said.lines();
    assert!(rows.next().unwrap().contains(r#""ids":["change-001""#), "{said}");
    assert!(
        rows.next().unwrap().contains(r#""ids":["dereg-003","change-001""#),
        "{said}"
    );
}

#[test]
fn no_follow_up_is_surely_answered_wrong() {
    let home = Home::new("");
    let here = |path: &str| format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let (list, queries) = (here("faq"), here("tests/data/followups.jsonl"));
    let bars = "precision=.97,escalate=1,silent=1,hit3=.95,coverage=.4";
    says(
        &home,
        &["eval", "--faq", &list, "--queries", &queries, "--min", bars],
        0,
        &["128 条消息"],
    );
}
