//! The test town: the whole program on a fixed clock and a platform that writes down what was said. Nothing runs in
//! the background: each act is received, decided and delivered before the next line of the story.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use bangban::clock::{Clock, Millis};
use bangban::config::Config;
use bangban::courier::Courier;
use bangban::desk::{Desk, Reading};
use bangban::domain::asking::rating::Rating;
use bangban::domain::asking::request::carried;
use bangban::domain::chat::access::Proof;
use bangban::domain::chat::capabilities::{Capabilities, Channels};
use bangban::domain::chat::group::GroupKind;
use bangban::domain::chat::message::{
    Account, Channel, ChatKind, Event, Heard, Incoming, Media, MediaKind, Place, Press, ReplyTo, Sender, SenderKind,
};
use bangban::domain::chat::owed::{Button, Owed};
use bangban::leases::{self, Instance, Leases};
use bangban::platform::{Parcel, Platform, Refused, SendError, Sending};
use bangban::roster;
use bangban::setup;
use bangban::store::Db;
use bangban::store::inbox::RawUpdate;
use futures_util::FutureExt as _;
use tokio::sync::Notify;

use super::plain::{self, FULL, Notice, PLAIN, Written};
use super::plans;

/// 2026-11-23 10:00 in Asia/Shanghai, a Monday.
pub const MONDAY_TEN: Millis = Millis(1_795_399_200_000);
/// A question that the town's list does not answer.
pub const MERGER: &str = "两家公司准备合并成一家，合并登记都要做哪些？";
const CHANNEL: &str = "town";
/// How the ids of private chats begin.
const PRIVATE: &str = "private-";

/// Declares a story that runs on both databases, and on a plain channel if it makes sense there (`plain`). It fails if the
/// bot said anything the story does not mention.
#[macro_export]
macro_rules! conversation {
    ($name:ident, $story:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "the story uses what the file imports")]
            use super::*;

            #[tokio::test]
            async fn sqlite() {
                $crate::support::town::Town::on_sqlite($story).await;
            }

            #[tokio::test]
            async fn postgres() {
                $crate::support::town::Town::on_postgres($story).await;
            }

            #[tokio::test]
            async fn plain() {
                $crate::support::town::Town::on_plain(stringify!($name), $story).await;
            }
        }
    };
}

/// Something the bot said.
#[derive(Clone, Debug)]
pub struct Said {
    pub id: String,
    pub chat: String,
    pub text: String,
    pub buttons: Vec<Button>,
    pub quote: Option<String>,
    mentioned: bool,
}

#[derive(Default)]
struct Ledger {
    said: Vec<Said>,
    toasts: Vec<(String, String)>,
    deleted: Vec<String>,
    next: i64,
    refuse: HashMap<String, SendError>,
    written: Written,
}

/// The platform of the town.
#[derive(Clone)]
struct TownPlatform {
    ledger: Arc<Mutex<Ledger>>,
    can: Capabilities,
}

impl Platform for TownPlatform {
    fn name(&self) -> &'static str {
        CHANNEL
    }

    fn capabilities(&self) -> Capabilities {
        self.can
    }

    fn chat_kind(&self, chat: &str) -> ChatKind {
        if chat.starts_with(PRIVATE) {
            ChatKind::Private
        } else {
            ChatKind::Group
        }
    }

    fn send<'a>(&'a self, parcel: &'a Parcel) -> Sending<'a> {
        Box::pin(async move {
            let mut ledger = self.ledger.lock().unwrap();
            if self.can.buttons {
                ledger.take(parcel)
            } else {
                ledger.take_plain(parcel)
            }
        })
    }
}

impl Ledger {
    /// As on a full channel, but that words are all there is: buttons and quotes are read out of them.
    fn take_plain(&mut self, parcel: &Parcel) -> Result<Option<String>, SendError> {
        let text = plain::taken(&parcel.owed);
        let Some(id) = self.take(parcel)? else { return Ok(None) };
        let opaque = plain::opaque(id.parse().unwrap());
        let quote = self.written.meant(&parcel.place.chat, &text);
        let said = self.said.iter_mut().rfind(|said| said.id == id).unwrap();
        said.id.clone_from(&opaque);
        said.buttons = plain::buttons(&text);
        said.quote = quote;
        Ok(Some(opaque))
    }

