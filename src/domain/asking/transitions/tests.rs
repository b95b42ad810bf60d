use super::*;
use crate::domain::asking::clocks::Rung;
use crate::domain::asking::question::QuestionId;
use crate::domain::asking::question::REOPEN_MS;
use crate::domain::asking::question::{Facts, RELEASE_MS, RevisionRef};
use crate::domain::asking::rating::Rating;
use crate::domain::chat::group::GroupId;
use crate::domain::chat::message::Channel;
use crate::domain::chat::message::{Account, MessageRef, Place};
use crate::domain::privacy::Masked;
use crate::domain::roster::people::BureauId;

const NOW: Millis = Millis(1_000_000_000);
const WANG: PersonId = PersonId(1);
const LI: PersonId = PersonId(2);

fn question(state: State) -> Question {
    let channel = Channel::new("web");
    Question::kept(Facts {
        id: QuestionId(1),
        version: 1,
        asker: Account {
            channel: channel.clone(),
            id: "v1".into(),
        },
        asker_name: "张三".into(),
        group: GroupId(1),
        bureau: BureauId(1),
        message: MessageRef {
            place: Place::chat(&channel, "g:1"),
            id: "1".into(),
        },
        text: Masked::from_storage("怎么办".into()),
        media: vec![],
        registered_at: None,
        first_helper: None,
        state,
        asked_at: NOW,
        heard_at: NOW,
    })
}

fn waiting() -> Question {
    question(State::Waiting {
        duty: Some(WANG),
        since: NOW,
        rung: Rung::Card,
    })
}

fn words(text: &str) -> Masked {
    Masked::from_storage(text.into())
}

#[test]
fn a_claim_is_exclusive_and_makes_the_first_helper() {
    let claimed = waiting().claim(WANG, NOW).unwrap().question;
    assert_eq!(claimed.first_helper, Some(WANG));
    assert_eq!(claimed.clone().claim(LI, NOW).unwrap_err(), Refusal::HeldBy(WANG));
    assert_eq!(claimed.claim(WANG, NOW).unwrap_err(), Refusal::AlreadyYours);
}

#[test]
fn a_claim_can_be_put_back_for_two_minutes_and_the_first_helper_stays() {
    let claimed = waiting().claim(WANG, NOW).unwrap().question;
    assert_eq!(
        claimed.clone().release(LI, None, NOW).unwrap_err(),
        Refusal::HeldBy(WANG)
    );
    assert_eq!(
        claimed
            .clone()
            .release(WANG, None, NOW.plus(RELEASE_MS + 1))
            .unwrap_err(),
        Refusal::TooLateToRelease
    );
    let back = claimed.release(WANG, Some(LI), NOW.plus(RELEASE_MS)).unwrap().question;
    let again = back.claim(LI, NOW.plus(RELEASE_MS)).unwrap().question;
    assert_eq!(again.first_helper, Some(WANG));
    assert_eq!(again.state.holder(), Some(LI));
}

#[test]
fn closing_before_a_reply_needs_a_reason_and_the_right_person() {
    let claimed = waiting().claim(WANG, NOW).unwrap().question;
    assert_eq!(
        claimed.clone().close(WANG, false, &words(" "), NOW).unwrap_err(),
        Refusal::ReasonNeeded
    );
    assert_eq!(
        claimed.clone().close(LI, false, &words("电话已答"), NOW).unwrap_err(),
        Refusal::NotHolder
    );
    assert!(claimed.clone().close(LI, true, &words("电话已答"), NOW).is_ok());
    let replied = claimed.reply(WANG, &words("已答"), NOW).unwrap().question;
    assert!(replied.close(WANG, false, &words(""), NOW).is_ok());
    assert_eq!(
        waiting().close(WANG, true, &words("x"), NOW).unwrap_err(),
        Refusal::NotNow
    );
}

