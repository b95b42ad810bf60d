//! How a message sounds, by its runs of one to three characters and where they end: as if somebody asks or only tells,
//! whatever it is about (登不上了 asks for help, 登上了 does not); and, of what asks, as ours or as somebody else's
//! (银行卡怎么注销). Each is learnt from all phrasings and questions together; the fitted file holds how hard each of them
//! pulls, as for the classes.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::FxHasher;

use super::classes::{Example, teach};

/// Places for runs of characters; two that share one are told apart by the others of their messages.
const ROOM: usize = 1 << 17;
const LONGEST: usize = 3;
/// Before and after a message: how it begins and ends tells most.
const EDGE: char = '|';
/// Two classes are learnt for each; the one that it is about is the second.
const CLASSES: usize = 2;
const IT: usize = 1;
/// So many of a logit are one.
const SCALE: f32 = 4.0;

/// Towards telling, and towards matters of others.
pub type Sound = [f32; 2];

/// What each run of characters says for either.
pub struct Tone {
    weights: Vec<Sound>,
}

impl Tone {
    /// From texts and how hard each pulls.
    pub fn assemble<'a>(pulls: impl Iterator<Item = (&'a str, Sound)>) -> Tone {
        let mut weights = vec![Sound::default(); ROOM];
        for (text, pull) in pulls {
            for (place, value) in runs(text) {
                let weight = &mut weights[place as usize];
                *weight = [0, 1].map(|which| weight[which] + pull[which] * value);
            }
        }
        Tone { weights }
    }

    /// How much a text sounds like either: above zero rather so than not, between -2 and 2.
    pub fn of(&self, text: &str) -> Sound {
        let add = |sum: Sound, (place, value): (u32, f32)| {
            let weight = self.weights[place as usize];
            [0, 1].map(|which| sum[which] + weight[which] * value)
        };
        // Both classes are pulled alike, in opposite directions.
        runs(text)
            .fold(Sound::default(), add)
            .map(|sum| (2.0 * sum / SCALE).clamp(-2.0, 2.0))
    }
}

/// How hard each text pulls towards one of them, which is so or not of each; the same texts give the same pulls.
pub fn pulls<'a>(texts: impl Iterator<Item = (&'a str, bool)>) -> Vec<f32> {
    let examples: Vec<Example> = texts
        .map(|(text, is)| Example {
            units: runs(text).collect(),
            class: usize::from(is),
            weight: 1.0,
        })
        .collect();
    let pulls = teach(&examples, CLASSES, ROOM, &|| ());
    pulls.chunks_exact(CLASSES).map(|pull| pull[IT]).collect()
}

/// The runs of a text, each with its part of a vector of length one. Digits are all alike.
fn runs(text: &str) -> impl Iterator<Item = (u32, f32)> + use<> {
    let like = |c: char| if c.is_ascii_digit() { '0' } else { c };
    let chars: Vec<char> = std::iter::once(EDGE)
        .chain(text.chars().map(like))
        .chain([EDGE])
        .collect();
    let mut places: Vec<u32> = (1..=LONGEST)
        .flat_map(|length| chars.windows(length).map(place))
        .collect();
    places.sort_unstable();
    places.dedup();
    let value = 1.0 / (places.len() as f32).sqrt();
    places.into_iter().map(move |place| (place, value))
}

fn place(run: &[char]) -> u32 {
    let mut hasher = FxHasher::default();
    run.hash(&mut hasher);
    (hasher.finish() >> 40) as u32 % ROOM as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_sounds_other_than_what_is_asked() {
        let texts = [
            ("密码忘了怎么办", false),
            ("登录不了", false),
            ("图片上传不了", false),
            ("签名保存不了", false),
            ("执照能邮寄吗", false),
            ("密码找回来了", true),
            ("登上了谢谢", true),
            ("执照拿到了谢谢老师", true),
            ("图片传好了", true),
            ("签好了", true),
        ];
        let pulls = pulls(texts.into_iter());
        let tone = Tone::assemble(texts.iter().zip(pulls).map(|((text, _), pull)| (*text, [pull, -pull])));
        let [asked, told] = ["章程上传不了", "公章刻好了谢谢"].map(|text| tone.of(text));
        assert!(asked[0] < 0.0 && told[0] > 0.0);
        assert_eq!((asked[1], told[1]), (-asked[0], -told[0]));
        assert!(tone.of("")[0] > -2.0);
    }
}
