//! What the list tells people unasked, in words: its keepers, approvers, authors of drafts, the guidance groups.

use crate::clock::Millis;
use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::list::about::DraftAbout;
use crate::desk::list::keepers::keepers_of_list;
use crate::desk::list::reviews::Review;
use crate::domain::chat::group::GroupKind;
use crate::domain::list::draft::DraftId;
use crate::domain::roster::people::PersonId;
use crate::domain::roster::rights::Right;
use crate::domain::wording::{CandidateLine, DisputeLine, DraftKind};
use crate::domain::{duty, wording};
use crate::store::clusters::Dispute;

/// Editors hear of new candidates.
pub(in crate::desk) async fn new_candidates(sitting: &mut Sitting<'_>, lines: &[CandidateLine]) -> Result<()> {
    let editors = keepers_of_list(sitting, Right::Curate);
    sitting.tell_privately(&editors, &wording::new_candidates(lines)).await
}

/// The guidance group hears of a dispute, and whoever keeps the list.
pub(in crate::desk) async fn dispute_opened(sitting: &mut Sitting<'_>, dispute: &Dispute) -> Result<()> {
    let text = wording::dispute_opened(&dispute_line(dispute));
    let city = sitting.roster.desk().id;
    for group in sitting.tx.groups_of(city, GroupKind::Guidance).await? {
        let place = crate::domain::chat::message::Place::chat(&group.channel, &group.chat);
        sitting.say(&place, None, text.clone()).await?;
    }
    let keepers = keepers_of_list(sitting, Right::Curate);
    sitting.tell_privately(&keepers, &text).await
}

/// Keepers hear that entries of theirs (number and question) are frozen, and by when they must have looked.
pub(in crate::desk) async fn frozen(
    sitting: &mut Sitting<'_>,
    keepers: &[PersonId],
    why: &str,
    entries: &[(u32, String)],
    due: Millis,
) -> Result<()> {
    let by = by_when(sitting, due);
    sitting
        .tell_privately(keepers, &wording::frozen(why, entries, &by))
        .await
}

/// Keepers are reminded of a frozen entry nobody looked at.
pub(in crate::desk) async fn freeze_due(
    sitting: &mut Sitting<'_>,
    keepers: &[PersonId],
    no: u32,
    why: &str,
) -> Result<()> {
    sitting.tell_privately(keepers, &wording::freeze_due(no, why)).await
}

/// The week's digest goes to whoever keeps the list: reviews missed and due, how much is frozen, how much waits.
pub(in crate::desk) async fn weekly_digest(
    sitting: &mut Sitting<'_>,
    overdue: &[Review],
    due: &[Review],
    frozen: usize,
    candidates: usize,
) -> Result<()> {
    let text = wording::weekly_digest(&review_lines(overdue), &review_lines(due), frozen, candidates);
    let keepers = keepers_of_list(sitting, Right::Curate);
    sitting.tell_privately(&keepers, &text).await
}

/// Approvers hear of a draft that was handed in.
pub(in crate::desk) async fn draft_waits(
    sitting: &mut Sitting<'_>,
    approvers: &[PersonId],
    draft: DraftId,
    about: &DraftAbout,
    by: &str,
) -> Result<()> {
    let text = wording::draft_waits(draft.0, &said_about(about), by);
    sitting.tell_privately(approvers, &text).await
}

/// Keepers hear that lines from the groups can be learnt.
pub(in crate::desk) async fn lessons_wait(
    sitting: &mut Sitting<'_>,
    people: &[PersonId],
    draft: DraftId,
    (lines, groups): (usize, usize),
) -> Result<()> {
    sitting
        .tell_privately(people, &wording::lessons_wait(draft.0, lines, groups))
        .await
}

/// Authors hear that an approver sent their draft back.
pub(in crate::desk) async fn draft_returned(
    sitting: &mut Sitting<'_>,
    authors: &[PersonId],
    draft: DraftId,
    by: &str,
    why: &str,
) -> Result<()> {
    sitting
        .tell_privately(authors, &wording::draft_returned(draft.0, by, &why.into()))
        .await
}

/// What a draft is about, in words.
pub(in crate::desk) fn said_about(about: &DraftAbout) -> String {
    wording::draft_about(match about {
        DraftAbout::New(question) => DraftKind::New(question),
        DraftAbout::Edit(no, question) => DraftKind::Edit(*no, question),
        DraftAbout::Withdraw(no, why) => DraftKind::Withdraw(*no, why),
        DraftAbout::Fill { bureau, name, value } => DraftKind::Fill(bureau.as_deref(), name, value),
        DraftAbout::Learn(lines) => DraftKind::Learn(*lines),
        DraftAbout::Unlearn(lines, draft) => DraftKind::Unlearn(*lines, *draft),
    })
}

/// A dispute as its line shows it.
pub(in crate::desk) fn dispute_line(dispute: &Dispute) -> DisputeLine {
    let said = |(id, words): &(crate::domain::asking::question::QuestionId, String)| (*id, words.as_str().into());
    DisputeLine {
        id: dispute.id,
        cluster: dispute.cluster,
        about: wording::dispute_about(&dispute.about).to_owned(),
        one: said(&dispute.one),
        other: said(&dispute.other),
    }
}

/// Reviews as their lines show them: number, question, by when.
pub(in crate::desk) fn review_lines(reviews: &[Review]) -> Vec<(u32, String, String)> {
    let line = |review: &Review| (review.no, review.question.clone(), review.by.to_string());
    reviews.iter().map(line).collect()
}

/// When something must be done by, in words.
pub(in crate::desk) fn by_when(sitting: &Sitting<'_>, at: Millis) -> String {
    duty::when_said(at, sitting.now, sitting.time())
}
