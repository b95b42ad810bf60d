//! Lines of the bot that are changed while what they tell of goes on.

use super::outbox::Lane;
use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::chat::message::Place;
use crate::domain::chat::owed::{Change, Due, Owed};
use crate::domain::chat::role::Role;

impl Tx {
    /// Owes a line that will be changed; the number of its row.
    pub async fn owe_changing(&mut self, place: &Place, owed: &Owed, now: Millis) -> Result<i64> {
        let due = Due::Owed(owed.clone());
        self.owe_row((place, Lane::Chat), None, Role::Line, &due, now).await
    }

    /// Changes the line of a row, behind it in its chat.
    pub async fn owe_change_of(&mut self, row: i64, place: &Place, change: Change, now: Millis) -> Result<()> {
        let due = Due::ChangeOf { row, change };
        self.owe_row((place, Lane::Chat), None, Role::Line, &due, now)
            .await
            .map(drop)
    }
}
