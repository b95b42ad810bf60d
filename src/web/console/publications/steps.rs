//! A draft of an edition as its page shows it: which step it is at, what is in the way, what may be done and by whom.

use super::acts::Wanted;
use crate::clock::Millis;
use crate::domain::list::publication::{NotTaken, Publication, REST, State, Way};
use crate::domain::roster::people::PersonId;
use crate::domain::time::zone;
use crate::store::audit::AuditRow;
use crate::web::Web;
use crate::web::console::staff::Staff;
use crate::web::failure::Failure;

/// Lines shown of what happened so far.
const LOG: i64 = 20;

/// A step on the way.
pub struct Step {
    pub name: &'static str,
    /// `done`, `now`, `bad` or `later`.
    pub mark: &'static str,
    /// The same in words.
    pub said: &'static str,
}

/// A draft.
pub struct Part {
    pub edition: u32,
    pub part: u32,
    pub version: i64,
    pub standing: &'static str,
    pub steps: Vec<Step>,
    /// What is in the way.
    pub trouble: String,
    /// What to do next.
    pub todo: String,
    /// When it is tried again by itself.
    pub again: Option<String>,
    pub urls: Vec<String>,
    pub drafted_by: String,
    /// The viewer may not agree to what is their own.
    pub not_theirs: bool,
    pub approves: bool,
    pub unapproves: bool,
    /// What the button that publishes says.
    pub publishes: Option<&'static str>,
    pub records: bool,
    pub unclear: bool,
    /// It moves by itself.
    pub moving: bool,
    /// An address and a time that were written and not taken.
    pub url: String,
    pub at: String,
    /// What happened, the newest first: when, what, who.
    pub log: Vec<(String, String, String)>,
}

impl Part {
    /// Keeps what was written for this draft and not taken.
    pub fn keep(&mut self, wanted: Option<&Wanted>) {
        let own = |wanted: &&Wanted| (wanted.edition, wanted.part) == (self.edition, self.part);
        if let Some(wanted) = wanted.filter(own) {
            self.url.clone_from(&wanted.url);
            self.at.clone_from(&wanted.at);
        }
    }
}

/// The part, as this member of staff sees it.
pub async fn part(web: &Web, staff: &Staff, publication: Publication) -> Result<Part, Failure> {
    let (way, now) = (web.desk.config.official_account.mode, web.desk.clock.now());
    let mut tx = web.desk.db.read().await?;
    let made_by = tx.edition_made_by(publication.edition).await?.unwrap_or_default();
    let rows = tx.audit_of(&publication.name(), "wechat_", LOG).await?;
    drop(tx);
    let may = publication.approved(&staff.person, &made_by, way, now);
    let state = &publication.state;
    let waits = publication.next_at < REST && !publication.trouble.is_empty();
    Ok(Part {
        edition: publication.edition,
        part: publication.part,
        version: publication.version,
        standing: state.chinese(),
        steps: steps(state, way),
        todo: todo(state, way),
        again: waits.then(|| local(web, publication.next_at)),
        urls: match state {
            State::Published { urls, .. } => urls.clone(),
            _ => Vec::new(),
        },
        not_theirs: may == Err(NotTaken::Own),
        approves: may.is_ok(),
        unapproves: publication.unapproved(&staff.person).is_ok(),
        publishes: publishes(&publication, way),
        records: matches!(state, State::ByHand { .. } | State::Unclear { .. }),
        unclear: matches!(state, State::Unclear { .. }),
        moving: publication.next_at < REST && !matches!(state, State::Unclear { .. }),
        url: String::new(),
        at: String::new(),
        log: rows.into_iter().map(|row| logged(web, row)).collect(),
        trouble: publication.trouble,
        drafted_by: publication.drafted_by,
    })
}

fn publishes(publication: &Publication, way: Way) -> Option<&'static str> {
    match &publication.state {
        State::Approved { .. } if way == Way::Api => Some("发布"),
        State::Ordered { .. } if way == Way::Api && !publication.trouble.is_empty() => Some("现在再试一次"),
        _ => None,
    }
}

