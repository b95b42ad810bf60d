//! `/fix` 更正: a helper withdraws a wrong answer where it stands, a defect of the entry is noted with the words it must
//! not answer again, and the question is the helper's. And 更正追达: who was told something that changed hears of it.

use super::{Result, Sitting};
use crate::domain::asking::question::{Question, RevisionRef, State};
use crate::domain::chat::group::Group;
use crate::domain::chat::message::{Heard, Incoming, MessageRef};
use crate::domain::chat::owed::Owed;
use crate::domain::privacy;
use crate::domain::roster::people::{Person, PersonId, Role};
use crate::domain::wording;
use crate::faq::EntryId;
use crate::store::recalls::Recall;

use super::owe::Shown;

impl Sitting<'_> {
    /// `/fix 正确的说法`, as a reply to an answer of the bot.
    pub(super) async fn fix(
        &mut self,
        incoming: &Incoming,
        heard: &Heard,
        group: Option<&Group>,
        words: &str,
    ) -> Result<()> {
        let (place, quote) = (incoming.place.clone(), Some(heard.id.as_str()));
        let Some(helper) = self.person(&incoming.account()).await?.filter(Person::is_helper) else {
            return self.say(&place, quote, wording::helpers_only()).await;
        };
        let link = self.replied_to(incoming, heard).await?;
        let link = link.filter(|link| group.is_some() && link.role == "answer");
        let question = match &link {
            Some(link) => self.tx.question(link.question).await?,
            None => None,
        };
        let (Some(link), Some(question)) = (link, question) else {
            return self.say(&place, quote, wording::fix_usage()).await;
        };
        let Some(said) = self.said_before(&question).await? else {
            return self.say(&place, quote, wording::fix_usage()).await;
        };
        self.strip(question.id).await?;
        let shown = Shown::Arrived(link.message);
        self.reword_shown(&shown, question.id, "withdrawn", wording::withdrawn(question.id), &[])
            .await?;
        self.note_defect(&question, &said, &helper, words).await?;
        let message = MessageRef {
            place,
            id: heard.id.clone(),
        };
        self.take_after_fix(question, &helper, words, &message).await
    }

    async fn take_after_fix(
        &mut self,
        question: Question,
        helper: &Person,
        words: &str,
        message: &MessageRef,
    ) -> Result<()> {
        let mut held = question.held_by(helper.id, self.now);
        if !words.trim().is_empty() {
            return self.reply(held, helper, words, &[], Some(message), false).await;
        }
        let id = held.id;
        self.save(&mut held).await?;
        match self.named(helper.id, &held.place().channel).await? {
            Some(named) => self.say_about(&held, "notice", wording::claimed(id, &named), &[]).await,
            None => Ok(()),
        }
    }

    /// The entry and revision a question was answered with.
    async fn said_before(&mut self, question: &Question) -> Result<Option<RevisionRef>> {
        if let State::Answered { said, .. } = &question.state {
            return Ok(Some(said.clone()));
        }
        let steps = self.tx.steps(question.id).await?;
        let answered = steps.iter().rev().find(|step| step.kind == "answered");
        Ok(answered.and_then(|step| {
            let (entry, revision) = step.note.split_once('·')?;
            let (entry, revision) = (entry.to_owned(), revision.parse().ok()?);
            Some(RevisionRef { entry, revision })
        }))
    }

    async fn note_defect(
        &mut self,
        question: &Question,
        said: &RevisionRef,
        helper: &Person,
        words: &str,
    ) -> Result<()> {
        let words = privacy::mask(&privacy::printable(words));
        let id = question.id;
        self.tx
            .add_entry_defect(said, id, helper.id, words.as_str(), question.text.as_str(), self.now)
            .await?;
        self.step(
            id,
            "fixed",
            Some(helper.id),
            &format!("{}·{}", said.entry, said.revision),
        )
        .await?;
        self.audit(Some(helper.id), "fix", &id.to_string(), &said.entry).await?;
        let no = self
            .served
            .faq()
            .entry(&EntryId::from(said.entry.as_str()))
            .map(|entry| entry.no);
        let editors = self.roster.people.iter().filter(|person| person.has(Role::Editor));
        let editors: Vec<PersonId> = editors.map(|person| person.id).collect();
        let text = wording::defect_opened(no, question.text.as_str(), &helper.name, words.as_str());
        for place in self.private_places(&editors).await? {
            self.say(&place, None, text.clone()).await?;
        }
        Ok(())
    }

    /// 更正追达: under the old answer, once.
    pub(super) async fn recall(&mut self, recall: &Recall, now_text: bool) -> Result<()> {
        if !self.tx.mark_recalled(recall, self.now).await? {
            return Ok(());
        }
        let Some(question) = self.tx.question(recall.question).await? else {
            return Ok(());
        };
        let Some(old) = self.tx.links_of(recall.question, "answer").await?.into_iter().next() else {
            return Ok(());
        };
        let entry = EntryId::from(recall.entry.as_str());
        let bureau = self.bureau(question.bureau)?;
        let said = self.said(&entry, &bureau).filter(|_| now_text);
        let text = match &said {
            Some(said) => wording::corrected(said),
            None => wording::no_longer_valid(),
        };
        self.step(
            question.id,
            "recalled",
            None,
            &format!("{}·{}", recall.entry, recall.revision),
        )
        .await?;
        let owed = Owed::Message {
            text,
            buttons: Vec::new(),
            quote: Some(old.message.id.clone()),
            ask_contact: false,
        };
        let place = old.message.place;
        Ok(self.tx.owe(&place, Some(question.id), "line", &owed, self.now).await?)
    }
}
