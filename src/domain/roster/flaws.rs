//! What is wrong, and what is thin, in a bureau's form (许工商〔2018〕103号 附件) against itself and against the roster.

use std::collections::HashMap;
use std::fmt;

use crate::domain::roster::form::{Form, Listed, Place, Where, place_of, same_name, tidy};
use crate::domain::roster::people::{BureauId, Mobile, OfficeKind, Roster};

/// One thing about one cell. What it says never repeats a mobile number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The same 窗口 or 工商所 has two blocks.
    OfficeTwice { label: String },
    /// The bureau has several windows and the form says only 窗口.
    WhichWindow { bureau: String },
    /// Neither 窗口 nor 工商所.
    NeitherKind { label: String },
    /// A digit in a name would be published with it.
    NumberInName { name: String },
    /// A helper stands twice.
    NameTwice { name: String },
    /// One number, two people of the form.
    MobileTwice { name: String, other: String },
    /// One number, and a person of another bureau (or a 引导员) has it.
    MobileElsewhere {
        name: String,
        other: String,
        bureau: String,
    },
    /// 审核员 are chosen from the helpers: 许工商〔2018〕103号 三(三)2.
    ReviewerNoHelper { name: String },
    /// A reviewer stands twice.
    ReviewerTwice { name: String },
    /// The reviewer's numbers are not those in the helper's columns.
    ReviewerDiffers { name: String },
    /// 窗口 ≥ 4, 工商所 ≥ 2: 许工商〔2018〕103号 附件注.
    TooFew { place: String, has: usize, needs: usize },
    /// No mobile: the person cannot be recognised in chat.
    NoMobile { name: String },
    /// No landline: nothing of the helper can be published.
    NoLandline { name: String },
    /// No day on which the assessment was passed.
    NoExam { name: String },
    /// Somebody of this name is a helper of another bureau too.
    Namesake { name: String, bureau: String },
}

impl Flaw {
    /// Whether the form cannot be taken over with it; the others are reminders.
    pub fn refuses(&self) -> bool {
        match self {
            Flaw::OfficeTwice { .. }
            | Flaw::WhichWindow { .. }
            | Flaw::NeitherKind { .. }
            | Flaw::NumberInName { .. }
            | Flaw::NameTwice { .. }
            | Flaw::MobileTwice { .. }
            | Flaw::MobileElsewhere { .. }
            | Flaw::ReviewerNoHelper { .. }
            | Flaw::ReviewerTwice { .. }
            | Flaw::ReviewerDiffers { .. } => true,
            Flaw::TooFew { .. }
            | Flaw::NoMobile { .. }
            | Flaw::NoLandline { .. }
            | Flaw::NoExam { .. }
            | Flaw::Namesake { .. } => false,
        }
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Flaw::OfficeTwice { label } => write!(f, "“{label}”出现了两次，请并成一块"),
            Flaw::WhichWindow { bureau } => {
                write!(f, "{bureau}不止一个窗口，请写明是哪一个，如“窗口（名称）”")
            }
            Flaw::NeitherKind { label } => {
                write!(f, "看不出“{label}”是窗口还是工商所，请写“窗口”或以“所”结尾的名称")
            }
            Flaw::NumberInName { name } => write!(f, "姓名“{name}”里不能有数字，号码请填在电话栏"),
            Flaw::NameTwice { name } => {
                write!(
                    f,
                    "帮办员 {name} 出现了两次；确是两人同名的请加以区分，如“{name}（女）”"
                )
            }
            Flaw::MobileTwice { name, other } => {
                write!(
                    f,
                    "{name} 与 {other} 的联系电话相同；联系电话用来认人，每人一个，请核对"
                )
            }
            Flaw::MobileElsewhere { name, other, bureau } if same_name(name, other) => write!(
                f,
                "{name} 已在{bureau}的名册里（联系电话相同）；一人只能在一个单位，已调动的请先导入{bureau}的新表"
            ),
            Flaw::MobileElsewhere { name, other, bureau } => {
                write!(f, "{name} 的联系电话与{bureau}的 {other} 相同，请核对")
            }
            Flaw::ReviewerNoHelper { name } => {
                write!(
                    f,
                    "审核员 {name} 不在帮办员一栏；审核员须从本单位帮办员中选拔，请先列为帮办员"
                )
            }
            Flaw::ReviewerTwice { name } => write!(f, "审核员 {name} 出现了两次，请删去一处"),
            Flaw::ReviewerDiffers { name } => {
                write!(f, "审核员 {name} 的号码与帮办员一栏不一致，请核对（两栏都填时应相同）")
            }
            Flaw::TooFew { place, has, needs } => {
                write!(
                    f,
                    "{place}报送帮办员 {has} 人，应不少于 {needs} 人（许工商〔2018〕103号）"
                )
            }
            Flaw::NoMobile { name } => write!(f, "{name} 没有联系电话，不能用手机号认领身份，只能用一次性链接"),
            Flaw::NoLandline { name } => write!(f, "{name} 没有固定电话，公开名单上这一栏是空的"),
            Flaw::NoExam { name } => {
                write!(
                    f,
                    "审核员 {name} 没有考核合格日期；情况表没有这一栏，请在名册 YAML 的 passed_on 里补"
                )
            }
            Flaw::Namesake { name, bureau } => write!(f, "{bureau}也有一位 {name}；若是同一人，只能在一个单位"),
        }
    }
}

