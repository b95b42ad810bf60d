//! Words with a little dress: bold, and people who are called. Each adapter renders and escapes them its own way.

use serde::{Deserialize, Serialize};

use crate::domain::chat::capabilities::{TextLimit, TextUnit};

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

    /// Adds other words as they are dressed.
    #[must_use]
    pub fn then(mut self, more: &Rich) -> Rich {
        self.0.extend(more.0.iter().cloned());
        self
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.words().is_empty())
    }

    /// The words alone.
    pub fn words(&self) -> String {
        self.0.iter().map(Span::words).collect()
    }

    /// Puts words in the place of others that somebody wrote, where these stand by themselves: as lines of their own, behind
    /// a colon, in quotation marks. Whether they stood there.
    pub fn replace_said(&mut self, said: &str, by: &str) -> bool {
        let mut replaced = false;
        for span in &mut self.0 {
            if let Span::Plain(text) | Span::Bold(text) = span
                && let Some(new) = with_said_replaced(text, said, by)
            {
                *text = new;
                replaced = true;
            }
        }
        replaced
    }

    /// The length of the words in a channel's unit.
    pub fn length(&self, unit: TextUnit) -> usize {
        self.0.iter().map(|span| unit.count(span.words())).sum()
    }

    /// Whether a channel takes the words in one message.
    pub fn fits(&self, limit: TextLimit) -> bool {
        self.length(limit.unit) <= limit.most
    }

    /// Parts that each hold at most the limit, cut on line ends, where a line is too long between sentences, and where
    /// a sentence is too long between characters; never inside a span's markup, and nothing is lost.
    pub fn split(&self, limit: TextLimit) -> Vec<Rich> {
        let mut parts = vec![Rich::default()];
        let mut room = limit.most;
        for span in &self.0 {
            for piece in pieces(span, limit) {
                let length = limit.unit.count(piece.words());
                if length > room {
                    parts.push(Rich::default());
                    room = limit.most;
                }
                room = room.saturating_sub(length);
                if let Some(part) = parts.last_mut() {
                    part.0.push(piece);
                }
            }
        }
        parts.retain(|part| !part.words().trim().is_empty());
        parts
    }
}

/// The span cut after each line end; a line that is too long after each sentence, a sentence that is between characters.
fn pieces(span: &Span, limit: TextLimit) -> Vec<Span> {
    const ENDS: [char; 5] = ['。', '！', '？', '；', '\n'];
    let fits = |words: &str| limit.unit.count(words) <= limit.most;
    let mut cut: Vec<&str> = Vec::new();
    for line in span.words().split_inclusive('\n') {
        if fits(line) {
            cut.push(line);
            continue;
        }
        for sentence in line.split_inclusive(ENDS) {
            if fits(sentence) {
                cut.push(sentence);
            } else {
                cut.extend(between_characters(sentence, limit));
            }
        }
    }
    cut.into_iter().map(|words| dressed(span, words)).collect()
}

/// Words of a span, dressed as the span is.
fn dressed(span: &Span, words: &str) -> Span {
    let words = words.to_owned();
    match span {
        Span::Plain(_) => Span::Plain(words),
        Span::Bold(_) => Span::Bold(words),
        Span::Person { account, .. } => Span::Person {
            name: words,
            account: account.clone(),
        },
    }
}

fn between_characters(sentence: &str, limit: TextLimit) -> Vec<&str> {
    let (mut cut, mut from, mut length) = (Vec::new(), 0, 0);
    for (at, character) in sentence.char_indices() {
        let wide = limit.unit.count(character.encode_utf8(&mut [0; 4]));
        if length + wide > limit.most && at > from {
            cut.push(&sentence[from..at]);
            (from, length) = (at, 0);
        }
        length += wide;
    }
    cut.push(&sentence[from..]);
    cut
}

/// The text with other words in it; none where those that were said do not stand in it by themselves. Who types a number
/// digit by digit says words that stand in everything: only whole ones are theirs.
fn with_said_replaced(text: &str, said: &str, by: &str) -> Option<String> {
    let alone = |start: usize, end: usize| {
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        before.is_none_or(|c| matches!(c, '\n' | '：' | '“' | '「'))
            && after.is_none_or(|c| matches!(c, '\n' | '”' | '」'))
    };
    let found: Vec<usize> = match said.is_empty() {
        true => Vec::new(),
        false => text.match_indices(said).map(|(start, _)| start).collect(),
    };
    let (mut new, mut done) = (String::new(), 0);
    for start in found {
        let end = start + said.len();
        if alone(start, end) {
            new.push_str(&text[done..start]);
            new.push_str(by);
            done = end;
        }
    }
    (done > 0).then(|| new + &text[done..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_said_is_replaced_where_it_stands_by_itself() {
        let mut card = Rich::default()
            .bold("Q1")
            .plain(" 张三问：\n139\n1\n1. 带执照 139 号窗口，“139”");
        assert!(card.replace_said("139", "［手机号］") && card.replace_said("1", "＊"));
        assert_eq!(
            card.words(),
            "Q1 张三问：\n［手机号］\n＊\n1. 带执照 139 号窗口，“［手机号］”"
        );
        assert!(!card.replace_said("", "＊") && !card.replace_said("139", "＊"));
    }

    fn utf16(most: usize) -> TextLimit {
        let unit = TextUnit::Utf16;
        TextLimit { most, unit }
    }

    fn words(parts: &[Rich]) -> Vec<String> {
        parts.iter().map(Rich::words).collect()
    }

    #[test]
    fn long_text_is_cut_on_line_ends_and_nothing_is_lost() {
        let text = Rich::default()
            .bold("标题\n")
            .plain("一二三四五\n六七八九十\n")
            .plain("😀😀😀");
        let parts = text.split(utf16(8));
        assert_eq!(words(&parts).concat(), text.words());
        assert!(parts.iter().all(|part| part.fits(utf16(8))));
        assert_eq!(parts[0].words(), "标题\n");
    }

    #[test]
    fn a_line_longer_than_the_limit_is_cut_between_sentences_then_between_characters() {
        let parts = Rich::from("😀".repeat(5)).split(utf16(4));
        assert_eq!(words(&parts), ["😀😀", "😀😀", "😀"]);
        let text = Rich::from("先交表。再领照！\n最后一句话很长很长很长。");
        let bytes = TextLimit {
            most: 15,
            unit: TextUnit::Bytes,
        };
        let parts = text.split(bytes);
        assert_eq!(
            words(&parts),
            ["先交表。", "再领照！\n", "最后一句话", "很长很长很", "长。"]
        );
        assert!(parts.iter().all(|part| part.fits(bytes)));
    }

    #[test]
    fn each_channel_counts_in_its_own_unit() {
        let text = Rich::from("号😀");
        let counted = [TextUnit::Utf16, TextUnit::Bytes, TextUnit::Characters].map(|unit| text.length(unit));
        assert_eq!(counted, [3, 7, 2]);
    }
}
