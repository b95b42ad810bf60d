//! How the bot may speak in a group (PRODUCT §3, `/mode`): in general, and for some categories of the list.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// One way of speaking. 转人工 always works.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// 旁听: records, says nothing.
    Observe,
    /// 提议: whispers what it would say to the helper on duty.
    Propose,
    /// 被@才答
    Mention,
    /// 自动
    Auto,
}

/// Every mode with the word people type.
pub const MODES: [(Mode, &str); 4] = [
    (Mode::Observe, "旁听"),
    (Mode::Propose, "提议"),
    (Mode::Mention, "被@才答"),
    (Mode::Auto, "自动"),
];

impl Mode {
    /// The word people type.
    pub fn word(self) -> &'static str {
        MODES
            .iter()
            .find(|(mode, _)| *mode == self)
            .map_or("自动", |(_, word)| word)
    }

    /// From the word people type; 被＠才答 and 被答 are understood too.
    pub fn from_word(word: &str) -> Option<Mode> {
        let word = word.trim().replace('＠', "@");
        let known = MODES.iter().find(|(_, known)| *known == word);
        known
            .map(|(mode, _)| *mode)
            .or_else(|| (word == "被才答").then_some(Mode::Mention))
    }
}

/// A group's own choice; what it did not choose its bureau's settings say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Modes {
    /// For everything.
    pub all: Option<Mode>,
    /// For categories of the list, as /faq shows them.
    pub by_category: BTreeMap<String, Mode>,
}

impl Modes {
    /// How the bot may speak about a category, or about what is in no category.
    pub fn of(&self, category: Option<&str>, otherwise: Mode) -> Mode {
        category
            .and_then(|category| self.by_category.get(category))
            .copied()
            .or(self.all)
            .unwrap_or(otherwise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_counts_before_the_group_and_the_group_before_the_settings() {
        let mut modes = Modes::default();
        assert_eq!(modes.of(Some("注销"), Mode::Propose), Mode::Propose);
        modes.all = Some(Mode::Mention);
        modes.by_category.insert("注销".into(), Mode::Auto);
        assert_eq!(modes.of(Some("注销"), Mode::Propose), Mode::Auto);
        assert_eq!(modes.of(Some("变更"), Mode::Propose), Mode::Mention);
        assert_eq!(modes.of(None, Mode::Propose), Mode::Mention);
        assert_eq!(Mode::from_word("被＠才答"), Some(Mode::Mention));
        assert_eq!(Mode::from_word("安静"), None);
    }
}
