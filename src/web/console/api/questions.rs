//! 工作台 and 问题 for other programs. The comments of what is sent and given are the document's own words.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Caller, Sent, helper, moment, not_done};
use crate::desk::{Row, Whole};
use crate::domain::asking::question::QuestionId;
use crate::domain::wording;
use crate::web::Web;
use crate::web::console::staff::Staff;
use crate::web::console::wanted::Wanted;
use crate::web::console::work::clock;
use crate::web::console::{history, question};
use crate::web::failure::Failure;

/// 一个问题
#[derive(Serialize, ToSchema)]
pub struct Question {
    /// 编号，Q1024 就是 1024
    number: i64,
    /// 第几次变化：做事时带上，别人先动过就不做
    version: i64,
    asker: String,
    /// 在哪个群问的
    group: String,
    words: String,
    /// 附了几张图片、几个文件
    attached: usize,
    /// 现在怎样，一句话
    standing: String,
    /// 现在由谁负责
    holder: Option<String>,
    asked_at: String,
    /// 到什么时候要有下一步
    until: Option<String>,
    late: bool,
    /// 同事要转给我，等我接不接
    offered: bool,
}

impl Question {
    fn of(web: &Web, row: &Row) -> Question {
        let question = &row.question;
        Question {
            number: question.id.0,
            version: question.version,
            asker: question.asker_name.as_str().to_owned(),
            group: row.group.clone(),
            words: question.text.as_str().to_owned(),
            attached: question.media.len(),
            standing: wording::standing(question.state.phase(), row.holder.as_deref()),
            holder: row.holder.clone(),
            asked_at: moment(web, question.asked_at),
            until: row.until.map(|at| moment(web, at)),
            late: clock(web, row.until).1,
            offered: row.offered,
        }
    }
}

/// 工作台：各部分最急的在前
#[derive(Serialize, ToSchema)]
pub struct Work {
    /// 等我答复
    own: Vec<Question>,
    /// 等人认领
    waiting: Vec<Question>,
    /// 等提问人
    asker: Vec<Question>,
    /// 同事在办
    others: Vec<Question>,
}

/// 工作台：我的、等人认领的、等提问人的、同事的问题。只有帮办员能看。
#[utoipa::path(get, path = "/api/v1/work", tag = "问题", responses((status = 200, body = Work)))]
pub async fn work(State(web): State<Arc<Web>>, Caller(staff): Caller) -> Result<Json<Work>, Failure> {
    helper(&staff)?;
    let bench = web.desk.bench(&staff.person).await?;
    let all = |rows: &[Row]| rows.iter().map(|row| Question::of(&web, row)).collect();
    Ok(Json(Work {
        own: all(&bench.own),
        waiting: all(&bench.waiting),
        asker: all(&bench.asker),
        others: all(&bench.others),
    }))
}

/// 发生过的一步
#[derive(Serialize, ToSchema)]
pub struct Happened {
    /// 这一步的号：采用市局意见时写 advice:号
    id: i64,
    at: String,
    what: String,
    /// 说了什么
    words: Option<String>,
    /// 是提问人和帮办员之间的话
    talk: bool,
}

/// 清单里可能就是答案的一条
#[derive(Serialize, ToSchema)]
pub struct Near {
    no: u32,
    question: String,
    /// 采用时发出去的话
    words: String,
}

/// 一次性告知里常缺的
#[derive(Serialize, ToSchema)]
pub struct Defect {
    number: u32,
    about: String,
    missing: String,
}

/// 能转给谁
#[derive(Serialize, ToSchema)]
pub struct Colleague {
    name: String,
    on_duty: bool,
}

/// 一个问题和答复它要用的
#[derive(Serialize, ToSchema)]
pub struct Thread {
    question: Question,
    /// 首问负责的帮办员
    first: Option<String>,
    /// 在我手上
    own: bool,
    /// 从头到尾发生过的
    history: Vec<Happened>,
    near: Vec<Near>,
    defects: Vec<Defect>,
    colleagues: Vec<Colleague>,
}

impl Thread {
    fn of(web: &Web, whole: Whole) -> Thread {
        let roster = web.desk.roster();
        let happened = whole.steps.iter().filter_map(|noted| {
            let told = history::told(&roster, &noted.step)?;
            Some(Happened {
                id: noted.id,
                at: moment(web, noted.at),
                what: told.what,
                words: told.words,
                talk: told.talk,
            })
        });
        let defect = |(number, about, missing)| Defect { number, about, missing };
        Thread {
            history: happened.collect(),
            question: Question::of(web, &whole.row),
            first: whole.first,
            own: whole.own,
            near: whole
                .near
                .into_iter()
                .map(|near| Near {
                    no: near.no,
                    question: near.question,
                    words: near.words,
                })
                .collect(),
            defects: whole.defects.into_iter().map(defect).collect(),
            colleagues: whole
                .colleagues
                .into_iter()
                .map(|one| Colleague {
                    name: one.name,
                    on_duty: one.on_duty,
                })
                .collect(),
        }
    }
}

