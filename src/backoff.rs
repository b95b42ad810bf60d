//! How long to wait before something that failed is tried again.

/// `first_ms`, and twice as long with each try after it, at most `most_ms`.
pub fn backoff_ms(first_ms: i64, tries: u32, most_ms: i64) -> i64 {
    first_ms.saturating_mul(1 << tries.min(32)).min(most_ms)
}

/// Anywhere between nothing and `most_ms`, so that many who failed together do not come back together.
pub fn jittered_ms(most_ms: i64) -> i64 {
    let random = getrandom::u32().unwrap_or(u32::MAX);
    ((i128::from(most_ms) * i128::from(random)) >> 32) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wait_is_twice_the_one_before_up_to_the_most() {
        let waits = [0, 1, 2, 5, 6, 7, 40, u32::MAX].map(|tries| backoff_ms(1_000, tries, 60_000));
        assert_eq!(waits, [1_000, 2_000, 4_000, 32_000, 60_000, 60_000, 60_000, 60_000]);
        assert_eq!(backoff_ms(i64::MAX, 3, i64::MAX), i64::MAX);
    }

    #[test]
    fn a_jittered_wait_lies_below_the_most_and_is_not_always_the_same() {
        let waits: Vec<i64> = (0..200).map(|_| jittered_ms(5_000)).collect();
        assert!(waits.iter().all(|wait| (0..5_000).contains(wait)));
        assert!(waits.iter().max() > waits.iter().min());
        assert!(jittered_ms(i64::MAX) >= 0 && jittered_ms(0) == 0);
    }
}
