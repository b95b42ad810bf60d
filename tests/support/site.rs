//! The whole product on a free port, with the sample city and the project's own list: desk, courier, time, pages.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bangban::clock::Clock;
use bangban::config::Config;
use bangban::courier::Courier;
use bangban::desk::Desk;
use bangban::domain::roster::people::PersonId;
use bangban::intake::Intake;
use bangban::platform::Platform;
use bangban::platform::webgroup::WebGroup;
use bangban::setup;
use bangban::store::Db;
use bangban::web::{Web, router};
use tokio::sync::{Notify, watch};

use super::town;

/// A running site.
pub struct Site {
    pub url: String,
    pub db: Db,
    pub desk: Arc<Desk>,
    pub group: Arc<WebGroup>,
    /// What it answers with, for who comes over no network of this machine.
    pub app: axum::Router,
    stop: watch::Sender<bool>,
    data: tempfile::TempDir,
}

/// Settings of a site: the project's own list, and no waiting for a burst to end.
fn settings(data: &Path, more: &str) -> Config {
    let text = format!(
        "data = {:?}\n{more}\n[clocks]\nburst = \"0s\"\n",
        data.display().to_string()
    );
    let mut config = Config::from_text(&text, Path::new("test.toml")).unwrap();
    config.faq = Path::new(env!("CARGO_MANIFEST_DIR")).join("faq");
    config
}

impl Site {
    /// Opens the site. `list`: with the project's entries, which take a second to index.
    pub async fn open(list: bool) -> Site {
        Site::open_as(list, "").await
    }

    /// The same with more settings, each on a line of its own.
    pub async fn open_as(list: bool, more: &str) -> Site {
        let (data, db, config) = prepare(list, more).await;
        let clock = Clock::System;
        let bell = Arc::new(Notify::new());
        let desk = Desk::open(
            db.clone(),
            clock.clone(),
            Arc::new(config),
            Arc::clone(&bell),
            bangban::platform::channels(),
        )
        .await
        .unwrap();
        let desk = Arc::new(desk);
        let group = Arc::new(WebGroup::new(db.clone(), clock.clone()));
        let handler = bangban::serve::handler(Arc::clone(&desk), watch::channel(None).1);
        let intake = Intake::new(db.clone(), clock.clone(), handler);
        let (stop, stopping) = watch::channel(false);
        let platform: Arc<dyn Platform> = Arc::<WebGroup>::clone(&group);
        let leases = town::leases(&db, &clock, bangban::platform::webgroup::NAME, "site");
        leases.renew().await.unwrap();
        let courier = Courier::new(db.clone(), clock, vec![platform], bell, leases);
        tokio::spawn(courier.run(stopping));
        let ticking = Arc::clone(&desk);
        tokio::spawn(async move {
            loop {
                ticking.tick().await.unwrap();
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        });
        let web = Arc::new(Web::new(Arc::clone(&desk), intake, Arc::clone(&group)));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let app = router(web, axum::Router::new());
        let served = app.clone().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, served).await });
        Site {
            url,
            db,
            desk,
            group,
            app,
            stop,
            data,
        }
    }

    /// The address of a page.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// The number of the group of this title.
    pub async fn group(&self, title: &str) -> i64 {
        let groups = self.db.read().await.unwrap().groups().await.unwrap();
        groups
            .iter()
            .find(|group| group.title == title)
            .unwrap_or_else(|| panic!("no group {title}"))
            .id
            .0
    }

    /// Somebody of the roster.
    pub fn person(&self, name: &str) -> PersonId {
        self.desk.roster().people_named(name).next().unwrap().id
    }

    /// A one-time link for somebody of the roster.
    pub async fn link(&self, name: &str) -> String {
        self.at(&format!("/in#{}", self.secret(name).await))
    }

    /// The secret of one.
    pub async fn secret(&self, name: &str) -> String {
        let invited = setup::invite(&self.db, self.person(name), Clock::System.now()).await;
        invited.unwrap()
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        self.data.path()
    }
}

/// A data folder with the sample city, its rooms and, if wanted, the list.
async fn prepare(list: bool, more: &str) -> (tempfile::TempDir, Db, Config) {
    let data = tempfile::tempdir().unwrap();
    let clock = Clock::System;
    let config = settings(data.path(), more);
    let db = Db::open(&setup::database_url(&config)).await.unwrap();
    setup::sample_city(&db).await.unwrap();
    if list {
        setup::first_import(&db, &config, clock.now()).await.unwrap();
    }
    let mut tx = db.begin().await.unwrap();
    let roster = tx.roster().await.unwrap();
    setup::web_rooms(&mut tx, &roster, clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    (data, db, config)
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop.send_replace(true);
        self.group.close();
    }
}
