//! What comes from outside, bent: updates, YAML, workbooks, letters of the official account, numbers, questions. Nothing of
//! it may crash or take long. A second each in `./test`; `BANGBAN_FUZZ=600 cargo nextest run -E 'test(fuzz)'` for ten
//! minutes each, and then what is being tried stands in `target/fuzz/`, for what ends the whole process.
//! What failed once is in `proptest-regressions/fuzz/` and is tried first.

use std::path::Path;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use bangban::domain::privacy;
use bangban::faq::{Audience, Base, Faq};
use bangban::official_account::{crypt, xml};
use bangban::platform::telegram::{self, Me};
use bangban::{roster, yaml};
use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, TestCaseError, TestRunner};

use crate::support::forms;

mod seeds;

/// One input may take this long in a debug build, where somebody asked for a long look; `./test` measures no time.
const LONG: Duration = Duration::from_secs(5);
const ROUND: u32 = 64;
/// Longer ones are refused before they are read.
const MOST: usize = 16 * 1024;

/// One way to bend an input.
#[derive(Clone, Debug)]
enum Bend {
    /// Another byte at a place (in 65 536ths of the length).
    Byte(u16, u8),
    /// A word of the list put in.
    Word(u16, prop::sample::Index),
    /// So many bytes out.
    Out(u16, u8),
    /// So many bytes again and again.
    Again(u16, u8, u16),
    /// A piece of another seed put in.
    Piece(u16, prop::sample::Index, u16, u8),
    /// Any character.
    Char(u16, char),
}

fn bend() -> impl Strategy<Value = Bend> {
    prop_oneof![
        1 => (any::<u16>(), any::<u8>()).prop_map(|(at, byte)| Bend::Byte(at, byte)),
        4 => (any::<u16>(), any::<prop::sample::Index>()).prop_map(|(at, word)| Bend::Word(at, word)),
        1 => (any::<u16>(), any::<u8>()).prop_map(|(at, many)| Bend::Out(at, many)),
        1 => (any::<u16>(), 1..64_u8, 1..2_000_u16).prop_map(|(at, many, times)| Bend::Again(at, many, times)),
        2 => (any::<u16>(), any::<prop::sample::Index>(), any::<u16>(), any::<u8>())
            .prop_map(|(at, seed, from, many)| Bend::Piece(at, seed, from, many)),
        2 => (any::<u16>(), any::<char>()).prop_map(|(at, c)| Bend::Char(at, c)),
    ]
}

fn place(at: u16, length: usize) -> usize {
    usize::from(at) * length / 65_536
}

fn bent(mut bytes: Vec<u8>, bends: &[Bend], seeds: &[Vec<u8>], words: &[&str]) -> Vec<u8> {
    for bend in bends {
        let length = bytes.len();
        match bend {
            Bend::Byte(at, byte) if length > 0 => bytes[place(*at, length)] = *byte,
            Bend::Byte(..) => {}
            Bend::Word(at, word) => {
                let at = place(*at, length);
                bytes.splice(at..at, word.get(words).bytes());
            }
            Bend::Out(at, many) => {
                let at = place(*at, length);
                bytes.drain(at..(at + usize::from(*many)).min(length));
            }
            Bend::Again(at, many, times) => {
                let at = place(*at, length);
                let piece = bytes[at..(at + usize::from(*many)).min(length)].to_vec();
                bytes.splice(at..at, piece.repeat(usize::from(*times)));
            }
            Bend::Piece(at, seed, from, many) => {
                let seed = seed.get(seeds);
                let from = place(*from, seed.len());
                let piece = &seed[from..(from + usize::from(*many) * 4).min(seed.len())];
                let at = place(*at, length);
                bytes.splice(at..at, piece.iter().copied());
            }
            Bend::Char(at, c) => {
                let at = place(*at, length);
                bytes.splice(at..at, c.to_string().bytes());
            }
        }
        bytes.truncate(MOST);
    }
    bytes
}