/// 一个问题，连同经过和可用的答案。无差别帮办：任何单位的帮办员都能看。
#[utoipa::path(get, path = "/api/v1/questions/{number}", tag = "问题", params(("number" = i64, Path, description = "编号")), responses((status = 200, body = Thread)))]
pub async fn one(
    State(web): State<Arc<Web>>,
    Caller(staff): Caller,
    Path(number): Path<i64>,
) -> Result<Json<Thread>, Failure> {
    Ok(Json(thread(&web, &staff, QuestionId(number)).await?))
}

async fn thread(web: &Web, staff: &Staff, id: QuestionId) -> Result<Thread, Failure> {
    helper(staff)?;
    let whole = web.desk.whole(&staff.person, id).await?;
    Ok(Thread::of(web, whole.ok_or(NONE)?))
}

const NONE: Failure = Failure::Refused(
    axum::http::StatusCode::NOT_FOUND,
    "没有这个问题，或已到期删除。请核对编号。",
);

/// 做什么
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// 认领；同事转给我的，就是接手
    Claim,
    /// 放回
    Release,
    /// 不接
    Decline,
    /// 答复：words；采用清单或市局意见的，adopting 写 entry:37 或 advice:号
    Reply,
    /// 一次性告知：defects 写号，reason 写别的
    Inform,
    /// 转办：to 写姓名，reason 写为什么
    Transfer,
    /// 求助市局：reason 写问什么
    AskCity,
    /// 办结：没答复过的，reason 写为什么
    Close,
}

impl Act {
    /// As the page's forms name it.
    fn form(self) -> &'static str {
        match self {
            Act::Claim => "claim",
            Act::Release => "release",
            Act::Decline => "decline",
            Act::Reply => "reply",
            Act::Inform => "inform",
            Act::Transfer => "offer",
            Act::AskCity => "city",
            Act::Close => "close",
        }
    }
}

/// 要做的一件事
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Doing {
    act: Act,
    /// 看到的是第几次变化；不写就不比
    version: Option<i64>,
    /// 最多 2000 字
    #[serde(default)]
    words: String,
    #[serde(default)]
    adopting: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    defects: Vec<u32>,
}

impl Doing {
    /// The same as a form of the question's page.
    fn wanted(&self) -> Wanted {
        let mut pairs = vec![("act", self.act.form().to_owned())];
        pairs.extend(self.version.map(|version| ("version", version.to_string())));
        let texts = [
            ("words", &self.words),
            ("adopting", &self.adopting),
            ("to", &self.to),
            ("reason", &self.reason),
        ];
        pairs.extend(texts.map(|(name, text)| (name, text.clone())));
        pairs.extend(self.defects.iter().map(|number| ("defect", number.to_string())));
        let pairs: Vec<(String, String)> = pairs.into_iter().map(|(name, text)| (name.to_owned(), text)).collect();
        Wanted::of(&pairs)
    }
}

/// 做成以后
#[derive(Serialize, ToSchema)]
pub struct Done {
    /// 机器人对做事的人说的
    said: Vec<String>,
    /// 现在的样子
    thread: Thread,
}

/// 认领、放回、答复、告知、转办、求助、办结。和网页上按一下是同一件事，同样的规矩，同样进审计。
#[utoipa::path(post, path = "/api/v1/questions/{number}", tag = "问题", params(("number" = i64, Path, description = "编号")), request_body = Doing,
    responses((status = 200, body = Done), (status = 409, description = "没有做：为什么，怎么办", body = super::Wrong)))]
pub async fn act(
    State(web): State<Arc<Web>>,
    Caller(staff): Caller,
    Path(number): Path<i64>,
    Sent(doing): Sent<Doing>,
) -> Result<Response, Failure> {
    let id = QuestionId(number);
    helper(&staff)?;
    if web.desk.db.read().await?.question(id).await?.is_none() {
        return Err(NONE);
    }
    let said = question::done(&web, &staff, id, &doing.wanted()).await?;
    if said.refused {
        return Ok(not_done(&said.lines));
    }
    let thread = thread(&web, &staff, id).await?;
    Ok(Json(Done {
        said: said.lines,
        thread,
    })
    .into_response())
}
