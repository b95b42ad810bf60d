//! Pictures: taken in piece by piece, drawn anew, named by the server, shown only to those who may see them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path as Named, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::cookie::CookieJar;
use futures_util::stream;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::Web;
use super::allowance::Doer;
use super::crowd::Ticket;
use super::failure::Failure;
use super::here::{self, Here};
use super::look;
use super::once::Number;
use super::remake::{self, Remade, Unfit};
use super::say;
use super::session::{self, Identity};
use crate::config::Pictures;
use crate::store::pictures::RoomMedia;
use crate::store::rooms::Put;
use crate::system;

/// The largest picture.
pub const PICTURE_LIMIT: usize = 5 * 1024 * 1024;
/// Uploads on their way: of one account, from one address, in all.
const PER_ACCOUNT: usize = 2;
const PER_ADDRESS: usize = 8;
const IN_ALL: usize = 24;
/// What is read from disk for a reader at once.
const PIECE: usize = 32 * 1024;
/// The ending of what is still on its way.
const PART: &str = "part";
const WORDS_LIMIT: usize = 32 * 1024;

const TOO_LARGE: Failure = Failure::Refused(
    StatusCode::PAYLOAD_TOO_LARGE,
    "图片太大了，最大 5 MB。请压缩或截图后再发。",
);
const TOO_MANY_POINTS: Failure = Failure::Refused(
    StatusCode::PAYLOAD_TOO_LARGE,
    "图片尺寸太大了（最多 2400 万像素）。请截图后再发。",
);
const NO_PICTURE: Failure = Failure::Refused(
    StatusCode::UNSUPPORTED_MEDIA_TYPE,
    "只能发图片（PNG、JPEG、WebP、GIF）。",
);
const BUSY: Failure = Failure::Refused(
    StatusCode::SERVICE_UNAVAILABLE,
    "现在发图片的人多，请过一会儿再发；文字照常能发。",
);
const NO_ROOM: Failure = Failure::Refused(
    StatusCode::INSUFFICIENT_STORAGE,
    "现在收不了图片，请用文字说，或带到窗口。",
);

/// A file that is on its way; gone when dropped.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        // What cannot be removed now is removed at the next start.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The upload's parts.
struct Upload {
    part: Part,
    size: usize,
    hash: Sha256,
    words: say::Composed,
}

/// Removes what was on its way when an earlier program ended.
pub fn sweep(media: &Path) {
    let Ok(files) = std::fs::read_dir(media) else { return };
    for file in files.flatten() {
        if file.path().extension().is_some_and(|ending| ending == PART) {
            let _ = std::fs::remove_file(file.path());
        }
    }
}

/// `POST …/picture`: fields `picture`, and perhaps `text`, `reply_to` and `number`.
pub async fn upload(State(web): State<Arc<Web>>, here: Here, parts: Multipart) -> Result<Response, Failure> {
    let _ticket = may_send(&web, &here).await?;
    let id = session::secret()?;
    tokio::fs::create_dir_all(web.media()).await?;
    let upload = read(parts, Part(web.media().join(format!("{id}.{PART}")))).await?;
    let remade = drawn(&web, &upload).await?;
    let file = format!("{id}.{}", remade.kind.ending());
    let path = web.media().join(&file);
    tokio::fs::write(&path, &remade.bytes).await?;
    let picture = say::Picture {
        id: &id,
        mime: remade.kind.mime(),
        file: &file,
        size: i64::try_from(remade.bytes.len()).unwrap_or(i64::MAX),
        hash: &upload.hash.clone().finalize(),
    };
    let put = say::put(&web, &here, &upload.words, Some(picture)).await;
    if !matches!(put, Ok(Put::New(_))) {
        // A picture without its message is never shown; what cannot be removed now only takes room.
        let _ = tokio::fs::remove_file(&path).await;
    }
    Ok(Json(json!({ "id": put?.id() })).into_response())
}

/// Whether this one may send a picture now: not too many at once, and there is room for it.
async fn may_send(web: &Arc<Web>, here: &Here) -> Result<Ticket, Failure> {
    let who = here.actor()?;
    let (quotas, staff) = (&web.desk.config.quotas, who.person.is_some());
    if web.desk.config.web.pictures == Pictures::Off && !staff {
        return Err(Failure::unfit("这里不收图片，请用文字说，或带到窗口。"));
    }
    let mut doers = vec![(Doer::Account(who.account.clone()), PER_ACCOUNT)];
    if !staff {
        doers.extend([(Doer::Address(here.from), PER_ADDRESS), (Doer::All, IN_ALL)]);
    }
    let Some(ticket) = web.uploads.enter(&doers) else {
        web.tally.add("upload");
        return Err(BUSY);
    };
    let (own, all) = web.desk.db.read().await?.kept_pictures(&who.account).await?;
    let more = |kept: i64| kept.unsigned_abs() + PICTURE_LIMIT as u64;
    if !staff && more(own) > quotas.pictures_per_account {
        return Err(Failure::Refused(
            StatusCode::INSUFFICIENT_STORAGE,
            "您发的图片已经很多了。请撤下不用的，或用文字说。",
        ));
    }
    let free = system::free_disk(&web.desk.config.data)?;
    if more(all) > quotas.pictures_in_all || free < quotas.free_disk {
        tracing::warn!(
            free,
            kept = all,
            "no more pictures are taken: there is no room for them"
        );
        return Err(NO_ROOM);
    }
    Ok(ticket)
}

