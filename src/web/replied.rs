//! What somebody replies to, where they may see it.

use super::Web;
use super::failure::Failure;
use super::here::Here;
use super::show;
use crate::domain::chat::message::ReplyTo;
use crate::platform::webgroup::BOT;
use crate::store::Tx;

/// The message that another one replies to, if it does, and what it says.
#[derive(Default)]
pub struct Replied {
    /// It.
    pub to: Option<ReplyTo>,
    /// What it says; nothing where the bot said it.
    pub words: String,
}

impl Replied {
    /// The message `id` of this room, where who writes may see it: what they may not see is not there.
    pub async fn at(web: &Web, here: &Here, tx: &mut Tx, id: i64) -> Result<Replied, Failure> {
        let viewer = show::Viewer::of(web, here);
        let quoted = tx.room_message(here.room()?, id).await?;
        let quoted = match quoted.filter(|quoted| !quoted.deleted) {
            Some(quoted) if viewer.sees(tx, &quoted).await? => Some(quoted),
            Some(_) | None => None,
        };
        let quoted = quoted.ok_or(Failure::unfit("要回复的消息已不在了。请直接发送。"))?;
        let (id, to_bot) = (id.to_string(), quoted.author == BOT);
        Ok(Replied {
            to: Some(ReplyTo { id, to_bot }),
            words: if to_bot {
                String::new()
            } else {
                quoted.body.text.words()
            },
        })
    }
}
