//! Every page there is, on a small phone, a phone and a desk, by day and by night: nothing wider than the screen, nothing
//! that axe (Deque's rules for WCAG 2.1 A and AA) calls serious, and not much to send over a bad line.

use std::io::Read as _;
use std::path::Path;

use bangban::clock::Clock;
use bangban::domain::asking::question::QuestionId;
use bangban::domain::list::candidate::Reason;
use bangban::domain::list::publication::{Article, Publication, REST, State};
use bangban::store::clusters::Placed;
use serde_json::json;

use super::console::{Desk, waiting};
use super::curating::handed_in;
use super::windows::signed_in;
use crate::support::browser::{Browser, Driver};
use crate::support::site::Site;

const SIZES: [(&str, u32, u32); 3] = [("small", 320, 640), ("phone", 390, 844), ("desk", 1440, 900)];
/// A page with its stylesheets and scripts, as they are sent, in bytes.
const MOST: usize = 150 * 1024;
/// A frozen edition stands whole on one page, which is read from a disk as well: with its 370 entries it is larger.
const MOST_OF_AN_EDITION: usize = 200 * 1024;

/// The pages, by who sees most on them: the route, and an address of it (`{g}`: the help group's number).
const VISITOR: [(&str, &str); 13] = [
    ("/", "/"),
    ("/faq", "/faq?q=注销"),
    ("/faq/{no}", "/faq/103"),
    ("/faq/topics/{topic}", "/faq/topics/注销"),
    ("/list/{number}/", "/list/1/"),
    ("/contacts", "/contacts"),
    ("/privacy", "/privacy"),
    ("/api", "/api"),
    ("/in", "/in"),
    ("/g/{id}", "/g/{g}"),
    ("/me", "/me"),
    ("/staff", "/staff"),
    ("nothing", "/nothing"),
];
const HELPER: [(&str, &str); 9] = [
    ("/staff/work", "/staff/work"),
    ("/staff/q/{number}", "/staff/q/1"),
    ("/staff/rooms", "/staff/rooms"),
    ("/staff/sample", "/staff/sample"),
    ("/staff/account", "/staff/account"),
    ("/staff/me/sessions", "/staff/me/sessions"),
    ("/staff/me", "/staff/me"),
    ("/staff/g/{id}", "/staff/g/{g}"),
    ("/staff/g/{id}/order", "/staff/g/{g}/order"),
];
const KEEPER: [(&str, &str); 7] = [
    ("/staff/list", "/staff/list"),
    ("/staff/list/{no}", "/staff/list/103"),
    ("/staff/candidates", "/staff/candidates"),
    ("/staff/candidates/{id}", "/staff/candidates/1"),
    ("/staff/drafts/{id}", "/staff/drafts/1"),
    ("/staff/approvals", "/staff/approvals"),
    ("/staff/editions", "/staff/editions"),
];
const ADMIN: [(&str, &str); 14] = [
    ("/staff/off", "/staff/off"),
    ("/staff/figures", "/staff/figures?span=week"),
    ("/staff/figures/wall", "/staff/figures/wall"),
    ("/staff/figures/period", "/staff/figures/period"),
    ("/staff/figures/one", "/staff/figures/one?bureau=2"),
    ("/staff/figures/measure", "/staff/figures/measure?measure=sure"),
    ("/staff/figures/behind", "/staff/figures/behind?measure=asked"),
    ("/staff/figures/reported", "/staff/figures/reported"),
    ("/staff/figures/bulletins", "/staff/figures/bulletins"),
    ("/staff/figures/bulletin", "/staff/figures/bulletin?id=1"),
    ("/staff/people", "/staff/people"),
    ("/staff/people/roster", "/staff/people/roster"),
    ("/staff/groups", "/staff/groups"),
    ("/staff/system", "/staff/system"),
];
/// What is read by programs, by a page's script, or kept as a file.
const NO_PAGES: [&str; 25] = [
    // Their frames of articles make axe wait for ever; `readable` looks at them.
    "/staff/publications",
    "/staff/publications/{edition}/{part}/{at}",
    "/faq.json",
    "/faq.atom",
    "/openapi.json",
    "/list",
    "/list/{number}",
    "/list/{number}/{file}",
    "/assets/{name}",
    "/media/{id}",
    "/staff/drafts/{id}/tests",
    "/staff/editions/{number}/{form}",
    "/staff/list.xlsx",
    "/staff/people/roster/form.xlsx",
    "/staff/people/roster/roster.yaml",
    "/staff/figures/bulletin.docx",
    "/staff/figures/bulletin.xlsx",
    "/staff/figures/reported/table.csv",
    "/staff/figures/reported/table.xlsx",
    "/staff/live",
    "base",
    "{base}/events",
    "{base}/older",
    "{base}/search",
    "/api/v1/",
];

