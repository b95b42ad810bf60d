//! Who works: a member of staff with a session, and as whom the desk knows them.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use axum_extra::extract::cookie::CookieJar;

use crate::desk::page::Actor;
use crate::domain::chat::message::{Channel, Place};
use crate::domain::roster::people::{BureauId, Person};
use crate::domain::roster::rights::{Right, may};
use crate::platform::webgroup::NAME;
use crate::web::Web;
use crate::web::failure::Failure;
use crate::web::session::{self, Guest, Identity, Who};

/// Somebody of the roster who is signed in.
#[derive(Clone, Debug)]
pub struct Staff {
    /// The session.
    pub who: Who,
    /// Who.
    pub person: Person,
    /// They sit in the city bureau.
    pub city: bool,
}

impl Staff {
    /// Whether they hold a right over a bureau.
    pub fn may(&self, right: Right, bureau: BureauId) -> bool {
        may(&self.person, right, bureau, self.city)
    }

    /// As whom they act.
    pub fn actor(&self) -> Actor {
        Actor {
            person: self.person.clone(),
            account: session::account(&self.who.account),
            place: Place::chat(&Channel::new(NAME), &self.who.private_room()),
        }
    }
}

impl FromRequestParts<Arc<Web>> for Staff {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Staff, Failure> {
        let who = match parts.extensions.get::<Guest>() {
            Some(guest) => guest.who.clone(),
            None => session::who(web, &CookieJar::from_headers(&parts.headers), Identity::Staff).await?,
        };
        let who = who.ok_or(Failure::NeedSignIn)?;
        let person = who.person.clone().ok_or(Failure::NeedSignIn)?;
        let city = web.desk.roster().desk().id == person.bureau;
        // What somebody does keeps them signed in; looking does not, which an open page does by itself.
        if parts.method == Method::POST {
            let mut tx = web.desk.db.begin().await?;
            session::touch(&mut tx, &who.session, web.desk.clock.now()).await?;
            tx.commit().await?;
        }
        Ok(Staff { who, person, city })
    }
}
