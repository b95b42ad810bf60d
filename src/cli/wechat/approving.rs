//! A person's word for an edition, given for them by the operator: the audit says so.

use anyhow::bail;

use super::{Console, moved_on};
use crate::desk::list::approval::{self, Word};
use crate::domain::list::publication::{NotTaken, Publication, Way};
use crate::domain::roster::people::Person;
use crate::store::Tx;
use crate::{setup, system};

impl Console<'_> {
    pub(super) async fn approve(&self, number: u32, who: &str) -> anyhow::Result<u8> {
        let operator = system::operator();
        let word = Word::Vouched { operator: &operator };
        self.each(number, who, async |tx, publication, person| {
            let (name, state) = (publication.name(), publication.state.chinese());
            match approval::approve(tx, publication, (person, word), self.way(), self.now()).await {
                Ok(Ok(_)) => Ok(format!("{name}已由{who}审批。")),
                Ok(Err(NotTaken::NoApprover)) => bail!("{who}不是市局审批，不能审批。名册里 roles 要有 approver"),
                Ok(Err(NotTaken::Own)) => bail!("{name}是{who}自己冻结或存的草稿，请换一位市局审批"),
                Ok(Err(NotTaken::State)) => bail!("{name}{state}，现在不能审批"),
                Err(error) => Err(moved_on(error, &name)),
            }
        })
        .await?;
        println!(
            "这是操作员 {operator} 替{who}担保的，审计里这样记。{who}也可以自己登录网页审批：{}/staff/publications",
            setup::public_url(self.config)
        );
        println!(
            "{}",
            match self.way() {
                Way::Api => format!("下一步：bangban wechat publish {number}"),
                Way::Draft | Way::Files => format!(
                    "下一步：在公众平台人工发表，然后记下：bangban wechat record {number} --url 网址 --at \"时间\""
                ),
            }
        );
        Ok(0)
    }

    pub(super) async fn unapprove(&self, number: u32, who: &str) -> anyhow::Result<u8> {
        let operator = system::operator();
        let word = Word::Vouched { operator: &operator };
        self.each(number, who, async |tx, publication, person| {
            let (name, state) = (publication.name(), publication.state.chinese());
            match approval::unapprove(tx, publication, (person, word), self.now()).await {
                Ok(Ok(_)) => Ok(format!(
                    "{name}的审批已由{who}撤回（操作员 {operator} 担保）。改好后：bangban wechat draft {number}，再请人审批。"
                )),
                Ok(Err(NotTaken::NoApprover | NotTaken::Own)) => bail!("{who}不是市局审批，不能撤回审批"),
                Ok(Err(NotTaken::State)) => bail!("{name}{state}，没有可以撤回的审批"),
                Err(error) => Err(moved_on(error, &name)),
            }
        })
        .await?;
        Ok(0)
    }

    /// Does something in a person's name with every part of an edition, all of it or none, and prints what it says.
    async fn each(
        &self,
        number: u32,
        who: &str,
        act: impl AsyncFn(&mut Tx, Publication, &Person) -> anyhow::Result<String>,
    ) -> anyhow::Result<()> {
        let roster = self.db.read().await?.roster().await?;
        let person = crate::cli::find(&roster, who, None)?;
        let there = self.there(number).await?;
        let mut done = Vec::with_capacity(there.len());
        let mut tx = self.db.begin().await?;
        for publication in there {
            done.push(act(&mut tx, publication, person).await?);
        }
        tx.commit().await?;
        done.iter().for_each(|line| println!("{line}"));
        Ok(())
    }
}
