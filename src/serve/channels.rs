//! Channels of which only one program at a time may receive, and what programs on one database tell each other.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use axum::Router;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Known;
use crate::clock::Clock;
use crate::config::Token;
use crate::desk::Desk;
use crate::intake::Intake;
use crate::leases::{self, Leases};
use crate::platform::Platform;
use crate::platform::telegram::webhook::{self, Doorstep, Webhook};
use crate::platform::telegram::{self, Api, Me, Patience, Receiver, Telegram};
use crate::platform::webgroup::{self, WebGroup};
use crate::store::Db;
use crate::store::leases::Term;
use crate::store::tidings::{Move, Tiding};

/// How often it is looked what came in, where nobody tells.
const LOOK: Duration = Duration::from_secs(1);
/// The same where nobody else is: each hands in itself what it wrote, and only commands come beside it.
const LOOK_ALONE: Duration = Duration::from_secs(5);
/// After another program's last poll, which it began before it knew that its term was over.
const CONFLICT: Duration = Duration::from_secs(2);

/// The Telegram channel, receiving.
pub(super) struct OnTelegram {
    pub platform: Arc<dyn Platform>,
    pub receiving: JoinHandle<()>,
    /// Time (ms) of the last sign that it hears.
    pub heartbeat: Arc<AtomicI64>,
    /// Where Telegram posts; nothing where it is polled.
    pub routes: Router,
}

impl OnTelegram {
    pub fn connect(
        token: &Token,
        desk: &Desk,
        intake: &Intake,
        leases: &Leases,
        tell_me: watch::Sender<Option<Arc<Me>>>,
        stopping: &watch::Receiver<bool>,
    ) -> anyhow::Result<OnTelegram> {
        let token = telegram::Token::new(token.expose());
        let webhook = desk.config.webhook()?.map(|url| Webhook::new(url, &token));
        let known = tell_me.subscribe();
        let api = Api::new(token, desk.config.telegram.api_url.clone())?;
        let platform = Arc::new(Telegram::new(api.clone()));
        let heartbeat = Arc::new(AtomicI64::new(0));
        let polling = Polling {
            api,
            db: desk.db.clone(),
            clock: desk.clock.clone(),
            intake: intake.clone(),
            leases: leases.clone(),
            heartbeat: Arc::clone(&heartbeat),
            tell_me: tell_me.clone(),
            webhook: webhook.clone(),
        };
        let doorstep = webhook.map(|webhook| Doorstep {
            webhook,
            db: desk.db.clone(),
            clock: desk.clock.clone(),
            intake: intake.clone(),
            known,
            heartbeat: Arc::clone(&heartbeat),
        });
        // The sender must live as long as the handler waits on it.
        tokio::spawn(async move { tell_me.closed().await });
        let receiving = tokio::spawn(polling.in_every_term(stopping.clone()));
        Ok(OnTelegram {
            platform,
            receiving,
            heartbeat,
            routes: doorstep.map(webhook::routes).unwrap_or_default(),
        })
    }
}

/// The channels that are listened to, each with the time (ms) of the last sign that it hears.
pub(super) fn polled(telegram: &Option<OnTelegram>) -> Vec<(&'static str, Arc<AtomicI64>)> {
    let on = telegram.iter();
    on.map(|on| (telegram::NAME, Arc::clone(&on.heartbeat))).collect()
}

/// What Telegram posts to, beside the pages.
pub(super) fn posts(telegram: &mut Option<OnTelegram>) -> Router {
    let routes = telegram.as_mut().map(|on| std::mem::take(&mut on.routes));
    routes.unwrap_or_default()
}

/// What a receiver is made of, anew for each term.
struct Polling {
    api: Api,
    db: Db,
    clock: Clock,
    intake: Intake,
    leases: Leases,
    heartbeat: Arc<AtomicI64>,
    tell_me: watch::Sender<Option<Arc<Me>>>,
    webhook: Option<Webhook>,
}

impl Polling {
    async fn in_every_term(self, mut stopping: watch::Receiver<bool>) {
        let name = leases::channel(telegram::NAME);
        loop {
            let term = tokio::select! {
                term = self.leases.gained(&name) => term,
                () = told_to_stop(&mut stopping) => return,
            };
            // The term begins: the channel is not deaf yet.
            self.heartbeat.store(self.clock.now().0, Ordering::SeqCst);
            let (end, ended) = watch::channel(false);
            let receiver = self.receiver(&term);
            tokio::spawn(pass_on(receiver.me(), self.tell_me.clone(), self.db.clone()));
            let mut running = tokio::spawn(receiver.run(ended));
            let stopped = tokio::select! {
                _ = &mut running => {
                    tokio::time::sleep(LOOK).await;
                    continue;
                }
                () = self.leases.lost(&term) => false,
                () = told_to_stop(&mut stopping) => true,
            };
            end.send_replace(true);
            // A receiver that ended abnormally has said so itself.
            let _ = running.await;
            if stopped {
                return;
            }
        }
    }

