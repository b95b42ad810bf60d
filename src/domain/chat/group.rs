//! Groups: which bureau a chat belongs to and what it is for (许工商〔2018〕103号 四(三)3: 帮办群 and 工作指导群).

use serde::{Deserialize, Serialize};

use crate::domain::chat::message::{Channel, Place};
use crate::domain::chat::mode::Modes;
use crate::domain::chat::order::Order;
use crate::domain::roster::people::BureauId;

/// A group's number in this installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GroupId(pub i64);

/// What a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroupKind {
    /// 帮办群: enterprises ask, helpers answer.
    Help,
    /// 工作指导群: bureaus ask, the city desk answers.
    Guidance,
    /// 值班群: a bureau's staff only.
    Duty,
}

impl GroupKind {
    /// As people call it.
    pub fn chinese(self) -> &'static str {
        match self {
            GroupKind::Help => "帮办群",
            GroupKind::Guidance => "工作指导群",
            GroupKind::Duty => "值班群",
        }
    }

    /// The word people type after 绑定.
    pub fn from_word(word: &str) -> Option<GroupKind> {
        match word.trim().trim_end_matches('群') {
            "帮办" => Some(GroupKind::Help),
            "指导" | "工作指导" => Some(GroupKind::Guidance),
            "值班" => Some(GroupKind::Duty),
            _ => None,
        }
    }

    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            GroupKind::Help => "help",
            GroupKind::Guidance => "guidance",
            GroupKind::Duty => "duty",
        }
    }

    /// From the name in the database.
    pub fn from_key(key: &str) -> Option<GroupKind> {
        [GroupKind::Help, GroupKind::Guidance, GroupKind::Duty]
            .into_iter()
            .find(|kind| kind.key() == key)
    }
}

/// Whether the bot can speak in a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Member,
    /// It may only listen.
    Muted,
    /// It is no longer there.
    Gone,
}

impl Standing {
    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Standing::Member => "member",
            Standing::Muted => "muted",
            Standing::Gone => "gone",
        }
    }

    /// From the name in the database.
    pub fn from_key(key: &str) -> Option<Standing> {
        [Standing::Member, Standing::Muted, Standing::Gone]
            .into_iter()
            .find(|standing| standing.key() == key)
    }
}

/// A group the bot knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Its number.
    pub id: GroupId,
    /// The chat product.
    pub channel: Channel,
    /// The chat there.
    pub chat: String,
    /// Its title.
    pub title: String,
    /// The bureau and purpose it is bound to.
    pub bound: Option<(BureauId, GroupKind)>,
    /// Whether the bot can speak there.
    pub standing: Standing,
    /// How it may speak there.
    pub modes: Modes,
    /// How its bureau keeps it.
    pub order: Order,
}

impl Group {
    /// The group's chat as a place, in no topic.
    pub fn place(&self) -> Place {
        Place::chat(&self.channel, &self.chat)
    }

    /// The bureau, if bound.
    pub fn bureau(&self) -> Option<BureauId> {
        self.bound.map(|(bureau, _)| bureau)
    }

    /// The purpose, if bound.
    pub fn kind(&self) -> Option<GroupKind> {
        self.bound.map(|(_, kind)| kind)
    }
}
