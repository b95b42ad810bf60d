//! What the Bot API says when it does not do what was asked, told apart by what the courier must do next.
//! The texts are the server's own (tdlib/telegram-bot-api, Client.cpp); codes alone do not tell a mute from a kick.

use crate::platform::{Refused, SendError};

/// How long a send waits while the token is not accepted: only the operator can mend that.
const WRONG_TOKEN_WAIT_MS: i64 = 60_000;

/// Why a call brought no result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApiError {
    /// The request did not reach the Bot API.
    #[error("not sent: {0}")]
    NotSent(String),
    /// The Bot API answered that it did not do it.
    #[error("{code} {description}")]
    Api {
        /// `error_code`, or the HTTP status.
        code: i64,
        /// The server's text, without what people wrote.
        description: String,
        /// Seconds to wait (flood control).
        retry_after: Option<i64>,
        /// The supergroup a basic group became.
        migrate_to: Option<i64>,
    },
    /// The request went out and no readable answer came back.
    #[error("no answer: {0}")]
    Unknown(String),
}

impl ApiError {
    /// The server's text contains one of `parts` (lower case).
    pub(super) fn says(&self, parts: &[&str]) -> bool {
        match self {
            ApiError::Api { description, .. } => contains(&description.to_lowercase(), parts),
            ApiError::NotSent(_) | ApiError::Unknown(_) => false,
        }
    }

    /// The server's code, if the server answered.
    pub fn code(&self) -> Option<i64> {
        match self {
            ApiError::Api { code, .. } => Some(*code),
            ApiError::NotSent(_) | ApiError::Unknown(_) => None,
        }
    }

    /// The token is not accepted: `Unauthorized`, or `Not Found` for one that is not even shaped like a token.
    pub fn wrong_token(&self) -> bool {
        matches!(self.code(), Some(401 | 404))
    }

    /// The message already is what it should become; Telegram calls that an error.
    pub(super) fn not_modified(&self) -> bool {
        self.says(&["message is not modified"])
    }

    /// The HTML was not understood: the same words go out plain.
    pub(super) fn bad_markup(&self) -> bool {
        self.says(&["can't parse entities", "can't parse message text"])
    }

    /// The forum topic is closed or gone: the same words go to the General topic.
    pub(super) fn bad_topic(&self) -> bool {
        self.says(&[
            "message thread not found",
            "topic_closed",
            "topic_deleted",
            "topic_id_invalid",
        ])
    }

    /// The press is older than Telegram remembers (its query id dies within minutes).
    pub(super) fn press_too_old(&self) -> bool {
        self.says(&["query is too old", "query id is invalid", "query_id_invalid"])
    }

    /// What the courier must know. `private`: the chat is one person's.
    pub fn into_send_error(self, private: bool) -> SendError {
        let (code, description, retry_after, migrate_to) = match self {
            ApiError::NotSent(reason) => {
                return SendError::NotSent {
                    reason,
                    retry_after_ms: None,
                };
            }
            ApiError::Unknown(reason) => return SendError::Unknown(reason),
            ApiError::Api {
                code,
                description,
                retry_after,
                migrate_to,
            } => (code, description, retry_after, migrate_to),
        };
        if let Some(chat) = migrate_to {
            return SendError::Refused(Refused::Moved(chat.to_string()));
        }
        if retry_after.is_some() || matches!(code, 401 | 404 | 409 | 429 | 500..) {
            let wait = match code {
                401 | 404 => Some(WRONG_TOKEN_WAIT_MS),
                _ => retry_after.map(|seconds| seconds.max(1).saturating_mul(1000)),
            };
            return SendError::NotSent {
                reason: format!("{code} {description}"),
                retry_after_ms: wait,
            };
        }
        SendError::Refused(refused(description, private))
    }
}

fn contains(text: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| text.contains(part))
}

const LOST: &[&str] = &[
    "bot was kicked",
    "bot is not a member",
    "chat was deleted",
    "chat is deactivated",
];
const MUTED: &[&str] = &[
    "not enough rights",
    "have no rights to send",
    "chat_write_forbidden",
    "chat_admin_required",
    "chat_restricted",
];
const UNREACHABLE: &[&str] = &[
    "blocked by the user",
    "user is deactivated",
    "can't initiate conversation",
    "can't send messages to bots",
    "user not found",
];
const GONE: &[&str] = &[
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
    "message to copy not found",
    "message can't be copied",
    "message_id_invalid",
];

