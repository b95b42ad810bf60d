//! A real browser for the tests: chromedriver spoken to over HTTP, one session (own profile) per person.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
const PATIENCE: Duration = Duration::from_secs(20);

/// A running chromedriver; ends with it.
pub struct Driver {
    child: Child,
    url: String,
    http: reqwest::Client,
}

impl Driver {
    /// Starts chromedriver on a free port; none where it is not installed, and the test says so.
    pub async fn start() -> Driver {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let child = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is not installed: run ./test, which installs it");
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let driver = Driver {
            child,
            url: format!("http://127.0.0.1:{port}"),
            http,
        };
        let begun = Instant::now();
        while driver.http.get(format!("{}/status", driver.url)).send().await.is_err() {
            assert!(begun.elapsed() < PATIENCE, "chromedriver does not start");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        driver
    }

    /// A new browser with a profile of its own.
    pub async fn browser(&self) -> Browser {
        let profile = tempfile::tempdir().unwrap();
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--lang=zh-CN",
        ];
        let mut args: Vec<String> = flags.map(str::to_owned).to_vec();
        args.push(format!("--user-data-dir={}", profile.path().display()));
        let options = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "unhandledPromptBehavior": "ignore",
            "goog:chromeOptions": { "args": args },
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let answer = self
            .http
            .post(format!("{}/session", self.url))
            .json(&options)
            .send()
            .await
            .unwrap();
        let answer: Value = answer.json().await.unwrap();
        let session = answer["value"]["sessionId"]
            .as_str()
            .unwrap_or_else(|| panic!("no session: {answer}"));
        Browser {
            base: format!("{}/session/{session}", self.url),
            http: self.http.clone(),
            _profile: profile,
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One person's browser.
pub struct Browser {
    base: String,
    http: reqwest::Client,
    _profile: tempfile::TempDir,
}

impl Browser {
    async fn post(&self, path: &str, body: Value) -> Result<Value, String> {
        let answer = self
            .http
            .post(format!("{}{path}", self.base))
            .json(&body)
            .send()
            .await
            .unwrap();
        let good = answer.status().is_success();
        let answer: Value = answer.json().await.unwrap();
        if good {
            Ok(answer["value"].clone())
        } else {
            Err(answer["value"]["message"].to_string())
        }
    }

    async fn get(&self, path: &str) -> Value {
        let answer: Value = self
            .http
            .get(format!("{}{path}", self.base))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        answer["value"].clone()
    }

    /// Opens an address.
    pub async fn goto(&self, url: &str) {
        self.post("/url", json!({ "url": url })).await.unwrap();
    }

    /// The address where it is.
    pub async fn url(&self) -> String {
        self.get("/url").await.as_str().unwrap().to_owned()
    }

    /// Sets the size of the page itself, as on a phone (390×844) or a desk.
    pub async fn set_window(&self, width: u32, height: u32) {
        let sized = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        } });
        self.post("/goog/cdp/execute", sized).await.unwrap();
    }

    /// Light or dark.
    pub async fn set_dark(&self, dark: bool) {
        let value = if dark { "dark" } else { "light" };
        let media = json!({ "cmd": "Emulation.setEmulatedMedia", "params": {
            "features": [{ "name": "prefers-color-scheme", "value": value }],
        } });
        self.post("/goog/cdp/execute", media).await.unwrap();
    }

    /// Shows the page as it is printed, or as it is on a screen again.
    pub async fn set_print(&self, print: bool) {
        let media = if print { "print" } else { "" };
        let media = json!({ "cmd": "Emulation.setEmulatedMedia", "params": { "media": media } });
        self.post("/goog/cdp/execute", media).await.unwrap();
    }

