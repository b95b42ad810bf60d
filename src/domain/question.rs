//! One question and its life (PRODUCT §2): a state carries what is true in it, a transition consumes the old one.

use serde::{Deserialize, Serialize};

use super::clocks::{Nudge, Rung};
use super::group::GroupId;
use super::message::{Account, Media, MessageRef, Place};
use super::people::{BureauId, PersonId};
use super::privacy::Masked;
use crate::clock::Millis;

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

/// An approved wording of an entry: what an answer points to for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionRef {
    /// The entry's stable id.
    pub entry: String,
    /// Its revision.
    pub revision: i64,
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

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its number.
    pub id: QuestionId,
    /// Grows with each change; a writer who read an older one starts again.
    pub version: i64,
    /// Who asks.
    pub asker: Account,
    /// The name shown in the group, masked.
    pub asker_name: String,
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
    /// No such question.
    NoSuchQuestion,
    /// The button no longer does anything.
    Stale,
}

impl Question {
    /// Where what is said about the question goes.
    pub fn place(&self) -> &Place {
        &self.message.place
    }

    /// Not over.
    pub fn open(&self) -> bool {
        !matches!(self.state, State::Ended { .. })
    }

    /// The same question in another state.
    #[must_use]
    pub fn with(mut self, state: State) -> Question {
        self.state = state;
        self
    }

    /// 首问负责 (三(三)3): set by the first helper who claims, replies or stands for the bot's answer; later ones change nothing.
    #[must_use]
    pub fn first_helped_by(mut self, person: PersonId) -> Question {
        self.first_helper.get_or_insert(person);
        self
    }

