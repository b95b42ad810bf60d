//! An approved draft is tested before it counts: every entry's own tests and everything people asked, against the list
//! as it would be. Then thresholds are fitted again. It takes a while and runs beside the answering.

use crate::desk::ground::served::Served;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::about::about;
use crate::desk::list::curate::concluded::{Concluded, Refit};
use crate::desk::list::curate::{news, progress};
use crate::desk::list::{keepers, notices, standing};
use crate::desk::{Desk, DeskError, Result};
use crate::domain::list::draft::{DraftId, DraftState};
use crate::domain::roster::people::PersonId;
use crate::domain::wording::TestStep;
use crate::faq::check::{Finding, before_approval_telling, refit_is_worse};
use crate::faq::edit::Proposal;
use crate::faq::{Entry, Faq, Lexicon, fit, homeless};
use crate::store::StoreError;
use crate::store::drafts::Kept;
use std::sync::Arc;
use tokio::sync::watch;

/// Fitting needs so many questions people asked; fewer say nothing about thresholds.
const FITTED_FROM: usize = 200;

/// Thresholds hold precision first, and a refit may answer less for it; so much less is a collapse.
const COLLAPSE: f32 = 0.1;

/// Hears how far the tests are.
type Tell<'a> = &'a (dyn Fn(TestStep) + Sync);

/// What the tests of a draft showed.
enum Tested {
    /// It breaks something.
    Broken(Vec<Finding>),
    /// It breaks nothing. With what to answer from then on, where that is new, and what came of fitting again.
    Sound(Option<Box<Lexicon>>, Option<Refit>),
}

impl Desk {
    /// Tests approved drafts and puts into the list what passed; takes up what was scheduled for today.
    pub(in crate::desk) async fn see_to_drafts(&self) -> Result<()> {
        self.tell_news().await?;
        let mut tx = self.db.read().await?;
        let open = tx.open_drafts().await?;
        drop(tx);
        let today = self.day(self.clock.now());
        for kept in open {
            let due = match &kept.draft.state {
                DraftState::Testing { .. } => true,
                DraftState::Scheduled { on, .. } => *on <= today,
                DraftState::Writing
                | DraftState::Submitted
                | DraftState::Returned { .. }
                | DraftState::Done { .. }
                | DraftState::Dropped { .. } => false,
            };
            if due {
                Box::pin(self.see_to(kept)).await?;
                self.refresh().await?;
                self.tell_news().await?;
                self.bell.notify_one();
            }
        }
        Ok(())
    }

    async fn see_to(&self, kept: Kept) -> Result<()> {
        let served = self.faq();
        let today = self.day(self.clock.now());
        let proposal = kept.proposal.clone();
        let known = self.db.read().await?.served_lexicon().await?;
        let against = Arc::clone(&served);
        let (step, steps) = watch::channel(TestStep::Tests { done: 0, all: 1 });
        let testing = tokio::task::spawn_blocking(move || {
            let tell = |now: TestStep| {
                step.send_replace(now);
            };
            apart(|| test(&against, known, &proposal, today, &tell))
        });
        let (tested, ()) = tokio::join!(testing, progress::tell(self, &kept.draft, steps));
        let tested = tested.map_err(|panic| StoreError::inconsistent("drafts", kept.draft.id.0, panic))?;
        let mut sitting = self.sit().await?;
        if sitting.served.version() != served.version() || sitting.tx.faq_version().await? != served.version() {
            // The list changed while it was tested: the next round tests against the new one.
            return Ok(());
        }
        conclude(&mut sitting, kept, tested).await?;
        Ok(sitting.tx.commit().await?)
    }
}

/// Works in threads of its own, which end with it: what the allocator keeps for a thread would else lie above the
/// hundreds of megabytes a fit took, and keep them from the system.
fn apart<R: Send>(work: impl FnOnce() -> R + Send) -> R {
    match rayon::ThreadPoolBuilder::new().build() {
        Ok(threads) => threads.install(work),
        Err(error) => {
            tracing::warn!(%error, "no threads of its own for the tests of a draft");
            work()
        }
    }
}

