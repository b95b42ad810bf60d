//! The roster as the bureaus hand it in: the official form in and out of the real program, every bad form refused with
//! its sheet and cell, and no mobile number in anything that is printed or served.

use std::fs;

use bangban::domain::roster::form;
use bangban::roster as yaml;
use bangban::workbook;

use crate::support::forms::{self, Put, WEIDU};
use crate::support::program::{self, Home};

const ROSTER: &str = "\
city: 示例市
bureaus:
  - name: 市局
    city: true
    hours: always
    offices:
      - name: 注册科
        kind: window
        helpers:
          - {name: 赵岩, mobile: '13900000002', landline: '0374-0000002', roles: [admin, editor]}
  - name: 魏都分局
    places: [魏都]
    hours: always
    offices:
      - name: 登记大厅
        kind: window
        address: 示例街 2 号
        landline: '0374-0000010'
        helpers:
          - {name: 王敏, mobile: '13900000011', landline: '0374-0000011'}
          - {name: 李强, mobile: '13900000012', landline: '0374-0000012'}
          - {name: 周红, mobile: '13900000013', landline: '0374-0000013', roles: [bureau_admin]}
          - {name: 郑洁, mobile: '13900000014', landline: '0374-0000014'}
        reviewers: [{name: 王敏, passed_on: '2018-07-20'}]
        guides: [{name: 吴静, mobile: '13900000019', of: 示例银行网点}]
      - name: 南关工商所
        kind: station
        helpers:
          - {name: 许宁, mobile: '13900000015', landline: '0374-0000015'}
          - {name: 钱进, mobile: '13900000016', landline: '0374-0000016'}
    duty:
      - {days: [mon, tue], from: '08:30', to: '12:00', helpers: [王敏, 李强]}
      - {days: all, from: '14:30', to: '17:30', helpers: [钱进]}
  - name: 禹州市局
    hours: always
    offices:
      - {name: 窗口, kind: window, helpers: [{name: 孙丽, mobile: '13900000021', landline: '0374-0000021'}]}
";

/// Every mobile of the roster and of the forms in these tests.
fn mobiles() -> Vec<String> {
    let mut all: Vec<String> = ROSTER
        .split('\'')
        .filter(|part| part.starts_with("139"))
        .map(str::to_owned)
        .collect();
    assert_eq!(all.len(), 9);
    all.push("13900000099".to_owned());
    all
}

#[track_caller]
fn says(home: &Home, arguments: &[&str], code: i32, words: &[&str]) -> String {
    let said = program::says(home, arguments, code, words);
    for mobile in mobiles() {
        assert!(
            !said.contains(&mobile),
            "{arguments:?} printed a mobile number:\n{said}"
        );
    }
    said
}

/// A home with the roster in it.
fn home() -> Home {
    let home = Home::new("");
    fs::write(home.path("roster.yaml"), ROSTER).unwrap();
    says(&home, &["roster", "import", "roster.yaml"], 0, &["已导入：3 个单位"]);
    home
}

/// The whole roster as it is in the database.
fn whole(home: &Home) -> String {
    says(home, &["roster", "export", "--to", "now.yaml", "--force"], 0, &[]);
    fs::read_to_string(home.path("now.yaml")).unwrap()
}

const SAME: &str = "与现有名册一致，没有改动";

/// D11 (四(三)), D13 (附件): exactly the annex form, out and in.
#[test]
fn the_form_goes_out_and_comes_in_without_a_difference() {
    let home = home();
    let before = whole(&home);
    says(
        &home,
        &["roster", "export", "--to", "all.xlsx"],
        0,
        &["3 个单位的情况表"],
    );
    says(
        &home,
        &["roster", "export", "--to", "all.xlsx"],
        1,
        &["已经在了，没有覆盖"],
    );
    says(&home, &["roster", "import", "all.xlsx"], 0, &[SAME, "只是预览"]);
    says(
        &home,
        &["roster", "import", "all.xlsx", "--apply"],
        0,
        &[SAME, "3 个单位报送"],
    );
    assert_eq!(whole(&home), before);
    says(&home, &["roster", "import", "now.yaml"], 0, &[SAME]);
    assert_eq!(whole(&home), before);
    // One bureau, also by its short name, and out of a workbook of several.
    says(
        &home,
        &["roster", "export", "--bureau", "魏都", "--to", "one.xlsx"],
        0,
        &[],
    );
    says(&home, &["roster", "import", "one.xlsx"], 0, &[SAME]);
    says(
        &home,
        &["roster", "import", "all.xlsx", "--bureau", "魏都分局"],
        0,
        &[SAME],
    );
    says(
        &home,
        &["roster", "import", "one.xlsx", "--bureau", "禹州市局"],
        1,
        &["情况表", "不是“禹州市局”"],
    );
    // The same form, drawn by hand with wide titles and unmerged offices.
    forms::weidu(&home.path("hand.xlsx"), &[]);
    says(&home, &["roster", "import", "hand.xlsx"], 0, &[SAME]);
    says(&home, &["roster", "check", "hand.xlsx"], 0, &["没有要改的地方"]);
}

