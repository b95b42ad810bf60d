//! Two judgements, each a probability from weighted signs: whether a message asks, and whether the first entry is meant.

use serde::Serialize;

use super::feature::measured;
use super::gate::Words;
use super::model::{Model, in_order};
use super::rank::{Beside, Features, Scored};

measured! {
    /// What speaks for and against saying the first entry.
    SureSigns {
        one,
        /// Belief in the first entry, and its square.
        share,
        share_square,
        /// Lead of its weighted sum over the second one's.
        lead,
        best,
        /// Lead of its closest phrasing over the second entry's.
        best_lead,
        of_message,
        of_phrasing,
        of_entry,
        of_answer,
        words,
        chars,
        pairs,
        order,
        message_lacks,
        phrasing_lacks,
        both_ways,
        mean,
        class,
        class_lead,
        clause,
        hand_over,
        silent,
        /// How much closer the nearest handed-over message is than the nearest phrasing.
        near_hand_over,
        near_silent,
        unknown,
        aspects_apart,
        kind_apart,
        business_apart,
        entry_kind_apart,
        business_lacks,
        kind_lacks,
        exact,
        long,
        foreign,
    }
    together {
        share, lead, best_lead, words, chars, order, of_message, of_phrasing, message_lacks, phrasing_lacks, hand_over,
        class_lead, unknown, long,
    }
}

measured! {
    /// What speaks for and against a message being a question.
    QuestionSigns {
        one,
        asks,
        trouble,
        topic,
        notice,
        notices,
        chatter,
        done,
        told_somebody,
        short,
        elliptic_topic,
        mark,
        long,
        silent,
        /// How much likelier silence is than any entry, by the classes.
        silent_lead,
        near_silent,
        /// That the first entry would be meant.
        sure,
        share,
        best,
        class,
        of_entry,
        hand_over,
        near_hand_over,
        unknown,
        /// That it sounds like telling, and like others' matters.
        telling,
        foreign,
    }
    together {
        asks, trouble, topic, done, told_somebody, notice, silent, near_silent, best, class, sure, hand_over, long, mark,
        telling, foreign,
    }
}

/// A model ready for use: its weights in the order of the features.
#[derive(Debug, Clone)]
pub struct Scales {
    pub ranking: Vec<f32>,
    pub sure: Vec<f32>,
    pub sure_from: f32,
    pub unsure_from: f32,
    pub question: Option<Vec<f32>>,
    pub question_from: f32,
}

impl Scales {
    /// The weights of a model.
    pub fn new(model: &Model) -> Scales {
        Scales {
            ranking: in_order(&model.ranking, &Features::names()),
            sure: in_order(&model.sure, &SureSigns::names()),
            sure_from: model.sure_from,
            unsure_from: model.unsure_from,
            question: model
                .question
                .as_ref()
                .map(|weights| in_order(weights, &QuestionSigns::names())),
            question_from: model.question_from,
        }
    }
}

/// The probability a weighted sum stands for.
pub fn probability(values: &[f32], weights: &[f32]) -> f32 {
    let sum: f32 = values.iter().zip(weights).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-sum).exp())
}

/// The signs for the first of the ranked entries.
pub fn sure_signs(ranked: &[Scored], beside: &Beside, length: usize) -> SureSigns {
    let Some(first) = ranked.first() else {
        return SureSigns::default();
    };
    let f = &first.features;
    let second = ranked.get(1);
    SureSigns {
        one: 1.0,
        share: first.score,
        share_square: first.score * first.score,
        lead: second.map_or(1.0, |second| ((first.sum - second.sum) / 6.0).clamp(0.0, 1.0)),
        best: f.best,
        best_lead: f.best - ranked[1..].iter().map(|other| other.features.best).fold(0.0, f32::max),
        of_message: f.of_message,
        of_phrasing: f.of_phrasing,
        of_entry: f.of_entry,
        of_answer: f.of_answer,
        words: f.words,
        chars: f.chars,
        pairs: f.pairs,
        order: f.order,
        message_lacks: f.message_lacks,
        phrasing_lacks: f.phrasing_lacks,
        both_ways: f.both_ways,
        mean: f.mean,
        class: f.class,
        class_lead: f.class_lead,
        clause: f.clause,
        hand_over: beside.hand_over,
        silent: beside.silent,
        near_hand_over: beside.near_hand_over - f.best,
        near_silent: beside.near_silent - f.best,
        unknown: beside.unknown,
        aspects_apart: f.aspects_apart,
        kind_apart: f.kind_apart,
        business_apart: f.business_apart,
        entry_kind_apart: f.entry_kind_apart,
        business_lacks: f.business_lacks,
        kind_lacks: f.kind_lacks,
        exact: f.exact,
        long: long(length),
        foreign: beside.foreign,
    }
}

/// The signs of a message as a whole.
pub fn question_signs(words: &Words, ranked: &[Scored], beside: &Beside, sure: f32) -> QuestionSigns {
    let flag = |is: bool| f32::from(u8::from(is));
    let most = |of: fn(&Scored) -> f32| ranked.iter().map(of).fold(0.0, f32::max);
    let (best, class) = (
        most(|scored| scored.features.best),
        most(|scored| scored.features.class),
    );
    QuestionSigns {
        one: 1.0,
        silent_lead: beside.silent - class.max(beside.hand_over),
        sure,
        asks: flag(words.asks),
        trouble: flag(words.trouble),
        topic: flag(words.topic),
        notice: flag(words.notices > 0),
        notices: flag(words.notices > 1),
        chatter: flag(words.chatter),
        done: flag(words.done),
        told_somebody: flag(words.told_somebody),
        short: flag(words.length < 4),
        elliptic_topic: flag(words.topic && words.length <= 8 && !words.done),
        mark: flag(words.mark),
        long: long(words.length),
        silent: beside.silent,
        near_silent: beside.near_silent,
        share: ranked.first().map_or(0.0, |first| first.score),
        best,
        class,
        of_entry: most(|scored| scored.features.of_entry),
        hand_over: beside.hand_over,
        near_hand_over: beside.near_hand_over,
        unknown: beside.unknown,
        telling: beside.telling,
        foreign: beside.foreign,
    }
}

fn long(length: usize) -> f32 {
    (length as f32 / 60.0).min(1.0)
}
