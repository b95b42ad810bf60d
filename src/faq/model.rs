//! What was fitted: `model.json` of the folder. Written by `bangban faq fit`, read by people, never by hand.

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use smol_str::SmolStr;

use super::entry::Entry;
use super::questions::Asked;
use crate::yaml::{self, Place, Problem};

/// The file's name in the folder.
pub const FILE: &str = "model.json";
const MOST_BYTES: usize = 16_000_000;
/// The form this program writes.
const FORM: u32 = 1;

/// Weights by the names of what they weigh.
pub type Weights = BTreeMap<String, f32>;

/// What one edition learnt from questions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Learnt {
    /// Questions people asked, each with its entry.
    pub asked: Vec<Asked>,
    /// None: the built-in weights.
    pub model: Option<Model>,
}

/// Fitted weights and thresholds, with the curve they were chosen from.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    form: u32,
    /// What the weights were fitted on, for people.
    pub fitted_on: String,
    /// Of each feature between message and entry.
    pub ranking: Weights,
    /// Of what makes the first entry sure.
    pub sure: Weights,
    /// From this probability on the first entry is said.
    pub sure_from: f32,
    /// From this one on entries are offered.
    pub unsure_from: f32,
    /// Of what makes a message a question; none: every message is one.
    pub question: Option<Weights>,
    pub question_from: f32,
    /// Precision and coverage for thresholds, on the questions that were fitted on, each left out of its own base.
    pub curve: Vec<Point>,
    /// For each phrasing how hard it pulls a message towards entries, or away from them.
    pub pulls: Vec<PullOf>,
}

/// Fitted numbers are never NaN.
impl Eq for Model {}

/// One point of the curve.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    pub from: f32,
    /// Correct among said, with messages to hand over and to stay silent on.
    pub precision: f32,
    /// Said among those an entry answers.
    pub coverage: f32,
}

/// The names of a phrasing's pulls towards telling rather than asking, and towards somebody else's matters rather than
/// ours, beside those towards classes.
pub const TELLS: &str = "-tells";
pub const FOREIGN: &str = "-foreign";

/// What a phrasing teaches: `entry` as in the files, `-escalate` and `-silent` for the two other classes, `-tells` and
/// `-foreign` for how it sounds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PullOf {
    pub entry: SmolStr,
    pub text: String,
    pub pulls: Pulls,
}

/// Strengths by the names of what is pulled, in the order of the names: a map in the file. There are twenty thousand,
/// of five each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Pulls(Box<[(SmolStr, f32)]>);

impl Pulls {
    /// The strength of a name.
    pub fn get(&self, name: &str) -> Option<f32> {
        self.iter().find(|(own, _)| *own == name).map(|(_, strength)| strength)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f32)> {
        self.0.iter().map(|(name, strength)| (name.as_str(), *strength))
    }
}

impl FromIterator<(SmolStr, f32)> for Pulls {
    fn from_iter<I: IntoIterator<Item = (SmolStr, f32)>>(pairs: I) -> Pulls {
        let mut pairs: Vec<(SmolStr, f32)> = pairs.into_iter().collect();
        pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
        Pulls(pairs.into())
    }
}

impl Serialize for Pulls {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Pulls {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Pulls, D::Error> {
        struct OfMap;
        impl<'de> Visitor<'de> for OfMap {
            type Value = Pulls;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("strengths by names")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pulls, A::Error> {
                std::iter::from_fn(|| map.next_entry().transpose()).collect()
            }
        }
        deserializer.deserialize_map(OfMap)
    }
}

impl Learnt {
    /// Reads questions and model of a folder; either may be missing.
    pub fn of_folder(folder: &Path) -> Result<Learnt, Problem> {
        Ok(Learnt {
            asked: Asked::of_folder(folder)?,
            model: Model::of_folder(folder)?,
        })
    }

    /// How many phrasings of the entries the model has never seen; none without a model.
    pub fn unfitted(&self, entries: &[Entry]) -> Option<usize> {
        let model = self.model.as_ref()?;
        let known: HashSet<(&str, &str)> = model
            .pulls
            .iter()
            .map(|pull| (pull.entry.as_str(), pull.text.as_str()))
            .collect();
        let own = entries
            .iter()
            .flat_map(|entry| entry.phrasings().map(|text| (entry.id.as_str(), text)));
        Some(own.filter(|phrasing| !known.contains(phrasing)).count())
    }

