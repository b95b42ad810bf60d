//! The package a workbook comes in (ECMA-376 part 2): unpacked within bounds, its parts named as the standard has it,
//! and what of its sheets is hidden. The XLSX crate reads neither, so the tags that say it are looked for here.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;

use super::{MAX_COLUMNS, MAX_PARTS, MAX_ROWS, MAX_UNPACKED, WorkbookError};

/// Names and contents of the parts.
pub struct Package(BTreeMap<String, Vec<u8>>);

/// Rows and columns of a sheet that are hidden, filtered away or of no height or width; from 0.
#[derive(Debug, Default)]
pub struct Hidden {
    pub rows: BTreeSet<u32>,
    pub columns: BTreeSet<u32>,
}

impl Package {
    /// Unpacks every part: what a package says of its own size proves nothing. Part names and the references to them
    /// with backslashes, as some programs write them, are read as Excel and WPS read them.
    pub fn unpack(bytes: &[u8], path: &Path) -> Result<Package, WorkbookError> {
        let mut package = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(path, error))?;
        let bomb = || WorkbookError::Bomb {
            file: path.to_path_buf(),
        };
        if package.len() > MAX_PARTS {
            return Err(bomb());
        }
        let mut parts = BTreeMap::new();
        let mut left = MAX_UNPACKED + 1;
        for index in 0..package.len() {
            let mut part = package.by_index(index).map_err(|error| broken(path, error))?;
            let name = part.name().map_err(|error| broken(path, error))?.replace('\\', "/");
            let name = name.trim_start_matches("./").trim_start_matches('/').to_owned();
            let mut content = Vec::new();
            let unpacked = part.by_ref().take(left).read_to_end(&mut content);
            left -= (unpacked.map_err(|error| broken(path, error))? as u64).min(left);
            if left == 0 {
                return Err(bomb());
            }
            if name.ends_with(".rels") || name == "[Content_Types].xml" {
                content
                    .iter_mut()
                    .filter(|byte| **byte == b'\\')
                    .for_each(|byte| *byte = b'/');
            }
            if !name.ends_with('/') {
                parts.insert(name, content);
            }
        }
        // .ods and .docx are packages too.
        if !parts.keys().any(|name| name.starts_with("xl/")) {
            return Err(WorkbookError::NotAWorkbook {
                file: path.to_path_buf(),
            });
        }
        Ok(Package(parts))
    }

    /// The package again, without the sizes sheets say they have: they are often wrong and nobody needs them.
    pub fn packed(&self, path: &Path) -> Result<Vec<u8>, WorkbookError> {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        for (name, content) in &self.0 {
            out.start_file(name.as_str(), stored)
                .map_err(|error| broken(path, error))?;
            let content = match name.starts_with("xl/worksheets/") {
                true => without_size(content),
                false => content.clone(),
            };
            out.write_all(&content).map_err(|error| broken(path, error))?;
        }
        let packed = out.finish().map_err(|error| broken(path, error))?;
        Ok(packed.into_inner())
    }

    /// What is hidden of the sheet of this name.
    pub fn hidden(&self, sheet: &str) -> Hidden {
        let Some(text) = self.sheet(sheet) else {
            return Hidden::default();
        };
        let mut hidden = Hidden::default();
        let (mut next, mut rows_hidden) = (0, false);
        for tag in tags(&text) {
            match tag.name {
                "sheetFormatPr" => rows_hidden = tag.is_true("zeroHeight"),
                "col" if tag.is_true("hidden") || tag.is_zero("width") => {
                    let from = tag.number("min").unwrap_or(1).saturating_sub(1);
                    let to = tag.number("max").unwrap_or(from + 1).min(MAX_COLUMNS);
                    hidden.columns.extend(from..to);
                }
                "row" => {
                    let row = tag.number("r").map_or(next, |row| row.saturating_sub(1));
                    next = row.saturating_add(1);
                    let by_default = rows_hidden && tag.value("ht").is_none() && tag.value("hidden").is_none();
                    if row < MAX_ROWS && (tag.is_true("hidden") || tag.is_zero("ht") || by_default) {
                        hidden.rows.insert(row);
                    }
                }
                _ => {}
            }
        }
        hidden
    }

    fn text(&self, name: &str) -> Option<String> {
        let (_, content) = self.0.iter().find(|(part, _)| part.eq_ignore_ascii_case(name))?;
        Some(String::from_utf8_lossy(content).into_owned())
    }

    /// The XML of the sheet of this name, found through the workbook's relations.
    fn sheet(&self, name: &str) -> Option<String> {
        let book = self.text("xl/workbook.xml")?;
        let id = tags(&book)
            .filter(|tag| tag.name == "sheet")
            .find(|tag| tag.value("name").is_some_and(|found| unescaped(found) == name))
            .and_then(|tag| tag.value("id").map(str::to_owned))?;
        let relations = self.text("xl/_rels/workbook.xml.rels")?;
        let target = tags(&relations)
            .find(|tag| tag.name == "Relationship" && tag.value("Id") == Some(id.as_str()))
            .and_then(|tag| tag.value("Target").map(unescaped))?;
        match target.strip_prefix('/') {
            Some(whole) => self.text(whole),
            None => self.text(&format!("xl/{target}")),
        }
    }
}

