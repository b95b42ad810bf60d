//! Once a day what people showed in the groups is proposed to the keepers of the list, as a draft nobody wrote: questions
//! with the entry that answered them, or with none. They read it, take out what is wrong, and approve it like any other.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::{keepers, notices};
use crate::domain::asking::history::Step;
use crate::domain::list::draft::Draft;
use crate::domain::list::lesson::{Batch, Shown, batch, shown};
use crate::domain::privacy::{Hidden, mask};
use crate::domain::roster::rights::Right;
use crate::faq::edit::Proposal;
use crate::faq::{Asked, Confirmed, EntryId, Expect};
use crate::store::drafts::Kept;
use crate::store::lessons::Candidate;

const DAY_MS: i64 = 86_400_000;
/// Somebody may still say 没解决, or a helper mend what was said.
const SETTLED_MS: i64 = 3_600_000;
/// What ended longer ago is not looked at any more.
const PERIOD_MS: i64 = 30 * DAY_MS;
/// Questions looked at in one day.
const LOOKED_AT: i64 = 300;
/// Fewer lines wait for the next day, but no longer than a week.
const ENOUGH: usize = 5;
const WAITED_DAYS: i64 = 7;
/// The day lines were last looked for, and the day they were last proposed.
const LOOKED: &str = "lessons_looked_for";
const PROPOSED: &str = "lessons_proposed";

/// A question that showed something.
struct Lesson {
    candidate: Candidate,
    line: Asked,
}

/// What people showed since it was last looked for.
pub(in crate::desk) struct Found {
    lessons: Batch<Lesson>,
    /// Questions that showed nothing.
    nothing: Vec<Candidate>,
}

/// Looks for what people showed, once a day; none where that was done today. Writes nothing, for it reads much.
pub(in crate::desk) async fn look(looking: &mut Sitting<'_>) -> Result<Option<Found>> {
    if looked_today(looking).await? {
        return Ok(None);
    }
    let (since, until) = (looking.now.plus(-PERIOD_MS), looking.now.plus(-SETTLED_MS));
    let (mut lessons, mut nothing) = (Vec::new(), Vec::new());
    for candidate in looking.tx.unlearnt(since, until, LOOKED_AT).await? {
        match lesson(looking, candidate).await? {
            Ok(lesson) => lessons.push(lesson),
            Err(candidate) => nothing.push(candidate),
        }
    }
    let before = looking.tx.proposed_of_askers().await?;
    let lessons = batch(lessons, &before, |lesson| (&lesson.line.text, &lesson.candidate.asker));
    Ok(Some(Found { lessons, nothing }))
}

async fn looked_today(sitting: &mut Sitting<'_>) -> Result<bool> {
    let today = sitting.desk.day(sitting.now).to_string();
    Ok(sitting.tx.note(LOOKED).await?.as_deref() == Some(today.as_str()))
}

/// Proposes what was found, in one draft, unless another instance did.
pub(in crate::desk) async fn tell(sitting: &mut Sitting<'_>, found: Found) -> Result<()> {
    if looked_today(sitting).await? {
        return Ok(());
    }
    let today = sitting.desk.day(sitting.now).to_string();
    sitting.tx.set_note(LOOKED, &today).await?;
    let Batch { taken, refused } = found.lessons;
    let refused = refused.into_iter().map(|lesson| lesson.candidate);
    for over in found.nothing.into_iter().chain(refused) {
        sitting.tx.note_lesson(over.question, &over.standing, None).await?;
    }
    if taken.is_empty() || taken.len() < ENOUGH && !waited(sitting).await? {
        return Ok(());
    }
    propose(sitting, taken).await
}

/// Whether nothing was proposed for so long that a few lines are enough.
async fn waited(sitting: &mut Sitting<'_>) -> Result<bool> {
    let last: i64 = match sitting.tx.note(PROPOSED).await? {
        Some(at) => at.parse().unwrap_or(0),
        None => {
            sitting.tx.set_note(PROPOSED, &sitting.now.0.to_string()).await?;
            sitting.now.0
        }
    };
    Ok(sitting.now.0 - last >= WAITED_DAYS * DAY_MS)
}

/// What a question showed, as a line; itself where it showed nothing, or nothing that could be learnt.
async fn lesson(sitting: &mut Sitting<'_>, candidate: Candidate) -> Result<std::result::Result<Lesson, Candidate>> {
    let steps = sitting.tx.steps(candidate.question).await?;
    let steps: Vec<Step> = steps.into_iter().map(|noted| noted.step).collect();
    let line = shown(&steps, candidate.curated.as_ref()).and_then(|shown| line(sitting, &candidate, shown));
    Ok(match line {
        Some(line) => Ok(Lesson { candidate, line }),
        None => Err(candidate),
    })
}

/// None for words the list knows, for an entry it does not have, and for words with somebody's number in them.
fn line(sitting: &Sitting<'_>, candidate: &Candidate, shown: Shown) -> Option<Asked> {
    let faq = sitting.served.faq();
    let text = candidate.text.trim();
    let private = Hidden::ALL.into_iter().any(|hidden| text.contains(hidden.label())) || mask(text).found();
    if private || faq.is_taught(text) || text.contains('\n') {
        return None;
    }
    let expect = match shown.entry {
        Some(entry) => Expect::Answer(faq.entry(&EntryId(entry))?.id.clone()),
        None => Expect::Escalate,
    };
    Some(Asked {
        first: None,
        text: text.to_owned(),
        expect,
        also: Vec::new(),
        style: None,
        origin: None,
        confirmed: Some(Box::new(Confirmed {
            question: candidate.question.0,
            how: shown.how,
            bureau: sitting.bureau(candidate.bureau).name,
        })),
    })
}

async fn propose(sitting: &mut Sitting<'_>, mut lessons: Vec<Lesson>) -> Result<()> {
    // Grouped by entry, those of a human last: as they are read.
    let order = |lesson: &Lesson| match &lesson.line.expect {
        Expect::Answer(entry) => (0, sitting.served.faq().entry(entry).map_or(0, |entry| entry.no)),
        Expect::Escalate | Expect::Silent => (1, 0),
    };
    lessons.sort_by_key(order);
    let id = sitting.tx.next_draft().await?;
    for lesson in &lessons {
        let Candidate { question, standing, .. } = &lesson.candidate;
        sitting.tx.note_lesson(*question, standing, Some(id.0)).await?;
    }
    let mut groups: Vec<&Expect> = lessons.iter().map(|lesson| &lesson.line.expect).collect();
    groups.dedup();
    let (lines, groups) = (lessons.len(), groups.len());
    let mut kept = Kept {
        draft: Draft::proposed(id),
        proposal: Proposal::Learn(lessons.into_iter().map(|lesson| lesson.line).collect()),
        cluster: None,
        changed_at: sitting.now,
    };
    sitting.tx.save_draft(&mut kept, sitting.now).await?;
    sitting.tx.set_note(PROPOSED, &sitting.now.0.to_string()).await?;
    let note = format!("{lines} lines");
    sitting
        .audit(None, "lessons_proposed", &format!("draft {}", id.0), &note)
        .await?;
    let people = keepers::keepers_of_list(sitting, Right::Curate);
    notices::lessons_wait(sitting, &people, id, (lines, groups)).await
}
