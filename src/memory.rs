//! What the system's allocator does with freed memory. A fit or an import frees a hundred megabytes in many threads, and
//! glibc keeps them: in as many arenas as eight a processor, and in blocks it learns to keep the larger they get.

use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// Read by glibc when a program starts, never later; others ignore them.
const SETTINGS: [(&str, &str); 2] = [
    // Threads share two arenas: what one freed the next one uses.
    ("MALLOC_ARENA_MAX", "2"),
    // Also keeps large blocks apart for ever, so that each is given back at once.
    ("MALLOC_TRIM_THRESHOLD_", "131072"),
];

/// Starts the program again in its place, under the same process id, with an allocator that gives freed memory back.
/// Does nothing where somebody set the allocator, or where it cannot: then the program only takes more room.
pub fn give_back() {
    if SETTINGS.iter().any(|(name, _)| std::env::var_os(name).is_some()) {
        return;
    }
    let Ok(program) = std::env::current_exe() else { return };
    // Comes back only with an error.
    let _ = Command::new(program)
        .args(std::env::args_os().skip(1))
        .envs(SETTINGS)
        .exec();
}
