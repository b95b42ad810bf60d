//! The calendar files: one YAML a year, in the form the State Council's notice has. The year that comes with the
//! program can be corrected, and later years added, in the data folder's `calendar/`.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use serde::Deserialize;

use crate::domain::time::calendar::{Calendar, Year};
use crate::yaml::{self, Problem, Spanned};

/// What comes with the program.
const KNOWN: [(&str, &str); 1] = [("2026.yaml", include_str!("calendar/2026.yaml"))];
/// The folder in the data folder.
const FOLDER: &str = "calendar";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct YearForm {
    year: Spanned<i16>,
    /// Where it is from, for people.
    #[serde(rename = "source")]
    _source: String,
    /// 10-01 or 10-01..10-07
    holidays: Vec<Spanned<String>>,
    makeup: Vec<Spanned<String>>,
}

/// Files of the data folder as they were when they were good: name and text.
pub type Kept = BTreeMap<String, String>;

/// What was read.
#[derive(Debug)]
pub struct Loaded {
    /// The years; one whose file has a mistake now is as it was when its file was good.
    pub calendar: Calendar,
    /// File, line and column of each mistake.
    pub problems: Vec<Problem>,
    /// The files as they are good.
    pub kept: Kept,
}

/// Reads the years that come with the program and those of the data folder, which win. The error names the file, line
/// and column.
pub fn load(data: &Path) -> Result<Calendar, Problem> {
    let loaded = load_kept(data, &Kept::new());
    match loaded.problems.into_iter().next() {
        Some(problem) => Err(problem),
        None => Ok(loaded.calendar),
    }
}

/// The same, whatever mistakes the files have: the last good text of a file takes the place of a bad one.
pub fn load_kept(data: &Path, kept: &Kept) -> Loaded {
    let mut loaded = Loaded {
        calendar: Calendar::default(),
        problems: Vec::new(),
        kept: Kept::new(),
    };
    for (name, text) in KNOWN {
        if let Err(problem) = read(&mut loaded.calendar, text, Path::new(name)) {
            loaded.problems.push(problem);
        }
    }
    let Ok(folder) = std::fs::read_dir(data.join(FOLDER)) else {
        return loaded;
    };
    let mut files: Vec<_> = folder.filter_map(|item| item.ok().map(|item| item.path())).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "yaml"));
    files.sort();
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let good = match yaml::read_file(&file).and_then(|form| add(&mut loaded.calendar, form, &file)) {
            Ok(()) => std::fs::read_to_string(&file).ok(),
            Err(problem) => {
                loaded.problems.push(problem);
                let before = kept.get(&name);
                before
                    .filter(|text| read(&mut loaded.calendar, text, &file).is_ok())
                    .cloned()
            }
        };
        loaded.kept.extend(good.map(|text| (name, text)));
    }
    loaded
}

fn read(calendar: &mut Calendar, text: &str, file: &Path) -> Result<(), Problem> {
    add(calendar, yaml::read_str(text, file)?, file)
}

/// What the operator reads when a year's file is missing.
pub fn missing_said(year: i16, data: &Path) -> String {
    format!(
        "日历：没有 {year} 年的节假日安排，先按周一至周五算。请照国务院办公厅的通知写 {}（写法同 2026 年的）",
        data.join(FOLDER).join(format!("{year}.yaml")).display()
    )
}

fn add(calendar: &mut Calendar, form: YearForm, file: &Path) -> Result<(), Problem> {
    let year = form.year.value;
    let read = |written: &[Spanned<String>]| -> Result<Vec<Date>, Problem> {
        let days: Result<Vec<Vec<Date>>, Problem> = written
            .iter()
            .map(|days| {
                days_of(year, &days.value).ok_or_else(|| {
                    let message = format!("“{}”不是日期，应写成 10-01 或 10-01..10-07", days.value);
                    Problem::at(file, yaml::place(days), message)
                })
            })
            .collect();
        Ok(days?.concat())
    };
    let days = Year {
        holidays: read(&form.holidays)?.into_iter().collect(),
        makeup: read(&form.makeup)?.into_iter().collect(),
    };
    if let Some(both) = days.holidays.intersection(&days.makeup).next() {
        let message = format!("{both} 既是放假又是补班，请核对国务院办公厅的通知");
        return Err(Problem::at(file, yaml::place(&form.year), message));
    }
    calendar.set(year, days);
    Ok(())
}

