//! What is pressed about an edition on its way, done through the desk's use cases and answered in words.

use serde::Deserialize;

use crate::clock::Millis;
use crate::desk::list::approval::{self, Word};
use crate::desk::list::publishing::{self, By, Drafting, NotDone};
use crate::desk::{DeskError, Result as Done};
use crate::domain::list::publication::{NotTaken, Publication, Way};
use crate::domain::time::zone;
use crate::official_account;
use crate::publish::article;
use crate::store::{StoreError, Tx};
use crate::web::Web;
use crate::web::console::answered::Said;
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

const QUICKER: &str = "这一期刚被别人动过，这次什么也没有改。请看一眼现在的样子再定。";

/// What a form of the page sends.
#[derive(Deserialize)]
pub struct Wanted {
    act: String,
    pub edition: u32,
    /// Which draft; drafting is about all of them.
    #[serde(default)]
    pub part: u32,
    /// The draft's version, as it was seen.
    #[serde(default)]
    version: i64,
    /// The versions of all drafts of the edition, as they were seen.
    #[serde(default)]
    seen: String,
    /// Where a person published it, and when: `2026-03-01T10:00`.
    #[serde(default)]
    pub url: String,
    #[serde(default)]
    pub at: String,
    /// Said on purpose.
    #[serde(default)]
    sure: String,
}

/// Does what a form wants, and says what came of it.
pub async fn done(web: &Web, staff: &Staff, wanted: &Wanted) -> Result<Said, Failure> {
    if wanted.act == "draft" {
        return drafted(web, staff, wanted).await;
    }
    if wanted.act == "approve-all" {
        return all_approved(web, staff, wanted).await;
    }
    let mut tx = web.desk.db.begin().await?;
    let seen = publishing::seen(&mut tx, wanted.edition, wanted.part, wanted.version).await?;
    let publication = match seen {
        Ok(found) => found.ok_or(Failure::nothing())?,
        Err(why) => return Ok(Said::refused(&refused(&why))),
    };
    let line = match wanted.act.as_str() {
        "approve" | "unapprove" => decided(web, staff, &mut tx, wanted, publication).await?,
        "publish" | "record" | "unpublished" => moved(web, staff, &mut tx, wanted, publication).await?,
        _ => return Err(Failure::nothing()),
    };
    match line {
        Ok(line) => {
            tx.commit().await?;
            Ok(told(line))
        }
        Err(why) => Ok(Said::refused(&why)),
    }
}

/// Agrees to every draft of an edition that waits for it, all of them or none.
async fn all_approved(web: &Web, staff: &Staff, wanted: &Wanted) -> Result<Said, Failure> {
    let (way, now) = (web.desk.config.official_account.mode, web.desk.clock.now());
    let mut tx = web.desk.db.begin().await?;
    let made_by = tx.edition_made_by(wanted.edition).await?.unwrap_or_default();
    let there = tx.publications_of(wanted.edition).await?;
    let seen: Vec<String> = there.iter().map(|one| one.version.to_string()).collect();
    if seen.join(" ") != wanted.seen {
        return Ok(Said::refused(QUICKER));
    }
    let mut lines = Vec::new();
    for publication in there {
        match publication.approved(&staff.person, &made_by, way, now) {
            Err(NotTaken::State) => continue,
            Ok(_) | Err(NotTaken::Own | NotTaken::NoApprover) => {}
        }
        match decided(web, staff, &mut tx, wanted, publication).await? {
            Ok(line) => lines.push(line),
            Err(why) => return Ok(Said::refused(&why)),
        }
    }
    if lines.is_empty() {
        return Ok(Said::refused(QUICKER));
    }
    tx.commit().await?;
    Ok(Said { lines, refused: false })
}

fn told(line: String) -> Said {
    Said {
        lines: vec![line],
        refused: false,
    }
}

/// What to say, or why nothing may be committed.
type Line = Result<String, String>;

async fn decided(
    web: &Web,
    staff: &Staff,
    tx: &mut Tx,
    wanted: &Wanted,
    publication: Publication,
) -> Result<Line, Failure> {
    let (way, now) = (web.desk.config.official_account.mode, web.desk.clock.now());
    let (name, word) = (publication.name(), (&staff.person, Word::Own));
    let agrees = wanted.act != "unapprove";
    let done = match agrees {
        true => approval::approve(tx, publication, word, way, now).await,
        false => approval::unapprove(tx, publication, word, now).await,
    };
    Ok(match done {
        Ok(Ok(_)) if agrees => Ok(format!("{name}已由您同意发布。")),
        Ok(Ok(_)) => Ok(format!("{name}的同意已撤回。")),
        Ok(Err(NotTaken::Own)) => Err("这是您自己冻结或存的草稿，请换一位市局审批。".to_owned()),
        Ok(Err(NotTaken::NoApprover)) => Err("同意和撤回由市局审批来做。".to_owned()),
        Ok(Err(NotTaken::State)) | Err(DeskError::Store(StoreError::Stale)) => Err(QUICKER.to_owned()),
        Err(DeskError::Store(error)) => return Err(error.into()),
    })
}