    /// 认领: the first helper who claims gets it, alone.
    pub fn claim(self, by: PersonId, now: Millis) -> Result<Question, Refusal> {
        match &self.state {
            State::Waiting { .. } | State::Gathering { .. } => Ok(self
                .with(State::Claimed {
                    by,
                    at: now,
                    nudge: Nudge::None,
                })
                .first_helped_by(by)),
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } if *holder == by => {
                Err(Refusal::AlreadyYours)
            }
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } => Err(Refusal::HeldBy(*holder)),
            State::Ended { .. } => Err(Refusal::Over),
            State::Suggested { .. } | State::Answered { .. } => Err(Refusal::NotNow),
        }
    }

    /// 放回: within two minutes of the claim, by who claimed. The first helper stays first.
    pub fn release(self, by: PersonId, duty: Option<PersonId>, now: Millis) -> Result<Question, Refusal> {
        match self.state {
            State::Claimed { by: holder, .. } if holder != by => Err(Refusal::HeldBy(holder)),
            State::Claimed { at, .. } if now.since(at) > RELEASE_MS => Err(Refusal::TooLateToRelease),
            State::Claimed { .. } => Ok(self.with(State::Waiting {
                duty,
                since: now,
                rung: Rung::Card,
            })),
            State::Ended { .. } => Err(Refusal::Over),
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Replied { .. } => Err(Refusal::NotNow),
        }
    }

    /// A helper's reply becomes the answer. A reply before any claim is the claim; a colleague may help out too,
    /// and the one who has the question keeps it.
    pub fn reply(self, by: PersonId, lapse: i64, now: Millis) -> Result<Question, Refusal> {
        let holder = self.state.holder().unwrap_or(by);
        match self.state {
            State::Ended { .. } => Err(Refusal::Over),
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Claimed { .. }
            | State::Replied { .. } => Ok(self
                .with(State::Replied {
                    by: holder,
                    until: now.plus(lapse),
                })
                .first_helped_by(by)),
        }
    }

    /// 办结: by its helper or a bureau admin, from claimed or replied; before any reply only with a reason.
    pub fn close(self, by: PersonId, admin: bool, reason: &str, now: Millis) -> Result<Question, Refusal> {
        match self.state {
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } if holder != by && !admin => {
                Err(Refusal::NotHolder)
            }
            State::Claimed { .. } if reason.trim().is_empty() => Err(Refusal::ReasonNeeded),
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } => Ok(self.with(State::Ended {
                how: Ending::Closed,
                at: now,
                by: Some(holder),
            })),
            State::Ended { .. } => Err(Refusal::Over),
            State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } | State::Waiting { .. } => {
                Err(Refusal::NotNow)
            }
        }
    }

    /// 解决了, by its asker.
    pub fn solve(self, now: Millis) -> Result<Question, Refusal> {
        match self.state {
            State::Answered { .. }
            | State::Suggested { .. }
            | State::Replied { .. }
            | State::Claimed { .. }
            | State::Waiting { .. }
            | State::Gathering { .. } => {
                let by = self.state.holder();
                Ok(self.with(State::Ended {
                    how: Ending::Solved,
                    at: now,
                    by,
                }))
            }
            State::Ended { .. } => Err(Refusal::Over),
        }
    }

    /// 不用了 / 撤回, by its asker, at any time before the end.
    pub fn withdraw(self, now: Millis) -> Result<Question, Refusal> {
        match self.state {
            State::Ended { .. } => Err(Refusal::Over),
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Claimed { .. }
            | State::Replied { .. } => {
                let by = self.state.holder();
                Ok(self.with(State::Ended {
                    how: Ending::Withdrawn,
                    at: now,
                    by,
                }))
            }
        }
    }

    /// 转人工 / 都不是, or an answer that cannot be had: it waits for a helper.
    pub fn hand_over(self, duty: Option<PersonId>, now: Millis) -> Result<Question, Refusal> {
        match self.state {
            State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } => {
                Ok(self.with(State::Waiting {
                    duty,
                    since: now,
                    rung: Rung::Card,
                }))
            }
            State::Waiting { .. } | State::Claimed { .. } | State::Replied { .. } => Err(Refusal::NotNow),
            State::Ended { at, .. } if now.since(at) <= REOPEN_MS => Ok(self.with(State::Waiting {
                duty,
                since: now,
                rung: Rung::Card,
            })),
            State::Ended { .. } => Err(Refusal::Over),
        }
    }

    /// 追问 after a helper's answer, or within seven days of the end: the same helper goes on (一帮到底).
    pub fn follow_up(self, now: Millis) -> Result<Question, Refusal> {
        match self.state {
            State::Replied { by, .. } => Ok(self.with(State::Claimed {
                by,
                at: now,
                nudge: Nudge::None,
            })),
            State::Ended { at, by: Some(by), .. } if now.since(at) <= REOPEN_MS => Ok(self.with(State::Claimed {
                by,
                at: now,
                nudge: Nudge::None,
            })),
            State::Ended { .. } => Err(Refusal::Over),
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Claimed { .. } => Err(Refusal::NotNow),
        }
    }

    /// Twenty-four hours of silence.
    pub fn lapse(self, now: Millis) -> Question {
        let by = self.state.holder();
        self.with(State::Ended {
            how: Ending::Lapsed,
            at: now,
            by,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::Channel;

    const NOW: Millis = Millis(1_000_000_000);
    const WANG: PersonId = PersonId(1);
    const LI: PersonId = PersonId(2);

    fn question(state: State) -> Question {
        let channel = Channel::new("web");
        Question {
            id: QuestionId(1),
            version: 1,
            asker: Account {
                channel: channel.clone(),
                id: "v1".into(),
            },
            asker_name: "张三".into(),
            group: GroupId(1),
            bureau: BureauId(1),
            message: MessageRef {
                place: Place::chat(&channel, "g:1"),
                id: "1".into(),
            },
            text: Masked::from_storage("怎么办".into()),
            media: vec![],
            registered_at: None,
            first_helper: None,
            state,
            asked_at: NOW,
            heard_at: NOW,
        }
    }

    fn waiting() -> Question {
        question(State::Waiting {
            duty: Some(WANG),
            since: NOW,
            rung: Rung::Card,
        })
    }

    #[test]
    fn a_claim_is_exclusive_and_makes_the_first_helper() {
        let claimed = waiting().claim(WANG, NOW).unwrap();
        assert_eq!(claimed.first_helper, Some(WANG));
        assert_eq!(claimed.clone().claim(LI, NOW).unwrap_err(), Refusal::HeldBy(WANG));
        assert_eq!(claimed.claim(WANG, NOW).unwrap_err(), Refusal::AlreadyYours);
    }

    #[test]
    fn a_claim_can_be_put_back_for_two_minutes_and_the_first_helper_stays() {
        let claimed = waiting().claim(WANG, NOW).unwrap();
        assert_eq!(
            claimed.clone().release(LI, None, NOW).unwrap_err(),
            Refusal::HeldBy(WANG)
        );
        assert_eq!(
            claimed
                .clone()
                .release(WANG, None, NOW.plus(RELEASE_MS + 1))
                .unwrap_err(),
            Refusal::TooLateToRelease
        );
        let back = claimed.release(WANG, Some(LI), NOW.plus(RELEASE_MS)).unwrap();
        let again = back.claim(LI, NOW.plus(RELEASE_MS)).unwrap();
        assert_eq!(again.first_helper, Some(WANG));
        assert_eq!(again.state.holder(), Some(LI));
    }

    #[test]
    fn closing_before_a_reply_needs_a_reason_and_the_right_person() {
        let claimed = waiting().claim(WANG, NOW).unwrap();
        assert_eq!(
            claimed.clone().close(WANG, false, " ", NOW).unwrap_err(),
            Refusal::ReasonNeeded
        );
        assert_eq!(
            claimed.clone().close(LI, false, "电话已答", NOW).unwrap_err(),
            Refusal::NotHolder
        );
        assert!(claimed.clone().close(LI, true, "电话已答", NOW).is_ok());
        let replied = claimed.reply(WANG, 1, NOW).unwrap();
        assert!(replied.close(WANG, false, "", NOW).is_ok());
        assert_eq!(waiting().close(WANG, true, "x", NOW).unwrap_err(), Refusal::NotNow);
    }

    #[test]
    fn a_follow_up_goes_to_the_same_helper_for_seven_days() {
        let ended = waiting().reply(WANG, 1, NOW).unwrap().solve(NOW).unwrap();
        let again = ended.clone().follow_up(NOW.plus(REOPEN_MS)).unwrap();
        assert_eq!(again.state.holder(), Some(WANG));
        assert_eq!(ended.follow_up(NOW.plus(REOPEN_MS + 1)).unwrap_err(), Refusal::Over);
    }

    #[test]
    fn a_colleague_who_answers_does_not_take_the_question_away() {
        let claimed = waiting().claim(WANG, NOW).unwrap();
        let replied = claimed.reply(LI, 1, NOW).unwrap();
        assert_eq!(replied.state.holder(), Some(WANG));
        assert_eq!(replied.first_helper, Some(WANG));
    }
}
