//! The test town: the whole program on a fixed clock and a platform that writes down what was said. Nothing runs in
//! the background: each act is received, decided and delivered before the next line of the story.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use bangban::clock::{Clock, Millis};
use bangban::config::Config;
use bangban::courier::Courier;
use bangban::desk::Desk;
use bangban::domain::asking::request::RATINGS;
use bangban::domain::chat::group::GroupKind;
use bangban::domain::chat::message::{
    Account, Channel, ChatKind, Event, Heard, Incoming, Media, MediaKind, Place, Press, ReplyTo, Sender, SenderKind,
};
use bangban::domain::chat::owed::{Button, Owed};
use bangban::platform::{Capabilities, Parcel, Platform, Refused, SendError, Sending};
use bangban::roster;
use bangban::setup;
use bangban::store::Db;
use bangban::store::inbox::RawUpdate;
use tokio::sync::Notify;

/// 2026-11-23 10:00 in Asia/Shanghai, a Monday.
pub const MONDAY_TEN: Millis = Millis(1_795_399_200_000);
/// A question that the town's list does not answer.
pub const MERGER: &str = "两家公司准备合并成一家，合并登记都要做哪些？";
const CHANNEL: &str = "town";

/// Declares a story that runs on both databases and fails if the bot said anything the story does not mention.
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
}

/// The platform of the town.
#[derive(Clone, Default)]
struct TownPlatform(Arc<Mutex<Ledger>>);

impl Platform for TownPlatform {
    fn name(&self) -> &'static str {
        CHANNEL
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            buttons: true,
            edit: true,
            quote: true,
            text_limit: 4096,
            idempotent: false,
            chat_gap_ms: 0,
            group_per_minute: 10_000,
            per_second: 10_000,
        }
    }

    fn send<'a>(&'a self, parcel: &'a Parcel) -> Sending<'a> {
        Box::pin(async move { self.0.lock().unwrap().take(parcel) })
    }
}

