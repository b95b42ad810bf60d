//! `/forget`: one erase over every table that holds something of a person, and what each text that is kept is. A new
//! column must be named here before the tests pass.

use super::{Result, Tx, listed};
use crate::clock::Millis;
use crate::domain::asking::history;
use crate::domain::chat::message::Account;

/// What a column of text holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// What an asker or visitor said, is called or is known by: `/forget` erases it.
    Theirs,
    /// Made from it for a while: gone when it was handled, sent or ran out, a week at the latest.
    Passing,
    /// Of the people of the roster, as the bureau submitted them.
    Staff,
    /// The list, as editors approved it.
    List,
    /// Of nobody: numbers, names of states, settings.
    Nobodys,
}

/// Every text that the tables hold.
pub const COLUMNS: &[(&str, Holds, &[&str])] = {
    use Holds::{List, Nobodys, Passing, Staff, Theirs};
    &[
        ("alarms", Nobodys, &["name"]),
        ("audit", Nobodys, &["action", "object", "note", "before", "hash"]),
        ("bindings", Staff, &["channel", "account"]),
        ("blocked", Theirs, &["name"]),
        ("blocked", Nobodys, &["channel", "account"]),
        ("board_entries", List, &["entry_id"]),
        ("bulletins", Nobodys, &["month", "phase", "words", "figures"]),
        ("bureaus", Staff, &["name", "hours", "places"]),
        ("buttons", Passing, &["token", "channel", "chat", "action"]),
        ("chat_waits", Passing, &["channel", "chat"]),
        ("clusters", List, &["name", "standing", "note"]),
        ("collected", Nobodys, &["reason", "entry_id"]),
        ("counters", Nobodys, &["name"]),
        ("digests", Nobodys, &["week"]),
        ("disputes", Theirs, &["one_says", "other_says"]),
        ("disputes", List, &["about", "note"]),
        ("drafts", Theirs, &["proposal"]),
        ("drafts", List, &["entry_id", "authors", "phase", "state"]),
        ("duty_rows", Staff, &["body"]),
        ("editions", List, &["body", "made_by"]),
        ("entries", List, &["id", "topic", "file_digest"]),
        ("entry_defects", Theirs, &["words", "must_not_hit"]),
        ("entry_defects", List, &["entry_id"]),
        ("fills", List, &["bureau", "name", "value"]),
        ("freezes", List, &["entry_id", "why"]),
        (
            "groups",
            Nobodys,
            &["channel", "chat", "title", "kind", "standing", "modes"],
        ),
        (
            "inbox",
            Passing,
            &["channel", "natural_key", "lane", "raw", "state", "error"],
        ),
        ("invitations", Staff, &["token_hash"]),
        ("leases", Nobodys, &["name", "holder"]),
        ("lessons", Nobodys, &["standing"]),
        ("lexicons", Theirs, &["body"]),
        ("links", Theirs, &["body"]),
        ("links", Nobodys, &["channel", "chat", "message_id", "role", "topic"]),
        ("notes", Nobodys, &["name", "text"]),
        ("objections", Staff, &["words", "reason"]),
        ("offices", Staff, &["name", "kind", "address", "landline"]),
        ("official_heard", Passing, &["name", "reply"]),
        ("official_pictures", Nobodys, &["name", "value"]),
        ("outbox", Theirs, &["body"]),
        (
            "outbox",
            Nobodys,
            &[
                "channel",
                "chat",
                "topic",
                "lane",
                "role",
                "state",
                "holder",
                "message_id",
                "error",
            ],
        ),
        (
            "people",
            Staff,
            &[
                "name",
                "standing",
                "mobile",
                "landline",
                "roles",
                "passed_on",
                "affiliation",
            ],
        ),
        ("private_chats", Theirs, &["channel", "account", "chat"]),
        ("publications", List, &["articles", "state", "drafted_by", "trouble"]),
        ("questions", Theirs, &["account", "asker_name", "text", "media"]),
        (
            "questions",
            Nobodys,
            &["channel", "topic", "message_id", "phase", "state"],
        ),
        ("recalls", Nobodys, &["entry_id"]),
        ("reported", Nobodys, &["month", "figure"]),
        ("reply_drafts", Theirs, &["words"]),
        ("reviews", Theirs, &["note"]),
        ("revisions", List, &["entry_id", "body", "approved_by"]),
        ("room_media", Theirs, &["id", "room", "mime", "file", "author"]),
        ("room_messages", Theirs, &["name", "body", "once"]),
        ("room_messages", Nobodys, &["room", "author", "badge", "veil"]),
        ("room_reads", Nobodys, &["account", "room"]),
        ("sample_items", List, &["entry_id"]),
        ("sample_items", Nobodys, &["week", "verdict"]),
        ("samples", Nobodys, &["week"]),
        ("sessions", Theirs, &["nickname"]),
        ("sessions", Staff, &["came_from"]),
        ("sessions", Nobodys, &["token_hash", "account"]),
        ("steps", Theirs, &["note"]),
        ("steps", Nobodys, &["kind"]),
        ("switched_off", Nobodys, &["channel", "reason"]),
        ("tallies", Nobodys, &["day", "kind"]),
        ("told", Theirs, &["channel", "account", "what"]),
        ("windows", Theirs, &["channel", "chat"]),
        ("wishes", Theirs, &["channel", "account"]),
    ]
};

