//! `/mydata` and `/forget`: everybody sees what is kept about them, and has it erased (个人信息保护法 第四十五条、第四十七条).

use super::{Result, Sitting};
use crate::domain::chat::message::Incoming;
use crate::domain::chat::rich::Rich;
use crate::domain::wording;

use super::queue::shortened;

/// Questions named in one message.
const MOST: usize = 10;

impl Sitting<'_> {
    pub(super) async fn my_data(&mut self, incoming: &Incoming) -> Result<Rich> {
        let account = incoming.account();
        let kept = self.tx.questions_of(&account).await?;
        let rows: Vec<_> = kept
            .iter()
            .rev()
            .take(MOST)
            .map(|question| (question.id, shortened(question.text.as_str())))
            .collect();
        let days = self.desk.config.keep.questions_ms / 86_400_000;
        let name = kept.last().map(|question| question.asker_name.clone());
        let person = self.person(&account).await?;
        Ok(wording::my_data(
            kept.len(),
            &rows,
            name.as_deref(),
            person.is_some(),
            days,
        ))
    }

    /// Erases what ended; what is open must be ended or withdrawn first, for somebody is working on it.
    pub(super) async fn forget_me(&mut self, incoming: &Incoming, words: &str) -> Result<Rich> {
        let account = incoming.account();
        let open: Vec<_> = self
            .tx
            .open_questions_of(&account)
            .await?
            .iter()
            .map(|question| question.id)
            .collect();
        if !open.is_empty() {
            return Ok(wording::forget_later(&open));
        }
        if words.trim() != wording::SURE {
            return Ok(wording::forget_confirm());
        }
        let count = self.tx.erase_asker(&account).await?;
        // Whose it was is not written down again.
        self.audit(None, "forget", "asker", &format!("{count} questions"))
            .await?;
        Ok(wording::forgotten(count))
    }
}
