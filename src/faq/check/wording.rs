//! 一口说清: the conclusion first, nothing vague, not too short and not too long (许工商〔2018〕103号 三(三)5),
//! and none of the wrong claims the entry itself names.

use super::super::answer::{Answer, Part, Section};
use super::super::entry::Entry;
use super::Notes;

/// Words that leave the asker as clever as before.
const VAGUE: [&str; 9] = [
    "视情况",
    "视具体情况",
    "酌情",
    "等等",
    "有关部门",
    "相关部门",
    "相应部门",
    "相关规定",
    "有关规定",
];
/// How the law begins a sentence, not how a person is answered.
const LEGAL_OPENINGS: [&str; 5] = ["根据", "依据", "依照", "按照《", "为了"];
const LONGEST_CONCLUSION: usize = 80;
const SHORTEST_ANSWER: usize = 80;
const LONGEST_ANSWER: usize = 300;

/// What is wrong with the words of one answer.
pub(super) fn check(i: usize, entry: &Entry, notes: &mut Notes) {
    for text in super::texts(entry) {
        for word in VAGUE.iter().filter(|word| text.contains(**word)) {
            notes.error_in_answer(i, word, format!("答案里有“{word}”，说了等于没说，请写明是什么、找谁"));
        }
        for claim in entry
            .tests
            .must_not_say
            .iter()
            .filter(|claim| text.contains(claim.as_str()))
        {
            notes.error_in_answer(
                i,
                claim,
                format!("答案里有不能说的“{claim}”，这是已知的错误说法，请改正"),
            );
        }
    }
    conclusion(i, entry, notes);
    let length = length(entry);
    if length < SHORTEST_ANSWER {
        notes.warning(
            i,
            "answer:",
            format!("答案只有 {length} 字，可能没说全，建议写到 {SHORTEST_ANSWER} 字以上"),
        );
    }
    if length > LONGEST_ANSWER {
        notes.warning(
            i,
            "answer:",
            format!("答案有 {length} 字，群里看着累，建议压到 {LONGEST_ANSWER} 字以内"),
        );
    }
}

fn conclusion(i: usize, entry: &Entry, notes: &mut Notes) {
    let first = match &entry.answer {
        Answer::Text(text) => text.clone(),
        Answer::Sections(sections) => match sections.get(&Section::Conclusion) {
            Some(Part::One(text)) => text.clone(),
            Some(Part::Many(items)) => items.concat(),
            None => {
                notes.error(i, "answer:", "答案没有“结论”，请先用一两句话说结论".to_string());
                return;
            }
        },
    };
    if let Some(opening) = LEGAL_OPENINGS.iter().find(|opening| first.starts_with(**opening)) {
        notes.warning(i, &first, format!("结论用“{opening}”开头，请先说结果，依据写进 basis"));
    }
    let sectioned = matches!(entry.answer, Answer::Sections(_));
    let length = first.chars().count();
    if sectioned && length > LONGEST_CONCLUSION {
        notes.warning(
            i,
            &first,
            format!("结论有 {length} 字，请压到 {LONGEST_CONCLUSION} 字以内，其余写进条件、注意"),
        );
    }
}

/// Characters the asker reads, placeholders and spaces not counted.
fn length(entry: &Entry) -> usize {
    let mut length = 0;
    entry.answer.each_text(&mut |text| {
        let mut rest = text;
        while let Some((before, inside)) = rest.split_once("{{") {
            length += count(before);
            rest = inside.split_once("}}").map_or("", |(_, after)| after);
        }
        length += count(rest);
    });
    length
}

fn count(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{answered, messages};
    use super::*;

    #[test]
    fn vague_words_legal_openings_and_bad_lengths_are_named() {
        let long = "字".repeat(301);
        for (answer, part) in [
            ("结论: 视情况定。", "“视情况”"),
            ("结论: 找有关部门。\n费用: 不收费等等。", "“等等”"),
            ("材料: [申请书]", "没有“结论”"),
            ("结论: 根据《条例》第三条，可以。", "用“根据”开头"),
            ("结论: 可以。", "只有 3 字"),
            (&format!("结论: 可以。\n注意: {long}"), "答案有 304 字"),
            (&format!("结论: {}", "可".repeat(81)), "结论有 81 字"),
        ] {
            let said = messages(check, &answered("怎么办？", answer));
            assert!(said.contains(part), "{part} not in {said}");
        }
        let good = format!("结论: 可以。\n注意: {}{{{{office.phone}}}}", "字".repeat(80));
        assert_eq!(messages(check, &answered("怎么办？", &good)), "");
    }
}