/// What visitors are called who had their name erased.
const NOBODY: &str = "访客";

/// What was erased of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// How many questions of theirs there were.
    pub questions: u64,
    /// Files of pictures that nothing shows any more.
    pub files: Vec<String>,
}

impl Tx {
    /// Erases what an asker said: words, name, pictures, what rooms show of them, private chat. The numbers stay, with
    /// nobody behind them.
    pub async fn erase_asker(&mut self, asker: &Account, at: Millis) -> Result<Erased> {
        let files = match asker.channel.0.as_str() {
            "web" => self.erase_visitor(&asker.id).await?,
            _ => Vec::new(),
        };
        self.erase_said_about(asker).await?;
        const THEIRS: &str = "(SELECT id FROM questions WHERE channel = $1 AND account = $2)";
        for text in [
            format!("UPDATE steps SET note = '' WHERE kind IN ({}) AND question_id IN {THEIRS}", listed(history::WITH_WORDS)),
            format!("UPDATE links SET body = NULL WHERE question_id IN {THEIRS}"),
            format!("UPDATE reviews SET note = NULL WHERE question_id IN {THEIRS}"),
            format!("DELETE FROM reply_drafts WHERE question_id IN {THEIRS}"),
            // What was judged stays a number; what was not is drawn no more.
            format!("DELETE FROM sample_items WHERE verdict IS NULL AND question_id IN {THEIRS}"),
            format!("UPDATE entry_defects SET words = '', must_not_hit = '' WHERE question_id IN {THEIRS}"),
            format!("UPDATE disputes SET one_says = '', other_says = '' WHERE one_question IN {THEIRS} OR other_question IN {THEIRS}"),
            "DELETE FROM windows WHERE channel = $1 AND chat IN (SELECT chat FROM private_chats WHERE channel = $1 AND account = $2)".to_owned(),
            "DELETE FROM told WHERE channel = $1 AND account = $2".to_owned(),
            "DELETE FROM wishes WHERE channel = $1 AND account = $2".to_owned(),
            "UPDATE blocked SET name = '' WHERE channel = $1 AND account = $2".to_owned(),
        ] {
            on!(self, |conn| sqlx::query(sqlx::AssertSqlSafe(text.clone()))
                .bind(&asker.channel.0)
                .bind(&asker.id)
                .execute(conn)
                .await
                .map(drop))?;
        }
        self.erase_owed(asker, at).await?;
        self.erase_lessons(asker, at).await?;
        let questions: Vec<(i64,)> = on!(self, |conn| {
            sqlx::query_as(
            "UPDATE questions SET text = '', asker_name = '', media = '[]', account = '' WHERE channel = $1 AND account = $2
             RETURNING id"
        )
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .fetch_all(conn)
        .await
        })?;
        let erased = Erased {
            questions: u64::try_from(questions.len()).unwrap_or(u64::MAX),
            files,
        };
        // Open pages of staff lose the words too.
        for (question,) in questions {
            self.moved(question);
        }
        Ok(erased)
    }

