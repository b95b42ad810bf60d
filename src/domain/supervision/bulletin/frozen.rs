//! The figures of a bulletin as they were when it was drafted: what the page, the document and the table show, so that they
//! show the same for ever.

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::domain::roster::people::BureauId;
use crate::domain::supervision::figures::{Figures, Named, Whom};
use crate::domain::supervision::measures::{Measure, percent};
use crate::domain::supervision::ranking::{Placed, Ranking};
use crate::domain::supervision::reported::{HANDED, Month, NOT_REPORTED};

/// The measures of the table, in the order of its columns.
const COLUMNS: [&str; 7] = [
    "asked",
    "handed",
    "in-time",
    "claim-median",
    "reply-median",
    "unsolved",
    "good",
];
/// The share by which bureaus are put in order.
const RANKED: &str = "in-time";
/// So many first places are named.
const FIRST: usize = 3;

/// A column: the measure's key, name and unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    pub key: String,
    pub name: String,
    pub unit: String,
}

/// A bureau's line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub bureau: i64,
    pub name: String,
    /// Its values as they are said, in the order of the columns.
    pub cells: Vec<String>,
    /// What was reported: 办理量, 其中全程电子化, 占比率; 未报送 where it was not.
    pub reported: Vec<String>,
    /// Its place by the share; none for one that is only listed.
    pub place: Option<u64>,
    /// The share as it was seen: 27/29; empty of nothing.
    pub parts: String,
    /// The share drawn toward the mean, in tenths of a percent; none of nothing.
    pub adjusted: Option<u32>,
    /// Its 95 % interval as it is said.
    pub interval: String,
    /// The whole interval lies below the city's mean.
    pub below: bool,
}

impl Line {
    /// The adjusted share as it is said.
    pub fn adjusted_said(&self) -> String {
        let said = |tenths: u32| percent(f64::from(tenths) / 1000.0);
        self.adjusted.map_or_else(|| "—".to_owned(), said)
    }
}

/// A month's figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frozen {
    /// 2026-11
    pub month: String,
    /// 2026年11月
    pub said: String,
    /// When they were counted.
    pub at: i64,
    pub columns: Vec<Column>,
    /// The name of the share by which bureaus are put in order.
    pub ranked: String,
    /// Of the city.
    pub city: Vec<String>,
    /// In the order of the places, those that are only listed last.
    pub lines: Vec<Line>,
    /// Bureaus differ by more than chance.
    pub differ: bool,
}

impl Frozen {
    /// Bureaus to be praised: the first places, where bureaus differ by more than chance.
    pub fn first(&self) -> impl Iterator<Item = &Line> {
        let first = |line: &&Line| self.differ && line.place.is_some_and(|place| place <= FIRST as u64) && !line.below;
        self.lines.iter().filter(first)
    }

    /// Bureaus to be named for the other reason: ranked, and surely below the city's mean.
    pub fn below(&self) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(|line| self.differ && line.place.is_some() && line.below)
    }

    /// Bureaus that did not report their 办理量.
    pub fn unreported(&self) -> impl Iterator<Item = &Line> {
        self.lines
            .iter()
            .filter(|line| line.reported.first().is_some_and(|said| said == NOT_REPORTED))
    }

    /// The city's value of a measure, as it is said.
    pub fn city_of(&self, key: &str) -> &str {
        let place = self.columns.iter().position(|column| column.key == key);
        place.and_then(|place| self.city.get(place)).map_or("—", String::as_str)
    }

    /// When they were counted.
    pub fn counted_at(&self) -> Millis {
        Millis(self.at)
    }
}

/// The figures of a whole month, with what was reported for it; none for days that are no month.
pub fn freeze(figures: &Figures, reported: &Month) -> Option<Frozen> {
    let measures = || COLUMNS.iter().filter_map(|key| Measure::of_key(key));
    let ranked = Measure::of_key(RANKED)?;
    let ranking = figures.ranking(ranked, true)?;
    let names: Vec<&Named<BureauId>> = figures.bureaus().collect();
    let line = |placed: &Placed<BureauId>| {
        let name = names.iter().find(|one| one.id == placed.who)?;
        let cells = measures().map(|measure| figures.value(measure, Whom::Bureau(placed.who)).said());
        Some(line(placed, &ranking, &name.name, cells.collect(), reported))
    };
    let column = |measure: &Measure| Column {
        key: measure.key.to_owned(),
        name: measure.name.to_owned(),
        unit: measure.unit.to_owned(),
    };
    Some(Frozen {
        month: figures.period.whole_month()?,
        said: figures.period.said(),
        at: figures.at.0,
        columns: measures().map(column).collect(),
        ranked: ranked.name.to_owned(),
        city: measures()
            .map(|measure| figures.value(measure, Whom::City).said())
            .collect(),
        lines: ranking.placed.iter().filter_map(line).collect(),
        differ: ranking.weight.is_some(),
    })
}

fn line(
    placed: &Placed<BureauId>,
    ranking: &Ranking<BureauId>,
    name: &str,
    cells: Vec<String>,
    reported: &Month,
) -> Line {
    let row = reported.get(&placed.who);
    let said = |figure| {
        row.and_then(|row| row.get(&figure))
            .map_or_else(|| NOT_REPORTED.to_owned(), |value| figure.said(*value))
    };
    let tenths = |share: f64| (share * 1000.0).round().clamp(0.0, 1000.0) as u32;
    Line {
        bureau: placed.who.0,
        name: name.to_owned(),
        cells,
        reported: HANDED.map(said).into(),
        place: placed.place.and_then(|place| u64::try_from(place).ok()),
        parts: if placed.whole > 0 {
            format!("{}/{}", placed.part, placed.whole)
        } else {
            String::new()
        },
        adjusted: placed.adjusted.map(tenths),
        interval: placed
            .interval
            .map_or_else(String::new, |(low, high)| format!("{}–{}", percent(low), percent(high))),
        below: placed
            .interval
            .zip(ranking.mean)
            .is_some_and(|((_, high), mean)| high < mean),
    }
}
