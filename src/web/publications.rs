//! Editions on their way into the official account: whoever approves reads the articles and agrees with one press, which
//! is their own word and nobody's for them.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use serde::Deserialize;

use super::Web;
use super::failure::Failure;
use super::sent::Sent;
use super::session::{self, Identity};
use crate::desk::DeskError;
use crate::desk::list::approval::{self, Word};
use crate::domain::list::publication::{NotTaken, Publication};
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::{self, Right};
use crate::publish::article;
use crate::store::StoreError;

/// An article is made for another page: with its styles in it, and nothing else.
const ARTICLE: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; base-uri 'none'; \
                       form-action 'none'; frame-ancestors 'none'";
const QUICKER: Failure = Failure::unfit("这一期刚被别人动过，没有改。请刷新页面，再看一眼。");

/// A draft as its line shows it.
struct Line {
    edition: u32,
    part: u32,
    version: i64,
    name: String,
    standing: &'static str,
    titles: Vec<String>,
    drafted_by: String,
    /// Why the viewer cannot approve it, where it waits for that.
    not_theirs: bool,
    waits: bool,
    approved: bool,
}

#[derive(Template)]
#[template(path = "publications.html")]
struct Page {
    sample: bool,
    lines: Vec<Line>,
}

/// `GET /staff/publications`
pub async fn page(State(web): State<Arc<Web>>, cookies: CookieJar) -> Result<Html<String>, Failure> {
    let person = approver(&web, &cookies).await?;
    let (way, now) = (web.desk.config.official_account.mode, web.desk.clock.now());
    let mut tx = web.desk.db.read().await?;
    let mut lines = Vec::new();
    for publication in tx.publications().await? {
        let made_by = tx.edition_made_by(publication.edition).await?.unwrap_or_default();
        let may = publication.approved(&person, &made_by, way, now);
        lines.push(Line {
            edition: publication.edition,
            part: publication.part,
            version: publication.version,
            name: publication.name(),
            standing: publication.state.chinese(),
            titles: publication
                .articles
                .iter()
                .map(|article| article.title.clone())
                .collect(),
            drafted_by: publication.drafted_by.clone(),
            not_theirs: may == Err(NotTaken::Own),
            waits: may.is_ok(),
            approved: publication.unapproved(&person).is_ok(),
        });
    }
    drop(tx);
    lines.sort_by_key(|line| (std::cmp::Reverse(line.edition), line.part));
    let sample = web.sample().await?;
    Ok(Html(Page { sample, lines }.render()?))
}

/// `GET /staff/publications/{edition}/{part}/{article}`: an article as it goes out.
pub async fn one(
    State(web): State<Arc<Web>>,
    Path((edition, part, at)): Path<(u32, u32, usize)>,
    cookies: CookieJar,
) -> Result<Response, Failure> {
    approver(&web, &cookies).await?;
    let publication = found(web.desk.db.read().await?.publications_of(edition).await?, part)?;
    let article = publication.articles.get(at).ok_or(Failure::nothing())?;
    let worn = [(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(ARTICLE))];
    Ok((worn, Html(article::page(article))).into_response())
}

/// What is decided about which draft, as it was read.
#[derive(Deserialize)]
pub struct Decided {
    edition: u32,
    part: u32,
    version: i64,
    agrees: bool,
}

/// `POST /staff/publications`
pub async fn decide(
    State(web): State<Arc<Web>>,
    cookies: CookieJar,
    Sent(decided): Sent<Decided>,
) -> Result<Response, Failure> {
    let person = approver(&web, &cookies).await?;
    let (way, now) = (web.desk.config.official_account.mode, web.desk.clock.now());
    let mut tx = web.desk.db.begin().await?;
    let publication = found(tx.publications_of(decided.edition).await?, decided.part)?;
    if publication.version != decided.version {
        return Err(QUICKER);
    }
    let word = (&person, Word::Own);
    let done = if decided.agrees {
        approval::approve(&mut tx, publication, word, way, now).await
    } else {
        approval::unapprove(&mut tx, publication, word, now).await
    };
    match done {
        Ok(Ok(_)) => tx.commit().await?,
        Ok(Err(NotTaken::Own)) => {
            return Err(Failure::unfit("这是您自己冻结或存的草稿，请换一位市局审批。"));
        }
        Ok(Err(NotTaken::NoApprover | NotTaken::State)) | Err(DeskError::Store(StoreError::Stale)) => {
            return Err(QUICKER);
        }
        Err(DeskError::Store(error)) => return Err(error.into()),
    }
    Ok(Redirect::to("/staff/publications").into_response())
}

fn found(there: Vec<Publication>, part: u32) -> Result<Publication, Failure> {
    let one = there.into_iter().find(|publication| publication.part == part);
    one.ok_or(Failure::nothing())
}

async fn approver(web: &Arc<Web>, cookies: &CookieJar) -> Result<Person, Failure> {
    let who = session::who(web, cookies, Identity::Staff).await?;
    let person = who.and_then(|who| who.person).ok_or(Failure::NeedSignIn)?;
    if rights::may(&person, Right::Approve, person.bureau, false) {
        Ok(person)
    } else {
        Err(Failure::unfit("公众号发布由市局审批来定。"))
    }
}
