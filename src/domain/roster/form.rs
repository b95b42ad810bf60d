//! 工商登记全程电子化帮办员及审核员情况表 (许工商〔2018〕103号 附件): what one bureau hands in, what may be wrong with
//! it, and how it goes into the roster. Where it stands in a workbook is only remembered, never read here.

use std::fmt;

use crate::domain::clean;
use crate::domain::roster::people::{
    BureauId, Landline, Mobile, Office, OfficeId, OfficeKind, Person, PersonId, Roster, Standing,
};

/// A cell of a workbook, as people name it: `魏都分局!C5`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub sheet: String,
    /// From 0.
    pub row: u32,
    /// From 0.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = Vec::new();
        let mut rest = self.column + 1;
        while rest > 0 {
            letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
            rest = (rest - 1) / 26;
        }
        let letters: String = letters.into_iter().rev().collect();
        write!(f, "{}!{letters}{}", self.sheet, self.row + 1)
    }
}

/// One 姓名、联系电话、固定电话.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub name: String,
    pub mobile: Option<Mobile>,
    pub landline: Option<Landline>,
    /// The cell of the name.
    pub at: Place,
}

/// The rows of one 窗口 or 工商所.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What stands in the second column: 窗口, or the station's name.
    pub label: String,
    pub at: Place,
    pub helpers: Vec<Listed>,
    pub reviewers: Vec<Listed>,
}

/// What one bureau handed in: the whole of its helpers and reviewers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    pub bureau: String,
    pub at: Place,
    pub blocks: Vec<Block>,
}

impl Form {
    /// Every helper with the block they stand in.
    pub fn helpers(&self) -> impl Iterator<Item = (&Block, &Listed)> {
        let rows = |block| Block::helpers_with(block);
        self.blocks.iter().flat_map(rows)
    }

    /// Whether a name stands among the reviewers, in whichever block.
    pub fn reviews(&self, name: &str) -> bool {
        let mut reviewers = self.blocks.iter().flat_map(|block| &block.reviewers);
        reviewers.any(|reviewer| same_name(&reviewer.name, name))
    }
}

impl Block {
    fn helpers_with(&self) -> impl Iterator<Item = (&Block, &Listed)> {
        self.helpers.iter().map(move |helper| (self, helper))
    }
}

/// A name as it is seen, without the spaces that only align it: 王　敏 is 王敏, Li Wei stays Li Wei.
pub fn tidy(written: &str) -> String {
    let blank = |c: &char| c.is_whitespace();
    let chars: Vec<char> = clean::field(written).trim().chars().collect();
    let mut tidy = String::new();
    for (index, c) in chars.iter().enumerate() {
        if !blank(c) {
            tidy.push(*c);
            continue;
        }
        let next = chars[index..].iter().find(|c| !blank(c));
        let between_letters =
            tidy.ends_with(|c: char| c.is_ascii_alphanumeric()) && next.is_some_and(char::is_ascii_alphanumeric);
        if between_letters {
            tidy.push(' ');
        }
    }
    tidy
}

/// Whether two names differ only in spaces.
pub fn same_name(one: &str, other: &str) -> bool {
    tidy(one) == tidy(other)
}

/// The form a bureau of the roster would hand in.
pub fn of(roster: &Roster, bureau: BureauId) -> Option<Form> {
    let name = roster.bureau(bureau)?.name.clone();
    let blocks = roster.offices_of(bureau).map(|office| block_of(roster, office));
    Some(Form {
        bureau: name,
        at: Place::default(),
        blocks: blocks.collect(),
    })
}

fn block_of(roster: &Roster, office: &Office) -> Block {
    let helpers: Vec<&Person> = roster
        .helpers_of(office.bureau)
        .filter(|person| person.office == office.id)
        .collect();
    let listed = |person: &&Person| Listed {
        name: person.name.clone(),
        mobile: person.mobile.clone(),
        landline: person.landline.clone(),
        at: Place::default(),
    };
    Block {
        label: label(roster, office),
        at: Place::default(),
        helpers: helpers.iter().map(listed).collect(),
        reviewers: helpers
            .iter()
            .filter(|person| person.is_reviewer())
            .map(listed)
            .collect(),
    }
}

/// 窗口 as the annex has it; a bureau with several windows names them.
fn label(roster: &Roster, office: &Office) -> String {
    match office.kind {
        OfficeKind::Station => office.name.clone(),
        OfficeKind::Window if windows(roster, office.bureau).count() == 1 => "窗口".to_owned(),
        OfficeKind::Window if office.name.contains("窗口") => office.name.clone(),
        OfficeKind::Window => format!("窗口（{}）", office.name),
    }
}

fn windows(roster: &Roster, bureau: BureauId) -> impl Iterator<Item = &Office> {
    let offices = roster.offices_of(bureau);
    offices.filter(|office| office.kind == OfficeKind::Window)
}

/// Which place of the bureau a block is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// One that is in the roster.
    Known(OfficeId),
    /// One that is not yet.
    New(OfficeKind, String),
    /// 窗口, but the bureau has several.
    WhichWindow,
    /// Neither 窗口 nor 工商所.
    Neither,
}

