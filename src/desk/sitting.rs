//! One transaction's worth of work: what is known, who is who, and the ways of owing something to a chat.

use std::sync::Arc;

use super::{Desk, Result, Served};
use crate::clock::Millis;
use crate::domain::duty::{self, Duty};
use crate::domain::message::{Account, Button, Channel, MessageRef, Owed, Place, Rich};
use crate::domain::people::{Bureau, BureauId, OfficeKind, Person, PersonId, Roster};
use crate::domain::question::{Question, QuestionId};
use crate::domain::wording::{Named, WindowContact, button};
use crate::store::{StoreError, Tx};

/// A button dies with its question, at the latest after this long.
const BUTTON_MS: i64 = 30 * 24 * 3_600_000;

/// Work on one message or one due question, in one transaction.
pub(crate) struct Sitting<'a> {
    pub desk: &'a Desk,
    pub tx: Tx,
    pub now: Millis,
    pub roster: Arc<Roster>,
    pub served: Arc<Served>,
}

/// What a button does, as its token keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Push {
    Solved,
    Human,
    None,
    Pick(usize),
    Claim,
    Release,
    Close,
}

impl Push {
    pub(crate) fn key(self) -> String {
        match self {
            Push::Solved => "solved".to_owned(),
            Push::Human => "human".to_owned(),
            Push::None => "none".to_owned(),
            Push::Pick(index) => format!("pick{index}"),
            Push::Claim => "claim".to_owned(),
            Push::Release => "release".to_owned(),
            Push::Close => "close".to_owned(),
        }
    }

    pub(crate) fn from_key(key: &str) -> Option<Push> {
        Some(match key {
            "solved" => Push::Solved,
            "human" => Push::Human,
            "none" => Push::None,
            "claim" => Push::Claim,
            "release" => Push::Release,
            "close" => Push::Close,
            other => Push::Pick(other.strip_prefix("pick")?.parse().ok()?),
        })
    }

    fn label(self) -> String {
        match self {
            Push::Solved => button::SOLVED.to_owned(),
            Push::Human => button::HUMAN.to_owned(),
            Push::None => button::NONE.to_owned(),
            Push::Pick(index) => (index + 1).to_string(),
            Push::Claim => button::CLAIM.to_owned(),
            Push::Release => button::RELEASE.to_owned(),
            Push::Close => button::CLOSE.to_owned(),
        }
    }
}

