//! Tokens of the interface: made by whom they stand for, shown once. They end where every way in ends.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{Html, IntoResponse as _, Response};

use crate::domain::chat::access::Way;
use crate::secret;
use crate::store::accounts::{PROGRAM, Session};
use crate::web::Web;
use crate::web::console::answered::Said;
use crate::web::console::sessions::{self, New};
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;
use crate::web::session::secret as new_secret;

/// Tokens of one person: more are forgotten ones.
const MOST: usize = 5;

/// `POST /staff/me/tokens`: makes a token, which the page shows this once.
pub async fn make(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, Failure> {
    let now = web.desk.clock.now();
    let mut tx = web.desk.db.begin().await?;
    let idle_ms = web.desk.config.web.staff_idle_ms;
    let there = tx.accesses(Some(staff.person.id)).await?.into_iter();
    let there = there.filter(|access| matches!(access.way, Way::Token { .. }) && access.way.holds(idle_ms, now));
    if there.count() >= MOST {
        drop(tx);
        let said = Said::refused("已经有 5 个令牌了。请先结束一个不用的，再生成。");
        let page: Html<String> = sessions::shown(&web, &staff, New::Nothing(said)).await?;
        return Ok((axum::http::StatusCode::CONFLICT, page).into_response());
    }
    let token = new_secret()?;
    let hash = secret::hash(&token);
    let session = Session {
        account: staff.who.account.clone(),
        nickname: staff.person.name.clone(),
        person: Some(staff.person.id),
        created_at: now,
        seen_at: now,
        from: PROGRAM.to_owned(),
    };
    tx.start_session(&hash, &session).await?;
    let object = format!("person {}", staff.person.id);
    let key = crate::store::access::key(&hash);
    tx.audit(Some(staff.person.id), "token_made", &object, &key, now)
        .await?;
    tx.commit().await?;
    Ok(sessions::shown(&web, &staff, New::Token(token)).await?.into_response())
}
