//! What can be said of an entry in a bureau, and of where a question belongs.

use crate::desk::Result;
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::domain::asking::question::Question;
use crate::domain::asking::transitions::More;
use crate::domain::chat::message::Channel;
use crate::domain::roster::gazetteer;
use crate::domain::roster::people::{Bureau, BureauId};
use crate::domain::wording;
use crate::domain::wording::WindowContact;
use crate::faq::EntryId;

impl Sitting<'_> {
    /// One more message of the asker about a question, masked.
    pub(in crate::desk) fn more(&self, said: &Said<'_>, words: &str) -> More {
        let text = said.masked(words);
        More {
            message: said.message(),
            registered_at: self.place_named(text.as_str()),
            text,
            media: said.heard.media.clone(),
        }
    }

    /// The bureau whose window an answer means: where the enterprise is registered, if the words say so (三(三)3).
    pub(in crate::desk) fn bureau_meant(&self, question: &Question) -> Bureau {
        self.bureau(question.registered_at.unwrap_or(question.bureau))
    }

    /// What an entry says for a bureau; none while it is out of date or a placeholder is not filled.
    pub(in crate::desk) fn said(&self, entry: &EntryId, bureau: &Bureau) -> Option<wording::Answer> {
        let entry = self.served.faq().entry(entry)?;
        if !entry.valid_on(self.desk.day(self.now)) {
            return None;
        }
        self.served.said(entry, bureau, &self.roster, &self.desk.config)
    }

    /// The window of another place of registration than the group's, if the words name one (三(三)3).
    pub(in crate::desk) fn elsewhere(&self, question: &Question) -> Result<Option<WindowContact>> {
        match question.registered_at {
            Some(bureau) if bureau != question.bureau => Ok(Some(self.window(&self.bureau(bureau)))),
            Some(_) | None => Ok(None),
        }
    }

    /// The bureau whose area the words name.
    pub(in crate::desk) fn place_named(&self, words: &str) -> Option<BureauId> {
        gazetteer::bureau_named(words, &self.roster)
    }

    /// Who answers for a question now, as named where it was asked.
    pub(in crate::desk) async fn holder_name(&mut self, question: &Question) -> Result<Option<wording::Named>> {
        let channel: Channel = question.place().channel.clone();
        let person = self.responsible(question);
        match person {
            Some(person) => self.named(person, &channel).await,
            None => Ok(None),
        }
    }
}
