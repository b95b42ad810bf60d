//! What time asks for: bursts that end, the ladder of PRODUCT §2.3, first replies, lapses. All of it is rows, so a
//! restart loses none.

use super::owe::Push;
use super::{Result, Sitting};
use crate::domain::clocks::Rung;
use crate::domain::group::GroupKind;
use crate::domain::people::PersonId;
use crate::domain::question::{Question, QuestionId, RELEASE_MS, State};
use crate::domain::wording::{self, Named};

impl Sitting<'_> {
    /// Looks at a question whose moment has come; one that moved meanwhile is left alone.
    pub(super) async fn look_at_clock(&mut self, id: QuestionId) -> Result<()> {
        let Some(question) = self.tx.question(id).await? else {
            return Ok(());
        };
        match question.state.clone() {
            State::Gathering { until } if until <= self.now => self.burst_over(question).await,
            State::Waiting { duty, since, rung } => self.climb(question, duty, since, rung).await,
            State::Claimed { by, at, reminded } => {
                if self.now.since(at) > RELEASE_MS {
                    // 放回 does nothing any more.
                    self.show_buttons(id, &["notice"], &[vec![Push::Close]]).await?;
                }
                if reminded {
                    self.put_right(question).await
                } else {
                    self.first_reply(question, by, at).await
                }
            }
            State::Suggested { until, .. } | State::Answered { until, .. } | State::Replied { until, .. }
                if until <= self.now =>
            {
                self.lapse(question).await
            }
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Replied { .. }
            | State::Ended { .. } => self.put_right(question).await,
        }
    }

    /// The clock looked too early (the clock was set back, or a limit changed): the due moment is written anew.
    async fn put_right(&mut self, mut question: Question) -> Result<()> {
        self.save(&mut question).await
    }

    async fn lapse(&mut self, question: Question) -> Result<()> {
        let id = question.id;
        self.strip(id).await?;
        let mut lapsed = question.lapse(self.now);
        self.save(&mut lapsed).await?;
        self.step(id, "lapsed", None, "").await
    }

    /// Climbs every rung that is due; after a pause only the highest one speaks.
    async fn climb(
        &mut self,
        mut question: Question,
        duty: Option<PersonId>,
        since: crate::clock::Millis,
        from: Rung,
    ) -> Result<()> {
        let clocks = self.desk.config.clocks_for(&self.bureau(question.bureau)?.name);
        let mut reached = from;
        while let Some(next) = clocks
            .next_rung(reached)
            .filter(|next| clocks.due(*next, since) <= self.now)
        {
            reached = next;
        }
        if reached == from {
            return self.put_right(question).await;
        }
        question.state = State::Waiting {
            duty,
            since,
            rung: reached,
        };
        self.save(&mut question).await?;
        let id = question.id;
        let minutes = (self.now.since(since) / 60_000).max(1);
        self.step(id, rung_key(reached), None, "").await?;
        match reached {
            Rung::Card => Ok(()),
            Rung::Remind => self.remind(&question, duty).await,
            Rung::AllHelpers => {
                let all: Vec<PersonId> = self
                    .roster
                    .helpers_of(question.bureau)
                    .map(|helper| helper.id)
                    .collect();
                self.call(&question, &all, |helpers| wording::call_all(id, helpers))
                    .await
            }
            Rung::BureauAdmin => {
                let admins = self.roster.keepers_of(question.bureau);
                if admins.is_empty() {
                    // Nobody to call; the next rung is the guidance group.
                    return Ok(());
                }
                self.call(&question, &admins, |admins| wording::call_admin(id, admins, minutes))
                    .await
            }
            Rung::Guidance => self.call_guidance(&question, minutes).await,
        }
    }

    async fn remind(&mut self, question: &Question, duty: Option<PersonId>) -> Result<()> {
        let people: Vec<PersonId> = duty.into_iter().collect();
        let id = question.id;
        self.call(question, &people, |helpers| wording::reminder(id, helpers.first()))
            .await
    }

    /// Calls people where the card stands (duty group or help group) and in their private chats.
    async fn call(
        &mut self,
        question: &Question,
        people: &[PersonId],
        text: impl Fn(&[Named]) -> crate::domain::message::Rich,
    ) -> Result<()> {
        let claim = [vec![Push::Claim]];
        let duty_group = self.duty_group(question).await?;
        let place = duty_group.unwrap_or_else(|| question.place().clone());
        let mut named = Vec::with_capacity(people.len());
        for person in people {
            named.extend(self.named(*person, &place.channel).await?);
        }
        if place == *question.place() {
            self.say_about(question, "card", text(&named), &claim).await?;
        } else {
            self.say_elsewhere(&place, question.id, "card", text(&named), &claim)
                .await?;
        }
        for private in self.private_places(people).await? {
            self.say_elsewhere(&private, question.id, "card", text(&[]), &claim)
                .await?;
        }
        Ok(())
    }

    async fn call_guidance(&mut self, question: &Question, minutes: i64) -> Result<()> {
        let bureau = self.bureau(question.bureau)?;
        let Some(city) = self.roster.city_bureau().map(|city| city.id) else {
            return Ok(());
        };
        let groups = self.tx.groups_of(city, GroupKind::Guidance).await?;
        for group in groups.into_iter().filter(|group| group.id != question.group) {
            // A masked copy: the guidance group sees what was asked, not who asked.
            let text = wording::call_guidance(question.id, &bureau.name, question.text.as_str(), minutes);
            self.say_elsewhere(&group.place(), question.id, "card", text, &[vec![Push::Claim]])
                .await?;
        }
        self.say_about(question, "line", wording::still_waiting(question.id), &[])
            .await
    }

    /// Claimed, and nothing said for long: the helper is reminded once.
    async fn first_reply(&mut self, mut question: Question, by: PersonId, at: crate::clock::Millis) -> Result<()> {
        let clocks = self.desk.config.clocks_for(&self.bureau(question.bureau)?.name);
        if at.plus(clocks.first_reply_ms) > self.now {
            return self.put_right(question).await;
        }
        question.state = State::Claimed { by, at, reminded: true };
        self.save(&mut question).await?;
        self.step(question.id, "first_reply_due", Some(by), "").await?;
        let Some(named) = self.named(by, &question.place().channel.clone()).await? else {
            return Ok(());
        };
        self.say_about(&question, "notice", wording::first_reply_due(question.id, &named), &[])
            .await?;
        for place in self.private_places(&[by]).await? {
            let Some(named) = self.named(by, &place.channel).await? else {
                continue;
            };
            self.say_elsewhere(
                &place,
                question.id,
                "notice",
                wording::first_reply_due(question.id, &named),
                &[],
            )
            .await?;
        }
        Ok(())
    }
}

fn rung_key(rung: Rung) -> &'static str {
    match rung {
        Rung::Card => "card",
        Rung::Remind => "reminded",
        Rung::AllHelpers => "called_all",
        Rung::BureauAdmin => "called_admin",
        Rung::Guidance => "called_guidance",
    }
}
