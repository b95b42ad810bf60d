//! Everything that can happen to a question, and what a message about it is for. The store keeps a step as its key, a
//! person and a note; nothing else compares these as text.

use crate::domain::asking::clocks::{Nudge, Rung};
use crate::domain::asking::question::{Ending, RevisionRef, Told};
use crate::domain::asking::rating::Rating;
use crate::domain::roster::people::PersonId;

/// One step of a question's history, with what is known of it. Words in it are masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// It was asked.
    Asked,
    /// The same was asked again while it was open.
    AskedAgain,
    /// The asker went on after an answer of the bot; all messages from this one on follow it.
    FollowedUp { message: String },
    /// The asker went on after a helper's answer: back to the helper.
    WentBack { to: PersonId },
    /// The asker took an ended question up again; all messages from this one on follow it.
    Reopened { message: String },
    /// The asker added words before an answer came.
    Added,
    /// The asker added pictures.
    Media,
    /// The asker changed the words.
    Reworded,
    /// The bot said an entry.
    Answered(RevisionRef),
    /// The asker was told where their business belongs (许工商〔2018〕103号 三(三)3).
    RemindedOfPlace,
    /// The bot offered choices.
    Suggested,
    /// The asker picked one: its entry.
    Picked { entry: String },
    /// It waits for a helper: who is asked first.
    HandedOver { duty: Option<PersonId> },
    /// Time called somebody: how far it climbed, and who is asked now.
    Called { rung: Rung, asked: Option<PersonId> },
    /// Somebody was warned that a limit is near.
    Warned { person: Option<PersonId> },
    /// The helper's first reply is overdue.
    FirstReplyDue { by: PersonId },
    /// A helper took it.
    Claimed { by: PersonId },
    /// A helper took it over from another.
    Accepted { by: PersonId },
    /// A helper put it back.
    Released { by: PersonId },
    /// A helper's words became the answer.
    Replied { by: PersonId, words: String },
    /// The words of a reply no longer hold: its helper changed them, or they were meant for another question.
    TookBack { by: PersonId, words: String },
    /// A helper took an entry or the city's advice as the answer, with other words or as it is.
    Adopted { by: PersonId, what: Adopted, edited: bool },
    /// All that is missing was told at once (许工商〔2018〕103号 三(四)1), for the first time or again.
    Informed { by: PersonId, again: bool },
    /// It was offered to another helper (转办).
    Offered { to: PersonId, reason: String },
    /// They did not take it.
    Declined { by: PersonId },
    /// The city desk was asked for advice.
    AskedCity { by: PersonId, note: String },
    /// The city desk gave advice.
    CityAdvised { by: PersonId, words: String },
    /// A helper or bureau admin ended it: why.
    Closed { by: PersonId, reason: String },
    /// It is over; who said so, where that was somebody of the roster.
    Ended { how: Ending, by: Option<PersonId> },
    /// Recorded where the bot only listens: what it would have said.
    Observed { entry: Option<String> },
    /// The asker rated it.
    Rated(Rating),
    /// A bad rating is looked into.
    ReviewOpened(Rating),
    /// What came of it.
    Reviewed { by: PersonId, outcome: String },
    /// A helper withdrew a wrong answer of the bot.
    Fixed { by: PersonId, said: RevisionRef },
    /// The asker was told that what they heard has changed.
    Recalled(Told),
    /// Something about it did not arrive, as far as anybody knows: the loss's key.
    NotDelivered { loss: String },
    /// Written by a newer version of this program, or unreadable: its key.
    Unknown { key: String },
}

/// What a helper adopted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Adopted {
    /// An entry.
    Entry(RevisionRef),
    /// The city's advice: the step that holds it.
    Advice(i64),
}

/// Steps in which a helper's own words stand as the answer.
pub const REPLIES: &[&str] = &["replied"];
/// Steps that hold people's words: erased when the asker wants to be forgotten.
pub const WITH_WORDS: &[&str] = &[
    "replied",
    "took_back",
    "city_advised",
    "asked_city",
    "offered",
    "closed",
    "reviewed",
];
/// Steps in which the bot said an entry; the note names it.
pub const ANSWERS: &[&str] = &["answered"];
/// Steps that say an answer of the bot did not do.
pub const DID_NOT_DO: &[&str] = &["handed_over", "fixed"];
/// Steps that are written into the audit too: what a person of the roster did with somebody's question.
const AUDITED: &[&str] = &[
    "claimed",
    "accepted",
    "released",
    "replied",
    "took_back",
    "closed",
    "offered",
    "declined",
    "adopted",
    "adopted_edited",
    "asked_city",
    "informed",
    "reviewed",
];

