//! A disk that is full for a while, as the system itself says it: no file of the program may grow, its log among them.

use std::time::Instant;

use super::*;

/// What the program may write into a file from now on, by the system's own limit.
fn may_write(program: &Running, bytes: &str) {
    let id = program.id().to_string();
    let limit = format!("--fsize={bytes}:unlimited");
    let set = std::process::Command::new("prlimit")
        .args(["--pid", &id, &limit])
        .status();
    assert!(set.unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_silences_nobody_longer_than_it_is_full() {
    let (server, home) = town().await;
    let program = home.serve_ignoring("XFSZ").await;
    server.says(GROUP, ADMIN, "/bind 魏都分局");
    hears(&server, GROUP, "本群是魏都分局的帮办群").await;
    server.says(GROUP, ZHANG, SURE);
    hears(&server, GROUP, "公示 20 天").await;
    let before = server.sent(GROUP).len();

    may_write(&program, "1");
    // Asked while nothing can be written: neither taken in nor lost.
    let asked: Vec<i64> = (1..4)
        .map(|number| {
            let other = server.add_user(ZHANG + number, "企业");
            server.says(GROUP, other, SURE)
        })
        .collect();
    tokio::time::sleep(Duration::from_secs(8)).await;
    assert_eq!(server.sent(GROUP).len(), before, "{}", server.story());

    may_write(&program, "unlimited");
    let free = Instant::now();
    let answered = |server: &TelegramServer| {
        let sent = server.sent(GROUP);
        let answers = |id: &&i64| sent.iter().any(|sent| sent.reply_to == Some(**id));
        (asked.iter().filter(answers).count() == asked.len()).then_some(())
    };
    server.wait_for(answered, Duration::from_secs(30)).await;
    println!(
        "answered {:.1} s after the disk was free again",
        free.elapsed().as_secs_f64()
    );
    home.settled().await;
    let sent = server.sent(GROUP);
    assert_eq!(sent.len(), before + asked.len(), "{}", server.story());
    assert!(!home.log().contains("panicked"), "{}", home.log());
    let (_, said) = home.says(&["check"]);
    assert!(said.contains("打得开，写得进，待处理消息 0 条"), "{said}");
}
