//! Rows of every earlier program under every later step: `tests/data/migrations/` holds what a program of each step left
//! in each table it had. Of step N: bureau, office and group N, people 2N−1 and 2N, questions 3N−2 (ended), 3N−1 (with a
//! helper) and 3N. A new step needs a file of its own there, with a row for each table.

use std::collections::BTreeMap;
use std::path::Path;

use bangban::clock::Millis;
use bangban::domain::asking::history;
use bangban::domain::asking::question::{QuestionId, State};
use bangban::domain::asking::rating::Rating;
use bangban::domain::chat::group::GroupId;
use bangban::domain::chat::message::{Account, Channel};
use bangban::domain::chat::mode::Modes;
use bangban::domain::chat::order::{Order, Veil};
use bangban::domain::chat::owed::Due;
use bangban::domain::chat::role::Role;
use bangban::domain::roster::people::{BureauId, PersonId};
use bangban::faq::EntryId;
use bangban::store::audit::Chain;
use bangban::store::rooms::{NewRoomMessage, Put, RoomBody};
use bangban::store::{Db, Tx};
use sha2::Digest as _;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, Connection as _, SqlSafeStr as _};

use crate::support::town::postgres_schema;

const NOW: Millis = Millis(1_795_399_200_000);
const REPLY: &str = "提交变更登记申请书和新的身份证明，三个工作日办好。";
/// Tables that a step took away with what was in them; a later one may make them anew.
const DROPPED: [(i64, &str); 1] = [(7, "leases")];

/// A step of the schema, and the rows a program of that step left.
struct Step {
    version: i64,
    sql: String,
    rows: String,
}

fn steps() -> Vec<Step> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(root.join("migrations")).unwrap();
    let mut names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
    names.sort();
    let step = |name: &std::ffi::OsString| Step {
        version: name.to_str().unwrap()[..4].parse().unwrap(),
        sql: std::fs::read_to_string(root.join("migrations").join(name)).unwrap(),
        rows: std::fs::read_to_string(root.join("tests/data/migrations").join(name))
            .unwrap_or_else(|error| panic!("rows of {name:?}: {error}")),
    };
    names.iter().map(step).collect()
}

/// A connection past the store.
enum Raw {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

macro_rules! either {
    ($raw:expr, |$conn:ident| $body:expr) => {
        match $raw {
            Raw::Sqlite($conn) => $body,
            Raw::Postgres($conn) => $body,
        }
    };
}

impl Raw {
    async fn open(url: &str) -> Raw {
        if url.starts_with("postgres") {
            return Raw::Postgres(sqlx::PgConnection::connect(url).await.unwrap());
        }
        let options: sqlx::sqlite::SqliteConnectOptions = url.parse().unwrap();
        let options = options.create_if_missing(true).foreign_keys(true);
        Raw::Sqlite(sqlx::SqliteConnection::connect_with(&options).await.unwrap())
    }

    async fn migrate(&mut self, steps: &[Step]) {
        let step = |step: &Step| {
            let sql = AssertSqlSafe(step.sql.clone()).into_sql_str();
            Migration::new(step.version, "".into(), MigrationType::Simple, sql, false)
        };
        let migrator = Migrator::with_migrations(steps.iter().map(step).collect());
        either!(self, |conn| migrator.run(conn).await).unwrap();
    }

    async fn run(&mut self, sql: &str) {
        either!(self, |conn| {
            let done = sqlx::raw_sql(AssertSqlSafe(sql)).execute(conn).await;
            done.map(drop)
        })
        .unwrap();
    }

    /// How many rows each table holds.
    async fn counts(&mut self) -> BTreeMap<String, i64> {
        let names = match self {
            Raw::Sqlite(_) => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
            Raw::Postgres(_) => {
                "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()"
            }
        };
        let tables: Vec<(String,)> = either!(self, |conn| sqlx::query_as(names).fetch_all(conn).await).unwrap();
        let mut counts = BTreeMap::new();
        for (table,) in tables.into_iter().filter(|(table,)| !table.starts_with("_sqlx")) {
            let text = format!("SELECT COUNT(*) FROM {table}");
            let (count,): (i64,) = either!(self, |conn| {
                sqlx::query_as(AssertSqlSafe(text.clone())).fetch_one(conn).await
            })
            .unwrap();
            counts.insert(table, count);
        }
        counts
    }

