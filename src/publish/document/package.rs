//! The parts of a document in one file. No time of day in it: the same parts give the same bytes.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Why the parts could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    #[error(transparent)]
    Zip(#[from] zip::result::ZipError),
    #[error(transparent)]
    Write(#[from] std::io::Error),
}

/// One part: its place in the package and its text.
pub struct Part {
    pub path: &'static str,
    pub text: String,
}

/// The package.
pub fn bytes(parts: &[Part]) -> Result<Vec<u8>, DocumentError> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        writer.start_file(part.path, options)?;
        writer.write_all(part.text.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}
