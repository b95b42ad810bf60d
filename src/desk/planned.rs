//! Leave and swaps by page: the use cases of `/leave` and `/swap` with people and days that were chosen, not typed.

use std::sync::Arc;

use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::helper::away;
use crate::desk::page::{Actor, Outcome};
use crate::desk::{Desk, Result};
use crate::domain::chat::rich::Rich;
use crate::domain::duty::leave::Stretch;
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::roster::rights::Right;
use crate::domain::wording;

/// What is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Somebody is away, perhaps with somebody who stands in.
    Leave {
        who: PersonId,
        when: Stretch,
        cover: Option<PersonId>,
    },
    /// Leave is over, or is not taken.
    NoLeave { number: i64 },
    /// A colleague is asked to do a stretch of duty, perhaps for one of theirs.
    Swap {
        own: Stretch,
        colleague: PersonId,
        theirs: Option<Stretch>,
    },
    /// The colleague agrees, or not.
    Answer { number: i64, agrees: bool },
}

impl Desk {
    /// Does what was planned on a page.
    ///
    /// # Errors
    /// The database failed.
    pub async fn plan(&self, actor: &Actor, plan: Plan) -> Result<Outcome> {
        let done = self.on_page(actor, |sitting, via| {
            Box::pin(async move {
                // What another page changed a moment ago counts.
                sitting.roster = Arc::new(sitting.tx.city().await?);
                let text = planned(sitting, via, plan).await?;
                sitting.told_on_page(&via.place, &text);
                Ok(())
            })
        });
        done.await.map(|((), outcome)| outcome)
    }
}

async fn planned(sitting: &mut Sitting<'_>, via: &Via, plan: Plan) -> Result<Rich> {
    let Some(helper) = via.person.as_ref().and_then(|person| helper(sitting, person.id)) else {
        return Ok(sitting.not_done(wording::helpers_only()));
    };
    match plan {
        Plan::Leave { who, when, cover } => leave(sitting, &helper, who, when, cover).await,
        Plan::NoLeave { number } => away::call_off(sitting, &helper, number).await,
        Plan::Swap { own, colleague, theirs } => {
            if let Some(over) = [Some(own), theirs]
                .into_iter()
                .flatten()
                .find(|when| over(sitting, when))
            {
                return Ok(sitting.not_done(wording::day_over(over.first)));
            }
            match colleague_of(sitting, &helper, colleague) {
                Some(colleague) => away::propose_swap(sitting, &helper, own, &colleague, theirs).await,
                None => Ok(sitting.not_done(wording::not_a_colleague())),
            }
        }
        Plan::Answer { number, agrees } => away::answer_swap(sitting, &helper, agrees, number).await,
    }
}

async fn leave(
    sitting: &mut Sitting<'_>,
    by: &Person,
    who: PersonId,
    when: Stretch,
    cover: Option<PersonId>,
) -> Result<Rich> {
    let Some(who) = helper(sitting, who) else {
        return Ok(sitting.not_done(wording::not_a_colleague()));
    };
    let other = who.id != by.id;
    if other && !sitting.has_right(by, Right::Arrange, who.bureau) {
        return Ok(sitting.not_done(wording::leave_of_others()));
    }
    if over(sitting, &when) {
        return Ok(sitting.not_done(wording::day_over(when.first)));
    }
    let covers = match cover {
        None => None,
        Some(cover) => match colleague_of(sitting, &who, cover) {
            Some(colleague) => Some(colleague),
            None => return Ok(sitting.not_done(wording::not_a_colleague())),
        },
    };
    away::go_away(sitting, &who, other.then_some(by), when, covers.as_ref()).await
}

fn over(sitting: &Sitting<'_>, when: &Stretch) -> bool {
    when.first < sitting.desk.day(sitting.now)
}

fn helper(sitting: &Sitting<'_>, id: PersonId) -> Option<Person> {
    let person = sitting.roster.person(id).filter(|person| person.is_helper());
    person.cloned()
}

/// Another helper of somebody's bureau.
fn colleague_of(sitting: &Sitting<'_>, who: &Person, id: PersonId) -> Option<Person> {
    helper(sitting, id).filter(|other| other.id != who.id && other.bureau == who.bureau)
}
