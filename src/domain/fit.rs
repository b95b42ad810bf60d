//! What is owed, as a channel can take it: buttons become words to type, quotes become names, changes become news, long
//! texts become several messages.

use crate::domain::asking::question::QuestionId;
use crate::domain::chat::capabilities::{Capabilities, TextLimit};
use crate::domain::chat::owed::{Button, Change, Owed};
use crate::domain::chat::rich::Rich;
use crate::domain::privacy::Masked;
use crate::domain::wording;

/// What goes out of what is owed; none where the channel can show nothing of it. `about`: the question it is about.
pub fn fit(owed: Owed, about: Option<QuestionId>, can: &Capabilities) -> Option<Owed> {
    match owed {
        Owed::Message {
            text,
            buttons,
            quote,
            whom,
            ask_contact,
        } => {
            let mut words = Rich::default();
            if quote.is_some() && !can.quote {
                words = called(whom.as_ref(), about, &text);
            }
            words.0.extend(text.0);
            Some(Owed::Message {
                text: with_typed(with_number(words, about, can), &buttons, can),
                buttons: if can.buttons { buttons } else { Vec::new() },
                quote: quote.filter(|_| can.quote),
                whom: None,
                ask_contact: ask_contact && can.buttons,
            })
        }
        Owed::Media { media, from, quote } => Some(Owed::Media {
            media,
            from,
            quote: quote.filter(|_| can.quote),
        }),
        Owed::Edit { message, text, buttons } if can.edit => Some(Owed::Edit {
            message,
            text: with_typed(text, &buttons, can),
            buttons: if can.buttons { buttons } else { Vec::new() },
        }),
        // What is said in the place of other words is news; the old words cannot be taken back.
        Owed::Edit { text, buttons, .. } => {
            let said = Owed::Message {
                text,
                buttons,
                quote: None,
                whom: None,
                ask_contact: false,
            };
            fit(said, about, can)
        }
        Owed::Buttons { message, buttons } => (can.buttons && can.edit).then_some(Owed::Buttons { message, buttons }),
        Owed::Toast { .. } => can.buttons.then_some(owed),
        Owed::Delete { .. } => Some(owed),
    }
}

/// Whether a change goes out as a message of its own, because the channel cannot take words back.
pub fn is_news(change: &Change, can: &Capabilities) -> bool {
    match change {
        Change::Words { .. } => !can.edit,
        Change::Buttons(_) => false,
    }
}

/// A message in parts that the channel can take, with what it needs in the place of buttons and quotes, and with the
/// head of a second sending. The quote stands on the first part, buttons hang on the last. Of new words for a message
/// only the first part replaces the old ones.
pub fn parts(owed: Owed, about: Option<QuestionId>, can: &Capabilities) -> Vec<Owed> {
    let room = room(&owed, about, can);
    let (change, text, buttons, quote, whom, ask_contact) = match owed {
        Owed::Message {
            text,
            buttons,
            quote,
            whom,
            ask_contact,
        } => (None, text, buttons, quote, whom, ask_contact),
        Owed::Edit { message, text, buttons } => (Some(message), text, buttons, None, None, false),
        Owed::Media { .. } | Owed::Buttons { .. } | Owed::Toast { .. } | Owed::Delete { .. } => return vec![owed],
    };
    let texts = text.split(room);
    let last = texts.len().saturating_sub(1);
    let part = |(index, text)| {
        let first = index == 0;
        let buttons = if index == last { buttons.clone() } else { Vec::new() };
        match &change {
            Some(message) if first => Owed::Edit {
                message: message.clone(),
                text,
                buttons,
            },
            Some(_) | None => Owed::Message {
                text,
                buttons,
                quote: quote.clone().filter(|_| first),
                whom: whom.clone().filter(|_| first),
                ask_contact: ask_contact && index == last,
            },
        }
    };
    texts.into_iter().enumerate().map(part).collect()
}

/// Whether a message's words go out in one part.
pub fn in_one(owed: &Owed, about: Option<QuestionId>, can: &Capabilities) -> bool {
    match owed {
        Owed::Message { text, .. } | Owed::Edit { text, .. } => text.fits(room(owed, about, can)),
        Owed::Media { .. } | Owed::Buttons { .. } | Owed::Toast { .. } | Owed::Delete { .. } => true,
    }
}

/// What a message's own words may take of the channel's limit, when all that may be added to them is there too.
fn room(owed: &Owed, about: Option<QuestionId>, can: &Capabilities) -> TextLimit {
    let mut added = wording::again(about);
    let (buttons, whom) = match owed {
        Owed::Message { buttons, whom, .. } => (buttons.as_slice(), whom.as_ref()),
        Owed::Edit { buttons, .. } => (buttons.as_slice(), None),
        Owed::Media { .. } | Owed::Buttons { .. } | Owed::Toast { .. } | Owed::Delete { .. } => return can.text,
    };
    if !can.quote {
        added.0.extend(called(whom, about, &Rich::default()).0);
        added
            .0
            .extend(about.map(wording::reply_by_number).unwrap_or_default().0);
    }
    added = with_typed(added, buttons, can);
    TextLimit {
        most: can.text.most.saturating_sub(added.length(can.text.unit)).max(1),
        ..can.text
    }
}