fn refused(description: String, private: bool) -> Refused {
    let text = description.to_lowercase();
    let no_chat = contains(&text, &["chat not found", "peer_id_invalid"]);
    if contains(&text, UNREACHABLE) || (no_chat && private) {
        Refused::Unreachable(description)
    } else if contains(&text, LOST) || no_chat {
        Refused::Lost(description)
    } else if contains(&text, MUTED) {
        Refused::Muted(description)
    } else if contains(&text, GONE) {
        Refused::Gone(description)
    } else {
        Refused::Other(description)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(code: i64, description: &str) -> ApiError {
        ApiError::Api {
            code,
            description: description.to_owned(),
            retry_after: None,
            migrate_to: None,
        }
    }

    #[test]
    fn the_servers_own_texts_are_told_apart() {
        let kind = |error: SendError| match error {
            SendError::NotSent { retry_after_ms, .. } => format!("not sent {retry_after_ms:?}"),
            SendError::Unknown(_) => "unknown".to_owned(),
            SendError::Refused(Refused::Moved(to)) => format!("moved {to}"),
            SendError::Refused(Refused::Muted(_)) => "muted".to_owned(),
            SendError::Refused(Refused::Lost(_)) => "lost".to_owned(),
            SendError::Refused(Refused::Unreachable(_)) => "unreachable".to_owned(),
            SendError::Refused(Refused::Gone(_)) => "gone".to_owned(),
            SendError::Refused(Refused::Other(_)) => "other".to_owned(),
        };
        let table = [
            (400, "Bad Request: message to edit not found", "gone"),
            (400, "Bad Request: message can't be edited", "gone"),
            (400, "Bad Request: message is too long", "other"),
            (400, "Bad Request: message text is empty", "other"),
            (400, "Bad Request: BUTTON_DATA_INVALID", "other"),
            (
                400,
                "Bad Request: not enough rights to send text messages to the chat",
                "muted",
            ),
            (400, "Bad Request: CHAT_WRITE_FORBIDDEN", "muted"),
            (403, "Forbidden: bot was blocked by the user", "unreachable"),
            (403, "Forbidden: user is deactivated", "unreachable"),
            (
                403,
                "Forbidden: bot can't initiate conversation with a user",
                "unreachable",
            ),
            (403, "Forbidden: bot was kicked from the group chat", "lost"),
            (403, "Forbidden: bot was kicked from the supergroup chat", "lost"),
            (403, "Forbidden: bot is not a member of the supergroup chat", "lost"),
            (403, "Forbidden: the group chat was deleted", "lost"),
            (400, "Bad Request: chat not found", "lost"),
            (401, "Unauthorized", "not sent Some(60000)"),
            (404, "Not Found", "not sent Some(60000)"),
            (500, "Internal Server Error: restart", "not sent None"),
            (502, "Bad Gateway", "not sent None"),
        ];
        for (code, text, expected) in table {
            assert_eq!(kind(said(code, text).into_send_error(false)), expected, "{text}");
        }
        let nobody = said(400, "Bad Request: chat not found").into_send_error(true);
        assert_eq!(kind(nobody), "unreachable", "a private chat that was never opened");
    }

    #[test]
    fn waiting_times_and_new_group_ids_are_carried_over() {
        let flood = ApiError::Api {
            code: 429,
            description: "Too Many Requests: retry after 7".to_owned(),
            retry_after: Some(7),
            migrate_to: None,
        };
        assert!(matches!(
            flood.into_send_error(false),
            SendError::NotSent {
                retry_after_ms: Some(7000),
                ..
            }
        ));
        let moved = ApiError::Api {
            code: 400,
            description: "Bad Request: group chat was upgraded to a supergroup chat".to_owned(),
            retry_after: None,
            migrate_to: Some(-100_1234),
        };
        assert_eq!(
            moved.into_send_error(false),
            SendError::Refused(Refused::Moved("-1001234".to_owned()))
        );
    }

    #[test]
    fn some_errors_have_a_second_way() {
        assert!(said(400, "Bad Request: can't parse entities: Unsupported start tag").bad_markup());
        assert!(said(400, "Bad Request: message thread not found").bad_topic());
        assert!(said(400, "Bad Request: TOPIC_CLOSED").bad_topic());
        let late = "Bad Request: query is too old and response timeout expired or query ID is invalid";
        assert!(said(400, late).press_too_old());
        assert!(
            said(
                400,
                "Bad Request: message is not modified: specified new message content is the same"
            )
            .not_modified()
        );
    }
}
