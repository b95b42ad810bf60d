//! Makes texts comparable: normalises them and cuts them into words, single characters, pairs and sounds.
//! Any text is accepted, whatever its length or content; only its first 200 characters count.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use jieba_rs::Jieba;
use serde::{Deserialize, Serialize};
use smol_str::{SmolStr, SmolStrBuilder};
use unicode_normalization::UnicodeNormalization;

use super::lexicon::Lexicon;
use super::sound;
use super::spotter::Spotter;

/// How much of a message is looked at.
pub const MAX_CHARS: usize = 200;

/// One piece a text is compared by.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unit {
    Char(SmolStr),
    Pair(SmolStr),
    Word(SmolStr),
    /// A pair as it sounds, without tones: a misspelt word still sounds right.
    Sound(SmolStr),
    /// Two characters with one between them: word order that survives an inserted character.
    Skip(SmolStr),
}

/// A text taken apart.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// Letters and digits only, courtesies removed.
    pub text: String,
    /// The same with courtesies.
    pub whole: String,
    /// What is said, sorted, each once.
    pub units: Vec<Unit>,
    /// What is only meant, by a synonym; none of it is said. Sorted.
    pub meant: Vec<Unit>,
    /// The text followed by what its synonyms mean: where protected words are looked for.
    pub sense: String,
    /// The parts between punctuation marks, letters and digits only.
    pub clauses: Vec<String>,
}

/// Cuts texts with the vocabulary of one edition.
#[derive(Clone)]
pub struct Analyzer {
    jieba: Arc<Jieba>,
    stop: Arc<HashSet<String>>,
    strip: Arc<Vec<String>>,
    strips: Arc<Spotter<()>>,
    terms: Arc<Terms>,
}

/// Words and sayings by their first character, longest first; plain words mean nothing else.
type Terms = HashMap<char, Vec<(String, Vec<String>)>>;