/// Whether the list with this change answers everything as well as the list without it, which was built with the `known`
/// lexicon. `tell` hears how far it is.
fn test(served: &Served, known: Lexicon, proposal: &Proposal, today: jiff::civil::Date, tell: Tell<'_>) -> Tested {
    let old = served.faq();
    let mut entries: Vec<Entry> = old.entries().to_vec();
    let mut lexicon = known.clone();
    let mut withdrawn = false;
    match proposal {
        Proposal::New(entry) => entries.push(entry.clone()),
        Proposal::Edit { entry, .. } => match entries.iter_mut().find(|known| known.id == entry.id) {
            Some(known) => *known = entry.clone(),
            None => entries.push(entry.clone()),
        },
        Proposal::Withdraw { entry, .. } => {
            entries.retain(|known| known.id != *entry);
            if let Some(gone) = old.entry(entry) {
                lexicon = homeless::without(&lexicon, gone, &entries);
            }
            withdrawn = true;
        }
        Proposal::Fill { .. } => return Tested::Sound(None, None),
        Proposal::Learn(lines) => lexicon.learnt.asked.extend(lines.iter().cloned()),
        Proposal::Unlearn { lines, .. } => {
            lexicon.learnt.forget(|asked| lines.contains(asked));
            withdrawn = true;
        }
    }
    homeless::given_homes(&mut lexicon, &entries);
    let is_new = lexicon != known;
    drop(known);
    let changed: Vec<_> = proposal.entry().map(|entry| entry.id.clone()).into_iter().collect();
    let new = Faq::build(entries.clone(), lexicon.clone());
    // A wrong text must always be stoppable: withdrawing is not tested, its sentences go to a human.
    let found = match withdrawn {
        true => Vec::new(),
        false => before_approval_telling(old, (&new, &lexicon), &changed, today, &|done, all| {
            tell(TestStep::Tests { done, all });
        }),
    };
    if !found.is_empty() {
        return Tested::Broken(found);
    }
    if lexicon.learnt.asked.len() < FITTED_FROM {
        return Tested::Sound(is_new.then(|| Box::new(lexicon)), None);
    }
    fitted_again(&new, entries, lexicon, tell)
}

/// The sound list `new` with thresholds fitted again, unless that makes it worse.
fn fitted_again(new: &Faq, entries: Vec<Entry>, lexicon: Lexicon, tell: Tell<'_>) -> Tested {
    tell(TestStep::Fitting {
        done: 0,
        all: fit::STEPS,
    });
    let model = fit::fit(&entries, &lexicon, &|done, all| tell(TestStep::Fitting { done, all })).model;
    tell(TestStep::Again);
    let (share, precision) = model.at_threshold();
    let before = lexicon
        .learnt
        .model
        .as_ref()
        .map_or(0.0, |model| model.at_threshold().0);
    let mut refitted = lexicon.clone();
    refitted.learnt.model = Some(model);
    let again = Faq::build(entries, refitted.clone());
    let worse = share < before - COLLAPSE || refit_is_worse(new, &again, &lexicon.learnt.asked);
    if worse {
        Tested::Sound(Some(Box::new(lexicon)), Some(Refit::Worse))
    } else {
        Tested::Sound(Some(Box::new(refitted)), Some(Refit::Taken { share, precision }))
    }
}

/// Writes down what the tests said, changes the list if they passed, and tells everybody it concerns.
async fn conclude(sitting: &mut Sitting<'_>, mut kept: Kept, tested: Tested) -> Result<()> {
    let id = kept.draft.id.0;
    let by = match &kept.draft.state {
        DraftState::Testing { by } | DraftState::Scheduled { by, .. } => *by,
        DraftState::Writing
        | DraftState::Submitted
        | DraftState::Returned { .. }
        | DraftState::Done { .. }
        | DraftState::Dropped { .. } => return Ok(()),
    };
    let mut told: Vec<PersonId> = kept.draft.authors.clone();
    if !told.contains(&by) {
        told.push(by);
    }
    let concluded = match tested {
        Tested::Broken(findings) => {
            let found: Vec<String> = findings
                .iter()
                .map(|finding| format!("{} {}", finding.entry, finding.message))
                .collect();
            let why = found.join("；");
            kept.draft = kept.draft.returned_by(by, &why).map_err(|_| impossible(id))?;
            sitting.tx.save_draft(&mut kept, sitting.now).await?;
            sitting
                .audit(
                    None,
                    "draft_stopped",
                    &format!("draft {id}"),
                    &findings.len().to_string(),
                )
                .await?;
            Concluded::Stopped {
                found,
                lines: !kept.proposal.lines().is_empty(),
            }
        }
        Tested::Sound(lexicon, refit) => put_into_list(sitting, &mut kept, by, (lexicon, refit)).await?,
    };
    let text = concluded.said(kept.draft.id);
    match concluded {
        Concluded::Listed { .. } | Concluded::Withdrawn(_) | Concluded::Filled(_) | Concluded::Learnt { .. } => {
            news::keep(sitting, told, text).await
        }
        Concluded::Stopped { .. } | Concluded::Scheduled(_) | Concluded::Overtaken(_) => {
            sitting.tell_privately(&told, &text).await
        }
    }
}

