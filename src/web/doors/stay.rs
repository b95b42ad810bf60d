//! Bodies that know their time: what comes in has a deadline, what goes out holds its place to its last byte.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::response::Response;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep};

use super::places::{Stay, Turned};

/// Between two pieces of what comes in.
const SILENCE: Duration = Duration::from_secs(10);

/// Whether a request's body did not come in time.
#[derive(Clone, Default)]
pub struct TooSlow(Arc<AtomicBool>);

impl TooSlow {
    /// It did not.
    pub fn is_so(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A body that has to be there whole after a time, and never falls silent for long.
pub struct Timely {
    body: Body,
    silence: Pin<Box<Sleep>>,
    whole: Instant,
    too_slow: TooSlow,
}

impl Timely {
    /// A request's body; whoever holds the other part learns that it did not come in time.
    pub fn within(body: Body, whole: Duration) -> (Body, TooSlow) {
        let too_slow = TooSlow::default();
        let timely = Timely {
            body,
            silence: Box::pin(sleep(SILENCE)),
            whole: Instant::now() + whole,
            too_slow: too_slow.clone(),
        };
        (Body::new(timely), too_slow)
    }
}

impl HttpBody for Timely {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) if Instant::now() < self.whole => {
                let next = (Instant::now() + SILENCE).min(self.whole);
                self.silence.as_mut().reset(next);
                return Poll::Ready(Some(Ok(frame)));
            }
            Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error.into()))),
            Poll::Ready(None) => return Poll::Ready(None),
            // Too late for what comes now.
            Poll::Ready(Some(Ok(_))) => {}
            Poll::Pending => std::task::ready!(self.silence.as_mut().poll(cx)),
        }
        self.too_slow.0.store(true, Ordering::Relaxed);
        Poll::Ready(Some(Err("the body did not come in time".into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

struct Held {
    body: Body,
    _stay: Stay,
}

/// The response, holding its place until it is sent. One that is whole in memory is weighed: too much at once is refused.
pub fn held(response: Response, stay: Stay) -> Result<Response, Turned> {
    if let Some(bytes) = response.body().size_hint().exact() {
        stay.weigh(usize::try_from(bytes).unwrap_or(usize::MAX))?;
    }
    Ok(response.map(|body| Body::new(Held { body, _stay: stay })))
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
