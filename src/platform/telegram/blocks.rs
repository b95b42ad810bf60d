//! A message composed of headings, lists and tables (Bot API 10.1, `rich_message`) as plain text: one block a line, the
//! cells of a row beside each other. Kinds of blocks that do not exist yet are read for the texts in them.

use serde::Deserialize as _;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::alone::Alone;
use super::shape::{Entity, FileRef, Photo, User};
use crate::domain::chat::message::{Media, MediaKind};

/// What blocks say in words.
#[derive(Default)]
pub(super) struct Flat {
    pub text: String,
    /// Marked mentions, as of a plain text.
    pub entities: Vec<Entity>,
    /// Pictures and files in them.
    pub media: Vec<Media>,
    /// There is something else in them that is no text: a map.
    pub more: bool,
    apart: Option<&'static str>,
}

const LINE: &str = "\n";
const BLANK: &str = " ";
const CELL: &str = " | ";
/// What a block says, in the order in which it is shown.
const SHOWN: [&str; 9] = [
    "label",
    "summary",
    "text",
    "expression",
    "items",
    "blocks",
    "cells",
    "caption",
    "credit",
];
/// What a block shows: as what it is kept, and as what it is sent again. A map cannot be.
const MEDIA: [(&str, Option<(MediaKind, Alone)>); 7] = [
    ("photo", Some((MediaKind::Picture, Alone::Photo))),
    ("animation", Some((MediaKind::Video, Alone::Animation))),
    ("audio", Some((MediaKind::File, Alone::Audio))),
    ("video", Some((MediaKind::Video, Alone::Video))),
    ("voice_note", Some((MediaKind::Voice, Alone::Voice))),
    ("document", Some((MediaKind::File, Alone::Document))),
    ("location", None),
];

/// Reads blocks. What is nested deeper than any server allows is not text: only `more` says that it is there.
pub(super) fn flatten(blocks: &RawValue) -> Flat {
    let mut flat = Flat::default();
    match serde_json::from_str(blocks.get()) {
        Ok(value) => flat.block(&value),
        Err(_) => flat.more = true,
    }
    flat.text.truncate(flat.text.trim_end().len());
    flat
}

