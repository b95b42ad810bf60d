//! Its calls. Every answer is HTTP 200 with a JSON body that is called text/plain.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::checks::article_refused;
use super::{APPID, Draft, Fault, SECRET, Task, World};

/// A number beyond 2³¹, sent as one.
const FIRST_TASK: u64 = 2_247_483_647;

#[derive(Clone)]
struct Fake {
    world: Arc<Mutex<World>>,
    hung: Arc<Notify>,
}

pub fn router(world: Arc<Mutex<World>>, hung: Arc<Notify>) -> Router {
    Router::new()
        .route("/cgi-bin/{*path}", post(call))
        .layer(DefaultBodyLimit::max(20 << 20))
        .with_state(Fake { world, hung })
}

async fn call(
    State(fake): State<Fake>,
    Path(path): Path<String>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let fault = {
        let mut world = fake.world.lock().unwrap();
        world.calls.push(path.clone());
        let faults = world.faults.get_mut(&path).filter(|faults| !faults.is_empty());
        faults.map(|faults| faults.remove(0))
    };
    let run = || done(&mut fake.world.lock().unwrap(), &path, &query, &headers, &body);
    match fault {
        None => said(run()),
        Some(Fault::Code(code)) => said(Err(code)),
        Some(Fault::CodeAfter(code)) => {
            let _ = run();
            said(Err(code))
        }
        Some(Fault::CutBefore) => cut(),
        Some(Fault::CutAfter) => {
            let _ = run();
            cut()
        }
        Some(Fault::HangAfter) => {
            let _ = run();
            fake.hung.notify_one();
            std::future::pending().await
        }
        Some(Fault::HangBefore) => {
            fake.hung.notify_one();
            std::future::pending().await
        }
    }
}

fn said(done: Result<Value, i64>) -> Response {
    let body = done.unwrap_or_else(|code| {
        let words = match code {
            40164 => "invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 6a".to_owned(),
            48001 => "api unauthorized rid: 6a".to_owned(),
            code => format!("error {code} rid: 6a"),
        };
        json!({"errcode": code, "errmsg": words})
    });
    ([("content-type", "text/plain")], body.to_string()).into_response()
}

fn cut() -> Response {
    let broken = futures_util::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut")) });
    Body::from_stream(broken).into_response()
}

