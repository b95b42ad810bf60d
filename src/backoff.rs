//! How long to wait before something that failed is tried again.

/// `first_ms`, and twice as long with each try after it, at most `most_ms`.
pub fn backoff_ms(first_ms: i64, tries: u32, most_ms: i64) -> i64 {
    first_ms.saturating_mul(1 << tries.min(32)).min(most_ms)
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
}
