//! Who reads a group: everybody with its page open. Staff are named, as they are where they speak; visitors, who may only
//! look on, are counted.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::session::Who;

/// Names said at once.
const NAMED: usize = 4;

/// Open pages by room.
#[derive(Debug, Default)]
pub struct Readers {
    rooms: Mutex<Rooms>,
}

#[derive(Debug, Default)]
struct Rooms {
    next: u64,
    pages: HashMap<String, Vec<Page>>,
}

#[derive(Debug)]
struct Page {
    seat: u64,
    /// Whose it is; a visitor without a name is nobody in particular.
    account: Option<String>,
    /// Of staff.
    name: Option<String>,
}

/// A page that is open, until it is dropped.
#[derive(Debug)]
pub struct Seat {
    readers: Arc<Readers>,
    room: String,
    seat: u64,
}

impl Readers {
    /// Somebody opens a room's page.
    pub fn enter(self: &Arc<Readers>, room: &str, who: Option<&Who>) -> Seat {
        let staff = who.and_then(|who| who.person.as_ref());
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.next += 1;
        let seat = rooms.next;
        let page = Page {
            seat,
            account: who.map(|who| who.account.clone()),
            name: staff.map(|person| person.name.clone()),
        };
        rooms.pages.entry(room.to_owned()).or_default().push(page);
        drop(rooms);
        Seat {
            readers: Arc::clone(self),
            room: room.to_owned(),
            seat,
        }
    }
}

impl Seat {
    /// Who else reads, in words; empty if nobody does. Several pages of one person are one.
    pub fn others(&self) -> String {
        let rooms = self.readers.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        let pages = rooms.pages.get(&self.room).map_or(&[][..], Vec::as_slice);
        let own = pages.iter().find(|page| page.seat == self.seat);
        let own = own.and_then(|page| page.account.as_deref());
        let other = |page: &&Page| page.seat != self.seat && (own.is_none() || page.account.as_deref() != own);
        let others: Vec<&Page> = pages.iter().filter(other).collect();
        let staff: BTreeSet<(&str, Option<&str>)> = others
            .iter()
            .filter_map(|page| Some((page.name.as_deref()?, page.account.as_deref())))
            .collect();
        let visitors = others.iter().filter(|page| page.name.is_none());
        let visitors: BTreeSet<(Option<&str>, u64)> = visitors
            .map(|page| match page.account.as_deref() {
                Some(account) => (Some(account), 0),
                None => (None, page.seat),
            })
            .collect();
        let names: Vec<&str> = staff.iter().map(|(name, _)| *name).collect();
        said(&names, visitors.len())
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut rooms = self.readers.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pages) = rooms.pages.get_mut(&self.room) {
            pages.retain(|page| page.seat != self.seat);
            if pages.is_empty() {
                rooms.pages.remove(&self.room);
            }
        }
    }
}

/// 王敏、李强在看，另有 3 人
fn said(staff: &[&str], visitors: usize) -> String {
    let mut names = staff[..staff.len().min(NAMED)].join("、");
    if staff.len() > NAMED {
        names.push_str(&format!("等 {} 位", staff.len()));
    }
    match (names.is_empty(), visitors) {
        (true, 0) => String::new(),
        (true, visitors) => format!("另有 {visitors} 人在看"),
        (false, 0) => format!("{names}在看"),
        (false, visitors) => format!("{names}在看，另有 {visitors} 人"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::roster::people::{BureauId, OfficeId, Person, PersonId, Standing};

    fn person(name: &str) -> Person {
        Person {
            id: PersonId(1),
            name: name.into(),
            bureau: BureauId(1),
            office: OfficeId(1),
            landline: None,
            mobile: None,
            roles: Vec::new(),
            standing: Standing::Helper {
                reviewer: false,
                passed_on: None,
            },
        }
    }

    fn who(account: &str, staff: Option<&str>) -> Who {
        Who {
            session: String::new(),
            account: account.into(),
            name: account.into(),
            badge: String::new(),
            person: staff.map(person),
        }
    }

    #[test]
    fn others_are_named_or_counted_once_each_and_gone_when_they_go() {
        let readers = Arc::new(Readers::default());
        let (zhang, wang) = (who("v1", None), who("s1", Some("王敏")));
        let own = readers.enter("g:1", Some(&zhang));
        assert_eq!(own.others(), "");
        let again = readers.enter("g:1", Some(&zhang));
        assert_eq!(own.others(), "", "one's own other page is nobody else");
        let staff = [readers.enter("g:1", Some(&wang)), readers.enter("g:1", Some(&wang))];
        let nameless = readers.enter("g:1", None);
        let elsewhere = readers.enter("g:2", Some(&who("s2", Some("李强"))));
        assert_eq!(own.others(), "王敏在看，另有 1 人");
        assert_eq!(staff[0].others(), "另有 2 人在看");
        assert_eq!(nameless.others(), "王敏在看，另有 1 人");
        assert_eq!(elsewhere.others(), "");
        drop((staff, again));
        assert_eq!(own.others(), "另有 1 人在看");
        drop(nameless);
        assert_eq!(own.others(), "");
    }

    #[test]
    fn many_are_not_all_named() {
        assert_eq!(said(&["甲", "乙", "丙", "丁", "戊"], 0), "甲、乙、丙、丁等 5 位在看");
    }
}