/// What the button that drafts an edition says, and whether the account refused it before.
pub fn drafting(there: &[Publication], way: Way) -> (Option<&'static str>, bool) {
    let fresh = match way {
        Way::Api | Way::Draft => "存草稿",
        Way::Files => "备好文章",
    };
    if there.is_empty() {
        return (Some(fresh), false);
    }
    let failed = there.iter().any(|one| matches!(one.state, State::Failed { .. }));
    let open = there.iter().all(|one| {
        matches!(
            one.state,
            State::Prepared | State::Redrafting { .. } | State::Drafted { .. } | State::Failed { .. }
        )
    });
    (open.then_some("按现在的设置重新存"), failed)
}

/// Where on the way it is.
fn steps(state: &State, way: Way) -> Vec<Step> {
    let (at, bad) = match state {
        State::Prepared if way == Way::Files => (1, false),
        State::Prepared | State::Drafting | State::Redrafting { .. } => (0, false),
        State::Drafted { .. } => (1, false),
        State::Approved { .. } | State::ByHand { .. } => (2, false),
        State::Ordered { .. } | State::Submitting { .. } | State::Submitted { .. } => (3, false),
        State::Unclear { .. } | State::Failed { .. } => (3, true),
        State::Published { .. } => (4, false),
    };
    let names = match way {
        Way::Api => ["存草稿", "审批同意", "按发布", "公众号发出"],
        Way::Draft => ["存草稿", "审批同意", "人工发表", "记下网址"],
        Way::Files => ["备好文章", "审批同意", "人工发表", "记下网址"],
    };
    let step = |(place, name): (usize, &'static str)| {
        let (mark, said) = match place.cmp(&at) {
            std::cmp::Ordering::Less => ("done", "好了"),
            std::cmp::Ordering::Equal if bad => ("bad", "要看一眼"),
            std::cmp::Ordering::Equal => ("now", "在这一步"),
            std::cmp::Ordering::Greater => ("later", "还没到"),
        };
        Step { name, mark, said }
    };
    names.into_iter().enumerate().map(step).collect()
}

fn todo(state: &State, way: Way) -> String {
    match state {
        State::Prepared if way == Way::Files => "请另一位市局审批看过文章后同意。",
        State::Prepared | State::Drafting | State::Redrafting { .. } => "正在存到公众号的草稿箱，好了这里自己会变。",
        State::Drafted { .. } => "请另一位市局审批看过文章后同意。",
        State::Approved { .. } => "可以发布了，编辑、审批都可以按。",
        State::Ordered { .. } => "马上提交给公众号，这里自己会变。",
        State::Submitting { .. } | State::Submitted { .. } => "公众号正在处理，一般几分钟，这里自己会变。",
        State::ByHand { why, .. } => {
            return format!("{}。发表以后把网址和时间记在这里。", why.trim_end_matches('。'));
        }
        State::Unclear { .. } => {
            "请到公众平台看有没有这篇文章：有，就记下网址和时间；没有，就确认没有发表，再发布一次。"
        }
        State::Published { .. } => "已经发表，不用再做什么。",
        State::Failed { .. } => "请先在公众平台上看清楚，再重新存草稿。",
    }
    .to_owned()
}

fn logged(web: &Web, row: AuditRow) -> (String, String, String) {
    let what = match row.action.as_str() {
        "wechat_draft" | "wechat_redraft" => "要存草稿".to_owned(),
        "wechat_approve" => "同意发布".to_owned(),
        "wechat_unapprove" => "撤回同意".to_owned(),
        "wechat_publish" => "按了发布".to_owned(),
        "wechat_record" => "记下网址和时间".to_owned(),
        "wechat_unpublished" => "看过，没有发表".to_owned(),
        "wechat_state" => row.note,
        other => other.to_owned(),
    };
    let roster = web.desk.roster();
    let person = row.person_id.and_then(|id| roster.person(PersonId(id)));
    let by = match person {
        Some(person) => person.name.clone(),
        None if row.action == "wechat_state" => "帮办".to_owned(),
        None => "操作员".to_owned(),
    };
    (local(web, Millis(row.at)), what, by)
}

fn local(web: &Web, at: Millis) -> String {
    zone::local(&web.desk.config.timezone, at)
        .strftime("%-m月%-d日 %H:%M")
        .to_string()
}
