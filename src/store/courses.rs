//! What happened to each question, kept beside its history for the figures: brought up to date from the steps that were
//! added, added up without reading a history again.

use futures_util::TryStreamExt as _;

use super::ids::back;
use super::{Result, Tx, listed};
use crate::clock::Millis;
use crate::domain::asking::history::{self, Step};
use crate::domain::asking::question::QuestionId;
use crate::domain::asking::rating::Rating;
use crate::domain::roster::people::{BureauId, PersonId};
use crate::domain::supervision::course::{Course, Mark, Marks, READ_AS};
use crate::store::replay::Stretch;

/// How far the steps are read: the note's name.
const READ_UPTO: &str = "courses";
/// Steps read at once: what is written of them takes some milliseconds of the one writer.
const STEPS: i64 = 2_000;
/// Questions written with one statement. Each value's name is looked for among all of a statement's, so that twice as many
/// rows take four times as long.
const ROWS: usize = 40;
/// Steps of the last while are read again: a transaction that was begun earlier may have committed later with a smaller
/// number. None lives as long as this.
const OVERLAP_MS: i64 = 120_000;

const COLUMNS: &str = "question_id, bureau_id, asked_at, handed_at, claimed_at, replied_at, helper, last_helper, ended_at, \
                       rating, review_due, review_done, marks";

/// The questions that were not handed over, as they are counted together.
pub const ALONE: &str =
    "SELECT bureau_id, marks, rating, CAST(CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END AS BIGINT), COUNT(*) FROM courses
     WHERE handed_at IS NULL AND asked_at >= $1 AND asked_at < $2
     GROUP BY bureau_id, marks, rating, CASE WHEN ended_at IS NULL THEN 0 ELSE 1 END";
/// The questions that were.
pub const HANDED: &str = "SELECT question_id, bureau_id, asked_at, handed_at, claimed_at, replied_at, helper, last_helper, ended_at,
     rating, review_due, review_done, marks FROM courses WHERE handed_at IS NOT NULL AND asked_at >= $1 AND asked_at < $2";
/// The low ratings among those that were not handed over.
pub const FOLLOWED: &str = "SELECT c.question_id, c.bureau_id, c.asked_at, c.handed_at, c.claimed_at, c.replied_at, c.helper, c.last_helper,
     c.ended_at, c.rating, c.review_due, c.review_done, c.marks FROM reviews r JOIN courses c ON c.question_id = r.question_id
     WHERE c.handed_at IS NULL AND c.asked_at >= $1 AND c.asked_at < $2";
/// A bureau's questions after a number.
pub const OF_BUREAU: &str = "SELECT question_id, bureau_id, asked_at, handed_at, claimed_at, replied_at, helper, last_helper, ended_at,
     rating, review_due, review_done, marks FROM courses WHERE bureau_id = $1 AND asked_at >= $2 AND asked_at < $3 ORDER BY asked_at, question_id";

#[derive(sqlx::FromRow)]
struct Row {
    question_id: i64,
    bureau_id: i64,
    asked_at: i64,
    handed_at: Option<i64>,
    claimed_at: Option<i64>,
    replied_at: Option<i64>,
    helper: Option<i64>,
    last_helper: Option<i64>,
    ended_at: Option<i64>,
    rating: Option<i64>,
    review_due: Option<i64>,
    review_done: Option<i64>,
    marks: i64,
}

impl Row {
    fn course(self) -> Course {
        Course {
            id: QuestionId(self.question_id),
            bureau: BureauId(self.bureau_id),
            asked: Millis(self.asked_at),
            handed: self.handed_at.map(Millis),
            claimed: self.claimed_at.map(Millis),
            replied: self.replied_at.map(Millis),
            helper: self.helper.map(PersonId),
            last: self.last_helper.map(PersonId),
            ended: self.ended_at.map(Millis),
            rating: self.rating.and_then(Rating::of_level),
            review_due: self.review_due.map(Millis),
            review_done: self.review_done.map(Millis),
            marks: Marks(self.marks),
        }
    }
}

/// What the next steps made of their questions, to be written with [`Tx::write_courses`]. Read beside everybody who writes:
/// where somebody else wrote meanwhile, what is read next begins where this ended, and sets it right.
#[derive(Clone, Debug)]
pub struct Stage {
    courses: Vec<Course>,
    /// Where it ended.
    pub end: i64,
    /// All steps are read up to here once it is written.
    upto: i64,
    /// Nothing is left to read.
    pub done: bool,
}

/// One step of a question with what is known of the question.
#[derive(sqlx::FromRow)]
struct StepRow {
    question_id: i64,
    bureau_id: i64,
    asked_at: i64,
    due_at: Option<i64>,
    closed_at: Option<i64>,
    at: i64,
    kind: String,
    person_id: Option<i64>,
    note: String,
}

