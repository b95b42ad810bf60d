//! Who may do what: one table (PRODUCT §1, §3). Roles count by account only; chat products' own administrators count
//! for nothing. What is not in the table is not allowed.

use crate::domain::roster::people::{BureauId, Person, Role};

/// Something that needs a right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// Claim, answer, put back, adopt, ask the city: any helper for any bureau (无差别帮办, 许工商〔2018〕103号 三(三)3).
    Help,
    /// End or offer a question that another helper has.
    Arrange,
    /// Close the review of a low rating.
    Review,
    /// Bind a help group or duty group of a bureau.
    BindGroup,
    /// Bind the guidance group.
    BindGuidance,
    /// Say how the bot may speak in a bureau's group.
    SetMode,
    /// Hide what was written in a bureau's web group, keep somebody from writing there.
    Order,
    /// Say whether a bureau's group is told of new editions.
    Announce,
    /// Withdraw a wrong answer.
    Fix,
    /// Give the city desk's advice in the guidance group.
    Advise,
    /// Hear of gaps in the duty plan, groups in trouble, overdue replies.
    Keep,
    /// See by what a bureau's people are signed in, and end it.
    SignOut,
    /// Give a bureau's people links by which they sign in.
    Invite,
    /// Take over a bureau's official form, and have it as it stands.
    Enroll,
    /// See candidates, write drafts of the list.
    Curate,
    /// Approve drafts that others wrote.
    Approve,
}

/// Every right, for the table.
pub const RIGHTS: [Right; 16] = [
    Right::Help,
    Right::Arrange,
    Right::Review,
    Right::BindGroup,
    Right::BindGuidance,
    Right::SetMode,
    Right::Order,
    Right::Announce,
    Right::Fix,
    Right::Advise,
    Right::Keep,
    Right::SignOut,
    Right::Invite,
    Right::Enroll,
    Right::Curate,
    Right::Approve,
];

/// Whether `person` holds `right` over a bureau. `city` says that the person sits in the city bureau.
pub fn may(person: &Person, right: Right, bureau: BureauId, city: bool) -> bool {
    let own = person.bureau == bureau;
    let admin = person.has(Role::Admin);
    let keeps = admin || (own && person.has(Role::BureauAdmin));
    match right {
        Right::Help | Right::Fix => person.is_helper(),
        Right::Advise => person.is_helper() && city,
        Right::Order => person.is_helper() && (own || city || admin),
        Right::Arrange | Right::Review => person.is_helper() && keeps,
        Right::BindGroup
        | Right::SetMode
        | Right::Announce
        | Right::Keep
        | Right::SignOut
        | Right::Invite
        | Right::Enroll => keeps,
        Right::BindGuidance => admin,
        Right::Curate => person.has(Role::Editor) || person.has(Role::Approver),
        Right::Approve => person.has(Role::Approver),
    }
}

