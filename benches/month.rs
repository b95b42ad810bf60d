//! A month of a city on the test clock: 10 000 questions in twelve bureaus with their hours, duty plans, leave, claims,
//! races for the same card, hand-overs, ratings. Counts what must never happen: a question nobody answers for, two
//! claims of one question, a call outside duty time. Wall time is that of the desk and the store, on SQLite in memory
//! (`/dev/shm`, as with `synchronous=OFF`).
//!
//! `cargo bench --bench month`; `QUESTIONS=2000 cargo bench --bench month` for a shorter one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use bangban::clock::{Clock, Millis};
use bangban::config::Config;
use bangban::courier::Courier;
use bangban::desk::Desk;
use bangban::domain::asking::history::Step;
use bangban::domain::asking::question::QuestionId;
use bangban::domain::asking::responsible::responsible;
use bangban::domain::chat::access::Proof;
use bangban::domain::chat::capabilities::{Capabilities, Channels, ChatLimits, Pushes, TextLimit, TextUnit};
use bangban::domain::chat::group::GroupKind;
use bangban::domain::chat::message::{
    Account, Channel, ChatKind, Event, Heard, Incoming, Place, Press, Sender, SenderKind,
};
use bangban::domain::chat::owed::Owed;
use bangban::domain::duty::bureau_time;
use bangban::domain::roster::people::{PersonId, Roster};
use bangban::domain::time::calendar::LocalTime;
use bangban::leases::{self, Instance, Leases};
use bangban::platform::{Parcel, Platform, Sending};
use bangban::store::Db;
use bangban::store::inbox::RawUpdate;
use bangban::{roster, setup};
use futures_util::FutureExt as _;
use tokio::sync::Notify;

const CHANNEL: &str = "month";
const BUREAUS: usize = 11;
const HELPERS: usize = 4;
/// 2026-11-01 00:00 in Asia/Shanghai.
const FIRST: Millis = Millis(1_793_462_400_000);
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
const DAYS: i64 = 30;
const ANSWERED: [&str; 3] = [
    "简易注销要公示几天？",
    "变更法定代表人要哪些材料？",
    "一般注销公告期多少天？",
];
const UNANSWERED: [&str; 3] = [
    "两家公司准备合并成一家，合并登记都要做哪些？",
    "经营者名字里有个生僻字，系统里打不出来怎么办？",
    "老集体企业想改制，从哪入手？",
];

/// Something that was sent.
struct Sent {
    chat: String,
    text: String,
    buttons: Vec<(String, String)>,
}

#[derive(Default)]
struct Ledger {
    sent: Vec<Sent>,
    refused: u64,
    next: i64,
}

#[derive(Clone, Default)]
struct Line(Arc<Mutex<Ledger>>);

const UNLIMITED: ChatLimits = ChatLimits {
    gap_ms: 0,
    per_minute: None,
};
const CAN: Capabilities = Capabilities {
    buttons: true,
    edit: true,
    quote: true,
    text: TextLimit {
        most: 4096,
        unit: TextUnit::Utf16,
    },
    pushes: Pushes::Anytime,
    idempotent: false,
    vouches: true,
    private: UNLIMITED,
    group: UNLIMITED,
    per_second: 100_000,
};

impl Platform for Line {
    fn name(&self) -> &'static str {
        CHANNEL
    }

    fn capabilities(&self) -> Capabilities {
        CAN
    }

    fn chat_kind(&self, _chat: &str) -> ChatKind {
        ChatKind::Group
    }

    fn send<'a>(&'a self, parcel: &'a Parcel) -> Sending<'a> {
        Box::pin(async move {
            let mut ledger = self.0.lock().unwrap();
            match &parcel.owed {
                Owed::Message { text, buttons, .. } => {
                    ledger.next += 1;
                    let id = ledger.next.to_string();
                    let buttons = buttons.iter().flatten();
                    let sent = Sent {
                        chat: parcel.place.chat.clone(),
                        text: text.words(),
                        buttons: buttons.map(|b| (b.label.clone(), b.token.clone())).collect(),
                    };
                    ledger.sent.push(sent);
                    Ok(Some(id))
                }
                Owed::Toast { text, .. } => {
                    ledger.refused += u64::from(text.contains("已认领"));
                    Ok(None)
                }
                Owed::Edit { message, .. } => Ok(Some(message.clone())),
                Owed::Media { .. } | Owed::Buttons { .. } | Owed::Delete { .. } => Ok(None),
            }
        })
    }
}

