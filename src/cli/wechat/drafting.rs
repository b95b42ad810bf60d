//! Making drafts, and moving them on while the command waits.

use std::time::Duration;

use anyhow::bail;

use super::Console;
use crate::clock::Clock;
use crate::domain::list::publication::{Article, Publication, REST, State, Way};
use crate::official_account;
use crate::official_account::worker::Publisher;

/// How long a command waits for the account; the server goes on after it.
const PATIENCE_MS: i64 = 90_000;
/// A wait this short is waited for.
const SOON_MS: i64 = 5_000;

impl Console<'_> {
    pub(super) async fn draft(&self, number: u32, who: Option<&str>, again: bool) -> anyhow::Result<u8> {
        let edition = self.edition(number).await?;
        let drafts = self.drafts(&edition)?;
        let publisher = official_account::publisher(&self.db, &Clock::System, self.config)?;
        let person = self.person(who).await?;
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
                Some(old) => self.redraft(old.clone(), articles, again).await?,
                None => {
                    let fresh = Publication {
                        edition: number,
                        part,
                        parts,
                        articles,
                        state: State::Prepared,
                        drafted_by: person.as_ref().map_or(String::new(), |(_, name)| name.clone()),
                        version: 1,
                        next_at: if publisher.is_some() { self.now() } else { REST },
                        tries: 0,
                        trouble: String::new(),
                    };
                    let mut tx = self.db.begin().await?;
                    tx.add_publication(&fresh, self.now()).await?;
                    let id = person.as_ref().map(|(id, _)| *id);
                    tx.audit(id, "wechat_draft", &fresh.name(), "", self.now()).await?;
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
        self.drive(&publisher, number, "存草稿").await?;
        self.status(Some(number)).await
    }

    /// A draft that is there: brought up to date where that is possible.
    async fn redraft(&self, mut old: Publication, articles: Vec<Article>, again: bool) -> anyhow::Result<()> {
        let same = old.articles == articles;
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
        self.save(old, None, "wechat_redraft").await
    }

    /// Moves an edition on until it rests, is in trouble, or patience is at its end.
    pub(super) async fn drive(&self, publisher: &Publisher, number: u32, what: &str) -> anyhow::Result<()> {
        let begun = self.now();
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
            if !open.iter().any(hopeful) || now.since(begun) > PATIENCE_MS {
                break;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        bar.finish_and_clear();
        Ok(())
    }
}
