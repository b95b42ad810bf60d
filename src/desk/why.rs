//! `/why` 解释: tells a helper in private why the bot decided as it did about a question, or about words they write.

use super::ask::audience;
use super::{Result, Sitting};
use crate::domain::group::Group;
use crate::domain::message::{Heard, Incoming};
use crate::domain::people::Person;
use crate::domain::wording::{self, Explained, ExplainedEntry};
use crate::faq::decide::Decision;
use crate::faq::explain::{Block, Explanation, named};

impl Sitting<'_> {
    /// `/why` as a reply to an answer of the bot, or with the words to explain.
    pub(super) async fn why(
        &mut self,
        incoming: &Incoming,
        heard: &Heard,
        group: Option<&Group>,
        words: &str,
    ) -> Result<()> {
        let (place, quote) = (incoming.place.clone(), Some(heard.id.as_str()));
        if self
            .person(&incoming.account())
            .await?
            .filter(Person::is_helper)
            .is_none()
        {
            return self.say(&place, quote, wording::helpers_only()).await;
        }
        let mut text = words.trim().to_owned();
        if text.is_empty()
            && let Some(link) = self.replied_to(incoming, heard).await?
            && let Some(question) = self.tx.question(link.question).await?
        {
            text = question.text.as_str().to_owned();
        }
        let kind = group.and_then(Group::kind);
        let told = match (text.is_empty(), self.explained(&text, kind)) {
            (false, Some(explained)) => wording::explained(&explained),
            _ => wording::why_usage(),
        };
        self.answer_in_private(incoming, heard, told).await
    }

    fn explained(&self, text: &str, kind: Option<crate::domain::group::GroupKind>) -> Option<Explained> {
        let faq = self.served.faq();
        let reading = faq.read(text, audience(kind));
        let outcome = faq.outcome(&reading, self.desk.day(self.now));
        Some(told(text, &faq.explain(&reading, &outcome)))
    }
}

/// An explanation in the words of the chat.
fn told(text: &str, why: &Explanation) -> Explained {
    let percent = |share: f32| (share.clamp(0.0, 1.0) * 100.0).round() as u32;
    let entry = |reasons: &crate::faq::explain::Reasons| ExplainedEntry {
        no: reasons.no,
        question: reasons.question.clone(),
        phrasing: reasons.phrasing.clone(),
        percent: percent(reasons.score),
        added: reasons
            .added
            .iter()
            .map(|(name, value)| format!("{} {value:+.1}", named(name)))
            .collect(),
    };
    let block = |block: &Block| match block {
        Block::Unsure => wording::Blocked::Unsure,
        Block::Opposites(ours, theirs) => wording::Blocked::Opposites(ours.clone(), theirs.clone()),
        Block::LikeHandedOver => wording::Blocked::LikeHandedOver,
        Block::NotCurrent => wording::Blocked::NotCurrent,
        Block::NotAQuestion => wording::Blocked::NotAQuestion,
    };
    Explained {
        text: text.to_owned(),
        terms: why.terms.clone(),
        entries: why.entries.iter().map(entry).collect(),
        percent: percent(why.probability),
        needed: percent(why.needed),
        band: match why.decision {
            Decision::Sure(_) => wording::Band::Sure,
            Decision::Unsure(_) => wording::Band::Unsure,
            Decision::Unknown(_) => wording::Band::Unknown,
        },
        blocked: why.blocks.iter().map(block).collect(),
    }
}
