//! Numbers of bureaus, offices and people in the roster.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0)
            }
        }
    };
}

id!(
    /// A 单位: the city bureau or a county or district bureau.
    BureauId
);
id!(
    /// A 窗口 or 工商所 of a bureau.
    OfficeId
);
id!(
    /// A person of the roster. Chat accounts are bound to it elsewhere.
    PersonId
);
