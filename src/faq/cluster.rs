//! Which questions ask the same: each new one joins the cluster it is most like or opens one, so that what many people
//! ask is seen as one thing. In memory and incremental; the same questions in the same order give the same clusters.
//! Counts nobody and keeps no text.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::analyzer::{Parsed, Unit, normalise, squeeze};
use super::belief::Beliefs;
use super::classes::Classes;
use super::concepts::{Concepts, aspect_words};
use super::corpus::{Corpus, Message};
use super::entry::EntryId;
use super::reading::Reading;
use super::service::Faq;
use super::sound;

/// From this similarity on a question joins a cluster: best by F1 on the half of the topics it was looked for, and as
/// good for lists of others (`faq/EVALUATION.md`).
pub const JOIN_FROM: f32 = 0.52;
/// The first entry of a reading counts from this share of belief on.
const NEAREST_FROM: f32 = 0.45;
/// What it adds that all members have the same nearest entry.
const SAME_NEAREST: f32 = 0.3;
/// What it adds at most that the classes believe the same of the question and of all members.
const SAME_BELIEFS: f32 = 0.5;
/// What it takes that all members ask for another aspect: 材料 时限 费用 地点, the first four of the concepts.
const OTHER_ASPECT: f32 = 0.1;
const ASPECTS: u32 = 0b1111;
/// What is left of the weight of words that ask (要多久, 怎么办): they stand in questions about anything.
const ASKING: f32 = 0.5;
/// Up to this length a shorter question and a longer one are alike only in part: 要多久 is in many.
const SHORT: f32 = 8.0;
/// The length of a title that can be read at a glance.
const TITLE: f32 = 20.0;

/// The cluster a question belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// As the caller numbered it.
    pub cluster: i64,
    /// From the threshold up; 1 for the same words.
    pub similarity: f32,
}

/// What is known of one cluster.
#[derive(Debug)]
struct Cluster {
    id: i64,
    members: f32,
    /// The sum of their lengths, each up to what is not short.
    lengths: f32,
    /// The square of the length of the members' sum.
    square: f32,
    /// Protected words of each member, each combination once.
    opposites: Vec<Concepts>,
    /// Members that ask for an aspect, and the aspects they ask for.
    with_aspect: f32,
    aspects: u32,
    /// How many members each entry is nearest to.
    nearest: Vec<(EntryId, f32)>,
    /// The sum of what the classes believe of the members, and its square; empty where there are no classes.
    beliefs: Vec<f32>,
    beliefs_square: f32,
}

/// Clusters of questions. Ids are the caller's.
pub struct Clusters {
    corpus: Arc<Corpus>,
    classes: Option<Arc<Classes>>,
    /// Made for the first question of the edition: a title needs none.
    beliefs: Arc<OnceLock<Beliefs>>,
    /// Parts of words that ask, as they are written and as they sound.
    asking: HashSet<String>,
    join_from: f32,
    clusters: Vec<Cluster>,
    places: HashMap<i64, u32>,
    /// For each unit its part in the members' sum of the clusters that say it, by place.
    sums: HashMap<Unit, Vec<(u32, f32)>>,
    /// The cluster of each text that was put back, last one first.
    same: HashMap<Box<str>, u32>,
    /// Clusters in which an entry was the nearest.
    near: HashMap<EntryId, BTreeSet<u32>>,
}

/// The entry a reading puts first, if it is likely enough to tell what the question is about.
pub fn nearest_entry(reading: &Reading) -> Option<&EntryId> {
    let first = reading.hits.first()?;
    (first.score >= NEAREST_FROM).then_some(&first.entry)
}

impl Clusters {
    /// No clusters yet; weights come from the edition's corpus. Another edition needs new ones.
    pub fn new(faq: &Faq) -> Clusters {
        Clusters::joining_from(faq, JOIN_FROM)
    }