/// NFKC, lower case, simplified characters, no invisible or control characters, single spaces.
pub fn normalise(text: &str) -> String {
    let seen: String = text.chars().filter(|c| visible(*c)).take(MAX_CHARS).collect();
    let folded: String = seen
        .nfkc()
        .filter(|c| visible(*c))
        .flat_map(char::to_lowercase)
        .take(2 * MAX_CHARS)
        .collect();
    let simple = fast2s::convert(&folded);
    simple.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn visible(c: char) -> bool {
    let format = matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{300}'..='\u{36f}' | '\u{e0000}'..='\u{e0fff}');
    !format && (!c.is_control() || c.is_whitespace())
}

impl Analyzer {
    /// Loads the word dictionary when first needed; editions with the same words share it.
    pub fn new(lexicon: &Lexicon) -> Analyzer {
        let mut words: Vec<String> = lexicon.words.iter().map(|w| squeeze(&normalise(w))).collect();
        words.retain(|word| !word.is_empty());
        let mut terms = Terms::new();
        let says = lexicon
            .synonyms
            .iter()
            .map(|s| (squeeze(&normalise(&s.say)), normal_all(&s.means)));
        let plain = words.iter().map(|word| (word.clone(), Vec::new()));
        for (say, means) in says.chain(plain) {
            let Some(first) = say.chars().next() else {
                continue;
            };
            let list = terms.entry(first).or_default();
            if !list.iter().any(|(known, _)| *known == say) {
                list.push((say, means));
            }
        }
        terms
            .values_mut()
            .for_each(|list| list.sort_by_key(|(say, _)| std::cmp::Reverse(say.len())));
        let mut strip = normal_all(&lexicon.strip);
        strip.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
        Analyzer {
            jieba: dictionary(words),
            stop: Arc::new(normal_all(&lexicon.stop).into_iter().collect()),
            strips: Arc::new(Spotter::new(strip.iter().map(|phrase| (phrase.clone(), ())))),
            strip: Arc::new(strip),
            terms: Arc::new(terms),
        }
    }

    /// Takes any text apart.
    pub fn parse(&self, text: &str) -> Parsed {
        let normal = normalise(text);
        let mut rest = normal.clone();
        if self.strips.any(&normal) {
            for phrase in self.strip.iter() {
                if rest.contains(phrase.as_str()) {
                    rest = rest.replace(phrase.as_str(), " ");
                }
            }
        }
        let rest = without_courtesies(&rest);
        let kept = if squeeze(rest).chars().count() < 2 {
            normal.as_str()
        } else {
            rest
        };
        let units = self.units(kept);
        let mut meant = Vec::new();
        let mut sense = squeeze(kept);
        for (_, means) in self.said(&squeeze(kept)) {
            for meaning in means {
                sense.push(' ');
                sense.push_str(meaning);
                meant.extend(self.units(meaning));
            }
        }
        meant.retain(|unit| !matches!(unit, Unit::Sound(_) | Unit::Skip(_)) && units.binary_search(unit).is_err());
        meant.sort_unstable();
        meant.dedup();
        Parsed {
            text: squeeze(kept),
            whole: squeeze(&normal),
            units,
            meant,
            sense,
            clauses: kept
                .split(ends_clause)
                .map(squeeze)
                .filter(|part| !part.is_empty())
                .collect(),
        }
    }

    /// Whether two characters are a word of the language or of the trade.
    pub fn is_word(&self, pair: &str) -> bool {
        self.jieba.has_word(pair)
    }

    /// The sayings in a text, longest match first; a longer plain term protects its inside.
    fn said<'a>(&'a self, text: &str) -> Vec<(&'a str, &'a [String])> {
        let mut found: Vec<(&str, &[String])> = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let hit = self
                .terms
                .get(&first)
                .and_then(|list| list.iter().find(|(say, _)| rest.starts_with(say.as_str())));
            match hit {
                Some((say, means)) => {
                    found.push((say, means));
                    rest = &rest[say.len()..];
                }
                None => rest = &rest[first.len_utf8()..],
            }
        }
        found
    }

    fn units(&self, text: &str) -> Vec<Unit> {
        let mut units = Vec::new();
        for piece in text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|piece| !piece.is_empty())
        {
            let chars = single(piece);
            units.extend(chars.windows(2).map(|pair| Unit::Pair(joined(&pair[0], "", &pair[1]))));
            units.extend(
                chars
                    .windows(3)
                    .map(|three| Unit::Skip(joined(&three[0], "", &three[2]))),
            );
            let sounds: Vec<&str> = chars.iter().map(|c| sound::of(c)).collect();
            units.extend(sounds.windows(2).map(|pair| Unit::Sound(joined(pair[0], "_", pair[1]))));
            units.extend(chars.into_iter().map(Unit::Char));
            let words = self
                .jieba
                .cut_for_search(piece, false)
                .into_iter()
                .map(|token| token.word);
            let telling = |word: &&str| word.chars().nth(1).is_some() && !self.stop.contains(*word);
            units.extend(words.filter(telling).map(|word| Unit::Word(word.into())));
        }
        units.sort_unstable();
        units.dedup();
        units
    }
}

fn joined(first: &str, mark: &str, second: &str) -> SmolStr {
    let mut text = SmolStrBuilder::new();
    [first, mark, second].into_iter().for_each(|part| text.push_str(part));
    text.finish()
}

/// Single characters, but runs of Latin letters and digits whole.
fn single(piece: &str) -> Vec<SmolStr> {
    let mut chars: Vec<SmolStr> = Vec::new();
    let mut rest = piece;
    while let Some(first) = rest.chars().next() {
        let run = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (one, after) = rest.split_at(run.max(first.len_utf8()));
        chars.push(one.into());
        rest = after;
    }
    chars
}

fn ends_clause(c: char) -> bool {
    matches!(c, ',' | '.' | '?' | '!' | ';' | '。' | '、' | '…' | '~' | ' ')
}

/// What people say before and after a question anywhere; the lexicon knows more for its own group.
const BEFORE: [&str; 34] = [
    "各位老师好",
    "各位老师",
    "老师们好",
    "老师您好",
    "老师你好",
    "老师好",
    "各位好",
    "大家好",
    "您好",
    "你好",
    "早上好",
    "上午好",
    "中午好",
    "下午好",
    "晚上好",
    "在吗",
    "有人吗",
    "打扰一下",
    "打扰了",
    "不好意思",
    "请问一下",
    "请问下",
    "请问",
    "请教一下",
    "请教",
    "麻烦问一下",
    "麻烦问下",
    "想请问",
    "想咨询一下",
    "咨询一下",
    "想问一下",
    "想问下",
    "问一下",
    "老师",
];
const AFTER: [&str; 20] = [
    "谢谢各位老师",
    "谢谢老师",
    "谢谢您",
    "谢谢你",
    "谢谢啦",
    "谢谢了",
    "谢谢",
    "多谢了",
    "多谢",
    "非常感谢",
    "感谢",
    "麻烦了",
    "麻烦老师了",
    "麻烦您了",
    "辛苦老师了",
    "辛苦了",
    "拜托了",
    "急急急",
    "在线等",
    "急",
];

