//! A question asked in private: answered as in a group, without a ticket.

use crate::desk::Result;
use crate::desk::ground::reading::Verdict;
use crate::desk::ground::sitting::Sitting;
use crate::desk::hear::browse::windows;
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::{Heard, Incoming};
use crate::domain::{privacy, wording};
use crate::faq::{Audience, Gate};

/// `Sure` and `Unsure` as in a group but without a ticket; `Unknown`: where to go on.
pub(in crate::desk) async fn ask_private(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    words: &str,
) -> Result<()> {
    let masked = privacy::mask(&privacy::printable(words));
    let quote = Some(heard.id.as_str());
    let reading = sitting.reading(masked.as_str(), Audience::Public);
    match reading.gate_by_words().clone() {
        Gate::Chatter if reading.is_chatter() => {
            let person = sitting.person(&incoming.account()).await?;
            return sitting
                .say(&incoming.place, quote, wording::help_private(person.as_ref()))
                .await;
        }
        Gate::Direction { name, phone } => {
            return sitting
                .say(&incoming.place, quote, wording::direction(&name, &phone))
                .await;
        }
        Gate::Chatter | Gate::Question => {}
    }
    let city = sitting.roster.desk().id;
    let text = match sitting.verdict(masked.as_str(), GroupKind::Help) {
        Verdict::Sure(entries) => {
            let meant = sitting.place_named(masked.as_str()).unwrap_or(city);
            let meant = sitting.bureau(meant);
            let said: Option<Vec<_>> = entries.iter().map(|entry| sitting.said(entry, &meant)).collect();
            match said {
                Some(said) => {
                    let duty = sitting.on_duty(city, false).await?;
                    let responsible = sitting.duty_named(&duty, &incoming.place.channel).await?;
                    wording::answer(&said, responsible.as_ref(), None)
                }
                None => wording::private_unknown(&windows(sitting)),
            }
        }
        Verdict::Unsure(entries) => {
            let faq = sitting.served.faq();
            let choices: Vec<(u32, String)> = entries
                .iter()
                .filter_map(|id| faq.entry(id))
                .map(|entry| (entry.no, entry.question.clone()))
                .collect();
            let entries: Vec<u32> = choices.iter().map(|(no, _)| *no).collect();
            let text = wording::private_suggestions(&choices);
            return sitting.say_entries(&incoming.place, quote, text, &entries).await;
        }
        Verdict::Unknown(_) => wording::private_unknown(&windows(sitting)),
    };
    sitting.say(&incoming.place, quote, text).await
}
