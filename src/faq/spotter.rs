//! Which of many words a text holds.

use rustc_hash::FxHashMap;

/// Words with what each stands for, all looked for in one pass over a text.
#[derive(Debug, Clone)]
pub(super) struct Spotter<T>(FxHashMap<char, Vec<(Box<str>, T)>>);

impl<T> Spotter<T> {
    /// Words, each with what it stands for; empty ones are in no text.
    pub(super) fn new(words: impl Iterator<Item = (String, T)>) -> Spotter<T> {
        let mut spotter = Spotter::default();
        for (word, meaning) in words {
            if let Some(first) = word.chars().next() {
                spotter.0.entry(first).or_default().push((word.into(), meaning));
            }
        }
        spotter
    }

    /// What the words of a text stand for, each word as often as it is there.
    pub(super) fn spotted<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a T> {
        text.char_indices()
            .flat_map(move |(at, _)| self.begun(&text[at..]).map(|(_, meaning)| meaning))
    }

    /// The words a text begins with, each with what it stands for.
    pub(super) fn begun<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, &'a T)> {
        let words = text.chars().next().and_then(|first| self.0.get(&first));
        let there = words
            .into_iter()
            .flatten()
            .filter(|(word, _)| text.starts_with(&**word));
        there.map(|(word, meaning)| (&**word, meaning))
    }

    /// Whether a text holds any of the words.
    pub(super) fn any(&self, text: &str) -> bool {
        self.spotted(text).next().is_some()
    }
}

impl<T> Default for Spotter<T> {
    fn default() -> Spotter<T> {
        Spotter(FxHashMap::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_wherever_it_stands() {
        let words = ["注销", "简易注销", "?", ""];
        let spotter = Spotter::new(words.iter().zip(0..).map(|(word, place)| ((*word).to_owned(), place)));
        let mut spotted: Vec<i32> = spotter.spotted("简易注销要公示?注销呢?").copied().collect();
        spotted.sort_unstable();
        assert_eq!(spotted, [0, 0, 1, 2, 2]);
        assert!(spotter.any("不?") && !spotter.any("简易") && !spotter.any(""));
    }
}
