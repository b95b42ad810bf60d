//! `bangban trace Q1024`: a question's whole way, from the database.

use anyhow::bail;

use super::faq;
use crate::clock::Millis;
use crate::config::Config;
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::roster::people::Roster;
use crate::domain::time::zone;
use crate::store::Tx;
use crate::store::sends::Sending;

/// Prints what happened to a question, in the order it happened, and what the list makes of its words today.
pub async fn trace(config: &Config, written: &str) -> anyhow::Result<u8> {
    let Ok(number) = written.trim().trim_start_matches(['Q', 'q']).parse() else {
        eprintln!("用法不对：请写问题的编号，例如：bangban trace Q1024");
        return Ok(2);
    };
    let id = QuestionId(number);
    let db = super::open(config).await?;
    let mut tx = db.read().await?;
    let Some(question) = tx.question(id).await? else {
        drop(tx);
        db.close().await;
        bail!("没有 {id}。可能已过保存期删除了，或编号写错了。");
    };
    head(&mut tx, config, &question).await?;
    let roster = tx.roster().await?;
    let mut lines: Vec<(Millis, String)> = Vec::new();
    for noted in tx.steps(id).await? {
        lines.push((noted.at, happened(&roster, &noted.step)));
    }
    for sending in tx.sends_about(id).await? {
        let decided = sending.decided_at;
        lines.push((sending.ended_at.unwrap_or(decided), sent(&sending)));
    }
    lines.sort_by_key(|(at, _)| *at);
    for (at, line) in lines {
        let at = zone::local(&config.timezone, at).strftime("%m-%d %H:%M:%S%.3f");
        println!("{at}  {line}");
    }
    let (entries, lexicon) = tx.served_entries().await?;
    drop(tx);
    db.close().await;
    if !entries.is_empty() {
        println!("\n现在的清单这样读它：");
        let entries = entries.into_iter().map(|(entry, _)| entry).collect();
        faq::found(
            config,
            &crate::faq::Faq::build(entries, lexicon),
            question.text.as_str(),
            true,
        );
    }
    Ok(0)
}

async fn head(tx: &mut Tx, config: &Config, question: &Question) -> anyhow::Result<()> {
    let place = question.place();
    let at = |at: Millis| {
        zone::local(&config.timezone, at)
            .strftime("%Y-%m-%d %H:%M:%S")
            .to_string()
    };
    println!("{}  {}", question.id, question.text.as_str());
    println!(
        "在 {} 的 {}，{} 问；第 {} 次改动",
        place.channel.0,
        place.chat,
        at(question.asked_at),
        question.version
    );
    println!("现在：{}", question.state.phase());
    if let Some(rating) = tx.rating(question.id).await? {
        println!("评价：{}", rating.level());
    }
    println!();
    Ok(())
}

/// A step as its line says it: what, who, and what was noted with it.
fn happened(roster: &Roster, step: &Step) -> String {
    let who = step.person().map(|id| {
        let name = roster.person(id).map(|person| person.name.clone());
        name.unwrap_or_else(|| format!("{}号（已不在名册）", id.0))
    });
    let parts = [
        Some(step.key().to_owned()),
        who,
        Some(step.note()).filter(|note| !note.is_empty()),
    ];
    format!("● {}", parts.into_iter().flatten().collect::<Vec<_>>().join("  "))
}

/// A send as its line says it: as what, where to, how it ended and how long it took.
fn sent(sending: &Sending) -> String {
    let took = sending
        .ended_at
        .map(|ended| format!("  用时 {:.1} 秒", ended.since(sending.decided_at) as f64 / 1e3));
    let again = if sending.again { "  重发" } else { "" };
    let tries = if sending.attempts > 0 {
        format!("  失败 {} 次", sending.attempts)
    } else {
        String::new()
    };
    let error = sending
        .error
        .as_deref()
        .map(|error| format!("  {error}"))
        .unwrap_or_default();
    format!(
        "→ {}  {} {}  {}{}{again}{tries}{error}",
        sending.role.key(),
        sending.place.channel.0,
        sending.place.chat,
        sending.state,
        took.unwrap_or_default()
    )
}
