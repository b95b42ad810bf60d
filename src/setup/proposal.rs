//! What is handed in against the roster that is there: whose forms they are, what is wrong with them, what the roster
//! becomes, what that changes and what gets worse. The command line and the page decide by the same.

use std::path::Path;

use super::Takeover;
use crate::clock::Millis;
use crate::domain::roster::changes::{self, Changed, RosterChange};
use crate::domain::roster::flaws::flaws;
use crate::domain::roster::form::{self, Form};
use crate::domain::roster::losses::{self, Loss};
use crate::domain::roster::people::{BureauId, Roster};
use crate::roster::annex::{Annex, CellProblem};
use crate::roster::{Submitted, sentences};

/// A roster that may be taken over, and where it came from.
pub struct Proposal {
    /// The real roster that is there; none while there is none or the sample.
    pub before: Option<Roster>,
    pub after: Roster,
    pub with: Takeover,
    /// A form is taken over only on somebody's word; a YAML file that a script gives is that word.
    pub from_form: bool,
    pub reminders: Vec<String>,
}

/// What taking a roster over does.
pub struct Differences {
    pub changed: Vec<Changed>,
    /// What gets worse.
    pub losses: Vec<Loss>,
}

impl Proposal {
    /// Of a whole roster.
    pub fn of_yaml(submitted: Submitted, known: Option<(Roster, i64)>) -> Proposal {
        let (before, seen) = known.unzip();
        Proposal {
            before,
            after: submitted.roster,
            with: Takeover {
                seen,
                ..Takeover::default()
            },
            from_form: false,
            reminders: submitted.warnings.iter().map(ToString::to_string).collect(),
        }
    }

    /// Of official forms, or all that is wrong with them.
    pub fn of_form(
        read: &Annex,
        before: Roster,
        seen: i64,
        file: &Path,
        wanted: Option<&str>,
    ) -> Result<Proposal, Vec<CellProblem>> {
        let (known, mut problems) = bureaus(&read.forms, &before, file, wanted);
        let (wrong, reminders) = findings(&known, &before, file);
        problems.extend(wrong);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut after = before.clone();
        for (form, bureau) in &known {
            after = form::merge(&after, *bureau, form);
        }
        let counts = |form: &Form| {
            let reviewers = form.blocks.iter().map(|block| block.reviewers.len()).sum();
            (form.helpers().count(), reviewers)
        };
        let reminders = read.reminders.iter().chain(&reminders);
        Ok(Proposal {
            after,
            before: Some(before),
            with: Takeover {
                seen: Some(seen),
                handed_in: known.iter().map(|(form, bureau)| (*bureau, counts(form))).collect(),
                ..Takeover::default()
            },
            from_form: true,
            reminders: reminders.map(ToString::to_string).collect(),
        })
    }

    /// What it changes and what gets worse. Leave that is over is history: not compared, not taken over.
    pub fn differences(&mut self, now: Millis) -> Differences {
        for roster in self.before.iter_mut().chain([&mut self.after]) {
            roster.changes.drop_past(now);
        }
        match &self.before {
            Some(before) => Differences {
                changed: changes::between(before, &self.after),
                losses: losses::losses(before, &self.after),
            },
            None => Differences {
                changed: Vec::new(),
                losses: Vec::new(),
            },
        }
    }

    /// What goes with it, once somebody saw the changes and wants them.
    pub fn decided(&mut self, changed: &[Changed], forced: bool) {
        let renamed = changed.iter().filter_map(|one| {
            let RosterChange::Renamed { id, to, .. } = &one.what else {
                return None;
            };
            Some((*id, to.clone()))
        });
        self.with.renamed = renamed.collect();
        self.with.note = sentences::note(changed, forced);
    }
}

/// Each form with its bureau; a form of no bureau, or of one twice, is a problem.
pub fn bureaus<'a>(
    forms: &'a [Form],
    roster: &Roster,
    file: &Path,
    wanted: Option<&str>,
) -> (Vec<(&'a Form, BureauId)>, Vec<CellProblem>) {
    let mut known: Vec<(&Form, BureauId)> = Vec::new();
    let mut problems = Vec::new();
    let mut wrong = |form: &Form, message: String| problems.push(about(form, file, message));
    let wanted_id = wanted
        .and_then(|name| roster.bureau_named(name))
        .map(|bureau| bureau.id);
    let names: Vec<&str> = roster.bureaus.iter().map(|bureau| bureau.name.as_str()).collect();
    for form in forms {
        match roster.bureau_named(&form.bureau).map(|bureau| bureau.id) {
            // One sheet of a workbook of several bureaus was asked for.
            Some(id) if wanted.is_some() && Some(id) != wanted_id && forms.len() > 1 => {}
            Some(id) if wanted.is_some() && Some(id) != wanted_id => wrong(
                form,
                format!(
                    "表里写的是“{}”，不是“{}”，请核对",
                    form.bureau,
                    wanted.unwrap_or_default()
                ),
            ),
            Some(id) if known.iter().any(|(_, other)| *other == id) => {
                wrong(form, format!("“{}”出现了两次，请并成一张表", form.bureau));
            }
            Some(id) => known.push((form, id)),
            None => wrong(
                form,
                format!(
                    "名册里没有单位“{}”；现有：{}。新单位请先写进名册 YAML（名称、作息）并导入",
                    form.bureau,
                    names.join("、")
                ),
            ),
        }
    }
    if known.is_empty() && problems.is_empty() {
        let message = format!("这个工作簿里没有“{}”的表", wanted.unwrap_or_default());
        problems.extend(forms.first().map(|form| about(form, file, message)));
    }
    (known, problems)
}

fn about(form: &Form, file: &Path, message: String) -> CellProblem {
    CellProblem {
        file: file.to_path_buf(),
        at: form.at.clone(),
        message,
    }
}

/// Problems and reminders of forms whose bureaus are known.
pub fn findings(known: &[(&Form, BureauId)], roster: &Roster, file: &Path) -> (Vec<CellProblem>, Vec<CellProblem>) {
    let (mut problems, mut reminders) = (Vec::new(), Vec::new());
    for (index, (form, bureau)) in known.iter().enumerate() {
        let others = known.iter().enumerate().filter(|(other, _)| *other != index);
        let beside: Vec<&Form> = others.map(|(_, (form, _))| *form).collect();
        for (at, flaw) in flaws(form, *bureau, roster, &beside) {
            let said = CellProblem {
                file: file.to_path_buf(),
                at,
                message: flaw.to_string(),
            };
            match flaw.refuses() {
                true => problems.push(said),
                false => reminders.push(said),
            }
        }
    }
    (problems, reminders)
}

/// What can be said of forms while there is no roster: only of each form, and of one against the other.
pub fn alone(forms: &[Form], file: &Path) -> (Vec<CellProblem>, Vec<CellProblem>) {
    let known: Vec<(&Form, BureauId)> = forms.iter().zip(1..).map(|(form, id)| (form, BureauId(id))).collect();
    findings(&known, &Roster::default(), file)
}
