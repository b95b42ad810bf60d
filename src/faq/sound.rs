//! How characters sound, and which words a misspelt one was meant to be.
//! Tones, flat and curled tongue, and front and back nasals are not told apart: those are what people confuse.

use std::sync::OnceLock;

use pinyin::ToPinyin as _;
use rustc_hash::FxHashMap;

/// The sound of one character without its tone, `zh` as `z`, `ng` as `n`; none for what is no Chinese character.
pub fn heard(c: char) -> Option<&'static str> {
    static SOUNDS: OnceLock<FxHashMap<&'static str, &'static str>> = OnceLock::new();
    let plain = c.to_pinyin()?.plain();
    SOUNDS.get_or_init(folded).get(plain).copied()
}

/// The same for a text of one character; anything else stands for itself.
pub fn of(text: &str) -> &str {
    text.chars().next().and_then(heard).unwrap_or(text)
}

/// Every syllable that folds to another one. The folded forms live as long as the program.
fn folded() -> FxHashMap<&'static str, &'static str> {
    let mut sounds = FxHashMap::default();
    for c in '\u{4e00}'..='\u{9fff}' {
        let Some(syllable) = c.to_pinyin() else { continue };
        let plain = syllable.plain();
        sounds.entry(plain).or_insert_with(|| fold(plain));
    }
    sounds
}

fn fold(plain: &'static str) -> &'static str {
    // `ng` first: the rest is a slice of the same text except where an `h` must go.
    let short = plain
        .strip_suffix('g')
        .filter(|rest| rest.ends_with('n'))
        .unwrap_or(plain);
    match short.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => {
            let text: String = short
                .chars()
                .enumerate()
                .filter(|(i, _)| *i != 1)
                .map(|(_, c)| c)
                .collect();
            Box::leak(text.into_boxed_str())
        }
        _ => short,
    }
}

/// A pair of the vocabulary counts as known from so many phrasings on.
const KNOWN: u32 = 2;
/// So often must what was meant be used to beat a pair that was seen, and one that is a word of the language.
const KNOWN_BEATEN: u32 = 20;
const WORD_BEATEN: u32 = 30;

/// How a pair of characters sounds.
type Sounds = [Option<&'static str>; 2];

/// Which pairs of characters the knowledge base uses, by their sound.
#[derive(Debug, Clone, Default)]
pub struct Spelling {
    counts: FxHashMap<[char; 2], u32>,
    /// Pairs that count as known, in the order of their sounds.
    by_sound: Vec<(Sounds, [char; 2])>,
}

impl Spelling {
    /// Learns the pairs of normalised texts.
    pub fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Spelling {
        let mut counts: FxHashMap<[char; 2], u32> = FxHashMap::default();
        for text in texts {
            let chars: Vec<char> = text.chars().collect();
            for pair in chars
                .windows(2)
                .filter(|pair| pair.iter().all(|c| c.to_pinyin().is_some()))
            {
                *counts.entry([pair[0], pair[1]]).or_default() += 1;
            }
        }
        counts.shrink_to_fit();
        let known = counts.iter().filter(|(_, count)| **count >= KNOWN);
        let mut by_sound: Vec<(Sounds, [char; 2])> = known.map(|(pair, _)| (pair.map(heard), *pair)).collect();
        by_sound.sort_unstable();
        Spelling { counts, by_sound }
    }

    /// The known pairs that sound so.
    fn sounding(&self, sounds: Sounds) -> impl Iterator<Item = &[char; 2]> {
        let from = self.by_sound.partition_point(|(of, _)| *of < sounds);
        let alike = self.by_sound[from..].iter().take_while(move |(of, _)| *of == sounds);
        alike.map(|(_, pair)| pair)
    }

    /// The text with characters replaced that fit neither neighbour where one of the same sound fits well.
    /// `is_word` tells whether a pair is a word of the language, which is then never touched.
    pub fn mended(&self, text: &str, is_word: &dyn Fn(&str) -> bool) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        for i in 0..chars.len() {
            if let Some(better) = self.better(&chars, i, is_word) {
                chars[i] = better;
            }
        }
        chars.into_iter().collect()
    }

    fn better(&self, chars: &[char], i: usize, is_word: &dyn Fn(&str) -> bool) -> Option<char> {
        chars[i].to_pinyin()?;
        let left = i.checked_sub(1).map(|j| chars[j]).filter(|c| c.to_pinyin().is_some());
        let right = chars.get(i + 1).copied().filter(|c| c.to_pinyin().is_some());
        let used = |pair: &[char; 2]| self.counts.get(pair).copied().unwrap_or(0);
        let pairs = [left.map(|l| [l, chars[i]]), right.map(|r| [chars[i], r])];
        let known = pairs.iter().flatten().map(used).max().unwrap_or(0);
        if known > KNOWN {
            return None;
        }
        let word = pairs
            .iter()
            .flatten()
            .any(|pair| is_word(&pair.iter().collect::<String>()));
        let needed = if word {
            WORD_BEATEN
        } else if known > 0 {
            KNOWN_BEATEN
        } else {
            KNOWN
        };
        let mut best: Option<(u32, char)> = None;
        for (side, pair) in pairs.iter().enumerate() {
            let Some(pair) = pair else { continue };
            // The pair's other character stays: at the left of `i` for the first pair, at its right for the second.
            let same = self.sounding(pair.map(heard));
            for other in same.filter(|other| other[side] == pair[side]) {
                let new = other[1 - side];
                let both: u32 = [left.map(|l| [l, new]), right.map(|r| [new, r])]
                    .iter()
                    .flatten()
                    .map(used)
                    .sum();
                if best.is_none_or(|(count, c)| (both, std::cmp::Reverse(new)) > (count, std::cmp::Reverse(c))) {
                    best = Some((both, new));
                }
            }
        }
        best.filter(|(count, c)| *count >= needed && *c != chars[i])
            .map(|(_, c)| c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_word_is_read_as_it_sounds() {
        let texts = [
            "变更法人",
            "变更法人怎么办",
            "公司注销",
            "公司注销要多久",
            "公示几天",
            "公示几天算满",
        ];
        let spelling = Spelling::new(texts.into_iter());
        let word = |pair: &str| pair == "公式";
        for (text, mended) in [
            ("变跟法人", "变更法人"),
            ("公司注消", "公司注销"),
            ("公示几天", "公示几天"),
            ("公式", "公式"),
            ("", ""),
        ] {
            assert_eq!(spelling.mended(text, &word), mended);
        }
        assert_eq!((heard('证'), heard('针'), heard('a')), (Some("zen"), Some("zen"), None));
    }
}