    /// Forgets questions, and what they taught; whether there were any.
    pub fn forget(&mut self, is_theirs: impl Fn(&Asked) -> bool) -> bool {
        let (gone, left): (Vec<Asked>, Vec<Asked>) = std::mem::take(&mut self.asked).into_iter().partition(is_theirs);
        self.asked = left;
        let texts: HashSet<&str> = gone.iter().map(|asked| asked.text.as_str()).collect();
        let still: HashSet<&str> = self.asked.iter().map(|asked| asked.text.as_str()).collect();
        if let Some(model) = &mut self.model {
            model
                .pulls
                .retain(|pull| !texts.contains(pull.text.as_str()) || still.contains(pull.text.as_str()));
        }
        !gone.is_empty()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty() && self.model.is_none()
    }
}

impl Model {
    /// A model without weights, in the form this program writes.
    pub fn new(fitted_on: String) -> Model {
        Model {
            form: FORM,
            fitted_on,
            ..Model::default()
        }
    }

    /// Reads `model.json`; none where the folder has none.
    pub fn of_folder(folder: &Path) -> Result<Option<Model>, Problem> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(None);
        }
        let text = yaml::read_text_within(&path, MOST_BYTES)?;
        let wrong = |line: usize, why: String| {
            let line = u32::try_from(line).unwrap_or(1).max(1);
            let advice = format!("模型读不懂（{why}），请删去它再重新拟合：bangban faq fit");
            Problem::at(&path, Place { line, column: 1 }, advice)
        };
        let model: Model = serde_json::from_str(&text).map_err(|error| wrong(error.line(), error.to_string()))?;
        if model.form == FORM {
            Ok(Some(model))
        } else {
            Err(wrong(1, format!("格式 {}，本程序用 {FORM}", model.form)))
        }
    }

    /// What is answered at the threshold, of what an entry answers, and how much of it rightly; between the points of
    /// the curve on either side.
    pub fn at_threshold(&self) -> (f32, f32) {
        let below = self.curve.iter().rev().find(|point| point.from <= self.sure_from);
        let above = self.curve.iter().find(|point| point.from > self.sure_from);
        match (below, above) {
            (Some(below), Some(above)) => {
                let part = (self.sure_from - below.from) / (above.from - below.from);
                let between = |below: f32, above: f32| below + part * (above - below);
                (
                    between(below.coverage, above.coverage),
                    between(below.precision, above.precision),
                )
            }
            (Some(only), None) | (None, Some(only)) => (only.coverage, only.precision),
            (None, None) => (0.0, 1.0),
        }
    }

    /// The file's text: one value a line, the same for the same model.
    pub fn text(&self) -> String {
        let head = Model {
            curve: Vec::new(),
            pulls: Vec::new(),
            ..self.clone()
        };
        let json = serde_json::to_string_pretty(&head).unwrap_or_default();
        let line = |value: serde_json::Result<String>| format!("    {}", value.unwrap_or_default());
        let curve: Vec<String> = self
            .curve
            .iter()
            .map(|point| line(serde_json::to_string(point)))
            .collect();
        let pulls: Vec<String> = self
            .pulls
            .iter()
            .map(|pull| line(serde_json::to_string(pull)))
            .collect();
        json.replace("\"curve\": []", &format!("\"curve\": [\n{}\n  ]", curve.join(",\n")))
            .replace("\"pulls\": []", &format!("\"pulls\": [\n{}\n  ]", pulls.join(",\n")))
            + "\n"
    }
}

/// Weights as a list in the order of names; what is missing weighs nothing.
pub fn in_order(weights: &Weights, names: &[impl AsRef<str>]) -> Vec<f32> {
    names
        .iter()
        .map(|name| weights.get(name.as_ref()).copied().unwrap_or(0.0))
        .collect()
}

/// A list in the order of names as weights, rounded so that the file reads well and is the same on every machine.
pub fn named(values: &[f32], names: &[impl AsRef<str>]) -> Weights {
    let pairs = names.iter().zip(values);
    pairs
        .map(|(name, value)| (name.as_ref().to_string(), rounded(*value)))
        .collect()
}

/// Three digits after the point.
pub fn rounded(value: f32) -> f32 {
    (value * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_two_points_the_curve_is_straight() {
        let mut model = Model::new(String::new());
        assert_eq!(model.at_threshold(), (0.0, 1.0));
        let point = |from, precision, coverage| Point {
            from,
            precision,
            coverage,
        };
        model.curve = vec![point(0.5, 0.9, 0.8), point(1.0, 1.0, 0.0)];
        for (from, expected) in [
            (0.25, (0.8, 0.9)),
            (0.5, (0.8, 0.9)),
            (0.75, (0.4, 0.95)),
            (1.0, (0.0, 1.0)),
        ] {
            model.sure_from = from;
            let (coverage, precision) = model.at_threshold();
            assert!(
                (coverage - expected.0).abs() < 1e-5 && (precision - expected.1).abs() < 1e-5,
                "{from}"
            );
        }
    }
}
