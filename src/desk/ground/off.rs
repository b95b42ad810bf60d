//! The off switch, of a group or of a channel: people are told in one line where to call instead, and then the bot says
//! nothing of its own there until it is on again. Questions that are open keep their helper, whose words still arrive.

use crate::desk::ground::sitting::Sitting;
use crate::desk::{Desk, Result};
use crate::domain::chat::group::{Group, GroupId, GroupKind, Standing};
use crate::domain::chat::message::Channel;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::PersonId;
use crate::domain::wording;
use crate::store::off::Off;

/// What is switched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Switched {
    /// The channel.
    pub channel: Channel,
    /// One group of it; none: all of it.
    pub group: Option<GroupId>,
}

/// Who switches: a person of the roster, or somebody at the command line.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// The person.
    pub person: Option<PersonId>,
    /// More about it, for the audit.
    pub note: &'a str,
}

impl Switched {
    fn object(&self) -> String {
        match self.group {
            Some(group) => format!("group {}", group.0),
            None => format!("channel {}", self.channel.0),
        }
    }
}

impl Desk {
    /// Switches the bot off, and says so in each group where that changes something; false where it was off.
    pub async fn switch_off(&self, what: &Switched, reason: &Masked, by: By<'_>) -> Result<bool> {
        let mut sitting = self.sit().await?;
        let told = sitting.speaking_in(what).await?;
        for group in &told {
            sitting.tx.take_back_unsent(group, sitting.now).await?;
            let window = sitting.window_of(group);
            let text = wording::switched_off(reason, &window);
            sitting.say(&group.place(), None, text).await?;
        }
        let off = Off {
            channel: what.channel.clone(),
            group: what.group,
            reason: reason.clone(),
            at: sitting.now,
        };
        if !sitting.tx.switch_off(&off).await? {
            return Ok(false);
        }
        let note = format!("{reason}; {}", by.note);
        let (person, object) = (by.person, what.object());
        sitting.audit(person, "switched_off", &object, &note).await?;
        sitting.tx.commit().await?;
        self.bell.notify_one();
        Ok(true)
    }

    /// Switches it on again and says so; false where it was not off.
    pub async fn switch_on(&self, what: &Switched, by: By<'_>) -> Result<bool> {
        let mut sitting = self.sit().await?;
        if !sitting.tx.switch_on(&what.channel, what.group).await? {
            return Ok(false);
        }
        for group in sitting.speaking_in(what).await? {
            sitting.say(&group.place(), None, wording::switched_on()).await?;
        }
        let (person, object) = (by.person, what.object());
        sitting.audit(person, "switched_on", &object, by.note).await?;
        sitting.tx.commit().await?;
        self.bell.notify_one();
        Ok(true)
    }
}

impl Sitting<'_> {
    /// The help groups meant in which the bot speaks now.
    async fn speaking_in(&mut self, what: &Switched) -> Result<Vec<Group>> {
        let mut speaking = Vec::new();
        for group in self.tx.groups().await? {
            let meant = group.channel == what.channel && what.group.is_none_or(|id| id == group.id);
            let there = group.kind() == Some(GroupKind::Help) && group.standing == Standing::Member;
            if meant && there && !self.is_off(&group).await? {
                speaking.push(group);
            }
        }
        Ok(speaking)
    }

    /// Whether the bot is switched off in a group: groups of staff go on.
    pub(in crate::desk) async fn is_off(&mut self, group: &Group) -> Result<bool> {
        let open = matches!(group.kind(), Some(GroupKind::Help) | None);
        Ok(open && self.tx.off_in(&group.channel, Some(group.id)).await?.is_some())
    }

    fn window_of(&self, group: &Group) -> wording::WindowContact {
        let bureau = group.bureau().and_then(|id| self.roster.bureau(id));
        self.window(bureau.unwrap_or(self.roster.desk()))
    }
}
