//! What several sentences share: who is named, which window, which numbers.

use crate::domain::asking::question::QuestionId;
use crate::domain::chat::message::{Media, MediaKind};
use crate::domain::chat::rich::Rich;
use crate::domain::roster::people::PublicHelper;

/// A helper as named in chat: name, place, landline, and the account to mention where there is one.
#[derive(Clone, Debug)]
pub struct Named {
    /// Public name, office, bureau, landline.
    pub public: PublicHelper,
    /// The account in the channel where this is said.
    pub account: Option<String>,
    /// 明天 8:30, when they are not on duty now.
    pub from: Option<String>,
}

impl Named {
    /// 张晓明（魏都分局窗口，0374-0000011）
    pub(super) fn full(&self) -> String {
        let PublicHelper {
            name,
            office,
            bureau,
            landline,
        } = &self.public;
        match landline {
            Some(landline) => format!("{name}（{bureau}{office}，{}）", landline.as_str()),
            None => format!("{name}（{bureau}{office}）"),
        }
    }

    /// A mention; without an account the landline helps.
    pub(super) fn mention(&self, text: Rich) -> Rich {
        match &self.account {
            Some(account) => text.person(&self.public.name, Some(account)),
            None => text.plain(self.full()),
        }
    }
}

/// Whom to ask if everything else fails.
#[derive(Clone, Debug)]
pub struct WindowContact {
    /// 魏都分局窗口
    pub name: String,
    /// 示例街 2 号
    pub address: Option<String>,
    /// 0374-0000010
    pub landline: Option<String>,
}

impl WindowContact {
    pub(super) fn said(&self) -> String {
        let mut said = self.name.clone();
        let details: Vec<&str> = [self.address.as_deref(), self.landline.as_deref()]
            .into_iter()
            .flatten()
            .collect();
        if !details.is_empty() {
            said.push_str(&format!("（{}）", details.join("，")));
        }
        said
    }
}

/// 图片, or 图片、位置.
pub(super) fn media_said(kinds: &[MediaKind]) -> String {
    let said = |kind: &MediaKind| match kind {
        MediaKind::Picture => "图片",
        MediaKind::Voice => "语音",
        MediaKind::Video => "视频",
        MediaKind::File => "文件",
        MediaKind::Location => "位置",
        MediaKind::Contact => "名片",
        MediaKind::Sticker => "表情",
        MediaKind::Poll => "投票",
    };
    kinds.iter().map(said).collect::<Vec<_>>().join("、")
}

/// Stands for the words of a message that has none: ［位置］.
pub fn in_place_of_words(media: &[Media]) -> String {
    let kinds: Vec<MediaKind> = media.iter().map(|media| media.kind).collect();
    format!("［{}］", media_said(&kinds))
}

/// Q1024, or Q1024、Q1025.
pub(super) fn numbers(ids: &[QuestionId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}

/// How the text command that claims is typed: with the number where it is one question.
pub(super) fn claim_said(ids: &[QuestionId]) -> String {
    match ids {
        [only] => format!("回复“认领 {}”。", only.0),
        _ => "回复“认领 编号”。".to_owned(),
    }
}
