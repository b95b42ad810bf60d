//! The served edition: the index in memory and the revision each entry is served with.

use crate::config::Config;
use crate::desk::Result;
use crate::domain::roster::people::{Bureau, OfficeKind, Roster};
use crate::domain::wording;
use crate::faq::{Defect, Entry, EntryId, Faq, Lexicon, Section};
use crate::store::entries::FIRST;
use crate::store::upkeep::Fills;
use crate::store::{Db, Tx};
use std::collections::{HashMap, HashSet};
use std::path::Path;

/// One served edition.
pub struct Served {
    faq: Faq,
    revisions: HashMap<EntryId, i64>,
    defects: Vec<Defect>,
    frozen: HashSet<EntryId>,
    fills: Fills,
    version: i64,
}

impl Served {
    /// Reads the approved entries and builds the index, off the async threads. What it built it keeps in the data
    /// folder for the next start.
    pub async fn load(db: &Db, data: &Path) -> Result<Served> {
        let mut tx = db.read().await?;
        let version = tx.faq_version().await?;
        let (entries, lexicon) = tx.served_entries().await?;
        let folder = data.join("edition");
        let build = move |entries, lexicon| Faq::build_kept(entries, lexicon, &folder);
        Served::built(tx, version, entries, lexicon, build).await
    }

    /// What would be served if these entries took the place of the approved ones, each as its next revision; freezes and
    /// approved values stay.
    pub async fn instead(db: &Db, mut entries: Vec<Entry>, lexicon: Lexicon) -> Result<Served> {
        let mut tx = db.read().await?;
        // In the order of the approved ones, which settles who is first among entries that fit equally well.
        entries.sort_by_key(|entry| entry.no);
        let mut numbered = Vec::with_capacity(entries.len());
        for entry in entries {
            let last = tx.entry_revision(entry.id.as_str()).await?;
            numbered.push((entry, last.map_or(FIRST, |last| last + 1)));
        }
        let version = tx.faq_version().await?;
        Served::built(tx, version, numbered, lexicon, Faq::build).await
    }

    async fn built(
        mut tx: Tx,
        version: i64,
        entries: Vec<(Entry, i64)>,
        lexicon: Lexicon,
        build: impl FnOnce(Vec<Entry>, Lexicon) -> Faq + Send + 'static,
    ) -> Result<Served> {
        let defects = tx.defects().await?;
        let frozen: HashSet<EntryId> = tx.frozen().await?.into_iter().map(|freeze| freeze.entry).collect();
        let fills = tx.fills().await?;
        drop(tx);
        let revisions = entries
            .iter()
            .map(|(entry, revision)| (entry.id.clone(), *revision))
            .collect();
        let mut entries: Vec<Entry> = entries.into_iter().map(|(entry, _)| entry).collect();
        for entry in entries.iter_mut().filter(|entry| frozen.contains(&entry.id)) {
            // 口径更新中: a frozen entry takes part in the contest like one that has run out, and is not said.
            entry.valid_until = entry.valid_from.yesterday().ok();
        }
        let faq = tokio::task::spawn_blocking(move || build(entries, lexicon))
            .await
            .map_err(|panic| crate::store::StoreError::inconsistent("entries", "index", panic))?;
        Ok(Served {
            faq,
            revisions,
            defects,
            frozen,
            fills,
            version,
        })
    }

    /// The entries and the search.
    pub fn faq(&self) -> &Faq {
        &self.faq
    }

    /// The library of common defects, for 一次性告知.
    pub fn defects(&self) -> &[Defect] {
        &self.defects
    }

    /// Whether an entry waits for its owner (口径更新中).
    pub fn is_frozen(&self, entry: &EntryId) -> bool {
        self.frozen.contains(entry)
    }

    /// The counter of the import this edition came from.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// The revision an entry is served with.
    pub fn revision(&self, entry: &EntryId) -> Option<i64> {
        self.revisions.get(entry).copied()
    }

    /// An entry as it is said for a bureau, without the sections that nobody has filled in: those are handed over if
    /// the asker wants them. None while its conclusion is not filled (the whole is handed over then).
    pub fn said(&self, entry: &Entry, bureau: &Bureau, roster: &Roster, config: &Config) -> Option<wording::Answer> {
        let (filled, open) =
            entry.fill_what_is_known(&|name| placeholder(name, bureau, roster, config, &self.fills))?;
        let basis = entry.basis.iter().map(|basis| wording::Cited {
            title: bare(&basis.source).to_owned(),
            article: basis.article.clone(),
        });
        Some(wording::Answer {
            question: entry.question.clone(),
            lines: with_open(
                filled.lines(),
                open,
                placeholder("office.phone", bureau, roster, config, &self.fills),
            ),
            basis: basis.collect(),
            no: entry.no,
            id: entry.id.as_str().to_owned(),
            revision: self.revision(&entry.id)?,
        })
    }
}

/// What fills a placeholder for a bureau: an approved value, then `[fill]` of the configuration, then the roster.
pub(in crate::desk) fn placeholder(
    name: &str,
    bureau: &Bureau,
    roster: &Roster,
    config: &Config,
    fills: &Fills,
) -> Option<String> {
    filled(name, bureau, config, fills).or_else(|| of_office(name, bureau, roster))
}

/// What somebody filled in for a bureau: an approved value, then `[fill]` of the configuration.
pub(in crate::desk) fn filled(name: &str, bureau: &Bureau, config: &Config, fills: &Fills) -> Option<String> {
    let approved = |bureau: Option<&str>| fills.get(&(bureau.map(str::to_owned), name.to_owned())).cloned();
    approved(Some(&bureau.name))
        .or_else(|| approved(None))
        .or_else(|| config.fill(&bureau.name, name).map(str::to_owned))
}

/// The lines of an entry's answer for nobody in particular: only what `[fill]` of the configuration fills.
pub fn preview(entry: &Entry, config: &Config) -> Option<Vec<String>> {
    let here = |name: &str| match name {
        "office.name" => Some("〔本单位〕".to_owned()),
        "office.address" => Some("〔窗口地址〕".to_owned()),
        "office.phone" => Some("〔窗口电话〕".to_owned()),
        "office.hours" => Some("〔工作时间〕".to_owned()),
        _ => None,
    };
    let value = |name: &str| config.fill("", name).map(str::to_owned).or_else(|| here(name));
    let (known, open) = entry.fill_what_is_known(&value)?;
    Some(with_open(known.lines(), open, value("office.phone")))
}

/// The lines of an answer, and one that says who knows what it leaves open.
fn with_open(mut lines: Vec<String>, open: Vec<Section>, phone: Option<String>) -> Vec<String> {
    let labels: Vec<&str> = open.into_iter().map(Section::label).collect();
    lines.extend(wording::not_known(&labels, phone.as_deref()));
    lines
}

pub(in crate::desk) fn bare(title: &str) -> &str {
    title.trim().trim_start_matches('《').trim_end_matches('》')
}

/// `office.*` from the roster's window of that bureau.
fn of_office(name: &str, bureau: &Bureau, roster: &Roster) -> Option<String> {
    let window = roster
        .offices_of(bureau.id)
        .find(|office| office.kind == OfficeKind::Window)?;
    match name {
        "office.name" => Some(bureau.name.clone()),
        "office.address" => window.address.clone(),
        "office.phone" => window.landline.as_ref().map(|landline| landline.as_str().to_owned()),
        "office.hours" => Some(wording::hours(&bureau.hours)),
        _ => None,
    }
}
