//! The schema's steps, oldest first. One that has landed is never changed.

use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Every step.
pub(super) fn migrations() -> Migrator {
    let step = |version, name: &'static str, sql: &'static str| {
        Migration::new(
            version,
            name.into(),
            MigrationType::Simple,
            sqlx::SqlSafeStr::into_sql_str(sql),
            false,
        )
    };
    Migrator::with_migrations(vec![
        step(1, "start", include_str!("../../migrations/0001_start.sql")),
        step(2, "helpdesk", include_str!("../../migrations/0002_helpdesk.sql")),
        step(3, "rota", include_str!("../../migrations/0003_rota.sql")),
        step(4, "editions", include_str!("../../migrations/0004_editions.sql")),
        step(
            5,
            "publications",
            include_str!("../../migrations/0005_publications.sql"),
        ),
        step(6, "curation", include_str!("../../migrations/0006_curation.sql")),
        step(7, "ids", include_str!("../../migrations/0007_ids.sql")),
        step(8, "channels", include_str!("../../migrations/0008_channels.sql")),
        step(9, "once", include_str!("../../migrations/0009_once.sql")),
        step(10, "lessons", include_str!("../../migrations/0010_lessons.sql")),
        step(11, "pictures", include_str!("../../migrations/0011_pictures.sql")),
        step(12, "access", include_str!("../../migrations/0012_access.sql")),
        step(13, "leases", include_str!("../../migrations/0013_leases.sql")),
        step(
            14,
            "console",
            include_str!("../../migrations/0014_console_and_alarms.sql"),
        ),
        step(15, "supervision", include_str!("../../migrations/0015_supervision.sql")),
        step(
            16,
            "samples",
            include_str!("../../migrations/0016_samples_and_digests.sql"),
        ),
        step(17, "indexes", include_str!("../../migrations/0017_indexes.sql")),
        step(18, "bulletins", include_str!("../../migrations/0018_bulletins.sql")),
    ])
}
