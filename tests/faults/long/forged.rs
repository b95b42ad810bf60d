//! Forgers who do not tire: posts that are not Telegram's.

use std::time::{Duration, Instant};

use futures_util::future::join_all;

use crate::faults::webhook::{SECRET, answered, asks, bound, called, taken_in, update};
use crate::telegram::SURE;

/// Forged posts over so many connections, for so long, as fast as the program answers up to a thousand a second.
const CONNECTIONS: u64 = 50;
const SECONDS: u64 = 10;

/// One connection's posts; how long each took.
async fn forges(url: &str, begun: Instant) -> Vec<Duration> {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut took = Vec::new();
    while begun.elapsed() < Duration::from_secs(SECONDS) {
        let posted = Instant::now();
        let post = http.post(url).header(SECRET, format!("{:064x}", took.len()));
        let answer = post.body(update(77, SURE)).send().await.unwrap();
        assert_eq!(answer.status(), 401);
        took.push(posted.elapsed());
        tokio::time::sleep(Duration::from_millis(CONNECTIONS).saturating_sub(posted.elapsed())).await;
    }
    took
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_forged_posts_a_second_leave_no_row_and_keep_nobody_waiting() {
    let (server, home) = called().await;
    let program = home.serve().await;
    bound(&server).await;
    home.settled().await;
    let (before, memory) = (taken_in(&home).await, program.resident_mib());
    let (url, begun) = (format!("{}/telegram", home.http), Instant::now());
    let asking = async {
        let mut slowest = Duration::ZERO;
        for asker in 0..5 {
            let asked = Instant::now();
            answered(&server, &[asks(&server, asker)]).await;
            slowest = slowest.max(asked.elapsed());
            tokio::time::sleep(Duration::from_millis(1_500).saturating_sub(asked.elapsed())).await;
        }
        slowest
    };
    let forging = join_all((0..CONNECTIONS).map(|_| forges(&url, begun)));
    let (took, slowest) = tokio::join!(forging, asking);
    let mut took: Vec<Duration> = took.into_iter().flatten().collect();
    took.sort();
    let (count, late) = (took.len(), took[took.len() * 99 / 100]);
    let grown = program.resident_mib() - memory;
    println!(
        "{} forged posts a second, 99 % refused within {late:?}; who asked had an answer after {slowest:?} at most; {grown:.0} MiB more",
        count as u64 / SECONDS
    );
    assert_eq!(taken_in(&home).await, before + 5);
    assert!(count as u64 >= 200 * SECONDS, "only {count} were posted");
    assert!(late < Duration::from_millis(500), "{late:?}");
    assert!(slowest < Duration::from_secs(5), "{slowest:?}");
    assert!(grown < 32.0, "{grown} MiB");
    assert!(home.log().len() < 100_000, "the log grows with every forged post");
}
