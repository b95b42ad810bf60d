//! What a text is about, as far as a few words tell: which side of a matter is asked, and for whom.
//! Groups of words in the program, not in the lexicon, because they are features the weights were fitted for.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::denial::denied;
use super::spotter::Spotter;

/// What may be asked of any matter: 材料 时限 费用 地点 …, each by its words.
const ASPECTS: [&[&str]; 12] = [
    &[
        "材料",
        "资料",
        "证件",
        "带啥",
        "带什么",
        "准备啥",
        "准备什么",
        "交啥",
        "交什么",
        "拿啥",
        "拿什么",
        "哪些东西",
        "手续",
    ],
    &[
        "多久",
        "几天",
        "几个工作日",
        "多长时间",
        "啥时候",
        "什么时候",
        "何时",
        "时限",
        "多少天",
        "几号",
        "几年",
        "期限",
        "几点",
        "哪天",
        "多少年",
    ],
    &[
        "多少钱",
        "要钱",
        "收费",
        "费用",
        "收钱",
        "花钱",
        "免费",
        "工本费",
        "价格",
        "运费",
        "咋收",
        "贵不",
    ],
    &[
        "在哪",
        "去哪",
        "哪里",
        "哪儿",
        "地址",
        "上哪",
        "什么地方",
        "啥地方",
        "哪个窗口",
        "到哪",
        "搁哪",
        "入口",
        "菜单",
    ],
    &["怎么", "咋", "如何", "流程", "步骤", "怎样", "程序", "先干啥", "第一步"],
    &[
        "条件",
        "能不能",
        "可以吗",
        "行不",
        "能否",
        "可不可以",
        "允许",
        "能吗",
        "够不够",
        "有没有资格",
        "中不",
        "要求",
    ],
    &["进度", "到哪一步", "状态", "还没", "没动静", "卡", "一直没"],
    &[
        "为什么",
        "为啥",
        "原因",
        "咋回事",
        "怎么回事",
        "失败",
        "不了",
        "打不开",
        "没反应",
        "报错",
        "提示",
        "退回",
        "不通过",
        "没通过",
    ],
    &["区别", "不同", "哪个好", "还是", "选哪", "一样吗", "一回事"],
    &["谁", "哪个人", "什么人", "本人", "别人", "代替", "替", "代办", "亲自"],
    &["后果", "会咋", "处罚", "罚", "影响", "责任", "会怎样", "会怎么样"],
    &["是什么", "是啥", "什么意思", "啥意思", "指什么", "指啥"],
];

/// For whom: words of one kind of entity.
const KINDS: [&[&str]; 7] = [
    &["个体"],
    &["合作社"],
    &["联社", "联合社"],
    &["分公司", "分店", "分支机构", "分社"],
    &["合伙企业", "合伙人"],
    &["个人独资", "个独"],
    &["外资", "外商", "外国"],
];

/// Which business: the words people use for each.
const BUSINESSES: [&[&str]; 16] = [
    &["注销", "销户", "销掉", "销照", "关公司", "不干了", "不开了", "倒闭"],
    &[
        "设立",
        "注册公司",
        "怎么注册",
        "开公司",
        "办照",
        "新办",
        "成立",
        "开办",
        "开店",
        "办个照",
        "办执照",
        "注册个",
    ],
    &["变更", "换", "改", "更换", "调整"],
    &["年报", "年检", "年度报告", "年度"],
    &["迁", "搬"],
    &["股权", "转让", "股份", "转股"],
    &["遗失", "丢", "补领", "补办", "补照", "找不到", "找不见"],
    &["备案"],
    &["歇业", "停业", "休眠"],
    &["吊销"],
    &["撤销", "冒名", "冒用", "被注册"],
    &["签名", "签字", "签章", "待签", "手写"],
    &["登录", "登陆", "账号", "帐号", "密码", "验证码", "实名", "刷脸", "人脸"],
    &["公示", "公告", "登报", "挂网"],
    &[
        "增资",
        "减资",
        "增加注册资本",
        "减少注册资本",
        "注册资本",
        "注册资金",
        "认缴",
        "实缴",
        "出资",
    ],
    &["名称", "名字", "起名", "核名", "字号", "重名"],
];

/// Businesses that are steps of others: a notice, a filing, a signature.
pub fn steps() -> u32 {
    spot(&SPOT_BUSINESSES, "公示、备案、签名") as u32
}

/// The words that tell which side of a matter is asked.
pub fn aspect_words() -> impl Iterator<Item = &'static str> {
    ASPECTS.into_iter().flatten().copied()
}

/// What a text is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concepts {
    pub aspects: u32,
    pub kinds: u32,
    pub businesses: u32,
    /// Businesses that are not wanted.
    pub denied: u32,
    /// Which of the lexicon's opposites are said.
    pub opposites: u128,
}

/// The bit of a group for each of its words.
fn of_groups(groups: &[&[&str]]) -> Spotter<u128> {
    let bits = groups.iter().enumerate();
    Spotter::new(bits.flat_map(|(place, words)| words.iter().map(move |word| (word.to_string(), 1 << place))))
}

fn spot(spotter: &Spotter<u128>, text: &str) -> u128 {
    spotter.spotted(text).fold(0, |spotted, bits| spotted | bits)
}

