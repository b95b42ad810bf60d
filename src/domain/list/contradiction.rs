//! Where two replies of helpers to one question say different things (口径不一致): a time limit, a fee, a material,
//! a place. Rather silent than wrong: what is conditional, about another case or not clearly the same thing is left
//! alone. Says nothing about which reply is right.

use crate::domain::asking::question::QuestionId;
use crate::domain::roster::people::BureauId;
use figures::Figure;

mod clauses;
mod fees;
mod figures;
mod materials;
mod places;
mod times;

#[cfg(test)]
mod tests;

/// What a helper replied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply<'a> {
    pub question: QuestionId,
    pub bureau: BureauId,
    pub text: &'a str,
}

/// What two replies differ in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    TimeLimit,
    Fee,
    Material,
    Place,
}

impl About {
    /// All of them, in the order they are told.
    pub const ALL: [About; 4] = [About::TimeLimit, About::Fee, About::Material, About::Place];
}

/// Two replies that cannot both be right, each with what it says: 3个工作日, 免费, 不用公司章程.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contradiction {
    pub about: About,
    pub one: (QuestionId, String),
    pub other: (QuestionId, String),
}

/// Everything a reply says that can be compared.
struct Facts {
    times: Vec<Figure>,
    fees: Vec<Figure>,
    materials: materials::Materials,
    places: places::Places,
}

/// The contradictions among the replies of one cluster: of each kind the first pair in the order given.
/// Replies to the same question are one conversation and not compared; places only within one bureau.
pub fn contradictions(replies: &[Reply<'_>]) -> Vec<Contradiction> {
    let facts: Vec<Facts> = replies.iter().map(|reply| facts(reply.text)).collect();
    About::ALL
        .into_iter()
        .filter_map(|about| first(about, replies, &facts))
        .collect()
}

fn facts(text: &str) -> Facts {
    let text = clauses::plain(text);
    let clauses = clauses::clauses(&text);
    Facts {
        times: times::figures(&clauses),
        fees: fees::figures(&clauses),
        materials: materials::read(&clauses),
        places: places::read(&clauses),
    }
}

fn first(about: About, replies: &[Reply<'_>], facts: &[Facts]) -> Option<Contradiction> {
    for (i, one) in replies.iter().enumerate() {
        for (j, other) in replies.iter().enumerate().skip(i + 1) {
            if one.question == other.question || (about == About::Place && one.bureau != other.bureau) {
                continue;
            }
            if let Some((says, contradicts)) = differ(about, &facts[i], &facts[j]) {
                return Some(Contradiction {
                    about,
                    one: (one.question, says),
                    other: (other.question, contradicts),
                });
            }
        }
    }
    None
}

fn differ(about: About, one: &Facts, other: &Facts) -> Option<(String, String)> {
    match about {
        About::TimeLimit => figures::differ(&one.times, &other.times, times::contradict),
        About::Fee => figures::differ(&one.fees, &other.fees, fees::contradict),
        About::Material => materials::differ(&one.materials, &other.materials),
        About::Place => places::differ(&one.places, &other.places),
    }
}
