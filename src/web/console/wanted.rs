//! What a form of a question's page asks for.

use crate::desk::Whole;
use crate::domain::asking::question::QuestionId;
use crate::domain::asking::request::{Adopted, HelperAct};
use crate::domain::privacy::Masked;
use crate::web::Web;
use crate::web::failure::Failure;

use super::staff::Staff;

/// The fields of a form.
#[derive(Debug, Default)]
pub struct Wanted {
    act: String,
    /// The question's version on the page.
    pub version: Option<i64>,
    /// What is written.
    pub words: String,
    /// `entry:37`, `advice:5`, or nothing.
    pub adopting: String,
    to: String,
    reason: String,
    defects: Vec<String>,
}

impl Wanted {
    /// Reads a form's fields; unknown ones are left.
    pub fn of(pairs: &[(String, String)]) -> Wanted {
        let mut wanted = Wanted::default();
        for (name, value) in pairs {
            match name.as_str() {
                "act" => wanted.act.clone_from(value),
                "version" => wanted.version = value.parse().ok(),
                "words" => wanted.words = value.trim().replace("\r\n", "\n"),
                "adopting" => wanted.adopting.clone_from(value),
                "to" => wanted.to.clone_from(value),
                "reason" => wanted.reason = value.trim().to_owned(),
                "defect" if value.parse::<u32>().is_ok() => wanted.defects.push(value.clone()),
                _ => {}
            }
        }
        wanted
    }

    /// Whether what is written goes to the asker.
    pub fn sends(&self) -> bool {
        matches!(self.act.as_str(), "reply" | "inform")
    }

    /// Whether it takes the question.
    pub fn claims(&self) -> bool {
        self.act == "claim"
    }

    /// The helper's act; `adopted` are the words of what is adopted as they stand in the list or the advice.
    ///
    /// # Errors
    /// What is missing, as it is said.
    pub fn act(&self, adopted: &Option<String>, most: usize) -> Result<HelperAct, &'static str> {
        if self.words.chars().count() > most || self.reason.chars().count() > most {
            return Err("太长了，最多 2000 字。请分两次说。");
        }
        let reason = || Masked::from(self.reason.as_str());
        Ok(match self.act.as_str() {
            "claim" => HelperAct::Claim,
            "release" => HelperAct::Release,
            "decline" => HelperAct::Decline,
            "close" => HelperAct::Close(reason()),
            "city" => HelperAct::AskCity(reason()),
            "offer" if self.to.is_empty() => return Err("请选转给谁。"),
            "offer" if self.reason.is_empty() => return Err("请写一句为什么转，接手的人好办。"),
            "offer" => HelperAct::Offer(Masked::from(format!("{} {}", self.to, self.reason))),
            "inform" if self.defects.is_empty() && self.reason.is_empty() => {
                return Err("请勾选缺什么，或写一句。");
            }
            "inform" => HelperAct::Inform(self.informed()),
            "reply" if self.words.is_empty() => return Err("还没有写内容。"),
            "reply" => self.reply(adopted),
            _ => return Err("这个操作看不懂。请刷新页面后再试。"),
        })
    }

    /// The numbers that are ticked, and what is written besides.
    fn informed(&self) -> Masked {
        let numbers = self.defects.join(" ");
        match self.reason.as_str() {
            "" => Masked::from(numbers),
            more => Masked::from(format!("{numbers} 另：{more}")),
        }
    }

    fn reply(&self, adopted: &Option<String>) -> HelperAct {
        let words = Masked::from(self.words.as_str());
        let as_it_is = adopted.as_deref().is_some_and(|adopted| adopted.trim() == self.words);
        match adopting(&self.adopting) {
            Some(what) if as_it_is => HelperAct::Adopt(what),
            Some(Adopted::Entry(no)) if adopted.is_some() => HelperAct::AdoptTyped(Some(no), words),
            Some(_) | None => HelperAct::Reply(words),
        }
    }

    /// What is said where it was not done: as the bot says it, but that nobody types commands here.
    pub fn not_done(&self, lines: Vec<String>) -> Vec<String> {
        match self.act.as_str() {
            "close" if self.reason.is_empty() => vec!["还没有答复就办结，请在“办结说明”里写一句原因。".to_owned()],
            _ => lines,
        }
    }

    /// What is said where the bot says nothing itself.
    pub fn done(&self, id: QuestionId) -> String {
        match self.act.as_str() {
            "claim" => format!("{id} 已认领，由您答复。"),
            "release" => format!("{id} 已放回，别人可以认领。"),
            "decline" => format!("{id} 没有接，仍由原来的帮办员办。"),
            "close" => format!("{id} 已办结。"),
            "city" => format!("{id} 已发到工作指导群，请市局帮忙；市局的意见会出现在这里。"),
            "offer" => format!("{id} 已问对方接不接；接手以前仍由您负责。"),
            _ => format!("{id} 已发给提问人。"),
        }
    }
}

/// What is adopted, as the form names it.
fn adopting(written: &str) -> Option<Adopted> {
    match written.split_once(':')? {
        ("entry", no) => no.parse().ok().map(Adopted::Entry),
        ("advice", step) => step.parse().ok().map(Adopted::Advice),
        _ => None,
    }
}

/// The words of what a form adopts, as they stand now.
pub async fn entries(web: &Web, staff: &Staff, id: QuestionId, wanted: &Wanted) -> Result<Option<String>, Failure> {
    if wanted.adopting.is_empty() {
        return Ok(None);
    }
    let whole = web.desk.whole(&staff.person, id).await?.ok_or(Failure::nothing())?;
    Ok(words_of(&whole, &wanted.adopting))
}

/// The words of an entry or a piece of advice that a question's page shows.
pub fn words_of(whole: &Whole, written: &str) -> Option<String> {
    match adopting(written)? {
        Adopted::Entry(no) => {
            let near = whole.near.iter().find(|near| near.no == no);
            near.map(|near| near.words.clone())
        }
        Adopted::Advice(step) => {
            let noted = whole.steps.iter().find(|noted| noted.id == step)?;
            crate::desk::advice(noted).map(str::to_owned)
        }
    }
}