static SPOT_ASPECTS: LazyLock<Spotter<u128>> = LazyLock::new(|| of_groups(&ASPECTS));
static SPOT_KINDS: LazyLock<Spotter<u128>> = LazyLock::new(|| of_groups(&KINDS));
static SPOT_BUSINESSES: LazyLock<Spotter<u128>> = LazyLock::new(|| of_groups(&BUSINESSES));

/// The lexicon's groups of words that must not stand for each other.
#[derive(Debug, Clone, Default)]
pub struct Opposites {
    words: Vec<String>,
    groups: Vec<u128>,
    spotter: Spotter<u128>,
}

impl Opposites {
    /// Takes the first 128 words of the groups.
    pub fn new(groups: impl Iterator<Item = Vec<String>>) -> Opposites {
        let mut opposites = Opposites::default();
        for group in groups {
            let mut mask = 0;
            for word in group.into_iter().filter(|word| !word.is_empty()) {
                let known = opposites.words.iter().position(|other| *other == word);
                let place = known.unwrap_or_else(|| {
                    opposites.words.push(word);
                    opposites.words.len() - 1
                });
                if place < 128 {
                    mask |= 1 << place;
                }
            }
            opposites.groups.push(mask);
        }
        let words = opposites.words.iter().take(128).enumerate();
        opposites.spotter = Spotter::new(words.map(|(place, word)| (word.clone(), 1 << place)));
        opposites
    }

    /// What is told by a text; `sense` holds also what its words mean.
    pub fn concepts(&self, text: &str, sense: &str) -> Concepts {
        // No group of the program has more than 32 members.
        let few = |spotted: u128| spotted as u32;
        Concepts {
            aspects: few(spot(&SPOT_ASPECTS, text)),
            kinds: few(spot(&SPOT_KINDS, sense)),
            businesses: few(spot(&SPOT_BUSINESSES, text)),
            denied: few(denied(text, &SPOT_BUSINESSES)),
            opposites: spot(&self.spotter, sense),
        }
    }

    /// Whether both name members of a group, and none in common.
    pub fn clash(&self, a: Concepts, b: Concepts) -> bool {
        self.groups.iter().any(|group| {
            let (ours, theirs) = (a.opposites & group, b.opposites & group);
            ours != 0 && theirs != 0 && ours & theirs == 0
        })
    }

    /// The opposed words of two texts, for explaining a veto.
    pub fn clashing(&self, a: Concepts, b: Concepts) -> Vec<(&str, &str)> {
        let word = |mask: u128| {
            self.words
                .get(mask.trailing_zeros() as usize)
                .map_or("", String::as_str)
        };
        let both = self
            .groups
            .iter()
            .map(|group| (a.opposites & group, b.opposites & group));
        both.filter(|(ours, theirs)| *ours != 0 && *theirs != 0 && ours & theirs == 0)
            .map(|(ours, theirs)| (word(ours), word(theirs)))
            .collect()
    }
}

impl Concepts {
    /// Whether one wants a business that the other says is not wanted.
    pub fn denies(self, other: Concepts) -> bool {
        (self.denied ^ other.denied) & self.businesses & other.businesses != 0
    }
}

/// What an entry's phrasings are about: said by some of them, and said by most.
#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    pub some: Concepts,
    pub most: Concepts,
}

/// A concept is some's if a fifth of the phrasings say it, and most's if three of five do.
const SOME: f32 = 0.2;
const MOST: f32 = 0.6;

impl About {
    /// Counts over an entry's phrasings.
    pub fn of(phrasings: &[Concepts]) -> About {
        let said = |part: f32, of: fn(&Concepts) -> u32| {
            let often = |bit: &u32| {
                let count = phrasings.iter().filter(|concepts| of(concepts) & bit != 0).count();
                count as f32 >= part * phrasings.len() as f32
            };
            (0..32)
                .map(|place| 1 << place)
                .filter(often)
                .fold(0, |mask, bit| mask | bit)
        };
        let about = |part: f32| Concepts {
            kinds: said(part, |concepts| concepts.kinds),
            businesses: said(part, |concepts| concepts.businesses),
            ..Concepts::default()
        };
        About {
            some: about(SOME),
            most: about(MOST),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opposites_clash_unless_one_is_shared() {
        let groups = [vec!["吊销".to_string(), "注销".to_string()]];
        let opposites = Opposites::new(groups.into_iter());
        let of = |text: &str| opposites.concepts(text, text);
        assert!(opposites.clash(of("吊销后怎么办"), of("注销要多久")));
        assert!(!opposites.clash(of("吊销后怎么注销"), of("注销要多久")));
        assert_eq!(opposites.clashing(of("吊销"), of("注销")), [("吊销", "注销")]);
    }

    #[test]
    fn an_entry_is_about_what_its_phrasings_say() {
        let opposites = Opposites::default();
        let of = |text: &str| opposites.concepts(text, text);
        let about = About::of(&[of("个体户怎么注销"), of("注销要多久"), of("销户"), of("个体注销")]);
        let one = of("个体户注销");
        assert_eq!(about.most.businesses & one.businesses, one.businesses);
        assert_eq!((about.some.kinds, about.most.kinds), (one.kinds, 0));
    }
}
