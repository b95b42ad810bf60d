//! What a button does: how its token keeps it, what people read on it, and the words that do the same.

use crate::domain::asking::question::QuestionId;
use crate::domain::asking::rating::Rating;
use crate::domain::asking::request::Adopted;
use crate::domain::wording::{self, button};

/// What a button does, as its token keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Push {
    Solved,
    Human,
    None,
    Pick(usize),
    Rate(Rating),
    Claim,
    Release,
    Close,
    AskCity,
    Offer,
    Adopt(Adopted),
    /// An entry of the list by its number, about no question.
    Look(u32),
    /// An answer to a proposal to swap duty, about no question.
    Swap {
        number: i64,
        agrees: bool,
    },
    /// The week's digest is not wanted any more, about no question.
    NoDigest,
}

impl Push {
    pub(crate) fn key(self) -> String {
        match self {
            Push::Solved => "solved".to_owned(),
            Push::Human => "human".to_owned(),
            Push::None => "none".to_owned(),
            Push::Pick(index) => format!("pick{index}"),
            Push::Claim => "claim".to_owned(),
            Push::Release => "release".to_owned(),
            Push::Close => "close".to_owned(),
            Push::AskCity => "city".to_owned(),
            Push::Offer => "offer".to_owned(),
            Push::Rate(rating) => format!("rate{}", rating.level()),
            Push::Adopt(Adopted::Entry(no)) => format!("entry{no}"),
            Push::Adopt(Adopted::Advice(step)) => format!("advice{step}"),
            Push::Look(no) => format!("look{no}"),
            Push::Swap { number, agrees: true } => format!("swap{number}"),
            Push::Swap { number, agrees: false } => format!("noswap{number}"),
            Push::NoDigest => "nodigest".to_owned(),
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Push> {
        Some(match key {
            "solved" => Push::Solved,
            "human" => Push::Human,
            "none" => Push::None,
            "claim" => Push::Claim,
            "release" => Push::Release,
            "close" => Push::Close,
            "city" => Push::AskCity,
            "offer" => Push::Offer,
            "nodigest" => Push::NoDigest,
            other => return Push::numbered(other),
        })
    }

    fn numbered(key: &str) -> Option<Push> {
        let number = |prefix: &str| key.strip_prefix(prefix)?.parse::<i64>().ok();
        let pick = || Some(Push::Pick(usize::try_from(number("pick")?).ok()?));
        let rate = || Some(Push::Rate(Rating::of_level(number("rate")?)?));
        let entry = || Some(Push::Adopt(Adopted::Entry(u32::try_from(number("entry")?).ok()?)));
        let advice = || Some(Push::Adopt(Adopted::Advice(number("advice")?)));
        let look = || Some(Push::Look(u32::try_from(number("look")?).ok()?));
        let swap = |prefix: &str, agrees| {
            let number = number(prefix)?;
            Some(Push::Swap { number, agrees })
        };
        pick()
            .or_else(rate)
            .or_else(entry)
            .or_else(advice)
            .or_else(look)
            .or_else(|| swap("swap", true))
            .or_else(|| swap("noswap", false))
    }

    /// The words that do the same where there are no buttons.
    pub(in crate::desk) fn typed(self, question: Option<QuestionId>) -> String {
        let label = self.label();
        match self {
            // Numbers and levels are understood alone: of the asker's newest question, or of the list.
            Push::None | Push::Pick(_) | Push::Rate(_) | Push::Look(_) => wording::typed(&label, None),
            Push::Adopt(Adopted::Entry(no)) => match question {
                Some(question) => wording::typed_entry(&label, question, no),
                None => label,
            },
            Push::Swap { number, agrees } => wording::typed_swap(number, agrees),
            Push::NoDigest => wording::typed_no_digest(),
            Push::Solved
            | Push::Human
            | Push::Claim
            | Push::Release
            | Push::Close
            | Push::AskCity
            | Push::Offer
            | Push::Adopt(Adopted::Advice(_)) => wording::typed(&label, question),
        }
    }

    pub(in crate::desk) fn label(self) -> String {
        match self {
            Push::Solved => button::SOLVED.to_owned(),
            Push::Human => button::HUMAN.to_owned(),
            Push::None => button::NONE.to_owned(),
            Push::Pick(index) => (index + 1).to_string(),
            Push::Claim => button::CLAIM.to_owned(),
            Push::Release => button::RELEASE.to_owned(),
            Push::Close => button::CLOSE.to_owned(),
            Push::AskCity => button::ASK_CITY.to_owned(),
            Push::Offer => button::OFFER.to_owned(),
            Push::Adopt(_) => button::ADOPT.to_owned(),
            Push::Rate(rating) => rating.word().to_owned(),
            Push::Look(no) => no.to_string(),
            Push::Swap { agrees: true, .. } => button::AGREE.to_owned(),
            Push::Swap { agrees: false, .. } => button::DISAGREE.to_owned(),
            Push::NoDigest => button::NO_DIGEST.to_owned(),
        }
    }
}
