//! Holidays and make-up workdays: taken up from the calendar files while the program runs. A mistake in one of them
//! stops nothing; its year stays as it was when the file was good, across restarts too.

use std::path::Path;
use std::sync::{Arc, PoisonError};

use crate::calendar::{self, Kept, Loaded};
use crate::desk::{Desk, Result};
use crate::domain::time::calendar::Calendar;
use crate::store::Db;

/// The note that keeps the files as they were when they were good.
const KEPT: &str = "calendar";

/// The calendar, and what stands behind it.
#[derive(Debug)]
pub(super) struct Days {
    pub calendar: Arc<Calendar>,
    kept: Kept,
    problems: Vec<String>,
}

impl Days {
    /// Reads the files; what was good at an earlier run is kept in the database.
    pub async fn open(db: &Db, data: &Path) -> Result<Days> {
        let kept = db.read().await?.note(KEPT).await?;
        // A note nobody can read is as good as none: the files say it again.
        let kept: Kept = kept
            .and_then(|kept| serde_json::from_str(&kept).ok())
            .unwrap_or_default();
        let days = Days::of(calendar::load_kept(data, &kept));
        days.say_problems();
        if days.kept != kept {
            days.keep(db).await?;
        }
        Ok(days)
    }

    fn of(loaded: Loaded) -> Days {
        Days {
            calendar: Arc::new(loaded.calendar),
            kept: loaded.kept,
            problems: loaded.problems.iter().map(ToString::to_string).collect(),
        }
    }

    async fn keep(&self, db: &Db) -> Result<()> {
        let text = serde_json::to_string(&self.kept).unwrap_or_default();
        let mut tx = db.begin().await?;
        tx.set_note(KEPT, &text).await?;
        Ok(tx.commit().await?)
    }

    fn say_problems(&self) {
        for problem in &self.problems {
            tracing::error!("{}", calendar::problem_said(problem));
        }
    }
}

impl Desk {
    /// Reads the files anew; says loudly, once, what is wrong with them.
    pub(super) async fn take_up_calendar(&self) -> Result<()> {
        let fresh = {
            let days = self.days.read().unwrap_or_else(PoisonError::into_inner);
            let fresh = Days::of(calendar::load_kept(&self.config.data, &days.kept));
            if (&fresh.calendar, &fresh.kept, &fresh.problems) == (&days.calendar, &days.kept, &days.problems) {
                return Ok(());
            }
            if fresh.problems != days.problems {
                fresh.say_problems();
            }
            if fresh.calendar != days.calendar {
                tracing::info!("calendar taken up");
                super::warn_of_calendar(&self.config);
            }
            fresh
        };
        let kept = fresh.keep(&self.db).await;
        *self.days.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        kept
    }

    /// Says again what is wrong with the calendar files.
    pub(super) fn say_calendar_problems(&self) {
        self.days.read().unwrap_or_else(PoisonError::into_inner).say_problems();
    }

    /// What is wrong with the calendar files, with file, line and column.
    pub fn calendar_problems(&self) -> Vec<String> {
        self.days
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .problems
            .clone()
    }
}