/// Whom a message is for, by the name shown, and what it is about, unless its words say so.
fn called(whom: Option<&Masked>, about: Option<QuestionId>, text: &Rich) -> Rich {
    let mut head = whom.map(wording::called).unwrap_or_default();
    if let Some(id) = about.filter(|id| !names(text, *id)) {
        head.0.extend(wording::about(id).0);
    }
    head
}

/// How to reply to a message that asks for it, where messages cannot be replied to: with the question's number.
fn with_number(mut text: Rich, about: Option<QuestionId>, can: &Capabilities) -> Rich {
    if let Some(id) = about.filter(|_| !can.quote && wording::invites_reply(&text)) {
        text.0.extend(wording::reply_by_number(id).0);
    }
    text
}

/// `Q12 协议要公证吗`: the question that words name in the first place, and the words behind. How people reply where
/// messages cannot be replied to.
pub fn named_first(words: &str) -> Option<(QuestionId, &str)> {
    let rest = words.trim_start().strip_prefix(['Q', 'q', 'Ｑ'])?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let number = rest[..end].parse().ok()?;
    let words = rest[end..].trim_start_matches([' ', '\u{3000}', '：', ':', '，', ',', '\n']);
    Some((QuestionId(number), words))
}

/// Whether some words name a question: `Q12`, not the beginning of `Q123`.
fn names(text: &Rich, id: QuestionId) -> bool {
    let words = text.words();
    let number = id.to_string();
    words
        .match_indices(&number)
        .any(|(at, _)| !words[at + number.len()..].starts_with(|c: char| c.is_ascii_digit()))
}

/// Words with the line that names what to type, where buttons cannot be shown.
fn with_typed(mut text: Rich, buttons: &[Vec<Button>], can: &Capabilities) -> Rich {
    let typed: Vec<&str> = buttons.iter().flatten().map(|button| button.typed.as_str()).collect();
    if !can.buttons && !typed.is_empty() {
        text.0.extend(wording::type_instead(&typed).0);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Capabilities = Capabilities::LEAST;
    const ABOUT: Option<QuestionId> = Some(QuestionId(12));

    fn card(text: &str) -> Owed {
        Owed::Message {
            text: text.into(),
            buttons: vec![vec![Button {
                label: "认领".into(),
                token: "t".into(),
                typed: "认领 12".into(),
            }]],
            quote: Some("m1".into()),
            whom: None,
            ask_contact: false,
        }
    }

    fn words(owed: Option<Owed>) -> String {
        match owed {
            Some(Owed::Message {
                text, buttons, quote, ..
            }) => {
                assert!(buttons.is_empty() && quote.is_none());
                text.words()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_plain_channel_is_told_what_to_type_and_whom_it_is_for() {
        assert_eq!(
            words(fit(card("请王敏来答。"), ABOUT, &PLAIN)),
            "Q12 请王敏来答。\n回复“认领 12”。"
        );
        assert_eq!(
            words(fit(card("Q12 请王敏。"), ABOUT, &PLAIN)),
            "Q12 请王敏。\n回复“认领 12”。"
        );
        assert_eq!(
            words(fit(card("Q123 也是。"), ABOUT, &PLAIN)),
            "Q12 Q123 也是。\n回复“认领 12”。"
        );
        let can = Capabilities {
            buttons: true,
            edit: true,
            quote: true,
            ..PLAIN
        };
        assert_eq!(fit(card("请王敏来答。"), ABOUT, &can), Some(card("请王敏来答。")));
    }

    #[test]
    fn a_message_that_asks_for_a_reply_says_how() {
        let after = wording::claimed_for_staff(QuestionId(12), None, &"怎么办".into()).words();
        let said = words(fit(card(&after), ABOUT, &PLAIN));
        assert_eq!(said, format!("{after}\n（回复时前面写上 Q12。）\n回复“认领 12”。"));
        for (said, number, rest) in [
            ("Q12 协议要公证吗", 12, "协议要公证吗"),
            ("q7：/why", 7, "/why"),
            ("Q3", 3, ""),
        ] {
            assert_eq!(named_first(said), Some((QuestionId(number), rest)));
        }
        assert_eq!(named_first("QQ 群号多少"), None);
    }

    #[test]
    fn what_cannot_be_changed_is_said_anew_or_not_at_all() {
        let message = "m1".to_owned();
        let edit = Owed::Edit {
            message: message.clone(),
            text: "这条答复作废。".into(),
            buttons: vec![],
        };
        assert_eq!(words(fit(edit, ABOUT, &PLAIN)), "这条答复作废。");
        let buttons = vec![];
        assert_eq!(fit(Owed::Buttons { message, buttons }, ABOUT, &PLAIN), None);
    }

    #[test]
    fn every_part_fits_with_all_that_is_added_to_it() {
        let long = "请带营业执照副本。".repeat(100);
        let owed = parts(card(&long), ABOUT, &PLAIN);
        assert!(owed.len() > 1);
        let mut said = String::new();
        for part in owed {
            let again = wording::again(ABOUT).length(PLAIN.text.unit);
            let words = words(fit(part, ABOUT, &PLAIN));
            assert!(words.len() + again <= PLAIN.text.most, "{} bytes", words.len());
            said.push_str(&words);
        }
        assert_eq!(said, format!("Q12 {long}\n回复“认领 12”。"));
    }
}
