//! How close a message is to one phrasing. Every measure lies between 0 and 1.

use super::corpus::{Corpus, KINDS, Message, Phrasing};
use super::together::{PER_CLASS, Together};

/// What a shared unit that is only meant counts for.
const MEANT: f32 = 0.5;
/// The measures' part in the plain closeness that picks an entry's best phrasing.
const PARTS: [f32; KINDS] = [0.22, 0.18, 0.24, 0.12, 0.04];
const MEANT_PART: f32 = 0.2;

/// What was measured.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Closeness {
    /// Cosine over the units of each kind, weighed by rarity.
    pub cosines: [f32; KINDS],
    /// Shared single characters, unweighed.
    pub dice: f32,
    /// How much of the message the phrasing says, by rarity.
    pub of_message: f32,
    /// How much of the phrasing the message says.
    pub of_phrasing: f32,
    /// Cosine over words and characters, with what synonyms mean.
    pub meant: f32,
    /// The rarest word or character of the message that the phrasing lacks, over the rarest possible.
    pub message_lacks: f32,
    /// The other way round.
    pub phrasing_lacks: f32,
    /// All in one number, unfitted.
    pub all: f32,
}

/// What a phrasing weighs, whatever it is compared with.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Weight {
    /// The squares of its units of each kind, by rarity.
    squares: [f32; KINDS],
    /// The same of what it only means.
    meant: f32,
}

impl Weight {
    /// Of every phrasing of a corpus, in order.
    pub fn of_all(corpus: &Corpus) -> Vec<Weight> {
        let of = |phrasing: &Phrasing| {
            let mut squares = [0.0; KINDS];
            for unit in &phrasing.said {
                squares[corpus.kind(*unit)] += corpus.rarity(*unit).powi(2);
            }
            let meant = phrasing.meant.iter();
            Weight {
                squares,
                meant: meant.map(|unit| MEANT * MEANT * corpus.rarity(*unit).powi(2)).sum(),
            }
        };
        corpus.phrasings.iter().map(of).collect()
    }
}

/// How near a phrasing is: what of its closeness is enough to pick an entry's best one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Near {
    cosines: [f32; KINDS],
    meant: f32,
    all: f32,
}

/// What a message and a phrasing have in common, by the squares of the units' rarity.
#[derive(Debug, Clone, Copy, Default)]
struct Shared {
    said: [f32; KINDS],
    /// Said on one side and meant on the other, or meant on both.
    crossed: f32,
}

/// What is the same for every phrasing a message is compared with.
pub struct Measure<'a> {
    corpus: &'a Corpus,
    weights: &'a [Weight],
    message: &'a Message,
    spots: Spots,
    squares: [f32; KINDS],
    weight: f32,
    meant_square: f32,
}

