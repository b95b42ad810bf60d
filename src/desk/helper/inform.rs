//! 一次性告知: everything that is missing and how to mend it in one message, from the library of common defects
//! (许工商〔2018〕103号 三(四)1). A second one on the same question is flagged.

use crate::desk::Result;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::Told;
use crate::desk::ground::via::Via;
use crate::desk::helper::reply;
use crate::domain::asking::history::Step;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::Question;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::Person;
use crate::domain::wording;
use crate::domain::wording::Named;

/// `告知` alone: the library, in private where the helper has a private chat.
pub(in crate::desk) async fn show_defects(sitting: &mut Sitting<'_>, via: &Via) -> Result<()> {
    let list: Vec<(u32, String, String)> = sitting
        .served
        .defects()
        .iter()
        .map(|defect| (defect.no, defect.about.clone(), defect.missing.clone()))
        .collect();
    let text = wording::defects(&list);
    match via.person_id() {
        Some(person) if sitting.is_reachable(person).await? => sitting.tell_privately(&[person], &text).await,
        Some(_) | None => sitting.say(&via.place, via.text_id.as_deref(), text).await,
    }
}

/// `告知 1024 1 3 另：…`: becomes the helper's reply.
pub(in crate::desk) async fn inform(
    sitting: &mut Sitting<'_>,
    via: &Via,
    question: Question,
    helper: &Person,
    words: &str,
) -> Result<()> {
    let mut items = Vec::new();
    let (numbers, more) = split(words);
    for no in numbers {
        match sitting.served.defects().iter().find(|defect| defect.no == no) {
            Some(defect) => items.push(Masked::from(format!("{}。{}", defect.missing, defect.mend))),
            None => return sitting.tell(via, wording::no_such_defect(no).words()).await,
        }
    }
    items.extend(more.map(Masked::from));
    if items.is_empty() {
        return sitting.tell(via, wording::nothing_to_inform().words()).await;
    }
    let id = question.id;
    let keepers = sitting.roster.keepers_of(question.bureau);
    let asked = question.clone();
    let before = sitting
        .tx
        .steps(id)
        .await?
        .iter()
        .any(|noted| matches!(noted.step, Step::Informed { .. }));
    reply::reply_by_command(sitting, via, question, helper, &wording::inform(&items)).await?;
    let (by, again) = (helper.id, before);
    sitting.note(id, &Step::Informed { by, again }).await?;
    if before {
        let words = |_: Spot, _: &[Named]| wording::informed_again(id, &helper.name);
        sitting
            .tell_staff(&[asked], &Told::words(News::InformedAgain, &keepers, &words))
            .await?;
    }
    Ok(())
}

/// The numbers at the beginning, and what follows them or 另.
fn split(words: &str) -> (Vec<u32>, Option<&str>) {
    let mut numbers = Vec::new();
    let mut rest = words.trim();
    let between = |c: char| c.is_whitespace() || "，,、;；".contains(c);
    loop {
        rest = rest.trim_start_matches(between);
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        // 3家 is not the third defect.
        let alone = rest[end..].chars().next().is_none_or(|c| between(c) || c == '另');
        match rest[..end].parse() {
            Ok(no) if alone => {
                numbers.push(no);
                rest = &rest[end..];
            }
            Ok(_) | Err(_) => break,
        }
    }
    let rest = rest.strip_prefix('另').unwrap_or(rest);
    let rest = rest.trim_start_matches(['：', ':', '，', ',', ' ', '有', '外']).trim();
    (numbers, (!rest.is_empty()).then_some(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_own_words_are_told_apart() {
        for (words, expected) in [
            ("1 3", (vec![1, 3], None)),
            ("1、3，另：身份证反面没传", (vec![1, 3], Some("身份证反面没传"))),
            ("2另外章程少一页", (vec![2], Some("章程少一页"))),
            ("章程少一页", (vec![], Some("章程少一页"))),
            ("3家股东都要签", (vec![], Some("3家股东都要签"))),
            ("", (vec![], None)),
        ] {
            assert_eq!(split(words), expected, "{words}");
        }
    }
}
