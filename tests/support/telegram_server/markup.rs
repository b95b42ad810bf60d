//! Keyboards under messages: what the server accepts, and what a person sees.

use serde_json::{Value, json};

use super::faults::ApiError;
use super::http::Params;

const BUTTONS: usize = 100;

/// Reads `reply_markup`, refusing what the server refuses.
pub fn read(params: &Params) -> Result<Option<Value>, ApiError> {
    let Some(markup) = params.object("reply_markup")? else {
        return Ok(None);
    };
    let Some(rows) = markup.get("inline_keyboard") else {
        let known = ["keyboard", "remove_keyboard", "force_reply"];
        return if known.iter().any(|key| markup.get(key).is_some()) {
            Ok(Some(markup))
        } else {
            Err(ApiError::mistake("object expected as reply markup"))
        };
    };
    let rows = rows
        .as_array()
        .ok_or_else(|| ApiError::mistake("field \"inline_keyboard\" must be of the type Array"))?;
    let mut count = 0;
    for row in rows {
        let row = row
            .as_array()
            .ok_or_else(|| ApiError::mistake("field \"inline_keyboard\" must be an Array of Arrays"))?;
        for button in row {
            count += 1;
            check(button)?;
        }
    }
    if count > BUTTONS {
        return Err(ApiError::mistake("reply markup is too long"));
    }
    Ok(Some(markup))
}

fn check(button: &Value) -> Result<(), ApiError> {
    if button["text"].as_str().unwrap_or("").trim().is_empty() {
        return Err(ApiError::mistake(
            "can't parse inline keyboard button: Field \"text\" must be of type String",
        ));
    }
    if let Some(data) = button.get("callback_data").filter(|data| !data.is_null()) {
        let length = data.as_str().unwrap_or("").len();
        if !(1..=64).contains(&length) {
            return Err(ApiError::mistake("BUTTON_DATA_INVALID"));
        }
        return Ok(());
    }
    if let Some(url) = button["url"].as_str() {
        let known = ["http://", "https://", "tg://"]
            .iter()
            .any(|start| url.starts_with(start));
        if !known {
            return Err(ApiError::mistake(format!(
                "inline keyboard button URL '{url}' is invalid: Wrong HTTP URL"
            )));
        }
        return Ok(());
    }
    if ["web_app", "copy_text", "login_url"]
        .iter()
        .any(|key| button.get(key).is_some())
    {
        return Ok(());
    }
    Err(ApiError::mistake("text buttons are unallowed in the inline keyboard"))
}

/// Rows of (label, data). A plain keyboard's data is what the button asks for, or nothing.
pub fn buttons(markup: Option<&Value>) -> Vec<Vec<(String, String)>> {
    let rows = markup.and_then(|m| m.get("inline_keyboard").or_else(|| m.get("keyboard")));
    rows.and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_array)
        .filter(|row| !row.is_empty())
        .map(|row| row.iter().map(label_and_data).collect())
        .collect()
}

fn label_and_data(button: &Value) -> (String, String) {
    let label = button["text"].as_str().or(button.as_str()).unwrap_or("").to_owned();
    let data = button["callback_data"].as_str().or(button["url"].as_str());
    let asks = if button["request_contact"] == json!(true) {
        "request_contact"
    } else {
        ""
    };
    (label, data.unwrap_or(asks).to_owned())
}
