//! Handing a question to the helper on duty: the card, where it lands, and what the asker hears.

use super::owe::Push;
use super::{Result, Sitting};
use crate::domain::duty::{self, Duty};
use crate::domain::group::GroupKind;
use crate::domain::message::{MessageRef, Owed, Place};
use crate::domain::question::{Question, State};
use crate::domain::wording::{self, Why};

impl Sitting<'_> {
    /// Whom a question is handed to: its first helper if on duty now, else the helper on duty.
    pub async fn duty_for(&mut self, question: &Question) -> Result<Duty> {
        if let Some(first) = question.first_helper
            && duty::may_be_on_duty(&self.roster, question.bureau, first, self.now, self.time())
        {
            return Ok(Duty::Now(first));
        }
        self.on_duty(question.bureau, true).await
    }

    /// Hands an unanswered question over.
    pub async fn leave_waiting(&mut self, question: Question, why: Why) -> Result<()> {
        let duty = self.duty_for(&question).await?;
        let waiting = question.with(State::Waiting {
            duty: duty.helper(),
            since: self.now,
            rung: crate::domain::clocks::Rung::Card,
        });
        self.hand_over(waiting, &duty, why).await
    }

    /// Writes a waiting question back and says so: with a duty group the card goes there and the help group hears
    /// one line; without one the card is the one message in the help group.
    pub async fn hand_over(&mut self, mut question: Question, duty: &Duty, why: Why) -> Result<()> {
        self.save(&mut question).await?;
        self.step(question.id, "handed_over", duty.helper(), "").await?;
        let elsewhere = self.elsewhere(&question)?;
        if elsewhere.is_some() {
            self.step(question.id, "reminded_of_place", None, "三(三)3").await?;
        }
        let here = self.duty_named(duty, &question.place().channel.clone()).await?;
        let duty_group = self.duty_group(&question).await?;
        match &duty_group {
            Some(place) => {
                let minutes = self.minutes_to_answer(&question)?;
                let line = wording::handed_over_line(question.id, here.as_ref(), minutes, why);
                self.say_about(&question, "notice", line, &[]).await?;
                self.staff_card(&question, place, duty).await?;
            }
            None => {
                let card = wording::card_in_group(question.id, here.as_ref(), why, elsewhere.as_ref());
                self.say_about(&question, "card", card, &[vec![Push::Claim]]).await?;
            }
        }
        for place in self
            .private_places(&duty.helper().into_iter().collect::<Vec<_>>())
            .await?
        {
            self.staff_card(&question, &place, duty).await?;
        }
        Ok(())
    }

    fn minutes_to_answer(&self, question: &Question) -> Result<i64> {
        let clocks = self.desk.config.clocks_for(&self.bureau(question.bureau)?.name);
        Ok((clocks.first_reply_ms / 60_000).max(1))
    }

    /// Where a bureau's cards land: its duty group, in the question's own channel if there are several.
    pub async fn duty_group(&mut self, question: &Question) -> Result<Option<Place>> {
        let groups = self.tx.groups_of(question.bureau, GroupKind::Duty).await?;
        let same = groups.iter().find(|group| group.channel == question.place().channel);
        Ok(same.or(groups.first()).map(crate::domain::group::Group::place))
    }

    /// The card for staff elsewhere, with the media that came with the question.
    async fn staff_card(&mut self, question: &Question, place: &Place, duty: &Duty) -> Result<()> {
        let named = self.duty_named(duty, &place.channel).await?;
        let group = self
            .tx
            .group(question.group)
            .await?
            .map(|group| group.title)
            .unwrap_or_default();
        let kinds: Vec<_> = question.media.iter().map(|media| media.kind).collect();
        let text = wording::card_for_staff(
            question.id,
            &question.asker_name,
            &group,
            question.text.as_str(),
            &kinds,
            named.as_ref(),
        );
        self.say_elsewhere(place, question.id, "card", text, &[vec![Push::Claim]])
            .await?;
        self.send_media(question, place).await
    }

    /// Media travel with the question; nothing is ever answered from them.
    pub async fn send_media(&mut self, question: &Question, place: &Place) -> Result<()> {
        if place.channel != question.place().channel {
            return Ok(());
        }
        for media in &question.media {
            let from = MessageRef {
                place: question.place().clone(),
                id: question.message.id.clone(),
            };
            let owed = Owed::Media {
                media: media.clone(),
                from,
                quote: None,
            };
            self.tx.owe(place, Some(question.id), "media", &owed, self.now).await?;
        }
        Ok(())
    }
}
