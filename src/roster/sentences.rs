//! Differences and losses in words: names, and mobiles with their middle hidden.

use jiff::tz::TimeZone;

use crate::domain::roster::away::Away;
use crate::domain::roster::changes::{Changed, RosterChange};
use crate::domain::roster::losses::Loss;
use crate::domain::roster::people::{Mobile, OfficeKind, Role, Roster, Shortfall, Span};
use crate::roster::as_written;

/// 窗口 ≥ 4, 工商所 ≥ 2 (许工商〔2018〕103号 附件注): a warning, never a refusal to run.
pub fn shortfall_said(roster: &Roster, shortfall: &Shortfall) -> String {
    let bureau = roster
        .bureau(shortfall.bureau)
        .map_or("", |bureau| bureau.name.as_str());
    let office = roster
        .office(shortfall.office)
        .map_or("", |office| office.name.as_str());
    let kind = match shortfall.kind {
        OfficeKind::Window => "窗口",
        OfficeKind::Station => "工商所",
    };
    format!(
        "{bureau}{office}有 {} 名帮办员，{kind}应不少于 {} 名",
        shortfall.has, shortfall.needs
    )
}

/// The differences, bureau by bureau, with their count.
pub fn changes(changed: &[Changed], zone: &TimeZone) -> String {
    if changed.is_empty() {
        return "与现有名册一致，没有改动。\n".to_owned();
    }
    let mut text = String::from("与现有名册相比：\n");
    let mut bureau = "";
    for one in changed {
        if one.bureau != bureau {
            bureau = &one.bureau;
            text.push_str(&format!("{bureau}\n"));
        }
        text.push_str(&format!("  {}\n", change(&one.what, zone)));
    }
    let (came, left, other) = counts(changed);
    text.push_str(&format!("共新增 {came} 人，离开 {left} 人，其他改动 {other} 处。\n"));
    text
}

/// What is written down: no names, no numbers.
pub fn note(changed: &[Changed], forced: bool) -> String {
    let (came, left, other) = counts(changed);
    let forced = if forced { " forced" } else { "" };
    format!("+{came} -{left} ~{other}{forced}")
}

fn counts(changed: &[Changed]) -> (usize, usize, usize) {
    let count = |wanted: fn(&RosterChange) -> bool| changed.iter().filter(|one| wanted(&one.what)).count();
    let came = count(|what| matches!(what, RosterChange::Came { .. }));
    let left = count(|what| matches!(what, RosterChange::Left { .. }));
    (came, left, changed.len() - came - left)
}

/// One difference: 新增, 离开 or 改动, and what.
pub fn change(what: &RosterChange, zone: &TimeZone) -> String {
    match what {
        RosterChange::BureauCame => "新增  单位".to_owned(),
        RosterChange::BureauLeft => "离开  整个单位（它的人都不再是帮办员）".to_owned(),
        RosterChange::BureauDiffers => "改动  作息、地名或市局标记".to_owned(),
        RosterChange::OfficeCame { office } => format!("新增  {office}"),
        RosterChange::OfficeLeft { office } => format!("离开  {office}"),
        RosterChange::OfficeDiffers { office } => format!("改动  {office} 的地址、电话或类别"),
        RosterChange::Came {
            office,
            name,
            helper,
            mobile,
            landline,
        } => {
            let landline = landline.as_ref().map_or("无", |landline| landline.as_str());
            format!(
                "新增  {office} {}{name}（联系电话 {}，固定电话 {landline}）",
                standing(*helper),
                masked(mobile.as_ref())
            )
        }
        RosterChange::Left {
            office,
            name,
            helper,
            reviewer,
            roles,
        } => {
            let mut also: Vec<&str> = roles.iter().copied().map(role).collect();
            also.extend(reviewer.then_some("审核员"));
            let also = if also.is_empty() {
                String::new()
            } else {
                format!("（也是{}）", also.join("、"))
            };
            format!("离开  {office} {}{name}{also}", standing(*helper))
        }
        RosterChange::Renamed { from, to, .. } => format!("更正  {from} → {to}（联系电话相同，看作同一人）"),
        RosterChange::Moved { name, from, to } => format!("调动  {name}：{from} → {to}"),
        RosterChange::Mobile { name, from, to } => {
            let (was, is) = (masked(from.as_ref()), masked(to.as_ref()));
            let hidden = if was == is { "（中间四位不同）" } else { "" };
            format!("改动  {name} 联系电话 {was} → {is}{hidden}")
        }
        RosterChange::Landline { name, from, to } => {
            let said = |landline: &Option<_>| {
                let landline: Option<&crate::domain::roster::people::Landline> = landline.as_ref();
                landline.map_or_else(|| "无".to_owned(), ToString::to_string)
            };
            format!("改动  {name} 固定电话 {} → {}", said(from), said(to))
        }
        RosterChange::Reviewer { name, now: true } => format!("改动  {name} 列为审核员"),
        RosterChange::Reviewer { name, now: false } => format!("改动  {name} 不再是审核员"),
        RosterChange::Details { name } => format!("改动  {name} 的角色、考核日期或来源"),
        RosterChange::Reordered { office } => format!("改动  {office} 的先后次序（没有值班表时按此轮流）"),
        RosterChange::AwayCame(row) => format!("新增  {}", away(row, zone)),
        RosterChange::AwayLeft(row) => format!("去掉  {}", away(row, zone)),
        RosterChange::Rota { office: None } => "改动  值班表".to_owned(),
        RosterChange::Rota { office: Some(office) } => format!("改动  {office} 自己的值班表"),
    }
}