/// A start tag: its name and its attributes as written, without prefixes.
struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
}

impl<'a> Tag<'a> {
    fn value(&self, wanted: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        while let Some((name, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, left) = after[1..].split_once(quote)?;
            if name.trim().rsplit(':').next() == Some(wanted) {
                return Some(value);
            }
            rest = left;
        }
        None
    }

    fn number(&self, wanted: &str) -> Option<u32> {
        self.value(wanted)?.trim().parse().ok()
    }

    fn is_true(&self, wanted: &str) -> bool {
        matches!(self.value(wanted), Some("1" | "true"))
    }

    fn is_zero(&self, wanted: &str) -> bool {
        self.value(wanted).and_then(|value| value.trim().parse::<f64>().ok()) == Some(0.0)
    }
}

/// The start tags of an XML text, one behind the other; comments and what is quoted hold none.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('<')? + 1..];
            for (begins, ends) in [("!--", "-->"), ("![CDATA[", "]]>")] {
                if rest.starts_with(begins) {
                    rest = &rest[rest.find(ends)?..];
                }
            }
            if rest.starts_with(['/', '!', '?']) || rest.starts_with("-->") || rest.starts_with("]]>") {
                continue;
            }
            let mut quote = None;
            let end = rest.find(|c| match (quote, c) {
                (None, '"' | '\'') => {
                    quote = Some(c);
                    false
                }
                (Some(open), c) if open == c => {
                    quote = None;
                    false
                }
                (None, '>') => true,
                _ => false,
            })?;
            let tag = rest[..end].trim_end_matches('/');
            rest = &rest[end..];
            let (name, attributes) = tag.split_once(char::is_whitespace).unwrap_or((tag, ""));
            return Some(Tag {
                name: name.rsplit(':').next().unwrap_or(name),
                attributes,
            });
        }
    })
}

fn unescaped(value: &str) -> String {
    let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'")];
    let mut text = value.to_owned();
    while let Some((before, after)) = text.split_once("&#") {
        let Some((code, rest)) = after.split_once(';') else {
            break;
        };
        let number = match code.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => code.parse().ok(),
        };
        let Some(c) = number.and_then(char::from_u32) else {
            break;
        };
        text = format!("{before}{c}{rest}");
    }
    let text = plain.iter().fold(text, |text, (code, sign)| text.replace(code, sign));
    text.replace("&amp;", "&")
}

/// A sheet's XML without its `<dimension ref="A1:A1"/>`.
fn without_size(content: &[u8]) -> Vec<u8> {
    let find = |wanted: &[u8], from: usize| {
        let at = content
            .get(from..)?
            .windows(wanted.len())
            .position(|window| window == wanted)?;
        Some(from + at)
    };
    let cut = find(b"dimension ", 0).and_then(|name| {
        let start = content[..name].iter().rposition(|byte| *byte == b'<')?;
        let before_cells = find(b"sheetData", 0).is_none_or(|cells| name < cells);
        let alone = content[start + 1..name]
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b':');
        let end = find(b">", name)?;
        (before_cells && alone && content[end - 1] == b'/').then_some((start, end + 1))
    });
    match cut {
        Some((start, end)) => [&content[..start], &content[end..]].concat(),
        None => content.to_vec(),
    }
}

pub(super) fn broken(path: &Path, source: impl std::error::Error + Send + Sync + 'static) -> WorkbookError {
    WorkbookError::Broken {
        file: path.to_path_buf(),
        source: Box::new(source),
    }
}
