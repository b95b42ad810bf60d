//! The roster as rows: ids survive a re-import (by bureau, office and name), people who left stay as inactive rows.

use super::{Result, StoreError, Tx};
use crate::clock::Millis;
use crate::domain::roster::city::City;
use crate::domain::roster::numbers::{Known, New, renumbered};
use crate::domain::roster::people::{
    Bureau, BureauId, Landline, Mobile, Office, OfficeId, OfficeKind, Person, PersonId, Role, Roster, Standing,
};
use crate::domain::roster::plan::DutyRow;

/// Counter that grows with each roster change, so that a running server sees it.
const VERSION: &str = "roster";

const NO_ROSTER: &str = "还没有名册。请先导入：bangban roster import 名册.yaml；只是试用，先运行 bangban serve（不要写 BANGBAN_SAMPLE=0），会建一个示例城市";

/// 帮办员 in the column `standing`; 引导员 is `guide`.
const HELPER: &str = "helper";

type OfficeRow = (i64, i64, String, String, Option<String>, Option<String>);

type PersonRow = (
    i64,
    i64,
    i64,
    String,
    String,
    Option<String>,
    Option<String>,
    String,
    i64,
    Option<String>,
    Option<String>,
);

impl Tx {
    /// Grows with each change of the roster.
    pub async fn roster_version(&mut self) -> Result<i64> {
        self.counter(VERSION).await
    }