/// Something of everything: a question that waits, a candidate, a draft, an edition with a draft for the account.
async fn furnished() -> Site {
    let site = Site::open(true).await;
    waiting(&site).await;
    let now = Clock::System.now();
    let mut tx = site.db.begin().await.unwrap();
    let cluster = tx.open_cluster(now).await.unwrap();
    let placed = Placed {
        question: QuestionId(1),
        cluster,
        reason: Reason::NoHit,
        entry: None,
    };
    tx.collect(&[placed], cluster, now).await.unwrap();
    tx.commit().await.unwrap();
    handed_in(&Desk::open(&site, "赵岩").await).await;
    super::list::freeze(&site).await;
    super::bulletins::written(&site, &Desk::open(&site, "王敏").await).await;
    let article = Article {
        title: "【帮办问答】企业登记常见问题（一）".into(),
        author: String::new(),
        digest: "一条".into(),
        content: "<p style=\"margin:0 0 8px;\">可以网上办。</p>".into(),
    };
    let publication = Publication {
        edition: 1,
        part: 1,
        parts: 1,
        articles: vec![article],
        state: State::Drafted { media_id: "m".into() },
        drafted_by: "赵岩".into(),
        version: 1,
        next_at: REST,
        tries: 0,
        trouble: String::new(),
    };
    let mut tx = site.db.begin().await.unwrap();
    tx.add_publication(&publication, now).await.unwrap();
    tx.commit().await.unwrap();
    site
}

