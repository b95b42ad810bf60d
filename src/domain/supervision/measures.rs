//! The measures, each defined once: its name, its formula in words, its unit, who or what causes it, and how it is
//! computed. The page and the papers say what stands here; `docs/figures.md` is made from it.

use crate::domain::supervision::judge::Fact;
use crate::domain::supervision::tally::{Cell, Wait};
pub use crate::domain::supervision::value::{Value, percent};

/// Who or what causes what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Asker,
    Helper,
    /// Whoever keeps a bureau's roster, plan and follow-ups.
    Keeper,
    Editor,
    Bot,
    Clock,
}

impl Cause {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Cause::Asker => "提问人",
            Cause::Helper => "帮办员",
            Cause::Keeper => "单位管理员",
            Cause::Editor => "清单编辑",
            Cause::Bot => "机器人",
            Cause::Clock => "时钟",
        }
    }
}

/// What is not counted from questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stock {
    /// Entries whose draft was written by somebody of it and took effect in the period.
    Contributed,
    /// Entries somebody of it wrote whose review is overdue now.
    Overdue,
    /// Offices with helpers enough, of all.
    Staffed,
    /// Half-days of working time that the plan leaves uncovered, of all.
    Uncovered,
}

/// How a measure is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// So many questions.
    Count(Fact),
    /// So many questions of so many.
    Share(Fact, Fact),
    /// A quantile of working time, in percent.
    Time(Wait, usize),
    /// Not from questions.
    Stock(Stock),
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    More,
    Less,
    /// Neither by itself.
    Neither,
}

/// One measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measure {
    /// In addresses and files.
    pub key: &'static str,
    pub name: &'static str,
    pub unit: &'static str,
    pub formula: &'static str,
    pub causes: &'static [Cause],
    pub of: Of,
    pub better: Better,
}

impl Measure {
    /// The measure of a key.
    pub fn of_key(key: &str) -> Option<&'static Measure> {
        MEASURES.iter().find(|measure| measure.key == key)
    }

    /// Its value over added-up questions; nothing for one that is not counted from questions.
    pub fn value(&self, cell: &Cell) -> Value {
        match self.of {
            Of::Count(fact) => Value::Count(cell.count(fact)),
            Of::Share(part, whole) => Value::share(cell.count(part), cell.count(whole)),
            Of::Time(wait, percent) => cell.quantile(wait, percent).map_or(Value::Nothing, Value::Time),
            Of::Stock(_) => Value::Nothing,
        }
    }

    /// The questions that open behind it: those that count under this.
    pub fn opens(&self) -> Option<Fact> {
        match self.of {
            Of::Count(fact) | Of::Share(fact, _) => Some(fact),
            Of::Time(Wait::Claim, _) => Some(Fact::Claimed),
            Of::Time(Wait::Reply, _) => Some(Fact::Replied),
            Of::Stock(_) => None,
        }
    }
}

