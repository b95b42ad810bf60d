//! To helpers who judge answers, to editors about what was judged wrong, and the week's digest to whoever keeps a bureau.

use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;
use crate::domain::supervision::bulletin::Bulletin;

/// An answer was judged.
pub fn sample_judged() -> Rich {
    Rich::from("记下了，谢谢。".to_owned())
}

/// It is not theirs to judge, or was judged a moment ago.
pub fn sample_gone() -> Rich {
    Rich::from("这一条别人刚看过，或者不该由您来看。请看下一条。".to_owned())
}

/// What is kept of an answer that was judged wrong, as the defect of its entry.
pub fn sample_defect(why: &Masked) -> Masked {
    let mut text = "质量抽查判为错".to_owned();
    if !why.is_empty() {
        text.push('：');
        text.push_str(why.as_str());
    }
    text.as_str().into()
}

/// Editors hear of an answer that was judged wrong.
pub fn sample_wrong(no: Option<u32>, question: &Masked, why: &Masked) -> Rich {
    let no = no.map_or("一条".to_owned(), |no| format!("第 {no:03} 条"));
    let mut text = format!("质量抽查里，清单{no}的答复被判为错。问的是：{question}\n");
    if !why.is_empty() {
        text.push_str(&format!("说明：{why}\n"));
    }
    text.push_str("请核对，必要时改条目，或给它加一句“不能答这个”的测试。");
    Rich::from(text)
}

/// What the week's digest tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Digest {
    /// The bureau.
    pub bureau: String,
    /// The first and last day, as they are said.
    pub days: (String, String),
    /// How many questions, and in the week before where that is known.
    pub asked: (i64, Option<i64>),
    /// How many the list answered at once, and of these did not do.
    pub sure: (i64, i64),
    /// How many were handed to helpers, and of these answered by one.
    pub handed: (i64, i64),
    /// Overdue now.
    pub late: usize,
    /// Low ratings whose follow-up is overdue.
    pub reviews: usize,
    /// Stretches of the next fourteen days in which nobody is on duty.
    pub gaps: usize,
}

/// The week's digest: three figures, what is overdue, what to do.
pub fn digest(week: &Digest) -> Rich {
    let Digest {
        bureau,
        days,
        asked,
        sure,
        handed,
        late,
        reviews,
        gaps,
    } = week;
    let before = asked
        .1
        .map_or_else(String::new, |before| format!("（前一周 {before}）"));
    let text = Rich::default().bold(format!("{bureau}上周小结　{}–{}\n", days.0, days.1));
    let text = text.plain(format!(
        "提问 {} 个{before}\n清单直接答 {} 个，其中后来没解决 {} 个\n转人工 {} 个，帮办员答复了 {} 个\n",
        asked.0, sure.0, sure.1, handed.0, handed.1
    ));
    let mut todo = Vec::new();
    if *late > 0 {
        todo.push(format!("现在有 {late} 个问题超时：请到工作台看，催一下或者转办。"));
    }
    if *reviews > 0 {
        todo.push(format!(
            "有 {reviews} 个差评过了回访的日子：请打电话问一下，发“回访 编号 结果”。"
        ));
    }
    if *gaps > 0 {
        todo.push(format!("今后两周有 {gaps} 段没人值班：请在“人员与值班”里安排代班。"));
    }
    match todo.is_empty() {
        true => text.plain("没有超时的，没有要补的班。"),
        false => text.plain(format!("要办的：\n{}", todo.join("\n"))),
    }
}

/// The digest is not sent any more, or again.
pub fn digest_switched(on: bool) -> Rich {
    Rich::from(
        if on {
            "好的，以后每周一上班时给您发上周小结。"
        } else {
            "好的，以后不给您发每周小结了。要再收，在网页“我”里打开，或者发：/小结 开"
        }
        .to_owned(),
    )
}

/// How the switch of the digest stands, and how to turn it.
pub fn digest_standing(on: bool) -> Rich {
    Rich::from(
        if on {
            "每周小结：开。不想收就发：/小结 关"
        } else {
            "每周小结：关。要收就发：/小结 开"
        }
        .to_owned(),
    )
}

/// Only whoever keeps a bureau, or supervises, gets the digest.
pub fn digest_not_yours() -> Rich {
    Rich::from("每周小结发给单位管理员和督导，您这里没有这个开关。".to_owned())
}

/// A month's bulletin is out: what the city's figures are, who is named, where it stands.
pub fn bulletin_issued(bulletin: &Bulletin, year: i16) -> Rich {
    /// Characters of what is said of whom; the whole is in the document.
    const SUMMARY: usize = 300;
    let figures = &bulletin.figures;
    let number = bulletin.number.unwrap_or_default();
    let mut text = Rich::default().bold(format!("《关于{}帮办工作情况的通报》印发了", figures.said));
    text = text.plain(format!("（督导通报〔{year}〕第{number}期）。"));
    for words in [
        &bulletin.words.overall,
        &bulletin.words.praise,
        &bulletin.words.criticism,
    ] {
        text = text.plain(format!("\n{}", words.chars().take(SUMMARY).collect::<String>()));
    }
    text.plain("\n全文在网页“数字 → 督导通报”，可以下载 Word 和 Excel。".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_tells_three_figures_and_what_to_do() {
        let mut week = Digest {
            bureau: "魏都分局".into(),
            days: ("11月23日".into(), "11月29日".into()),
            asked: (42, Some(30)),
            sure: (25, 4),
            handed: (17, 16),
            late: 1,
            reviews: 0,
            gaps: 2,
        };
        insta::assert_snapshot!(digest(&week).words(), @"
        魏都分局上周小结　11月23日–11月29日
        提问 42 个（前一周 30）
        清单直接答 25 个，其中后来没解决 4 个
        转人工 17 个，帮办员答复了 16 个
        要办的：
        现在有 1 个问题超时：请到工作台看，催一下或者转办。
        今后两周有 2 段没人值班：请在“人员与值班”里安排代班。
        ");
        (week.late, week.gaps, week.asked.1) = (0, 0, None);
        assert!(digest(&week).words().ends_with("16 个\n没有超时的，没有要补的班。"));
    }
}
