use super::*;

fn page(name: &str) -> Page {
    Page {
        name: name.to_owned(),
        widths: vec![10.0],
        blocks: vec![
            Block {
                from: (0, 0),
                to: (1, 1),
                text: "合并".to_owned(),
                look: Look::Title,
            },
            Block {
                from: (2, 0),
                to: (2, 0),
                text: "=1+1".to_owned(),
                look: Look::Body,
            },
            Block {
                from: (2, 1),
                to: (2, 1),
                text: String::new(),
                look: Look::Body,
            },
        ],
        head_rows: 0,
        paper: Paper::Upright,
    }
}

#[test]
fn pages_come_back_cell_by_cell_and_the_same_bytes_come_twice() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    let pages = [page("甲/乙[1]"), page("甲乙1"), page(&"长".repeat(40)), page("")];
    let bytes = bytes(&pages).unwrap();
    assert_eq!(bytes, super::bytes(&pages).unwrap());
    std::fs::write(&file, bytes).unwrap();
    let sheets = open(&file).unwrap();
    let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["甲乙1", "甲乙12", &"长".repeat(28), "情况表"]);
    let sheet = &sheets[0];
    assert_eq!(sheet.merged, [((0, 0), (1, 1))]);
    assert_eq!(sheet.first_of((1, 1)), (0, 0));
    assert_eq!(sheet.first_of((2, 1)), (2, 1));
    let cells: Vec<(At, &Value)> = sheet.cells.iter().map(|(at, value)| (*at, value)).collect();
    let text = |text: &str| Value::Text(text.to_owned());
    assert_eq!(cells, [((0, 0), &text("合并")), ((2, 0), &text("=1+1"))]);
}

#[test]
fn a_damaged_workbook_is_refused_and_never_brings_the_program_down() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    let good = bytes(&[page("甲")]).unwrap();
    for at in (4..good.len()).step_by(37) {
        let mut bad = good.clone();
        bad[at] ^= 0x55;
        std::fs::write(&file, &bad).unwrap();
        // Read or refused, both are answers.
        let _ = open(&file);
    }
}

/// The package again, with one part's bytes changed before they are packed.
fn repacked(good: &[u8], part_name: &str, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut package = zip::ZipArchive::new(Cursor::new(good)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if name == part_name {
            change(&mut bytes);
        }
        let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        out.start_file(name, stored).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn mangled_parts_are_refused_and_never_bring_the_program_down() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    let good = bytes(&[page("甲")]).unwrap();
    let parts = [
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    ];
    for part in parts {
        for seed in 0..40_usize {
            let bad = repacked(&good, part, |bytes| {
                let at = (seed * 7919) % bytes.len();
                match seed % 3 {
                    0 => bytes[at] = b"9<\"&:A-"[seed % 7],
                    1 => bytes.truncate(at),
                    _ => drop(bytes.drain(at..(at + 1 + seed % 9).min(bytes.len()))),
                }
            });
            std::fs::write(&file, &bad).unwrap();
            let _ = open(&file);
        }
    }
    let far = repacked(&good, "xl/worksheets/sheet1.xml", |bytes| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text.replace("r=\"A3\"", "r=\"A99999999999\"").into_bytes();
    });
    std::fs::write(&file, &far).unwrap();
    assert!(open(&file).is_err());
}

/// The package again under other part names.
fn renamed(good: &[u8], rename: impl Fn(&str) -> String) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut package = zip::ZipArchive::new(Cursor::new(good)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..package.len() {
        let mut part = package.by_index(index).unwrap();
        let name = rename(&part.name().unwrap());
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(&bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn packages_of_other_programs_are_read_as_excel_reads_them() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    let good = bytes(&[page("甲")]).unwrap();
    let sheet = "xl/worksheets/sheet1.xml";
    let size = |size: &'static str| {
        move |bytes: &mut Vec<u8>| {
            let text = String::from_utf8(bytes.clone()).unwrap();
            let (before, after) = text.split_once("<dimension ref=\"").unwrap();
            let (_, after) = after.split_once('"').unwrap();
            *bytes = format!("{before}<dimension ref=\"{size}\"{after}").into_bytes();
        }
    };
    let backslashes = renamed(&good, |name| name.replace('/', "\\"));
    let targets = repacked(&good, "xl/_rels/workbook.xml.rels", |bytes| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        *bytes = text.replace("worksheets/", "worksheets\\").into_bytes();
    });
    for (what, book) in [
        ("backslashes", backslashes),
        ("backslashes in relations", targets),
        ("A1:A1", repacked(&good, sheet, size("A1:A1"))),
        ("A1", repacked(&good, sheet, size("A1"))),
        ("nothing", repacked(&good, sheet, size(""))),
        ("too large", repacked(&good, sheet, size("A1:XFD1048576"))),
        ("backwards", repacked(&good, sheet, size("H9:A1"))),
    ] {
        std::fs::write(&file, book).unwrap();
        let sheets = open(&file).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(sheets[0].cells.len(), 2, "{what}");
    }
}

