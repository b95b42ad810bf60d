//! What came of an act on the list, as its page says it.

use crate::desk::curating::{Done, NotDone};
use crate::domain::list::draft::DraftRefusal;
use crate::faq::edit::{Field, Wrong};
use crate::web::console::answered::Said;

/// The lines at the top of the page that acted.
pub fn said(came: &crate::desk::curating::Came) -> Said {
    match came {
        Ok(done) => Said {
            lines: done_lines(done),
            refused: false,
        },
        Err(why) => Said::refused(&refused(why)),
    }
}

fn done_lines(done: &Done) -> Vec<String> {
    vec![match done {
        Done::Begun(id) => format!("草稿 {} 起好了。", id.0),
        Done::Written(wrong) if wrong.is_empty() => "存好了。".to_owned(),
        Done::Written(wrong) => return wrong.iter().map(|(field, why)| wrong_field(*field, why)).collect(),
        Done::Submitted(id) => format!("草稿 {} 已送审，批了会告诉您。", id.0),
        Done::Dropped => "撤了。它来自的候选又在等处理。".to_owned(),
        Done::Approved => "已批准，正在检验；过了就进清单，没过会退回并写明原因。".to_owned(),
        Done::Returned => "已退回，原因告诉了拟稿人。".to_owned(),
        Done::TakenOut(0) => "都去掉了，这份稿撤了。".to_owned(),
        Done::TakenOut(left) => format!("去掉了，还剩 {left} 句。"),
        Done::Dismissed => "不收，原因记下了。".to_owned(),
        Done::Merged(moved) => format!("并好了，移过来 {moved} 个问题。"),
        Done::Split(to) => format!("拆出来了，成为候选 {to}。"),
        Done::Renamed => "改好了。".to_owned(),
        Done::Settled => "口径记下了。".to_owned(),
        Done::Thawed => "解冻了，从现在起照这条答。".to_owned(),
    }]
}

/// Why something was not done, and what to do.
pub fn refused(why: &NotDone) -> String {
    match why {
        NotDone::NotAKeeper => "清单由市局编辑和审批来管。".to_owned(),
        NotDone::NotAnApprover => "批准和退回由市局审批来做。".to_owned(),
        NotDone::Changed => "您看的时候，这份稿已经有人动过，这次什么也没有改。请看一眼现在的样子再定。".to_owned(),
        NotDone::NoCandidate => "没有这个候选，可能已经并到别处。".to_owned(),
        NotDone::Decided(standing) => format!("这个候选已经有人处理过：{standing}。"),
        NotDone::NoneChosen => "还没有勾选要拆出的问题。".to_owned(),
        NotDone::NoEntry => "清单里没有这一条。请核对条号。".to_owned(),
        NotDone::OpenAlready(id) => format!("这一条已经有草稿 {}，请接着改那一份。", id.0),
        NotDone::NoDraft => "没有这份草稿。".to_owned(),
        NotDone::Refused(DraftRefusal::OwnText) => "这份稿您写过，要请另一位审批来批。".to_owned(),
        NotDone::Refused(DraftRefusal::NotSubmitted) => "这份稿现在没有在等审批。".to_owned(),
        NotDone::Refused(DraftRefusal::Closed) => "这份稿已经定了，不能再改。要改请另起一份。".to_owned(),
        NotDone::NoWords => "请写一句，对方看得懂为什么。".to_owned(),
        NotDone::NoDispute => "这个分歧已经有人定了。".to_owned(),
        NotDone::Wrong(field) => format!("“{}”这样写看不懂。", field.map_or("这一项", Field::word)),
        NotDone::Incomplete(missing) => format!("还不能送审，请先写好：{}。", words(missing).join("、")),
        NotDone::Private(field, held) => format!(
            "还不能送审：“{}”里的“{held}”是个人的号码或账号，不能公开。请换成窗口或固定电话。",
            field.word()
        ),
        NotDone::NoRevision => "没有这一版。".to_owned(),
        NotDone::NoLine => "没有这一句，可能刚被别人去掉。".to_owned(),
        NotDone::NotLearnt => "这份稿没有让帮办学过话，没有可以收回的。".to_owned(),
        NotDone::NothingToFill => "请写上要填的内容。".to_owned(),
        NotDone::NotFrozen => "这一条没有停着，正在照它答。".to_owned(),
    }
}

/// Fields as editors call them.
pub fn words(fields: &[Field]) -> Vec<&'static str> {
    fields.iter().copied().map(Field::word).collect()
}

/// What is wrong with what was written for a field.
pub fn wrong_field(field: Field, why: &Wrong) -> String {
    let field = field.word();
    match why {
        Wrong::Empty => format!("“{field}”不能空着，没有存。"),
        Wrong::NotADay(text) => format!("“{field}”里的“{text}”不是日期，请写成 2027-06-30。"),
        Wrong::Unknown(text, known) => {
            let known: Vec<&str> = known.iter().copied().filter(|word| !word.is_empty()).collect();
            format!("“{field}”里没有“{text}”，可以写：{}。", known.join("、"))
        }
        Wrong::Placeholder(name) => format!("没有 {{{{{name}}}}} 这个占位词，答案没有存。"),
        Wrong::NoDocument(text) => {
            format!("依据要写明文件，例如《市场主体登记管理条例》第二十四条（“{text}”里没有《》）。")
        }
    }
}