impl Tx {
    /// Whether there are steps that were not read, or so new that an older one may still come.
    pub async fn courses_behind(&mut self, now: Millis) -> Result<bool> {
        let upto = self.read_upto_step().await?;
        let (last,): (i64,) = on!(self, |conn| sqlx::query_as("SELECT COALESCE(MAX(id), 0) FROM steps")
            .fetch_one(conn)
            .await)?;
        Ok(last > upto || last > back(now, OVERLAP_MS))
    }

    /// How many questions are known to have a course, and how many there are: what has been done of the first reading.
    pub async fn courses_read(&mut self) -> Result<(i64, i64)> {
        let upto = self.read_upto_step().await?;
        Ok(on!(self, |conn| {
            sqlx::query_as("SELECT (SELECT COUNT(*) FROM courses), (SELECT COUNT(*) FROM questions) WHERE $1 >= 0")
                .bind(upto)
                .fetch_one(conn)
                .await
        })?)
    }

    /// Reads the next steps, and all of the questions they belong to; none where there are none. `from`: where to begin,
    /// the first time where the last reading ended less what may have come late.
    pub async fn next_courses(&mut self, now: Millis, from: Option<i64>) -> Result<Option<Stage>> {
        let upto = self.read_upto_step().await?;
        let from = from.unwrap_or_else(|| upto.min(back(now, OVERLAP_MS)).min(back_of(upto)));
        let (end, steps): (i64, i64) = on!(self, |conn| {
            sqlx::query_as(
                "SELECT COALESCE(MAX(id), 0), COUNT(*) FROM (SELECT id FROM steps WHERE id > $1 ORDER BY id LIMIT $2) AS next",
            )
            .bind(from)
            .bind(STEPS)
            .fetch_one(conn)
            .await
        })?;
        if steps == 0 {
            return Ok(None);
        }
        let courses = self.courses_of_steps(from, end).await?;
        Ok(Some(Stage {
            courses,
            end,
            upto: end.max(upto),
            done: steps < STEPS,
        }))
    }

    /// Writes what became of questions, in the place of what was there.
    pub async fn write_courses(&mut self, stage: &Stage) -> Result<()> {
        for some in stage.courses.chunks(ROWS) {
            self.write_rows(some).await?;
        }
        self.set_note(READ_UPTO, &format!("{READ_AS}:{}", stage.upto)).await
    }

    async fn read_upto_step(&mut self) -> Result<i64> {
        let note = self.note(READ_UPTO).await?.unwrap_or_default();
        let (how, upto) = note.split_once(':').unwrap_or(("", ""));
        let same = how == READ_AS.to_string();
        Ok(upto.parse().ok().filter(|_| same).unwrap_or(0))
    }

    async fn courses_of_steps(&mut self, after: i64, upto: i64) -> Result<Vec<Course>> {
        let text = format!(
            "SELECT q.id AS question_id, q.bureau_id, q.asked_at, r.due_at, r.closed_at, s.at, s.kind, s.person_id,
                 CASE WHEN s.kind IN ({}) THEN '' ELSE s.note END AS note
             FROM steps s JOIN questions q ON q.id = s.question_id LEFT JOIN reviews r ON r.question_id = q.id
             WHERE s.question_id IN (SELECT question_id FROM steps WHERE id > $1 AND id <= $2) ORDER BY s.question_id, s.id",
            listed(history::WITH_WORDS)
        );
        let rows: Vec<StepRow> = on!(self, |conn| sqlx::query_as(sqlx::AssertSqlSafe(text.clone()))
            .bind(after)
            .bind(upto)
            .fetch_all(conn)
            .await)?;
        let courses = rows.chunk_by(|one, next| one.question_id == next.question_id);
        Ok(courses.filter_map(course_of).collect())
    }

    async fn write_rows(&mut self, courses: &[Course]) -> Result<()> {
        const FIELDS: usize = 13;
        let row = |at: usize| {
            let fields: Vec<String> = (1..=FIELDS).map(|field| format!("${}", at * FIELDS + field)).collect();
            format!("({})", fields.join(", "))
        };
        let rows: Vec<String> = (0..courses.len()).map(row).collect();
        let sets: Vec<String> = COLUMNS
            .split(", ")
            .skip(1)
            .map(|column| format!("{column} = excluded.{column}"))
            .collect();
        let text = format!(
            "INSERT INTO courses ({COLUMNS}) VALUES {} ON CONFLICT (question_id) DO UPDATE SET {}",
            rows.join(", "),
            sets.join(", ")
        );
        on!(self, |conn| {
            let mut query = sqlx::query(sqlx::AssertSqlSafe(text.clone()));
            for course in courses {
                query = query
                    .bind(course.id.0)
                    .bind(course.bureau.0)
                    .bind(course.asked.0)
                    .bind(course.handed.map(|at| at.0))
                    .bind(course.claimed.map(|at| at.0))
                    .bind(course.replied.map(|at| at.0))
                    .bind(course.helper.map(|person| person.0))
                    .bind(course.last.map(|person| person.0))
                    .bind(course.ended.map(|at| at.0))
                    .bind(course.rating.map(|rating| i64::from(rating.level())))
                    .bind(course.review_due.map(|at| at.0))
                    .bind(course.review_done.map(|at| at.0))
                    .bind(course.marks.0);
            }
            query.execute(conn).await.map(drop)
        })?;
        Ok(())
    }

