//! What an entry rests on, found again by the words people use for what happened to it.

/// What happens to a ground, or what a part of it is called: says nothing about which ground it is.
const EVENTS: &[&str] = &[
    "升级", "改版", "新版", "更新", "调整", "修订", "修改", "废止", "停用", "上线", "下线", "维护", "发布", "施行",
    "实施", "改造", "模块", "功能", "页面", "接口", "版本", "系统",
];

/// Whether a word stands in a ground: whole, or cut into parts of two and more characters that stand there or only say
/// what happens to it.
pub fn stands_in(word: &str, ground: &str) -> bool {
    if ground.contains(word) {
        return true;
    }
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    // For each place of the word: whether the parts before it are known, and whether one of them names the ground.
    let mut known: Vec<Option<bool>> = vec![None; ends.len()];
    known[0] = Some(false);
    for to in 2..ends.len() {
        for from in 0..to - 1 {
            let Some(named) = known[from] else { continue };
            let part = &word[ends[from]..ends[to]];
            let (here, event) = (ground.contains(part), EVENTS.contains(&part));
            if here || event {
                let names = named || (here && !event);
                known[to] = Some(known[to].unwrap_or(false) || names);
            }
        }
    }
    known.last() == Some(&Some(true))
}

#[cfg(test)]
mod tests {
    use super::stands_in;

    #[test]
    fn a_ground_is_found_by_its_words_and_by_parts_of_them() {
        let ground = "平台签名与填报功能";
        for word in ["平台升级", "签名模块", "签名填报", "平台", "填报功能"] {
            assert!(stands_in(word, ground), "{word}");
        }
        for word in ["升级", "系统升级", "平台审批", "签章模块", "名与"] {
            assert!(
                !stands_in(word, "平台公告") && (word == "名与" || !stands_in(word, ground)),
                "{word}"
            );
        }
    }
}