impl Sitting<'_> {
    /// The person of an account, if it is bound to one of the roster.
    pub async fn person(&mut self, account: &Account) -> Result<Option<Person>> {
        let id = self.tx.person_of(account).await?;
        Ok(id.and_then(|id| self.roster.person(id)).cloned())
    }

    /// A person of the roster by id; an unknown one is an impossible row.
    pub fn known(&self, id: PersonId) -> Result<Person> {
        self.roster
            .person(id)
            .cloned()
            .ok_or_else(|| StoreError::inconsistent("people", id.0, "not in the roster").into())
    }

    /// A helper as named in a channel; none once they left the roster.
    pub async fn named(&mut self, id: PersonId, channel: &Channel) -> Result<Option<Named>> {
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

    /// Who is on duty for a bureau; `next` gives the turn to the next name of the shift.
    pub async fn on_duty(&mut self, bureau: BureauId, next: bool) -> Result<Duty> {
        let counter = format!("duty:{}", bureau.0);
        let turn = self.tx.counter(&counter).await?;
        let duty = duty::on_duty(
            &self.roster,
            bureau,
            self.now,
            turn.unsigned_abs(),
            &self.desk.config.timezone,
        );
        if next {
            self.tx.count_up(&counter, 1).await?;
        }
        if duty.helper().is_some() {
            return Ok(duty);
        }
        // Rows that never run: any helper of the bureau answers rather than nobody.
        let someone = self.roster.helpers_of(bureau).next().map(|helper| helper.id);
        let city = || {
            self.roster
                .city_bureau()
                .and_then(|city| self.roster.helpers_of(city.id).next())
                .map(|helper| helper.id)
        };
        Ok(someone.or_else(city).map_or(Duty::Nobody, Duty::Now))
    }

    /// The helper of a duty, named in a channel, with the time they begin if that is later.
    pub async fn duty_named(&mut self, duty: &Duty, channel: &Channel) -> Result<Option<Named>> {
        let Some(helper) = duty.helper() else { return Ok(None) };
        let mut named = self.named(helper, channel).await?;
        if let Some(named) = &mut named {
            named.from = begins(duty).map(|at| duty::when_said(at, self.now, &self.desk.config.timezone));
        }
        Ok(named)
    }

    /// A bureau of the roster. What belonged to one that left the roster is the city desk's business.
    pub fn bureau(&self, id: BureauId) -> Result<Bureau> {
        let bureau = self.roster.bureau(id).or_else(|| self.roster.city_bureau()).cloned();
        bureau.ok_or_else(|| StoreError::inconsistent("bureaus", id.0, "no such bureau and no city bureau").into())
    }

    /// A bureau's window, for people who must go or call there.
    pub fn window(&self, bureau: &Bureau) -> WindowContact {
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

    /// Says something in a place, quoting a message there.
    pub async fn say(&mut self, place: &Place, quote: Option<&str>, text: Rich) -> Result<()> {
        self.owe_text(place, quote, text, None, "line", &[], false).await
    }

    /// Says something about a question where it was asked, quoting the asker's message.
    pub async fn say_about(
        &mut self,
        question: &Question,
        role: &str,
        text: Rich,
        buttons: &[Vec<Push>],
    ) -> Result<()> {
        let place = question.place().clone();
        let quote = question.message.id.clone();
        self.owe_text(&place, Some(&quote), text, Some(question.id), role, buttons, false)
            .await
    }

    /// Says something about a question somewhere else: the duty group, a private chat, the guidance group.
    pub async fn say_elsewhere(
        &mut self,
        place: &Place,
        id: QuestionId,
        role: &str,
        text: Rich,
        buttons: &[Vec<Push>],
    ) -> Result<()> {
        self.owe_text(place, None, text, Some(id), role, buttons, false).await
    }

    /// The helper's line of a private chat, with the button that shares one's own contact.
    pub async fn ask_contact(&mut self, place: &Place, text: Rich) -> Result<()> {
        self.owe_text(place, None, text, None, "line", &[], true).await
    }

    /// Owes a text, in parts that the channel can take; buttons hang on the last part.
    #[expect(
        clippy::too_many_arguments,
        reason = "the one place where all of a message comes together"
    )]
    async fn owe_text(
        &mut self,
        place: &Place,
        quote: Option<&str>,
        text: Rich,
        question: Option<QuestionId>,
        role: &str,
        buttons: &[Vec<Push>],
        ask_contact: bool,
    ) -> Result<()> {
        let parts = text.split(TEXT_LIMIT);
        let last = parts.len().saturating_sub(1);
        for (index, text) in parts.into_iter().enumerate() {
            let buttons = match question {
                Some(question) if index == last => self.buttons(place, question, buttons).await?,
                _ => Vec::new(),
            };
            let quote = quote.filter(|_| index == 0).map(str::to_owned);
            let owed = Owed::Message {
                text,
                buttons,
                quote,
                ask_contact: ask_contact && index == last,
            };
            self.tx.owe(place, question, role, &owed, self.now).await?;
        }
        Ok(())
    }

    /// Makes tokens for a question's buttons in a place.
    pub async fn buttons(
        &mut self,
        place: &Place,
        question: QuestionId,
        rows: &[Vec<Push>],
    ) -> Result<Vec<Vec<Button>>> {
        let mut made = Vec::with_capacity(rows.len());
        for row in rows {
            let mut buttons = Vec::with_capacity(row.len());
            for push in row {
                let token =
                    crate::secret::new().map_err(|error| StoreError::inconsistent("buttons", "random", error))?;
                self.tx
                    .add_button(&token, place, question, &push.key(), self.now.plus(BUTTON_MS))
                    .await?;
                buttons.push(Button {
                    label: push.label(),
                    token,
                });
            }
            made.push(buttons);
        }
        Ok(made)
    }

    /// Takes the buttons off everything that was said about a question: they no longer do anything.
    pub async fn strip(&mut self, question: QuestionId) -> Result<()> {
        for role in ["answer", "card", "notice", "reply"] {
            for link in self.tx.links_of(question, role).await? {
                if link.body.as_deref() == Some("buttons") {
                    let owed = Owed::Strip {
                        message: link.message.id.clone(),
                    };
                    self.tx.owe(&link.message.place, None, "strip", &owed, self.now).await?;
                    self.tx.forget_link_body(&link.message).await?;
                }
            }
        }
        Ok(())
    }

    /// Answers a press with a notice that only the presser sees.
    pub async fn toast(&mut self, place: &Place, press: &str, account: &str, text: &str) -> Result<()> {
        let text: String = text.chars().take(200).collect();
        let owed = Owed::Toast {
            press: press.to_owned(),
            account: account.to_owned(),
            text,
        };
        self.tx.owe(place, None, "toast", &owed, self.now).await?;
        Ok(())
    }

    /// Notes a step of a question's history.
    pub async fn step(&mut self, question: QuestionId, kind: &str, person: Option<PersonId>, note: &str) -> Result<()> {
        Ok(self.tx.add_step(question, kind, person, note, self.now).await?)
    }

    /// Notes that a message belongs to a question.
    pub async fn link(
        &mut self,
        message: &MessageRef,
        question: QuestionId,
        role: &str,
        body: Option<&str>,
    ) -> Result<()> {
        Ok(self.tx.link(message, question, role, body).await?)
    }

    /// Private chats that a bureau's people opened: for cards and notices.
    pub async fn private_places(&mut self, people: &[PersonId]) -> Result<Vec<Place>> {
        let mut places = Vec::new();
        for person in people {
            for (account, chat) in self.tx.private_chats_of(*person).await? {
                places.push(Place::chat(&account.channel, &chat));
            }
        }
        Ok(places)
    }
}

/// Telegram's limit is 4096 UTF-16 units; the rest is room for 重发 and the like.
const TEXT_LIMIT: usize = 4000;

/// When a duty begins, if not now.
pub(crate) fn begins(duty: &Duty) -> Option<Millis> {
    match duty {
        Duty::From(_, at) => Some(*at),
        Duty::City(desk) => begins(desk),
        Duty::Now(_) | Duty::Nobody => None,
    }
}
