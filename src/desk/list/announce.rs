//! Telling groups that a new edition is out: only those that opted in, each edition once. Opting in is up to whoever
//! arranges things for the group's bureau.

use crate::clock::Millis;
use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::Attempt;
use crate::domain::asking::request::Switch;
use crate::domain::chat::group::{Group, GroupId};
use crate::domain::chat::message::Incoming;
use crate::domain::chat::owed::Owed;
use crate::domain::chat::role::Role;
use crate::domain::list::edition::Edition;
use crate::domain::roster::people::PersonId;
use crate::domain::roster::rights::Right;
use crate::domain::wording;
use crate::store::Db;

/// What an announcement reached, in groups.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Announced {
    /// Told now.
    pub told: usize,
    /// Told before.
    pub before: usize,
}

/// Owes the groups that opted in one short message about an edition, with its audit row, in one transaction. `link`: where
/// the whole of it can be read. `by`: who has it told; none for the operator at the command line. A group that was told
/// before is not told again.
pub async fn announce(
    db: &Db,
    edition: &Edition,
    link: Option<&str>,
    by: Option<PersonId>,
    now: Millis,
) -> Result<Announced> {
    let mut tx = db.begin().await?;
    let mut done = Announced::default();
    for group in tx.edition_readers().await? {
        if !tx.mark_announced(edition.number, group.id, now).await? {
            done.before += 1;
            continue;
        }
        let owed = Owed::Message {
            text: wording::edition_out(edition, link),
            buttons: Vec::new(),
            quote: None,
            whom: None,
            ask_contact: false,
        };
        tx.owe(&group.place(), None, Role::Line, &owed, now).await?;
        done.told += 1;
    }
    if done.told > 0 {
        let (object, note) = (format!("edition {}", edition.number), format!("{} groups", done.told));
        tx.audit(by, "edition_announced", &object, &note, now).await?;
    }
    tx.commit().await?;
    Ok(done)
}

/// Whether a group is told of new editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Announcing(pub bool);

/// Why nothing was said or changed about announcing in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotAnnouncing {
    /// Not a group of a bureau.
    NoBureau,
    /// Neither on nor off.
    Unclear,
    /// It is up to whoever arranges things for the bureau.
    NotAllowed,
}

/// Whether a group is told of new editions, after it was switched if that was wanted.
pub(in crate::desk) async fn switch_announcements(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    group: Option<&Group>,
    switch: Switch,
) -> Attempt<Announcing, NotAnnouncing> {
    let Some((group, bureau)) = group.and_then(|group| Some((group, group.bureau()?))) else {
        return Ok(Err(NotAnnouncing::NoBureau));
    };
    let wanted = match switch {
        Switch::Asked => return Ok(Ok(Announcing(sitting.tx.wants_editions(group.id).await?))),
        Switch::Unclear => return Ok(Err(NotAnnouncing::Unclear)),
        Switch::On => true,
        Switch::Off => false,
    };
    if !sitting.may(incoming, Right::Announce, bureau).await? {
        return Ok(Err(NotAnnouncing::NotAllowed));
    }
    let person = sitting.person(&incoming.account()).await?.map(|person| person.id);
    put_announcements(sitting, person, group.id, wanted).await?;
    Ok(Ok(Announcing(wanted)))
}

/// Keeps whether a group is told of new editions.
pub(in crate::desk) async fn put_announcements(
    sitting: &mut Sitting<'_>,
    by: Option<PersonId>,
    group: GroupId,
    wanted: bool,
) -> Result<()> {
    if wanted {
        sitting.tx.tell_editions_to(group, sitting.now).await?;
    } else {
        sitting.tx.keep_editions_from(group).await?;
    }
    let object = format!("group {}", group.0);
    sitting
        .audit(by, "announce", &object, if wanted { "on" } else { "off" })
        .await
}
