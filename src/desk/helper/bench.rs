//! 工作台: what a helper's page shows of open questions, and of one question all that is needed to answer it.

use crate::clock::Millis;
use crate::desk::ground::sitting::Sitting;
use crate::desk::helper::transfer::{self, Colleague};
use crate::desk::time::hand_over;
use crate::desk::{Desk, Result};
use crate::domain::asking::history::Step;
use crate::domain::asking::question::{Question, QuestionId, State};
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{Person, PersonId};
use crate::store::questions::Noted;

/// An open question, as its line shows it.
#[derive(Debug)]
pub struct Row {
    /// The question.
    pub question: Question,
    /// By when something must happen; none where nobody waits for a helper.
    pub until: Option<Millis>,
    /// Who answers for it now.
    pub holder: Option<String>,
    /// Where it was asked.
    pub group: String,
    /// It was offered to the viewer, by its holder.
    pub offered: bool,
    /// Since when it waits without anybody having it.
    pub unclaimed_since: Option<Millis>,
}

/// Open questions of a helper and their bureau, each part by the nearest deadline.
#[derive(Debug, Default)]
pub struct Bench {
    /// The viewer's, to be answered; with what was offered to them.
    pub own: Vec<Row>,
    /// Nobody has them.
    pub waiting: Vec<Row>,
    /// The viewer answered; the asker has not said whether that helps.
    pub asker: Vec<Row>,
    /// With colleagues.
    pub others: Vec<Row>,
}

/// An entry that may be the answer.
#[derive(Debug)]
pub struct Near {
    /// Its number in the list.
    pub no: u32,
    /// Its question.
    pub question: String,
    /// The words that are sent when it is adopted.
    pub words: String,
}

/// One question, with all that is needed to answer it.
#[derive(Debug)]
pub struct Whole {
    /// Its line.
    pub row: Row,
    /// 首问负责: its first helper.
    pub first: Option<String>,
    /// What happened, oldest first.
    pub steps: Vec<Noted>,
    /// The nearest entries.
    pub near: Vec<Near>,
    /// What was asked before: number, words, answer.
    pub alike: Vec<(QuestionId, Masked, Masked)>,
    /// What is often missing: number, of what, what is missing.
    pub defects: Vec<(u32, String, String)>,
    /// To whom it can be offered, whoever is on duty first.
    pub colleagues: Vec<Colleague>,
    /// The viewer has it.
    pub own: bool,
    /// The viewer arranges other helpers' questions of its bureau.
    pub arranges: bool,
}

impl Desk {
    /// What the helper's page shows.
    pub async fn bench(&self, helper: &Person) -> Result<Bench> {
        let mut sitting = self.only_look().await?;
        let open = sitting
            .tx
            .open_questions_with_helpers(helper.bureau, Some(helper.id))
            .await?;
        let mut bench = Bench::default();
        for question in open {
            let row = row(&mut sitting, question, helper.id).await?;
            let own = row.question.state.holder() == Some(helper.id);
            let part = match &row.question.state {
                _ if row.offered => &mut bench.own,
                State::Claimed { .. } if own => &mut bench.own,
                State::Replied { .. } if own => &mut bench.asker,
                State::Claimed { .. } | State::Replied { .. } => &mut bench.others,
                _ => &mut bench.waiting,
            };
            part.push(row);
        }
        for part in [&mut bench.own, &mut bench.waiting, &mut bench.asker, &mut bench.others] {
            part.sort_by_key(|row| (row.until.unwrap_or(Millis(i64::MAX)), row.question.id));
        }
        Ok(bench)
    }

    /// One question as a helper's page shows it; none if there is no such question.
    pub async fn whole(&self, helper: &Person, id: QuestionId) -> Result<Option<Whole>> {
        let mut sitting = self.only_look().await?;
        let Some(question) = sitting.tx.question(id).await? else {
            return Ok(None);
        };
        let near = hand_over::nearest(&mut sitting, &question).await?;
        let alike = hand_over::asked_before(&mut sitting, &question).await?;
        let served = &sitting.served;
        let defects = served.defects().iter();
        let defects = defects.map(|defect| (defect.no, defect.about.clone(), defect.missing.clone()));
        let titled = |no| served.faq().entry_by_no(no).map(|entry| entry.question.clone());
        let near = near.into_iter().map(|(no, said)| Near {
            no,
            question: titled(no).unwrap_or_default(),
            words: said.words(),
        });
        let (near, defects) = (near.collect(), defects.collect());
        let name = |id: PersonId| sitting.roster.person(id).map(|person| person.name.clone());
        Ok(Some(Whole {
            first: question.first_helper.and_then(name),
            steps: sitting.tx.steps(id).await?,
            near,
            alike,
            defects,
            colleagues: transfer::colleagues(&mut sitting, &question, helper).await?,
            own: question.state.holder() == Some(helper.id),
            arranges: transfer::arranges(&sitting, helper, &question),
            row: row(&mut sitting, question, helper.id).await?,
        }))
    }
}

async fn row(sitting: &mut Sitting<'_>, question: Question, viewer: PersonId) -> Result<Row> {
    let holder = sitting.responsible(&question);
    let holder = holder.and_then(|id| sitting.roster.person(id));
    let unclaimed_since = match &question.state {
        State::Waiting { since, .. } => Some(*since),
        _ => None,
    };
    let offered = matches!(&question.state, State::Claimed { offered: Some(to), .. } if *to == viewer);
    Ok(Row {
        until: sitting.deadline(&question),
        holder: holder.map(|person| person.name.clone()),
        group: sitting
            .tx
            .group(question.group)
            .await?
            .map_or_else(String::new, |group| group.title),
        offered,
        unclaimed_since,
        question,
    })
}

/// What the city desk advised, where a step is that.
pub fn advice(noted: &Noted) -> Option<&str> {
    match &noted.step {
        Step::CityAdvised { words, .. } => Some(words),
        _ => None,
    }
}
