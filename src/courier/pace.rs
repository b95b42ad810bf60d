//! How fast each chat may be written to (Telegram: 1/s a chat in the long run, 20/min a group, 30/s over all).

use std::collections::{HashMap, VecDeque};

use crate::clock::Millis;
use crate::domain::chat::message::Place;
use crate::platform::Capabilities;

/// A chat may get this many messages at once before the gap counts.
const BURST: usize = 3;
const MINUTE_MS: i64 = 60_000;

/// Recent sends and imposed waits, in memory; both are rows too, so a restart knows them.
#[derive(Debug, Default)]
pub struct Pace {
    sent: HashMap<(String, String), VecDeque<Millis>>,
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

    /// Takes one message's right for a chat, or says no and remembers when to look again.
    pub fn take(&mut self, place: &Place, limits: Capabilities, now: Millis) -> bool {
        if !self.may_touch(place, now) {
            return false;
        }
        let key = (place.channel.0.clone(), place.chat.clone());
        let sent = self.sent.entry(key).or_default();
        forget(sent, now, MINUTE_MS);
        let recent = self.recent.entry(place.channel.0.clone()).or_default();
        forget(recent, now, 1_000);
        // Groups of Telegram have negative ids; a private chat has no limit by the minute.
        let group = place.chat.starts_with('-');
        let chance = [
            (group && sent.len() >= limits.group_per_minute)
                .then(|| at(sent, sent.len() - limits.group_per_minute).plus(MINUTE_MS)),
            (limits.chat_gap_ms > 0 && sent.len() >= BURST)
                .then(|| at(sent, sent.len() - BURST).plus(limits.chat_gap_ms * BURST as i64)),
            (recent.len() >= limits.per_second).then(|| at(recent, recent.len() - limits.per_second).plus(1_000)),
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

    /// Whether a chat may be touched at all: no wait imposed by its platform.
    pub fn may_touch(&mut self, place: &Place, now: Millis) -> bool {
        let key = (place.channel.0.clone(), place.chat.clone());
        match self.waits.get(&key) {
            Some(until) if *until > now => {
                let until = *until;
                self.look_at(until);
                false
            }
            Some(_) => {
                self.waits.remove(&key);
                true
            }
            None => true,
        }
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

    const LIMITS: Capabilities = Capabilities {
        buttons: true,
        edit: true,
        quote: true,
        text_limit: 4096,
        idempotent: false,
        chat_gap_ms: 1_000,
        group_per_minute: 18,
        per_second: 28,
    };

    fn group(chat: &str) -> Place {
        Place::chat(&Channel::new("telegram"), chat)
    }

    #[test]
    fn a_group_gets_a_small_burst_then_one_a_second_then_eighteen_a_minute() {
        let mut pace = Pace::default();
        let place = group("-1");
        let mut sent = Vec::new();
        for ms in (0..120_000).step_by(100) {
            if pace.take(&place, LIMITS, Millis(ms)) {
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
    fn a_wait_stops_that_chat_only() {
        let mut pace = Pace::default();
        pace.wait("telegram", "-1", Millis(5_000));
        assert!(!pace.take(&group("-1"), LIMITS, Millis(1_000)));
        assert!(pace.take(&group("-2"), LIMITS, Millis(1_000)));
        assert_eq!(pace.next_chance(Millis(1_000)), Some(4_000));
        assert!(pace.take(&group("-1"), LIMITS, Millis(5_000)));
    }
}