/// What people do, in order of time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    Ask { bureau: usize },
    Tick,
    Press { who: String, chat: String, token: String },
    Type { who: String, words: String },
}

struct Chance(u64);

impl Chance {
    fn next(&mut self, below: i64) -> i64 {
        // SplitMix64: the same month each time.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((z ^ (z >> 31)) % u64::try_from(below).unwrap()).unwrap()
    }

    fn percent(&mut self, share: i64) -> bool {
        self.next(100) < share
    }
}

struct Month {
    db: Db,
    desk: Desk,
    clock: Clock,
    courier: Courier,
    bell: Arc<Notify>,
    line: Line,
    acts: BinaryHeap<Reverse<(Millis, u64, Act)>>,
    chance: Chance,
    serial: u64,
    helpers: HashMap<String, PersonId>,
    askers: HashMap<String, String>,
    found: BTreeMap<&'static str, u64>,
    /// The same people in the same order each time.
    everybody: Vec<String>,
}

fn city() -> String {
    let mut text = "city: 示例市\nbureaus:\n  - {name: 市局, city: true, hours: always, offices: [{name: 注册科, kind: window, address: 示例路 1 号, landline: \"0374-0000000\", helpers: [{name: 市台甲, landline: \"0374-0000001\"}]}]}\n".to_owned();
    for bureau in 0..BUREAUS {
        text.push_str(&format!("  - name: {0}区分局\n    places: [{0}区]\n    hours:\n      - {{days: [mon, tue, wed, thu, fri], from: \"08:30\", to: \"12:00\"}}\n      - {{days: [mon, tue, wed, thu, fri], from: \"14:30\", to: \"17:30\"}}\n    offices:\n      - name: 窗口\n        kind: window\n        address: 示例街 {bureau} 号\n        landline: \"0374-0000{bureau:03}\"\n        helpers:\n", sign(bureau)));
        for helper in 0..HELPERS {
            let roles = if helper == 3 { ", roles: [bureau_admin]" } else { "" };
            text.push_str(&format!(
                "          - {{name: {}, landline: \"0374-1{bureau:02}{helper:04}\"{roles}}}\n",
                name(bureau, helper)
            ));
        }
        text.push_str(&format!("    duty:\n      - {{days: [mon, tue, wed, thu, fri], from: \"08:30\", to: \"12:00\", helpers: [{}, {}]}}\n      - {{days: [mon, tue, wed, thu, fri], from: \"14:30\", to: \"17:30\", helpers: [{}, {}]}}\n", name(bureau, 0), name(bureau, 1), name(bureau, 2), name(bureau, 3)));
    }
    text
}

/// Names have no digits.
fn sign(bureau: usize) -> char {
    "甲乙丙丁戊己庚辛壬癸子".chars().nth(bureau).unwrap()
}

fn name(bureau: usize, helper: usize) -> String {
    format!("{}{}", ["赵", "钱", "孙", "李"][helper], sign(bureau))
}

/// The city's groups, and its people with their accounts and private chats.
async fn meet(db: &Db, roster: &Roster, clock: &Clock) -> HashMap<String, PersonId> {
    let mut helpers = HashMap::new();
    let channel = Channel::new(CHANNEL);
    let mut tx = db.begin().await.unwrap();
    for (index, bureau) in roster.bureaus.iter().enumerate() {
        let kind = if bureau.city {
            GroupKind::Guidance
        } else {
            GroupKind::Help
        };
        let chat = format!("group-{index}");
        let group = tx.meet_group(&channel, &chat, &chat, clock.now()).await.unwrap();
        tx.bind_group(group.id, bureau.id, kind).await.unwrap();
    }
    for person in &roster.people {
        let account = Account {
            channel: channel.clone(),
            id: format!("h{}", person.id.0),
        };
        tx.become_person(&account, person.id, Proof::Link, clock.now())
            .await
            .unwrap();
        tx.open_private(&account, &format!("private-{}", account.id), clock.now())
            .await
            .unwrap();
        helpers.insert(account.id, person.id);
    }
    tx.commit().await.unwrap();
    helpers
}

