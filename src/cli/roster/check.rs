//! `roster check`: a file with every problem at its place, or the roster that is in use: shortages, what is missing of
//! people, and which bureaus have handed in their form.

use std::path::Path;

use super::shortfall_said;
use crate::clock::Millis;
use crate::config::Config;
use crate::domain::roster::losses::losses;
use crate::domain::roster::people::{Bureau, Roster};
use crate::domain::roster::submission::{Deadline, Submission};
use crate::domain::time::zone;
use crate::roster::annex::{self, AnnexError, CellProblem};
use crate::roster::sentences;
use crate::setup::{proposal, real_roster};
use crate::store::Db;
use crate::{roster, workbook};

/// Looks at a file, or at the roster in use. 1 if something must be changed.
pub async fn check(config: &Config, file: Option<&Path>, bureau: Option<&str>) -> anyhow::Result<u8> {
    match file {
        Some(file) if workbook::looks_like_workbook(file) => form(config, file, bureau).await,
        Some(file) => Ok(yaml(config, file)),
        None => in_use(config, bureau).await,
    }
}

fn yaml(config: &Config, file: &Path) -> u8 {
    match roster::read_file(file, &config.timezone) {
        Ok(submitted) => {
            for warning in &submitted.warnings {
                println!("提醒：{warning}");
            }
            for reminder in people(&submitted.roster, None) {
                println!("提醒：{reminder}");
            }
            println!("没有要改的地方，{} 处提醒。", submitted.warnings.len());
            0
        }
        Err(problems) => {
            println!("{problems}");
            println!("共 {} 处要改。", problems.0.len());
            1
        }
    }
}

async fn form(config: &Config, file: &Path, bureau: Option<&str>) -> anyhow::Result<u8> {
    let read = match annex::read_file(file, bureau) {
        Ok(read) => read,
        Err(AnnexError::Workbook(error)) => {
            println!("{error}");
            return Ok(1);
        }
        Err(AnnexError::Problems(problems)) => return Ok(count(&problems)),
    };
    let db = super::super::open(config).await?;
    let known = real_roster(&db).await?;
    db.close().await;
    let (problems, reminders, losses) = match &known {
        Some((roster, _)) => {
            let (bureaus, mut problems) = proposal::bureaus(&read.forms, roster, file, bureau);
            let (wrong, reminders) = proposal::findings(&bureaus, roster, file);
            problems.extend(wrong);
            let mut after = roster.clone();
            for (form, bureau) in &bureaus {
                after = crate::domain::roster::form::merge(&after, *bureau, form);
            }
            (problems, reminders, losses(roster, &after))
        }
        None => {
            println!("还没有正式名册，只查表格本身。");
            let (problems, reminders) = proposal::alone(&read.forms, file);
            (problems, reminders, Vec::new())
        }
    };
    for reminder in read.reminders.iter().chain(&reminders) {
        println!("提醒：{reminder}");
    }
    if problems.is_empty() {
        for loss in &losses {
            let grave = if loss.needs_force() {
                "（导入时要加 --force）"
            } else {
                ""
            };
            println!("注意：{}{grave}", sentences::loss(loss));
        }
    }
    Ok(count(&problems))
}

fn count(problems: &[CellProblem]) -> u8 {
    for problem in problems {
        println!("{problem}");
    }
    match problems.len() {
        0 => println!("没有要改的地方，可以导入。"),
        several => println!("共 {several} 处要改。"),
    }
    u8::from(!problems.is_empty())
}

/// What is missing of people: no mobile, no landline, no exam date.
fn people(roster: &Roster, bureau: Option<&str>) -> Vec<String> {
    let mut said = Vec::new();
    for bureau in roster
        .bureaus
        .iter()
        .filter(|one| bureau.is_none_or(|name| one.name == name))
    {
        for person in roster.helpers_of(bureau.id) {
            let who = format!("{}{}", bureau.name, person.name);
            if person.mobile.is_none() {
                said.push(format!("{who} 没有联系电话，只能用一次性链接认领身份"));
            }
            if person.landline.is_none() {
                said.push(format!("{who} 没有固定电话，公开名单上这一栏是空的"));
            }
            if person.is_reviewer() && person.passed_on().is_none() {
                said.push(format!("审核员{who} 没有考核合格日期，请在名册 YAML 的 passed_on 里补"));
            }
        }
    }
    said
}

async fn in_use(config: &Config, wanted: Option<&str>) -> anyhow::Result<u8> {
    let db = super::super::open(config).await?;
    let Some((roster, _)) = real_roster(&db).await? else {
        println!("还没有正式名册。请导入：bangban roster import 名册.yaml");
        return Ok(1);
    };
    let name = match wanted {
        None => None,
        Some(name) => match roster.bureau_named(name) {
            Some(bureau) => Some(bureau.name.as_str()),
            None => {
                println!("名册里没有单位“{name}”");
                return Ok(1);
            }
        },
    };
    let shown = |bureau| name.is_none_or(|name| roster.bureau(bureau).is_some_and(|bureau| bureau.name == name));
    for shortfall in roster.shortfalls().iter().filter(|shortfall| shown(shortfall.bureau)) {
        println!("提醒：{}", shortfall_said(&roster, shortfall));
    }
    for reminder in people(&roster, name) {
        println!("提醒：{reminder}");
    }
    let missing = submissions(config, &db, &roster, name).await?;
    db.close().await;
    if missing > 0 {
        println!("{missing} 个单位逾期没有报送情况表。导入：bangban roster import 情况表.xlsx --bureau 单位 --apply");
    }
    // Only a deadline that the city set makes it a problem; the document's own day is a reminder.
    Ok(u8::from(missing > 0 && config.roster_deadline.is_some()))
}

/// Each bureau against the deadline; says how many are overdue.
async fn submissions(config: &Config, db: &Db, roster: &Roster, only: Option<&str>) -> anyhow::Result<usize> {
    let today = super::super::faq::today(config);
    let deadline = config
        .roster_deadline
        .map_or_else(|| Deadline::of_year(today.year()), |due| Deadline { due });
    println!("报送情况（截止 {}）：", deadline.due);
    let mut tx = db.read().await?;
    let mut overdue = 0;
    // The city bureau is the one they hand it in to.
    let wanted = |one: &&Bureau| !one.city && only.is_none_or(|name| one.name == name);
    for bureau in roster.bureaus.iter().filter(wanted) {
        let handed_in: Vec<jiff::civil::Date> = tx
            .submissions(bureau.id)
            .await?
            .iter()
            .map(|one| zone::day(&config.timezone, Millis(one.at)))
            .collect();
        let state = deadline.state(&handed_in, today);
        let said = match state {
            Submission::InTime { first, last } if first == last => format!("已按时报送（{first}）"),
            Submission::InTime { first, last } => format!("已按时报送（{first}，最近一次 {last}）"),
            Submission::Late { first, days } => format!("已报送，迟了 {days} 天（{first}）"),
            Submission::Open { days } => format!("未报送，还有 {days} 天"),
            Submission::Overdue { days } => {
                overdue += 1;
                format!("未报送，已逾期 {days} 天")
            }
        };
        println!("  {}  {said}", bureau.name);
    }
    Ok(overdue)
}
