//! What trying again does not help: a person decides, and reads why.

use super::super::errors::{CallError, Rule};
use crate::clock::Millis;
use crate::domain::list::publication::{Publication, State};

/// Refusals that may pass and do not: after so many tries (some ten minutes) a person decides.
const MOST_TRIES: u32 = 8;

/// Where a draft goes that trying `state` again does not move on, and why; none while trying helps.
pub(super) fn given_up(
    publication: &Publication,
    state: &State,
    error: &CallError,
    now: Millis,
) -> Option<(State, String)> {
    let failed = |why: String| (State::Failed { why: why.clone() }, why);
    if let CallError::Picture(said) = error {
        return Some(failed(said.clone()));
    }
    let rule = error.rule()?;
    if rule == Rule::Articles {
        let titles: Vec<&str> = publication.articles.iter().map(|one| one.title.as_str()).collect();
        return Some(failed(format!("{error}；这组文章是：{}", titles.join("、"))));
    }
    let why = match rule {
        Rule::NoRight | Rule::Console => error.to_string(),
        Rule::NewToken | Rule::Gone | Rule::Unknown if publication.tries + 1 >= MOST_TRIES => {
            format!("试了 {MOST_TRIES} 次，公众号都不收：{error}")
        }
        Rule::Again
        | Rule::NewToken
        | Rule::Gone
        | Rule::Operator
        | Rule::Tomorrow
        | Rule::NextMinute
        | Rule::Later
        | Rule::Articles
        | Rule::Unknown => return None,
    };
    match state {
        State::Prepared | State::Drafting | State::Redrafting { .. } if rule == Rule::NoRight => Some(failed(format!(
            "这个账号不能用接口存草稿（{}）。请在 [official_account] 写 mode = \"files\"，重启，再在网页\
                 “期 › 公众号”里勾“我在公众平台上看清楚了”、按“按现在的设置重新存”，把文章贴进公众平台",
            error.code()
        ))),
        State::Ordered { media_id, ok } | State::Submitting { media_id, ok, .. } => {
            let by_hand = State::ByHand {
                media_id: Some(media_id.clone()),
                ok: ok.clone(),
                why: why.clone(),
            };
            Some((by_hand, why))
        }
        // It was submitted: whether it came out is for a person to see.
        State::Submitted { media_id, ok, .. } => {
            let unclear = State::Unclear {
                media_id: media_id.clone(),
                ok: ok.clone(),
                since: now,
            };
            Some((unclear, why))
        }
        State::Prepared
        | State::Drafting
        | State::Redrafting { .. }
        | State::Drafted { .. }
        | State::Approved { .. }
        | State::ByHand { .. }
        | State::Unclear { .. }
        | State::Published { .. }
        | State::Failed { .. } => Some(failed(why)),
    }
}
