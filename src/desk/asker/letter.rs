//! A citizen writes to the official account: answered at once from the list where it is sure. No ticket is made here: who
//! needs a person is shown the landlines and the help group.

use crate::desk::Desk;
use crate::domain::privacy;
use crate::domain::roster::gazetteer;
use crate::domain::wording;
use crate::faq::{Audience, Decision, Gate};

/// What a letter is answered with.
#[derive(Clone, Debug)]
pub struct LetterAnswer {
    /// The entry that surely answers it; none where a person is needed.
    pub sure: Option<wording::Answer>,
    /// Where people are reached: each bureau that has a window with a landline, and the landline.
    pub windows: Vec<(String, String)>,
}

impl Desk {
    /// Answers a citizen's words, which are masked before anything is made of them and are not kept.
    pub fn answer_letter(&self, words: &str) -> LetterAnswer {
        let masked = privacy::mask(&privacy::printable(words));
        LetterAnswer {
            sure: self.surely(masked.as_str()),
            ..self.greet_letter_writer()
        }
    }

    /// What somebody gets who asked nothing yet.
    pub fn greet_letter_writer(&self) -> LetterAnswer {
        let roster = self.roster();
        let windows = roster.offices.iter().filter_map(|office| {
            let bureau = roster.bureau(office.bureau)?;
            Some((bureau.name.clone(), office.landline.as_ref()?.as_str().to_owned()))
        });
        LetterAnswer {
            sure: None,
            windows: windows.collect(),
        }
    }

    /// The entry that answers masked words, as the bureau they name says it, else the city bureau.
    fn surely(&self, words: &str) -> Option<wording::Answer> {
        let (served, roster) = (self.faq(), self.roster());
        let faq = served.faq();
        let reading = faq.read(words, Audience::Public);
        if *reading.gate() == Gate::Chatter {
            return None;
        }
        match faq.decide(&reading, self.day(self.clock.now())).decision {
            Decision::Sure(id) => {
                let named = gazetteer::bureau_named(words, &roster).and_then(|id| roster.bureau(id));
                let bureau = named.unwrap_or(roster.desk());
                served.said(faq.entry(&id)?, bureau, &roster, &self.config)
            }
            Decision::Unsure(_) | Decision::Unknown(_) => None,
        }
    }
}
