//! One question and its life (PRODUCT §2): a state carries what is true in it, a transition consumes the old one.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::clock::Millis;
use crate::domain::asking::clocks::{Nudge, Rung};
use crate::domain::chat::group::GroupId;
use crate::domain::chat::message::{Account, Media, MessageRef, Place};
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{BureauId, PersonId};

/// A helper may put a claim back this long.
pub const RELEASE_MS: i64 = 2 * 60_000;
/// An ended question can be taken up again this long.
pub const REOPEN_MS: i64 = 7 * 24 * 3_600_000;
/// The asker's next question-like message within this long goes on with the same question.
pub const FOLLOW_UP_MS: i64 = 10 * 60_000;
/// Choices offered when the bot is not sure.
pub const MAX_CHOICES: usize = 3;

/// A question's number, said as Q1024.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct QuestionId(pub i64);

impl std::fmt::Display for QuestionId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Q{}", self.0)
    }
}

/// An approved wording of an entry: what an answer points to for ever. Written as `dereg-003·2`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionRef {
    /// The entry's stable id.
    pub entry: String,
    /// Its revision.
    pub revision: i64,
}

impl std::fmt::Display for RevisionRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}·{}", self.entry, self.revision)
    }
}

/// Something that names no revision of an entry.
#[derive(Debug, thiserror::Error)]
#[error("no revision of an entry")]
pub struct NoRevision;

impl std::str::FromStr for RevisionRef {
    type Err = NoRevision;

    fn from_str(text: &str) -> Result<RevisionRef, NoRevision> {
        let (entry, revision) = text.rsplit_once('·').ok_or(NoRevision)?;
        let revision = revision.parse().map_err(|_| NoRevision)?;
        let entry = entry.to_owned();
        // They count from 1.
        if revision < 1 {
            Err(NoRevision)
        } else {
            Ok(RevisionRef { entry, revision })
        }
    }
}

/// What somebody was told of an entry that has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Its new words.
    Now(RevisionRef),
    /// That it is no longer said; this was the last of it.
    Gone(RevisionRef),
}

impl Told {
    /// The entry's stable id.
    pub fn entry(&self) -> &str {
        match self {
            Told::Now(revision) | Told::Gone(revision) => &revision.entry,
        }
    }
}

/// In the history the last revision of an entry that is gone stands with a minus before it: `dereg-003·-2`.
const GONE: char = '-';

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Told::Now(revision) => write!(f, "{revision}"),
            Told::Gone(last) => write!(f, "{}·{GONE}{}", last.entry, last.revision),
        }
    }
}

impl std::str::FromStr for Told {
    type Err = NoRevision;

    fn from_str(text: &str) -> Result<Told, NoRevision> {
        let gone = text
            .rsplit_once('·')
            .and_then(|(entry, last)| Some((entry, last.strip_prefix(GONE)?)));
        match gone {
            Some((entry, last)) => Ok(Told::Gone(format!("{entry}·{last}").parse()?)),
            None => Ok(Told::Now(text.parse()?)),
        }
    }
}

/// Where a question stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    /// Not answerable so far; the asker may still be typing (a burst is one question).
    Gathering {
        /// When the hand-over happens.
        until: Millis,
    },
    /// The bot offered choices.
    Suggested {
        /// Which entries.
        choices: Vec<String>,
        /// When it lapses.
        until: Millis,
    },
    /// The bot answered.
    Answered {
        /// What it said.
        said: RevisionRef,
        /// When it lapses.
        until: Millis,
    },
    /// Handed over, nobody has claimed it.
    Waiting {
        /// The helper who is asked first; none where a bureau and the city desk have nobody.
        duty: Option<PersonId>,
        /// Since when.
        since: Millis,
        /// The last rung of the ladder that was climbed.
        rung: Rung,
    },
    /// A helper has it.
    Claimed {
        /// Who.
        by: PersonId,
        /// Since when.
        at: Millis,
        /// How far the wait for the first reply has come.
        nudge: Nudge,
        /// Whom it was offered to (转办); until they accept it stays where it is.
        #[serde(default)]
        offered: Option<PersonId>,
        /// It can no longer be put back, and the button that did is gone.
        #[serde(default)]
        kept: bool,
    },
    /// A helper answered.
    Replied {
        /// Who.
        by: PersonId,
        /// When it lapses.
        until: Millis,
    },
    /// Over.
    Ended {
        /// How.
        how: Ending,
        /// When.
        at: Millis,
        /// The helper who had it, if any: the one who takes it up again.
        by: Option<PersonId>,
    },
}

