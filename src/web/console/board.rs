//! 数字 over the last seven or thirty days: what was asked and what became of it, the load of the week, what is hot.

use askama::Template;

use super::charts::{self, Bars, Heat, Lines, Point};
use super::frame::{At, Frame};
use super::keep::spark::{Spark, spark};
use super::staff::Staff;
use crate::desk::{Board, Cell, Hot, OneDay};
use crate::domain::list::sample::{Judged, wilson};
use crate::domain::roster::people::BureauId;
use crate::store::board::Tally;
use crate::web::Web;
use crate::web::failure::Failure;

/// A time that can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// 近 7 天
    Week,
    /// 近 30 天
    Month,
}

impl Span {
    /// The time of an address; today where it names none.
    pub fn of(written: &str) -> Option<Span> {
        match written {
            "week" => Some(Span::Week),
            "month" => Some(Span::Month),
            _ => None,
        }
    }

    /// How many days before today.
    pub fn days(self) -> i32 {
        match self {
            Span::Week => 7,
            Span::Month => 30,
        }
    }
}

/// A figure with what it was before.
pub struct Figure {
    /// What it counts.
    pub name: &'static str,
    /// Now.
    pub now: String,
    /// In the time of the same length before.
    pub before: Option<String>,
    /// How it is reckoned.
    pub formula: &'static str,
}

/// A bureau's share of the time.
pub struct OfBureau {
    pub name: String,
    pub all: Tally,
    pub sure: String,
    pub unsolved: String,
    pub spark: Spark,
}

#[derive(Template)]
#[template(path = "board.html")]
struct Page {
    frame: Frame,
    days: i32,
    /// How many of the days are not summed up yet.
    unknown: usize,
    figures: Vec<Figure>,
    trend: Bars,
    quality: Lines,
    heat: Option<Heat>,
    hot: Vec<Hot>,
    bureaus: Vec<OfBureau>,
    /// The wrong answers of the blind samples, week by week, and all together in words.
    samples: Option<(Lines, String)>,
}

/// The page of a time; of one bureau, or of all.
pub async fn page(web: &Web, staff: &Staff, only: Option<BureauId>, span: Span) -> Result<String, Failure> {
    let board = web.desk.board(only, span.days()).await?;
    let page = Page {
        frame: Frame::of(web, staff, At::Figures).await?,
        days: span.days(),
        unknown: board.days.iter().filter(|day| !day.known).count(),
        figures: figures(&board),
        trend: trend(&board),
        quality: quality(&board),
        heat: heat(web, only).await?,
        bureaus: bureaus(&board),
        samples: samples(web).await?,
        hot: board.hot,
    };
    Ok(page.render()?)
}

/// The figures of the whole time, each with how it is reckoned.
pub fn figures(board: &Board) -> Vec<Figure> {
    let figure = |name, formula, said: fn(&Tally) -> String| Figure {
        name,
        now: said(&board.all),
        before: board.before.as_ref().map(said),
        formula,
    };
    vec![
        figure("提问", "这段时间里问的问题，一个编号算一个", |all| {
            all.asked.to_string()
        }),
        figure("清单直接答", "清单直接答、没让人选的 ÷ 提问", |all| {
            charts::share(all.sure, all.asked)
        }),
        figure(
            "后来没解决",
            "直接答以后又转人工或被撤回的 ÷ 直接答的",
            |all| charts::share(all.unsolved, all.sure),
        ),
        figure("转人工", "转给过帮办员的 ÷ 提问", |all| {
            charts::share(all.handed, all.asked)
        }),
        figure("帮办员答复", "帮办员答复过的 ÷ 转人工的", |all| {
            charts::share(all.replied.min(all.handed), all.handed)
        }),
    ]
}

/// How many were asked each day.
pub fn trend(board: &Board) -> Bars {
    let few = board.days.len() <= 10;
    let row = |(place, day): (usize, &OneDay)| {
        let foot = (few || (board.days.len() - 1 - place).is_multiple_of(5))
            .then(|| format!("{}/{}", day.date.month(), day.date.day()));
        (day_said(day), foot, day.known.then_some(day.tally.asked), false)
    };
    let most = board.days.iter().max_by_key(|day| day.tally.asked);
    let said = match most.filter(|day| day.tally.asked > 0) {
        Some(most) => format!(
            "{} 天问了 {} 个，最多的是{}，{} 个；逐日见下表",
            board.days.len(),
            board.all.asked,
            day_said(most),
            most.tally.asked
        ),
        None => format!("{} 天没有人问", board.days.len()),
    };
    charts::bars(said, ["日期", "提问"], board.days.iter().enumerate().map(row).collect())
}

/// The share that the list answered, and of that the share that did not do.
pub fn quality(board: &Board) -> Lines {
    let names: Vec<String> = board
        .days
        .iter()
        .map(|day| format!("{}/{}", day.date.month(), day.date.day()))
        .collect();
    let point = |part: i64, whole: i64, known: bool| Point {
        share: (known && whole > 0).then(|| charts::ratio(part, whole)),
        bounds: None,
        said: if whole > 0 {
            format!("{}（{part}/{whole}）", charts::share(part, whole))
        } else {
            "–".to_owned()
        },
    };
    let sure = board
        .days
        .iter()
        .map(|day| point(day.tally.sure, day.tally.asked, day.known))
        .collect();
    let unsolved = board
        .days
        .iter()
        .map(|day| point(day.tally.unsolved, day.tally.sure, day.known))
        .collect();
    let said = format!(
        "直接答的占 {}，其中后来没解决的 {}；逐日见下表",
        charts::share(board.all.sure, board.all.asked),
        charts::share(board.all.unsolved, board.all.sure)
    );
    charts::lines(said, "日期", &names, &[("直接答", sure), ("后来没解决", unsolved)])
}

