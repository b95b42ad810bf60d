//! What time asks for: bursts that end, the ladder of PRODUCT §2.3, first replies, lapses. All of it is rows, so a
//! restart loses none. Questions that are due for the same thing by the same person go together; what is said then is
//! in `calls`.

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use super::act::KEPT;
use super::{Desk, DeskError, Result, Sitting};
use crate::domain::asking::clocks::{Nudge, Rung};
use crate::domain::asking::question::{Question, QuestionId, RELEASE_MS, State};
use crate::domain::asking::responsible;
use crate::domain::chat::group::GroupId;
use crate::domain::roster::people::{BureauId, PersonId};
use crate::domain::wording::Why;
use crate::store::Tx;

/// Questions looked at in one round.
const ROUND: i64 = 200;
/// A question said to have been heard this far in the future was written while the clock was wrong.
const CLOCK_SLACK_MS: i64 = 10 * 60_000;
/// A clock that is set right by less is not set back.
const CLOCK_JITTER_MS: i64 = 1_000;

/// What a due question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Move {
    /// The burst is over.
    HandOver,
    /// Nobody said anything more.
    Lapse,
    /// Nobody claims it.
    Climb(Rung),
    /// Nobody replies.
    Nudge(Nudge),
    /// Its helper is away or gone.
    Release,
    /// Nothing but to be looked at later: the clock was set, or a limit changed.
    Later,
}

/// Questions of one kind go together: the move, who must act, the group, the bureau.
type Together = (Move, Option<PersonId>, GroupId, BureauId);

impl Desk {
    /// Does what time asks for. Returns how many questions moved. A question that cannot be moved is logged and does
    /// not stop the others.
    pub async fn tick(&self) -> Result<usize> {
        self.see_to_clock().await?;
        let now = self.clock.now();
        // One look at everything: most ticks find nothing.
        let mut tx = self.db.read().await?;
        let promises = self.promises(&mut tx, now).await?;
        let mut due = self.due_together(tx).await?;
        self.keep_promises(now, promises).await?;
        let mut moved = 0;
        loop {
            let before = moved;
            for (key, ids) in due {
                match self.move_together(key, &ids).await {
                    Ok(()) => moved += ids.len(),
                    Err(DeskError::Store(error)) if error.is_conflict() => {}
                    Err(error) if ids.len() == 1 => {
                        tracing::error!(%error, question.id = ids[0].0, "the clock could not move a question");
                    }
                    Err(_) => moved += self.move_singly(key, &ids).await,
                }
            }
            if moved == before {
                return Ok(moved);
            }
            self.bell.notify_one();
            due = self.due_together(self.db.read().await?).await?;
        }
    }

    /// A clock that was set back makes times to come of times that were past: every open question is looked at anew.
    async fn see_to_clock(&self) -> Result<()> {
        let now = self.clock.now();
        let last = self.ticked.swap(now.0, Ordering::SeqCst);
        if now.plus(CLOCK_JITTER_MS).0 < last {
            let mut tx = self.db.begin().await?;
            tx.look_at_open_questions().await?;
            tx.commit().await?;
        }
        Ok(())
    }

    async fn due_together(&self, mut tx: Tx) -> Result<BTreeMap<Together, Vec<QuestionId>>> {
        let now = self.clock.now();
        let due = tx.due_questions(now, now.plus(CLOCK_SLACK_MS), ROUND).await?;
        let sitting = self.look(tx);
        let mut together: BTreeMap<Together, Vec<QuestionId>> = BTreeMap::new();
        for question in due {
            together
                .entry(sitting.due_for(&question)?)
                .or_default()
                .push(question.id);
        }
        Ok(together)
    }

    async fn move_singly(&self, key: Together, ids: &[QuestionId]) -> usize {
        let mut moved = 0;
        for id in ids {
            match self.move_together(key, &[*id]).await {
                Ok(()) => moved += 1,
                Err(error) => tracing::error!(%error, question.id = id.0, "the clock could not move a question"),
            }
        }
        moved
    }

    async fn move_together(&self, key: Together, ids: &[QuestionId]) -> Result<()> {
        let mut sitting = self.sit().await?;
        let mut questions = Vec::with_capacity(ids.len());
        for id in ids {
            // What moved meanwhile is left to the next round.
            let question = sitting.tx.question(*id).await?;
            let still = question.map(|question| Ok((sitting.due_for(&question)?, question)));
            if let Some((now_due, question)) = still.transpose().map_err(|error: DeskError| error)?
                && now_due == key
            {
                questions.push(question);
            }
        }
        sitting.make_move(key.0, key.1, questions).await?;
        Ok(sitting.tx.commit().await?)
    }
}