impl Ledger {
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
        let data = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", data.path().join("town.db").display());
        Town::tell(url, data, story).await;
    }

    pub async fn on_postgres(story: impl AsyncFnOnce(&Town)) {
        let url = postgres_schema().await;
        Town::tell(url, tempfile::tempdir().unwrap(), story).await;
    }

    async fn tell(url: String, data: tempfile::TempDir, story: impl AsyncFnOnce(&Town)) {
        let db = Db::open(&url).await.unwrap();
        let clock = Clock::fixed(MONDAY_TEN);
        let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
        let config = Arc::new(Config::from_text("", Path::new("town.toml")).unwrap());
        let submitted = roster::read_file(&tests.join("town.yaml"), &config.timezone).unwrap();
        setup::import_roster(&db, &submitted.roster, clock.now()).await.unwrap();
        let base = setup::load_base(&tests.join("faq")).unwrap();
        setup::import(&db, &base, clock.now()).await.unwrap();
        let bell = Arc::new(Notify::new());
        let desk = Desk::open(db.clone(), clock.clone(), config, Arc::clone(&bell))
            .await
            .unwrap();
        let platform = TownPlatform::default();
        let courier = Courier::new(
            db.clone(),
            clock.clone(),
            vec![Arc::new(platform.clone())],
            bell,
            "town".into(),
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
            _data: data,
        };
        story(&town).await;
        town.said_no_mobile_number();
        let left: Vec<Said> = town
            .platform
            .0
            .lock()
            .unwrap()
            .said
            .iter()
            .filter(|said| !said.mentioned)
            .cloned()
            .collect();
        assert!(left.is_empty(), "the bot also said: {left:#?}");
        let toasts = town.platform.0.lock().unwrap().toasts.clone();
        assert!(toasts.is_empty(), "the bot also showed: {toasts:#?}");
    }

    /// D14 (四(三)): whatever the story was, no mobile number of the roster was said to anybody.
    fn said_no_mobile_number(&self) {
        let roster = self.desk.roster();
        let mobiles = roster.people.iter().filter_map(|person| person.mobile.as_ref());
        let mobiles: Vec<String> = mobiles.map(|mobile| mobile.expose_for_storage().to_owned()).collect();
        assert!(mobiles.len() > 5);
        let heard = self.platform.0.lock().unwrap();
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

    /// A person of the roster, known by their account.
    pub async fn helper(&self, name: &str) -> Someone<'_> {
        let roster = self.desk.roster();
        let person = roster.people_named(name).next().unwrap().id;
        let account = Account {
            channel: Channel::new(CHANNEL),
            id: format!("h-{name}"),
        };
        let mut tx = self.db.begin().await.unwrap();
        tx.bind_account(&account, person, self.clock.now()).await.unwrap();
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
        let desk = Desk::open(self.db.clone(), self.clock.clone(), config, bell)
            .await
            .unwrap();
        *self.desk.0.write().unwrap() = Box::leak(Box::new(Arc::new(desk)));
    }

    /// A story that does not go into what the bot said.
    pub fn all_was_heard(&self) {
        let mut heard = self.platform.0.lock().unwrap();
        heard.toasts.clear();
        heard.said.iter_mut().for_each(|said| said.mentioned = true);
    }

    /// A minute goes by, questions are collected and approved drafts tested.
    pub async fn list_is_kept(&self) {
        self.seconds_pass(60).await;
        self.desk.keep_list().await.unwrap();
        self.deliver().await;
    }

    /// The daily round: what keepers of plan and list are told.
    pub async fn the_round_is_made(&self) {
        self.desk.look_ahead().await.unwrap();
        self.deliver().await;
    }

    /// Messages that the bot deleted.
    pub fn deleted(&self) -> Vec<String> {
        self.platform.0.lock().unwrap().deleted.clone()
    }

    /// The next send to this chat fails like this.
    pub fn next_send_fails(&self, group: &Group, error: SendError) {
        self.platform.0.lock().unwrap().refuse.insert(group.chat.clone(), error);
    }

    /// What is owed is sent.
    pub async fn deliver(&self) {
        self.courier.lock().await.deliver().await.unwrap();
    }

    /// Several helpers press the same button in the same moment.
    pub async fn press_at_once(&self, group: &Group, token: &str, names: &[&str]) {
        let mut rows = Vec::new();
        for name in names {
            let press = Press {
                id: self.id(),
                token: token.into(),
                message: None,
            };
            let incoming = self.helper(name).await.incoming(group, Event::Press(press));
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
            raw: "{}".into(),
        };
        let row = tx.take_in(CHANNEL, &update, self.clock.now()).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        row
    }

    fn id(&self) -> String {
        self.next.fetch_add(1, Ordering::SeqCst).to_string()
    }

    /// The newest message in a chat that shows a button.
    fn with_button(&self, group: &Group, label: &str) -> Said {
        let heard = self.platform.0.lock().unwrap();
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
        let mut heard = town.platform.0.lock().unwrap();
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
        let heard = town.platform.0.lock().unwrap();
        heard.said.iter().rfind(|said| said.chat == self.chat).unwrap().clone()
    }

    /// No message here shows a button any more.
    pub fn shows_no_buttons(&self, town: &Town) {
        let heard = town.platform.0.lock().unwrap();
        let with: Vec<_> = heard
            .said
            .iter()
            .filter(|said| said.chat == self.chat && !said.buttons.is_empty())
            .collect();
        assert!(with.is_empty(), "{with:#?}");
    }

    /// The only buttons here are the five levels of a rating.
    pub fn shows_only_ratings(&self, town: &Town) {
        let heard = town.platform.0.lock().unwrap();
        let buttons = heard.said.iter().filter(|said| said.chat == self.chat);
        let labels: Vec<_> = buttons
            .flat_map(|said| &said.buttons)
            .map(|button| button.label.as_str())
            .collect();
        assert_eq!(labels, RATINGS);
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
                name: self.name.clone(),
                kind: SenderKind::Person,
            },
            at: self.town.clock.now(),
            event,
        }
    }

    async fn sends(&self, group: &Group, heard: Heard) -> String {
        let id = self.town.id();
        let heard = Heard {
            id: id.clone(),
            ..heard
        };
        self.town.receive(self.incoming(group, Event::Message(heard))).await;
        id
    }

    /// Plain words.
    pub async fn says(&self, group: &Group, text: &str) -> String {
        self.sends(
            group,
            Heard {
                text: text.into(),
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

    /// A picture without words.
    pub async fn shows_picture(&self, group: &Group, reference: &str) -> String {
        let media = vec![Media {
            kind: MediaKind::Picture,
            reference: reference.into(),
        }];
        self.sends(
            group,
            Heard {
                media,
                ..Heard::default()
            },
        )
        .await
    }

    /// A platform reply to something the bot said.
    pub async fn replies(&self, group: &Group, to: &Said, text: &str) -> String {
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
        let press = Press {
            id: self.town.id(),
            token: token.into(),
            message: None,
        };
        self.town.receive(self.incoming(group, Event::Press(press))).await;
    }

    /// Only this person saw this notice.
    pub fn sees(&self, words: &str) {
        let mut heard = self.town.platform.0.lock().unwrap();
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
            chat: format!("private-{}", self.account),
            title: String::new(),
            kind: ChatKind::Private,
        }
    }
}

/// A schema of its own on the server that `./test` starts.
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
