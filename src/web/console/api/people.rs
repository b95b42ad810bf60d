//! 我, 人员与值班 and 数字 for other programs.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use jiff::ToSpan as _;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{Caller, moment};
use crate::domain::roster::people::Role;
use crate::domain::supervision::measures::MEASURES;
use crate::domain::time::calendar::LocalTime;
use crate::web::Web;
use crate::web::console::people::table::{self, Cell, Plan};
use crate::web::console::people::{bureau, monday};
use crate::web::console::supervision::{Asked, scope, within};
use crate::web::failure::Failure;

/// 令牌是谁的
#[derive(Serialize, ToSchema)]
pub struct Me {
    name: String,
    /// 帮办员 · 魏都分局窗口
    badge: String,
    helper: bool,
    /// admin、bureau_admin、editor、approver、supervisor
    roles: Vec<&'static str>,
}

/// 令牌是谁的，能做什么。
#[utoipa::path(get, path = "/api/v1/me", tag = "人员", responses((status = 200, body = Me)))]
pub async fn me(Caller(staff): Caller) -> Json<Me> {
    let role = |role: &Role| match role {
        Role::Admin => "admin",
        Role::BureauAdmin => "bureau_admin",
        Role::Editor => "editor",
        Role::Approver => "approver",
        Role::Supervisor => "supervisor",
    };
    Json(Me {
        helper: staff.person.is_helper(),
        roles: staff.person.roles.iter().map(role).collect(),
        name: staff.person.name,
        badge: staff.who.badge,
    })
}

/// 看哪里
#[derive(Deserialize, IntoParams)]
pub struct Which {
    /// 单位的号；不写就是自己的。别的单位只有管它的人能看
    bureau: Option<i64>,
    /// 0 是本周，1 是下周，到 8
    #[serde(default)]
    week: i64,
}

/// 一个帮办员现在在不在
#[derive(Serialize, ToSchema)]
pub struct Helper {
    name: String,
    office: String,
    /// 值班中、上班、下班、请假
    state: String,
    on_duty: bool,
    away: bool,
}

/// 半天的班
#[derive(Serialize, ToSchema)]
pub struct Half {
    /// 上午、下午
    name: &'static str,
    /// 不上班
    closed: bool,
    people: Vec<OnDuty>,
    /// 没人值班的时段，8:30–12:00
    gaps: Vec<String>,
}

/// 班上的一个人
#[derive(Serialize, ToSchema)]
pub struct OnDuty {
    name: String,
    /// 代李强、请假
    how: Option<String>,
    away: bool,
    /// 只在这一段
    part: Option<String>,
}

/// 一天的班
#[derive(Serialize, ToSchema)]
pub struct Day {
    /// 2026-11-02
    date: String,
    /// 放假、调休上班
    kind: Option<String>,
    halves: Vec<Half>,
}

/// 一张值班表的一周
#[derive(Serialize, ToSchema)]
pub struct Week {
    /// 哪个所自己的；没有就是全单位的
    office: Option<String>,
    days: Vec<Day>,
}

/// 还没过的请假
#[derive(Serialize, ToSchema)]
pub struct Leave {
    name: String,
    when: String,
    cover: Option<String>,
}

/// 一个单位的人员与值班
#[derive(Serialize, ToSchema)]
pub struct People {
    bureau: i64,
    name: String,
    helpers: Vec<Helper>,
    weeks: Vec<Week>,
    leave: Vec<Leave>,
}

/// 人员与值班：谁在，这一周谁值班、哪里没人，谁请假。
#[utoipa::path(get, path = "/api/v1/people", tag = "人员", params(Which), responses((status = 200, body = People)))]
pub async fn people(
    State(web): State<Arc<Web>>,
    Caller(staff): Caller,
    Query(which): Query<Which>,
) -> Result<Json<People>, Failure> {
    let bureau = bureau(&web, &staff, which.bureau)?;
    let (roster, calendar, now) = (web.desk.roster(), web.desk.calendar(), web.desk.clock.now());
    let time = LocalTime::new(&web.desk.config.timezone, &calendar);
    let monday = monday(web.desk.day(now));
    let first = monday
        .checked_add((which.week.clamp(0, 8) * 7).days())
        .unwrap_or(monday);
    let open = web.desk.works(bureau, now);
    let helper = |one: table::Here| Helper {
        name: one.name,
        office: one.office,
        state: one.state,
        on_duty: one.on_duty,
        away: one.away,
    };
    let leave = |one: table::Away| Leave {
        name: one.name,
        when: one.when,
        cover: one.cover,
    };
    let away = table::away(&roster, |person| person.bureau == bureau, |_| false, now, time);
    Ok(Json(People {
        bureau: bureau.0,
        name: roster.bureau(bureau).map_or_else(String::new, |one| one.name.clone()),
        helpers: table::here(&roster, (bureau, open), |_| false, now, time)
            .into_iter()
            .map(helper)
            .collect(),
        weeks: table::plans(&roster, bureau, first, now, time)
            .into_iter()
            .map(week)
            .collect(),
        leave: away.into_iter().map(leave).collect(),
    }))
}

