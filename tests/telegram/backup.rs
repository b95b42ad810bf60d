//! A backup made while people ask, brought back after everything was lost.

use super::*;
use crate::support::telegram_server::{Call, Outcome};

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_brought_back_goes_on_and_says_nothing_a_second_time() {
    let (server, home, program) = ready().await;
    let zhou = server.add_user(503, "周");
    shares_contact(&server, zhou, "+8613900000013").await;
    server.says(GROUP, ZHANG, UNKNOWN);
    let card = hears(&server, GROUP, "Q1 ").await;
    // Something is on its way while the copy is made.
    let other = server.add_user(602, "李四");
    server.fail_always("SendMessage", Some(GROUP), Fault::too_many_requests(5));
    server.says(GROUP, other, SURE);
    let refused = |server: &TelegramServer| {
        let to_other =
            |call: &Call| call.chat == Some(GROUP) && matches!(call.outcome, Outcome::Refused { code: 429, .. });
        server.calls().iter().any(to_other).then_some(())
    };
    server.wait_for(refused, SOON).await;
    let file = home.path("copy.db");
    let copy = file.to_str().unwrap();
    says(&home, &["backup", copy], 0, &["已备份到"]);
    says(&home, &["backup", copy], 1, &["没有覆盖"]);
    says(&home, &["restore", copy], 1, &["正被另一个帮办使用"]);
    program.kill();
    std::fs::remove_file(home.path("data/bangban.db")).unwrap();

    let broken = home.path("broken.db");
    std::fs::write(&broken, &std::fs::read(&file).unwrap()[..8192]).unwrap();
    says(&home, &["restore", broken.to_str().unwrap()], 1, &["不是完好的备份"]);
    assert!(!home.path("data/bangban.db").exists());
    says(&home, &["restore", copy], 0, &["以前要发的 1 条不再自动发", "重新给"]);
    server.heal();
    let _program = home.serve().await;
    // What was on its way is looked at by people.
    hears(&server, zhou, "没能确认送到").await;
    server.presses(WANG, GROUP, card.message_id, "认领");
    hears(&server, GROUP, "Q1 王敏（魏都分局窗口，0374-0000011）来帮您办这件事").await;
    server.says(GROUP, ZHANG, SURE);
    hears(&server, GROUP, "公示 20 天").await;
    home.settled().await;
    let answers = server
        .sent(GROUP)
        .into_iter()
        .filter(|sent| sent.text.contains("公示 20 天"));
    assert_eq!(answers.count(), 1, "{}", server.story());
    no_mistakes(&server);
}
