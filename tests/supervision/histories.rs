//! Random histories: likely ones and impossible ones, with a clock that is set back now and then.

use std::fmt::Write as _;

use bangban::clock::Millis;
use bangban::domain::asking::history::{Adopted, Step};
use bangban::domain::asking::question::{Ending, RevisionRef};
use bangban::domain::asking::rating::Rating;
use bangban::domain::roster::people::PersonId;

pub const MINUTE: i64 = 60_000;
pub const DAY: i64 = 1_440 * MINUTE;

/// Numbers that look random and are the same each time (xorshift64*).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// One of `0..sides`.
    pub fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % sides
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }
}

/// A question and what happened to it.
#[derive(Clone, Debug)]
pub struct History {
    pub id: i64,
    pub bureau: i64,
    pub asked: Millis,
    pub steps: Vec<(Millis, Step)>,
    /// The follow-up of a low rating: due, done.
    pub review: Option<(Millis, Option<Millis>)>,
}

fn said() -> RevisionRef {
    "dereg-003·2".parse().unwrap()
}

/// A step of any kind that changes something.
fn step(dice: &mut Dice, people: &[i64]) -> Step {
    let by = PersonId(dice.one(people));
    let words = || "说了什么".to_owned();
    match dice.below(24) {
        0 => Step::AskedAgain,
        1 => Step::FollowedUp { message: "7".into() },
        2 => Step::WentBack { to: by },
        3 => Step::Reopened { message: "8".into() },
        4 | 5 => Step::Answered(said()),
        6 => Step::Suggested,
        7..=9 => Step::HandedOver { duty: Some(by) },
        10 | 11 => Step::Claimed { by },
        12 => Step::Accepted { by },
        13 => Step::Released { by },
        14..=16 => Step::Replied { by, words: words() },
        17 => Step::TookBack { by, words: words() },
        18 => Step::Informed {
            by,
            again: dice.below(2) == 0,
        },
        19 => Step::Fixed { by, said: said() },
        20 => Step::Adopted {
            by,
            what: Adopted::Entry(said()),
            edited: false,
        },
        21 => Step::Rated(dice.one(&Rating::ALL)),
        22 => Step::Closed { by, reason: words() },
        _ => {
            let how = dice.one(&[Ending::Solved, Ending::Closed, Ending::Lapsed, Ending::Withdrawn]);
            Step::Ended { how, by: None }
        }
    }
}

/// A question of one of these bureaus that was asked within so many days from `first` on.
pub fn history(dice: &mut Dice, id: i64, (first, days): (Millis, u64), bureaus: &[i64], people: &[i64]) -> History {
    let minute = i64::try_from(dice.below(days * 1_440)).unwrap();
    let asked = first.plus(minute * MINUTE);
    let mut at = asked;
    let mut steps = vec![(at, Step::Asked)];
    if dice.below(20) == 0 {
        steps.push((at, Step::Observed { entry: None }));
        return History {
            id,
            bureau: dice.one(bureaus),
            asked,
            steps,
            review: None,
        };
    }
    let mut rated = None;
    for _ in 0..dice.below(9) {
        let gap = match dice.below(10) {
            0 => 0,
            1..=5 => dice.below(40),
            6..=8 => dice.below(1_440),
            _ => dice.below(5_760),
        };
        let gap = i64::try_from(gap).unwrap() * MINUTE;
        // Every now and then the clock was set back in between.
        at = at.plus(if dice.below(25) == 0 { -gap } else { gap });
        let step = step(dice, people);
        if let Step::Rated(rating) = &step {
            rated = rated.or(Some((at, *rating)));
        }
        steps.push((at, step));
    }
    let review = rated.filter(|(_, rating)| rating.is_bad()).map(|(at, _)| {
        let due = at.plus(7 * DAY);
        let done = match dice.below(3) {
            0 => None,
            1 => Some(at.plus(3 * DAY)),
            _ => Some(at.plus(9 * DAY)),
        };
        (due, done)
    });
    History {
        id,
        bureau: dice.one(bureaus),
        asked,
        steps,
        review,
    }
}

/// The rows of histories, for either database; each bureau's group is a thousand above its number.
pub fn rows(histories: &[History], first_step: i64) -> String {
    let mut sql = String::new();
    let mut number = first_step;
    for History {
        id,
        bureau,
        asked,
        steps,
        review,
    } in histories
    {
        let asked = asked.0;
        writeln!(
            sql,
            "INSERT INTO questions (id, version, channel, account, asker_name, group_id, bureau_id, message_id, text, media, phase,
             state, asked_at, heard_at) VALUES ({id}, 1, 'town', 'a{id}', '张三', {}, {bureau}, '{id}', '问', '[]', 'ended',
             '{{\"Ended\":{{\"how\":\"Solved\",\"at\":{asked},\"by\":null}}}}', {asked}, {asked});",
            bureau + 1000
        )
        .unwrap();
        for (at, step) in steps {
            let person = step.person().map_or("NULL".to_owned(), |person| person.0.to_string());
            let (kind, note) = (step.key(), step.note());
            writeln!(
                sql,
                "INSERT INTO steps (id, question_id, at, kind, person_id, note) VALUES ({number}, {id}, {}, '{kind}', {person}, '{note}');",
                at.0
            )
            .unwrap();
            number += 4_194_304;
        }
        if let Some((due, done)) = review {
            let done = done.map_or("NULL".to_owned(), |done| done.0.to_string());
            writeln!(
                sql,
                "INSERT INTO reviews (question_id, opened_at, due_at, told, closed_at) VALUES ({id}, {asked}, {}, 0, {done});",
                due.0
            )
            .unwrap();
        }
    }
    sql
}