    /// The same with another threshold.
    pub fn joining_from(faq: &Faq, join_from: f32) -> Clusters {
        let taught = faq.ranker().taught.as_ref();
        Clusters {
            corpus: Arc::clone(&faq.ranker().corpus),
            classes: taught.map(|taught| Arc::clone(&taught.classes)),
            beliefs: taught.map(|taught| Arc::clone(&taught.beliefs)).unwrap_or_default(),
            asking: asking(faq.question_words()),
            join_from,
            clusters: Vec::new(),
            places: HashMap::new(),
            sums: HashMap::new(),
            same: HashMap::new(),
            near: HashMap::new(),
        }
    }

    /// Puts a question into its cluster, which begins if it is new. `nearest` is the entry found for it, if any.
    pub fn restore(&mut self, cluster: i64, text: &str, nearest: Option<&EntryId>) {
        let message = self.corpus.read(text);
        let place = self.place(cluster);
        let vector = self.vector(&message.parsed);
        let mut both = 0.0;
        for (unit, value) in &vector {
            if !self.sums.contains_key(*unit) {
                self.sums.insert((*unit).clone(), Vec::new());
            }
            let Some(sums) = self.sums.get_mut(*unit) else { continue };
            match sums.binary_search_by_key(&place, |(place, _)| *place) {
                Ok(at) => {
                    both += sums[at].1 * value;
                    sums[at].1 += value;
                }
                Err(at) => sums.insert(at, (place, *value)),
            }
        }
        let own: f32 = vector.iter().map(|(_, value)| value * value).sum();
        let beliefs = self.beliefs(&message);
        let known = &mut self.clusters[place as usize];
        known.take(&message, 2.0 * both + own, nearest);
        known.believe(&beliefs);
        self.same.insert(message.parsed.text.as_str().into(), place);
        if let Some(entry) = nearest {
            self.near.entry(entry.clone()).or_default().insert(place);
        }
    }

    /// The cluster a new question belongs to; none: it opens one, and the caller restores it under a new id.
    pub fn nearest(&self, text: &str, nearest: Option<&EntryId>) -> Option<Near> {
        let message = self.corpus.read(text);
        if let Some(place) = self.same.get(message.parsed.text.as_str()) {
            return Some(self.near(*place, 1.0));
        }
        let mut best: Option<(usize, f32)> = None;
        for (place, similarity) in self.similar(&message, nearest) {
            let beats = best.is_none_or(|(first, most)| (similarity, first) > (most, place));
            if beats && !self.clash(&self.clusters[place], &message) {
                best = Some((place, similarity));
            }
        }
        best.map(|(place, similarity)| self.near(place as u32, similarity.min(1.0)))
    }

    /// Every cluster a question may belong to, each once, the most similar first.
    pub fn alike(&self, text: &str, nearest: Option<&EntryId>) -> Vec<Near> {
        let message = self.corpus.read(text);
        let mut found = self.similar(&message, nearest);
        found.retain(|(place, _)| !self.clash(&self.clusters[*place], &message));
        found.sort_by(|(place, one), (other_place, other)| other.total_cmp(one).then(place.cmp(other_place)));
        found.dedup_by_key(|(place, _)| *place);
        let near = |(place, similarity): (usize, f32)| self.near(place as u32, similarity.min(1.0));
        found.into_iter().map(near).collect()
    }

    /// Places of clusters from the threshold up; those with the same nearest entry may come twice.
    fn similar(&self, message: &Message, nearest: Option<&EntryId>) -> Vec<(usize, f32)> {
        let shared = self.shared(&message.parsed);
        let length = length(&message.parsed);
        let beliefs = self.beliefs(message);
        let alike = nearest.and_then(|entry| self.near.get(entry));
        let candidates = shared.iter().enumerate().filter(|(_, shared)| **shared > 0.0);
        let by_words = candidates.map(|(place, shared)| (place, *shared));
        let by_entry = alike
            .into_iter()
            .flatten()
            .map(|place| (*place as usize, shared[*place as usize]));
        let similarity = |(place, shared): (usize, f32)| {
            let cluster = &self.clusters[place];
            let words = cluster.as_long(length) * shared / cluster.square.max(f32::EPSILON).sqrt();
            let similarity =
                words + cluster.entry_adds(nearest) + cluster.beliefs_add(&beliefs) - cluster.aspect_takes(message);
            (place, similarity)
        };
        let near_enough = |(_, similarity): &(usize, f32)| *similarity >= self.join_from;
        by_words.chain(by_entry).map(similarity).filter(near_enough).collect()
    }

