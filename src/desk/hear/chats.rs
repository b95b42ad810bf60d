//! Chats themselves: binding a group, the bot coming and going, muted, moved.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::time::undelivered;
use crate::domain::chat::group::{Group, GroupKind, Standing};
use crate::domain::chat::message::{ChatEvent, ChatKind, Heard, Incoming};
use crate::domain::privacy::Masked;
use crate::domain::roster::people::Role;
use crate::domain::roster::rights::Right;
use crate::domain::wording;

/// `/bind 单位 [帮办|指导|值班]`: Admin any; a BureauAdmin their own bureau's, never 指导.
pub(in crate::desk) async fn bind(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    heard: &Heard,
    group: Option<&Group>,
    target: Option<&(Masked, GroupKind)>,
) -> Result<()> {
    let (place, quote) = (incoming.place.clone(), Some(heard.id.as_str()));
    let Some(group) = group else {
        return sitting.say(&place, quote, wording::bind_usage()).await;
    };
    let person = sitting.person(&incoming.account()).await?;
    let admin = sitting.is_named_admin(incoming) || person.as_ref().is_some_and(|person| person.has(Role::Admin));
    let Some((name, kind)) = target else {
        let text = if admin || person.is_some() {
            wording::bind_usage()
        } else {
            wording::bind_not_allowed()
        };
        return sitting.say(&place, quote, text).await;
    };
    let bureau = sitting.roster.bureau_named(name).cloned();
    let right = match kind {
        GroupKind::Guidance => Right::BindGuidance,
        GroupKind::Help | GroupKind::Duty => Right::BindGroup,
    };
    let own = person
        .as_ref()
        .zip(bureau.as_ref())
        .is_some_and(|(person, bureau)| sitting.has_right(person, right, bureau.id));
    if !admin && !own {
        sitting
            .note_not_allowed(&incoming.account(), person.map(|person| person.id), right)
            .await?;
        return sitting.say(&place, quote, wording::bind_not_allowed()).await;
    }
    let Some(bureau) = bureau else {
        let text = wording::no_such_bureau(name, &sitting.roster);
        return sitting.say(&place, quote, text).await;
    };
    if *kind == GroupKind::Guidance && !bureau.city {
        return sitting.say(&place, quote, wording::guidance_is_city()).await;
    }
    sitting.tx.bind_group(group.id, bureau.id, *kind).await?;
    let by = person.as_ref().map(|person| person.id);
    let what = format!("{} {}", bureau.name, kind.chinese());
    sitting
        .audit(by, "bind", &format!("group {}", group.id.0), &what)
        .await?;
    sitting.tx.set_standing(group.id, Standing::Member).await?;
    undelivered::bring_replies(sitting, group).await?;
    tracing::info!(
        group.id = group.id.0,
        bureau.id = bureau.id.0,
        kind = kind.key(),
        "group bound"
    );
    let hears_all = sitting.tx.note(&hearing(group)).await?.as_deref() != Some("no");
    sitting
        .say(&place, quote, wording::bound(&bureau.name, *kind, hears_all))
        .await
}

/// Something happened to a chat.
pub(in crate::desk) async fn chat_changed(
    sitting: &mut Sitting<'_>,
    incoming: &Incoming,
    event: &ChatEvent,
) -> Result<()> {
    let place = &incoming.place;
    if incoming.chat_kind == ChatKind::Private {
        return match event {
            ChatEvent::BotRemoved | ChatEvent::BotMuted => {
                Ok(sitting.tx.private_blocked(&place.channel.0, &place.chat).await?)
            }
            ChatEvent::BotAdded { .. }
            | ChatEvent::BotMayWrite { .. }
            | ChatEvent::MigratedTo(_)
            | ChatEvent::MemberLeft(_) => Ok(()),
        };
    }
    match event {
        ChatEvent::BotAdded { hears_all } | ChatEvent::BotMayWrite { hears_all } => {
            may_write(sitting, incoming, *hears_all).await
        }
        ChatEvent::BotRemoved => lost(sitting, incoming, Standing::Gone).await,
        ChatEvent::BotMuted => lost(sitting, incoming, Standing::Muted).await,
        ChatEvent::MigratedTo(new) => Ok(sitting.tx.move_chat(&place.channel, &place.chat, new).await?),
        // A helper who left one group still helps in private and elsewhere: nothing to do.
        ChatEvent::MemberLeft(_) => Ok(()),
    }
}

async fn may_write(sitting: &mut Sitting<'_>, incoming: &Incoming, hears_all: bool) -> Result<()> {
    let group = sitting
        .tx
        .meet_group(
            &incoming.place.channel,
            &incoming.place.chat,
            &incoming.title,
            sitting.now,
        )
        .await?;
    sitting.tx.set_standing(group.id, Standing::Member).await?;
    undelivered::bring_replies(sitting, &group).await?;
    let before = sitting.tx.note(&hearing(&group)).await?;
    sitting
        .tx
        .set_note(&hearing(&group), if hears_all { "yes" } else { "no" })
        .await?;
    if group.bound.is_none() {
        let never = sitting.now.plus(-365 * 24 * 3_600_000);
        if sitting.tx.tell_group_once(group.id, never, sitting.now).await? {
            sitting.say(&incoming.place, None, wording::unbound()).await?;
        }
        return Ok(());
    }
    if !hears_all && before.as_deref() != Some("no") {
        sitting.say(&incoming.place, None, wording::cannot_hear()).await?;
    }
    Ok(())
}

async fn lost(sitting: &mut Sitting<'_>, incoming: &Incoming, standing: Standing) -> Result<()> {
    let place = &incoming.place;
    match sitting.tx.group_of_chat(&place.channel, &place.chat).await? {
        Some(group) => undelivered::cannot_write(sitting, &group, standing).await,
        None => Ok(()),
    }
}

fn hearing(group: &Group) -> String {
    format!("hears:{}", group.id.0)
}