    async fn close(self) {
        match self {
            Raw::Sqlite(connection) => connection.close().await.unwrap(),
            Raw::Postgres(connection) => connection.close().await.unwrap(),
        }
    }
}

/// Nothing of `before` is gone but what the steps up to `version` dropped.
fn kept(before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>, version: i64) {
    let dropped = |table: &str| DROPPED.iter().any(|(at, name)| *at <= version && *name == table);
    for (table, count) in before.iter().filter(|(table, _)| !dropped(table)) {
        assert_eq!(after.get(table), Some(count), "{table} under step {version}");
    }
}

/// The steps one after another, each over the rows of all before it; then the program opens what is there, and what is
/// left of its own steps comes over it at once.
async fn grown(url: &str, upto: usize) {
    let steps = steps();
    let mut raw = Raw::open(url).await;
    let mut before = BTreeMap::new();
    for (at, step) in steps[..upto].iter().enumerate() {
        raw.migrate(&steps[..=at]).await;
        let bare = raw.counts().await;
        kept(&before, &bare, step.version);
        raw.run(&step.rows).await;
        before = raw.counts().await;
        for (table, count) in &before {
            assert!(
                *count > bare[table],
                "step {} has no row of its own in {table}",
                step.version
            );
        }
    }
    raw.close().await;
    let db = Db::open(url).await.unwrap();
    let mut raw = Raw::open(url).await;
    kept(&before, &raw.counts().await, i64::MAX);
    raw.close().await;
    let last = i64::try_from(upto).unwrap();
    let mut tx = db.begin().await.unwrap();
    for era in 1..=last {
        people_are_there(&mut tx, era).await;
        questions_are_there(&mut tx, era).await;
        chats_are_there(&mut tx, era).await;
        list_is_there(&mut tx, era).await;
    }
    lists_are_whole(&mut tx, last).await;
    if last >= 6 {
        candidates_are_there(&mut tx, last).await;
    }
    drop(tx);
    db.close().await;
}

#[tokio::test]
async fn rows_of_every_step_live_through_every_later_step_on_sqlite() {
    for upto in 1..=steps().len() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("store.db").display());
        grown(&url, upto).await;
    }
}

#[tokio::test]
async fn rows_of_every_step_live_through_every_later_step_on_postgres() {
    for upto in 1..=steps().len() {
        grown(&postgres_schema().await, upto).await;
    }
}

/// What a link typed into a page's chat did in earlier programs: a visitor became 1, and 3 became 4.
async fn poisoned(url: &str) {
    let steps = &steps()[..11];
    let mut raw = Raw::open(url).await;
    for (at, step) in steps.iter().enumerate() {
        raw.migrate(&steps[..=at]).await;
        raw.run(&step.rows).await;
    }
    raw.run("INSERT INTO bindings (channel, account, person_id, at) VALUES ('web', 'v1', 1, 5)")
        .await;
    raw.run("UPDATE bindings SET person_id = 4 WHERE account = 's2'").await;
    raw.close().await;
    let db = Db::open(url).await.unwrap();
    let mut tx = db.begin().await.unwrap();
    for (account, person) in [("v1", None), ("s2", None), ("s1", Some(1)), ("s3", Some(5))] {
        let found = tx.person_of(&web(account.to_owned())).await.unwrap();
        assert_eq!(found, person.map(PersonId), "{account}");
    }
    assert!(tx.account_of(PersonId(3), "telegram").await.unwrap().is_some());
    drop(tx);
    db.close().await;
}

#[tokio::test]
async fn who_became_somebody_by_a_link_typed_into_a_page_is_nobody_again_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    poisoned(&format!("sqlite:{}", folder.path().join("store.db").display())).await;
}

