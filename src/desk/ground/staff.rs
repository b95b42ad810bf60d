//! Where staff are reached about a question.

use crate::desk::Result;
use crate::desk::ground::owe::Shown;
use crate::desk::ground::sitting::Sitting;
use crate::domain::asking::question::Question;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::{Media, MessageRef, Place};
use crate::domain::chat::owed::Owed;
use crate::domain::chat::role::Role;
use crate::domain::roster::people::{Bureau, PersonId};

/// The first line, cut where it is long.
pub(in crate::desk) fn shortened(text: &str) -> String {
    const LENGTH: usize = 20;
    let line = text.lines().next().unwrap_or_default();
    let mut words: String = line.chars().take(LENGTH).collect();
    if words.len() < line.len() {
        words.push('…');
    }
    words
}

impl Sitting<'_> {
    /// Where a bureau's cards land: its duty group, in the question's own channel if there are several.
    pub(in crate::desk) async fn duty_group(&mut self, question: &Question) -> Result<Option<Place>> {
        let groups = self.tx.groups_of(question.bureau, GroupKind::Duty).await?;
        let same = groups.iter().find(|group| group.channel == question.place().channel);
        Ok(same.or(groups.first()).map(crate::domain::chat::group::Group::place))
    }

    /// Media that the asker added, under the card wherever it stands, and where its helper is told of it.
    pub(in crate::desk) async fn send_added_media(
        &mut self,
        question: &Question,
        media: &[Media],
        from: &MessageRef,
    ) -> Result<()> {
        let cards = self.tx.links_of(question.id, Role::Card).await?;
        let holder: Vec<PersonId> = question.state.holder().into_iter().collect();
        // Cards that are still on their way are before it in their chats.
        let shown = self.shown(question.id, Role::Card).await?;
        let mut places: Vec<Place> = Vec::new();
        for place in shown.iter().map(Shown::place) {
            if place.chat != question.place().chat && !places.iter().any(|known| known.chat == place.chat) {
                places.push(place.clone());
            }
        }
        for place in self.private_places(&holder).await? {
            if !places.iter().any(|known| known.chat == place.chat) {
                places.push(place);
            }
        }
        for place in places {
            let card = cards.iter().rfind(|card| card.message.place.chat == place.chat);
            let card = card.map(|card| card.message.id.as_str());
            self.send_media_under(question.id, media, from, &place, card).await?;
        }
        Ok(())
    }

    /// Media travel with the question, from the message they came in; nothing is ever answered from them.
    pub(in crate::desk) async fn send_media(
        &mut self,
        question: QuestionId,
        media: &[Media],
        from: &MessageRef,
        place: &Place,
    ) -> Result<()> {
        self.send_media_under(question, media, from, place, None).await
    }

    async fn send_media_under(
        &mut self,
        question: QuestionId,
        media: &[Media],
        from: &MessageRef,
        place: &Place,
        card: Option<&str>,
    ) -> Result<()> {
        if place.channel != from.place.channel {
            return Ok(());
        }
        for media in media {
            let owed = Owed::Media {
                media: media.clone(),
                from: from.holding(media),
                quote: card.map(str::to_owned),
            };
            self.tx.owe(place, Some(question), Role::Media, &owed, self.now).await?;
        }
        Ok(())
    }

    /// Private chats of those who arrange things for a bureau.
    pub(in crate::desk) async fn keeper_places(&mut self, bureau: &Bureau) -> Result<Vec<Place>> {
        let keepers = self.roster.keepers_of(bureau.id);
        self.private_places(&keepers).await
    }
}
