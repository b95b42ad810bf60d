//! This program's own figures, looked at every few seconds: what it holds, what is free for it, whether its channels are
//! deaf, whether many fail to sign in.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

use crate::desk::{Desk, Reading};
use crate::domain::alarm::{Alarm, SIGN_INS_MS};
use crate::leases;
use crate::system;
use crate::telemetry::Health;
use crate::web::Web;

/// How often: what goes wrong is told within a minute (R02, R09). What waited for the start has so long to be done.
const LOOK: Duration = Duration::from_secs(10);

/// Looks until the program stops.
pub(super) fn watch(web: Arc<Web>, health: Arc<Health>, mut stopping: watch::Receiver<bool>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let mut look = tokio::time::interval_at(tokio::time::Instant::now() + LOOK, LOOK);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                _ = look.tick() => {}
                _ = stopping.changed() => return,
            }
            let has_clock = health.leases.held(leases::CLOCK).is_some();
            if let Err(error) = web.desk.watch(own_figures(&web, &health), has_clock).await {
                tracing::error!(%error, "alarms could not be looked at; trying again");
            }
        }
    })
}

fn own_figures(web: &Web, health: &Health) -> Vec<Reading> {
    let (desk, now) = (&web.desk, web.desk.clock.now());
    let of = program(desk);
    let own = |alarm, figure: u64| Reading {
        alarm,
        of: of.clone(),
        figure: figure.try_into().unwrap_or(i64::MAX),
    };
    let mut readings = vec![Reading {
        alarm: Alarm::SignIns,
        of: of.clone(),
        figure: web.failed.within(SIGN_INS_MS, now),
    }];
    readings.extend(system::memory().map(|bytes| own(Alarm::Memory, bytes)));
    let free = system::free_disk(&desk.config.data).ok();
    readings.extend(free.map(|bytes| own(Alarm::Disk, bytes)));
    let mine = |channel: &str| health.leases.held(&leases::channel(channel)).is_some();
    for (channel, polled) in health.polled.iter().filter(|(channel, _)| mine(channel)) {
        let last = polled.load(Ordering::Relaxed).max(health.started);
        readings.push(Reading {
            alarm: Alarm::Deaf,
            of: (*channel).to_owned(),
            figure: now.0 - last,
        });
    }
    readings
}

/// Which of several programs this is, as people know it: by its machine.
fn program(desk: &Desk) -> String {
    match desk.db.is_shared() {
        true => system::machine(),
        false => String::new(),
    }
}
