//! The table of what may go wrong in docs/: each goal has a verdict, and the test that holds it is where it is said to be.

use super::asvs::{stand, table_of};

#[test]
fn each_fault_has_a_test_that_holds_it_or_a_reason_why_it_is_left() {
    let rows = table_of("docs/reliability.csv", ["row", "goal", "verdict", "proof", "note"]);
    for (at, row) in rows.iter().enumerate() {
        let [number, _, verdict, proof, note] = row;
        assert_eq!(*number, format!("R{:02}", at + 1));
        assert!(
            row.iter().all(|cell| !cell.trim().is_empty()),
            "{number}: an empty cell"
        );
        match verdict.as_str() {
            "held" => stand(number, proof),
            "partly" => {
                stand(number, proof);
                assert!(note.contains("left: "), "{number}: what is left?");
            }
            "left" => assert!(proof == "none" && note.contains("left: "), "{number}: why?"),
            other => panic!("{number}: {other} is no verdict"),
        }
    }
    assert_eq!(rows.len(), 60);
}
