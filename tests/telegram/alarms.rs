//! Alarms of the real program: its own figures, told in the private chat of whoever keeps it, not again after a restart.

use std::path::Path;
use std::time::Duration;

use super::{ADMIN, GROUP, SURE, ZHANG, hears, ready};
use crate::support::program::says;

/// Where figures get their names.
const REGISTERED: &str = include_str!("../../src/telemetry.rs");
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
async fn who_keeps_the_program_is_told_once_what_it_holds_and_checks_and_figures_say_it_too() {
    let (server, home, program) = ready().await;
    server.user_starts(ADMIN);
    server.wait_idle(PATIENCE).await;
    let (_, said) = home.says(&["check"]);
    assert!(!said.contains("告警"), "{said}");
    assert_eq!(program.signal("TERM").await, Some(0));
    let settings = "[clocks]\nburst = \"300ms\"\n[alarms]\nmemory = \"1MB\"\n";
    std::fs::write(home.path("bangban.toml"), settings).unwrap();
    let told = |server: &crate::support::telegram_server::TelegramServer| {
        let sent = server.sent(ADMIN);
        sent.iter().filter(|sent| sent.text.contains("告警：程序占了")).count()
    };
    let program = home.serve().await;
    server
        .wait_for(|server| (told(server) == 1).then_some(()), PATIENCE)
        .await;
    says(&home, &["check"], 1, &["告警：程序占了", "MB 内存（从 "]);
    let figures = home.figures().await;
    assert!(
        figures.contains("bangban_alarms_raised{alarm=\"memory\"} 1"),
        "{figures}"
    );
    assert!(figures.contains("bangban_alarms_raised{alarm=\"deaf\"} 0"), "{figures}");
    the_samples_name_only_what_there_is(&figures);
    assert_eq!(program.signal("TERM").await, Some(0));
    let _program = home.serve().await;
    tokio::time::sleep(Duration::from_secs(12)).await;
    assert_eq!(told(&server), 1, "{}", server.story());
}

/// The sample dashboard and rules.
fn the_samples_name_only_what_there_is(figures: &str) {
    let mut named = 0;
    for file in ["docs/grafana.json", "docs/prometheus.yml"] {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        for name in words.filter(|word| word.starts_with("bangban_")) {
            // Of what did not happen yet there is no line.
            let of_states = REGISTERED.contains(&format!("\"{}\"", &name["bangban_".len()..]));
            let shown = figures.contains(&format!("# TYPE {name} "));
            assert!(of_states || shown, "{file} names {name}");
            named += 1;
        }
    }
    assert!(named > 10, "{named}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_switched_off_beside_the_running_program() {
    let (server, home, _program) = ready().await;
    says(&home, &["off"], 0, &["没有停用的群或渠道"]);
    says(&home, &["off", "魏都帮办群"], 2, &["请写原因"]);
    says(
        &home,
        &["off", "没有这个群", "--reason", "试试"],
        1,
        &["渠道有：", "telegram"],
    );
    says(
        &home,
        &["off", "魏都帮办群", "--reason", "清单有误"],
        0,
        &["停用了", "bangban on 魏都帮办群"],
    );
    hears(&server, GROUP, "先停用：清单有误。要办事请联系魏都分局窗口").await;
    says(&home, &["off"], 0, &["魏都帮办群  从 ", "起停用：清单有误"]);
    let before = server.sent(GROUP).len();
    server.says(GROUP, ZHANG, SURE);
    server.wait_idle(PATIENCE).await;
    home.settled().await;
    assert_eq!(server.sent(GROUP).len(), before, "{}", server.story());
    says(&home, &["on", "魏都帮办群"], 0, &["恢复了"]);
    hears(&server, GROUP, "帮办机器人恢复了").await;
    server.says(GROUP, ZHANG, SURE);
    hears(&server, GROUP, "公示 20 天").await;
    says(&home, &["on", "魏都帮办群"], 0, &["没有停用"]);
}
