//! `/mode` 方式: how the bot may speak in a group. Set by whoever arranges things for its bureau, at once, and audited.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::domain::chat::group::{Group, GroupId};
use crate::domain::chat::message::Incoming;
use crate::domain::chat::mode::{Mode, Modes};
use crate::domain::chat::rich::Rich;
use crate::domain::roster::people::PersonId;
use crate::domain::roster::rights::Right;
use crate::domain::wording;

/// `/mode [方式 [类别]]`: what is answered.
pub(in crate::desk) async fn set_mode(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    group: Option<&Group>,
    words: &str,
) -> Result<Rich> {
    let Some((group, bureau)) = group.and_then(|group| Some((group, group.bureau()?))) else {
        return Ok(wording::mode_usage());
    };
    let bureau = sitting.bureau(bureau);
    let mut modes = group.modes.clone();
    let (word, category) = words
        .trim()
        .split_once(char::is_whitespace)
        .unwrap_or((words.trim(), ""));
    let otherwise = sitting.desk.config.mode_for(&bureau.name);
    if word.is_empty() {
        return Ok(wording::modes(modes.of(None, otherwise), &modes.by_category));
    }
    if !sitting.may(incoming, Right::SetMode, bureau.id).await? {
        return Ok(wording::mode_not_allowed());
    }
    let Some(mode) = Mode::from_word(word) else {
        return Ok(wording::mode_usage());
    };
    let category = category.trim();
    if category.is_empty() {
        modes.all = Some(mode);
    } else if sitting.served.faq().categories().contains_key(category) {
        modes.by_category.insert(category.to_owned(), mode);
    } else {
        return Ok(wording::no_such_category(&category.into()));
    }
    let person = sitting.person(&incoming.account()).await?.map(|person| person.id);
    put_modes(sitting, person, group.id, &modes, words.trim()).await?;
    Ok(wording::modes(modes.of(None, otherwise), &modes.by_category))
}

/// Keeps how the bot may speak in a group, by whom and in which words.
pub(in crate::desk) async fn put_modes(
    sitting: &mut Sitting<'_>,
    by: Option<PersonId>,
    group: GroupId,
    modes: &Modes,
    words: &str,
) -> Result<()> {
    sitting.tx.set_modes(group, modes).await?;
    sitting.audit(by, "mode", &format!("group {}", group.0), words).await
}
