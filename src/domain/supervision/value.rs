//! A measure's value, and how it is said: the same on the page and on paper.

/// A measure's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Nothing to measure.
    Nothing,
    Count(u64),
    /// So many of so many, more than none.
    Share(u64, u64),
    /// Working time, ms.
    Time(i64),
}

impl Value {
    /// So many of so many; nothing of none.
    pub fn share(part: u64, whole: u64) -> Value {
        match whole {
            0 => Value::Nothing,
            whole => Value::Share(part, whole),
        }
    }

    /// As it is said: 12, 83.3 %, 4.5, or a dash.
    pub fn said(self) -> String {
        match self {
            Value::Nothing => "—".to_owned(),
            Value::Count(count) => count.to_string(),
            Value::Share(part, whole) => percent(part as f64 / whole as f64),
            Value::Time(ms) => tenths(ms, 60_000),
        }
    }

    /// As a number, where there is one: a share of one, minutes.
    pub fn number(self) -> Option<f64> {
        match self {
            Value::Nothing => None,
            Value::Count(count) => Some(count as f64),
            Value::Share(part, whole) => Some(part as f64 / whole as f64),
            Value::Time(ms) => Some(ms as f64 / 60_000.0),
        }
    }

    /// What it is of: 5/6; nothing where it is no share.
    pub fn parts(self) -> Option<String> {
        match self {
            Value::Share(part, whole) => Some(format!("{part}/{whole}")),
            Value::Nothing | Value::Count(_) | Value::Time(_) => None,
        }
    }
}

/// A share of one as people read it: 83.3 %.
pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A whole number over another, to one place, halves up: what two programs write the same.
fn tenths(number: i64, over: i64) -> String {
    let tenths = (number * 10 + over / 2).div_euclid(over);
    format!("{}.{}", tenths / 10, tenths % 10)
}
