//! What is asked of the operating system: that nobody else reads what the program writes, how many files it may have, who
//! works at the command line.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use rustix::fs::Mode;
use rustix::process::{Resource, getrlimit, setrlimit, umask};

/// What others may do with a file, of its mode.
const OTHERS: u32 = 0o077;
const UNKNOWN: u64 = 1024;

/// From now on what the program writes is for its owner alone, unless it says otherwise.
pub fn keep_private() {
    umask(Mode::RWXG | Mode::RWXO);
}

/// How many files the program may have open: as many as the system allows it to ask for.
pub fn files() -> u64 {
    let limit = getrlimit(Resource::Nofile);
    let most = rustix::process::Rlimit {
        current: limit.maximum,
        maximum: limit.maximum,
    };
    // Where it may not be raised it stays as it is.
    let _ = setrlimit(Resource::Nofile, most);
    getrlimit(Resource::Nofile).current.unwrap_or(UNKNOWN)
}

/// The mode of a file or folder that others may read or change; none if it is its owner's alone, or not there.
pub fn open_to_others(path: &Path) -> Option<u32> {
    let mode = fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & OTHERS != 0).then_some(mode)
}

/// Takes from others what they may do with a file or folder.
pub fn close_to_others(path: &Path) -> std::io::Result<()> {
    let mode = fs::metadata(path)?.permissions().mode();
    fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o777 & !OTHERS))
}

/// Lets everybody read a file, or a folder with what is in it.
pub fn open_to_readers(path: &Path) -> std::io::Result<()> {
    let mode = if path.is_dir() { 0o755 } else { 0o644 };
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// Bytes of the disk under a folder that are free for the program.
pub fn free_disk(folder: &Path) -> std::io::Result<u64> {
    let disk = rustix::fs::statvfs(folder)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// Bytes of memory that the program holds; none where the system does not say.
pub fn memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let held = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = held.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes << 10)
}

/// Who works at the command line, as far as the system says.
pub fn operator() -> String {
    std::env::var("USER").unwrap_or_else(|_| "operator".to_owned())
}

/// What this machine is called; empty where it does not say.
pub fn machine() -> String {
    let name = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    name.trim().to_owned()
}