/// Finds the place a label means.
pub fn place_of(roster: &Roster, bureau: BureauId, label: &str) -> Where {
    let label = tidy(label);
    let named = |name: &str| roster.offices_of(bureau).find(|office| same_name(&office.name, name));
    let sole: Vec<OfficeId> = windows(roster, bureau).map(|office| office.id).collect();
    if label == "窗口"
        && let [window] = sole.as_slice()
    {
        return Where::Known(*window);
    }
    if let Some(office) = named(&label) {
        return Where::Known(office.id);
    }
    let inner = label
        .strip_prefix("窗口")
        .map(|rest| rest.trim_matches(['（', '）', '(', ')']));
    match inner.filter(|inner| !inner.is_empty()) {
        Some(inner) if named(inner).is_some() => named(inner).map_or(Where::Neither, |office| Where::Known(office.id)),
        _ if label == "窗口" && !sole.is_empty() => Where::WhichWindow,
        _ if label.contains("窗口") || label.ends_with("大厅") => Where::New(OfficeKind::Window, label),
        _ if label.ends_with('所') => Where::New(OfficeKind::Station, label),
        _ => Where::Neither,
    }
}

/// The roster with what this form says about `bureau`: who stands in it is there, who does not has left. What the form
/// does not carry (roles, rota, hours, addresses, exam dates, 引导员) stays.
pub fn merge(roster: &Roster, bureau: BureauId, form: &Form) -> Roster {
    let mut after = roster.clone();
    let offices: Vec<OfficeId> = form
        .blocks
        .iter()
        .map(|block| office_for(&mut after, bureau, block))
        .collect();
    let mut fresh = roster.people.iter().map(|person| person.id.0).max().unwrap_or(0);
    let mut helpers = Vec::new();
    for (office, block) in offices.iter().zip(&form.blocks) {
        for listed in &block.helpers {
            let before = known_as(roster, bureau, form, listed);
            helpers.push(helper(before, listed, (bureau, *office), form, &mut fresh));
        }
    }
    seat(&mut after, bureau, helpers);
    let still = |id: &PersonId| after.people.iter().any(|person| person.id == *id && person.is_helper());
    let mut duty = roster.duty.clone();
    for row in duty.iter_mut().filter(|row| row.bureau == bureau) {
        row.helpers.retain(still);
    }
    duty.retain(|row| row.bureau != bureau || !row.helpers.is_empty());
    after.duty = duty;
    after
}

fn office_for(roster: &mut Roster, bureau: BureauId, block: &Block) -> OfficeId {
    let (kind, name) = match place_of(roster, bureau, &block.label) {
        Where::Known(office) => return office,
        Where::New(kind, name) => (kind, name),
        Where::WhichWindow => (OfficeKind::Window, tidy(&block.label)),
        Where::Neither => (OfficeKind::Station, tidy(&block.label)),
    };
    let id = OfficeId(roster.offices.iter().map(|office| office.id.0).max().unwrap_or(0) + 1);
    let after_own = roster.offices.iter().rposition(|office| office.bureau == bureau);
    let office = Office {
        id,
        bureau,
        name,
        kind,
        address: None,
        landline: None,
    };
    roster
        .offices
        .insert(after_own.map_or(roster.offices.len(), |at| at + 1), office);
    id
}

/// Who of the roster a line of the form is: by name, or, where the name was corrected, by the same mobile number.
pub fn known_as<'a>(roster: &'a Roster, bureau: BureauId, form: &Form, listed: &Listed) -> Option<&'a Person> {
    let by_name = roster
        .helpers_of(bureau)
        .find(|person| same_name(&person.name, &listed.name));
    by_name.or_else(|| {
        let gone = |person: &&Person| !form.helpers().any(|(_, other)| same_name(&other.name, &person.name));
        let mut left = roster.helpers_of(bureau).filter(gone);
        left.find(|person| person.mobile.is_some() && person.mobile == listed.mobile)
    })
}

fn helper(
    before: Option<&Person>,
    listed: &Listed,
    (bureau, office): (BureauId, OfficeId),
    form: &Form,
    fresh: &mut i64,
) -> Person {
    let id = before.map_or_else(
        || {
            *fresh += 1;
            PersonId(*fresh)
        },
        |person| person.id,
    );
    let kept = before.filter(|person| same_name(&person.name, &listed.name));
    Person {
        id,
        bureau,
        office,
        name: kept.map_or_else(|| tidy(&listed.name), |person| person.name.clone()),
        standing: Standing::Helper {
            reviewer: form.reviews(&listed.name),
            passed_on: before.and_then(Person::passed_on),
        },
        mobile: listed.mobile.clone(),
        landline: listed.landline.clone(),
        roles: before.map(|person| person.roles.clone()).unwrap_or_default(),
    }
}

/// Puts the bureau's helpers in the place of the old ones: office by office, each office's 引导员 behind its helpers.
fn seat(roster: &mut Roster, bureau: BureauId, helpers: Vec<Person>) {
    let offices: Vec<OfficeId> = roster.offices_of(bureau).map(|office| office.id).collect();
    let first = roster.people.iter().position(|person| person.bureau == bureau);
    let first = first.unwrap_or(roster.people.len());
    let (own, mut others): (Vec<Person>, Vec<Person>) =
        roster.people.drain(..).partition(|person| person.bureau == bureau);
    let guides = own.into_iter().filter(|person| !person.is_helper());
    let mut seated: Vec<Person> = helpers.into_iter().chain(guides).collect();
    // Stable: within an office helpers keep the form's order and stay before the guides.
    seated.sort_by_key(|person| offices.iter().position(|office| *office == person.office));
    // Everyone before the bureau's first person belongs to another bureau, so the position holds.
    others.splice(first..first, seated);
    roster.people = others;
}

#[cfg(test)]
mod tests;
