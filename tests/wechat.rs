//! Editions in the official account: through the real program, and with faults at every step.

mod callback;
mod faults;
pub mod program;

use bangban::clock::{Clock, Millis};
use bangban::config::Token;
use bangban::domain::list::edition::{Change, Edition, Item, Window};
use bangban::domain::list::publication::CONTENT_MOST;
use bangban::official_account::client::Client;
use bangban::official_account::worker::Publisher;
use bangban::publish::article::Look;
use bangban::store::Db;
use jiff::civil::date;

use crate::fake_wechat::{APPID, FakeWechat, SECRET};

/// The smallest picture.
pub const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

pub fn edition(number: u32, items: u32) -> Edition {
    let item = |no: u32| Item {
        id: format!("item-{no}"),
        no,
        revision: 1,
        topic: if no.is_multiple_of(2) { "变更" } else { "注销" }.into(),
        applies_to: vec!["企业".into()],
        question: format!("第{no}个问题怎么办？"),
        variants: vec![],
        lines: vec!["可以网上办。".into(), "时限：三个工作日".into(), "1. 登录平台".into()],
        basis: vec!["《市场主体登记管理条例》第二十四条".into()],
        owner: "注册科".into(),
        since: date(2026, 3, 1),
        change: Change::Added,
    };
    Edition {
        number,
        issuer: "示例市局".into(),
        date: date(2026, 11, 23),
        items: (1..=items).map(item).collect(),
        withdrawn: vec![],
        windows: vec![Window {
            bureau: "魏都分局".into(),
            address: Some("示例街 2 号".into()),
            landline: Some("0374-0000010".into()),
            hours: "全天".into(),
        }],
    }
}

pub fn look() -> Look {
    Look {
        title: "【帮办问答】企业登记常见问题".into(),
        author: None,
        limit: CONTENT_MOST,
        picture: false,
    }
}

pub fn client(fake: &FakeWechat, clock: &Clock) -> Client {
    Client::new(&fake.url, APPID, Token::new(SECRET), clock.clone()).unwrap()
}

/// A publisher on a database of its own, its clock moved by hand.
pub async fn publisher(fake: &FakeWechat, folder: &std::path::Path) -> Publisher {
    let url = format!("sqlite:{}", folder.join("test.db").display());
    publisher_on(fake, folder, &url).await
}

/// The same on the database at `url`.
pub async fn publisher_on(fake: &FakeWechat, folder: &std::path::Path, url: &str) -> Publisher {
    let db = Db::open(url).await.unwrap();
    let now = Clock::System.now();
    let clock = Clock::fixed(Millis(now.0));
    fake.world().clock = Some(clock.clone());
    let cover = folder.join("cover.png");
    std::fs::write(&cover, PNG).unwrap();
    Publisher {
        client: client(fake, &clock),
        db,
        clock,
        cover,
        picture: None,
        zone: jiff::tz::TimeZone::get("Asia/Shanghai").unwrap(),
    }
}
