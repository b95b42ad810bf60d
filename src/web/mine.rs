//! What a visitor has open in a group, at the top of its page: how each stands, one press from where it was asked.

use askama::Template;

use super::Web;
use super::failure::Failure;
use super::here::Here;
use super::session;
use crate::desk::Own;

#[derive(Template)]
#[template(path = "mine.html")]
struct Mine {
    own: Vec<Own>,
}

/// The lines, as they stand on the page; empty for staff, for who has no name, and where nothing is open.
pub async fn lines(web: &Web, here: &Here) -> Result<String, Failure> {
    let visitor = here.who.as_ref().filter(|who| who.person.is_none());
    let (Some(who), Some(group)) = (visitor, &here.group) else {
        return Ok(String::new());
    };
    let mut own = web.desk.own_open(&session::account(&who.account)).await?;
    own.retain(|own| own.question.group == group.id);
    Ok(Mine { own }.render()?)
}
