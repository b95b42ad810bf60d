//! What the bot may and may not do in a group, in sentences for the person who can change it.

use serde::Serialize;
use teloxide::requests::Payload;

use super::api::Api;
use super::shape::Member;

/// Own payload: what newer servers add to a member cannot hide the answer.
#[derive(Serialize)]
struct GetChatMember {
    chat_id: i64,
    user_id: i64,
}

impl Payload for GetChatMember {
    type Output = ();
    const NAME: &'static str = "GetChatMember";
}

/// What keeps the bot from its work in the group `chat`, one sentence each with what to do; empty if all is well.
///
/// Sources: Bot API "Privacy mode" (what a bot hears) and `chat_member` (for administrators only).
pub async fn diagnose(api: &Api, chat: i64) -> Vec<String> {
    let me = match api.me().await {
        Ok(me) => me,
        Err(error) if error.wrong_token() => {
            return vec!["Telegram 不认这个 token。请检查它是否与 BotFather 给的完全一致。".to_owned()];
        }
        Err(error) => return vec![format!("连不上 Telegram，请检查网络或代理。（{error}）")],
    };
    match api
        .call_for::<_, Member>(&GetChatMember {
            chat_id: chat,
            user_id: me.id,
        })
        .await
    {
        Ok(member) => told(&member, me.can_read_all_group_messages, &me.username),
        Err(error) if error.code().is_some_and(|code| code == 400 || code == 403) => {
            vec![format!(
                "机器人不在这个群里（{chat}）。请在群里添加成员 @{}。",
                me.username
            )]
        }
        Err(error) => vec![format!("查不到机器人在群里的权限，请稍后再试。（{error}）")],
    }
}

fn told(member: &Member, reads_all: bool, username: &str) -> Vec<String> {
    if !member.present() {
        return vec![format!("机器人不在这个群里。请在群里添加成员 @{username}。")];
    }
    let mut sentences = Vec::new();
    if member.muted() {
        sentences.push("机器人在群里被禁言，发不出消息。请群管理员解除对它的限制。".to_owned());
    }
    if !member.admin() && !reads_all {
        sentences.push(
            "机器人听不到群里的普通消息，只收得到命令和对它的回复。请把它设为群管理员；\
             或者在 BotFather 里用 /setprivacy 选 Disable，再把它移出群重新拉进来。"
                .to_owned(),
        );
    }
    if !member.admin() {
        sentences.push(
            "机器人不是群管理员：不知道谁退群，也删不掉带身份证号的消息。请把它设为群管理员，并勾选“删除消息”。"
                .to_owned(),
        );
    } else if member.can_delete_messages == Some(false) {
        sentences.push(
            "机器人是群管理员，但不能删除消息。请在它的管理员权限里勾选“删除消息”，以便删掉带身份证号的消息。"
                .to_owned(),
        );
    }
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_missing_right_is_named_with_its_remedy() {
        let table = [
            (r#"{"status":"administrator","can_delete_messages":true}"#, false, 0),
            (r#"{"status":"administrator","can_delete_messages":false}"#, false, 1),
            (r#"{"status":"member"}"#, true, 1),
            (r#"{"status":"member"}"#, false, 2),
            (
                r#"{"status":"restricted","is_member":true,"can_send_messages":false}"#,
                false,
                3,
            ),
            (r#"{"status":"left"}"#, true, 1),
        ];
        for (member, reads_all, expected) in table {
            let sentences = told(&serde_json::from_str(member).unwrap(), reads_all, "bangban_bot");
            assert_eq!(sentences.len(), expected, "{member}: {sentences:?}");
        }
    }
}
