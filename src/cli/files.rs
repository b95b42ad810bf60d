//! Writing files for people: whole or not at all, and never over what somebody else put there.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};

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
    options.write(true).create_new(true);
    #[cfg(unix)]
    if readers == Readers::Owner {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let written = options.open(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let done = written.and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        // Nothing half written stays behind; that it may not be there is fine.
        let _ = fs::remove_file(&beside);
    }
    done.with_context(say)
}
