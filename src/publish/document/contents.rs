//! The contents list of a long document: every topic and question with its page. A page number is a field, which Word
//! asks for when it opens the document and LibreOffice always; what stands in it meanwhile is reckoned (`pages`), for
//! WPS and for whoever does not let Word ask. Not a TOC field: LibreOffice would show what was reckoned for ever.

use std::fmt::Write as _;

use super::{Paragraph, pages, parts};

/// The annex, which comes last.
pub const ANNEX: &str = "登记窗口一览表";

/// On which level of the contents a paragraph stands, if it does.
pub fn level(paragraph: &Paragraph) -> Option<u8> {
    match paragraph.style {
        "Heading1" => Some(1),
        "Heading2" => Some(2),
        _ => None,
    }
}

/// The name of the bookmark at a paragraph.
pub fn bookmark(place: usize) -> String {
    format!("_Toc{place:06}")
}

/// The list, in a section of its own.
pub fn write(text: &mut String, paragraphs: &[Paragraph]) {
    let (pages, last) = pages::of(paragraphs);
    text.push_str(r#"<w:p><w:pPr><w:pStyle w:val="Title"/><w:spacing w:before="0" w:after="280"/></w:pPr><w:r><w:t>目　录</w:t></w:r></w:p>"#);
    for (place, (paragraph, page)) in paragraphs.iter().zip(pages).enumerate() {
        if let Some(level) = level(paragraph) {
            entry(text, level, (place, page), &paragraph.words, "");
        }
    }
    let end = parts::section(parts::Numbers::Roman);
    entry(text, 1, (paragraphs.len(), last), &format!("附件　{ANNEX}"), &end);
}

fn entry(text: &mut String, level: u8, (place, page): (usize, u32), words: &str, section: &str) {
    let (words, name) = (parts::escaped(words), bookmark(place));
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let _ = write!(
        text,
        r#"<w:p><w:pPr><w:pStyle w:val="TOC{level}"/>{section}</w:pPr><w:hyperlink w:anchor="{name}" w:history="1"><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{words}</w:t></w:r><w:r><w:tab/></w:r>{}<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \h </w:instrText></w:r>{}<w:r><w:t>{page}</w:t></w:r>{}</w:hyperlink></w:p>"#,
        field("begin"),
        field("separate"),
        field("end")
    );
}
