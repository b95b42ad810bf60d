//! What editors and approvers type in private chat to keep the list: candidates, drafts, approval, upkeep.

use crate::domain::clean;
use crate::domain::privacy::Masked;

/// Something asked of the list's keepers' desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Curate {
    /// 候选: what waits.
    Overview,
    /// 候选 12
    Show(i64),
    /// 候选 商标: every cluster that was asked with these words, however few asked.
    Find(Masked),
    /// 收录 12: a new entry from a candidate.
    Take(i64),
    /// 并入 12 37: ways of asking for an entry that exists.
    Join(i64, u32),
    /// 不收 12 原因
    Dismiss(i64, Masked),
    /// 合并 12 15 18: the others into the first.
    Merge(i64, Vec<i64>),
    /// 拆出 12 Q1024 Q1031
    Split(i64, Vec<i64>),
    /// 改名 12 新名字
    Rename(i64, Masked),
    /// 口径 3 结论: closes a dispute.
    Settle(i64, Masked),
    /// 草稿
    Drafts,
    /// 草稿 5
    Draft(i64),
    /// 新条 问题
    New(Masked),
    /// 改 37 答案 …: other content of an entry.
    Edit(u32, Masked, Masked),
    /// 改稿 5 答案 …
    Rewrite(i64, Masked, Masked),
    /// 停用 37 原因
    Withdraw(u32, Masked),
    /// 恢复 37 第2版
    Restore(u32, i64),
    /// 填 魏都分局 office.hours 值, 填 platform.name 值
    Fill(Masked),
    /// 送审 5
    Submit(i64),
    /// 撤稿 5
    Drop(i64),
    /// 批准 5
    Approve(i64),
    /// 退回 5 原因
    Return(i64, Masked),
    /// 版本 37
    Revisions(u32),
    /// 对比 37 1 2
    Compare(u32, i64, i64),
    /// 解冻 37: looked at, still right.
    Thaw(u32),
    /// 去掉 5 2 7: lines that a draft shall not learn.
    TakeOut(i64, Vec<i64>),
    /// 收回 5, 收回 5 2 7: what a draft taught the list, or some of its lines, is forgotten.
    Unlearn(i64, Vec<i64>),
}

impl Curate {
    /// Whether it only shows something.
    pub fn only_looks(&self) -> bool {
        match self {
            Curate::Overview
            | Curate::Show(_)
            | Curate::Find(_)
            | Curate::Drafts
            | Curate::Draft(_)
            | Curate::Revisions(_)
            | Curate::Compare(..) => true,
            Curate::Take(_)
            | Curate::Join(..)
            | Curate::Dismiss(..)
            | Curate::Merge(..)
            | Curate::Split(..)
            | Curate::Rename(..)
            | Curate::Settle(..)
            | Curate::New(_)
            | Curate::Edit(..)
            | Curate::Rewrite(..)
            | Curate::Withdraw(..)
            | Curate::Restore(..)
            | Curate::Fill(_)
            | Curate::Submit(_)
            | Curate::Drop(_)
            | Curate::Approve(_)
            | Curate::Return(..)
            | Curate::Thaw(_)
            | Curate::TakeOut(..)
            | Curate::Unlearn(..) => false,
        }
    }
}