impl Month {
    async fn begin(folder: &Path) -> Month {
        let db = Db::open(&format!("sqlite:{}", folder.join("month.db").display()))
            .await
            .unwrap();
        let clock = Clock::fixed(FIRST);
        let roster = roster::read_str(&city(), Path::new("month.yaml"), &jiff::tz::TimeZone::UTC)
            .unwrap()
            .roster;
        let roster = setup::import_roster(&db, &roster, clock.now()).await.unwrap();
        let faq = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/faq");
        let base = setup::load_base(&faq).unwrap();
        setup::import(&db, &base, clock.now()).await.unwrap();
        let helpers = meet(&db, &roster, &clock).await;
        let mut everybody: Vec<String> = helpers.keys().cloned().collect();
        everybody.sort();
        let bell = Arc::new(Notify::new());
        let config = Arc::new(Config::from_text("", Path::new("month.toml")).unwrap());
        let desk = Desk::open(
            db.clone(),
            clock.clone(),
            config,
            Arc::clone(&bell),
            Channels::new([(CHANNEL, CAN)]),
        )
        .await
        .unwrap();
        let line = Line::default();
        let courier = Courier::new(
            db.clone(),
            clock.clone(),
            vec![Arc::new(line.clone())],
            Arc::clone(&bell),
            Leases::new(
                db.clone(),
                clock.clone(),
                Instance {
                    home: "month".into(),
                    run: "1".into(),
                },
                vec![leases::channel(CHANNEL)],
            ),
        );
        Month {
            db,
            desk,
            clock,
            courier,
            bell,
            line,
            acts: BinaryHeap::new(),
            chance: Chance(103),
            serial: 0,
            helpers,
            askers: HashMap::new(),
            found: BTreeMap::new(),
            everybody,
        }
    }

    fn plan(&mut self, at: Millis, act: Act) {
        self.serial += 1;
        self.acts.push(Reverse((at, self.serial, act)));
    }

    /// Most ask in working hours, some in the evening and at weekends.
    fn plan_questions(&mut self, questions: i64) {
        for _ in 0..questions {
            let day = self.chance.next(DAYS);
            let minute = if self.chance.percent(80) {
                8 * 60 + self.chance.next(600)
            } else {
                self.chance.next(1440)
            };
            let at = FIRST.plus(day * DAY + minute * MINUTE + self.chance.next(MINUTE));
            let bureau = usize::try_from(self.chance.next(i64::try_from(BUREAUS).unwrap())).unwrap();
            self.plan(at, Act::Ask { bureau });
            self.plan(at.plus(5_000), Act::Tick);
        }
    }

    /// The next moment from `at` on at which a helper works.
    fn working(&self, who: &str, at: Millis) -> Millis {
        let roster = self.desk.roster();
        let calendar = self.desk.calendar();
        let time = LocalTime::new(&self.desk.config.timezone, &calendar);
        let bureau = self
            .helpers
            .get(who)
            .and_then(|id| roster.person(*id))
            .map(|person| person.bureau);
        let Some(bureau) = bureau.and_then(|id| roster.bureau(id)) else {
            return at;
        };
        bureau.hours.after(at, 0, bureau_time(&roster, bureau.id, time))
    }

    async fn receive(&mut self, who: &str, chat: &str, kind: ChatKind, event: Event) {
        let place = Place::chat(&Channel::new(CHANNEL), chat);
        let from = Sender {
            id: who.to_owned(),
            name: who.into(),
            kind: SenderKind::Person,
        };
        let incoming = Incoming {
            place,
            chat_kind: kind,
            title: chat.to_owned(),
            from,
            at: self.clock.now(),
            event,
        };
        self.serial += 1;
        let update = RawUpdate {
            natural_key: self.serial.to_string(),
            lane: chat.to_owned(),
            raw: "{}".into(),
        };
        let mut tx = self.db.begin().await.unwrap();
        let row = tx.take_in(CHANNEL, &update, self.clock.now()).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        self.desk.receive(row, Some(&incoming)).await.unwrap();
    }

    async fn says(&mut self, who: &str, chat: &str, text: &str) {
        self.serial += 1;
        let kind = if chat.starts_with("private") {
            ChatKind::Private
        } else {
            ChatKind::Group
        };
        let heard = Heard {
            id: format!("m{}", self.serial),
            text: text.into(),
            ..Heard::default()
        };
        self.receive(who, chat, kind, Event::Message(heard)).await;
    }

