//! 要先看的词: the city desk's list of words, a file of the data folder, taken up while the program runs. What visitors
//! write with one of them waits in the web group until staff have looked; the bot never repeats it, on any channel.

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, PoisonError};

use crate::desk::{Desk, Result};
use crate::domain::chat::listed::Listed;
use crate::domain::chat::message::{Event, Incoming, SenderKind};
use crate::domain::privacy::{Masked, mask};
use crate::domain::roster::people::Person;

/// The file in the data folder.
const FILE: &str = "words.txt";
/// A larger file is no list of words; in bytes.
const MOST: usize = 1024 * 1024;

/// The list, and the file it was read from.
#[derive(Default)]
pub(super) struct Words {
    listed: Arc<Listed>,
    text: String,
    /// Why the file was not taken; said once.
    trouble: Option<String>,
}

impl Words {
    /// Reads the file; none is an empty list. What cannot be read leaves the list as it is, and the log says so.
    pub fn take_up(&mut self, data: &Path) {
        let file = data.join(FILE);
        let text = match std::fs::read_to_string(&file) {
            Ok(text) if text.len() <= MOST => Ok(text),
            Ok(_) => Err("larger than 1 MB".to_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(error.to_string()),
        };
        match text {
            Ok(text) => {
                self.trouble = None;
                if text != self.text {
                    self.listed = Arc::new(listed(&file, &text));
                    self.text = text;
                }
            }
            Err(trouble) if self.trouble.as_ref() == Some(&trouble) => {}
            Err(trouble) => {
                let file = file.display();
                tracing::error!(%file, trouble, "the list of words is not taken, the one before holds: it must be a text in UTF-8 with one word a line");
                self.trouble = Some(trouble);
            }
        }
    }
}

fn listed(file: &Path, text: &str) -> Listed {
    let (listed, unfit) = Listed::of(text);
    for unfit in unfit {
        let (file, line) = (file.display(), unfit.line);
        tracing::error!(%file, line, "this line of the list of words is left out: it has fewer than two characters to read");
    }
    tracing::info!(words = listed.amount(), "list of words taken up");
    listed
}

impl Desk {
    /// The words that wait for staff.
    pub fn listed(&self) -> Arc<Listed> {
        Arc::clone(&self.words.read().unwrap_or_else(PoisonError::into_inner).listed)
    }

    /// Reads the file anew.
    pub(super) fn take_up_words(&self) {
        let mut words = self.words.write().unwrap_or_else(PoisonError::into_inner);
        words.take_up(&self.config.data);
    }

    /// What was heard, with stars instead of listed words, so that nothing is kept or said of them. What helpers say is
    /// theirs.
    pub(super) async fn without_listed<'a>(&self, incoming: &'a Incoming) -> Result<Cow<'a, Incoming>> {
        let listed = self.listed();
        let Some(starred) = starred(&listed, incoming) else {
            return Ok(Cow::Borrowed(incoming));
        };
        let person = match incoming.from.kind {
            SenderKind::Person => self.db.read().await?.person_of(&incoming.account()).await?,
            SenderKind::Anonymous | SenderKind::ChannelIdentity | SenderKind::Bot => None,
        };
        let roster = self.roster();
        let helper = person.and_then(|id| roster.person(id)).is_some_and(Person::is_helper);
        Ok(match helper {
            true => Cow::Borrowed(incoming),
            false => Cow::Owned(starred),
        })
    }
}

/// The same with stars; none where no listed word is in it.
fn starred(listed: &Listed, incoming: &Incoming) -> Option<Incoming> {
    let stars = |text: &Masked| listed.starred(text.as_str()).map(|stars| mask(&stars));
    let name = stars(&incoming.from.name);
    let (text, quoted) = match &incoming.event {
        Event::Message(heard) | Event::Edited(heard) => (stars(&heard.text), stars(&heard.quoted)),
        Event::Press(_) | Event::OwnContact(_) | Event::Chat(_) => (None, None),
    };
    if name.is_none() && text.is_none() && quoted.is_none() {
        return None;
    }
    let mut starred = incoming.clone();
    starred.from.name = name.unwrap_or(starred.from.name);
    if let Event::Message(heard) | Event::Edited(heard) = &mut starred.event {
        heard.text = text.unwrap_or_else(|| std::mem::take(&mut heard.text));
        heard.quoted = quoted.unwrap_or_else(|| std::mem::take(&mut heard.quoted));
    }
    Some(starred)
}
