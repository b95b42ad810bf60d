//! How many there may be at once. Who asks for nothing gives way to who comes; visitors never take all the room.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::telemetry::Tally;

/// Requests of visitors behind one address that are answered at once, open pages among them.
const PER_ADDRESS: usize = 100;
/// Bytes of whole answers that wait for slow readers; what is read from disk piece by piece weighs nothing.
const WEIGHT: usize = 48 << 20;
const WEIGHT_PER_ADDRESS: usize = 8 << 20;

/// Everybody who is connected.
pub struct Places {
    most: usize,
    /// Room that visitors do not take.
    kept: usize,
    inner: Mutex<Inner>,
    tally: Arc<Tally>,
}

#[derive(Default)]
struct Inner {
    /// Grows: who came, or was last served, before whom.
    turn: u64,
    seats: HashMap<u64, Seat>,
    /// Connections that ask for nothing, the longest first: turn and seat.
    waiting: BTreeSet<(u64, u64)>,
    visitors: usize,
    weight: usize,
    by_address: HashMap<IpAddr, Load>,
}

/// What visitors behind one address take.
#[derive(Default)]
struct Load {
    requests: usize,
    weight: usize,
}

struct Seat {
    /// Since when it waits; none while it is served.
    waits: Option<u64>,
    leave: Arc<Notify>,
}

/// One connection's place.
pub struct Place {
    seat: u64,
    leave: Arc<Notify>,
    places: Arc<Places>,
}

/// A request that is being answered, until its last byte went.
pub struct Stay {
    seat: u64,
    visitor: Option<IpAddr>,
    weight: Mutex<usize>,
    places: Arc<Places>,
}

/// Why a visitor's request is not answered now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turned {
    /// The house is full.
    Full,
    /// Too much goes to this address already.
    Crowd,
}

impl Places {
    /// Room for so many connections; a tenth of it is not for visitors.
    pub fn new(most: usize, tally: Arc<Tally>) -> Arc<Places> {
        Arc::new(Places {
            most,
            kept: (most / 10).max(4),
            inner: Mutex::default(),
            tally,
        })
    }

    /// A place for who just came; none where everybody there is being served.
    pub fn enter(self: &Arc<Places>) -> Option<Place> {
        let mut inner = self.inner();
        if inner.seats.len() >= self.most {
            let Some((_, longest)) = inner.waiting.pop_first() else {
                self.tally.add("connection");
                return None;
            };
            if let Some(seat) = inner.seats.remove(&longest) {
                seat.leave.notify_one();
                self.tally.add("sent_away");
            }
        }
        let turn = inner.next();
        let leave = Arc::new(Notify::new());
        let seat = Seat {
            waits: Some(turn),
            leave: Arc::clone(&leave),
        };
        inner.seats.insert(turn, seat);
        inner.waiting.insert((turn, turn));
        Some(Place {
            seat: turn,
            leave,
            places: Arc::clone(self),
        })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn next(&mut self) -> u64 {
        self.turn += 1;
        self.turn
    }

    fn serve(&mut self, seat: u64) {
        if let Some(waits) = self.seats.get_mut(&seat).and_then(|seat| seat.waits.take()) {
            self.waiting.remove(&(waits, seat));
        }
    }

    fn wait(&mut self, seat: u64) {
        let turn = self.next();
        if let Some(known) = self.seats.get_mut(&seat) {
            known.waits = Some(turn);
            self.waiting.insert((turn, seat));
        }
    }
}

impl Place {
    /// Returns when this connection has to make room.
    pub async fn sent_away(&self) {
        self.leave.notified().await;
    }

    /// A visitor's request is answered.
    pub fn visitor(&self, from: IpAddr) -> Result<Stay, Turned> {
        let mut inner = self.places.inner();
        if inner.visitors + self.places.kept >= self.places.most {
            return Err(Turned::Full);
        }
        let load = inner.by_address.entry(from).or_default();
        if load.requests >= PER_ADDRESS {
            return Err(Turned::Crowd);
        }
        load.requests += 1;
        inner.visitors += 1;
        inner.serve(self.seat);
        Ok(self.stay(Some(from)))
    }

    /// A request of staff is answered, whoever else is there.
    pub fn staff(&self) -> Stay {
        self.places.inner().serve(self.seat);
        self.stay(None)
    }