/// What is wrong with the page where the browser is, at one size, by day or by night.
async fn faults(browser: &Browser, page: &str, (kind, width, height): (&str, u32, u32), dark: bool) -> Vec<String> {
    browser.set_window(width, height).await;
    browser.set_dark(dark).await;
    let script = "if (document.documentElement.scrollWidth > innerWidth) {
            const wide = Array.from(document.body.querySelectorAll('*')).filter((one) => one.getBoundingClientRect().right > innerWidth + 1);
            return [`wider than the screen: ${document.documentElement.scrollWidth}, ${wide.slice(-1).map((one) => one.outerHTML.slice(0, 120))}`];
        }
        return axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], resultTypes: ['violations'], iframes: false })
            .then(({ violations }) => violations.filter((one) => ['serious', 'critical'].includes(one.impact))
                .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(' | ')}`));";
    let found = browser.run(script, json!([])).await;
    let night = if dark { "dark" } else { "light" };
    let name = page.trim_matches('/').replace(['/', '{', '}'], "-");
    browser.screenshot(&format!("every-{name}-{kind}-{night}")).await;
    let found: Vec<String> = serde_json::from_value(found).unwrap();
    found
        .into_iter()
        .map(|fault| format!("{page} {kind} {night}: {fault}"))
        .collect()
}

/// What a page and what it names is, as it is sent.
async fn sent(browser: &Browser, site: &Site) -> usize {
    let script = "return fetch(location.href, { headers: { Accept: 'text/html' } }).then((answer) => answer.text())
        .then((html) => [html, ...Array.from(document.querySelectorAll('link[rel=stylesheet], script[src]')).map((one) => one.href || one.src)])";
    let parts: Vec<String> = serde_json::from_value(browser.run(script, json!([])).await).unwrap();
    let zipped = |bytes: &[u8]| {
        let mut all = Vec::new();
        let level = flate2::Compression::default();
        flate2::read::GzEncoder::new(bytes, level)
            .read_to_end(&mut all)
            .unwrap();
        all.len()
    };
    let mut bytes = zipped(parts[0].as_bytes());
    for part in &parts[1..] {
        assert!(part.starts_with(&site.url), "from elsewhere: {part}");
        bytes += zipped(&reqwest::get(part).await.unwrap().bytes().await.unwrap());
    }
    bytes
}

async fn are_good(browser: &Browser, site: &Site, pages: &[(&str, &str)]) {
    let group = site.group("魏都分局帮办群").await.to_string();
    let mut all = Vec::new();
    for (route, path) in pages {
        browser.goto(&site.at(&path.replace("{g}", &group))).await;
        browser.find("h1").await;
        browser.run(include_str!("../data/axe.min.js"), json!([])).await;
        for size in SIZES {
            for dark in [false, true] {
                all.extend(faults(browser, route, size, dark).await);
            }
        }
        let bytes = sent(browser, site).await;
        let most = if *route == "/list/{number}/" {
            MOST_OF_AN_EDITION
        } else {
            MOST
        };
        if bytes > most {
            all.push(format!("{route}: {bytes} bytes are sent"));
        }
    }
    // A wall nobody stands at turns its own pages, also without script.
    all.retain(|fault| !(fault.starts_with("/staff/figures/wall") && fault.contains("meta-refresh")));
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_visitors_fits_and_can_be_used_by_everybody() {
    let driver = Driver::start().await;
    let site = furnished().await;
    let browser = driver.browser().await;
    are_good(&browser, &site, &VISITOR).await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_helpers_fits_and_can_be_used_by_everybody() {
    let driver = Driver::start().await;
    let site = furnished().await;
    let browser = signed_in(&driver, &site, "张晓明").await;
    are_good(&browser, &site, &HELPER).await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_lists_keepers_fits_and_can_be_used_by_everybody() {
    let driver = Driver::start().await;
    let site = furnished().await;
    let browser = signed_in(&driver, &site, "陈立新").await;
    are_good(&browser, &site, &KEEPER).await;
    browser.quit().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_those_who_keep_the_city_fits_and_can_be_used_by_everybody() {
    let driver = Driver::start().await;
    let site = furnished().await;
    let browser = signed_in(&driver, &site, "王敏").await;
    are_good(&browser, &site, &ADMIN).await;
    browser.quit().await;
}

/// Routes by which something is read, as the program's own text has them.
fn routes(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            routes(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            let parts = text.split(".route(").skip(1);
            let gets = parts.filter(|part| {
                part.split(".route(")
                    .next()
                    .unwrap()
                    .split(".merge(supervision")
                    .next()
                    .unwrap()
                    .contains("get(")
            });
            let name = |part: &str| match part.trim_start().starts_with("base") {
                true => "base".to_owned(),
                false => part.split('"').nth(1).unwrap().to_owned(),
            };
            found.extend(gets.map(name));
        }
    }
}

#[test]
fn no_page_is_left_out() {
    let mut found = Vec::new();
    routes(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut found);
    assert!(found.len() > 50, "{found:?}");
    let looked_at = [&VISITOR[..], &HELPER, &KEEPER, &ADMIN].concat();
    for route in found {
        let known = looked_at.iter().any(|(one, _)| *one == route)
            || NO_PAGES.contains(&route.as_str())
            || route.starts_with("/api/v1/");
        assert!(known, "{route} is neither looked at nor said to be no page");
    }
}