#[tokio::test]
async fn who_became_somebody_by_a_link_typed_into_a_page_is_nobody_again_on_postgres() {
    poisoned(&postgres_schema().await).await;
}

fn web(id: String) -> Account {
    Account {
        channel: Channel::new("web"),
        id,
    }
}

fn hash(token: &str) -> String {
    hex::encode(sha2::Sha256::digest(token))
}

async fn people_are_there(tx: &mut Tx, era: i64) {
    let (helper, guide) = (PersonId(2 * era - 1), PersonId(2 * era));
    let roster = tx.roster().await.unwrap();
    let here = |bureau: BureauId| bureau == BureauId(era);
    assert!(roster.bureaus.iter().any(|bureau| here(bureau.id)));
    assert!(roster.offices.iter().any(|office| here(office.bureau)));
    let people: Vec<_> = roster.people.iter().filter(|person| here(person.bureau)).collect();
    let ids: Vec<_> = people.iter().map(|person| (person.id, person.is_helper())).collect();
    assert_eq!(ids, [(helper, true), (guide, false)]);
    assert!(people[0].mobile.is_some() && people[0].passed_on().is_some());
    let duty: Vec<_> = roster.duty.iter().filter(|row| here(row.bureau)).collect();
    assert_eq!(duty[0].helpers, [helper]);
    assert_eq!(
        duty[0].office.is_some(),
        era >= 3,
        "a shift of an office came with step 3"
    );
    let leave = roster
        .changes
        .leaves
        .iter()
        .find(|leave| leave.person == helper)
        .unwrap();
    assert_eq!(leave.from_file, era >= 3 && era % 2 == 1);
    let cover = roster.changes.covers.iter().find(|cover| cover.of == helper).unwrap();
    assert_eq!(cover.by, guide);
    assert_eq!(tx.person_of(&web(format!("s{era}"))).await.unwrap(), Some(helper));
    let phone = tx.account_of(helper, "telegram").await.unwrap();
    assert_eq!(phone, Some(format!("{}", 700_000_000 + era)));
    let used = tx.invited(&hash(&format!("used {era}")), NOW).await.unwrap();
    let open = hash(&format!("open {era}"));
    // An earlier program's last longer than a clock that was not set back allows, until shortly before their end.
    let early = tx.invited(&open, NOW).await.unwrap();
    let late = tx.invited(&open, Millis(4_000_000_000_000 - 60_000)).await.unwrap();
    assert_eq!((used, early, late), (None, None, Some(guide)));
    let session = tx.session(&hash(&format!("staff {era}"))).await.unwrap().unwrap();
    assert_eq!(session.person, Some(helper));
    let from = if era >= 12 {
        format!("203.0.113.{era}")
    } else {
        String::new()
    };
    assert_eq!(session.from, from);
    let session = tx.session(&hash(&format!("visitor {era}"))).await.unwrap().unwrap();
    assert_eq!((session.person, session.nickname.as_str()), (None, "阳光餐饮"));
    if era >= 2 {
        assert!(tx.take_swap(10 * era + 3, guide).await.unwrap().is_some());
        assert_eq!(tx.submissions(BureauId(era)).await.unwrap().len(), 1);
    }
}

