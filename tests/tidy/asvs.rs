//! The tables of OWASP ASVS 5.0 in docs/: nothing is left open, and each proof is where it is said to be.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What the standard asks for at level 1.
const LEVEL_ONE: &str = "1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.5.1 2.1.1 2.2.1 2.2.2 2.3.1 3.2.1 3.2.2 3.3.1 3.4.1 \
    3.4.2 3.5.1 3.5.2 3.5.3 4.1.1 4.4.1 5.2.1 5.2.2 5.3.1 5.3.2 6.1.1 6.2.1 6.2.2 6.2.3 6.2.4 6.2.5 \
    6.2.6 6.2.7 6.2.8 6.3.1 6.3.2 6.4.1 6.4.2 7.2.1 7.2.2 7.2.3 7.2.4 7.4.1 7.4.2 8.1.1 8.2.1 8.2.2 \
    8.3.1 9.1.1 9.1.2 9.1.3 9.2.1 10.4.1 10.4.2 10.4.3 10.4.4 10.4.5 11.3.1 11.3.2 11.4.1 12.1.1 12.2.1 \
    12.2.2 13.4.1 14.2.1 14.3.1 15.1.1 15.2.1 15.3.1";

/// A row: requirement, level, asks, verdict, proof, note.
fn rows(table: &str) -> Vec<[String; 6]> {
    table_of(table, ["requirement", "level", "asks", "verdict", "proof", "note"])
}

/// The rows of a table with this head.
pub(super) fn table_of<const N: usize>(table: &str, head: [&str; N]) -> Vec<[String; N]> {
    let text = read(table).unwrap_or_else(|| panic!("{table} is there"));
    let mut rows: Vec<[String; N]> = text.lines().map(|line| cells(table, line)).collect();
    assert_eq!(rows.remove(0), head, "{table}");
    rows
}

/// Each proof is in the file it names.
pub(super) fn stand(of: &str, proof: &str) {
    for one in proof.split("; ") {
        let (file, words) = one.split_once(' ').unwrap_or_else(|| panic!("{of}: where in {one}"));
        let text = read(file).unwrap_or_else(|| panic!("{of}: there is no {file}"));
        assert!(has(&text, words), "{of}: {file} has no {words}");
    }
}

fn cells<const N: usize>(table: &str, line: &str) -> [String; N] {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => cells.last_mut().unwrap().extend(signs.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            sign => cells.last_mut().unwrap().push(sign),
        }
    }
    let found = cells.len();
    cells
        .try_into()
        .unwrap_or_else(|_| panic!("{table}: {found} cells in {line}"))
}

fn read(file: &str) -> Option<String> {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).ok()
}

/// Whether a text has these words, and not only as a part of longer ones.
fn has(text: &str, words: &str) -> bool {
    let of_name = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + words.len()..].chars().next());
        let begins_longer = of_name(words.chars().next()) && of_name(before);
        let ends_longer = of_name(words.chars().next_back()) && of_name(after);
        !begins_longer && !ends_longer
    })
}

#[test]
fn each_requirement_has_a_verdict_and_a_proof_that_is_there() {
    for table in ["docs/asvs.csv", "docs/asvs-level2.csv"] {
        let mut seen = BTreeSet::new();
        for row in rows(table) {
            let [number, level, _, verdict, proof, _] = &row;
            let of = format!("{table} {number}");
            assert!(row.iter().all(|cell| !cell.trim().is_empty()), "{of}: an empty cell");
            assert!(seen.insert(number.clone()), "{of} stands twice");
            assert_eq!(level, if table == "docs/asvs.csv" { "1" } else { "2" }, "{of}");
            match verdict.as_str() {
                "not applicable" => assert_eq!(proof, "none", "{of}"),
                "pass" | "partly" | "fail" => stand(&of, proof),
                other => panic!("{of}: {other} is no verdict"),
            }
        }
    }
}

#[test]
fn level_one_is_whole_and_nothing_in_it_fails() {
    let rows = rows("docs/asvs.csv");
    let numbers: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(numbers, LEVEL_ONE.split_whitespace().collect::<Vec<_>>());
    assert_eq!(numbers.len(), 70);
    let open: Vec<&str> = rows
        .iter()
        .filter(|row| !["pass", "not applicable"].contains(&row[3].as_str()))
        .map(|row| row[0].as_str())
        .collect();
    assert_eq!(open, Vec::<&str>::new());
}

#[test]
fn what_is_planned_is_said_of_all_that_is_missing_at_level_two() {
    for row in rows("docs/asvs-level2.csv") {
        let missing = ["fail", "partly"].contains(&row[3].as_str());
        assert!(!missing || row[5].to_lowercase().contains("planned"), "{}", row[0]);
    }
}
