//! The queue of updates and getUpdates: an update is forgotten when a higher offset arrives.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, timeout_at};

use super::Shared;
use super::faults::ApiError;
use super::http::Params;
use super::world::{Queue, Queued, World};

const DAY: i64 = 24 * 3_600_000;
/// An unanswered press is not kept longer.
const PRESS: i64 = 150_000;
/// These come only when asked for.
const ON_REQUEST: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

/// How the fake repeats and reorders what it delivers.
#[derive(Clone, Copy, Debug, Default)]
pub struct Delivery {
    /// Each update comes up to this many times more, some of them in a later answer.
    pub extra_copies: u64,
    pub shuffle: bool,
}

pub struct Polling {
    pub queue: Queue,
    pub next_id: i64,
    pub confirmed: Vec<i64>,
    pub expired: Vec<i64>,
    pub polls: u64,
    pub open: usize,
    pub generation: u64,
    pub allowed: Option<BTreeSet<String>>,
    pub delivery: Delivery,
    late: Vec<Vec<u8>>,
    /// The offset and the start of the poll before, for the server's rules about repeated offsets.
    previous: Option<(i64, Instant)>,
    pub slows_repeats: bool,
}

impl Polling {
    pub fn new() -> Self {
        Self {
            queue: Queue::new(),
            next_id: 410_000_001,
            confirmed: Vec::new(),
            expired: Vec::new(),
            polls: 0,
            open: 0,
            generation: 0,
            allowed: None,
            delivery: Delivery::default(),
            late: Vec::new(),
            previous: None,
            slows_repeats: true,
        }
    }

    fn forget_before(&mut self, offset: i64, violations: &mut Vec<String>) {
        let (gone, kept): (Queue, Queue) = self.queue.drain(..).partition(|u| u.id < offset);
        self.queue = kept;
        for update in gone {
            if !update.delivered {
                violations.push(format!("offset {offset} forgot {} undelivered", update.id));
            }
            self.confirmed.push(update.id);
        }
    }
}

struct Poll {
    generation: u64,
    from: i64,
    limit: usize,
    deadline: Instant,
}

impl World {
    /// Queues an update of a known kind, unless the bot did not ask for that kind.
    pub fn queue(&mut self, kind: &str, content: Value) {
        let wanted = match &self.polling.allowed {
            Some(allowed) => allowed.contains(kind),
            None => !ON_REQUEST.contains(&kind),
        };
        if !wanted {
            return;
        }
        let id = self.polling.next_id;
        let life = if kind == "callback_query" { PRESS } else { DAY };
        // Telegram puts update_id first; the kind's key follows.
        let body = format!("{{\"update_id\":{id},\n{}:{content}}}", json!(kind));
        self.push(body.into_bytes(), life);
    }

    /// Queues any bytes; `$ID` in them becomes the update id.
    pub fn queue_bytes(&mut self, bytes: &[u8]) -> i64 {
        let id = self.polling.next_id;
        let mark = b"$ID";
        let mut body = Vec::with_capacity(bytes.len() + 8);
        let mut at = 0;
        while at < bytes.len() {
            if bytes[at..].starts_with(mark) {
                body.extend_from_slice(id.to_string().as_bytes());
                at += mark.len();
            } else {
                body.push(bytes[at]);
                at += 1;
            }
        }
        self.push(body, DAY);
        id
    }

    fn push(&mut self, body: Vec<u8>, life: i64) {
        let at = self.now();
        let id = self.polling.next_id;
        self.polling.next_id += 1;
        self.polling.queue.push_back(Queued {
            id,
            body,
            at,
            expires: at + life,
            delivered: false,
        });
    }

    /// Takes over `allowed_updates`; what is absent leaves the list as it was.
    pub fn allow(&mut self, params: &Params) -> Result<(), ApiError> {
        if let Some(allowed) = params.object("allowed_updates")? {
            let names = allowed
                .as_array()
                .ok_or_else(|| ApiError::mistake("can't parse allowed_updates: Expected an Array of String"))?;
            let names: BTreeSet<String> = names.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            // An empty list asks for the default again.
            self.polling.allowed = (!names.is_empty()).then_some(names);
        }
        Ok(())
    }

