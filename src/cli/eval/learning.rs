//! `bangban eval --learn`: labelled lines as if a group had confirmed them one after the other, and how well another
//! file is answered after each part of them.

use jiff::civil::Date;

use super::{fitting, within};
use crate::domain::list::lesson::How;
use crate::faq::evaluate::{self, Figures};
use crate::faq::fit::fit;
use crate::faq::{Asked, Base, Confirmed, Faq};

/// After so many lines it is measured, and after all.
const AFTER: [usize; 4] = [0, 50, 100, 200];

/// Learns the stream part by part and prints what comes of the queries after each.
pub fn curve(base: &Base, stream: &[Asked], queries: &[Asked], today: Date) {
    let parts: Vec<usize> = AFTER
        .into_iter()
        .filter(|part| *part < stream.len())
        .chain([stream.len()])
        .collect();
    for part in parts {
        let faq = learnt(base, &stream[..part]);
        let rows = evaluate::run(&faq, queries, today, &|| ());
        print(part, &evaluate::totals(&rows).all);
    }
}

/// The base after a refit with these lines; as it stands without any.
fn learnt(base: &Base, lines: &[Asked]) -> Faq {
    let mut lexicon = base.lexicon.clone();
    if !lines.is_empty() {
        lexicon.learnt.asked.extend((1..).zip(lines).map(confirmed));
        let what = format!("学到 {} 句，重新拟合", lines.len());
        let fitted = fitting(&what, |hears| fit(&base.entries, &lexicon, hears));
        lexicon.learnt.model = Some(fitted.model);
    }
    Faq::build(base.entries.clone(), lexicon)
}

/// A line as a group's, so that it teaches words and moves no threshold.
fn confirmed((question, asked): (i64, &Asked)) -> Asked {
    let from = Confirmed {
        question,
        how: How::Adopted,
        bureau: String::new(),
    };
    Asked {
        confirmed: Some(Box::new(from)),
        ..asked.clone()
    }
}

fn print(part: usize, f: &Figures) {
    println!(
        "学到 {part:4} 句：hit1 {}，hit3 {}，有把握 {:.3}（准确 {:.3}），没理 {:.3}，误应 {:.3}",
        within(f.hit1, f.answerable),
        within(f.hit3, f.answerable),
        f.coverage,
        f.precision,
        f.passed,
        f.reacted
    );
}
