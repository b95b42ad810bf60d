//! Questions asked again by the real program, beside the town: another list, another threshold, another roster.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::conversation;
use crate::support::program::Home;
use crate::support::town::{MERGER, Town};
use bangban::domain::chat::message::{Account, Channel};

const SIMPLE: &str = "简易注销要公示几天？";
const GENERAL: &str = "一般注销公告期多少天？";
const PLATFORM: &str = "怎么在登记平台注册账号？";

/// Six questions in three groups, and one whose asker was forgotten: three answered, three handed over.
async fn a_day(town: &Town) {
    let weidu = town.help_group("魏都分局").await;
    let changge = town.help_group("长葛市局").await;
    let guidance = town.guidance_group().await;
    town.asker("张三").says(&weidu, SIMPLE).await;
    town.asker("李四").says(&weidu, GENERAL).await;
    town.asker("王五").says(&weidu, MERGER).await;
    town.asker("赵六").says(&weidu, PLATFORM).await;
    town.asker("孙丽").says(&guidance, "疑难问题怎么报市局注册科？").await;
    town.asker("孙八").says(&weidu, "营业执照上的照片能换吗？").await;
    town.seconds_pass(5).await;
    town.minutes_pass(4).await;
    let wang = town.helper("王敏").await;
    for number in [3, 4] {
        wang.says(&weidu, &format!("认领 {number}")).await;
        wang.says(&weidu, &format!("答复 {number} 请到窗口来。")).await;
    }
    // At lunch; claimed five minutes after it.
    town.clock_is_set("2026-11-23T12:10").await;
    town.asker("钱七").says(&changge, MERGER).await;
    town.seconds_pass(5).await;
    town.clock_is_set("2026-11-23T14:35").await;
    let yang = town.helper("杨帆").await;
    yang.says(&changge, "认领 7").await;
    yang.says(&changge, "答复 7 请到窗口来。").await;
    let forgotten = Account {
        channel: Channel::new("town"),
        id: "a-孙八".into(),
    };
    let mut tx = town.db.begin().await.unwrap();
    assert_eq!(tx.erase_asker(&forgotten, town.clock.now()).await.unwrap().questions, 1);
    tx.commit().await.unwrap();
    town.all_was_heard();
}

fn home(town: &Town, settings: &str) -> Home {
    Home::new(settings).with("DATABASE_URL", &town.url)
}

/// What the program replays of that day, a question a line, and the totals.
fn replayed(home: &Home, more: &[&str]) -> (Vec<Value>, Value) {
    let day = ["replay", "--since", "2026-11-23", "--until", "2026-11-23", "--json"];
    let output = home.run(&[&day[..], more].concat());
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{errors}");
    let printed = String::from_utf8(output.stdout).unwrap();
    let mut lines: Vec<Value> = printed
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let totals = lines.pop().unwrap()["totals"].clone();
    (lines, totals)
}

fn told(home: &Home, more: &[&str]) -> String {
    let day = ["replay", "--since", "2026-11-23", "--until", "2026-11-23"];
    let (code, said) = home.says(&[&day[..], more].concat());
    assert_eq!(code, 0, "{said}");
    said
}

/// The questions of a kind of change.
fn of(lines: &[Value], change: &str) -> Vec<i64> {
    let those = lines.iter().filter(|line| line["change"] == change);
    those.filter_map(|line| line["question"].as_i64()).collect()
}

/// Gained, lost, changed, hand-overs avoided, hand-overs added.
fn changes(totals: &Value) -> [i64; 5] {
    ["gained", "lost", "changed", "avoided", "added"].map(|name| totals[name].as_i64().unwrap())
}

fn reactions(answered: i64, offered: i64, handed_over: i64) -> Value {
    json!({ "answered": answered, "offered": offered, "handed_over": handed_over })
}

/// The town's list in a folder of its own.
fn list(home: &Home) -> PathBuf {
    let folder = home.path("list");
    std::fs::create_dir(&folder).unwrap();
    for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/faq")).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.join(file.file_name())).unwrap();
    }
    folder
}

/// One part of a file replaced by another.
fn edit(file: &Path, old: &str, new: &str) {
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains(old), "{old} is not in {}", file.display());
    std::fs::write(file, text.replacen(old, new, 1)).unwrap();
}

