//! The content of a message: its words as the server parses them, and its media.

use serde_json::{Map, Value, json};

use super::faults::ApiError;
use super::html::{self, Formatted};
use super::http::Params;

pub fn written(params: &Params, field: Option<&str>) -> Option<String> {
    let words = params.text(if field.is_some() { "caption" } else { "text" });
    params.value("parse_mode").and(words)
}

pub fn put_words(fields: &mut Map<String, Value>, words: &Formatted, is_text: bool) {
    let (key, entities) = if is_text {
        ("text", "entities")
    } else {
        ("caption", "caption_entities")
    };
    if !words.text.is_empty() {
        fields.insert(key.into(), json!(words.text));
    }
    if !words.entities.is_empty() {
        fields.insert(entities.into(), json!(words.entities));
    }
}

pub fn formatted(params: &Params, field: &str, limit: usize) -> Result<Formatted, ApiError> {
    let source = params.text(field).unwrap_or_default();
    let mode = params.text("parse_mode").unwrap_or_default();
    let words = match mode.to_lowercase().as_str() {
        "" => Formatted::plain(&source),
        "html" => html::parse(&source).map_err(|why| ApiError::mistake(format!("can't parse entities: {why}")))?,
        _ => return Err(ApiError::mistake("unsupported parse_mode")),
    };
    let is_text = field == "text";
    if is_text && words.text.is_empty() {
        return Err(ApiError::mistake("message text is empty"));
    }
    if html::units(&words.text) > limit {
        let what = if is_text { "message" } else { "message caption" };
        return Err(ApiError::mistake(format!("{what} is too long")));
    }
    Ok(words)
}

/// The media object of a message for a file.
pub fn media(field: &str, id: &str) -> Value {
    let file = |id: &str| json!({"file_id": id, "file_unique_id": format!("u-{id}"), "file_size": 1024});
    let mut one = file(id);
    match field {
        "photo" => {
            let mut small = file(&format!("{id}-small"));
            for (size, side) in [(&mut small, 90), (&mut one, 1280)] {
                size["width"] = json!(side);
                size["height"] = json!(side);
            }
            return json!([small, one]);
        }
        "voice" => {
            one["duration"] = json!(7);
            one["mime_type"] = json!("audio/ogg");
        }
        _ => {
            one["file_name"] = json!(format!("{id}.pdf"));
            one["mime_type"] = json!("application/pdf");
        }
    }
    one
}
