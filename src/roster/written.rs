//! Writes the whole roster as the YAML that `roster import` reads: everything, also what the official form does not
//! carry. A new file each time; no comments of another file are touched.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::away::{self, CoverOut, LeaveOut};
use crate::clock::Millis;
use crate::domain::roster::people::{
    Bureau, BureauId, Days, Hours, Office, OfficeId, OfficeKind, Person, PersonId, Role, Roster, Span, Standing,
};

/// What stands at the head of the file.
const HEAD: &str = "# 帮办名册，由 bangban roster export 写出；含手机号，请勿公开。字段说明见 README.md。\n";

#[derive(Serialize)]
struct City<'a> {
    city: &'a str,
    bureaus: Vec<BureauOut<'a>>,
}

#[derive(Serialize)]
struct BureauOut<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    city: bool,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    places: &'a [String],
    hours: HoursOut,
    offices: Vec<OfficeOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    duty: Vec<Shift<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    leave: Vec<LeaveOut>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cover: Vec<CoverOut>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum HoursOut {
    Word(&'static str),
    List(Vec<SpanOut>),
}

#[derive(Serialize)]
#[serde(untagged)]
enum DaysOut {
    Word(&'static str),
    List(Vec<&'static str>),
}

#[derive(Serialize)]
struct SpanOut {
    days: DaysOut,
    from: String,
    to: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    between: Option<[String; 2]>,
}

#[derive(Serialize)]
struct Shift<'a> {
    #[serde(flatten)]
    span: SpanOut,
    helpers: Vec<&'a str>,
}

#[derive(Serialize)]
struct OfficeOut<'a> {
    name: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    landline: Option<&'a str>,
    helpers: Vec<PersonOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reviewers: Vec<ReviewerOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    guides: Vec<PersonOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    duty: Vec<Shift<'a>>,
}

#[derive(Serialize)]
struct PersonOut<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    mobile: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    landline: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roles: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<&'a str>,
}

#[derive(Serialize)]
struct ReviewerOut<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    passed_on: Option<String>,
}

/// The roster as YAML text, with the leave and cover that are not over at `now`.
pub fn yaml(roster: &Roster, now: Millis, zone: &TimeZone) -> Result<String, String> {
    let city = City {
        city: &roster.city,
        bureaus: roster
            .bureaus
            .iter()
            .map(|bureau| bureau_out(roster, bureau, now, zone))
            .collect(),
    };
    Ok(format!("{HEAD}{}", crate::yaml::write(&city)?))
}

fn bureau_out<'a>(roster: &'a Roster, bureau: &'a Bureau, now: Millis, zone: &TimeZone) -> BureauOut<'a> {
    let (leave, cover) = away::written(roster, bureau.id, now, zone);
    BureauOut {
        name: &bureau.name,
        city: bureau.city,
        places: &bureau.places,
        hours: match &bureau.hours {
            Hours::Always => HoursOut::Word("always"),
            Hours::Weekly(spans) => HoursOut::List(spans.iter().copied().map(span).collect()),
        },
        offices: roster
            .offices_of(bureau.id)
            .map(|office| office_out(roster, office))
            .collect(),
        duty: plan(roster, bureau.id, None),
        leave,
        cover,
    }
}

/// The rows of a bureau, or of one of its offices. A shift nobody stands in cannot be written.
fn plan(roster: &Roster, bureau: BureauId, office: Option<OfficeId>) -> Vec<Shift<'_>> {
    let name = |id: &PersonId| roster.person(*id).map(|person| person.name.as_str());
    let rows = roster.duty_of(bureau).filter(|row| row.office == office);
    let shifts = rows.map(|row| Shift {
        span: span(row.span),
        helpers: row.helpers.iter().filter_map(name).collect(),
    });
    shifts.filter(|shift| !shift.helpers.is_empty()).collect()
}

fn office_out<'a>(roster: &'a Roster, office: &'a Office) -> OfficeOut<'a> {
    let people: Vec<&Person> = roster
        .people
        .iter()
        .filter(|person| person.office == office.id)
        .collect();
    let some = |helpers: bool| -> Vec<PersonOut<'a>> {
        let wanted = people.iter().filter(|person| person.is_helper() == helpers);
        wanted.map(|person| person_out(person)).collect()
    };
    let reviewers = people.iter().filter(|person| person.is_reviewer());
    OfficeOut {
        name: &office.name,
        kind: match office.kind {
            OfficeKind::Window => "window",
            OfficeKind::Station => "station",
        },
        address: office.address.as_deref(),
        landline: office.landline.as_ref().map(|landline| landline.as_str()),
        helpers: some(true),
        reviewers: reviewers
            .map(|person| ReviewerOut {
                name: &person.name,
                passed_on: person.passed_on().map(|day| day.to_string()),
            })
            .collect(),
        guides: some(false),
        duty: plan(roster, office.bureau, Some(office.id)),
    }
}

fn person_out(person: &Person) -> PersonOut<'_> {
    PersonOut {
        name: &person.name,
        mobile: person.mobile.as_ref().map(|mobile| mobile.expose_for_storage()),
        landline: person.landline.as_ref().map(|landline| landline.as_str()),
        roles: person.roles.iter().copied().map(role).collect(),
        of: match &person.standing {
            Standing::Guide { of } => of.as_deref(),
            Standing::Helper { .. } => None,
        },
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Admin => "admin",
        Role::BureauAdmin => "bureau_admin",
        Role::Editor => "editor",
        Role::Approver => "approver",
        Role::Supervisor => "supervisor",
    }
}

fn span(span: Span) -> SpanOut {
    let day = |(month, day): (i8, i8)| format!("{month:02}-{day:02}");
    SpanOut {
        days: days(span.days),
        from: minute(span.from_min),
        to: minute(span.to_min),
        between: span.season.map(|season| [day(season.from), day(season.to)]),
    }
}

fn days(days: Days) -> DaysOut {
    if days == Days::ALL {
        return DaysOut::Word("all");
    }
    let words = [
        (Weekday::Monday, "mon"),
        (Weekday::Tuesday, "tue"),
        (Weekday::Wednesday, "wed"),
        (Weekday::Thursday, "thu"),
        (Weekday::Friday, "fri"),
        (Weekday::Saturday, "sat"),
        (Weekday::Sunday, "sun"),
    ];
    let of = words.iter().filter(|(day, _)| days.contains(*day));
    DaysOut::List(of.map(|(_, word)| *word).collect())
}

fn minute(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
