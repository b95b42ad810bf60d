//! The program; everything is in the library.

/// Gives freed memory back, which glibc does not: it keeps what a fit or an import freed in many threads. How soon stands
/// in `.cargo/config.toml`.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(bangban::cli::run())
}
