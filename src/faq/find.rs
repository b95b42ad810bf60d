//! What somebody finds who looks something up in the public list. The nearest entry to words the list knows nothing of is
//! no find.

use jiff::civil::Date;

use super::decide::Decision;
use super::entry::{Audience, Entry};
use super::gate::Gate;
use super::service::Faq;

impl Faq {
    /// The public entries that fit, best first: what the bot would say or offer, what the words stand in, and, where the
    /// bot knows what is meant, what is near.
    pub fn find(&self, q: &str, today: Date, most: usize) -> Vec<&Entry> {
        let reading = self.read(q, Audience::Public);
        let outcome = self.decide(&reading, today);
        let meant = match outcome.decision {
            _ if *reading.gate() == Gate::Chatter => vec![],
            Decision::Sure(id) => vec![id],
            Decision::Unsure(mut ids) => {
                ids.retain(|id| self.entry(id).is_some_and(|entry| knows(q, entry)));
                ids
            }
            Decision::Unknown(_) => vec![],
        };
        let near =
            |entry: &&Entry| meant.contains(&entry.id) || stands_in(q, entry) || (!meant.is_empty() && knows(q, entry));
        let hits = outcome.hits.iter().take(most).filter_map(|hit| self.entry(&hit.entry));
        let mut found: Vec<&Entry> = hits.filter(near).collect();
        let open = |entry: &&Entry| entry.audience == Audience::Public && entry.valid_on(today);
        for entry in self.entries().iter().filter(open).filter(|entry| stands_in(q, entry)) {
            if !found.iter().any(|known| known.no == entry.no) {
                found.push(entry);
            }
        }
        found.truncate(most);
        found
    }
}

/// Whether most of `q` occurs in an entry at all, Latin words whole: 登陆 alone does not make 火星登陆 a question of ours.
fn knows(q: &str, entry: &Entry) -> bool {
    let mut text = entry.variants.concat();
    text.push_str(&entry.question);
    text.push_str(&entry.category);
    entry.answer.each_text(&mut |said| text.push_str(said));
    let (text, q) = (text.to_lowercase(), q.to_lowercase());
    let latin = |word: &&str| word.len() > 1;
    let latin = q.split(|c: char| !c.is_ascii_alphanumeric()).filter(latin);
    let signs = q.chars().filter(|c| c.is_alphanumeric() && !c.is_ascii());
    let found = latin
        .map(|word| text.contains(word))
        .chain(signs.map(|sign| text.contains(sign)));
    let (known, asked) = found.fold((0, 0), |(known, asked), found| (known + usize::from(found), asked + 1));
    known * 3 >= asked * 2
}

/// Whether every word of `q` stands in what an entry is about.
fn stands_in(q: &str, entry: &Entry) -> bool {
    let texts = || entry.variants.iter().chain([&entry.question, &entry.category]);
    let mut words = q.split_whitespace().filter(|word| word.chars().count() > 1).peekable();
    words.peek().is_some() && words.all(|word| texts().any(|text| text.contains(word)))
}