fn week(plan: Plan) -> Week {
    let day = |day: table::Day| Day {
        date: day.date.to_string(),
        kind: day.kind,
        halves: day.halves.into_iter().map(half).collect(),
    };
    Week {
        office: plan.office,
        days: plan.days.into_iter().map(day).collect(),
    }
}

fn half(cell: Cell) -> Half {
    let on_duty = |line: table::Line| OnDuty {
        name: line.name,
        how: line.how,
        away: line.away,
        part: line.part,
    };
    Half {
        name: cell.name,
        closed: cell.closed,
        people: cell.lines.into_iter().map(on_duty).collect(),
        gaps: cell.gaps,
    }
}

/// 一项指标
#[derive(Serialize, ToSchema)]
pub struct Figure {
    /// 指标的名字，程序用
    key: &'static str,
    name: &'static str,
    unit: &'static str,
    /// 怎么算
    formula: &'static str,
    /// 数；没有可算的就没有
    value: Option<f64>,
    /// 占比：几分之几，5/6
    parts: Option<String>,
}

/// 一段日子的数字
#[derive(Serialize, ToSchema)]
pub struct Figures {
    /// 全市、单位、所或帮办员的名字
    of: String,
    first: String,
    last: String,
    /// 算到什么时候
    at: String,
    figures: Vec<Figure>,
}

/// 一段日子的每项指标，和网页“数字”一样算。督导看全市，单位管理员看本单位。
#[utoipa::path(get, path = "/api/v1/figures", tag = "数字", params(
    ("month" = Option<String>, Query, description = "2026-11；都不写就是本月"),
    ("from" = Option<String>, Query, description = "2026-11-01，和 to 一起写"),
    ("to" = Option<String>, Query, description = "2026-11-30"),
    ("bureau" = Option<i64>, Query, description = "哪个单位；单位管理员不写就是本单位"),
    ("office" = Option<i64>, Query, description = "哪个窗口或所"),
    ("helper" = Option<i64>, Query, description = "哪个帮办员")),
    responses((status = 200, body = Figures), (status = 503, description = "历史还在读，过一分钟再来", body = super::Wrong)))]
pub async fn figures(
    State(web): State<Arc<Web>>,
    Caller(staff): Caller,
    Query(asked): Query<Asked>,
) -> Result<Json<Figures>, Failure> {
    use crate::domain::supervision::figures::Whom;
    let scope = scope(&staff)?;
    let period = asked.read(&web);
    let period = period
        .map_err(|_| Failure::unfit("日期没看懂。月份写成 2026-11；或 from、to 都写成 2026-11-01，最多 800 天。"))?;
    if web.desk.catch_up().await?.is_some() {
        return Err(Failure::Refused(
            StatusCode::SERVICE_UNAVAILABLE,
            "历史还在读，请过一分钟再来。",
        ));
    }
    let figures = web.desk.figures(period).await?;
    let whom = match (asked.whom(), scope) {
        (Whom::City, Some(own)) => Whom::Bureau(own),
        (whom, _) => whom,
    };
    if !within(scope, &figures, whom) {
        return Err(Failure::unfit("这里只看得到本单位的数字。"));
    }
    let figure = MEASURES.iter().map(|measure| {
        let value = figures.value(measure, whom);
        Figure {
            key: measure.key,
            name: measure.name,
            unit: measure.unit,
            formula: measure.formula,
            value: value.number(),
            parts: value.parts(),
        }
    });
    Ok(Json(Figures {
        of: figures.names.name_of(whom).unwrap_or("全市").to_owned(),
        first: period.first().to_string(),
        last: period.last().to_string(),
        at: moment(&web, figures.at),
        figures: figure.collect(),
    }))
}
