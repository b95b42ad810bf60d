//! Time limits in a reply: how long, of what, counted in which days.

use super::clauses::{Clause, has};
use super::figures::{self, Figure, Form, Things, Value};
use crate::domain::list::amount::{Amount, amounts};

/// What takes time.
const THINGS: &Things = &[
    &["公示", "公告", "挂网"],
    &["登报", "报纸"],
    &["审核", "审批", "审查", "受理"],
    &[
        "办结",
        "办完",
        "办好",
        "办下来",
        "办妥",
        "弄好",
        "下来",
        "出证",
        "出照",
        "下证",
        "下照",
    ],
    &[
        "领取",
        "领照",
        "领证",
        "领执照",
        "取照",
        "来领",
        "来取",
        "拿照",
        "拿证",
        "拿执照",
        "拿到",
    ],
    &["保留", "有效"],
    &["补正", "补齐", "改好", "整改"],
    &["提交", "申请", "申报"],
    &["出资", "认缴", "实缴", "缴足", "到位", "缴清"],
    &["邮寄", "快递", "寄"],
    &["移出", "修复"],
    &["歇业"],
    &["回复", "答复", "联系", "回话"],
    &["延长", "宽展", "延期", "再延"],
    &["预约"],
    &["清算", "债权"],
    &["档案"],
    &["决议", "决定"],
    &["刻章", "公章"],
    &["开户"],
    &["税"],
];
/// What is said of another time, of no limit, or denied.
const SKIP: [&str; 22] = [
    "不是",
    "并非",
    "不用",
    "不需要",
    "以前",
    "原来",
    "过去",
    "原先",
    "之前是",
    "已经",
    "过了",
    "用不了",
    "要不了",
    "不到",
    "上次",
    "昨天",
    "复杂",
    "特殊",
    "老规定",
    "年龄",
    "周岁",
    "工作了",
];
const AT_ONCE: [&str; 7] = ["当场", "立等可取", "现场就", "马上就", "随到随办", "即时", "立马"];

/// The time limits a reply gives.
pub(super) fn figures(clauses: &[Clause<'_>]) -> Vec<Figure> {
    let mut found = Vec::new();
    for clause in clauses.iter().filter(|clause| !clause.asks && !clause.conditional) {
        for amount in amounts(clause.text).into_iter().filter(Amount::is_time) {
            let passed = ["前", "之前", "以前", "了"]
                .iter()
                .any(|word| amount.after.starts_with(word));
            if passed || has(amount.before, &SKIP) || figures::begins_range(&amount) {
                continue;
            }
            let Some(value) = figures::value(&amount, working(&amount), days(&amount)) else {
                continue;
            };
            let figure = Figure {
                thing: figures::thing(&amount, clause, THINGS),
                cases: clause.cases,
                value,
                said: said(&amount, &value),
            };
            figures::add(&mut found, figure);
        }
        at_once(clause, &mut found);
    }
    found
}

fn at_once(clause: &Clause<'_>, found: &mut Vec<Figure>) {
    let hit = AT_ONCE
        .iter()
        .find_map(|word| clause.text.split_once(word).map(|parts| (word, parts)));
    let Some((word, (before, after))) = hit else { return };
    let near: String = after.chars().take(4).collect();
    if has(&near, &["不", "没"]) || has(before, &SKIP) || before.ends_with('不') || before.contains("齐") {
        return;
    }
    let thing = figures::last(after, THINGS).or_else(|| figures::last(before, THINGS));
    let figure = Figure {
        thing: thing.unwrap_or(0),
        cases: clause.cases,
        value: Value {
            from: 0.0,
            to: 0.5,
            form: Form::Range,
            working: false,
        },
        said: (*word).to_string(),
    };
    figures::add(found, figure);
}

fn said(amount: &Amount<'_>, value: &Value) -> String {
    if value.working && amount.unit == "日" {
        return figures::said(amount, value).replace('日', "个工作日");
    }
    figures::said(amount, value)
}

/// 3个工作日, 3天都是工作日.
fn working(amount: &Amount<'_>) -> bool {
    let near: String = amount.after.chars().take(6).collect();
    amount.unit == "个工作日" || (amount.unit == "日" && near.contains("工作日") && !near.contains("不"))
}

/// The days one of the unit lasts; a year has twelve months of thirty.
fn days(amount: &Amount<'_>) -> f64 {
    match amount.unit {
        "分钟" => 1.0 / 1440.0,
        "小时" => 1.0 / 24.0,
        "周" => 7.0,
        "个月" => 30.0,
        "年" => 360.0,
        _ => 1.0,
    }
}

/// Whether two time limits cannot both hold. Days and working days are different even where the number is the same.
pub(super) fn contradict(one: &Figure, other: &Figure) -> bool {
    let (a, b) = (one.value, other.value);
    if a.working == b.working {
        return if a.form == Form::Limit && b.form == Form::Limit {
            figures::apart(exact(a), exact(b))
        } else {
            figures::apart(a, b)
        };
    }
    let (working, plain) = if a.working { (a, b) } else { (b, a) };
    let firm = |value: Value| matches!(value.form, Form::Exact | Form::Limit);
    let whole_days = plain.to >= 1.0 && plain.to.fract() == 0.0;
    if working.form == plain.form && firm(working) && whole_days {
        return true;
    }
    // Weekends and holidays between.
    let longer = Value {
        from: working.from,
        to: working.to * 2.0,
        ..working
    };
    figures::apart(longer, plain)
}

fn exact(value: Value) -> Value {
    Value {
        from: value.to,
        ..value
    }
}
