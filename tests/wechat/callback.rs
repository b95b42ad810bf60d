//! The account's own messages: signed, encrypted, refused when touched.

use bangban::official_account::crypt::{Forged, Key, signature};
use serde_json::Value;

use super::program::{official, settings};
use crate::fake_wechat::{APPID, FakeWechat};
use crate::support::program::{Home, says};

const TOKEN: &str = "fake-token";
const KEY: &str = "CzBVep/E6Q4zWH2ix+wRNluApcrvFDleg6jN8hc8YYY";

fn vectors() -> Vec<Value> {
    serde_json::from_str(include_str!("../data/wxcrypt_vectors.json")).unwrap()
}

#[test]
fn all_35_vectors_open_close_and_sign() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 35);
    for vector in &vectors {
        let text = |name: &str| vector[name].as_str().unwrap();
        let key = Key::read(text("key")).unwrap();
        let opened = key.open(text("cipher"), text("receive_id"));
        assert_eq!(opened.as_deref(), Ok(text("plain")), "pad {}", vector["pad"]);
        let random: [u8; 16] = text("random16").as_bytes().try_into().unwrap();
        assert_eq!(key.close(text("plain"), text("receive_id"), random), text("cipher"));
        let parts = [text("token"), text("timestamp"), text("nonce"), text("cipher")];
        assert_eq!(signature(&parts), text("signature"));
        assert_eq!(key.open(text("cipher"), "wx-somebody-else"), Err(Forged));
    }
}

#[test]
fn what_was_touched_does_not_open_and_nothing_panics() {
    let vectors = vectors();
    for vector in &vectors {
        let key = Key::read(vector["key"].as_str().unwrap()).unwrap();
        let (cipher, id) = (
            vector["cipher"].as_str().unwrap(),
            vector["receive_id"].as_str().unwrap(),
        );
        // The last block holds the receiver or the padding, the block before the text's length.
        for at in [cipher.len() - 8, 24] {
            let mut letters = cipher.as_bytes().to_vec();
            letters[at] = if letters[at] == b'A' { b'B' } else { b'A' };
            let touched = String::from_utf8(letters).unwrap();
            assert_ne!(key.open(&touched, id).as_deref(), Ok(vector["plain"].as_str().unwrap()));
        }
        for short in [0, 1, 4, 20, 24] {
            assert_eq!(key.open(&cipher[..short], id), Err(Forged));
        }
    }
    assert!(Key::read("too short").is_none());
}

struct Account {
    url: String,
    key: Key,
    seconds: String,
}

impl Account {
    fn new(home: &Home) -> Account {
        let now = bangban::clock::Clock::System.now().0 / 1_000;
        Account {
            url: format!("{}/wechat", home.http),
            key: Key::read(KEY).unwrap(),
            seconds: now.to_string(),
        }
    }