impl<'a> Measure<'a> {
    /// Prepares a message; `weights` are those of the corpus's phrasings.
    pub fn new(corpus: &'a Corpus, weights: &'a [Weight], message: &'a Message) -> Measure<'a> {
        let unseen = corpus.unseen();
        let mut squares = message.unknown.map(|count| count as f32 * unseen * unseen);
        let mut weight: f32 = message.unknown[..3].iter().map(|count| *count as f32 * unseen).sum();
        for unit in &message.said {
            let rarity = corpus.rarity(*unit);
            squares[corpus.kind(*unit)] += rarity * rarity;
            weight += if corpus.kind(*unit) < 3 { rarity } else { 0.0 };
        }
        let meant = message.meant.iter().map(|unit| (MEANT * corpus.rarity(*unit)).powi(2));
        Measure {
            corpus,
            weights,
            message,
            spots: Spots::new(&message.said, &message.meant),
            squares,
            weight,
            meant_square: squares[..3].iter().sum::<f32>() + meant.sum::<f32>(),
        }
    }

    /// The plain closeness to the phrasing at a place.
    pub fn near(&self, place: usize) -> f32 {
        self.nearness(place).all
    }

    /// The plain closeness to each of the first phrasings of a class, in their order, with where they stand in the
    /// corpus; all but the one that is `left_out`. `covered` is marked for each unit of the message that one says.
    pub fn near_all(
        &self,
        together: &Together,
        class: usize,
        left_out: Option<usize>,
        covered: &mut [bool],
    ) -> Vec<(usize, f32)> {
        let own = &self.corpus.of_class[class];
        let gone = left_out.and_then(|left_out| own.iter().position(|i| *i as usize == left_out));
        let count = own.len().min(PER_CLASS + usize::from(gone.is_some()));
        let counts = |place: &usize| *place < count && Some(*place) != gone;
        let mut shared = vec![Shared::default(); count];
        for (unit, places) in together.meant(class) {
            if let Some(spot) = self.spots.at(unit) {
                let crossed = self.meant(unit, spot);
                let places = places.iter().map(|place| usize::from(*place)).filter(counts);
                places.for_each(|place| shared[place].crossed += crossed);
            }
        }
        for (unit, places) in together.said(class) {
            let Some(spot) = self.spots.at(unit) else { continue };
            for place in places.iter().map(|place| usize::from(*place)).filter(counts) {
                self.said(unit, spot, &mut shared[place]);
                spot.said.into_iter().for_each(|said| covered[usize::from(said)] = true);
            }
        }
        let counted = (0..count).filter(counts);
        let near = counted.map(|place| {
            let phrasing = own[place] as usize;
            (phrasing, self.close(&shared[place], &self.weights[phrasing]).all)
        });
        near.collect()
    }

    /// What a unit that a phrasing only means counts for.
    fn meant(&self, unit: u32, spot: Spot) -> f32 {
        let square = self.corpus.rarity(unit).powi(2);
        match spot.said {
            Some(_) => MEANT * square,
            None => MEANT * MEANT * square,
        }
    }

    /// A unit that a phrasing says.
    fn said(&self, unit: u32, spot: Spot, shared: &mut Shared) {
        let square = self.corpus.rarity(unit).powi(2);
        if spot.said.is_some() {
            shared.said[self.corpus.kind(unit)] += square;
        }
        if spot.meant {
            shared.crossed += MEANT * square;
        }
    }

    fn nearness(&self, place: usize) -> Near {
        let phrasing = &self.corpus.phrasings[place];
        let mut shared = Shared::default();
        for unit in &phrasing.meant {
            shared.crossed += self.spots.at(*unit).map_or(0.0, |spot| self.meant(*unit, spot));
        }
        for unit in &phrasing.said {
            if let Some(spot) = self.spots.at(*unit) {
                self.said(*unit, spot, &mut shared);
            }
        }
        self.close(&shared, &self.weights[place])
    }

    fn close(&self, Shared { said: shared, crossed }: &Shared, weight: &Weight) -> Near {
        let mut cosines = [0.0; KINDS];
        for kind in 0..KINDS {
            cosines[kind] = cosine(shared[kind], self.squares[kind], weight.squares[kind]);
        }
        let meant = cosine(
            shared[..3].iter().sum::<f32>() + crossed,
            self.meant_square,
            weight.squares[..3].iter().sum::<f32>() + weight.meant,
        );
        let parts: f32 = cosines.iter().zip(PARTS).map(|(cosine, part)| cosine * part).sum();
        Near {
            cosines,
            meant,
            all: parts + MEANT_PART * meant,
        }
    }

    /// Compares with the phrasing at a place in every way.
    pub fn compare(&self, place: usize) -> Closeness {
        let corpus = self.corpus;
        let Near { cosines, meant, all } = self.nearness(place);
        let phrasing = &corpus.phrasings[place];
        let (mut counts, mut both, mut own) = ([0.0_f32; 2], 0.0, 0.0);
        let mut lacks = [self.unknown_lacks(), 0.0];
        for unit in &phrasing.said {
            let (kind, rarity) = (corpus.kind(*unit), corpus.rarity(*unit));
            let is_said = self.spots.at(*unit).is_some_and(|spot| spot.said.is_some());
            let telling = if kind < 3 { rarity } else { 0.0 };
            let character = f32::from(u8::from(kind == 2));
            own += telling;
            counts[0] += character;
            if is_said {
                both += telling;
                counts[1] += character;
            } else {
                self.lack(*unit, &mut lacks[1]);
            }
        }
        let missing = |unit: &&u32| phrasing.said.binary_search(unit).is_err();
        let missing = self.message.said.iter().filter(missing);
        missing.for_each(|unit| self.lack(*unit, &mut lacks[0]));
        let characters = self.characters() + counts[0];
        Closeness {
            cosines,
            dice: 2.0 * counts[1] / characters.max(1.0),
            of_message: both / self.weight.max(f32::EPSILON),
            of_phrasing: both / own.max(f32::EPSILON),
            meant,
            message_lacks: lacks[0] / corpus.unseen().max(f32::EPSILON),
            phrasing_lacks: lacks[1] / corpus.unseen().max(f32::EPSILON),
            all,
        }
    }

    fn unknown_lacks(&self) -> f32 {
        if self.message.unknown[0] + self.message.unknown[2] > 0 {
            self.corpus.unseen()
        } else {
            0.0
        }
    }

    /// Words and characters count as lacking, not their combinations.
    fn lack(&self, unit: u32, most: &mut f32) {
        if matches!(self.corpus.kind(unit), 0 | 2) {
            *most = most.max(self.corpus.rarity(unit));
        }
    }

    /// The share of the message by rarity whose units are marked.
    pub fn share(&self, covered: impl Fn(usize, u32) -> bool) -> f32 {
        let units = self.message.said.iter().enumerate();
        let telling = units.filter(|(i, unit)| self.corpus.kind(**unit) < 3 && covered(*i, **unit));
        telling.map(|(_, unit)| self.corpus.rarity(*unit)).sum::<f32>() / self.weight.max(f32::EPSILON)
    }

    fn characters(&self) -> f32 {
        let known = self
            .message
            .said
            .iter()
            .filter(|unit| self.corpus.kind(**unit) == 2)
            .count();
        (known + self.message.unknown[2]) as f32
    }
}

/// Where a unit stands in a message.
#[derive(Debug, Clone, Copy)]
struct Spot {
    unit: u32,
    /// Its place among what is said.
    said: Option<u16>,
    /// It is also, or only, meant.
    meant: bool,
}

/// The units of a message, found at once: a phrasing has sixty, and nearly none of them is there.
struct Spots {
    /// As many as a power of two, at most an eighth of them taken; a unit stands at its number or soon after.
    slots: Vec<Option<Spot>>,
}

impl Spots {
    fn new(said: &[u32], meant: &[u32]) -> Spots {
        let room = (8 * (said.len() + meant.len())).next_power_of_two();
        let mut spots = Spots {
            slots: vec![None; room],
        };
        for (unit, place) in said.iter().zip(0..) {
            spots.take(*unit).said = Some(place);
        }
        for unit in meant {
            spots.take(*unit).meant = true;
        }
        spots
    }

