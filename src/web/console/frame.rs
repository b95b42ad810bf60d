//! What stands around every page of the console: where one is, where one can go, what waits there.

use super::staff::Staff;
use crate::domain::roster::people::{PersonId, Role};
use crate::domain::roster::rights::Right;
use crate::web::Web;
use crate::web::failure::Failure;

/// The pages that can be gone to from anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// 工作台
    Work,
    /// 群
    Rooms,
    /// 清单
    List,
    /// 待批
    Approvals,
    /// 期
    Editions,
    /// 候选
    Candidates,
    /// 抽查
    Sample,
    /// 人员与值班
    People,
    /// 数字
    Figures,
    /// 系统
    System,
    /// 我
    Me,
}

/// All of them, in the order in which they stand.
const ALL: [At; 11] = [
    At::Work,
    At::Rooms,
    At::Sample,
    At::List,
    At::Candidates,
    At::Approvals,
    At::Editions,
    At::People,
    At::Figures,
    At::System,
    At::Me,
];

impl At {
    fn href(self) -> &'static str {
        match self {
            At::Work => "/staff/work",
            At::Rooms => "/staff/rooms",
            At::List => "/staff/list",
            At::Approvals => "/staff/approvals",
            At::Editions => "/staff/editions",
            At::Candidates => "/staff/candidates",
            At::Sample => "/staff/sample",
            At::People => "/staff/people",
            At::Figures => "/staff/figures",
            At::System => "/staff/system",
            At::Me => "/staff/account",
        }
    }

    fn title(self) -> &'static str {
        match self {
            At::Work => "工作台",
            At::Rooms => "群",
            At::List => "清单",
            At::Approvals => "待批",
            At::Editions => "期",
            At::Candidates => "候选",
            At::Sample => "抽查",
            At::People => "人员与值班",
            At::Figures => "数字",
            At::System => "系统",
            At::Me => "我",
        }
    }

    /// What its sign is drawn with: the `d` of a path in a square of 24.
    fn sign(self) -> &'static str {
        match self {
            At::Work => "M4 5h16M4 12h16M4 19h10",
            At::Rooms => "M4 5h12v9H9l-5 4zM16 9h4v9l-3-2.500h-6",
            At::List => "M6 3h9l4 4v14H6zM9 11h7M9 15h7",
            At::Approvals => "M4 12l5 5L20 6",
            At::Editions => "M5 4h14v16H5zM8 8h8M8 12h8M8 16h4",
            At::Candidates => "M12 4v16M4 12h16",
            At::Sample => "M4 6h10M4 12h6M4 18h4M11 16l3 3 6-8",
            At::People => {
                "M8 11a3 3 0 100-6 3 3 0 000 6zM3 20c0-4 2-6 5-6s5 2 5 6M16 11a3 3 0 100-6M15.500 14c3 0 5.500 2 5.500 6"
            }
            At::Figures => "M5 20V10M12 20V4M19 20v-7",
            At::System => "M12 8a4 4 0 100 8 4 4 0 000-8zM12 3v3M12 18v3M3 12h3M18 12h3",
            At::Me => "M12 11a4 4 0 100-8 4 4 0 000 8zM4 21c0-5 3-7 8-7s8 2 8 7",
        }
    }

    /// On a phone only these stand at the bottom; the others are reached from them.
    fn first(self) -> bool {
        matches!(self, At::Work | At::Rooms | At::List | At::Me)
    }

    /// Whether it is for this member of staff.
    fn is_for(self, staff: &Staff) -> bool {
        let (person, bureau) = (&staff.person, staff.person.bureau);
        match self {
            At::Work | At::Sample => person.is_helper(),
            At::Rooms | At::List | At::People | At::Me => true,
            At::Candidates | At::Editions => staff.may(Right::Curate, bureau),
            At::Approvals => staff.may(Right::Approve, bureau),
            At::Figures => person.has(Role::Supervisor) || staff.may(Right::Keep, bureau),
            At::System => person.has(Role::Admin),
        }
    }
}

/// A way to a page, as the frame shows it.
#[derive(Debug)]
pub struct Tab {
    /// Where it goes.
    pub href: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// Its sign.
    pub sign: &'static str,
    /// One is there.
    pub here: bool,
    /// It stands at the bottom of a phone too.
    pub first: bool,
    /// How much waits there; nothing is shown for 0.
    pub waits: usize,
}

/// What stands around a page.
#[derive(Debug)]
pub struct Frame {
    /// The ways.
    pub tabs: Vec<Tab>,
    /// Who looks.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// As what.
    pub badge: String,
    /// Who does nothing for so long is signed out, ms.
    pub idle: i64,
    /// The city is the invented one.
    pub sample: bool,
}

impl Frame {
    /// The frame of a page.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of(web: &Web, staff: &Staff, here: At) -> Result<Frame, Failure> {
        let mut tabs = Vec::with_capacity(ALL.len());
        for at in ALL {
            if at.is_for(staff) {
                tabs.push(Tab {
                    href: at.href(),
                    title: at.title(),
                    sign: at.sign(),
                    here: at == here,
                    first: at.first(),
                    waits: waits(web, staff, at).await?,
                });
            }
        }
        Ok(Frame {
            tabs,
            person: staff.person.id,
            name: staff.who.name.clone(),
            badge: staff.who.badge.clone(),
            idle: web.desk.config.web.staff_idle_ms,
            sample: web.sample().await?,
        })
    }
}

async fn waits(web: &Web, staff: &Staff, at: At) -> Result<usize, Failure> {
    match at {
        At::Work => {
            let mut tx = web.desk.db.read().await?;
            Ok(tx.waiting_for(staff.person.bureau, staff.person.id).await?)
        }
        At::Approvals => {
            let drafts = web.desk.drafts_waiting(&staff.person).await?;
            Ok(drafts + publications(web, staff).await?)
        }
        At::Candidates => Ok(web.desk.candidates_waiting().await?),
        At::Sample => Ok(web.desk.samples_waiting(&staff.person).await?),
        At::Rooms | At::List | At::Editions | At::Figures | At::System | At::Me => Ok(0),
        At::People => {
            let (now, own) = (web.desk.clock.now(), staff.person.id);
            let swaps = web.desk.db.read().await?.swaps_with(own).await?;
            let waits = swaps.iter().filter(|(_, to, swap)| *to == own && swap.own.1 > now);
            Ok(waits.count())
        }
    }
}

/// How many drafts for the official account the viewer may agree to.
pub async fn publications(web: &Web, staff: &Staff) -> Result<usize, Failure> {
    let (way, now) = (web.desk.config.official_account.mode, web.desk.clock.now());
    let mut tx = web.desk.db.read().await?;
    let mut count = 0;
    for publication in tx.publications().await? {
        let made_by = tx.edition_made_by(publication.edition).await?.unwrap_or_default();
        count += usize::from(publication.approved(&staff.person, &made_by, way, now).is_ok());
    }
    Ok(count)
}