/// The load of the week against who is there; none before a whole week is known.
pub async fn heat(web: &Web, only: Option<BureauId>) -> Result<Option<Heat>, Failure> {
    let Some(curve) = web.desk.curve(only).await? else {
        return Ok(None);
    };
    let cells = web.desk.against_plan(only, &curve);
    // Hours in which nobody is ever handed over are left out: somewhere somebody works all night.
    let busy = |hour: usize| (0..7).any(|day| cells[day][hour].load >= 0.05);
    let hours: Vec<usize> = (0..24).filter(|hour| busy(*hour)).collect();
    let Some((first, last)) = hours.first().zip(hours.last()) else {
        return Ok(None);
    };
    let rows = (*first..=*last).map(|hour| {
        (
            format!("{hour} 时"),
            (0..7).map(|day| shaded(cells[day][hour])).collect(),
        )
    });
    let bare = (0..7).flat_map(|day| cells[day]).filter(|cell| is_bare(*cell)).count();
    let said = match bare {
        0 => "一周各小时转给帮办员的问题和值班的人数；有活的时候都有人值班，逐时见下表".to_owned(),
        bare => format!("一周各小时转给帮办员的问题和值班的人数；有 {bare} 个小时上班、有问题、没有人值班，逐时见下表"),
    };
    Ok(Some(charts::heat(said, rows.collect())))
}

/// Working time in which something comes and nobody is there.
fn is_bare(cell: Cell) -> bool {
    cell.open && cell.there == 0 && cell.load >= 0.05
}

/// A cell: how dark, what stands in it, what the table says.
fn shaded(cell: Cell) -> (u8, String, String) {
    use crate::domain::duty::load::MOST_EACH;
    if !cell.open && cell.load < 0.05 {
        return (0, String::new(), "–".to_owned());
    }
    let there = u32::try_from(cell.there).map_or(f64::MAX, f64::from);
    let shade = match cell.load / there.max(1.0) {
        _ if is_bare(cell) => 4,
        each if each >= MOST_EACH => 3,
        each if each >= MOST_EACH / 2.0 => 2,
        each if each >= MOST_EACH / 8.0 => 1,
        _ => 0,
    };
    let words = format!("{:.1}/{}", cell.load, cell.there);
    let said = format!("{:.1} 个、{} 人", cell.load, cell.there);
    (shade, words, said)
}

/// What the blind samples of the last weeks say; none before one was judged.
pub async fn samples(web: &Web) -> Result<Option<(Lines, String)>, Failure> {
    let weeks = web.desk.judged_weeks().await?;
    let mut all = Judged::default();
    for (_, week) in &weeks {
        all.judged += week.judged;
        all.wrong += week.wrong;
        all.not_a_question += week.not_a_question;
        all.incomplete += week.incomplete;
        all.drawn += week.drawn;
    }
    if all.answers() == 0 {
        return Ok(None);
    }
    let percent = |(low, high): (f64, f64)| format!("{:.0}%–{:.0}%", low * 100.0, high * 100.0);
    let point = |week: &Judged| {
        let (wrong, answers) = (week.wrong, week.answers());
        let bounds = wilson(wrong, answers);
        Point {
            share: (answers > 0).then(|| charts::ratio(wrong, answers)),
            bounds: (answers > 0).then_some(bounds),
            said: match answers {
                0 => "还没有判".to_owned(),
                _ => format!("{wrong}/{answers}，{}", percent(bounds)),
            },
        }
    };
    let names: Vec<String> = weeks
        .iter()
        .map(|(monday, _)| format!("{}/{}", monday.month(), monday.day()))
        .collect();
    let points = weeks.iter().map(|(_, week)| point(week)).collect();
    let said = format!(
        "近 {} 周抽了 {} 条，判了 {} 条：错 {}，不全 {}，不是问题 {}。错的占 {}，有 95% 的把握在 {} 之间。",
        weeks.len(),
        all.drawn,
        all.judged,
        all.wrong,
        all.incomplete,
        all.not_a_question,
        charts::share(all.wrong, all.answers()),
        percent(wilson(all.wrong, all.answers())),
    );
    let lines = charts::lines(
        format!("{said}各周见下表"),
        "那一周的周一",
        &names,
        &[("错的（把握 95% 的范围）", points)],
    );
    Ok(Some((lines, said)))
}

fn bureaus(board: &Board) -> Vec<OfBureau> {
    let of_bureau = |one: &crate::desk::OfBureau| {
        let days: Vec<(jiff::civil::Date, usize)> = one
            .days
            .iter()
            .map(|(date, asked)| (*date, usize::try_from(*asked).unwrap_or_default()))
            .collect();
        OfBureau {
            name: one.name.clone(),
            all: one.all,
            sure: charts::share(one.all.sure, one.all.asked),
            unsolved: charts::share(one.all.unsolved, one.all.sure),
            spark: spark(&days),
        }
    };
    board.bureaus.iter().map(of_bureau).collect()
}

fn day_said(day: &OneDay) -> String {
    format!("{}月{}日", day.date.month(), day.date.day())
}
