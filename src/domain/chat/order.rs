//! Order in a web group: what visitors wrote is held back until staff or the bot have answered where the bureau wants
//! that, staff hide a message, listed words wait for staff. Whoever wrote it and staff see it meanwhile.

/// Why a message of a room is not shown to other visitors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Veil {
    /// It is shown.
    #[default]
    None,
    /// This group shows what visitors write when it has been answered (先审).
    Unanswered,
    /// It has a word of the city desk's list: staff look first.
    Listed,
    /// Staff hid it.
    Hidden,
}

impl Veil {
    /// Every one.
    pub const ALL: [Veil; 4] = [Veil::None, Veil::Unanswered, Veil::Listed, Veil::Hidden];

    /// The name in the database.
    pub fn key(self) -> &'static str {
        match self {
            Veil::None => "",
            Veil::Unanswered => "unanswered",
            Veil::Listed => "listed",
            Veil::Hidden => "hidden",
        }
    }

    /// From the name in the database.
    pub fn from_key(key: &str) -> Option<Veil> {
        Veil::ALL.into_iter().find(|veil| veil.key() == key)
    }

    /// Over what a visitor writes. `approval`: the group holds back; `listed`: it has a word of the list; `before`: over
    /// what it says instead, where it is changed.
    pub fn over(approval: bool, listed: bool, before: Veil) -> Veil {
        match before {
            Veil::Hidden => Veil::Hidden,
            Veil::None | Veil::Unanswered | Veil::Listed if listed => Veil::Listed,
            Veil::None | Veil::Unanswered | Veil::Listed if approval => Veil::Unanswered,
            Veil::None | Veil::Unanswered | Veil::Listed => Veil::None,
        }
    }

    /// What the bot says in reply to something under a veil shows its words, unless listed ones: those the bot never says.
    #[must_use]
    pub fn over_the_bots_reply(self) -> Veil {
        match self {
            Veil::None | Veil::Listed => Veil::None,
            Veil::Unanswered | Veil::Hidden => self,
        }
    }
}

/// How a bureau keeps its web group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// What visitors write is held back from other visitors until it is answered.
    pub approval: bool,
    /// Visitors may read, not write.
    pub closed: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_message_never_gets_out_from_under_staffs_hand() {
        for approval in [false, true] {
            for listed in [false, true] {
                assert_eq!(Veil::over(approval, listed, Veil::Hidden), Veil::Hidden);
            }
        }
        assert_eq!(Veil::over(true, true, Veil::None), Veil::Listed);
        assert_eq!(Veil::over(true, false, Veil::Listed), Veil::Unanswered);
        assert_eq!(Veil::over(false, false, Veil::Listed), Veil::None);
        assert!(Veil::ALL.iter().all(|veil| Veil::from_key(veil.key()) == Some(*veil)));
    }
}
