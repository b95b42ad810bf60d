//! The list as XLSX, out and in: a cell that was changed becomes a draft, which is handed in and approved like any other;
//! what cannot be taken is told by its cell, and then nothing is.

use std::path::Path;
use std::sync::Arc;

use axum::extract::{Multipart, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use super::words;
use crate::desk::curating::{Act, Done};
use crate::faq::sheet::{self, Changed, Fault, Flaw};
use crate::web::Web;
use crate::web::console::answered::Said;
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;
use crate::workbook;

/// Problems shown at once.
const SHOWN: usize = 60;
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const NO_FILE: &str = "请先选一个文件再传。";
const TOO_LARGE: &str = "文件超过 5 MB，请删去图片或另存一份再传。";

/// `GET /staff/list.xlsx`
pub async fn out(State(web): State<Arc<Web>>, staff: Staff) -> Result<Response, Failure> {
    super::keeper(&staff)?;
    let entries = web.desk.db.read().await?.served_list().await?;
    let made = tokio::task::spawn_blocking(move || sheet::bytes(&entries)).await;
    let made = made.map_err(|panic| Failure::Inside(panic.to_string()))?;
    let bytes = made.map_err(|error| Failure::Inside(error.to_string()))?;
    let worn = [
        (header::CONTENT_TYPE, HeaderValue::from_static(KIND)),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"list.xlsx\""),
        ),
    ];
    Ok((worn, bytes).into_response())
}

/// `POST /staff/list.xlsx`: drafts of what is other in the table.
pub async fn hand_in(State(web): State<Arc<Web>>, staff: Staff, parts: Multipart) -> Result<Response, Failure> {
    super::keeper(&staff)?;
    let said = match file(parts).await? {
        Ok(bytes) => taken(&web, &staff, bytes).await?,
        Err(why) => Said::refused(why),
    };
    let page = super::list::told(&web, &staff, said.clone()).await?;
    Ok(super::answer(&said, page))
}

/// The bytes of the file that was sent, or why they are not taken.
async fn file(mut parts: Multipart) -> Result<Result<Vec<u8>, &'static str>, Failure> {
    let unread = |_| Failure::unfit("文件没有传完，请再试一次。");
    while let Some(mut field) = parts.next_field().await.map_err(unread)? {
        if field.name() != Some("file") {
            continue;
        }
        let mut bytes = Vec::new();
        while let Some(piece) = field.chunk().await.map_err(unread)? {
            bytes.extend_from_slice(&piece);
            if bytes.len() as u64 > workbook::MAX_BYTES {
                return Ok(Err(TOO_LARGE));
            }
        }
        return Ok(if bytes.is_empty() { Err(NO_FILE) } else { Ok(bytes) });
    }
    Ok(Err(NO_FILE))
}

async fn taken(web: &Web, staff: &Staff, bytes: Vec<u8>) -> Result<Said, Failure> {
    let entries = web.desk.db.read().await?.served_list().await?;
    let looking = tokio::task::spawn_blocking(move || {
        let sheets =
            workbook::open_long(&bytes, Path::new("这份表格"), sheet::MOST).map_err(|why| vec![why.to_string()])?;
        let first = sheets.iter().find(|sheet| !sheet.hidden).cloned().unwrap_or_default();
        sheet::changes(&first, &entries).map_err(|flaws| told(&flaws))
    });
    match looking.await.map_err(|panic| Failure::Inside(panic.to_string()))? {
        Ok(changed) => drafted(web, staff, changed).await,
        Err(lines) => Ok(Said { lines, refused: true }),
    }
}

/// Begins a draft of each entry that was changed.
async fn drafted(web: &Web, staff: &Staff, changed: Vec<Changed>) -> Result<Said, Failure> {
    if changed.is_empty() {
        return Ok(Said::refused("表里和清单一样，没有要改的。"));
    }
    let mut lines = Vec::with_capacity(changed.len() + 1);
    let mut begun = 0;
    for Changed { no, fields } in changed {
        let names: Vec<&str> = fields.iter().map(|(field, _)| field.word()).collect();
        let names = names.join("、");
        match web.desk.curate(&staff.actor(), None, &Act::Change(no)).await? {
            Ok(Done::Begun(id)) => {
                let written = web.desk.curate(&staff.actor(), None, &Act::Write(id, fields)).await?;
                let wrong = written.err().map(|why| words::refused(&why)).unwrap_or_default();
                lines.push(format!("第 {no:03} 条改了{names}：草稿 {}。{wrong}", id.0));
                begun += 1;
            }
            Ok(_) => {}
            Err(why) => lines.push(format!("第 {no:03} 条没有起草：{}", words::refused(&why))),
        }
    }
    lines.insert(
        0,
        format!("起了 {begun} 份草稿，清单还没有变。请在下面“草稿”里看过、送审，批了才生效。"),
    );
    Ok(Said {
        lines,
        refused: begun == 0,
    })
}

/// Each problem by its cell.
fn told(flaws: &[Flaw]) -> Vec<String> {
    let mut lines = vec![format!(
        "有 {} 格要改，什么都没有收。请在表里改好再传一次。",
        flaws.len()
    )];
    lines.extend(
        flaws
            .iter()
            .take(SHOWN)
            .map(|flaw| format!("{}：{}", flaw.cell, fault(&flaw.what))),
    );
    if flaws.len() > SHOWN {
        lines.push(format!("还有 {} 格。", flaws.len() - SHOWN));
    }
    lines
}

fn fault(what: &Fault) -> String {
    match what {
        Fault::NotTheList => "第一行要有“条号”和“版”两列。请用这里下载的表来改。".to_owned(),
        Fault::NoField(word) => format!("没有“{word}”这一列，请删去或改回原来的列名。"),
        Fault::TwiceField(word) => format!("“{word}”这一列重复了，请删去一列。"),
        Fault::NoEntry(said) => match said.trim() {
            "" => "缺条号。新的一条请在网页上起草。".to_owned(),
            said => format!("清单里没有第“{said}”条。新的一条请在网页上起草。"),
        },
        Fault::Twice(no) => format!("第 {no:03} 条在表里有两行，请只留一行。"),
        Fault::Newer(no) => format!("第 {no:03} 条在下载以后改过。请重新下载，在新表里改。"),
        Fault::NotWords => "这一格是公式、日期或错误值，请设成文本格式再写。".to_owned(),
        Fault::Long => format!("超过 {} 字，请写短些。", sheet::MOST),
        Fault::Wrong(field, why) => words::wrong_field(*field, why),
    }
}
