//! What time asks for: bursts that end, the ladder of PRODUCT §2.3, first replies, lapses. All of it is rows, so a
//! restart loses none. Questions that are due for the same thing by the same person go together; what is said then is
//! in `calls`.

use crate::clock::{self, Millis};
use crate::desk::ground::readings::Readings;
use crate::desk::ground::settle::KEPT;
use crate::desk::ground::sitting::Sitting;
use crate::desk::time::{calls, hand_over};
use crate::desk::{Desk, DeskError, Result};
use crate::domain::asking::next::{self, CLOCK_SLACK_MS, Move};
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::chat::group::GroupId;
use crate::domain::chat::role::Role;
use crate::domain::roster::people::{BureauId, PersonId};
use crate::domain::wording::{self, Why};
use crate::store::Tx;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Questions looked at in one round.
const ROUND: i64 = 200;

/// A clock that is set right by less is not set back.
const CLOCK_JITTER_MS: i64 = 1_000;

/// How often the believed time is noted, and what was blanked leaves the database's log.
const NOTED_MS: i64 = 25_000;

/// Questions of one kind go together: the move, who must act, the group, the bureau.
type Together = (Move, Option<PersonId>, Option<GroupId>, BureauId);

/// What was looked at because its moment had come.
#[derive(Default)]
struct Due {
    together: BTreeMap<Together, Vec<QuestionId>>,
    /// Nothing to be done: to be looked at later.
    not_yet: Vec<QuestionId>,
    /// Not to be read.
    broken: Vec<i64>,
}

impl Desk {
    /// Does what time asks for. Returns how many questions moved. A question that cannot be moved is logged and does
    /// not stop the others.
    pub async fn tick(&self) -> Result<usize> {
        self.see_to_clock().await?;
        self.see_to_expired().await?;
        let now = self.clock.now();
        // One look at everything: most ticks find nothing.
        let mut tx = self.db.read().await?;
        let promises = self.promises(&mut tx, now).await;
        // A failure spoils its transaction.
        let tx = if promises.is_ok() { tx } else { self.db.read().await? };
        let mut due = self.due_together(tx).await?;
        let kept = match promises {
            Ok(promises) => self.keep_promises(now, promises).await,
            Err(error) => Err(error),
        };
        if let Err(error) = kept {
            tracing::error!(%error, "what was promised could not be kept; trying again");
        }
        self.set_aside(&due.broken).await?;
        let mut moved = 0;
        loop {
            let put_off = self.put_off(&due.not_yet).await;
            let before = moved;
            for (key, ids) in due.together {
                match self.move_together(key, &ids).await {
                    Ok(()) => moved += ids.len(),
                    Err(DeskError::Store(error)) if error.is_conflict() => {}
                    Err(error) if ids.len() == 1 => {
                        tracing::error!(%error, question.id = ids[0].0, "the clock could not move a question");
                    }
                    Err(_) => moved += self.move_singly(key, &ids).await,
                }
            }
            // Either something moved, or what is not due yet sleeps until it is: nothing is looked at twice in vain.
            if moved == before && put_off == 0 {
                return Ok(moved);
            }
            self.bell.notify_one();
            due = self.due_together(self.db.read().await?).await?;
        }
    }

    /// A clock that was set back makes times to come of times that were past: every open question is looked at anew, as
    /// at the start, before which it may have been wrong. A believed time is noted, for the next start to compare, and the
    /// database's log emptied.
    async fn see_to_clock(&self) -> Result<()> {
        let now = self.clock.now();
        let last = self.ticked.swap(now.0, Ordering::SeqCst);
        let set_back = last == 0 || now.plus(CLOCK_JITTER_MS).0 < last;
        let believed = self.believes();
        let noted = Millis(self.noted.load(Ordering::SeqCst));
        let due = now.since(noted).saturating_abs() >= NOTED_MS;
        if !believed && set_back {
            tracing::error!("{}", clock::UNSURE);
        }
        if !set_back && !due {
            return Ok(());
        }
        let mut tx = self.db.begin().await?;
        if set_back {
            tx.look_at_open_questions().await?;
        }
        if due && believed {
            tx.note_time(now).await?;
        }
        tx.commit().await?;
        if due {
            self.noted.store(now.0, Ordering::SeqCst);
            self.db.empty_log().await?;
        }
        Ok(())
    }

