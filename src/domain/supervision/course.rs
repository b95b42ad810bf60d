//! What happened to one question, as far as figures need it: read once from its history, kept beside it.

use crate::clock::Millis;
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Ending, QuestionId};
use crate::domain::asking::rating::Rating;
use crate::domain::roster::people::{BureauId, PersonId};

/// Grows when a history is read in another way: what was read before is read again.
pub const READ_AS: i64 = 1;

/// What a history says in one word each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Mark {
    /// The list answered first, and nothing was asked back.
    Sure,
    /// After the bot's answer a person was needed, or it was withdrawn.
    Unsolved,
    /// The bot had no answer and handed it over.
    HandedByBot,
    /// The asker wanted a person after an answer or a choice.
    HandedByAsker,
    /// A helper withdrew the bot's answer, or took it up before it was handed over.
    HandedByHelper,
    /// What is missing was told a second time (许工商〔2018〕103号 三(四)1 wants it told at once).
    InformedTwice,
    /// A helper took words of a reply back.
    TookBack,
    /// A helper withdrew an answer of the bot.
    Fixed,
    /// The asker was told that an entry they heard has changed.
    Recalled,
    /// Recorded where the bot only listens.
    Observed,
    /// The asker said it is solved.
    Solved,
    /// A helper or a bureau's administrator ended it.
    Closed,
    /// It ended by itself.
    Lapsed,
    /// The asker took it back.
    Withdrawn,
    /// After the first answer nobody came back.
    FirstHeld,
    /// There was an answer, of the bot or of a helper.
    Answered,
}

/// Marks as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(pub i64);

impl Marks {
    /// One mark alone.
    pub fn of(mark: Mark) -> Marks {
        Marks(1 << mark as u8)
    }

    /// Whether a mark is set.
    pub fn has(self, mark: Mark) -> bool {
        self.0 & (1 << mark as u8) != 0
    }

    /// Sets a mark or takes it away.
    pub fn put(&mut self, mark: Mark, set: bool) {
        let bit = 1 << mark as u8;
        self.0 = if set { self.0 | bit } else { self.0 & !bit };
    }
}

/// What happened to one question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Course {
    pub id: QuestionId,
    /// In whose group it was asked.
    pub bureau: BureauId,
    pub asked: Millis,
    /// Handed over for the first time, or taken up by a helper before that.
    pub handed: Option<Millis>,
    /// Claimed for the first time after that; a claim that was put back does not count.
    pub claimed: Option<Millis>,
    /// The first answer of a person after the hand-over.
    pub replied: Option<Millis>,
    /// Whoever claimed or answered first (首接).
    pub helper: Option<PersonId>,
    /// Whoever had it last.
    pub last: Option<PersonId>,
    pub ended: Option<Millis>,
    pub rating: Option<Rating>,
    /// The follow-up of a low rating: when it was due, and when it was done.
    pub review_due: Option<Millis>,
    pub review_done: Option<Millis>,
    pub marks: Marks,
}

/// A follow-up of a low rating, as it is kept: until when, and when it was done.
pub type Review = (Millis, Option<Millis>);

impl Course {
    /// A question of which nothing is known but that it was asked.
    pub fn begun(id: QuestionId, bureau: BureauId, asked: Millis) -> Course {
        Course {
            id,
            bureau,
            asked,
            handed: None,
            claimed: None,
            replied: None,
            helper: None,
            last: None,
            ended: None,
            rating: None,
            review_due: None,
            review_done: None,
            marks: Marks::default(),
        }
    }

    /// Reads a history, whose steps come in the order in which they were noted.
    pub fn read(mut self, steps: impl IntoIterator<Item = (Millis, Step)>, review: Option<Review>) -> Course {
        self.review_due = review.map(|(due, _)| due);
        self.review_done = review.and_then(|(_, done)| done);
        for (at, step) in steps {
            self.noted(at, &step);
        }
        self
    }