    async fn post(&self, seconds: &str, cipher: &str, msg_signature: &str, body: String) -> (u16, String) {
        let _ = cipher;
        let sign = signature(&[TOKEN, seconds, "n1"]);
        let query = format!(
            "signature={sign}&timestamp={seconds}&nonce=n1&openid=o1&encrypt_type=aes&msg_signature={msg_signature}"
        );
        let answer = reqwest::Client::new()
            .post(format!("{}?{query}", self.url))
            .body(body)
            .send()
            .await
            .unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    async fn delivers(&self, xml: &str) -> (u16, String) {
        let cipher = self.key.close(xml, APPID, *b"0123456789abcdef");
        let sign = signature(&[TOKEN, &self.seconds, "n1", &cipher]);
        let body =
            format!("<xml><ToUserName><![CDATA[gh_x]]></ToUserName><Encrypt><![CDATA[{cipher}]]></Encrypt></xml>");
        self.post(&self.seconds, &cipher, &sign, body).await
    }

    fn opened(&self, reply: &str) -> String {
        let cipher = reply
            .split("<Encrypt><![CDATA[")
            .nth(1)
            .unwrap()
            .split("]]>")
            .next()
            .unwrap();
        let sign = reply
            .split("<MsgSignature><![CDATA[")
            .nth(1)
            .unwrap()
            .split("]]>")
            .next()
            .unwrap();
        let time = reply
            .split("<TimeStamp><![CDATA[")
            .nth(1)
            .unwrap()
            .split("]]>")
            .next()
            .unwrap();
        assert_eq!(signature(&[TOKEN, time, "n1", cipher]), sign);
        self.key.open(cipher, APPID).unwrap()
    }
}

fn text(words: &str, id: u32) -> String {
    format!(
        "<xml><ToUserName><![CDATA[gh_x]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{words}]]></Content><MsgId>{id}</MsgId></xml>"
    )
}

#[tokio::test]
async fn a_citizen_gets_a_short_answer_and_a_forger_gets_nothing() {
    let fake = FakeWechat::start().await;
    let home = official(&settings(&fake, "api"));
    let running = home.serve().await;
    let account = Account::new(&home);
    let sign = signature(&[TOKEN, &account.seconds, "n1"]);
    let check = format!(
        "{}?signature={sign}&timestamp={}&nonce=n1&echostr=616",
        account.url, account.seconds
    );
    assert_eq!(reqwest::get(&check).await.unwrap().text().await.unwrap(), "616");
    let forged = check.replace(&sign, &"0".repeat(40));
    assert_eq!(reqwest::get(&forged).await.unwrap().status(), 403);

    let (code, reply) = account.delivers(&text("简易注销公告要公示多少天？", 1)).await;
    assert_eq!(code, 200);
    let said = account.opened(&reply);
    assert!(said.contains("20"), "{said}");
    let (_, again) = account.delivers(&text("别的话", 1)).await;
    let content = |xml: &str| xml.split("<Content>").nth(1).map(str::to_owned);
    assert_eq!(
        content(&account.opened(&again)),
        content(&said),
        "a second delivery got another reply"
    );
    let (_, help) = account.delivers(&text("你们食堂今天吃什么", 2)).await;
    let help = account.opened(&help);
    assert!(
        help.contains("0374-0000010") && help.contains("https://example.cn/bangban"),
        "{help}"
    );
    assert!(!help.contains("1390000"), "a mobile number: {help}");

    let touched = account.key.close(&text("你好", 3), "wx-other", *b"0123456789abcdef");
    let sign = signature(&[TOKEN, &account.seconds, "n1", &touched]);
    let body = |cipher: &str, head: &str| format!("{head}<xml><Encrypt>{cipher}</Encrypt></xml>");
    let seconds = account.seconds.clone();
    assert_eq!(account.post(&seconds, &touched, &sign, body(&touched, "")).await.0, 403);
    let cipher = account.key.close(&text("你好", 4), APPID, *b"0123456789abcdef");
    let sign = signature(&[TOKEN, &seconds, "n1", &cipher]);
    assert_eq!(
        account
            .post(&seconds, &cipher, &"0".repeat(40), body(&cipher, ""))
            .await
            .0,
        403
    );
    let dtd = body(&cipher, "<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>");
    assert_eq!(account.post(&seconds, &cipher, &sign, dtd).await.0, 403);
    let old = signature(&[TOKEN, "1700000000", "n1", &cipher]);
    assert_eq!(
        account.post("1700000000", &cipher, &old, body(&cipher, "")).await.0,
        403
    );
    let (code, _) = account.post(&seconds, &cipher, &sign, "x".repeat(70_000)).await;
    assert_eq!(code, 413);
    assert_eq!(account.post(&seconds, &cipher, &sign, body(&cipher, "")).await.0, 200);
    running.signal("TERM").await;
}

#[tokio::test]
async fn a_citizen_who_writes_while_it_is_off_is_told_where_to_call() {
    let fake = FakeWechat::start().await;
    let home = official(&settings(&fake, "api"));
    let running = home.serve().await;
    let account = Account::new(&home);
    says(
        &home,
        &["off", "wechat", "--reason", "清单有误"],
        0,
        &["渠道 wechat：停用了"],
    );
    let (_, reply) = account.delivers(&text("简易注销公告要公示多少天？", 1)).await;
    let said = account.opened(&reply);
    assert!(said.contains("0374-0000010") && !said.contains("公示"), "{said}");
    says(&home, &["on", "wechat"], 0, &["恢复了"]);
    let (_, reply) = account.delivers(&text("简易注销公告要公示多少天？", 2)).await;
    assert!(account.opened(&reply).contains("20"), "{reply}");
    running.signal("TERM").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_tells_what_became_of_a_publication() {
    let fake = FakeWechat::start().await;
    fake.world().looks = 1_000;
    let home = official(&settings(&fake, "api"));
    super::program::approved(&home);
    let running = home.serve().await;
    let child = home.start(&["wechat", "publish", "1"]);
    let id = loop {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        let submitted = fake.world().tasks.keys().next().cloned();
        if let Some(id) = submitted {
            break id;
        }
    };
    let account = Account::new(&home);
    let event = format!(
        "<xml><ToUserName><![CDATA[gh_x]]></ToUserName><FromUserName><![CDATA[o1]]></FromUserName><CreateTime>1700000001</CreateTime><MsgType><![CDATA[event]]></MsgType><Event><![CDATA[PUBLISHJOBFINISH]]></Event><PublishEventInfo><publish_id>{id}</publish_id><publish_status>0</publish_status><article_id><![CDATA[a]]></article_id><article_detail><count>1</count><item><idx>1</idx><article_url><![CDATA[https://mp.weixin.qq.com/s/told]]></article_url></item></article_detail></PublishEventInfo></xml>"
    );
    // It may come before our own answer is written down; the account's second delivery comes after it.
    let patience = std::time::Instant::now();
    loop {
        assert_eq!(account.delivers(&event).await, (200, "success".to_owned()));
        let (_, said) = home.says(&["wechat", "status", "1"]);
        if said.contains("https://mp.weixin.qq.com/s/told") {
            break;
        }
        assert!(patience.elapsed().as_secs() < 20, "{said}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    drop(child);
    running.signal("TERM").await;
}