    fn take(&mut self, parcel: &Parcel) -> Result<Option<String>, SendError> {
        if let Some(error) = self.refuse.remove(&parcel.place.chat) {
            return Err(error);
        }
        match parcel.owed.clone() {
            Owed::Message {
                text, buttons, quote, ..
            } => {
                self.next += 1;
                let id = format!("{}", 1_000_000 + self.next);
                self.said.push(Said {
                    id: id.clone(),
                    chat: parcel.place.chat.clone(),
                    text: text.words(),
                    buttons: buttons.into_iter().flatten().collect(),
                    quote,
                    mentioned: false,
                });
                Ok(Some(id))
            }
            Owed::Media { media, .. } => {
                self.next += 1;
                let text = format!("［{:?} {}］", media.kind, media.reference);
                let id = format!("{}", 1_000_000 + self.next);
                let (chat, buttons) = (parcel.place.chat.clone(), vec![]);
                self.said.push(Said {
                    id: id.clone(),
                    chat,
                    text,
                    buttons,
                    quote: None,
                    mentioned: false,
                });
                Ok(Some(id))
            }
            Owed::Edit { message, text, buttons } => {
                let known = self
                    .said
                    .iter_mut()
                    .find(|said| said.id == message && said.chat == parcel.place.chat);
                let known = known.ok_or(SendError::Refused(Refused::Gone(message.clone())))?;
                known.mentioned = known.mentioned && known.text == text.words();
                known.text = text.words();
                known.buttons = buttons.into_iter().flatten().collect();
                Ok(Some(message))
            }
            Owed::Buttons { message, buttons } => {
                for said in self.said.iter_mut().filter(|said| said.id == message) {
                    said.buttons = buttons.concat();
                }
                Ok(None)
            }
            Owed::Toast { account, text, .. } => {
                self.toasts.push((account, text));
                Ok(None)
            }
            Owed::Delete { message } => {
                self.deleted.push(message);
                Ok(None)
            }
        }
    }
}

/// The town.
pub struct Town {
    pub db: Db,
    /// The database's address, for the program beside the town.
    pub url: String,
    pub desk: Running,
    pub clock: Clock,
    platform: TownPlatform,
    courier: tokio::sync::Mutex<Courier>,
    next: AtomicI64,
    /// How old what people send is when it arrives, ms.
    age: AtomicI64,
    /// What updates are taken in with, as a platform brings it.
    raw: Mutex<String>,
    _data: tempfile::TempDir,
}

/// The desk that runs now. Those before a restart are kept until the story ends: nobody speaks to them any more.
pub struct Running(std::sync::RwLock<&'static Arc<Desk>>);

impl Running {
    fn new(desk: Desk) -> Running {
        Running(std::sync::RwLock::new(Box::leak(Box::new(Arc::new(desk)))))
    }
}

impl std::ops::Deref for Running {
    type Target = Arc<Desk>;

    fn deref(&self) -> &Arc<Desk> {
        *self.0.read().unwrap()
    }
}

/// A chat of the town.
#[derive(Clone, Debug)]
pub struct Group {
    pub chat: String,
    title: String,
    kind: ChatKind,
}

/// Somebody of the town.
pub struct Someone<'a> {
    town: &'a Town,
    account: String,
    name: String,
}

impl Town {
    pub async fn on_sqlite(story: impl AsyncFnOnce(&Town)) {
        Town::on_channel(FULL, story).await;
    }

    pub async fn on_postgres(story: impl AsyncFnOnce(&Town)) {
        Town::on_postgres_with(FULL, story).await;
    }

    /// On PostgreSQL and a channel that can do this.
    pub async fn on_postgres_with(can: Capabilities, story: impl AsyncFnOnce(&Town)) {
        let url = postgres_schema().await;
        Town::tell(url, tempfile::tempdir().unwrap(), can, story).await;
    }

    /// On SQLite and a channel that can do this.
    pub async fn on_channel(can: Capabilities, story: impl AsyncFnOnce(&Town)) {
        let data = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", data.path().join("town.db").display());
        plans::listen();
        Town::tell(url, data, can, story).await;
    }

    /// On SQLite and a plain channel. A story that is listed as making no sense there must not come out.
    pub async fn on_plain(name: &str, story: impl AsyncFnOnce(&Town)) {
        let told = Box::pin(Town::on_channel(PLAIN, story));
        let Some(reason) = plain::why_not(name) else {
            return told.await;
        };
        let told = std::panic::AssertUnwindSafe(told).catch_unwind().await;
        assert!(told.is_err(), "{name} comes out on a plain channel, though: {reason}");
    }

