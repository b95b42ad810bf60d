//! Questions and their steps. A writer who read an older version gets [`StoreError::Stale`] and starts again.

use super::each::{Readable, each, readable};
use super::{Result, StoreError, Tx, holds, listed, row_id};
use crate::clock::Millis;
use crate::domain::asking::history::{self, Step};
use crate::domain::asking::question::{Facts, Question, QuestionId, State};
use crate::domain::chat::group::GroupId;
use crate::domain::chat::message::{Account, Channel, Media, MessageRef, Place};
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{BureauId, PersonId};

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    version: i64,
    channel: String,
    account: String,
    asker_name: String,
    group_id: i64,
    bureau_id: i64,
    chat: String,
    topic: Option<String>,
    message_id: String,
    text: String,
    media: String,
    registered_at: Option<i64>,
    first_helper: Option<i64>,
    state: String,
    asked_at: i64,
    heard_at: i64,
}

/// One step of a question's history, as it was noted.
#[derive(Clone, Debug)]
pub struct Noted {
    /// Its number.
    pub id: i64,
    /// When.
    pub at: Millis,
    /// What happened.
    pub step: Step,
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT q.id, q.version, q.channel, q.account, q.asker_name, q.group_id, q.bureau_id, g.chat, q.topic, q.message_id,
             q.text, q.media, q.registered_at, q.first_helper, q.state, q.asked_at, q.heard_at
             FROM questions q JOIN groups g ON g.id = q.group_id ",
            $rest
        )
    };
}

impl Row {
    fn question(self) -> Result<Question> {
        let wrong = |error: serde_json::Error| StoreError::inconsistent("questions", self.id, error);
        let state: State = serde_json::from_str(&self.state).map_err(wrong)?;
        let media: Vec<Media> = serde_json::from_str(&self.media).map_err(wrong)?;
        let channel = Channel(self.channel);
        let place = Place {
            channel: channel.clone(),
            chat: self.chat,
            topic: self.topic,
        };
        Ok(Question::kept(Facts {
            id: QuestionId(self.id),
            version: self.version,
            asker: Account {
                channel,
                id: self.account,
            },
            asker_name: Masked::from_storage(self.asker_name),
            group: GroupId(self.group_id),
            bureau: BureauId(self.bureau_id),
            message: MessageRef {
                place,
                id: self.message_id,
            },
            text: Masked::from_storage(self.text),
            media,
            registered_at: self.registered_at.map(BureauId),
            first_helper: self.first_helper.map(PersonId),
            state,
            asked_at: Millis(self.asked_at),
            heard_at: Millis(self.heard_at),
        }))
    }
}

fn all(rows: Vec<(i64, Result<Row>)>) -> Result<Vec<Question>> {
    Ok(readable("questions", rows, Row::question).rows)
}

fn columns(question: &Question) -> Result<(String, String, Option<i64>)> {
    let wrong = |error: serde_json::Error| StoreError::inconsistent("questions", question.id.0, error);
    let state = serde_json::to_string(&question.state).map_err(wrong)?;
    let media = serde_json::to_string(&question.media).map_err(wrong)?;
    let ended = match &question.state {
        State::Ended { at, .. } => Some(at.0),
        _ => None,
    };
    Ok((state, media, ended))
}

impl Tx {
    /// The next number of the one sequence.
    pub async fn next_question(&mut self) -> Result<QuestionId> {
        Ok(QuestionId(self.count_up("questions", 1).await?))
    }

    /// Writes a question down: a new one for the first time, a changed one if nobody changed it since it was read.
    /// `due` is the moment the clock looks at it next.
    pub async fn write_question(&mut self, question: Question, due: Option<Millis>) -> Result<Question> {
        let written = question.written();
        match written.version {
            1 => self.add_question(&written, due).await?,
            _ => self.save_question(&written, due).await?,
        }
        self.moved(written.id.0);
        Ok(written)
    }

