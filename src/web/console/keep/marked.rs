//! What differs between two texts, piece by piece, so that it can be marked.

use similar::{ChangeTag, TextDiff};

/// So few characters that are the same between two changes are read as changed with them.
const LEAST: usize = 2;

/// What became of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It stays.
    Same,
    /// It is taken out.
    Gone,
    /// It is put in.
    New,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub mark: Mark,
    /// Its words.
    pub words: String,
}

/// A field that changed.
#[derive(Clone, Debug)]
pub struct Changed {
    /// As editors call it.
    pub word: &'static str,
    /// From the old text to the new one.
    pub pieces: Vec<Piece>,
}

/// A text that becomes another one.
pub fn marked(old: &str, new: &str) -> Vec<Piece> {
    let mut hunks = Hunks::default();
    for change in TextDiff::from_chars(old, new).iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => hunks.same.push_str(change.value()),
            ChangeTag::Delete => {
                hunks.change();
                hunks.gone.push_str(change.value());
            }
            ChangeTag::Insert => {
                hunks.change();
                hunks.new.push_str(change.value());
            }
        }
    }
    hunks.flush();
    hunks.pieces
}

/// Fields that changed, marked.
pub fn fields(fields: &crate::desk::curating::Fields) -> Vec<Changed> {
    let changed = |(field, old, new): &(crate::faq::edit::Field, String, String)| Changed {
        word: field.word(),
        pieces: marked(old, new),
    };
    fields.iter().map(changed).collect()
}

/// What is read of both texts and not yet marked.
#[derive(Default)]
struct Hunks {
    pieces: Vec<Piece>,
    gone: String,
    new: String,
    same: String,
}

impl Hunks {
    /// Something changes here: what was the same before it belongs to the change, or ends the one before.
    fn change(&mut self) {
        if self.same.is_empty() {
            return;
        }
        let changed = !self.gone.is_empty() || !self.new.is_empty();
        if changed && self.same.chars().count() < LEAST {
            self.gone.push_str(&self.same);
            self.new.push_str(&self.same);
            self.same.clear();
        } else {
            self.flush();
        }
    }

    fn flush(&mut self) {
        for (mark, words) in [
            (Mark::Gone, std::mem::take(&mut self.gone)),
            (Mark::New, std::mem::take(&mut self.new)),
            (Mark::Same, std::mem::take(&mut self.same)),
        ] {
            if !words.is_empty() {
                self.pieces.push(Piece { mark, words });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(old: &str, new: &str) -> String {
        let told = |piece: &Piece| match piece.mark {
            Mark::Same => piece.words.clone(),
            Mark::Gone => format!("[-{}]", piece.words),
            Mark::New => format!("[+{}]", piece.words),
        };
        marked(old, new).iter().map(told).collect()
    }

    #[test]
    fn what_changed_is_marked_and_what_stays_can_be_read() {
        assert_eq!(told("公示20天", "公示45天"), "公示[-20][+45]天");
        assert_eq!(told("", "新的"), "[+新的]");
        assert_eq!(told("旧的", ""), "[-旧的]");
        assert_eq!(told("一样", "一样"), "一样");
        assert_eq!(told("3日内到窗口办", "5日内到窗口办好"), "[-3][+5]日内到窗口办[+好]");
    }

    #[test]
    fn a_single_character_between_two_changes_is_not_torn_out() {
        assert_eq!(told("甲的乙", "丙的丁"), "[-甲的乙][+丙的丁]");
    }
}
