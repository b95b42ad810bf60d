//! HTML mode as the server reads it: plain text and entities, or the server's words of refusal.

use serde_json::{Map, Value, json};

const TAGS: [(&str, &str); 16] = [
    ("b", "bold"),
    ("strong", "bold"),
    ("i", "italic"),
    ("em", "italic"),
    ("u", "underline"),
    ("ins", "underline"),
    ("s", "strikethrough"),
    ("strike", "strikethrough"),
    ("del", "strikethrough"),
    ("code", "code"),
    ("pre", "pre"),
    ("a", "text_link"),
    ("blockquote", "blockquote"),
    ("tg-spoiler", "spoiler"),
    ("tg-emoji", "custom_emoji"),
    ("span", "spoiler"),
];

pub struct Formatted {
    pub text: String,
    pub entities: Vec<Value>,
}

impl Formatted {
    pub fn plain(text: &str) -> Self {
        Self {
            text: text.trim().to_owned(),
            entities: Vec::new(),
        }
    }
}

struct Open {
    tag: String,
    kind: &'static str,
    at: usize,
    link: Option<String>,
}

/// Length as Telegram counts it.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Parses `source`; the error is the text after `can't parse entities: `.
pub fn parse(source: &str) -> Result<Formatted, String> {
    let mut text = String::new();
    let mut entities = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut at = 0;
    while let Some(next) = source[at..].chars().next() {
        match next {
            '&' => at += reference(&source[at..], &mut text),
            '<' if source[at..].starts_with("</") => {
                let end = source[at..]
                    .find('>')
                    .ok_or_else(|| format!("Unclosed end tag at byte offset {at}"))?;
                let name = source[at + 2..at + end].trim_end().to_lowercase();
                let Some(last) = open.pop() else {
                    return Err(format!("Unexpected end tag at byte offset {at}"));
                };
                if !name.is_empty() && name != last.tag {
                    return Err(format!(
                        "Unmatched end tag at byte offset {at}, expected \"</{}>\", found \"</{name}>\"",
                        last.tag
                    ));
                }
                close(&text, last, &mut entities);
                at += end + 1;
            }
            '<' => {
                let end = tag_end(&source[at..]).ok_or_else(|| format!("Unclosed start tag at byte offset {at}"))?;
                open.push(start(&source[at + 1..at + end], at, units(&text))?);
                at += end + 1;
            }
            other => {
                text.push(other);
                at += other.len_utf8();
            }
        }
    }
    if let Some(last) = open.pop() {
        return Err(format!(
            "Can't find end tag corresponding to start tag \"{}\"",
            last.tag
        ));
    }
    Ok(trimmed(&text, entities))
}

fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    rest.char_indices().skip(1).find_map(|(at, c)| match quote {
        Some(open) if c == open => {
            quote = None;
            None
        }
        Some(_) => None,
        None if c == '"' || c == '\'' => {
            quote = Some(c);
            None
        }
        None => (c == '>').then_some(at),
    })
}

fn start(inside: &str, at: usize, offset: usize) -> Result<Open, String> {
    let (name, attributes) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
    let tag = name.to_lowercase();
    let Some((_, kind)) = TAGS.iter().find(|(known, _)| *known == tag) else {
        return Err(format!("Unsupported start tag \"{tag}\" at byte offset {at}"));
    };
    let attributes = read_attributes(attributes, &tag, at)?;
    let value = |key: &str| attributes.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone());
    if tag == "span" && value("class").as_deref() != Some("tg-spoiler") {
        return Err(format!(
            "Tag \"span\" must have class \"tg-spoiler\" at byte offset {at}"
        ));
    }
    Ok(Open {
        tag,
        kind,
        at: offset,
        link: value("href"),
    })
}

fn read_attributes(source: &str, tag: &str, at: usize) -> Result<Vec<(String, String)>, String> {
    let mut found = Vec::new();
    let mut rest = source.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        if end == 0 {
            return Err(format!("Empty attribute name in the tag \"{tag}\" at byte offset {at}"));
        }
        let key = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let Some(value) = rest.strip_prefix('=') else {
            if tag == "blockquote" && key == "expandable" {
                found.push((key, String::new()));
                continue;
            }
            return Err(format!(
                "Expected equal sign in declaration of an attribute of the tag \"{tag}\" at byte offset {at}"
            ));
        };
        let value = value.trim_start();
        let (raw, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..]
                .split_once(quote)
                .ok_or_else(|| format!("Unclosed start tag at byte offset {at}"))?,
            _ => value.split_once(char::is_whitespace).unwrap_or((value, "")),
        };
        let mut decoded = String::new();
        let mut seen = 0;
        while let Some(c) = raw[seen..].chars().next() {
            if c == '&' {
                seen += reference(&raw[seen..], &mut decoded);
            } else {
                decoded.push(c);
                seen += c.len_utf8();
            }
        }
        found.push((key, decoded));
        rest = after.trim_start();
    }
    Ok(found)
}

/// Reads one `&…;` into `text`; what the server does not know stays as it is.
fn reference(rest: &str, text: &mut String) -> usize {
    let name = rest[1..].split(';').next().filter(|name| name.len() + 1 < rest.len());
    let read = name.and_then(|name| {
        let c = match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            _ => {
                let number = name.strip_prefix('#')?;
                let code = match number.strip_prefix('x') {
                    Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code)?
            }
        };
        Some((c, name.len() + 2))
    });
    let (c, length) = read.unwrap_or(('&', 1));
    text.push(c);
    length
}

fn close(text: &str, open: Open, entities: &mut Vec<Value>) {
    let length = units(text) - open.at;
    if length == 0 {
        return;
    }
    let mut entity = Map::new();
    entity.insert("type".into(), json!(open.kind));
    entity.insert("offset".into(), json!(open.at));
    entity.insert("length".into(), json!(length));
    if open.kind == "text_link" {
        let Some(link) = open.link.filter(|link| link.contains("://")) else {
            return;
        };
        entity.insert("url".into(), json!(link));
    }
    entities.push(Value::Object(entity));
}

/// The server trims both ends and moves the entities with the text.
fn trimmed(text: &str, entities: Vec<Value>) -> Formatted {
    let lead = units(text) - units(text.trim_start());
    let kept = text.trim();
    let whole = units(kept);
    let mut moved: Vec<Value> = entities
        .into_iter()
        .filter_map(|mut entity| {
            let from = entity["offset"].as_u64()? as usize;
            let to = from + entity["length"].as_u64()? as usize;
            let from = from.saturating_sub(lead);
            let to = to.saturating_sub(lead).min(whole);
            entity["offset"] = json!(from);
            entity["length"] = json!(to.checked_sub(from).filter(|length| *length > 0)?);
            Some(entity)
        })
        .collect();
    moved.sort_by_key(|e| (e["offset"].as_u64(), std::cmp::Reverse(e["length"].as_u64())));
    Formatted {
        text: kept.to_owned(),
        entities: moved,
    }
}
