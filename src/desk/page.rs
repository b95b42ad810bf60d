//! What staff do on a page: the use cases of buttons and words, in one transaction, answered where they stand.

use futures_util::future::BoxFuture;

use crate::desk::ground::sitting::{Sitting, Waiting};
use crate::desk::ground::via::Via;
use crate::desk::hear::acts;
use crate::desk::{Desk, DeskError, RERUNS, Result};
use crate::domain::asking::question::QuestionId;
use crate::domain::asking::request::{Act, HelperAct};
use crate::domain::chat::message::{Account, Place};
use crate::domain::chat::rich::Rich;
use crate::domain::roster::people::Person;
use crate::store::StoreError;

/// A member of staff at a page.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Who.
    pub person: Person,
    /// Their account on the pages' channel.
    pub account: Account,
    /// Their private room there.
    pub place: Place,
}

/// What came of an act.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// What the bot says to whoever acted.
    pub said: Vec<Rich>,
    /// It was not done; why is said.
    pub refused: bool,
}

impl Desk {
    /// Does what a helper wants with a question. `seen`: the version of the question on the page; none of what was
    /// wanted is done, and `None` is given, where the question has changed since.
    pub async fn help(
        &self,
        actor: &Actor,
        question: QuestionId,
        seen: Option<i64>,
        act: &HelperAct,
    ) -> Result<Option<Outcome>> {
        let done = self.on_page(actor, |sitting, via| {
            let act = Act::Helper(act.clone());
            Box::pin(async move {
                let there = sitting.tx.question(question).await?;
                if seen.is_some_and(|seen| there.as_ref().is_some_and(|there| there.version != seen)) {
                    return Ok(false);
                }
                acts::act(sitting, via, &act, Some(question.0)).await
            })
        });
        let (in_time, outcome) = done.await?;
        Ok(in_time.then_some(outcome))
    }

    /// Works for whoever stands at a page, in one transaction, again where another was quicker; gives what came of it and
    /// what was said.
    pub(in crate::desk) async fn on_page<T>(
        &self,
        actor: &Actor,
        work: impl for<'a, 'b> Fn(&'a mut Sitting<'b>, &'a Via) -> BoxFuture<'a, Result<T>> + Send + Sync,
    ) -> Result<(T, Outcome)> {
        let via = Via {
            place: actor.place.clone(),
            account: actor.account.clone(),
            person: Some(actor.person.clone()),
            press: None,
            text_id: None,
            link: None,
            media: Vec::new(),
            stuck: false,
        };
        for _ in 0..RERUNS {
            match self.on_page_once(&via, &work).await {
                Err(DeskError::Store(error)) if error.is_conflict() => continue,
                done => {
                    self.bell.notify_one();
                    return done;
                }
            }
        }
        Err(StoreError::Stale.into())
    }

    async fn on_page_once<T>(
        &self,
        via: &Via,
        work: &(impl for<'a, 'b> Fn(&'a mut Sitting<'b>, &'a Via) -> BoxFuture<'a, Result<T>> + Send + Sync),
    ) -> Result<(T, Outcome)> {
        let mut sitting = self.sit().await?;
        sitting.page = Some(Waiting {
            place: via.place.clone(),
            said: Vec::new(),
            refused: false,
        });
        let given = work(&mut sitting, via).await?;
        let page = sitting.page.take();
        sitting.tx.commit().await?;
        let outcome = page.map(|page| Outcome {
            said: page.said,
            refused: page.refused,
        });
        Ok((given, outcome.unwrap_or_default()))
    }
}
