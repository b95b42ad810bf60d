//! 转办: a helper offers a question to a colleague, who accepts with 认领 or turns it down. Until then, and as first
//! helper for ever, the one who had it stays responsible (许工商〔2018〕103号 三(三)3).

use super::act::Via;
use super::owe::Push;
use super::{Result, Sitting};
use crate::domain::asking::question::{Question, Refusal};
use crate::domain::privacy;
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::Right;
use crate::domain::wording;

impl Sitting<'_> {
    /// `转办 1024 李强 原因`
    pub(super) async fn offer(&mut self, via: &Via, question: Question, helper: &Person, words: &str) -> Result<()> {
        let id = question.id;
        let (name, reason) = words
            .trim()
            .split_once(char::is_whitespace)
            .unwrap_or((words.trim(), ""));
        if name.is_empty() {
            return self.refuse(via, &Refusal::NobodyNamed, Some(id)).await;
        }
        let Some(to) = self.helper_called(name, question.bureau) else {
            return self.tell(via, wording::nobody_of_that_name(name).words()).await;
        };
        let reason = privacy::mask(&privacy::printable(reason));
        let arranges = self.arranges(helper, &question);
        let mut offered = match question.offer(helper.id, arranges, to.id, reason.as_str()) {
            Ok(offered) => offered,
            Err(refusal) => return self.refuse(via, &refusal, Some(id)).await,
        };
        self.acknowledge(via).await?;
        self.save(&mut offered).await?;
        self.step(id, "offered", Some(to.id), reason.as_str()).await?;
        self.tell_offer(via, &offered, helper, &to, reason.as_str()).await
    }

    async fn tell_offer(
        &mut self,
        via: &Via,
        question: &Question,
        helper: &Person,
        to: &Person,
        reason: &str,
    ) -> Result<()> {
        let places = self.private_places(&[to.id]).await?;
        let elsewhere = !places.is_empty();
        let places = if elsewhere {
            places
        } else {
            vec![question.place().clone()]
        };
        for place in places {
            let Some(named) = self.named(to.id, &place.channel).await? else {
                continue;
            };
            let text = wording::offered(question.id, &helper.name, &named, reason, question.text.as_str());
            let buttons = [&[Push::Claim][..]];
            if elsewhere {
                self.say_elsewhere(&place, question.id, "card", text, &buttons).await?;
            } else {
                self.say_about(question, "card", text, &buttons).await?;
            }
        }
        if elsewhere {
            self.tell(via, wording::offer_noted(question.id, &to.name).words())
                .await?;
        }
        Ok(())
    }

    /// `不接 1024`
    pub(super) async fn decline(&mut self, via: &Via, question: Question, helper: &Person) -> Result<()> {
        let id = question.id;
        let mut declined = match question.decline(helper.id) {
            Ok(declined) => declined,
            Err(refusal) => return self.refuse(via, &refusal, Some(id)).await,
        };
        self.acknowledge(via).await?;
        self.save(&mut declined).await?;
        self.step(id, "declined", Some(helper.id), "").await?;
        let text = wording::declined(id, &helper.name);
        let Some(holder) = declined.state.holder() else {
            return Ok(());
        };
        let places = self.private_places(&[holder]).await?;
        if places.is_empty() {
            return self.say_about(&declined, "line", text, &[]).await;
        }
        for place in places {
            self.say(&place, None, text.clone()).await?;
        }
        Ok(())
    }

    /// A helper by name: of the same bureau first, else the only one of the city.
    pub(super) fn helper_called(&self, name: &str, bureau: crate::domain::roster::people::BureauId) -> Option<Person> {
        let named: Vec<&Person> = self
            .roster
            .people_named(name)
            .filter(|person| person.is_helper())
            .collect();
        let own = named.iter().find(|person| person.bureau == bureau);
        match (own, named.as_slice()) {
            (Some(own), _) => Some((*own).clone()),
            (None, [only]) => Some((*only).clone()),
            (None, _) => None,
        }
    }

    /// Whether somebody may arrange another helper's questions.
    pub(super) fn arranges(&self, person: &Person, question: &Question) -> bool {
        self.has_right(person, Right::Arrange, question.bureau)
    }
}