impl Step {
    /// The step's name in the database.
    pub fn key(&self) -> &str {
        match self {
            Step::Asked => "asked",
            Step::AskedAgain => "asked_again",
            Step::FollowedUp { .. } => "asked_on",
            Step::WentBack { .. } => "went_back",
            Step::Reopened { .. } => "reopened",
            Step::Added => "added",
            Step::Media => "media",
            Step::Reworded => "reworded",
            Step::Answered(_) => "answered",
            Step::RemindedOfPlace => "reminded_of_place",
            Step::Suggested => "suggested",
            Step::Picked { .. } => "picked",
            Step::HandedOver { .. } => "handed_over",
            Step::Called { rung, .. } => rung_key(*rung),
            Step::Warned { .. } => "warned",
            Step::FirstReplyDue { .. } => "first_reply_due",
            Step::Claimed { .. } => "claimed",
            Step::Accepted { .. } => "accepted",
            Step::Released { .. } => "released",
            Step::Replied { .. } => "replied",
            Step::TookBack { .. } => "took_back",
            Step::Adopted { edited: false, .. } => "adopted",
            Step::Adopted { edited: true, .. } => "adopted_edited",
            Step::Informed { again: false, .. } => "informed",
            Step::Informed { again: true, .. } => "informed_again",
            Step::Offered { .. } => "offered",
            Step::Declined { .. } => "declined",
            Step::AskedCity { .. } => "asked_city",
            Step::CityAdvised { .. } => "city_advised",
            Step::Closed { .. } => "closed",
            Step::Ended { how, .. } => ending_key(*how),
            Step::Observed { .. } => "observed",
            Step::Rated { .. } => "rated",
            Step::ReviewOpened { .. } => "review_opened",
            Step::Reviewed { .. } => "reviewed",
            Step::Fixed { .. } => "fixed",
            Step::Recalled(_) => "recalled",
            Step::NotDelivered { .. } => "not_delivered",
            Step::Unknown { key } => key,
        }
    }

    /// The person in it: who did it, or who is asked.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Step::WentBack { to: person }
            | Step::FirstReplyDue { by: person }
            | Step::Claimed { by: person }
            | Step::Accepted { by: person }
            | Step::Released { by: person }
            | Step::Replied { by: person, .. }
            | Step::TookBack { by: person, .. }
            | Step::Adopted { by: person, .. }
            | Step::Informed { by: person, .. }
            | Step::Offered { to: person, .. }
            | Step::Declined { by: person }
            | Step::AskedCity { by: person, .. }
            | Step::CityAdvised { by: person, .. }
            | Step::Closed { by: person, .. }
            | Step::Reviewed { by: person, .. }
            | Step::Fixed { by: person, .. } => Some(*person),
            Step::HandedOver { duty: person }
            | Step::Called { asked: person, .. }
            | Step::Warned { person }
            | Step::Ended { by: person, .. } => *person,
            Step::Asked
            | Step::AskedAgain
            | Step::FollowedUp { .. }
            | Step::Reopened { .. }
            | Step::Added
            | Step::Media
            | Step::Reworded
            | Step::Answered(_)
            | Step::RemindedOfPlace
            | Step::Suggested
            | Step::Picked { .. }
            | Step::Observed { .. }
            | Step::Rated { .. }
            | Step::ReviewOpened { .. }
            | Step::Recalled(_)
            | Step::NotDelivered { .. }
            | Step::Unknown { .. } => None,
        }
    }

    /// What else the database keeps of it; empty where there is no more to know.
    pub fn note(&self) -> String {
        match self {
            Step::FollowedUp { message } | Step::Reopened { message } => message.clone(),
            Step::Answered(said) | Step::Fixed { said, .. } => said.to_string(),
            Step::Recalled(told) => told.to_string(),
            Step::RemindedOfPlace => "三(三)3".to_owned(),
            Step::Picked { entry } => entry.clone(),
            Step::Replied { words, .. } | Step::TookBack { words, .. } | Step::CityAdvised { words, .. } => {
                words.clone()
            }
            Step::Adopted { what, .. } => match what {
                Adopted::Entry(entry) => entry.to_string(),
                Adopted::Advice(step) => format!("step {step}"),
            },
            Step::Offered { reason, .. } | Step::Closed { reason, .. } => reason.clone(),
            Step::AskedCity { note, .. } => note.clone(),
            Step::Observed { entry } => entry.clone().unwrap_or_default(),
            Step::Rated(rating) | Step::ReviewOpened(rating) => rating.level().to_string(),
            Step::Reviewed { outcome, .. } => outcome.clone(),
            Step::NotDelivered { loss } => loss.clone(),
            Step::Asked
            | Step::AskedAgain
            | Step::WentBack { .. }
            | Step::Added
            | Step::Media
            | Step::Reworded
            | Step::Suggested
            | Step::HandedOver { .. }
            | Step::Called { .. }
            | Step::Warned { .. }
            | Step::FirstReplyDue { .. }
            | Step::Claimed { .. }
            | Step::Accepted { .. }
            | Step::Released { .. }
            | Step::Informed { .. }
            | Step::Declined { .. }
            | Step::Ended { .. }
            | Step::Unknown { .. } => String::new(),
        }
    }

    /// Whether the audit keeps it too.
    pub fn audited(&self) -> bool {
        AUDITED.contains(&self.key())
    }

    /// The step of a stored key, person and note; [`Step::Unknown`] for what this program cannot read.
    pub fn read(key: &str, person: Option<PersonId>, note: &str) -> Step {
        without_person(key, person, note)
            .or_else(|| with_person(key, person?, note))
            .unwrap_or_else(|| Step::Unknown { key: key.to_owned() })
    }
}

