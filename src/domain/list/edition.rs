//! One published issue of the 常见问题清单 (第N期): what it holds and what changed since the one before.
//! Frozen once made; how it looks on a page, in a document or in the official account is decided in `publish`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// One issue of the list (许工商〔2018〕103号 四(三)). The same value renders to the same bytes everywhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// 第N期, from 1.
    pub number: u32,
    /// Who issues it: the city bureau, by its full name where the settings give one.
    pub issuer: String,
    /// The day it was frozen.
    pub date: Date,
    /// The public items in the order of their numbers.
    pub items: Vec<Item>,
    /// Items of the edition before that are no longer in the list.
    pub withdrawn: Vec<Withdrawn>,
    /// Where to go and whom to call: an answer's 登记机关 is one of these.
    pub windows: Vec<Window>,
}

/// One item of an edition, its placeholders filled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The entry's stable name, such as `dereg-003`.
    pub id: String,
    /// Its number in the list.
    pub no: u32,
    /// The approved revision that is printed.
    pub revision: i64,
    /// The topic it stands under, such as 变更.
    pub topic: String,
    /// Kinds of enterprise it applies to.
    pub applies_to: Vec<String>,
    /// What is asked, in the list's own words.
    pub question: String,
    /// Other ways to ask it, for the search of the page.
    pub variants: Vec<String>,
    /// The answer, a line each, the conclusion first.
    pub lines: Vec<String>,
    /// Documents and articles, such as 《市场主体登记管理条例》第二十四条.
    pub basis: Vec<String>,
    /// The office that answers for its content (责任科室).
    pub owner: String,
    /// Since when this wording holds.
    pub since: Date,
    /// What became of it since the edition before.
    pub change: Change,
}

/// What became of an item since the edition before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// New in this edition.
    Added,
    /// Its words changed.
    Changed,
    /// As before.
    Same,
}

/// An item that the edition before had and this one has not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// The entry's stable name.
    pub id: String,
    /// Its number in the list.
    pub no: u32,
    /// What it answered.
    pub question: String,
}

/// A window where a licence is applied for and collected; landlines only, mobile numbers have no place here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// The bureau's name.
    pub bureau: String,
    /// The address, where the roster has one.
    pub address: Option<String>,
    /// The landline, where the roster has one.
    pub landline: Option<String>,
    /// Opening hours in words.
    pub hours: String,
}

impl Edition {
    /// `第3期`.
    pub fn name(&self) -> String {
        format!("第{}期", self.number)
    }

    /// The items under each topic, topics in the order in which the list first names them.
    pub fn by_topic(&self) -> Vec<(&str, Vec<&Item>)> {
        let mut place: BTreeMap<&str, usize> = BTreeMap::new();
        let mut topics: Vec<(&str, Vec<&Item>)> = Vec::new();
        for item in &self.items {
            let at = *place.entry(&item.topic).or_insert_with(|| {
                topics.push((&item.topic, Vec::new()));
                topics.len() - 1
            });
            topics[at].1.push(item);
        }
        topics
    }

    /// The items that became something since the edition before.
    pub fn items_that(&self, change: Change) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(move |item| item.change == change)
    }

    /// The same edition with what became of each item since the edition before: added, changed or the same, and what was
    /// withdrawn. An item that says the same keeps the day since when it says so. The first edition adds everything.
    #[must_use]
    pub fn compared_with(mut self, before: Option<&Edition>) -> Edition {
        let known: BTreeMap<&str, &Item> = before
            .into_iter()
            .flat_map(|before| &before.items)
            .map(|item| (item.id.as_str(), item))
            .collect();
        let date = self.date;
        for item in &mut self.items {
            item.change = match known.get(item.id.as_str()) {
                None => Change::Added,
                Some(old) if item.prints_as(old) => {
                    item.since = old.since;
                    Change::Same
                }
                // The approved text is the one that was printed: what the bureau fills in has changed.
                Some(old) => {
                    if old.revision == item.revision {
                        item.since = date;
                    }
                    Change::Changed
                }
            };
        }
        let gone = |item: &&Item| !self.items.iter().any(|other| other.id == item.id);
        let before = before.into_iter().flat_map(|before| &before.items);
        self.withdrawn = before
            .filter(gone)
            .map(|item| Withdrawn {
                id: item.id.clone(),
                no: item.no,
                question: item.question.clone(),
            })
            .collect();
        self
    }

    /// Whether a reader of the edition before would find anything new in this one.
    pub fn has_news_since(&self, before: &Edition) -> bool {
        self.items.iter().any(|item| item.change != Change::Same)
            || !self.withdrawn.is_empty()
            || self.windows != before.windows
            || self.issuer != before.issuer
    }

    /// What is newest in it, at most so many: items that came in, or where none did, those whose words changed.
    pub fn newest(&self, most: usize) -> Vec<&Item> {
        let change = if self.items_that(Change::Added).next().is_some() {
            Change::Added
        } else {
            Change::Changed
        };
        let mut items: Vec<&Item> = self.items_that(change).collect();
        items.sort_by_key(|item| (std::cmp::Reverse(item.since), item.no));
        items.truncate(most);
        items
    }

    /// `2026年3月1日`, as official documents write a day.
    pub fn day(&self) -> String {
        written(self.date)
    }
}

