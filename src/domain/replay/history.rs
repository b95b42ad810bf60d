//! A question's history, as far as a replay needs it.

use crate::clock::Millis;
use crate::domain::asking::history::Step;
use crate::domain::roster::people::PersonId;

/// One step of a question's history, as far as a replay needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happened {
    /// The bot said an entry (its id).
    Answered(String),
    /// The bot offered choices.
    Offered,
    /// It was handed over, or put back.
    Waits { again: bool },
    /// The asker changed the words before anybody had it.
    Reworded,
    /// A helper took it.
    Claimed(Option<PersonId>),
    /// A helper answered.
    Replied,
    /// It was over.
    Ended,
    /// Something that changes neither.
    Other,
}

impl Happened {
    /// What a step means here.
    pub fn of(step: &Step) -> Happened {
        match step {
            Step::Answered(said) => Happened::Answered(said.entry.clone()),
            Step::Suggested => Happened::Offered,
            Step::HandedOver { .. } => Happened::Waits { again: false },
            Step::Released { .. } => Happened::Waits { again: true },
            Step::Reworded => Happened::Reworded,
            Step::Claimed { by } | Step::Accepted { by } => Happened::Claimed(Some(*by)),
            Step::Replied { .. } => Happened::Replied,
            Step::Closed { .. } | Step::Ended { .. } | Step::Observed { .. } => Happened::Ended,
            Step::Asked
            | Step::AskedAgain
            | Step::FollowedUp { .. }
            | Step::WentBack { .. }
            | Step::Reopened { .. }
            | Step::Added
            | Step::Media
            | Step::RemindedOfPlace
            | Step::Picked { .. }
            | Step::Called { .. }
            | Step::Warned { .. }
            | Step::FirstReplyDue { .. }
            | Step::TookBack { .. }
            | Step::Adopted { .. }
            | Step::Informed { .. }
            | Step::Offered { .. }
            | Step::Declined { .. }
            | Step::AskedCity { .. }
            | Step::CityAdvised { .. }
            | Step::Rated(_)
            | Step::ReviewOpened(_)
            | Step::Reviewed { .. }
            | Step::Fixed { .. }
            | Step::Recalled(_)
            | Step::NotDelivered { .. }
            | Step::Unknown { .. } => Happened::Other,
        }
    }
}

/// A question's history in order, each step with its moment.
pub type History = [(Millis, Happened)];