    async fn due_together(&self, mut tx: Tx) -> Result<Due> {
        let now = self.clock.now();
        let believed = self.believes();
        // What was written by a wrong clock is put right by a right one only.
        let future = if believed {
            now.plus(CLOCK_SLACK_MS)
        } else {
            Millis(i64::MAX)
        };
        let looked_at = tx.due_questions(now, future, believed, ROUND).await?;
        let sitting = self.look(tx, Arc::new(Readings::new(self.faq())));
        let mut due = Due::default();
        due.broken.clone_from(&looked_at.broken);
        for question in looked_at {
            match due_for(&sitting, &question) {
                Ok(Some((Move::Lapse, ..))) if !believed => {}
                Ok(Some(key)) => due.together.entry(key).or_default().push(question.id),
                Ok(None) => due.not_yet.push(question.id),
                Err(error) => tracing::error!(%error, question.id = question.id.0, "nobody knows what is next"),
            }
        }
        Ok(due)
    }

    /// Questions that cannot be read are set aside, and those who arrange things for their bureau are told.
    async fn set_aside(&self, ids: &[i64]) -> Result<()> {
        for id in ids {
            let mut sitting = self.sit().await?;
            let Some(bureau) = sitting.tx.set_question_aside(*id).await? else {
                continue;
            };
            let bureau = sitting.bureau(bureau);
            let text = wording::unreadable_question(QuestionId(*id));
            if !sitting.tell_keepers(&bureau, &text).await? {
                sitting.tell_city(bureau.id, &text).await?;
            }
            sitting.tx.commit().await?;
            self.bell.notify_one();
        }
        Ok(())
    }

    /// Writes the next moment of questions that were looked at and are not due: a limit, the clock or the roster
    /// changed. Returns how many sleep now.
    async fn put_off(&self, ids: &[QuestionId]) -> usize {
        let mut put_off = 0;
        for id in ids {
            match self.put_off_one(*id).await {
                Ok(true) => put_off += 1,
                Ok(false) => {}
                Err(error) => tracing::error!(%error, question.id = id.0, "a question could not be put off"),
            }
        }
        put_off
    }

    async fn put_off_one(&self, id: QuestionId) -> Result<bool> {
        let mut sitting = self.sit().await?;
        let Some(question) = sitting.tx.question(id).await? else {
            return Ok(false);
        };
        if due_for(&sitting, &question)?.is_some() {
            return Ok(false);
        }
        sitting.settle(question.into()).await?;
        sitting.tx.commit().await?;
        Ok(true)
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
            if let Some(question) = sitting.tx.question(*id).await?
                && due_for(&sitting, &question)? == Some(key)
            {
                questions.push(question);
            }
        }
        make_move(&mut sitting, key.0, key.1, questions).await?;
        Ok(sitting.tx.commit().await?)
    }
}

/// What a question asks for now, and with which others it goes; none if its moment has not come.
fn due_for(sitting: &Sitting<'_>, question: &Question) -> Result<Option<Together>> {
    let bureau = sitting.bureau(question.bureau);
    let next = next::next(question, &sitting.around(question, &bureau));
    Ok(next.filter(|(at, _)| *at <= sitting.now).map(|(_, step)| {
        let person = match step {
            Move::Climb(_) => sitting.responsible(question),
            Move::Nudge(_) | Move::Release => question.state.holder(),
            Move::HandOver | Move::Lapse | Move::Keep | Move::PutRight => None,
        };
        // A helper's own questions go together wherever they were asked.
        let group = (!matches!(step, Move::Nudge(_))).then_some(question.group);
        (step, person, group, question.bureau)
    }))
}

async fn make_move(
    sitting: &mut Sitting<'_>,
    step: Move,
    person: Option<PersonId>,
    questions: Vec<Question>,
) -> Result<()> {
    match (step, person) {
        (Move::Climb(rung), asked) => calls::climb(sitting, rung, asked, questions).await,
        (Move::Nudge(nudge), Some(by)) => calls::nudge(sitting, nudge, by, questions).await,
        (Move::Nudge(_), None) => Ok(()),
        (Move::HandOver | Move::Lapse | Move::Release | Move::Keep | Move::PutRight, _) => {
            for question in questions {
                move_alone(sitting, step, question).await?;
            }
            Ok(())
        }
    }
}

async fn move_alone(sitting: &mut Sitting<'_>, step: Move, question: Question) -> Result<()> {
    let now = sitting.now;
    let moved = match step {
        Move::HandOver => return hand_over::burst_over(sitting, question).await,
        // A helper who is on leave or left keeps no unanswered question; the first helper stays the first.
        Move::Release => return hand_over::leave_waiting(sitting, question, Why::HelperLeft).await,
        Move::Keep => {
            sitting.show_buttons(question.id, &[Role::Notice], &KEPT).await?;
            question.keep()
        }
        Move::Lapse => question.lapse(now),
        Move::PutRight => {
            let lapse = sitting.clocks(&sitting.bureau(question.bureau)).lapse_ms;
            question.put_right(lapse, now)
        }
        Move::Climb(_) | Move::Nudge(_) => return Ok(()),
    };
    sitting.settle(moved).await?;
    Ok(())
}