#[test]
fn what_is_hidden_is_set_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("甲 & 乙").unwrap();
    for row in 0..6 {
        for column in 0..4 {
            sheet.write(row, column, format!("{row}{column}")).unwrap();
        }
    }
    sheet
        .merge_range(1, 0, 2, 0, "合并", &rust_xlsxwriter::Format::new())
        .unwrap();
    sheet.set_row_hidden(1).unwrap();
    sheet.set_row_height(4, 0).unwrap();
    sheet.set_column_hidden(2).unwrap();
    book.add_worksheet()
        .set_name("藏")
        .unwrap()
        .write(0, 0, "x")
        .unwrap()
        .set_hidden(true);
    book.add_worksheet()
        .set_name("深藏")
        .unwrap()
        .write(0, 0, "x")
        .unwrap()
        .set_very_hidden(true);
    book.save(&file).unwrap();
    let sheets = open(&file).unwrap();
    assert!(sheets[1].hidden && sheets[2].hidden && sheets[1].cells.is_empty() && sheets[2].cells.is_empty());
    let seen: Vec<At> = sheets[0].cells.keys().copied().collect();
    // The merged cell is seen through the row below.
    let expected = [
        (0, 0),
        (0, 1),
        (0, 3),
        (1, 0),
        (2, 1),
        (2, 3),
        (3, 0),
        (3, 1),
        (3, 3),
        (5, 0),
        (5, 1),
        (5, 3),
    ];
    assert_eq!(seen, expected);
    assert!(
        sheets[0].unseen.contains(&(1, 1)) && sheets[0].unseen.contains(&(4, 0)) && sheets[0].unseen.contains(&(0, 2))
    );
}

#[test]
fn a_workbook_that_counts_days_from_1904_is_read_like_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "张晓明").unwrap();
    sheet.write(0, 1, 13_800_000_000_f64).unwrap();
    let day = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_with_format(0, 2, 374_262_626_f64, &day).unwrap();
    sheet.write_with_format(0, 3, 44_000_f64, &day).unwrap();
    let since_1900 = book.save_to_buffer().unwrap();
    let since_1904 = repacked(&since_1900, "xl/workbook.xml", |bytes| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains("<workbookPr "), "{text}");
        *bytes = text.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes();
    });
    let read = [since_1900, since_1904].map(|bytes| {
        std::fs::write(&file, bytes).unwrap();
        open(&file).unwrap().remove(0).cells
    });
    assert_eq!(read[0], read[1]);
    assert_eq!(read[1][&(0, 0)], Value::Text("张晓明".to_owned()));
    assert_eq!(read[1][&(0, 1)], Value::Number("13800000000".to_owned()));
    // What Excel shows as a day is no number, whichever day that is.
    assert_eq!((&read[1][&(0, 2)], &read[1][&(0, 3)]), (&Value::Other, &Value::Other));
}

#[test]
fn what_is_no_xlsx_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 the rest".as_slice();
    for (name, bytes) in [
        ("表.xls", old),
        // Renamed, which changes nothing.
        ("表.xlsx", old),
        // What was before OLE, and what web systems call .xls.
        ("更旧.xls", b"\x09\x08\x10\x00\x00\x06\x05\x00".as_slice()),
        (
            "网页.xls",
            b"<html><table><tr><td>1</td></tr></table></html>".as_slice(),
        ),
        ("空.xls", b"".as_slice()),
        ("表.csv", "单位,姓名\n".as_bytes()),
        ("网页.HTML", b"<html>\t<table></table></html>".as_slice()),
        ("表.fods", b"<?xml version=\"1.0\"?> <office:document/>".as_slice()),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let refused = open(&file).unwrap_err().to_string();
        assert!(refused.contains("另存为 .xlsx"), "{name}: {refused}");
        assert!(looks_like_workbook(&file), "{name}");
    }
    let roster = folder.path().join("名册.yaml");
    std::fs::write(&roster, "city: 示例市\n").unwrap();
    assert!(!looks_like_workbook(&roster));
}

#[test]
fn a_document_is_refused_as_one() {
    let folder = tempfile::tempdir().unwrap();
    let word: Vec<u8> = "WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600], &word].concat();
    let new = [b"PK\x03\x04\x14\0\x06\0".as_slice(), b"word/document.xml"].concat();
    for (name, bytes) in [
        ("情况表.doc", old.as_slice()),
        ("情况表.xls", old.as_slice()),
        ("情况表.docx", new.as_slice()),
        ("扫描件.pdf", b"%PDF-1.4 ".as_slice()),
        ("照片", b"\xff\xd8\xff\xe0 ".as_slice()),
    ] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        assert!(looks_like_workbook(&file) && is_workbook(bytes, &file), "{name}");
        let refused = open(&file).unwrap_err().to_string();
        assert!(refused.contains("把里面的表复制到 .xlsx"), "{name}: {refused}");
    }
}
