//! What a form of the list's pages asks for.

use crate::desk::curating::Act;
use crate::domain::list::draft::DraftId;
use crate::domain::privacy::Masked;
use crate::faq::edit::Field;

/// The longest text of a field, in characters.
const MOST: usize = 8000;
const UNREADABLE: &str = "这个操作看不懂。请刷新页面后再试。";
const LONG: &str = "太长了，一项最多 8000 字。";

/// What an act is about.
#[derive(Clone, Copy, Debug)]
pub enum Subject {
    Draft(DraftId),
    Candidate(i64),
    Entry(u32),
    List,
}

/// The fields of a form.
#[derive(Debug, Default)]
pub struct Wanted {
    /// What is to be done.
    pub act: String,
    /// The draft's version on the page.
    pub version: Option<i64>,
    /// The fields of an entry, as they are written.
    pub fields: Vec<(Field, String)>,
    /// Why, or a name, or what is asked, or a value.
    words: String,
    /// A draft, where the page shows several.
    draft: Option<i64>,
    /// An entry, a revision, a candidate, a dispute.
    no: Option<i64>,
    /// What is ticked.
    ticked: Vec<i64>,
    /// A placeholder, after its bureau where it is of one.
    name: String,
}

impl Wanted {
    /// Reads a form's fields; unknown ones are left.
    pub fn of(pairs: &[(String, String)]) -> Wanted {
        let mut wanted = Wanted::default();
        for (name, value) in pairs {
            match name.as_str() {
                "act" => wanted.act.clone_from(value),
                "version" => wanted.version = value.parse().ok(),
                "words" => wanted.words = value.trim().replace("\r\n", "\n"),
                "draft" => wanted.draft = value.parse().ok(),
                "no" => wanted.no = value.trim().parse().ok(),
                "name" => wanted.name = value.trim().to_owned(),
                "tick" => wanted.ticked.extend(value.parse::<i64>()),
                word => {
                    let field = Field::from_word(word).map(|field| (field, value.replace("\r\n", "\n")));
                    wanted.fields.extend(field);
                }
            }
        }
        wanted
    }

    /// What was written, where it was not taken.
    pub fn written(&self) -> String {
        self.words.clone()
    }

    /// The number that is named.
    pub fn number(&self) -> Option<u32> {
        self.no.and_then(|no| u32::try_from(no).ok())
    }

    /// The reason that was written for a draft.
    pub fn reason(&self) -> Option<(i64, String)> {
        Some((self.draft?, self.words.clone())).filter(|(_, words)| !words.is_empty())
    }

    /// The act of the form.
    ///
    /// # Errors
    /// What is missing, as it is said.
    pub fn act(&self, subject: Subject) -> Result<Act, &'static str> {
        let long = |text: &str| text.chars().count() > MOST;
        if long(&self.words) || self.fields.iter().any(|(_, text)| long(text)) {
            return Err(LONG);
        }
        let words = || Masked::from(self.words.as_str());
        match (subject, self.draft) {
            (Subject::Draft(id), _) => self.of_draft(id),
            (Subject::List, Some(id)) => self.of_draft(DraftId(id)),
            (Subject::Candidate(id), _) => self.of_candidate(id),
            (Subject::Entry(no), _) => Ok(match self.act.as_str() {
                "change" => Act::Change(no),
                "thaw" => Act::Thaw(no),
                "restore" => Act::Restore(no, self.no.ok_or("请选要恢复的那一版。")?),
                "withdraw" if self.words.is_empty() => return Err("请写一句为什么停用，问过的人会看到说明。"),
                "withdraw" => Act::Withdraw(no, words()),
                _ => return Err(UNREADABLE),
            }),
            (Subject::List, None) => Ok(match self.act.as_str() {
                "new" if self.words.is_empty() => return Err("请写上这一条要答的问题。"),
                "new" => Act::New(words()),
                "fill" if self.words.is_empty() => return Err("请写上要填的内容。"),
                "fill" => Act::Fill(Masked::from(format!("{} {}", self.name, self.words))),
                "settle" if self.words.is_empty() => return Err("请写下定的口径。"),
                "settle" => Act::Settle(self.no.ok_or(UNREADABLE)?, words()),
                "merge" => self.merged(None)?,
                _ => return Err(UNREADABLE),
            }),
        }
    }

    fn of_draft(&self, id: DraftId) -> Result<Act, &'static str> {
        Ok(match self.act.as_str() {
            "write" => Act::Write(id, self.fields.clone()),
            "submit" => Act::Submit(id),
            "drop" => Act::Drop(id),
            "approve" => Act::Approve(id),
            "return" if self.words.is_empty() => return Err("请写一句为什么退回，拟稿人好改。"),
            "return" => Act::Return(id, Masked::from(self.words.as_str())),
            "out" if self.ticked.is_empty() => return Err("还没有勾选要去掉的句子。"),
            "out" => Act::TakeOut(id, self.ticked.clone()),
            "unlearn" => Act::Unlearn(id, self.ticked.clone()),
            _ => return Err(UNREADABLE),
        })
    }

    fn of_candidate(&self, id: i64) -> Result<Act, &'static str> {
        let words = || Masked::from(self.words.as_str());
        Ok(match self.act.as_str() {
            "take" => Act::Take(id),
            "join" => Act::Join(id, self.number().ok_or("请写上并入哪一条的条号。")?),
            "dismiss" if self.words.is_empty() => return Err("请写一句为什么不收。"),
            "dismiss" => Act::Dismiss(id, words()),
            "rename" if self.words.is_empty() => return Err("请写上新名字。"),
            "rename" => Act::Rename(id, words()),
            "settle" if self.words.is_empty() => return Err("请写下定的口径。"),
            "settle" => Act::Settle(self.no.ok_or(UNREADABLE)?, words()),
            "merge" => self.merged(Some(id))?,
            "split" if self.ticked.is_empty() => return Err("还没有勾选要拆出的问题。"),
            "split" => Act::Split(id, self.ticked.clone()),
            _ => return Err(UNREADABLE),
        })
    }

    /// The candidates that are ticked go into the first, or into the one of the page.
    fn merged(&self, into: Option<i64>) -> Result<Act, &'static str> {
        let mut chosen = self.ticked.clone();
        chosen.sort_unstable();
        let into = into.or_else(|| (!chosen.is_empty()).then(|| chosen.remove(0)));
        match into {
            Some(into) if !chosen.is_empty() => Ok(Act::Merge(into, chosen)),
            Some(_) | None => Err("请勾选要合在一起的候选。"),
        }
    }
}