/// How a question ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ending {
    /// 解决了, said by the asker.
    Solved,
    /// 办结, by the helper or a bureau admin.
    Closed,
    /// Nobody said anything more.
    Lapsed,
    /// The asker took it back.
    Withdrawn,
    /// Recorded in a group where the bot only listens.
    Observed,
}

impl State {
    /// The state's name in the database and in figures.
    pub fn phase(&self) -> &'static str {
        match self {
            State::Gathering { .. } => "gathering",
            State::Suggested { .. } => "suggested",
            State::Answered { .. } => "answered",
            State::Waiting { .. } => "waiting",
            State::Claimed { .. } => "claimed",
            State::Replied { .. } => "replied",
            State::Ended { .. } => "ended",
        }
    }

    /// The helper who has the question now.
    pub fn holder(&self) -> Option<PersonId> {
        match self {
            State::Claimed { by, .. } | State::Replied { by, .. } => Some(*by),
            State::Ended { by, .. } => *by,
            State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } | State::Waiting { .. } => None,
        }
    }
}

/// A question. What is known of it can be read; only a transition makes another one of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Question(pub(super) Facts);

impl Deref for Question {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.0
    }
}

/// What is known of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Its number.
    pub id: QuestionId,
    /// Grows with each change; a writer who read an older one starts again.
    pub version: i64,
    /// Who asks.
    pub asker: Account,
    /// The name shown in the group, masked.
    pub asker_name: Masked,
    /// The group it was asked in.
    pub group: GroupId,
    /// The bureau that group belongs to.
    pub bureau: BureauId,
    /// The asker's message, so that everything said about it quotes it and stays in its topic.
    pub message: MessageRef,
    /// What was asked, masked.
    pub text: Masked,
    /// Pictures, voice and files that came with it.
    pub media: Vec<Media>,
    /// Place of registration if it could be read from the words (三(三)3).
    pub registered_at: Option<BureauId>,
    /// 首问负责: the first helper, set once, never rewritten.
    pub first_helper: Option<PersonId>,
    /// Where it stands.
    pub state: State,
    /// When it was asked.
    pub asked_at: Millis,
    /// When the asker last said something about it.
    pub heard_at: Millis,
}

/// Why something is not done; an answer that is said, not a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Somebody else has it.
    HeldBy(PersonId),
    /// The presser has it already.
    AlreadyYours,
    /// It is over.
    Over,
    /// It is no longer where this could be done.
    NotNow,
    /// Only its asker may do this.
    NotYours,
    /// Only helpers may do this.
    NotHelper,
    /// Only its helper or a bureau admin may do this.
    NotHolder,
    /// 放回 is possible for two minutes only.
    TooLateToRelease,
    /// 办结 before any reply needs a reason.
    ReasonNeeded,
    /// 转办 needs a reason.
    WhyNeeded,
    /// It was not offered to this helper.
    NotOffered,
    /// A solved question is rated once, by its asker.
    RatedAlready,
    /// No such question.
    NoSuchQuestion,
    /// The button no longer does anything.
    Stale,
}

impl Facts {
    /// Where what is said about the question goes.
    pub fn place(&self) -> &Place {
        &self.message.place
    }

    /// Not over.
    pub fn open(&self) -> bool {
        !matches!(self.state, State::Ended { .. })
    }
}

impl Question {
    /// A question as the store kept it.
    pub fn kept(facts: Facts) -> Question {
        Question(facts)
    }

    /// The same after it was written: the store's business.
    #[must_use]
    pub fn written(mut self) -> Question {
        self.0.version += 1;
        self
    }
}
