//! One transaction's worth of work: what is known, and who is who.

use crate::clock::Millis;
use crate::desk::ground::readings::Readings;
use crate::desk::ground::served::Served;
use crate::desk::{Desk, Result};
use crate::domain::asking::clocks::{Clocks, Working};
use crate::domain::asking::history::Step;
use crate::domain::asking::next::{self, Around};
use crate::domain::asking::question::{Question, QuestionId, State};
use crate::domain::asking::responsible;
use crate::domain::chat::message::{Account, Channel, ChatKind, Event, Incoming, MessageRef, Place};
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::duty;
use crate::domain::duty::{Duty, Post};
use crate::domain::privacy::Masked;
use crate::domain::roster::city::City;
use crate::domain::roster::people::{Bureau, BureauId, OfficeKind, Person, PersonId};
use crate::domain::roster::rights;
use crate::domain::roster::rights::Right;
use crate::domain::time::calendar::{Calendar, LocalTime};
use crate::domain::wording::{Named, WindowContact};
use crate::store::{StoreError, Tx};
use std::sync::Arc;

/// Work on one message or one due question, in one transaction.
pub(crate) struct Sitting<'a> {
    pub desk: &'a Desk,
    pub tx: Tx,
    pub now: Millis,
    /// The message of a group that is answered.
    pub hearing: Option<Hearing>,
    pub roster: Arc<City>,
    pub calendar: Arc<Calendar>,
    pub served: Arc<Served>,
    /// What the served list makes of the message.
    pub readings: Arc<Readings>,
    /// What an editor asks to see, looked up before the transaction.
    pub looked_up: Option<Rich>,
    /// When what is worked on was said, where that is long ago and nobody was told so yet.
    pub late: Option<Millis>,
    /// The page that acts, and what was said to it.
    pub page: Option<Waiting>,
}

/// A page that waits for what comes of an act.
pub(crate) struct Waiting {
    /// The private room of whoever acts.
    pub place: Place,
    /// What was said to them.
    pub said: Vec<Rich>,
    /// It was not done.
    pub refused: bool,
}

/// Whose message in a group is answered: where messages cannot be quoted, they are named.
pub(crate) struct Hearing {
    /// The message's id.
    pub message: String,
    /// The sender's name as shown.
    pub name: Masked,
    /// Whose it is.
    pub account: Account,
    /// Where it was said.
    pub place: Place,
    /// The turn of what is said to it, once that is known.
    pub turn: Option<Turn>,
}

/// Whether the account of a message has been answered enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// It is answered in its turn.
    Own,
    /// Others come first.
    Spent,
}

impl Hearing {
    /// Whose message this is; none in private, where nobody else reads the answer.
    pub(in crate::desk) fn of(incoming: &Incoming) -> Option<Hearing> {
        let (Event::Message(heard) | Event::Edited(heard)) = &incoming.event else {
            return None;
        };
        (incoming.chat_kind == ChatKind::Group).then(|| Hearing {
            message: heard.id.clone(),
            name: incoming.from.name.clone(),
            account: incoming.account(),
            place: incoming.place.clone(),
            turn: None,
        })
    }
}