/// Whether `person` may give this one a link, by which whoever has it signs in as them: nobody gets a role by a link that
/// they do not hold, unless they may do everything.
pub fn may_invite(person: &Person, whom: &Person, city: bool) -> bool {
    let held = |role: &Role| *role == Role::BureauAdmin || person.has(Role::Admin) || person.has(*role);
    may(person, Right::Invite, whom.bureau, city) && whom.roles.iter().all(held)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::people::{OfficeId, PersonId, Standing};
    use std::fmt::Write as _;

    fn person(standing: Standing, roles: &[Role]) -> Person {
        Person {
            id: PersonId(1),
            bureau: BureauId(1),
            office: OfficeId(1),
            name: "示例".into(),
            standing,
            mobile: None,
            landline: None,
            roles: roles.to_vec(),
        }
    }

    /// Every cell: who × what × own or another bureau, seen from a bureau and from the city.
    #[test]
    fn the_table_of_rights() {
        let people = [
            ("引导员", person(Standing::Guide { of: None }, &[])),
            ("帮办员", person(Standing::helper(), &[])),
            ("单位管理员", person(Standing::helper(), &[Role::BureauAdmin])),
            ("管理员", person(Standing::helper(), &[Role::Admin])),
            ("市局编辑", person(Standing::helper(), &[Role::Editor])),
            ("市局审批", person(Standing::helper(), &[Role::Approver])),
            ("督导", person(Standing::helper(), &[Role::Supervisor])),
        ];
        let mut table = String::new();
        for (who, person) in &people {
            for city in [false, true] {
                write!(table, "{who}{}:", if city { "（市局）" } else { "" }).unwrap();
                for right in RIGHTS {
                    let cell = |bureau| {
                        if may(person, right, BureauId(bureau), city) {
                            '+'
                        } else {
                            '-'
                        }
                    };
                    write!(table, " {right:?} {}{}", cell(1), cell(2)).unwrap();
                }
                table.push('\n');
            }
        }
        insta::assert_snapshot!(table, @r"
        引导员: Help -- Arrange -- Review -- BindGroup -- BindGuidance -- SetMode -- Order -- Announce -- Fix -- Advise -- Keep -- SignOut -- Invite -- Enroll -- Curate -- Approve --
        引导员（市局）: Help -- Arrange -- Review -- BindGroup -- BindGuidance -- SetMode -- Order -- Announce -- Fix -- Advise -- Keep -- SignOut -- Invite -- Enroll -- Curate -- Approve --
        帮办员: Help ++ Arrange -- Review -- BindGroup -- BindGuidance -- SetMode -- Order +- Announce -- Fix ++ Advise -- Keep -- SignOut -- Invite -- Enroll -- Curate -- Approve --
        帮办员（市局）: Help ++ Arrange -- Review -- BindGroup -- BindGuidance -- SetMode -- Order ++ Announce -- Fix ++ Advise ++ Keep -- SignOut -- Invite -- Enroll -- Curate -- Approve --
        单位管理员: Help ++ Arrange +- Review +- BindGroup +- BindGuidance -- SetMode +- Order +- Announce +- Fix ++ Advise -- Keep +- SignOut +- Invite +- Enroll +- Curate -- Approve --
        单位管理员（市局）: Help ++ Arrange +- Review +- BindGroup +- BindGuidance -- SetMode +- Order ++ Announce +- Fix ++ Advise ++ Keep +- SignOut +- Invite +- Enroll +- Curate -- Approve --
        管理员: Help ++ Arrange ++ Review ++ BindGroup ++ BindGuidance ++ SetMode ++ Order ++ Announce ++ Fix ++ Advise -- Keep ++ SignOut ++ Invite ++ Enroll ++ Curate -- Approve --
        管理员（市局）: Help ++ Arrange ++ Review ++ BindGroup ++ BindGuidance ++ SetMode ++ Order ++ Announce ++ Fix ++ Advise ++ Keep ++ SignOut ++ Invite ++ Enroll ++ Curate -- Approve --
        市局编辑: Help ++ Arrange -- Review -- BindGroup -- BindGuidance -- SetMode -- Order +- Announce -- Fix ++ Advise -- Keep -- SignOut -- Invite -- Enroll -- Curate ++ Approve --
        市局编辑（市局）: Help ++ Arrange -- Review -- BindGroup -- BindGuidance -- SetMode -- Order ++ Announce -- Fix ++ Advise ++ Keep -- SignOut -- Invite -- Enroll -- Curate ++ Approve --
        市局审批: Help ++ Arrange -- Review -- BindGroup -- BindGuidance -- SetMode -- Order +- Announce -- Fix ++ Advise -- Keep -- SignOut -- Invite -- Enroll -- Curate ++ Approve ++
        市局审批（市局）: Help ++ Arrange -- Review -- BindGroup -- BindGuidance -- SetMode -- Order ++ Announce -- Fix ++ Advise ++ Keep -- SignOut -- Invite -- Enroll -- Curate ++ Approve ++
        督导: Help ++ Arrange -- Review -- BindGroup -- BindGuidance -- SetMode -- Order +- Announce -- Fix ++ Advise -- Keep -- SignOut -- Invite -- Enroll -- Curate -- Approve --
        督导（市局）: Help ++ Arrange -- Review -- BindGroup -- BindGuidance -- SetMode -- Order ++ Announce -- Fix ++ Advise ++ Keep -- SignOut -- Invite -- Enroll -- Curate -- Approve --
        ");
    }
}