const fn measure(
    (key, name, unit): (&'static str, &'static str, &'static str),
    of: Of,
    better: Better,
    causes: &'static [Cause],
    formula: &'static str,
) -> Measure {
    Measure {
        key,
        name,
        unit,
        formula,
        causes,
        of,
        better,
    }
}

/// Every measure, in the order in which they are shown.
pub const MEASURES: &[Measure] = {
    use Better::{Less, More, Neither};
    use Cause::{Asker, Bot, Clock, Editor, Helper, Keeper};
    use Fact as F;
    &[
        measure(
            ("asked", "提问", "件"),
            Of::Count(F::Asked),
            Neither,
            &[Asker],
            "期内在本单位的群里（或私聊中归到本单位）提出的问题。只旁听、没说话的群里记下的不算。",
        ),
        measure(
            ("sure", "直答率", "%"),
            Of::Share(F::Sure, F::Asked),
            More,
            &[Bot],
            "清单直接答了的 ÷ 提问。先给选项、点选以后才答的不算直答。",
        ),
        measure(
            ("unsolved", "直答没解决率", "%"),
            Of::Share(F::Unsolved, F::Sure),
            Less,
            &[Asker, Helper],
            "直答以后，提问人又要人工，或帮办员撤回了机器人的答复 ÷ 直答。",
        ),
        measure(
            ("handed", "转人工", "件"),
            Of::Count(F::Handed),
            Neither,
            &[Bot, Asker, Helper],
            "转给帮办员的问题，一个问题只算一次。等于下面三项之和。",
        ),
        measure(
            ("handed-bot", "机器人答不了而转", "件"),
            Of::Count(F::HandedByBot),
            Neither,
            &[Bot],
            "没有直答、也没给选项就转的。",
        ),
        measure(
            ("handed-asker", "提问人要求转", "件"),
            Of::Count(F::HandedByAsker),
            Neither,
            &[Asker],
            "机器人答过或给过选项，提问人仍要人工的。",
        ),
        measure(
            ("handed-helper", "帮办员主动接", "件"),
            Of::Count(F::HandedByHelper),
            Neither,
            &[Helper],
            "还没转，帮办员就认领、答复了的；或帮办员撤回机器人的答复后转的。",
        ),
        measure(
            ("claim-median", "认领时间中位数", "工作分钟"),
            Of::Time(Wait::Claim, 50),
            Less,
            &[Helper],
            "从转人工到第一次认领，只数提问单位作息里的时间（节假日不数，调休上班日数）。认领后又放回的不算认领；没人认领的不进这一项，进“认领超时”。n 个从短到长排，取第 ⌈n÷2⌉ 个。",
        ),
        measure(
            ("claim-p90", "认领时间九成位", "工作分钟"),
            Of::Time(Wait::Claim, 90),
            Less,
            &[Helper],
            "同上，取第 ⌈0.9n⌉ 个：九成的问题不比它久。",
        ),
        measure(
            ("reply-median", "首次答复中位数", "工作分钟"),
            Of::Time(Wait::Reply, 50),
            Less,
            &[Helper],
            "从转人工到帮办员第一次答复，数法同认领时间。取第 ⌈n÷2⌉ 个。",
        ),
        measure(
            ("reply-p90", "首次答复九成位", "工作分钟"),
            Of::Time(Wait::Reply, 90),
            Less,
            &[Helper],
            "同上，取第 ⌈0.9n⌉ 个。",
        ),
        measure(
            ("in-time", "按时率", "%"),
            Of::Share(F::InTime, F::Judged),
            More,
            &[Helper, Clock],
            "按时 ÷（按时＋超时）。按时：认领没有超时、认领后答复也没有超时，并且已经答复。还在时限里没答的、没等到超时就撤回的，两边都不算。",
        ),
        measure(
            ("claim-late", "认领超时", "件"),
            Of::Count(F::ClaimLate),
            Less,
            &[Clock],
            "从转人工到认领，超过报告指导群的时限（bangban.toml 里的 guidance，默认 30 工作分钟）。没人认领的数到结束或现在。",
        ),
        measure(
            ("reply-late", "答复超时", "件"),
            Of::Count(F::ReplyLate),
            Less,
            &[Clock],
            "从认领到第一次答复，超过首次答复时限（first_reply，默认 30 工作分钟）。没答复的数到结束或现在。",
        ),
        measure(
            ("cross", "跨单位", "件"),
            Of::Count(F::Cross),
            Neither,
            &[Helper],
            "转人工的问题里，最先接的或最后经手的帮办员不是提问单位的人（无差别帮办）。",
        ),
        measure(
            ("at-once", "一次解决率", "%"),
            Of::Share(F::AtOnce, F::Finished),
            More,
            &[Asker],
            "已经结束、答过、没被撤回的问题里，第一次答复以后提问人没有再问、没有转人工、答复也没被撤回的 ÷ 这些问题。",
        ),
        measure(
            ("twice", "二次补正", "件"),
            Of::Count(F::Twice),
            Less,
            &[Helper],
            "同一个问题第二次告知要补的材料：没有一次性告知（许工商〔2018〕103号 三(四)1），待核。",
        ),
        measure(
            ("solved", "提问人说解决了", "件"),
            Of::Count(F::Solved),
            More,
            &[Asker],
            "以提问人按“解决了”结束的。",
        ),
        measure(
            ("closed", "帮办员办结", "件"),
            Of::Count(F::Closed),
            Neither,
            &[Helper],
            "以帮办员或单位管理员办结结束的。",
        ),
        measure(
            ("lapsed", "到时自动结束", "件"),
            Of::Count(F::Lapsed),
            Neither,
            &[Clock],
            "答复以后没人再说话，到时限自动结束的。",
        ),
        measure(
            ("withdrawn", "提问人撤回", "件"),
            Of::Count(F::Withdrawn),
            Neither,
            &[Asker],
            "提问人说不用了的。",
        ),
        measure(
            ("rated", "评价", "件"),
            Of::Count(F::Rated),
            Neither,
            &[Asker],
            "提问人给了评价的，一事一评，自愿。群内评价单独统计，不是政务服务“好差评”。",
        ),
        measure(
            ("good", "好评率", "%"),
            Of::Share(F::Good, F::Rated),
            More,
            &[Asker],
            "非常满意、满意 ÷ 评价（国办发〔2019〕51号的五级）。",
        ),
        measure(
            ("bad", "差评", "件"),
            Of::Count(F::Bad),
            Less,
            &[Asker],
            "不满意、非常不满意。",
        ),
        measure(
            ("followed-up", "差评按期回访率", "%"),
            Of::Share(F::FollowedUp, F::FollowUpDue),
            More,
            &[Keeper],
            "期限内回访的 ÷（期限内回访的＋过了期限的）。期限没到、还没回访的不算。",
        ),
        measure(
            ("took-back", "帮办员更正", "件"),
            Of::Count(F::TookBack),
            Neither,
            &[Helper],
            "帮办员改了或收回了自己的答复。",
        ),
        measure(
            ("fixed", "撤回机器人答复", "件"),
            Of::Count(F::Fixed),
            Less,
            &[Helper],
            "帮办员指出机器人答错、撤回的。",
        ),
        measure(
            ("recalled", "更正追到人", "件"),
            Of::Count(F::Recalled),
            Neither,
            &[Editor, Bot],
            "条目改了，机器人回头告诉听过旧答案的人。",
        ),
        measure(
            ("again", "发布后又问", "件"),
            Of::Count(F::AgainAfterPublication),
            Less,
            &[Asker],
            "这个共性问题的条目第一次生效以后，又有人问的。",
        ),
        measure(
            ("contributed", "贡献条目", "条"),
            Of::Stock(Stock::Contributed),
            More,
            &[Editor],
            "期内生效的条目，拟稿人里有本单位的人。一条由几个单位的人拟，各算一条。",
        ),
        measure(
            ("overdue", "条目过期未复核", "条"),
            Of::Stock(Stock::Overdue),
            Less,
            &[Editor, Clock],
            "现在复核期限已过、还在用的条目里，最后一版的拟稿人有本单位的人。",
        ),
        measure(
            ("staffed", "名册达标率", "%"),
            Of::Stock(Stock::Staffed),
            More,
            &[Keeper],
            "现在窗口帮办员不少于 4 人、工商所不少于 2 人的窗口和所 ÷ 全部窗口和所（许工商〔2018〕103号 附件注）。",
        ),
        measure(
            ("uncovered", "缺岗半天率", "%"),
            Of::Stock(Stock::Uncovered),
            Less,
            &[Keeper],
            "期内到现在为止，按现在的值班表、请假和代班，有一段上班时间没人值班的半天 ÷ 有上班时间的半天。上午、下午以 12 点分。没写值班表的单位以窗口名册顺序代替，不算缺岗；单位的第一个群建起以前的不算。",
        ),
    ]
};