    async fn add_question(&mut self, question: &Question, due: Option<Millis>) -> Result<()> {
        let (state, media, ended) = columns(question)?;
        on!(self, |conn| {
            sqlx::query(
            "INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, topic, message_id, text, media,
                 registered_at, first_helper, phase, state, due_at, asked_at, heard_at, ended_at, holder)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
        )
        .bind(question.id.0)
        .bind(question.version)
        .bind(&question.asker.channel.0)
        .bind(&question.asker.id)
        .bind(question.asker_name.as_str())
        .bind(question.group.0)
        .bind(question.bureau.0)
        .bind(question.message.place.topic.as_deref())
        .bind(&question.message.id)
        .bind(question.text.as_str())
        .bind(media)
        .bind(question.registered_at.map(|bureau| bureau.0))
        .bind(question.first_helper.map(|person| person.0))
        .bind(question.state.phase())
        .bind(state)
        .bind(due.map(|due| due.0))
        .bind(question.asked_at.0)
        .bind(question.heard_at.0)
        .bind(ended)
        .bind(question.state.holder().map(|person| person.0))
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(())
    }

    async fn save_question(&mut self, question: &Question, due: Option<Millis>) -> Result<()> {
        let (state, media, ended) = columns(question)?;
        let rows = on!(self, |conn| {
            sqlx::query(
            "UPDATE questions SET version = $2, text = $3, media = $4, registered_at = $5, first_helper = $6, phase = $7,
                 state = $8, due_at = $9, heard_at = $10, ended_at = $11, message_id = $12, holder = $13 WHERE id = $1 AND version = $2 - 1"
        )
        .bind(question.id.0)
        .bind(question.version)
        .bind(question.text.as_str())
        .bind(media)
        .bind(question.registered_at.map(|bureau| bureau.0))
        .bind(question.first_helper.map(|person| person.0))
        .bind(question.state.phase())
        .bind(state)
        .bind(due.map(|due| due.0))
        .bind(question.heard_at.0)
        .bind(ended)
        .bind(&question.message.id)
        .bind(question.state.holder().map(|person| person.0))
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?;
        if rows != 1 {
            return Err(StoreError::Stale);
        }
        Ok(())
    }

    /// A question by its number.
    pub async fn question(&mut self, id: QuestionId) -> Result<Option<Question>> {
        let row: Option<Row> = on!(self, |conn| sqlx::query_as(select!("WHERE q.id = $1"))
            .bind(id.0)
            .fetch_optional(conn)
            .await)?;
        row.map(Row::question).transpose()
    }

    /// An asker's open questions in one group, newest first.
    pub async fn open_questions_in(&mut self, asker: &Account, group: GroupId) -> Result<Vec<Question>> {
        let rows = on!(self, |conn| {
            sqlx::query(select!(
            "WHERE q.channel = $1 AND q.account = $2 AND q.group_id = $3 AND q.phase NOT IN ('ended', 'unreadable') ORDER BY q.id DESC"
        ))
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .bind(group.0)
        .fetch_all(conn)
        .await
        .map(|rows| rows.iter().map(each).collect())
        })?;
        all(rows)
    }

    /// An asker's open questions anywhere, oldest first.
    pub async fn open_questions_of(&mut self, asker: &Account) -> Result<Vec<Question>> {
        let rows = on!(self, |conn| sqlx::query(select!(
            "WHERE q.channel = $1 AND q.account = $2 AND q.phase NOT IN ('ended', 'unreadable') ORDER BY q.id"
        ))
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .fetch_all(conn)
        .await
        .map(|rows| rows.iter().map(each).collect()))?;
        all(rows)
    }

    /// An asker's newest question in one group, also one that ended.
    pub async fn newest_question_in(&mut self, asker: &Account, group: GroupId) -> Result<Option<Question>> {
        let row: Option<Row> = on!(self, |conn| sqlx::query_as(select!(
            "WHERE q.channel = $1 AND q.account = $2 AND q.group_id = $3 ORDER BY q.id DESC LIMIT 1"
        ))
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .bind(group.0)
        .fetch_optional(conn)
        .await)?;
        row.map(Row::question).transpose()
    }

    /// Questions that wait for a bureau's helpers or are with one of them, and those a helper has anywhere.
    pub async fn open_questions_with_helpers(&mut self, at: BureauId, of: Option<PersonId>) -> Result<Vec<Question>> {
        let rows = on!(self, |conn| {
            sqlx::query(select!(
            "WHERE q.phase IN ('waiting', 'claimed', 'replied') AND (q.bureau_id = $1 OR q.holder = $2) ORDER BY q.id"
        ))
        .bind(at.0)
        .bind(of.map(|helper| helper.0))
        .fetch_all(conn)
        .await
        .map(|rows| rows.iter().map(each).collect())
        })?;
        all(rows)
    }

    /// Every question of an asker that is kept, oldest first.
    pub async fn questions_of(&mut self, asker: &Account) -> Result<Vec<Question>> {
        let rows = on!(self, |conn| sqlx::query(select!(
            "WHERE q.channel = $1 AND q.account = $2 ORDER BY q.id"
        ))
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .fetch_all(conn)
        .await
        .map(|rows| rows.iter().map(each).collect()))?;
        all(rows)
    }

    /// How many questions an asker asked since `since`.
    pub async fn asked_since(&mut self, asker: &Account, since: Millis) -> Result<i64> {
        let (count,): (i64,) = on!(self, |conn| sqlx::query_as(
            "SELECT COUNT(*) FROM questions WHERE channel = $1 AND account = $2 AND asked_at > $3"
        )
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .bind(since.0)
        .fetch_one(conn)
        .await)?;
        Ok(count)
    }

    /// Questions whose moment has come, earliest first, and open ones that were written down later than `future`: the
    /// clock was wrong then. `lapse`: also those that would lapse.
    pub async fn due_questions(
        &mut self,
        now: Millis,
        future: Millis,
        lapse: bool,
        limit: i64,
    ) -> Result<Readable<Question>> {
        let rows = on!(self, |conn| sqlx::query(select!(
            "WHERE q.id IN (SELECT id FROM questions WHERE due_at <= $1
                     AND ($4 = 1 OR phase NOT IN ('suggested', 'answered', 'replied'))
                 UNION SELECT id FROM questions WHERE heard_at > $2 AND due_at IS NOT NULL)
             ORDER BY q.due_at, q.id LIMIT $3"
        ))
        .bind(now.0)
        .bind(future.0)
        .bind(limit)
        .bind(i64::from(lapse))
        .fetch_all(conn)
        .await
        .map(|rows| rows.iter().map(each).collect()))?;
        Ok(readable("questions", rows, Row::question))
    }

    /// Sets aside a question that cannot be read: neither the clock nor anybody's list meets it again. Its bureau; none
    /// if it is aside already.
    pub async fn set_question_aside(&mut self, id: i64) -> Result<Option<BureauId>> {
        let row: Option<(i64,)> = on!(self, |conn| {
            sqlx::query_as(
            "UPDATE questions SET phase = 'unreadable', due_at = NULL WHERE id = $1 AND phase <> 'unreadable' RETURNING bureau_id"
        )
        .bind(id)
        .fetch_optional(conn)
        .await
        })?;
        Ok(row.map(|(bureau,)| BureauId(bureau)))
    }

    /// Lets the clock look at once at every question that somebody waits for: who was asked or has it may be gone.
    pub async fn look_at_open_questions(&mut self) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
            "UPDATE questions SET due_at = 0 WHERE bureau_id IN (SELECT id FROM bureaus) AND phase IN ('waiting', 'claimed')"
        )
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(())
    }

