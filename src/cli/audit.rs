//! `bangban audit verify`: whether the record of who did what is whole.

use std::io::IsTerminal as _;

use crate::config::Config;
use crate::store::audit::Chain;

/// Goes through the whole chain. `known` is the beginning of a hash from the log: the row it names must still be there,
/// so that a record that was cut off or written anew from its start shows too. Exit code 1 if the record is not whole.
pub async fn verify(config: &Config, known: Option<&str>) -> anyhow::Result<u8> {
    let db = super::open(config).await?;
    let mut tx = db.read().await?;
    let shown = std::io::stderr().is_terminal();
    let mut seen = known.is_none();
    let chain = tx
        .audit_chain(|row| {
            seen = seen || known.is_some_and(|known| row.hash.starts_with(known));
            if shown && row.seq % 10_000 == 0 {
                eprint!("\r已核对 {} 条", row.seq);
            }
        })
        .await?;
    drop(tx);
    db.close().await;
    if shown {
        eprint!("\r");
    }
    match chain {
        Chain::Broken { seq } => {
            println!(
                "审计记录从第 {seq} 条起对不上：有人改过、删过或加过。请保留数据库，和备份、日志里记下的尾号对照。"
            );
            Ok(1)
        }
        Chain::Whole { rows, .. } if !seen => {
            println!("审计记录 {rows} 条前后相连，但里面没有您给的尾号：后面被截掉过，或者整个重写过。");
            Ok(1)
        }
        Chain::Whole { rows, head } => {
            println!("审计记录 {rows} 条，一环扣一环，没有被改过。");
            if let Some(tail) = head.get(..16) {
                println!("尾号 {tail}。服务日志每小时记一次尾号，可以拿它来对：bangban audit verify --tail 尾号");
            }
            Ok(0)
        }
    }
}