    /// The text that says best, and in few words, what all of them ask; none of none.
    pub fn title<'a>(&self, texts: &[&'a str]) -> Option<&'a str> {
        let parsed: Vec<Parsed> = texts.iter().map(|text| self.corpus.read(text).parsed).collect();
        let mut sum: HashMap<&Unit, f32> = HashMap::new();
        for (unit, value) in parsed.iter().flat_map(|parsed| self.vector(parsed)) {
            *sum.entry(unit).or_default() += value;
        }
        let central = |parsed: &Parsed| {
            let length = parsed.text.chars().count() as f32;
            let vector = self.vector(parsed);
            let shared: f32 = vector
                .iter()
                .map(|(unit, value)| value * sum.get(unit).copied().unwrap_or(0.0))
                .sum();
            shared * (length / SHORT).min(1.0).sqrt() * (TITLE / length.max(1.0)).min(1.0).sqrt()
        };
        let mut best: Option<(&str, f32)> = None;
        for (text, parsed) in texts.iter().zip(&parsed) {
            let central = central(parsed);
            if best.is_none_or(|(_, most)| central > most) {
                best = Some((text, central));
            }
        }
        best.map(|(text, _)| text)
    }

    fn vector<'a>(&self, parsed: &'a Parsed) -> Vec<(&'a Unit, f32)> {
        self.corpus.weighed(parsed, |unit| match unit {
            Unit::Char(text) | Unit::Pair(text) | Unit::Word(text) | Unit::Sound(text)
                if self.asking.contains(text.as_str()) =>
            {
                ASKING
            }
            Unit::Char(_) | Unit::Pair(_) | Unit::Word(_) | Unit::Sound(_) | Unit::Skip(_) => 1.0,
        })
    }

    /// What the classes believe of a question; nothing where there are none.
    fn beliefs(&self, message: &Message) -> Vec<f32> {
        let Some(classes) = &self.classes else {
            return Vec::new();
        };
        let beliefs = self.beliefs.get_or_init(|| Beliefs::new(classes, &self.corpus));
        beliefs.of(&self.corpus, message)
    }

    fn place(&mut self, id: i64) -> u32 {
        *self.places.entry(id).or_insert_with(|| {
            self.clusters.push(Cluster::new(id));
            (self.clusters.len() - 1) as u32
        })
    }

    fn near(&self, place: u32, similarity: f32) -> Near {
        Near {
            cluster: self.clusters[place as usize].id,
            similarity,
        }
    }

    /// The product of a question with the members' sum of every cluster.
    fn shared(&self, parsed: &Parsed) -> Vec<f32> {
        let mut shared = vec![0.0_f32; self.clusters.len()];
        for (unit, value) in self.vector(parsed) {
            for (place, sum) in self.sums.get(unit).into_iter().flatten() {
                shared[*place as usize] += value * sum;
            }
        }
        shared
    }

    /// Words that must not stand for each other keep questions apart, whatever else they share.
    fn clash(&self, cluster: &Cluster, message: &Message) -> bool {
        let clash = |other: &Concepts| self.corpus.opposites.clash(message.concepts, *other);
        cluster.opposites.iter().any(clash)
    }
}

impl Cluster {
    fn new(id: i64) -> Cluster {
        Cluster {
            id,
            members: 0.0,
            lengths: 0.0,
            square: 0.0,
            opposites: Vec::new(),
            with_aspect: 0.0,
            aspects: 0,
            nearest: Vec::new(),
            beliefs: Vec::new(),
            beliefs_square: 0.0,
        }
    }