/// Those before that, after another one, need no mark to what follows.
const ASKS: [&str; 3] = ["问", "教", "询"];

/// The text without greetings before it and thanks after it; what is no courtesy by itself stays (你好漂亮怎么说).
fn without_courtesies(text: &str) -> &str {
    let mark = |c: char| !c.is_alphanumeric();
    let mut rest = text.trim_matches(mark);
    while let Some((phrase, shorter)) = BEFORE
        .iter()
        .find_map(|phrase| Some((phrase, rest.strip_prefix(phrase)?)))
    {
        let asks = ASKS.iter().any(|word| phrase.contains(word));
        let another = BEFORE.iter().any(|next| shorter.starts_with(next));
        let begun = rest.len() < text.trim_matches(mark).len();
        let courteous = another || (asks && begun) || shorter.starts_with(mark);
        if !courteous {
            break;
        }
        rest = shorter.trim_start_matches(mark);
    }
    while let Some(shorter) = AFTER.iter().find_map(|phrase| rest.strip_suffix(phrase)) {
        if shorter.ends_with(char::is_alphanumeric) && !AFTER.iter().any(|next| shorter.ends_with(next)) {
            break;
        }
        rest = shorter.trim_end_matches(mark);
    }
    rest
}

/// Letters and digits only.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn normal_all(texts: &[String]) -> Vec<String> {
    texts
        .iter()
        .map(|text| normalise(text))
        .filter(|text| !text.is_empty())
        .collect()
}

/// The dictionary of the language, while it is being loaded.
static LOADING: Mutex<Option<JoinHandle<Jieba>>> = Mutex::new(None);

/// Begins to load the word dictionary; a program that will answer soon has it ready sooner.
pub fn prepare() {
    *LOADING.lock().unwrap_or_else(PoisonError::into_inner) = Some(std::thread::spawn(Jieba::new));
}

/// The dictionary takes 65 MB and a tenth of a second: one per process, remade only for other words.
fn dictionary(words: Vec<String>) -> Arc<Jieba> {
    static SHARED: Mutex<Option<(Vec<String>, Arc<Jieba>)>> = Mutex::new(None);
    let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, jieba)) = shared.as_ref().filter(|(known, _)| *known == words) {
        return Arc::clone(jieba);
    }
    let loading = LOADING.lock().unwrap_or_else(PoisonError::into_inner).take();
    let mut jieba = loading.map_or_else(Jieba::new, |loading| {
        loading.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    });
    for word in &words {
        jieba.add_word(word, None, None);
    }
    let jieba = Arc::new(jieba);
    *shared = Some((words, Arc::clone(&jieba)));
    jieba
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faq::lexicon::Synonym;

    #[test]
    fn texts_are_normalised() {
        for (text, normal) in [
            ("營業執照遺失了", "营业执照遗失了"),
            ("Ａｐｐ　ＣＡ①", "app ca1"),
            ("简\u{200b}易\u{202e}注\u{0}销", "简易注销"),
            ("  a \n b ", "a b"),
        ] {
            assert_eq!(normalise(text), normal);
        }
        assert_eq!(normalise(&"字".repeat(100_000)).chars().count(), MAX_CHARS);
    }

    #[test]
    fn a_longer_term_protects_the_words_inside_it() {
        let say = |say: &str, means: &str| Synonym {
            say: say.into(),
            means: vec![means.into()],
        };
        let lexicon = Lexicon {
            words: vec!["法人股东".into()],
            synonyms: vec![say("法人", "法定代表人")],
            ..Lexicon::default()
        };
        let analyzer = Analyzer::new(&lexicon);
        assert!(analyzer.parse("换法人要什么").sense.contains("法定代表人"));
        assert!(!analyzer.parse("法人股东要什么").sense.contains("法定代表人"));
        assert!(
            analyzer
                .parse("法人股东要什么")
                .units
                .contains(&Unit::Word("法人股东".into()))
        );
    }
}
