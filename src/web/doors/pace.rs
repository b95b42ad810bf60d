//! A connection on which writing must get on: who does not read is let go.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, Sleep, sleep};

/// While something waits to be read, so much of it is read in so much time; a slow phone reads ten times that.
const WINDOW: Duration = Duration::from_secs(30);
const LEAST: usize = 16 * 1024;

/// A connection that watches how fast it is read.
pub struct Paced {
    stream: TcpStream,
    /// Runs while something waits; looked at when nothing can be written.
    window: Option<Pin<Box<Sleep>>>,
    moved: usize,
}

impl Paced {
    /// Over a connection that was just taken.
    pub fn new(stream: TcpStream) -> Paced {
        Paced {
            stream,
            window: None,
            moved: 0,
        }
    }

    fn wrote(&mut self, done: Poll<io::Result<usize>>, wanted: usize, cx: &mut Context<'_>) -> Poll<io::Result<usize>> {
        match done {
            Poll::Ready(Ok(written)) => {
                self.moved += written;
                if written == wanted {
                    self.window = None;
                }
                Poll::Ready(Ok(written))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                ready!(self.watch(cx));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }

    /// Ready when too little was read for too long.
    fn watch(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.window.is_none() {
            self.moved = 0;
        }
        let window = self.window.get_or_insert_with(|| Box::pin(sleep(WINDOW)));
        while window.as_mut().poll(cx).is_ready() {
            if self.moved < LEAST {
                return Poll::Ready(());
            }
            self.moved = 0;
            window.as_mut().reset(Instant::now() + WINDOW);
        }
        Poll::Pending
    }
}

impl AsyncRead for Paced {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Paced {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write(cx, buffer);
        self.wrote(done, buffer.len(), cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffers: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let done = Pin::new(&mut self.stream).poll_write_vectored(cx, buffers);
        let wanted = buffers.iter().map(|buffer| buffer.len()).sum();
        self.wrote(done, wanted, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