    async fn run(&mut self) {
        let end = FIRST.plus((DAYS + 9) * DAY);
        let mut checked = FIRST;
        while self.clock.now() < end {
            let next = self.acts.peek().map_or(end, |Reverse((at, ..))| *at);
            // The program looks each second; here each minute, and at night, when little is due, every ten.
            let night = !(7..19).contains(&(self.clock.now().since(FIRST) % DAY / (60 * MINUTE)));
            let step = if night { 10 * MINUTE } else { MINUTE };
            let look = Millis((self.clock.now().0 / step + 1) * step);
            let until = next.min(look).min(end);
            self.clock.advance(until.since(self.clock.now()));
            if until == look {
                self.desk.tick().await.unwrap();
            }
            while self
                .acts
                .peek()
                .is_some_and(|Reverse((at, ..))| *at <= self.clock.now())
            {
                let Some(Reverse((_, _, act))) = self.acts.pop() else {
                    break;
                };
                self.act(act).await;
            }
            // The desk rings when something is owed.
            if self.bell.notified().now_or_never().is_some() {
                self.courier.deliver().await.unwrap();
                self.look_at_what_was_sent();
            }
            if self.clock.now().since(checked) > 60 * MINUTE {
                checked = self.clock.now();
                self.desk.look_ahead().await.unwrap();
                self.desk.refresh().await.unwrap();
                self.somebody_answers().await;
            }
        }
    }

    async fn act(&mut self, act: Act) {
        match act {
            Act::Tick => drop(self.desk.tick().await.unwrap()),
            Act::Ask { bureau } => {
                let who = format!("a{}", self.serial);
                let list = if self.chance.percent(60) { ANSWERED } else { UNANSWERED };
                let words = list[usize::try_from(self.chance.next(3)).unwrap()];
                let chat = format!("group-{}", bureau + 1);
                self.says(&who, &chat, words).await;
                let newest = self.newest().await;
                self.askers.insert(format!("Q{newest}"), who);
            }
            Act::Press { who, chat, token } => {
                let kind = if chat.starts_with("private") {
                    ChatKind::Private
                } else {
                    ChatKind::Group
                };
                self.serial += 1;
                let press = Press {
                    id: format!("p{}", self.serial),
                    token,
                    message: None,
                };
                self.receive(&who, &chat, kind, Event::Press(press)).await;
            }
            Act::Type { who, words } => {
                let chat = format!("private-{who}");
                self.says(&who, &chat, &words).await;
            }
        }
    }

    async fn newest(&self) -> i64 {
        let mut tx = self.db.read().await.unwrap();
        tx.counter("questions").await.unwrap()
    }

    fn look_at_what_was_sent(&mut self) {
        let sent = std::mem::take(&mut self.line.0.lock().unwrap().sent);
        for message in sent {
            *self.found.entry("messages").or_default() += 1;
            self.is_in_duty_time(&message);
            let number: String = message
                .text
                .chars()
                .skip_while(|c| *c != 'Q')
                .skip(1)
                .take_while(char::is_ascii_digit)
                .collect();
            for (label, token) in &message.buttons {
                self.answer_to(&message, &number, label, token);
            }
        }
    }

    /// Calls of the clock must reach staff in their duty time only.
    fn is_in_duty_time(&mut self, message: &Sent) {
        let Some(who) = message.chat.strip_prefix("private-").map(str::to_owned) else {
            return;
        };
        let now = self.clock.now();
        if self.helpers.contains_key(&who) && self.working(&who, now) != now {
            *self.found.entry("calls outside duty time").or_default() += 1;
            if self.found["calls outside duty time"] < 5 {
                println!("outside duty time: {} to {who} at {now:?}", message.text);
            }
        }
    }

    /// What people do when they see a button.
    fn answer_to(&mut self, message: &Sent, number: &str, label: &str, token: &str) {
        match label {
            "认领" if message.chat.starts_with("private-") => self.claims(message, number, token),
            "放回" if !number.is_empty() => self.replies(message, number),
            "解决了" if self.chance.percent(65) => self.asker_presses(message, number, token, 300),
            "转人工" if self.chance.percent(12) => self.asker_presses(message, number, token, 20),
            "基本满意" | "不满意" if self.chance.percent(20) => {
                self.asker_presses(message, number, token, 2);
            }
            _ => {}
        }
    }

