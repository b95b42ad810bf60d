//! Who works where: the city's bureaus, offices and people (情况表), and what of it the public may see.
//! Which chat account is whose is kept elsewhere.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use super::ids::{BureauId, OfficeId, PersonId};
use super::plan::{DutyRow, PlanChanges};
pub use crate::domain::roster::phone::{Landline, Mobile, NumberProblem};
pub use crate::domain::time::hours::{Days, Hours, Season, Span};

/// What a person may do beyond helping. Counts by numeric account only, never by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 管理员: keeps the installation.
    Admin,
    /// 单位管理员: keeps one bureau's roster, duty plan and groups.
    BureauAdmin,
    /// 市局编辑: curates entries.
    Editor,
    /// 市局审批: approves entries, never their own.
    Approver,
    /// 督导: reads figures, issues the bulletin.
    Supervisor,
}

/// As what a person stands in the roster: 许工商〔2018〕103号 三(三)2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// 帮办员: answers in groups.
    Helper {
        /// Whether they are also 审核员; never public.
        reviewer: bool,
        /// The day they passed the assessment; it is kept when they are no longer named 审核员.
        passed_on: Option<Date>,
    },
    /// 引导员: may speak up in a group, cannot claim.
    Guide {
        /// Where they come from: a bank outlet, a community, an agent.
        of: Option<String>,
    },
}

impl Standing {
    /// A 帮办员 who is no 审核员.
    pub fn helper() -> Standing {
        Standing::Helper {
            reviewer: false,
            passed_on: None,
        }
    }
}

/// One person of the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub id: PersonId,
    pub bureau: BureauId,
    pub office: OfficeId,
    pub name: String,
    pub standing: Standing,
    pub mobile: Option<Mobile>,
    pub landline: Option<Landline>,
    pub roles: Vec<Role>,
}

impl Person {
    /// Whether this person may claim and answer.
    pub fn is_helper(&self) -> bool {
        matches!(self.standing, Standing::Helper { .. })
    }

    /// Whether this helper is also 审核员; a guide never is.
    pub fn is_reviewer(&self) -> bool {
        matches!(self.standing, Standing::Helper { reviewer: true, .. })
    }

    /// The day a helper passed the assessment, also of one who is no longer 审核员.
    pub fn passed_on(&self) -> Option<Date> {
        match self.standing {
            Standing::Helper { passed_on, .. } => passed_on,
            Standing::Guide { .. } => None,
        }
    }

    /// Whether both are helpers, or both guides.
    pub fn stands_like(&self, other: &Person) -> bool {
        self.is_helper() == other.is_helper()
    }

    /// Whether this person holds `role`.
    pub fn has(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// What the public may know of a helper; nothing of anyone else (许工商〔2018〕103号 四(三)).
    pub fn public(&self, roster: &Roster) -> Option<PublicHelper> {
        match self.standing {
            Standing::Helper { .. } => Some(PublicHelper {
                name: self.name.clone(),
                office: roster.office(self.office)?.name.clone(),
                bureau: roster.bureau(self.bureau)?.name.clone(),
                landline: self.landline.clone(),
            }),
            Standing::Guide { .. } => None,
        }
    }
}

/// A helper as published: name and landline only, no reviewer's mark, no mobile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicHelper {
    pub name: String,
    pub office: String,
    pub bureau: String,
    pub landline: Option<Landline>,
}

/// What kind of place an office is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfficeKind {
    /// 窗口
    Window,
    /// 工商所
    Station,
}

impl OfficeKind {
    /// 窗口报送帮办员不少于四人，工商所不少于两人: 许工商〔2018〕103号 附件注.
    pub fn least_helpers(self) -> usize {
        match self {
            OfficeKind::Window => 4,
            OfficeKind::Station => 2,
        }
    }
}

/// Where helpers sit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    pub id: OfficeId,
    pub bureau: BureauId,
    pub name: String,
    pub kind: OfficeKind,
    pub address: Option<String>,
    /// The office's own public number.
    pub landline: Option<Landline>,
}

/// An organisation with its own help group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bureau {
    pub id: BureauId,
    pub name: String,
    /// 市局: the city desk of the guidance group; exactly one.
    pub city: bool,
    pub hours: Hours,
    /// Words by which its area is recognised in a question.
    pub places: Vec<String>,
}

/// 情况表: the whole city in memory, in the order in which it was submitted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    pub city: String,
    pub bureaus: Vec<Bureau>,
    pub offices: Vec<Office>,
    pub people: Vec<Person>,
    pub duty: Vec<DutyRow>,
    /// Leave and cover that are known, past and coming.
    pub changes: PlanChanges,
}

