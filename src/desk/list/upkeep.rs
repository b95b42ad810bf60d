//! Upkeep of the list by whoever is responsible for an entry (专人): entries whose ground has moved, and entries that do
//! not help.

use crate::desk::ground::sitting::Sitting;
use crate::desk::list::{Attempt, keepers, notices};
use crate::desk::{Desk, Result};
use crate::domain::list::ground::stands_in;
use crate::domain::list::helped;
use crate::domain::list::helped::Helped;
use crate::domain::roster::people::{Person, PersonId};
use crate::faq::{Entry, EntryId};

/// The entries, by number and question, that the same people keep.
type EntriesOf = (Vec<PersonId>, Vec<(u32, String)>);

/// An entry is said again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) struct Thawed;

/// Why an entry was not thawed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::desk) enum NotThawed {
    /// No entry of that number.
    NoEntry,
    /// It is being said already.
    NotFrozen,
}

impl Desk {
    /// The served entries that rest on something: `what` names it, as `depends_on` and the basis do.
    pub fn resting_on(&self, what: &str) -> Vec<Entry> {
        let served = self.faq();
        let entries = served.faq().entries().iter();
        entries.filter(|entry| rests_on(entry, what)).cloned().collect()
    }

    /// How each item of the list fares since it was published, by its number.
    pub async fn helped(&self) -> Result<Vec<(Entry, Helped)>> {
        helped(&mut self.only_look().await?).await
    }

    /// Freezes every entry that rests on something that has changed: not said from now on, until whoever keeps it, who
    /// is told, has looked. Returns those that were not frozen before.
    pub async fn event(&self, what: &str) -> Result<Vec<Entry>> {
        let mut sitting = self.sit().await?;
        let due = sitting.now.plus(self.config.candidates.review_ms);
        let mut frozen: Vec<Entry> = Vec::new();
        for entry in self.resting_on(what) {
            if sitting.tx.freeze(&entry.id, what, due, sitting.now).await? {
                frozen.push(entry);
            }
        }
        let mut keepers: Vec<EntriesOf> = Vec::new();
        for entry in &frozen {
            let who = keepers::keepers_of(&sitting, entry);
            let line = (entry.no, entry.question.clone());
            match keepers.iter_mut().find(|(known, _)| *known == who) {
                Some((_, lines)) => lines.push(line),
                None => keepers.push((who, vec![line])),
            }
        }
        for (who, lines) in keepers {
            notices::frozen(&mut sitting, &who, what, &lines, due).await?;
        }
        if !frozen.is_empty() {
            sitting
                .audit(None, "event", what, &format!("{} entries", frozen.len()))
                .await?;
        }
        sitting.tx.commit().await?;
        Ok(frozen)
    }
}

/// Whether an entry rests on what has changed: a document by its whole title in 《》, or words that all stand in one of
/// the entry's grounds, whole or in parts (平台升级 签名模块: 平台签名与填报功能).
fn rests_on(entry: &Entry, what: &str) -> bool {
    let mut grounds = entry
        .depends_on
        .iter()
        .chain(entry.basis.iter().map(|basis| &basis.source));
    if let Some(title) = what.trim().strip_prefix('《').and_then(|rest| rest.strip_suffix('》')) {
        let bare = |ground: &str| {
            let ground = ground.trim().trim_start_matches('《').trim_end_matches('》');
            ground.split(['（', '(']).next().unwrap_or_default().to_owned()
        };
        return grounds.any(|ground| bare(ground) == title);
    }
    let words: Vec<&str> = what.split_whitespace().collect();
    !words.is_empty() && grounds.any(|ground| words.iter().all(|word| stands_in(word, ground)))
}

/// How each served entry fares since it was published, in the order of the list.
pub(in crate::desk) async fn helped(sitting: &mut Sitting<'_>) -> Result<Vec<(Entry, Helped)>> {
    const BACK_MS: i64 = 365 * 86_400_000;
    let asked = sitting.tx.asked_about(sitting.now.plus(-BACK_MS)).await?;
    let published = sitting.tx.published_at().await?;
    let mut found = Vec::new();
    for entry in sitting.served.faq().entries() {
        if let Some(at) = published.get(&entry.id) {
            let asked = asked.get(&entry.id).map_or(&[][..], Vec::as_slice);
            found.push((entry.clone(), helped::helped(asked, *at, sitting.now)));
        }
    }
    Ok(found)
}

/// Looked at, still right: said again.
pub(in crate::desk) async fn thaw_entry(
    sitting: &mut Sitting<'_>,
    person: &Person,
    no: u32,
) -> Attempt<Thawed, NotThawed> {
    let Some(id) = sitting.tx.entry_numbered(no).await? else {
        return Ok(Err(NotThawed::NoEntry));
    };
    if !sitting.tx.thaw(&id, person.id, sitting.now).await? {
        return Ok(Err(NotThawed::NotFrozen));
    }
    sitting.audit(Some(person.id), "thawed", id.as_str(), "").await?;
    Ok(Ok(Thawed))
}

/// Reminds keepers once of frozen entries that nobody looked at in time.
pub(in crate::desk) async fn remind_of_frozen(sitting: &mut Sitting<'_>) -> Result<()> {
    for freeze in sitting.tx.frozen().await? {
        if freeze.told || freeze.due_at > sitting.now {
            continue;
        }
        let Some(entry) = entry_of(sitting, &freeze.entry) else {
            continue;
        };
        let keepers = keepers::keepers_of(sitting, &entry);
        notices::freeze_due(sitting, &keepers, entry.no, &freeze.why).await?;
        sitting.tx.freeze_told(freeze.id).await?;
    }
    Ok(())
}

fn entry_of(sitting: &Sitting<'_>, id: &EntryId) -> Option<Entry> {
    sitting.served.faq().entry(id).cloned()
}
