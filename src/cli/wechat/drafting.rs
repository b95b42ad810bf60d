//! Making drafts, and moving them on while the command waits.

use std::time::Duration;

use anyhow::bail;

use super::Console;
use crate::clock::{Clock, Millis};
use crate::domain::list::publication::{Article, Publication, REST, State, Way};
use crate::domain::roster::people::PersonId;
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
        let person = self.drafter(who).await?;
        let there = self.db.read().await?.publications_of(number).await?;
        if !there.is_empty() && there.len() != drafts.len() {
            bail!(
                "{}以前分成 {} 组，现在要分成 {} 组，没有改。请把 title、content_limit 改回原来的",
                edition.name(),
                there.len(),
                drafts.len()
            );
        }
        let parts = u32::try_from(drafts.len())?;
        for (part, articles) in (1..).zip(drafts) {
            match there.iter().find(|publication| publication.part == part) {
                Some(old) => {
                    let redrawn = match &publisher {
                        Some(publisher) => publisher.pictures_changed(old).await?,
                        None => false,
                    };
                    self.redraft(old.clone(), (articles, redrawn), again).await?;
                }
                None => {
                    let fresh = Publication {
                        edition: number,
                        part,
                        parts,
                        articles,
                        state: State::Prepared,
                        drafted_by: person.1.clone(),
                        version: 1,
                        next_at: if publisher.is_some() { self.now() } else { REST },
                        tries: 0,
                        trouble: String::new(),
                    };
                    let mut tx = self.db.begin().await?;
                    tx.add_publication(&fresh, self.now()).await?;
                    tx.audit(Some(person.0), "wechat_draft", &fresh.name(), "", self.now())
                        .await?;
                    tx.commit().await?;
                }
            }
        }
        let Some(publisher) = publisher else {
            println!(
                "文章已备好。写出来看：bangban wechat preview {number} --to 目录；下一步：bangban wechat approve {number} --as 姓名"
            );
            return Ok(0);
        };
        let all_done = self.drive(&publisher, number, "存草稿").await?;
        Ok(self.status(Some(number)).await? | u8::from(!all_done))
    }

    /// Who has it drafted, and does not approve it: the person named, else the operator by the name in USER.
    async fn drafter(&self, who: Option<&str>) -> anyhow::Result<(PersonId, String)> {
        let operator = std::env::var("USER").unwrap_or_default();
        let roster = self.db.read().await?.roster().await?;
        match (who, roster.people_named(&operator).next()) {
            (None, Some(person)) => Ok((person.id, person.name.clone())),
            (None, None) => bail!("请写明是谁存的草稿，本人不能再审批：--as 姓名"),
            (Some(who), _) => {
                let person = crate::cli::find(&roster, who, None)?;
                Ok((person.id, person.name.clone()))
            }
        }
    }

    /// A draft that is there: brought up to date where that is possible. `redrawn`: its pictures are others now.
    async fn redraft(
        &self,
        mut old: Publication,
        (articles, redrawn): (Vec<Article>, bool),
        again: bool,
    ) -> anyhow::Result<()> {
        let same = old.articles == articles && !redrawn;
        let (name, said) = (old.name(), old.state.chinese());
        match old.state.clone() {
            State::Failed { .. } if again => old.state = State::Prepared,
            State::Failed { why } => bail!("{name}没有发布成：{why}。在公众平台上看清楚后再存一次，请加 --again"),
            State::Prepared if self.way() == Way::Files => {}
            // Tried again at once.
            State::Prepared | State::Redrafting { .. } => {}
            State::Drafted { .. } if same => return Ok(()),
            State::Drafted { media_id } if old.articles.len() == articles.len() => {
                old.state = State::Redrafting { media_id };
            }
            State::Drafted { .. } => bail!(
                "{name}的草稿有 {} 篇，现在要 {} 篇，不能更新。请在公众平台删掉草稿再来",
                old.articles.len(),
                articles.len()
            ),
            State::Drafting => return Ok(()),
            State::Approved { .. }
            | State::Ordered { .. }
            | State::Submitting { .. }
            | State::Submitted { .. }
            | State::ByHand { .. }
            | State::Unclear { .. }
            | State::Published { .. } => bail!("{name}{said}，草稿不再改动"),
        }
        old.articles = articles;
        old.next_at = if self.way() == Way::Files { REST } else { self.now() };
        old.tries = 0;
        old.trouble.clear();
        self.save(old, "wechat_redraft").await
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
