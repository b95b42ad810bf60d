//! 公众号: editions on their way into the official account, each step with where it stands and what to do, from the frozen
//! edition to the published article. Who approves agrees with one press, which is their own word and nobody's for them.

mod acts;
mod article;
mod steps;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::{Html, Response};
use axum::routing::get;

use super::answered::Said;
use super::frame::{At, Frame};
use super::staff::Staff;
use crate::domain::list::edition::Edition;
use crate::domain::list::publication::{Publication, Way};
use crate::domain::roster::rights::Right;
use crate::official_account;
use crate::publish::article as articles;
use crate::web::Web;
use crate::web::failure::Failure;
use crate::web::sent::Sent;
use steps::Part;

/// Editions shown, the newest first.
const SHOWN: usize = 6;
/// Of those that were never drafted, so many: an old one is hardly published any more.
const UNDRAFTED: usize = 2;

/// The pages.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/staff/publications", get(page).post(act))
        .route("/staff/publications/{edition}/{part}/{at}", get(article::one))
}

/// An edition as the page shows it.
struct Shown {
    number: u32,
    name: String,
    date: String,
    /// Its drafts; none before anything was drafted.
    parts: Vec<Part>,
    /// Titles of the articles of each draft, as they are or would be.
    articles: Vec<Vec<String>>,
    /// Why it does not become articles.
    unfit: Option<String>,
    /// The versions of its drafts, as they were seen.
    seen: String,
    /// What the button that drafts it says; none where there is nothing to draft.
    drafts: Option<&'static str>,
    /// So many of its drafts wait for the viewer to agree.
    agrees: usize,
    /// The account refused it: drafting it anew is said apart.
    again: bool,
}

#[derive(Template)]
#[template(path = "publications.html")]
struct Page {
    frame: Frame,
    said: Said,
    /// How editions reach the account, in a sentence.
    way: &'static str,
    /// What keeps it from being reached.
    lacks: Vec<String>,
    editions: Vec<Shown>,
    /// Something moves by itself just now.
    moving: bool,
}

/// `GET /staff/publications`
pub async fn page(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    whole(&web, &staff, Said::default(), None).await
}

/// `POST /staff/publications`: does one thing with an edition or one of its drafts, as it was seen.
pub async fn act(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Sent(wanted): Sent<acts::Wanted>,
) -> Result<Response, Failure> {
    keeper(&staff)?;
    let said = acts::done(&web, &staff, &wanted).await?;
    let kept = said.refused.then_some(&wanted);
    let page = whole(&web, &staff, said.clone(), kept).await?;
    Ok(super::keep::answer(&said, page))
}

/// Refuses whoever does not keep the list.
fn keeper(staff: &Staff) -> Result<(), Failure> {
    match staff.may(Right::Curate, staff.person.bureau) {
        true => Ok(()),
        false => Err(Failure::unfit("公众号由市局编辑和审批来管。")),
    }
}

/// The page. `kept`: what was wanted and not done, of which nothing written is lost.
async fn whole(web: &Web, staff: &Staff, said: Said, kept: Option<&acts::Wanted>) -> Result<Html<String>, Failure> {
    keeper(staff)?;
    let mut tx = web.desk.db.read().await?;
    let publications = tx.publications().await?;
    let mut editions = tx.editions().await?;
    drop(tx);
    editions.sort_by_key(|edition| std::cmp::Reverse(edition.number));
    let mut shown = Vec::new();
    let mut undrafted = 0;
    for edition in &editions {
        let of_it = |publication: &&Publication| publication.edition == edition.number;
        let there: Vec<Publication> = publications.iter().filter(of_it).cloned().collect();
        if there.is_empty() {
            undrafted += 1;
        }
        if shown.len() < SHOWN && (!there.is_empty() || undrafted <= UNDRAFTED) {
            shown.push(one(web, staff, edition, there).await?);
        }
    }
    for part in shown.iter_mut().flat_map(|one| &mut one.parts) {
        part.keep(kept);
    }
    let account = &web.desk.config.official_account;
    let page = Page {
        frame: Frame::of(web, staff, At::Editions).await?,
        said,
        way: match account.mode {
            Way::Api => "存草稿、发布都由帮办通过接口来做；发布前要另一位市局审批同意。",
            Way::Draft => "帮办只存草稿；审批同意后，请到公众平台点发表，再把网址记在这里。",
            Way::Files => "帮办只备好文章；审批同意后，请把文章贴进公众平台发表，再把网址记在这里。",
        },
        lacks: account.lacks(),
        moving: shown.iter().flat_map(|one| &one.parts).any(|part| part.moving),
        editions: shown,
    };
    Ok(Html(page.render()?))
}

async fn one(web: &Web, staff: &Staff, edition: &Edition, there: Vec<Publication>) -> Result<Shown, Failure> {
    let titles = |articles: &[crate::domain::list::publication::Article]| -> Vec<String> {
        articles.iter().map(|article| article.title.clone()).collect()
    };
    let (articles, unfit) = if there.is_empty() {
        match articles::drafts(edition, &official_account::look(&web.desk.config.official_account)) {
            Ok(drafts) => (drafts.iter().map(|draft| titles(draft)).collect(), None),
            Err(why) => (Vec::new(), Some(why.to_string())),
        }
    } else {
        (there.iter().map(|one| titles(&one.articles)).collect(), None)
    };
    let seen: Vec<String> = there.iter().map(|one| one.version.to_string()).collect();
    let (drafts, again) = steps::drafting(&there, web.desk.config.official_account.mode);
    let mut parts = Vec::with_capacity(there.len());
    for publication in there {
        parts.push(steps::part(web, staff, publication).await?);
    }
    Ok(Shown {
        agrees: parts.iter().filter(|part| part.approves).count(),
        number: edition.number,
        name: edition.name(),
        date: edition.day(),
        parts,
        articles,
        drafts: drafts.filter(|_| unfit.is_none()),
        unfit,
        seen: seen.join(" "),
        again,
    })
}