/// Bends the seeds until the time is over; `check` must neither panic nor take long.
fn bends(name: &str, seeds: &[Vec<u8>], words: &[&str], check: impl Fn(&[u8])) {
    let asked: Option<u64> = std::env::var("BANGBAN_FUZZ").ok().and_then(|text| text.parse().ok());
    let until = Instant::now() + Duration::from_secs(asked.unwrap_or(1));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let last = asked.map(|_| root.join("target/fuzz").join(name));
    if let Some(last) = &last {
        std::fs::create_dir_all(last.parent().unwrap()).unwrap();
    }
    let kept: &'static str = format!("proptest-regressions/fuzz/{name}.txt").leak();
    let inputs = (any::<prop::sample::Index>(), prop::collection::vec(bend(), 0..12));
    let mut tried = 0;
    while Instant::now() < until {
        // A runner counts on from run to run, and is done with its first.
        let mut runner = TestRunner::new(Config {
            cases: ROUND,
            failure_persistence: Some(Box::new(FileFailurePersistence::Direct(kept))),
            ..Config::default()
        });
        let done = runner.run(&inputs, |(seed, bends)| {
            let input = bent(seed.get(seeds).clone(), &bends, seeds, words);
            if let Some(last) = &last {
                std::fs::write(last, &input).unwrap();
            }
            let begun = Instant::now();
            check(&input);
            match begun.elapsed() {
                long if asked.is_some() && long > LONG => Err(TestCaseError::fail(format!("took {long:?}"))),
                _ => Ok(()),
            }
        });
        if let Err(error) = done {
            panic!("{name}: {error}");
        }
        tried += ROUND;
    }
    println!("{name}: {tried} inputs");
}

fn of(seeds: &[&str]) -> Vec<Vec<u8>> {
    seeds.iter().map(|seed| seed.as_bytes().to_vec()).collect()
}

#[test]
fn updates() {
    let me = Me {
        id: 7_000_000_001,
        username: "bangban_bot".to_owned(),
        can_read_all_group_messages: true,
    };
    bends("updates", &of(&seeds::UPDATES), &seeds::JSON, |input| {
        let _ = telegram::parse(&String::from_utf8_lossy(input), &me);
    });
}

#[test]
fn rosters() {
    let seeds = [include_str!("../src/sample_city.yaml"), include_str!("data/town.yaml")];
    bends("rosters", &of(&seeds), &seeds::YAML, |input| {
        let text = String::from_utf8_lossy(input);
        let _ = roster::read_str(&text, Path::new("roster.yaml"), &TimeZone::UTC);
    });
}

#[test]
fn entries() {
    let seeds = [include_str!("data/faq/change.yaml"), include_str!("data/faq/list.yaml")];
    let folder = tempfile::tempdir().unwrap();
    bends("entries", &of(&seeds), &seeds::YAML, |input| {
        std::fs::write(folder.path().join("change.yaml"), input).unwrap();
        let _ = Base::load(folder.path());
        let _ = yaml::read_text(&folder.path().join("change.yaml"));
    });
}

#[test]
fn workbooks() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("form.xlsx");
    forms::weidu(&file, &[]);
    let good = std::fs::read(&file).unwrap();
    let parts = seeds::parts(&good);
    let mut seeds: Vec<Vec<u8>> = parts.iter().map(|(_, bytes)| bytes.clone()).collect();
    seeds.push(good);
    bends("workbooks", &seeds, &seeds::SHEET, |input| {
        // The whole file as it is, and each of its parts instead of the good one.
        std::fs::write(&file, input).unwrap();
        let _ = roster::annex::read_file(&file, None);
        let part = input.len() % parts.len();
        std::fs::write(&file, seeds::with(&parts, part, input)).unwrap();
        let _ = roster::annex::read_file(&file, None);
    });
}

#[test]
fn letters() {
    let key = crypt::Key::read("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG").unwrap();
    bends("letters", &of(&seeds::LETTERS), &seeds::XML, |input| {
        let text = String::from_utf8_lossy(input);
        let _ = xml::read(&text);
        let _ = key.open(&text, "wx0000000000000001");
    });
}

#[test]
fn numbers() {
    bends("numbers", &of(&seeds::SAID), &seeds::NUMBERS, |input| {
        let text = String::from_utf8_lossy(input);
        let once = privacy::mask(&text);
        assert_eq!(privacy::mask(once.as_str()), once, "masked twice is masked once");
    });
}

#[test]
fn questions() {
    static FAQ: LazyLock<Faq> = LazyLock::new(|| {
        let base = Base::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/faq")).unwrap();
        Faq::build(base.entries, base.lexicon)
    });
    bends("questions", &of(&seeds::SAID), &seeds::ASKED, |input| {
        let text = String::from_utf8_lossy(input);
        for audience in [Audience::Public, Audience::Staff] {
            let _ = FAQ.read(&text, audience);
        }
        let _ = FAQ.gate(&text);
    });
}
