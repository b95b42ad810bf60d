//! No number of a person, and no telephone that could go stale: helpers' landlines come from the roster,
//! public hotlines must be the right ones (许工商〔2018〕103号 附件; 个人信息保护法 25).

use super::super::entry::Entry;
use super::super::lexicon::Lexicon;
use super::Notes;

/// Hotlines anybody may be sent to, with the word that must stand near them.
const HOTLINES: [(&str, &str); 3] = [("12345", ""), ("96110", "反诈"), ("12366", "税务")];
/// How far before a hotline its subject is looked for, in characters.
const NEAR: usize = 8;

/// Numbers in one entry that do not belong there.
pub(super) fn check(i: usize, entry: &Entry, lexicon: &Lexicon, notes: &mut Notes) {
    let tests = &entry.tests;
    let asked = entry.phrasings().map(str::to_string);
    let tested = tests.must_hit.iter().chain(&tests.must_not_hit).cloned();
    let said = super::texts(entry);
    for text in asked.chain(tested).chain(said.iter().cloned()) {
        for number in digit_runs(&text) {
            if let Some(what) = personal(number) {
                notes.error(i, number, format!("这里有{what}，清单里不能写，请删去"));
            }
        }
    }
    for text in &said {
        telephones(i, text, lexicon, notes);
    }
}

fn personal(number: &str) -> Option<&'static str> {
    let mobile = number.len() == 11 && number.starts_with('1') && !matches!(&number[1..2], "0" | "1" | "2");
    match number.len() {
        11 if mobile => Some("手机号"),
        15..=19 => Some("身份证号或者卡号"),
        _ => None,
    }
}

fn telephones(i: usize, text: &str, lexicon: &Lexicon, notes: &mut Notes) {
    let whole = digit_runs(text).filter(|run| run.starts_with('0') && matches!(run.len(), 10..=12));
    for number in whole.chain(hyphenated(text)) {
        notes.error_in_answer(
            i,
            number,
            format!("固定电话 {number} 会变，请写占位词 {{{{office.phone}}}}，号码在名册里填"),
        );
    }
    for number in digit_runs(text).filter(|run| run.len() == 5 && (run.starts_with("12") || run.starts_with("96"))) {
        hotline(i, text, number, lexicon, notes);
    }
}

/// Numbers written 0374-0000011.
fn hyphenated(text: &str) -> impl Iterator<Item = &str> {
    let digit = |c: &char| c.is_ascii_digit();
    text.match_indices('-').filter_map(move |(at, _)| {
        let area = text[..at].chars().rev().take_while(digit).count();
        let local = text[at + 1..].chars().take_while(digit).count();
        let number = &text[at - area..at + 1 + local];
        (number.starts_with('0') && matches!(area, 3..=4) && matches!(local, 7..=8)).then_some(number)
    })
}

/// A hotline must be known, and the subject named before it must be its own.
fn hotline(i: usize, text: &str, number: &str, lexicon: &Lexicon, notes: &mut Notes) {
    let directions = lexicon.directions.iter().map(|d| (d.phone.as_str(), d.name.as_str()));
    let known: Vec<(&str, &str)> = HOTLINES.into_iter().chain(directions).collect();
    if !known.iter().any(|(phone, _)| *phone == number) {
        notes.error_in_answer(
            i,
            number,
            format!("不认识的热线 {number}，请核对号码，或者先写进 lexicon.yaml"),
        );
        return;
    }
    let before = text.split(number).next().unwrap_or_default();
    let near: String = before.chars().rev().take(NEAR).collect();
    let near: String = near.chars().rev().collect();
    let subject = known
        .iter()
        .filter(|(_, name)| !name.is_empty() && near.contains(name))
        .max_by_key(|(_, name)| near.rfind(name));
    if let Some((right, name)) = subject.filter(|(_, name)| !known.contains(&(number, name))) {
        notes.error_in_answer(i, number, format!("{name}热线是 {right}，这里写成了 {number}，请改正"));
    }
}

/// The runs of ASCII digits in a text; an X that closes an identity number belongs to none.
fn digit_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::super::lexicon::Direction;
    use super::super::tests_support::{answered, messages};
    use super::*;

    fn said(question: &str, answer: &str) -> String {
        let lexicon = Lexicon {
            directions: vec![Direction {
                name: "社保".into(),
                phone: "12333".into(),
                words: Vec::new(),
            }],
            ..Lexicon::default()
        };
        messages(
            |i, entry, notes| check(i, entry, &lexicon, notes),
            &answered(question, answer),
        )
    }

    #[test]
    fn private_numbers_and_wrong_telephones_are_errors() {
        for (question, answer, part) in [
            ("打13900000001行吗？", "结论: 行。", "手机号"),
            ("身份证110101190001011234行吗？", "结论: 行。", "身份证号"),
            ("找谁？", "结论: 打0374-0000011。", "office.phone"),
            ("找谁？", "结论: 打03740000011。", "office.phone"),
            ("找谁？", "结论: 打12399。", "不认识的热线"),
            ("找谁？", "结论: 税务问12333。", "税务热线是 12366"),
            ("找谁？", "结论: 税务问12366，社保问12333，别的打12345。", ""),
            ("找谁？", "结论: 国务院令第746号，2026年5月1日，100万元，110。", ""),
        ] {
            let said = said(question, answer);
            assert!(said.contains(part), "{part} not in {said}");
            assert_eq!(said.is_empty(), part.is_empty(), "{answer}: {said}");
        }
    }
}
