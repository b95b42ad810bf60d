//! Whom time calls, and how: the rungs of the ladder, warnings, replies that are overdue. Questions that are due
//! together for one person are said in one message.

use super::act::KEPT;
use super::owe::Push;
use super::{Result, Sitting};
use crate::domain::asking::clocks::{Nudge, Rung};
use crate::domain::asking::question::{Question, QuestionId, State};
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::Place;
use crate::domain::chat::rich::Rich;
use crate::domain::duty::Duty;
use crate::domain::roster::people::PersonId;
use crate::domain::wording::{self, Named};

impl Sitting<'_> {
    pub(super) async fn climb(
        &mut self,
        rung: Rung,
        asked: Option<PersonId>,
        mut questions: Vec<Question>,
    ) -> Result<()> {
        for question in &mut questions {
            if let State::Waiting { since, .. } = question.state {
                question.state = State::Waiting {
                    duty: asked,
                    since,
                    rung,
                };
            }
            self.save(question).await?;
            self.step(question.id, rung_key(rung), asked, "").await?;
        }
        let Some(first) = questions.first().cloned() else {
            return Ok(());
        };
        let ids: Vec<QuestionId> = questions.iter().map(|question| question.id).collect();
        let asked: Vec<PersonId> = asked.into_iter().collect();
        let keepers = self.roster.keepers_of(first.bureau);
        match rung {
            Rung::Queued => Ok(()),
            // Asked outside duty time, which begins now.
            Rung::Card => {
                let duty = asked.first().map_or(Duty::Nobody, |helper| Duty::Now(*helper));
                for question in &questions {
                    self.call_to_staff(question, &duty).await?;
                }
                Ok(())
            }
            Rung::Remind => {
                self.call(&questions, &asked, |helpers| wording::reminder(&ids, helpers.first()))
                    .await
            }
            Rung::AllHelpers => {
                let all: Vec<PersonId> = self.roster.helpers_of(first.bureau).map(|helper| helper.id).collect();
                let here: Vec<PersonId> = all.into_iter().filter(|helper| self.is_here(*helper)).collect();
                self.call(&questions, &here, |helpers| wording::call_all(&ids, helpers))
                    .await
            }
            // Nobody to call: the next rung is the guidance group.
            Rung::BureauAdmin if keepers.is_empty() => Ok(()),
            Rung::BureauAdmin => {
                self.call(&questions, &keepers, |keepers| wording::call_admin(&ids, keepers))
                    .await
            }
            Rung::Guidance => self.call_guidance(&questions).await,
            Rung::WarnAllHelpers | Rung::WarnBureauAdmin => self.warn(&first, &asked, rung, &ids).await,
            Rung::WarnGuidance => self.warn(&first, &keepers, rung, &ids).await,
        }
    }

    /// Warns people in private, or in the duty group where none of them can be reached.
    async fn warn(&mut self, first: &Question, people: &[PersonId], rung: Rung, ids: &[QuestionId]) -> Result<()> {
        let places = self.reach(first, people).await?;
        for place in places {
            self.say(&place, None, wording::warning(ids, rung)).await?;
        }
        Ok(())
    }

    /// Where staff can be told something that does not concern the asker.
    async fn reach(&mut self, question: &Question, people: &[PersonId]) -> Result<Vec<Place>> {
        let private = self.private_places(people).await?;
        if private.is_empty() {
            return Ok(self.duty_group(question).await?.into_iter().collect());
        }
        Ok(private)
    }

    /// Calls people where the card stands (duty group or help group) and in their private chats: about one question
    /// with its button, about several in one message.
    async fn call(
        &mut self,
        questions: &[Question],
        people: &[PersonId],
        text: impl Fn(&[Named]) -> Rich,
    ) -> Result<()> {
        let Some(first) = questions.first() else { return Ok(()) };
        let place = self.duty_group(first).await?.unwrap_or_else(|| first.place().clone());
        let mut named = Vec::with_capacity(people.len());
        for person in people {
            named.extend(self.named(*person, &place.channel).await?);
        }
        let claim = [&[Push::Claim][..]];
        let [only] = questions else {
            self.say(&place, None, text(&named)).await?;
            for private in self.private_places(people).await? {
                self.say(&private, None, text(&[])).await?;
            }
            return Ok(());
        };
        if place == *only.place() {
            self.say_about(only, "card", text(&named), &claim).await?;
        } else {
            self.say_elsewhere(&place, only.id, "card", text(&named), &claim)
                .await?;
        }
        for private in self.private_places(people).await? {
            self.say_elsewhere(&private, only.id, "card", text(&[]), &claim).await?;
        }
        Ok(())
    }

    async fn call_guidance(&mut self, questions: &[Question]) -> Result<()> {
        let Some(first) = questions.first() else { return Ok(()) };
        let bureau = self.bureau(first.bureau)?;
        let Some(city) = self.roster.city_bureau().map(|city| city.id) else {
            return Ok(());
        };
        let groups = self.tx.groups_of(city, GroupKind::Guidance).await?;
        for group in groups.into_iter().filter(|group| group.id != first.group) {
            // A masked copy: the guidance group sees what was asked, not who asked.
            for question in questions {
                let text = wording::call_guidance(question.id, &bureau.name, question.text.as_str());
                self.say_elsewhere(&group.place(), question.id, "card", text, &[&[Push::Claim]])
                    .await?;
            }
        }
        for question in questions {
            self.say_about(question, "line", wording::still_waiting(question.id), &[])
                .await?;
        }
        Ok(())
    }

    /// Claimed, and nothing said for long: the helper is warned, then reminded, and the asker gets a word.
    pub(super) async fn nudge(&mut self, nudge: Nudge, by: PersonId, mut questions: Vec<Question>) -> Result<()> {
        for question in &mut questions {
            if let State::Claimed { at, offered, .. } = question.state {
                question.state = State::Claimed { by, at, nudge, offered };
            }
            self.show_buttons(question.id, &["notice"], &KEPT).await?;
            self.save(question).await?;
            self.step(question.id, nudge_key(nudge), Some(by), "").await?;
        }
        let Some(first) = questions.first().cloned() else {
            return Ok(());
        };
        let ids: Vec<QuestionId> = questions.iter().map(|question| question.id).collect();
        match nudge {
            Nudge::None => Ok(()),
            Nudge::Warned => {
                for place in self.reach(&first, &[by]).await? {
                    self.say(&place, None, wording::reply_soon(&ids)).await?;
                }
                Ok(())
            }
            Nudge::Overdue => self.overdue(by, &questions, &ids).await,
        }
    }

    async fn overdue(&mut self, by: PersonId, questions: &[Question], ids: &[QuestionId]) -> Result<()> {
        for question in questions {
            if let Some(named) = self.named(by, &question.place().channel).await? {
                self.say_about(question, "notice", wording::first_reply_due(question.id, &named), &[])
                    .await?;
            }
        }
        for place in self.private_places(&[by]).await? {
            match questions {
                [only] => {
                    self.say_elsewhere(&place, only.id, "notice", wording::reply_overdue(ids, None), &[])
                        .await?;
                }
                _ => self.say(&place, None, wording::reply_overdue(ids, None)).await?,
            }
        }
        let name = self.roster.person(by).map(|person| person.name.clone());
        let keepers = questions.first().map(|first| self.roster.keepers_of(first.bureau));
        let keepers: Vec<PersonId> = keepers
            .into_iter()
            .flatten()
            // A helper of the city desk may be late at night; the bureau's people are not called then.
            .filter(|keeper| *keeper != by && self.works(*keeper))
            .collect();
        for place in self.private_places(&keepers).await? {
            self.say(&place, None, wording::reply_overdue(ids, name.as_deref()))
                .await?;
        }
        Ok(())
    }
}

fn rung_key(rung: Rung) -> &'static str {
    match rung {
        Rung::Queued => "queued",
        Rung::Card => "card",
        Rung::Remind => "reminded",
        Rung::AllHelpers => "called_all",
        Rung::BureauAdmin => "called_admin",
        Rung::Guidance => "called_guidance",
        Rung::WarnAllHelpers | Rung::WarnBureauAdmin | Rung::WarnGuidance => "warned",
    }
}

fn nudge_key(nudge: Nudge) -> &'static str {
    match nudge {
        Nudge::None => "claimed",
        Nudge::Warned => "warned",
        Nudge::Overdue => "first_reply_due",
    }
}
