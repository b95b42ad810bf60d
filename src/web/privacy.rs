//! 个人信息怎么处理: who keeps what, why, how long, who can read it, how to see and erase it (个人信息保护法 第十七条). The
//! bureau's own text, where it wrote one, stands instead of ours.

use std::path::Path;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Html;

use super::Web;
use super::failure::Failure;
use crate::config::Pictures;
use crate::domain::wording;

/// The bureau's text, in the data folder: paragraphs between empty lines, headings after `# `.
const FILE: &str = "privacy.txt";
/// A longer text is no notice; in bytes.
const MOST: u64 = 256 * 1024;
const DAY_MS: i64 = 86_400_000;

/// A piece of the bureau's text.
enum Piece {
    Heading(String),
    Paragraph(String),
}

#[derive(Template)]
#[template(path = "privacy.html")]
struct Page<'a> {
    sample: bool,
    city: &'a str,
    desk: &'a str,
    own: Vec<Piece>,
    question_days: i64,
    room_days: i64,
    pictures: Pictures,
    /// Some of it passes servers abroad.
    abroad: bool,
    sure: &'static str,
}

/// `GET /privacy`
pub async fn page(State(web): State<Arc<Web>>) -> Result<Html<String>, Failure> {
    let roster = web.desk.roster();
    let config = &web.desk.config;
    let page = Page {
        sample: web.sample().await?,
        city: &roster.city,
        desk: &roster.desk().name,
        own: own(&config.data.join(FILE)).await,
        question_days: config.keep.questions_ms / DAY_MS,
        room_days: config.keep.media_ms / DAY_MS,
        pictures: config.web.pictures,
        abroad: config.speaks_abroad(),
        sure: wording::SURE,
    };
    Ok(Html(page.render()?))
}

/// The bureau's text; empty where there is none, or none that can be read.
async fn own(file: &Path) -> Vec<Piece> {
    let read = match tokio::fs::metadata(file).await {
        Ok(about) if about.len() <= MOST => tokio::fs::read_to_string(file).await,
        Ok(_) => Err(std::io::Error::other("larger than 256 KB")),
        Err(error) => Err(error),
    };
    match read {
        Ok(text) => pieces(&text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => {
            tracing::error!(file = %file.display(), %error, "个人信息说明读不了，页面上用的是自带的说明");
            Vec::new()
        }
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let blocks = text.split("\n\n").map(str::trim).filter(|block| !block.is_empty());
    let piece = |block: &str| match block.strip_prefix("# ") {
        Some(heading) => Piece::Heading(heading.trim().to_owned()),
        None => Piece::Paragraph(block.to_owned()),
    };
    blocks.map(piece).collect()
}
