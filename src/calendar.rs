//! The calendar files: one YAML a year, in the form the State Council's notice has. The year that comes with the
//! program can be corrected, and later years added, in the data folder's `calendar/`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use crate::domain::clean;
use crate::domain::time::calendar::{Calendar, Year};
use crate::yaml::{self, Place, Problem, Spanned};

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
    /// 10-01, 10-01..10-07, 2026-12-31..2027-01-02
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
    /// What an operator should look at: days that are odd but may be meant.
    pub doubts: Vec<Problem>,
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

/// What the operator should look at in the data folder's calendar: files nobody reads because of their names, make-up
/// days that are no weekend.
pub fn doubts(data: &Path) -> Vec<Problem> {
    let named = |(path, name): (PathBuf, String)| {
        let say = format!("没有读这个文件：文件名要像 2027.yaml 那样，请改名为 {name}");
        Problem::at(&path, Place { line: 1, column: 1 }, say)
    };
    let mut doubts: Vec<Problem> = yaml::misnamed(&data.join(FOLDER)).into_iter().map(named).collect();
    doubts.extend(load_kept(data, &Kept::new()).doubts);
    doubts
}

/// The same, whatever mistakes the files have: the last good text of a file takes the place of a bad one.
pub fn load_kept(data: &Path, kept: &Kept) -> Loaded {
    let mut loaded = Loaded {
        calendar: Calendar::default(),
        problems: Vec::new(),
        doubts: Vec::new(),
        kept: Kept::new(),
    };
    for (name, text) in KNOWN {
        if let Err(problem) = add(&mut loaded.calendar, text, Path::new(name)) {
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
        let text = yaml::read_text(&file);
        let read = text.and_then(|text| Ok((add(&mut loaded.calendar, &text, &file)?, text)));
        let good = match read {
            Ok((doubts, text)) => {
                loaded.doubts.extend(doubts);
                Some(text)
            }
            Err(problem) => {
                loaded.problems.push(problem);
                let before = kept.get(&name);
                before
                    .filter(|text| add(&mut loaded.calendar, text, &file).is_ok())
                    .cloned()
            }
        };
        loaded.kept.extend(good.map(|text| (name, text)));
    }
    loaded
}

/// What the operator reads when a year's file is missing.
pub fn missing_said(year: i16, data: &Path) -> String {
    format!(
        "日历：没有 {year} 年的节假日安排，先按周一至周五算。请照国务院办公厅的通知写 {}（写法同 2026 年的）",
        data.join(FOLDER).join(format!("{year}.yaml")).display()
    )
}

/// What the operator reads of what is odd in the files.
pub fn doubt_said(doubt: &Problem) -> String {
    format!("日历：{doubt}")
}

/// What the operator reads while a file has a mistake.
pub fn problem_said(problem: &str) -> String {
    format!("日历：{problem}。其余照常；这一年先按上一份好的算，没有就按周一至周五算")
}

/// Adds one year's file; says what is doubtful in it.
fn add(calendar: &mut Calendar, text: &str, file: &Path) -> Result<Vec<Problem>, Problem> {
    // Nothing but days: every dash is one.
    let form: YearForm = yaml::read_str(&clean::field(text), file)?;
    let year = form.year.value;
    let named = file.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if named != year.to_string() {
        let message = format!("文件名是 {named}.yaml，里面写的是 {year} 年；请把文件名或 year 改成一致");
        return Err(Problem::at(file, yaml::place(&form.year), message));
    }
    let holidays = days_of(year, &form.holidays, file)?;
    let makeup = days_of(year, &form.makeup, file)?;
    let mut doubts = Vec::new();
    for (day, written) in &makeup {
        if holidays.iter().any(|(off, _)| off == day) {
            let message = format!("{day} 既是放假又是补班，请核对国务院办公厅的通知");
            return Err(Problem::at(file, yaml::place(written), message));
        }
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            let message = format!("补班的 {day} 不是周末，请核对国务院办公厅的通知（跨年的日子请写全，如 2026-12-27）");
            doubts.push(Problem::at(file, yaml::place(written), message));
        }
    }
    let days = |found: Vec<(Date, &Spanned<String>)>| found.into_iter().map(|(day, _)| day).collect();
    let days = Year {
        holidays: days(holidays),
        makeup: days(makeup),
    };
    calendar.set(year, days);
    Ok(doubts)
}

