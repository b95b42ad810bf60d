//! How something came in, and the ways back to whoever did it: a toast, a quoted line, a private chat.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::domain::asking::question::{QuestionId, Refusal};
use crate::domain::chat::message::{Account, ChatKind, Heard, Incoming, Media, Place};
use crate::domain::chat::rich::Rich;
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::roster::rights::Right;
use crate::domain::wording;
use crate::store::access;
use crate::store::links::Link;

/// That one account is refused the same is written down again after this long.
const NOTED_AGAIN_MS: i64 = 600_000;

/// How an act came in: by a press or by words, from whom, where.
pub(crate) struct Via {
    pub place: Place,
    pub account: Account,
    pub person: Option<Person>,
    /// The press, answered by a toast.
    pub press: Option<String>,
    /// The text command, answered by quoting it.
    pub text_id: Option<String>,
    /// What the text command replies to.
    pub link: Option<Link>,
    /// What the text command's message holds besides.
    pub media: Vec<Media>,
    /// Something in that message cannot be brought to another chat.
    pub stuck: bool,
}

impl Via {
    /// Who they are in the roster, if they are in it.
    pub(in crate::desk) fn person_id(&self) -> Option<PersonId> {
        self.person.as_ref().map(|person| person.id)
    }

    pub(in crate::desk) fn helper(&self) -> Option<&Person> {
        self.person.as_ref().filter(|person| person.is_helper())
    }
}

impl Sitting<'_> {
    /// What only the one who asked should read: in their private chat, also if they asked in a group.
    pub(in crate::desk) async fn answer_in_private(
        &mut self,
        incoming: &Incoming,
        heard: &Heard,
        text: Rich,
    ) -> Result<()> {
        if incoming.chat_kind == ChatKind::Private {
            return self.say(&incoming.place, Some(&heard.id), text).await;
        }
        match self.tx.private_chat(&incoming.account()).await? {
            Some(chat) => {
                let place = Place::chat(&incoming.place.channel, &chat);
                self.say(&place, None, text).await
            }
            None => {
                self.say(&incoming.place, Some(&heard.id), wording::in_private_please())
                    .await
            }
        }
    }

    /// A press is answered at once, so that the button stops spinning; a text command is answered by what follows.
    pub(in crate::desk) async fn acknowledge(&mut self, via: &Via) -> Result<()> {
        match &via.press {
            Some(press) => self.toast(&via.place, press, &via.account.id, wording::done()).await,
            None => Ok(()),
        }
    }

    /// A refused press gets a toast that only the presser sees; a refused text command gets one quoted reply.
    pub(in crate::desk) async fn refuse(&mut self, via: &Via, refusal: &Refusal, id: Option<QuestionId>) -> Result<()> {
        let holder = match (refusal, id) {
            (Refusal::HeldBy(person), _) => self.roster.person(*person).map(|person| person.name.clone()),
            (Refusal::NotHolder, Some(id)) => {
                let holder = self.tx.question(id).await?.and_then(|question| question.state.holder());
                holder
                    .and_then(|holder| self.roster.person(holder))
                    .map(|person| person.name.clone())
            }
            _ => None,
        };
        if let Some(why) = breach(refusal) {
            self.note_refused(&via.account, via.person.as_ref().map(|person| person.id), id, why)
                .await?;
        }
        self.refused_on_page();
        self.tell(via, wording::refusal(refusal, id, holder.as_deref())).await
    }

    /// Writes down that somebody tried what is not theirs to do. A stranger's account is written down as its digest:
    /// enough to know it again, not enough to know who it is.
    pub(in crate::desk) async fn note_refused(
        &mut self,
        account: &Account,
        person: Option<PersonId>,
        question: Option<QuestionId>,
        why: &str,
    ) -> Result<()> {
        let object = question.map_or_else(|| "button".to_owned(), |id| id.to_string());
        // Anybody can press for ever, and these rows stay: the same again is only counted.
        let (what, until) = (format!("refused:{why}:{object}"), self.now.plus(NOTED_AGAIN_MS));
        if !self.tx.tell_once(account, &what, until, self.now).await? {
            return Ok(self.tx.count_unwritten("refused").await?);
        }
        let note = format!("{why}, account {}", access::digest(account));
        self.tx.audit(person, "refused", &object, &note, self.now).await?;
        Ok(())
    }

    pub(in crate::desk) async fn tell(&mut self, via: &Via, text: String) -> Result<()> {
        match &via.press {
            Some(press) => self.toast(&via.place, press, &via.account.id, &text).await,
            None => self.say(&via.place, via.text_id.as_deref(), text.into()).await,
        }
    }

    /// Whether the sender may do something to a bureau; those named in the settings may do everything.
    pub(in crate::desk) async fn may(
        &mut self,
        incoming: &Incoming,
        right: Right,
        bureau: crate::domain::roster::people::BureauId,
    ) -> Result<bool> {
        if self.is_named_admin(incoming) {
            return Ok(true);
        }
        let person = self.person(&incoming.account()).await?;
        if person
            .as_ref()
            .is_some_and(|person| self.has_right(person, right, bureau))
        {
            return Ok(true);
        }
        self.note_not_allowed(&incoming.account(), person.map(|person| person.id), right)
            .await?;
        Ok(false)
    }

    /// Writes down that somebody gave a command that is not theirs to give; of one account and command once in a while.
    pub(in crate::desk) async fn note_not_allowed(
        &mut self,
        account: &Account,
        person: Option<PersonId>,
        right: Right,
    ) -> Result<()> {
        let (what, until) = (format!("refused:{right:?}"), self.now.plus(NOTED_AGAIN_MS));
        if !self.tx.tell_once(account, &what, until, self.now).await? {
            return Ok(());
        }
        let note = format!("{right:?} not allowed, account {}", access::digest(account));
        self.audit(person, "refused", "command", &note).await
    }

    /// One of the accounts that the settings name (BANGBAN_ADMINS).
    pub(in crate::desk) fn is_named_admin(&self, incoming: &Incoming) -> bool {
        self.desk.config.names_admin(&incoming.account())
    }
}

/// A refusal of what is not theirs; the others only come too late, or want a word more.
fn breach(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::NotYours => Some("not the asker"),
        Refusal::NotHelper => Some("no helper"),
        Refusal::NotHolder => Some("not its helper"),
        Refusal::NotOffered => Some("not offered"),
        Refusal::Stale => Some("unknown button"),
        Refusal::HeldBy(_)
        | Refusal::AlreadyYours
        | Refusal::Over
        | Refusal::NotNow
        | Refusal::TooLateToRelease
        | Refusal::ReasonNeeded
        | Refusal::WhyNeeded
        | Refusal::RatedAlready
        | Refusal::NoSuchQuestion => None,
    }
}
