//! Who may see a picture: people photograph identity cards, so a visitor's is for staff unless the operator says otherwise.

use super::session::Who;
use crate::config::Pictures;
use crate::store::pictures::RoomMedia;

/// Whether who is in the picture's room may see it. `account` is none of a visitor without a name.
pub fn may_look(rule: Pictures, media: &RoomMedia, account: Option<&str>, staff: bool) -> bool {
    let own = account.is_some_and(|account| media.author == account);
    staff || own || media.by_staff || rule == Pictures::All
}

/// The same of somebody with or without a session.
pub fn may_see(rule: Pictures, media: &RoomMedia, who: Option<&Who>) -> bool {
    let account = who.map(|who| who.account.as_str());
    may_look(rule, media, account, who.is_some_and(|who| who.person.is_some()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitors_picture_is_for_staff_and_its_author() {
        let media = |author: &str, by_staff| RoomMedia {
            room: "g:1".to_owned(),
            mime: "image/png".to_owned(),
            file: "x.png".to_owned(),
            author: author.to_owned(),
            by_staff,
            bytes: 1,
        };
        let visitors = media("v1", false);
        for rule in [Pictures::Staff, Pictures::Off] {
            assert!(may_look(rule, &visitors, Some("v1"), false));
            assert!(may_look(rule, &visitors, Some("p1"), true));
            assert!(!may_look(rule, &visitors, Some("v2"), false));
            assert!(!may_look(rule, &visitors, None, false));
            assert!(!may_look(rule, &media("", false), None, false), "an older program's");
            assert!(may_look(rule, &media("p1", true), None, false));
        }
        assert!(may_look(Pictures::All, &visitors, None, false));
    }
}
