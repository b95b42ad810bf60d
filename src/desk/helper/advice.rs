//! What the city desk answers in the guidance group: passed on to the helper who has the question, who decides what is
//! said; also what of it comes later, as another picture of the same album or with other words.

use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::said::Said;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::Told;
use crate::desk::helper::reply::{self, Kept, Reply};
use crate::domain::asking::history::Step;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::{Question, Refusal};
use crate::domain::asking::request::Adopted;
use crate::domain::chat::message::{Media, MessageRef};
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::privacy::{self, Masked};
use crate::domain::roster::people::Person;
use crate::domain::wording;
use crate::domain::wording::Named;
use crate::store::links::Link;

/// A reply of the city desk to the copy in the guidance group.
pub(in crate::desk) async fn city_advises(
    sitting: &mut Sitting<'_>,
    said: &Said<'_>,
    question: &Question,
    words: &str,
) -> Result<()> {
    let id = question.id;
    let quote = Some(said.heard.id.as_str());
    let (Some(adviser), Some(holder)) = (said.person.clone(), question.state.holder()) else {
        let text = wording::refusal(&Refusal::NotNow, Some(id), None);
        return sitting.say(&said.incoming.place, quote, text.into()).await;
    };
    let media = &said.heard.media;
    if words.trim().is_empty() && media.is_empty() {
        return sitting.say(&said.incoming.place, quote, wording::type_it()).await;
    }
    let advice = advice(words, media);
    let (by, kept) = (adviser.id, advice.as_str().to_owned());
    let step = sitting.note(id, &Step::CityAdvised { by, words: kept }).await?;
    let Some(named) = sitting.named(holder, &said.incoming.place.channel).await? else {
        return Ok(());
    };
    let words = |_: Spot, _: &[Named]| wording::city_advice(id, &adviser.name, &advice);
    let message = said.message();
    let told = Told {
        buttons: &[&[Push::Adopt(Adopted::Advice(step))]],
        media,
        from: Some(&message),
        ..Told::words(News::Advice, std::slice::from_ref(&holder), &words)
    };
    let before = sitting.on_their_way(id, Role::Advice).await?;
    let reached = sitting.tell_staff(std::slice::from_ref(question), &told).await?;
    let mut copies = sitting.on_their_way(id, Role::Advice).await?;
    copies.retain(|row| !before.contains(row));
    let kept = Kept {
        words: reply::masked(&said.heard.text).as_str().to_owned(),
        media: media.clone(),
        copies,
    };
    sitting.keep_said(&message, id, Role::Advised, &kept).await?;
    let text = match reached {
        true => wording::advice_passed_on(id, &named.public.name),
        false => wording::helper_unreachable(id, &named),
    };
    sitting.say(&said.incoming.place, quote, text).await
}

/// Advice as it is passed on: its words masked, or what stands for them.
fn advice(words: &str, media: &[Media]) -> Masked {
    match words.trim().is_empty() {
        true => privacy::mask(&wording::in_place_of_words(media)),
        false => privacy::mask(&privacy::printable(words)),
    }
}

/// One more picture of an album that is advice, or its words: still one advice.
pub(in crate::desk) async fn album_goes_on(
    sitting: &mut Sitting<'_>,
    question: &Question,
    adviser: &Person,
    given: Reply<'_>,
    link: &Link,
) -> Result<()> {
    let before = Kept::of(link).words;
    let parts = [before.as_str(), given.words].map(str::trim);
    let words = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let (words, message) = (words.join("\n"), given.message.clone());
    let given = Reply { words: &words, ..given };
    goes_on(sitting, question, adviser, &given, link).await?;
    let place = &link.message.place;
    let first = sitting
        .tx
        .link_of(&place.channel, &place.chat, &link.message.id)
        .await?;
    if let (Some(first), Some(message)) = (first, message) {
        let kept = Kept::of(&first);
        sitting.keep_said(&message, question.id, Role::Advised, &kept).await?;
    }
    Ok(())
}

/// Advice says something else now: so does what the helper has, who may have sent it on already and is told.
pub(in crate::desk) async fn advice_changes(
    sitting: &mut Sitting<'_>,
    question: &Question,
    adviser: &Person,
    given: &Reply<'_>,
    link: &Link,
) -> Result<()> {
    let Some(holder) = question.state.holder() else {
        return Ok(());
    };
    if !goes_on(sitting, question, adviser, given, link).await? {
        return Ok(());
    }
    let (id, by) = (question.id, &adviser.name);
    let words = |_: Spot, _: &[Named]| wording::city_advice_changed(id, by);
    let told = Told::words(News::Advice, std::slice::from_ref(&holder), &words);
    sitting.tell_staff(std::slice::from_ref(question), &told).await?;
    Ok(())
}

/// Changes what was passed on to what is given now, and passes on what is new; true if its words are others.
async fn goes_on(
    sitting: &mut Sitting<'_>,
    question: &Question,
    adviser: &Person,
    given: &Reply<'_>,
    link: &Link,
) -> Result<bool> {
    let (id, kept) = (question.id, Kept::of(link));
    let new = |media: &&Media| !kept.media.iter().any(|known| known.same(media));
    let more: Vec<Media> = given.media.iter().filter(new).cloned().collect();
    let words = reply::masked(given.words);
    let changes = words.as_str() != kept.words;
    let now = Kept {
        words: words.as_str().to_owned(),
        media: [kept.media.as_slice(), &more].concat(),
        copies: kept.copies.clone(),
    };
    if changes {
        let advice = advice(given.words, &now.media);
        let (by, kept) = (adviser.id, advice.as_str().to_owned());
        let step = sitting.note(id, &Step::CityAdvised { by, words: kept }).await?;
        for copy in &now.copies {
            if let Some(shown) = sitting.copy(id, *copy).await? {
                let text = wording::city_advice(id, &adviser.name, &advice);
                let adopt = Push::Adopt(Adopted::Advice(step));
                sitting
                    .reword_shown(&shown, id, Role::Advice, text, &[&[adopt]])
                    .await?;
            }
        }
    }
    pass_on(sitting, question, &more, given.message.as_ref()).await?;
    sitting.keep_said(&link.message, id, Role::Advised, &now).await?;
    Ok(changes)
}

/// Media alone, to whoever has the question.
async fn pass_on(
    sitting: &mut Sitting<'_>,
    question: &Question,
    media: &[Media],
    from: Option<&MessageRef>,
) -> Result<()> {
    let Some(holder) = question.state.holder().filter(|_| !media.is_empty()) else {
        return Ok(());
    };
    let nothing = |_: Spot, _: &[Named]| Rich::default();
    let told = Told {
        media,
        from,
        ..Told::words(News::Advice, std::slice::from_ref(&holder), &nothing)
    };
    sitting.tell_staff(std::slice::from_ref(question), &told).await?;
    Ok(())
}