conversation!(what_was_said_is_held_against_the_list_of_today, async |town: &Town| {
    a_day(town).await;
    let (lines, totals) = replayed(&home(town, ""), &[]);
    assert_eq!(of(&lines, "same"), [1, 2, 3, 4, 5, 7], "{lines:#?}");
    assert_eq!((&totals["questions"], &totals["erased"]), (&json!(6), &json!(1)));
    assert_eq!(totals["before"], reactions(3, 0, 3));
    assert_eq!(totals["after"], reactions(3, 0, 3));
    assert_eq!(
        lines[4]["before"],
        json!({ "how": "answered", "entries": ["staff-001"] })
    );
    // A placeholder that one bureau filled since.
    let filled = home(
        town,
        "[fill.\"魏都分局\"]\n\"platform.url\" = \"https://sample.test\"\n",
    );
    let (lines, totals) = replayed(&filled, &[]);
    assert_eq!(of(&lines, "gained"), [4]);
    assert_eq!(changes(&totals), [1, 0, 0, 1, 0]);
    let said = told(&filled, &[]);
    for part in [
        "6 个提问，当时 → 现在",
        "多答了 1，不答了 0，改答 0；少转 1，多转 0。",
        "1 个提问的文字已抹去",
        "Q4 怎么在登记平台注册账号？\n      转人工 → 第 039 条 怎么在登记平台注册账号？",
        "      bangban faq search --explain \"怎么在登记平台注册账号？\"",
    ] {
        assert!(said.contains(part), "{part} not in\n{said}");
    }
});

conversation!(a_changed_list_is_tried_before_it_is_imported, async |town: &Town| {
    a_day(town).await;
    let home = home(town, "");
    let folder = list(&home);
    let at = folder.display().to_string();
    // The entry that answered one question goes, a phrasing that answers two comes.
    let gone = std::fs::read_to_string(folder.join("list.yaml")).unwrap();
    let (from, to) = (
        gone.find("  - id: dereg-003").unwrap(),
        gone.find("  - id: account-001").unwrap(),
    );
    std::fs::write(folder.join("list.yaml"), [&gone[..from], &gone[to..]].concat()).unwrap();
    edit(
        &folder.join("change.yaml"),
        "variants: [",
        &format!("variants: [{MERGER}, "),
    );
    let (lines, totals) = replayed(&home, &["--faq", &at]);
    assert_eq!(of(&lines, "gained"), [3, 7], "{lines:#?}");
    assert_eq!(of(&lines, "lost"), [1]);
    let [gained, lost, changed, avoided, _] = changes(&totals);
    assert_eq!([gained, lost, changed, avoided], [2, 1, 0, 2]);
    assert_eq!(totals["before"], reactions(3, 0, 3));
    let said = told(&home, &["--faq", &at, "--show", "1"]);
    for part in [
        "现在 → 改后",
        "多答了：2 个，先列 1 个",
        "转人工 → 第 038 条 变更法定代表人要哪些材料？",
        "第 037 条 简易注销要公示多少天？ → ",
    ] {
        assert!(said.contains(part), "{part} not in\n{said}");
    }
    assert!(
        said.contains(&format!("bangban faq search --faq \"{at}\" --explain")),
        "{said}"
    );
    // Nothing was imported.
    let (_, totals) = replayed(&home, &[]);
    assert_eq!(changes(&totals), [0; 5]);
});

conversation!(another_threshold_is_tried, async |town: &Town| {
    a_day(town).await;
    let home = home(town, "");
    let folder = list(&home);
    // The built-in weights; only what stands in the list word for word is sure.
    let model = json!({
        "form": 1, "fitted_on": "", "sure_from": 1.5, "unsure_from": 0.2, "question": null, "question_from": 0.5,
        "ranking": { "best": 10.0, "of_entry": 3.0, "conflict": -3.0, "exact": 5.0 },
        "sure": { "one": -5.0, "share": 3.0, "best": 4.0, "of_entry": 3.0 }, "curve": [], "pulls": [],
    });
    std::fs::write(folder.join("model.json"), model.to_string()).unwrap();
    let (lines, totals) = replayed(&home, &["--faq", &folder.display().to_string()]);
    assert_eq!(of(&lines, "lost"), [2], "{lines:#?}");
    assert_eq!(changes(&totals), [0, 1, 0, 0, 0]);
    assert_eq!(totals["after"], reactions(2, 1, 3));
});

