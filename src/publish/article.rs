//! An edition as articles: pure, within the account's limits, with the few tags and inline styles that survive there.
//! Limits: developers.weixin.qq.com, api_draft_add.

use std::fmt::Write as _;

use super::{Line, line, mark, summary};
use crate::domain::list::edition::{Change, Edition, Item};
use crate::domain::list::publication::{Article, CONTENT_MOST, TITLE_MOST};

/// Characters of an author.
pub const AUTHOR: usize = 16;
/// Characters of a digest.
pub const DIGEST: usize = 128;
/// An article's HTML has fewer bytes than this.
const CONTENT_BYTES: usize = 1_000_000;
/// Articles of one draft.
pub const ARTICLES: usize = 8;
/// Stands where the picture comes; the account tells its address only when it has it.
pub const PICTURE: &str = "<!--picture-->";
/// Room for the picture's tag and address.
const PICTURE_ROOM: usize = 400;
/// Items that are named as new; more are counted.
const NEWS: usize = 20;

const BODY: &str = "font-size:16px;line-height:1.8;color:#2b2f36;letter-spacing:.3px;padding:0 4px;";
const BAND: &str = "background:#1f4e8c;border-radius:8px;padding:18px 16px;margin:0 0 18px;";
const TOPIC: &str =
    "font-size:18px;font-weight:bold;color:#1f4e8c;border-left:4px solid #c8102e;padding-left:10px;margin:30px 0 14px;";
const CARD: &str = "background:#f6f8fb;border-radius:8px;padding:12px;margin:0 0 14px;";
const ASK: &str = "font-weight:bold;color:#16324f;margin:0 0 8px;";
const PLAIN: &str = "margin:0 0 6px;";
const BASIS: &str = "font-size:13px;color:#6b7480;margin:8px 0;";
const SMALL: &str = "font-size:13px;color:#6b7480;margin:0 0 4px;";
const TAG: &str = "display:inline-block;background:#c8102e;color:#fff;font-size:12px;line-height:1.5;border-radius:3px;padding:0 5px;margin-left:6px;font-weight:normal;";

/// How articles look, as the operator set it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What each title begins with.
    pub title: String,
    /// None: who issues the edition.
    pub author: Option<String>,
    /// From how many characters on an article is divided.
    pub limit: usize,
    /// Whether a picture stands at the end of each.
    pub picture: bool,
}

/// Why an edition cannot become articles; nothing was sent.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArticleError {
    #[error("标题有 {chars} 个字，公众号最多 {TITLE_MOST} 个：“{title}”。请把 [official_account] 的 title 改短")]
    Title { title: String, chars: usize },
    #[error("作者有 {chars} 个字，公众号最多 {AUTHOR} 个：“{author}”。请在 [official_account] 写一个短的 author")]
    Author { author: String, chars: usize },
    #[error(
        "{what}排成网页有 {chars} 个字符，一篇最多放得下 {most} 个，又不能从中间断开。请把这一条改短或拆成两条，再冻结下一期"
    )]
    Block { what: String, chars: usize, most: usize },
    #[error(
        "“{title}”的正文有 {chars} 个字符、{bytes} 字节，公众号要求少于 {CONTENT_MOST} 个字符、1 MB。请把 content_limit 改小"
    )]
    Content { title: String, chars: usize, bytes: usize },
}

/// A piece that is never divided.
struct Block {
    topic: Option<String>,
    what: String,
    html: String,
}

/// The drafts of an edition, each with at most eight articles. The same edition gives the same articles.
pub fn drafts(edition: &Edition, look: &Look) -> Result<Vec<Vec<Article>>, ArticleError> {
    let articles = articles(edition, look)?;
    articles.iter().try_for_each(within_limits)?;
    Ok(articles.chunks(ARTICLES).map(<[Article]>::to_vec).collect())
}

/// Whether the account would take the article.
pub fn within_limits(article: &Article) -> Result<(), ArticleError> {
    let count = |text: &str| text.chars().count();
    let (title, author) = (article.title.clone(), article.author.clone());
    if count(&title) > TITLE_MOST {
        let chars = count(&title);
        return Err(ArticleError::Title { title, chars });
    }
    if count(&author) > AUTHOR {
        let chars = count(&author);
        return Err(ArticleError::Author { author, chars });
    }
    let (chars, bytes) = (count(&article.content), article.content.len());
    if chars >= CONTENT_MOST || bytes >= CONTENT_BYTES {
        return Err(ArticleError::Content { title, chars, bytes });
    }
    Ok(())
}

