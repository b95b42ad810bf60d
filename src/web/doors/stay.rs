//! Bodies that know their time: what comes in has a deadline, what goes out holds its place to its last byte.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::response::Response;
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep, timeout};

use super::places::{Stay, Turned};

/// Between two pieces of what comes in.
const SILENCE: Duration = Duration::from_secs(10);
/// What is still taken from who is refused: an answer is only read by who could say all. In bytes, and for so long.
const REST: usize = 6 << 20;
const PATIENCE: Duration = Duration::from_secs(10);

/// A request's body that has to be there whole after a time, and never falls silent for long.
#[derive(Clone)]
pub struct Timely(Arc<Mutex<Coming>>);

struct Coming {
    body: Body,
    silence: Pin<Box<Sleep>>,
    whole: Instant,
    too_slow: bool,
}

impl Timely {
    /// The body for whoever reads it, and the same for who looks after it.
    pub fn within(body: Body, whole: Duration) -> (Body, Timely) {
        let coming = Coming {
            body,
            silence: Box::pin(sleep(SILENCE)),
            whole: Instant::now() + whole,
            too_slow: false,
        };
        let timely = Timely(Arc::new(Mutex::new(coming)));
        (Body::new(timely.clone()), timely)
    }

    /// It did not come in time.
    pub fn is_too_slow(&self) -> bool {
        self.coming().too_slow
    }

    /// Takes what nobody read, and lets it go.
    pub async fn let_go(&self) {
        let mut taken = 0;
        let rest = async {
            while let Some(Ok(frame)) = poll_fn(|cx| self.coming().poll(cx)).await {
                taken += frame.data_ref().map_or(0, Bytes::len);
                if taken > REST {
                    return;
                }
            }
        };
        // Who is not done by then does not get to read why.
        let _ = timeout(PATIENCE, rest).await;
    }

    fn coming(&self) -> MutexGuard<'_, Coming> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Coming {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
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
            Poll::Pending => ready!(self.silence.as_mut().poll(cx)),
        }
        self.too_slow = true;
        Poll::Ready(Some(Err("the body did not come in time".into())))
    }
}

impl HttpBody for Timely {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        self.coming().poll(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.coming().body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.coming().body.size_hint()
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
