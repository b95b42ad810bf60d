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
