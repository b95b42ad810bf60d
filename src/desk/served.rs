//! The served edition: the index in memory and the revision each entry is served with.

use std::collections::HashMap;

use super::Result;
use crate::config::Config;
use crate::domain::people::{Bureau, OfficeKind, Roster};
use crate::domain::wording;
use crate::faq::{Defect, Entry, EntryId, Faq};
use crate::store::Db;

/// One served edition.
pub struct Served {
    faq: Faq,
    revisions: HashMap<EntryId, i64>,
    defects: Vec<Defect>,
    version: i64,
}

impl Served {
    /// Reads the approved entries and builds the index, off the async threads.
    pub async fn load(db: &Db) -> Result<Served> {
        let mut tx = db.read().await?;
        let version = tx.faq_version().await?;
        let (entries, lexicon) = tx.served_entries().await?;
        let defects = tx.defects().await?;
        drop(tx);
        let revisions = entries
            .iter()
            .map(|(entry, revision)| (entry.id.clone(), *revision))
            .collect();
        let entries: Vec<Entry> = entries.into_iter().map(|(entry, _)| entry).collect();
        let faq = tokio::task::spawn_blocking(move || Faq::build(entries, lexicon))
            .await
            .map_err(|panic| crate::store::StoreError::inconsistent("entries", "index", panic))?;
        Ok(Served {
            faq,
            revisions,
            defects,
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

    /// The counter of the import this edition came from.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// The revision an entry is served with.
    pub fn revision(&self, entry: &EntryId) -> i64 {
        self.revisions.get(entry).copied().unwrap_or(0)
    }

    /// An entry as it is said for a bureau; none while one of its placeholders is not filled (it hands over then).
    pub fn said(&self, entry: &Entry, bureau: &Bureau, roster: &Roster, config: &Config) -> Option<wording::Answer> {
        let filled = entry.fill(&|name| placeholder(name, bureau, roster, config)).ok()?;
        let basis = entry.basis.iter().map(|basis| wording::Cited {
            title: bare(&basis.source).to_owned(),
            article: basis.article.clone(),
        });
        Some(wording::Answer {
            question: entry.question.clone(),
            lines: filled.lines(),
            basis: basis.collect(),
            no: entry.no,
            id: entry.id.as_str().to_owned(),
            revision: self.revision(&entry.id),
        })
    }
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
    let filled = entry.fill(&|name| config.fill("", name).map(str::to_owned).or_else(|| here(name)));
    filled.ok().map(|answer| answer.lines())
}

fn bare(title: &str) -> &str {
    title.trim().trim_start_matches('《').trim_end_matches('》')
}

/// `[fill]` of the configuration first; `office.*` from the roster's window of that bureau.
fn placeholder(name: &str, bureau: &Bureau, roster: &Roster, config: &Config) -> Option<String> {
    if let Some(filled) = config.fill(&bureau.name, name) {
        return Some(filled.to_owned());
    }
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
