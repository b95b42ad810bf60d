//! How fast each chat may be written to: a gap between messages in the long run, so many a minute, so many a second over
//! all, as each channel says.

use std::collections::{HashMap, VecDeque};

use crate::clock::Millis;
use crate::domain::chat::capabilities::ChatLimits;
use crate::domain::chat::message::Place;

/// A chat may get this many messages at once before the gap counts.
const BURST: usize = 3;
const MINUTE_MS: i64 = 60_000;
/// So many chats told to wait at once mean that the platform has had enough of us altogether: it does not say which of
/// the two it means.
const ALL: usize = 3;

/// Recent sends and imposed waits, in memory; both are rows too, so a restart knows them.
#[derive(Debug, Default)]
pub struct Pace {
    sent: HashMap<(String, String), VecDeque<Millis>>,
    /// Of these, help and refusals.
    asides: HashMap<(String, String), VecDeque<Millis>>,
    recent: HashMap<String, VecDeque<Millis>>,
    waits: HashMap<(String, String), Millis>,
    next: Option<Millis>,
}

impl Pace {
    /// Notes a wait that the platform imposed on a chat.
    pub fn wait(&mut self, channel: &str, chat: &str, until: Millis) {
        self.waits.insert((channel.to_owned(), chat.to_owned()), until);
    }

    /// Notes a send of an earlier run.
    pub fn sent(&mut self, channel: &str, chat: &str, at: Millis) {
        self.sent
            .entry((channel.to_owned(), chat.to_owned()))
            .or_default()
            .push_back(at);
    }

    /// Takes one message's right for a chat, or says no and remembers when to look again. `per_second`: over all chats
    /// of its channel.
    pub fn take(&mut self, place: &Place, limits: ChatLimits, per_second: usize, now: Millis) -> bool {
        if !self.may_touch(place, now) {
            return false;
        }
        let key = (place.channel.0.clone(), place.chat.clone());
        let sent = self.sent.entry(key).or_default();
        forget(sent, now, MINUTE_MS);
        let recent = self.recent.entry(place.channel.0.clone()).or_default();
        forget(recent, now, 1_000);
        let full = limits.per_minute.filter(|most| sent.len() >= *most);
        let chance = [
            full.map(|most| at(sent, sent.len() - most).plus(MINUTE_MS)),
            (limits.gap_ms > 0 && sent.len() >= BURST)
                .then(|| at(sent, sent.len() - BURST).plus(limits.gap_ms * BURST as i64)),
            (recent.len() >= per_second).then(|| at(recent, recent.len() - per_second).plus(1_000)),
        ];
        match chance.into_iter().flatten().max().filter(|chance| *chance > now) {
            Some(chance) => {
                self.look_at(chance);
                false
            }
            None => {
                sent.push_back(now);
                recent.push_back(now);
                true
            }
        }
    }

    /// The same for what can wait: it takes half of what a chat gets in a minute, so that an answer finds the other half
    /// free.
    pub fn take_aside(&mut self, place: &Place, limits: ChatLimits, per_second: usize, now: Millis) -> bool {
        let key = (place.channel.0.clone(), place.chat.clone());
        let asides = self.asides.entry(key.clone()).or_default();
        forget(asides, now, MINUTE_MS);
        let half = limits.per_minute.map(|most| (most / 2).max(1));
        let full = half.filter(|half| asides.len() >= *half);
        let sent = self.sent.entry(key.clone()).or_default();
        forget(sent, now, MINUTE_MS);
        let chance = [
            full.map(|half| at(asides, asides.len() - half).plus(MINUTE_MS)),
            // The last one of a burst is left for an answer.
            (limits.gap_ms > 0 && sent.len() >= BURST - 1)
                .then(|| at(sent, sent.len() - (BURST - 1)).plus(limits.gap_ms * BURST as i64)),
        ];
        if let Some(chance) = chance.into_iter().flatten().max().filter(|chance| *chance > now) {
            self.look_at(chance);
            return false;
        }
        let taken = self.take(place, limits, per_second, now);
        if taken {
            self.asides.entry(key).or_default().push_back(now);
        }
        taken
    }

    /// Whether a chat may be touched at all: no wait imposed by its platform on it, nor on so many that it means all.
    pub fn may_touch(&mut self, place: &Place, now: Millis) -> bool {
        self.waits.retain(|_, until| *until > now);
        let key = (place.channel.0.clone(), place.chat.clone());
        let own = self.waits.get(&key).copied();
        let until = own.max(self.all_wait_until(&place.channel.0));
        if let Some(until) = until {
            self.look_at(until);
        }
        until.is_none()
    }

    /// Until when fewer chats of a channel wait than mean that all do.
    fn all_wait_until(&self, channel: &str) -> Option<Millis> {
        let of_channel = self.waits.iter().filter(|((of, _), _)| of == channel);
        let mut until: Vec<Millis> = of_channel.map(|(_, until)| *until).collect();
        until.sort_unstable();
        until.len().checked_sub(ALL).map(|last| until[last])
    }