    async fn tell(url: String, data: tempfile::TempDir, can: Capabilities, story: impl AsyncFnOnce(&Town)) {
        let db = Db::open(&url).await.unwrap();
        let clock = Clock::fixed(MONDAY_TEN);
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
        let config = Arc::new(Config::from_text("", Path::new("town.toml")).unwrap());
        let submitted = roster::read_file(&tests.join("town.yaml"), &config.timezone).unwrap();
        setup::import_roster(&db, &submitted.roster, clock.now()).await.unwrap();
        let base = setup::load_base(&tests.join("faq")).unwrap();
        setup::import(&db, &base, clock.now()).await.unwrap();
        let bell = Arc::new(Notify::new());
        let channels = Channels::new([(CHANNEL, can)]);
        let desk = Desk::open(db.clone(), clock.clone(), config, Arc::clone(&bell), channels)
            .await
            .unwrap();
        let platform = TownPlatform {
            ledger: Arc::default(),
            can,
        };
        let courier = Courier::new(
            db.clone(),
            clock.clone(),
            vec![Arc::new(platform.clone())],
            bell,
            leases(&db, &clock, CHANNEL, "first"),
        );
        let courier = tokio::sync::Mutex::new(courier);
        let town = Town {
            db,
            url,
            desk: Running::new(desk),
            clock,
            platform,
            courier,
            next: AtomicI64::new(1),
            age: AtomicI64::new(0),
            raw: Mutex::new("{}".into()),
            _data: data,
        };
        story(&town).await;
        let whole = plans::whole(&town.db).await;
        assert!(whole.is_empty(), "gone through from end to end: {whole:#?}");
        town.said_no_mobile_number();
        let left: Vec<Said> = town
            .platform
            .ledger
            .lock()
            .unwrap()
            .said
            .iter()
            .filter(|said| !said.mentioned)
            .cloned()
            .collect();
        assert!(left.is_empty(), "the bot also said: {left:#?}");
        let toasts = town.platform.ledger.lock().unwrap().toasts.clone();
        assert!(toasts.is_empty(), "the bot also showed: {toasts:#?}");
    }

    /// D14 (四(三)): whatever the story was, no mobile number of the roster was said to anybody.
    fn said_no_mobile_number(&self) {
        let roster = self.desk.roster();
        let mobiles = roster.people.iter().filter_map(|person| person.mobile.as_ref());
        let mobiles: Vec<String> = mobiles.map(|mobile| mobile.expose_for_storage().to_owned()).collect();
        assert!(mobiles.len() > 5);
        let heard = self.platform.ledger.lock().unwrap();
        let toasts = heard.toasts.iter().map(|(_, text)| text);
        for text in heard.said.iter().map(|said| &said.text).chain(toasts) {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let leaked = mobiles.iter().find(|mobile| digits.contains(mobile.as_str()));
            assert!(leaked.is_none(), "a mobile number was said: {text}");
        }
    }

    async fn bound(&self, bureau: &str, kind: GroupKind, chat: &str) -> Group {
        let roster = self.desk.roster();
        let bureau = roster.bureau_named(bureau).unwrap().id;
        let mut tx = self.db.begin().await.unwrap();
        let group = tx
            .meet_group(&Channel::new(CHANNEL), chat, chat, self.clock.now())
            .await
            .unwrap();
        tx.bind_group(group.id, bureau, kind).await.unwrap();
        tx.commit().await.unwrap();
        Group {
            chat: chat.to_owned(),
            title: chat.to_owned(),
            kind: ChatKind::Group,
        }
    }

    /// A bureau's help group.
    pub async fn help_group(&self, bureau: &str) -> Group {
        self.bound(bureau, GroupKind::Help, &format!("{bureau}帮办群")).await
    }

    /// A bureau's duty group.
    pub async fn duty_group(&self, bureau: &str) -> Group {
        self.bound(bureau, GroupKind::Duty, &format!("{bureau}值班群")).await
    }

    /// The guidance group.
    pub async fn guidance_group(&self) -> Group {
        self.bound("市局", GroupKind::Guidance, "工作指导群").await
    }

    /// A group that nobody bound.
    pub fn stray_group(&self, chat: &str) -> Group {
        Group {
            chat: chat.to_owned(),
            title: chat.to_owned(),
            kind: ChatKind::Group,
        }
    }

