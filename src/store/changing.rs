//! Lines of the bot that are changed while what they tell of goes on.

use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::chat::message::Place;
use crate::domain::chat::owed::Owed;
use crate::domain::chat::role::Role;

impl Tx {
    /// Owes a line that will be changed; the number of its row.
    pub async fn owe_changing(&mut self, place: &Place, owed: &Owed, now: Millis) -> Result<i64> {
        self.owe_row(place, None, Role::Line, owed, None, now).await
    }

    /// Changes the line of a row, behind it in its chat.
    pub async fn owe_change_of(&mut self, row: i64, place: &Place, change: &Owed, now: Millis) -> Result<()> {
        let changed = self.owe_row(place, None, Role::Line, change, Some(row), now);
        changed.await.map(drop)
    }
}
