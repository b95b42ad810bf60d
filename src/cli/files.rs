//! Writing files for people: whole or not at all, and never over what somebody else put there.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, bail};

use crate::system;

/// Who may read a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    Owner,
    Anyone,
}

/// Writes a file whole or not at all; one that is there is kept unless it is expressly replaced.
pub fn put(path: &Path, bytes: &[u8], force: bool, readers: Readers) -> anyhow::Result<()> {
    if !force && path.exists() {
        bail!("{} 已经在了，没有覆盖。请换个名字，或加 --force。", path.display());
    }
    let say = || format!("{} 写不了，请检查目录的写权限和剩余空间", path.display());
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}", std::process::id()));
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    // Nothing the program writes is for others unless it is said: here it is.
    let written = written.and_then(|()| match readers {
        Readers::Owner => Ok(()),
        Readers::Anyone => system::open_to_readers(Path::new(&beside)),
    });
    let done = written.and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        // Nothing half written stays behind; that it may not be there is fine.
        let _ = fs::remove_file(&beside);
    }
    done.with_context(say)
}

/// Makes a folder for what everybody may read; one that is there is left as it is.
pub fn folder(path: &Path) -> anyhow::Result<()> {
    if path.is_dir() || path.as_os_str().is_empty() {
        return Ok(());
    }
    let say = || format!("目录 {} 建不了，请检查上级目录的写权限", path.display());
    if let Some(above) = path.parent() {
        folder(above)?;
    }
    fs::create_dir_all(path)
        .and_then(|()| system::open_to_readers(path))
        .with_context(say)
}
