//! Keeping the webhook set while Telegram posts instead of being polled.

use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::watch;

use super::{PollError, Receiver, Stopped, pause, told_to_stop};
use crate::platform::telegram::api::ApiError;
use crate::platform::telegram::webhook::{self, Webhook};

/// How often it is asked whether the webhook still stands and Telegram reaches it. Three in a row and it counts as deaf.
const LOOK: Duration = Duration::from_secs(15);

impl Receiver {
    /// Keeps the webhook set until it is told to stop. The webhook stays: what people write meanwhile waits at Telegram.
    pub(super) async fn be_called(
        &self,
        webhook: &Webhook,
        shutdown: &mut watch::Receiver<bool>,
    ) -> Result<(), Stopped> {
        let (mut failures, mut set) = (0, 0);
        loop {
            self.in_its_term()?;
            let kept = tokio::select! {
                biased;
                () = told_to_stop(shutdown) => return Err(Stopped),
                kept = self.keep_set(webhook, &mut set) => kept,
            };
            let wait = match kept {
                Ok(()) => {
                    failures = 0;
                    // Two who set it in turn do not wear each other out.
                    LOOK * set.clamp(1, 4)
                }
                Err(error) => {
                    failures += 1;
                    self.wait_after(&PollError::Api(error), failures)
                }
            };
            pause(wait, shutdown).await?;
        }
    }

    /// Sets the webhook if it is not set, or not yet in this term; notes that Telegram reaches it.
    async fn keep_set(&self, webhook: &Webhook, set: &mut u32) -> Result<(), ApiError> {
        let info = webhook::info(&self.api).await?;
        if *set == 0 || info.url != webhook.url() {
            if *set > 0 {
                tracing::error!(
                    times = *set,
                    "telegram: webhook 被改掉了，可能有另一个程序在用同一个 token；正在改回来"
                );
            }
            webhook::set(&self.api, webhook).await?;
            tracing::info!(url = webhook.url(), "telegram: webhook set");
            *set += 1;
        }
        match info.trouble(self.clock.now().0 / 1000) {
            Some(said) => tracing::error!(
                said,
                waiting = info.pending_update_count,
                "telegram: Telegram 连不上 webhook 的网址，消息在它那里等着。请检查 public_url、证书和反向代理"
            ),
            None => self.heartbeat.store(self.clock.now().0, Ordering::SeqCst),
        }
        Ok(())
    }
}
