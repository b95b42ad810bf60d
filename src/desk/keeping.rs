//! How a bureau keeps its groups, by page: the use cases of `/mode` and `/announce` with a group that was picked.

use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::hear::mode;
use crate::desk::list::announce;
use crate::desk::page::{Actor, Outcome};
use crate::desk::{Desk, Result};
use crate::domain::chat::group::GroupId;
use crate::domain::chat::mode::Mode;
use crate::domain::chat::rich::Rich;
use crate::domain::roster::rights::Right;
use crate::domain::wording;

/// What is changed of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// How the bot may speak there in general.
    Mode(Mode),
    /// Whether it is told of new editions.
    Announcements(bool),
}

impl Desk {
    /// Keeps a group of a bureau as somebody at a page wants it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep_group(&self, actor: &Actor, group: GroupId, keeping: Keeping) -> Result<Outcome> {
        let done = self.on_page(actor, |sitting, via| {
            Box::pin(async move {
                let text = kept(sitting, via, group, keeping).await?;
                sitting.told_on_page(&via.place, &text);
                Ok(())
            })
        });
        done.await.map(|((), outcome)| outcome)
    }
}

async fn kept(sitting: &mut Sitting<'_>, via: &Via, group: GroupId, keeping: Keeping) -> Result<Rich> {
    let person = via
        .person
        .as_ref()
        .and_then(|person| sitting.roster.person(person.id))
        .cloned();
    let right = match keeping {
        Keeping::Mode(_) => Right::SetMode,
        Keeping::Announcements(_) => Right::Announce,
    };
    let group = sitting.tx.group(group).await?;
    let bureau = group.as_ref().and_then(|group| group.bureau());
    let (Some(person), Some(group), Some(bureau)) = (person, group, bureau) else {
        return Ok(sitting.not_done(wording::mode_not_allowed()));
    };
    if !sitting.has_right(&person, right, bureau) {
        return Ok(sitting.not_done(wording::mode_not_allowed()));
    }
    match keeping {
        Keeping::Mode(chosen) => {
            let mut modes = group.modes.clone();
            modes.all = Some(chosen);
            mode::put_modes(sitting, Some(person.id), group.id, &modes, chosen.word()).await?;
            Ok(wording::modes(chosen, &modes.by_category))
        }
        Keeping::Announcements(wanted) => {
            announce::put_announcements(sitting, Some(person.id), group.id, wanted).await?;
            Ok(wording::announce_standing(wanted))
        }
    }
}