    /// Ended questions that a helper answered, newest first: number, words, reply.
    pub async fn answered_before(&mut self, but: QuestionId, limit: i64) -> Result<Vec<(QuestionId, String, String)>> {
        let text = format!(
            "SELECT q.id, q.text, s.note FROM questions q JOIN steps s ON s.question_id = q.id AND s.kind IN ({})
             WHERE q.phase = 'ended' AND q.id <> $1 AND {} ORDER BY s.id DESC LIMIT $2",
            listed(history::REPLIES),
            holds()
        );
        let rows: Vec<(i64, String, String)> = on!(self, |conn| {
            sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
                .bind(but.0)
                .bind(limit)
                .fetch_all(conn)
                .await
        })?;
        Ok(rows
            .into_iter()
            .map(|(id, words, reply)| (QuestionId(id), words, reply))
            .collect())
    }

    /// Adds a step to a question's history; its number.
    pub async fn add_step(&mut self, question: QuestionId, step: &Step, at: Millis) -> Result<i64> {
        let proposed = self.propose_id(at);
        let (id,): (i64,) = on!(self, |conn| sqlx::query_as(concat!(
            "INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES (",
            row_id!("steps"),
            ", $2, $3, $4, $5, $6) RETURNING id"
        ))
        .bind(proposed)
        .bind(question.0)
        .bind(at.0)
        .bind(step.key())
        .bind(step.person().map(|person| person.0))
        .bind(step.note())
        .fetch_one(conn)
        .await)?;
        Ok(id)
    }

    /// A question's history in order.
    pub async fn steps(&mut self, id: QuestionId) -> Result<Vec<Noted>> {
        let rows: Vec<(i64, i64, String, Option<i64>, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT id, at, kind, person_id, note FROM steps WHERE question_id = $1 ORDER BY id"
        )
        .bind(id.0)
        .fetch_all(conn)
        .await)?;
        Ok(rows
            .into_iter()
            .map(|(id, at, key, person, note)| Noted {
                id,
                at: Millis(at),
                step: Step::read(&key, person.map(PersonId), &note),
            })
            .collect())
    }

    /// Questions by phase, for figures.
    pub async fn phases(&mut self) -> Result<Vec<(String, i64)>> {
        Ok(on!(self, |conn| sqlx::query_as(
            "SELECT phase, COUNT(*) FROM questions GROUP BY phase ORDER BY phase"
        )
        .fetch_all(conn)
        .await)?)
    }
}
