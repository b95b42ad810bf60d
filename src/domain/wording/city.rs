//! Between a helper and the city desk.

use super::parts::Named;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;

/// 求助市局: a masked copy in the guidance group. Who asked is not said.
pub fn ask_city(id: QuestionId, bureau: &str, helper: &str, question: &Masked, note: &Masked) -> Rich {
    let text = Rich::default()
        .bold(format!("{id} {bureau}{helper}求助"))
        .plain(format!("\n{question}\n"));
    let text = if note.is_empty() {
        text
    } else {
        text.plain(format!("说明：{note}\n"))
    };
    text.plain("请市局帮办台直接回复这条消息，我转给帮办员。")
}

/// 求助市局 was passed on.
pub fn city_asked(id: QuestionId) -> Rich {
    Rich::from(format!(
        "{id} 已请市局帮办台帮忙，有了答复马上转给您；提问人这边仍由您负责。"
    ))
}

/// Nobody is in the guidance group to be asked.
pub fn no_guidance_group(id: QuestionId) -> Rich {
    Rich::from(format!("{id} 还没有绑定工作指导群，请直接打市局注册科电话。"))
}

/// The city desk's advice, to the helper only.
pub fn city_advice(id: QuestionId, by: &str, advice: &Masked) -> Rich {
    Rich::default().bold(format!("{id} 市局{by}答复您：")).plain(format!(
        "\n{advice}\n可以点“采用此答复”原样发给提问人；要改的，直接回复这条消息。"
    ))
}

/// The city changed its advice, which the helper reads changed.
pub fn city_advice_changed(id: QuestionId, by: &str) -> Rich {
    Rich::default().bold(id.to_string()).plain(format!(
        " 市局{by}改了给您的答复，上面那条已经换成新的。原来的要是已经发给提问人，请再答一次。"
    ))
}

/// The advice was passed on to the helper.
pub fn advice_passed_on(id: QuestionId, helper: &str) -> Rich {
    Rich::from(format!("{id} 已转给{helper}。"))
}

/// The helper has no private chat in which they could be told.
pub fn helper_unreachable(id: QuestionId, helper: &Named) -> Rich {
    Rich::from(format!("{id} {}没有私聊过我，转不过去，请直接打电话。", helper.full()))
}
