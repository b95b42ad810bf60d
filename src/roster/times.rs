//! Hours, weekdays and duty shifts of the roster form.

use jiff::civil::Weekday;

use super::Reader;
use super::form::{DutyForm, OneOf, SpanForm};
use crate::domain::roster::people::{BureauId, Days, Hours, OfficeId, Season, Span};
use crate::domain::roster::plan::DutyRow;
use crate::yaml::Spanned;

/// Days, from and to as written.
type When<'a> = (
    &'a Spanned<OneOf<Spanned<String>>>,
    &'a Spanned<String>,
    &'a Spanned<String>,
);

impl Reader<'_> {
    pub(super) fn hours(&mut self, form: &Spanned<OneOf<SpanForm>>) -> Hours {
        match &form.value {
            OneOf::Word(word) if word == "always" => Hours::Always,
            OneOf::Word(word) => {
                self.wrong(form, format!("hours 应为 always 或时间段列表，不能是“{word}”"));
                Hours::Always
            }
            OneOf::List(spans) => Hours::Weekly(
                spans
                    .iter()
                    .filter_map(|span| self.span((&span.days, &span.from, &span.to), span.between.as_ref()))
                    .collect(),
            ),
        }
    }

    pub(super) fn duty_row(&mut self, bureau: BureauId, office: Option<OfficeId>, form: &DutyForm) {
        let span = self.span((&form.days, &form.from, &form.to), form.between.as_ref());
        let mut helpers = vec![];
        for written in &form.helpers.value {
            let name = written.value.trim();
            let found = self
                .roster
                .helpers_of(bureau)
                .find(|helper| helper.name == name)
                .map(|helper| helper.id);
            match found {
                Some(id) => helpers.push(id),
                None => self.wrong(written, format!("值班表里的 {name} 不是本单位的帮办员，请核对姓名")),
            }
        }
        if form.helpers.value.is_empty() {
            self.wrong(&form.helpers, "这一班没有人，请至少写一名帮办员");
        }
        let overlapping = |span: &Span| {
            let mut before = self.roster.duty_of(bureau).filter(|row| row.office == office);
            before.any(|row| row.span.overlaps(*span))
        };
        if span.as_ref().is_some_and(overlapping) {
            let message = "这一班和前面的一班时间重叠，重叠时两班的人轮流接；不是这个意思请改时间";
            let place = crate::yaml::place(&form.from);
            self.warnings.push(crate::yaml::Problem::at(self.file, place, message));
        }
        self.roster.duty.extend(span.map(|span| DutyRow {
            bureau,
            office,
            span,
            helpers,
        }));
    }

    fn span(&mut self, (days, from, to): When<'_>, between: Option<&Spanned<[String; 2]>>) -> Option<Span> {
        let days = self.days(days);
        let from_min = self.minute(from, 1439);
        let to_min = self.minute(to, 1440);
        if from_min.is_some() && from_min == to_min {
            self.wrong(to, "起止时间相同；全天请写 from: \"00:00\"、to: \"24:00\"");
        }
        let season = between.map(|written| self.season(written));
        Some(Span {
            days: days?,
            from_min: from_min?,
            to_min: to_min?,
            season: match season {
                Some(season) => Some(season?),
                None => None,
            },
        })
    }

    fn season(&mut self, written: &Spanned<[String; 2]>) -> Option<Season> {
        let [from, to] = &written.value;
        let season = month_and_day(from).zip(month_and_day(to));
        if season.is_none() {
            self.wrong(written, "between 应写成 [\"06-01\", \"09-30\"] 这样的起止月日");
        }
        season.map(|(from, to)| Season { from, to })
    }

    fn days(&mut self, form: &Spanned<OneOf<Spanned<String>>>) -> Option<Days> {
        const SAY: &str = "days 应为 all 或 [mon, tue, wed, thu, fri, sat, sun] 中的几天";
        match &form.value {
            OneOf::Word(word) if word == "all" => Some(Days::ALL),
            OneOf::Word(word) => {
                self.wrong(form, format!("{SAY}，不能是“{word}”"));
                None
            }
            OneOf::List(words) if words.is_empty() => {
                self.wrong(form, format!("{SAY}，不能为空"));
                None
            }
            OneOf::List(words) => {
                let mut days = vec![];
                for word in words {
                    match weekday(&word.value) {
                        Some(day) => days.push(day),
                        None => self.wrong(word, format!("{SAY}，不能是“{}”", word.value)),
                    }
                }
                Some(Days::of(&days))
            }
        }
    }

    fn minute(&mut self, written: &Spanned<String>, latest: u16) -> Option<u16> {
        let minute = minute_of_day(&written.value).filter(|minute| *minute <= latest);
        if minute.is_none() {
            self.wrong(
                written,
                format!("时间应写成 \"08:30\" 这样的 HH:MM，不能是“{}”", written.value),
            );
        }
        minute
    }
}

/// 06-01; the 29th of February counts in every year.
fn month_and_day(written: &str) -> Option<(i8, i8)> {
    let (month, day) = written.split_once('-')?;
    let (month, day): (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
    jiff::civil::Date::new(2024, month, day).ok().map(|_| (month, day))
}

fn weekday(word: &str) -> Option<Weekday> {
    match word {
        "mon" => Some(Weekday::Monday),
        "tue" => Some(Weekday::Tuesday),
        "wed" => Some(Weekday::Wednesday),
        "thu" => Some(Weekday::Thursday),
        "fri" => Some(Weekday::Friday),
        "sat" => Some(Weekday::Saturday),
        "sun" => Some(Weekday::Sunday),
        _ => None,
    }
}

fn minute_of_day(written: &str) -> Option<u16> {
    let (hour, minute) = written.split_once(':')?;
    let two = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
    if !two(hour) || !two(minute) {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    (minute < 60 && hour * 60 + minute <= 1440).then_some(hour * 60 + minute)
}
