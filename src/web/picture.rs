//! Pictures: taken in small, named by the server, shown only to those who may see their room.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Json;
use axum::extract::multipart::MultipartError;
use axum::extract::{Multipart, Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use serde_json::json;

use super::Web;
use super::failure::Failure;
use super::here::{self, Here};
use super::once::Number;
use super::say;
use super::session::{self, Identity};
use crate::store::rooms::Put;

/// The largest picture.
pub const PICTURE_LIMIT: usize = 5 * 1024 * 1024;
const TOO_LARGE: Failure = Failure::Refused(
    StatusCode::PAYLOAD_TOO_LARGE,
    "图片太大了，最大 5 MB。请压缩或截图后再发。",
);

/// What a picture's first bytes say it is: kind and file ending.
fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some(("image/png", "png")),
        [0xff, 0xd8, 0xff, ..] => Some(("image/jpeg", "jpg")),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(("image/gif", "gif")),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(("image/webp", "webp")),
        _ => None,
    }
}

/// The upload's parts.
#[derive(Default)]
struct Upload {
    bytes: Vec<u8>,
    words: say::Composed,
}

/// `POST …/picture`: fields `picture`, and perhaps `text`, `reply_to` and `number`.
pub async fn upload(State(web): State<Arc<Web>>, here: Here, parts: Multipart) -> Result<Response, Failure> {
    here.actor()?;
    let upload = read(parts).await?;
    let Some((mime, ending)) = kind(&upload.bytes) else {
        return Err(Failure::Refused(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "只能发图片（PNG、JPEG、WebP、GIF）。",
        ));
    };
    let id = session::secret()?;
    let file = format!("{id}.{ending}");
    tokio::fs::create_dir_all(folder(&web)).await?;
    let path = folder(&web).join(&file);
    tokio::fs::write(&path, &upload.bytes).await?;
    let picture = say::Picture {
        id: &id,
        mime,
        file: &file,
        bytes: &upload.bytes,
    };
    let put = say::put(&web, &here, &upload.words, Some(picture)).await;
    if !matches!(put, Ok(Put::New(_))) {
        // A picture without its message is never shown; what cannot be removed now only takes room.
        let _ = tokio::fs::remove_file(&path).await;
    }
    Ok(Json(json!({ "id": put?.id() })).into_response())
}

async fn read(mut parts: Multipart) -> Result<Upload, Failure> {
    let mut upload = Upload::default();
    while let Some(mut field) = parts.next_field().await.map_err(|error| unread(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        let mut bytes = Vec::new();
        while let Some(chunk) = field.chunk().await.map_err(|error| unread(&error))? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > PICTURE_LIMIT {
                return Err(TOO_LARGE);
            }
        }
        match name.as_str() {
            "picture" => upload.bytes = bytes,
            "text" => upload.words.text = String::from_utf8_lossy(&bytes).into_owned(),
            "reply_to" => upload.words.reply_to = String::from_utf8_lossy(&bytes).parse().ok(),
            "number" => upload.words.number = Number::from(bytes.as_slice()),
            _ => {}
        }
    }
    Ok(upload)
}

fn unread(error: &MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        TOO_LARGE
    } else {
        Failure::unfit("图片没有传完，请再试一次。")
    }
}

/// `GET /media/{id}`: whoever may not see it is told that it is not there.
pub async fn show(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    cookies: CookieJar,
) -> Result<Response, Failure> {
    let named = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut tx = web.desk.db.read().await?;
    let found = if named { tx.room_media(&id).await? } else { None };
    drop(tx);
    let Some((room, mime, file)) = found else {
        return Err(Failure::nothing());
    };
    let mut seen = false;
    for identity in [Identity::Visitor, Identity::Staff] {
        let who = session::who(&web, &cookies, identity).await?;
        seen = seen || here::may_see(&web, who.as_ref(), &room).await?;
    }
    if !seen {
        return Err(Failure::nothing());
    }
    let bytes = match tokio::fs::read(folder(&web).join(&file)).await {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Failure::nothing()),
        Err(error) => return Err(Failure::from(error)),
    };
    // The kind is what the bytes say, whatever the row says.
    let mime = kind(&bytes).map_or("application/octet-stream", |(found, _)| {
        if found == mime {
            found
        } else {
            "application/octet-stream"
        }
    });
    let disposition = HeaderValue::from_str(&format!("inline; filename=\"{file}\""))
        .map_err(|error| Failure::Inside(error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(mime)),
        (header::CONTENT_DISPOSITION, disposition),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, max-age=86400"),
        ),
    ];
    Ok((headers, bytes).into_response())
}

fn folder(web: &Web) -> PathBuf {
    web.desk.config.data.join("media")
}
