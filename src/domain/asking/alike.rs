//! How alike two texts are, by their letters alone: enough to show a helper what was asked before.

use std::collections::HashSet;

/// From 0 (nothing in common) to 1 (the same letters): Dice's coefficient over pairs of characters.
pub fn alike(one: &str, other: &str) -> f64 {
    let (one, other) = (pairs(one), pairs(other));
    let both = one.intersection(&other).count();
    match one.len() + other.len() {
        0 => 0.0,
        sum => 2.0 * both as f64 / sum as f64,
    }
}

fn pairs(text: &str) -> HashSet<(char, char)> {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    letters.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_the_same_letters_are_alike() {
        assert!(alike("两家公司合并怎么登记？", "两家公司合并，怎么登记") > 0.99);
        assert!(alike("两家公司合并怎么登记？", "两个公司要合并，登记怎么办") > 0.3);
        assert!(alike("两家公司合并怎么登记？", "营业执照丢了怎么补") < 0.2);
        assert!(alike("", "") < 0.1);
    }
}
