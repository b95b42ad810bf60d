//! Everybody the roster ever had, by name: for figures of the past, in which people and bureaus are that are gone.

use std::collections::HashMap;

use super::people::bureau;
use super::{Result, Tx};
use crate::clock::Millis;
use crate::domain::roster::people::{Bureau, BureauId, OfficeId, PersonId};
use crate::domain::supervision::figures::{Named, Names};

impl Tx {
    /// Bureaus, offices and people that there are or were, in the roster's order, those that are gone last; and each
    /// bureau with its hours.
    pub async fn names(&mut self) -> Result<(Names, Vec<Bureau>)> {
        type BureauRow = (i64, String, i64, String, String, i64);
        let bureaus: Vec<BureauRow> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT id, name, city, hours, places, active FROM bureaus ORDER BY active DESC, position, id",
            )
            .fetch_all(conn)
            .await
        })?;
        let offices: Vec<(i64, i64, String, i64)> = on!(self, |conn| {
            sqlx::query_as("SELECT id, bureau_id, name, active FROM offices ORDER BY active DESC, position, id")
                .fetch_all(conn)
                .await
        })?;
        let people: Vec<(i64, i64, i64, String, i64)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT id, bureau_id, office_id, name, active FROM people ORDER BY active DESC, position, id",
            )
            .fetch_all(conn)
            .await
        })?;
        let mut names = Names::default();
        let mut whole = Vec::with_capacity(bureaus.len());
        for (id, name, city, hours, places, active) in bureaus {
            names.bureaus.push(Named {
                id: BureauId(id),
                bureau: BureauId(id),
                office: None,
                name: name.clone(),
                active: active != 0,
            });
            whole.push(bureau((id, name, city, hours, places))?);
        }
        names
            .offices
            .extend(offices.into_iter().map(|(id, bureau, name, active)| Named {
                id: OfficeId(id),
                bureau: BureauId(bureau),
                office: Some(OfficeId(id)),
                name,
                active: active != 0,
            }));
        names
            .people
            .extend(people.into_iter().map(|(id, bureau, office, name, active)| Named {
                id: PersonId(id),
                bureau: BureauId(bureau),
                office: Some(OfficeId(office)),
                name,
                active: active != 0,
            }));
        Ok((names, whole))
    }

    /// When each bureau got its first group.
    pub async fn bureaus_began(&mut self) -> Result<HashMap<BureauId, Millis>> {
        let rows: Vec<(i64, i64)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT bureau_id, MIN(created_at) FROM groups WHERE bureau_id IS NOT NULL GROUP BY bureau_id",
            )
            .fetch_all(conn)
            .await
        })?;
        Ok(rows.into_iter().map(|(id, at)| (BureauId(id), Millis(at))).collect())
    }

    /// Who wrote the drafts that became entries: the entry, when, and its authors; in order.
    pub async fn entries_written(&mut self) -> Result<Vec<(String, Millis, Vec<PersonId>)>> {
        let rows: Vec<(i64, String, i64, String)> = on!(self, |conn| {
            sqlx::query_as(
                "SELECT id, entry_id, changed_at, authors FROM drafts WHERE phase = 'done' AND entry_id IS NOT NULL ORDER BY id",
            )
            .fetch_all(conn)
            .await
        })?;
        let read = |(id, entry, at, authors): (i64, String, i64, String)| {
            let authors: Vec<i64> =
                serde_json::from_str(&authors).map_err(|error| super::StoreError::inconsistent("drafts", id, error))?;
            Ok((entry, Millis(at), authors.into_iter().map(PersonId).collect()))
        };
        rows.into_iter().map(read).collect()
    }
}