fn without_person(key: &str, person: Option<PersonId>, note: &str) -> Option<Step> {
    let message = || note.to_owned();
    let rating = || Rating::of_level(note.parse().ok()?);
    Some(match key {
        "asked" => Step::Asked,
        "asked_again" => Step::AskedAgain,
        "asked_on" if person.is_none() => Step::FollowedUp { message: message() },
        "reopened" => Step::Reopened { message: message() },
        "added" => Step::Added,
        "media" => Step::Media,
        "reworded" => Step::Reworded,
        "answered" => Step::Answered(note.parse().ok()?),
        "reminded_of_place" => Step::RemindedOfPlace,
        "suggested" => Step::Suggested,
        "picked" => Step::Picked { entry: note.to_owned() },
        "handed_over" => Step::HandedOver { duty: person },
        "warned" => Step::Warned { person },
        "observed" => Step::Observed {
            entry: Some(note.to_owned()).filter(|entry| !entry.is_empty()),
        },
        "rated" => Step::Rated(rating()?),
        "review_opened" => Step::ReviewOpened(rating()?),
        "recalled" => Step::Recalled(note.parse().ok()?),
        "not_delivered" => Step::NotDelivered { loss: note.to_owned() },
        other => {
            let rung = RUNGS.into_iter().find(|rung| rung_key(*rung) == other);
            let how = ENDINGS.into_iter().find(|how| ending_key(*how) == other);
            return match (rung, how) {
                (Some(rung), _) => Some(Step::Called { rung, asked: person }),
                (None, how) => how.map(|how| Step::Ended { how, by: person }),
            };
        }
    })
}

fn with_person(key: &str, person: PersonId, note: &str) -> Option<Step> {
    let (by, to, words) = (person, person, note.to_owned());
    Some(match key {
        // Until the key of its own it was told apart by its person.
        "went_back" | "asked_on" => Step::WentBack { to },
        "first_reply_due" => Step::FirstReplyDue { by },
        "claimed" => Step::Claimed { by },
        "accepted" => Step::Accepted { by },
        "released" => Step::Released { by },
        "replied" => Step::Replied { by, words },
        "took_back" => Step::TookBack { by, words },
        "adopted" | "adopted_edited" => Step::Adopted {
            by,
            what: match note.strip_prefix("step ") {
                Some(step) => Adopted::Advice(step.parse().ok()?),
                None => Adopted::Entry(note.parse().ok()?),
            },
            edited: key == "adopted_edited",
        },
        "informed" | "informed_again" => Step::Informed {
            by,
            again: key == "informed_again",
        },
        "offered" => Step::Offered { to, reason: words },
        "declined" => Step::Declined { by },
        "asked_city" => Step::AskedCity { by, note: words },
        "city_advised" => Step::CityAdvised { by, words },
        "closed" => Step::Closed { by, reason: words },
        "reviewed" => Step::Reviewed { by, outcome: words },
        "fixed" => Step::Fixed {
            by,
            said: note.parse().ok()?,
        },
        _ => return None,
    })
}

/// Rungs that call somebody; the warnings between them are [`Step::Warned`].
const RUNGS: [Rung; 6] = [
    Rung::Queued,
    Rung::Card,
    Rung::Remind,
    Rung::AllHelpers,
    Rung::BureauAdmin,
    Rung::Guidance,
];

const ENDINGS: [Ending; 4] = [Ending::Solved, Ending::Closed, Ending::Lapsed, Ending::Withdrawn];

fn rung_key(rung: Rung) -> &'static str {
    match rung {
        Rung::Queued => "queued",
        Rung::Card => "card",
        Rung::Remind => "reminded",
        Rung::AllHelpers => "called_all",
        Rung::BureauAdmin => "called_admin",
        Rung::Guidance => "called_guidance",
        Rung::WarnAllHelpers | Rung::WarnBureauAdmin | Rung::WarnGuidance => "warned",
    }
}

