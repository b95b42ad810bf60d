//! 待办 on a page: a helper's open questions and those of the bureau, own ones first, the nearest deadline first, each
//! one press away from where it is answered.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use axum_extra::extract::cookie::CookieJar;

use super::Web;
use super::failure::Failure;
use super::here::may_enter;
use super::session::{self, Identity};
use crate::clock::Millis;
use crate::domain::asking::clocks::Working;
use crate::domain::asking::next::{self, Around};
use crate::domain::asking::question::{Question, QuestionId, State as Standing};
use crate::domain::roster::city::City;
use crate::domain::roster::people::{Person, Roster};
use crate::domain::time::calendar::LocalTime;
use crate::domain::{duty, wording};
use crate::platform::webgroup::NAME;
use crate::store::{StoreError, Tx};

/// A question as its line shows it.
struct Line {
    id: QuestionId,
    own: bool,
    words: String,
    standing: String,
    until: Option<String>,
    late: bool,
    /// Where it is answered; none where that is no room of the pages.
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "queue.html")]
struct Page {
    sample: bool,
    lines: Vec<Line>,
}

/// `GET /staff/queue`
pub async fn queue(State(web): State<Arc<Web>>, cookies: CookieJar) -> Result<Html<String>, Failure> {
    let person = helper(&web, &cookies).await?;
    let (roster, now) = (web.desk.roster(), web.desk.clock.now());
    let mut tx = web.desk.db.read().await?;
    let mut rows = Vec::new();
    for question in tx.open_questions_with_helpers(person.bureau, Some(person.id)).await? {
        let own = question.state.holder() == Some(person.id);
        rows.push((!own, deadline(&web, &roster, &question, now), question));
    }
    rows.sort_by_key(|(others, deadline, question)| (*others, deadline.unwrap_or(Millis(i64::MAX)), question.id));
    let calendar = web.desk.calendar();
    let time = LocalTime::new(&web.desk.config.timezone, &calendar);
    let mut lines = Vec::with_capacity(rows.len());
    for (others, deadline, question) in rows {
        let holder = match &question.state {
            Standing::Waiting { duty, .. } => *duty,
            state => state.holder(),
        };
        let name = holder
            .and_then(|id| roster.person(id))
            .map(|person| person.name.as_str());
        lines.push(Line {
            id: question.id,
            own: !others,
            words: question.text.as_str().to_owned(),
            standing: wording::standing(question.state.phase(), name),
            until: deadline.map(|at| duty::when_said(at, now, time)),
            late: deadline.is_some_and(|at| at < now),
            href: place(&mut tx, &roster, &person, &question).await?,
        });
    }
    drop(tx);
    let sample = web.sample().await?;
    Ok(Html(Page { sample, lines }.render()?))
}

/// `GET /staff/q/{number}`: to where a question is answered.
pub async fn one(
    State(web): State<Arc<Web>>,
    Path(number): Path<i64>,
    cookies: CookieJar,
) -> Result<Redirect, Failure> {
    let person = helper(&web, &cookies).await?;
    let mut tx = web.desk.db.read().await?;
    let question = tx.question(QuestionId(number)).await?;
    let place = match &question {
        Some(question) => place(&mut tx, &web.desk.roster(), &person, question).await?,
        None => None,
    };
    Ok(Redirect::to(place.as_deref().unwrap_or("/staff/queue")))
}

async fn helper(web: &Arc<Web>, cookies: &CookieJar) -> Result<Person, Failure> {
    let who = session::who(web, cookies, Identity::Staff).await?;
    let person = who.and_then(|who| who.person).ok_or(Failure::NeedSignIn)?;
    if person.is_helper() {
        Ok(person)
    } else {
        Err(Failure::unfit("待办给帮办员看。"))
    }
}

/// When something must have happened, by the working time of whoever must act.
fn deadline(web: &Web, roster: &Roster, question: &Question, now: Millis) -> Option<Millis> {
    let bureau = roster.bureau(question.bureau)?;
    let person = match &question.state {
        Standing::Waiting { duty, .. } => *duty,
        state => state.holder(),
    };
    let acting = person
        .and_then(|id| roster.person(id))
        .and_then(|person| roster.bureau(person.bureau))
        .unwrap_or(bureau);
    let calendar = web.desk.calendar();
    let time = LocalTime::new(&web.desk.config.timezone, &calendar);
    let around = Around {
        now,
        believed: web.desk.believes(),
        roster,
        clocks: web.desk.config.clocks_for(&bureau.name),
        working: Working {
            hours: &acting.hours,
            time: duty::bureau_time(roster, acting.id, time),
        },
    };
    next::deadline(question, &around)
}

/// The message that shows the question's buttons, in the room where this person may be; else the question itself.
async fn place(tx: &mut Tx, roster: &City, person: &Person, question: &Question) -> Result<Option<String>, StoreError> {
    let links = tx.links_with_buttons(question.id).await?;
    let shown = links.into_iter().map(|link| link.message).rev();
    for message in shown.chain([question.message.clone()]) {
        if message.place.channel.0 != NAME {
            continue;
        }
        let group = tx.group_of_chat(&message.place.channel, &message.place.chat).await?;
        if let Some(group) = group.filter(|group| may_enter(group, person, roster)) {
            return Ok(Some(format!("/staff/g/{}#m{}", group.id.0, message.id)));
        }
    }
    Ok(None)
}