async fn moved(
    web: &Web,
    staff: &Staff,
    tx: &mut Tx,
    wanted: &Wanted,
    publication: Publication,
) -> Result<Line, Failure> {
    let (way, now) = (web.desk.config.official_account.mode, web.desk.clock.now());
    let (name, by) = (publication.name(), By::Person(&staff.person));
    let (moved, line) = match wanted.act.as_str() {
        "publish" => {
            let moved = publishing::publish(tx, publication, by, way, now).await?;
            (moved, format!("{name}马上提交给公众号，结果会出现在这里。"))
        }
        "record" => {
            let Some(at) = moment(web, &wanted.at) else {
                return Ok(Err("发表时间请写成 2026-03-01 10:00，还没有记。".to_owned()));
            };
            let moved = publishing::record(tx, publication, (wanted.url.trim(), at), by, now).await?;
            (moved, format!("{name}的网址和发表时间记下了。"))
        }
        _ if wanted.sure != "yes" => {
            return Ok(Err("请先到公众平台看过，勾上“确实没有发表”再按。".to_owned()));
        }
        _ => {
            let moved = publishing::unpublished(tx, publication, by, now).await?;
            (moved, format!("{name}记为没有发表，同意仍在，可以再发布一次。"))
        }
    };
    Ok(moved.map(|_| line).map_err(|why| refused(&why)))
}

/// Makes or renews the drafts of an edition.
async fn drafted(web: &Web, staff: &Staff, wanted: &Wanted) -> Result<Said, Failure> {
    let config = &web.desk.config;
    let mut tx = web.desk.db.read().await?;
    let edition = tx.edition(wanted.edition).await?.ok_or(Failure::nothing())?;
    let there = tx.publications_of(wanted.edition).await?;
    drop(tx);
    let seen: Vec<String> = there.iter().map(|one| one.version.to_string()).collect();
    if seen.join(" ") != wanted.seen {
        return Ok(Said::refused(QUICKER));
    }
    let drafts = match article::drafts(&edition, &official_account::look(&config.official_account)) {
        Ok(drafts) => drafts,
        Err(why) => return Ok(Said::refused(&format!("{}排不成公众号文章：{why}", edition.name()))),
    };
    let publisher = match official_account::publisher(&web.desk.db, &web.desk.clock, config) {
        Ok(publisher) => publisher,
        Err(error) => {
            tracing::warn!("official account: {error:#}");
            let lacks = "公众号还没有设好，存不了草稿。请市局管理员看 bangban.toml 的 [official_account]，或运行 bangban check。";
            return Ok(Said::refused(lacks));
        }
    };
    let redrawn = match &publisher {
        Some(publisher) => publisher.redrawn(&there).await?,
        None => Vec::new(),
    };
    let drafting = Drafting {
        edition: edition.number,
        drafts,
        redrawn,
        way: config.official_account.mode,
        again: wanted.sure == "yes",
    };
    let (by, now) = (By::Person(&staff.person), web.desk.clock.now());
    let mut tx = web.desk.db.begin().await?;
    let made: Done<_> = publishing::draft(&mut tx, drafting, by, now).await;
    match made? {
        Ok(()) => tx.commit().await?,
        Err(why) => return Ok(Said::refused(&refused(&why))),
    }
    Ok(told(match config.official_account.mode {
        Way::Api | Way::Draft => format!("{}正在存草稿，好了会出现在这里。", edition.name()),
        Way::Files => format!("{}的文章备好了，请另一位市局审批看过后同意。", edition.name()),
    }))
}

/// A local time as a form's field or a hand writes it.
fn moment(web: &Web, written: &str) -> Option<Millis> {
    let plain = written.trim().replace('T', " ");
    let at = jiff::civil::DateTime::strptime("%Y-%m-%d %H:%M", plain.get(..16).unwrap_or(&plain)).ok()?;
    zone::moment(&web.desk.config.timezone, at)
}

/// Why nothing was done, and what to do.
fn refused(why: &NotDone) -> String {
    match why {
        NotDone::NotAKeeper => "公众号由市局编辑和审批来管。".to_owned(),
        NotDone::Changed => QUICKER.to_owned(),
        NotDone::Parts { before, now } => format!(
            "这一期以前分成 {before} 组，现在要分成 {now} 组，没有改。请市局管理员把 title、content_limit 改回原来的。"
        ),
        NotDone::Articles { name, before, now } => {
            format!("{name}的草稿有 {before} 篇，现在要 {now} 篇，不能更新。请在公众平台删掉草稿再来。")
        }
        NotDone::Failed { name, why } => {
            format!("{name}没有发布成：{why}。请先在公众平台上看清楚，再重新存草稿。")
        }
        NotDone::State { name, state } => format!("{name}{}，现在不能这样做。", state.chinese()),
        NotDone::ByHand => "现在的设置不用接口发布。请在公众平台人工发表，再把网址和时间记下。".to_owned(),
        NotDone::Address => "网址请从公众平台复制，以 https:// 开头，中间没有空格；还没有记。".to_owned(),
        NotDone::NotYet => "发表时间还没有到。请写实际发表的时间，还没有记。".to_owned(),
    }
}