/// What `text` asks of the list's keepers' desk; none if it is nothing of this.
pub fn parse(text: &Masked) -> Option<Curate> {
    let seen = clean::seen(text);
    let (verb, rest) = word(seen.trim());
    let number = || number(word(rest).0);
    let after = || word(rest).1;
    let entry = || u32::try_from(number()?).ok();
    Some(match verb {
        "候选" if rest.is_empty() => Curate::Overview,
        "候选" => candidates(rest),
        "收录" => Curate::Take(only(rest)?),
        "并入" => Curate::Join(number()?, u32::try_from(only(after())?).ok()?),
        "不收" => Curate::Dismiss(number()?, after().into()),
        "合并" => Curate::Merge(number()?, several(after())?),
        "拆出" => Curate::Split(number()?, several(after())?),
        "改名" => Curate::Rename(number()?, filled(after())?),
        "口径" => Curate::Settle(number()?, after().into()),
        "草稿" if rest.is_empty() => Curate::Drafts,
        "草稿" => Curate::Draft(only(rest)?),
        "新条" => Curate::New(filled(rest)?),
        "改" => Curate::Edit(entry()?, word(after()).0.into(), word(after()).1.into()),
        "改稿" => Curate::Rewrite(number()?, word(after()).0.into(), word(after()).1.into()),
        "停用" => Curate::Withdraw(entry()?, after().into()),
        "恢复" => Curate::Restore(entry()?, only(after())?),
        "填" => Curate::Fill(filled(rest)?),
        "送审" => Curate::Submit(only(rest)?),
        "撤稿" => Curate::Drop(only(rest)?),
        "批准" => Curate::Approve(only(rest)?),
        "退回" => Curate::Return(number()?, after().into()),
        "版本" => Curate::Revisions(u32::try_from(only(rest)?).ok()?),
        "对比" => {
            let [one, other] = several(after())?.try_into().ok()?;
            Curate::Compare(entry()?, one, other)
        }
        "去掉" => Curate::TakeOut(number()?, several(after())?),
        "收回" if after().is_empty() => Curate::Unlearn(number()?, Vec::new()),
        "收回" => Curate::Unlearn(number()?, several(after())?),
        "解冻" => Curate::Thaw(u32::try_from(only(rest)?).ok()?),
        _ => return None,
    })
}

/// What `/candidates` is asked with: a candidate's number, words to look for, else everything that waits.
pub fn candidates(rest: &str) -> Curate {
    match (only(rest), rest.trim()) {
        (Some(id), _) => Curate::Show(id),
        (None, "") => Curate::Overview,
        (None, words) => Curate::Find(words.into()),
    }
}

fn word(text: &str) -> (&str, &str) {
    let text = text.trim();
    match text.find(char::is_whitespace) {
        Some(end) => (&text[..end], text[end..].trim()),
        None => (text, ""),
    }
}

/// 12, Q12, #12, 第12条, 第2版, ０１２.
fn number(text: &str) -> Option<i64> {
    let text = text.trim_start_matches(['Q', 'q', 'Ｑ', 'ｑ', '#', '＃', '№', '第']);
    let text = text.trim_end_matches(['。', '.', '！', '!', '，', ',']);
    let text = text.trim_end_matches(['条', '版', '期', '号']);
    let digit = |c: char| clean::digit(c).and_then(|value| char::from_digit(u32::from(value), 10));
    text.chars().map(digit).collect::<Option<String>>()?.parse().ok()
}

fn only(text: &str) -> Option<i64> {
    match word(text) {
        (one, "") => number(one),
        _ => None,
    }
}

fn several(text: &str) -> Option<Vec<i64>> {
    let numbers: Option<Vec<i64>> = text
        .split([' ', '\u{3000}', '，', ',', '、'])
        .filter(|part| !part.is_empty())
        .map(number)
        .collect();
    numbers.filter(|numbers| !numbers.is_empty())
}

fn filled(text: &str) -> Option<Masked> {
    Some(Masked::from(text)).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editors_type_verb_and_number() {
        for (text, asked) in [
            ("候选", Curate::Overview),
            ("候选 12", Curate::Show(12)),
            ("候选 商标 注册", Curate::Find("商标 注册".into())),
            ("并入 12 第037条", Curate::Join(12, 37)),
            ("合并 12 15", Curate::Merge(12, vec![15])),
            ("合并 12 15、18", Curate::Merge(12, vec![15, 18])),
            ("拆出 12 Q1024、Q1031", Curate::Split(12, vec![1024, 1031])),
            ("不收 12 只有一家问", Curate::Dismiss(12, "只有一家问".into())),
            (
                "改 037 答案 结论：可以。\n时限：1天",
                Curate::Edit(37, "答案".into(), "结论：可以。\n时限：1天".into()),
            ),
            (
                "改稿 ５ 复核 2027-06-30",
                Curate::Rewrite(5, "复核".into(), "2027-06-30".into()),
            ),
            ("恢复 37 第2版", Curate::Restore(37, 2)),
            ("对比 37 1 2", Curate::Compare(37, 1, 2)),
            ("批准 5", Curate::Approve(5)),
        ] {
            assert_eq!(parse(&text.into()), Some(asked), "{text}");
        }
        for words in [
            "改个名字要几天",
            "候选人是谁",
            "批准证书 5 年",
            "草稿 保存在哪",
            "合并 要什么材料",
            "填 ",
        ] {
            assert_eq!(parse(&words.into()), None, "{words}");
        }
    }
}
