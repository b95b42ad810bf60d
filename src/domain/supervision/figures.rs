//! A period's figures, with the names of those they are of.

use std::collections::{BTreeMap, HashMap};

use crate::clock::Millis;
use crate::domain::roster::people::{BureauId, OfficeId, PersonId};
use crate::domain::supervision::judge::Fact;
use crate::domain::supervision::measures::{Measure, Of, Stock, Value};
use crate::domain::supervision::period::Period;
use crate::domain::supervision::ranking::{self, Ranking, Seen};
use crate::domain::supervision::tally::{Cell, Tallies};

/// Whose figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Whom {
    City,
    Bureau(BureauId),
    Office(OfficeId),
    Helper(PersonId),
}

/// A bureau, an office or a person by name, also one that is no longer in the roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named<I> {
    pub id: I,
    /// The bureau's own id, or that of the bureau it is in.
    pub bureau: BureauId,
    /// The office somebody sits in.
    pub office: Option<OfficeId>,
    pub name: String,
    /// In the roster now.
    pub active: bool,
}

/// Everybody who may have figures, in the roster's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    pub bureaus: Vec<Named<BureauId>>,
    pub offices: Vec<Named<OfficeId>>,
    pub people: Vec<Named<PersonId>>,
}

impl Names {
    /// Where people sit.
    pub fn homes(&self) -> HashMap<PersonId, BureauId> {
        self.people.iter().map(|person| (person.id, person.bureau)).collect()
    }

    /// In which office people sit.
    pub fn desks(&self) -> HashMap<PersonId, OfficeId> {
        let of = |person: &Named<PersonId>| Some((person.id, person.office?));
        self.people.iter().filter_map(of).collect()
    }

    /// The bureau that somebody is, or is in; none for the city as a whole.
    pub fn bureau_of(&self, whom: Whom) -> Option<BureauId> {
        match whom {
            Whom::City => None,
            Whom::Bureau(bureau) => Some(bureau),
            Whom::Office(id) => self
                .offices
                .iter()
                .find(|office| office.id == id)
                .map(|office| office.bureau),
            Whom::Helper(id) => self
                .people
                .iter()
                .find(|person| person.id == id)
                .map(|person| person.bureau),
        }
    }

    /// The name of somebody who is known.
    pub fn name_of(&self, whom: Whom) -> Option<&str> {
        match whom {
            Whom::City => None,
            Whom::Bureau(id) => self
                .bureaus
                .iter()
                .find(|one| one.id == id)
                .map(|one| one.name.as_str()),
            Whom::Office(id) => self
                .offices
                .iter()
                .find(|one| one.id == id)
                .map(|one| one.name.as_str()),
            Whom::Helper(id) => self.people.iter().find(|one| one.id == id).map(|one| one.name.as_str()),
        }
    }
}

/// What is counted, and of how many where it is a share.
pub type Stocks = BTreeMap<(Stock, BureauId), (u64, u64)>;

/// A period's figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figures {
    pub period: Period,
    /// Until when what is not over was counted.
    pub at: Millis,
    pub tallies: Tallies,
    pub city: Cell,
    pub stocks: Stocks,
    pub names: Names,
}

impl Figures {
    /// What was added up for somebody.
    pub fn cell(&self, whom: Whom) -> Option<&Cell> {
        match whom {
            Whom::City => Some(&self.city),
            Whom::Bureau(id) => self.tallies.bureaus.get(&id),
            Whom::Office(id) => self.tallies.offices.get(&id),
            Whom::Helper(id) => self.tallies.helpers.get(&id),
        }
    }

    /// A measure's value for somebody. What is not counted from questions is known of bureaus and the city only.
    pub fn value(&self, measure: &Measure, whom: Whom) -> Value {
        if let Of::Stock(stock) = measure.of {
            return self.stock(stock, whom);
        }
        match self.cell(whom) {
            Some(cell) => measure.value(cell),
            None => measure.value(&Cell::default()),
        }
    }

    fn stock(&self, stock: Stock, whom: Whom) -> Value {
        let of = |bureau: BureauId| self.stocks.get(&(stock, bureau)).copied().unwrap_or_default();
        let (part, whole) = match whom {
            Whom::City => {
                let all = self.names.bureaus.iter().map(|bureau| of(bureau.id));
                all.fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
            }
            Whom::Bureau(bureau) => of(bureau),
            Whom::Office(_) | Whom::Helper(_) => return Value::Nothing,
        };
        match stock {
            Stock::Contributed | Stock::Overdue => Value::Count(part),
            Stock::Staffed | Stock::Uncovered => Value::share(part, whole),
        }
    }

    /// Bureaus with something to show: in the roster, or asked in the period.
    pub fn bureaus(&self) -> impl Iterator<Item = &Named<BureauId>> {
        let asked = |id: BureauId| {
            self.tallies
                .bureaus
                .get(&id)
                .is_some_and(|cell| cell.count(Fact::Asked) > 0)
        };
        self.names
            .bureaus
            .iter()
            .filter(move |bureau| bureau.active || asked(bureau.id))
    }

    /// The bureaus in the order of a share; none for a measure that is no share.
    pub fn ranking(&self, measure: &Measure, more: bool) -> Option<Ranking<BureauId>> {
        let shares = matches!(measure.of, Of::Share(..) | Of::Stock(Stock::Staffed | Stock::Uncovered));
        let seen = |bureau: &Named<BureauId>| {
            let (part, whole) = match self.value(measure, Whom::Bureau(bureau.id)) {
                Value::Share(part, whole) => (part, whole),
                Value::Nothing | Value::Count(_) | Value::Time(_) => (0, 0),
            };
            Seen {
                who: bureau.id,
                part,
                whole,
            }
        };
        let seen: Vec<Seen<BureauId>> = self.bureaus().map(seen).collect();
        shares.then(|| ranking::rank(&seen, more))
    }
}
