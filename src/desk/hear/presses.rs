//! A press on a button: the token is looked up, and the right is checked anew.

use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::hear::{acts, off};
use crate::domain::asking::question::Refusal;
use crate::domain::chat::message::{Incoming, Press, SenderKind};
use crate::domain::wording;

/// A press: the token is looked up, and the right is checked anew.
pub(in crate::desk) async fn hear_press(sitting: &mut Sitting<'_>, incoming: &Incoming, press: &Press) -> Result<()> {
    let account = incoming.account();
    let known = sitting.tx.button(&press.token, sitting.now).await?;
    let pressed = known.filter(|known| known.channel == incoming.place.channel && known.chat == incoming.place.chat);
    let push = pressed.as_ref().and_then(|pressed| Push::from_key(&pressed.action));
    let (Some(pressed), Some(push)) = (pressed, push) else {
        let person = sitting.person(&account).await?.map(|person| person.id);
        sitting.note_refused(&account, person, None, "unknown button").await?;
        let text = wording::refusal(&Refusal::Stale, None, None);
        return sitting.toast(&incoming.place, &press.id, &account.id, &text).await;
    };
    let person = sitting.person(&account).await?;
    if person.is_none() && off::is_press_unheard(sitting, incoming, (pressed.question, push)).await? {
        let text = wording::off_here();
        return sitting.toast(&incoming.place, &press.id, &account.id, &text).await;
    }
    let faceless = incoming.from.kind != SenderKind::Person;
    let via = Via {
        place: incoming.place.clone(),
        account,
        person: person.filter(|_| !faceless),
        press: Some(press.id.clone()),
        text_id: None,
        link: None,
        media: Vec::new(),
        stuck: false,
    };
    acts::push(sitting, &via, pressed.question, push).await
}
