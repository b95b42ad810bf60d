//! Looking in a room for what was said, as long as rooms keep it.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Web;
use super::failure::Failure;
use super::here::Here;
use super::show::Viewer;
use crate::domain::privacy;
use crate::domain::time::zone;

/// Hits that are shown.
const MOST: usize = 50;
/// The longest search, in characters.
const LONGEST: usize = 50;
/// Characters before and after what was found.
const AROUND: usize = 24;

/// What is looked for.
#[derive(Deserialize)]
pub struct Wanted {
    q: String,
}

/// A message that says it.
#[derive(Serialize)]
struct Hit {
    id: i64,
    name: String,
    at: String,
    words: String,
}

/// `GET …/search?q=`: the newest messages that say it, newest first.
pub async fn search(
    State(web): State<Arc<Web>>,
    here: Here,
    Query(wanted): Query<Wanted>,
) -> Result<Json<serde_json::Value>, Failure> {
    let q: String = privacy::printable(&wanted.q).trim().chars().take(LONGEST).collect();
    let Some(room) = here.room.as_deref().filter(|_| !q.is_empty()) else {
        return Ok(Json(json!({ "hits": [], "more": false })));
    };
    let viewer = Viewer::of(&web, &here);
    let mut tx = web.desk.db.read().await?;
    let messages = tx.room_search(room, &q).await?;
    drop(tx);
    let seen = messages.into_iter().filter(|message| !viewer.may_not_see(message));
    let hits = seen.filter_map(|message| {
        Some(Hit {
            id: message.id,
            words: around(&message.body.text.words(), &q)?,
            name: message.name,
            at: zone::local(&web.desk.config.timezone, message.at)
                .strftime("%-m月%-d日 %H:%M")
                .to_string(),
        })
    });
    let hits: Vec<Hit> = hits.take(MOST + 1).collect();
    let shown = &hits[..hits.len().min(MOST)];
    Ok(Json(json!({ "hits": shown, "more": hits.len() > MOST })))
}

/// The words around the first place where `q` stands, whatever the case of Latin letters; none where it does not.
fn around(words: &str, q: &str) -> Option<String> {
    let small = |text: &str| -> Vec<char> { text.chars().map(|c| c.to_ascii_lowercase()).collect() };
    let (text, wanted) = (small(words), small(q));
    let at = text.windows(wanted.len()).position(|part| part == wanted)?;
    let (from, to) = (at.saturating_sub(AROUND), (at + wanted.len() + AROUND).min(text.len()));
    let part: String = words.chars().skip(from).take(to - from).collect();
    let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = if from > 0 { "…" } else { "" };
    let after = if to < text.len() { "…" } else { "" };
    Some(format!("{before}{part}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hit_shows_what_stands_around_it() {
        assert_eq!(around("大家好\n执照丢了", "执照").as_deref(), Some("大家好 执照丢了"));
        assert_eq!(around("用 CA 锁登录", "ca").as_deref(), Some("用 CA 锁登录"));
        assert_eq!(around("大家好", "执照"), None);
        let long = format!("{}执照{}", "前".repeat(30), "后".repeat(30));
        let shown = format!("…{}执照{}…", "前".repeat(24), "后".repeat(24));
        assert_eq!(around(&long, "执照"), Some(shown));
    }
}
