//! Handing a question to the helper on duty: the card, where it lands, and what the asker hears.

use super::ask::audience;
use super::owe::Push;
use super::queue::shortened;
use super::sitting::begins;
use super::{Result, Sitting};
use crate::domain::asking::alike::alike;
use crate::domain::asking::clocks::Rung;
use crate::domain::asking::question::{Question, QuestionId, State};
use crate::domain::asking::request::Adopted;
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::message::{MessageRef, Place};
use crate::domain::chat::owed::Owed;
use crate::domain::chat::rich::Rich;
use crate::domain::duty::{self, Duty};
use crate::domain::roster::people::PersonId;
use crate::domain::wording::{self, Why};

impl Sitting<'_> {
    /// Whom a question is handed to: its first helper if on duty now, else the helper on duty.
    pub async fn duty_for(&mut self, question: &Question) -> Result<Duty> {
        if let Some(first) = question.first_helper
            && duty::may_be_on_duty(&self.roster, question.bureau, first, self.now, self.time())
        {
            return Ok(Duty::Now(first));
        }
        self.on_duty(self.post(question), true).await
    }

    /// Hands an unanswered question over.
    pub async fn leave_waiting(&mut self, question: Question, why: Why) -> Result<()> {
        let duty = self.duty_for(&question).await?;
        let waiting = question.with(State::Waiting {
            duty: duty.helper(),
            since: self.now,
            rung: Rung::Card,
        });
        self.hand_over(waiting, &duty, why).await
    }

    /// Writes a waiting question back and says so: with a duty group the card goes there and the help group hears
    /// one line; without one the card is the one message in the help group.
    pub async fn hand_over(&mut self, mut question: Question, duty: &Duty, why: Why) -> Result<()> {
        let later = begins(duty).is_some();
        if let (State::Waiting { rung, .. }, true) = (&mut question.state, later) {
            *rung = Rung::Queued;
        }
        self.save(&mut question).await?;
        self.step(question.id, "handed_over", duty.helper(), "").await?;
        let elsewhere = self.elsewhere(&question)?;
        if elsewhere.is_some() {
            self.step(question.id, "reminded_of_place", None, "三(三)3").await?;
        }
        let here = self.duty_named(duty, &question.place().channel.clone()).await?;
        if self.duty_group(&question).await?.is_some() {
            let minutes = self.minutes_to_answer(&question)?;
            let line = wording::handed_over_line(question.id, here.as_ref(), minutes, why);
            self.say_about(&question, "notice", line, &[]).await?;
        } else {
            let card = wording::card_in_group(question.id, here.as_ref(), why, elsewhere.as_ref());
            self.say_about(&question, "card", card, &[&[Push::Claim]]).await?;
        }
        // Outside duty time nobody is disturbed; the ladder shows the card when it begins.
        if later {
            return Ok(());
        }
        self.call_to_staff(&question, duty).await
    }

    /// The card where staff see it: the duty group, and the private chat of the helper on duty.
    pub(super) async fn call_to_staff(&mut self, question: &Question, duty: &Duty) -> Result<()> {
        if let Some(place) = self.duty_group(question).await? {
            self.staff_card(question, &place, duty).await?;
        }
        let helper: Vec<PersonId> = duty.helper().into_iter().collect();
        for place in self.private_places(&helper).await? {
            self.staff_card(question, &place, duty).await?;
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
        Ok(same.or(groups.first()).map(crate::domain::chat::group::Group::place))
    }

    /// The card for staff elsewhere, with the media that came with the question.
    async fn staff_card(&mut self, question: &Question, place: &Place, duty: &Duty) -> Result<()> {
        let named = self.duty_named(duty, &place.channel).await?;
        let (text, pushes) = self.staff_text(question, named.as_ref()).await?;
        let rows: Vec<&[Push]> = pushes.chunks(1).collect();
        self.say_elsewhere(place, question.id, "card", text, &rows).await?;
        self.send_media(question, place).await
    }

    /// What a card for staff says, and its buttons: 认领, and 采用此答复 for each of the nearest entries.
    pub(super) async fn staff_text(
        &mut self,
        question: &Question,
        named: Option<&wording::Named>,
    ) -> Result<(Rich, Vec<Push>)> {
        let group = self.tx.group(question.group).await?;
        let kinds: Vec<_> = question.media.iter().map(|media| media.kind).collect();
        let near = self.near(question, group.as_ref().and_then(Group::kind))?;
        let alike = self.alike(question).await?;
        let title = group.map(|group| group.title).unwrap_or_default();
        let card = wording::StaffCard {
            id: question.id,
            asker: &question.asker_name,
            group: &title,
            question: question.text.as_str(),
            media: &kinds,
            near: &near,
            alike: &alike,
        };
        let adopt = near.iter().map(|(no, _)| Push::Adopt(Adopted::Entry(*no)));
        let pushes = std::iter::once(Push::Claim).chain(adopt).collect();
        Ok((wording::card_for_staff(&card, named), pushes))
    }

    /// The entries nearest to a question that may be said where it was asked.
    fn near(&self, question: &Question, kind: Option<GroupKind>) -> Result<Vec<(u32, String)>> {
        const MOST: usize = 3;
        let bureau = self.bureau(question.bureau)?;
        let faq = self.served.faq();
        let hits = faq.search(question.text.as_str(), audience(kind), self.desk.day(self.now), MOST);
        let entries = hits.iter().filter_map(|hit| faq.entry(&hit.entry));
        let sayable = entries.filter(|entry| self.said(&entry.id, &bureau).is_some());
        Ok(sayable.map(|entry| (entry.no, entry.question.clone())).collect())
    }

    /// What was asked before and how it was answered.
    async fn alike(&mut self, question: &Question) -> Result<Vec<(QuestionId, String, String)>> {
        const MOST: usize = 2;
        const ENOUGH: f64 = 0.4;
        const LOOKED_AT: i64 = 300;
        let mut found: Vec<(f64, QuestionId, String, String)> = self
            .tx
            .answered_before(question.id, LOOKED_AT)
            .await?
            .into_iter()
            .map(|(id, words, reply)| (alike(question.text.as_str(), &words), id, words, reply))
            .filter(|(likeness, ..)| *likeness >= ENOUGH)
            .collect();
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then(other.1.cmp(&one.1)));
        let shown = found.into_iter().take(MOST);
        Ok(shown
            .map(|(_, id, words, reply)| (id, shortened(&words), shortened(&reply)))
            .collect())
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
