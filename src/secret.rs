//! Secrets that links and cookies carry: made from the machine's randomness, kept only as their SHA-256.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// A new secret of 128 bits, as 32 characters that a link may carry.
pub fn new() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(hex(&bytes))
}

/// What is kept of a secret: the hexadecimal SHA-256.
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
