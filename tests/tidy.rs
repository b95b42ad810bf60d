//! The house rules that a compiler does not hold: what the rules may know, how long a file may be, who may send.

mod asvs;
mod circles;
mod reliability;

use std::fs;
use std::path::{Path, PathBuf};

/// Every Rust file under `src/`, with its text up to its tests.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") && !name.ends_with("tests.rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap().to_owned();
                found.push((path, code));
            }
        }
    }
    assert!(found.len() > 80, "{} files found", found.len());
    found
}

/// Lines that are no comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let numbered = text.lines().enumerate().map(|(at, line)| (at + 1, line));
    numbered.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// No file in a room may name one of these words.
fn nobody_says(room: &str, words: &[&str], except: &[&str]) {
    let inside = |path: &Path| path.to_str().unwrap().contains(room);
    for (path, text) in sources().iter().filter(|(path, _)| inside(path)) {
        if except.iter().any(|part| path.to_str().unwrap().contains(part)) {
            continue;
        }
        for (line, code) in code(text) {
            let word = words.iter().find(|word| code.contains(**word));
            assert!(word.is_none(), "{}:{line} names {word:?}: {code}", path.display());
        }
    }
}

#[test]
fn the_rules_know_nothing_but_themselves_and_time() {
    let outside = [
        "crate::store",
        "crate::desk",
        "crate::faq",
        "crate::platform",
        "crate::web",
        "crate::publish",
        "crate::config",
        "crate::courier",
        "sqlx",
        "teloxide",
        "tokio",
        "axum",
        "tantivy",
        "tracing",
        "async fn",
        "std::fs",
        "std::time",
        "std::env",
    ];
    nobody_says("/src/domain/", &outside, &[]);
}

#[test]
fn how_an_edition_looks_is_pure_and_settings_know_nobody_who_reads_them() {
    let work = [
        "crate::desk",
        "crate::store",
        "crate::config",
        "crate::official_account",
        "crate::web",
    ];
    nobody_says("/src/publish/", &work, &[]);
    nobody_says("/src/publish/", &["reqwest", "tokio", "async fn", "std::fs"], &[]);
    let readers = [
        "crate::desk",
        "crate::store",
        "crate::publish",
        "crate::official_account",
        "crate::setup",
    ];
    nobody_says("/src/config", &readers, &[]);
}

#[test]
fn the_local_time_of_a_moment_is_worked_out_in_one_room() {
    nobody_says("/src/", &["zone.to_datetime(", "to_zoned("], &["/src/domain/time/"]);
}

#[test]
fn each_product_is_known_in_one_room() {
    nobody_says("/src/", &["sqlx::", "use sqlx"], &["/src/store/", "/src/telemetry.rs"]);
    nobody_says("/src/", &["teloxide::", "use teloxide"], &["/src/platform/telegram/"]);
    nobody_says("/src/", &["tantivy::", "use tantivy", "QueryParser"], &["/src/faq/"]);
    nobody_says("/src/", &["jieba_rs"], &["/src/faq/analyzer"]);
    nobody_says("/src/", &["serde_saphyr"], &["/src/yaml.rs"]);
    nobody_says("/src/", &["calamine", "rust_xlsxwriter"], &["/src/workbook/"]);
    nobody_says("/src/", &["zip::"], &["/src/workbook/", "/src/publish/document/"]);
    nobody_says(
        "/src/",
        &["cgi-bin", "quick_xml", "aes::", "cbc::", "sha1::"],
        &["/src/official_account/"],
    );
    nobody_says("/src/", &["platform.send("], &["/src/courier.rs"]);
}

/// Differences between channels are figures (`Capabilities`); only who wires a platform in, or asks for its settings,
/// names it. Comments count too.
#[test]
fn no_platform_is_named_outside_its_room() {
    let allowed = [
        "/platform/",
        "/serve.rs",
        "/serve/",
        "/cli.rs",
        "/cli/",
        "/config.rs",
        "/config/",
        "/setup.rs",
    ];
    for (path, text) in sources() {
        let inside = path.to_str().unwrap().rsplit_once("/src").unwrap().1.to_owned();
        if allowed.iter().any(|room| inside.starts_with(room)) {
            continue;
        }
        for (line, words) in text.lines().enumerate() {
            let named = words.to_lowercase().contains("telegram");
            assert!(!named, "{}:{} names a platform: {words}", path.display(), line + 1);
        }
    }
    let web = [
        "/src/platform/",
        "/src/web/",
        "/src/serve.rs",
        "/src/serve/",
        "/src/setup.rs",
    ];
    nobody_says("/src/", &["webgroup"], &web);
}

