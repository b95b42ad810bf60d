//! The next issue of the 常见问题清单 (许工商〔2018〕103号 四(三)): made from the served entries, compared with the one
//! before, and frozen for ever. Who may write and approve an entry is decided before; how an issue looks, in `publish`.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::desk::Result;
use crate::desk::ground::served::{bare, filled, placeholder};
use crate::domain::list::annexed;
use crate::domain::list::edition::{Change, Edition, Item, Window};
use crate::domain::privacy::Hidden;
use crate::domain::roster::city::City;
use crate::domain::roster::people::{Bureau, Person, Roster};
use crate::domain::time::zone;
use crate::domain::{privacy, wording};
use crate::faq::{Audience, Entry, Section};
use crate::store::upkeep::Fills;
use crate::store::{Db, Tx};
use jiff::civil::Date;

/// The next edition as it would be frozen now, and what stands in its way.
#[derive(Clone, Debug)]
pub struct NextEdition {
    /// Without the items that cannot be printed.
    pub edition: Edition,
    /// The one before it.
    pub before: Option<Edition>,
    /// Items with a placeholder nobody filled in.
    pub unfilled: Vec<Unfilled>,
    /// What holds something that identifies a person.
    pub personal: Vec<Personal>,
    /// Items that wait for their owner (口径更新中): number and question. The edition goes without them.
    pub waiting: Vec<(u32, String)>,
}

/// An item that lacks something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfilled {
    pub no: u32,
    pub question: String,
    /// The placeholders' names, as they stand in `[fill]` of bangban.toml.
    pub names: Vec<String>,
}

/// Something that must not be printed, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    pub place: Spot,
    pub hidden: Vec<Hidden>,
}

/// A part of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    Item { no: u32, question: String },
    Window { bureau: String },
}

/// Why there is no next edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFrozen {
    /// No roster with a city bureau, which issues it.
    NoIssuer,
    /// No public entry is valid today and filled in.
    Nothing,
    /// Somebody must fill these in, or say that they are left out.
    Unfilled(Vec<Unfilled>),
    /// Mobile numbers and the like.
    Personal(Vec<Personal>),
    /// As in the edition of this number.
    Unchanged(u32),
    /// Somebody else froze this number in the same moment.
    Taken(u32),
}

/// A frozen edition, and the items that were left out of it.
#[derive(Clone, Debug)]
pub struct Frozen {
    pub edition: Edition,
    pub left_out: Vec<Unfilled>,
    /// Items that wait for their owner.
    pub waiting: Vec<(u32, String)>,
}

/// The next edition as it would be today; nothing is written.
pub async fn next(tx: &mut Tx, config: &Config, now: Millis) -> Result<std::result::Result<NextEdition, NotFrozen>> {
    let gathered = gathered(tx, config, now).await?;
    Ok(gathered.map(|next| NextEdition {
        personal: personal(&next.edition),
        ..next
    }))
}

/// The items that lack something, without looking through every text of the edition for numbers.
pub async fn unfilled(tx: &mut Tx, config: &Config, now: Millis) -> Result<Vec<Unfilled>> {
    let gathered = gathered(tx, config, now).await?;
    Ok(gathered.map(|next| next.unfilled).unwrap_or_default())
}