    fn begin_poll(&mut self, params: &Params) -> Result<Poll, ApiError> {
        if self.webhook.is_some() {
            return Err(ApiError::conflict(
                "can't use getUpdates method while webhook is active; \
                 use deleteWebhook to delete the webhook first",
            ));
        }
        self.allow(params)?;
        let offset = params.int("offset").unwrap_or(0);
        let mut limit = params.int("limit").unwrap_or(100).clamp(1, 100) as usize;
        let mut timeout = Duration::from_secs(params.int("timeout").unwrap_or(0).clamp(0, 50) as u64);
        let now = Instant::now();
        let polling = &mut self.polling;
        if let Some((before, at)) = polling.previous.replace((offset, now))
            && polling.slows_repeats
            && before == offset
        {
            if now < at + Duration::from_secs(3) {
                timeout = timeout.max(Duration::from_secs(3));
            }
            if now < at + Duration::from_millis(500) {
                limit = 1;
            }
        }
        polling.polls += 1;
        polling.generation += 1;
        let from = if offset < 0 {
            let first = polling.queue.len().saturating_sub(offset.unsigned_abs() as usize);
            polling.queue.get(first).map_or(0, |update| update.id)
        } else if offset > polling.next_id + 10 {
            // Ids began anew: the server starts from the head and forgets nothing.
            0
        } else {
            offset
        };
        polling.forget_before(from, &mut self.violations);
        Ok(Poll {
            generation: polling.generation,
            from,
            limit,
            deadline: now + timeout,
        })
    }

    fn batch(&mut self, poll: &Poll) -> Vec<Vec<u8>> {
        let now = self.now();
        let polling = &mut self.polling;
        let (gone, kept): (Queue, Queue) = polling.queue.drain(..).partition(|update| update.expires <= now);
        polling.queue = kept;
        polling.expired.extend(gone.iter().map(|update| update.id));
        let mut bodies = Vec::new();
        for update in polling.queue.iter_mut().filter(|u| u.id >= poll.from).take(poll.limit) {
            update.delivered = true;
            bodies.push(update.body.clone());
        }
        if bodies.is_empty() {
            return bodies;
        }
        let delivery = polling.delivery;
        if delivery.extra_copies > 0 {
            let earlier = std::mem::take(&mut self.polling.late);
            for body in bodies.clone() {
                for _ in 0..self.chance(delivery.extra_copies + 1) {
                    if self.chance(2) == 0 {
                        bodies.push(body.clone());
                    } else {
                        self.polling.late.push(body.clone());
                    }
                }
            }
            bodies.extend(earlier);
        }
        if delivery.shuffle {
            for end in (1..bodies.len()).rev() {
                let other = self.chance(end as u64 + 1) as usize;
                bodies.swap(end, other);
            }
        }
        bodies
    }
}

/// Counts a poll as open until it is answered or its client is gone.
struct Open<'a>(&'a Shared);

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.world().polling.open -= 1;
        self.0.changed();
    }
}

/// Answers getUpdates; waits for an update, the timeout, or a second poller.
pub async fn get_updates(shared: &Arc<Shared>, params: &Params) -> Result<Vec<u8>, ApiError> {
    let mut changes = shared.changes.subscribe();
    let poll = {
        let mut world = shared.world();
        let poll = world.begin_poll(params)?;
        world.polling.open += 1;
        poll
    };
    let open = Open(shared);
    shared.changed();
    loop {
        {
            let mut world = shared.world();
            if world.webhook.is_some() {
                return Err(ApiError::conflict("terminated by setWebhook request"));
            }
            if world.polling.generation != poll.generation {
                return Err(ApiError::conflict(
                    "terminated by other getUpdates request; \
                     make sure that only one bot instance is running",
                ));
            }
            let batch = world.batch(&poll);
            let over = Instant::now() >= poll.deadline || shared.down.load(Ordering::SeqCst);
            if over || !batch.is_empty() {
                drop(world);
                drop(open);
                let mut body = b"{\"ok\":true,\"result\":[".to_vec();
                body.extend(batch.join(&b",\n"[..]));
                body.extend(b"]}");
                return Ok(body);
            }
        }
        let _ = timeout_at(poll.deadline, changes.changed()).await;
    }
}
