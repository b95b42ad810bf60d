//! How much one account is answered in a group: so much a minute, then one short word, then nothing, so that nobody who
//! asks waits for somebody who plays. A question is a question all the same; what is said about it comes when nothing
//! else is owed.

use crate::desk::Result;
use crate::desk::ground::sitting::{Sitting, Turn};
use crate::domain::chat::message::{Account, Place};

/// Messages of one account that are answered in a group within this time; with the word that it is enough six (R29).
const ANSWERED: u32 = 5;
const WITHIN_MS: i64 = 60_000;

impl Sitting<'_> {
    /// Whether what is said in a place is said to a message that is answered there.
    pub(in crate::desk) fn is_heard_in(&self, place: &Place) -> bool {
        let heard = self.hearing.as_ref();
        heard.is_some_and(|hearing| hearing.place.channel == place.channel && hearing.place.chat == place.chat)
    }

    /// The turn of what is said to the message that is answered: taken once for a message, whatever is said to it. People of
    /// the roster answer for what they write.
    pub(in crate::desk) async fn turn(&mut self, place: &Place) -> Result<Turn> {
        let heard = self.is_heard_in(place);
        let Some((account, taken)) = self.hearing.as_ref().map(|one| (one.account.clone(), one.turn)) else {
            return Ok(Turn::Own);
        };
        if let Some(turn) = taken.or((!heard).then_some(Turn::Own)) {
            return Ok(turn);
        }
        let turn = match self.tx.person_of(&account).await? {
            Some(_) => Turn::Own,
            None => self.of_stranger(&account, place).await?,
        };
        if let Some(hearing) = &mut self.hearing {
            hearing.turn = Some(turn);
        }
        Ok(turn)
    }

    async fn of_stranger(&mut self, account: &Account, place: &Place) -> Result<Turn> {
        let until = self.now.plus(WITHIN_MS);
        for at in 1..=ANSWERED {
            let what = format!("answered:{}:{at}", place.chat);
            if self.tx.tell_once(account, &what, until, self.now).await? {
                return Ok(Turn::Own);
            }
        }
        Ok(Turn::Spent)
    }

    /// Whether whoever was answered enough is to be told so now: once in a while.
    pub(in crate::desk) async fn tells_enough(&mut self, place: &Place) -> Result<bool> {
        let Some(account) = self.hearing.as_ref().map(|hearing| hearing.account.clone()) else {
            return Ok(false);
        };
        let (what, until) = (format!("answered:{}", place.chat), self.now.plus(WITHIN_MS));
        Ok(self.tx.tell_once(&account, &what, until, self.now).await?)
    }
}
