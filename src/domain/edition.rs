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
    /// Who issues it: the city bureau's name.
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
}
