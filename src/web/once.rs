//! What a page sends again, because the answer to the first time was lost, counts once: it carries the number that the
//! page gave it.

use serde::Deserialize;

use crate::secret;

/// The number a page gives to what it sends; empty from pages older than this.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Number(String);

impl Number {
    /// What stands for these parts under this number, one way; none without a number that is hard to guess. Other words
    /// under the same number, as a form that was gone back to sends them, are something else.
    pub fn once(&self, parts: &[&[u8]]) -> Option<String> {
        let good = (16..=64).contains(&self.0.len()) && self.0.bytes().all(|byte| byte.is_ascii_alphanumeric());
        good.then(|| {
            let digests = parts.iter().map(secret::hash).collect::<Vec<_>>();
            secret::hash(format!("{} {}", self.0, digests.join(" ")))
        })
    }
}

impl From<&[u8]> for Number {
    fn from(bytes: &[u8]) -> Number {
        Number(String::from_utf8_lossy(bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_under_the_same_number_are_one_thing() {
        let [one, other] = [Number("a".repeat(16)), Number("b".repeat(16))];
        let words: [&[u8]; 2] = [b"1", b"2"];
        assert!(one.once(&words).is_some());
        assert_eq!(one.once(&words), one.once(&words));
        assert_ne!(one.once(&words), other.once(&words));
        assert_ne!(one.once(&words), one.once(&[b"12", b""]));
    }

    #[test]
    fn what_has_no_good_number_stands_for_itself() {
        for number in ["", "1", "aaaaaaaaaaaaaaa\n", &"a".repeat(65)] {
            assert_eq!(Number(number.to_owned()).once(&[b"1"]), None);
        }
    }
}
