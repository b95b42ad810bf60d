//! `docs/figures.md` says what the program computes.

use std::fmt::Write as _;

use bangban::domain::supervision::measures::{MEASURES, Measure};
use bangban::domain::supervision::ranking;

/// The document, made from the measures.
fn document() -> String {
    let mut text = String::from(
        "# 数字怎么算\n\n这一页由 `src/domain/supervision/measures.rs` 里的定义生成，测试看着两边一样。网页上按指标的名称，看到的也是这些话。\n\n\
         单位按提问的群算；窗口、所和帮办员按最先接的人算，只数转了人工的问题。一个问题归到提出的那一天。\n\n",
    );
    for Measure {
        name,
        unit,
        formula,
        causes,
        key,
        ..
    } in MEASURES
    {
        let causes: Vec<&str> = causes.iter().map(|cause| cause.word()).collect();
        writeln!(
            text,
            "- **{name}**（{unit}，`{key}`）：{formula}由谁引起：{}。",
            causes.join("、")
        )
        .unwrap();
    }
    writeln!(
        text,
        "\n## 排名\n\n{}\n\n不用的指标：{}不许把个体工商户数量增长率、年度报告率等作为绩效考核评价指标。",
        ranking::SAID,
        ranking::FORBIDDEN
    )
    .unwrap();
    text
}

#[test]
fn the_document_says_what_the_program_computes() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/figures.md");
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(there, document(), "write this into docs/figures.md");
}

#[test]
fn every_measure_has_a_name_and_a_key_of_its_own() {
    for (at, measure) in MEASURES.iter().enumerate() {
        let twin = MEASURES[..at]
            .iter()
            .find(|other| other.key == measure.key || other.name == measure.name);
        assert_eq!(twin, None);
        assert_eq!(Measure::of_key(measure.key), Some(measure));
        assert!(
            measure.formula.ends_with('。') && !measure.causes.is_empty(),
            "{}",
            measure.name
        );
    }
}
