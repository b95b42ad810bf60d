//! How a question moves: each transition consumes the old state and says why it does not happen (PRODUCT §2).

use crate::clock::Millis;
use crate::domain::asking::clocks::{Nudge, Rung};
use crate::domain::asking::question::{Ending, Question, RELEASE_MS, REOPEN_MS, Refusal, State};
use crate::domain::roster::people::PersonId;

impl Question {
    /// 认领: the first helper who claims gets it, alone.
    pub fn claim(self, by: PersonId, now: Millis) -> Result<Question, Refusal> {
        match &self.state {
            State::Waiting { .. } | State::Gathering { .. } => Ok(self.with(held(by, now)).first_helped_by(by)),
            // Offered to this helper, who accepts; the first helper stays the first.
            State::Claimed { offered: Some(to), .. } if *to == by => Ok(self.with(held(by, now))),
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } if *holder == by => {
                Err(Refusal::AlreadyYours)
            }
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } => Err(Refusal::HeldBy(*holder)),
            State::Ended { .. } => Err(Refusal::Over),
            State::Suggested { .. } | State::Answered { .. } => Err(Refusal::NotNow),
        }
    }

    /// The question is this helper's, whatever it was: an answer of the bot was withdrawn by them (更正).
    #[must_use]
    pub fn held_by(self, by: PersonId, now: Millis) -> Question {
        self.with(held(by, now)).first_helped_by(by)
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
        let holder = match &self.state {
            State::Claimed { offered: Some(to), .. } if *to == by => by,
            other => other.holder().unwrap_or(by),
        };
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

    /// 转办: offered to another helper by the one who has it or a bureau admin, with a reason. It stays where it is
    /// until they accept, and the first helper stays the first (许工商〔2018〕103号 三(三)3).
    pub fn offer(self, by: PersonId, admin: bool, to: PersonId, reason: &str) -> Result<Question, Refusal> {
        match self.state {
            State::Claimed { by: holder, .. } | State::Replied { by: holder, .. } if holder != by && !admin => {
                Err(Refusal::NotHolder)
            }
            State::Claimed { by: holder, .. } if holder == to => Err(Refusal::HeldBy(holder)),
            State::Claimed { .. } if reason.trim().is_empty() => Err(Refusal::WhyNeeded),
            State::Claimed { by, at, nudge, .. } => Ok(self.with(State::Claimed {
                by,
                at,
                nudge,
                offered: Some(to),
            })),
            State::Ended { .. } => Err(Refusal::Over),
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Replied { .. } => Err(Refusal::NotNow),
        }
    }

    /// 不接: whoever it was offered to does not take it.
    pub fn decline(self, by: PersonId) -> Result<Question, Refusal> {
        match self.state {
            State::Claimed {
                by: holder,
                at,
                nudge,
                offered: Some(to),
            } if to == by => Ok(self.with(State::Claimed {
                by: holder,
                at,
                nudge,
                offered: None,
            })),
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Waiting { .. }
            | State::Claimed { .. }
            | State::Replied { .. }
            | State::Ended { .. } => Err(Refusal::NotOffered),
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
        self.ended_by_asker(Ending::Solved, now)
    }

    /// 不用了 / 撤回, by its asker, at any time before the end.
    pub fn withdraw(self, now: Millis) -> Result<Question, Refusal> {
        self.ended_by_asker(Ending::Withdrawn, now)
    }

    fn ended_by_asker(self, how: Ending, at: Millis) -> Result<Question, Refusal> {
        if let State::Ended { .. } = self.state {
            return Err(Refusal::Over);
        }
        let by = self.state.holder();
        Ok(self.with(State::Ended { how, at, by }))
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
            State::Replied { by, .. } => Ok(self.with(held(by, now))),
            State::Ended { at, by: Some(by), .. } if now.since(at) <= REOPEN_MS => Ok(self.with(held(by, now))),
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

fn held(by: PersonId, now: Millis) -> State {
    State::Claimed {
        by,
        at: now,
        nudge: Nudge::None,
        offered: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::asking::question::QuestionId;
    use crate::domain::chat::group::GroupId;
    use crate::domain::chat::message::Channel;
    use crate::domain::chat::message::{Account, MessageRef, Place};
    use crate::domain::privacy::Masked;
    use crate::domain::roster::people::BureauId;

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

    #[test]
    fn an_offer_needs_a_reason_and_is_accepted_or_declined_by_the_one_it_was_made_to() {
        const SUN: PersonId = PersonId(3);
        let claimed = waiting().claim(WANG, NOW).unwrap();
        assert_eq!(
            claimed.clone().offer(WANG, false, LI, " ").unwrap_err(),
            Refusal::WhyNeeded
        );
        assert_eq!(
            claimed.clone().offer(SUN, false, LI, "下班").unwrap_err(),
            Refusal::NotHolder
        );
        assert_eq!(
            claimed.clone().offer(WANG, false, WANG, "下班").unwrap_err(),
            Refusal::HeldBy(WANG)
        );
        let offered = claimed.offer(WANG, false, LI, "下班").unwrap();
        assert_eq!(offered.state.holder(), Some(WANG), "still responsible");
        assert_eq!(offered.clone().claim(SUN, NOW).unwrap_err(), Refusal::HeldBy(WANG));
        assert_eq!(offered.clone().decline(SUN).unwrap_err(), Refusal::NotOffered);
        assert_eq!(
            offered.clone().decline(LI).unwrap().claim(LI, NOW).unwrap_err(),
            Refusal::HeldBy(WANG)
        );
        let accepted = offered.claim(LI, NOW).unwrap();
        assert_eq!((accepted.state.holder(), accepted.first_helper), (Some(LI), Some(WANG)));
    }
}
