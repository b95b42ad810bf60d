//! What is kept only for a time is forgotten.

use crate::calendar;
use crate::clock::{self};
use crate::domain::chat::access::VISITOR_IDLE_MS;
use std::sync::PoisonError;

use crate::desk::{Desk, Result};

impl Desk {
    /// Forgets what is kept only for a time (PRODUCT §2.1). Returns file names of pictures to be removed.
    pub async fn tidy(&self) -> Result<Vec<String>> {
        const DAY: i64 = 86_400_000;
        const HOUR: i64 = 3_600_000;
        if let Some(year) = self.calendar_missing() {
            tracing::warn!("{}", calendar::missing_said(year, &self.config.data));
        }
        self.say_calendar_problems();
        if !self.believes() {
            tracing::error!("{}", clock::UNSURE);
            return Ok(Vec::new());
        }
        let now = self.clock.now();
        let keep = &self.config.keep;
        let mut tx = self.db.begin().await?;
        tx.forget_inbox(now.plus(-DAY), now.plus(-keep.dead_updates_ms)).await?;
        tx.forget_outbox(now.plus(-7 * DAY)).await?;
        tx.forget_unknown_chats(now.plus(-HOUR)).await?;
        tx.forget_windows(now.plus(-7 * DAY)).await?;
        tx.forget_buttons(now).await?;
        tx.forget_told(now).await?;
        tx.forget_duty_changes(now.plus(-90 * DAY)).await?;
        let gone = tx.forget_questions(now.plus(-keep.questions_ms)).await?;
        let files = tx.forget_rooms(now.plus(-keep.media_ms)).await?;
        tx.forget_visitors(now.plus(-VISITOR_IDLE_MS)).await?;
        if gone > 0 || !files.is_empty() {
            let what = format!("{gone} questions, {} pictures", files.len());
            tx.audit(None, "purge", "kept long enough", &what, now).await?;
        }
        let head = tx.audit_head().await?;
        tx.commit().await?;
        if let Some((rows, hash)) = head {
            // What the log says cannot be taken back: `audit verify --tail` compares.
            tracing::info!(rows, tail = hash.get(..16).unwrap_or_default(), "audit");
        }
        Ok(files)
    }

    /// Files to be taken off the disk once nothing names them any more.
    pub(in crate::desk) fn unwanted(&self, files: Vec<String>) {
        self.unwanted
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(files);
    }

    /// Those that nothing names: what erased them is committed.
    pub async fn unwanted_files(&self) -> Result<Vec<String>> {
        let unwanted = self.unwanted.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if unwanted.is_empty() {
            return Ok(unwanted);
        }
        let kept = self.db.read().await?.picture_files().await?;
        let (kept, gone): (Vec<String>, Vec<String>) = unwanted.into_iter().partition(|file| kept.contains(file));
        let mut unwanted = self.unwanted.lock().unwrap_or_else(PoisonError::into_inner);
        unwanted.retain(|file| kept.contains(file));
        Ok(gone)
    }
}
