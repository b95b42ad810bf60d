//! Faults at every step: never published twice, no draft and no approval lost (RELIABILITY.md R16).

use bangban::clock::Clock;
use bangban::domain::list::publication::{Publication, REST, State, Way};
use bangban::domain::roster::people::{BureauId, OfficeId, Person, PersonId, Role, Standing};
use bangban::official_account::worker::Publisher;
use bangban::publish::article;

use super::{client, edition, look, publisher, publisher_on};
use crate::fake_wechat::{FakeWechat, Fault};
use crate::support::town::postgres_schema;

const RUNS: u32 = 200;
const PATHS: [&str; 8] = [
    "stable_token",
    "material/add_material",
    "draft/add",
    "draft/batchget",
    "draft/get",
    "freepublish/submit",
    "freepublish/get",
    "freepublish/batchget",
];

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }

    fn fault(&mut self) -> Fault {
        const CODES: [i64; 7] = [-1, 42001, 40001, 45009, 45011, 40164, 99999];
        match self.below(8) {
            0 | 1 => Fault::CutAfter,
            2 => Fault::CutBefore,
            3 | 4 => Fault::HangAfter,
            5 => Fault::HangBefore,
            _ => Fault::Code(CODES[usize::try_from(self.below(7)).unwrap()]),
        }
    }
}

fn approver() -> Person {
    Person {
        id: PersonId(1),
        bureau: BureauId(1),
        office: OfficeId(1),
        name: "钱峰".into(),
        standing: Standing::helper(),
        mobile: None,
        landline: None,
        roles: vec![Role::Approver],
    }
}

async fn begin(publisher: &Publisher, number: u32) {
    let edition = edition(number, 3);
    let articles = article::drafts(&edition, &look()).unwrap().remove(0);
    let now = publisher.clock.now();
    let fresh = Publication {
        edition: number,
        part: 1,
        parts: 1,
        articles,
        state: State::Prepared,
        drafted_by: String::new(),
        version: 1,
        next_at: now,
        tries: 0,
        trouble: String::new(),
    };
    let mut tx = publisher.db.begin().await.unwrap();
    tx.keep_edition(&edition, "赵岩", now).await.unwrap();
    assert!(tx.add_publication(&fresh, now).await.unwrap());
    tx.commit().await.unwrap();
}

async fn there(publisher: &Publisher, number: u32) -> Publication {
    let mut tx = publisher.db.read().await.unwrap();
    tx.publications_of(number).await.unwrap().remove(0)
}

async fn says(publisher: &Publisher, mut publication: Publication, state: State) {
    let now = publisher.clock.now();
    publication.next_at = if matches!(state, State::Ordered { .. }) {
        now
    } else {
        REST
    };
    publication.state = state;
    let mut tx = publisher.db.begin().await.unwrap();
    tx.save_publication(&mut publication, now).await.unwrap();
    tx.commit().await.unwrap();
}

/// Goes the whole way; what a person has to do is done. Gives how often it was approved.
async fn to_the_end(publisher: &Publisher, fake: &FakeWechat, number: u32) -> u32 {
    let mut approvals = 0;
    for _ in 0..200 {
        let publication = there(publisher, number).await;
        let title = publication.articles[0].title.clone();
        match &publication.state {
            State::Published { urls, .. } => {
                assert!(!urls.is_empty());
                return approvals;
            }
            State::Drafted { .. } => {
                approvals += 1;
                let state = publication.approved(&approver(), "赵岩", Way::Api, publisher.clock.now());
                says(publisher, publication, state.unwrap()).await;
            }
            State::Approved { .. } => {
                let state = publication.ordered().unwrap();
                says(publisher, publication, state).await;
            }
            // A person looks at the account, and sees what is there.
            State::Unclear { .. } => {
                let out = fake.world().published.get(&title).copied().unwrap_or(0);
                let state = if out > 0 {
                    publication.recorded("https://mp.weixin.qq.com/s/x", publisher.clock.now())
                } else {
                    publication.seen_unpublished()
                };
                says(publisher, publication, state.unwrap()).await;
            }
            State::Prepared
            | State::Drafting
            | State::Redrafting { .. }
            | State::Ordered { .. }
            | State::Submitting { .. }
            | State::Submitted { .. } => {
                let wait = publication.next_at.since(publisher.clock.now());
                publisher.clock.advance(wait.max(0));
                // A call that hangs is a process that is killed there.
                tokio::select! {
                    done = publisher.step(publication) => done.unwrap(),
                    () = fake.hung.notified() => {}
                }
            }
            State::ByHand { .. } | State::Failed { .. } => panic!("{:?}", publication.state),
        }
    }
    panic!("no end: {:?}", there(publisher, number).await);
}