    fn take(&mut self, unit: u32) -> &mut Spot {
        let mask = self.slots.len() - 1;
        let mut at = unit as usize & mask;
        while self.slots[at].is_some_and(|spot| spot.unit != unit) {
            at = (at + 1) & mask;
        }
        self.slots[at].get_or_insert(Spot {
            unit,
            said: None,
            meant: false,
        })
    }

    fn at(&self, unit: u32) -> Option<Spot> {
        let mask = self.slots.len() - 1;
        let mut at = unit as usize & mask;
        loop {
            match self.slots[at] {
                Some(spot) if spot.unit != unit => at = (at + 1) & mask,
                found => return found,
            }
        }
    }
}

fn cosine(shared: f32, a: f32, b: f32) -> f32 {
    if shared > 0.0 && a * b > 0.0 {
        shared / (a * b).sqrt()
    } else {
        0.0
    }
}

/// How well the order of characters agrees: twice the longest common subsequence over both lengths.
pub fn order(a: &str, b: &str) -> f32 {
    let b: Vec<char> = b.chars().take(64).collect();
    let mut row = vec![0_u16; b.len() + 1];
    let mut length = 0;
    for c in a.chars().take(64) {
        length += 1;
        let mut diagonal = 0;
        for (j, other) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if c == *other { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    let all = length + b.len();
    if all == 0 {
        0.0
    } else {
        2.0 * f32::from(row[b.len()]) / all as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_counts_what_stands_in_the_same_sequence() {
        for (a, b, expected) in [
            ("注销公司", "注销公司", 1.0),
            ("公司注销", "注销公司", 0.5),
            ("甲", "乙", 0.0),
            ("", "", 0.0),
        ] {
            assert!((order(a, b) - expected).abs() < 1e-6, "{a} {b}");
        }
    }
}
