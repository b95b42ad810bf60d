//! Channels of which only one program at a time may receive, and what programs on one database tell each other.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Known;
use crate::clock::Clock;
use crate::config::Token;
use crate::desk::Desk;
use crate::intake::Intake;
use crate::leases::{self, Leases};
use crate::platform::Platform;
use crate::platform::telegram::{self, Api, Me, Patience, Receiver, Telegram};
use crate::platform::webgroup::{self, WebGroup};
use crate::store::Db;
use crate::store::leases::Term;
use crate::store::tidings::{Move, Tiding};

/// How often it is looked what came in, where nobody tells.
const LOOK: Duration = Duration::from_secs(1);
/// After another program's last poll, which it began before it knew that its term was over.
const CONFLICT: Duration = Duration::from_secs(2);

/// The Telegram channel, receiving.
pub(super) struct OnTelegram {
    pub platform: Arc<dyn Platform>,
    pub receiving: JoinHandle<()>,
    /// Time (ms) of the last successful poll.
    pub heartbeat: Arc<AtomicI64>,
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
        };
        // The sender must live as long as the handler waits on it.
        tokio::spawn(async move { tell_me.closed().await });
        let receiving = tokio::spawn(polling.in_every_term(stopping.clone()));
        Ok(OnTelegram {
            platform,
            receiving,
            heartbeat,
        })
    }
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

/// Hears what other programs tell, and takes in what pages wrote while the pages' channel is this program's.
pub(super) fn hear(
    desk: &Arc<Desk>,
    group: &Arc<WebGroup>,
    intake: &Intake,
    leases: &Leases,
    stopping: &watch::Receiver<bool>,
) -> [JoinHandle<()>; 2] {
    let ears = Ears {
        desk: Arc::clone(desk),
        group: Arc::clone(group),
        intake: intake.clone(),
        leases: leases.clone(),
    };
    [
        tokio::spawn(ears.listen(stopping.clone())),
        tokio::spawn(keep_inbox(
            intake.clone(),
            leases.clone(),
            desk.db.is_shared(),
            stopping.clone(),
        )),
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

/// Hands in what waits in the pages' channel: what an earlier run left, and what pages of any program wrote.
async fn keep_inbox(intake: Intake, leases: Leases, shared: bool, mut stopping: watch::Receiver<bool>) {
    let name = leases::channel(webgroup::NAME);
    loop {
        let term = tokio::select! {
            term = leases.gained(&name) => term,
            () = told_to_stop(&mut stopping) => return,
        };
        while leases.stands(&term) {
            if let Err(error) = intake.resume(webgroup::NAME).await {
                tracing::error!(%error, "what waits in the inbox cannot be read; trying again");
            }
            tokio::select! {
                () = intake.arrived() => {}
                // Where there is nobody else, pages hand in themselves what they wrote.
                () = tokio::time::sleep(LOOK), if shared => {}
                () = leases.lost(&term) => {}
                () = told_to_stop(&mut stopping) => return,
            }
        }
    }
}

async fn told_to_stop(stopping: &mut watch::Receiver<bool>) {
    // A dropped sender means that the program ends as well.
    let _ = stopping.wait_for(|stop| *stop).await;
}