/// 李强 请假 2026-12-01 至 2026-12-03; 孙丽 代 李强 值班 2026-12-01 至 2026-12-03.
fn away(row: &Away, zone: &TimeZone) -> String {
    let (from, until) = as_written(row.from, row.until, zone);
    match &row.by {
        None => format!("{} 请假 {from} 至 {until}", row.helper),
        Some(by) => format!("{by} 代 {} 值班 {from} 至 {until}", row.helper),
    }
}

fn standing(helper: bool) -> &'static str {
    if helper { "" } else { "引导员 " }
}

fn masked(mobile: Option<&Mobile>) -> String {
    mobile.map_or_else(|| "无".to_owned(), |mobile| format!("{mobile:?}"))
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Admin => "管理员",
        Role::BureauAdmin => "单位管理员",
        Role::Editor => "市局编辑",
        Role::Approver => "市局审批",
        Role::Supervisor => "督导",
    }
}

/// What gets worse, and what it means.
pub fn loss(loss: &Loss) -> String {
    match loss {
        Loss::Below { place, had, has, needs } => {
            format!("{place}的帮办员从 {had} 人减到 {has} 人，应不少于 {needs} 人（许工商〔2018〕103号）")
        }
        Loss::NobodyIn { bureau } => format!("{bureau}一个帮办员也没有了，它的问题都转市局"),
        Loss::NobodyOnDuty { place, span, names } => format!(
            "{place}值班表 {} 这一班没人了（{} 已离开），这一班会从值班表里去掉，请补排",
            shift(span),
            names.join("、")
        ),
        Loss::FewerOnDuty { place, span, name } => {
            format!("{place}值班表 {} 这一班少了 {name}", shift(span))
        }
        Loss::ReviewerGone { bureau, name } => format!("{bureau}审核员 {name} 不再是帮办员，也不再是审核员"),
        Loss::LastOfRole {
            bureau,
            name,
            role: held,
        } => {
            format!("{bureau}{name} 之后再没有{}了，请在名册 YAML 里另定一人", role(*held))
        }
    }
}

fn shift(span: &Span) -> String {
    let minute = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let names = ["一", "二", "三", "四", "五", "六", "日"];
    let days = (1..=7).filter_map(|day| jiff::civil::Weekday::from_monday_one_offset(day).ok());
    let days: String = days
        .zip(names)
        .filter(|(day, _)| span.days.contains(*day))
        .map(|(_, name)| name)
        .collect();
    format!("周{days} {}–{}", minute(span.from_min), minute(span.to_min))
}
