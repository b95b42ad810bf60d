//! Words with a little dress: bold, and people who are called. Each adapter renders and escapes them its own way.

use serde::{Deserialize, Serialize};

/// Rich text: plain pieces, bold pieces and people, each escaped by the adapter that renders it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rich(pub Vec<Span>);

/// A piece of rich text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Span {
    /// As it stands, line breaks included.
    Plain(String),
    /// Emphasised.
    Bold(String),
    /// A person, mentioned by account where the channel can.
    Person {
        /// The name shown.
        name: String,
        /// Their account in the channel where this is said.
        account: Option<String>,
    },
}

impl Span {
    /// The words without their dress.
    pub fn words(&self) -> &str {
        match self {
            Span::Plain(text) | Span::Bold(text) => text,
            Span::Person { name, .. } => name,
        }
    }
}

impl From<&str> for Rich {
    fn from(text: &str) -> Rich {
        Rich(vec![Span::Plain(text.to_owned())])
    }
}

impl From<String> for Rich {
    fn from(text: String) -> Rich {
        Rich(vec![Span::Plain(text)])
    }
}

impl Rich {
    /// Adds plain words.
    #[must_use]
    pub fn plain(mut self, text: impl Into<String>) -> Rich {
        self.0.push(Span::Plain(text.into()));
        self
    }

    /// Adds emphasised words.
    #[must_use]
    pub fn bold(mut self, text: impl Into<String>) -> Rich {
        self.0.push(Span::Bold(text.into()));
        self
    }

    /// Adds a person.
    #[must_use]
    pub fn person(mut self, name: &str, account: Option<&str>) -> Rich {
        self.0.push(Span::Person {
            name: name.to_owned(),
            account: account.map(str::to_owned),
        });
        self
    }

    /// The words alone.
    pub fn words(&self) -> String {
        self.0.iter().map(Span::words).collect()
    }

    /// Length in UTF-16 units, the unit of Telegram's limit (4096 after entities are parsed).
    pub fn utf16_len(&self) -> usize {
        self.0.iter().map(|span| span.words().encode_utf16().count()).sum()
    }

    /// Parts of at most `limit` UTF-16 units, cut on line ends where there are any, never inside a span's markup.
    pub fn split(&self, limit: usize) -> Vec<Rich> {
        let mut parts = vec![Rich::default()];
        let mut room = limit;
        for span in &self.0 {
            for piece in lines_within(span, limit) {
                let length = piece.words().encode_utf16().count();
                if length > room {
                    parts.push(Rich::default());
                    room = limit;
                }
                room -= length;
                if let Some(part) = parts.last_mut() {
                    part.0.push(piece);
                }
            }
        }
        parts.retain(|part| !part.words().trim().is_empty());
        parts
    }
}

/// The span cut after each line end, and lines longer than `limit` cut between characters.
fn lines_within(span: &Span, limit: usize) -> Vec<Span> {
    let dressed = |text: String| match span {
        Span::Plain(_) => Span::Plain(text),
        Span::Bold(_) => Span::Bold(text),
        Span::Person { account, .. } => Span::Person {
            name: text,
            account: account.clone(),
        },
    };
    let mut pieces = Vec::new();
    for line in span.words().split_inclusive('\n') {
        let mut piece = String::new();
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf16() > limit {
                pieces.push(dressed(std::mem::take(&mut piece)));
                length = 0;
            }
            length += character.len_utf16();
            piece.push(character);
        }
        if !piece.is_empty() {
            pieces.push(dressed(piece));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_text_is_cut_on_line_ends_and_nothing_is_lost() {
        let text = Rich::default()
            .bold("标题\n")
            .plain("一二三四五\n六七八九十\n")
            .plain("😀😀😀");
        let parts = text.split(8);
        assert_eq!(parts.iter().map(Rich::words).collect::<String>(), text.words());
        assert!(parts.iter().all(|part| part.utf16_len() <= 8));
        assert_eq!(parts[0].words(), "标题\n");
    }

    #[test]
    fn a_line_longer_than_the_limit_is_cut_between_characters() {
        let parts = Rich::from("😀".repeat(5)).split(4);
        assert_eq!(
            parts.iter().map(Rich::words).collect::<Vec<_>>(),
            ["😀😀", "😀😀", "😀"]
        );
    }
}
