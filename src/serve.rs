//! Wires everything together, runs it, and stops it in order.

mod announce;
mod channels;
mod pages;
mod watching;

use channels::OnTelegram;
pub use pages::{in_the_open, monitor_token};

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use anyhow::Context as _;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{Notify, watch};
use tokio::task::JoinHandle;

use crate::clock::{Clock, Millis};
use crate::config::{Config, Token};
use crate::courier::Courier;
use crate::desk::{Desk, DeskError};
use crate::domain::chat::message::Incoming;
use crate::intake::{Failure, Handler, Intake};
use crate::leases::{self, Leases};
use crate::official_account;
use crate::platform::telegram::{self, Me};
use crate::platform::webgroup::{self, WebGroup};
use crate::platform::{self, Platform};
use crate::setup;
use crate::store::Db;
use crate::store::inbox::Waiting;
use crate::telemetry::Health;
use crate::web::Web;

/// How often time is looked at; the shortest limit people set is a burst of seconds.
const TICK: Duration = Duration::from_millis(250);
/// How often changes by another process are looked for (PRODUCT §10: seen within 5 s).
const REFRESH: Duration = Duration::from_secs(2);
/// How often what is kept only for a time is forgotten.
const TIDY: Duration = Duration::from_secs(3600);
/// How often it is looked whether a bureau began to work, to tell it once a day what its duty plan lacks.
const AHEAD: Duration = Duration::from_secs(600);
/// How often new questions are collected and approved drafts are tested.
const KEEP_LIST: Duration = Duration::from_secs(5);
/// How long what came in may take to end.
const GOODBYE: Duration = Duration::from_secs(3);

/// Who the bot is on Telegram, once it is known.
pub type Known = watch::Receiver<Option<Arc<Me>>>;

/// Serves until SIGTERM or SIGINT. The error is for the person who started the program.
pub async fn serve(config: Config) -> anyhow::Result<()> {
    let clock = Clock::System;
    let signals = Signals::watch()?;
    setup::data_folder(&config)?;
    let _hold = setup::hold(&config)?;
    let listening = pages::listen(&config)?;
    let monitor_token = monitor_token(&config)?;
    let desk = Arc::new(open_desk(config, &clock).await?);
    let (db, config) = (desk.db.clone(), Arc::clone(&desk.config));
    let (stop, stopping) = watch::channel(false);
    let web_group = Arc::new(WebGroup::new(db.clone(), clock.clone()));
    let mut platforms: Vec<Arc<dyn Platform>> = vec![Arc::<WebGroup>::clone(&web_group)];
    let (tell_me, known) = watch::channel(None);
    let intake = Intake::new(db.clone(), clock.clone(), handler(Arc::clone(&desk), known.clone()));
    let token = token(&config)?;
    let leases = leases(&desk, token.is_some())?;
    leases.renew().await?;
    let connect = |token| OnTelegram::connect(&token, &desk, &intake, &leases, tell_me, &stopping);
    let mut telegram = token.map(connect).transpose()?;
    let posts = channels::posts(&mut telegram);
    let polled = channels::polled(&telegram);
    platforms.extend(telegram.iter().map(|telegram| Arc::clone(&telegram.platform)));
    let (bell, at_last) = (Arc::clone(&desk.bell), watch::channel(false).0);
    let courier = Courier::new(db.clone(), clock.clone(), platforms, bell, leases.clone());
    let (last_call, called) = watch::channel(false);
    let sending = tokio::spawn(courier.run(called));
    let keeping = tokio::spawn(leases.clone().keep(at_last.subscribe()));
    let keepers = keepers(&desk, &leases, &stopping);
    let hearing = channels::hear(&desk, &web_group, &intake, &leases, known, &stopping);
    let web = Arc::new(Web::new(Arc::clone(&desk), intake.clone(), Arc::clone(&web_group)));
    let health = Arc::new(health(&web, polled, &leases));
    let (publishing, official) = official_account::start(&desk, &leases, &stopping);
    let watching = watching::watch(Arc::clone(&web), Arc::clone(&health), stopping.clone());
    let serving = pages::open(listening, &web, health, official.merge(posts), monitor_token, &stopping);
    // A database that cannot be written for a moment stops nothing: it serves already.
    if let Err(error) = announce::announce(&desk, telegram.is_some()).await {
        tracing::warn!(%error, "what to open could not be printed");
    }
    signals.wait().await;
    tracing::info!("stopping: no new messages are taken, what was decided is sent");
    stop.send_replace(true);
    web_group.close();
    let rim = telegram.map(|telegram| telegram.receiving).into_iter();
    let rim = rim
        .chain(serving)
        .chain(keepers)
        .chain(hearing)
        .chain(publishing)
        .chain([watching])
        .collect();
    stop_in_order(rim, &intake).await;
    last_call.send_replace(true);
    let _ = sending.await;
    at_last.send_replace(true);
    let_go(&leases, keeping).await;
    db.close().await;
    tracing::info!("stopped");
    Ok(())
}

