//! 待批: what waits for an approver, each with what it changes, one press from being decided.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Form, State};
use axum::response::{Html, Response};

use super::draft::{Shown, shown};
use super::marked::Mark;
use super::wanted::{Subject, Wanted};
use super::words;
use crate::domain::roster::rights::Right;
use crate::web::Web;
use crate::web::console::answered::Said;
use crate::web::console::frame::{At, Frame, publications};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

#[derive(Template)]
#[template(path = "approvals.html")]
struct Page {
    frame: Frame,
    said: Said,
    own: Vec<Shown>,
    others: Vec<Shown>,
    tested: Vec<Shown>,
    last: Vec<Shown>,
    /// Drafts for the official account that wait for a word.
    publications: usize,
    /// A reason that was written for a draft and not taken.
    kept: Option<(i64, String)>,
}

/// `GET /staff/approvals`
pub async fn page(State(web): State<Arc<Web>>, staff: Staff) -> Result<Html<String>, Failure> {
    whole(&web, &staff, Said::default(), None).await
}

/// `POST /staff/approvals`: decides about one and shows what is next.
pub async fn act(
    State(web): State<Arc<Web>>,
    staff: Staff,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let wanted = Wanted::of(&pairs);
    let (said, to) = match wanted.act(Subject::List) {
        Ok(act) => {
            let (came, to) = super::done(&web, &staff, wanted.version, &act).await?;
            (words::said(&came), to)
        }
        Err(why) => (Said::refused(why), None),
    };
    if let Some(to) = to {
        return Ok(to);
    }
    let kept = wanted.reason().filter(|_| said.refused);
    let page = whole(&web, &staff, said.clone(), kept).await?;
    Ok(super::answer(&said, page))
}

async fn whole(web: &Web, staff: &Staff, said: Said, kept: Option<(i64, String)>) -> Result<Html<String>, Failure> {
    if !staff.may(Right::Approve, staff.person.bureau) {
        return Err(Failure::unfit("批准和退回由市局审批来做。"));
    }
    let waits = web.desk.waits(&staff.person).await?;
    let all = |drafts: Vec<_>| drafts.into_iter().map(shown).collect();
    let page = Page {
        frame: Frame::of(web, staff, At::Approvals).await?,
        own: all(waits.own),
        others: all(waits.others),
        tested: all(waits.tested),
        last: all(waits.last),
        publications: publications(web, staff).await?,
        said,
        kept,
    };
    Ok(Html(page.render()?))
}