    fn receiver(&self, term: &Term) -> Receiver {
        let (api, db, clock) = (self.api.clone(), self.db.clone(), self.clock.clone());
        let receiver = Receiver::new(api, db, clock, self.intake.clone(), Arc::clone(&self.heartbeat));
        let receiver = receiver.in_term(self.leases.clone(), term.clone());
        let receiver = match &self.webhook {
            Some(webhook) => receiver.called_at(webhook.clone()),
            None => receiver,
        };
        match self.db.is_shared() {
            true => receiver.with_patience(Patience {
                conflict: CONFLICT,
                ..Patience::default()
            }),
            false => receiver,
        }
    }
}

/// Passes the bot's name on to the handler, and keeps it for `bangban link`.
async fn pass_on(mut me: Known, tell: watch::Sender<Option<Arc<Me>>>, db: Db) {
    let Ok(known) = me.wait_for(Option::is_some).await.map(|known| known.clone()) else {
        return;
    };
    let username = known.as_ref().map(|me| me.username.clone()).unwrap_or_default();
    tell.send_replace(known);
    let kept = async {
        let mut tx = db.begin().await?;
        tx.set_note("telegram_username", &username).await?;
        tx.commit().await
    };
    if let Err(error) = kept.await {
        tracing::warn!(%error, "the bot's name could not be kept");
    }
}

/// Hears what other programs tell, and hands in what they, and earlier runs, wrote down: pages' from the start,
/// Telegram's once the bot is `known`.
pub(super) fn hear(
    desk: &Arc<Desk>,
    group: &Arc<WebGroup>,
    intake: &Intake,
    leases: &Leases,
    known: Known,
    stopping: &watch::Receiver<bool>,
) -> [JoinHandle<()>; 3] {
    let ears = Ears {
        desk: Arc::clone(desk),
        group: Arc::clone(group),
        intake: intake.clone(),
        leases: leases.clone(),
    };
    let inbox = |channel| Inbox {
        channel,
        intake: intake.clone(),
        leases: leases.clone(),
        look: if desk.db.is_shared() { LOOK } else { LOOK_ALONE },
    };
    let (mut known, mut stop) = (known, stopping.clone());
    let telegram = inbox(telegram::NAME);
    [
        tokio::spawn(ears.listen(stopping.clone())),
        tokio::spawn(inbox(webgroup::NAME).keep(stopping.clone())),
        tokio::spawn(async move {
            tokio::select! {
                // Without Telegram nobody ever tells.
                known = known.wait_for(Option::is_some) => if known.is_err() { return },
                () = told_to_stop(&mut stop) => return,
            }
            telegram.keep(stop).await;
        }),
    ]
}

struct Ears {
    desk: Arc<Desk>,
    group: Arc<WebGroup>,
    intake: Intake,
    leases: Leases,
}

impl Ears {
    async fn listen(self, mut stopping: watch::Receiver<bool>) {
        while !*stopping.borrow() {
            tokio::select! {
                heard = self.hear() => match heard {
                    // Nobody else can be on this database.
                    Ok(()) => return,
                    Err(error) => tracing::warn!(%error, "other programs are not heard; trying again"),
                },
                () = told_to_stop(&mut stopping) => return,
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                () = told_to_stop(&mut stopping) => {}
            }
        }
    }

    async fn hear(&self) -> crate::store::Result<()> {
        let Some(mut listener) = self.desk.db.listen().await? else {
            return Ok(());
        };
        // Whatever was told before.
        self.act_on(&Tiding::Much);
        loop {
            for tiding in listener.next().await? {
                self.act_on(&tiding);
            }
        }
    }

    fn act_on(&self, tiding: &Tiding) {
        match tiding {
            Tiding::Owed => self.desk.bell.notify_one(),
            Tiding::Arrived => self.intake.look(),
            Tiding::Free => self.leases.look(),
            Tiding::Question(id) => self.desk.db.moved_elsewhere(Move::Question(*id)),
            Tiding::Publication => self.desk.db.moved_elsewhere(Move::Publication),
            Tiding::Room(_) | Tiding::SessionsEnded | Tiding::Toast { .. } => self.group.heard(tiding),
            Tiding::Much => {
                self.desk.bell.notify_one();
                self.intake.look();
                self.leases.look();
            }
        }
    }
}

/// What waits to be handled in one channel, handed in while the channel is this program's: what an earlier run left, what
/// any program wrote down, what a person wants handled again.
struct Inbox {
    channel: &'static str,
    intake: Intake,
    leases: Leases,
    /// How often it is looked without being told.
    look: Duration,
}

impl Inbox {
    async fn keep(self, mut stopping: watch::Receiver<bool>) {
        let name = leases::channel(self.channel);
        let mut arrivals = self.intake.arrivals();
        loop {
            let term = tokio::select! {
                term = self.leases.gained(&name) => term,
                () = told_to_stop(&mut stopping) => return,
            };
            while self.leases.stands(&term) {
                arrivals.borrow_and_update();
                if let Err(error) = self.intake.resume(self.channel).await {
                    tracing::error!(%error, "what waits in the inbox cannot be read; trying again");
                }
                tokio::select! {
                    _ = arrivals.changed() => {}
                    () = tokio::time::sleep(self.look) => {}
                    () = self.leases.lost(&term) => {}
                    () = told_to_stop(&mut stopping) => return,
                }
            }
        }
    }
}

async fn told_to_stop(stopping: &mut watch::Receiver<bool>) {
    // A dropped sender means that the program ends as well.
    let _ = stopping.wait_for(|stop| *stop).await;
}
