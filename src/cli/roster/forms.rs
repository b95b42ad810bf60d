//! Official forms against the roster: whose they are, what is wrong with them, and what the roster becomes.

use std::path::Path;

use super::Proposal;
use crate::domain::roster::flaws::flaws;
use crate::domain::roster::form::{self, Form};
use crate::domain::roster::people::{BureauId, Roster};
use crate::roster::annex::{self, Annex, AnnexError, CellProblem};
use crate::setup::Takeover;

/// Reads a workbook; what is wrong is printed.
pub fn read(file: &Path, bureau: Option<&str>) -> Option<Annex> {
    match annex::read_file(file, bureau) {
        Ok(annex) => Some(annex),
        Err(AnnexError::Workbook(error)) => {
            eprintln!("没有导入。{error}");
            None
        }
        Err(AnnexError::Problems(problems)) => {
            refuse(&problems);
            None
        }
    }
}

fn refuse(problems: &[CellProblem]) {
    let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
    eprintln!(
        "情况表有 {} 处要改，没有导入，名册没有变：\n{}",
        list.len(),
        list.join("\n")
    );
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

/// What the roster becomes; what is wrong is printed.
pub fn proposal(read: Annex, before: Roster, seen: i64, file: &Path, wanted: Option<&str>) -> Option<Proposal> {
    let (known, mut problems) = bureaus(&read.forms, &before, file, wanted);
    let (wrong, reminders) = findings(&known, &before, file);
    problems.extend(wrong);
    if !problems.is_empty() {
        refuse(&problems);
        return None;
    }
    let mut after = before.clone();
    for (form, bureau) in &known {
        after = form::merge(&after, *bureau, form);
    }
    let counts = |form: &Form| {
        let reviewers = form.blocks.iter().map(|block| block.reviewers.len()).sum();
        (form.helpers().count(), reviewers)
    };
    Some(Proposal {
        after,
        before: Some(before),
        with: Takeover {
            seen: Some(seen),
            handed_in: known.iter().map(|(form, bureau)| (*bureau, counts(form))).collect(),
            ..Takeover::default()
        },
        from_form: true,
        reminders: read
            .reminders
            .iter()
            .chain(&reminders)
            .map(ToString::to_string)
            .collect(),
    })
}
