//! 一口说清: what is asked is answered. A question for a time limit gets a number with its unit, a question for
//! a fee, a place or materials gets that section. Only whether something is said is looked at, not what.

use super::super::answer::{Answer, Section};
use super::super::entry::Entry;
use super::Notes;
use crate::domain::list::amount::{Amount, amounts};

/// One thing people ask for: how it sounds, whether an answer has it, what to do if not.
struct Facet {
    asked: &'static [&'static str],
    told: fn(&Said) -> bool,
    remedy: &'static str,
    /// A question that asks for it must get it; for materials and steps other words may do.
    must: bool,
}

const FACETS: [Facet; 5] = [
    Facet {
        asked: &[
            "多久",
            "几天",
            "多少天",
            "多长时间",
            "几个工作日",
            "几个月内",
            "几年内",
            "多少年",
            "几日内",
            "时限",
            "截止",
        ],
        told: |said| said.time(),
        remedy: "问了时间，答案里没有时限，请写明几日、几个月或者当场办",
        must: true,
    },
    Facet {
        asked: &["多少钱", "收费", "费用", "要钱", "免费", "花钱", "工本费", "手续费"],
        told: |said| said.section(Section::Fee) || said.any(&["不收", "免费", "元"]),
        remedy: "问了费用，答案里没说收不收费，请写“费用”",
        must: true,
    },
    Facet {
        asked: &["去哪", "在哪办", "哪里办", "到哪里", "到哪个", "哪个窗口", "上哪"],
        told: |said| said.section(Section::Where) || said.any(&["窗口", "平台", "系统", "小程序", "登记机关"]),
        remedy: "问了去哪里，答案里没有地点或网站，请写“去哪里”",
        must: true,
    },
    Facet {
        asked: &[
            "什么材料",
            "哪些材料",
            "啥材料",
            "交啥",
            "交什么",
            "带什么",
            "带啥",
            "什么资料",
            "啥资料",
        ],
        told: |said| said.section(Section::Materials) || said.any(&["申请书", "证明", "证件", "身份证", "材料"]),
        remedy: "问了材料，答案里没有材料，请写“材料”",
        must: false,
    },
    Facet {
        asked: &["哪些步骤", "什么步骤", "步骤是", "流程"],
        told: |said| said.section(Section::Steps) || said.section(Section::Materials),
        remedy: "问了步骤，答案里没有步骤，请写“步骤”",
        must: false,
    },
];

/// What an answer says, ready to be asked about.
struct Said<'a> {
    answer: &'a Answer,
    text: String,
}

impl Said<'_> {
    fn section(&self, section: Section) -> bool {
        matches!(self.answer, Answer::Sections(sections) if sections.contains_key(&section))
    }

    fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.contains(word))
    }

    /// A date counts, and a placeholder: what stands there is filled in by the bureau.
    fn time(&self) -> bool {
        let date = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        amounts(&self.text).iter().any(Amount::is_time)
            || self.text.split('月').skip(1).any(date)
            || self.any(&["当场", "当日", "每月", "长期", "{{"])
    }

    /// 30日 may be thirty working days or a month: the law counts reviews in working days, notices in days.
    fn days_of_no_kind(&self) -> bool {
        amounts(&self.text).iter().any(|amount| amount.unit == "日") && !self.any(&["工作日", "自然日"])
    }
}

/// What the question or its variants ask for and the answer does not say.
pub(super) fn check(i: usize, entry: &Entry, notes: &mut Notes) {
    let said = Said {
        answer: &entry.answer,
        text: super::texts(entry).join("\n"),
    };
    for facet in &FACETS {
        let asks = |text: &str| facet.asked.iter().any(|word| text.contains(word));
        if (facet.told)(&said) {
            continue;
        }
        if asks(&entry.question) && facet.must {
            notes.error(i, &entry.question, facet.remedy.to_string());
        } else if let Some(phrasing) = entry.phrasings().find(|text| asks(text)) {
            notes.warning(
                i,
                phrasing,
                format!("问法“{phrasing}”{}，或者删去这个问法", facet.remedy),
            );
        }
    }
    let asks_time = |text: &&str| FACETS[0].asked.iter().any(|word| text.contains(word));
    if said.days_of_no_kind()
        && let Some(phrasing) = entry.phrasings().find(asks_time)
    {
        notes.warning(
            i,
            phrasing,
            format!("问法“{phrasing}”问了时间，答案里的天数没写是工作日还是自然日，请写清"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::{answered, messages};
    use super::*;

    #[test]
    fn what_is_asked_must_be_answered() {
        for (question, answer, part) in [
            ("简易注销要公示多久？", "结论: 要公示。", "答案里没有时限"),
            ("简易注销要公示多久？", "结论: 公示20日。", "工作日还是自然日"),
            ("简易注销要公示多久？", "结论: 公示20日（自然日）。", ""),
            ("多久能办好？", "结论: 当场办结。", ""),
            ("几月几日截止？", "结论: 每年6月30日前。", ""),
            ("办照收费吗？", "结论: 看情形。", "没说收不收费"),
            ("办照收费吗？", "结论: 好。\n费用: 不收费。", ""),
            ("去哪里领？", "结论: 自己领。", "没有地点"),
            ("要交什么材料？", "结论: 都带上。", "没有材料"),
            ("注销走哪些步骤？", "结论: 慢慢走。", "没有步骤"),
        ] {
            let said = messages(check, &answered(question, answer));
            assert!(said.contains(part), "{part} not in {said}");
            assert_eq!(said.is_empty(), part.is_empty(), "{question} {answer}: {said}");
        }
    }
}