    fn noted(&mut self, at: Millis, step: &Step) {
        match step {
            Step::Answered(_) => self.said_by_list(),
            Step::Suggested => self.marks.0 |= ASKED_BACK,
            Step::Recalled(_) => self.marks.put(Mark::Recalled, true),
            Step::Observed { .. } => self.marks.put(Mark::Observed, true),
            Step::AskedAgain | Step::FollowedUp { .. } => self.fell(),
            Step::WentBack { .. } | Step::Reopened { .. } => {
                self.fell();
                self.open_again();
            }
            Step::Rated(rating) => self.rating = self.rating.or(Some(*rating)),
            Step::HandedOver { .. } => {
                self.open_again();
                self.handed_over(at);
            }
            Step::Claimed { by } | Step::Accepted { by } => self.taken(at, *by),
            Step::Released { .. } if self.replied.is_none() => {
                (self.claimed, self.helper, self.last) = (None, None, None);
            }
            Step::Replied { by, .. } => {
                self.taken(at, *by);
                self.replied = self.replied.or(Some(at));
                self.answered();
            }
            Step::TookBack { .. } => self.marks.put(Mark::TookBack, true),
            Step::Informed { again, .. } => {
                let twice = *again || self.marks.has(Mark::InformedTwice);
                self.marks.put(Mark::InformedTwice, twice);
            }
            Step::Fixed { .. } => {
                self.marks.put(Mark::Fixed, true);
                self.marks.put(Mark::Unsolved, self.marks.has(Mark::Sure));
                self.fell();
            }
            Step::Ended { how, .. } => self.over(at, *how),
            Step::Asked
            | Step::Added
            | Step::Media
            | Step::Reworded
            | Step::RemindedOfPlace
            | Step::Picked { .. }
            | Step::Called { .. }
            | Step::Warned { .. }
            | Step::FirstReplyDue { .. }
            | Step::Released { .. }
            | Step::Adopted { .. }
            | Step::Offered { .. }
            | Step::Declined { .. }
            | Step::AskedCity { .. }
            | Step::CityAdvised { .. }
            | Step::Closed { .. }
            | Step::ReviewOpened(_)
            | Step::Reviewed { .. }
            | Step::NotDelivered { .. }
            | Step::Unknown { .. } => {}
        }
    }

    fn said_by_list(&mut self) {
        let first = !self.marks.has(Mark::Answered) && self.handed.is_none() && self.last.is_none();
        let asked_back = self.marks.0 & ASKED_BACK != 0;
        self.marks
            .put(Mark::Sure, self.marks.has(Mark::Sure) || (first && !asked_back));
        self.answered();
    }

    fn answered(&mut self) {
        if !self.marks.has(Mark::Answered) {
            self.marks.put(Mark::Answered, true);
            self.marks.put(Mark::FirstHeld, true);
        }
    }

    /// Somebody came back, or what was said did not hold.
    fn fell(&mut self) {
        self.marks.put(Mark::FirstHeld, false);
    }

    fn handed_over(&mut self, at: Millis) {
        self.fell();
        if self.handed.is_some() {
            return;
        }
        self.handed = Some(at);
        let asker = self.marks.has(Mark::Answered) || self.marks.0 & ASKED_BACK != 0;
        let cause = match (self.marks.has(Mark::Fixed), asker) {
            (true, _) => Mark::HandedByHelper,
            (false, true) => Mark::HandedByAsker,
            (false, false) => Mark::HandedByBot,
        };
        self.marks.put(cause, true);
        self.marks.put(Mark::Unsolved, self.marks.has(Mark::Sure));
    }

    fn taken(&mut self, at: Millis, by: PersonId) {
        self.last = Some(by);
        if self.handed.is_none() {
            self.handed = Some(at);
            self.marks.put(Mark::HandedByHelper, true);
        }
        if self.claimed.is_none() {
            (self.claimed, self.helper) = (Some(at), Some(by));
        }
    }

    /// It is not over any more.
    fn open_again(&mut self) {
        let ends = [Mark::Solved, Mark::Closed, Mark::Lapsed, Mark::Withdrawn];
        ends.into_iter().for_each(|mark| self.marks.put(mark, false));
        self.ended = None;
    }

    fn over(&mut self, at: Millis, how: Ending) {
        self.ended = Some(at);
        let mark = match how {
            Ending::Solved => Mark::Solved,
            Ending::Closed => Mark::Closed,
            Ending::Lapsed => Mark::Lapsed,
            Ending::Withdrawn => Mark::Withdrawn,
            Ending::Observed => Mark::Observed,
        };
        self.marks.put(mark, true);
    }
}

/// Choices were offered: kept with the marks, said by none.
const ASKED_BACK: i64 = 1 << 40;
