//! What the phrasings of each class say together, unit by unit: a message is compared with all of them in one walk. An
//! entry's phrasings have most of their units in common, and a walk in order is what a processor reads fastest.

use super::corpus::{Corpus, Phrasing};

/// Phrasings of one class that are looked at.
pub(super) const PER_CLASS: usize = 80;
/// One more is kept: where one is left out of account, the next one takes its part.
const KEPT: usize = PER_CLASS + 1;

/// Of every class which of its phrasings hold which unit.
pub struct Together {
    said: Table,
    meant: Table,
}

impl Together {
    /// Of the first phrasings of each class of a corpus.
    pub fn of(corpus: &Corpus) -> Together {
        let (said, meant) = rayon::join(
            || Table::of(corpus, |phrasing| &phrasing.said),
            || Table::of(corpus, |phrasing| &phrasing.meant),
        );
        Together { said, meant }
    }

    /// Every unit that a class's phrasings say, in order, with the places among them of those that do.
    pub fn said(&self, class: usize) -> impl Iterator<Item = (u32, &[u8])> {
        self.said.of_class(class)
    }

    /// The same of what they only mean.
    pub fn meant(&self, class: usize) -> impl Iterator<Item = (u32, &[u8])> {
        self.meant.of_class(class)
    }
}

struct Table {
    /// Where the units of each class begin, and their places; one more for the end of the last.
    begins: Vec<[u32; 2]>,
    units: Vec<u32>,
    /// How many phrasings hold each.
    counts: Vec<u8>,
    places: Vec<u8>,
}

impl Table {
    fn of(corpus: &Corpus, held: impl Fn(&Phrasing) -> &[u32]) -> Table {
        let mut table = Table {
            begins: Vec::with_capacity(corpus.of_class.len() + 1),
            units: Vec::new(),
            counts: Vec::new(),
            places: Vec::new(),
        };
        let mut uses: Vec<(u32, u8)> = Vec::new();
        for own in &corpus.of_class {
            table.begin();
            for (place, phrasing) in (0..).zip(own.iter().take(KEPT)) {
                let units = held(&corpus.phrasings[*phrasing as usize]);
                uses.extend(units.iter().map(|unit| (*unit, place)));
            }
            uses.sort_unstable();
            for same in uses.chunk_by(|(one, _), (other, _)| one == other) {
                table.units.extend(same.first().map(|(unit, _)| *unit));
                // No more than are kept of a class.
                table.counts.push(same.len() as u8);
                table.places.extend(same.iter().map(|(_, place)| *place));
            }
            uses.clear();
        }
        table.begin();
        table.units.shrink_to_fit();
        table.counts.shrink_to_fit();
        table.places.shrink_to_fit();
        table
    }

    /// The next class begins here.
    fn begin(&mut self) {
        self.begins.push([self.units.len() as u32, self.places.len() as u32]);
    }

    fn of_class(&self, class: usize) -> impl Iterator<Item = (u32, &[u8])> {
        let [[begin, places], [end, _]] = [self.begins[class], self.begins[class + 1]];
        let own = begin as usize..end as usize;
        let mut rest = &self.places[places as usize..];
        let units = self.units[own.clone()].iter().zip(&self.counts[own]);
        units.map(move |(unit, count)| {
            let (places, after) = rest.split_at(usize::from(*count));
            rest = after;
            (*unit, places)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::lexicon::Lexicon;
    use super::super::testing::entry;
    use super::*;

    #[test]
    fn each_unit_knows_the_phrasings_of_its_class_that_say_it() {
        let entries = [
            entry("a", 1, "公司注销要公示多少天", &["注销要几天", "公司公示"]),
            entry("b", 2, "公司名称怎么变更", &[]),
        ];
        let corpus = Corpus::new(&entries, &Lexicon::default());
        let together = Together::of(&corpus);
        for (class, own) in corpus.of_class.iter().enumerate() {
            let mut seen = 0;
            for (unit, places) in together.said(class) {
                let say = |place: &usize| corpus.phrasings[own[*place] as usize].said.contains(&unit);
                let expected: Vec<usize> = (0..own.len()).filter(say).collect();
                assert_eq!(
                    places.iter().map(|place| usize::from(*place)).collect::<Vec<_>>(),
                    expected
                );
                seen += places.len();
            }
            let all = own
                .iter()
                .map(|i| corpus.phrasings[*i as usize].said.len())
                .sum::<usize>();
            assert_eq!(seen, all);
        }
    }
}
