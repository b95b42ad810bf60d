//! How much masking hides and leaves, on tests/data/masking.jsonl: kind of number × dress of its digits × what stands
//! between them × sentence. Rules may be fitted to the half called "fit" and never to the half called "held".

use super::{Hidden, mask_parts};

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// A message, or several of one person in a row.
    #[serde(default)]
    text: String,
    #[serde(default)]
    parts: Vec<String>,
    /// What must not survive, and what must.
    private: Vec<String>,
    public: Vec<String>,
    kind: String,
    form: String,
    gap: String,
    half: Half,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Half {
    Fit,
    Held,
}

impl Case {
    fn all(half: Half) -> Vec<Case> {
        let lines = include_str!("../../../tests/data/masking.jsonl").lines();
        let cases = lines.map(|line| serde_json::from_str::<Case>(line).expect(line));
        cases.filter(|case| case.half == half).collect()
    }

    fn said(&self) -> Vec<&str> {
        match self.parts.is_empty() {
            true => vec![&self.text],
            false => self.parts.iter().map(String::as_str).collect(),
        }
    }

    /// The message with nothing private in it.
    fn open(&self) -> String {
        let said = self.said().concat();
        self.private
            .iter()
            .fold(said, |said, piece| said.replacen(piece.as_str(), "", 1))
    }
}

/// Six signs of it in a row are enough to find the person again.
fn survives(piece: &str, kept: &str) -> bool {
    let signs: Vec<char> = piece.chars().collect();
    signs
        .windows(signs.len().min(6))
        .any(|window| kept.contains(&window.iter().collect::<String>()))
}

/// How many private pieces there are and survive, how many cases there are and lose anything that is nobody's.
fn measured(half: Half) -> [usize; 4] {
    let (mut pieces, mut leaks, mut wrong) = (0, 0, 0);
    let cases = Case::all(half);
    for case in &cases {
        let kept: Vec<String> = mask_parts(&case.said())
            .iter()
            .map(|part| part.as_str().to_owned())
            .collect();
        let kept = kept.concat();
        let leaked = case.private.iter().filter(|piece| survives(piece, &kept)).count();
        let bare = Hidden::ALL
            .iter()
            .fold(kept.clone(), |kept, kind| kept.replace(kind.label(), ""));
        // A mark may go with the number it stands around.
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let over = match leaked {
            0 => letters(&bare) != letters(&case.open()),
            _ => false,
        } || case.public.iter().any(|piece| !kept.contains(piece.as_str()));
        if leaked > 0 || over {
            let Case { kind, form, gap, .. } = case;
            eprintln!("{half:?} {kind} {form} {gap:?}: {:?} -> {kept:?}", case.said());
        }
        pieces += case.private.len();
        leaks += leaked;
        wrong += usize::from(over);
    }
    eprintln!(
        "{half:?}: {leaks} of {pieces} private pieces survive, {wrong} of {} messages lose anything else",
        cases.len()
    );
    [pieces, leaks, cases.len(), wrong]
}

#[test]
fn numbers_in_a_dress_that_no_rule_was_fitted_to_are_hidden_and_nothing_else_is() {
    let [pieces, leaks, messages, wrong] = measured(Half::Held);
    assert!(messages >= 800 && pieces >= 600);
    assert!(leaks * 100 <= pieces, "{leaks} of {pieces} private pieces survive");
    assert!(
        wrong * 100 <= messages,
        "{wrong} of {messages} messages lose anything else"
    );
}

#[test]
fn the_half_that_rules_may_be_fitted_to_is_hidden_whole() {
    let [.., leaks, _, wrong] = measured(Half::Fit);
    assert_eq!((leaks, wrong), (0, 0));
}
