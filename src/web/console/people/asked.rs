//! What a form of the page asks for: days that were picked, halves of them, people by number.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::clock::Millis;
use crate::desk::Plan;
use crate::domain::duty::leave::Stretch;
use crate::domain::duty::week::NOON;
use crate::domain::roster::people::PersonId;

const NO_DAY: &str = "请先点一天。";
const NO_COLLEAGUE: &str = "请选和谁换班。";
const TURNED: &str = "最后一天在第一天前面，请再看一下日期。";
const HALF_OF_MANY: &str = "半天只能选一天；几天的假请选“全天”。";
const UNCLEAR: &str = "这个操作看不懂，请刷新页面再试。";
/// Leave is never longer: a year was mistyped.
const MOST_DAYS: i32 = 366;

/// The fields of a form.
pub struct Asked(BTreeMap<String, String>);

impl Asked {
    /// Of a form as it was sent; the last of several counts where it says something.
    pub fn of(pairs: Vec<(String, String)>) -> Asked {
        let mut fields = BTreeMap::new();
        for (name, value) in pairs {
            let value = value.trim().to_owned();
            if !value.is_empty() || !fields.contains_key(&name) {
                fields.insert(name, value);
            }
        }
        Asked(fields)
    }

    /// What stands in a field; nothing where it is empty.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.field(name)?.parse().ok()
    }

    /// What is to be done; `own`: whoever asks.
    pub fn plan(&self, own: PersonId) -> Result<Plan, &'static str> {
        let answer = |agrees| self.number("number").map(|number| Plan::Answer { number, agrees });
        let plan = match self.field("act").unwrap_or_default() {
            "leave" => Some(Plan::Leave {
                who: self.number("who").map_or(own, PersonId),
                when: self.stretch("")?.ok_or(NO_DAY)?,
                cover: self.number("cover").map(PersonId),
            }),
            "no_leave" => self.number("number").map(|number| Plan::NoLeave { number }),
            "swap" => Some(Plan::Swap {
                own: self.stretch("")?.ok_or(NO_DAY)?,
                colleague: self.number("colleague").map(PersonId).ok_or(NO_COLLEAGUE)?,
                theirs: self.stretch("their_")?,
            }),
            "relieve" => self.relief(),
            "agree" => answer(true),
            "refuse" => answer(false),
            _ => None,
        };
        plan.ok_or(UNCLEAR)
    }

    /// Somebody who is asked to stand in, as the page proposed it.
    fn relief(&self) -> Option<Plan> {
        Some(Plan::Relieve {
            of: self.number("of").map(PersonId)?,
            by: self.number("by").map(PersonId)?,
            from: self.number("from").map(Millis)?,
            until: self.number("until").map(Millis)?,
        })
    }

    /// Days and half-days as picked; none where no day was.
    fn stretch(&self, before: &str) -> Result<Option<Stretch>, &'static str> {
        let day = |name: &str| match self.field(&format!("{before}{name}")) {
            Some(written) => written.parse::<Date>().map(Some).map_err(|_| UNCLEAR),
            None => Ok(None),
        };
        let Some(first) = day("later")?.or(day("day")?) else {
            return Ok(None);
        };
        let last = day("last")?.unwrap_or(first);
        let (from_min, to_min) = match self.field(&format!("{before}half")) {
            Some("am") => (0, NOON),
            Some("pm") => (NOON, 1440),
            _ => (0, 1440),
        };
        if last < first || first.until(last).map_or(true, |span| span.get_days() > MOST_DAYS) {
            return Err(TURNED);
        }
        if first != last && (from_min, to_min) != (0, 1440) {
            return Err(HALF_OF_MANY);
        }
        Ok(Some(Stretch {
            first,
            from_min,
            last,
            to_min,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_and_halves_are_read_and_what_cannot_be_is_said() {
        let asked = |text: &str| {
            let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
            let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
            Asked::of(pairs.collect()).plan(PersonId(1))
        };
        let (first, last) = (date(2026, 12, 1), date(2026, 12, 3));
        let leave = |who, (first, from_min), (last, to_min), cover| {
            let when = Stretch {
                first,
                from_min,
                last,
                to_min,
            };
            Ok(Plan::Leave {
                who: PersonId(who),
                when,
                cover,
            })
        };
        for (text, expected) in [
            ("act=leave&day=2026-12-01", leave(1, (first, 0), (first, 1440), None)),
            (
                "act=leave&day=2026-12-01&half=pm&who=3",
                leave(3, (first, 720), (first, 1440), None),
            ),
            (
                "act=leave&day=2026-12-01&last=2026-12-03&cover=2",
                leave(1, (first, 0), (last, 1440), Some(PersonId(2))),
            ),
            (
                "act=leave&day=2026-11-30&later=2026-12-01",
                leave(1, (first, 0), (first, 1440), None),
            ),
            ("act=leave", Err(NO_DAY)),
            ("act=leave&day=2026-12-03&last=2026-12-01", Err(TURNED)),
            ("act=leave&day=2026-12-01&last=2036-12-01", Err(TURNED)),
            ("act=leave&day=2026-12-01&last=2026-12-03&half=am", Err(HALF_OF_MANY)),
            ("act=swap&day=2026-12-01", Err(NO_COLLEAGUE)),
            (
                "act=refuse&number=4",
                Ok(Plan::Answer {
                    number: 4,
                    agrees: false,
                }),
            ),
            ("act=no_leave&number=4", Ok(Plan::NoLeave { number: 4 })),
            ("act=leave&day=tomorrow", Err(UNCLEAR)),
            ("act=dance", Err(UNCLEAR)),
        ] {
            assert_eq!(asked(text), expected, "{text}");
        }
    }
}