conversation!(another_roster_shows_which_limits_would_break, async |town: &Town| {
    a_day(town).await;
    let home = home(town, "");
    let file = home.path("roster.yaml");
    let at = file.display().to_string();
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/town.yaml");
    std::fs::copy(&original, &file).unwrap();
    let (_, totals) = replayed(&home, &["--roster", &at]);
    let duty = |totals: &Value, name: &str| totals["duty"][name].clone();
    assert_eq!(duty(&totals, "handed_over"), 3);
    // Q3 and Q4 waited four minutes, Q7 five minutes after lunch: each was reminded of.
    let as_it_is = json!({
        "remind": [3, 3, 0, 0], "all_helpers": [0, 0, 0, 0], "bureau_admin": [0, 0, 0, 0],
        "guidance": [0, 0, 0, 0], "first_reply": [0, 0, 0, 0],
    });
    assert_eq!(duty(&totals, "limits"), as_it_is);
    assert_eq!(duty(&totals, "nobody"), json!([1, 1, 0]));
    // Without a break at noon the same waits are two hours of work.
    edit(
        &file,
        "from: \"08:30\", to: \"12:00\"}",
        "from: \"08:30\", to: \"14:30\"}",
    );
    let (lines, totals) = replayed(&home, &["--roster", &at]);
    let through_noon = json!({
        "remind": [3, 3, 0, 0], "all_helpers": [0, 1, 1, 0], "bureau_admin": [0, 1, 1, 0],
        "guidance": [0, 1, 1, 0], "first_reply": [0, 0, 0, 0],
    });
    assert_eq!(duty(&totals, "limits"), through_noon);
    assert_eq!(lines[5]["duties"]["before"]["broken"], json!(["remind"]));
    let said = told(&home, &["--roster", &at]);
    assert!(said.contains("Q7") && said.contains("会超时：1 个"), "{said}");
    // 魏都 opens in the afternoon only: nobody is there at ten, and no working time passes.
    std::fs::copy(&original, &file).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    let weidu = text.find("魏都分局").unwrap();
    let afternoon = text[weidu..]
        .replacen(
            "hours: always",
            "hours: [{days: all, from: \"14:30\", to: \"17:30\"}]",
            1,
        )
        .replacen(
            "{days: all, from: \"00:00\", to: \"24:00\"",
            "{days: all, from: \"14:30\", to: \"17:30\"",
            1,
        );
    std::fs::write(&file, [&text[..weidu], &afternoon].concat()).unwrap();
    let (_, totals) = replayed(&home, &["--roster", &at]);
    assert_eq!(duty(&totals, "nobody"), json!([1, 5, 4]));
    assert_eq!(duty(&totals, "limits")["remind"], json!([3, 1, 0, 2]));
    assert_eq!(changes(&totals), [0; 5]);
    let said = told(&home, &["--roster", &at]);
    assert!(
        said.contains("提问时没人值班：现名册 1 个，新名册 5 个，其中新出现 4 个。"),
        "{said}"
    );
});

conversation!(a_replay_that_cannot_be_made_says_what_to_do, async |town: &Town| {
    a_day(town).await;
    let home = home(town, "");
    std::fs::create_dir(home.path("empty")).unwrap();
    std::fs::write(home.path("bad.yaml"), "city: \"\"\nbureaus: []\n").unwrap();
    for (arguments, code, words) in [
        (&["--since", "soon"][..], 2, "30d"),
        (&["--since", "1d", "--until", "2d"], 2, "--since 要早于 --until"),
        (&["--since", "2020-01-01", "--until", "2020-01-02"], 1, "--since 90d"),
        (&["--faq", "nowhere"], 1, "nowhere 不是目录"),
        (&["--faq", "empty"], 1, "empty"),
        (&["--roster", "bad.yaml"], 1, "没有重放"),
        (&["--roster", "nowhere.yaml"], 1, "nowhere.yaml"),
        (&["--roster", "form.xlsx"], 1, "roster export --to"),
    ] {
        let (ended, said) = home.says(&[&["replay"], arguments].concat());
        assert_eq!(ended, code, "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
});
