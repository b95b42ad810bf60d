//! The HTTP side: paths, tokens, parameters in every form the server takes, and faults.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequest, Multipart, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::Shared;
use super::faults::{ApiError, Fault};
use super::line::Scissors;
use super::polling::get_updates;
use super::records::{Call, Outcome};
use super::world::TOKEN;

/// The parameters of one request, however they came.
pub struct Params(pub Map<String, Value>);

impl Params {
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub fn int(&self, name: &str) -> Option<i64> {
        match self.value(name)? {
            Value::String(text) => text.trim().parse().ok(),
            other => other.as_i64(),
        }
    }

    pub fn text(&self, name: &str) -> Option<String> {
        Some(match self.value(name)? {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }

    pub fn yes(&self, name: &str) -> bool {
        matches!(self.text(name).as_deref(), Some("true" | "True" | "1"))
    }

    /// An object or array, which forms carry as JSON text.
    pub fn object(&self, name: &str) -> Result<Option<Value>, ApiError> {
        match self.value(name) {
            Some(Value::String(text)) => serde_json::from_str(text)
                .map(Some)
                .map_err(|_| ApiError::mistake(format!("can't parse {name} JSON object"))),
            other => Ok(other.cloned()),
        }
    }

    async fn read(request: Request, shared: &Shared) -> Result<Self, ApiError> {
        let mut map = Map::new();
        pairs(request.uri().query().unwrap_or(""), &mut map);
        let kind = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
            .to_lowercase();
        if kind.starts_with("multipart/form-data") {
            multipart(request, shared, &mut map).await?;
            return Ok(Self(map));
        }
        let body = axum::body::to_bytes(request.into_body(), usize::MAX)
            .await
            .map_err(|_| ApiError::mistake("request body is broken"))?;
        if kind.starts_with("application/json") && !body.is_empty() {
            let Ok(Value::Object(object)) = serde_json::from_slice(&body) else {
                return Err(ApiError::mistake("can't parse request body as a JSON object"));
            };
            map.extend(object);
        } else if kind.starts_with("application/x-www-form-urlencoded") {
            pairs(&String::from_utf8_lossy(&body), &mut map);
        }
        Ok(Self(map))
    }
}

fn pairs(encoded: &str, map: &mut Map<String, Value>) {
    for (key, value) in encoded.split('&').filter_map(|pair| pair.split_once('=')) {
        map.insert(decoded(key), json!(decoded(value)));
    }
}

fn decoded(encoded: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = encoded.bytes();
    while let Some(byte) = rest.next() {
        let hex = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => match (hex(rest.next()), hex(rest.next())) {
                (Some(high), Some(low)) => (high * 16 + low) as u8,
                _ => b'?',
            },
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Uploaded parts become files of the fake; `attach://name` then means that file.
async fn multipart(request: Request, shared: &Shared, map: &mut Map<String, Value>) -> Result<(), ApiError> {
    let broken = || ApiError::mistake("can't parse multipart body");
    let mut uploads = Map::new();
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
    while let Some(part) = parts.next_field().await.map_err(|_| broken())? {
        let name = part.name().unwrap_or_default().to_owned();
        let is_file = part.file_name().is_some();
        let bytes = part.bytes().await.map_err(|_| broken())?;
        if is_file {
            let mut world = shared.world();
            let id = world.fresh("upload-");
            world.files.insert(id.clone(), bytes.to_vec());
            uploads.insert(format!("attach://{name}"), json!(id));
            map.insert(name, json!(id));
        } else {
            map.insert(name, json!(String::from_utf8_lossy(&bytes)));
        }
    }
    for value in map.values_mut() {
        if let Some(id) = value.as_str().and_then(|text| uploads.get(text)) {
            *value = id.clone();
        }
    }
    Ok(())
}

fn answer(status: u16, body: Vec<u8>) -> Response {
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/json")
        .body(Body::from(body))
        .expect("status and header are valid")
}

fn refusal(error: &ApiError) -> Response {
    answer(error.code, error.body())
}

fn plain(code: u16, description: &str) -> Response {
    refusal(&ApiError {
        code,
        description: description.to_owned(),
        ..ApiError::bad("")
    })
}

/// Every request ends here.
pub async fn serve(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(scissors): ConnectInfo<Scissors>,
    request: Request,
) -> Response {
    if shared.down.load(Ordering::SeqCst) {
        return scissors.cut();
    }
    let path = request.uri().path().to_owned();
    if let Some(rest) = path.strip_prefix("/file/bot") {
        let file = rest.strip_prefix(TOKEN).and_then(|rest| rest.strip_prefix("/files/"));
        return match file.and_then(|id| shared.world().files.get(&decoded(id)).cloned()) {
            Some(bytes) => Response::new(Body::from(bytes)),
            None => plain(404, "Not Found"),
        };
    }
    let Some((token, method)) = path.strip_prefix("/bot").and_then(|rest| rest.split_once('/')) else {
        return plain(404, "Not Found");
    };
    if token != TOKEN {
        let (number, secret) = token.split_once(':').unwrap_or(("", ""));
        let shaped = number.parse::<i64>().is_ok() && !secret.is_empty();
        return if shaped {
            plain(401, "Unauthorized")
        } else {
            plain(404, "Not Found")
        };
    }
    let method = method.to_ascii_lowercase();
    match Params::read(request, &shared).await {
        Ok(params) => carry_out(&shared, &scissors, &method, params).await,
        Err(error) => {
            shared
                .world()
                .violations
                .push(format!("{method}: {}", error.description));
            refusal(&error)
        }
    }
}

/// One request that came through the door.
struct Visit<'a> {
    shared: &'a Arc<Shared>,
    scissors: &'a Scissors,
    method: &'a str,
    chat: Option<i64>,
    params: Params,
}

async fn carry_out(shared: &Arc<Shared>, scissors: &Scissors, method: &str, params: Params) -> Response {
    let chat = params.int("chat_id");
    let fault = shared.world().take_fault(method, chat);
    let visit = Visit {
        shared,
        scissors,
        method,
        chat,
        params,
    };
    if let Some(broken) = fault.as_ref().and_then(|fault| visit.breaks_before(fault)) {
        return broken;
    }
    if let Some(Fault::HangFor(time)) = &fault {
        tokio::time::sleep(*time).await;
    }
    let result = visit.effect().await;
    if shared.down.load(Ordering::SeqCst) {
        visit.note(Outcome::Broken { effect: result.is_ok() });
        return scissors.cut();
    }
    visit.note_result(&result, fault.as_ref());
    match (result, fault) {
        (_, Some(Fault::ResetAfterEffect)) => scissors.cut(),
        (Ok(body), Some(Fault::Truncated)) => answer(200, body[..body.len() / 2].to_vec()),
        (result, late) => {
            if let Some(Fault::AnswerLate(time)) = late {
                tokio::time::sleep(time).await;
            }
            result.map_or_else(|error| refusal(&error), |body| answer(200, body))
        }
    }
}

impl Visit<'_> {
    async fn effect(&self) -> Result<Vec<u8>, ApiError> {
        if self.method == "getupdates" {
            return get_updates(self.shared, &self.params).await;
        }
        let result = self.shared.world().call(self.method, &self.params)?;
        Ok(json!({"ok": true, "result": result}).to_string().into_bytes())
    }

    /// The answer of a fault that leaves no effect.
    fn breaks_before(&self, fault: &Fault) -> Option<Response> {
        let no_effect = Outcome::Broken { effect: false };
        match fault {
            Fault::Api {
                code,
                description,
                parameters,
            } => {
                let wait = parameters.as_ref().and_then(|p| p["retry_after"].as_i64());
                if let (Some(chat), Some(seconds)) = (self.chat, wait) {
                    self.shared.world().hold(chat, seconds);
                }
                self.note(Outcome::Refused {
                    code: *code,
                    description: description.clone(),
                });
                Some(refusal(&ApiError {
                    code: *code,
                    description: description.clone(),
                    parameters: parameters.clone(),
                    blame: false,
                }))
            }
            Fault::Status(status) => {
                self.note(no_effect);
                Some(page(*status))
            }
            Fault::Answer { status, headers, body } => {
                self.note(no_effect);
                let response = headers
                    .iter()
                    .fold(Response::builder().status(*status), |r, (k, v)| r.header(*k, v))
                    .body(Body::from(body.clone()));
                Some(response.expect("the test gives valid headers"))
            }
            Fault::ResetBeforeEffect => {
                self.note(no_effect);
                Some(self.scissors.cut())
            }
            Fault::HangFor(_) | Fault::AnswerLate(_) | Fault::ResetAfterEffect | Fault::Truncated => None,
        }
    }

    fn note_result(&self, result: &Result<Vec<u8>, ApiError>, fault: Option<&Fault>) {
        self.note(match (result, fault) {
            (Err(error), _) => {
                if error.blame {
                    let text = format!("{}: {}", self.method, error.description);
                    self.shared.world().violations.push(text);
                }
                Outcome::Refused {
                    code: error.code,
                    description: error.description.clone(),
                }
            }
            (Ok(_), Some(Fault::ResetAfterEffect | Fault::Truncated)) => Outcome::Broken { effect: true },
            (Ok(_), _) => Outcome::Done,
        });
    }

    fn note(&self, outcome: Outcome) {
        let mut world = self.shared.world();
        let call = Call {
            method: self.method.to_owned(),
            chat: self.chat,
            params: Value::Object(self.params.0.clone()),
            at: world.now(),
            outcome,
        };
        world.calls.push(call);
        drop(world);
        self.shared.changed();
    }
}

fn page(status: u16) -> Response {
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "text/html")
        .body(Body::from(format!(
            "<html><body><h1>{status}</h1><hr>nginx</body></html>"
        )))
        .expect("status and header are valid")
}
