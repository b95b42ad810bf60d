//! How long `bangban replay` takes over 100 000 questions: the release program on an SQLite file, asked with spoilt
//! phrasings of the bureau's own list, three times each for what was said then against the list of today, and for a
//! folder and a roster, which asks two lists. Both are as in the database, so that any difference is a failure.
//!
//! `cargo bench --bench replay`; `QUESTIONS=10000 cargo bench --bench replay` for fewer.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use bangban::clock::Millis;
use bangban::domain::asking::question::{Question, RevisionRef};
use bangban::domain::asking::transitions::{Asked, Moved};
use bangban::domain::chat::group::GroupKind;
use bangban::domain::chat::message::{Account, Channel, MessageRef, Place};
use bangban::domain::privacy::Masked;
use bangban::domain::roster::people::{BureauId, PersonId};
use bangban::faq::perturb::SPOILS;
use bangban::store::{Db, StoreError};
use bangban::{roster, setup};

const ROUNDS: usize = 3;
/// What is said where nothing differs.
const NO_CHANGE: &str = "多答了 0，不答了 0，改答 0；少转 0，多转 0。";
const TOGETHER: usize = 5_000;
/// 2026-11-01 00:00 in Asia/Shanghai, and the time until the next question.
const FIRST: Millis = Millis(1_793_462_400_000);
const APART_MS: i64 = 20_000;
/// Whoever of the sample city answers.
const HELPER: PersonId = PersonId(1);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let count: usize = std::env::var("QUESTIONS").map_or(Ok(100_000), |count| count.parse())?;
    let folder = tempfile::tempdir()?;
    let faq = Path::new(env!("CARGO_MANIFEST_DIR")).join("faq");
    let file = folder.path().join("bangban.db");
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(filled(&file, &faq, count))?;
    let same = folder.path().join("faq");
    copied(&faq, &same)?;
    let other = folder.path().join("roster.yaml");
    std::fs::write(
        &other,
        roster::written::yaml(&roster::sample()?, FIRST, &jiff::tz::TimeZone::UTC)?,
    )?;
    let (same, other) = (same.display().to_string(), other.display().to_string());
    for (name, more) in [
        ("what was said, the list of today", vec![]),
        ("two lists and two rosters", vec!["--faq", &same, "--roster", &other]),
    ] {
        let mut seconds = Vec::new();
        for _ in 0..ROUNDS {
            seconds.push(timed(folder.path(), &faq, &more)?);
        }
        seconds.sort_by(f64::total_cmp);
        let (median, most) = (seconds[ROUNDS / 2], seconds[ROUNDS - 1]);
        println!(
            "{name}: {count} questions in {median:.1} s ({:.1}–{most:.1})",
            seconds[0]
        );
    }
    Ok(())
}

/// Seconds one command takes from its start to its end.
fn timed(folder: &Path, faq: &Path, more: &[&str]) -> Result<f64, Box<dyn std::error::Error>> {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_bangban"))
        .args(["replay", "--since", "2026-11-01", "--until", "2026-12-31"])
        .args(more)
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .env("BANGBAN_DATA", folder)
        .env("BANGBAN_FAQ", faq)
        .output()?;
    let seconds = start.elapsed().as_secs_f64();
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    println!("{}", said.lines().take(7).collect::<Vec<_>>().join("\n"));
    if !more.is_empty() && !said.contains(NO_CHANGE) {
        return Err("the same list answers otherwise".into());
    }
    Ok(seconds)
}

fn copied(from: &Path, to: &PathBuf) -> std::io::Result<()> {
    std::fs::create_dir(to)?;
    for file in std::fs::read_dir(from)? {
        let file = file?;
        std::fs::copy(file.path(), to.join(file.file_name()))?;
    }
    Ok(())
}