/// Bytes that are free on the disk of the data folder.
async fn read(mut parts: Multipart, part: Part) -> Result<Upload, Failure> {
    let mut upload = Upload {
        part,
        size: 0,
        hash: Sha256::new(),
        words: say::Composed::default(),
    };
    while let Some(field) = parts.next_field().await.map_err(|error| unread(&error))? {
        match field.name().unwrap_or_default() {
            "picture" => to_disk(field, &mut upload).await?,
            "text" => upload.words.text = String::from_utf8_lossy(&small(field).await?).into_owned(),
            "reply_to" => upload.words.reply_to = String::from_utf8_lossy(&small(field).await?).parse().ok(),
            "number" => upload.words.number = Number::from(small(field).await?.as_slice()),
            _ => drop(small(field).await?),
        }
    }
    Ok(upload)
}

/// The picture, piece by piece; of several the last.
async fn to_disk(mut field: Field<'_>, upload: &mut Upload) -> Result<(), Failure> {
    let mut file = File::create(&upload.part.0).await?;
    (upload.size, upload.hash) = (0, Sha256::new());
    while let Some(piece) = field.chunk().await.map_err(|error| unread(&error))? {
        upload.size += piece.len();
        if upload.size > PICTURE_LIMIT {
            return Err(TOO_LARGE);
        }
        upload.hash.update(&piece);
        file.write_all(&piece).await?;
    }
    file.flush().await?;
    Ok(())
}

/// A field of words.
async fn small(mut field: Field<'_>) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(|error| unread(&error))? {
        bytes.extend_from_slice(&piece);
        if bytes.len() > WORDS_LIMIT {
            return Err(TOO_LARGE);
        }
    }
    Ok(bytes)
}

fn unread(error: &MultipartError) -> Failure {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        TOO_LARGE
    } else {
        Failure::unfit("图片没有传完，请再试一次。")
    }
}

/// The picture drawn anew, one at a time.
async fn drawn(web: &Arc<Web>, upload: &Upload) -> Result<Remade, Failure> {
    if upload.size == 0 {
        return Err(NO_PICTURE);
    }
    let turn = Arc::clone(&web.looking).acquire_owned();
    let turn = turn.await.map_err(|error| Failure::Inside(error.to_string()))?;
    let path = upload.part.0.clone();
    let drawing = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        std::fs::read(path).map(|bytes| remake::remake(&bytes))
    });
    let drawn = drawing.await.map_err(|error| Failure::Inside(error.to_string()))??;
    drawn.map_err(|unfit| match unfit {
        Unfit::NoPicture => NO_PICTURE,
        Unfit::Broken => Failure::unfit("这张图片打不开，可能没有传完整。请截图后再发。"),
        Unfit::TooLarge => TOO_MANY_POINTS,
    })
}

/// `GET /media/{id}`: whoever may not see it is told that it is not there.
pub async fn show(
    State(web): State<Arc<Web>>,
    Named(id): Named<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let named = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut tx = web.desk.db.read().await?;
    let found = if named { tx.room_media(&id).await? } else { None };
    drop(tx);
    let media = found.ok_or(Failure::nothing())?;
    if !may_see(&web, &CookieJar::from_headers(&headers), &id, &media).await? {
        return Err(Failure::nothing());
    }
    let file = match File::open(web.media().join(&media.file)).await {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Failure::nothing()),
        Err(error) => return Err(Failure::from(error)),
    };
    let tag = format!("\"{id}\"");
    let worn = worn(&media, &tag)?;
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|seen| seen.as_bytes() == tag.as_bytes())
    {
        return Ok((StatusCode::NOT_MODIFIED, worn).into_response());
    }
    let length = HeaderValue::from(file.metadata().await?.len());
    Ok((worn, [(header::CONTENT_LENGTH, length)], pieces(file)).into_response())
}

/// Either of the two whom one browser may hold.
async fn may_see(web: &Arc<Web>, cookies: &CookieJar, id: &str, media: &RoomMedia) -> Result<bool, Failure> {
    let mut rule = web.desk.config.web.pictures;
    if rule == Pictures::All && !media.by_staff {
        let veiled = web.desk.db.read().await?.picture_is_veiled(&media.room, id).await?;
        rule = if veiled { Pictures::Staff } else { rule };
    }
    for identity in [Identity::Visitor, Identity::Staff] {
        let who = session::who(web, cookies, identity).await?;
        if look::may_see(rule, media, who.as_ref()) && here::may_see(web, who.as_ref(), &media.room).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a picture wears. It is asked for again each time, because it may have been taken down.
fn worn(media: &RoomMedia, tag: &str) -> Result<HeaderMap, Failure> {
    let text = |text: &str| HeaderValue::from_str(text).map_err(|error| Failure::Inside(error.to_string()));
    // An older program kept other kinds than are kept now.
    let kind = match media.mime.as_str() {
        kind @ ("image/png" | "image/jpeg" | "image/webp" | "image/gif") => kind,
        _ => "application/octet-stream",
    };
    // What visitors show may be an identity card: no browser keeps it on disk.
    let kept = if media.by_staff {
        "private, no-cache"
    } else {
        "no-store"
    };
    Ok(HeaderMap::from_iter([
        (header::CONTENT_TYPE, text(kind)?),
        (
            header::CONTENT_DISPOSITION,
            text(&format!("inline; filename=\"{}\"", media.file))?,
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox; frame-ancestors 'none'"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (header::ETAG, text(tag)?),
    ]))
}

/// A file as it is read, so that a slow reader holds a piece of it and not the whole.
fn pieces(file: File) -> Body {
    Body::from_stream(stream::try_unfold(file, |mut file| async move {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), file)))
    }))
}
