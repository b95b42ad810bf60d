//! Rich text and buttons in Telegram's forms. The one place where words become HTML.

use std::borrow::Cow;

use teloxide::types::{
    ButtonRequest, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, KeyboardMarkup, ReplyMarkup,
};

use crate::domain::chat::owed::Button;
use crate::domain::chat::rich::{Rich, Span};
use crate::domain::wording::button;

/// Rich text as Bot API HTML ("HTML style": `& < >` escaped everywhere, `"` in attributes as well).
pub(super) fn html(text: &Rich) -> String {
    let piece = |span: &Span| match span {
        Span::Plain(words) => escaped(words).into_owned(),
        Span::Bold(words) if words.trim().is_empty() => escaped(words).into_owned(),
        Span::Bold(words) => format!("<b>{}</b>", escaped(words)),
        Span::Person { name, account } => match account.as_deref().filter(|id| numeric(id)) {
            Some(id) => format!("<a href=\"tg://user?id={id}\">{}</a>", escaped(name)),
            None => escaped(name).into_owned(),
        },
    };
    text.0.iter().map(piece).collect()
}

/// An account of Telegram is a number; of another channel it would only break the link.
fn numeric(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit())
}

fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"']) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    Cow::Owned(safe)
}

/// Buttons under a message; none for no buttons.
pub(super) fn keyboard(rows: &[Vec<Button>]) -> Option<InlineKeyboardMarkup> {
    let button = |button: &Button| InlineKeyboardButton::callback(button.label.clone(), button.token.clone());
    let rows: Vec<Vec<InlineKeyboardButton>> = rows
        .iter()
        .filter(|row| !row.is_empty())
        .map(|row| row.iter().map(button).collect())
        .collect();
    (!rows.is_empty()).then(|| InlineKeyboardMarkup::new(rows))
}

/// The button in place of the keyboard that shares the reader's own number; Telegram has it in private chats only.
pub(super) fn contact_keyboard() -> ReplyMarkup {
    let button = KeyboardButton::new(button::SHARE_CONTACT).request(ButtonRequest::Contact);
    ReplyMarkup::Keyboard(KeyboardMarkup::new([[button]]).one_time_keyboard().resize_keyboard())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_escaped_and_dressed() {
        let text = Rich::default()
            .bold("甲 & 乙 <b>\n")
            .plain("\"引号\" > 1\n")
            .person("王<敏>", Some("42"))
            .person("李强", None)
            .person("网页", Some("u:7\"onclick"))
            .bold(" ");
        assert_eq!(
            html(&text),
            "<b>甲 &amp; 乙 &lt;b&gt;\n</b>&quot;引号&quot; &gt; 1\n\
             <a href=\"tg://user?id=42\">王&lt;敏&gt;</a>李强网页 "
        );
    }

    #[test]
    fn empty_rows_make_no_keyboard() {
        assert!(keyboard(&[]).is_none() && keyboard(&[vec![]]).is_none());
        let rows = vec![
            vec![Button {
                label: "认领".to_owned(),
                token: "t".to_owned(),
                typed: String::new(),
            }],
            vec![],
        ];
        assert_eq!(keyboard(&rows).unwrap().inline_keyboard.len(), 1);
    }
}