async fn put_into_list(
    sitting: &mut Sitting<'_>,
    kept: &mut Kept,
    by: PersonId,
    (lexicon, refit): (Option<Box<Lexicon>>, Option<Refit>),
) -> Result<Concluded> {
    let id = kept.draft.id.0;
    let today = sitting.desk.day(sitting.now);
    if let (Some(entry), DraftState::Testing { .. }) = (kept.proposal.entry(), &kept.draft.state)
        && entry.valid_from > today
    {
        let on = entry.valid_from;
        kept.draft.state = DraftState::Scheduled { by, on };
        sitting.tx.save_draft(kept, sitting.now).await?;
        return Ok(Concluded::Scheduled(on));
    }
    let about = notices::said_about(&about(sitting, &kept.proposal));
    let Some((revision, concluded)) = apply(sitting, kept, by, refit).await? else {
        return overtaken(sitting, kept, by).await;
    };
    if let Some(lexicon) = &lexicon {
        sitting.tx.save_lexicon(lexicon, sitting.now).await?;
    }
    if let Some(entry) = kept.proposal.entry_id().cloned() {
        sitting.tx.thaw(&entry, by, sitting.now).await?;
        sitting.tx.close_defects(&entry, sitting.now).await?;
    }
    let at = sitting.now;
    kept.draft.state = DraftState::Done { by, revision, at };
    sitting.tx.save_draft(kept, sitting.now).await?;
    if let Some(cluster) = kept.cluster
        && let Some(cluster) = sitting.tx.clusters().await?.remove(&cluster)
    {
        standing::set_standing(sitting, cluster, "listed", "", Some(id)).await?;
    }
    sitting
        .audit(Some(by), "list_changed", &format!("draft {id}"), &about)
        .await?;
    Ok(concluded)
}

/// Changes the list as a draft proposes: the entry's revision, if it is of an entry, and what that means; none if the
/// entry has changed since.
async fn apply(
    sitting: &mut Sitting<'_>,
    kept: &Kept,
    by: PersonId,
    refit: Option<Refit>,
) -> Result<Option<(Option<i64>, Concluded)>> {
    let about = about(sitting, &kept.proposal);
    let approver = keepers::name_of(sitting, by);
    let (entry, base) = match &kept.proposal {
        Proposal::New(entry) => (entry, None),
        Proposal::Edit { base, entry } => (entry, Some(*base)),
        Proposal::Withdraw { base, entry, .. } => {
            let no = sitting.served.faq().entry(entry).map(|entry| entry.no);
            let gone = sitting.tx.withdraw_entry(entry, *base, sitting.now).await?;
            return Ok(gone.then_some((Some(*base), Concluded::Withdrawn(no))));
        }
        Proposal::Fill { bureau, name, value } => {
            let bureau = bureau.as_deref();
            sitting.tx.set_fill(bureau, name, value, sitting.now).await?;
            return Ok(Some((None, Concluded::Filled(about))));
        }
        Proposal::Learn(_) | Proposal::Unlearn { .. } => {
            sitting.tx.list_changed().await?;
            return Ok(Some((None, Concluded::Learnt { about, refit })));
        }
    };
    let done = sitting.tx.approve_entry(entry, base, &approver, sitting.now).await?;
    let listed = |revision| Concluded::Listed { about, revision, refit };
    Ok(done.map(|revision| (Some(revision), listed(revision))))
}

/// Somebody changed the entry since the draft was begun: it is given up, its words stay to be read.
async fn overtaken(sitting: &mut Sitting<'_>, kept: &mut Kept, by: PersonId) -> Result<Concluded> {
    let entry = kept
        .proposal
        .entry_id()
        .and_then(|entry| sitting.served.faq().entry(entry));
    let no = entry.map(|entry| entry.no);
    kept.draft.state = DraftState::Dropped { by };
    sitting.tx.save_draft(kept, sitting.now).await?;
    standing::reopen_cluster(sitting, kept.cluster).await?;
    Ok(Concluded::Overtaken(no))
}

fn impossible(draft: i64) -> DeskError {
    StoreError::inconsistent("drafts", DraftId(draft).0, "tested in a state that cannot be tested").into()
}