#[test]
fn what_a_form_changes_is_shown_before_it_is_taken_over_and_nothing_else_is_lost() {
    let home = home();
    let before = whole(&home);
    let form = home.path("new.xlsx");
    forms::weidu(
        &form,
        &[
            ((4, 2), Put::Text("李　强")),
            ((4, 3), Put::Text("１３９ ００００ ００９９")),
            ((6, 2), Put::Text("郑新")),
            ((6, 3), Put::Number(13_900_000_018.0)),
            ((6, 4), Put::Number(3_740_000_018.0)),
            ((7, 4), Put::Text("（0374）000 0025")),
            ((4, 5), Put::Text("李强")),
        ],
    );
    let changes = [
        "魏都分局",
        "离开  登记大厅 郑洁",
        "新增  登记大厅 郑新（联系电话 139****0018，固定电话 0374-0000018）",
        "改动  李强 联系电话 139****0012 → 139****0099",
        "改动  李强 列为审核员",
        "改动  许宁 固定电话 0374-0000015 → 0374-0000025",
        "共新增 1 人，离开 1 人，其他改动 3 处",
        "情况表!F5: 审核员 李强 没有考核合格日期",
    ];
    says(&home, &["roster", "import", "new.xlsx"], 1, &changes);
    assert_eq!(whole(&home), before, "the preview changed something");
    says(&home, &["roster", "import", "new.xlsx", "--apply"], 0, &changes);
    let after = whole(&home);
    let expected = before
        .replace("郑洁", "郑新")
        .replace("13900000014", "13900000018")
        .replace("0374-0000014", "0374-0000018")
        .replace("13900000012", "13900000099")
        .replace("0374-0000015", "0374-0000025")
        .replace("2018-07-20\"\n", "2018-07-20\"\n    - name: 李强\n");
    assert_eq!(after, expected, "address, rota, roles, guides and exam dates stay");
    says(&home, &["roster", "import", "new.xlsx"], 0, &[SAME]);
    let checked = says(
        &home,
        &["roster", "check"],
        0,
        &["报送情况", "魏都分局  已", "禹州市局  未报送"],
    );
    assert!(
        !checked.contains("  市局  "),
        "the city hands nothing in to itself: {checked}"
    );
}

#[test]
fn a_corrected_name_stays_the_same_person() {
    let home = home();
    let form = home.path("new.xlsx");
    let names = [((4, 2), Put::Text("李蔷"))];
    forms::weidu(&form, &names);
    let said = ["更正  李强 → 李蔷（联系电话相同"];
    says(&home, &["roster", "import", "new.xlsx", "--apply"], 0, &said);
    assert!(whole(&home).contains("- 李蔷"), "the rota knows the new name");
}

/// D12 (附件注): 窗口 ≥ 4, 工商所 ≥ 2, also when people leave.
#[test]
fn who_leaves_a_shift_or_a_window_empty_is_said_and_asked_for() {
    let home = home();
    let before = whole(&home);
    let form = home.path("less.xlsx");
    let lines = [
        ["窗口", "李强", "13900000012", "0374-0000012", "", "", ""],
        ["", "郑洁", "13900000014", "0374-0000014", "", "", ""],
        ["南关工商所", "许宁", "13900000015", "0374-0000015", "", "", ""],
    ];
    forms::write(&form, "魏都分局", &lines, &[]);
    let losses = [
        "登记大厅的帮办员从 4 人减到 2 人，应不少于 4 人",
        "南关工商所的帮办员从 2 人减到 1 人，应不少于 2 人",
        "周一二 08:30–12:00 这一班少了 王敏",
        "周一二三四五六日 14:30–17:30 这一班没人了（钱进 已离开）",
        "审核员 王敏 不再是帮办员",
        "周红 之后再没有单位管理员了",
    ];
    says(&home, &["roster", "check", "less.xlsx"], 0, &losses);
    let refused = [&losses[..], &["没有导入", "--force"]].concat();
    says(&home, &["roster", "import", "less.xlsx"], 1, &refused);
    says(&home, &["roster", "import", "less.xlsx", "--apply"], 1, &refused);
    assert_eq!(whole(&home), before);
    says(
        &home,
        &["roster", "import", "less.xlsx", "--apply", "--force"],
        0,
        &losses,
    );
    let after = whole(&home);
    assert!(
        !after.contains("14:30") && after.contains("- 李强") && !after.contains("王敏"),
        "{after}"
    );
    assert!(after.contains("吴静"), "引导员 are not in the form and stay");
}

