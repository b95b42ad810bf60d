//! What is owed to chats, on its way out: leased by one courier, its result noted. How it is written down is in `owing`.

use super::each::{Readable, each, readable};
use super::undelivered::Loss;
use super::{Result, StoreError, Tx, listed};
use crate::clock::Millis;
use crate::domain::asking::question::QuestionId;
use crate::domain::chat::message::{Channel, Place};
use crate::domain::chat::owed::{Change, Due, Owed};
use crate::domain::chat::role::Role;

/// A row on its way out.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    /// Its id; grows in the order things were decided, whichever program decided them.
    pub id: i64,
    /// Where to.
    pub place: Place,
    /// Rows of one lane go out one after another: a chat, or a toast by itself.
    pub lane: String,
    /// The question it is about.
    pub question: Option<QuestionId>,
    /// As what the message counts: `answer`, `card`, `notice`, `reply`, `toast`, `line`.
    pub role: Role,
    /// What.
    pub due: Due,
    /// Failed tries.
    pub attempts: i64,
    /// It was sent before with an unknown result.
    pub again: bool,
    /// Not before.
    pub not_before: Millis,
    /// When it was decided.
    pub created_at: Millis,
}

/// One of a chat's two rows of what is owed: each goes out one thing after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// What belongs to a question, and what somebody has to know.
    Chat,
    /// What can wait until nothing else is owed to the chat: help, refusals, what somebody looks up.
    Aside,
}

/// How the name of a lane begins whose rows go aside.
const ASIDE: &str = "aside:";

impl Lane {
    /// Its name in a chat.
    pub(super) fn of(self, chat: &str) -> String {
        match self {
            Lane::Chat => chat.to_owned(),
            Lane::Aside => format!("{ASIDE}{chat}"),
        }
    }

    /// The lane of a name.
    pub(super) fn read(name: &str) -> Lane {
        if name.starts_with(ASIDE) {
            Lane::Aside
        } else {
            Lane::Chat
        }
    }
}

impl OutboxRow {
    /// Whether it waits until nothing else is owed to its chat.
    pub fn goes_aside(&self) -> bool {
        self.own_lane() == Lane::Aside
    }

    pub(super) fn own_lane(&self) -> Lane {
        Lane::read(&self.lane)
    }
}

/// A leased row that can go out: it is known which message it changes, if it changes one.
#[derive(Clone, Debug)]
pub struct Aimed {
    /// The row.
    pub row: OutboxRow,
    /// What goes out.
    pub owed: Owed,
}

/// In the database a change of what another row says names no message: it names the row.
const OF_A_ROW: &str = "";

/// A row's contents as the database keeps them: the body, and the row it changes.
pub(super) fn kept(id: i64, due: &Due) -> Result<(String, Option<i64>)> {
    let (body, changes) = match due {
        Due::Owed(owed) => (serde_json::to_string(owed), None),
        Due::ChangeOf { row, change } => {
            let named = change.clone().of(OF_A_ROW.to_owned());
            (serde_json::to_string(&named), Some(*row))
        }
    };
    let body = body.map_err(|error| StoreError::inconsistent("outbox", id, error))?;
    Ok((body, changes))
}

/// The contents of a row that was kept.
fn due(id: i64, body: &str, changes: Option<i64>) -> Result<Due> {
    let owed = serde_json::from_str(body).map_err(|error| StoreError::inconsistent("outbox", id, error))?;
    let Some(row) = changes else { return Ok(Due::Owed(owed)) };
    let change = match owed {
        Owed::Edit { text, buttons, .. } => Change::Words { text, buttons },
        Owed::Buttons { buttons, .. } => Change::Buttons(buttons),
        Owed::Message { .. } | Owed::Media { .. } | Owed::Toast { .. } | Owed::Delete { .. } => {
            return Err(StoreError::inconsistent("outbox", id, "changes a row and is no change"));
        }
    };
    Ok(Due::ChangeOf { row, change })
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    channel: String,
    chat: String,
    topic: Option<String>,
    lane: String,
    question_id: Option<i64>,
    role: String,
    body: String,
    changes: Option<i64>,
    attempts: i64,
    again: i64,
    not_before: i64,
    created_at: i64,
}