    fn stay(&self, visitor: Option<IpAddr>) -> Stay {
        Stay {
            seat: self.seat,
            visitor,
            weight: Mutex::new(0),
            places: Arc::clone(&self.places),
        }
    }
}

impl Stay {
    /// So many bytes wait to be read.
    pub fn weigh(&self, bytes: usize) -> Result<(), Turned> {
        let Some(from) = self.visitor else { return Ok(()) };
        let mut inner = self.places.inner();
        if inner.weight + bytes > WEIGHT {
            return Err(Turned::Full);
        }
        let load = inner.by_address.entry(from).or_default();
        // One answer is always let through, however large.
        if load.weight > 0 && load.weight + bytes > WEIGHT_PER_ADDRESS {
            return Err(Turned::Crowd);
        }
        load.weight += bytes;
        inner.weight += bytes;
        *self.weight.lock().unwrap_or_else(PoisonError::into_inner) += bytes;
        Ok(())
    }
}

impl Drop for Stay {
    fn drop(&mut self) {
        let mut inner = self.places.inner();
        if let Some(from) = self.visitor {
            let weight = *self.weight.lock().unwrap_or_else(PoisonError::into_inner);
            inner.visitors -= 1;
            inner.weight -= weight;
            if let Some(load) = inner.by_address.get_mut(&from) {
                load.requests -= 1;
                load.weight -= weight;
                if load.requests == 0 {
                    inner.by_address.remove(&from);
                }
            }
        }
        inner.wait(self.seat);
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut inner = self.places.inner();
        if let Some(Seat { waits: Some(waits), .. }) = inner.seats.remove(&self.seat) {
            inner.waiting.remove(&(waits, self.seat));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn is_sent_away(place: &Place) -> bool {
        !place.places.inner().seats.contains_key(&place.seat)
    }

    #[test]
    fn who_asks_for_nothing_longest_gives_way() {
        let places = Places::new(20, Arc::default());
        let guests: Vec<Place> = (0..20).map(|_| places.enter().unwrap()).collect();
        let served = guests[0].visitor(HOME).unwrap();
        let new = places.enter().unwrap();
        assert!(is_sent_away(&guests[1]) && !is_sent_away(&guests[0]));
        drop(served);
        // Served just now, so it is the turn of others.
        let newer = places.enter().unwrap();
        assert!(is_sent_away(&guests[2]) && !is_sent_away(&guests[0]));
        drop((new, newer, guests));
        assert!(places.inner().seats.is_empty() && places.inner().waiting.is_empty());
    }

    #[test]
    fn visitors_leave_room_for_staff() {
        let places = Places::new(40, Arc::default());
        let guests: Vec<Place> = (0..40).map(|_| places.enter().unwrap()).collect();
        let address = |at: usize| IpAddr::from([10, 0, 0, at as u8]);
        let stays: Vec<_> = (0..36).map(|at| guests[at].visitor(address(at)).unwrap()).collect();
        assert_eq!(guests[36].visitor(HOME).err(), Some(Turned::Full));
        let staff: Vec<_> = guests[36..].iter().map(Place::staff).collect();
        assert!(places.enter().is_none(), "everybody is being served");
        drop((stays, staff));
        assert!(places.enter().is_some());
    }

    #[test]
    fn one_address_does_not_take_all() {
        let places = Places::new(1_000, Arc::default());
        let guests: Vec<Place> = (0..=PER_ADDRESS).map(|_| places.enter().unwrap()).collect();
        let stays: Vec<_> = guests[..PER_ADDRESS]
            .iter()
            .map(|guest| guest.visitor(HOME).unwrap())
            .collect();
        assert_eq!(guests[PER_ADDRESS].visitor(HOME).err(), Some(Turned::Crowd));
        assert!(guests[PER_ADDRESS].visitor(IpAddr::from([10, 0, 0, 1])).is_ok());
        assert_eq!(stays[0].weigh(WEIGHT_PER_ADDRESS), Ok(()));
        assert_eq!(stays[1].weigh(1), Err(Turned::Crowd));
        drop(stays);
        assert!(places.inner().by_address.is_empty() && places.inner().weight == 0);
    }
}
