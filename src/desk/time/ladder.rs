//! What time asks for: bursts that end, the ladder of PRODUCT §2.3, first replies, lapses. All of it is rows, so a
//! restart loses none. Questions that are due for the same thing by the same person go together; what is said then is
//! in `calls`.

use crate::desk::ground::settle::KEPT;
use crate::desk::ground::sitting::Sitting;
use crate::desk::time::{calls, hand_over};
use crate::desk::{Desk, DeskError, Result};
use crate::domain::asking::clocks::{Nudge, Rung};
use crate::domain::asking::question::{Question, QuestionId, RELEASE_MS, State};
use crate::domain::asking::responsible;
use crate::domain::chat::group::GroupId;
use crate::domain::roster::people::{BureauId, PersonId};
use crate::domain::wording::Why;
use crate::store::Tx;
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

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

/// Questions of one kind go together: the move, who must act, the group unless it does not matter, the bureau.
type Together = (Move, Option<PersonId>, Option<GroupId>, BureauId);

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
                .entry(due_for(&sitting, &question)?)
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
            let still = question.map(|question| Ok((due_for(&sitting, &question)?, question)));
            if let Some((now_due, question)) = still.transpose().map_err(|error: DeskError| error)?
                && now_due == key
            {
                questions.push(question);
            }
        }
        make_move(&mut sitting, key.0, key.1, questions).await?;
        Ok(sitting.tx.commit().await?)
    }
}

fn due_for(sitting: &Sitting<'_>, question: &Question) -> Result<Together> {
    let (step, person) = next_move(sitting, question)?;
    // A helper's own questions go together wherever they were asked.
    let group = match step {
        Move::Nudge(_) => None,
        Move::HandOver | Move::Lapse | Move::Later | Move::Climb(_) | Move::Release => Some(question.group),
    };
    Ok((step, person, group, question.bureau))
}

fn next_move(sitting: &Sitting<'_>, question: &Question) -> Result<(Move, Option<PersonId>)> {
    let bureau = sitting.bureau(question.bureau)?;
    let clocks = sitting.clocks(&bureau);
    let working = sitting.working(question, &bureau);
    Ok(match &question.state {
        State::Gathering { until } if *until <= sitting.now => (Move::HandOver, None),
        State::Suggested { until, .. } | State::Answered { until, .. } | State::Replied { until, .. }
            if *until <= sitting.now =>
        {
            (Move::Lapse, None)
        }
        // Nobody is called outside duty time, however late the clock comes.
        State::Waiting { .. } if working.open_from(sitting.now) > sitting.now => (Move::Later, None),
        State::Waiting { since, rung, .. } => {
            let mut reached = *rung;
            // After a pause only the highest rung speaks.
            while let Some(next) = clocks
                .next_rung(reached)
                .filter(|next| clocks.due(*next, *since, working) <= sitting.now)
            {
                reached = next;
            }
            match reached == *rung {
                true => (Move::Later, None),
                false => (Move::Climb(reached), sitting.responsible(question)),
            }
        }
        State::Claimed { by, at, .. } if !responsible::keeps(&sitting.roster, *by, *at, sitting.now) => {
            (Move::Release, Some(*by))
        }
        State::Claimed { by, at, nudge, .. } => {
            let open = working.open_from(sitting.now) <= sitting.now;
            let next = clocks
                .next_nudge(*nudge, *at, working)
                .filter(|(_, due)| open && *due <= sitting.now);
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

async fn make_move(
    sitting: &mut Sitting<'_>,
    step: Move,
    person: Option<PersonId>,
    questions: Vec<Question>,
) -> Result<()> {
    match step {
        Move::Climb(rung) => calls::climb(sitting, rung, person, questions).await,
        Move::Nudge(nudge) => match person {
            Some(person) => calls::nudge(sitting, nudge, person, questions).await,
            None => Ok(()),
        },
        Move::HandOver | Move::Lapse | Move::Release | Move::Later => {
            for question in questions {
                match step {
                    Move::HandOver => hand_over::burst_over(sitting, question).await?,
                    Move::Lapse => lapse(sitting, question).await?,
                    Move::Release => take_from_absent(sitting, question).await?,
                    Move::Climb(_) | Move::Nudge(_) | Move::Later => put_right(sitting, question).await?,
                }
            }
            Ok(())
        }
    }
}

/// The due moment is written anew. What was written while the clock was ahead is brought back to now.
async fn put_right(sitting: &mut Sitting<'_>, mut question: Question) -> Result<()> {
    let now = sitting.now;
    question.heard_at = question.heard_at.min(now);
    match &mut question.state {
        State::Waiting { since, .. } => *since = (*since).min(now),
        State::Claimed { at, .. } => {
            *at = (*at).min(now);
            if now.since(*at) > RELEASE_MS {
                // 放回 does nothing any more.
                let id = question.id;
                sitting.show_buttons(id, &["notice"], &KEPT).await?;
            }
        }
        State::Suggested { until, .. } | State::Answered { until, .. } | State::Replied { until, .. } => {
            let lapse = sitting.clocks(&sitting.bureau(question.bureau)?).lapse_ms;
            *until = (*until).min(now.plus(lapse));
        }
        State::Gathering { .. } | State::Ended { .. } => {}
    }
    sitting.save(&mut question).await
}

async fn lapse(sitting: &mut Sitting<'_>, question: Question) -> Result<()> {
    let id = question.id;
    sitting.strip(id).await?;
    let mut lapsed = question.lapse(sitting.now);
    sitting.save(&mut lapsed).await?;
    sitting.step(id, "lapsed", None, "").await
}

/// A helper who is on leave or left keeps no unanswered question; the first helper stays the first.
async fn take_from_absent(sitting: &mut Sitting<'_>, question: Question) -> Result<()> {
    sitting.strip(question.id).await?;
    hand_over::leave_waiting(sitting, question, Why::HelperLeft).await
}