    /// The first element that fits, waited for.
    pub async fn find(&self, css: &str) -> String {
        let begun = Instant::now();
        loop {
            match self
                .post("/element", json!({ "using": "css selector", "value": css }))
                .await
            {
                Ok(found) => return found[ELEMENT].as_str().unwrap().to_owned(),
                Err(error) => assert!(
                    begun.elapsed() < PATIENCE,
                    "no {css}: {error}\n{}",
                    self.text("body").await
                ),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// How many elements fit now.
    pub async fn count(&self, css: &str) -> usize {
        let found = self
            .post("/elements", json!({ "using": "css selector", "value": css }))
            .await
            .unwrap();
        found.as_array().unwrap().len()
    }

    /// Clicks the first element that fits, once it can be clicked.
    pub async fn click(&self, css: &str) {
        let begun = Instant::now();
        loop {
            let element = self.find(css).await;
            match self.post(&format!("/element/{element}/click"), json!({})).await {
                Ok(_) => return,
                Err(error) => assert!(begun.elapsed() < PATIENCE, "cannot click {css}: {error}"),
            }
            // It may lie under the bar at the bottom, where a person would scroll on.
            self.run(
                "arguments[0].scrollIntoView({ block: 'center' })",
                json!([{ ELEMENT: element }]),
            )
            .await;
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Clicks the last visible button with this label.
    pub async fn press(&self, label: &str) {
        let begun = Instant::now();
        loop {
            let script = "const all = [...document.querySelectorAll('button.press')].filter((one) => \
                          one.textContent === arguments[0] && !one.disabled); \
                          if (all.length) all[all.length - 1].click(); return all.length";
            if self.run(script, json!([label])).await.as_u64() > Some(0) {
                return;
            }
            assert!(
                begun.elapsed() < PATIENCE,
                "no button {label}\n{}",
                self.text("body").await
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Types into the first element that fits; `\u{e007}` is Enter.
    pub async fn write(&self, css: &str, text: &str) {
        let element = self.find(css).await;
        self.post(&format!("/element/{element}/value"), json!({ "text": text }))
            .await
            .unwrap();
    }

    /// The visible text of the first element that fits.
    pub async fn text(&self, css: &str) -> String {
        let script = "const one = document.querySelector(arguments[0]); return one ? one.innerText : ''";
        self.run(script, json!([css]))
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until the text of the first element that fits contains `text`.
    pub async fn wait_for_text(&self, css: &str, text: &str) {
        let begun = Instant::now();
        loop {
            let now = self.text(css).await;
            if now.contains(text) {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "{css} never says {text}, but:\n{now}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until at least so many elements fit.
    pub async fn wait_for_count(&self, css: &str, least: usize) {
        let begun = Instant::now();
        while self.count(css).await < least {
            assert!(begun.elapsed() < PATIENCE, "never {least} of {css}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until the first field that fits holds exactly `value`.
    pub async fn wait_for_value(&self, css: &str, value: &str) {
        let begun = Instant::now();
        let script = "return document.querySelector(arguments[0]).value";
        while self.run(script, json!([css])).await != value {
            assert!(begun.elapsed() < PATIENCE, "{css} never holds {value:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Runs a script in the page and gives what it returns.
    pub async fn run(&self, script: &str, args: Value) -> Value {
        self.post("/execute/sync", json!({ "script": script, "args": args }))
            .await
            .unwrap()
    }

    /// What the console complained of: scripts refused or failed. Requests refused on purpose are no complaint.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.post("/se/log", json!({ "type": "browser" })).await.unwrap();
        let lines = log.as_array().unwrap().iter().filter(|line| line["level"] == "SEVERE");
        let said = lines.map(|line| line["message"].to_string());
        said.filter(|message| !message.contains("Failed to load resource"))
            .collect()
    }

    /// Whether a dialog (`alert`) is open.
    pub async fn dialog(&self) -> bool {
        self.get("/alert/text").await.is_string()
    }

    /// Says yes to the dialog that is open, once one is.
    pub async fn accept_dialog(&self) {
        let begun = Instant::now();
        while let Err(error) = self.post("/alert/accept", json!({})).await {
            assert!(begun.elapsed() < PATIENCE, "no dialog: {error}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Keeps a picture of the page under `target/screenshots`, for people to look at.
    pub async fn screenshot(&self, name: &str) {
        let folder = screenshots();
        std::fs::create_dir_all(&folder).unwrap();
        let picture = self.get("/screenshot").await;
        std::fs::write(folder.join(format!("{name}.png")), base64(picture.as_str().unwrap())).unwrap();
    }

    /// Ends the browser.
    pub async fn quit(self) {
        let _ = self.http.delete(&self.base).send().await;
    }
}

/// Where pictures are kept.
fn screenshots() -> PathBuf {
    let target = option_env!("CARGO_TARGET_TMPDIR").map_or(Path::new("target"), Path::new);
    target.join("../screenshots")
}

fn base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => u32::from(byte - b'A'),
        b'a'..=b'z' => u32::from(byte - b'a') + 26,
        b'0'..=b'9' => u32::from(byte - b'0') + 52,
        b'+' => 62,
        _ => 63,
    };
    let digits: Vec<u8> = text.bytes().filter(|byte| *byte != b'=').collect();
    let whole = digits.chunks(4).flat_map(|four| {
        let bits = four.iter().fold(0, |bits, byte| (bits << 6) | value(*byte)) << (6 * (4 - four.len()));
        [(bits >> 16) as u8, (bits >> 8) as u8, bits as u8]
            .into_iter()
            .take(four.len() - 1)
    });
    whole.collect()
}