/// Everything about one form, in the order of its cells. `beside` are the other forms of the same workbook.
pub fn flaws(form: &Form, bureau: BureauId, roster: &Roster, beside: &[&Form]) -> Vec<(Place, Flaw)> {
    let mut found = Vec::new();
    blocks(form, bureau, roster, &mut found);
    helpers(form, bureau, roster, beside, &mut found);
    reviewers(form, bureau, roster, &mut found);
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    found
}

type Found = Vec<(Place, Flaw)>;

fn blocks(form: &Form, bureau: BureauId, roster: &Roster, found: &mut Found) {
    let mut seen: Vec<Where> = Vec::new();
    for block in &form.blocks {
        let label = tidy(&block.label);
        let place = place_of(roster, bureau, &label);
        let kind = match &place {
            Where::Known(id) => roster.office(*id).map(|office| office.kind),
            Where::New(kind, _) => Some(*kind),
            Where::WhichWindow | Where::Neither => None,
        };
        let flaw = match &place {
            Where::WhichWindow => Some(Flaw::WhichWindow {
                bureau: form.bureau.clone(),
            }),
            Where::Neither => Some(Flaw::NeitherKind { label: label.clone() }),
            Where::Known(_) | Where::New(..) if seen.contains(&place) => {
                Some(Flaw::OfficeTwice { label: label.clone() })
            }
            Where::Known(_) | Where::New(..) => None,
        };
        found.extend(flaw.map(|flaw| (block.at.clone(), flaw)));
        seen.push(place);
        let needs = kind.map_or(0, OfficeKind::least_helpers);
        if block.helpers.len() < needs {
            let flaw = Flaw::TooFew {
                place: format!("{}{label}", form.bureau),
                has: block.helpers.len(),
                needs,
            };
            found.push((block.at.clone(), flaw));
        }
    }
}

fn helpers(form: &Form, bureau: BureauId, roster: &Roster, beside: &[&Form], found: &mut Found) {
    let mut names: Vec<String> = Vec::new();
    let mut mobiles: HashMap<&Mobile, &str> = HashMap::new();
    for (_, helper) in form.helpers() {
        let name = tidy(&helper.name);
        let mut say = |flaw| found.push((helper.at.clone(), flaw));
        if name.chars().any(|c| c.is_numeric() && !is_han_number(c)) {
            say(Flaw::NumberInName { name: hidden(&name) });
        }
        if names.contains(&name) {
            say(Flaw::NameTwice { name: name.clone() });
        }
        match &helper.mobile {
            None => say(Flaw::NoMobile { name: name.clone() }),
            Some(mobile) => match mobiles.insert(mobile, &helper.name) {
                Some(other) if !same_name(other, &name) => say(Flaw::MobileTwice {
                    name: name.clone(),
                    other: tidy(other),
                }),
                _ => {
                    if let Some(flaw) = elsewhere(helper, mobile, bureau, roster, beside) {
                        say(flaw);
                    }
                }
            },
        }
        if helper.landline.is_none() {
            say(Flaw::NoLandline { name: name.clone() });
        }
        if let Some(other) = namesake(helper, bureau, roster, beside) {
            say(Flaw::Namesake {
                name: name.clone(),
                bureau: other,
            });
        }
        names.push(name);
    }
}