impl Sitting<'_> {
    /// Local time with the days that are worked.
    pub(in crate::desk) fn time(&self) -> LocalTime<'_> {
        LocalTime::new(&self.desk.config.timezone, &self.calendar)
    }

    /// The limits of a bureau, and the working time in which they are counted.
    pub(in crate::desk) fn clocks(&self, bureau: &Bureau) -> Clocks {
        self.desk.config.clocks_for(&bureau.name)
    }

    /// The working time of whoever must act on a question: the helper's own bureau, else the question's.
    pub(in crate::desk) fn working<'a>(&'a self, question: &Question, bureau: &'a Bureau) -> Working<'a> {
        let person = match &question.state {
            State::Waiting { duty, .. } => *duty,
            other => other.holder(),
        };
        let person = person.and_then(|id| self.roster.person(id));
        let bureau = person
            .and_then(|person| self.roster.bureau(person.bureau))
            .unwrap_or(bureau);
        Working {
            hours: &bureau.hours,
            time: duty::bureau_time(&self.roster, bureau.id, self.time()),
        }
    }

    /// Whether a person has a right over a bureau.
    pub(in crate::desk) fn has_right(&self, person: &Person, right: Right, bureau: BureauId) -> bool {
        let city = self.roster.bureau(person.bureau).is_some_and(|bureau| bureau.city);
        rights::may(person, right, bureau, city)
    }

    /// Writes down who did what.
    pub(in crate::desk) async fn audit(
        &mut self,
        person: Option<PersonId>,
        action: &str,
        object: &str,
        note: &str,
    ) -> Result<()> {
        Ok(self.tx.audit(person, action, object, note, self.now).await?)
    }

    /// The person of an account, if it is bound to one of the roster.
    pub(in crate::desk) async fn person(&mut self, account: &Account) -> Result<Option<Person>> {
        let id = self.tx.person_of(account).await?;
        Ok(id.and_then(|id| self.roster.person(id)).cloned())
    }

    /// A person of the roster by id; an unknown one is an impossible row.
    pub(in crate::desk) fn known(&self, id: PersonId) -> Result<Person> {
        self.roster
            .person(id)
            .cloned()
            .ok_or_else(|| StoreError::inconsistent("people", id.0, "not in the roster").into())
    }

    /// A helper as named in a channel; none once they left the roster.
    pub(in crate::desk) async fn named(&mut self, id: PersonId, channel: &Channel) -> Result<Option<Named>> {
        let Some(public) = self.roster.person(id).and_then(|person| person.public(&self.roster)) else {
            return Ok(None);
        };
        let account = self.tx.account_of(id, &channel.0).await?;
        Ok(Some(Named {
            public,
            account,
            from: None,
        }))
    }

    /// Whose plan answers for a question now: its station's, or its bureau's.
    pub(in crate::desk) fn post(&self, question: &Question) -> Post {
        responsible::post(question, &self.roster, self.now, self.time())
    }

    /// Who is on duty at a post; `next` gives the turn to the next name of the shift.
    pub(in crate::desk) async fn on_duty(&mut self, post: impl Into<Post>, next: bool) -> Result<Duty> {
        let post = post.into();
        let counter = match post.office {
            Some(office) => format!("duty:{}/{office}", post.bureau),
            None => format!("duty:{}", post.bureau),
        };
        let turn = self.tx.counter(&counter).await?;
        let duty = duty::on_duty(&self.roster, post, self.now, turn.unsigned_abs(), self.time());
        if next {
            self.tx.count_up(&counter, 1).await?;
        }
        if duty.helper().is_some() {
            return Ok(duty);
        }
        // Rows that never run: any helper answers rather than nobody.
        Ok(responsible::anybody(&self.roster, post.bureau).map_or(Duty::Nobody, Duty::Now))
    }

    /// Whether a person's bureau works now.
    pub(in crate::desk) fn works(&self, person: PersonId) -> bool {
        let bureau = self.roster.person(person).map(|person| person.bureau);
        bureau.is_some_and(|bureau| self.desk.works(bureau, self.now))
    }

    /// Who answers for an open question now.
    pub(in crate::desk) fn responsible(&self, question: &Question) -> Option<PersonId> {
        responsible::responsible(question, &self.roster, self.now, self.time())
    }

    /// The helper of a duty, named in a channel, with the time they begin if that is later.
    pub(in crate::desk) async fn duty_named(&mut self, duty: &Duty, channel: &Channel) -> Result<Option<Named>> {
        let Some(helper) = duty.helper() else { return Ok(None) };
        let mut named = self.named(helper, channel).await?;
        if let Some(named) = &mut named {
            named.from = duty.begins().map(|at| duty::when_said(at, self.now, self.time()));
        }
        Ok(named)
    }

    /// A bureau of the roster. What belonged to one that left the roster is the city desk's business.
    pub(in crate::desk) fn bureau(&self, id: BureauId) -> Bureau {
        self.roster.bureau(id).unwrap_or(self.roster.desk()).clone()
    }

    /// A bureau's window, for people who must go or call there.
    pub(in crate::desk) fn window(&self, bureau: &Bureau) -> WindowContact {
        let window = self
            .roster
            .offices_of(bureau.id)
            .find(|office| office.kind == OfficeKind::Window);
        let helper_line = || {
            self.roster
                .helpers_of(bureau.id)
                .find_map(|helper| helper.landline.clone())
        };
        WindowContact {
            name: format!("{}{}", bureau.name, window.map_or("", |office| office.name.as_str())),
            address: window.and_then(|office| office.address.clone()),
            landline: window
                .and_then(|office| office.landline.clone())
                .or_else(helper_line)
                .map(|landline| landline.as_str().to_owned()),
        }
    }

    /// Notes something that happened to a question and did not move it; the step's number.
    pub async fn note(&mut self, question: QuestionId, step: &Step) -> Result<i64> {
        let id = self.tx.add_step(question, step, self.now).await?;
        if step.audited() {
            self.audit(step.person(), step.key(), &question.to_string(), "").await?;
        }
        Ok(id)
    }

    /// What the next move of a question depends on.
    pub fn around<'a>(&'a self, question: &Question, bureau: &'a Bureau) -> Around<'a> {
        Around {
            now: self.now,
            believed: self.desk.believes(),
            roster: &self.roster,
            clocks: self.clocks(bureau),
            working: self.working(question, bureau),
        }
    }

    /// By when something must happen to a question; none where nobody waits for a helper.
    pub fn deadline(&self, question: &Question) -> Option<Millis> {
        let bureau = self.bureau(question.bureau);
        next::deadline(question, &self.around(question, &bureau))
    }

    /// Notes that a message belongs to a question.
    pub(in crate::desk) async fn link(
        &mut self,
        message: &MessageRef,
        question: QuestionId,
        role: Role,
        body: Option<&str>,
    ) -> Result<()> {
        Ok(self.tx.link(message, question, role, body).await?)
    }
}
