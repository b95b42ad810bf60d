//! Words that ask nothing of their own and point to somebody else's: 这个怎么办.

/// Words that point, or ask without saying what.
const POINTS: [&str; 40] = [
    "这个问题",
    "这个情况",
    "这种情况",
    "这位",
    "这个",
    "这种",
    "这条",
    "这些",
    "这样",
    "这",
    "那个",
    "上面",
    "上边",
    "楼上",
    "引用",
    "问题",
    "情况",
    "怎么办理",
    "怎么办",
    "怎么弄",
    "怎么处理",
    "怎么解决",
    "怎么搞",
    "怎么整",
    "怎么答",
    "怎么回答",
    "怎么回事",
    "怎么说",
    "如何处理",
    "如何办理",
    "如何解决",
    "咋办",
    "咋弄",
    "咋整",
    "看一下",
    "看看",
    "看下",
    "解答",
    "回答",
    "答一下",
];
/// What may stand around them.
const AROUND: [&str; 38] = [
    "您好",
    "你好",
    "请问",
    "麻烦",
    "帮忙",
    "谢谢",
    "老师",
    "机器人",
    "一下",
    "可以",
    "知道",
    "应该",
    "大家",
    "他们",
    "请",
    "帮",
    "我",
    "您",
    "你",
    "他",
    "她",
    "给",
    "能",
    "要",
    "该",
    "求",
    "是",
    "的",
    "吗",
    "呢",
    "啊",
    "呀",
    "吧",
    "哦",
    "了",
    "看",
    "问",
    "答",
];

/// Whether words say nothing but that somebody else's are meant.
pub fn only_points(words: &str) -> bool {
    let bare: String = words.chars().filter(|c| c.is_alphanumeric()).collect();
    let mut rest = bare.as_str();
    let mut points = bare.is_empty();
    while !rest.is_empty() {
        let longest = |known: &[&'static str]| {
            let fitting = known.iter().filter(|word| rest.starts_with(**word));
            fitting.map(|word| word.len()).max().unwrap_or(0)
        };
        let (pointing, around) = (longest(&POINTS), longest(&AROUND));
        if pointing.max(around) == 0 {
            return false;
        }
        points |= pointing >= around;
        rest = &rest[pointing.max(around)..];
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_point_are_known() {
        for words in [
            "",
            "？",
            "这个怎么办",
            "这个怎么办？",
            "请问这个问题怎么处理",
            "帮忙看一下，谢谢",
            "老师看看这个",
            "上面这位老师问的怎么办理呀",
            "怎么回答他",
            "求解答",
        ] {
            assert!(only_points(words), "{words}");
        }
        for words in [
            "谢谢",
            "您好",
            "这个要多久",
            "个体户这个怎么办",
            "怎么注销",
            "在魏都怎么办",
            "2",
        ] {
            assert!(!only_points(words), "{words}");
        }
    }
}