    fn take(&mut self, message: &Message, grows: f32, nearest: Option<&EntryId>) {
        self.members += 1.0;
        self.lengths += length(&message.parsed);
        self.square += grows;
        let opposites = message.concepts.opposites;
        if opposites != 0 && self.opposites.iter().all(|known| known.opposites != opposites) {
            self.opposites.push(message.concepts);
        }
        let aspects = message.concepts.aspects & ASPECTS;
        self.aspects |= aspects;
        self.with_aspect += f32::from(u8::from(aspects != 0));
        if let Some(entry) = nearest {
            match self.nearest.iter_mut().find(|(known, _)| known == entry) {
                Some((_, count)) => *count += 1.0,
                None => self.nearest.push((entry.clone(), 1.0)),
            }
        }
    }

    fn believe(&mut self, beliefs: &[f32]) {
        self.beliefs.resize(beliefs.len(), 0.0);
        let sum = self.beliefs.iter_mut().zip(beliefs);
        self.beliefs_square = sum.fold(0.0, |square, (sum, belief)| {
            *sum += belief;
            square + *sum * *sum
        });
    }

    /// How far the shorter of a question and the cluster's mean reaches up to the longer.
    fn as_long(&self, length: f32) -> f32 {
        let mean = self.lengths / self.members;
        mean.min(length) / mean.max(length).max(1.0)
    }

    fn entry_adds(&self, nearest: Option<&EntryId>) -> f32 {
        let Some(entry) = nearest else { return 0.0 };
        let own = self.nearest.iter().find(|(known, _)| known == entry);
        own.map_or(0.0, |(_, count)| SAME_NEAREST * count / self.members)
    }

    fn beliefs_add(&self, beliefs: &[f32]) -> f32 {
        let shared: f32 = self.beliefs.iter().zip(beliefs).map(|(sum, belief)| sum * belief).sum();
        SAME_BELIEFS * shared / self.beliefs_square.max(f32::EPSILON).sqrt()
    }

    fn aspect_takes(&self, message: &Message) -> f32 {
        let aspects = message.concepts.aspects & ASPECTS;
        if aspects == 0 || aspects & self.aspects != 0 {
            return 0.0;
        }
        OTHER_ASPECT * self.with_aspect / self.members
    }
}

/// Every part of the words that ask, in the lexicon and in the program, and how pairs of them sound.
fn asking(words: &[String]) -> HashSet<String> {
    let plain = |word: &str| squeeze(&normalise(word));
    let own = aspect_words().map(plain).chain(words.iter().map(|word| plain(word)));
    let mut parts = HashSet::new();
    for word in own {
        let chars: Vec<char> = word.chars().collect();
        let heard = |c: char| sound::heard(c).unwrap_or_default();
        parts.extend(
            chars
                .windows(2)
                .map(|pair| format!("{}_{}", heard(pair[0]), heard(pair[1]))),
        );
        for begin in 0..chars.len() {
            parts.extend((begin + 1..=chars.len()).map(|end| chars[begin..end].iter().collect::<String>()));
        }
    }
    parts
}

