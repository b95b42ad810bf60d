//! `/mydata` and `/forget`: everybody sees what is kept about them, and has it erased (个人信息保护法 第四十五条、第四十七条).

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::shortened;
use crate::domain::chat::message::Incoming;
use crate::domain::chat::rich::Rich;
use crate::domain::wording;

/// Questions named in one message.
const MOST: usize = 10;

pub(in crate::desk) async fn my_data(sitting: &mut Sitting<'_>, incoming: &Incoming) -> Result<Rich> {
    let account = incoming.account();
    let kept = sitting.tx.questions_of(&account).await?;
    let rows: Vec<_> = kept
        .iter()
        .rev()
        .take(MOST)
        .map(|question| (question.id, shortened(question.text.as_str())))
        .collect();
    let days = sitting.desk.config.keep.questions_ms / 86_400_000;
    let name = kept.last().map(|question| question.asker_name.clone());
    let person = sitting.person(&account).await?;
    Ok(wording::my_data(
        kept.len(),
        &rows,
        name.as_ref(),
        person.is_some(),
        days,
    ))
}

/// Erases what ended; what is open must be ended or withdrawn first, for somebody is working on it.
pub(in crate::desk) async fn forget_me(sitting: &mut Sitting<'_>, incoming: &Incoming, words: &str) -> Result<Rich> {
    let account = incoming.account();
    let open: Vec<_> = sitting
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
    let erased = sitting.tx.erase_asker(&account, sitting.now).await?;
    let count = erased.questions;
    sitting.desk.unwanted(erased.files);
    // Whose it was is not written down again.
    sitting
        .audit(None, "forget", "asker", &format!("{count} questions"))
        .await?;
    Ok(wording::forgotten(count))
}
