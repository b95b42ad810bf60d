//! Reads the roster a person wrote as YAML (情况表 in the form of `roster.example.yaml`) and names every problem
//! with its place. The official XLSX form is read elsewhere; ids count from 1 in the order of the file.

use std::collections::HashMap;
use std::fmt;
use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::clock::Millis;
use crate::domain::clean;
use crate::domain::roster::names::{self, Named};
use crate::domain::roster::people::{
    Bureau, BureauId, Landline, Mobile, Office, OfficeId, OfficeKind, Person, PersonId, Role, Roster, Standing,
};
use crate::yaml::{self, Problem, Spanned};
use form::{BureauForm, CityForm, HelperForm, OfficeForm, ReviewerForm};

pub mod annex;
mod away;
mod form;
pub mod sentences;
mod times;
pub use away::as_written;
pub mod written;

const SAMPLE: &str = include_str!("sample_city.yaml");

/// A roster that may be used, and what should still be put right in it.
#[derive(Clone, Debug)]
pub struct Submitted {
    pub roster: Roster,
    /// Places with too few helpers: said, never refused (许工商〔2018〕103号 附件注).
    pub warnings: Vec<Problem>,
}

/// Everything that is wrong with a roster, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            write!(f, "{}{problem}", if index > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// Reads a roster file; leave in it is in the time of `zone`.
pub fn read_file(path: &Path, zone: &TimeZone) -> Result<Submitted, Problems> {
    let text = yaml::read_text(path).map_err(|problem| Problems(vec![problem]))?;
    read_str(&text, path, zone)
}

/// Reads roster text; `file` is only for the messages.
pub fn read_str(text: &str, file: &Path, zone: &TimeZone) -> Result<Submitted, Problems> {
    // Nothing in a roster is prose: every value is a name, a number or a day.
    let form = yaml::read_str(&clean::field(text), file).map_err(|problem| Problems(vec![problem]))?;
    check(form, file, zone)
}

/// The built-in invented city, with which everything can be tried at once.
pub fn sample() -> Result<Roster, Problems> {
    read_str(SAMPLE, Path::new("sample_city.yaml"), &TimeZone::UTC).map(|submitted| submitted.roster)
}

fn check(form: CityForm, file: &Path, zone: &TimeZone) -> Result<Submitted, Problems> {
    let mut reader = Reader {
        file,
        zone,
        problems: vec![],
        warnings: vec![],
        mobiles: HashMap::new(),
        covers_written: vec![],
        roster: Roster {
            city: form.city.value.trim().to_owned(),
            ..Roster::default()
        },
    };
    reader.one_city_desk(&form);
    for bureau in &form.bureaus {
        reader.bureau(bureau);
    }
    for (position, bureau) in form.bureaus.iter().enumerate() {
        reader.away(BureauId(next_id(position)), bureau);
    }
    reader.covers_on_leave();
    if reader.problems.is_empty() {
        return Ok(Submitted {
            roster: reader.roster,
            warnings: reader.warnings,
        });
    }
    reader.problems.sort_by_key(|problem| (problem.line, problem.column));
    Err(Problems(reader.problems))
}

/// What was read so far.
struct Reader<'a> {
    file: &'a Path,
    zone: &'a TimeZone,
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
    /// Whose number it is, to name both when one number stands twice.
    mobiles: HashMap<Mobile, String>,
    /// Who stands in for somebody, when, and where that is written.
    covers_written: Vec<(PersonId, Millis, Millis, yaml::Place)>,
    roster: Roster,
}