    /// Goes through the courses of a period: `alone` hears of those that were not handed over and how many are alike,
    /// without their number and moments; `each` hears of the others, and of low ratings one by one, in no order.
    pub async fn each_course(
        &mut self,
        period: Stretch,
        mut alone: impl FnMut(&Course, u64),
        mut each: impl FnMut(&Course),
    ) -> Result<()> {
        let together: Vec<(i64, i64, Option<i64>, i64, i64)> = on!(self, |conn| sqlx::query_as(ALONE)
            .bind(period.since.0)
            .bind(period.until.0)
            .fetch_all(conn)
            .await)?;
        for (bureau, marks, rating, ended, count) in together {
            let mut course = Course::begun(QuestionId(0), BureauId(bureau), period.since);
            course.marks = Marks(marks);
            course.rating = rating.and_then(Rating::of_level);
            course.ended = (ended != 0).then_some(period.since);
            alone(&course, u64::try_from(count).unwrap_or_default());
        }
        on!(self, |conn| {
            let mut rows = sqlx::query_as::<_, Row>(HANDED)
                .bind(period.since.0)
                .bind(period.until.0)
                .fetch(conn);
            while let Some(row) = rows.try_next().await? {
                each(&row.course());
            }
            Ok::<_, sqlx::Error>(())
        })?;
        Ok(())
    }

    /// The low ratings of a period among questions that were not handed over, with their follow-ups.
    pub async fn followed_alone(&mut self, period: Stretch) -> Result<Vec<Course>> {
        let rows: Vec<Row> = on!(self, |conn| sqlx::query_as(FOLLOWED)
            .bind(period.since.0)
            .bind(period.until.0)
            .fetch_all(conn)
            .await)?;
        Ok(rows.into_iter().map(Row::course).collect())
    }

    /// The first questions of a bureau in a period that `wanted` takes, at most `most`, by when they were asked.
    pub async fn courses_like(
        &mut self,
        bureau: BureauId,
        period: Stretch,
        most: usize,
        wanted: impl Fn(&Course) -> bool,
    ) -> Result<Vec<Course>> {
        let mut found = Vec::new();
        on!(self, |conn| {
            let mut rows = sqlx::query_as::<_, Row>(OF_BUREAU)
                .bind(bureau.0)
                .bind(period.since.0)
                .bind(period.until.0)
                .fetch(conn);
            while let Some(row) = rows.try_next().await? {
                let course = row.course();
                if wanted(&course) {
                    found.push(course);
                }
                if found.len() == most {
                    break;
                }
            }
            Ok::<_, sqlx::Error>(())
        })?;
        Ok(found)
    }

    /// The questions of a period that were asked after the list had got an entry for their candidate, with whose they
    /// are: question, bureau, and who took it first.
    pub async fn asked_after_publication(
        &mut self,
        period: Stretch,
    ) -> Result<Vec<(QuestionId, BureauId, Option<PersonId>)>> {
        let rows: Vec<(i64, i64, Option<i64>)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT c.question_id, c.bureau_id, c.helper FROM clusters k
                 JOIN drafts d ON d.id = k.draft_id AND d.phase = 'done'
                 JOIN (SELECT entry_id, MIN(at) AS at FROM revisions GROUP BY entry_id) r ON r.entry_id = d.entry_id
                 JOIN collected o ON o.cluster_id = k.id JOIN courses c ON c.question_id = o.question_id
                 WHERE c.asked_at >= $1 AND c.asked_at < $2 AND c.asked_at > r.at
                     AND (c.marks & $3) = 0",
            )
            .bind(period.since.0)
            .bind(period.until.0)
            .bind(Marks::of(Mark::Observed).0)
            .fetch_all(conn)
            .await
        })?;
        let of = |(question, bureau, helper): (i64, i64, Option<i64>)| {
            (QuestionId(question), BureauId(bureau), helper.map(PersonId))
        };
        Ok(rows.into_iter().map(of).collect())
    }
}

/// A question's steps, which are never none, as its course.
fn course_of(steps: &[StepRow]) -> Option<Course> {
    let first = steps.first()?;
    let review = first.due_at.map(|due| (Millis(due), first.closed_at.map(Millis)));
    let begun = Course::begun(
        QuestionId(first.question_id),
        BureauId(first.bureau_id),
        Millis(first.asked_at),
    );
    let step = |row: &StepRow| {
        (
            Millis(row.at),
            Step::read(&row.kind, row.person_id.map(PersonId), &row.note),
        )
    };
    Some(begun.read(steps.iter().map(step), review))
}

fn back_of(upto: i64) -> i64 {
    (upto - (OVERLAP_MS << 22)).max(0)
}
