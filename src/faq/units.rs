//! Every unit of an edition by a number of its own. There are a quarter of a million of them, nearly all of two
//! characters: their texts stand side by side in one string, which takes a fourth of the room of a map of them.

use std::hash::{Hash as _, Hasher as _};

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize, Serializer};
use smol_str::SmolStr;

use super::analyzer::Unit;

/// Units and their numbers, counted from 0 in the order they came.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "Vec<Unit>")]
pub struct Units {
    texts: String,
    /// Where the text of each ends.
    ends: Vec<u32>,
    kinds: Vec<u8>,
    /// Their numbers, by what they are.
    numbers: HashTable<u32>,
}

/// The place of a kind among the kinds.
pub fn kind(unit: &Unit) -> usize {
    match unit {
        Unit::Word(_) => 0,
        Unit::Pair(_) => 1,
        Unit::Char(_) => 2,
        Unit::Sound(_) => 3,
        Unit::Skip(_) => 4,
    }
}

impl Units {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The kind of the unit of a number.
    pub fn kind(&self, number: u32) -> usize {
        usize::from(self.kinds[number as usize])
    }

    /// The number of a unit; none for one that never came.
    pub fn number(&self, unit: &Unit) -> Option<u32> {
        let is_it = |number: &u32| self.is(*number, unit);
        self.numbers.find(hash(kind(unit), text(unit)), is_it).copied()
    }

    /// The number of a unit, which it gets now if it never came before.
    pub fn take(&mut self, unit: &Unit) -> u32 {
        if let Some(number) = self.number(unit) {
            return number;
        }
        let number = self.ends.len() as u32;
        self.texts.push_str(text(unit));
        self.ends.push(self.texts.len() as u32);
        self.kinds.push(kind(unit) as u8);
        let (texts, ends, kinds) = (&self.texts, &self.ends, &self.kinds);
        let hash_of = |number: &u32| hash(usize::from(kinds[*number as usize]), text_in(texts, ends, *number));
        self.numbers
            .insert_unique(hash(kind(unit), text(unit)), number, hash_of);
        number
    }

    /// Gives back the room that was kept for more.
    pub fn settle(&mut self) {
        self.texts.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.kinds.shrink_to_fit();
    }

    /// All of them, in the order of their numbers.
    pub fn iter(&self) -> impl Iterator<Item = Unit> {
        let texts = (0..).map(|number| SmolStr::new(text_in(&self.texts, &self.ends, number)));
        self.kinds.iter().zip(texts).map(|(kind, text)| match kind {
            0 => Unit::Word(text),
            1 => Unit::Pair(text),
            2 => Unit::Char(text),
            3 => Unit::Sound(text),
            _ => Unit::Skip(text),
        })
    }

    fn is(&self, number: u32, unit: &Unit) -> bool {
        self.kind(number) == kind(unit) && text_in(&self.texts, &self.ends, number) == text(unit)
    }
}

impl FromIterator<Unit> for Units {
    fn from_iter<I: IntoIterator<Item = Unit>>(units: I) -> Units {
        let mut all = Units::default();
        for unit in units {
            all.take(&unit);
        }
        all
    }
}

impl From<Vec<Unit>> for Units {
    fn from(units: Vec<Unit>) -> Units {
        units.into_iter().collect()
    }
}

impl Serialize for Units {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

fn text(unit: &Unit) -> &str {
    match unit {
        Unit::Word(text) | Unit::Pair(text) | Unit::Char(text) | Unit::Sound(text) | Unit::Skip(text) => text,
    }
}

fn text_in<'a>(texts: &'a str, ends: &[u32], number: u32) -> &'a str {
    let number = number as usize;
    let begin = number.checked_sub(1).map_or(0, |before| ends[before]);
    &texts[begin as usize..ends[number] as usize]
}

fn hash(kind: usize, text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    (kind, text).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_keeps_its_number_whatever_comes_after_it() {
        let mut units = Units::default();
        let of = |i: u32| match i % 5 {
            0 => Unit::Word(format!("词{}", i / 5).into()),
            1 => Unit::Pair(format!("词{}", i / 5).into()),
            2 => Unit::Char(format!("词{}", i / 5).into()),
            3 => Unit::Sound(format!("ci_{}", i / 5).into()),
            _ => Unit::Skip(format!("词{}", i / 5).into()),
        };
        for i in 0..5_000 {
            assert_eq!(
                (units.number(&of(i)), units.take(&of(i)), units.take(&of(i))),
                (None, i, i)
            );
        }
        units.settle();
        assert!((0..5_000).all(|i| units.number(&of(i)) == Some(i) && units.kind(i) == kind(&of(i))));
        assert!(units.iter().eq((0..5_000).map(of)));
        let again: Units = units.iter().collect();
        assert!((0..5_000).all(|i| again.number(&of(i)) == Some(i)));
        assert_eq!((again.len(), again.number(&Unit::Char("".into()))), (5_000, None));
    }
}