    /// The whole roster, active rows only, in the order in which it was submitted.
    pub async fn roster(&mut self) -> Result<Roster> {
        let bureaus: Vec<(i64, String, i64, String, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT id, name, city, hours, places FROM bureaus WHERE active = 1 ORDER BY position, id"
        )
        .fetch_all(conn)
        .await)?;
        let offices: Vec<OfficeRow> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT id, bureau_id, name, kind, address, landline FROM offices WHERE active = 1 ORDER BY position, id"
        )
        .fetch_all(conn)
        .await
        })?;
        let people: Vec<PersonRow> = on!(self, |conn| {
            sqlx::query_as(
            "SELECT id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation
             FROM people WHERE active = 1 ORDER BY position, id"
        )
        .fetch_all(conn)
        .await
        })?;
        let duty: Vec<(i64, Option<i64>, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT bureau_id, office_id, body FROM duty_rows ORDER BY bureau_id, position"
        )
        .fetch_all(conn)
        .await)?;
        let city: Option<(String,)> = on!(self, |conn| sqlx::query_as(
            "SELECT text FROM notes WHERE name = 'city'"
        )
        .fetch_optional(conn)
        .await)?;
        Ok(Roster {
            city: city.map(|(name,)| name).unwrap_or_default(),
            bureaus: bureaus.into_iter().map(bureau).collect::<Result<_>>()?,
            offices: offices.into_iter().map(office).collect::<Result<_>>()?,
            people: people.into_iter().map(person).collect::<Result<_>>()?,
            duty: duty
                .into_iter()
                .map(|(bureau, office, body)| duty_row(bureau, office, &body))
                .collect::<Result<_>>()?,
            changes: self.duty_changes().await?,
        })
    }

    /// The same with its city desk, which every imported roster has.
    pub async fn city(&mut self) -> Result<City> {
        City::of(self.roster().await?).ok_or_else(|| StoreError::Unusable(NO_ROSTER.to_owned()))
    }

    /// Puts `draft` in the place of the roster that is there. Same bureau, office and name keep their id; who is
    /// missing becomes inactive (their history stays), and nobody gets in as them any more, should they be back one day.
    /// Returns the roster with its real ids.
    pub async fn replace_roster(&mut self, draft: &Roster, now: Millis) -> Result<Roster> {
        // Of earlier programs, or of whoever signed in while the roster was taken over.
        self.end_accesses_of_gone(now).await?;
        // Adding nothing holds the counters until this transaction is over.
        let (mut bureaus, mut offices, mut people) = (
            self.count_up("bureaus", 0).await?,
            self.count_up("offices", 0).await?,
            self.count_up("people", 0).await?,
        );
        let before = (bureaus, offices, people);
        let known = self.known_numbers().await?;
        let real = renumbered(draft.clone(), &known, |new| {
            let counter = match new {
                New::Bureau => &mut bureaus,
                New::Office => &mut offices,
                New::Person => &mut people,
            };
            *counter += 1;
            *counter
        })
        .map_err(|missing| StoreError::inconsistent("roster", missing.0, "unknown"))?;
        self.count_up("bureaus", bureaus - before.0).await?;
        self.count_up("offices", offices - before.1).await?;
        self.count_up("people", people - before.2).await?;
        for table in [
            "UPDATE bureaus SET active = 0",
            "UPDATE offices SET active = 0",
            "UPDATE people SET active = 0",
            "DELETE FROM duty_rows",
        ] {
            on!(self, |conn| sqlx::query(table).execute(conn).await.map(drop))?;
        }
        for (position, bureau) in real.bureaus.iter().enumerate() {
            self.save_bureau(bureau, position).await?;
        }
        for (position, office) in real.offices.iter().enumerate() {
            self.save_office(office, position).await?;
        }
        for (position, person) in real.people.iter().enumerate() {
            self.save_person(person, position).await?;
        }
        for (position, row) in real.duty.iter().enumerate() {
            self.save_duty_row(row, position).await?;
        }
        self.end_accesses_of_gone(now).await?;
        self.put_file_changes(&real.changes, now).await?;
        self.set_note("city", &real.city).await?;
        self.look_at_open_questions().await?;
        self.roster_changed().await?;
        self.roster().await
    }

    /// Corrects a name, so that the person, their account and their questions stay theirs in the next
    /// [`Tx::replace_roster`]. Nothing if the bureau knows somebody of that name already.
    pub async fn correct_name(&mut self, person: PersonId, name: &str) -> Result<()> {
        on!(self, |conn| {
            sqlx::query(
                "UPDATE people SET name = $2 WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM people other
                 WHERE other.bureau_id = people.bureau_id AND other.standing = people.standing AND other.name = $2)",
            )
            .bind(person.0)
            .bind(name)
            .execute(conn)
            .await
            .map(drop)
        })?;
        Ok(())
    }

    /// Lets every instance read the roster again.
    pub(super) async fn roster_changed(&mut self) -> Result<()> {
        self.count_up(VERSION, 1).await.map(drop)
    }

    /// The numbers of everything that was ever in the roster.
    async fn known_numbers(&mut self) -> Result<Known> {
        let mut known = Known::default();
        let bureaus: Vec<(i64, String)> = on!(self, |conn| sqlx::query_as("SELECT id, name FROM bureaus")
            .fetch_all(conn)
            .await)?;
        for (id, name) in bureaus {
            known.bureau(BureauId(id), name);
        }
        let offices: Vec<(i64, i64, String)> =
            on!(self, |conn| sqlx::query_as("SELECT id, bureau_id, name FROM offices")
                .fetch_all(conn)
                .await)?;
        for (id, bureau, name) in offices {
            known.office(OfficeId(id), BureauId(bureau), name);
        }
        let people: Vec<(i64, i64, String, String)> = on!(self, |conn| sqlx::query_as(
            "SELECT id, bureau_id, name, standing FROM people ORDER BY id"
        )
        .fetch_all(conn)
        .await)?;
        for (id, bureau, name, standing) in people {
            known.person(PersonId(id), BureauId(bureau), standing == HELPER, name);
        }
        Ok(known)
    }

    async fn save_bureau(&mut self, bureau: &Bureau, position: usize) -> Result<()> {
        let hours = json(&bureau.hours)?;
        let places = json(&bureau.places)?;
        on!(self, |conn| sqlx::query(
            "INSERT INTO bureaus (id, name, city, hours, places, position, active) VALUES ($1, $2, $3, $4, $5, $6, 1)
             ON CONFLICT (id) DO UPDATE SET name = $2, city = $3, hours = $4, places = $5, position = $6, active = 1"
        )
        .bind(bureau.id.0)
        .bind(&bureau.name)
        .bind(i64::from(bureau.city))
        .bind(hours)
        .bind(places)
        .bind(position as i64)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    async fn save_office(&mut self, office: &Office, position: usize) -> Result<()> {
        let kind = match office.kind {
            OfficeKind::Window => "window",
            OfficeKind::Station => "station",
        };
        on!(self, |conn| {
            sqlx::query(
            "INSERT INTO offices (id, bureau_id, name, kind, address, landline, position, active) VALUES ($1, $2, $3, $4, $5, $6, $7, 1)
             ON CONFLICT (id) DO UPDATE SET name = $3, kind = $4, address = $5, landline = $6, position = $7, active = 1"
        )
        .bind(office.id.0)
        .bind(office.bureau.0)
        .bind(&office.name)
        .bind(kind)
        .bind(office.address.as_deref())
        .bind(office.landline.as_ref().map(Landline::as_str))
        .bind(position as i64)
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(())
    }

    async fn save_person(&mut self, person: &Person, position: usize) -> Result<()> {
        let (standing, of) = match &person.standing {
            Standing::Helper { .. } => (HELPER, None),
            Standing::Guide { of } => ("guide", of.as_deref()),
        };
        let roles = json(&person.roles)?;
        on!(self, |conn| {
            sqlx::query(
            "INSERT INTO people (id, bureau_id, office_id, name, standing, mobile, landline, roles, reviewer, passed_on, affiliation, position, active)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)
             ON CONFLICT (id) DO UPDATE SET bureau_id = $2, office_id = $3, name = $4, standing = $5, mobile = $6, landline = $7,
                 roles = $8, reviewer = $9, passed_on = $10, affiliation = $11, position = $12, active = 1"
        )
        .bind(person.id.0)
        .bind(person.bureau.0)
        .bind(person.office.0)
        .bind(&person.name)
        .bind(standing)
        .bind(person.mobile.as_ref().map(Mobile::expose_for_storage))
        .bind(person.landline.as_ref().map(Landline::as_str))
        .bind(roles)
        .bind(i64::from(person.is_reviewer()))
        .bind(person.passed_on().map(|day| day.to_string()))
        .bind(of)
        .bind(position as i64)
        .execute(conn)
        .await
        .map(drop)
        })?;
        Ok(())
    }

    async fn save_duty_row(&mut self, row: &DutyRow, position: usize) -> Result<()> {
        let body = json(&(row.span, &row.helpers))?;
        on!(self, |conn| sqlx::query(
            "INSERT INTO duty_rows (bureau_id, office_id, position, body) VALUES ($1, $2, $3, $4)"
        )
        .bind(row.bureau.0)
        .bind(row.office.map(|office| office.0))
        .bind(position as i64)
        .bind(body)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }

    /// A short text kept by name.
    pub async fn note(&mut self, name: &str) -> Result<Option<String>> {
        let row: Option<(String,)> = on!(self, |conn| sqlx::query_as("SELECT text FROM notes WHERE name = $1")
            .bind(name)
            .fetch_optional(conn)
            .await)?;
        Ok(row.map(|(text,)| text))
    }

    /// Keeps a short text by name.
    pub async fn set_note(&mut self, name: &str, text: &str) -> Result<()> {
        on!(self, |conn| sqlx::query(
            "INSERT INTO notes (name, text) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET text = $2"
        )
        .bind(name)
        .bind(text)
        .execute(conn)
        .await
        .map(drop))?;
        Ok(())
    }
}

fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::inconsistent("roster", "-", error))
}

pub(super) fn bureau((id, name, city, hours, places): (i64, String, i64, String, String)) -> Result<Bureau> {
    let wrong = |error: serde_json::Error| StoreError::inconsistent("bureaus", id, error);
    let hours = serde_json::from_str(&hours).map_err(wrong)?;
    let places = serde_json::from_str(&places).map_err(wrong)?;
    Ok(Bureau {
        id: BureauId(id),
        name,
        city: city != 0,
        hours,
        places,
    })
}

fn office((id, bureau, name, kind, address, landline): OfficeRow) -> Result<Office> {
    let kind = match kind.as_str() {
        "window" => OfficeKind::Window,
        "station" => OfficeKind::Station,
        other => return Err(StoreError::inconsistent("offices", id, format!("kind {other}"))),
    };
    let landline = read_landline("offices", id, landline)?;
    Ok(Office {
        id: OfficeId(id),
        bureau: BureauId(bureau),
        name,
        kind,
        address,
        landline,
    })
}

fn read_landline(table: &'static str, id: i64, written: Option<String>) -> Result<Option<Landline>> {
    let parsed = written.map(|number| Landline::parse(&number)).transpose();
    parsed.map_err(|_| StoreError::inconsistent(table, id, "landline"))
}

fn person(row: PersonRow) -> Result<Person> {
    let (id, bureau, office, name, standing, mobile, landline, roles, reviewer, passed_on, of) = row;
    let passed_on = passed_on.map(|day| day.parse()).transpose();
    let passed_on = passed_on.map_err(|error| StoreError::inconsistent("people", id, error))?;
    let standing = match (standing.as_str(), reviewer != 0, passed_on, of) {
        (HELPER, reviewer, passed_on, None) => Standing::Helper { reviewer, passed_on },
        ("guide", false, None, of) => Standing::Guide { of },
        (other, ..) => return Err(StoreError::inconsistent("people", id, format!("standing {other}"))),
    };
    let mobile = mobile.map(|number| Mobile::parse(&number)).transpose();
    let roles: Vec<Role> =
        serde_json::from_str(&roles).map_err(|error| StoreError::inconsistent("people", id, error))?;
    Ok(Person {
        id: PersonId(id),
        bureau: BureauId(bureau),
        office: OfficeId(office),
        name,
        standing,
        mobile: mobile.map_err(|_| StoreError::inconsistent("people", id, "mobile"))?,
        landline: read_landline("people", id, landline)?,
        roles,
    })
}

fn duty_row(bureau: i64, office: Option<i64>, body: &str) -> Result<DutyRow> {
    let (span, helpers) =
        serde_json::from_str(body).map_err(|error| StoreError::inconsistent("duty_rows", bureau, error))?;
    Ok(DutyRow {
        bureau: BureauId(bureau),
        office: office.map(OfficeId),
        span,
        helpers,
    })
}