/// An office with fewer helpers than the document asks for: a warning, never a refusal to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortfall {
    pub bureau: BureauId,
    pub office: OfficeId,
    pub kind: OfficeKind,
    pub has: usize,
    pub needs: usize,
}

impl Roster {
    /// Where offices are, as far as it is known.
    pub fn addresses(&self) -> Vec<String> {
        self.offices
            .iter()
            .filter_map(|office| office.address.clone())
            .collect()
    }

    /// The bureau with this id.
    pub fn bureau(&self, id: BureauId) -> Option<&Bureau> {
        self.bureaus.iter().find(|bureau| bureau.id == id)
    }

    /// The bureau of this name, or the only one that is the same without 局 or 分局.
    pub fn bureau_named(&self, name: &str) -> Option<&Bureau> {
        let name = name.trim();
        if let Some(exact) = self.bureaus.iter().find(|bureau| bureau.name == name) {
            return Some(exact);
        }
        let stem = bureau_stem(name);
        let mut alike = self
            .bureaus
            .iter()
            .filter(|bureau| !stem.is_empty() && bureau_stem(&bureau.name) == stem);
        match (alike.next(), alike.next()) {
            (Some(only), None) => Some(only),
            _ => None,
        }
    }

    /// The office with this id.
    pub fn office(&self, id: OfficeId) -> Option<&Office> {
        self.offices.iter().find(|office| office.id == id)
    }

    /// The offices of a bureau in roster order.
    pub fn offices_of(&self, bureau: BureauId) -> impl Iterator<Item = &Office> {
        self.offices.iter().filter(move |office| office.bureau == bureau)
    }

    /// The person with this id.
    pub fn person(&self, id: PersonId) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// Everyone of this name; a name proves nothing.
    pub fn people_named(&self, name: &str) -> impl Iterator<Item = &Person> {
        self.people.iter().filter(move |person| person.name == name)
    }

    /// The person whose roster number is `phone`, as a platform gives it.
    pub fn person_of_phone(&self, phone: &str) -> Option<&Person> {
        self.people
            .iter()
            .find(|person| person.mobile.as_ref().is_some_and(|mobile| mobile.matches(phone)))
    }

    /// The helpers of a bureau in roster order.
    pub fn helpers_of(&self, bureau: BureauId) -> impl Iterator<Item = &Person> {
        self.people
            .iter()
            .filter(move |person| person.bureau == bureau && person.is_helper())
    }

    /// The people who keep this bureau's roster, duty plan and groups.
    pub fn admins_of(&self, bureau: BureauId) -> impl Iterator<Item = &Person> {
        self.people
            .iter()
            .filter(move |person| person.bureau == bureau && person.has(Role::BureauAdmin))
    }

    /// Who arranges things for a bureau: its administrators, or those of the installation where it has none.
    pub fn keepers_of(&self, bureau: BureauId) -> Vec<PersonId> {
        let own: Vec<PersonId> = self.admins_of(bureau).map(|admin| admin.id).collect();
        if !own.is_empty() {
            return own;
        }
        let all = self.people.iter().filter(|person| person.has(Role::Admin));
        all.map(|person| person.id).collect()
    }

    /// The duty rows of a bureau in roster order.
    pub fn duty_of(&self, bureau: BureauId) -> impl Iterator<Item = &DutyRow> {
        self.duty.iter().filter(move |row| row.bureau == bureau)
    }

    /// The list that is published: helpers' names and landlines (许工商〔2018〕103号 四(三)).
    pub fn public_list(&self) -> Vec<PublicHelper> {
        self.people.iter().filter_map(|person| person.public(self)).collect()
    }

    /// Offices with fewer helpers than the document asks for.
    pub fn shortfalls(&self) -> Vec<Shortfall> {
        self.offices
            .iter()
            .map(|office| Shortfall {
                bureau: office.bureau,
                office: office.id,
                kind: office.kind,
                has: self
                    .helpers_of(office.bureau)
                    .filter(|person| person.office == office.id)
                    .count(),
                needs: office.kind.least_helpers(),
            })
            .filter(|shortfall| shortfall.has < shortfall.needs)
            .collect()
    }
}

/// 魏都分局 and 魏都局 are both 魏都.
fn bureau_stem(name: &str) -> &str {
    name.strip_suffix("分局")
        .or_else(|| name.strip_suffix('局'))
        .unwrap_or(name)
}
