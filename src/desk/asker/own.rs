//! What an asker has open, and how it stands: as they are told in a chat, and as a page shows it.

use crate::desk::ground::sitting::Sitting;
use crate::desk::{Desk, Result};
use crate::domain::asking::question::{Question, State};
use crate::domain::chat::message::Account;
use crate::domain::{duty, wording};

/// An open question of somebody's.
#[derive(Clone, Debug)]
pub struct Own {
    /// The question.
    pub question: Question,
    /// How it stands, and by when something should come of it.
    pub standing: String,
}

impl Desk {
    /// What an account has open anywhere, oldest first.
    pub async fn own_open(&self, account: &Account) -> Result<Vec<Own>> {
        own_open(&mut self.only_look().await?, account).await
    }
}

pub(in crate::desk) async fn own_open(sitting: &mut Sitting<'_>, account: &Account) -> Result<Vec<Own>> {
    let open = sitting.tx.open_questions_of(account).await?;
    let mut own = Vec::with_capacity(open.len());
    for question in open {
        let standing = standing(sitting, &question).await?;
        own.push(Own { question, standing });
    }
    Ok(own)
}

async fn standing(sitting: &mut Sitting<'_>, question: &Question) -> Result<String> {
    let helper = sitting.holder_name(question).await?;
    let standing = wording::standing(
        question.state.phase(),
        helper.as_ref().map(|named| named.public.name.as_str()),
    );
    let until = match question.state {
        State::Waiting { .. } | State::Claimed { .. } => sitting.deadline(question),
        _ => None,
    };
    let until = until.map(|at| wording::Until {
        said: duty::when_said(at, sitting.now, sitting.time()),
        over: at <= sitting.now,
    });
    let done = match question.state {
        State::Waiting { rung, .. } => wording::being_called(rung),
        _ => wording::being_urged(),
    };
    Ok(wording::expected(&standing, until.as_ref(), done))
}