#[test]
fn a_follow_up_goes_to_the_same_helper_for_seven_days() {
    let ended = waiting()
        .reply(WANG, &words("已答"), NOW)
        .unwrap()
        .question
        .solve(None, NOW)
        .unwrap()
        .question;
    let again = ended.clone().follow_up(NOW.plus(REOPEN_MS)).unwrap().question;
    assert_eq!(again.state.holder(), Some(WANG));
    assert_eq!(ended.follow_up(NOW.plus(REOPEN_MS + 1)).unwrap_err(), Refusal::Over);
}

#[test]
fn a_colleague_who_answers_does_not_take_the_question_away() {
    let claimed = waiting().claim(WANG, NOW).unwrap().question;
    let replied = claimed.reply(LI, &words("已答"), NOW).unwrap().question;
    assert_eq!(replied.state.holder(), Some(WANG));
    assert_eq!(replied.first_helper, Some(WANG));
}

#[test]
fn an_offer_needs_a_reason_and_is_accepted_or_declined_by_the_one_it_was_made_to() {
    const SUN: PersonId = PersonId(3);
    let claimed = waiting().claim(WANG, NOW).unwrap().question;
    assert_eq!(
        claimed.clone().offer(WANG, false, LI, &words(" ")).unwrap_err(),
        Refusal::WhyNeeded
    );
    assert_eq!(
        claimed.clone().offer(SUN, false, LI, &words("下班")).unwrap_err(),
        Refusal::NotHolder
    );
    assert_eq!(
        claimed.clone().offer(WANG, false, WANG, &words("下班")).unwrap_err(),
        Refusal::HeldBy(WANG)
    );
    let offered = claimed.offer(WANG, false, LI, &words("下班")).unwrap().question;
    assert_eq!(offered.state.holder(), Some(WANG), "still responsible");
    assert_eq!(offered.clone().claim(SUN, NOW).unwrap_err(), Refusal::HeldBy(WANG));
    assert_eq!(offered.clone().decline(SUN).unwrap_err(), Refusal::NotOffered);
    assert_eq!(
        offered
            .clone()
            .decline(LI)
            .unwrap()
            .question
            .claim(LI, NOW)
            .unwrap_err(),
        Refusal::HeldBy(WANG)
    );
    let accepted = offered.claim(LI, NOW).unwrap().question;
    assert_eq!((accepted.state.holder(), accepted.first_helper), (Some(LI), Some(WANG)));
}

#[test]
fn what_happened_is_told_in_order() {
    let asked = Question::ask(
        Asked {
            id: QuestionId(1),
            asker: question(State::Gathering { until: NOW }).asker.clone(),
            asker_name: "张三".into(),
            group: GroupId(1),
            bureau: BureauId(1),
            message: question(State::Gathering { until: NOW }).message.clone(),
            text: words("简易注销几天"),
            media: vec![],
            registered_at: None,
            at: NOW,
        },
        NOW,
    );
    let said: RevisionRef = "dereg-003·1".parse().unwrap();
    let answered = asked.then(|question| question.answer(std::slice::from_ref(&said), Some(WANG), NOW));
    let (question, steps, _) = answered.into_parts();
    assert_eq!(steps, [Step::Asked, Step::Answered(said.clone())]);
    assert_eq!(question.first_helper, Some(WANG), "who stands for the bot's answer");
    let (fixed, steps, voids_buttons) = question.fix(LI, said.clone(), NOW).into_parts();
    assert_eq!(steps, [Step::Fixed { by: LI, said }, Step::Claimed { by: LI }]);
    assert!(voids_buttons);
    assert_eq!((fixed.state.holder(), fixed.first_helper), (Some(LI), Some(WANG)));
}

#[test]
fn a_refused_step_changes_nothing_and_notes_nothing() {
    let moved = Moved::from(waiting());
    assert_eq!(
        moved.try_then(|question| question.rate(Rating::Delighted)).unwrap_err(),
        Refusal::NotNow
    );
}
