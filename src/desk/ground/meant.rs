//! What a message asks that points to another one's words: 这个怎么办, in reply to somebody's question or quoting it.

use crate::desk::Result;
use crate::desk::ground::readings::masked;
use crate::desk::ground::sitting::Sitting;
use crate::domain::asking::pointing::only_points;
use crate::domain::asking::request::{self, Command, Request};
use crate::domain::chat::message::Heard;
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;
use crate::faq::Audience;
use crate::store::links::Link;

impl Sitting<'_> {
    /// The words that are meant by a message to the bot: its own, those it points to, or both where its own say
    /// nothing without them. `link`: what the message that it replies to belongs to.
    pub(in crate::desk) async fn meant(&mut self, heard: &Heard, link: Option<&Link>, words: &str) -> Result<String> {
        let points = only_points(words);
        if !points {
            let reading = self.reading(masked(words).as_str(), Audience::Public);
            if reading.is_chatter() || !reading.leans() {
                return Ok(words.to_owned());
            }
        }
        let pointed_to = self.pointed_to(heard, link).await?;
        Ok(match pointed_to {
            Some(quoted) if points => quoted,
            Some(quoted) => format!("{quoted}\n{}", words.trim()),
            None => words.to_owned(),
        })
    }

    /// The question in the message that is replied to or quoted; of something about a question, that question.
    async fn pointed_to(&mut self, heard: &Heard, link: Option<&Link>) -> Result<Option<String>> {
        let quoted = match request::parse(&heard.quoted, false) {
            Request::Words(words) | Request::Command(Command::Ask(words)) => words,
            Request::Command(_) | Request::Act(..) | Request::UnknownCommand | Request::NotTheirs => Masked::default(),
        };
        if !quoted.trim().is_empty() {
            return Ok(Some(quoted.trim().to_owned()));
        }
        let Some(link) = link else { return Ok(None) };
        if let Some(body) = link.body.as_ref().filter(|_| link.role == Role::Ask) {
            return Ok(Some(body.clone()).filter(|body| !body.trim().is_empty()));
        }
        let question = self.tx.question(link.question).await?;
        let text = question.map(|question| question.text.as_str().to_owned());
        Ok(text.filter(|text| !text.trim().is_empty()))
    }
}
