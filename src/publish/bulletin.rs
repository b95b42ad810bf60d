//! A bulletin's figures as a workbook with charts. The document is in `document::bulletin`.

use super::PublishError;
use crate::domain::supervision::bulletin::{Frozen, Line};
use crate::domain::supervision::reported::{HANDED, Handed};
use crate::workbook::chart::{self, Cell, Sheet};

/// The workbook: what was measured, the ranking, what was reported.
///
/// # Errors
/// A sheet cannot be written.
pub fn workbook(figures: &Frozen) -> Result<Vec<u8>, PublishError> {
    Ok(chart::bytes(&[measured(figures), ranking(figures), reported(figures)])?)
}

fn measured(figures: &Frozen) -> Sheet {
    let unit = |unit: &str| {
        if ["", "%"].contains(&unit) {
            String::new()
        } else {
            format!("（{unit}）")
        }
    };
    let heads = figures
        .columns
        .iter()
        .map(|column| format!("{}{}", column.name, unit(&column.unit)));
    let row = |name: &str, cells: &[String]| {
        let cells = cells.iter().map(|said| read(said));
        std::iter::once(Cell::Text(name.to_owned())).chain(cells).collect()
    };
    let mut rows: Vec<Vec<Cell>> = figures.lines.iter().map(|line| row(&line.name, &line.cells)).collect();
    rows.push(row("全市", &figures.city));
    Sheet {
        name: "办理情况".to_owned(),
        head: std::iter::once("单位".to_owned()).chain(heads).collect(),
        rows,
        drawn: vec![],
    }
}

fn ranking(figures: &Frozen) -> Sheet {
    let row = |line: &Line| {
        let place = line
            .place
            .map_or_else(|| Cell::Text("只列".to_owned()), |place| Cell::Number(place as f64));
        let share = line.adjusted.map_or_else(
            || Cell::Text("—".to_owned()),
            |tenths| Cell::Share(f64::from(tenths) / 1000.0),
        );
        vec![
            Cell::Text(line.name.clone()),
            place,
            Cell::Text(line.parts.clone()),
            Cell::Text(line.interval.clone()),
            share,
        ]
    };
    Sheet {
        name: format!("{}排名", figures.ranked),
        head: ["单位", "名次", &figures.ranked, "95% 区间", "调整后"]
            .map(str::to_owned)
            .into(),
        rows: figures.lines.iter().map(row).collect(),
        drawn: vec![4],
    }
}

fn reported(figures: &Frozen) -> Sheet {
    let row = |line: &Line| {
        let cells = line.reported.iter().map(|said| read(said));
        std::iter::once(Cell::Text(line.name.clone())).chain(cells).collect()
    };
    Sheet {
        name: "办理量".to_owned(),
        head: std::iter::once("单位".to_owned())
            .chain(HANDED.map(Handed::name).map(str::to_owned))
            .collect(),
        rows: figures.lines.iter().map(row).collect(),
        drawn: vec![1, 2],
    }
}

/// A value as it is said, as a number where it is one.
fn read(said: &str) -> Cell {
    let share = said
        .strip_suffix('%')
        .and_then(|number| number.trim().parse::<f64>().ok());
    match (share, said.parse::<f64>()) {
        (Some(percent), _) => Cell::Share((percent * 10.0).round() / 1000.0),
        (None, Ok(number)) => Cell::Number(number),
        (None, Err(_)) => Cell::Text(said.to_owned()),
    }
}