impl Reader<'_> {
    fn wrong<T>(&mut self, at: &Spanned<T>, message: impl Into<String>) {
        self.problems.push(Problem::at(self.file, yaml::place(at), message));
    }

    fn one_city_desk(&mut self, form: &CityForm) {
        if form.city.value.trim().is_empty() {
            self.wrong(&form.city, "city 不能为空，请填写城市名称");
        }
        let mut desks = form.bureaus.iter().filter(|bureau| bureau.city);
        match (desks.next(), desks.next()) {
            (Some(_), None) => {}
            (None, _) => self.wrong(&form.city, "没有市局：请给且只给一个单位写上 city: true"),
            (Some(first), Some(second)) => {
                let message = format!("市局只能有一个，{} 已经写了 city: true，请删去这一处", first.name.value);
                self.wrong(&second.name, message);
            }
        }
    }

    fn bureau(&mut self, form: &BureauForm) {
        let id = BureauId(next_id(self.roster.bureaus.len()));
        let name = self.name(&form.name);
        if self.roster.bureaus.iter().any(|bureau| bureau.name == name) {
            self.wrong(&form.name, format!("单位 {name} 出现了两次，请合并或改名"));
        }
        let hours = self.hours(&form.hours);
        let places = form
            .places
            .iter()
            .map(|place| place.trim().to_owned())
            .filter(|place| !place.is_empty())
            .collect();
        self.roster.bureaus.push(Bureau {
            id,
            name,
            city: form.city,
            hours,
            places,
        });
        for office in &form.offices {
            self.office(id, office);
        }
        for reviewer in form.offices.iter().flat_map(|office| &office.reviewers) {
            self.reviewer(id, reviewer);
        }
        for row in &form.duty {
            self.duty_row(id, None, row);
        }
        let offices: Vec<OfficeId> = self.roster.offices_of(id).map(|office| office.id).collect();
        for (office, form) in offices.into_iter().zip(&form.offices) {
            for row in &form.duty {
                self.duty_row(id, Some(office), row);
            }
        }
    }

    /// A person's name; what stands for none is refused.
    fn person_name(&mut self, written: &Spanned<String>) -> String {
        let say = match names::read(&written.value) {
            Named::Person(_) => return self.name(written),
            Named::Several => "一处只能写一个姓名，请每人一条",
            Named::Nobody | Named::Remark | Named::Unsaid => "这里应为姓名，没有定人的请删去这一条",
        };
        self.wrong(written, say);
        written.value.trim().to_owned()
    }

    fn name(&mut self, written: &Spanned<String>) -> String {
        let name = written.value.trim();
        if name.is_empty() {
            self.wrong(written, "名称不能为空");
        } else if name
            .chars()
            .any(|c| c.is_control() || c.is_ascii_digit() || ('０'..='９').contains(&c))
        {
            // A number in a name would be published with it.
            self.wrong(
                written,
                format!("名称“{name}”里不能有数字或控制字符；电话请写在 mobile 或 landline"),
            );
        }
        name.to_owned()
    }

    fn office(&mut self, bureau: BureauId, form: &OfficeForm) {
        let id = OfficeId(next_id(self.roster.offices.len()));
        let name = self.name(&form.name);
        if self.roster.offices_of(bureau).any(|office| office.name == name) {
            self.wrong(&form.name, format!("同一单位里 {name} 出现了两次，请合并或改名"));
        }
        let kind = match form.kind.value.as_str() {
            "window" => OfficeKind::Window,
            "station" => OfficeKind::Station,
            other => {
                self.wrong(
                    &form.kind,
                    format!("kind 应为 window（窗口）或 station（工商所），不能是“{other}”"),
                );
                OfficeKind::Window
            }
        };
        let landline = form.landline.as_ref().and_then(|written| self.landline(written));
        if form.helpers.len() < kind.least_helpers() {
            let (has, needs) = (form.helpers.len(), kind.least_helpers());
            let of = self.roster.bureau(bureau).map_or("", |bureau| bureau.name.as_str());
            let message = format!("{of}{name}报送帮办员 {has} 人，应不少于 {needs} 人（许工商〔2018〕103号）");
            self.warnings
                .push(Problem::at(self.file, yaml::place(&form.name), message));
        }
        let address = form.address.as_ref().map(|address| address.trim().to_owned());
        self.roster.offices.push(Office {
            id,
            bureau,
            name,
            kind,
            address,
            landline,
        });
        for helper in &form.helpers {
            self.helper(bureau, id, helper);
        }
        for guide in &form.guides {
            let name = self.person_name(&guide.name);
            let mobile = guide.mobile.as_ref().and_then(|written| self.mobile(written, &name));
            let landline = guide.landline.as_ref().and_then(|written| self.landline(written));
            let mut person = self.someone(bureau, id, name, Standing::Guide { of: guide.of.clone() });
            (person.mobile, person.landline) = (mobile, landline);
            self.roster.people.push(person);
        }
    }

    fn helper(&mut self, bureau: BureauId, office: OfficeId, form: &HelperForm) {
        let name = self.person_name(&form.name);
        if self.roster.helpers_of(bureau).any(|helper| helper.name == name) {
            let message = format!("本单位已有帮办员 {name}；值班表按姓名排班，同名请加以区分，如“{name}（女）”");
            self.wrong(&form.name, message);
        }
        let mut person = self.someone(bureau, office, name, Standing::helper());
        person.mobile = form
            .mobile
            .as_ref()
            .and_then(|written| self.mobile(written, &person.name));
        person.landline = form.landline.as_ref().and_then(|written| self.landline(written));
        for written in &form.roles {
            match role(&written.value) {
                Some(role) if !person.has(role) => person.roles.push(role),
                Some(_) => self.wrong(written, format!("角色 {} 写了两次", written.value)),
                None => self.wrong(
                    written,
                    format!(
                        "没有“{}”这个角色；可用 admin、bureau_admin、editor、approver、supervisor",
                        written.value
                    ),
                ),
            }
        }
        self.roster.people.push(person);
    }

    /// 审核员 come from the helpers who passed the assessment: 许工商〔2018〕103号 三(三)2.
    fn reviewer(&mut self, bureau: BureauId, form: &ReviewerForm) {
        let name = form.name.value.trim();
        let passed_on = form.passed_on.as_ref().and_then(|written| {
            let date = written.value.trim().parse::<Date>().ok();
            if date.is_none() {
                self.wrong(
                    written,
                    format!("passed_on 应为日期，如 2018-07-20，不能是“{}”", written.value),
                );
            }
            date
        });
        let mobile = form
            .mobile
            .as_ref()
            .and_then(|written| self.number(written, Mobile::parse(&written.value)));
        if let Some(written) = &form.landline {
            self.landline(written);
        }
        let helper = self
            .roster
            .people
            .iter_mut()
            .find(|p| p.bureau == bureau && p.is_helper() && p.name == name);
        match helper {
            Some(helper) if mobile.is_none() || helper.mobile.is_none() || helper.mobile == mobile => {
                helper.standing = Standing::Helper {
                    reviewer: true,
                    passed_on,
                };
            }
            Some(_) => self.wrong(&form.name, format!("审核员 {name} 的手机号与帮办员一栏不一致，请核对")),
            None => {
                self.wrong(
                    &form.name,
                    format!("审核员 {name} 不是本单位的帮办员；审核员须从帮办员中选拔，请先列为帮办员"),
                );
            }
        }
    }

    /// The next person of the roster, to be added to it.
    fn someone(&self, bureau: BureauId, office: OfficeId, name: String, standing: Standing) -> Person {
        Person {
            id: PersonId(next_id(self.roster.people.len())),
            bureau,
            office,
            name,
            standing,
            mobile: None,
            landline: None,
            roles: vec![],
        }
    }

    fn number<T>(&mut self, at: &Spanned<String>, read: Result<T, impl fmt::Display>) -> Option<T> {
        // The number itself is not repeated: it may be somebody's mobile.
        read.map_err(|problem| self.wrong(at, problem.to_string())).ok()
    }

    fn landline(&mut self, written: &Spanned<String>) -> Option<Landline> {
        self.number(written, Landline::parse(&written.value))
    }

    fn mobile(&mut self, written: &Spanned<String>, name: &str) -> Option<Mobile> {
        let mobile = self.number(written, Mobile::parse(&written.value))?;
        match self.mobiles.insert(mobile.clone(), name.to_owned()) {
            Some(other) => {
                self.wrong(
                    written,
                    format!("{name} 与 {other} 的手机号相同；手机号用来认人，每人一个，请核对"),
                );
                None
            }
            None => Some(mobile),
        }
    }
}

/// Ids count from 1; a file of 1 MB cannot hold more rows than fit.
fn next_id(rows: usize) -> i64 {
    i64::try_from(rows).map_or(i64::MAX, |rows| rows + 1)
}

fn role(word: &str) -> Option<Role> {
    match word {
        "admin" => Some(Role::Admin),
        "bureau_admin" => Some(Role::BureauAdmin),
        "editor" => Some(Role::Editor),
        "approver" => Some(Role::Approver),
        "supervisor" => Some(Role::Supervisor),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
