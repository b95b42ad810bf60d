//! 督导通报: drafted from a month's figures, heard by the bureaus, issued by a second person, told in the guidance group.

use crate::desk::{Desk, Result};
use crate::domain::chat::group::GroupKind;
use crate::domain::privacy::{self, Masked};
use crate::domain::roster::people::Person;
use crate::domain::roster::rights::{Right, may};
use crate::domain::supervision::bulletin::{
    self, Act, Bulletin, BulletinId, Frozen, NotDone, Objection, Phase, Words, freeze,
};
use crate::domain::supervision::period::Period;
use crate::domain::wording;

/// What somebody wants of a bulletin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    Edit(Words),
    Recount,
    Hear,
    Back,
    Issue,
    Drop,
}

impl Wanted {
    fn key(&self) -> &'static str {
        match self {
            Wanted::Edit(_) => "bulletin_edited",
            Wanted::Recount => "bulletin_recounted",
            Wanted::Hear => "bulletin_heard",
            Wanted::Back => "bulletin_back",
            Wanted::Issue => "bulletin_issued",
            Wanted::Drop => "bulletin_dropped",
        }
    }
}

impl Desk {
    /// Drafts the bulletin of a month; its number as a row, or why not.
    ///
    /// # Errors
    /// The database failed.
    pub async fn draft_bulletin(&self, by: &Person, month: Period) -> Result<std::result::Result<BulletinId, NotDone>> {
        if !bulletin::keeps(by) {
            return Ok(Err(NotDone::NotTheirs));
        }
        let Some(frozen) = self.frozen(month).await? else {
            return Ok(Err(NotDone::Nothing));
        };
        let now = self.clock.now();
        let mut tx = self.db.begin().await?;
        let Some(id) = tx.add_bulletin(&Words::of(&frozen), &frozen, by.id, now).await? else {
            return Ok(Err(NotDone::Exists));
        };
        tx.audit(Some(by.id), "bulletin_drafted", &frozen.month, "", now)
            .await?;
        tx.commit().await?;
        Ok(Ok(id))
    }

    /// A month's figures to be frozen; none where nothing was asked and nothing reported.
    async fn frozen(&self, month: Period) -> Result<Option<Frozen>> {
        let Some(written) = month.whole_month() else {
            return Ok(None);
        };
        self.keep_courses().await?;
        let figures = self.figures(month).await?;
        let reported = self.db.read().await?.reported(&written).await?;
        let frozen = freeze(&figures, &reported);
        Ok(frozen.filter(|frozen| frozen.city_of("asked") != "0" || !reported.is_empty()))
    }

    /// Does with a bulletin what somebody wants, who saw its `version`; why not, else.
    ///
    /// # Errors
    /// The database failed.
    pub async fn move_bulletin(
        &self,
        by: &Person,
        (id, version): (BulletinId, i64),
        wanted: &Wanted,
    ) -> Result<std::result::Result<(), NotDone>> {
        if !bulletin::keeps(by) {
            return Ok(Err(NotDone::NotTheirs));
        }
        let recounted = match wanted {
            Wanted::Recount => match self.db.read().await?.bulletin(id).await? {
                Some(bulletin) => self.recounted(&bulletin).await?,
                None => None,
            },
            _ => None,
        };
        let mut sitting = self.sit().await?;
        let Some(before) = sitting.tx.bulletin(id).await? else {
            return Ok(Err(NotDone::Nothing));
        };
        if before.version != version {
            return Ok(Err(NotDone::Changed));
        }
        let year = self.day(sitting.now).year();
        let act = match (wanted, recounted) {
            (Wanted::Edit(words), _) => {
                Act::Edit(words.each(|text| privacy::mask(&privacy::printable(text)).as_str().trim().to_owned()))
            }
            (Wanted::Recount, Some(frozen)) => Act::Recount(frozen),
            (Wanted::Recount, None) => return Ok(Err(NotDone::Nothing)),
            (Wanted::Hear, _) => Act::Hear,
            (Wanted::Back, _) => Act::Back,
            (Wanted::Issue, _) => Act::Issue(sitting.tx.count_up(&format!("bulletins:{year}"), 1).await?),
            (Wanted::Drop, _) => Act::Drop,
        };
        let undecided = sitting
            .tx
            .objections(id)
            .await?
            .iter()
            .filter(|one| one.decision.is_none())
            .count();
        let after = match before.moved(act, by.id, undecided, sitting.now) {
            Ok(after) => after,
            Err(why) => return Ok(Err(why)),
        };
        if !sitting.tx.save_bulletin(&after).await? {
            return Ok(Err(NotDone::Changed));
        }
        sitting
            .audit(Some(by.id), wanted.key(), &after.figures.month, "")
            .await?;
        if after.phase == Phase::Issued {
            let city = sitting.roster.desk().id;
            for group in sitting.tx.groups_of(city, GroupKind::Guidance).await? {
                sitting
                    .say(&group.place(), None, wording::bulletin_issued(&after, year))
                    .await?;
            }
        }
        sitting.tx.commit().await?;
        self.bell.notify_one();
        Ok(Ok(()))
    }

