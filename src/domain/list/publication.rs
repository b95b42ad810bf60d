//! An edition on its way into the official account: what is sent, how far it is, and what people may decide about it.
//! What the account answers, and when to ask it again, is decided in `official_account`.

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::domain::roster::people::{Person, PersonId, Role};

/// Characters of an article's title (developers.weixin.qq.com, api_draft_add).
pub const TITLE_MOST: usize = 32;
/// An article's HTML has fewer characters than this (the same page).
pub const CONTENT_MOST: usize = 20_000;

/// One article of a draft, as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub title: String,
    pub author: String,
    pub digest: String,
    /// HTML with inline styles only.
    pub content: String,
}

/// How editions reach the account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The program makes the draft and publishes it.
    Api,
    /// The program makes the draft, a person presses 发表.
    Draft,
    /// The program writes files, a person does the rest.
    Files,
}

/// A person's word that a draft may be published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    pub person: PersonId,
    pub name: String,
    pub at: Millis,
}

/// How far a draft is. What a state needs stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case", deny_unknown_fields)]
pub enum State {
    /// The articles are made; nothing was sent.
    Prepared,
    /// The draft is being added; whether it is there is not known.
    Drafting,
    /// A draft that is there is being brought up to date.
    Redrafting { media_id: String },
    /// The draft is in the account and waits for a person's word.
    Drafted { media_id: String },
    /// A person agreed.
    Approved { media_id: String, ok: Approval },
    /// A person said to publish it; it is submitted as soon as the account lets us.
    Ordered { media_id: String, ok: Approval },
    /// It is being submitted; whether the account took it is not known. Never submitted again from here.
    Submitting {
        media_id: String,
        ok: Approval,
        since: Millis,
    },
    /// The account took it and works on it.
    Submitted {
        publish_id: String,
        media_id: String,
        ok: Approval,
    },
    /// A person publishes it and records where it stands.
    ByHand {
        media_id: Option<String>,
        ok: Approval,
        why: String,
    },
    /// 待核实: whether it was published could not be found out; a person has to look.
    Unclear {
        media_id: String,
        ok: Approval,
        since: Millis,
    },
    /// It stands in the account.
    Published { urls: Vec<String>, at: Millis },
    /// The account refused it.
    Failed { why: String },
}

/// A draft of an edition and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// 第N期.
    pub edition: u32,
    /// Which draft of the edition, from 1.
    pub part: u32,
    /// How many drafts it has.
    pub parts: u32,
    pub articles: Vec<Article>,
    pub state: State,
    /// Who had it drafted; empty for the operator.
    pub drafted_by: String,
    /// Counts changes: whoever read an older one may not write.
    pub version: i64,
    /// When the program looks at it again; [`REST`]: when somebody says so.
    pub next_at: Millis,
    /// Attempts in this state.
    pub tries: u32,
    /// What is in the way, for the operator; empty while nothing is.
    pub trouble: String,
}

/// Not before somebody says so.
pub const REST: Millis = Millis(i64::MAX);

/// Why a person's word was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// Needs the role of 市局审批.
    NoApprover,
    /// Nobody approves what is their own.
    Own,
    /// It is not that far, or further.
    State,
}

impl Publication {
    /// 第3期, or 第3期（第2组） where an edition has several drafts.
    pub fn name(&self) -> String {
        if self.parts == 1 {
            format!("第{}期", self.edition)
        } else {
            format!("第{}期（第{}组，共{}组）", self.edition, self.part, self.parts)
        }
    }

    /// A person agrees. `made_by` froze the edition.
    pub fn approved(&self, person: &Person, made_by: &str, way: Way, at: Millis) -> Result<State, NotTaken> {
        if !person.has(Role::Approver) {
            return Err(NotTaken::NoApprover);
        }
        if person.name == made_by || person.name == self.drafted_by {
            return Err(NotTaken::Own);
        }
        let ok = Approval {
            person: person.id,
            name: person.name.clone(),
            at,
        };
        let by_hand = |media_id, why: &str| State::ByHand {
            media_id,
            ok: ok.clone(),
            why: why.to_owned(),
        };
        match (&self.state, way) {
            (State::Drafted { media_id }, Way::Api) => Ok(State::Approved {
                media_id: media_id.clone(),
                ok,
            }),
            (State::Drafted { media_id }, Way::Draft | Way::Files) => {
                Ok(by_hand(Some(media_id.clone()), "请在公众平台的草稿箱里点发表"))
            }
            (State::Prepared, Way::Files) => Ok(by_hand(None, "请把写出的文章贴进公众平台发表")),
            (
                State::Prepared
                | State::Drafting
                | State::Redrafting { .. }
                | State::Approved { .. }
                | State::Ordered { .. }
                | State::Submitting { .. }
                | State::Submitted { .. }
                | State::ByHand { .. }
                | State::Unclear { .. }
                | State::Published { .. }
                | State::Failed { .. },
                Way::Api | Way::Draft | Way::Files,
            ) => Err(NotTaken::State),
        }
    }