    /// What a visitor is called, showed and said in rooms, and all of their private room. Each message gets a new
    /// revision, so that open pages lose it.
    async fn erase_visitor(&mut self, account: &str) -> Result<Vec<String>> {
        let pictures: Vec<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT id FROM room_media WHERE author = $1"
        )
        .bind(account)
        .fetch_all(conn)
        .await)?;
        let mut files = Vec::new();
        for (id,) in pictures {
            files.extend(self.take_picture_down(&id).await?.0);
        }
        let messages: Vec<(String, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT room, id FROM room_messages WHERE author = $1 OR room = $2 ORDER BY id"
        )
        .bind(account)
        .bind(format!("u:{account}"))
        .fetch_all(conn)
        .await)?;
        self.erase_messages(messages).await?;
        on!(self, |conn| sqlx::query(
            "UPDATE sessions SET nickname = $2 WHERE account = $1"
        )
        .bind(account)
        .bind(NOBODY)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(files)
    }

    /// What the bot said in rooms about an asker's questions: their words and name are in it.
    async fn erase_said_about(&mut self, asker: &Account) -> Result<()> {
        let messages: Vec<(String, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT m.room, m.id FROM room_messages m JOIN outbox o ON o.id = m.outbox_id
             JOIN questions q ON q.id = o.question_id WHERE q.channel = $1 AND q.account = $2 ORDER BY m.id"
        )
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .fetch_all(conn)
        .await)?;
        self.erase_messages(messages).await
    }

    async fn erase_messages(&mut self, messages: Vec<(String, i64)>) -> Result<()> {
        for (room, id) in messages {
            self.delete_room_message(&room, id).await?;
            on!(self, |conn| sqlx::query(
                "UPDATE room_messages SET name = '', once = NULL WHERE room = $1 AND id = $2"
            )
            .bind(&room)
            .bind(id)
            .execute(conn)
            .await
            .map(drop))?;
        }
        Ok(())
    }

    /// What was said, or was still to be said, to an asker and about their questions; and the private chat it was said in.
    async fn erase_owed(&mut self, asker: &Account, at: Millis) -> Result<()> {
        // All of theirs is over: nothing more is to be said about it. What is going out this moment cannot be stopped.
        on!(self, |conn| {
            sqlx::query(
            "UPDATE outbox SET body = '{}', told = 1, sent_at = COALESCE(sent_at, $3),
                 state = CASE WHEN state IN ('waiting', 'gone', 'muted') THEN 'void' ELSE state END
             WHERE state <> 'sending' AND question_id IN (SELECT id FROM questions WHERE channel = $1 AND account = $2)"
        )
        .bind(&asker.channel.0)
        .bind(&asker.id)
        .bind(at.0)
        .execute(conn)
        .await
        .map(drop)
        })?;
        for text in [
            "DELETE FROM outbox WHERE channel = $1 AND chat IN (SELECT chat FROM private_chats WHERE channel = $1 AND account = $2)",
            "DELETE FROM private_chats WHERE channel = $1 AND account = $2",
        ] {
            on!(self, |conn| sqlx::query(text)
                .bind(&asker.channel.0)
                .bind(&asker.id)
                .execute(conn)
                .await
                .map(drop))?;
        }
        Ok(())
    }
}