    async fn recounted(&self, bulletin: &Bulletin) -> Result<Option<Frozen>> {
        match Period::month(&bulletin.figures.month) {
            Ok(month) => self.frozen(month).await,
            Err(_) => Ok(None),
        }
    }

    /// What somebody's bureau says against a bulletin while it is heard.
    ///
    /// # Errors
    /// The database failed.
    pub async fn object_to_bulletin(
        &self,
        by: &Person,
        id: BulletinId,
        words: &Masked,
    ) -> Result<std::result::Result<(), NotDone>> {
        if !may(by, Right::Keep, by.bureau, false) {
            return Ok(Err(NotDone::NotTheirs));
        }
        let mut sitting = self.sit().await?;
        let phase = sitting.tx.bulletin(id).await?.map(|bulletin| bulletin.phase);
        match phase {
            Some(Phase::Heard) => {}
            Some(other) => return Ok(Err(NotDone::Phase(other))),
            None => return Ok(Err(NotDone::Nothing)),
        }
        let now = sitting.now;
        sitting.tx.add_objection(id, by.bureau, by.id, words, now).await?;
        sitting
            .audit(Some(by.id), "bulletin_objected", &id.0.to_string(), "")
            .await?;
        sitting.tx.commit().await?;
        Ok(Ok(()))
    }

    /// Decides what a bureau said against a bulletin.
    ///
    /// # Errors
    /// The database failed.
    pub async fn decide_objection(
        &self,
        by: &Person,
        which: (BulletinId, i64),
        (taken, reason): (bool, &Masked),
    ) -> Result<std::result::Result<(), NotDone>> {
        if !bulletin::keeps(by) {
            return Ok(Err(NotDone::NotTheirs));
        }
        let mut sitting = self.sit().await?;
        let now = sitting.now;
        if !sitting.tx.decide_objection(which, taken, reason, by.id, now).await? {
            return Ok(Err(NotDone::Changed));
        }
        let note = if taken { "taken" } else { "not taken" };
        sitting
            .audit(Some(by.id), "bulletin_objection", &which.1.to_string(), note)
            .await?;
        sitting.tx.commit().await?;
        Ok(Ok(()))
    }

    /// A bulletin with what was said against it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn bulletin(&self, id: BulletinId) -> Result<Option<(Bulletin, Vec<Objection>)>> {
        let mut tx = self.db.read().await?;
        let Some(bulletin) = tx.bulletin(id).await? else {
            return Ok(None);
        };
        let objections = tx.objections(id).await?;
        Ok(Some((bulletin, objections)))
    }

    /// Every bulletin, the newest month first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn bulletins(&self) -> Result<Vec<Bulletin>> {
        Ok(self.db.read().await?.bulletins().await?)
    }
}
