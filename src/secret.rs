//! Secrets that links and cookies carry: made from the machine's randomness, kept only as their SHA-256.

use sha2::{Digest, Sha256};

/// A new secret of 128 bits, as 32 characters that a link may carry.
pub fn new() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(hex::encode(bytes))
}

/// Whether this could be a secret.
pub fn has_form(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// What is kept of a secret: the hexadecimal SHA-256.
pub fn hash(secret: impl AsRef<[u8]>) -> String {
    hex::encode(Sha256::digest(secret))
}
