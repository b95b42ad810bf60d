//! `bangban clock`: a person looked at the machine's time and says it is right.

use crate::clock::Clock;
use crate::config::Config;
use crate::domain::time::zone;

/// Notes the time as right; a running server takes it up within seconds.
pub async fn confirm(config: &Config) -> anyhow::Result<u8> {
    let now = Clock::System.now();
    let db = super::open(config).await?;
    let mut tx = db.begin().await?;
    tx.note_time(now).await?;
    tx.audit(None, "clock", "confirmed", &now.0.to_string(), now).await?;
    tx.commit().await?;
    db.close().await;
    println!(
        "现在是 {}，已确认。",
        zone::local(&config.timezone, now).strftime("%Y-%m-%d %H:%M")
    );
    Ok(0)
}
