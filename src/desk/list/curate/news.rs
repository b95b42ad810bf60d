//! That the list changed is said when the changed list is the one that answers, also after a restart in between.

use std::sync::Arc;

use crate::desk::ground::readings::Readings;
use crate::desk::ground::sitting::Sitting;
use crate::desk::{Desk, Result};
use crate::domain::chat::rich::Rich;
use crate::domain::roster::people::PersonId;
use crate::store::StoreError;
use serde::{Deserialize, Serialize};

/// Note that holds what is still to be said.
const NEWS: &str = "list_news";

/// What is to be said of a change of the list, and to whom.
#[derive(Serialize, Deserialize)]
struct News {
    /// The list that holds the change.
    version: i64,
    people: Vec<PersonId>,
    text: Rich,
}

impl Desk {
    /// Says what changed in the list, as far as the list that answers now holds it.
    pub(in crate::desk) async fn tell_news(&self) -> Result<()> {
        let readings = Arc::new(Readings::new(self.faq()));
        if kept(&mut self.look(self.db.read().await?, readings)).await?.is_empty() {
            return Ok(());
        }
        let mut sitting = self.sit().await?;
        let serves = sitting.served.version();
        let (now, later): (Vec<News>, Vec<News>) = kept(&mut sitting)
            .await?
            .into_iter()
            .partition(|news| news.version <= serves);
        for news in &now {
            sitting.tell_privately(&news.people, &news.text).await?;
        }
        save(&mut sitting, &later).await?;
        Ok(sitting.tx.commit().await?)
    }
}

/// Keeps what is to be said once the list answers as this transaction leaves it.
pub(super) async fn keep(sitting: &mut Sitting<'_>, people: Vec<PersonId>, text: Rich) -> Result<()> {
    let version = sitting.tx.faq_version().await?;
    let mut news = kept(sitting).await?;
    news.push(News { version, people, text });
    save(sitting, &news).await
}

async fn kept(sitting: &mut Sitting<'_>) -> Result<Vec<News>> {
    let Some(text) = sitting.tx.note(NEWS).await?.filter(|text| !text.is_empty()) else {
        return Ok(Vec::new());
    };
    Ok(serde_json::from_str(&text).map_err(|error| StoreError::inconsistent("notes", NEWS, error))?)
}

async fn save(sitting: &mut Sitting<'_>, news: &[News]) -> Result<()> {
    let text = match news.is_empty() {
        true => String::new(),
        false => serde_json::to_string(news).map_err(|error| StoreError::inconsistent("notes", NEWS, error))?,
    };
    Ok(sitting.tx.set_note(NEWS, &text).await?)
}
