//! Where staff are spoken to about a question: one rule for every event (PRODUCT §3). The bureau's duty group if it has
//! one, and the private chats of those concerned; without a duty group the help group, where the asker reads along.

use crate::domain::chat::role::Role;

/// The events and the list of them, which is never short of one.
macro_rules! events {
    ($($(#[$doc:meta])* $event:ident,)*) => {
        /// What staff are told of a question.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum News {
            $($(#[$doc])* $event,)*
        }

        impl News {
            /// Every event.
            pub const ALL: &[News] = &[$(News::$event),*];
        }
    };
}

events! {
    /// It waits for a helper.
    Card,
    /// Whoever took it put it back.
    Released,
    /// The asker goes on after a helper's answer.
    FollowedUp,
    /// The asker goes on after the end.
    Reopened,
    /// The asker was not helped by a helper's answer.
    NotSolved,
    /// More words or pictures before an answer came.
    Added,
    /// The asker changed the words of what somebody has.
    Changed,
    /// The asker ended it before an answer came.
    EndedByAsker,
    /// Somebody ended it who did not have it.
    ClosedForHelper,
    /// Somebody took it.
    Claimed,
    /// Somebody took it over, to who had it.
    TakenOver,
    /// 转办, to the colleague.
    Offered,
    /// The colleague does not take it.
    Declined,
    /// 求助市局 was passed on.
    CityAsked,
    /// What the city says to the helper.
    Advice,
    /// Nobody claims it: to the helper on duty.
    Reminder,
    /// Nobody claims it: what happens next.
    Warning,
    /// Nobody claims it: to all helpers.
    AllHelpers,
    /// Nobody claims it: to those who arrange things.
    Admin,
    /// The first reply is soon due.
    ReplySoon,
    /// The first reply is late: to the helper.
    ReplyLate,
    /// The first reply is late: to those who arrange things.
    ReplyLateToKeepers,
    /// 一次性告知 was given twice, to those who arrange things.
    InformedAgain,
    /// A low rating opened a review.
    LowRating,
    /// The review's time is nearly over.
    ReviewDue,
    /// Something about it did not arrive.
    NotDelivered,
}

/// A place where staff are spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The duty group: staff only.
    Duty,
    /// The private chat of somebody concerned.
    Private,
    /// The help group of a bureau without a duty group: the asker and everybody else reads it.
    Open,
}

/// Whether a help group without a duty group hears of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum InOpen {
    /// Whoever may act is called there, or the asker sees that it was heard.
    Always,
    /// Only where nobody concerned has a private chat.
    Unreached,
    /// Among staff only.
    Never,
}

impl News {
    /// Where it is said: `duty`, the bureau has a duty group; `private`, somebody concerned has a private chat.
    pub fn spots(self, duty: bool, private: bool) -> Vec<Spot> {
        let open = match self.in_open() {
            InOpen::Always => true,
            InOpen::Unreached => !private,
            InOpen::Never => false,
        };
        let spots = [
            (duty && self.in_duty_group(), Spot::Duty),
            (private, Spot::Private),
            (!duty && open, Spot::Open),
        ];
        spots
            .into_iter()
            .filter(|(there, _)| *there)
            .map(|(_, spot)| spot)
            .collect()
    }

    /// What the message counts as; none where a reply to it is no answer to the asker.
    pub fn role(self) -> Option<Role> {
        match self {
            News::Card | News::Released | News::Reminder | News::Warning | News::AllHelpers | News::Admin => {
                Some(Role::Card)
            }
            News::FollowedUp
            | News::Reopened
            | News::NotSolved
            | News::Added
            | News::Changed
            | News::Claimed
            | News::ReplySoon
            | News::ReplyLate => Some(Role::Notice),
            News::Offered | News::Declined => Some(Role::Whisper),
            News::Advice => Some(Role::Advice),
            News::EndedByAsker
            | News::ClosedForHelper
            | News::TakenOver
            | News::CityAsked
            | News::ReplyLateToKeepers
            | News::InformedAgain
            | News::LowRating
            | News::ReviewDue
            | News::NotDelivered => None,
        }
    }

    fn in_open(self) -> InOpen {
        match self {
            News::Card
            | News::Released
            | News::FollowedUp
            | News::Reopened
            | News::NotSolved
            | News::Added
            | News::Changed
            | News::Reminder
            | News::AllHelpers
            | News::Admin
            | News::ReplyLate => InOpen::Always,
            News::Offered | News::Declined | News::CityAsked => InOpen::Unreached,
            // Who claimed, and how it ended, is said there to the asker.
            News::EndedByAsker
            | News::ClosedForHelper
            | News::Claimed
            | News::TakenOver
            | News::Advice
            | News::Warning
            | News::ReplySoon
            | News::ReplyLateToKeepers
            | News::InformedAgain
            | News::LowRating
            | News::ReviewDue
            | News::NotDelivered => InOpen::Never,
        }
    }

    /// What the duty group was told of in other words is not said there twice.
    fn in_duty_group(self) -> bool {
        !matches!(self, News::TakenOver | News::ReplyLateToKeepers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where it is said with a duty group and a private chat, with a duty group alone, with a private chat alone, with
    /// neither.
    fn row(news: News) -> [&'static [Spot]; 4] {
        const D: &[Spot] = &[Spot::Duty];
        const P: &[Spot] = &[Spot::Private];
        const O: &[Spot] = &[Spot::Open];
        const DP: &[Spot] = &[Spot::Duty, Spot::Private];
        const PO: &[Spot] = &[Spot::Private, Spot::Open];
        match news {
            News::Card => [DP, D, PO, O],
            News::Released => [DP, D, PO, O],
            News::FollowedUp => [DP, D, PO, O],
            News::Reopened => [DP, D, PO, O],
            News::NotSolved => [DP, D, PO, O],
            News::Added => [DP, D, PO, O],
            News::Changed => [DP, D, PO, O],
            News::EndedByAsker => [DP, D, P, &[]],
            News::ClosedForHelper => [DP, D, P, &[]],
            News::Claimed => [DP, D, P, &[]],
            News::TakenOver => [P, &[], P, &[]],
            News::Offered => [DP, D, P, O],
            News::Declined => [DP, D, P, O],
            News::CityAsked => [DP, D, P, O],
            News::Advice => [DP, D, P, &[]],
            News::Reminder => [DP, D, PO, O],
            News::Warning => [DP, D, P, &[]],
            News::AllHelpers => [DP, D, PO, O],
            News::Admin => [DP, D, PO, O],
            News::ReplySoon => [DP, D, P, &[]],
            News::ReplyLate => [DP, D, PO, O],
            News::ReplyLateToKeepers => [P, &[], P, &[]],
            News::InformedAgain => [DP, D, P, &[]],
            News::LowRating => [DP, D, P, &[]],
            News::ReviewDue => [DP, D, P, &[]],
            News::NotDelivered => [DP, D, P, &[]],
        }
    }

    #[test]
    fn every_event_is_said_where_staff_are_and_never_in_the_open_beside_a_duty_group() {
        for news in News::ALL {
            let said = [(true, true), (true, false), (false, true), (false, false)].map(|(d, p)| news.spots(d, p));
            assert_eq!(said.each_ref().map(Vec::as_slice), row(*news), "{news:?}");
            assert!(!said[0].contains(&Spot::Open) && !said[1].contains(&Spot::Open));
        }
    }
}