impl Sitting<'_> {
    fn due_for(&self, question: &Question) -> Result<Together> {
        let (step, person) = self.next_move(question)?;
        // A helper's own questions go together wherever they were asked.
        let group = match step {
            Move::Nudge(_) => GroupId(0),
            _ => question.group,
        };
        Ok((step, person, group, question.bureau))
    }

    fn next_move(&self, question: &Question) -> Result<(Move, Option<PersonId>)> {
        let bureau = self.bureau(question.bureau)?;
        let clocks = self.clocks(&bureau);
        let working = self.working(question, &bureau);
        Ok(match &question.state {
            State::Gathering { until } if *until <= self.now => (Move::HandOver, None),
            State::Suggested { until, .. } | State::Answered { until, .. } | State::Replied { until, .. }
                if *until <= self.now =>
            {
                (Move::Lapse, None)
            }
            // Nobody is called outside duty time, however late the clock comes.
            State::Waiting { .. } if working.open_from(self.now) > self.now => (Move::Later, None),
            State::Waiting { since, rung, .. } => {
                let mut reached = *rung;
                // After a pause only the highest rung speaks.
                while let Some(next) = clocks
                    .next_rung(reached)
                    .filter(|next| clocks.due(*next, *since, working) <= self.now)
                {
                    reached = next;
                }
                match reached == *rung {
                    true => (Move::Later, None),
                    false => (Move::Climb(reached), self.responsible(question)),
                }
            }
            State::Claimed { by, at, .. } if !responsible::keeps(&self.roster, *by, *at, self.now) => {
                (Move::Release, Some(*by))
            }
            State::Claimed { by, at, nudge, .. } => {
                let open = working.open_from(self.now) <= self.now;
                let next = clocks
                    .next_nudge(*nudge, *at, working)
                    .filter(|(_, due)| open && *due <= self.now);
                match next {
                    Some((next, _)) => (Move::Nudge(next), Some(*by)),
                    None => (Move::Later, None),
                }
            }
            State::Gathering { .. }
            | State::Suggested { .. }
            | State::Answered { .. }
            | State::Replied { .. }
            | State::Ended { .. } => (Move::Later, None),
        })
    }

    /// In the roster as a helper, and not on leave.
    pub(super) fn is_here(&self, person: PersonId) -> bool {
        responsible::is_here(&self.roster, person, self.now)
    }

    async fn make_move(&mut self, step: Move, person: Option<PersonId>, questions: Vec<Question>) -> Result<()> {
        match step {
            Move::Climb(rung) => self.climb(rung, person, questions).await,
            Move::Nudge(nudge) => match person {
                Some(person) => self.nudge(nudge, person, questions).await,
                None => Ok(()),
            },
            Move::HandOver | Move::Lapse | Move::Release | Move::Later => {
                for question in questions {
                    match step {
                        Move::HandOver => self.burst_over(question).await?,
                        Move::Lapse => self.lapse(question).await?,
                        Move::Release => self.take_from_absent(question).await?,
                        Move::Climb(_) | Move::Nudge(_) | Move::Later => self.put_right(question).await?,
                    }
                }
                Ok(())
            }
        }
    }

    /// The due moment is written anew. What was written while the clock was ahead is brought back to now.
    async fn put_right(&mut self, mut question: Question) -> Result<()> {
        let now = self.now;
        question.heard_at = question.heard_at.min(now);
        match &mut question.state {
            State::Waiting { since, .. } => *since = (*since).min(now),
            State::Claimed { at, .. } => {
                *at = (*at).min(now);
                if now.since(*at) > RELEASE_MS {
                    // 放回 does nothing any more.
                    let id = question.id;
                    self.show_buttons(id, &["notice"], &KEPT).await?;
                }
            }
            State::Suggested { until, .. } | State::Answered { until, .. } | State::Replied { until, .. } => {
                let lapse = self.clocks(&self.bureau(question.bureau)?).lapse_ms;
                *until = (*until).min(now.plus(lapse));
            }
            State::Gathering { .. } | State::Ended { .. } => {}
        }
        self.save(&mut question).await
    }

    async fn lapse(&mut self, question: Question) -> Result<()> {
        let id = question.id;
        self.strip(id).await?;
        let mut lapsed = question.lapse(self.now);
        self.save(&mut lapsed).await?;
        self.step(id, "lapsed", None, "").await
    }

    /// A helper who is on leave or left keeps no unanswered question; the first helper stays the first.
    async fn take_from_absent(&mut self, question: Question) -> Result<()> {
        self.strip(question.id).await?;
        self.leave_waiting(question, Why::HelperLeft).await
    }
}
