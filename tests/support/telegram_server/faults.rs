//! What can go wrong between bot and server, and the server's limits on sending.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use serde_json::{Value, json};

use super::world::{ChatKind, World};

/// One way for a request to go wrong.
#[derive(Clone, Debug)]
pub enum Fault {
    /// The server refuses. A `retry_after` in `parameters` is also enforced for that chat.
    Api {
        code: u16,
        description: String,
        parameters: Option<Value>,
    },
    /// A proxy answers with its own HTML page.
    Status(u16),
    /// Any bytes at all, such as a compressed body.
    Answer {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    },
    /// Waits, then acts and answers. A client that goes away meanwhile leaves no effect.
    HangFor(Duration),
    /// Acts at once, answers late.
    AnswerLate(Duration),
    /// The connection dies and nothing happened.
    ResetBeforeEffect,
    /// It happened, and the connection dies without an answer.
    ResetAfterEffect,
    /// It happened, and the answer is cut in the middle.
    Truncated,
}

impl Fault {
    pub fn api(code: u16, description: &str) -> Self {
        Self::Api {
            code,
            description: description.to_owned(),
            parameters: None,
        }
    }

    pub fn too_many_requests(seconds: i64) -> Self {
        let refusal = ApiError::too_many_requests(seconds);
        Self::Api {
            code: refusal.code,
            description: refusal.description,
            parameters: refusal.parameters,
        }
    }
}

/// Which requests a fault meets, and how often.
pub struct Rule {
    pub method: String,
    pub chat: Option<i64>,
    pub fault: Fault,
    /// `None` is always.
    pub left: Option<u32>,
    pub percent: u64,
}

/// A refusal in the server's words.
#[derive(Clone, Debug)]
pub struct ApiError {
    pub code: u16,
    pub description: String,
    pub parameters: Option<Value>,
    /// The bot should have known better; ends in `violations()`.
    pub blame: bool,
}

impl ApiError {
    /// A mistake in the request itself.
    pub fn mistake(description: impl Into<String>) -> Self {
        Self {
            code: 400,
            description: prefixed(description),
            parameters: None,
            blame: true,
        }
    }

    /// A refusal that a correct bot may meet, too.
    pub fn bad(description: impl Into<String>) -> Self {
        Self {
            blame: false,
            ..Self::mistake(description)
        }
    }

    pub fn forbidden(description: &str) -> Self {
        Self {
            code: 403,
            description: format!("Forbidden: {description}"),
            ..Self::bad("")
        }
    }

    pub fn conflict(description: &str) -> Self {
        Self {
            code: 409,
            description: format!("Conflict: {description}"),
            ..Self::bad("")
        }
    }

    pub fn too_many_requests(seconds: i64) -> Self {
        Self {
            code: 429,
            description: format!("Too Many Requests: retry after {seconds}"),
            parameters: Some(json!({"retry_after": seconds})),
            blame: false,
        }
    }

    pub fn body(&self) -> Vec<u8> {
        let mut body = json!({"ok": false, "error_code": self.code, "description": self.description});
        if let Some(parameters) = &self.parameters {
            body["parameters"] = parameters.clone();
        }
        body.to_string().into_bytes()
    }
}

fn prefixed(description: impl Into<String>) -> String {
    format!("Bad Request: {}", description.into())
}

const BURST: usize = 5;
const PER_MINUTE: usize = 20;

/// When each chat was last written to, and until when it must be left alone.
#[derive(Default)]
pub struct Flood {
    pub on: bool,
    sends: BTreeMap<i64, VecDeque<i64>>,
    holds: BTreeMap<i64, i64>,
}

impl World {
    pub fn take_fault(&mut self, method: &str, chat: Option<i64>) -> Option<Fault> {
        for index in 0..self.faults.len() {
            let rule = &self.faults[index];
            let met = (rule.method == "*" || rule.method == method) && (rule.chat.is_none() || rule.chat == chat);
            let percent = rule.percent;
            if !met || (percent < 100 && self.chance(100) >= percent) {
                continue;
            }
            let rule = &mut self.faults[index];
            let fault = rule.fault.clone();
            if let Some(left) = &mut rule.left {
                *left -= 1;
                if *left == 0 {
                    self.faults.remove(index);
                }
            }
            return Some(fault);
        }
        None
    }

    pub fn hold(&mut self, chat: i64, seconds: i64) {
        let until = self.now() + seconds * 1000;
        self.flood.holds.insert(chat, until);
    }

    /// Refuses a send that comes too early or too often, and otherwise counts it.
    pub fn admit(&mut self, chat: i64) -> Result<(), ApiError> {
        let now = self.now();
        if let Some(until) = self.flood.holds.get(&chat).copied() {
            if now < until {
                let left = (until - now + 999) / 1000;
                self.violations
                    .push(format!("sent to {chat} {} ms before retry_after ended", until - now));
                return Err(ApiError::too_many_requests(left));
            }
            self.flood.holds.remove(&chat);
        }
        let group = self.chat(chat).kind != ChatKind::Private;
        let sends = self.flood.sends.entry(chat).or_default();
        while sends.front().is_some_and(|at| now - at >= 60_000) {
            sends.pop_front();
        }
        if self.flood.on {
            let wait = if group && sends.len() >= PER_MINUTE {
                60_000 - (now - sends[sends.len() - PER_MINUTE])
            } else {
                // One a second on average, with a few at once forgiven.
                let recent = sends.iter().filter(|at| now - **at < 1000 * BURST as i64).count();
                if recent >= BURST { 1000 } else { 0 }
            };
            if wait > 0 {
                let seconds = (wait + 999) / 1000;
                self.hold(chat, seconds);
                return Err(ApiError::too_many_requests(seconds));
            }
        }
        self.flood.sends.entry(chat).or_default().push_back(now);
        Ok(())
    }
}