async fn gathered(tx: &mut Tx, config: &Config, now: Millis) -> Result<std::result::Result<NextEdition, NotFrozen>> {
    let Some(roster) = City::of(tx.roster().await?) else {
        return Ok(Err(NotFrozen::NoIssuer));
    };
    let city = roster.desk();
    let today = zone::day(&config.timezone, now);
    let before = tx.newest_edition().await?;
    let entries = tx.served_list().await?;
    let approved = tx.approved_at().await?;
    let (frozen, fills) = (tx.frozen().await?, tx.fills().await?);
    let mut unfilled = Vec::new();
    let mut waiting = Vec::new();
    let mut items = Vec::new();
    let open = |entry: &Entry| entry.audience == Audience::Public && entry.valid_on(today);
    for (entry, revision) in entries.iter().filter(|(entry, _)| open(entry)) {
        let since = approved
            .get(entry.id.as_str())
            .map(|at| zone::day(&config.timezone, *at));
        if frozen.iter().any(|freeze| freeze.entry == entry.id) {
            waiting.push((entry.no, entry.question.clone()));
            continue;
        }
        let value = |name: &str| filled(name, city, config, &fills);
        let (item, names) = item(entry, *revision, since.unwrap_or(today), &value);
        if !names.is_empty() {
            unfilled.push(Unfilled {
                no: entry.no,
                question: entry.question.clone(),
                names,
            });
        }
        items.extend(item);
    }
    items.sort_by_key(|item| item.no);
    let edition = Edition {
        number: before.as_ref().map_or(0, |before| before.number) + 1,
        issuer: config.issuer.clone().unwrap_or_else(|| city.name.clone()),
        date: today,
        items,
        withdrawn: Vec::new(),
        windows: roster
            .bureaus
            .iter()
            .map(|bureau| window(bureau, &roster, config, &fills))
            .collect(),
    };
    Ok(Ok(NextEdition {
        edition: edition.compared_with(before.as_ref()),
        before,
        unfilled,
        personal: Vec::new(),
        waiting,
    }))
}

/// Who freezes an edition.
#[derive(Clone, Copy, Debug)]
pub enum Maker<'a> {
    /// Somebody of the roster, at a page.
    Person(&'a Person),
    /// Whoever works at the command line, as the system knows them.
    Operator(&'a str),
}

/// Freezes the next edition, with its audit row, in one transaction. `leave_out`: sections with an unfilled placeholder
/// stay out instead of holding everything up.
pub async fn freeze(
    db: &Db,
    config: &Config,
    clock: &Clock,
    maker: Maker<'_>,
    leave_out: LeaveOut,
) -> Result<std::result::Result<Frozen, NotFrozen>> {
    let now = clock.now();
    // Put together before anything is written; a number that is taken meanwhile is refused.
    let mut looking = db.read().await?;
    let draft = match next(&mut looking, config, now).await? {
        Ok(draft) => draft,
        Err(reason) => return Ok(Err(reason)),
    };
    if let Some(reason) = draft.refused(leave_out) {
        return Ok(Err(reason));
    }
    let NextEdition {
        edition,
        unfilled,
        waiting,
        ..
    } = draft;
    drop(looking);
    let (by, name) = match maker {
        Maker::Person(person) => (Some(person.id), person.name.as_str()),
        Maker::Operator(name) => (None, name),
    };
    let mut tx = db.begin().await?;
    if !tx.keep_edition(&edition, name, now).await? {
        return Ok(Err(NotFrozen::Taken(edition.number)));
    }
    let count = |change| edition.items_that(change).count();
    let left_out: Vec<String> = unfilled.iter().map(|left| left.no.to_string()).collect();
    let note = format!(
        "{} items, added {}, changed {}, withdrawn {}, left out: {}",
        edition.items.len(),
        count(Change::Added),
        count(Change::Changed),
        edition.withdrawn.len(),
        if left_out.is_empty() {
            "none".to_owned()
        } else {
            left_out.join(" ")
        },
    );
    tx.audit(by, "edition_frozen", &format!("edition {}", edition.number), &note, now)
        .await?;
    tx.commit().await?;
    Ok(Ok(Frozen {
        edition,
        left_out: unfilled,
        waiting,
    }))
}

/// What to do with sections that have an unfilled placeholder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaveOut {
    Nothing,
    Unfilled,
}

impl NextEdition {
    /// Why it may not be frozen as it is.
    pub fn refused(&self, leave_out: LeaveOut) -> Option<NotFrozen> {
        if !self.personal.is_empty() {
            return Some(NotFrozen::Personal(self.personal.clone()));
        }
        if leave_out == LeaveOut::Nothing && !self.unfilled.is_empty() {
            return Some(NotFrozen::Unfilled(self.unfilled.clone()));
        }
        if self.edition.items.is_empty() {
            return Some(NotFrozen::Nothing);
        }
        let before = self.before.as_ref()?;
        (!self.edition.has_news_since(before)).then_some(NotFrozen::Unchanged(before.number))
    }
}

