use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::*;
use crate::domain::asking::question::{Facts, QuestionId, RevisionRef};
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::group::GroupId;
use crate::domain::chat::message::{Account, Channel, MessageRef, Place};
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{BureauId, Days, Hours, OfficeId, Person, Span, Standing};
use crate::domain::time::calendar::{Calendar, LocalTime};

const WANG: PersonId = PersonId(1);
const GONE: PersonId = PersonId(2);
const START: Millis = Millis(1_800_000_000_000);
const MINUTE: i64 = 60_000;
const WEEKDAYS: [Weekday; 5] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
];

fn roster() -> Roster {
    Roster {
        people: vec![Person {
            id: WANG,
            bureau: BureauId(1),
            office: OfficeId(1),
            name: "王敏".into(),
            standing: Standing::Helper {
                reviewer: false,
                passed_on: None,
            },
            mobile: None,
            landline: None,
            roles: vec![],
        }],
        ..Roster::default()
    }
}

fn asked() -> Question {
    let channel = Channel::new("web");
    Question::kept(Facts {
        id: QuestionId(1),
        version: 1,
        asker: Account {
            channel: channel.clone(),
            id: "v1".into(),
        },
        asker_name: "张三".into(),
        group: GroupId(1),
        bureau: BureauId(1),
        message: MessageRef {
            place: Place::chat(&channel, "g:1"),
            id: "1".into(),
        },
        text: Masked::from_storage("怎么办".into()),
        media: vec![],
        registered_at: None,
        first_helper: None,
        state: State::Gathering { until: START },
        asked_at: START,
        heard_at: START,
    })
}

/// What the desk does for a move.
fn done(question: Question, step: Move, clocks: &Clocks, now: Millis) -> Moved {
    match step {
        Move::HandOver | Move::Release => question.wait(Some(WANG), false, now),
        Move::Lapse => question.lapse(now),
        Move::Climb(rung) => question.climb(rung, Some(WANG)),
        Move::Nudge(nudge) => question.nudge(nudge),
        Move::Keep => question.keep(),
        Move::PutRight => question.put_right(clocks.lapse_ms, now),
    }
}

/// Something a person does, by a number; what is refused changes nothing.
fn person_does(what: u8, question: Question, now: Millis) -> Question {
    let words = Masked::from_storage("好".into());
    let said = RevisionRef {
        entry: "dereg-003".into(),
        revision: 1,
    };
    let later = now.plus(24 * 60 * MINUTE);
    let before = question.clone();
    let moved = match what {
        0 => Ok(question.gather(now.plus(4_000))),
        1 => Ok(question.answer(&[said], Some(WANG), later)),
        2 => Ok(question.suggest(vec!["dereg-003".into()], later)),
        3 => question.hand_over(Some(WANG), true, now),
        4 => question.claim(WANG, now),
        5 => question.claim(GONE, now),
        6 => question.release(WANG, None, now),
        7 => question.reply(WANG, &words, later),
        8 => question.offer(WANG, true, GONE, &words),
        9 => question.solve(None, now),
        10 => question.follow_up(now),
        11 => Ok(question.fix(GONE, said, now)),
        _ => Ok(question.ask_again(now)),
    };
    moved.map_or(before, |moved| moved.question)
}

proptest! {
    /// However a question came to be where it is, and wherever the clock jumped: the clock does what is due and then
    /// sleeps until a moment to come, or for ever.
    #[test]
    fn the_clock_makes_progress_or_sleeps(
        acts in prop::collection::vec((0..13u8, -200_000..4_000_000i64), 1..24),
        weekly: bool,
    ) {
        let (zone, calendar, roster) = (TimeZone::UTC, Calendar::default(), roster());
        let clocks = Clocks::default();
        let office = Span { days: Days::of(&WEEKDAYS), from_min: 510, to_min: 1050, season: None };
        let hours = if weekly { Hours::Weekly(vec![office]) } else { Hours::Always };
        let working = Working { hours: &hours, time: LocalTime::new(&zone, &calendar) };
        let (mut question, mut now) = (asked(), START);
        for (what, passes) in acts {
            question = person_does(what, question, now);
            now = now.plus(passes);
            let around = Around { now, believed: true, roster: &roster, clocks, working };
            let mut moves = Vec::new();
            while let Some((at, step)) = next(&question, &around)
                && at <= now
            {
                moves.push(step);
                prop_assert!(moves.len() <= 12, "{moves:?} of {question:?}");
                question = done(question, step, &clocks, now).question;
            }
        }
    }
}

#[test]
fn a_claim_can_be_put_back_then_is_kept_then_is_nudged() {
    let (zone, calendar, roster) = (TimeZone::UTC, Calendar::default(), roster());
    let around = |now| Around {
        now,
        believed: true,
        roster: &roster,
        clocks: Clocks::default(),
        working: Working {
            hours: &Hours::Always,
            time: LocalTime::new(&zone, &calendar),
        },
    };
    let waiting = asked().wait(Some(WANG), false, START).question;
    assert_eq!(
        next(&waiting, &around(START)),
        Some((START.plus(3 * MINUTE), Move::Climb(Rung::Remind)))
    );
    let claimed = waiting.claim(WANG, START).unwrap().question;
    let over = START.plus(RELEASE_MS + 1);
    assert_eq!(next(&claimed, &around(START)), Some((over, Move::Keep)));
    assert_eq!(deadline(&claimed, &around(START)), Some(START.plus(30 * MINUTE)));
    let kept = claimed.keep().question;
    assert_eq!(
        next(&kept, &around(over)),
        Some((START.plus(24 * MINUTE), Move::Nudge(Nudge::Warned)))
    );
    let gone = asked().wait(None, false, START).question.claim(GONE, START).unwrap();
    assert_eq!(next(&gone.question, &around(START)), Some((START, Move::Release)));
}
