//! The name a visitor chooses: short, plain, and nobody's who answers here.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use serde::Deserialize;
use serde_json::json;

use super::Web;
use super::failure::Failure;
use super::here::Here;
use super::sent::Sent;
use super::session::{self, Identity, Who};
use crate::domain::privacy;
use crate::domain::roster::likeness::{Likeness, bare, likeness};
use crate::domain::roster::people::Roster;
use crate::secret;

/// What the page sends.
#[derive(Deserialize)]
pub struct Chosen {
    nickname: String,
}

/// `POST …/name`: begins a visitor's session under a name, or gives the session a new one.
pub async fn choose(State(web): State<Arc<Web>>, here: Here, Sent(chosen): Sent<Chosen>) -> Result<Response, Failure> {
    if here.identity == Identity::Staff {
        return Err(Failure::unfit("工作人员使用实名，不能改昵称。"));
    }
    let Some(who) = &here.who else {
        let (who, cookie) = begin(&web, &chosen.nickname, None, here.from).await?;
        return Ok((CookieJar::new().add(cookie), Json(json!({ "name": who.name }))).into_response());
    };
    let name = named(&web, &chosen.nickname)?;
    let mut tx = web.desk.db.begin().await?;
    tx.name_session(&who.session, &name).await?;
    tx.commit().await?;
    Ok(Json(json!({ "name": name })).into_response())
}

/// Begins a visitor's session under a name; under the same `once`, it is the same visitor. Gives who that is, and the
/// cookie that carries it.
pub async fn begin(
    web: &Web,
    nickname: &str,
    once: Option<String>,
    from: IpAddr,
) -> Result<(Who, Cookie<'static>), Failure> {
    let name = named(web, nickname)?;
    web.may_come(from)?;
    let random = match once {
        Some(once) => once,
        None => session::secret()?,
    };
    let account = format!("v{}", &random[..24]);
    let mut tx = web.desk.db.begin().await?;
    let cookie = session::start(web, &mut tx, &account, &name, None).await?;
    let room = session::private_room(&account);
    tx.open_private(&session::account(&account), &room, web.desk.clock.now())
        .await?;
    tx.commit().await?;
    let who = Who {
        session: secret::hash(cookie.value()),
        account,
        name,
        badge: String::new(),
        person: None,
    };
    Ok((who, cookie))
}

/// The name as it is shown, with none of the city desk's listed words.
fn named(web: &Web, written: &str) -> Result<String, Failure> {
    let name = accepted(written, &web.desk.roster()).map_err(Failure::unfit)?;
    match web.desk.listed().finds(&name) {
        true => Err(Failure::unfit("昵称里有不能用的词，请换一个。")),
        false => Ok(name),
    }
}

/// The name as it is shown, or why it cannot be had.
fn accepted(written: &str, roster: &Roster) -> Result<String, &'static str> {
    let name = privacy::printable(written)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if !(2..=12).contains(&name.chars().count()) || bare(&name).is_empty() {
        return Err("昵称请用 2 到 12 个字。");
    }
    if privacy::mask(&name).found() {
        return Err("昵称里请不要写手机号、证件号。");
    }
    match likeness(&name, roster) {
        None => Ok(name),
        Some(Likeness::Title) => Err("这个称呼像工作人员，别人会弄错。请换一个昵称。"),
        Some(Likeness::Office) => Err("这个名字像单位或地方，别人会弄错。请换一个昵称，写店名、公司名都可以。"),
        Some(Likeness::Person) => Err("这个名字和工作人员重名，或者看着、听着一样。请换一个昵称。"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_passes_for_staff_by_name() {
        let roster = crate::roster::sample().unwrap();
        for name in [
            "张晓明",
            " 张 晓 明 ",
            "张\u{200b}晓明",
            "張曉明",
            "张晓明本人",
            "李强",
            "帮办小李",
            "客 服",
            "管理员",
            "市局王",
            "帮\u{ad}办",
        ] {
            assert!(accepted(name, &roster).is_err(), "{name}");
        }
        for name in [
            "李",
            "一二三四五六七八九十一二三",
            "\u{200b}\u{200b}",
            "……",
            "13912345678",
        ] {
            assert!(accepted(name, &roster).is_err(), "{name}");
        }
        for (name, shown) in [
            ("豫A 小店", "豫A 小店"),
            ("李强盛", "李强盛"),
            ("张\u{202e}三", "张三"),
            ("<b>x</b>", "<b>x</b>"),
        ] {
            assert_eq!(accepted(name, &roster), Ok(shown.to_owned()));
        }
    }
}
