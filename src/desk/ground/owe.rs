//! What is owed to chats: said, changed, stripped of its buttons. All of it passes the outbox.

use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::{Sitting, Turn};
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::chat::message::{MessageRef, Place};
use crate::domain::chat::owed::{Button, Change, Owed};
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::fit;
use crate::domain::privacy::Masked;
use crate::domain::time::zone;
use crate::domain::wording;
use crate::store::StoreError;
use crate::store::outbox::{Lane, OutboxRow};

/// A button dies with its question, at the latest after this long.
const BUTTON_MS: i64 = 30 * 24 * 3_600_000;

/// How something is said.
struct Manner<'a> {
    /// The message that is quoted, and who wrote it.
    quote: Option<(&'a str, Option<Masked>)>,
    question: Option<QuestionId>,
    role: Role,
    buttons: &'a [&'a [Push]],
    ask_contact: bool,
    /// Although it is about no question, it goes before what is.
    at_once: bool,
    /// It is said once in a while by itself.
    once: bool,
}

impl Manner<'_> {
    /// Words alone, about no question.
    const LINE: Manner<'static> = Manner {
        quote: None,
        question: None,
        role: Role::Line,
        buttons: &[],
        ask_contact: false,
        at_once: false,
        once: false,
    };

    fn about(question: QuestionId, role: Role) -> Manner<'static> {
        Manner {
            question: Some(question),
            role,
            ..Manner::LINE
        }
    }
}

/// Something that was said about a question.
pub(crate) enum Shown {
    /// It arrived.
    Arrived(MessageRef),
    /// It is still on its way.
    OnItsWay(Box<OutboxRow>),
}

impl Shown {
    /// Where it stands or will stand.
    pub fn place(&self) -> &Place {
        match self {
            Shown::Arrived(message) => &message.place,
            Shown::OnItsWay(row) => &row.place,
        }
    }
}

