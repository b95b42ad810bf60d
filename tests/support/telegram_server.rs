//! A strict fake of the Telegram Bot API on a local port: it refuses what the real server refuses,
//! in its words, forgets an update only when a higher offset arrives, and breaks when told to.
//!
//! It knows nothing of the program under test and talks to it through HTTP alone.

use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

// The paths are written out because the benches include this file by its own path.
#[path = "telegram_server/content.rs"]
mod content;
#[path = "telegram_server/faults.rs"]
mod faults;
#[path = "telegram_server/html.rs"]
mod html;
#[path = "telegram_server/http.rs"]
mod http;
#[path = "telegram_server/line.rs"]
mod line;
#[path = "telegram_server/markup.rs"]
mod markup;
#[path = "telegram_server/methods.rs"]
mod methods;
#[path = "telegram_server/people.rs"]
mod people;
#[path = "telegram_server/polling.rs"]
mod polling;
#[path = "telegram_server/post.rs"]
mod post;
#[path = "telegram_server/records.rs"]
mod records;
#[path = "telegram_server/sending.rs"]
mod sending;
#[path = "telegram_server/webhook.rs"]
mod webhook;
#[path = "telegram_server/world.rs"]
mod world;

pub use faults::Fault;
pub use polling::Delivery;
pub use post::Post;
pub use records::{Call, Outcome, Sent, Toast, Version};
pub use world::{ANONYMOUS_ADMIN, BOT, BOT_USERNAME, CHANNEL_BOT, GroupKind, Standing, TOKEN};

use faults::Rule;
use webhook::Webhook;
use world::World;

/// What the requests and the test share.
struct Shared {
    world: Mutex<World>,
    changes: watch::Sender<u64>,
    down: AtomicBool,
}

impl Shared {
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }
}

/// One fake server with one bot; it ends when dropped.
pub struct TelegramServer {
    shared: Arc<Shared>,
    port: u16,
    tasks: [JoinHandle<()>; 2],
}

impl Drop for TelegramServer {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
        self.shared.down.store(true, Ordering::SeqCst);
        self.shared.changed();
    }
}

impl TelegramServer {
    pub async fn start() -> Self {
        Self::start_on(0).await
    }

    pub async fn start_on(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
        let port = listener.local_addr().expect("the listener is bound").port();
        let shared = Arc::new(Shared {
            world: Mutex::new(World::new()),
            changes: watch::Sender::new(0),
            down: AtomicBool::new(false),
        });
        let app = Router::new().fallback(http::serve).with_state(Arc::clone(&shared));
        let app = app.into_make_service_with_connect_info::<line::Scissors>();
        let task = tokio::spawn(async move {
            let _ = axum::serve(line::Door(listener), app).await;
        });
        let posting = tokio::spawn(webhook::post_for_ever(Arc::clone(&shared)));
        Self {
            shared,
            port,
            tasks: [task, posting],
        }
    }

    pub fn api_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub fn token(&self) -> &str {
        TOKEN
    }

    pub fn bot_username() -> &'static str {
        BOT_USERNAME
    }

    fn world(&self) -> MutexGuard<'_, World> {
        self.shared.world()
    }

    fn act<T>(&self, act: impl FnOnce(&mut World) -> T) -> T {
        let result = act(&mut self.world());
        self.shared.changed();
        result
    }
}

/// What the bot did.
impl TelegramServer {
    /// Everything the bot wrote in a chat, oldest first, as it stands now.
    pub fn sent(&self, chat: i64) -> Vec<Sent> {
        self.world()
            .sent
            .iter()
            .filter(|sent| sent.chat == chat)
            .cloned()
            .collect()
    }

    pub fn all_sent(&self) -> Vec<Sent> {
        self.world().sent.clone()
    }

    pub fn toasts(&self) -> Vec<Toast> {
        self.world().toasts.clone()
    }

    /// Presses whose wheel is still turning.
    pub fn unanswered(&self) -> Vec<String> {
        let world = self.world();
        world
            .presses
            .iter()
            .filter(|(_, p)| !p.answered)
            .map(|(id, _)| id.clone())
            .collect()
    }

    /// (chat, message, emoji) of every setMessageReaction.
    pub fn reactions(&self) -> Vec<(i64, i64, Vec<String>)> {
        self.world().reactions.clone()
    }

    /// (chat, action) of every sendChatAction.
    pub fn actions(&self) -> Vec<(i64, String)> {
        self.world().actions.clone()
    }

    /// The menu of a scope such as `default`, `all_group_chats` or `chat -1001`.
    pub fn commands(&self, scope: &str) -> Vec<(String, String)> {
        self.world().commands.get(scope).cloned().unwrap_or_default()
    }

    /// Every request in the order of its answer, getUpdates included.
    pub fn calls(&self) -> Vec<Call> {
        self.world().calls.clone()
    }

    /// Requests a correct bot does not make.
    pub fn violations(&self) -> Vec<String> {
        self.world().violations.clone()
    }

    /// Updates the bot confirmed with an offset, in the order they were forgotten.
    pub fn confirmed(&self) -> Vec<i64> {
        self.world().polling.confirmed.clone()
    }

    pub fn pending(&self) -> Vec<i64> {
        self.world().polling.queue.iter().map(|update| update.id).collect()
    }

    /// Updates that grew too old before the bot confirmed them.
    pub fn expired(&self) -> Vec<i64> {
        self.world().polling.expired.clone()
    }

    /// The bodies that wait, as getUpdates would give them.
    pub fn pending_bodies(&self) -> Vec<Vec<u8>> {
        self.world()
            .polling
            .queue
            .iter()
            .map(|update| update.body.clone())
            .collect()
    }