#[test]
fn what_is_said_in_chat_stands_in_one_folder() {
    let chinese = |line: &str| line.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let rooms = ["/src/desk/", "/src/courier", "/src/intake.rs"];
    for (path, text) in sources() {
        if !rooms.iter().any(|room| path.to_str().unwrap().contains(room)) {
            continue;
        }
        for (line, code) in code(&text) {
            let before_comment = code.split(" // ").next().unwrap();
            let literal = before_comment.contains('"') && chinese(before_comment);
            // The law's own paragraph is a note in the history, not something said; 〔…〕 marks a preview.
            let allowed = code.contains("三(三)3") || code.contains("〔");
            assert!(!literal || allowed, "{}:{line}: {code}", path.display());
        }
    }
}

#[test]
fn files_stay_short() {
    for (path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", path.display());
        assert!(
            text.starts_with("//!") || path.ends_with("main.rs"),
            "{} says nothing of itself",
            path.display()
        );
    }
}

#[test]
fn nothing_of_this_machine_is_in_the_tree() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                if !["target", "data", ".git"].contains(&name) || path.parent() != Some(root) {
                    folders.push(path);
                }
                continue;
            }
            let Ok(text) = fs::read_to_string(&path) else { continue };
            let home = ["/ho", "me/"].concat();
            let work = ["/wo", "rk/"].concat();
            for here in [home, work] {
                assert!(!text.contains(&here), "{} names {here}", path.display());
            }
        }
    }
}

/// The duties of the document that the program carries so far, each with the section it stands in: a test names them.
#[test]
fn each_duty_that_is_carried_has_a_test_that_names_it() {
    let duties = [
        ("D1", "四(三)"),
        ("D2", "四(三)"),
        ("D3", "四(三)"),
        ("D4", "四(三)"),
        ("D5", "四(三)"),
        ("D6", "四(三)"),
        ("D7", "三(三)3"),
        ("D8", "三(三)3"),
        ("D9", "三(三)3"),
        ("D10", "三(三)3"),
        ("D11", "四(三)"),
        ("D12", "附件注"),
        ("D13", "附件"),
        ("D14", "四(三), 附件注"),
        ("D15", "三(三)2"),
        ("D17", "三(一)2"),
        ("D18", "三(一)2"),
        ("D19", "三(二)2"),
        ("D21", "三(三)5"),
        ("D22", "三(三)5"),
        ("D25", "三(四)1"),
    ];
    let mut texts = String::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("tests"), root.join("src")];
    while let Some(folder) = folders.pop() {
        for item in fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tidy.rs") {
                texts.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    for (duty, section) in duties {
        assert!(
            texts.contains(&format!("{duty} ({section})")),
            "no test names {duty} ({section})"
        );
    }
}

/// What people wrote is `Masked`: a sentence of the bot cannot repeat anything else.
#[test]
fn sentences_repeat_only_what_was_masked() {
    let theirs = [
        "words", "question", "reason", "note", "reply", "advice", "category", "word", "asker", "samples", "replies",
    ];
    let mut seen = 0;
    for (path, text) in sources() {
        if !path.to_str().unwrap().contains("/domain/wording/") {
            continue;
        }
        for (line, code) in code(&text) {
            let said = |name: &&&str| !code.contains('|') && code.contains(&format!("{name}: "));
            for name in theirs.iter().filter(said) {
                let of = code.split(&format!("{name}: ")).nth(1).unwrap_or_default();
                let raw = ["&str", "&'a str", "String", "Option<&str>", "&[String]"];
                let raw = raw.iter().any(|raw| of.starts_with(raw));
                let entry = path.ends_with("answers.rs") || path.ends_with("upkeep.rs") || path.ends_with("why.rs");
                assert!(
                    !raw || entry,
                    "{}:{line} takes {name} as it was typed: {code}",
                    path.display()
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 15, "{seen}");
}
