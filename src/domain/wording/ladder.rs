//! The ladder: whom a question that nobody claims or answers calls for next (PRODUCT §2.3).

use super::parts::{Named, claim_said, numbers};
use crate::domain::asking::clocks::Rung;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;

/// The ladder (PRODUCT §2.3): reminder to the helper on duty.
pub fn reminder(ids: &[QuestionId], helper: Option<&Named>) -> Rich {
    let text = Rich::default().bold(numbers(ids)).plain(" 还没人认领，");
    let text = match helper {
        Some(named) => named.mention(text.plain("请 ")).plain(" 看一下。"),
        None => text.plain("请帮办员看一下。"),
    };
    text.plain(claim_said(ids))
}

/// The ladder: what happens next if nobody claims.
pub fn warning(ids: &[QuestionId], rung: Rung) -> Rich {
    let next = match rung {
        Rung::Queued | Rung::WarnAllHelpers | Rung::AllHelpers | Rung::Card | Rung::Remind => "快要请全体帮办员了",
        Rung::WarnBureauAdmin | Rung::BureauAdmin => "快要请单位管理员安排了",
        Rung::WarnGuidance | Rung::Guidance => "快要报到工作指导群了，请安排人认领",
    };
    Rich::default()
        .bold(numbers(ids))
        .plain(format!(" 还没人认领，{next}。{}", claim_said(ids)))
}

/// The ladder: everybody of the bureau.
pub fn call_all(ids: &[QuestionId], helpers: &[Named]) -> Rich {
    let mut text = Rich::default()
        .bold(numbers(ids))
        .plain(" 等了一会儿了，请哪位帮办员认领：");
    for named in helpers {
        text = match &named.account {
            Some(account) => text.person(&named.public.name, Some(account)).plain(" "),
            None => text.plain(format!("{} ", named.public.name)),
        };
    }
    text.plain(format!("\n{}", claim_said(ids)))
}

/// The ladder: the bureau's administrator.
pub fn call_admin(ids: &[QuestionId], admins: &[Named]) -> Rich {
    let mut text = Rich::default()
        .bold(numbers(ids))
        .plain(" 一直没人认领，请单位管理员安排：");
    for named in admins {
        text = named.mention(text).plain(" ");
    }
    text
}

/// Under a call for several questions: what each asks, nearest deadline first.
pub fn each_asks(rows: &[(QuestionId, Masked)]) -> Rich {
    rows.iter().fold(Rich::default(), |text, (id, words)| {
        text.plain(format!("\n{id} {words}（认领 {}）", id.0))
    })
}

/// The ladder: the guidance group.
pub fn call_guidance(id: QuestionId, bureau: &str, question: &Masked) -> Rich {
    Rich::default()
        .bold(format!("{id} {bureau}一直没人认领"))
        .plain(format!("\n{question}\n请市局帮办台接一下：回复“认领 {}”。", id.0))
}

/// A claimed question's first reply is soon due.
pub fn reply_soon(ids: &[QuestionId]) -> Rich {
    Rich::default()
        .bold(numbers(ids))
        .plain(" 认领有一会儿了，提问人在等，请尽快答复。")
}

/// A claimed question's first reply is overdue: to the helper, or with their name to whoever arranges things.
pub fn reply_overdue(ids: &[QuestionId], helper: Option<&str>) -> Rich {
    let text = Rich::default().bold(numbers(ids));
    match helper {
        None => text.plain(" 提问人还在等，请答复一下；办不了的，请转办或求助市局。"),
        Some(name) => text.plain(format!(" 由{name}认领，到时还没有答复，请过问一下。")),
    }
}

/// The same in the duty group, where the helper is called.
pub fn reply_overdue_of(ids: &[QuestionId], helper: &Named) -> Rich {
    let text = Rich::default().bold(numbers(ids)).plain(" 提问人还在等，请 ");
    helper.mention(text).plain(" 答复一下；办不了的，请转办或求助市局。")
}

/// Nobody replied in time after the claim.
pub fn first_reply_due(id: QuestionId, helper: &Named) -> Rich {
    helper
        .mention(Rich::default().bold(id.to_string()).plain(" 提问人还在等，请 "))
        .plain(" 答复一下。")
}