    /// A person takes back that it may be published, while nothing was submitted.
    pub fn unapproved(&self, person: &Person) -> Result<State, NotTaken> {
        if !person.has(Role::Approver) {
            return Err(NotTaken::NoApprover);
        }
        match &self.state {
            State::Approved { media_id, .. }
            | State::ByHand {
                media_id: Some(media_id),
                ..
            } => Ok(State::Drafted {
                media_id: media_id.clone(),
            }),
            State::ByHand { media_id: None, .. } => Ok(State::Prepared),
            State::Prepared
            | State::Drafting
            | State::Redrafting { .. }
            | State::Drafted { .. }
            | State::Ordered { .. }
            | State::Submitting { .. }
            | State::Submitted { .. }
            | State::Unclear { .. }
            | State::Published { .. }
            | State::Failed { .. } => Err(NotTaken::State),
        }
    }

    /// A person says to publish what was approved.
    pub fn ordered(&self) -> Result<State, NotTaken> {
        match &self.state {
            State::Approved { media_id, ok } => Ok(State::Ordered {
                media_id: media_id.clone(),
                ok: ok.clone(),
            }),
            State::Prepared
            | State::Drafting
            | State::Redrafting { .. }
            | State::Drafted { .. }
            | State::Ordered { .. }
            | State::Submitting { .. }
            | State::Submitted { .. }
            | State::ByHand { .. }
            | State::Unclear { .. }
            | State::Published { .. }
            | State::Failed { .. } => Err(NotTaken::State),
        }
    }

    /// A person saw it published.
    pub fn recorded(&self, url: &str, at: Millis) -> Result<State, NotTaken> {
        match &self.state {
            State::ByHand { .. } | State::Unclear { .. } => Ok(State::Published {
                urls: vec![url.to_owned()],
                at,
            }),
            State::Prepared
            | State::Drafting
            | State::Redrafting { .. }
            | State::Drafted { .. }
            | State::Approved { .. }
            | State::Ordered { .. }
            | State::Submitting { .. }
            | State::Submitted { .. }
            | State::Published { .. }
            | State::Failed { .. } => Err(NotTaken::State),
        }
    }

    /// A person looked and it was not published: it may be submitted again.
    pub fn seen_unpublished(&self) -> Result<State, NotTaken> {
        match &self.state {
            State::Unclear { media_id, ok, .. } => Ok(State::Approved {
                media_id: media_id.clone(),
                ok: ok.clone(),
            }),
            State::Prepared
            | State::Drafting
            | State::Redrafting { .. }
            | State::Drafted { .. }
            | State::Approved { .. }
            | State::Ordered { .. }
            | State::Submitting { .. }
            | State::Submitted { .. }
            | State::ByHand { .. }
            | State::Published { .. }
            | State::Failed { .. } => Err(NotTaken::State),
        }
    }
}

impl State {
    /// As people call it.
    pub fn chinese(&self) -> &'static str {
        match self {
            State::Prepared => "文章已备好",
            State::Drafting => "正在存草稿",
            State::Redrafting { .. } => "正在改草稿",
            State::Drafted { .. } => "草稿已存，等审批",
            State::Approved { .. } => "已审批，等发布",
            State::Ordered { .. } => "等待提交",
            State::Submitting { .. } => "正在提交",
            State::Submitted { .. } => "已提交，等结果",
            State::ByHand { .. } => "已审批，等人工发表",
            State::Unclear { .. } => "待核实",
            State::Published { .. } => "已发布",
            State::Failed { .. } => "没有发布成",
        }
    }
}
