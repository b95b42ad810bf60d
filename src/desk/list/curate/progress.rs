//! An approval takes a while: whoever approved reads how far it is, in one message that is changed. Where messages cannot
//! be changed, once, when fitting begins. What it came to is said elsewhere.

use crate::clock::Millis;
use crate::desk::{Desk, Result};
use crate::domain::chat::message::Place;
use crate::domain::chat::owed::{Change, Owed};
use crate::domain::list::draft::{Draft, DraftId, DraftState};
use crate::domain::roster::people::PersonId;
use crate::domain::wording::{self, TestStep};
use std::sync::PoisonError;
use std::time::Duration;
use tokio::sync::watch;

/// A step that ends sooner is not worth a word.
const GAP_MS: i64 = 5_000;
const GAP: Duration = Duration::from_millis(GAP_MS.unsigned_abs());

/// A message that says how far it is: where, and the row it was owed by.
type Told = (Place, i64);

/// Tells the approver each step until the tests end. What cannot be told now is not told: the tests go on.
pub(super) async fn tell(desk: &Desk, draft: &Draft, mut steps: watch::Receiver<TestStep>) {
    let (DraftState::Testing { by } | DraftState::Scheduled { by, .. }) = draft.state else {
        return;
    };
    let mut told: Vec<Told> = Vec::new();
    let mut last: Millis = desk.clock.now();
    let mut untold = false;
    loop {
        match tokio::time::timeout(GAP, steps.changed()).await {
            Ok(Ok(())) => {
                untold = true;
                desk.note_test(draft.id, Some(*steps.borrow()));
            }
            Ok(Err(_)) => break,
            // A step that lasts is told though nothing changes in it.
            Err(_) => {}
        }
        let now = desk.clock.now();
        if untold && now.since(last) >= GAP_MS {
            (last, untold) = (now, false);
            let step = *steps.borrow_and_update();
            say(desk, by, &mut told, draft.id.0, step).await;
        }
    }
    desk.note_test(draft.id, None);
    if !told.is_empty() {
        say(desk, by, &mut told, draft.id.0, TestStep::Over).await;
    }
}

impl Desk {
    /// How far the tests of a draft are, for whoever looks.
    pub(in crate::desk) fn test_step(&self, draft: DraftId) -> Option<TestStep> {
        let tests = self.tests.lock().unwrap_or_else(PoisonError::into_inner);
        tests.get(&draft).copied()
    }

    fn note_test(&self, draft: DraftId, step: Option<TestStep>) {
        let mut tests = self.tests.lock().unwrap_or_else(PoisonError::into_inner);
        match step {
            Some(step) => tests.insert(draft, step),
            None => tests.remove(&draft),
        };
    }
}

async fn say(desk: &Desk, by: PersonId, told: &mut Vec<Told>, draft: i64, step: TestStep) {
    if let Err(error) = owe(desk, by, told, draft, step).await {
        tracing::warn!(draft.id = draft, error = %error, "progress not told");
    }
}

