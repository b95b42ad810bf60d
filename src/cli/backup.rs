//! `bangban backup` and `bangban restore`: a copy of the database while it is in use, and bringing one back without saying
//! anything a second time.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::domain::time::zone;
use crate::setup;
use crate::store::backup::{BACKED_UP, LaidToRest};
use crate::store::{Db, sqlite_file};

/// The list taken apart, which is made anew from the database.
const KEPT: &str = "edition";

/// Writes a copy into `to`, which must not be there.
pub async fn backup(config: &Config, to: &Path) -> anyhow::Result<u8> {
    if to.exists() {
        bail!("{} 已经有了，没有覆盖。请换一个文件名。", to.display());
    }
    let db = super::open(config).await?;
    // Under another name until it is whole and on the disk.
    let part = with_ending(to, ".part");
    let _ = std::fs::remove_file(&part);
    let begun = Clock::System.now();
    let copied = db.copy_into(&part).await;
    if !copied.with_context(|| format!("{} 写不了", to.display()))? {
        println!(
            "PostgreSQL 请用它自己的工具：pg_dump -Fc -f 文件 数据库；恢复用 pg_restore，然后运行 bangban restore（不写文件名）。"
        );
        db.close().await;
        return Ok(1);
    }
    let file = std::fs::File::open(&part)?;
    file.sync_all()?;
    std::fs::rename(&part, to)?;
    let noted = note(&db, begun).await;
    db.close().await;
    if noted.is_err() {
        println!("备份好了，但没能记下时间，“系统”那一页还显示上一次的。");
    }
    let size = std::fs::metadata(to)?.len();
    println!(
        "已备份到 {}（{} KB）。图片在数据目录的 media/，另外复制。",
        to.display(),
        size / 1024
    );
    println!("备份里有群里的问题，请和数据库一样保管。");
    Ok(0)
}

/// Notes when the newest copy was made, for the page that tells of it.
async fn note(db: &Db, at: Millis) -> anyhow::Result<()> {
    let mut tx = db.begin().await?;
    tx.set_note(BACKED_UP, &at.0.to_string()).await?;
    Ok(tx.commit().await?)
}

/// Puts `from` in the place of the database, which is kept beside it; without a file, only does what has to follow in a
/// database that other tools brought back. Refused while `serve` runs.
pub async fn restore(config: &Config, from: Option<&Path>) -> anyhow::Result<u8> {
    setup::data_folder(config)?;
    let _hold = setup::hold(config)?;
    let now = Clock::System.now();
    let rested = match (from, sqlite_file(&setup::database_url(config))) {
        (Some(from), Some(file)) => put_in_place(config, from, &file, now).await?,
        (Some(_), None) => bail!("PostgreSQL 请先用 pg_restore 恢复，然后运行 bangban restore（不写文件名）。"),
        (None, _) => {
            let db = setup::open_database(config).await?;
            let rested = rest(&db, now).await;
            db.close().await;
            rested?
        }
    };
    let kept = config.data.join(KEPT);
    if kept.exists() {
        std::fs::remove_dir_all(&kept).with_context(|| format!("{} 删不掉", kept.display()))?;
    }
    let LaidToRest { owed, heard, ways_in } = rested;
    println!("已恢复。以前要发的 {owed} 条不再自动发，启动后请帮办员核对；没处理的 {heard} 条放在一边。");
    println!("工作人员的登录和没用过的链接（{ways_in} 个）都已作废，请用 bangban link 重新给。");
    Ok(0)
}

/// The copy is made ready under another name: until it is, the database stays as it was.
async fn put_in_place(config: &Config, from: &Path, file: &Path, now: Millis) -> anyhow::Result<LaidToRest> {
    let fresh = with_ending(file, ".new");
    remove_all(&fresh)?;
    std::fs::copy(from, &fresh).with_context(|| format!("{} 读不了", from.display()))?;
    let ready = async {
        let db = Db::open(&format!("sqlite:{}", fresh.display())).await?;
        let rested = match db.look_through().await {
            Ok(()) => rest(&db, now).await,
            Err(error) => Err(error.into()),
        };
        db.close().await;
        rested
    };
    let rested = match ready.await {
        Ok(rested) => rested,
        Err(error) => {
            remove_all(&fresh)?;
            bail!("{} 不是完好的备份，现在的数据库没有动：{error:#}", from.display());
        }
    };
    let day = zone::local(&config.timezone, now).strftime("%Y%m%d-%H%M%S").to_string();
    let old = with_ending(file, &format!(".before-{day}"));
    for ending in ["", "-wal", "-shm"] {
        let part = with_ending(file, ending);
        if part.exists() {
            std::fs::rename(&part, with_ending(&old, ending))?;
        }
    }
    std::fs::rename(&fresh, file)?;
    if old.exists() {
        println!("原来的数据库改名为 {}，确认没问题后再删。", old.display());
    }
    Ok(rested)
}

async fn rest(db: &Db, now: Millis) -> anyhow::Result<LaidToRest> {
    let mut tx = db.begin().await?;
    let rested = tx.lay_to_rest(now).await?;
    let note = format!(
        "owed {}, heard {}, ways in {}",
        rested.owed, rested.heard, rested.ways_in
    );
    tx.audit(None, "restored", "database", &note, now).await?;
    tx.commit().await?;
    Ok(rested)
}

fn remove_all(file: &Path) -> std::io::Result<()> {
    for ending in ["", "-wal", "-shm", "-journal"] {
        match std::fs::remove_file(with_ending(file, ending)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