fn ending_key(how: Ending) -> &'static str {
    match how {
        Ending::Solved => "solved",
        Ending::Closed => "over",
        Ending::Lapsed => "lapsed",
        Ending::Withdrawn => "withdrawn",
        Ending::Observed => "observed",
    }
}

impl Step {
    /// What is noted when a question that nobody claims climbs.
    pub fn climbed(rung: Rung, asked: Option<PersonId>) -> Step {
        match rung {
            Rung::WarnAllHelpers | Rung::WarnBureauAdmin | Rung::WarnGuidance => Step::Warned { person: asked },
            Rung::Queued | Rung::Card | Rung::Remind | Rung::AllHelpers | Rung::BureauAdmin | Rung::Guidance => {
                Step::Called { rung, asked }
            }
        }
    }

    /// What is noted when a helper's first reply is waited for; nothing before the first word about it.
    pub fn nudged(nudge: Nudge, by: PersonId) -> Option<Step> {
        match nudge {
            Nudge::None => None,
            Nudge::Warned => Some(Step::Warned { person: Some(by) }),
            Nudge::Overdue => Some(Step::FirstReplyDue { by }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANG: PersonId = PersonId(7);

    fn said() -> RevisionRef {
        "dereg-003·2".parse().unwrap()
    }

    fn every_step() -> Vec<Step> {
        let (by, to, asked) = (WANG, WANG, Some(WANG));
        let words = || "已核对".to_owned();
        let mut steps = vec![
            Step::Asked,
            Step::AskedAgain,
            Step::FollowedUp { message: "12".into() },
            Step::WentBack { to },
            Step::Reopened { message: "13".into() },
            Step::Added,
            Step::Media,
            Step::Reworded,
            Step::Answered(said()),
            Step::RemindedOfPlace,
            Step::Suggested,
            Step::Picked {
                entry: "dereg-003".into(),
            },
            Step::HandedOver { duty: None },
            Step::HandedOver { duty: asked },
            Step::Warned { person: asked },
            Step::FirstReplyDue { by },
            Step::Claimed { by },
            Step::Accepted { by },
            Step::Released { by },
            Step::Replied { by, words: words() },
            Step::TookBack { by, words: words() },
            Step::Offered { to, reason: words() },
            Step::Declined { by },
            Step::AskedCity { by, note: words() },
            Step::CityAdvised { by, words: words() },
            Step::Closed { by, reason: words() },
            Step::Observed { entry: None },
            Step::Observed {
                entry: Some("dereg-003".into()),
            },
            Step::Rated(Rating::Delighted),
            Step::ReviewOpened(Rating::Bad),
            Step::Reviewed { by, outcome: words() },
            Step::Fixed { by, said: said() },
            Step::Recalled(Told::Now(said())),
            Step::Recalled(Told::Gone(said())),
            Step::NotDelivered { loss: "refused".into() },
        ];
        for edited in [true, false] {
            steps.push(Step::Informed { by, again: edited });
            for what in [Adopted::Entry(said()), Adopted::Advice(41)] {
                steps.push(Step::Adopted { by, what, edited });
            }
        }
        steps.extend(RUNGS.map(|rung| Step::Called { rung, asked }));
        steps.extend(ENDINGS.map(|how| Step::Ended { how, by: None }));
        steps
    }

    #[test]
    fn what_is_kept_of_a_step_gives_the_same_step() {
        for step in every_step() {
            assert_eq!(Step::read(step.key(), step.person(), &step.note()), step);
        }
    }

    #[test]
    fn going_on_after_a_helper_was_once_told_by_its_person_alone() {
        assert_eq!(Step::read("asked_on", Some(WANG), ""), Step::WentBack { to: WANG });
        assert_eq!(
            Step::read("asked_on", None, "12"),
            Step::FollowedUp { message: "12".into() }
        );
    }

    #[test]
    fn a_step_of_a_newer_program_is_no_fault() {
        let key = "sung".to_owned();
        assert_eq!(Step::read(&key, None, ""), Step::Unknown { key });
    }

    #[test]
    fn of_an_entry_that_is_gone_the_last_revision_is_known() {
        let gone = Step::Recalled(Told::Gone(said()));
        assert_eq!(gone.note(), "dereg-003·-2");
        for note in ["dereg-003·-0", "dereg-003·0", "dereg-003", "dereg-003·--2"] {
            let key = "recalled".to_owned();
            assert_eq!(Step::read("recalled", None, note), Step::Unknown { key }, "{note}");
        }
    }

    #[test]
    fn lists_name_steps_that_there_are() {
        let known: Vec<String> = every_step().iter().map(|step| step.key().to_owned()).collect();
        for key in [REPLIES, WITH_WORDS, ANSWERS, DID_NOT_DO, AUDITED].concat() {
            assert!(known.iter().any(|known| known == key), "{key}");
        }
    }
}
