//! Fees in a reply: how much, for what. What is no fee of the registration or of a named extra is left alone.

use super::clauses::{Clause, has};
use super::figures::{self, Figure, Form, Things, Value};
use crate::domain::list::amount::{Amount, amounts};

/// What may cost something beside the registration itself, which is 0.
const THINGS: &Things = &[
    &["刻章", "公章", "印章", "刻"],
    &["登报", "报纸", "报社"],
    &["公示", "公告"],
    &["邮寄", "快递", "邮费", "寄", "运费"],
    &["代办", "中介", "代理", "代账", "记账"],
    &["CA", "ca", "U盾", "key", "数字证书"],
    &["罚"],
    &["开户", "对公", "银行"],
    &["打印", "复印"],
    &["档案", "查档", "内档"],
    &["税"],
];
/// Sums that are no fees.
const NO_FEE: [&str; 26] = [
    "注册资本",
    "注册资金",
    "资本",
    "认缴",
    "实缴",
    "出资",
    "增资",
    "减资",
    "股",
    "销售",
    "营业额",
    "收入",
    "流水",
    "投资",
    "货款",
    "工资",
    "补贴",
    "奖励",
    "租金",
    "房租",
    "贷款",
    "额度",
    "押金",
    "资金",
    "合同",
    "产值",
];
const SKIP: [&str; 10] = [
    "不是", "并非", "以前", "原来", "过去", "原先", "之前", "上次", "不到", "骗",
];
const FREE: [&str; 19] = [
    "免费",
    "不收费",
    "不收钱",
    "不要钱",
    "不用钱",
    "不花钱",
    "不用花钱",
    "不用交钱",
    "不用掏钱",
    "不掏钱",
    "不用缴费",
    "不用交费",
    "没有费用",
    "没费用",
    "不收取任何费用",
    "不收任何费用",
    "分文不取",
    "一分钱不",
    "一分不要",
];
const CHARGED: [&str; 10] = [
    "要收费",
    "需要收费",
    "得收费",
    "收工本费",
    "交工本费",
    "要交钱",
    "得交钱",
    "要掏钱",
    "得掏钱",
    "要收钱",
];

/// The fees a reply gives.
pub(super) fn figures(clauses: &[Clause<'_>]) -> Vec<Figure> {
    let mut found = Vec::new();
    for clause in clauses.iter().filter(|clause| !clause.asks && !clause.conditional) {
        let other = has(clause.text, &NO_FEE) || clause.previous.is_some_and(|text| has(text, &NO_FEE));
        if other || has(clause.text, &SKIP) {
            continue;
        }
        for amount in amounts(clause.text).into_iter().filter(Amount::is_money) {
            let scale = if amount.unit == "万元" { 10_000.0 } else { 1.0 };
            let thing = figures::thing(&amount, clause, THINGS);
            let value = figures::value(&amount, false, scale).filter(|value| thing != 0 || value.to < 10_000.0);
            let Some(value) = value.filter(|_| !figures::begins_range(&amount)) else {
                continue;
            };
            let said = match value.to {
                0.0 => "免费".to_string(),
                _ => figures::said(&amount, &value),
            };
            let cases = clause.cases;
            figures::add(
                &mut found,
                Figure {
                    thing,
                    cases,
                    value,
                    said,
                },
            );
        }
        if let Some((at, _)) = FREE.iter().find_map(|word| clause.text.match_indices(word).next()) {
            found_words(clause, at, (0.0, 0.0), "免费", &mut found);
        } else if let Some((at, _)) = CHARGED.iter().find_map(|word| clause.text.match_indices(word).next()) {
            found_words(clause, at, (0.01, f64::INFINITY), "要收费", &mut found);
        }
    }
    found
}

fn found_words(clause: &Clause<'_>, at: usize, span: (f64, f64), said: &str, found: &mut Vec<Figure>) {
    let (before, after) = clause.text.split_at(at);
    if before.ends_with(['不', '别', '没']) || has(before, &["其他", "别的", "剩下"]) {
        return;
    }
    let previous = clause.previous.and_then(|text| figures::last(text, THINGS));
    let thing = figures::last(before, THINGS)
        .or_else(|| figures::last(after, THINGS))
        .or(previous);
    let figure = Figure {
        thing: thing.unwrap_or(0),
        cases: clause.cases,
        value: Value {
            from: span.0,
            to: span.1,
            form: Form::Range,
            working: false,
        },
        said: said.to_string(),
    };
    figures::add(found, figure);
}

/// Whether two fees cannot both hold. The registration is free and an extra costs: that is no contradiction.
pub(super) fn contradict(one: &Figure, other: &Figure) -> bool {
    one.thing == other.thing && figures::apart(one.value, other.value)
}