impl Item {
    /// Its number as the list writes it: 037.
    pub fn number(&self) -> String {
        format!("{:03}", self.no)
    }

    /// Since when it says this, as official documents write a day.
    pub fn since_day(&self) -> String {
        written(self.since)
    }

    /// 〔新增〕, 〔修订〕 or nothing.
    pub fn mark(&self) -> &'static str {
        match self.change {
            Change::Added => "新增",
            Change::Changed => "修订",
            Change::Same => "",
        }
    }

    /// Whether both look the same on paper; other ways to ask are not printed.
    fn prints_as(&self, other: &Item) -> bool {
        let printed = |item: &Item| {
            let head = (
                item.no,
                item.topic.clone(),
                item.applies_to.clone(),
                item.question.clone(),
            );
            (head, item.lines.clone(), item.basis.clone(), item.owner.clone())
        };
        printed(self) == printed(other)
    }
}

fn written(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn item(id: &str, no: u32, revision: i64, line: &str) -> Item {
        Item {
            id: id.into(),
            no,
            revision,
            topic: "注销".into(),
            applies_to: vec!["企业".into()],
            question: format!("{id}怎么办？"),
            variants: vec![],
            lines: vec![line.into()],
            basis: vec![],
            owner: "注册科".into(),
            since: date(2026, 3, 1),
            change: Change::Added,
        }
    }

    fn edition(number: u32, items: Vec<Item>) -> Edition {
        Edition {
            number,
            issuer: "示例市局".into(),
            date: date(2026, 11, 23),
            items,
            withdrawn: vec![],
            windows: vec![],
        }
    }

    #[test]
    fn an_edition_knows_what_became_of_each_item() {
        let first = edition(
            1,
            vec![
                item("a", 1, 1, "一"),
                item("b", 2, 1, "二"),
                item("c", 3, 1, "三"),
                item("d", 4, 1, "四"),
            ],
        );
        assert_eq!(first.clone().compared_with(None).items_that(Change::Added).count(), 4);
        let mut reworded = item("b", 2, 2, "二二");
        reworded.since = date(2026, 11, 20);
        let mut asked_otherwise = item("a", 1, 2, "一");
        (asked_otherwise.since, asked_otherwise.variants) = (date(2026, 11, 21), vec!["别的问法".into()]);
        let filled_anew = item("d", 4, 1, "四四");
        let next = edition(2, vec![asked_otherwise, reworded, filled_anew, item("e", 5, 1, "五")]);
        let next = next.compared_with(Some(&first));
        let became: Vec<_> = next
            .items
            .iter()
            .map(|item| (item.no, item.change, item.since))
            .collect();
        assert_eq!(
            became,
            [
                (1, Change::Same, date(2026, 3, 1)),
                (2, Change::Changed, date(2026, 11, 20)),
                (4, Change::Changed, date(2026, 11, 23)),
                (5, Change::Added, date(2026, 3, 1)),
            ]
        );
        assert_eq!(next.withdrawn.iter().map(|item| item.no).collect::<Vec<_>>(), [3]);
        assert!(next.has_news_since(&first));
        assert_eq!(next.newest(3).iter().map(|item| item.no).collect::<Vec<_>>(), [5]);
        let same = edition(3, next.items.clone()).compared_with(Some(&next));
        assert!(!same.has_news_since(&next), "{same:?}");
    }
}
