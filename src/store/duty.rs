//! Leave and cover: what differs from the duty plan. A change counts as a change of the roster, so that every
//! instance sees it.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::roster::people::PersonId;
use crate::domain::roster::plan::{Cover, Leave, PlanChanges};

/// A proposal to swap duty.
#[derive(Clone, Debug)]
pub struct Swap {
    /// Who proposed it.
    pub by: PersonId,
    /// The time the colleague would stand in.
    pub own: (Millis, Millis),
    /// The time the proposer would stand in.
    pub theirs: Option<(Millis, Millis)>,
}

/// A proposal as a row: by whom, own from and until, theirs from and until.
type SwapRow = (i64, i64, i64, Option<i64>, Option<i64>);

/// The same with its number and whom it was made to before it.
type SwapWith = (i64, i64, i64, i64, i64, Option<i64>, Option<i64>);

fn swap((by, from, until, their_from, their_until): SwapRow) -> Swap {
    let theirs = their_from.zip(their_until);
    Swap {
        by: PersonId(by),
        own: (Millis(from), Millis(until)),
        theirs: theirs.map(|(from, until)| (Millis(from), Millis(until))),
    }
}

impl Tx {
    /// Every leave and cover that is kept, in the order they were made.
    pub(super) async fn duty_changes(&mut self) -> Result<PlanChanges> {
        let leaves: Vec<(i64, i64, i64, i64, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT id, person_id, from_at, until_at, from_file FROM leaves ORDER BY id"
        )
        .fetch_all(conn)
        .await)?;
        let covers: Vec<(i64, i64, i64, i64, i64, i64)> = on!(self, |conn| sqlx::query_as(
            "SELECT id, of_person, by_person, from_at, until_at, from_file FROM covers ORDER BY id"
        )
        .fetch_all(conn)
        .await)?;
        Ok(PlanChanges {
            leaves: leaves
                .into_iter()
                .map(|(id, person, from, until, file)| Leave {
                    id,
                    person: PersonId(person),
                    from: Millis(from),
                    until: Millis(until),
                    from_file: file != 0,
                })
                .collect(),
            covers: covers
                .into_iter()
                .map(|(id, of, by, from, until, file)| Cover {
                    id,
                    of: PersonId(of),
                    by: PersonId(by),
                    from: Millis(from),
                    until: Millis(until),
                    from_file: file != 0,
                })
                .collect(),
        })
    }

    /// Puts the leave and cover of a roster file in the place of what an earlier file gave. What is over at `now` is
    /// left alone, and so is what was asked for in chat; a row that is there already is not doubled.
    pub(super) async fn put_file_changes(&mut self, wanted: &PlanChanges, now: Millis) -> Result<()> {
        let there = self.duty_changes().await?;
        // Leave that has begun begins now: what was claimed before is given back (`responsible::keeps`).
        let told = |leave: &Leave| (leave.person, leave.from.max(now), leave.until);
        let (old, new) = differences(&there.leaves, &wanted.leaves, told, |leave| {
            leave.from_file && leave.until > now
        });
        for leave in old {
            self.change_by_id("DELETE FROM leaves WHERE id = $1", leave.id).await?;
        }
        for leave in new {
            let id = self.add_leave(leave.person, leave.from.max(now), leave.until).await?;
            self.change_by_id("UPDATE leaves SET from_file = 1 WHERE id = $1", id)
                .await?;
        }
        let told = |cover: &Cover| (cover.of, cover.by, cover.from, cover.until);
        let (old, new) = differences(&there.covers, &wanted.covers, told, |cover| {
            cover.from_file && cover.until > now
        });
        for cover in old {
            self.change_by_id("DELETE FROM covers WHERE id = $1", cover.id).await?;
        }
        for cover in new {
            let id = self.add_cover(cover.of, cover.by, cover.from, cover.until).await?;
            self.change_by_id("UPDATE covers SET from_file = 1 WHERE id = $1", id)
                .await?;
        }
        Ok(())
    }

    async fn change_by_id(&mut self, text: &'static str, id: i64) -> Result<()> {
        on!(self, |conn| sqlx::query(text).bind(id).execute(conn).await.map(drop))?;
        Ok(())
    }

    /// A helper is away.
    pub async fn add_leave(&mut self, person: PersonId, from: Millis, until: Millis) -> Result<i64> {
        let id = self.count_up("duty_changes", 1).await?;
        on!(self, |conn| sqlx::query(
            "INSERT INTO leaves (id, person_id, from_at, until_at) VALUES ($1, $2, $3, $4)"
        )
        .bind(id)
        .bind(person.0)
        .bind(from.0)
        .bind(until.0)
        .execute(conn)
        .await
        .map(drop))?;
        self.roster_changed().await?;
        Ok(id)
    }

    /// `by` does the duty of `of`.
    pub async fn add_cover(&mut self, of: PersonId, by: PersonId, from: Millis, until: Millis) -> Result<i64> {
        let id = self.count_up("duty_changes", 1).await?;
        on!(self, |conn| sqlx::query(
            "INSERT INTO covers (id, of_person, by_person, from_at, until_at) VALUES ($1, $2, $3, $4, $5)"
        )
        .bind(id)
        .bind(of.0)
        .bind(by.0)
        .bind(from.0)
        .bind(until.0)
        .execute(conn)
        .await
        .map(drop))?;
        self.roster_changed().await?;
        Ok(id)
    }

    /// Takes a helper's leave back, with the cover that was arranged for it; whoever was to stand in. None if there is no
    /// leave of that number.
    pub async fn take_leave_back(&mut self, person: PersonId, id: i64) -> Result<Option<Vec<PersonId>>> {
        let row: Option<(i64, i64)> = on!(self, |conn| sqlx::query_as(
            "DELETE FROM leaves WHERE id = $1 AND person_id = $2 RETURNING from_at, until_at"
        )
        .bind(id)
        .bind(person.0)
        .fetch_optional(conn)
        .await)?;
        let Some((from, until)) = row else { return Ok(None) };
        let covers: Vec<(i64,)> = on!(self, |conn| sqlx::query_as(
            "DELETE FROM covers WHERE of_person = $1 AND from_at = $2 AND until_at = $3 RETURNING by_person"
        )
        .bind(person.0)
        .bind(from)
        .bind(until)
        .fetch_all(conn)
        .await)?;
        self.roster_changed().await?;
        Ok(Some(covers.into_iter().map(|(by,)| PersonId(by)).collect()))
    }

    /// A helper's claimed questions are looked at when their leave begins.
    pub async fn look_at_claims_from(&mut self, person: PersonId, from: Millis) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
            "UPDATE questions SET due_at = $2 WHERE holder = $1 AND phase = 'claimed' AND (due_at IS NULL OR due_at > $2)"
        )
        .bind(person.0)
        .bind(from.0)
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(())
    }

    /// Keeps a proposal to swap duty until the colleague answers; gives its number.
    pub async fn propose_swap(
        &mut self,
        by: PersonId,
        to: PersonId,
        own: (Millis, Millis),
        theirs: Option<(Millis, Millis)>,
    ) -> Result<i64> {
        let id = self.count_up("duty_changes", 1).await?;
        on!(self, |conn| sqlx::query(
            "INSERT INTO swaps (id, by_person, to_person, own_from, own_until, their_from, their_until)
             VALUES ($1, $2, $3, $4, $5, $6, $7)"
        )
        .bind(id)
        .bind(by.0)
        .bind(to.0)
        .bind(own.0.0)
        .bind(own.1.0)
        .bind(theirs.map(|(from, _)| from.0))
        .bind(theirs.map(|(_, until)| until.0))
        .execute(conn)
        .await
        .map(drop))?;
        Ok(id)
    }

    /// The proposals that somebody made or has to answer, oldest first: number, whom it was made to, what it says.
    pub async fn swaps_with(&mut self, person: PersonId) -> Result<Vec<(i64, PersonId, Swap)>> {
        let rows: Vec<SwapWith> = on!(self, |conn| sqlx::query_as(
            "SELECT id, to_person, by_person, own_from, own_until, their_from, their_until FROM swaps
             WHERE to_person = $1 OR by_person = $1 ORDER BY id"
        )
        .bind(person.0)
        .fetch_all(conn)
        .await)?;
        let swap = |(id, to, by, from, until, their_from, their_until)| {
            (id, PersonId(to), swap((by, from, until, their_from, their_until)))
        };
        Ok(rows.into_iter().map(swap).collect())
    }

    /// Takes a proposal that was made to `to`, for an answer; it is answered once.
    pub async fn take_swap(&mut self, id: i64, to: PersonId) -> Result<Option<Swap>> {
        let row: Option<SwapRow> = on!(self, |conn| sqlx::query_as(
            "DELETE FROM swaps WHERE id = $1 AND to_person = $2
             RETURNING by_person, own_from, own_until, their_from, their_until"
        )
        .bind(id)
        .bind(to.0)
        .fetch_optional(conn)
        .await)?;
        Ok(row.map(swap))
    }

    /// Forgets leave and cover that ended before `before`.
    pub async fn forget_duty_changes(&mut self, before: Millis) -> Result<()> {
        for text in [
            "DELETE FROM leaves WHERE until_at < $1",
            "DELETE FROM covers WHERE until_at < $1",
            "DELETE FROM swaps WHERE own_until < $1",
        ] {
            on!(self, |conn| sqlx::query(text)
                .bind(before.0)
                .execute(conn)
                .await
                .map(drop))?;
        }
        Ok(())
    }
}

/// What a file no longer gives of `there`, and what is new in it. Only rows for which `of_file` holds count as a file's.
fn differences<'a, T, K: PartialEq>(
    there: &'a [T],
    wanted: &'a [T],
    told: impl Fn(&T) -> K,
    of_file: impl Fn(&T) -> bool,
) -> (Vec<&'a T>, Vec<&'a T>) {
    let lacks = |rows: &[T], row: &T| !rows.iter().any(|other| told(other) == told(row));
    let old = there.iter().filter(|row| of_file(row) && lacks(wanted, row));
    let new = wanted.iter().filter(|row| of_file(row) && lacks(there, row));
    (old.collect(), new.collect())
}