/// In characters; what is not short counts alike.
fn length(parsed: &Parsed) -> f32 {
    (parsed.text.chars().count() as f32).min(SHORT)
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::OnceLock;

    use super::super::load::Base;
    use super::*;

    /// The bureau's own list: in a list of three entries no word is common.
    fn faq() -> &'static Faq {
        static FAQ: OnceLock<Faq> = OnceLock::new();
        FAQ.get_or_init(|| {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("faq");
            let base = Base::load(&folder).unwrap();
            Faq::build(base.entries, base.lexicon)
        })
    }

    /// The cluster of each text, in the order they are asked.
    fn clustered(texts: &[&str]) -> Vec<i64> {
        let mut clusters = Clusters::new(faq());
        let mut next = 0;
        let mut of = Vec::new();
        for text in texts {
            let near = clusters.nearest(text, None).map(|near| near.cluster);
            next += i64::from(near.is_none());
            of.push(near.unwrap_or(next));
            clusters.restore(near.unwrap_or(next), text, None);
        }
        of
    }

    #[test]
    fn one_question_is_one_cluster_however_it_is_written() {
        let asked = [
            "跨省迁移要交什么材料",
            "跨省迁移要交什么材料？？",
            "您好，请问跨省迁移要交什么材料，谢谢老师",
            "跨省遷移要交什麼材料",
            "跨省迁易要交什么材料",
            "跨省迁移交什么材料呀",
        ];
        assert_eq!(clustered(&asked), [1; 6]);
    }

    #[test]
    fn words_that_must_not_stand_for_each_other_keep_questions_apart() {
        let asked = [
            "公司注销要登报多久",
            "公司吊销要登报多久",
            "公司注销要登报多久呢",
            "吊销以后怎么注销，要登报多久",
        ];
        let of = clustered(&asked);
        assert_ne!(of[0], of[1]);
        assert_eq!(of[0], of[2]);
        assert!(
            of.iter()
                .zip(asked)
                .all(|(cluster, text)| *cluster != of[1] || text.contains("吊销"))
        );
    }

    #[test]
    fn a_short_question_swallows_nothing() {
        let asked = [
            "要多久",
            "股权出质登记要多久",
            "外资企业迁移档案要多久",
            "电子印章申领要多久",
            "要多久",
            "歇业备案要多久",
        ];
        let of = clustered(&asked);
        assert_eq!(of[0], of[4]);
        let others = [of[1], of[2], of[3], of[5]];
        assert!(others.iter().all(|cluster| *cluster != of[0]), "{of:?}");
    }

    #[test]
    fn another_aspect_counts_against() {
        let mut clusters = Clusters::new(faq());
        clusters.restore(1, "股权质押要带啥材料", None);
        let similarity = |text: &str| clusters.nearest(text, None).map_or(0.0, |near| near.similarity);
        let (same, other) = (
            similarity("办股权出质登记交啥材料"),
            similarity("办股权出质登记要多少钱"),
        );
        assert!(same > other + OTHER_ASPECT, "{same} {other}");
    }

    #[test]
    fn what_the_same_entry_is_nearest_to_is_alike() {
        let mut clusters = Clusters::new(faq());
        let entry = EntryId::from("dereg-003");
        clusters.restore(7, "挂网得挂几天", Some(&entry));
        assert_eq!(clusters.nearest("公示期多长", None), None);
        let near = clusters.nearest("公示期多长", Some(&entry));
        assert_eq!(near.map(|near| near.cluster), Some(7));
    }

    #[test]
    fn what_the_classes_believe_tells_where_words_do_not() {
        let mut clusters = Clusters::joining_from(faq(), 0.3);
        clusters.restore(1, "照要寄多长", None);
        clusters.restore(2, "简易的要挂网几天", None);
        let near = clusters.nearest("走快的那种公示得等多长", None);
        assert_eq!(near.map(|near| near.cluster), Some(2));
    }

    #[test]
    fn words_nobody_ever_said_are_not_alike_for_that() {
        let mut clusters = Clusters::new(faq());
        clusters.restore(1, "魑魅魍魉", None);
        assert_eq!(clusters.nearest("魑饕餮狴犴", None), None);
        assert!(clusters.nearest("魑魅魍魉饕", None).is_some());
    }

    #[test]
    fn the_same_questions_in_the_same_order_give_the_same_clusters() {
        let texts: Vec<String> = (0..200)
            .map(|i| {
                format!(
                    "{}{}{}",
                    ["迁移", "档案", "出质", "歇业"][i % 4],
                    ["怎么办", "要多久", "要钱吗"][i % 3],
                    i % 7
                )
            })
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        assert_eq!(clustered(&texts), clustered(&texts));
    }

    #[test]
    fn the_title_is_short_and_in_the_middle() {
        let clusters = Clusters::new(faq());
        let texts = [
            "老师们好，俺这边一个客户的公司想从郑州迁到许昌来，跨省迁移要交什么材料，还得去郑州那边调档案不",
            "跨省迁移要什么材料",
            "要啥",
            "跨省迁移交啥材料",
            "迁移",
        ];
        assert_eq!(clusters.title(&texts), Some("跨省迁移要什么材料"));
        assert_eq!(clusters.title(&[]), None);
        assert_eq!(clusters.title(&["？？"]), Some("？？"));
    }
}
