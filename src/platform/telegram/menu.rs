//! The menu of commands that Telegram shows beside the text field.

use teloxide::payloads::{self, SetMyCommandsSetters};
use teloxide::types::{BotCommand, BotCommandScope};

use super::api::Api;
use crate::domain::wording::MENU;

/// Puts the menu up in private chats, in groups and everywhere else. A failure only costs the menu.
pub(super) async fn publish(api: Api) {
    let commands = MENU.map(|(command, description)| BotCommand::new(command, description));
    for scope in [
        BotCommandScope::Default,
        BotCommandScope::AllPrivateChats,
        BotCommandScope::AllGroupChats,
    ] {
        let payload = payloads::SetMyCommands::new(commands.clone()).scope(scope);
        if let Err(error) = api.call(&payload).await {
            tracing::warn!(%error, "telegram: command menu not set");
            return;
        }
    }
}
