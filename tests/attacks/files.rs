//! What another user of the machine could read, and what somebody on the wire to the database could.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::guest::{BEHIND_PROXY, Guest, help_room};
use super::pictures;
use crate::support::program::{Home, says};

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn nobody_else_on_the_machine_reads_what_is_kept() {
    let home = Home::new(BEHIND_PROXY);
    // As an earlier program left it.
    std::fs::create_dir(home.path("data")).unwrap();
    std::fs::set_permissions(home.path("data"), PermissionsExt::from_mode(0o755)).unwrap();
    let _running = home.serve().await;
    let room = help_room(&home).await;
    let visitor = Guest::named(&home, "203.0.113.7", &room).await;
    assert_eq!(visitor.picture(&room, pictures::noise(20, 20)).await.status(), 200);
    assert_eq!(mode(&home.path("data")), 0o700);
    let mut folders = vec![home.path("data")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for item in std::fs::read_dir(folder).unwrap() {
            let path = item.unwrap().path();
            assert_eq!(mode(&path) & 0o077, 0, "{}", path.display());
            files += 1;
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    assert!(files > 4, "{files}");
    says(&home, &["roster", "public", "--to", "list.md"], 0, &[]);
    assert_eq!(mode(&home.path("list.md")), 0o644, "what is published is for everybody");
    says(&home, &["roster", "export", "--to", "whole.yaml"], 0, &[]);
    assert_eq!(mode(&home.path("whole.yaml")), 0o600);
}

#[test]
fn the_check_up_names_what_others_can_read() {
    let home = Home::new("[telegram]\ntoken_file = \"token\"\n[web]\nmonitor_token_file = \"watch\"\n");
    for secret in ["token", "watch"] {
        std::fs::write(home.path(secret), "").unwrap();
        std::fs::set_permissions(home.path(secret), PermissionsExt::from_mode(0o640)).unwrap();
    }
    let said = says(&home, &["check"], 1, &["chmod 600 token", "chmod 600 watch", "（640）"]);
    assert!(!said.contains("chmod 700"), "{said}");
    for secret in ["token", "watch"] {
        std::fs::set_permissions(home.path(secret), PermissionsExt::from_mode(0o600)).unwrap();
    }
    let (_, said) = home.says(&["check"]);
    assert!(said.contains("只有本人可读"), "{said}");
}

#[test]
fn the_check_up_asks_for_the_proxy_that_stands_before() {
    let home = Home::new("public_url = \"https://help.example.cn\"\n");
    says(&home, &["check"], 1, &["trusted_proxies", "X-Forwarded-For"]);
    let named = Home::new(&format!("public_url = \"https://help.example.cn\"\n{BEHIND_PROXY}"));
    let (_, said) = named.says(&["check"]);
    assert!(!said.contains("trusted_proxies"), "{said}");
}

#[test]
fn pages_are_not_served_in_plain_text_to_other_machines() {
    // A network that is nobody's: whoever is let through only finds that the address cannot be had.
    let elsewhere = "192.0.2.1:8080";
    let https = "public_url = \"https://help.example.cn\"\n";
    let plain = "public_url = \"http://help.example.cn\"\n";
    for (settings, said, checked) in [
        (String::new(), "没有 https", 1),
        (plain.to_owned(), "没有 https", 1),
        (https.to_owned(), "没写 [web] trusted_proxies", 1),
        (format!("{https}{BEHIND_PROXY}"), "这个地址用不了", 0),
        ("allow_plain = true\n".to_owned(), "这个地址用不了", 0),
    ] {
        let home = Home::new(&settings).with("BANGBAN_HTTP", elsewhere);
        let served = says(&home, &["serve"], 1, &[said]);
        assert!(served.contains("192.0.2.1") && !served.contains("/in#"), "{served}");
        let found = says(&home, &["check"], checked, &[]);
        assert_eq!(
            found.contains("网页：192.0.2.1"),
            !settings.contains("trusted_proxies"),
            "{found}"
        );
    }
}

#[test]
fn secrets_are_not_sent_to_a_platform_in_plain_text() {
    let telegram = "[telegram]\napi_url = \"http://192.0.2.1:8081\"\n";
    let wechat = "[official_account]\napi_url = \"http://127.0.0.1@example.org\"\n";
    for settings in [telegram, wechat] {
        says(
            &Home::new(settings),
            &["version"],
            1,
            &["bangban.toml:2:", "明文", "https://"],
        );
        let allowed = Home::new(&format!("allow_plain = true\n{settings}"));
        says(&allowed, &["version"], 0, &[]);
    }
    let by_environment = Home::new("").with("TELOXIDE_API_URL", "http://192.0.2.1:8081");
    says(&by_environment, &["version"], 1, &["TELOXIDE_API_URL", "明文"]);
    for near in ["http://127.0.0.1:8081", "http://localhost:8081", "https://example.org"] {
        says(&Home::new("").with("TELOXIDE_API_URL", near), &["version"], 0, &[]);
    }
}

#[test]
fn figures_are_not_shown_to_the_whole_network() {
    let open = Home::new("").with("BANGBAN_MONITOR", "192.0.2.1:9180");
    says(&open, &["check"], 1, &["监控：192.0.2.1:9180", "没有令牌"]);
    let closed = open.with("BANGBAN_MONITOR_TOKEN", "s3cret-of-the-watcher");
    says(&closed, &["check"], 0, &[]);
}

#[tokio::test]
async fn no_way_in_is_printed_where_others_read_along() {
    let home = Home::new(&format!("public_url = \"https://help.example.cn\"\n{BEHIND_PROXY}"));
    let running = home.serve().await;
    says(&home, &["check"], 1, &["示例数据"]);
    // What is printed at the start comes before what is printed at the end.
    assert_eq!(running.signal("TERM").await, Some(0));
    let log = home.log();
    assert!(log.contains("帮办已启动") && !log.contains("/in#"), "{log}");
    let here = Home::new("");
    let running = here.serve().await;
    assert_eq!(running.signal("TERM").await, Some(0));
    assert!(here.log().contains("/in#"), "{}", here.log());
}

#[test]
fn a_database_elsewhere_is_not_spoken_to_in_plain_text() {
    for (settings, refused) in [("", true), ("allow_plain = true\n", false)] {
        // A network that is nobody's: whoever is let through only finds nobody there.
        let home = Home::new(settings).with("DATABASE_URL", "postgres://u:SECRET@192.0.2.1:1/b?connect_timeout=1");
        let mut command = home.command(&["roster", "public"]);
        let mut child = command
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let begun = std::time::Instant::now();
        while child.try_wait().unwrap().is_none() && begun.elapsed().as_secs() < 5 {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        // Still trying is as good as let through.
        let _ = child.kill();
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(
            said.contains("已拒绝") && said.contains("sslmode=verify-full"),
            refused,
            "{said}"
        );
        assert!(!said.contains("SECRET"), "{said}");
    }
}