    /// Somebody of an enterprise.
    pub fn asker(&self, name: &str) -> Someone<'_> {
        Someone {
            town: self,
            account: format!("a-{name}"),
            name: name.to_owned(),
        }
    }

    /// The same somebody under another name.
    pub fn asker_called(&self, account: &str, name: &str) -> Someone<'_> {
        Someone {
            name: name.to_owned(),
            ..self.asker(account)
        }
    }

    /// A person of the roster, known by their account.
    pub async fn helper(&self, name: &str) -> Someone<'_> {
        let roster = self.desk.roster();
        let person = roster.people_named(name).next().unwrap().id;
        let account = Account {
            channel: Channel::new(CHANNEL),
            id: format!("h-{name}"),
        };
        let mut tx = self.db.begin().await.unwrap();
        tx.become_person(&account, person, Proof::Link, self.clock.now())
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Someone {
            town: self,
            account: account.id,
            name: name.to_owned(),
        }
    }

    /// A person of the roster who has opened a private chat with the bot.
    pub async fn reachable(&self, name: &str) -> Someone<'_> {
        let helper = self.helper(name).await;
        helper.says(&helper.private(), "/start").await;
        helper.private().hears(self, "已和名册对上");
        helper
    }

    /// Somebody who keeps the installation, and has opened a private chat.
    pub async fn administrator(&self) -> Someone<'_> {
        self.administrator_where("hours: always").await
    }

    /// The same where those who always work have other hours.
    pub async fn administrator_where(&self, hours: &str) -> Someone<'_> {
        const BEHIND: &str = r#"landline: "0374-0000003", roles: [approver]}"#;
        const MORE: &str = r#"
          - {name: 方管, mobile: "13900000004", landline: "0374-0000004", roles: [admin]}"#;
        self.roster_is(|text| {
            assert!(text.contains(BEHIND), "{BEHIND}");
            text.replacen(BEHIND, &format!("{BEHIND}{MORE}"), 1)
                .replace("hours: always", hours)
        })
        .await;
        self.reachable("方管").await
    }

    /// Alarms are looked at by a program with these figures of its own, which has the clock.
    pub async fn alarms_are_looked_at(&self, own: &[Reading]) {
        self.desk.watch(own.to_vec(), true).await.unwrap();
        self.deliver().await;
    }

    /// Time goes by, and what it asks for happens.
    pub async fn seconds_pass(&self, seconds: i64) {
        self.clock.advance(seconds * 1_000);
        self.desk.tick().await.unwrap();
        self.deliver().await;
    }

    pub async fn minutes_pass(&self, minutes: i64) {
        self.seconds_pass(minutes * 60).await;
    }

    pub async fn hours_pass(&self, hours: i64) {
        self.seconds_pass(hours * 3_600).await;
    }

    /// The clock is set to a local time, forward or back, and what that asks for happens.
    pub async fn clock_is_set(&self, local: &str) {
        let local: jiff::civil::DateTime = local.parse().unwrap();
        let zone = &self.desk.config.timezone;
        let at = zone.to_zoned(local).unwrap().timestamp().as_millisecond();
        self.clock.advance(at - self.clock.now().0);
        self.seconds_pass(0).await;
    }

    /// What people send is written down like this before it is handled.
    pub fn raw_is(&self, raw: &str) {
        raw.clone_into(&mut self.raw.lock().unwrap());
    }

    /// What people send arrives so many hours late.
    pub fn messages_are_late(&self, hours: i64) {
        self.age.store(hours * 3_600_000, Ordering::SeqCst);
    }

    /// The clock is wrong by so much from now on, though no time went by; what that asks for happens.
    pub async fn clock_jumps(&self, ms: i64) {
        self.clock.jump(ms);
        self.seconds_pass(1).await;
    }

    /// The program is started anew while its clock is wrong by so much, and runs for some seconds.
    pub async fn starts_with_clock(&self, wrong_by: i64) -> Desk {
        let clock = Clock::fixed(self.clock.now().plus(wrong_by));
        let (config, channels) = (Arc::clone(&self.desk.config), self.desk.channels.clone());
        let desk = Desk::open(self.db.clone(), clock, config, Arc::default(), channels)
            .await
            .unwrap();
        for _ in 0..5 {
            desk.tick().await.unwrap();
            desk.tidy().await.unwrap();
            desk.look_ahead().await.unwrap();
            desk.refresh().await.unwrap();
            desk.clock.advance(1_000);
        }
        desk
    }

    /// A helper is on leave from so many minutes from now, for so many minutes.
    pub async fn is_away(&self, name: &str, from: i64, minutes: i64) {
        let person = self.desk.roster().people_named(name).next().unwrap().id;
        let from = self.clock.now().plus(from * 60_000);
        let mut tx = self.db.begin().await.unwrap();
        tx.add_leave(person, from, from.plus(minutes * 60_000)).await.unwrap();
        tx.look_at_claims_from(person, from).await.unwrap();
        tx.commit().await.unwrap();
        self.desk.refresh().await.unwrap();
    }

    /// The program ends and starts again: what was only in memory is gone.
    pub async fn restarts(&self) {
        let (config, bell) = (Arc::clone(&self.desk.config), Arc::clone(&self.desk.bell));
        let channels = self.desk.channels.clone();
        let desk = Desk::open(self.db.clone(), self.clock.clone(), config, bell, channels)
            .await
            .unwrap();
        *self.desk.0.write().unwrap() = Box::leak(Box::new(Arc::new(desk)));
    }

    /// A story that does not go into what the bot said.
    pub fn all_was_heard(&self) {
        let mut heard = self.platform.ledger.lock().unwrap();
        heard.toasts.clear();
        heard.said.iter_mut().for_each(|said| said.mentioned = true);
    }

    /// What the bot said that no story mentioned yet, which counts as mentioned now.
    pub fn now_said(&self) -> Vec<Said> {
        let mut heard = self.platform.ledger.lock().unwrap();
        heard.toasts.clear();
        let mut new = Vec::new();
        for said in heard.said.iter_mut().filter(|said| !said.mentioned) {
            said.mentioned = true;
            new.push(said.clone());
        }
        new
    }

    /// A minute goes by, questions are collected and approved drafts tested.
    pub async fn list_is_kept(&self) {
        self.seconds_pass(60).await;
        self.desk.keep_list().await.unwrap();
        self.deliver().await;
    }

    /// Past days are summed up, and the last week's sample is drawn.
    pub async fn board_is_kept(&self) {
        self.desk.keep_board().await.unwrap();
        self.desk.draw_sample().await.unwrap();
        self.deliver().await;
    }

    /// The daily round: what keepers of plan and list are told.
    pub async fn the_round_is_made(&self) {
        self.desk.look_ahead().await.unwrap();
        self.deliver().await;
    }

    /// Messages that the bot deleted.
    pub fn deleted(&self) -> Vec<String> {
        self.platform.ledger.lock().unwrap().deleted.clone()
    }

    /// The next send to this chat fails like this.
    pub fn next_send_fails(&self, group: &Group, error: SendError) {
        self.platform
            .ledger
            .lock()
            .unwrap()
            .refuse
            .insert(group.chat.clone(), error);
    }

    /// The courier ends and another takes up its work.
    pub async fn courier_is_restarted(&self) {
        let (db, clock, bell) = (self.db.clone(), self.clock.clone(), Arc::clone(&self.desk.bell));
        let platform: Vec<Arc<dyn Platform>> = vec![Arc::new(self.platform.clone())];
        let leases = leases(&db, &clock, CHANNEL, "second");
        let courier = Courier::new(db, clock, platform, bell, leases);
        *self.courier.lock().await = courier;
    }

    /// What is owed is sent.
    pub async fn deliver(&self) {
        self.courier.lock().await.deliver().await.unwrap();
    }

    /// Several helpers press the same button in the same moment.
    pub async fn press_at_once(&self, group: &Group, token: &str, names: &[&str]) {
        let mut rows = Vec::new();
        for name in names {
            let helper = self.helper(name).await;
            let incoming = helper.incoming(group, helper.pushes(group, token));
            rows.push((self.take_in(&incoming).await, incoming));
        }
        let handled = rows
            .iter()
            .map(|(row, incoming)| self.desk.receive(*row, Some(incoming)));
        for done in futures_util::future::join_all(handled).await {
            done.unwrap();
        }
        self.deliver().await;
    }

    /// The roster is imported anew without this person.
    pub async fn leaves_the_roster(&self, name: &str) {
        let entry = format!("name: {name},");
        self.roster_is(|text| {
            let kept = text.lines().filter(|line| !line.contains(&entry));
            kept.collect::<Vec<_>>().join("\n")
        })
        .await;
    }

    /// The town's roster is imported anew as it was at first.
    pub async fn everybody_is_in_the_roster(&self) {
        self.roster_is(str::to_owned).await;
    }

    /// The town's roster is imported anew with more behind a line of it.
    pub async fn roster_adds(&self, behind: &str, more: &str) {
        self.roster_is(|text| {
            assert!(text.contains(behind), "{behind}");
            text.replacen(behind, &format!("{behind}{more}"), 1)
        })
        .await;
    }

    async fn roster_is(&self, change: impl FnOnce(&str) -> String) {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/town.yaml");
        let text = change(&std::fs::read_to_string(&file).unwrap());
        let submitted = roster::read_str(&text, &file, &self.desk.config.timezone).unwrap();
        let now = self.clock.now();
        setup::import_roster(&self.db, &submitted.roster, now).await.unwrap();
        self.desk.refresh().await.unwrap();
    }

    /// The town's list is imported anew with other words.
    pub async fn list_says(&self, old: &str, new: &str) {
        self.import_list(|text| text.replace(old, new)).await;
    }

    /// The same by another process: the program has not taken it up yet.
    pub async fn list_says_elsewhere(&self, old: &str, new: &str) {
        self.import_elsewhere(|text| {
            assert!(text.contains(old), "{old}");
            text.replace(old, new)
        })
        .await;
    }

    /// The town's list is imported anew without an entry.
    pub async fn list_without(&self, id: &str) {
        let mark = format!("  - id: {id}\n");
        self.import_list(|text| {
            let (before, rest) = text.split_once(&mark).unwrap();
            let after = rest.find("  - id: ").unwrap();
            format!("{before}{}", &rest[after..])
        })
        .await;
    }

    async fn import_list(&self, change: impl FnOnce(&str) -> String) {
        self.import_elsewhere(change).await;
        self.desk.refresh().await.unwrap();
    }

    async fn import_elsewhere(&self, change: impl FnOnce(&str) -> String) {
        let faq = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/faq");
        let other = tempfile::tempdir().unwrap();
        for file in ["lexicon.yaml", "defects.yaml", "change.yaml"] {
            std::fs::copy(faq.join(file), other.path().join(file)).unwrap();
        }
        let list = std::fs::read_to_string(faq.join("list.yaml")).unwrap();
        std::fs::write(other.path().join("list.yaml"), change(&list)).unwrap();
        let base = setup::load_base(other.path()).unwrap();
        setup::import(&self.db, &base, self.clock.now()).await.unwrap();
    }

    async fn receive(&self, incoming: Incoming) {
        let row = self.take_in(&incoming).await;
        self.desk.receive(row, Some(&incoming)).await.unwrap();
        self.deliver().await;
    }

    async fn take_in(&self, incoming: &Incoming) -> i64 {
        let mut tx = self.db.begin().await.unwrap();
        let key = self.next.fetch_add(1, Ordering::SeqCst);
        let update = RawUpdate {
            natural_key: format!("k{key}"),
            lane: incoming.place.chat.clone(),
            raw: self.raw.lock().unwrap().clone(),
        };
        let row = tx.take_in(CHANNEL, &update, self.clock.now()).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        row
    }

    fn id(&self) -> String {
        let next = self.next.fetch_add(1, Ordering::SeqCst);
        if self.is_plain() {
            plain::opaque(next)
        } else {
            next.to_string()
        }
    }

    /// Everybody types and reads words only.
    fn is_plain(&self) -> bool {
        !self.platform.can.buttons
    }

    /// The newest message in a chat that shows a button.
    fn with_button(&self, group: &Group, label: &str) -> Said {
        let heard = self.platform.ledger.lock().unwrap();
        let shows = |said: &&Said| said.chat == group.chat && said.buttons.iter().any(|button| button.label == label);
        heard
            .said
            .iter()
            .rev()
            .find(shows)
            .cloned()
            .unwrap_or_else(|| panic!("no button {label} in {}: {:#?}", group.chat, heard.said))
    }
}

