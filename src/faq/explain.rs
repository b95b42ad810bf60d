//! Why a message led where it led: which words counted, what each feature added, the band, and what blocked an answer.

use super::decide::{Decision, Reason};
use super::rank::Features;
use super::reading::Reading;
use super::service::{Faq, Outcome};

/// Entries and features that are told.
const ENTRIES: usize = 3;
const ADDED: usize = 6;
const TERMS: usize = 12;

/// The reasons of one decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// The message as it was understood: misspelt words mended, courtesies removed.
    pub understood: String,
    /// Words and characters by how much they tell, and whether the first entry's closest phrasing has them.
    pub terms: Vec<(String, bool)>,
    pub entries: Vec<Reasons>,
    /// That the first entry is meant, and what is needed to say it.
    pub probability: f32,
    pub needed: f32,
    /// That the message asks, and what is needed to react.
    pub question: Option<(f32, f32)>,
    pub decision: Decision,
    pub blocks: Vec<Block>,
}

/// Why an entry stands where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Reasons {
    pub no: u32,
    pub question: String,
    pub phrasing: String,
    pub score: f32,
    /// What each feature added to its sum, the strongest first.
    pub added: Vec<(String, f32)>,
}

/// What kept an answer back.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Below the threshold.
    Unsure,
    /// Words that must not stand for each other: the message's, the phrasing's.
    Opposites(String, String),
    /// The message wants a business that the phrasing does not, or the other way round.
    Denied,
    /// It looks more like what is handed over.
    LikeHandedOver,
    NotCurrent,
    NotAQuestion,
}

impl Faq {
    /// Explains what a reading leads to.
    pub fn explain(&self, reading: &Reading, outcome: &Outcome) -> Explanation {
        let question = reading.question.map(|asks| (asks, self.scales().question_from));
        Explanation {
            understood: reading.message.parsed.text.clone(),
            terms: self.terms(reading),
            entries: reading
                .hits
                .iter()
                .take(ENTRIES)
                .filter_map(|hit| self.reasons(hit))
                .collect(),
            probability: reading.probability,
            needed: self.scales().sure_from,
            question,
            decision: outcome.decision.clone(),
            blocks: self.blocks(reading, outcome),
        }
    }

    fn reasons(&self, hit: &super::Hit) -> Option<Reasons> {
        let entry = self.entry(&hit.entry)?;
        let weighed = hit.features.values().into_iter().zip(&self.scales().ranking);
        let mut added: Vec<(String, f32)> = Features::names()
            .into_iter()
            .zip(weighed.map(|(value, weight)| value * weight))
            .collect();
        added.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
        added.truncate(ADDED);
        Some(Reasons {
            no: entry.no,
            question: entry.question.clone(),
            phrasing: hit.phrasing.clone(),
            score: hit.score,
            added,
        })
    }

    fn terms(&self, reading: &Reading) -> Vec<(String, bool)> {
        let closest = reading.hits.first().map_or("", |hit| hit.phrasing.as_str());
        self.ranker().corpus.telling(&reading.message, closest, TERMS)
    }

    fn blocks(&self, reading: &Reading, outcome: &Outcome) -> Vec<Block> {
        let mut blocks = Vec::new();
        let Some(first) = reading.hits.first() else {
            return blocks;
        };
        if reading.question.is_some_and(|asks| asks < self.scales().question_from) {
            blocks.push(Block::NotAQuestion);
        }
        if first.features.conflict > 0.0 {
            let corpus = &self.ranker().corpus;
            let theirs = corpus.read(&first.phrasing).concepts;
            let pairs = corpus.opposites.clashing(reading.message.concepts, theirs);
            blocks.extend(
                pairs
                    .into_iter()
                    .map(|(a, b)| Block::Opposites(a.to_string(), b.to_string())),
            );
        }
        if first.features.denial > 0.0 {
            blocks.push(Block::Denied);
        }
        match &outcome.decision {
            Decision::Unknown(Reason::Expired(_) | Reason::NotYetValid(_)) => blocks.push(Block::NotCurrent),
            Decision::Unsure(_) | Decision::Unknown(Reason::NothingFits) => {
                if reading.beside.hand_over > first.features.class {
                    blocks.push(Block::LikeHandedOver);
                }
                if reading.probability < self.scales().sure_from {
                    blocks.push(Block::Unsure);
                }
            }
            Decision::Sure(_) => {}
        }
        blocks
    }
}

/// Chinese names of the features that people are told; products show both names.
pub fn named(feature: &str) -> String {
    let one = |name: &str| {
        let known = match name {
            "class" => "归类",
            "class_lead" => "归类领先",
            "clause" => "分句归类",
            "words" => "词",
            "pairs" => "双字",
            "chars" => "单字",
            "sounds" => "读音",
            "order" | "whole_order" => "字序",
            "dice_chars" => "同字",
            "of_message" => "问话被说到",
            "of_phrasing" => "问法被说到",
            "of_entry" => "本条全部问法说到",
            "of_answer" => "答案说到",
            "best" | "best_square" => "最近问法",
            "second" => "第二近问法",
            "mean" => "近四句平均",
            "meant" => "近义",
            "bm25" => "检索分",
            "message_lacks" => "问话多出的词",
            "phrasing_lacks" => "问法多出的词",
            "length_apart" => "长短差",
            "business_apart" | "business_lacks" | "business_shared" => "业务",
            "kind_apart" | "entry_kind_apart" | "entry_kind_shared" | "kind_lacks" => "主体",
            "aspects_apart" | "aspects_shared" => "问的方面",
            "conflict" => "反义",
            "denial" => "不办的事",
            other => other,
        };
        known.to_string()
    };
    feature.split('*').map(one).collect::<Vec<_>>().join("×")
}

#[cfg(test)]
mod tests {
    use super::super::testing::entry;
    use super::super::{Audience, Lexicon};
    use super::*;

    #[test]
    fn a_veto_is_named() {
        let one = entry("dereg-001", 1, "公司注销要多久？", &["公司注销几天"]);
        let lexicon = Lexicon {
            opposites: vec![vec!["吊销".into(), "注销".into()]],
            ..Lexicon::default()
        };
        let faq = Faq::build(vec![one], lexicon);
        let reading = faq.read("公司吊销要多久？", Audience::Public);
        let outcome = faq.decide(&reading, jiff::civil::date(2026, 11, 25));
        let why = faq.explain(&reading, &outcome);
        assert!(
            why.blocks.contains(&Block::Opposites("吊销".into(), "注销".into())),
            "{why:?}"
        );
        assert_eq!(why.entries[0].no, 1);
        assert!(why.terms.iter().any(|(term, found)| term == "公司" && *found));
        assert_eq!(named("words*class"), "词×归类");
    }
}
