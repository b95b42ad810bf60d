//! Two entries must not give two figures for one thing. Known things (the notice of a simple deregistration,
//! how long a name is kept) are looked up by name; beyond them, the same words before different figures are told.

use std::collections::HashMap;

use super::super::entry::Entry;
use super::Notes;
use crate::domain::list::amount::amounts;

/// The same words this long before two figures mean the same thing.
const SAME_WORDS: usize = 6;

/// One thing with one figure: what the entry or the text is about, the words before the figure, its unit.
struct Matter {
    name: &'static str,
    about: &'static [&'static str],
    key: &'static str,
    unit: &'static str,
}

const fn matter(name: &'static str, about: &'static [&'static str], key: &'static str, unit: &'static str) -> Matter {
    Matter { name, about, key, unit }
}

const MATTERS: [Matter; 16] = [
    matter("简易注销的公示期", &["简易注销"], "公示", "日"),
    matter("简易注销的公示期", &["简易注销"], "注销公告", "日"),
    matter("简易注销期满后申请", &["简易注销"], "期满之日起", "日"),
    matter("名称保留期", &["名称"], "保留", "个月"),
    matter("减资公告期", &["减资"], "公告满", "日"),
    matter("减资公告期", &["减资"], "公告之日起", "日"),
    matter("债权申报期（没接到通知）", &["清算"], "公告之日起", "日"),
    matter("清算组公告名单", &["清算"], "清算组", "日"),
    matter("强制注销公告期", &["吊销"], "登记机关公告", "日"),
    matter("审核时限", &[], "当场办不了的", "个工作日"),
    matter("审核延长", &[], "可再延长", "个工作日"),
    matter("撤销登记的调查期", &["撤销登记"], "受理后", "个月"),
    matter("有限公司出资期限", &["注册资本"], "成立之日起", "年"),
    matter("歇业最长期限", &["歇业"], "最长不超过", "年"),
    matter("档案移交时限", &["迁移"], "档案", "个月"),
    matter("合作社成员变动备案", &["合作社"], "终了之日起", "日"),
];

/// A figure one entry gives for a thing.
struct Given {
    entry: usize,
    said: String,
}

/// Things for which two entries give different figures.
pub(super) fn check(entries: &[Entry], notes: &mut Notes) {
    for matter in &MATTERS {
        let mut given: Vec<Given> = Vec::new();
        for (i, entry) in entries.iter().enumerate() {
            for text in super::texts(entry) {
                let about = |word: &&str| entry.question.contains(*word) || text.contains(*word);
                if !matter.about.iter().all(about) {
                    continue;
                }
                let own = amounts(&text)
                    .into_iter()
                    .filter(|amount| amount.unit == matter.unit && amount.before.ends_with(matter.key));
                given.extend(own.map(|amount| Given {
                    entry: i,
                    said: amount.said(),
                }));
            }
        }
        quarrel(&given, entries, |one, other| {
            notes.error_in_answer(
                one.entry,
                &one.said,
                format!(
                    "“{}”这里写 {}，{} 写 {}，请核对成一个",
                    matter.name, one.said, entries[other.entry].id, other.said
                ),
            );
        });
    }
    same_words(entries, notes);
}

/// Tells every figure that differs from the one most entries give.
fn quarrel(given: &[Given], entries: &[Entry], mut tell: impl FnMut(&Given, &Given)) {
    let mut votes: HashMap<&str, usize> = HashMap::new();
    for one in given {
        *votes.entry(one.said.as_str()).or_default() += 1;
    }
    let most = given
        .iter()
        .max_by_key(|one| (votes[one.said.as_str()], std::cmp::Reverse(one.entry)));
    let Some(most) = most.filter(|_| votes.len() > 1 && !entries.is_empty()) else {
        return;
    };
    for one in given.iter().filter(|one| one.said != most.said) {
        tell(one, most);
    }
}

/// Warns where entries on the same business and for the same kind of enterprise say different figures after the same words.
fn same_words(entries: &[Entry], notes: &mut Notes) {
    let mut seen: HashMap<(String, &str), (usize, String)> = HashMap::new();
    for (i, entry) in entries.iter().enumerate() {
        for text in super::texts(entry) {
            for amount in amounts(&text).iter().filter(|amount| amount.is_time()) {
                let words: Vec<char> = amount.before.chars().filter(|c| c.is_alphabetic()).collect();
                let Some(tail) = words
                    .len()
                    .checked_sub(SAME_WORDS)
                    .map(|from| words[from..].iter().collect())
                else {
                    continue;
                };
                let (other, said) = seen
                    .entry((tail, amount.unit))
                    .or_insert_with(|| (i, amount.said()))
                    .clone();
                if said != amount.said() && other != i && alike(entry, &entries[other]) {
                    notes.warning(
                        i,
                        &amount.said(),
                        format!(
                            "“{}{}”和 {} 的 {said} 说的像是同一件事，请核对",
                            amount.before,
                            amount.said(),
                            entries[other].id
                        ),
                    );
                }
            }
        }
    }
}

fn alike(one: &Entry, other: &Entry) -> bool {
    one.business.iter().any(|b| other.business.contains(b))
        && one.applies_to.iter().any(|a| other.applies_to.contains(a))
}

#[cfg(test)]
mod tests {
    use super::super::tests_support::answered;
    use super::*;

    #[test]
    fn two_figures_for_one_thing_are_told() {
        let mut entries = vec![
            answered("简易注销要公示几天？", "结论: 公示20日。"),
            answered("合作社简易注销要公示吗？", "结论: 公示45日。"),
            answered("减资要公告几天？", "结论: 公告满45日。"),
            answered("怎么公示简易注销？", "结论: 公示20天。"),
        ];
        entries[1].id = "coop-006".into();
        let mut notes = Notes::default();
        check(&entries, &mut notes);
        let said: Vec<&str> = notes.0.iter().map(|note| note.message.as_str()).collect();
        assert_eq!(said, ["“简易注销的公示期”这里写 45日，a-1 写 20日，请核对成一个"]);
        assert_eq!(notes.0[0].entry, 1);
    }

    #[test]
    fn the_same_words_before_other_figures_are_doubted() {
        let mut entries = vec![
            answered("甲？", "结论: 自作出变更决定之日起30日内。"),
            answered("乙？", "结论: 自作出变更决定之日起15日内。"),
        ];
        let mut notes = Notes::default();
        check(&entries, &mut notes);
        assert_eq!(notes.0.len(), 1);
        entries[1].applies_to = vec!["合伙企业".into()];
        let mut notes = Notes::default();
        check(&entries, &mut notes);
        assert!(notes.0.is_empty(), "another kind of enterprise may have another limit");
    }
}