fn articles(edition: &Edition, look: &Look) -> Result<Vec<Article>, ArticleError> {
    let author = look.author.clone().unwrap_or_else(|| edition.issuer.clone());
    let bodies = divided(&blocks(edition), edition, look)?;
    let count = bodies.len();
    let all = bodies.into_iter().enumerate().map(|(at, (topics, body))| {
        let name = if count == 1 {
            edition.name()
        } else {
            format!("{}·{}/{count}", edition.name(), at + 1)
        };
        let mut content = opening(edition, &look.title, &name);
        content.push_str(&body);
        content.push_str(&ending(edition, &name, look.picture));
        let digest = format!(
            "{}{}",
            if at == 0 { summary(edition) } else { String::new() },
            inside(&topics)
        );
        Article {
            title: format!("{}（{name}）", look.title),
            author: author.clone(),
            digest: clipped(&digest, DIGEST),
            content,
        }
    });
    Ok(all.collect())
}

/// Blocks put together to as few articles as keep below the limit, each with the topics in it.
fn divided(blocks: &[Block], edition: &Edition, look: &Look) -> Result<Vec<(Vec<String>, String)>, ArticleError> {
    let longest = format!("{}·999/999", edition.name());
    let frame = opening(edition, &look.title, &longest).chars().count()
        + ending(edition, &longest, look.picture).chars().count()
        + if look.picture { PICTURE_ROOM } else { 0 };
    let limit = look.limit.min(CONTENT_MOST);
    let room = limit.saturating_sub(frame + 1);
    let mut bodies: Vec<(Vec<String>, String, usize)> = Vec::new();
    for block in blocks {
        let with_topic = |body: Option<&(Vec<String>, String, usize)>| match &block.topic {
            Some(topic) if body.is_none_or(|(topics, _, _)| topics.last() != Some(topic)) => {
                format!("<h2 style=\"{TOPIC}\">{}</h2>{}", escaped(topic), block.html)
            }
            Some(_) | None => block.html.clone(),
        };
        let mut html = with_topic(bodies.last());
        let used = bodies.last().map_or(0, |(_, _, used)| *used);
        if bodies.is_empty() || used + html.chars().count() > room {
            html = with_topic(None);
            bodies.push((Vec::new(), String::new(), 0));
        }
        let chars = html.chars().count();
        if chars > room {
            let what = block.what.clone();
            return Err(ArticleError::Block {
                what,
                chars,
                most: room,
            });
        }
        if let Some((topics, body, used)) = bodies.last_mut() {
            if let Some(topic) = block.topic.clone().filter(|topic| topics.last() != Some(topic)) {
                topics.push(topic);
            }
            body.push_str(&html);
            *used += chars;
        }
    }
    Ok(bodies.into_iter().map(|(topics, body, _)| (topics, body)).collect())
}

fn blocks(edition: &Edition) -> Vec<Block> {
    let piece = |what: &str, html| Block {
        topic: None,
        what: what.to_owned(),
        html,
    };
    let mut blocks = vec![piece("开头", greeting(edition))];
    for (topic, items) in edition.by_topic() {
        blocks.extend(items.into_iter().map(|item| Block {
            topic: Some(topic.to_owned()),
            what: format!("第 {} 条“{}”", item.number(), item.question),
            html: card(edition, item),
        }));
    }
    blocks.push(piece("结尾", scope(edition)));
    for window in &edition.windows {
        let mut html = format!("<p style=\"{PLAIN}\"><strong>{}</strong>", escaped(&window.bureau));
        for part in [
            window.address.as_deref(),
            window.landline.as_deref(),
            Some(window.hours.as_str()),
        ] {
            let shown = part.filter(|part| !part.is_empty());
            // Writing to a String does not fail.
            let _ = shown.map(|part| write!(html, "<br/>{}", escaped(part)));
        }
        html.push_str("</p>");
        blocks.push(Block {
            topic: Some("办理窗口和电话".to_owned()),
            what: format!("{}的窗口", window.bureau),
            html,
        });
    }
    blocks
}

