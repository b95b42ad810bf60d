//! Bureaus put in order by a share, fairly to small ones: what was seen is drawn toward the city's mean the more the less
//! was seen (empirical Bayes; Efron & Morris, J. Amer. Statist. Assoc. 70 (1975) 311–319), with a beta prior whose two
//! moments come from the bureaus themselves (Kleinman, J. Amer. Statist. Assoc. 68 (1973) 46–54). Intervals are
//! Wilson's (J. Amer. Statist. Assoc. 22 (1927) 209–212).

/// Bureaus with fewer questions in the denominator are listed, not ranked.
pub const LEAST: u64 = 20;
/// 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// How it is done, as it is said beside a ranking.
pub const SAID: &str = "排名按“调整后”：把各单位的占比向全市平均收缩，数量越少收缩越多（经验贝叶斯，Efron 与 Morris 1975；贝塔先验的两个矩由各单位的数据估计，Kleinman 1973）。分母不到 20 的只列不排；调整后到 0.1 % 相同的并列。区间是 95 % Wilson 区间（Wilson 1927）。";

/// What was seen of a bureau.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen<T> {
    pub who: T,
    pub part: u64,
    pub whole: u64,
}

/// A bureau's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed<T> {
    pub who: T,
    pub part: u64,
    pub whole: u64,
    /// 1 is best, shared by those that are equal; none for one that is not ranked.
    pub place: Option<usize>,
    /// The share drawn toward the city's mean; none without a denominator.
    pub adjusted: Option<f64>,
    /// Wilson's interval of the share as it was seen.
    pub interval: Option<(f64, f64)>,
}

/// A ranking.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking<T> {
    /// In order; those without a place last, as they came.
    pub placed: Vec<Placed<T>>,
    /// The mean of those that are ranked; none where nobody is.
    pub mean: Option<f64>,
    /// With how many questions the mean weighs; none where bureaus differ no more than chance makes them, so that all
    /// share one place.
    pub weight: Option<f64>,
}

