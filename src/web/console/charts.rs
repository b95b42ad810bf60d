//! Drawings of the server: bars, lines and a heat map, each with its words and its table for whoever cannot see it. The
//! fourth kind, the small one within a line, is `keep::spark`.

/// A length in a drawing, written with one decimal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Units(pub f64);

impl std::fmt::Display for Units {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.1}", self.0)
    }
}

/// A drawing is so wide in its own units, which are about a phone's points.
const WIDTH: f64 = 360.0;
/// And so high, without its foot.
const HEIGHT: f64 = 120.0;
/// Room for the numbers at the left.
const LEFT: f64 = 34.0;

/// Bars next to each other.
#[derive(Clone, Debug, Default)]
pub struct Bars {
    /// What is drawn, in words.
    pub said: String,
    /// What stands over the table's columns.
    pub head: [&'static str; 2],
    /// From left to right.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Clone, Debug, Default)]
pub struct Bar {
    /// What it stands for, in the table.
    pub name: String,
    /// What stands under it; not every bar has room.
    pub foot: Option<String>,
    /// How many; nothing where it is not known.
    pub count: Option<i64>,
    /// It is something to look at.
    pub late: bool,
    /// Its left upper corner.
    pub x: Units,
    pub y: Units,
    pub width: Units,
    pub height: Units,
    /// The number is written over it.
    pub told: bool,
}

impl Bar {
    /// The middle, where the words stand.
    pub fn middle(&self) -> Units {
        Units(self.x.0 + self.width.0 / 2.0)
    }

    /// Where the number stands.
    pub fn over(&self) -> Units {
        Units(self.y.0 - 4.0)
    }
}

/// Draws bars: what each stands for, what stands under it, how many, and whether it is something to look at.
pub fn bars(said: String, head: [&'static str; 2], rows: Vec<(String, Option<String>, Option<i64>, bool)>) -> Bars {
    let most = rows.iter().filter_map(|row| row.2).max().unwrap_or(0).max(1);
    let step = WIDTH / float(rows.len().max(1));
    let few = rows.len() <= 14;
    let bar = |(place, (name, foot, count, late)): (usize, (String, Option<String>, Option<i64>, bool))| {
        let height = ratio(count.unwrap_or(0), most) * (HEIGHT - 16.0);
        Bar {
            name,
            foot,
            count,
            late,
            x: Units(float(place) * step + step * 0.12),
            y: Units(HEIGHT - height),
            width: Units(step * 0.76),
            height: Units(height),
            told: few && count.is_some_and(|count| count > 0),
        }
    };
    Bars {
        said,
        head,
        bars: rows.into_iter().enumerate().map(bar).collect(),
    }
}

/// Shares over a time, one or two lines, perhaps with a band around the first.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// What is drawn, in words.
    pub said: String,
    /// What stands over the table's first column.
    pub head: &'static str,
    /// The lines, the first drawn whole, the second broken.
    pub lines: Vec<Line>,
    /// The `d` of the band; empty for none.
    pub band: String,
    /// The heights at which a line is drawn, and at which its share is written at the left.
    pub grid: Vec<(Units, Units, String)>,
    /// What stands under the drawing, and where.
    pub feet: Vec<(Units, String)>,
    /// The table: the name of a point, and what each line has there.
    pub rows: Vec<(String, Vec<String>)>,
}

/// One line.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What it is called.
    pub name: &'static str,
    /// The `d` of a path; broken where nothing is known.
    pub path: String,
    /// Its points.
    pub dots: Vec<(Units, Units)>,
}

/// One point of a line: a share from 0 to 1, and what is written in the table.
#[derive(Clone, Debug)]
pub struct Point {
    /// The share; none where nothing is known.
    pub share: Option<f64>,
    /// The bounds of it, where a band is drawn.
    pub bounds: Option<(f64, f64)>,
    /// The same in words.
    pub said: String,
}

/// Draws shares: names under the points, and for each line its points.
pub fn lines(said: String, head: &'static str, names: &[String], series: &[(&'static str, Vec<Point>)]) -> Lines {
    let all = series.iter().flat_map(|(_, points)| points);
    let highest = all
        .filter_map(|point| point.bounds.map(|bounds| bounds.1).or(point.share))
        .fold(0.0, f64::max);
    let top = [0.05, 0.1, 0.2, 0.5, 1.0]
        .into_iter()
        .find(|top| highest <= *top)
        .unwrap_or(1.0);
    let step = (WIDTH - LEFT - 12.0) / float(names.len().saturating_sub(1).max(1));
    let x = |place: usize| LEFT + float(place) * step;
    let y = |share: f64| HEIGHT - share / top * (HEIGHT - 12.0);
    let drawn = series.iter().map(|(name, points)| {
        let mut line = Line {
            name,
            ..Line::default()
        };
        let mut pen = 'M';
        for (place, point) in points.iter().enumerate() {
            let Some(share) = point.share else {
                pen = 'M';
                continue;
            };
            line.path.push_str(&format!("{pen}{:.1} {:.1}", x(place), y(share)));
            line.dots.push((Units(x(place)), Units(y(share))));
            pen = 'L';
        }
        line
    });
    let lines = drawn.collect();
    let every = names.len().div_ceil(6).max(1);
    let feet = names
        .iter()
        .enumerate()
        .rev()
        .step_by(every)
        .map(|(place, name)| (Units(x(place)), name.clone()));
    let row = |(place, name): (usize, &String)| {
        let cells = series
            .iter()
            .map(|(_, points)| points.get(place).map_or_else(String::new, |point| point.said.clone()));
        (name.clone(), cells.collect())
    };
    Lines {
        said,
        head,
        lines,
        band: series
            .first()
            .map_or_else(String::new, |(_, points)| band(points, x, y)),
        grid: [0.0, top / 2.0, top]
            .into_iter()
            .map(|share| marked(y(share), share))
            .collect(),
        feet: feet.collect(),
        rows: names.iter().enumerate().map(row).collect(),
    }
}

