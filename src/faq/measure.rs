//! How close a message is to one phrasing. Every measure lies between 0 and 1.

use super::corpus::{Corpus, KINDS, Message, Phrasing};

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

/// What is the same for every phrasing a message is compared with.
pub struct Measure<'a> {
    corpus: &'a Corpus,
    message: &'a Message,
    squares: [f32; KINDS],
    weight: f32,
    meant_square: f32,
}

impl<'a> Measure<'a> {
    /// Prepares a message.
    pub fn new(corpus: &'a Corpus, message: &'a Message) -> Measure<'a> {
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
            message,
            squares,
            weight,
            meant_square: squares[..3].iter().sum::<f32>() + meant.sum::<f32>(),
        }
    }

    /// Compares with one phrasing; `covered` is marked for each unit of the message it says.
    pub fn compare(&self, phrasing: &Phrasing, covered: &mut [bool]) -> Closeness {
        let corpus = self.corpus;
        let (mut shared, mut squares, mut counts) = ([0.0_f32; KINDS], [0.0_f32; KINDS], [0.0_f32; 2]);
        let (mut both, mut own) = (0.0, 0.0);
        let mut lacks = [self.unknown_lacks(), 0.0];
        let mut i = 0;
        let said = &self.message.said;
        for unit in &phrasing.said {
            let (kind, rarity) = (corpus.kind(*unit), corpus.rarity(*unit));
            squares[kind] += rarity * rarity;
            let telling = kind < 3;
            own += if telling { rarity } else { 0.0 };
            counts[0] += f32::from(u8::from(kind == 2));
            while i < said.len() && said[i] < *unit {
                self.lack(said[i], &mut lacks[0]);
                i += 1;
            }
            if i < said.len() && said[i] == *unit {
                shared[kind] += rarity * rarity;
                both += if telling { rarity } else { 0.0 };
                counts[1] += f32::from(u8::from(kind == 2));
                covered[i] = true;
                i += 1;
            } else {
                self.lack(*unit, &mut lacks[1]);
            }
        }
        said[i.min(said.len())..]
            .iter()
            .for_each(|unit| self.lack(*unit, &mut lacks[0]));
        let mut cosines = [0.0; KINDS];
        for kind in 0..KINDS {
            cosines[kind] = cosine(shared[kind], self.squares[kind], squares[kind]);
        }
        let (crossed, meant_square) = self.meant(phrasing);
        let said_squares: f32 = squares[..3].iter().sum();
        let meant = cosine(
            shared[..3].iter().sum::<f32>() + crossed,
            self.meant_square,
            said_squares + meant_square,
        );
        let characters = self.characters() + counts[0];
        let parts: f32 = cosines.iter().zip(PARTS).map(|(cosine, part)| cosine * part).sum();
        Closeness {
            cosines,
            dice: 2.0 * counts[1] / characters.max(1.0),
            of_message: both / self.weight.max(f32::EPSILON),
            of_phrasing: both / own.max(f32::EPSILON),
            meant,
            message_lacks: lacks[0] / corpus.unseen().max(f32::EPSILON),
            phrasing_lacks: lacks[1] / corpus.unseen().max(f32::EPSILON),
            all: parts + MEANT_PART * meant,
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

    /// Said on one side and meant on the other, or meant on both: the products, and the phrasing's own square.
    fn meant(&self, phrasing: &Phrasing) -> (f32, f32) {
        let square = |unit: &u32| self.corpus.rarity(*unit).powi(2);
        let own: f32 = phrasing.meant.iter().map(|unit| MEANT * MEANT * square(unit)).sum();
        let mut crossed = 0.0;
        for unit in &phrasing.meant {
            if self.message.said.binary_search(unit).is_ok() {
                crossed += MEANT * square(unit);
            } else if self.message.meant.binary_search(unit).is_ok() {
                crossed += MEANT * MEANT * square(unit);
            }
        }
        for unit in &self.message.meant {
            if phrasing.said.binary_search(unit).is_ok() {
                crossed += MEANT * square(unit);
            }
        }
        (crossed, own)
    }
}

fn cosine(shared: f32, a: f32, b: f32) -> f32 {
    if a * b > 0.0 { shared / (a * b).sqrt() } else { 0.0 }
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
