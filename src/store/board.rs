//! What the board shows of a time: summed up day by day from the courses of its questions, so that it counts as the
//! measures do, and read by the hour.

use super::{Result, Tx, listed};
use crate::clock::Millis;
use crate::domain::asking::history;
use crate::domain::roster::people::BureauId;
use crate::domain::supervision::course::{Mark, Marks};

/// What was asked in an hour, and what became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// All questions.
    pub asked: i64,
    /// Of these, answered by the list at once (`Sure`), without a choice before.
    pub sure: i64,
    /// Of those, later handed to a helper or withdrawn: the answer did not do.
    pub unsolved: i64,
    /// Of all, handed to a helper at any time.
    pub handed: i64,
    /// Of all, answered by a helper.
    pub replied: i64,
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.asked += other.asked;
        self.sure += other.sure;
        self.unsolved += other.unsolved;
        self.handed += other.handed;
        self.replied += other.replied;
    }
}

/// A question, as far as it is counted.
#[derive(Clone, Debug)]
pub struct Counted {
    /// In whose group it was asked.
    pub bureau: BureauId,
    /// When.
    pub at: Millis,
    /// What it adds; `asked` is 1.
    pub tally: Tally,
    /// The entry that answered first.
    pub entry: Option<String>,
}

/// A day, summed up: by hour (its first moment) and bureau, and by entry and bureau.
#[derive(Clone, Debug, Default)]
pub struct Summed {
    /// The hours in which something was asked.
    pub hours: Vec<(Millis, BureauId, Tally)>,
    /// The entries that answered.
    pub entries: Vec<(BureauId, String, i64)>,
}

/// Questions of a day, each with what became of it and the answer that it got first.
const COUNTED: &str = "SELECT c.bureau_id, c.asked_at, c.marks, c.handed_at, c.replied_at,
     (SELECT s.note FROM steps s WHERE s.question_id = c.question_id AND s.kind IN ({answers}) ORDER BY s.id LIMIT 1)
     FROM questions q JOIN courses c ON c.question_id = q.id WHERE q.asked_at >= $1 AND q.asked_at < $2";

/// The hours of a time; a bureau's, or with 1 in $4 every bureau's.
pub const HOURS: &str = "SELECT at, bureau_id, asked, sure, unsolved, handed, replied FROM board_hours
     WHERE at >= $1 AND at < $2 AND (bureau_id = $3 OR $4 = 1) ORDER BY at, bureau_id";

/// The entries that answered most in a time, then as often before it; as above.
pub const ENTRIES: &str = "SELECT entry_id, CAST(SUM(asked) AS BIGINT) FROM board_entries
     WHERE at >= $1 AND at < $2 AND (bureau_id = $3 OR $4 = 1) GROUP BY entry_id ORDER BY 2 DESC, 1 LIMIT 200";

/// Which days of a time are summed up.
const DAYS: &str = "SELECT at, made_at FROM board_days WHERE at >= $1 AND at < $2 ORDER BY at";

/// The query that sums up a day: $1 and $2 are its bounds.
pub fn counted_sql() -> String {
    COUNTED.replace("{answers}", &listed(history::ANSWERS))
}