/// What readiness, figures and alarms look at.
fn health(web: &Web, polled: Vec<(&'static str, Arc<AtomicI64>)>, leases: &Leases) -> Health {
    let (desk, tally) = (Arc::clone(&web.desk), Arc::clone(&web.tally));
    Health::new(desk, polled, leases.clone(), tally)
}

/// Whoever follows takes up at once what is left.
async fn let_go(leases: &Leases, keeping: JoinHandle<()>) {
    let _ = keeping.await;
    if let Err(error) = leases.give_back().await {
        tracing::warn!(%error, "leases could not be given back; they run out");
    }
}

/// What runs by the clock.
fn keepers(desk: &Arc<Desk>, leases: &Leases, stopping: &watch::Receiver<bool>) -> [JoinHandle<()>; 2] {
    [
        tokio::spawn(keep_time(Arc::clone(desk), leases.clone(), stopping.clone())),
        tokio::spawn(keep_list(Arc::clone(desk), leases.clone(), stopping.clone())),
    ]
}

/// What this program wants to do, if nobody else on its database does.
fn leases(desk: &Desk, on_telegram: bool) -> anyhow::Result<Leases> {
    let instance = setup::instance(&desk.config, desk.clock.now())?;
    let channels = [webgroup::NAME]
        .into_iter()
        .chain(on_telegram.then_some(telegram::NAME));
    let mut names = vec![leases::CLOCK.to_owned()];
    names.extend(channels.map(leases::channel));
    Ok(Leases::new(desk.db.clone(), desk.clock.clone(), instance, names))
}

/// First the rim stops taking things in, then what came in is handled; the courier ends after that.
async fn stop_in_order(rim: Vec<JoinHandle<()>>, intake: &Intake) {
    for task in rim {
        // A task that ended abnormally has said so itself.
        let _ = task.await;
    }
    let handled = async {
        while !intake.idle() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    if tokio::time::timeout(GOODBYE, handled).await.is_err() {
        tracing::warn!("some of what came in cannot be handled now; it is written down and handled at the next start");
    }
}

async fn open_desk(config: Config, clock: &Clock) -> anyhow::Result<Desk> {
    crate::faq::analyzer::prepare();
    let db = setup::open_database(&config).await?;
    prepare(&db, &config, clock.now()).await?;
    let (config, bell) = (Arc::new(config), Arc::new(Notify::new()));
    Ok(Desk::open(db, clock.clone(), config, bell, platform::channels()).await?)
}

async fn prepare(db: &Db, config: &Config, now: Millis) -> anyhow::Result<()> {
    if config.sample_city {
        setup::sample_city(db).await?;
    }
    if let Some(done) = setup::first_import(db, config, now).await? {
        tracing::info!(entries = done.added, "knowledge base imported");
    }
    let mut tx = db.begin().await?;
    let roster = tx.roster().await?;
    setup::web_rooms(&mut tx, &roster, now).await?;
    tx.commit().await?;
    Ok(())
}

/// The bot's token: TELOXIDE_TOKEN, else the file.
pub fn token(config: &Config) -> anyhow::Result<Option<Token>> {
    if config.telegram.token.is_some() {
        return Ok(config.telegram.token.clone());
    }
    let Some(file) = &config.telegram.token_file else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("token_file {} 读不了，请检查路径和权限", file.display()))?;
    Ok(Some(Token::new(text.trim())))
}

/// One update: understood by its channel, then handled by the desk. `known` tells Telegram's rows who the bot is.
pub fn handler(desk: Arc<Desk>, known: Known) -> Handler {
    Arc::new(
        move |waiting: Waiting| -> Pin<Box<dyn Future<Output = Result<(), Failure>> + Send>> {
            let (desk, known) = (Arc::clone(&desk), known.clone());
            Box::pin(async move {
                let incoming = understand(&waiting, known).await.map_err(Failure::Update)?;
                match desk.receive(waiting.id, incoming.as_ref()).await {
                    Err(DeskError::Store(error)) if error.is_outage() || error.is_conflict() => {
                        Err(Failure::Outage(error.into()))
                    }
                    done => done.map_err(|error| Failure::Update(error.into())),
                }
            })
        },
    )
}

async fn understand(waiting: &Waiting, mut known: Known) -> anyhow::Result<Option<Incoming>> {
    if waiting.channel == webgroup::NAME {
        return Ok(Some(serde_json::from_str(&waiting.raw)?));
    }
    // Rows of Telegram are handed in only once the bot knows its own name.
    let me = known.wait_for(Option::is_some).await?.clone();
    let me = me.context("the bot's name is not known")?;
    Ok(telegram::parse(&waiting.raw, &me)?)
}

/// What other programs changed is looked for by every program; what time asks for, the one that has the clock does.
async fn keep_time(desk: Arc<Desk>, leases: Leases, mut stopping: watch::Receiver<bool>) {
    let own = || leases.held(leases::CLOCK).is_some();
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut refresh = tokio::time::interval(REFRESH);
    let mut tidy = tokio::time::interval(TIDY);
    let mut ahead = tokio::time::interval(AHEAD);
    let mut orphans = Vec::new();
    loop {
        let done = tokio::select! {
            _ = tick.tick(), if own() => desk.tick().await.map(drop),
            _ = refresh.tick() => async { remove(&desk, desk.unwanted_files().await?).await; desk.refresh().await }.await,
            _ = tidy.tick(), if own() => forget(&desk, &mut orphans).await,
            _ = ahead.tick(), if own() => desk.look_ahead().await,
            _ = stopping.changed() => return,
        };
        if let Err(error) = done {
            tracing::error!(%error, "what time asks for could not be done; trying again");
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }
}

async fn keep_kept(desk: &Desk) {
    // One that fails holds up none of the others.
    for (what, done) in [
        ("list", desk.keep_list().await),
        ("board", desk.keep_board().await),
        ("sample", desk.draw_sample().await),
    ] {
        if let Err(error) = done {
            tracing::error!(%error, what, "could not be kept; trying again");
        }
    }
}

/// Collects questions and tests approved drafts, which takes a while: beside the clock, not in it.
async fn keep_list(desk: Arc<Desk>, leases: Leases, mut stopping: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(KEEP_LIST);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        // A test may take a minute; stopping does not wait for it, the draft is tested again at the next start.
        tokio::select! {
            () = async {
                tick.tick().await;
                if leases.held(leases::CLOCK).is_some() {
                    keep_kept(&desk).await;
                }
            } => {}
            _ = stopping.changed() => return,
        }
    }
}

async fn forget(desk: &Desk, orphans: &mut Vec<String>) -> crate::desk::Result<()> {
    remove(desk, desk.tidy().await?).await;
    // What a process left behind that was killed between the database and the disk: found twice, an hour apart.
    let kept = desk.db.read().await?.picture_files().await?;
    let found = pictures(desk).await.unwrap_or_default();
    let lost: Vec<String> = found.into_iter().filter(|file| !kept.contains(file)).collect();
    let (again, first) = lost.into_iter().partition(|file| orphans.contains(file));
    *orphans = first;
    remove(desk, again).await;
    Ok(())
}

/// The files in the folder of pictures.
async fn pictures(desk: &Desk) -> std::io::Result<Vec<String>> {
    let mut folder = tokio::fs::read_dir(desk.config.data.join("media")).await?;
    let mut files = Vec::new();
    while let Some(item) = folder.next_entry().await? {
        files.extend(item.file_name().into_string());
    }
    Ok(files)
}

async fn remove(desk: &Desk, files: Vec<String>) {
    for file in files {
        let path = desk.config.data.join("media").join(file);
        if let Err(error) = tokio::fs::remove_file(&path).await {
            tracing::warn!(%error, "an old picture could not be removed");
        }
    }
}

/// SIGTERM and SIGINT, watched from the very start: one that comes while the program is still starting counts too.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn watch() -> std::io::Result<Signals> {
        Ok(Signals {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Waits for the first; a second one ends the process at once.
    async fn wait(mut self) {
        self.next().await;
        tokio::spawn(async move {
            self.next().await;
            std::process::exit(1);
        });
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
