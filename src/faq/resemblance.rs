//! How alike clusters are to each other: for showing those beside each other that are too unlike to be put together
//! without a person's word. Decides nothing.

use super::cluster::Clusters;
use super::entry::EntryId;
use super::service::Faq;

/// From this similarity on clusters are worth showing beside each other (`faq/EVALUATION.md`).
pub const ALIKE_FROM: f32 = 0.18;
/// What is less alike counts as not at all.
const LEAST: f32 = 0.05;

/// Some ways a cluster was asked, each with the entry found for it, if any.
pub type Ways<'a> = Vec<(&'a str, Option<EntryId>)>;

/// How alike each is to each, from 0 to 1; a cluster to itself 0.
pub fn similarities(faq: &Faq, all: &[Ways<'_>]) -> Vec<Vec<f32>> {
    let mut clusters = Clusters::joining_from(faq, LEAST);
    for (place, ways) in (0..).zip(all) {
        for (text, entry) in ways {
            clusters.restore(place, text, entry.as_ref());
        }
    }
    let mut alike = vec![vec![0.0_f32; all.len()]; all.len()];
    for (one, ways) in all.iter().enumerate() {
        for (text, entry) in ways {
            for near in clusters.alike(text, entry.as_ref()) {
                let other = usize::try_from(near.cluster).unwrap_or(one);
                let most = alike[one][other].max(near.similarity);
                (alike[one][other], alike[other][one]) = (most, alike[other][one].max(most));
            }
        }
        alike[one][one] = 0.0;
    }
    alike
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::super::cluster::nearest_entry;
    use super::super::entry::Audience;
    use super::super::load::Base;
    use super::super::questions::{Asked, Expect};
    use super::*;

    #[derive(serde::Deserialize)]
    struct Line {
        half: String,
        topic: String,
        text: String,
    }

    fn folder(name: &str) -> std::path::PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
    }

    /// What the list does not hold, three people a topic, in the order they ask: everybody's first, then the second, then
    /// the third, among other questions nobody could answer, which are no topic.
    fn stream() -> Vec<Line> {
        let text = std::fs::read_to_string(folder("tests/data/outside.jsonl")).unwrap();
        let lines: Vec<Line> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let mut turns: Vec<(usize, Line)> = lines.into_iter().enumerate().map(|(at, line)| (at % 3, line)).collect();
        turns.sort_by_key(|(turn, _)| *turn);
        let mut stream: Vec<Line> = turns.into_iter().map(|(_, line)| line).collect();
        let others = Asked::load(&folder("tests/data/blind.jsonl")).unwrap();
        let others = others.into_iter().filter(|asked| asked.expect == Expect::Escalate);
        stream.splice(
            20..20,
            others.map(|asked| Line {
                half: String::new(),
                topic: String::new(),
                text: asked.text,
            }),
        );
        stream
    }

    /// The half, the topic, and where its three questions stand in the stream.
    type Topics<'a> = BTreeMap<(&'a str, &'a str), Vec<usize>>;

    #[test]
    fn what_three_ask_in_their_own_words_stands_beside_each_other() {
        let base = Base::load(&folder("faq")).unwrap();
        let faq = Faq::build(base.entries, base.lexicon);
        let stream = stream();
        let entry = |line: &Line| nearest_entry(&faq.read(&line.text, Audience::Public)).cloned();
        let ways = stream.iter().map(|line| vec![(line.text.as_str(), entry(line))]);
        let alike = similarities(&faq, &ways.collect::<Vec<Ways<'_>>>());
        let mut topics = Topics::new();
        for (at, line) in stream.iter().enumerate().filter(|(_, line)| !line.topic.is_empty()) {
            topics.entry((&line.half, &line.topic)).or_default().push(at);
        }
        let beside = |at: usize| {
            let mut found: Vec<usize> = (0..alike.len())
                .filter(|other| alike[at][*other] >= ALIKE_FROM)
                .collect();
            found.sort_by(|one, other| alike[at][*other].total_cmp(&alike[at][*one]));
            found.truncate(5);
            found
        };
        // In how many topics somebody who looks at one question sees so many of the others.
        let shown = |half: &str, others: usize| {
            let asked = topics.iter().filter(|((of, _), _)| *of == half).map(|(_, asked)| asked);
            let seen = |at: &usize, asked: &[usize]| beside(*at).iter().filter(|other| asked.contains(other)).count();
            asked
                .filter(|asked| asked.iter().any(|at| seen(at, asked) >= others))
                .count()
        };
        let figures = ["looked", "quoted"].map(|half| (shown(half, 2), shown(half, 1)));
        println!(
            "both others, one of them: of 8 {:?}, of 12 {:?}",
            figures[0], figures[1]
        );
        assert!(figures[0].0 >= 5 && figures[0].1 >= 7, "{figures:?}");
        assert!(figures[1].0 >= 5 && figures[1].1 >= 9, "{figures:?}");
    }
}