/// Two sentences and what is new.
fn greeting(edition: &Edition) -> String {
    let mut html = format!(
        "<p style=\"{PLAIN}\">这是{}整理的企业登记常见问题{}，都是企业商户在帮办群里常问的。{}</p>",
        escaped(&edition.issuer),
        edition.name(),
        escaped(&summary(edition))
    );
    let news: Vec<&Item> = edition
        .items
        .iter()
        .filter(|item| item.change != Change::Same && !mark(edition, item).is_empty())
        .collect();
    if news.is_empty() && edition.withdrawn.is_empty() {
        return html;
    }
    let _ = write!(
        html,
        "<h3 style=\"{ASK}margin-top:18px;\">本期变化</h3><ul style=\"margin:0 0 12px;padding-left:22px;\">"
    );
    for item in news.iter().take(NEWS) {
        let _ = write!(
            html,
            "<li style=\"{PLAIN}\">{}：{} {}</li>",
            mark(edition, item),
            item.number(),
            escaped(&item.question)
        );
    }
    if news.len() > NEWS {
        let _ = write!(
            html,
            "<li style=\"{PLAIN}\">另有 {} 条，正文里都有标记</li>",
            news.len() - NEWS
        );
    }
    for gone in edition.withdrawn.iter().take(NEWS) {
        let _ = write!(
            html,
            "<li style=\"{PLAIN}\">撤下：{:03} {}</li>",
            gone.no,
            escaped(&gone.question)
        );
    }
    html.push_str("</ul>");
    html
}

/// 问、答、依据.
fn card(edition: &Edition, item: &Item) -> String {
    let tag = match mark(edition, item) {
        "" => String::new(),
        word => format!("<span style=\"{TAG}\">{word}</span>"),
    };
    let mut html = format!(
        "<section style=\"{CARD}\"><p style=\"{ASK}\">{} {}{tag}</p>",
        item.number(),
        escaped(&item.question)
    );
    for text in &item.lines {
        let _ = match line(text) {
            Line::Labelled(label, rest) => write!(
                html,
                "<p style=\"{PLAIN}\"><strong>{label}：</strong>{}</p>",
                escaped(rest)
            ),
            Line::Step(text) => write!(html, "<p style=\"{PLAIN}padding-left:1em;\">{}</p>", escaped(text)),
            Line::Plain(text) => write!(html, "<p style=\"{PLAIN}\">{}</p>", escaped(text)),
        };
    }
    if !item.basis.is_empty() {
        let _ = write!(
            html,
            "<p style=\"{BASIS}\">依据：{}</p>",
            escaped(&item.basis.join("；"))
        );
    }
    html.push_str("</section>");
    html
}

fn scope(edition: &Edition) -> String {
    format!(
        "<h2 style=\"{TOPIC}\">说明</h2><p style=\"{PLAIN}\">本期内容截至{}，适用于{}所辖登记机关办理的企业、个体工商户登记业务。</p>",
        edition.day(),
        escaped(&edition.issuer)
    )
}

fn opening(edition: &Edition, title: &str, name: &str) -> String {
    format!(
        "<section style=\"{BODY}\"><section style=\"{BAND}\"><p style=\"margin:0;font-size:20px;font-weight:bold;color:#fff;line-height:1.5;\">{}</p><p style=\"margin:6px 0 0;font-size:14px;color:#d7e3f4;\">{name} · {} · {}</p></section>",
        escaped(title.trim_start_matches("【帮办问答】")),
        escaped(&edition.issuer),
        edition.day()
    )
}

fn ending(edition: &Edition, name: &str, picture: bool) -> String {
    format!(
        "{}<p style=\"{SMALL}margin-top:24px;\">{}{name}，{}发布。以登记机关解释为准。</p></section>",
        if picture { PICTURE } else { "" },
        crate::publish::TITLE,
        edition.day()
    )
}

fn inside(topics: &[String]) -> String {
    let named: Vec<&str> = topics.iter().map(String::as_str).collect();
    if named.is_empty() {
        String::new()
    } else {
        format!("本篇：{}。", named.join("、"))
    }
}

fn clipped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

/// The content with the picture where it belongs.
pub fn with_picture(content: &str, url: &str) -> String {
    let tag = format!(
        "<p style=\"text-align:center;margin:24px 0 0;\"><img src=\"{}\" style=\"max-width:60%;\"/></p>",
        escaped(url)
    );
    content.replace(PICTURE, &tag)
}

/// The articles of a draft as one page for a browser, to look at before anything is sent.
pub fn page(article: &Article) -> String {
    format!(
        "<!doctype html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width\"/><title>{0}</title></head><body style=\"margin:16px;max-width:677px;font-family:sans-serif;\"><h1 style=\"font-size:22px;line-height:1.4;\">{0}</h1><p style=\"{SMALL}\">{1}</p>{2}</body></html>\n",
        escaped(&article.title),
        escaped(&article.author),
        article.content.replace(PICTURE, "")
    )
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c if c.is_control() => {}
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests;