impl Sitting<'_> {
    /// Everything of one role that was said about a question, oldest first.
    pub(in crate::desk) async fn shown(&mut self, question: QuestionId, role: Role) -> Result<Vec<Shown>> {
        let arrived = self.tx.links_of(question, role).await?;
        let unsent = self.tx.unsent_about(question).await?;
        let on_its_way = unsent.into_iter().filter(|row| row.role == role).map(Box::new);
        Ok(arrived
            .into_iter()
            .map(|link| Shown::Arrived(link.message))
            .chain(on_its_way.map(Shown::OnItsWay))
            .collect())
    }

    /// Puts other words and buttons into something that was said.
    pub(in crate::desk) async fn reword_shown(
        &mut self,
        shown: &Shown,
        question: QuestionId,
        role: Role,
        text: Rich,
        pushes: &[&[Push]],
    ) -> Result<()> {
        let buttons = self.buttons(shown.place(), question, pushes).await?;
        let change = Change::Words { text, buttons };
        let now = self.now;
        match shown {
            Shown::Arrived(message) => {
                let owed = change.of(message.id.clone());
                Ok(self.tx.owe(&message.place, Some(question), role, &owed, now).await?)
            }
            Shown::OnItsWay(row) => Ok(self.tx.owe_change(row, change, now).await?),
        }
    }

    /// Says something in a place, quoting a message there.
    pub(in crate::desk) async fn say(&mut self, place: &Place, quote: Option<&str>, text: Rich) -> Result<()> {
        let quote = self.quoted(quote);
        self.owe_text(place, text, Manner { quote, ..Manner::LINE }).await
    }

    /// The same for what cannot wait until questions are answered.
    pub(in crate::desk) async fn say_at_once(&mut self, place: &Place, quote: Option<&str>, text: Rich) -> Result<()> {
        let (quote, at_once) = (self.quoted(quote), true);
        let manner = Manner {
            quote,
            at_once,
            ..Manner::LINE
        };
        self.owe_text(place, text, manner).await
    }

    /// The same for what is said once in a while by itself: also to whoever was answered enough.
    pub(in crate::desk) async fn say_once(&mut self, place: &Place, quote: Option<&str>, text: Rich) -> Result<()> {
        let (quote, once) = (self.quoted(quote), true);
        let manner = Manner {
            quote,
            once,
            ..Manner::LINE
        };
        self.owe_text(place, text, manner).await
    }

    fn quoted<'q>(&self, quote: Option<&'q str>) -> Option<(&'q str, Option<Masked>)> {
        quote.map(|quote| (quote, self.author_of(quote)))
    }

    /// Who wrote the message that is quoted, by the name shown, as far as it is the one that is answered.
    fn author_of(&self, quote: &str) -> Option<Masked> {
        let hearing = self.hearing.as_ref().filter(|hearing| hearing.message == quote);
        hearing.map(|hearing| hearing.name.clone())
    }

    /// Says something about a question where it was asked, quoting the asker's message.
    pub(in crate::desk) async fn say_about(
        &mut self,
        question: &Question,
        role: Role,
        text: Rich,
        buttons: &[&[Push]],
    ) -> Result<()> {
        let place = question.place().clone();
        let quote = Some((question.message.id.as_str(), Some(question.asker_name.clone())));
        let manner = Manner {
            quote,
            buttons,
            ..Manner::about(question.id, role)
        };
        self.owe_text(&place, text, manner).await
    }

    /// Says something about a question among staff, under what stands there about it.
    pub(in crate::desk) async fn say_under(
        &mut self,
        place: &Place,
        card: Option<&str>,
        id: QuestionId,
        role: Role,
        text: Rich,
        buttons: &[&[Push]],
    ) -> Result<()> {
        // That it comes late is said to the asker.
        let late = self.late.take();
        let quote = card.map(|card| (card, None));
        let manner = Manner {
            quote,
            buttons,
            ..Manner::about(id, role)
        };
        let owed = self.owe_text(place, text, manner).await;
        self.late = late;
        owed
    }

    /// Says something with buttons that are about no question.
    pub(in crate::desk) async fn say_with(&mut self, place: &Place, text: Rich, pushes: &[&[Push]]) -> Result<()> {
        let buttons = self.make_buttons(place, None, pushes).await?;
        let owed = Owed::Message {
            text,
            buttons,
            quote: None,
            whom: None,
            ask_contact: false,
        };
        Ok(self.tx.owe(place, None, Role::Line, &owed, self.now).await?)
    }

    /// Says something in whose lines entries are named by number: each can be pressed to see it.
    pub(in crate::desk) async fn say_entries(
        &mut self,
        place: &Place,
        quote: Option<&str>,
        text: Rich,
        entries: &[u32],
    ) -> Result<()> {
        let quote = self.quoted(quote);
        let pushes: Vec<Push> = entries.iter().copied().map(Push::Look).collect();
        let rows: Vec<&[Push]> = pushes.chunks(4).collect();
        let manner = Manner {
            quote,
            buttons: &rows,
            ..Manner::LINE
        };
        self.owe_text(place, text, manner).await
    }

    /// The helper's line of a private chat, with the button that shares one's own contact.
    pub(in crate::desk) async fn ask_contact(&mut self, place: &Place, text: Rich) -> Result<()> {
        let ask_contact = true;
        self.owe_text(
            place,
            text,
            Manner {
                ask_contact,
                ..Manner::LINE
            },
        )
        .await
    }

    /// Owes a text, in parts that the channel can take; buttons hang on the last part. Of somebody who was answered enough
    /// only a question is answered, when nothing else is owed there.
    async fn owe_text(&mut self, place: &Place, text: Rich, manner: Manner<'_>) -> Result<()> {
        if manner.question.is_none() && manner.buttons.is_empty() && self.told_on_page(place, &text) {
            return Ok(());
        }
        let (question, turn) = (manner.question, self.turn(place).await?);
        let (text, aside) = match (question, turn) {
            (None, Turn::Spent) if manner.once => (text, true),
            (None, Turn::Own) => (text, self.is_heard_in(place) && !manner.at_once),
            (None, Turn::Spent) if self.tells_enough(place).await? => (wording::answered_enough(), true),
            (None, Turn::Spent) => return Ok(()),
            (Some(_), turn) => (text, turn == Turn::Spent),
        };
        let text = match self.late.take_if(|_| manner.quote.is_some()) {
            Some(at) => wording::late(zone::local(&self.desk.config.timezone, at), text),
            None => text,
        };
        let can = self.desk.channels.can(&place.channel);
        let buttons = self.make_buttons(place, question, manner.buttons).await?;
        let (quote, whom) = manner.quote.unzip();
        let owed = Owed::Message {
            text,
            buttons,
            quote: quote.map(str::to_owned),
            whom: whom.flatten().filter(|name| !can.quote && !name.is_empty()),
            ask_contact: manner.ask_contact,
        };
        let lane = if aside { Lane::Aside } else { Lane::Chat };
        for owed in fit::parts(owed, question, &can) {
            self.tx
                .owe_in((place, lane), question, manner.role, &owed, self.now)
                .await?;
        }
        Ok(())
    }

    /// Makes tokens for a question's buttons in a place.
    pub(in crate::desk) async fn buttons(
        &mut self,
        place: &Place,
        question: QuestionId,
        rows: &[&[Push]],
    ) -> Result<Vec<Vec<Button>>> {
        self.make_buttons(place, Some(question), rows).await
    }

    async fn make_buttons(
        &mut self,
        place: &Place,
        question: Option<QuestionId>,
        rows: &[&[Push]],
    ) -> Result<Vec<Vec<Button>>> {
        let mut made = Vec::with_capacity(rows.len());
        let mut kept = Vec::new();
        for row in rows {
            let mut buttons = Vec::with_capacity(row.len());
            for push in *row {
                let token =
                    crate::secret::new().map_err(|error| StoreError::inconsistent("buttons", "random", error))?;
                kept.push((token.clone(), push.key()));
                buttons.push(Button {
                    label: push.label(),
                    token,
                    typed: push.typed(question),
                });
            }
            made.push(buttons);
        }
        let expires = self.now.plus(BUTTON_MS);
        self.tx.add_buttons(&kept, place, question, expires).await?;
        Ok(made)
    }

    /// Takes the buttons off everything that was said about a question: they no longer do anything.
    pub(in crate::desk) async fn strip(&mut self, question: QuestionId) -> Result<()> {
        self.show_buttons(question, &Role::WITH_BUTTONS, &[]).await
    }

    /// Puts these buttons in the place of others under what was said in these roles; on what is still on its way too.
    pub(in crate::desk) async fn show_buttons(
        &mut self,
        question: QuestionId,
        roles: &[Role],
        pushes: &[&[Push]],
    ) -> Result<()> {
        for link in self.tx.links_with_buttons(question).await? {
            if !roles.contains(&link.role) {
                continue;
            }
            let place = link.message.place.clone();
            let buttons = self.buttons(&place, question, pushes).await?;
            let owed = Change::Buttons(buttons).of(link.message.id.clone());
            self.tx.owe(&place, None, Role::Buttons, &owed, self.now).await?;
            if pushes.is_empty() {
                self.tx.forget_link_body(&link.message).await?;
            }
        }
        for row in self.tx.unsent_about(question).await? {
            if row.due.has_buttons() && roles.contains(&row.role) {
                let buttons = self.buttons(&row.place, question, pushes).await?;
                self.tx.owe_change(&row, Change::Buttons(buttons), self.now).await?;
            }
        }
        Ok(())
    }

    /// Answers a press with a notice that only the presser sees.
    pub(in crate::desk) async fn toast(&mut self, place: &Place, press: &str, account: &str, text: &str) -> Result<()> {
        if self.told_on_page(place, &text.into()) {
            return Ok(());
        }
        let text: String = text.chars().take(200).collect();
        let owed = Owed::Toast {
            press: press.to_owned(),
            account: account.to_owned(),
            text,
        };
        self.tx.owe(place, None, Role::Toast, &owed, self.now).await?;
        Ok(())
    }
}