/// A database with the sample city, the list, and questions that were answered, offered or handed over in turn.
async fn filled(file: &Path, faq: &Path, count: usize) -> Result<(), Box<dyn std::error::Error>> {
    let base = setup::load_base(faq)?;
    let db = Db::open(&format!("sqlite:{}", file.display())).await?;
    setup::sample_city(&db).await?;
    setup::import(&db, &base, FIRST).await?;
    let mut tx = db.begin().await?;
    let bureau = tx
        .roster()
        .await?
        .bureaus
        .iter()
        .find(|bureau| !bureau.city)
        .map(|bureau| bureau.id);
    let bureau = bureau.ok_or("the sample city has no bureau")?;
    let group = tx.meet_group(&Channel::new("bench"), "1", "bench", FIRST).await?;
    tx.bind_group(group.id, bureau, GroupKind::Help).await?;
    tx.commit().await?;
    let phrasings: Vec<&str> = base.entries.iter().flat_map(|entry| entry.phrasings()).collect();
    println!("{count} questions from {} phrasings", phrasings.len());
    for from in (0..count).step_by(TOGETHER) {
        let mut tx = db.begin().await?;
        for i in from..count.min(from + TOGETHER) {
            let spoil = SPOILS[i % SPOILS.len()];
            let text = spoil.spoil(phrasings[i / SPOILS.len() % phrasings.len()], i);
            asked(&mut tx, i, text, (group.id, bureau)).await?;
        }
        tx.commit().await?;
    }
    db.close().await;
    Ok(())
}

async fn asked(
    tx: &mut bangban::store::Tx,
    i: usize,
    text: String,
    (group, bureau): (bangban::domain::chat::group::GroupId, BureauId),
) -> Result<(), StoreError> {
    let at = FIRST.plus(i as i64 * APART_MS);
    let minutes = |minutes: i64| at.plus(minutes * 60_000);
    let channel = Channel::new("bench");
    let asked = Asked {
        id: tx.next_question().await?,
        at,
        asker: Account {
            channel: channel.clone(),
            id: format!("asker-{}", i % 500),
        },
        asker_name: "示例".into(),
        group,
        bureau,
        message: MessageRef {
            place: Place::chat(&channel, "1"),
            id: i.to_string(),
        },
        text: Masked::from_storage(text),
        media: Vec::new(),
        registered_at: None,
    };
    let said = RevisionRef {
        entry: "dereg-001".to_owned(),
        revision: 1,
    };
    let words = Masked::from_storage("请到窗口来。".to_owned());
    let waits = i as i64 % 40;
    // What happened, each with its moment; the last one is the question as it is kept.
    let mut moments = vec![(at, Question::ask(asked, at))];
    let on = |moments: &mut Vec<(Millis, Moved)>, at, step: &dyn Fn(Question) -> Option<Moved>| {
        let last = moments.last().map(|(_, moved)| moved.question.clone());
        moments.extend(last.and_then(step).map(|moved| (at, moved)));
    };
    match i % 4 {
        0 => on(&mut moments, at, &|question| {
            Some(question.answer(std::slice::from_ref(&said), None, at))
        }),
        1 => on(&mut moments, at, &|question| Some(question.suggest(Vec::new(), at))),
        _ => {
            on(&mut moments, at, &|question| Some(question.wait(None, false, at)));
            let claimed = minutes(waits);
            on(&mut moments, claimed, &|question| question.claim(HELPER, claimed).ok());
            let replied = minutes(waits + 5);
            on(&mut moments, replied, &|question| {
                question.reply(HELPER, &words, replied).ok()
            });
        }
    }
    let over = minutes(60);
    on(&mut moments, over, &|question| question.solve(None, over).ok());
    kept(tx, moments).await
}

/// Writes a question down as it is after all that happened, and what happened with its moments.
async fn kept(tx: &mut bangban::store::Tx, moments: Vec<(Millis, Moved)>) -> Result<(), StoreError> {
    let Some((_, last)) = moments.last() else {
        return Ok(());
    };
    let kept = tx.write_question(last.question.clone(), None).await?;
    for (at, moved) in moments {
        let (_, steps, _) = moved.into_parts();
        for step in steps {
            tx.add_step(kept.id, &step, at).await?;
        }
    }
    Ok(())
}
