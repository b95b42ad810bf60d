//! Questions added up: for the city, each bureau, each office, each helper.

use std::collections::{BTreeMap, HashMap};

use crate::domain::roster::people::{BureauId, OfficeId, PersonId};
use crate::domain::supervision::course::Course;
use crate::domain::supervision::judge::{ALL, Counted, FACTS, Fact};

/// What was added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    counts: [u64; FACTS],
    /// Working time to the claim, ms, in no order.
    claims: Vec<i64>,
    /// Working time to a person's first answer, ms, in no order.
    replies: Vec<i64>,
}

/// Which time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// From the hand-over to the claim.
    Claim,
    /// From the hand-over to the first answer of a person.
    Reply,
}

impl Cell {
    /// How many counted under a fact.
    pub fn count(&self, fact: Fact) -> u64 {
        self.counts[fact as usize]
    }

    /// Adds one question.
    pub fn add(&mut self, counted: &Counted) {
        for (count, fact) in self.counts.iter_mut().zip(ALL) {
            *count += u64::from(counted.has(fact));
        }
        self.claims.extend(counted.claim);
        self.replies.extend(counted.reply);
    }

    /// The same number of times, for questions without times.
    pub fn add_alike(&mut self, counted: &Counted, times: u64) {
        for (count, fact) in self.counts.iter_mut().zip(ALL) {
            *count += u64::from(counted.has(fact)) * times;
        }
    }

    fn add_all(&mut self, other: &Cell) {
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        self.claims.extend(&other.claims);
        self.replies.extend(&other.replies);
    }

    /// Over how many questions a time is known.
    pub fn waits(&self, wait: Wait) -> usize {
        self.of(wait).len()
    }

    /// The nearest rank: of `n` times in order the ⌈`percent`·n/100⌉th, ms; none where there is no time.
    pub fn quantile(&self, wait: Wait, percent: usize) -> Option<i64> {
        let mut times = self.of(wait).to_vec();
        let rank = (times.len() * percent).div_ceil(100).checked_sub(1)?;
        let (_, time, _) = times.select_nth_unstable(rank);
        Some(*time)
    }

    fn of(&self, wait: Wait) -> &[i64] {
        match wait {
            Wait::Claim => &self.claims,
            Wait::Reply => &self.replies,
        }
    }
}

/// A period's questions, added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallies {
    /// By the bureau in whose group they were asked.
    pub bureaus: BTreeMap<BureauId, Cell>,
    /// Those that were handed over, by the office of whoever took them first.
    pub offices: BTreeMap<OfficeId, Cell>,
    /// The same, by whoever took them first.
    pub helpers: BTreeMap<PersonId, Cell>,
}

impl Tallies {
    /// Adds one question.
    pub fn add(&mut self, course: &Course, counted: &Counted) {
        self.bureaus.entry(course.bureau).or_default().add(counted);
        if let Some(helper) = course.helper {
            self.helpers.entry(helper).or_default().add(counted);
        }
    }

    /// Adds questions that nobody took and that are alike.
    pub fn add_alike(&mut self, bureau: BureauId, counted: &Counted, times: u64) {
        self.bureaus.entry(bureau).or_default().add_alike(counted, times);
    }

    /// Adds what a question that was added counts as besides.
    pub fn add_facts(&mut self, bureau: BureauId, helper: Option<PersonId>, facts: &Counted) {
        self.bureaus.entry(bureau).or_default().add_alike(facts, 1);
        if let Some(helper) = helper {
            self.helpers.entry(helper).or_default().add_alike(facts, 1);
        }
    }

    /// Adds the helpers up to their offices; done once, after the last question.
    pub fn by_office(&mut self, offices: &HashMap<PersonId, OfficeId>) {
        self.offices.clear();
        for (helper, cell) in &self.helpers {
            if let Some(office) = offices.get(helper) {
                self.offices.entry(*office).or_default().add_all(cell);
            }
        }
    }

    /// All bureaus together.
    pub fn city(&self) -> Cell {
        let mut city = Cell::default();
        self.bureaus.values().for_each(|cell| city.add_all(cell));
        city
    }
}
