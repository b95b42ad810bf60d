//! Spoils messages as people do when they type, to measure how much that costs: homophones, dropped and doubled
//! characters, traditional script, politeness. The same seed gives the same mistakes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use pinyin::ToPinyin as _;

use super::analyzer::normalise;
use super::classes::Dice;

/// A way to spoil a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spoil {
    /// One character is replaced by another one of the same sound.
    Homophone,
    Dropped,
    Doubled,
    Traditional,
    /// A greeting before, thanks after.
    Polite,
    /// Greeting, homophone and dropped character at once.
    All,
}

/// All of them, in the order they are reported.
pub const SPOILS: [Spoil; 6] = [
    Spoil::Homophone,
    Spoil::Dropped,
    Spoil::Doubled,
    Spoil::Traditional,
    Spoil::Polite,
    Spoil::All,
];

const BEFORE: [&str; 5] = [
    "老师您好，请问",
    "您好，麻烦问一下，",
    "各位老师好，想咨询一下",
    "打扰了，请教一下，",
    "在吗，想问下",
];
const AFTER: [&str; 5] = ["，谢谢老师", "，麻烦了", "，谢谢啦", "，辛苦老师了🙏", "，急，多谢"];
/// Common characters, the likelier ones to be typed by mistake.
const COMMON: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fa5}';

impl Spoil {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Spoil::Homophone => "homophone",
            Spoil::Dropped => "dropped",
            Spoil::Doubled => "doubled",
            Spoil::Traditional => "traditional",
            Spoil::Polite => "polite",
            Spoil::All => "all",
        }
    }

    /// The spoilt text; `seed` picks the place.
    pub fn spoil(self, text: &str, seed: usize) -> String {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (seed as u64 + 1).wrapping_mul(0xbf58_476d_1ce4_e5b9));
        dice.below(2);
        match self {
            Spoil::Homophone => homophone(text, &mut dice),
            Spoil::Dropped => dropped(text, &mut dice),
            Spoil::Doubled => doubled(text, &mut dice),
            Spoil::Traditional => traditional(text),
            Spoil::Polite => polite(text, &mut dice),
            Spoil::All => polite(&dropped(&homophone(text, &mut dice), &mut dice), &mut dice),
        }
    }
}

fn places(chars: &[char]) -> Vec<usize> {
    (0..chars.len()).filter(|i| chars[*i].to_pinyin().is_some()).collect()
}

fn homophone(text: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let places = places(&chars);
    for _ in 0..8 {
        let Some(place) = places.get(dice.below(places.len())).copied() else {
            break;
        };
        let Some(sound) = chars[place].to_pinyin().map(|sound| sound.plain()) else {
            break;
        };
        let same: Vec<char> = by_sound()
            .get(sound)
            .into_iter()
            .flatten()
            .copied()
            .filter(|c| *c != chars[place])
            .collect();
        if !same.is_empty() {
            chars[place] = same[dice.below(same.len())];
            break;
        }
    }
    chars.into_iter().collect()
}

fn dropped(text: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let places = places(&chars);
    if places.len() > 3 {
        chars.remove(places[dice.below(places.len())]);
    }
    chars.into_iter().collect()
}

fn doubled(text: &str, dice: &mut Dice) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let places = places(&chars);
    if !places.is_empty() {
        let place = places[dice.below(places.len())];
        chars.insert(place, chars[place]);
    }
    chars.into_iter().collect()
}

fn polite(text: &str, dice: &mut Dice) -> String {
    format!(
        "{}{text}{}",
        BEFORE[dice.below(BEFORE.len())],
        AFTER[dice.below(AFTER.len())]
    )
}

/// Each character by the first traditional one that is written so in simplified script.
fn traditional(text: &str) -> String {
    static TABLE: OnceLock<BTreeMap<char, char>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = BTreeMap::new();
        for c in COMMON {
            let simple = fast2s::convert(&c.to_string());
            if let Some(other) = simple.chars().next().filter(|other| *other != c) {
                table.entry(other).or_insert(c);
            }
        }
        table
    });
    text.chars().map(|c| table.get(&c).copied().unwrap_or(c)).collect()
}

/// Characters that people type, by their sound without tone.
fn by_sound() -> &'static BTreeMap<&'static str, Vec<char>> {
    static TABLE: OnceLock<BTreeMap<&'static str, Vec<char>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: BTreeMap<&'static str, Vec<char>> = BTreeMap::new();
        let typed = include_str!("perturb/typed.txt").chars();
        for c in typed.filter(|c| normalise(&c.to_string()) == c.to_string()) {
            if let Some(sound) = c.to_pinyin() {
                table.entry(sound.plain()).or_default().push(c);
            }
        }
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_spoilt_the_same_way_each_time() {
        let text = "简易注销要公示多少天";
        for spoil in SPOILS {
            let once = spoil.spoil(text, 7);
            assert_ne!(once, text, "{}", spoil.name());
            assert_eq!(once, spoil.spoil(text, 7));
        }
        assert_eq!(normalise(&Spoil::Traditional.spoil(text, 0)), text);
        assert_eq!(Spoil::Dropped.spoil(text, 3).chars().count(), text.chars().count() - 1);
        assert_eq!(Spoil::Homophone.spoil("", 1), "");
    }
}
