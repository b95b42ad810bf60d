//! Words that the city desk wants looked at before others read them, and that the bot never repeats. They are found
//! through blanks, signs, full width, capitals and traditional characters between and in them.

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::UnicodeNormalization as _;

/// Instead of a character the bot does not repeat.
const STAR: char = '＊';
/// A word of one character would be found everywhere.
const SHORTEST: usize = 2;

/// The list.
#[derive(Debug, Default)]
pub struct Listed {
    words: Option<AhoCorasick>,
    amount: usize,
}

/// A line of the list that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// Its line, from 1.
    pub line: usize,
    /// What it says.
    pub word: String,
}

impl Listed {
    /// A list with one word a line; empty lines and what follows `#` say nothing. A line with fewer than two characters
    /// to read is left out and named.
    pub fn of(text: &str) -> (Listed, Vec<Unfit>) {
        let (mut words, mut unfit) = (Vec::new(), Vec::new());
        for (at, line) in text.lines().enumerate() {
            let line = line.trim_start_matches('\u{feff}');
            let word = line.split('#').next().unwrap_or_default().trim();
            let read: String = read(word).map(|(_, c)| c).collect();
            match read.chars().count() {
                _ if word.is_empty() => {}
                0..SHORTEST => unfit.push(Unfit {
                    line: at + 1,
                    word: word.to_owned(),
                }),
                _ => words.push(read),
            }
        }
        let amount = words.len();
        // The longest at a place, so that all of it is starred.
        let built = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&words);
        let words = built.ok().filter(|_| amount > 0);
        (Listed { words, amount }, unfit)
    }

    /// How many words it has.
    pub fn amount(&self) -> usize {
        self.amount
    }

    /// Whether a text has one of its words.
    pub fn finds(&self, text: &str) -> bool {
        let read = || read(text).map(|(_, c)| c).collect::<String>();
        self.words.as_ref().is_some_and(|words| words.is_match(&read()))
    }

    /// The text with stars instead of its words; none where it has none of them.
    pub fn starred(&self, text: &str) -> Option<String> {
        let words = self.words.as_ref()?;
        // Of each byte that is looked through, the byte of the text where its character begins.
        let (mut looked, mut from) = (String::new(), Vec::new());
        for (at, c) in read(text) {
            looked.push(c);
            from.resize(looked.len(), at);
        }
        let mut stars = Vec::new();
        for found in words.find_iter(&looked) {
            stars.push(from[found.start()]..=from[found.end() - 1]);
        }
        if stars.is_empty() {
            return None;
        }
        let starred = text
            .char_indices()
            .map(|(at, c)| match stars.iter().any(|star| star.contains(&at)) {
                true => STAR,
                false => c,
            });
        Some(starred.collect())
    }
}

/// What is read of a text, each character with the byte where the one it comes from begins: signs and blanks left out, one
/// form of what looks the same.
fn read(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    text.char_indices().flat_map(|(at, c)| {
        let folded: String = std::iter::once(c).nfkc().flat_map(char::to_lowercase).collect();
        let simple: Vec<char> = fast2s::convert(&folded)
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect();
        simple.into_iter().map(move |c| (at, c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_however_they_are_written() {
        let (listed, unfit) = Listed::of("\u{feff}# 广告\n代开票 # 说明\n\n賭場\nvx号\n—\n的\n");
        assert_eq!(listed.amount(), 3);
        let said: Vec<(usize, &str)> = unfit.iter().map(|unfit| (unfit.line, unfit.word.as_str())).collect();
        assert_eq!(said, [(6, "—"), (7, "的")]);
        for (text, starred) in [
            ("找我代开票，便宜", "找我＊＊＊，便宜"),
            ("代 开.票", "＊＊＊＊＊"),
            ("去赌场", "去＊＊"),
            ("加ＶＸ號 abc", "加＊＊＊ abc"),
        ] {
            assert!(listed.finds(text), "{text}");
            assert_eq!(listed.starred(text).as_deref(), Some(starred));
        }
        for text in ["怎么开票？", "", "代办", "……"] {
            assert!(!listed.finds(text) && listed.starred(text).is_none(), "{text}");
        }
    }

    #[test]
    fn an_empty_list_finds_nothing() {
        let (listed, unfit) = Listed::of("# 只有说明\n");
        assert!(listed.amount() == 0 && unfit.is_empty() && !listed.finds("只有说明"));
    }
}