    /// Most cards are claimed within minutes; now and then a colleague claims in the same moment.
    fn claims(&mut self, message: &Sent, number: &str, token: &str) {
        if self.chance.percent(15) {
            return;
        }
        let who = message.chat.trim_start_matches("private-").to_owned();
        let later = self.clock.now().plus(20_000 + self.chance.next(12 * MINUTE));
        let at = self.working(&who, later);
        if self.chance.percent(30) {
            let other = usize::try_from(self.chance.next(40)).unwrap();
            let other = self.everybody.get(other).cloned().unwrap_or_default();
            let words = format!("认领 {number}");
            self.plan(self.working(&other, at), Act::Type { who: other, words });
        }
        let (chat, token) = (message.chat.clone(), token.to_owned());
        self.plan(at, Act::Press { who, chat, token });
    }

    fn replies(&mut self, message: &Sent, number: &str) {
        let who = message.chat.trim_start_matches("private-").to_owned();
        let later = self.clock.now().plus(MINUTE + self.chance.next(40 * MINUTE));
        let words = match self.chance.next(20) {
            0 => format!("办结 {number} 电话里说清了"),
            1 => format!("求助 {number} 拿不准"),
            2 => format!("告知 {number} 1 3"),
            _ => format!("答复 {number} 请带身份证到窗口，当场办。"),
        };
        self.plan(self.working(&who, later), Act::Type { who, words });
    }

    fn asker_presses(&mut self, message: &Sent, number: &str, token: &str, within: i64) {
        let Some(who) = self.askers.get(&format!("Q{number}")).cloned() else {
            return;
        };
        let at = self.clock.now().plus(MINUTE + self.chance.next(within * MINUTE));
        let (chat, token) = (message.chat.clone(), token.to_owned());
        self.plan(at, Act::Press { who, chat, token });
    }

    /// At this moment each open question has somebody who answers for it.
    async fn somebody_answers(&mut self) {
        let roster = self.desk.roster();
        let calendar = self.desk.calendar();
        let time = LocalTime::new(&self.desk.config.timezone, &calendar);
        let now = self.clock.now();
        let mut tx = self.db.read().await.unwrap();
        for bureau in &roster.bureaus {
            for question in tx.open_questions_with_helpers(bureau.id, None).await.unwrap() {
                if responsible(&question, &roster, now, time).is_none() {
                    *self.found.entry("questions nobody answers for").or_default() += 1;
                }
            }
        }
    }

    /// Goes through every history: a question that is somebody's is claimed by nobody else.
    async fn count_claims(&mut self) {
        let newest = self.newest().await;
        let mut tx = self.db.read().await.unwrap();
        for id in 1..=newest {
            let mut free = true;
            for noted in tx.steps(QuestionId(id)).await.unwrap() {
                match noted.step {
                    Step::Claimed { .. } if !free => *self.found.entry("double claims").or_default() += 1,
                    Step::Claimed { .. } => {
                        *self.found.entry("claims").or_default() += 1;
                        free = false;
                    }
                    Step::Released { .. } | Step::HandedOver { .. } => free = true,
                    _ => {}
                }
            }
        }
        for (phase, count) in tx.phases().await.unwrap() {
            println!("  {phase}: {count}");
        }
    }
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let questions = std::env::var("QUESTIONS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(10_000);
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    }
    .unwrap();
    let mut month = Month::begin(folder.path()).await;
    month.plan_questions(questions);
    let began = Instant::now();
    month.run().await;
    let took = began.elapsed();
    println!(
        "{questions} questions, {} bureaus, {DAYS} days: {:.1} s",
        BUREAUS + 1,
        took.as_secs_f64()
    );
    month.count_claims().await;
    let refused = month.line.0.lock().unwrap().refused;
    println!("  claims refused because somebody has the question: {refused}");
    let mut bad = 0;
    for what in [
        "messages",
        "claims",
        "questions nobody answers for",
        "double claims",
        "calls outside duty time",
    ] {
        let count = month.found.get(what).copied().unwrap_or(0);
        println!("  {what}: {count}");
        if !matches!(what, "messages" | "claims") {
            bad += count;
        }
    }
    std::process::exit(i32::from(bad > 0));
}
