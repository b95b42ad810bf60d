//! The town on a plain channel: no buttons, no changes, no quotes, 2,000 bytes a text, ids that say nothing. Everybody
//! reads what to type and types it. Stories stay as they are: what they expect is read out of the plain words here.

use std::collections::HashMap;

use bangban::domain::chat::capabilities::{Capabilities, ChatLimits, Pushes, TextLimit, TextUnit};
use bangban::domain::chat::owed::{Button, Owed};
use bangban::domain::wording;

const UNLIMITED: ChatLimits = ChatLimits {
    gap_ms: 0,
    per_minute: None,
};

/// What the town's own channel can do.
pub const FULL: Capabilities = Capabilities {
    buttons: true,
    edit: true,
    quote: true,
    text: TextLimit {
        most: 4096,
        unit: TextUnit::Utf16,
    },
    pushes: Pushes::Anytime,
    idempotent: false,
    vouches: true,
    private: UNLIMITED,
    group: UNLIMITED,
    per_second: 10_000,
};

/// What the plain channel can do.
pub const PLAIN: Capabilities = Capabilities {
    buttons: false,
    edit: false,
    quote: false,
    text: TextLimit {
        most: 2_000,
        unit: TextUnit::Bytes,
    },
    ..FULL
};

/// Stories that make no sense on a plain channel, with the reason. They are run all the same and must fail: one that
/// passes belongs off this list.
pub const NOT_ON_PLAIN: &[(&str, &str)] = &[
    (
        "a_digest_is_ended_by_its_button",
        "there is no button; what is typed instead is a story of its own",
    ),
    (
        "a_forged_or_foreign_token_changes_nothing",
        "there are no buttons, so no tokens to forge",
    ),
    (
        "putting_back_is_offered_for_two_minutes",
        "it is about which buttons a message shows later",
    ),
    (
        "a_human_who_answers_first_keeps_the_bot_still",
        "a reply to the asker's own message, before the bot has said a number",
    ),
    (
        "a_wrong_answer_is_withdrawn_where_it_stands",
        "it is about the old message being changed in its place",
    ),
    (
        "a_swap_is_agreed_to_by_button",
        "what is typed in the place of these buttons is the story of a swap that needs a yes",
    ),
    (
        "who_was_told_the_old_text_hears_of_the_new_one_once",
        "it is about the quote of the bot's own old message",
    ),
];

/// The reason why a story makes no sense on a plain channel.
pub fn why_not(story: &str) -> Option<&'static str> {
    let listed = NOT_ON_PLAIN.iter().find(|(name, _)| *name == story);
    listed.map(|(_, reason)| *reason)
}

/// An id as some platforms make them: it says nothing about order, and is no number.
pub fn opaque(number: i64) -> String {
    format!("m_{:016x}", number.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// The words as they stand in the chat. Fails if the courier hands over what the channel cannot take.
pub fn taken(owed: &Owed) -> String {
    match owed {
        Owed::Message {
            text,
            buttons,
            quote,
            ask_contact,
            ..
        } => {
            assert!(buttons.is_empty() && quote.is_none() && !ask_contact, "{owed:?}");
            let words = text.words();
            assert!(words.len() <= PLAIN.text.most, "{} bytes: {words}", words.len());
            words
        }
        Owed::Media { quote, .. } => {
            assert_eq!(*quote, None);
            String::new()
        }
        Owed::Delete { .. } => String::new(),
        Owed::Edit { .. } | Owed::Buttons { .. } | Owed::Toast { .. } => panic!("a plain channel cannot: {owed:?}"),
    }
}

/// What a message's last line says to type, each with the button it stands for. The line must be written exactly as the
/// wording writes it for these words.
pub fn buttons(text: &str) -> Vec<Button> {
    let Some((_, line)) = text.rsplit_once('\n') else {
        return Vec::new();
    };
    let Some(inner) = line.strip_prefix("回复").and_then(|rest| rest.strip_suffix('。')) else {
        return Vec::new();
    };
    let words: Vec<&str> = inner
        .split(['、', '或'])
        .map(|word| word.trim().trim_start_matches('“').trim_end_matches('”'))
        .collect();
    if wording::type_instead(&words).words() != format!("\n{line}") {
        return Vec::new();
    }
    let button = |word: &str| Button {
        label: label(word).to_owned(),
        token: word.to_owned(),
        typed: word.to_owned(),
    };
    words.into_iter().map(button).collect()
}

/// `认领 12` stands for 认领; a number alone for itself.
fn label(word: &str) -> &str {
    word.split_once(' ').map_or(word, |(label, _)| label)
}

/// Whom a message names: `@张三 …`.
pub fn called(text: &str) -> Option<&str> {
    text.strip_prefix('@')
        .and_then(|rest| rest.split_once(' '))
        .map(|(name, _)| name)
}

/// The first question a text names.
pub fn number(text: &str) -> Option<i64> {
    let after = text.split('Q').nth(1)?;
    let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// What people wrote: what a name points to, and what somebody typed last in the place of a press.
#[derive(Default)]
pub struct Written {
    /// By chat and name.
    newest: HashMap<(String, String), String>,
    /// By account: the chat and the words.
    typed: HashMap<String, (String, String)>,
}

impl Written {
    /// Somebody wrote a message.
    pub fn wrote(&mut self, chat: &str, name: &str, id: &str) {
        self.newest.insert((chat.to_owned(), name.to_owned()), id.to_owned());
    }

    /// The newest message of whoever a text names.
    pub fn meant(&self, chat: &str, text: &str) -> Option<String> {
        let name = called(text)?;
        self.newest.get(&(chat.to_owned(), name.to_owned())).cloned()
    }

    /// Somebody types what a button would do.
    pub fn types(&mut self, account: &str, chat: &str, words: &str) {
        self.typed
            .insert(account.to_owned(), (chat.to_owned(), words.to_owned()));
    }

    /// Where and what somebody typed last in the place of a press.
    pub fn typed(&self, account: &str) -> Option<(String, String)> {
        self.typed.get(account).cloned()
    }
}

/// How the notice that only a presser sees reaches somebody who typed: 好的 is what follows; a refusal is said to them by
/// name if their words named a question. Bare words of somebody who has no question are no command, and are not answered.
pub enum Notice {
    /// Nothing of its own.
    Nothing,
    /// Said in the chat, to them.
    Said,
}

impl Notice {
    /// For a notice, and for what was typed.
    pub fn of(notice: &str, typed: &str) -> Notice {
        let acknowledged = wording::done().contains(notice);
        let named = typed.chars().any(|c| c.is_ascii_digit()) && typed.contains(' ');
        if acknowledged || !named {
            Notice::Nothing
        } else {
            Notice::Said
        }
    }
}