async fn questions_are_there(tx: &mut Tx, era: i64) {
    let [ended, held, last] = [-2, -1, 0].map(|back| QuestionId(3 * era + back));
    let helper = PersonId(2 * era - 1);
    let asked = tx.questions_of(&web(format!("v{era}"))).await.unwrap();
    let ids: Vec<_> = asked.iter().map(|question| question.id).collect();
    assert_eq!(ids, [ended, held, last]);
    assert!(matches!(asked[0].state, State::Ended { by: Some(by), .. } if by == helper));
    assert!(!asked[0].text.as_str().is_empty() && asked[2].media.len() == 1);
    let queue = tx.open_questions_with_helpers(BureauId(0), Some(helper)).await.unwrap();
    let ids: Vec<_> = queue.iter().map(|question| question.id).collect();
    assert_eq!(ids, [held], "whose it is stands in its own column");
    let steps = tx.steps(ended).await.unwrap();
    let kinds: Vec<_> = steps.iter().map(|noted| noted.step.key()).collect();
    assert_eq!(
        kinds,
        ["asked", "answered", "handed_over", "claimed", "replied", "solved"]
    );
    assert_eq!(steps[4].step.note(), REPLY);
    assert!(tx.steps(last).await.unwrap().len() == 1);
    let newest = tx.steps(held).await.unwrap().last().unwrap().id;
    let next = tx.add_step(held, &history::Step::Added, Millis(0)).await.unwrap();
    assert!(next > newest, "what is written now sorts behind what was there");
    for role in [Role::Ask, Role::Answer] {
        let links = tx.links_of(ended, role).await.unwrap();
        assert_eq!(links.len(), 1, "{role:?}");
    }
    assert_eq!(tx.links_with_buttons(held).await.unwrap()[0].role, Role::Card);
    let token = format!("0f3c9a5e7d21b48{era:02}");
    let pressed = tx.button(&token, NOW).await.unwrap().unwrap();
    assert_eq!((pressed.question, pressed.action.as_str()), (Some(held), "claim"));
    let unsent = tx.unsent_about(held).await.unwrap();
    let roles: Vec<_> = unsent.iter().map(|row| (row.role, row.again)).collect();
    assert_eq!(roles, [(Role::Card, false), (Role::Line, true)]);
    let changed = match &unsent[1].due {
        Due::ChangeOf { row, .. } => Some(*row),
        Due::Owed(_) => None,
    };
    assert_eq!(changed, (era % 2 == 1).then_some(unsent[0].id));
    if era >= 2 {
        assert_eq!(tx.rating(ended).await.unwrap(), Some(Rating::Poor));
    }
}

async fn chats_are_there(tx: &mut Tx, era: i64) {
    let group = tx.group(GroupId(era)).await.unwrap().unwrap();
    assert_eq!(group.bureau(), Some(BureauId(era)));
    assert_eq!(
        group.modes == Modes::default(),
        era == 1,
        "ways of speaking came with step 2"
    );
    let held_back = Order {
        approval: era >= 12,
        closed: false,
    };
    assert_eq!(group.order, held_back, "how groups are kept came with step 12");
    let asker = web(format!("v{era}"));
    assert_eq!(tx.is_blocked(&asker).await.unwrap(), era >= 12);
    let private = tx.private_chat(&asker).await.unwrap();
    assert_eq!(private, Some(format!("u:v{era}")));
    let until = NOW.plus(1);
    assert!(
        !tx.tell_once(&asker, "too_fast", until, NOW).await.unwrap(),
        "told before"
    );
    let room = tx.room_latest(&format!("g:{era}"), 10).await.unwrap();
    let quotes: Vec<_> = room.iter().map(|message| message.quote).collect();
    assert_eq!(quotes, [None, Some(room[0].id)]);
    assert_eq!(room[1].body.text.words(), REPLY);
    if era >= 9 {
        sent_again_is_the_first(tx, era).await;
    }
    let picture = tx.room_media(&format!("pic-{era}")).await.unwrap().unwrap();
    assert_eq!(picture.room, format!("g:{era}"));
    let known = (format!("v{era}"), 204_800);
    let known = if era >= 11 { known } else { (String::new(), 0) };
    assert_eq!((picture.author, picture.bytes), known);
}

async fn sent_again_is_the_first(tx: &mut Tx, era: i64) {
    let once = hash(&format!("0 {era}\n住所是租的，要交什么证明？"));
    let again = NewRoomMessage {
        room: &format!("g:{era}"),
        author: &format!("v{era}"),
        name: "阳光餐饮",
        badge: "",
        body: &RoomBody::default(),
        quote: None,
        outbox: None,
        once: Some(&once),
        veil: Veil::None,
        at: NOW,
    };
    let first = tx.room_latest(again.room, 10).await.unwrap()[0].id;
    assert_eq!(tx.say_in_room(&again).await.unwrap(), Put::Again(first));
}

