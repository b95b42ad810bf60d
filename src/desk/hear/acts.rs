//! Buttons and their text forms: one way in for both, the right checked anew each time.

use crate::desk::Result;
use crate::desk::asker;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::desk::hear::browse;
use crate::desk::helper::{self, away, inform};
use crate::desk::time::digest;
use crate::domain::asking::question::{Ending, Question, QuestionId, Refusal, State};
use crate::domain::asking::request::{Act, AskerAct, HelperAct};
use crate::domain::privacy::Masked;
use crate::domain::wording;
use crate::domain::wording::button;

/// Carries out a press on a known button.
pub(in crate::desk) async fn push(
    sitting: &mut Sitting<'_>,
    via: &Via,
    id: Option<QuestionId>,
    push: Push,
) -> Result<()> {
    let act = match push {
        Push::Solved => Act::Asker(AskerAct::Solved),
        Push::Human => Act::Asker(AskerAct::ToHuman),
        Push::None => Act::Asker(AskerAct::NoneOfThese),
        Push::Pick(index) => Act::Asker(AskerAct::Pick(index + 1)),
        Push::Rate(rating) => Act::Asker(AskerAct::Rate(rating)),
        Push::Claim => Act::Helper(HelperAct::Claim),
        Push::Release => Act::Helper(HelperAct::Release),
        Push::Close => Act::Helper(HelperAct::Close(Masked::default())),
        Push::AskCity => Act::Helper(HelperAct::AskCity(Masked::default())),
        Push::Offer => Act::Helper(HelperAct::Offer(Masked::default())),
        Push::Adopt(adopted) => Act::Helper(HelperAct::Adopt(adopted)),
        Push::Swap { number, agrees } => return away::swap_pressed(sitting, via, agrees, number).await,
        Push::NoDigest => return digest::pressed(sitting, via).await,
        Push::Look(no) => return browse::look(sitting, via, no).await,
    };
    let question = match id {
        Some(id) => sitting.tx.question(id).await?,
        None => None,
    };
    match question {
        Some(question) => act_on(sitting, via, question, &act).await,
        None => sitting.refuse(via, &Refusal::Stale, None).await,
    }
}

/// Carries out a text command. False if the words are no command here (an asker's word without a question).
pub(in crate::desk) async fn act(sitting: &mut Sitting<'_>, via: &Via, act: &Act, number: Option<i64>) -> Result<bool> {
    let question = match (number, &via.link, act) {
        (Some(number), _, _) => sitting.tx.question(QuestionId(number)).await?,
        (None, Some(link), _) => sitting.tx.question(link.question).await?,
        (None, None, Act::Asker(act)) => own_newest(sitting, via, act).await?,
        (None, None, Act::Helper(_)) => None,
    };
    match (question, act) {
        (Some(question), _) => act_on(sitting, via, question, act).await?,
        (None, Act::Helper(_)) if number.is_some() => {
            sitting.refuse(via, &Refusal::NoSuchQuestion, None).await?;
        }
        (None, Act::Asker(_)) if number.is_some() && via.helper().is_some() => {
            sitting.refuse(via, &Refusal::NoSuchQuestion, None).await?;
        }
        (None, Act::Helper(HelperAct::Inform(_))) if via.helper().is_some() => {
            inform::show_defects(sitting, via).await?;
        }
        (None, Act::Helper(act)) if via.helper().is_some() => {
            let text = wording::number_needed(verb(act));
            sitting.say(&via.place, via.text_id.as_deref(), text.into()).await?;
        }
        (None, Act::Asker(_) | Act::Helper(_)) => return Ok(false),
    }
    Ok(true)
}

/// The asker's newest question here that the word can mean.
async fn own_newest(sitting: &mut Sitting<'_>, via: &Via, act: &AskerAct) -> Result<Option<Question>> {
    let Some(group) = sitting.tx.group_of_chat(&via.place.channel, &via.place.chat).await? else {
        return Ok(None);
    };
    if let AskerAct::Rate(_) = act {
        return Ok(sitting.tx.newest_question_in(&via.account, group.id).await?);
    }
    let open = sitting.tx.open_questions_in(&via.account, group.id).await?;
    if open.is_empty() && matches!(act, AskerAct::ToHuman) {
        // 转人工 works also where the bot only listens.
        let newest = sitting.tx.newest_question_in(&via.account, group.id).await?;
        let observed = |question: &Question| {
            matches!(
                question.state,
                State::Ended {
                    how: Ending::Observed,
                    ..
                }
            )
        };
        return Ok(newest.filter(observed));
    }
    Ok(open.into_iter().find(|question| match act {
        AskerAct::Pick(_) | AskerAct::NoneOfThese => matches!(question.state, State::Suggested { .. }),
        AskerAct::ToHuman => matches!(
            question.state,
            State::Suggested { .. } | State::Answered { .. } | State::Replied { .. }
        ),
        AskerAct::Solved | AskerAct::Withdraw | AskerAct::Rate(_) => true,
    }))
}

async fn act_on(sitting: &mut Sitting<'_>, via: &Via, question: Question, act: &Act) -> Result<()> {
    let id = question.id;
    match act {
        Act::Asker(_) if question.asker != via.account => sitting.refuse(via, &Refusal::NotYours, Some(id)).await,
        Act::Asker(act) => asker::acts::asker_acts(sitting, via, question, act).await,
        Act::Helper(act) => match via.helper().cloned() {
            Some(helper) => helper::acts::helper_acts(sitting, via, question, act, &helper).await,
            None => sitting.refuse(via, &Refusal::NotHelper, Some(id)).await,
        },
    }
}

/// The word a helper types.
fn verb(act: &HelperAct) -> &'static str {
    match act {
        HelperAct::Claim => button::CLAIM,
        HelperAct::Release => button::RELEASE,
        HelperAct::Close(_) => button::CLOSE,
        HelperAct::Offer(_) => button::OFFER,
        HelperAct::AskCity(_) => button::ASK_CITY,
        HelperAct::Adopt(_) | HelperAct::AdoptTyped(..) => button::ADOPT,
        HelperAct::Reply(_) => wording::REPLY,
        HelperAct::Decline => wording::DECLINE,
        HelperAct::Inform(_) => wording::INFORM,
        HelperAct::Review(_) => wording::REVIEW,
    }
}