async fn owe(desk: &Desk, by: PersonId, told: &mut Vec<Told>, draft: i64, step: TestStep) -> Result<()> {
    let mut sitting = desk.sit().await?;
    let now = sitting.now;
    let text = wording::draft_progress(draft, step);
    let mut first = Vec::new();
    for (place, row) in told.iter() {
        if desk.channels.can(&place.channel).edit {
            let change = Change::Words {
                text: text.clone(),
                buttons: vec![],
            };
            sitting.tx.owe_change_of(*row, place, change, now).await?;
        }
    }
    if told.is_empty() {
        for place in sitting.private_places(&[by]).await? {
            let edits = desk.channels.can(&place.channel).edit;
            if !edits && !matches!(step, TestStep::Fitting { .. }) {
                continue;
            }
            let owed = Owed::Message {
                text: text.clone(),
                buttons: vec![],
                quote: None,
                whom: None,
                ask_contact: false,
            };
            let row = sitting.tx.owe_changing(&place, &owed, now).await?;
            first.push((place, row));
        }
    }
    sitting.tx.commit().await?;
    told.extend(first);
    desk.bell.notify_one();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::config::Config;
    use crate::domain::chat::access::Proof;
    use crate::domain::chat::capabilities::{Capabilities, Channels};
    use crate::domain::chat::message::{Account, Channel};
    use crate::store::Db;
    use crate::store::outbox::Aimed;
    use std::path::Path;
    use std::sync::Arc;

    const NOW: Millis = Millis(1_795_000_000_000);
    const EDITS: Capabilities = Capabilities {
        edit: true,
        ..Capabilities::LEAST
    };
    const FITTING: TestStep = TestStep::Fitting { done: 3, all: 13 };

    /// A desk, and an approver who is reached where words can be changed and where they cannot.
    async fn desk(data: &Path) -> (Desk, PersonId) {
        let text = format!("data = {:?}\n", data.display().to_string());
        let config = Config::from_text(&text, Path::new("test.toml")).unwrap();
        let db = Db::open(&format!("sqlite://{}/test.db", data.display())).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        tx.replace_roster(&crate::roster::sample().unwrap(), NOW).await.unwrap();
        let by = tx.roster().await.unwrap().people[0].id;
        for channel in ["edits", "plain"] {
            let account = Account {
                channel: Channel::new(channel),
                id: "a1".into(),
            };
            tx.become_person(&account, by, Proof::Link, NOW).await.unwrap();
            tx.open_private(&account, "p1", NOW).await.unwrap();
        }
        tx.commit().await.unwrap();
        let channels = Channels::new([("edits", EDITS), ("plain", Capabilities::LEAST)]);
        let opened = Desk::open(db, Clock::fixed(NOW), Arc::new(config), Arc::default(), channels);
        (opened.await.unwrap(), by)
    }

    /// What goes out now: where, the words, and whether they change others.
    async fn sent(desk: &Desk) -> Vec<(String, String, bool)> {
        let mut tx = desk.db.begin().await.unwrap();
        let mut sent = Vec::new();
        loop {
            let heads = tx.outbox_heads(&["edits", "plain"], NOW).await.unwrap().rows;
            if heads.is_empty() {
                tx.commit().await.unwrap();
                return sent;
            }
            for row in heads {
                let row = tx.lease(row.id, "x", NOW).await.unwrap().unwrap();
                let Some(Aimed { row, owed }) = tx.aim(row, "x", NOW).await.unwrap() else {
                    continue;
                };
                let (Owed::Message { text, .. } | Owed::Edit { text, .. }) = &owed else {
                    panic!("{owed:?}")
                };
                let changes = owed.target() == Some("m1");
                sent.push((row.place.channel.0.clone(), text.words(), changes));
                let message = (!changes).then_some("m1");
                assert!(tx.mark_sent((row.id, "x"), message, NOW).await.unwrap());
            }
        }
    }

    #[tokio::test]
    async fn steps_are_read_in_one_message_that_is_changed_or_once_where_it_cannot_be() {
        let data = tempfile::tempdir().unwrap();
        let (desk, by) = desk(data.path()).await;
        let mut told = Vec::new();
        let steps = [FITTING, TestStep::Again, TestStep::Over];
        for (at, step) in steps.into_iter().enumerate() {
            say(&desk, by, &mut told, 5, step).await;
            let words = wording::draft_progress(5, step).words();
            let mut read = vec![("edits".to_owned(), words.clone(), at > 0)];
            if at == 0 {
                read.push(("plain".to_owned(), words, false));
            }
            let mut sent = sent(&desk).await;
            sent.sort();
            assert_eq!(sent, read);
        }
    }

    #[tokio::test]
    async fn tests_that_end_soon_are_not_told_of() {
        let data = tempfile::tempdir().unwrap();
        let (desk, by) = desk(data.path()).await;
        let mut draft = Draft::new(DraftId(5), by);
        draft.state = DraftState::Testing { by };
        for (pause, read) in [(GAP_MS - 1, 0), (GAP_MS, 3)] {
            let (step, steps) = watch::channel(TestStep::Tests { done: 0, all: 1 });
            let telling = tell(&desk, &draft, steps);
            let testing = async {
                desk.clock.advance(pause);
                step.send_replace(FITTING);
                drop(step);
            };
            tokio::join!(telling, testing);
            assert_eq!(sent(&desk).await.len(), read, "after {pause} ms");
        }
    }
}