fn marked(y: f64, share: f64) -> (Units, Units, String) {
    let share = format!("{:.2}", share * 100.0);
    let share = format!("{}%", share.trim_end_matches('0').trim_end_matches('.'));
    (Units(y), Units(y + 4.0), share)
}

/// The band between the bounds: along the upper ones and back along the lower ones.
fn band(points: &[Point], x: impl Fn(usize) -> f64, y: impl Fn(f64) -> f64) -> String {
    let bounds: Vec<(usize, (f64, f64))> = points
        .iter()
        .enumerate()
        .filter_map(|(place, point)| Some((place, point.bounds?)))
        .collect();
    if bounds.len() < 2 {
        return String::new();
    }
    let upper = bounds.iter().map(|(place, (_, high))| (x(*place), y(*high)));
    let lower = bounds.iter().rev().map(|(place, (low, _))| (x(*place), y(*low)));
    let path: String = upper.chain(lower).map(|(x, y)| format!("L{x:.1} {y:.1}")).collect();
    format!("M{}z", &path[1..])
}

/// A table of shades: the hours of a week.
#[derive(Clone, Debug, Default)]
pub struct Heat {
    /// What is drawn, in words.
    pub said: String,
    /// The height of all rows.
    pub height: Units,
    /// The names over the columns, and where.
    pub columns: Vec<(Units, &'static str)>,
    /// The rows from the top.
    pub rows: Vec<HeatRow>,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub struct HeatRow {
    /// Its name.
    pub name: String,
    /// Its upper edge.
    pub y: Units,
    /// Where its words stand.
    pub base: Units,
    /// From left to right.
    pub cells: Vec<HeatCell>,
}

/// A cell.
#[derive(Clone, Debug, Default)]
pub struct HeatCell {
    /// Its left edge.
    pub x: Units,
    /// Its middle.
    pub middle: Units,
    /// How dark: 0 to 3; 4 is what must be looked at.
    pub shade: u8,
    /// What stands in it.
    pub words: String,
    /// The same for the table.
    pub said: String,
}

/// How wide and high a cell is, with what is free beside it.
const CELL: (f64, f64) = (46.0, 24.0);
/// The days of a week.
const WEEK: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

/// A row of a week: its name, and of each cell how dark it is, its words, and its words for the table.
pub type Shaded = (String, Vec<(u8, String, String)>);

/// Draws a week: for each row its name and seven cells (shade, words, words for the table).
pub fn heat(said: String, rows: Vec<Shaded>) -> Heat {
    let x = |place: usize| LEFT + float(place) * CELL.0;
    let height = 20.0 + float(rows.len()) * CELL.1;
    let row = |(place, (name, cells)): (usize, Shaded)| {
        let cell = |(place, (shade, words, said)): (usize, (u8, String, String))| HeatCell {
            x: Units(x(place)),
            middle: Units(x(place) + 22.0),
            shade,
            words,
            said,
        };
        let y = 20.0 + float(place) * CELL.1;
        HeatRow {
            name,
            y: Units(y),
            base: Units(y + 15.0),
            cells: cells.into_iter().enumerate().map(cell).collect(),
        }
    };
    Heat {
        said,
        height: Units(height),
        columns: WEEK
            .iter()
            .enumerate()
            .map(|(place, name)| (Units(x(place) + 22.0), *name))
            .collect(),
        rows: rows.into_iter().enumerate().map(row).collect(),
    }
}

/// A part of a whole, 0 of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of questions are far below 2^52")]
pub fn ratio(part: i64, whole: i64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The same in words: 37%, or – where there is nothing.
pub fn share(part: i64, whole: i64) -> String {
    if whole == 0 {
        "–".to_owned()
    } else {
        format!("{:.0}%", ratio(part, whole) * 100.0)
    }
}

#[expect(clippy::cast_precision_loss, reason = "places in a drawing are few")]
fn float(place: usize) -> f64 {
    place as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(share: Option<f64>) -> Point {
        Point {
            share,
            bounds: share.map(|share| (share / 2.0, share * 2.0)),
            said: String::new(),
        }
    }

    #[test]
    fn a_line_breaks_where_nothing_is_known_and_its_scale_holds_the_band() {
        let names: Vec<String> = ["1", "2", "3", "4"].map(str::to_owned).into();
        let points = [Some(0.02), None, Some(0.04), Some(0.04)].map(point).into();
        let drawn = lines("x".into(), "日", &names, &[("错", points)]);
        assert_eq!(drawn.lines[0].path.matches('M').count(), 2);
        assert_eq!(drawn.lines[0].dots.len(), 3);
        let grid: Vec<&str> = drawn.grid.iter().map(|(_, _, share)| share.as_str()).collect();
        assert_eq!(grid, ["0%", "5%", "10%"], "up to the band's 8 %");
        assert!(drawn.band.starts_with("M34.0") && drawn.band.ends_with('z'));
        assert!(drawn.lines[0].dots.iter().all(|(_, y)| (12.0..=120.0).contains(&y.0)));
    }

    #[test]
    fn bars_reach_as_high_as_their_share_and_nothing_is_no_bar() {
        let row = |count| (String::new(), None, count, false);
        let drawn = bars(
            "x".into(),
            ["日", "提问"],
            vec![row(Some(4)), row(Some(2)), row(Some(0)), row(None)],
        );
        let heights: Vec<f64> = drawn.bars.iter().map(|bar| bar.height.0).collect();
        assert_eq!(heights, [104.0, 52.0, 0.0, 0.0]);
        assert_eq!(drawn.bars.iter().filter(|bar| bar.told).count(), 2);
        assert!(bars(String::new(), ["", ""], Vec::new()).bars.is_empty());
    }
}
