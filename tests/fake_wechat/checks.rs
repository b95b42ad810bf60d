//! What it takes of an article.

use serde_json::Value;

use super::World;

/// Tags that survive in an article.
const TAGS: [&str; 19] = [
    "p",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "blockquote",
    "table",
    "section",
    "img",
    "span",
    "br",
    "tbody",
    "tr",
    "td",
    "th",
    "thead",
];

/// The limits of api_draft_add.
pub fn article_refused(world: &World, article: &Value) -> Result<(), i64> {
    let text = |name: &str| article[name].as_str().unwrap_or_default().to_owned();
    let chars = |name: &str| text(name).chars().count();
    let content = text("content");
    if !world.covers.contains(&text("thumb_media_id")) {
        return Err(40007);
    }
    if chars("title") == 0 || chars("title") > 32 {
        return Err(45003);
    }
    if chars("author") > 16 {
        return Err(45110);
    }
    if chars("digest") > 128 {
        return Err(45004);
    }
    if chars("content") >= 20_000 || content.len() >= 1_000_000 {
        return Err(45002);
    }
    for tag in content.split('<').skip(1) {
        let tag = tag.trim_start_matches('/');
        let name = tag.split([' ', '>', '/']).next().unwrap();
        let inside = tag.split('>').next().unwrap();
        let stripped = ["class=", "id=", "onerror", "href="]
            .iter()
            .any(|word| inside.contains(word));
        let foreign = name == "img" && !world.pictures.iter().any(|url| inside.contains(url.as_str()));
        if !TAGS.contains(&name) || stripped || foreign {
            return Err(45166);
        }
    }
    Ok(())
}
