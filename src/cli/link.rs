//! `bangban link`: a one-time link by which somebody of the roster signs in or binds an account.

use qrcode::render::unicode::Dense1x2;

use super::{find, open};
use crate::clock::Clock;
use crate::config::Config;
use crate::domain::time::zone;
use crate::setup;
use crate::store::accounts::INVITATION_MS;

/// Makes one and prints it.
pub async fn link(config: &Config, name: &str, bureau: Option<&str>) -> anyhow::Result<u8> {
    let db = open(config).await?;
    let mut tx = db.read().await?;
    let roster = tx.roster().await?;
    let username = tx.note("telegram_username").await?;
    drop(tx);
    let person = find(&roster, name, bureau)?;
    let now = Clock::System.now();
    let secret = setup::invite(&db, person.id, now).await?;
    db.close().await;
    let until = zone::local(&config.timezone, now.plus(INVITATION_MS)).strftime("%-m月%-d日 %H:%M");
    let page = format!("{}/in#{secret}", setup::public_url(config));
    println!("{name} 的登录、绑定链接（一次有效，到 {until} 为止；以前给的链接从现在起失效）：");
    println!("  网页      {page}");
    if let Some(username) = username {
        println!("  Telegram  https://t.me/{username}?start={secret}");
    }
    if let Ok(code) = qrcode::QrCode::new(page.as_bytes()) {
        println!("{}", code.render::<Dense1x2>().quiet_zone(true).build());
    }
    println!("链接等于身份，请只发给本人。");
    Ok(0)
}