#[tokio::test]
async fn faults_at_every_step_never_publish_twice_and_lose_nothing() {
    let fake = FakeWechat::start().await;
    let folder = tempfile::tempdir().unwrap();
    let publisher = publisher(&fake, folder.path()).await;
    let mut dice = Dice(7);
    for number in 1..=RUNS {
        for path in PATHS {
            let faults: Vec<Fault> = (0..dice.below(3)).map(|_| dice.fault()).collect();
            fake.fails(path, &faults);
        }
        fake.world().looks = u32::try_from(dice.below(4)).unwrap();
        begin(&publisher, number).await;
        let approvals = to_the_end(&publisher, &fake, number).await;
        let title = there(&publisher, number).await.articles[0].title.clone();
        assert_eq!(fake.world().published[&title], 1, "run {number} published so often");
        assert_eq!(approvals, 1, "run {number} asked for approval so often");
    }
    assert_eq!(fake.world().published.len(), usize::try_from(RUNS).unwrap());
}

#[tokio::test]
async fn a_kill_or_a_cut_at_each_call_alone_ends_well_on_both_databases() {
    let folder = tempfile::tempdir().unwrap();
    let sqlite = format!("sqlite:{}", folder.path().join("test.db").display());
    for url in [sqlite, postgres_schema().await] {
        let fake = FakeWechat::start().await;
        let publisher = publisher_on(&fake, folder.path(), &url).await;
        let mut number = 0;
        for path in PATHS {
            for fault in [
                Fault::CutBefore,
                Fault::CutAfter,
                Fault::HangBefore,
                Fault::HangAfter,
                Fault::CodeAfter(-1),
            ] {
                number += 1;
                fake.fails(path, std::slice::from_ref(&fault));
                begin(&publisher, number).await;
                let approvals = to_the_end(&publisher, &fake, number).await;
                assert_eq!(approvals, 1, "{url} {path} {fault:?}");
                let title = there(&publisher, number).await.articles[0].title.clone();
                assert_eq!(fake.world().published[&title], 1, "{url} {path} {fault:?}");
                let left = fake.world().drafts.len();
                assert_eq!(left, 0, "{url} {path} {fault:?} left drafts behind");
            }
        }
        let mut tx = publisher.db.begin().await.unwrap();
        let now = publisher.clock.now();
        for reply in ["first", "second"] {
            assert_eq!(tx.official_reply("message", reply, now).await.unwrap(), "first");
        }
        tx.forget_official_heard(now.plus(1)).await.unwrap();
        assert_eq!(tx.official_reply("message", "later", now).await.unwrap(), "later");
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn what_is_in_doubt_is_not_submitted_again_before_a_person_looked() {
    let fake = FakeWechat::start().await;
    let folder = tempfile::tempdir().unwrap();
    let publisher = publisher(&fake, folder.path()).await;
    begin(&publisher, 1).await;
    publisher.work().await.unwrap();
    let drafted = there(&publisher, 1).await;
    let ok = drafted
        .approved(&approver(), "赵岩", Way::Api, publisher.clock.now())
        .unwrap();
    says(&publisher, drafted, ok).await;
    let approved = there(&publisher, 1).await;
    let ordered = approved.ordered().unwrap();
    says(&publisher, approved, ordered).await;
    fake.fails("freepublish/submit", &[Fault::CutBefore]);
    for _ in 0..100 {
        let publication = there(&publisher, 1).await;
        publisher
            .clock
            .advance(publication.next_at.since(publisher.clock.now()).max(0));
        publisher.work().await.unwrap();
    }
    let publication = there(&publisher, 1).await;
    assert!(
        matches!(publication.state, State::Unclear { .. }),
        "{:?}",
        publication.state
    );
    assert_eq!(fake.called("freepublish/submit"), 1);
    assert_eq!(fake.world().drafts.len(), 1, "the draft is lost");
    // A person looked: it may go out, once.
    let settled = publication.seen_unpublished().unwrap();
    says(&publisher, publication, settled).await;
    to_the_end(&publisher, &fake, 1).await;
    assert_eq!(fake.called("freepublish/submit"), 2);
    assert_eq!(fake.world().published.values().copied().collect::<Vec<_>>(), [1]);
}

#[expect(clippy::too_many_lines, reason = "one story a code")]
#[tokio::test]
async fn refusals_in_the_middle_of_publishing_follow_their_rules() {
    let fake = FakeWechat::start().await;
    let folder = tempfile::tempdir().unwrap();
    let publisher = publisher(&fake, folder.path()).await;
    let reach = async |number: u32, fault: i64| {
        begin(&publisher, number).await;
        publisher.step(there(&publisher, number).await).await.unwrap();
        let drafted = there(&publisher, number).await;
        let ok = drafted
            .approved(&approver(), "赵岩", Way::Api, publisher.clock.now())
            .unwrap();
        says(&publisher, drafted, ok).await;
        let approved = there(&publisher, number).await;
        let ordered = approved.ordered().unwrap();
        says(&publisher, approved, ordered).await;
        fake.fails("freepublish/submit", &[Fault::Code(fault)]);
        publisher.step(there(&publisher, number).await).await.unwrap();
        let publication = there(&publisher, number).await;
        let wait = publication.next_at.since(publisher.clock.now());
        (publication, wait)
    };
    let (quota, wait) = reach(1, 45009).await;
    assert!(matches!(quota.state, State::Ordered { .. }), "{:?}", quota.state);
    assert!(quota.trouble.contains("明天自动再试"), "{}", quota.trouble);
    let next = jiff::Timestamp::from_millisecond(quota.next_at.0).unwrap();
    let next = next.to_zoned(publisher.zone.clone());
    assert_eq!((next.hour(), next.minute()), (0, 5));
    assert!(wait > 0 && wait <= 86_400_000 + 300_000);
    let (minute, wait) = reach(2, 45011).await;
    assert!(matches!(minute.state, State::Ordered { .. }));
    assert!((60_000..=62_000).contains(&wait), "{wait}");
    let (stranger, wait) = reach(3, 40164).await;
    assert!(matches!(stranger.state, State::Ordered { .. }));
    assert!(
        stranger.trouble.contains("203.0.113.9") && stranger.trouble.contains("白名单"),
        "{}",
        stranger.trouble
    );
    assert!(wait >= 600_000);
    let (often, wait) = reach(11, 53501).await;
    assert!(matches!(often.state, State::Ordered { .. }), "{:?}", often.state);
    assert!(wait >= 300_000, "{wait}");
    for (number, code) in [
        (4, 48001),
        (5, 53503),
        (6, 53504),
        (7, 53505),
        (12, 53500),
        (13, 53502),
        (14, 48004),
    ] {
        let (by_hand, _) = reach(number, code).await;
        assert!(
            matches!(by_hand.state, State::ByHand { media_id: Some(_), .. }),
            "{code}: {:?}",
            by_hand.state
        );
    }
    let (busy, wait) = reach(8, -1).await;
    // −1 also comes after the effect: looked up, not submitted again.
    assert!(
        matches!(busy.state, State::Submitting { .. }) && wait <= 10_000,
        "{wait}"
    );
    let (gone, _) = reach(9, 40007).await;
    assert!(matches!(gone.state, State::Prepared), "{:?}", gone.state);
    assert!(gone.trouble.contains("重新存了草稿"), "{}", gone.trouble);
    let (wrong, _) = reach(10, 45002).await;
    assert!(
        matches!(&wrong.state, State::Failed { why } if why.contains("第10期")),
        "{:?}",
        wrong.state
    );
}

/// Steps until nothing more is due by itself, far longer than a person would wait; how often `path` was called.
async fn rests(publisher: &Publisher, fake: &FakeWechat, number: u32, path: &str) -> (Publication, usize) {
    for _ in 0..40 {
        let publication = there(publisher, number).await;
        if publication.next_at == REST {
            break;
        }
        let wait = publication.next_at.since(publisher.clock.now());
        publisher.clock.advance(wait.max(0));
        publisher.step(publication).await.unwrap();
    }
    (there(publisher, number).await, fake.called(path))
}

#[tokio::test]
async fn a_refusal_that_does_not_pass_ends_with_a_person() {
    let fake = FakeWechat::start().await;
    let folder = tempfile::tempdir().unwrap();
    let publisher = publisher(&fake, folder.path()).await;
    let mut called = 0;
    for (number, code) in (1..).zip([45166, 44003, 44004, 45110, 88000, 45003]) {
        begin(&publisher, number).await;
        fake.fails("draft/add", &vec![Fault::Code(code); 40]);
        let (publication, calls) = rests(&publisher, &fake, number, "draft/add").await;
        let title = format!("第{number}期");
        let named = matches!(&publication.state, State::Failed { why } if why.contains(&title));
        assert!(named, "{code}: {:?}", publication.state);
        assert_eq!(calls - called, 1, "{code}");
        called = calls;
    }
    // What nobody knows, and a draft that the account never takes.
    for (number, code) in (11..).zip([61451, 40001, 40007]) {
        begin(&publisher, number).await;
        fake.fails("draft/add", &vec![Fault::Code(code); 80]);
        let (publication, _) = rests(&publisher, &fake, number, "draft/add").await;
        let said = matches!(&publication.state, State::Failed { why } if why.contains("试了 8 次") && why.contains(&code.to_string()));
        assert!(said, "{code}: {:?}", publication.state);
    }
    begin(&publisher, 21).await;
    fake.fails("draft/add", &vec![Fault::Code(48001); 40]);
    let (publication, _) = rests(&publisher, &fake, 21, "draft/add").await;
    let files = matches!(&publication.state, State::Failed { why } if why.contains("mode = \"files\"") && why.contains("按现在的设置重新存") && !why.contains("bangban"));
    assert!(files, "{:?}", publication.state);
}

#[tokio::test]
async fn a_submission_that_is_always_refused_is_left_to_a_person() {
    let fake = FakeWechat::start().await;
    let folder = tempfile::tempdir().unwrap();
    let publisher = publisher(&fake, folder.path()).await;
    for (number, path) in [(1, "freepublish/submit"), (2, "freepublish/get")] {
        fake.fails("freepublish/submit", &[]);
        begin(&publisher, number).await;
        publisher.step(there(&publisher, number).await).await.unwrap();
        let drafted = there(&publisher, number).await;
        let now = publisher.clock.now();
        let ok = drafted.approved(&approver(), "赵岩", Way::Api, now).unwrap();
        says(&publisher, drafted, ok).await;
        let approved = there(&publisher, number).await;
        let ordered = approved.ordered().unwrap();
        says(&publisher, approved, ordered).await;
        fake.world().looks = 100;
        fake.fails(path, &vec![Fault::Code(61451); 80]);
        let (publication, calls) = rests(&publisher, &fake, number, path).await;
        let person = match number {
            1 => matches!(publication.state, State::ByHand { .. }),
            _ => matches!(publication.state, State::Unclear { .. }),
        };
        assert!(person && publication.trouble.contains("61451"), "{publication:?}");
        assert_eq!(calls, 8);
    }
}

#[tokio::test]
async fn two_programs_share_the_token_and_nobody_notices() {
    let fake = FakeWechat::start().await;
    let clock = Clock::fixed(Clock::System.now());
    let programs = [client(&fake, &clock), client(&fake, &clock)];
    let call = |at: usize| {
        let client = programs[at % 2].clone();
        async move { client.has_draft("nothing").await.unwrap() }
    };
    futures_util::future::join_all((0..40).map(call)).await;
    assert_eq!(fake.world().issued, 2, "one fetch a program");
    // The account drops every token; then the clock passes the end of the new ones.
    fake.world().tokens.clear();
    futures_util::future::join_all((0..40).map(call)).await;
    assert_eq!(fake.world().issued, 4);
    clock.advance(7_000_000);
    futures_util::future::join_all((0..40).map(call)).await;
    assert_eq!(fake.world().issued, 6);
}
