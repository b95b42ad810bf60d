//! Where staff are reached about a question.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::domain::asking::question::Question;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::{Media, MessageRef, Place};
use crate::domain::chat::owed::Owed;
use crate::domain::chat::role::Role;
use crate::domain::roster::people::Bureau;

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

    /// Media travel with the question, from the message they came in; nothing is ever answered from them.
    pub(in crate::desk) async fn send_media(
        &mut self,
        question: QuestionId,
        media: &[Media],
        from: &MessageRef,
        place: &Place,
    ) -> Result<()> {
        if place.channel != from.place.channel {
            return Ok(());
        }
        for media in media {
            let owed = Owed::Media {
                media: media.clone(),
                from: from.clone(),
                quote: None,
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