impl Tx {
    /// The questions that were asked from a moment until before another, in no order.
    pub async fn counted(&mut self, from: Millis, until: Millis) -> Result<Vec<Counted>> {
        type Row = (i64, i64, i64, Option<i64>, Option<i64>, Option<String>);
        let text = counted_sql();
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .bind(from.0)
            .bind(until.0)
            .fetch_all(conn)
            .await)?;
        let counted = |(bureau, at, marks, handed, replied, note): Row| {
            let marks = Marks(marks);
            Counted {
                bureau: BureauId(bureau),
                at: Millis(at),
                tally: Tally {
                    asked: 1,
                    sure: i64::from(marks.has(Mark::Sure)),
                    unsolved: i64::from(marks.has(Mark::Unsolved)),
                    handed: i64::from(handed.is_some()),
                    replied: i64::from(replied.is_some()),
                },
                entry: note.map(|note| note.split_once('·').map_or(note.clone(), |(entry, _)| entry.to_owned())),
            }
        };
        Ok(rows.into_iter().map(counted).collect())
    }

    /// Puts the sum of a day in the place of what was there.
    pub async fn put_day(&mut self, (from, until): (Millis, Millis), day: &Summed, now: Millis) -> Result<()> {
        for text in [
            "DELETE FROM board_hours WHERE at >= $1 AND at < $2",
            "DELETE FROM board_entries WHERE at >= $1 AND at < $2",
            "DELETE FROM board_days WHERE at >= $1 AND at < $2",
        ] {
            on!(self, |conn| sqlx::query(text)
                .bind(from.0)
                .bind(until.0)
                .execute(conn)
                .await
                .map(drop))?;
        }
        for (at, bureau, tally) in &day.hours {
            on!(self, |conn| {
                sqlx::query(
                "INSERT INTO board_hours (at, bureau_id, asked, sure, unsolved, handed, replied) VALUES ($1, $2, $3, $4, $5, $6, $7)"
            )
            .bind(at.0)
            .bind(bureau.0)
            .bind(tally.asked)
            .bind(tally.sure)
            .bind(tally.unsolved)
            .bind(tally.handed)
            .bind(tally.replied)
            .execute(conn)
            .await
            .map(drop)
            })?;
        }
        for (bureau, entry, asked) in &day.entries {
            on!(self, |conn| sqlx::query(
                "INSERT INTO board_entries (at, bureau_id, entry_id, asked) VALUES ($1, $2, $3, $4)"
            )
            .bind(from.0)
            .bind(bureau.0)
            .bind(entry)
            .bind(asked)
            .execute(conn)
            .await
            .map(drop))?;
        }
        on!(self, |conn| sqlx::query(
            "INSERT INTO board_days (at, made_at) VALUES ($1, $2)"
        )
        .bind(from.0)
        .bind(now.0)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// The days of a time that are summed up, by their first moment, with when that was done last.
    pub async fn summed_days(&mut self, from: Millis, until: Millis) -> Result<Vec<(Millis, Millis)>> {
        let rows: Vec<(i64, i64)> = on!(self, |conn| sqlx::query_as(DAYS)
            .bind(from.0)
            .bind(until.0)
            .fetch_all(conn)
            .await)?;
        Ok(rows.into_iter().map(|(at, made)| (Millis(at), Millis(made))).collect())
    }

    /// When the oldest question was asked.
    pub async fn first_asked(&mut self) -> Result<Option<Millis>> {
        let (at,): (Option<i64>,) = on!(self, |conn| sqlx::query_as("SELECT MIN(asked_at) FROM questions")
            .fetch_one(conn)
            .await)?;
        Ok(at.map(Millis))
    }

    /// The hours of a time in which something was asked; of one bureau, or of all.
    pub async fn hours(
        &mut self,
        bureau: Option<BureauId>,
        from: Millis,
        until: Millis,
    ) -> Result<Vec<(Millis, BureauId, Tally)>> {
        type Row = (i64, i64, i64, i64, i64, i64, i64);
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(HOURS)
            .bind(from.0)
            .bind(until.0)
            .bind(bureau.map(|bureau| bureau.0))
            .bind(i64::from(bureau.is_none()))
            .fetch_all(conn)
            .await)?;
        let hour = |(at, bureau, asked, sure, unsolved, handed, replied): Row| {
            let tally = Tally {
                asked,
                sure,
                unsolved,
                handed,
                replied,
            };
            (Millis(at), BureauId(bureau), tally)
        };
        Ok(rows.into_iter().map(hour).collect())
    }

    /// The entries that answered most questions of a time, the most first; at most 200.
    pub async fn entries_asked(
        &mut self,
        bureau: Option<BureauId>,
        from: Millis,
        until: Millis,
    ) -> Result<Vec<(String, i64)>> {
        Ok(on!(self, |conn| sqlx::query_as(ENTRIES)
            .bind(from.0)
            .bind(until.0)
            .bind(bureau.map(|bureau| bureau.0))
            .bind(i64::from(bureau.is_none()))
            .fetch_all(conn)
            .await)?)
    }
}