fn done(
    world: &mut World,
    path: &str,
    query: &HashMap<String, String>,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Value, i64> {
    let multipart = headers["content-type"]
        .to_str()
        .unwrap()
        .starts_with("multipart/form-data");
    if path == "stable_token" {
        return token(world, &serde_json::from_slice(body).unwrap());
    }
    let token = query.get("access_token").ok_or(41001)?;
    if !world.tokens.contains(token) {
        return Err(if token.starts_with("token") { 42001 } else { 40001 });
    }
    if !world.listed {
        return Err(40164);
    }
    if let Some(left) = &mut world.quota {
        *left = left.checked_sub(1).ok_or(45009)?;
    }
    if path == "material/add_material" || path == "media/uploadimg" {
        assert!(multipart);
        return picture(world, path, query, body);
    }
    let text = std::str::from_utf8(body).unwrap();
    if text.contains("\\u") {
        return Err(40033);
    }
    let json: Value = serde_json::from_str(text).map_err(|_| 47001)?;
    match path {
        "draft/add" => add(world, &json),
        "draft/update" => update(world, &json),
        "draft/get" => {
            let draft = world.drafts.get(json["media_id"].as_str().unwrap()).ok_or(40007)?;
            Ok(json!({"news_item": draft.articles}))
        }
        "draft/batchget" => {
            let drafts = world.drafts.iter().rev();
            let items: Vec<Value> = drafts
                .map(|(id, draft)| listed("media_id", id, &draft.articles, draft.updated))
                .collect();
            Ok(page(&items, &json))
        }
        _ if !world.may_publish => Err(48001),
        other => published(world, other, &json),
    }
}

/// The calls that an account may lose.
fn published(world: &mut World, path: &str, json: &Value) -> Result<Value, i64> {
    match path {
        "freepublish/submit" => submit(world, json),
        "freepublish/get" => {
            let id = match &json["publish_id"] {
                Value::String(id) => id.clone(),
                other => other.to_string(),
            };
            look(world);
            let task = world.tasks.get(&id).ok_or(53600)?;
            Ok(outcome(&id, task))
        }
        "freepublish/batchget" => {
            look(world);
            let now = world.now();
            let out = world
                .tasks
                .iter()
                .rev()
                .filter(|(_, task)| task.looks == 0 && task.end == 0);
            let items: Vec<Value> = out
                .map(|(id, task)| listed("article_id", id, &task.articles, now))
                .collect();
            Ok(page(&items, json))
        }
        other => panic!("no such call: {other}"),
    }
}

fn token(world: &mut World, body: &Value) -> Result<Value, i64> {
    world.issued += 1;
    if body["appid"] != APPID {
        return Err(40013);
    }
    if body["secret"] != SECRET {
        return Err(40125);
    }
    if !world.listed {
        return Err(40164);
    }
    let good = world.tokens.contains(&world.newest);
    if !good || body["force_refresh"] == true {
        if body["force_refresh"] == true {
            world.tokens.clear();
        }
        world.newest = world.new_id("token");
        world.tokens.insert(world.newest.clone());
    }
    Ok(json!({"access_token": world.newest, "expires_in": 7200}))
}

fn picture(world: &mut World, path: &str, query: &HashMap<String, String>, body: &[u8]) -> Result<Value, i64> {
    if path == "media/uploadimg" {
        if body.len() > 1_100_000 {
            return Err(40009);
        }
        let url = format!("http://mmbiz.qpic.cn/{}", world.new_id("picture"));
        world.pictures.insert(url.clone());
        return Ok(json!({ "url": url }));
    }
    assert_eq!(query["type"], "image");
    let id = world.new_id("cover");
    world.covers.insert(id.clone());
    Ok(json!({"media_id": id, "url": "http://mmbiz.qpic.cn/cover"}))
}

fn add(world: &mut World, json: &Value) -> Result<Value, i64> {
    let articles = json["articles"].as_array().ok_or(47001)?;
    if articles.is_empty() || articles.len() > 8 {
        return Err(45008);
    }
    for article in articles {
        article_refused(world, article)?;
    }
    let articles = articles.clone();
    let (id, updated) = (world.new_id("draft"), world.now());
    world.drafts.insert(id.clone(), Draft { articles, updated });
    Ok(json!({ "media_id": id }))
}

fn update(world: &mut World, json: &Value) -> Result<Value, i64> {
    article_refused(world, &json["articles"])?;
    let at = usize::try_from(json["index"].as_u64().unwrap()).unwrap();
    let draft = world.drafts.get_mut(json["media_id"].as_str().unwrap()).ok_or(40007)?;
    *draft.articles.get_mut(at).ok_or(40114)? = json["articles"].clone();
    Ok(json!({"errcode": 0, "errmsg": "ok"}))
}

fn submit(world: &mut World, json: &Value) -> Result<Value, i64> {
    let media_id = json["media_id"].as_str().unwrap().to_owned();
    let articles = world.drafts.get(&media_id).ok_or(40007)?.articles.clone();
    let title = articles[0]["title"].as_str().unwrap().to_owned();
    *world.published.entry(title).or_default() += 1;
    let id = FIRST_TASK + world.tasks.len() as u64;
    let (looks, end) = (world.looks, world.end);
    let task = Task {
        media_id,
        articles,
        looks,
        end,
    };
    world.tasks.insert(id.to_string(), task);
    Ok(json!({"errcode": 0, "errmsg": "ok", "publish_id": id, "msg_data_id": 1}))
}

/// Time goes on: tasks come nearer to their end, and what is published leaves the box.
fn look(world: &mut World) {
    let World { tasks, drafts, .. } = world;
    for task in tasks.values_mut() {
        if task.looks > 0 {
            task.looks -= 1;
        }
        if task.looks == 0 && task.end == 0 {
            drafts.remove(&task.media_id);
        }
    }
}

pub fn outcome(id: &str, task: &Task) -> Value {
    if task.looks > 0 {
        return json!({"publish_id": id, "publish_status": 1});
    }
    if task.end > 0 {
        return json!({"publish_id": id, "publish_status": task.end, "fail_idx": [1]});
    }
    let items: Vec<Value> = (1..=task.articles.len())
        .map(|at| json!({"idx": at, "article_url": format!("https://mp.weixin.qq.com/s/{id}-{at}")}))
        .collect();
    json!({
        "publish_id": id, "publish_status": 0, "article_id": format!("article{id}"),
        "article_detail": {"count": items.len(), "item": items}, "fail_idx": [],
    })
}

fn listed(what: &str, id: &str, articles: &[Value], updated: i64) -> Value {
    let items: Vec<Value> = (1..)
        .zip(articles)
        .map(|(at, article)| {
            json!({
                "title": article["title"], "digest": article["digest"], "author": article["author"],
                "url": format!("https://mp.weixin.qq.com/s/{id}-{at}"),
            })
        })
        .collect();
    json!({what: id, "content": {"news_item": items}, "update_time": updated})
}

fn page(items: &[Value], json: &Value) -> Value {
    let number = |name: &str| usize::try_from(json[name].as_u64().unwrap()).unwrap();
    let (offset, count) = (number("offset"), number("count"));
    assert!((1..=20).contains(&count));
    let some: Vec<&Value> = items.iter().skip(offset).take(count).collect();
    json!({"total_count": items.len(), "item_count": some.len(), "item": some})
}