/// Cells of the form, what is put there, and what is said.
fn bad_cells() -> [(u32, u16, Put, &'static str); 16] {
    [
        (4, 3, Put::Text("1390000012"), "情况表!D5: 这不是有效的手机号"),
        (
            4,
            3,
            Put::Text("13900000012/13900000099"),
            "情况表!D5: 这不是有效的手机号",
        ),
        (4, 4, Put::Text("13900000012"), "情况表!E5: 固定电话一栏填的是手机号"),
        (4, 4, Put::Text("0374"), "情况表!E5: 这不是有效的固定电话"),
        (4, 3, Put::Formula("=D4+1"), "情况表!D5: 这里是公式"),
        (4, 2, Put::Formula("=C4"), "情况表!C5: 这里是公式"),
        (3, 0, Put::Formula("=C4"), "情况表!A4: 这里是公式"),
        (4, 3, Put::Text("13900000011"), "情况表!C5: 李强 与 王敏 的联系电话相同"),
        (
            4,
            3,
            Put::Text("13900000021"),
            "情况表!C5: 李强 的联系电话与禹州市局的 孙丽 相同",
        ),
        (
            4,
            3,
            Put::Text("13900000019"),
            "情况表!C5: 李强 的联系电话与魏都分局的 吴静 相同",
        ),
        (4, 2, Put::Blank, "情况表!D5: 这一行有号码没有姓名"),
        (4, 2, Put::Text("王敏"), "情况表!C5: 帮办员 王敏 出现了两次"),
        (
            4,
            2,
            Put::Text("李13900000012"),
            "情况表!C5: 姓名“李***********”里不能有数字",
        ),
        (3, 5, Put::Text("吴静"), "情况表!F4: 审核员 吴静 不在帮办员一栏"),
        (
            3,
            6,
            Put::Text("13900000099"),
            "情况表!F4: 审核员 王敏 的号码与帮办员一栏不一致",
        ),
        (7, 1, Put::Text("南关"), "情况表!B8: 看不出“南关”是窗口还是工商所"),
    ]
}

#[test]
fn every_bad_cell_is_named_and_nothing_is_taken_over() {
    let home = home();
    let before = whole(&home);
    for (row, column, put, said) in bad_cells() {
        forms::weidu(&home.path("bad.xlsx"), &[((row, column), put)]);
        says(
            &home,
            &["roster", "import", "bad.xlsx", "--apply"],
            1,
            &["没有导入", "bad.xlsx: ", said],
        );
        says(&home, &["roster", "check", "bad.xlsx"], 1, &[said]);
    }
    assert_eq!(whole(&home), before);
}

#[test]
fn a_missing_column_is_named() {
    let home = home();
    let before = whole(&home);
    let columns: [(u32, u16, &str); 7] = [
        (1, 0, "缺少“单位”一栏"),
        (1, 2, "缺少“帮办员”一栏"),
        (1, 5, "缺少“审核员”一栏"),
        (2, 2, "情况表!C3: “帮办员”下面缺少“姓名”一列"),
        (2, 3, "情况表!C3: “帮办员”下面缺少“联系电话”一列"),
        (2, 4, "情况表!C3: “帮办员”下面缺少“固定电话”一列"),
        (2, 7, "情况表!F3: “审核员”下面缺少“固定电话”一列"),
    ];
    for (row, column, said) in columns {
        forms::weidu(&home.path("bad.xlsx"), &[((row, column), Put::Text("备注"))]);
        says(
            &home,
            &["roster", "import", "bad.xlsx", "--apply"],
            1,
            &[said, "附件的样表"],
        );
    }
    assert_eq!(whole(&home), before);
}

#[test]
fn a_helper_of_two_bureaus_is_named_with_both() {
    let home = home();
    let before = whole(&home);
    let lines = [
        ["窗口", "孙丽", "13900000021", "0374-0000021", "", "", ""],
        ["", "王敏", "13900000011", "0374-0000011", "", "", ""],
    ];
    let form = home.path("yuzhou.xlsx");
    forms::write(&form, "禹州市局", &lines, &[]);
    let said = [
        "情况表!C5: 王敏 已在魏都分局的名册里（联系电话相同）",
        "先导入魏都分局的新表",
    ];
    says(&home, &["roster", "import", "yuzhou.xlsx", "--apply"], 1, &said);
    assert_eq!(whole(&home), before);
    // Somebody else of the same name may be there.
    forms::write(&form, "禹州市局", &lines, &[((4, 3), Put::Text("13900000099"))]);
    says(
        &home,
        &["roster", "import", "yuzhou.xlsx", "--apply"],
        0,
        &["情况表!C5: 魏都分局也有一位 王敏"],
    );
}

#[test]
fn files_that_are_no_form_are_refused_at_once() {
    let home = home();
    let before = whole(&home);
    let refused = |name: &str, words: &[&str]| {
        says(&home, &["roster", "import", name, "--apply"], 1, words);
        says(&home, &["roster", "check", name], 1, words);
    };
    fs::File::create(home.path("huge.xlsx"))
        .unwrap()
        .set_len(50 << 20)
        .unwrap();
    refused("huge.xlsx", &["huge.xlsx: 文件有 52 MB，超过 5 MB"]);
    forms::bomb(&home.path("bomb.xlsx"));
    assert!(fs::metadata(home.path("bomb.xlsx")).unwrap().len() < 200_000);
    refused("bomb.xlsx", &["bomb.xlsx: 解压后超过 10 MB"]);
    fs::write(home.path("old.xls"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on").unwrap();
    refused("old.xls", &["另存为 .xlsx"]);
    fs::write(home.path("text.xlsx"), "姓名,电话\n").unwrap();
    refused("text.xlsx", &["这不是 .xlsx 工作簿"]);
    forms::document(&home.path("letter.xlsx"));
    refused("letter.xlsx", &["这是文档或图片，不是表格"]);
    fs::create_dir(home.path("folder.xlsx")).unwrap();
    refused("folder.xlsx", &["不是普通文件"]);
    refused("none.xlsx", &["文件打不开"]);
    let whole_file = {
        forms::weidu(&home.path("good.xlsx"), &[]);
        fs::read(home.path("good.xlsx")).unwrap()
    };
    fs::write(home.path("cut.xlsx"), &whole_file[..whole_file.len() / 2]).unwrap();
    refused("cut.xlsx", &["工作簿损坏"]);
    forms::weidu(&home.path("far.xlsx"), &[((1_048_575, 16_383), Put::Text("x"))]);
    refused("far.xlsx", &["情况表!XFD1048576: 这里还有内容"]);
    assert_eq!(whole(&home), before);
}

#[test]
fn a_form_of_nobody_known_is_refused() {
    let home = home();
    let before = whole(&home);
    let refused = |name: &str, words: &[&str]| {
        says(&home, &["roster", "import", name, "--apply"], 1, words);
        says(&home, &["roster", "check", name], 1, words);
    };
    forms::weidu(&home.path("good.xlsx"), &[]);
    let mut other = rust_xlsxwriter::Workbook::new();
    other.add_worksheet().write(0, 0, "考勤表").unwrap();
    other.save(home.path("other.xlsx")).unwrap();
    refused(
        "other.xlsx",
        &["Sheet1!A1: 这不是《工商登记全程电子化帮办员及审核员情况表》"],
    );
    forms::write(
        &home.path("empty.xlsx"),
        "xx局",
        &[["窗口", "", "", "", "", "", ""]],
        &[],
    );
    refused("empty.xlsx", &["一个人也没有"]);
    forms::write(&home.path("whose.xlsx"), "xx局", &WEIDU, &[]);
    refused("whose.xlsx", &["情况表!A4: 没有写是哪个单位", "--bureau"]);
    says(
        &home,
        &["roster", "import", "whose.xlsx", "--bureau", "魏都分局"],
        0,
        &[SAME],
    );
    forms::write(&home.path("new.xlsx"), "新区分局", &WEIDU, &[]);
    refused("new.xlsx", &["情况表!A4: 名册里没有单位“新区分局”", "禹州市局"]);
    assert_eq!(whole(&home), before);
    let fresh = Home::new("");
    says(
        &fresh,
        &["roster", "import", home.path("good.xlsx").to_str().unwrap()],
        1,
        &["还没有正式名册"],
    );
}

/// D11 (附件注): handed in by the date, or late.
#[test]
fn a_deadline_of_ones_own_tells_who_is_late() {
    let home = Home::new("[roster]\ndeadline = \"2020-08-01\"\n");
    fs::write(home.path("roster.yaml"), ROSTER).unwrap();
    says(&home, &["roster", "import", "roster.yaml"], 0, &[]);
    says(
        &home,
        &["roster", "check"],
        1,
        &["截止 2020-08-01", "魏都分局  未报送，已逾期", "2 个单位逾期"],
    );
    forms::weidu(&home.path("form.xlsx"), &[]);
    says(
        &home,
        &["roster", "import", "form.xlsx", "--apply"],
        0,
        &["已记下 1 个单位"],
    );
    says(
        &home,
        &["roster", "check"],
        1,
        &["魏都分局  已报送，迟了", "1 个单位逾期"],
    );
    let wrong = Home::new("[roster]\ndeadline = \"八月\"\n");
    says(&wrong, &["version"], 1, &["bangban.toml:2:12", "应为日期"]);
}

/// D14 (四(三), 附件注): names and landlines are public, mobile numbers are nobody\'s.
#[tokio::test]
async fn no_mobile_number_leaves_the_roster() {
    let home = home().with("BANGBAN_BURST_MS", "50");
    for to in ["list.md", "list.csv", "list.xlsx"] {
        says(&home, &["roster", "public", "--to", to], 0, &["8 名帮办员的公开名单"]);
    }
    let listed = says(&home, &["roster", "public"], 0, &["王敏", "0374-0000011"]);
    assert!(!listed.contains("吴静") && !listed.contains("审核"), "{listed}");
    says(&home, &["check"], 0, &[]);
    says(&home, &["link", "王敏"], 0, &[]);
    let mut seen = vec![
        fs::read_to_string(home.path("list.md")).unwrap(),
        fs::read_to_string(home.path("list.csv")).unwrap(),
        format!("{:?}", workbook::open(&home.path("list.xlsx")).unwrap()),
    ];
    let submitted = yaml::read_str(ROSTER, std::path::Path::new("r.yaml"), &jiff::tz::TimeZone::UTC).unwrap();
    let weidu = submitted.roster.bureau_named("魏都").unwrap().id;
    seen.push(format!("{:?}", submitted.roster));
    seen.push(format!("{:?}", form::of(&submitted.roster, weidu)));
    seen.push(serde_json::to_string(&submitted.roster.public_list()).unwrap());
    let running = home.serve().await;
    asks(&home.http, "两家公司准备合并成一家，合并登记都要做哪些？").await;
    for page in ["", "faq", "contacts", "healthz", "g/1", "g/2", "g/3"] {
        let page = reqwest::get(format!("{}/{page}", home.http)).await.unwrap();
        seen.push(page.text().await.unwrap());
    }
    seen.push(home.figures().await);
    let patience = std::time::Instant::now();
    let mut kept = everything_kept(&home).await;
    let sent = |kept: &str| {
        kept.lines()
            .any(|line| line.starts_with("outbox: ") && line.contains("|sent|"))
    };
    while !sent(&kept) {
        assert!(patience.elapsed().as_secs() < 20, "the question was not handed over");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        kept = everything_kept(&home).await;
    }
    drop(running);
    seen.push(home.log());
    seen.push(kept);
    for text in &seen {
        for mobile in mobiles() {
            assert!(!text.contains(&mobile), "a mobile number in {text}");
        }
    }
}

/// A visitor asks in the web group of 魏都分局.
async fn asks(http: &str, text: &str) {
    use reqwest::header::{COOKIE, ORIGIN, SET_COOKIE};
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let home = client.get(http).send().await.unwrap().text().await.unwrap();
    let at = home.find("魏都分局").unwrap();
    let link = home[..at].rfind("/g/").or_else(|| home.find("/g/")).unwrap();
    let room: String = home[link..].chars().take_while(|c| *c != '"').collect();
    let named = client.post(format!("{http}{room}/name")).header(ORIGIN, http);
    let named = named
        .json(&serde_json::json!({ "nickname": "访客" }))
        .send()
        .await
        .unwrap();
    let cookie = named.headers()[SET_COOKIE]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let said = client
        .post(format!("{http}{room}/say"))
        .header(ORIGIN, http)
        .header(COOKIE, cookie);
    let said = said.json(&serde_json::json!({ "text": text })).send().await.unwrap();
    assert!(said.status().is_success());
}

/// Everything in the database but the one column that may hold mobile numbers.
async fn everything_kept(home: &Home) -> String {
    use sqlx::{Connection as _, Row as _};
    let file = home.path("data/bangban.db");
    let mut db = sqlx::SqliteConnection::connect(&format!("sqlite:{}", file.display()))
        .await
        .unwrap();
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'";
    let tables: Vec<(String,)> = sqlx::query_as(tables).fetch_all(&mut db).await.unwrap();
    let mut kept = String::new();
    for (table,) in tables {
        let columns = format!("SELECT name FROM pragma_table_info('{table}') WHERE name <> 'mobile'");
        let columns: Vec<(String,)> = sqlx::query_as(sqlx::AssertSqlSafe(columns))
            .fetch_all(&mut db)
            .await
            .unwrap();
        let texts: Vec<String> = columns
            .iter()
            .map(|(name,)| format!("COALESCE(CAST(\"{name}\" AS TEXT), '')"))
            .collect();
        let rows = format!("SELECT {} FROM \"{table}\"", texts.join(" || '|' || "));
        for row in sqlx::query(sqlx::AssertSqlSafe(rows)).fetch_all(&mut db).await.unwrap() {
            kept.push_str(&format!("{table}: {}\n", row.get::<String, _>(0)));
        }
    }
    kept
}

/// Years that no test outlives, so that the real program's clock does not matter.
const AWAY: &str =
    "    leave: [{helper: 钱进, from: 2126-12-01, until: 2126-12-03, cover: 许宁}]\n  - name: 禹州市局\n";

#[test]
fn leave_and_the_shifts_of_an_office_are_shown_before_they_are_taken_over_and_come_out_again() {
    let home = home();
    let write = |name: &str, text: &str| fs::write(home.path(name), text).unwrap();
    let own = "        duty: [{days: [mon], from: '08:30', to: '12:00', helpers: [许宁]}]\n    duty:\n";
    let more = ROSTER
        .replacen("    duty:\n", own, 1)
        .replacen("  - name: 禹州市局\n", AWAY, 1);
    write("more.yaml", &more);
    let came = [
        "改动  南关工商所 自己的值班表",
        "新增  钱进 请假 2126-12-01 至 2126-12-03",
        "新增  许宁 代 钱进 值班 2126-12-01 至 2126-12-03",
    ];
    says(&home, &["roster", "import", "more.yaml"], 0, &came);
    says(&home, &["roster", "import", "more.yaml"], 0, &[SAME]);
    let now = whole(&home);
    assert!(
        now.contains("until: \"2126-12-03\"") && now.contains("cover: 许宁"),
        "{now}"
    );
    says(&home, &["roster", "import", "now.yaml"], 0, &[SAME]);
    assert_eq!(whole(&home), now);
    // The official form carries neither and takes nothing away.
    says(&home, &["roster", "export", "--to", "all.xlsx"], 0, &[]);
    says(&home, &["roster", "import", "all.xlsx", "--apply"], 0, &[SAME]);
    assert_eq!(whole(&home), now);
    // Who leaves is named with the office whose shift they stood in.
    write(
        "less.yaml",
        &more
            .replace(
                "          - {name: 许宁, mobile: '13900000015', landline: '0374-0000015'}\n",
                "",
            )
            .replace("[许宁]", "[钱进]")
            .replace(", cover: 许宁", ""),
    );
    let lost = [
        "魏都分局南关工商所值班表 周一 08:30–12:00 这一班少了 许宁",
        "去掉  许宁 代 钱进",
    ];
    says(&home, &["roster", "import", "less.yaml", "--force"], 0, &lost);
    write(
        "past.yaml",
        &ROSTER.replacen("  - name: 禹州市局\n", &AWAY.replace("2126", "2016"), 1),
    );
    says(
        &home,
        &["roster", "import", "past.yaml", "--force"],
        0,
        &["去掉  钱进 请假", "新增  南关工商所 许宁"],
    );
    assert!(!whole(&home).contains("leave:"), "what is over is not taken over");
    write("wrong.yaml", &more.replace("cover: 许宁", "cover: 钱进"));
    says(
        &home,
        &["roster", "import", "wrong.yaml"],
        1,
        &["wrong.yaml:", "钱进 不能给自己代班"],
    );
    says(&home, &["roster", "check", "wrong.yaml"], 1, &["钱进 不能给自己代班"]);
}
