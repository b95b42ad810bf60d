//! Which of the replies in a question's history hold.

use crate::domain::asking::history::Step;

/// The key of the step that says of a reply's words that they no longer hold.
pub const TAKEN_BACK: &str = "took_back";

/// The replies of a history that hold, in order: without those that were changed or taken back.
pub fn standing_replies<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Vec<&'a str> {
    let mut standing: Vec<&str> = Vec::new();
    for step in steps {
        if let Step::Replied { words, .. } = step {
            standing.push(words);
        }
        if let Step::TookBack { words, .. } = step
            && let Some(at) = standing.iter().rposition(|reply| reply == words)
        {
            standing.remove(at);
        }
    }
    standing
}

/// Whether a step gives the asker an answer: the bot's, a helper's, or what is still missing.
pub fn answers(step: &Step) -> bool {
    matches!(
        step,
        Step::Answered(_) | Step::Replied { .. } | Step::Adopted { .. } | Step::Informed { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::people::PersonId;

    const WANG: PersonId = PersonId(7);

    #[test]
    fn the_key_is_the_steps() {
        let words = String::new();
        assert_eq!(Step::TookBack { by: WANG, words }.key(), TAKEN_BACK);
    }

    #[test]
    fn a_reply_holds_until_it_is_changed_or_taken_back() {
        let replied = |words: &str| Step::Replied {
            by: WANG,
            words: words.into(),
        };
        let back = |words: &str| Step::TookBack {
            by: WANG,
            words: words.into(),
        };
        let steps = [
            replied("500"),
            replied("带章程"),
            back("500"),
            replied("50"),
            replied("50"),
        ];
        assert_eq!(standing_replies(&steps), ["带章程", "50", "50"]);
        assert_eq!(standing_replies(&[replied("50"), back("50"), back("50")]), [""; 0]);
    }
}