/// 一二三 are letters of names, 1２③ are not.
fn is_han_number(c: char) -> bool {
    ('\u{3400}'..='\u{9fff}').contains(&c) || c == '〇'
}

/// A name in which digits stand may be a number: it is not repeated.
fn hidden(name: &str) -> String {
    let hide = |c: char| if c.is_numeric() && !is_han_number(c) { '*' } else { c };
    name.chars().map(hide).collect()
}

fn elsewhere(helper: &Listed, mobile: &Mobile, bureau: BureauId, roster: &Roster, beside: &[&Form]) -> Option<Flaw> {
    let name = tidy(&helper.name);
    let has = |listed: &Listed| listed.mobile.as_ref() == Some(mobile);
    for other in beside {
        if let Some((_, listed)) = other.helpers().find(|(_, listed)| has(listed)) {
            return Some(Flaw::MobileElsewhere {
                name,
                other: tidy(&listed.name),
                bureau: other.bureau.clone(),
            });
        }
    }
    let foreign = roster.people.iter().find(|person| {
        let replaced = beside.iter().any(|form| speaks_for(form, roster, person.bureau));
        person.mobile.as_ref() == Some(mobile) && !(person.is_helper() && (person.bureau == bureau || replaced))
    })?;
    let of = roster.bureau(foreign.bureau).map_or("", |bureau| bureau.name.as_str());
    Some(Flaw::MobileElsewhere {
        name,
        other: foreign.name.clone(),
        bureau: of.to_owned(),
    })
}

fn speaks_for(form: &Form, roster: &Roster, bureau: BureauId) -> bool {
    roster
        .bureau_named(&form.bureau)
        .is_some_and(|named| named.id == bureau)
}

/// Another bureau that has a helper of this name with another number, or without one.
fn namesake(helper: &Listed, bureau: BureauId, roster: &Roster, beside: &[&Form]) -> Option<String> {
    let differs = |mobile: &Option<Mobile>| mobile.is_none() || *mobile != helper.mobile;
    for other in beside {
        let mut rows = other.helpers();
        if rows.any(|(_, listed)| same_name(&listed.name, &helper.name) && differs(&listed.mobile)) {
            return Some(other.bureau.clone());
        }
    }
    let person = roster.people.iter().find(|person| {
        let replaced = beside.iter().any(|form| speaks_for(form, roster, person.bureau));
        let foreign = person.is_helper() && person.bureau != bureau && !replaced;
        foreign && same_name(&person.name, &helper.name) && differs(&person.mobile)
    })?;
    roster.bureau(person.bureau).map(|bureau| bureau.name.clone())
}

fn reviewers(form: &Form, bureau: BureauId, roster: &Roster, found: &mut Found) {
    let mut names: Vec<String> = Vec::new();
    for reviewer in form.blocks.iter().flat_map(|block| &block.reviewers) {
        let name = tidy(&reviewer.name);
        let mut helpers = form.helpers().map(|(_, helper)| helper);
        let helper = helpers.find(|helper| same_name(&helper.name, &name));
        let flaw = match helper {
            _ if names.contains(&name) => Some(Flaw::ReviewerTwice { name: name.clone() }),
            None => Some(Flaw::ReviewerNoHelper { name: hidden(&name) }),
            Some(helper) if differs(reviewer, helper) => Some(Flaw::ReviewerDiffers { name: name.clone() }),
            Some(helper) => {
                let known = crate::domain::roster::form::known_as(roster, bureau, form, helper);
                let passed = known.is_some_and(|person| person.passed_on().is_some());
                (!passed).then(|| Flaw::NoExam { name: name.clone() })
            }
        };
        found.extend(flaw.map(|flaw| (reviewer.at.clone(), flaw)));
        names.push(name);
    }
}

/// An empty cell of the reviewer's columns says nothing; a number there must be the helper's.
fn differs(reviewer: &Listed, helper: &Listed) -> bool {
    let mobile = reviewer.mobile.is_some() && reviewer.mobile != helper.mobile;
    mobile || (reviewer.landline.is_some() && reviewer.landline != helper.landline)
}

#[cfg(test)]
mod tests;