impl Flat {
    fn block(&mut self, value: &Value) {
        match value {
            Value::Array(blocks) => blocks.iter().for_each(|block| self.block(block)),
            Value::Object(block) => {
                self.line();
                SHOWN.iter().for_each(|key| self.part(key, block));
                for (key, kind) in MEDIA {
                    if let Some(value) = block.get(key) {
                        self.shows(value, kind);
                    }
                }
                let media = |key: &str| MEDIA.iter().any(|(media, _)| *media == key);
                let known = |key: &str| SHOWN.contains(&key) || media(key) || key == "user";
                for (_, value) in block.iter().filter(|(key, _)| !known(key)) {
                    self.block(value);
                }
            }
            Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// Something that is no text, with the largest of its sizes.
    fn shows(&mut self, value: &Value, kind: Option<(MediaKind, Alone)>) {
        let file = match value {
            Value::Array(sizes) => {
                let sizes = sizes.iter().filter_map(|size| Photo::deserialize(size).ok());
                sizes.max_by_key(Photo::area).map(|photo| photo.file)
            }
            file => FileRef::deserialize(file).ok(),
        };
        let Some(((kind, alone), file)) = kind.zip(file) else {
            self.more = true;
            return;
        };
        self.media.push(Media {
            alone: Some(alone.handle(&file.file_id)),
            ..Media::new(kind, file.reference())
        });
    }

    fn part(&mut self, key: &str, block: &Map<String, Value>) {
        match (key, block.get(key)) {
            (_, None) => {}
            ("label", Some(label)) => {
                self.inline(label);
                self.apart = Some(BLANK);
            }
            ("items", Some(Value::Array(items))) => {
                for item in items {
                    self.block(item);
                    self.apart = Some(LINE);
                }
            }
            ("cells", Some(Value::Array(rows))) => rows.iter().for_each(|row| self.row(row)),
            ("blocks" | "items" | "cells", Some(value)) => self.block(value),
            // A table's caption is text, a picture's holds one.
            ("caption", Some(Value::Object(caption))) if !caption.contains_key("type") => {
                self.block(&Value::Object(caption.clone()));
            }
            (_, Some(text)) => {
                self.line();
                self.inline(text);
            }
        }
    }

    fn row(&mut self, row: &Value) {
        self.apart = Some(LINE);
        let cells = row.as_array().map_or(std::slice::from_ref(row), Vec::as_slice);
        for cell in cells {
            self.inline(cell);
            self.apart = Some(CELL);
        }
        self.apart = Some(LINE);
    }

    fn inline(&mut self, text: &Value) {
        match text {
            Value::String(words) => self.push(words),
            Value::Array(parts) => parts.iter().for_each(|part| self.inline(part)),
            Value::Object(part) if part.contains_key("blocks") => self.block(text),
            Value::Object(part) => {
                let shown = ["text", "expression", "alternative_text"];
                let Some(words) = shown.iter().find_map(|key| part.get(*key)) else {
                    return;
                };
                let user: Option<User> = part.get("user").and_then(|user| User::deserialize(user).ok());
                self.set_apart();
                let offset = self.units();
                self.inline(words);
                if user.is_some() {
                    let length = self.units() - offset;
                    let kind = "text_mention".to_owned();
                    self.entities.push(Entity {
                        kind,
                        offset,
                        length,
                        user,
                    });
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn units(&self) -> usize {
        self.text.encode_utf16().count()
    }

    /// A line of its own begins, unless it goes on behind a label.
    fn line(&mut self) {
        if self.apart != Some(BLANK) {
            self.apart = Some(LINE);
        }
    }

    fn push(&mut self, words: &str) {
        if !words.is_empty() {
            self.set_apart();
            self.text.push_str(words);
        }
    }

    fn set_apart(&mut self) {
        let apart = self.apart.take().filter(|_| !self.text.is_empty());
        self.text.push_str(apart.unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(json: &str) -> Flat {
        flatten(serde_json::from_str::<&RawValue>(json).unwrap())
    }

    #[test]
    fn every_kind_of_block_becomes_lines_of_text() {
        let table = [
            (
                r#"{"type":"paragraph","text":"甲"},{"type":"heading","size":1,"text":["乙",{"type":"bold","text":"丙"}]}"#,
                "甲\n乙丙",
            ),
            (
                r#"{"type":"list","items":[{"label":"1.","blocks":[{"type":"paragraph","text":"甲"}]},{"label":"2.","blocks":[{"type":"paragraph","text":"乙"},{"type":"list","items":[{"label":"•","blocks":[{"type":"paragraph","text":"丙"}]}]}]},{"label":"3.","blocks":[]},{"blocks":[{"type":"paragraph","text":"丁"}]}]}"#,
                "1. 甲\n2. 乙\n• 丙\n3.\n丁",
            ),
            (
                r#"{"type":"table","caption":"费用","cells":[[{"text":"项目","is_header":true,"align":"left"},{"text":"金额"}],[{"text":{"type":"italic","text":"公告"}},{"align":"left"},{"text":"0 元"}]]}"#,
                "项目 | 金额\n公告 | 0 元\n费用",
            ),
            (
                r#"{"type":"details","summary":"看这里","blocks":[{"type":"blockquote","blocks":[{"type":"paragraph","text":"甲"}],"credit":"乙"}]}"#,
                "看这里\n甲\n乙",
            ),
            (
                r#"{"type":"paragraph","text":[{"type":"custom_emoji","custom_emoji_id":"5","alternative_text":"👍"},{"type":"mathematical_expression","expression":"x+1"},{"type":"url","text":"网址","url":"https://a"},{"type":"anchor","name":"b"}]}"#,
                "👍x+1网址",
            ),
            (
                r#"{"type":"divider"},{"type":"pre","language":"rust","text":"甲\n乙"},{"type":"footer","text":"丙"},{"type":"mathematical_expression","expression":"y"}"#,
                "甲\n乙\n丙\ny",
            ),
            (
                r#"{"type":"of_tomorrow","lanes":[{"name":"n","text":"甲"},{"blocks":[{"text":"乙"}]}],"colour":"red"}"#,
                "甲\n乙",
            ),
            ("", ""),
        ];
        for (blocks, expected) in table {
            let flat = flat(&format!(r#"{{"blocks":[{blocks}],"is_rtl":true}}"#));
            assert_eq!((flat.text.as_str(), flat.more), (expected, false), "{blocks}");
            assert!(flat.media.is_empty(), "{blocks}");
        }
    }

    #[test]
    fn pictures_and_files_in_blocks_are_kept_to_be_sent_alone() {
        let flat = flat(
            r#"{"blocks":[
            {"type":"collage","blocks":[{"type":"photo","photo":[{"file_id":"s","width":9,"height":9},{"file_id":"L","file_unique_id":"u","width":90,"height":90}],"caption":{"text":"看图","credit":"我"}}],"caption":{"text":"两张"}},
            {"type":"document","document":{"file_id":"d","file_name":"章程.docx"}},
            {"type":"voice_note","voice_note":{"file_id":"v"}}]}"#,
        );
        assert_eq!((flat.text.as_str(), flat.more), ("看图\n我\n两张", false));
        let found: Vec<_> = flat
            .media
            .iter()
            .map(|media| (media.kind, media.reference.as_str(), media.alone.as_deref()))
            .collect();
        assert_eq!(
            found,
            [
                (MediaKind::Picture, "u", Some("photo:L")),
                (MediaKind::File, "d", Some("document:d")),
                (MediaKind::Voice, "v", Some("voice:v")),
            ]
        );
    }

    #[test]
    fn what_cannot_be_sent_again_is_more() {
        for block in [
            r#"{"type":"map","location":{"latitude":34.0,"longitude":113.8},"zoom":3}"#,
            r#"{"type":"photo","photo":[]}"#,
        ] {
            let flat = flat(&format!(r#"{{"blocks":[{block}]}}"#));
            assert!(flat.more && flat.media.is_empty(), "{block}");
        }
        let deep = format!("{}1{}", "[".repeat(500), "]".repeat(500));
        let raw = RawValue::from_string(deep).unwrap();
        assert!(flatten(&raw).more);
    }

    #[test]
    fn a_marked_mention_is_found_where_it_stands() {
        let flat = flat(
            r#"{"blocks":[{"text":"😀"},{"text":["请",{"type":"text_mention","text":"帮办","user":{"id":7}},"看"]}]}"#,
        );
        let found = flat.entities.iter().map(|one| (one.offset, one.length));
        assert_eq!(flat.text, "😀\n请帮办看");
        assert_eq!(found.collect::<Vec<_>>(), [(4, 2)]);
    }
}
