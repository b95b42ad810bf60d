//! Writing the roster: the official form and the whole YAML, which hold mobile numbers and are readable by their owner
//! only; and the public list, whose type cannot hold one.

use std::path::Path;

use anyhow::{Context as _, bail};

use super::super::files::{Readers, put};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::roster::form;
use crate::domain::roster::people::{Bureau, PublicHelper, Roster};
use crate::roster::{annex, written};
use crate::system;
use crate::workbook::{self, Block, Look, Page, Paper};

const HEAD: [&str; 4] = ["单位", "窗口（所）", "姓名", "固定电话"];

/// `roster export`: .xlsx is the official form, .yaml the whole roster.
pub async fn export(config: &Config, bureau: Option<&str>, to: &Path, force: bool) -> anyhow::Result<u8> {
    let roster = roster(config).await?;
    let wanted = wanted(&roster, bureau)?;
    let (bytes, what) = match extension(to).as_str() {
        "xlsx" => {
            let forms = wanted.iter().filter_map(|bureau| form::of(&roster, bureau.id));
            let pages: Vec<Page> = forms.map(|form| annex::page(&form)).collect();
            (workbook::bytes(&pages)?, format!("{} 个单位的情况表", pages.len()))
        }
        "yaml" | "yml" if bureau.is_some() => {
            eprintln!("用法不对：YAML 是整本名册，不能只导出一个单位；请去掉 --bureau");
            return Ok(2);
        }
        "yaml" | "yml" => {
            let text = written::yaml(&roster, Clock::System.now(), &config.timezone).map_err(anyhow::Error::msg)?;
            (text.into_bytes(), "整本名册".to_owned())
        }
        _ => {
            eprintln!("用法不对：--to 的文件名应以 .xlsx（情况表）或 .yaml（整本名册）结尾");
            return Ok(2);
        }
    };
    put(to, &bytes, force, Readers::Owner)?;
    note(config, bureau).await?;
    println!("已导出{what}到 {}。里面有手机号，请只报送、不公开。", to.display());
    Ok(0)
}

/// Who took the numbers out, and of whom.
async fn note(config: &Config, bureau: Option<&str>) -> anyhow::Result<()> {
    let db = super::super::open(config).await?;
    let mut tx = db.begin().await?;
    let whole = bureau.unwrap_or("all");
    tx.audit(None, "roster_exported", whole, &system::operator(), Clock::System.now())
        .await?;
    tx.commit().await?;
    db.close().await;
    Ok(())
}

/// `roster public`: names and landlines of helpers (许工商〔2018〕103号 四(三)).
pub async fn public(config: &Config, bureau: Option<&str>, to: Option<&Path>, force: bool) -> anyhow::Result<u8> {
    let roster = roster(config).await?;
    let wanted = wanted(&roster, bureau)?;
    let listed = |helper: &PublicHelper| wanted.iter().any(|bureau| bureau.name == helper.bureau);
    let list: Vec<PublicHelper> = roster.public_list().into_iter().filter(listed).collect();
    let Some(to) = to else {
        print!("{}", table(&list));
        return Ok(0);
    };
    let bytes = match extension(to).as_str() {
        "md" => table(&list).into_bytes(),
        "csv" => csv(&list).into_bytes(),
        "xlsx" => workbook::bytes(&[sheet(&list)])?,
        _ => {
            eprintln!("用法不对：--to 的文件名应以 .xlsx、.csv 或 .md 结尾");
            return Ok(2);
        }
    };
    put(to, &bytes, force, Readers::Anyone)?;
    println!("已写出 {} 名帮办员的公开名单到 {}。", list.len(), to.display());
    Ok(0)
}

async fn roster(config: &Config) -> anyhow::Result<Roster> {
    let db = super::super::open(config).await?;
    let mut tx = db.read().await?;
    let roster = tx.roster().await?;
    drop(tx);
    db.close().await;
    if roster.bureaus.is_empty() {
        bail!("还没有名册。请先导入：bangban roster import 文件");
    }
    Ok(roster)
}

fn wanted<'a>(roster: &'a Roster, bureau: Option<&str>) -> anyhow::Result<Vec<&'a Bureau>> {
    let Some(name) = bureau else {
        return Ok(roster.bureaus.iter().collect());
    };
    let names: Vec<&str> = roster.bureaus.iter().map(|bureau| bureau.name.as_str()).collect();
    let found = roster.bureau_named(name);
    let say = || format!("名册里没有单位“{name}”；现有：{}", names.join("、"));
    Ok(vec![found.with_context(say)?])
}

fn extension(path: &Path) -> String {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.unwrap_or_default().to_ascii_lowercase()
}

fn rows(list: &[PublicHelper]) -> impl Iterator<Item = [&str; 4]> {
    list.iter().map(|helper| {
        let landline = helper.landline.as_ref().map_or("", |landline| landline.as_str());
        [
            helper.bureau.as_str(),
            helper.office.as_str(),
            helper.name.as_str(),
            landline,
        ]
    })
}

fn table(list: &[PublicHelper]) -> String {
    let mut text = format!("| {} |\n|---|---|---|---|\n", HEAD.join(" | "));
    for row in rows(list) {
        text.push_str(&format!(
            "| {} |\n",
            row.map(|cell| cell.replace('|', "｜")).join(" | ")
        ));
    }
    text
}

/// With the mark by which Excel knows UTF-8; nothing that Excel would compute.
fn csv(list: &[PublicHelper]) -> String {
    let cell = |text: &str| {
        let text = text.replace('"', "\"\"");
        let computes = text.starts_with(['=', '+', '-', '@', '\t']);
        if computes {
            format!("\"'{text}\"")
        } else {
            format!("\"{text}\"")
        }
    };
    let mut text = String::from("\u{feff}");
    for row in std::iter::once(HEAD).chain(rows(list)) {
        text.push_str(&row.map(cell).join(","));
        text.push_str("\r\n");
    }
    text
}

fn sheet(list: &[PublicHelper]) -> Page {
    let mut blocks = Vec::new();
    for (row, cells) in (0..).zip(std::iter::once(HEAD).chain(rows(list))) {
        for (column, text) in (0..).zip(cells) {
            blocks.push(Block {
                from: (row, column),
                to: (row, column),
                text: text.to_owned(),
                look: if row == 0 { Look::Head } else { Look::Body },
            });
        }
    }
    Page {
        name: "帮办员公开名单".to_owned(),
        widths: vec![18.0, 20.0, 12.0, 20.0],
        blocks,
        head_rows: 1,
        paper: Paper::Upright,
    }
}
