//! `/why` 解释: tells a helper in private why the bot decided as it did about a question, or about words they write.

use crate::desk::Result;
use crate::desk::ground::reading::audience;
use crate::desk::ground::sitting::Sitting;
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::message::{Heard, Incoming};
use crate::domain::roster::people::Person;
use crate::domain::wording;
use crate::domain::wording::{Explained, ExplainedEntry};
use crate::faq::decide::Decision;
use crate::faq::explain::{Block, Explanation, named};

/// `/why` as a reply to an answer of the bot, or with the words to explain.
pub(in crate::desk) async fn why(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    group: Option<&Group>,
    words: &str,
) -> Result<()> {
    let (place, quote) = (incoming.place.clone(), Some(heard.id.as_str()));
    if sitting
        .person(&incoming.account())
        .await?
        .filter(Person::is_helper)
        .is_none()
    {
        return sitting.say(&place, quote, wording::helpers_only()).await;
    }
    let (mut text, mut before) = (words.trim().to_owned(), None);
    if text.is_empty()
        && let Some(link) = sitting.replied_to(incoming, heard).await?
        && let Some(question) = sitting.tx.question(link.question).await?
    {
        (before, text) = sitting.read_as(&question).await?;
    }
    let kind = group.and_then(Group::kind);
    let told = match (text.is_empty(), explained(sitting, before.as_deref(), &text, kind)) {
        (false, Some(explained)) => wording::explained(&explained),
        _ => wording::why_usage(),
    };
    sitting.answer_in_private(incoming, heard, told).await
}

/// Why words are answered as they are, after a question before where there was one.
pub(in crate::desk) fn explained(
    sitting: &Sitting<'_>,
    before: Option<&str>,
    text: &str,
    kind: Option<GroupKind>,
) -> Option<Explained> {
    let (faq, audience, today) = (sitting.served.faq(), audience(kind), sitting.desk.day(sitting.now));
    let reading = sitting.reading(text, audience);
    let mut outcome = faq.decide(&reading, today);
    let followed = before.map(|before| (before, faq.follow(before, &reading, today)));
    let along = followed.and_then(|(before, followed)| {
        let taken_back = outcome.decision != followed.decision && matches!(outcome.decision, Decision::Sure(_));
        outcome.decision = followed.decision;
        let (band, first) = match followed.together? {
            Decision::Sure(entry) => (wording::Band::Sure, Some(entry)),
            Decision::Unsure(entries) => (wording::Band::Unsure, entries.into_iter().next()),
            Decision::Unknown(_) => (wording::Band::Unknown, None),
        };
        let entry = first.and_then(|entry| faq.entry(&entry));
        Some(wording::Along {
            before: faq.subject(before).into(),
            band,
            entry: entry.map(|entry| (entry.no, entry.question.clone())),
            taken_back,
        })
    });
    Some(Explained {
        along,
        ..told(text, &faq.explain(&reading, &outcome))
    })
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
        Block::Denied => wording::Blocked::Denied,
        Block::LikeHandedOver => wording::Blocked::LikeHandedOver,
        Block::NotCurrent => wording::Blocked::NotCurrent,
        Block::NotAQuestion => wording::Blocked::NotAQuestion,
    };
    Explained {
        text: text.into(),
        terms: why.terms.clone(),
        entries: why.entries.iter().map(entry).collect(),
        percent: percent(why.probability),
        needed: percent(why.needed),
        band: match why.decision {
            Decision::Sure(_) => wording::Band::Sure,
            Decision::Unsure(_) => wording::Band::Unsure,
            Decision::Unknown(_) => wording::Band::Unknown,
        },
        along: None,
        blocked: why.blocks.iter().map(block).collect(),
    }
}