    /// Something may go at `when`: look again then.
    pub fn look_at(&mut self, when: Millis) {
        self.next = Some(self.next.map_or(when, |next| next.min(when)));
    }

    /// Milliseconds until something that had to wait may go; forgets it.
    pub fn next_chance(&mut self, now: Millis) -> Option<u64> {
        self.next
            .take()
            .map(|next| u64::try_from(next.since(now)).unwrap_or(0).max(1))
    }
}

fn forget(times: &mut VecDeque<Millis>, now: Millis, window: i64) {
    while times
        .front()
        .is_some_and(|time| now.since(*time) >= window || *time > now.plus(window))
    {
        times.pop_front();
    }
}

fn at(times: &VecDeque<Millis>, index: usize) -> Millis {
    times.get(index).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::chat::message::Channel;

    const GROUP: ChatLimits = ChatLimits {
        gap_ms: 1_000,
        per_minute: Some(18),
    };
    const PRIVATE: ChatLimits = ChatLimits {
        per_minute: None,
        ..GROUP
    };

    fn chat(chat: &str) -> Place {
        Place::chat(&Channel::new("town"), chat)
    }

    #[test]
    fn a_group_gets_a_small_burst_then_one_a_second_then_eighteen_a_minute() {
        let mut pace = Pace::default();
        let place = chat("a");
        let mut sent = Vec::new();
        for ms in (0..120_000).step_by(100) {
            if pace.take(&place, GROUP, 28, Millis(ms)) {
                sent.push(ms);
            }
        }
        assert_eq!(&sent[..4], [0, 100, 200, 3_000]);
        for start in &sent {
            let in_minute = sent.iter().filter(|at| **at >= *start && **at < start + 60_000).count();
            assert!(in_minute <= 18, "{in_minute} in the minute from {start}");
        }
    }

    #[test]
    fn help_takes_half_of_a_minute_and_answers_find_the_rest() {
        let mut pace = Pace::default();
        let place = chat("a");
        let mut count = |from: i64, aside: bool| {
            let moments = (from..from + 30_000).step_by(100).map(Millis);
            let taken = moments.filter(|now| match aside {
                true => pace.take_aside(&place, GROUP, 28, *now),
                false => pace.take(&place, GROUP, 28, *now),
            });
            taken.count()
        };
        assert_eq!(count(0, true), 9);
        assert_eq!(count(30_000, false), 9, "the others of eighteen");
        assert_eq!(count(60_000, true), 9, "a minute later");
    }

    #[test]
    fn a_wait_stops_that_chat_only() {
        let mut pace = Pace::default();
        pace.wait("town", "a", Millis(5_000));
        assert!(!pace.take(&chat("a"), GROUP, 28, Millis(1_000)));
        assert!(pace.take(&chat("b"), GROUP, 28, Millis(1_000)));
        assert_eq!(pace.next_chance(Millis(1_000)), Some(4_000));
        assert!(pace.take(&chat("a"), GROUP, 28, Millis(5_000)));
    }

    #[test]
    fn many_chats_that_are_told_to_wait_stop_their_channel() {
        let mut pace = Pace::default();
        for (chat, until) in [("a", 5_000), ("b", 9_000)] {
            pace.wait("town", chat, Millis(until));
        }
        assert!(pace.take(&chat("d"), GROUP, 28, Millis(1_000)));
        pace.wait("town", "c", Millis(7_000));
        assert!(!pace.take(&chat("d"), GROUP, 28, Millis(2_000)) && !pace.may_touch(&chat("e"), Millis(2_000)));
        let elsewhere = Place::chat(&Channel::new("village"), "a");
        assert!(pace.take(&elsewhere, GROUP, 28, Millis(2_000)));
        assert!(!pace.take(&chat("d"), GROUP, 28, Millis(4_999)));
        assert!(pace.take(&chat("d"), GROUP, 28, Millis(5_000)));
        assert!(!pace.take(&chat("c"), GROUP, 28, Millis(5_000)));
    }

    #[test]
    fn a_private_chat_has_no_limit_by_the_minute_where_the_channel_sets_none() {
        let mut pace = Pace::default();
        let taken = (0..60).filter(|second| pace.take(&chat("-1"), PRIVATE, 28, Millis(second * 1_000)));
        assert_eq!(taken.count(), 60);
    }

    #[test]
    fn a_channel_is_written_to_only_so_often_a_second_over_all() {
        let mut pace = Pace::default();
        let at_once = (0..9).filter(|at| pace.take(&chat(&format!("c{at}")), GROUP, 5, Millis(0)));
        assert_eq!(at_once.count(), 5);
        assert!(pace.take(&chat("c8"), GROUP, 5, Millis(1_000)));
    }
}