impl Group {
    /// The next thing the bot said here that the story did not mention yet holds these words.
    pub fn hears(&self, town: &Town, words: &str) -> Said {
        let mut heard = town.platform.ledger.lock().unwrap();
        let next = heard
            .said
            .iter_mut()
            .find(|said| said.chat == self.chat && !said.mentioned);
        let Some(next) = next else {
            panic!("{} heard nothing more; expected {words}", self.chat)
        };
        assert!(
            next.text.contains(words),
            "{} heard:\n{}\nexpected: {words}",
            self.chat,
            next.text
        );
        next.mentioned = true;
        next.clone()
    }

    /// The newest thing the bot said here, as it stands now.
    pub fn latest(&self, town: &Town) -> Said {
        self.newest(town).unwrap()
    }

    fn newest(&self, town: &Town) -> Option<Said> {
        let heard = town.platform.ledger.lock().unwrap();
        heard.said.iter().rfind(|said| said.chat == self.chat).cloned()
    }

    /// No message here shows a button any more. On a plain channel there is nothing to take off: what was said stands.
    pub fn shows_no_buttons(&self, town: &Town) {
        if town.is_plain() {
            return;
        }
        let heard = town.platform.ledger.lock().unwrap();
        let with: Vec<_> = heard
            .said
            .iter()
            .filter(|said| said.chat == self.chat && !said.buttons.is_empty())
            .collect();
        assert!(with.is_empty(), "{with:#?}");
    }