/// Wilson's 95 % interval of `part` of `whole`; none of nothing.
pub fn wilson(part: u64, whole: u64) -> Option<(f64, f64)> {
    if whole == 0 {
        return None;
    }
    let (n, p) = (whole as f64, part as f64 / whole as f64);
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

/// Mean and weight of the prior: with how many questions the city's mean counts. Without differences beyond chance the
/// weight is none.
fn prior<T>(seen: &[Seen<T>]) -> Option<(f64, Option<f64>)> {
    let total: f64 = seen.iter().map(|one| one.whole as f64).sum();
    if total == 0.0 {
        return None;
    }
    let mean = seen.iter().map(|one| one.part as f64).sum::<f64>() / total;
    let squares: f64 = seen.iter().map(|one| (one.whole as f64).powi(2)).sum();
    let spread: f64 = seen
        .iter()
        .map(|one| one.whole as f64 * (one.part as f64 / one.whole as f64 - mean).powi(2))
        .sum();
    let (chance, others) = (mean * (1.0 - mean), seen.len() as f64 - 1.0);
    let between = (spread - others * chance) / (total - squares / total - others).max(f64::MIN_POSITIVE);
    let weight = (others > 0.0 && between > 0.0).then(|| (chance / between - 1.0).max(0.0));
    Some((mean, weight))
}

/// Puts bureaus in order; `more` says that a greater share is better.
pub fn rank<T: Copy>(seen: &[Seen<T>], more: bool) -> Ranking<T> {
    let ranked: Vec<Seen<T>> = seen.iter().filter(|one| one.whole >= LEAST).copied().collect();
    let prior = prior(&ranked);
    let adjusted = |one: &Seen<T>| {
        let (mean, weight) = prior.filter(|_| one.whole > 0)?;
        Some(match weight {
            Some(weight) => (one.part as f64 + weight * mean) / (one.whole as f64 + weight),
            None => mean,
        })
    };
    let mut placed: Vec<Placed<T>> = seen
        .iter()
        .map(|one| Placed {
            who: one.who,
            part: one.part,
            whole: one.whole,
            place: None,
            adjusted: adjusted(one),
            interval: wilson(one.part, one.whole),
        })
        .collect();
    // Equal where they are equal as they are shown.
    let order = |one: &Placed<T>| {
        let enough = one.adjusted.filter(|_| one.whole >= LEAST);
        enough.map(|share| (share * 1000.0).round() as i64 * if more { -1 } else { 1 })
    };
    placed.sort_by_key(|one| (order(one).is_none(), order(one)));
    for at in 0..placed.len() {
        let same = at > 0 && order(&placed[at]) == order(&placed[at - 1]);
        placed[at].place = match order(&placed[at]) {
            None => None,
            Some(_) if same => placed[at - 1].place,
            Some(_) => Some(at + 1),
        };
    }
    Ranking {
        placed,
        mean: prior.map(|(mean, _)| mean),
        weight: prior.and_then(|(_, weight)| weight),
    }
}

/// Indicators that must not be used, and where it stands.
pub const FORBIDDEN: &str = "《促进个体工商户发展条例》（国务院令第755号）第三十二条";

/// Why an indicator must not be used, if its name says that it is one of those the law forbids: how fast 个体工商户 grow
/// in number, and what share of them hands in its annual report.
pub fn forbidden(name: &str) -> Option<String> {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let of_households = ["个体", "市场主体", "经营主体"].iter().any(|word| name.contains(word));
    let growth = of_households
        && ["增长率", "增速", "增长", "增幅"]
            .iter()
            .any(|word| name.contains(word));
    let reports = ["年报率", "年度报告率", "年报公示率"]
        .iter()
        .any(|word| name.contains(word));
    (growth || reports).then(|| {
        format!("“{name}”不能作考核指标：{FORBIDDEN}不许把个体工商户数量增长率、年度报告率等作为绩效考核评价指标。")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(parts: &[(u64, u64)]) -> Vec<Seen<usize>> {
        let one = |(who, (part, whole)): (usize, &(u64, u64))| Seen {
            who,
            part: *part,
            whole: *whole,
        };
        parts.iter().enumerate().map(one).collect()
    }

    fn places(ranking: &Ranking<usize>) -> Vec<(usize, Option<usize>)> {
        ranking.placed.iter().map(|one| (one.who, one.place)).collect()
    }

    #[test]
    fn a_small_bureau_is_drawn_to_the_mean_and_a_tiny_one_is_only_listed() {
        let ranking = rank(
            &seen(&[(20, 20), (980, 1000), (600, 1000), (700, 1000), (19, 19)]),
            true,
        );
        assert_eq!(
            places(&ranking),
            [(1, Some(1)), (0, Some(2)), (3, Some(3)), (2, Some(4)), (4, None)]
        );
        let small = ranking.placed[1];
        assert!(small.adjusted.unwrap() < 0.98, "{small:?}");
        let worst_first = rank(&seen(&[(950, 1000), (600, 1000)]), false);
        assert_eq!(places(&worst_first), [(1, Some(1)), (0, Some(2))]);
    }

    #[test]
    fn the_weight_is_that_of_the_moments() {
        // By hand: mean 1/2, Σn(p−mean)² = 100(0.04+0.04) = 8, chance 1/4, others 1;
        // between = (8 − 1/4) / (200 − 100 − 1) = 0.078283, weight = 0.25/0.078283 − 1 = 2.1935.
        let ranking = rank(&seen(&[(70, 100), (30, 100)]), true);
        assert_eq!(ranking.mean, Some(0.5));
        assert!((ranking.weight.unwrap() - 2.193_548).abs() < 1e-6, "{ranking:?}");
        let best = ranking.placed[0].adjusted.unwrap();
        assert!((best - (70.0 + 1.096_774) / 102.193_548).abs() < 1e-6, "{best}");
    }

    #[test]
    fn what_chance_alone_makes_is_no_order() {
        let ranking = rank(&seen(&[(50, 100), (51, 100), (49, 100)]), true);
        assert_eq!(ranking.weight, None);
        assert!(ranking.placed.iter().all(|one| one.place == Some(1)));
        let alone = rank(&seen(&[(50, 100)]), true);
        assert_eq!(places(&alone), [(0, Some(1))]);
        let nobody = rank(&seen(&[(0, 0), (3, 4)]), true);
        assert_eq!((nobody.mean, places(&nobody)), (None, vec![(0, None), (1, None)]));
        assert_eq!(nobody.placed[0].interval, None);
    }

    #[test]
    fn ties_share_their_place_and_the_next_one_is_left_out() {
        let ranking = rank(&seen(&[(900, 1000), (900, 1000), (100, 1000)]), true);
        assert_eq!(places(&ranking), [(0, Some(1)), (1, Some(1)), (2, Some(3))]);
    }

    #[test]
    fn wilsons_interval_is_the_one_of_the_tables() {
        // Newcombe, Statist. Med. 17 (1998) 857–872, table I: 81/263, 15/148, 0/20, 1/29.
        for (part, whole, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (lower, upper) = wilson(part, whole).unwrap();
            assert!(
                (lower - low).abs() < 5e-5 && (upper - high).abs() < 5e-5,
                "{part}/{whole}: {lower} {upper}"
            );
        }
    }

    #[test]
    fn what_the_law_forbids_is_refused_with_its_article() {
        for name in [
            "个体工商户数量增长率",
            "个体户增速",
            "年报率",
            "个体工商户 年报公示率",
            "经营主体增幅",
        ] {
            assert!(forbidden(name).is_some_and(|why| why.contains("第三十二条")), "{name}");
        }
        for name in ["办理量", "占比率", "全程电子化办理量", "按时率"] {
            assert_eq!(forbidden(name), None, "{name}");
        }
    }
}
