//! 数字: what came today and what is overdue now, by bureau, for those who keep them.

use crate::desk::{Desk, Result};
use crate::domain::asking::question::State;
use crate::domain::roster::people::BureauId;
use crate::domain::time::zone;

/// A bureau's day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Day {
    /// Whose.
    pub name: String,
    /// Asked since midnight, whoever answers.
    pub asked: usize,
    /// Of these, answered by the list and not handed over.
    pub by_list: usize,
    /// Of these, handed to a helper.
    pub handed: usize,
    /// Of these, answered by a helper.
    pub replied: usize,
    /// Waiting now for somebody to take them, whenever they were asked.
    pub waiting: usize,
    /// With a helper now who has not answered.
    pub claimed: usize,
    /// Of those two, past their time.
    pub late: usize,
}

/// The city's day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Today {
    /// By bureau, in the roster's order.
    pub bureaus: Vec<Day>,
    /// Asked in each hour of the local day.
    pub hours: [usize; 24],
    /// How many of those that wait for somebody, or for the answer of whoever took them, were asked how long ago: less
    /// than each of [`AGES`], and the rest.
    pub ages: [usize; 5],
}

/// Bounds of how long ago something was asked, ms: ten minutes, half an hour, two hours, a day. The first and second are
/// those of the ladder (PRODUCT §2.3).
pub const AGES: [i64; 4] = [600_000, 1_800_000, 7_200_000, 86_400_000];

impl Today {
    /// All bureaus together.
    pub fn all(&self) -> Day {
        self.bureaus.iter().fold(Day::default(), |sum, day| Day {
            name: String::new(),
            asked: sum.asked + day.asked,
            by_list: sum.by_list + day.by_list,
            handed: sum.handed + day.handed,
            replied: sum.replied + day.replied,
            waiting: sum.waiting + day.waiting,
            claimed: sum.claimed + day.claimed,
            late: sum.late + day.late,
        })
    }
}

impl Desk {
    /// Today's figures; of one bureau only, or of all.
    pub async fn today(&self, only: Option<BureauId>) -> Result<Today> {
        let mut sitting = self.only_look().await?;
        let (zone, now) = (&self.config.timezone, sitting.now);
        let midnight = zone::moment(zone, zone::day(zone, now)).unwrap_or(now);
        let came = sitting.tx.asked_since_midnight(midnight).await?;
        let mut today = Today::default();
        let bureaus = sitting.roster.bureaus.clone();
        for bureau in bureaus
            .iter()
            .filter(|bureau| only.is_none_or(|only| only == bureau.id))
        {
            let mut day = Day {
                name: bureau.name.clone(),
                ..Day::default()
            };
            for one in came.iter().filter(|one| one.bureau == bureau.id) {
                day.asked += 1;
                day.by_list += usize::from(one.by_list && !one.handed);
                day.handed += usize::from(one.handed);
                day.replied += usize::from(one.replied);
                let hour = usize::try_from(zone::local(zone, one.at).hour()).unwrap_or_default();
                today.hours[hour.min(23)] += 1;
            }
            for question in sitting.tx.open_questions_with_helpers(bureau.id, None).await? {
                match &question.state {
                    State::Waiting { .. } => day.waiting += 1,
                    State::Claimed { .. } => day.claimed += 1,
                    _ => continue,
                }
                let until = sitting.deadline(&question);
                day.late += usize::from(until.is_some_and(|until| until < now));
                let waited = now.since(question.asked_at);
                today.ages[AGES.iter().filter(|bound| waited >= **bound).count()] += 1;
            }
            today.bureaus.push(day);
        }
        Ok(today)
    }
}