    /// The only buttons here are the five levels of a rating; on a plain channel, the newest words to type.
    pub fn shows_only_ratings(&self, town: &Town) {
        let heard = town.platform.ledger.lock().unwrap();
        let buttons = heard.said.iter().filter(|said| said.chat == self.chat);
        let newest = if town.is_plain() { 1 } else { usize::MAX };
        let labels: Vec<_> = buttons
            .rev()
            .take(newest)
            .flat_map(|said| &said.buttons)
            .map(|button| button.label.as_str())
            .collect();
        assert_eq!(labels, Rating::ALL.map(Rating::word));
    }
}

impl Someone<'_> {
    fn incoming(&self, group: &Group, event: Event) -> Incoming {
        Incoming {
            place: Place::chat(&Channel::new(CHANNEL), &group.chat),
            chat_kind: group.kind,
            title: group.title.clone(),
            from: Sender {
                id: self.account.clone(),
                name: self.name.as_str().into(),
                kind: SenderKind::Person,
            },
            at: self.town.clock.now().plus(-self.town.age.load(Ordering::SeqCst)),
            event,
        }
    }

    async fn sends(&self, group: &Group, heard: Heard) -> String {
        let id = self.town.id();
        let heard = Heard {
            id: id.clone(),
            ..heard
        };
        self.wrote(group, &id);
        self.town.receive(self.incoming(group, Event::Message(heard))).await;
        id
    }

    fn wrote(&self, group: &Group, id: &str) {
        let mut ledger = self.town.platform.ledger.lock().unwrap();
        ledger.written.wrote(&group.chat, &self.name, id);
    }

    /// Plain words.
    pub async fn says(&self, group: &Group, text: &str) -> String {
        self.sends(
            group,
            Heard {
                text: text.into(),
                carried: carried(text),
                ..Heard::default()
            },
        )
        .await
    }

    /// Words to the bot by name.
    pub async fn tells_bot(&self, group: &Group, text: &str) -> String {
        self.sends(
            group,
            Heard {
                text: text.into(),
                addressed: true,
                ..Heard::default()
            },
        )
        .await
    }

    /// One picture of an album, with its caption or without, as a reply or not.
    pub async fn shows_of_album(&self, group: &Group, album: &str, reference: &str, text: &str, to: Option<&Said>) {
        let reply_to = to.map(|to| ReplyTo {
            id: to.id.clone(),
            to_bot: true,
        });
        let heard = Heard {
            text: text.into(),
            media: vec![Media::new(MediaKind::Picture, reference)],
            album: Some(album.into()),
            reply_to,
            ..Heard::default()
        };
        self.sends(group, heard).await;
    }

    /// Words to the bot by name, in reply to somebody's message with these words, or quoting them.
    pub async fn tells_bot_of(&self, group: &Group, message: &str, quoted: &str, text: &str) -> String {
        let reply_to = Some(ReplyTo {
            id: message.into(),
            to_bot: false,
        });
        let heard = Heard {
            text: text.into(),
            reply_to,
            quoted: quoted.into(),
            addressed: true,
            ..Heard::default()
        };
        self.sends(group, heard).await
    }

    /// Somebody else's words, forwarded.
    pub async fn forwards(&self, group: &Group, text: &str) -> String {
        let heard = Heard {
            text: text.into(),
            forwarded: true,
            ..Heard::default()
        };
        self.sends(group, heard).await
    }

    /// A picture without words.
    pub async fn shows_picture(&self, group: &Group, reference: &str) -> String {
        let media = vec![Media::new(MediaKind::Picture, reference)];
        self.sends(
            group,
            Heard {
                media,
                ..Heard::default()
            },
        )
        .await
    }

    /// A message without words: what is in it, and what it replies to.
    pub async fn shows(&self, group: &Group, kind: MediaKind, to: Option<&Said>) -> String {
        let (reference, text) = (format!("{kind:?}").to_lowercase(), String::new());
        self.sends_as_reply(group, vec![Media::new(kind, reference)], false, to, &text)
            .await
    }

    /// A contact card with somebody's mobile number, with words under it or none, as a reply or not.
    pub async fn shows_mobile(&self, group: &Group, to: Option<&Said>, text: &str) -> String {
        let card = Media {
            confidential: true,
            ..Media::new(MediaKind::Contact, "contact")
        };
        self.sends_as_reply(group, vec![card], false, to, text).await
    }

    /// A message of a kind that cannot be copied, as a reply or not.
    pub async fn shows_stuck(&self, group: &Group, to: Option<&Said>) -> String {
        self.sends_as_reply(group, vec![], true, to, "").await
    }

    async fn sends_as_reply(
        &self,
        group: &Group,
        media: Vec<Media>,
        stuck: bool,
        to: Option<&Said>,
        text: &str,
    ) -> String {
        let reply_to = to.map(|to| ReplyTo {
            id: to.id.clone(),
            to_bot: true,
        });
        let heard = Heard {
            text: text.into(),
            media,
            stuck,
            reply_to,
            ..Heard::default()
        };
        self.sends(group, heard).await
    }

    /// What somebody writes on a plain channel, where messages cannot be replied to: the number that the message names,
    /// and the words.
    fn instead_of_reply(to: &str, text: &str) -> String {
        match plain::number(to) {
            Some(number) => format!("Q{number} {text}"),
            None => text.to_owned(),
        }
    }

    /// A platform reply to something the bot said.
    pub async fn replies(&self, group: &Group, to: &Said, text: &str) -> String {
        if self.town.is_plain() {
            return self.says(group, &Self::instead_of_reply(&to.text, text)).await;
        }
        let reply_to = Some(ReplyTo {
            id: to.id.clone(),
            to_bot: true,
        });
        self.sends(
            group,
            Heard {
                text: text.into(),
                reply_to,
                ..Heard::default()
            },
        )
        .await
    }

    /// A platform reply to somebody's message.
    pub async fn replies_to(&self, group: &Group, message: &str, text: &str) -> String {
        if self.town.is_plain() {
            let newest = group.newest(self.town).map_or(String::new(), |said| said.text);
            return self.says(group, &Self::instead_of_reply(&newest, text)).await;
        }
        let reply_to = Some(ReplyTo {
            id: message.into(),
            to_bot: false,
        });
        self.sends(
            group,
            Heard {
                text: text.into(),
                reply_to,
                ..Heard::default()
            },
        )
        .await
    }

    /// Own words changed.
    /// Changes a message that was written so long ago.
    pub async fn edits_after(&self, group: &Group, message: &str, text: &str, hours: i64) {
        let heard = Heard {
            id: message.into(),
            text: text.into(),
            ..Heard::default()
        };
        let mut incoming = self.incoming(group, Event::Edited(heard));
        incoming.at = incoming.at.plus(-hours * 3_600_000);
        self.town.receive(incoming).await;
    }

    pub async fn edits(&self, group: &Group, message: &str, text: &str) {
        let heard = Heard {
            id: message.into(),
            text: text.into(),
            ..Heard::default()
        };
        self.town.receive(self.incoming(group, Event::Edited(heard))).await;
    }

    /// Presses the newest button with this label.
    pub async fn presses(&self, group: &Group, label: &str) {
        let said = self.town.with_button(group, label);
        let token = said
            .buttons
            .iter()
            .find(|button| button.label == label)
            .unwrap()
            .token
            .clone();
        self.presses_token(group, &token).await;
    }

    /// Presses with any token, as a changed client can.
    pub async fn presses_token(&self, group: &Group, token: &str) {
        self.town.receive(self.incoming(group, self.pushes(group, token))).await;
    }

    /// A press; on a plain channel the words that do the same.
    fn pushes(&self, group: &Group, token: &str) -> Event {
        let id = self.town.id();
        if !self.town.is_plain() {
            let (token, message) = (token.into(), None);
            return Event::Press(Press { id, token, message });
        }
        self.wrote(group, &id);
        let mut ledger = self.town.platform.ledger.lock().unwrap();
        ledger.written.types(&self.account, &group.chat, token);
        let heard = Heard {
            id,
            text: token.into(),
            ..Heard::default()
        };
        Event::Message(heard)
    }

    /// What of a notice reaches somebody who typed.
    fn sees_plainly(&self, words: &str) {
        let mut heard = self.town.platform.ledger.lock().unwrap();
        let (chat, typed) = heard.written.typed(&self.account).unwrap();
        let mut to_me = heard
            .said
            .iter_mut()
            .filter(|said| said.chat == chat && !said.mentioned);
        let mine = to_me.find(|said| plain::called(&said.text) == Some(&self.name) && said.text.contains(words));
        match (Notice::of(words, &typed), mine) {
            (Notice::Said, Some(said)) => said.mentioned = true,
            (Notice::Said, None) => panic!("{} did not see {words}: {:#?}", self.name, heard.said),
            (Notice::Nothing, mine) => assert!(mine.is_none(), "{} was told {mine:?}", self.name),
        }
    }

    /// Only this person saw this notice.
    pub fn sees(&self, words: &str) {
        if self.town.is_plain() {
            return self.sees_plainly(words);
        }
        let mut heard = self.town.platform.ledger.lock().unwrap();
        let at = heard
            .toasts
            .iter()
            .position(|(account, text)| *account == self.account && text.contains(words));
        match at {
            Some(at) => drop(heard.toasts.remove(at)),
            None => panic!("{} did not see {words}: {:#?}", self.name, heard.toasts),
        }
    }

    /// This person's private chat with the bot.
    pub fn private(&self) -> Group {
        Group {
            chat: format!("{PRIVATE}{}", self.account),
            title: String::new(),
            kind: ChatKind::Private,
        }
    }
}

/// A schema of its own on the server that `./test` starts.
/// The lease of one channel for a program of this data folder.
pub fn leases(db: &Db, clock: &Clock, channel: &str, run: &str) -> Leases {
    let instance = Instance {
        home: "here".to_owned(),
        run: run.to_owned(),
    };
    Leases::new(db.clone(), clock.clone(), instance, vec![leases::channel(channel)])
}

pub async fn postgres_schema() -> String {
    use sqlx::{Connection as _, Executor as _};
    let Ok(server) = std::env::var("BANGBAN_TEST_POSTGRES") else {
        panic!("BANGBAN_TEST_POSTGRES is not set: run ./test, which starts a PostgreSQL for this");
    };
    let name = format!("town_{}", bangban::secret::new().unwrap());
    let mut connection = sqlx::PgConnection::connect(&server).await.unwrap();
    connection
        .execute(sqlx::AssertSqlSafe(format!("CREATE SCHEMA {name}")))
        .await
        .unwrap();
    connection.close().await.unwrap();
    format!("{server}?options=-c%20search_path%3D{name}")
}