/// Month and day, with the year where it is written.
type Written = (Option<i16>, i8, i8);

/// Every day of a list, in the order in which the notice has them: from the end of the year before, through the year,
/// to the beginning of the next.
fn days_of<'a>(
    year: i16,
    written: &'a [Spanned<String>],
    file: &Path,
) -> Result<Vec<(Date, &'a Spanned<String>)>, Problem> {
    let mut ranges = Vec::new();
    for days in written {
        let range = range_of(&days.value).ok_or_else(|| {
            let message = format!(
                "“{}”不是日期，应写成 10-01 或 10-01..10-07，跨年的写全：2026-12-31..2027-01-02",
                days.value
            );
            Problem::at(file, yaml::place(days), message)
        })?;
        ranges.push((range, days));
    }
    let mut found = Vec::new();
    for (index, ((first, last), days)) in ranges.iter().enumerate() {
        // 12-30, 12-31, 01-01: what comes behind the December days tells whose they are.
        let mut behind = ranges[index + 1..].iter().map(|((first, _), _)| *first);
        let next = behind.find(|(_, month, _)| *month != 12);
        let of_year_before = index == 0 && begins_in_december_before(year, *first, *last, next)
            || found
                .last()
                .is_some_and(|(day, _): &(Date, _)| day.year() < year && first.0.is_none() && first.1 == 12);
        let start_year = first.0.unwrap_or(if of_year_before { year - 1 } else { year });
        let over = (last.1, last.2) < (first.1, first.2);
        let end_year = last.0.unwrap_or(start_year + i16::from(over));
        let range = Date::new(start_year, first.1, first.2)
            .ok()
            .zip(Date::new(end_year, last.1, last.2).ok());
        let near = |day: Date| (year - 1..=year + 1).contains(&day.year());
        let range = range.filter(|(first, last)| first <= last && near(*first) && near(*last));
        let Some((first, last)) = range else {
            let message = format!("“{}”不是 {year} 年前后真实存在的日子，请核对", days.value);
            return Err(Problem::at(file, yaml::place(days), message));
        };
        let each = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
        found.extend(each.map(|day| (day, *days)));
    }
    Ok(found)
}

/// Whether a list that begins in December means the year before: 12-31..01-02, or 12-31 and then 01-01.
fn begins_in_december_before(year: i16, first: Written, last: Written, next: Option<Written>) -> bool {
    let over = first.0.is_none() && (last.1, last.2) < (first.1, first.2) && last.0.is_none_or(|own| own == year);
    let then = next.is_some_and(|(own, month, _)| month < 12 && own.is_none_or(|own| own == year));
    first.0.is_none() && first.1 == 12 && (over || then)
}

/// `10-01`, `10-01..10-07`, `2026-12-31..2027-01-02`, `12-31至01-02`.
fn range_of(written: &str) -> Option<(Written, Written)> {
    let signs = ["..", "至", "到", "~", "～"];
    let parts = signs.iter().find_map(|sign| written.split_once(sign));
    let (first, last) = parts.unwrap_or((written, written));
    Some((day_of(first)?, day_of(last)?))
}

