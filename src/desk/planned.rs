//! Leave and swaps by page: the use cases of `/leave` and `/swap` with people and days that were chosen, not typed.

use std::sync::Arc;

use crate::clock::Millis;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::helper::away;
use crate::desk::page::{Actor, Outcome};
use crate::desk::time::digest;
use crate::desk::{Desk, Result};
use crate::domain::chat::rich::Rich;
use crate::domain::duty::coverage;
use crate::domain::duty::leave::Stretch;
use crate::domain::duty::load::{self, Tight};
use crate::domain::roster::people::{BureauId, Person, PersonId};
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
    /// Somebody is asked to stand in where nobody is; only what [`Desk::foresight`] proposes is done.
    Relieve {
        of: PersonId,
        by: PersonId,
        from: Millis,
        until: Millis,
    },
    /// The colleague agrees, or not.
    Answer { number: i64, agrees: bool },
}

/// How far ahead gaps and overload are looked for.
const FORESEEN_DAYS: u32 = 14;
/// So many are proposed for a stretch.
const PROPOSED: usize = 2;

/// A stretch of the next fourteen days in which a bureau has too few, and what can be done.
#[derive(Clone, Debug)]
pub struct Foreseen {
    /// When, what is expected, and what is wrong.
    pub stretch: load::Stretch,
    /// Whose duty it is who is away; none where nobody could be covered.
    pub of: Option<PersonId>,
    /// Who could be asked, and whether they were.
    pub by: Vec<(PersonId, bool)>,
}

impl Desk {
    /// Where a bureau has too few helpers in the next fourteen days, in order of time, with who could stand in.
    ///
    /// # Errors
    /// The database failed.
    pub async fn foresight(&self, bureau: BureauId) -> Result<Vec<Foreseen>> {
        let curve = self.curve(Some(bureau)).await?.unwrap_or_default();
        let mut sitting = self.only_look().await?;
        let now = sitting.now;
        let stretches = load::ahead(&sitting.roster, bureau, now, FORESEEN_DAYS, &curve, sitting.time());
        let mut foreseen = Vec::with_capacity(stretches.len());
        for stretch in stretches {
            let bounds = (stretch.from, stretch.until);
            let relief = match stretch.tight {
                Tight::Uncovered => load::relief(&sitting.roster, bureau, bounds, (now, FORESEEN_DAYS), sitting.time()),
                Tight::Overloaded { .. } => None,
            };
            let Some(relief) = relief else {
                foreseen.push(Foreseen {
                    stretch,
                    of: None,
                    by: Vec::new(),
                });
                continue;
            };
            let asked = sitting.tx.swaps_with(relief.of).await?;
            let was_asked = |by: PersonId| {
                asked
                    .iter()
                    .any(|(_, to, swap)| *to == by && swap.by == relief.of && swap.own == bounds)
            };
            let by = relief
                .by
                .iter()
                .take(PROPOSED)
                .map(|by| (*by, was_asked(*by)))
                .collect();
            foreseen.push(Foreseen {
                stretch,
                of: Some(relief.of),
                by,
            });
        }
        Ok(foreseen)
    }

    /// How somebody's switch of the week's digest stands; none for who gets none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn digest_of(&self, person: &Person) -> Result<Option<bool>> {
        if !digest::reads_digest(&self.roster(), person) {
            return Ok(None);
        }
        Ok(Some(self.db.read().await?.wants_digest(person.id).await?))
    }

    /// Switches the week's digest of whoever stands at a page on or off.
    ///
    /// # Errors
    /// The database failed.
    pub async fn switch_digest(&self, actor: &Actor, on: bool) -> Result<Outcome> {
        let done = self.on_page(actor, |sitting, via| {
            Box::pin(async move {
                if let Some(person) = via.person.clone() {
                    let text = digest::switch(sitting, &person, on).await?;
                    sitting.told_on_page(&via.place, &text);
                }
                Ok(())
            })
        });
        done.await.map(|((), outcome)| outcome)
    }

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
        Plan::Relieve { of, by, from, until } => relieve(sitting, &helper, (of, by), (from, until)).await,
        Plan::Answer { number, agrees } => away::answer_swap(sitting, &helper, agrees, number).await,
    }
}

/// Asks somebody to stand in, if that is still open and whoever asks may arrange it.
async fn relieve(
    sitting: &mut Sitting<'_>,
    asks: &Person,
    (of, by): (PersonId, PersonId),
    (from, until): (Millis, Millis),
) -> Result<Rich> {
    let (Some(of), Some(by)) = (helper(sitting, of), helper(sitting, by)) else {
        return Ok(sitting.not_done(wording::not_a_colleague()));
    };
    if of.id != asks.id && !sitting.has_right(asks, Right::Arrange, of.bureau) {
        return Ok(sitting.not_done(wording::leave_of_others()));
    }
    let gaps = coverage::gaps(&sitting.roster, of.bureau, sitting.now, FORESEEN_DAYS, sitting.time());
    let open = gaps
        .iter()
        .any(|gap| gap.office.is_none() && (gap.from, gap.until) == (from, until));
    let time = sitting.time();
    let relief = load::relief(
        &sitting.roster,
        of.bureau,
        (from, until),
        (sitting.now, FORESEEN_DAYS),
        time,
    );
    let fits = relief.is_some_and(|relief| relief.of == of.id && relief.by.contains(&by.id));
    if !open || !fits {
        return Ok(sitting.not_done(wording::relief_gone()));
    }
    away::propose_cover(sitting, asks, (&of, &by), (from, until)).await
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
