use super::*;
use crate::clock::Millis;
use crate::domain::roster::people::PersonId;
use crate::domain::supervision::bulletin::{BulletinId, Column, Line, Phase, Words};
use jiff::civil::date;

const NAMES: [&str; 8] = [
    "甲县市场监管局",
    "乙市市场监管局",
    "丙区分局",
    "丁区分局",
    "戊县局",
    "己县局",
    "庚分局",
    "辛所",
];
const COLUMNS: [(&str, &str); 7] = [
    ("asked", "提问"),
    ("handed", "转人工"),
    ("in-time", "按时率"),
    ("claim-median", "认领用时中位"),
    ("reply-median", "首答用时中位"),
    ("unsolved", "没解决率"),
    ("good", "满意率"),
];

/// A bureau of an invented city; the last one is too small to be ranked.
fn line((at, name): (u32, &&str)) -> Line {
    let (whole, part, small) = (200 - 24 * at, 190 - 26 * at, at == 7);
    let numbers = [
        whole + 90,
        whole,
        part * 100 / whole,
        6 + at,
        31 + 9 * at,
        8 + at,
        96 - at,
    ];
    Line {
        bureau: i64::from(at) + 1,
        name: (*name).to_owned(),
        cells: numbers.map(|number| number.to_string()).into(),
        reported: [
            format!("{}", 1_300 - 90 * at),
            format!("{}", 1_200 - 95 * at),
            "未报送".to_owned(),
        ]
        .into(),
        place: (!small).then(|| u64::from(at) + 1),
        parts: format!("{part}/{whole}"),
        adjusted: Some(part * 1000 / whole),
        interval: "70.1 %–98.8 %".to_owned(),
        below: at > 4,
    }
}

fn bulletin() -> Bulletin {
    let column = |(key, name): (&str, &str)| Column {
        key: key.to_owned(),
        name: name.to_owned(),
        unit: if name.ends_with("中位") {
            "分钟".to_owned()
        } else {
            String::new()
        },
    };
    let city = ["1648", "928", "84.1 %", "9.5", "62.0", "11.2 %", "92.4 %"];
    let figures = Frozen {
        month: "2026-11".to_owned(),
        said: "2026年11月".to_owned(),
        at: 0,
        columns: COLUMNS.map(column).into(),
        ranked: "按时率".to_owned(),
        city: city.map(str::to_owned).into(),
        lines: (0..).zip(&NAMES).map(line).collect(),
        differ: true,
    };
    Bulletin {
        id: BulletinId(1),
        number: Some(3),
        phase: Phase::Issued,
        version: 4,
        words: Words::of(&figures),
        figures,
        written_by: PersonId(1),
        drafted_at: Millis(0),
        issued: Some((PersonId(2), Millis(0))),
    }
}

#[test]
fn the_same_bulletin_is_the_same_file_with_its_parts_tables_and_bars() {
    let (bulletin, day) = (bulletin(), date(2026, 12, 1));
    let bytes = bytes(&bulletin, "示例市工商行政管理局", day).unwrap();
    assert_eq!(bytes, super::bytes(&bulletin, "示例市工商行政管理局", day).unwrap());
    let workbook = crate::publish::bulletin::workbook(&bulletin.figures).unwrap();
    assert_eq!(workbook, crate::publish::bulletin::workbook(&bulletin.figures).unwrap());
    let text = body(&bulletin, "示例市工商行政管理局", day);
    for words in [
        "关于2026年11月帮办工作情况的通报",
        "（督导通报〔2026〕第3期）",
        "全市共收到提问 1648 个，转人工 928 个，按时率 84.1 %，首次答复中位用时 62.0 分钟（工作时间）",
        "一、总体情况",
        "五、下一步要求",
        "2026年12月1日",
        "甲县市场监管局（190/200，调整后 95.0 %）",
        ">█████████▌<",
        ">只列<",
        ">未报送<",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // For people to look at.
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("bulletin.docx"), bytes).unwrap();
    std::fs::write(folder.join("bulletin.xlsx"), workbook).unwrap();
}

#[test]
fn a_bar_is_as_long_as_its_share() {
    for (tenths, blocks) in [
        (None, ""),
        (Some(0), ""),
        (Some(1), "▌"),
        (Some(500), "█████"),
        (Some(1000), "██████████"),
    ] {
        assert_eq!(bar(tenths), blocks, "{tenths:?}");
    }
}
