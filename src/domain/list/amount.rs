//! Figures with their unit as people write them in a text: 3个工作日, 20天, 200元, 三五天, 两百块.

/// Units of what is counted, longest first; 天 is said as 日, 块 as 元.
const UNITS: [(&str, &str); 24] = [
    ("个工作日", "个工作日"),
    ("工作日", "个工作日"),
    ("个自然日", "日"),
    ("自然日", "日"),
    ("个星期", "周"),
    ("个礼拜", "周"),
    ("个小时", "小时"),
    ("个月", "个月"),
    ("星期", "周"),
    ("礼拜", "周"),
    ("小时", "小时"),
    ("分钟", "分钟"),
    ("块钱", "元"),
    ("万块", "万元"),
    ("万元", "万元"),
    ("元", "元"),
    ("块", "元"),
    ("年", "年"),
    ("日", "日"),
    ("天", "日"),
    ("周", "周"),
    ("%", "%"),
    ("人", "人"),
    ("份", "份"),
];
/// 个 of nothing in particular; after all others.
const PIECES: &str = "个";
/// Marks a clause ends at.
const MARKS: &str = "。；，、：？！\n";

/// A figure with its unit, as it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount<'a> {
    pub number: &'a str,
    /// In its normal form: 日 for 天, 个工作日 for 工作日.
    pub unit: &'static str,
    /// The clause before it.
    pub before: &'a str,
    /// The text behind it, to its end.
    pub after: &'a str,
}

impl Amount<'_> {
    /// Whether it counts time.
    pub fn is_time(&self) -> bool {
        matches!(self.unit, "个工作日" | "个月" | "小时" | "分钟" | "年" | "日" | "周")
    }

    /// Whether it counts money.
    pub fn is_money(&self) -> bool {
        matches!(self.unit, "元" | "万元")
    }

    /// Number and unit: 3个工作日.
    pub fn said(&self) -> String {
        format!("{}{}", self.number, self.unit)
    }
}

/// The figures of a text that have a unit; dates such as 6月30日 and 2027年 are none.
pub fn amounts(text: &str) -> Vec<Amount<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(begin) = text[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
        let length = text[begin..]
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len() - begin);
        let end = begin + length;
        let number = &text[begin..end];
        let rest = text[end..].trim_start_matches(' ');
        let clause = text[..begin].rfind(|c: char| MARKS.contains(c));
        let clause = clause.map_or(0, |i| i + text[i..].chars().next().map_or(0, char::len_utf8));
        let before = &text[clause..begin];
        if let Some((written, unit)) = unit(rest) {
            let date = before.ends_with('月') || (unit == "年" && number.len() == 4);
            let after = &rest[written.len()..];
            found.extend((!date).then_some(Amount {
                number,
                unit,
                before,
                after,
            }));
        }
        at = end;
    }
    found
}

/// The unit a text begins with: as written, and in its normal form.
fn unit(text: &str) -> Option<(&'static str, &'static str)> {
    let units = UNITS.iter().copied().chain([(PIECES, PIECES)]);
    units.into_iter().find(|(written, _)| text.starts_with(written))
}

/// The text with full-width digits and Chinese numbers before a unit, 楼, 层 or 号 in digits: 三个工作日 is 3个工作日,
/// 三五天 is 3至5天, 半个月 is 15日, 俩月 is 2个月. What is no clear number (十几天) stays.
pub fn in_digits(text: &str) -> String {
    let chars: Vec<char> = text.chars().map(half).collect();
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let length = chars[at..].iter().take_while(|c| is_numeral(**c)).count();
        if length == 0 {
            plain.push(chars[at]);
            at += 1;
            continue;
        }
        let run = &chars[at..at + length];
        let rest: String = chars[at + length..].iter().take(8).collect();
        match number(run, &rest) {
            Some((said, eaten)) => {
                plain.push_str(&said);
                at += length + eaten;
            }
            None => {
                plain.extend(run);
                at += length;
            }
        }
    }
    plain
}

fn half(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

fn is_numeral(c: char) -> bool {
    digit(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '半')
}

fn digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' => 0,
        '一' => 1,
        '二' | '两' | '俩' => 2,
        '三' | '仨' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// A run of numerals in digits, and how many characters behind it are said with it.
fn number(run: &[char], rest: &str) -> Option<(String, usize)> {
    if let ['半'] = run {
        return [("个月", "15日"), ("年", "6个月"), ("天", "0.5日"), ("日", "0.5日")]
            .iter()
            .find(|(written, _)| rest.starts_with(written))
            .map(|(written, said)| ((*said).to_string(), written.chars().count()));
    }
    if run.contains(&'半') {
        return None;
    }
    if let ([one], true) = (run, rest.starts_with("个半月")) {
        return Some((format!("{}日", digit(*one)? * 30 + 15), 3));
    }
    if let ([one], true) = (run, rest.starts_with('月') && matches!(run, ['俩' | '仨' | '两'])) {
        return Some((format!("{}个月", digit(*one)?), 1));
    }
    if unit(rest).is_none() && !rest.starts_with(['楼', '层', '号']) {
        return None;
    }
    match run {
        [one, other] if digit(*one).is_some() && digit(*other).is_some() => {
            let (one, other) = (digit(*one)?, digit(*other)?);
            (one < other).then(|| (format!("{one}至{other}"), 0))
        }
        run => Some((value(run)?.to_string(), 0)),
    }
}

/// The value of 一百二十, 十五, 三.
fn value(run: &[char]) -> Option<u32> {
    let (mut sum, mut last) = (0_u32, None);
    for c in run {
        let times = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            '万' => {
                sum = (sum + last.take().unwrap_or(0)).max(1).checked_mul(10_000)?;
                continue;
            }
            c if last.is_none() || last == Some(0) => {
                last = Some(digit(*c)?);
                continue;
            }
            _ => return None,
        };
        sum = sum.checked_add(last.take().unwrap_or(1).checked_mul(times)?)?;
    }
    sum.checked_add(last.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_with_their_unit_and_dates_are_left_alone() {
        for (text, expected) in [
            ("公示20天，满3 个工作日", vec!["20日", "3个工作日"]),
            ("2027年6月30日前，成立5年", vec!["5年"]),
            ("5%至15%，1万元以上", vec!["5%", "15%", "1万元"]),
            ("第746号，2个", vec!["2个"]),
        ] {
            let said: Vec<String> = amounts(text).iter().map(Amount::said).collect();
            assert_eq!(said, expected, "{text}");
        }
    }

    #[test]
    fn chinese_numbers_are_read_where_something_is_counted() {
        for (text, plain) in [
            ("三个工作日", "3个工作日"),
            ("公示二十天", "公示20天"),
            ("四十五日", "45日"),
            ("两三天就好", "2至3天就好"),
            ("三五天", "3至5天"),
            ("一百二十块", "120块"),
            ("两百块钱", "200块钱"),
            ("一万二千元", "12000元"),
            ("半个月", "15日"),
            ("一个半月", "45日"),
            ("俩月", "2个月"),
            ("十几天", "十几天"),
            ("统一登记", "统一登记"),
            ("三楼", "3楼"),
            ("３个工作日", "3个工作日"),
        ] {
            assert_eq!(in_digits(text), plain);
        }
    }
}