async fn list_is_there(tx: &mut Tx, era: i64) {
    let entry = EntryId(format!("change-{era:03}"));
    let (served, lexicon) = tx.served_entries().await.unwrap();
    let found = served.iter().find(|(known, _)| known.id == entry).unwrap();
    assert_eq!(found.1, 2);
    assert!(lexicon.words.contains(&"帮办员".to_owned()));
    assert_eq!(tx.revisions_of(&entry).await.unwrap().len(), 2);
    assert!(tx.revision(&entry, 1).await.unwrap().is_some());
    if era >= 4 {
        let number = u32::try_from(era - 3).unwrap();
        let edition = tx.edition(number).await.unwrap().unwrap();
        assert_eq!(edition.items[0].id, entry.as_str());
        let again = tx.mark_announced(number, GroupId(era), NOW).await.unwrap();
        assert!(!again, "the group was told");
    }
    if era >= 5 {
        let drafts = tx.publications_of(u32::try_from(era - 3).unwrap()).await.unwrap();
        assert_eq!(drafts[0].articles.len(), 1);
        let picture = tx.official_picture(&format!("cover {era}")).await.unwrap();
        assert_eq!(picture, Some(format!("media-{era}")));
        let reply = tx.official_reply(&format!("msg {era}"), "?", NOW).await.unwrap();
        assert_eq!(reply, REPLY, "the reply of the first time");
    }
}

/// What is read over all steps at once.
async fn lists_are_whole(tx: &mut Tx, last: i64) {
    let since = |first: i64| usize::try_from((last - first + 1).max(0)).unwrap();
    assert_eq!(tx.note("city").await.unwrap().as_deref(), Some("示例市"));
    assert_eq!(tx.waiting(0, 100).await.unwrap().len(), since(1));
    assert_eq!(tx.inbox_counts().await.unwrap(), (last, last));
    assert_eq!(tx.undelivered().await.unwrap().len(), since(1));
    let heads = tx.outbox_heads(&["web", "telegram"], NOW).await.unwrap();
    assert_eq!(heads.len(), since(1), "one lane a group");
    assert!(heads.iter().all(|row| row.role == Role::Card), "the older row first");
    assert_eq!(tx.waiting_chats(NOW).await.unwrap().len(), since(1));
    assert_eq!(tx.reviews_to_tell(NOW).await.unwrap().len(), since(2));
    assert_eq!(tx.open_defects().await.unwrap().len(), since(2));
    assert_eq!(tx.recalls_due(100).await.unwrap().len(), since(2));
    let Chain::Whole { rows, .. } = tx.audit_chain(|_| {}).await.unwrap() else {
        panic!("the chain is broken")
    };
    assert_eq!(rows, 2 * (last - 1));
    assert_eq!(tx.edition_readers().await.unwrap().len(), since(4));
    assert_eq!(tx.editions().await.unwrap().len(), since(4));
    assert_eq!(tx.publications().await.unwrap().len(), since(5));
    let next = tx.next_question().await.unwrap();
    assert_eq!(next, QuestionId(3 * last + 1), "numbers go on");
}

async fn candidates_are_there(tx: &mut Tx, last: i64) {
    let many = usize::try_from(last - 5).unwrap();
    assert_eq!(tx.clusters().await.unwrap().len(), many);
    for cluster in 1..=last - 5 {
        assert_eq!(tx.members_of(cluster, Millis(0)).await.unwrap().len(), 2);
    }
    assert_eq!(tx.open_disputes().await.unwrap().len(), many);
    let drafts = tx.open_drafts().await.unwrap();
    assert_eq!(drafts.len(), many);
    assert!(drafts.iter().all(|kept| kept.proposal.entry().is_some()));
    assert_eq!(tx.frozen().await.unwrap().len(), many);
    assert_eq!(tx.fills().await.unwrap().len(), many);
}
