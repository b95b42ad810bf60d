//! What did not arrive is seen to: a group that cannot be written to any more, a message nobody knows of. Those who
//! arrange things for the bureau are told, so that a person can step in.

use super::{Result, Sitting};
use crate::domain::chat::group::{Group, Standing};
use crate::domain::wording;
use crate::store::undelivered::{Loss, Undelivered};

impl Sitting<'_> {
    pub(super) async fn see_to(&mut self, lost: &Undelivered) -> Result<()> {
        if !self.tx.mark_told(lost.id).await? {
            return Ok(());
        }
        let group = self.tx.group_of_chat(&lost.place.channel, &lost.place.chat).await?;
        match (lost.loss, group) {
            (Loss::Muted, Some(group)) => self.cannot_write(&group, Standing::Muted).await,
            (Loss::Gone, Some(group)) => self.cannot_write(&group, Standing::Gone).await,
            (Loss::Unknown | Loss::Refused, Some(group)) => self.in_doubt(lost, &group).await,
            // A private chat is only a copy: the group's own message stands. What was void changed nothing.
            (Loss::Void, Some(_)) | (_, None) => Ok(()),
        }
    }

    async fn in_doubt(&mut self, lost: &Undelivered, group: &Group) -> Result<()> {
        let Some(id) = lost.question else { return Ok(()) };
        self.step(id, "not_delivered", None, lost.loss.key()).await?;
        let Some(bureau) = group.bureau().and_then(|id| self.roster.bureau(id)).cloned() else {
            return Ok(());
        };
        for place in self.keeper_places(&bureau).await? {
            self.say(&place, None, wording::delivery_in_doubt(id, &group.title))
                .await?;
        }
        Ok(())
    }

    /// The bot can no longer speak in a group: told once, to those who can mend it.
    pub(super) async fn cannot_write(&mut self, group: &Group, standing: Standing) -> Result<()> {
        if group.standing == standing {
            return Ok(());
        }
        self.tx.set_standing(group.id, standing).await?;
        let Some(bureau) = group.bureau().and_then(|id| self.roster.bureau(id)).cloned() else {
            return Ok(());
        };
        let text = wording::group_trouble(&group.title, standing == Standing::Gone);
        for place in self.keeper_places(&bureau).await? {
            self.say(&place, None, text.clone()).await?;
        }
        Ok(())
    }
}