fn day_of(written: &str) -> Option<Written> {
    let plain = written.trim().trim_end_matches('日').replace(['年', '月', '/'], "-");
    let parts: Vec<&str> = plain.split('-').map(str::trim).collect();
    let written = match parts.as_slice() {
        [month, day] => Some((None, month.parse().ok()?, day.parse().ok()?)),
        [year, month, day] if year.len() == 4 => {
            Some((Some(year.parse().ok()?), month.parse().ok()?, day.parse().ok()?))
        }
        _ => None,
    };
    written.filter(|(_, month, day)| (1..=12).contains(month) && (1..=31).contains(day))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

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

    /// Holidays and make-up days of a file of 2027, or what is said of it.
    fn of_2027(name: &str, days: &str) -> (Result<Calendar, String>, Vec<String>) {
        let data = tempfile::tempdir().unwrap();
        std::fs::create_dir(data.path().join(FOLDER)).unwrap();
        let file = data.path().join(FOLDER).join(name);
        std::fs::write(file, format!("year: 2027\nsource: 示例\n{days}")).unwrap();
        let doubts = doubts(data.path()).iter().map(ToString::to_string).collect();
        (load(data.path()).map_err(|problem| problem.to_string()), doubts)
    }

    #[test]
    fn a_years_notice_may_name_days_of_the_year_before_and_after() {
        for days in [
            "holidays: [12-31, 01-01, 01-02]   # 2026-12-31 起\nmakeup: [12-27, 01-09]\n",
            "holidays: [12-31..01-02]\nmakeup: [2026-12-27, 01-09]\n",
            "holidays: [2026-12-31..2027-01-02]\nmakeup: [12-27, 01-09]\n",
            "holidays: [2026–12–31至01-02]\nmakeup: [12月27日, 1月9日]\n",
            "holidays: [12-31..12-31, 01-01..01-02]\nmakeup: [2026/12/27, 1/9]\n",
        ] {
            let (calendar, doubts) = of_2027("2027.yaml", days);
            let calendar = calendar.unwrap();
            for day in [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 2)] {
                assert_eq!(calendar.follows(day), None, "{day} {days}");
            }
            for day in [date(2026, 12, 27), date(2027, 1, 9)] {
                assert_eq!(calendar.follows(day), Some(Weekday::Friday), "{day} {days}");
            }
            assert_eq!(calendar.follows(date(2026, 12, 30)), Some(Weekday::Wednesday));
            assert_eq!(calendar.follows(date(2027, 12, 31)), Some(Weekday::Friday), "{days}");
            assert_eq!(doubts, Vec::<String>::new(), "{days}");
        }
        let (calendar, _) = of_2027("2027.yaml", "holidays: [01-01, 10-01..10-07, 12-31]\nmakeup: []\n");
        assert_eq!(calendar.unwrap().follows(date(2027, 12, 31)), None);
        let (calendar, _) = of_2027("2027.yaml", "holidays: [01-01, 12-31..01-02]\nmakeup: []\n");
        let calendar = calendar.unwrap();
        assert_eq!(
            (calendar.follows(date(2027, 12, 31)), calendar.follows(date(2028, 1, 2))),
            (None, None)
        );
        assert!(!calendar.knows(2028) && calendar.follows(date(2026, 12, 31)).is_some());
    }

    #[test]
    fn what_is_doubtful_is_said_and_what_contradicts_itself_is_refused() {
        let (calendar, doubts) = of_2027("2027.yaml", "holidays: []\nmakeup: [01-08]\n");
        assert!(calendar.is_ok() && doubts.len() == 1, "{doubts:?}");
        assert!(
            doubts[0].contains("2027.yaml:4:10: 补班的 2027-01-08 不是周末"),
            "{doubts:?}"
        );
        let (calendar, doubts) = of_2027("2027.yml", "holidays: [01-01]\nmakeup: []\n");
        assert!(!calendar.unwrap().knows(2027));
        assert!(doubts[0].contains("改名为 2027.yaml"), "{doubts:?}");
        for (name, days, said) in [
            (
                "2026.yaml",
                "holidays: []\nmakeup: []\n",
                "2026.yaml:1:7: 文件名是 2026.yaml，里面写的是 2027 年",
            ),
            ("明年.yaml", "holidays: []\nmakeup: []\n", "请把文件名或 year 改成一致"),
            (
                "2027.yaml",
                "holidays: [2025-10-01]\nmakeup: []\n",
                "2027.yaml:3:12: “2025-10-01”不是 2027 年前后",
            ),
            (
                "2027.yaml",
                "holidays: [10-07..2027-10-01]\nmakeup: []\n",
                "2027.yaml:3:12: ",
            ),
            ("2027.yaml", "holidays: [02-29]\nmakeup: []\n", "2027.yaml:3:12: "),
        ] {
            let problem = of_2027(name, days).0.unwrap_err();
            assert!(problem.contains(said), "{problem}");
        }
    }
}
