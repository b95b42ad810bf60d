//! Making drafts, and moving them on while the command waits.

use std::time::Duration;

use anyhow::bail;

use super::{Console, refusing};
use crate::clock::{Clock, Millis};
use crate::desk::list::publishing::{self, By, Drafting};
use crate::domain::list::publication::{Publication, REST, State};
use crate::domain::roster::people::Person;
use crate::official_account;
use crate::official_account::worker::Publisher;

/// How long a command waits for the account; the server goes on after it.
const PATIENCE_MS: i64 = 90_000;
/// A wait this short is waited for.
const SOON_MS: i64 = 5_000;
/// A step that another program began, or that was broken off, is waited for so long.
const HELD_MS: i64 = 5_000;

impl Console<'_> {
    pub(super) async fn draft(&self, number: u32, who: Option<&str>, again: bool) -> anyhow::Result<u8> {
        let edition = self.edition(number).await?;
        let drafts = self.drafts(&edition)?;
        let publisher = official_account::publisher(&self.db, &Clock::System, self.config)?;
        let person = self.who(who).await?;
        let there = self.db.read().await?.publications_of(number).await?;
        let redrawn = match &publisher {
            Some(publisher) => publisher.redrawn(&there).await?,
            None => Vec::new(),
        };
        let drafting = Drafting {
            edition: number,
            drafts,
            redrawn,
            way: self.way(),
            again,
        };
        let mut tx = self.db.begin().await?;
        let done = publishing::draft(&mut tx, drafting, By::Operator(Some(&person)), self.now()).await?;
        done.map_err(|why| refusing::drafted(&why, number))?;
        tx.commit().await?;
        let Some(publisher) = publisher else {
            println!(
                "文章已备好。写出来看：bangban wechat preview {number} --to 目录；下一步：bangban wechat approve {number} --as 姓名"
            );
            return Ok(0);
        };
        let all_done = self.drive(&publisher, number, "存草稿").await?;
        Ok(self.status(Some(number)).await? | u8::from(!all_done))
    }

    /// Who does it, as the audit has it: the person named, else the operator by the name in USER.
    pub(super) async fn who(&self, who: Option<&str>) -> anyhow::Result<Person> {
        let operator = std::env::var("USER").unwrap_or_default();
        let roster = self.db.read().await?.roster().await?;
        match (who, roster.people_named(&operator).next()) {
            (None, Some(person)) => Ok(person.clone()),
            (None, None) => bail!("请写明是谁做的，审计里记在名下：--as 姓名（名册里的）。存草稿的本人不能再审批"),
            (Some(who), _) => Ok(crate::cli::find(&roster, who, None)?.clone()),
        }
    }

    /// Moves an edition on until it rests, is in trouble, or patience is at its end. False if a step is left that
    /// another program began or that was broken off.
    pub(super) async fn drive(&self, publisher: &Publisher, number: u32, what: &str) -> anyhow::Result<bool> {
        let begun = self.now();
        let mut said = false;
        let count = self.there(number).await?.len() as u64;
        let bar = crate::cli::eval::progress(what, count);
        loop {
            let now = self.now();
            let all = self.there(number).await?;
            let open: Vec<Publication> = all.into_iter().filter(|one| one.next_at < REST).collect();
            bar.set_position(count - open.len() as u64);
            if let Some(due) = open.iter().find(|one| one.next_at <= now) {
                publisher.step(due.clone()).await?;
                continue;
            }
            let hopeful = |one: &Publication| one.trouble.is_empty() || one.next_at.since(now) <= SOON_MS;
            let held = open.iter().find(|one| is_held(one, now));
            if let (Some(held), false) = (held, said) {
                said = true;
                let (name, state, until) = (held.name(), held.state.chinese(), self.local(held.next_at));
                bar.suspend(|| {
                    println!("{name}{state}：另一个程序在做，或者上次做到一半断了。断了的话 {until} 接着做。")
                });
            }
            let patience = if open.iter().all(|one| is_held(one, now)) {
                HELD_MS
            } else {
                PATIENCE_MS
            };
            if !open.iter().any(hopeful) || now.since(begun) > patience {
                bar.finish_and_clear();
                return Ok(held.is_none());
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
}

/// A step that somebody began and whose end is not known yet.
fn is_held(publication: &Publication, now: Millis) -> bool {
    let calls = matches!(
        publication.state,
        State::Drafting | State::Redrafting { .. } | State::Submitting { .. }
    );
    calls && publication.trouble.is_empty() && publication.next_at.since(now) > SOON_MS
}
