//! Which businesses a text says are not wanted: 不想注销了, 先不变更了. 要不要注销 and 注销不注销 ask, 注销不了 and 不给注销
//! cannot, 换法人不换章程 wants one and not the other: none of these denies.

use super::spotter::Spotter;

/// What may stand between 不 and the business.
const WISHES: [&str; 6] = ["打算", "准备", "愿意", "想", "要", "愿"];
const FILLERS: [&str; 18] = [
    "办理", "简易", "一般", "公司", "企业", "营业", "执照", "法人", "股东", "地址", "经营", "范围", "去", "办", "做",
    "走", "搞", "再",
];
const MOST_FILLERS: usize = 3;
const NOT: &str = "不";

/// The bits of the businesses that are denied everywhere they are said.
pub(super) fn denied(text: &str, businesses: &Spotter<u128>) -> u128 {
    let (mut denied, mut places) = (0, Vec::new());
    for (at, _) in text.match_indices(NOT) {
        let (before, rest) = (&text[..at], &text[at + NOT.len()..]);
        if before.chars().next_back() == rest.chars().next() {
            continue;
        }
        let wanted = past(rest);
        let asks = |(word, _): &(&str, &u128)| before.ends_with(word);
        for (_, bit) in businesses.begun(wanted).filter(|said| !asks(said)) {
            denied |= bit;
            places.push(text.len() - wanted.len());
        }
    }
    if denied == 0 {
        return 0;
    }
    let said = text.char_indices().filter(|(at, _)| !places.contains(at));
    let wanted = said.flat_map(|(at, _)| businesses.begun(&text[at..]));
    denied & !wanted.fold(0, |wanted, (_, bit)| wanted | bit)
}

/// What follows the wish and the fillers.
fn past(rest: &str) -> &str {
    let mut rest = WISHES.iter().find_map(|wish| rest.strip_prefix(wish)).unwrap_or(rest);
    for _ in 0..MOST_FILLERS {
        match FILLERS.iter().find_map(|filler| rest.strip_prefix(filler)) {
            Some(after) => rest = after,
            None => break,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_not_wanted_is_denied() {
        let words = [("注销", 1), ("变更", 2), ("换", 2)].map(|(word, bit)| (word.to_owned(), bit));
        let businesses = Spotter::new(words.into_iter());
        for (text, expected) in [
            ("个体户不想注销了怎么办", 1),
            ("个体户怎么不注销", 1),
            ("不想走简易注销了", 1),
            ("先不变更法人了", 2),
            ("说好换法人，现在不打算换了", 0),
            ("换法人不换章程行吗", 0),
            ("要不要注销", 0),
            ("注销不注销都行吗", 0),
            ("注销不了", 0),
            ("窗口不给注销", 0),
            ("不用注销吧", 0),
            ("公司注销", 0),
            ("不", 0),
        ] {
            assert_eq!(denied(text, &businesses), expected, "{text}");
        }
    }
}