/// An entry as it is printed, and the placeholders that nobody filled: sections that hold one are left out, the whole
/// entry where its conclusion does.
fn item(
    entry: &Entry,
    revision: i64,
    since: Date,
    value: &dyn Fn(&str) -> Option<String>,
) -> (Option<Item>, Vec<String>) {
    let mut pointed = entry.clone();
    pointed.answer = entry.answer.map_text(&mut |text| annexed::pointed(text));
    let names = pointed.unfilled(value);
    let Some((known, open)) = pointed.fill_what_is_known(value) else {
        return (None, names);
    };
    let open: Vec<&str> = open.into_iter().map(Section::label).collect();
    let lines: Vec<String> = known
        .lines()
        .into_iter()
        .chain(wording::ask_the_window(&open))
        .collect();
    let clean = |text: &String| privacy::printable(text).trim().to_owned();
    let basis = entry.basis.iter().map(|basis| wording::Cited {
        title: bare(&basis.source).to_owned(),
        article: basis.article.clone(),
    });
    let item = Item {
        id: entry.id.as_str().to_owned(),
        no: entry.no,
        revision,
        topic: clean(&entry.topic),
        applies_to: entry.applies_to.iter().map(clean).collect(),
        question: clean(&entry.question),
        variants: entry.variants.iter().map(clean).collect(),
        lines: lines.iter().map(clean).collect(),
        basis: basis.map(|cited| clean(&cited.whole())).collect(),
        owner: clean(&entry.owner),
        since,
        change: Change::Added,
    };
    (Some(item), names)
}

/// A bureau's window, as answers name it.
fn window(bureau: &Bureau, roster: &Roster, config: &Config, fills: &Fills) -> Window {
    let value = |name| placeholder(name, bureau, roster, config, fills);
    Window {
        bureau: bureau.name.clone(),
        address: value("office.address"),
        landline: value("office.phone"),
        hours: value("office.hours").unwrap_or_else(|| wording::hours(&bureau.hours)),
    }
}

/// Everything in an edition that masking would hide.
fn personal(edition: &Edition) -> Vec<Personal> {
    let found = |place: Spot, texts: &mut dyn Iterator<Item = &String>| {
        let mut hidden: Vec<Hidden> = texts.flat_map(|text| looked_through(text)).collect();
        hidden.sort_unstable();
        hidden.dedup();
        (!hidden.is_empty()).then_some(Personal { place, hidden })
    };
    let items = edition.items.iter().filter_map(|item| {
        let place = Spot::Item {
            no: item.no,
            question: privacy::mask(&item.question).as_str().to_owned(),
        };
        let texts = [&item.question, &item.owner, &item.topic].into_iter();
        let mut texts = texts.chain(&item.variants).chain(&item.lines).chain(&item.basis);
        found(place, &mut texts)
    });
    let windows = edition.windows.iter().filter_map(|window| {
        let place = Spot::Window {
            bureau: window.bureau.clone(),
        };
        found(
            place,
            &mut window.address.iter().chain(&window.landline).chain([&window.hours]),
        )
    });
    items.chain(windows).collect()
}

/// Texts kept of which it is known what they hold; an edition has some thousands.
const KNOWN: usize = 20_000;

/// What of a text masking would hide. Nearly all texts of an edition are those of the last look, and masking reads every
/// number in every way: what was found is remembered by the text's hash.
fn looked_through(text: &str) -> Vec<Hidden> {
    static FOUND: LazyLock<Mutex<HashMap<[u8; 32], Vec<Hidden>>>> = LazyLock::new(Mutex::default);
    let key: [u8; 32] = Sha256::digest(text).into();
    // Nothing panics while it is held; if it did, what is in it would still be right.
    let known = FOUND.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
    known.unwrap_or_else(|| {
        let hidden: Vec<Hidden> = privacy::mask(text).hidden().collect();
        let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
        if found.len() >= KNOWN {
            found.clear();
        }
        found.insert(key, hidden.clone());
        hidden
    })
}