fn days_of(year: i16, written: &str) -> Option<Vec<Date>> {
    let day = |written: &str| {
        let (month, day) = written.trim().split_once('-')?;
        Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
    };
    let (first, last) = written.split_once("..").unwrap_or((written, written));
    let (first, last) = (day(first)?, day(last)?);
    let days: Vec<Date> = first
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day <= last)
        .collect();
    (!days.is_empty()).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::{Weekday, date};

    #[test]
    fn the_year_that_comes_along_is_the_state_councils() {
        let calendar = load(Path::new("/nowhere")).unwrap();
        assert!(calendar.knows(2026) && !calendar.knows(2027));
        for (day, follows) in [
            (date(2026, 1, 1), None),
            (date(2026, 1, 4), Some(Weekday::Friday)),
            (date(2026, 2, 15), None),
            (date(2026, 2, 23), None),
            (date(2026, 2, 24), Some(Weekday::Tuesday)),
            (date(2026, 10, 7), None),
            (date(2026, 10, 10), Some(Weekday::Friday)),
            (date(2026, 11, 25), Some(Weekday::Wednesday)),
        ] {
            assert_eq!(calendar.follows(day), follows, "{day}");
        }
    }

    #[test]
    fn a_years_file_in_the_data_folder_is_read_and_its_mistakes_are_named() {
        let data = tempfile::tempdir().unwrap();
        std::fs::create_dir(data.path().join(FOLDER)).unwrap();
        let file = data.path().join(FOLDER).join("2027.yaml");
        std::fs::write(
            &file,
            "year: 2027\nsource: 示例\nholidays: [01-01..01-03]\nmakeup: [01-09]\n",
        )
        .unwrap();
        let calendar = load(data.path()).unwrap();
        assert_eq!(calendar.follows(date(2027, 1, 3)), None);
        assert_eq!(calendar.follows(date(2027, 1, 9)), Some(Weekday::Friday));
        for (text, said) in [
            (
                "year: 2027\nsource: 示例\nholidays: [13-01]\nmakeup: []\n",
                "2027.yaml:3:12: “13-01”不是日期",
            ),
            (
                "year: 2027\nsource: 示例\nholidays: [01-02]\nmakeup: [01-02]\n",
                "既是放假又是补班",
            ),
            ("year: 2027\nholiday: []\n", "2027.yaml:2:1"),
        ] {
            std::fs::write(&file, text).unwrap();
            let problem = load(data.path()).unwrap_err().to_string();
            assert!(problem.contains(said), "{problem}");
        }
    }

    #[test]
    fn a_file_that_breaks_leaves_its_year_as_it_was_and_all_others_alone() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().join(FOLDER);
        std::fs::create_dir(&folder).unwrap();
        let year = |year: i16| format!("year: {year}\nsource: 示例\nholidays: [01-01..01-03]\nmakeup: [01-09]\n");
        std::fs::write(folder.join("2027.yaml"), year(2027)).unwrap();
        let good = load_kept(data.path(), &Kept::new());
        assert!(good.problems.is_empty() && good.kept.len() == 1, "{good:?}");
        std::fs::write(folder.join("2028.yaml"), year(2028)).unwrap();
        for broken in [
            &b"year: 2027\nholidays: [13-99]\n"[..],
            b"",
            b"\xff\xfe",
            b"year: 2027\n\tx: 1\n",
        ] {
            std::fs::write(folder.join("2027.yaml"), broken).unwrap();
            let now = load_kept(data.path(), &good.kept);
            assert_eq!(now.problems.len(), 1, "{now:?}");
            assert!(now.calendar.knows(2026) && now.calendar.knows(2028));
            assert_eq!(now.calendar.follows(date(2027, 1, 3)), None, "as it was");
            assert_eq!(now.kept.get("2027.yaml"), good.kept.get("2027.yaml"));
            let never_good = load_kept(data.path(), &Kept::new());
            assert!(!never_good.calendar.knows(2027) && never_good.calendar.knows(2028));
        }
        std::fs::remove_file(folder.join("2027.yaml")).unwrap();
        let gone = load_kept(data.path(), &good.kept);
        assert!(
            gone.problems.is_empty() && !gone.calendar.knows(2027),
            "a file taken away is no mistake"
        );
    }
}