    pub fn polls(&self) -> u64 {
        self.world().polling.polls
    }

    /// The bot confirmed everything and waits for more.
    pub fn is_idle(&self) -> bool {
        let world = self.world();
        world.polling.open > 0 && world.polling.queue.is_empty()
    }

    /// Waits until `what` finds something; looks again after every change in the fake.
    pub async fn wait_for<T>(&self, what: impl Fn(&Self) -> Option<T>, timeout: Duration) -> T {
        let deadline = Instant::now() + timeout;
        let mut changes = self.shared.changes.subscribe();
        loop {
            if let Some(found) = what(self) {
                return found;
            }
            if timeout_at(deadline, changes.changed()).await.is_err() {
                panic!("waited {timeout:?} in vain\n{}", self.story());
            }
        }
    }

    /// Waits for the bot's message number `count` (from 1) in a chat.
    pub fn wait_sent(&self, chat: i64, count: usize, timeout: Duration) -> impl Future<Output = Sent> + '_ {
        self.wait_for(move |server| server.sent(chat).into_iter().nth(count - 1), timeout)
    }

    pub async fn wait_idle(&self, timeout: Duration) {
        self.wait_for(|server| server.is_idle().then_some(()), timeout).await;
    }

    /// What happened so far, for a failing test to print.
    pub fn story(&self) -> String {
        let world = self.world();
        let mut story = String::new();
        for sent in &world.sent {
            let labels = sent.labels();
            story += &format!("{} #{}: {} {labels:?}\n", sent.chat, sent.message_id, sent.text);
        }
        for call in world.calls.iter().rev().take(20).rev() {
            story += &format!("{} {:?} {:?}\n", call.method, call.chat, call.outcome);
        }
        let polling = &world.polling;
        story += &format!(
            "polls {} (open {}), pending {}, confirmed {}\n",
            polling.polls,
            polling.open,
            polling.queue.len(),
            polling.confirmed.len()
        );
        story + &format!("violations {:#?}", world.violations)
    }
}

/// What goes wrong, and what the server is like.
impl TelegramServer {
    /// The next request of `method` (`*` for any; any chat if `None`) meets the fault.
    pub fn fail_next(&self, method: &str, chat: Option<i64>, fault: Fault) {
        self.fail_times(1, method, chat, fault);
    }

    pub fn fail_times(&self, times: u32, method: &str, chat: Option<i64>, fault: Fault) {
        self.add_rule(method, chat, fault, Some(times), 100);
    }

    pub fn fail_always(&self, method: &str, chat: Option<i64>, fault: Fault) {
        self.add_rule(method, chat, fault, None, 100);
    }

    /// A share of the requests, the same ones in every run with the same requests.
    pub fn fail_some(&self, percent: u64, method: &str, chat: Option<i64>, fault: Fault) {
        self.add_rule(method, chat, fault, None, percent);
    }

    fn add_rule(&self, method: &str, chat: Option<i64>, fault: Fault, left: Option<u32>, percent: u64) {
        let method = method.to_ascii_lowercase();
        self.world().faults.push(Rule {
            method,
            chat,
            fault,
            left,
            percent,
        });
    }

    /// Takes all faults away, an outage too.
    pub fn heal(&self) {
        self.world().faults.clear();
        self.shared.down.store(false, Ordering::SeqCst);
    }

    /// Resets every connection until `heal`; open polls die as well.
    pub fn goes_down(&self) {
        self.shared.down.store(true, Ordering::SeqCst);
        self.shared.changed();
    }

    pub fn limit_floods(&self, on: bool) {
        self.world().flood.on = on;
    }

    /// `can_read_all_group_messages`; `false` is privacy mode, also for what is delivered.
    pub fn set_reads_all(&self, reads_all: bool) {
        self.world().reads_all = reads_all;
    }

    pub fn set_delivery(&self, delivery: Delivery) {
        self.world().polling.delivery = delivery;
    }

    /// The server's slow answers to a repeated offset (on at first), for tests that poll by hand.
    pub fn slow_repeated_polls(&self, on: bool) {
        self.world().polling.slows_repeats = on;
    }

    /// Ids begin anew at `next`, as after a quiet week. All updates must be confirmed.
    pub fn restart_update_ids(&self, next: i64) {
        let mut world = self.world();
        assert!(world.polling.queue.is_empty(), "updates wait under their old ids");
        world.polling.next_id = next;
    }

    pub fn set_webhook(&self, url: Option<&str>) {
        self.act(|world| world.webhook = url.map(Webhook::to));
    }

    /// Where updates are posted now.
    pub fn webhook(&self) -> Option<String> {
        self.world().webhook.as_ref().map(|webhook| webhook.url.clone())
    }

    /// The secret that goes with each post.
    pub fn webhook_secret(&self) -> Option<String> {
        self.world().webhook.as_ref()?.secret.clone()
    }

    /// The kinds of updates that were asked for, if they were.
    pub fn allowed_updates(&self) -> Option<Vec<String>> {
        let allowed = self.world().polling.allowed.clone()?;
        Some(allowed.into_iter().collect())
    }

    pub fn add_file(&self, file_id: &str, bytes: &[u8]) {
        self.world().files.insert(file_id.to_owned(), bytes.to_vec());
    }

    /// Stops the server's clock at this time (milliseconds UTC); `None` follows the wall clock.
    pub fn set_time(&self, now: Option<i64>) {
        self.act(|world| world.fixed_now = now);
    }

    pub fn advance(&self, by: Duration) {
        self.act(|world| world.fixed_now = Some(world.now() + by.as_millis() as i64));
    }

    pub fn now(&self) -> i64 {
        self.world().now()
    }
}
