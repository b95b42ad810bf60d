//! The weights of an edition that was never fitted: those of the bureau's own list, without classes.

use super::judge::{Scales, SureSigns};
use super::model::in_order;
use super::rank::Features;

const RANKING: [(&str, f32); 4] = [("best", 10.0), ("of_entry", 3.0), ("conflict", -3.0), ("exact", 5.0)];
const SURE: [(&str, f32); 4] = [("one", -5.0), ("share", 3.0), ("best", 4.0), ("of_entry", 3.0)];

/// The built-in weights.
pub fn scales() -> Scales {
    let order = |weights: &[(&str, f32)], names: &[String]| {
        in_order(
            &weights
                .iter()
                .map(|(name, value)| ((*name).to_string(), *value))
                .collect(),
            names,
        )
    };
    Scales {
        ranking: order(&RANKING, &Features::names()),
        sure: order(&SURE, &SureSigns::names()),
        sure_from: 0.6,
        unsure_from: 0.2,
        question: None,
        question_from: 0.5,
    }
}
