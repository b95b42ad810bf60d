//! What a message that belongs to a question is for: heard from the asker, said as answer, card, notice …

/// What a message is for, as outbox and links keep it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Words of the asker that are part of the question.
    Ask,
    /// The same asked again, or a picture that was added.
    Again,
    /// The bot's answer or choices.
    Answer,
    /// The card that calls a helper.
    Card,
    /// What the asker and the helper are told of the question.
    Notice,
    /// A helper's reply.
    Reply,
    /// The question for a rating.
    Rating,
    /// An answer that was taken back.
    Withdrawn,
    /// The masked copy in the guidance group.
    City,
    /// The city's advice, as the helper sees it.
    Advice,
    /// The message in which the city gave advice, as it was written.
    Advised,
    /// What one helper alone is told: an offer, that it was declined.
    Whisper,
    /// Pictures that travel with a question.
    Media,
    /// Other buttons under something said.
    Buttons,
    /// A notice only the presser sees.
    Toast,
    /// A message that is removed.
    Delete,
    /// Said once; nothing follows from it. Also what a newer program wrote.
    Line,
}

impl Role {
    const ALL: [Role; 17] = [
        Role::Ask,
        Role::Again,
        Role::Answer,
        Role::Card,
        Role::Notice,
        Role::Reply,
        Role::Rating,
        Role::Withdrawn,
        Role::City,
        Role::Advice,
        Role::Advised,
        Role::Whisper,
        Role::Media,
        Role::Buttons,
        Role::Toast,
        Role::Delete,
        Role::Line,
    ];

    /// Roles that may carry buttons which do something to the question.
    pub const WITH_BUTTONS: [Role; 7] = [
        Role::Answer,
        Role::Card,
        Role::Notice,
        Role::Reply,
        Role::Rating,
        Role::Advice,
        Role::Whisper,
    ];

    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Role::Ask => "ask",
            Role::Again => "again",
            Role::Answer => "answer",
            Role::Card => "card",
            Role::Notice => "notice",
            Role::Reply => "reply",
            Role::Rating => "rating",
            Role::Withdrawn => "withdrawn",
            Role::City => "city",
            Role::Advice => "advice",
            Role::Advised => "advised",
            Role::Whisper => "whisper",
            Role::Media => "media",
            Role::Buttons => "buttons",
            Role::Toast => "toast",
            Role::Delete => "delete",
            Role::Line => "line",
        }
    }

    /// The role of a name; one of a newer program is read as a line.
    pub fn read(key: &str) -> Role {
        let known = Role::ALL.into_iter().find(|role| role.key() == key);
        known.unwrap_or(Role::Line)
    }

    /// Whether a helper who replies to such a message replies to the asker.
    pub fn takes_a_helpers_reply(self) -> bool {
        match self {
            Role::Ask | Role::Again | Role::Card | Role::Notice | Role::Advice | Role::Whisper => true,
            Role::Answer
            | Role::Reply
            | Role::Rating
            | Role::Withdrawn
            | Role::City
            | Role::Advised
            | Role::Media
            | Role::Buttons
            | Role::Toast
            | Role::Delete
            | Role::Line => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_read_from_its_name() {
        assert!(Role::ALL.into_iter().all(|role| Role::read(role.key()) == role));
        assert_eq!(Role::read("of a newer program"), Role::Line);
    }
}