impl Row {
    fn read(self) -> Result<OutboxRow> {
        let due = due(self.id, &self.body, self.changes)?;
        Ok(OutboxRow {
            id: self.id,
            place: Place {
                channel: Channel(self.channel),
                chat: self.chat,
                topic: self.topic,
            },
            lane: self.lane,
            question: self.question_id.map(QuestionId),
            role: Role::read(&self.role),
            due,
            attempts: self.attempts,
            again: self.again != 0,
            not_before: Millis(self.not_before),
            created_at: Millis(self.created_at),
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT id, channel, chat, topic, lane, question_id, role, body, changes, attempts, again, not_before, created_at
             FROM outbox ",
            $rest
        )
    };
}

impl Tx {
    /// Other contents for a row that has not gone out; false if it has, or is going out.
    pub(super) async fn rewrite(&mut self, id: i64, due: &Due) -> Result<bool> {
        let (body, _) = kept(id, due)?;
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE outbox SET body = $2 WHERE id = $1 AND state = 'waiting'"
        )
        .bind(id)
        .bind(body)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// What is owed about a question and has not arrived, oldest first.
    pub async fn unsent_about(&mut self, question: QuestionId) -> Result<Vec<OutboxRow>> {
        let rows = on!(self, |conn| sqlx::query(select!(
            "WHERE state IN ('waiting', 'sending') AND question_id = $1 ORDER BY id"
        ))
        .bind(question.0)
        .fetch_all(conn)
        .await
        .map(|rows| rows.iter().map(each).collect()))?;
        Ok(readable("outbox", rows, Row::read).rows)
    }

    /// The first unsent row of each lane; lanes whose first row is being sent are left out. A row that waits because
    /// nobody knows whether it arrived holds nothing up: most likely it did. A row that is held until a person writes
    /// again holds its lane up: what is said keeps its order. What goes aside is left out while anything else could go to
    /// its chat. Only of these channels.
    pub async fn outbox_heads(&mut self, channels: &[&str], now: Millis) -> Result<Readable<OutboxRow>> {
        let text = format!(
            select!(
                "WHERE state = 'waiting' AND held = 0 AND id IN
                     (SELECT MIN(id) FROM outbox
                      WHERE state IN ('waiting', 'sending') AND NOT (again = 1 AND not_before > $1) AND channel IN ({})
                      GROUP BY channel, lane)
                     AND NOT (lane LIKE 'aside:%' AND EXISTS
                         (SELECT 1 FROM outbox other WHERE other.channel = outbox.channel AND other.chat = outbox.chat
                          AND other.lane = other.chat AND other.state IN ('waiting', 'sending')
                          AND (other.state = 'sending' OR (other.held <> 1 AND other.not_before <= $1))))
                 ORDER BY not_before, id LIMIT 500"
            ),
            listed(channels)
        );
        let rows = on!(self, |conn| {
            sqlx::query(sqlx::AssertSqlSafe(text))
                .bind(now.0)
                .fetch_all(conn)
                .await
                .map(|rows| rows.iter().map(each).collect())
        })?;
        Ok(readable("outbox", rows, Row::read))
    }

    /// Leases a row for `holder` and gives it as it stands now; none if somebody else was quicker.
    pub async fn lease(&mut self, id: i64, holder: &str, until: Millis) -> Result<Option<OutboxRow>> {
        let row: Option<Row> = on!(self, |conn| {
            sqlx::query_as(
            "UPDATE outbox SET state = 'sending', holder = $2, lease_until = $3 WHERE id = $1 AND state = 'waiting'
             RETURNING id, channel, chat, topic, lane, question_id, role, body, changes, attempts, again, not_before, created_at"
        )
        .bind(id)
        .bind(holder)
        .bind(until.0)
        .fetch_optional(conn)
        .await
        })?;
        // One that cannot be read stays leased, and is set aside with the orphans.
        Ok(row.and_then(|row| row.read().ok()))
    }

    /// Aims a row that `holder` leased: a change of what another row says at the message that became of it. None, and the
    /// row over, if there is no message to change: the words have not gone out after all and were changed in their place,
    /// or never will.
    pub async fn aim(&mut self, row: OutboxRow, holder: &str, now: Millis) -> Result<Option<Aimed>> {
        let (mut target, change) = match &row.due {
            Due::Owed(owed) => {
                let owed = owed.clone();
                return Ok(Some(Aimed { row, owed }));
            }
            Due::ChangeOf { row, change } => (*row, change.clone()),
        };
        // A change that went out is of the message its own row was aimed at.
        while let Some((state, sent_as, body, changes)) = self.of_change(target).await? {
            // Erased for good (/forget), or not to be read: where it arrived it can still be changed.
            let before = due(target, &body, changes).ok();
            if state != "sent" {
                if let Some(changed) = before.and_then(|before| before.changed_by(&change)) {
                    self.rewrite(target, &changed).await?;
                }
                break;
            }
            let named = match &before {
                Some(Due::Owed(owed)) => owed.target(),
                Some(Due::ChangeOf { .. }) | None => None,
            };
            if let Some(message) = sent_as.as_deref().or(named) {
                let owed = change.of(message.to_owned());
                return Ok(Some(Aimed { row, owed }));
            }
            let Some(before) = changes else { break };
            target = before;
        }
        self.mark_over((row.id, holder), Loss::Void, "nothing to change", now)
            .await?;
        Ok(None)
    }

    /// Of a row that is to be changed: its state, the message it became, its body, the row it changes itself.
    async fn of_change(&mut self, row: i64) -> Result<Option<(String, Option<String>, String, Option<i64>)>> {
        Ok(on!(self, |conn| sqlx::query_as(
            "SELECT state, message_id, body, changes FROM outbox WHERE id = $1"
        )
        .bind(row)
        .fetch_optional(conn)
        .await)?)
    }

    /// Takes rows of a channel over for `holder` whose sender died, or did not note them in time: nobody knows whether
    /// they arrived.
    pub async fn adopt(
        &mut self,
        channel: &str,
        holder: &str,
        (now, until): (Millis, Millis),
    ) -> Result<Readable<OutboxRow>> {
        let rows = on!(self, |conn| {
            sqlx::query(
            "UPDATE outbox SET holder = $2, lease_until = $4
             WHERE state = 'sending' AND channel = $1 AND (holder IS NULL OR holder <> $2 OR lease_until < $3)
             RETURNING id, channel, chat, topic, lane, question_id, role, body, changes, attempts, again, not_before, created_at"
        )
        .bind(channel)
        .bind(holder)
        .bind(now.0)
        .bind(until.0)
        .fetch_all(conn)
        .await
        .map(|rows| rows.iter().map(each).collect())
        })?;
        let mut readable = readable("outbox", rows, Row::read);
        readable.rows.sort_by_key(|row| row.id);
        Ok(readable)
    }

    /// Marks a row sent that `holder` leased; false, and nothing is written, if it is somebody else's by now. What belongs to no question is not kept: nothing looks at it again, and nobody could find it
    /// when somebody is to be forgotten.
    pub async fn mark_sent(&mut self, (id, holder): (i64, &str), message: Option<&str>, at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE outbox SET state = 'sent', message_id = $2, sent_at = $3, holder = NULL,
                 body = CASE WHEN question_id IS NULL THEN '{}' ELSE body END
             WHERE id = $1 AND state = 'sending' AND holder = $4"
        )
        .bind(id)
        .bind(message)
        .bind(at.0)
        .bind(holder)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }

    /// Puts a row back that `holder` leased, to be tried again, not before `not_before`; `again` marks a doubt. False if
    /// it is somebody else's by now.
    pub async fn mark_retry(
        &mut self,
        (id, holder): (i64, &str),
        error: &str,
        not_before: Millis,
        again: bool,
    ) -> Result<bool> {
        let rows = on!(self, |conn| {
            sqlx::query(
            "UPDATE outbox SET state = 'waiting', attempts = attempts + 1, error = $2, not_before = $3, holder = NULL,
                 again = CASE WHEN $4 = 1 THEN 1 ELSE again END WHERE id = $1 AND state = 'sending' AND holder = $5"
        )
        .bind(id)
        .bind(error)
        .bind(not_before.0)
        .bind(i64::from(again))
        .bind(holder)
        .execute(conn)
        .await
        .map(|done| done.rows_affected())
        })?;
        Ok(rows == 1)
    }

    /// Ends a row without success that `holder` leased; what belongs to no question is not kept. False if it is somebody
    /// else's by now.
    pub async fn mark_over(&mut self, (id, holder): (i64, &str), loss: Loss, error: &str, at: Millis) -> Result<bool> {
        let rows = on!(self, |conn| sqlx::query(
            "UPDATE outbox SET state = $2, error = $3, sent_at = $4, holder = NULL,
                 body = CASE WHEN question_id IS NULL THEN '{}' ELSE body END
             WHERE id = $1 AND state = 'sending' AND holder = $5"
        )
        .bind(id)
        .bind(loss.key())
        .bind(error)
        .bind(at.0)
        .bind(holder)
        .execute(conn)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(rows == 1)
    }
}
