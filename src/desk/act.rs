//! Buttons and their text forms: one way in for both, the right checked anew each time.

use super::owe::Push;
use super::{Result, Sitting};
use crate::domain::asking::question::{Ending, Question, QuestionId, Refusal, State};
use crate::domain::asking::request::{Act, Adopted, AskerAct, HelperAct};
use crate::domain::chat::message::{Account, MessageRef, Place};
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::wording::{self, button};
use crate::store::links::Link;

/// How an act came in: by a press or by words, from whom, where.
pub(crate) struct Via {
    pub place: Place,
    pub account: Account,
    pub person: Option<Person>,
    /// The press, answered by a toast.
    pub press: Option<String>,
    /// The text command, answered by quoting it.
    pub text_id: Option<String>,
    /// What the text command replies to.
    pub link: Option<Link>,
}

/// The buttons of a question that somebody has just taken.
const CLAIMED: [&[Push]; 2] = [&[Push::Release, Push::Close], &[Push::AskCity, Push::Offer]];
/// The same when it can no longer be put back.
pub(super) const KEPT: [&[Push]; 1] = [&[Push::Close, Push::AskCity, Push::Offer]];

impl Via {
    fn helper(&self) -> Option<&Person> {
        self.person.as_ref().filter(|person| person.is_helper())
    }
}

impl Sitting<'_> {
    /// Carries out a press on a known button.
    pub async fn push(&mut self, via: &Via, id: QuestionId, push: Push) -> Result<()> {
        let act = match push {
            Push::Solved => Act::Asker(AskerAct::Solved),
            Push::Human => Act::Asker(AskerAct::ToHuman),
            Push::None => Act::Asker(AskerAct::NoneOfThese),
            Push::Pick(index) => Act::Asker(AskerAct::Pick(index + 1)),
            Push::Rate(level) => Act::Asker(AskerAct::Rate(level)),
            Push::Claim => Act::Helper(HelperAct::Claim),
            Push::Release => Act::Helper(HelperAct::Release),
            Push::Close => Act::Helper(HelperAct::Close(String::new())),
            Push::AskCity => Act::Helper(HelperAct::AskCity(String::new())),
            Push::Offer => Act::Helper(HelperAct::Offer(String::new())),
            Push::Adopt(adopted) => Act::Helper(HelperAct::Adopt(adopted)),
        };
        let Some(question) = self.tx.question(id).await? else {
            return self.refuse(via, &Refusal::Stale, None).await;
        };
        self.act_on(via, question, &act).await
    }

    /// Carries out a text command. False if the words are no command here (an asker's word without a question).
    pub async fn act(&mut self, via: &Via, act: &Act, number: Option<i64>) -> Result<bool> {
        let question = match (number, &via.link, act) {
            (Some(number), _, _) => self.tx.question(QuestionId(number)).await?,
            (None, Some(link), _) => self.tx.question(link.question).await?,
            (None, None, Act::Asker(act)) => self.own_newest(via, act).await?,
            (None, None, Act::Helper(_)) => None,
        };
        match (question, act) {
            (Some(question), _) => self.act_on(via, question, act).await?,
            (None, Act::Helper(_)) if number.is_some() => {
                self.refuse(via, &Refusal::NoSuchQuestion, None).await?;
            }
            (None, Act::Asker(_)) if number.is_some() && via.helper().is_some() => {
                self.refuse(via, &Refusal::NoSuchQuestion, None).await?;
            }
            (None, Act::Helper(HelperAct::Inform(_))) if via.helper().is_some() => {
                self.show_defects(via).await?;
            }
            (None, Act::Helper(act)) if via.helper().is_some() => {
                let text = wording::number_needed(verb(act));
                self.say(&via.place, via.text_id.as_deref(), text.into()).await?;
            }
            (None, Act::Asker(_) | Act::Helper(_)) => return Ok(false),
        }
        Ok(true)
    }

    /// The asker's newest question here that the word can mean.
    async fn own_newest(&mut self, via: &Via, act: &AskerAct) -> Result<Option<Question>> {
        let Some(group) = self.tx.group_of_chat(&via.place.channel, &via.place.chat).await? else {
            return Ok(None);
        };
        if let AskerAct::Rate(_) = act {
            return Ok(self.tx.newest_question_in(&via.account, group.id).await?);
        }
        let open = self.tx.open_questions_in(&via.account, group.id).await?;
        if open.is_empty() && matches!(act, AskerAct::ToHuman) {
            // 转人工 works also where the bot only listens.
            let newest = self.tx.newest_question_in(&via.account, group.id).await?;
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

    async fn act_on(&mut self, via: &Via, question: Question, act: &Act) -> Result<()> {
        let id = question.id;
        match act {
            Act::Asker(_) if question.asker != via.account => self.refuse(via, &Refusal::NotYours, Some(id)).await,
            Act::Asker(act) => self.asker_acts(via, question, act).await,
            Act::Helper(act) => match via.helper().cloned() {
                Some(helper) => self.helper_acts(via, question, act, &helper).await,
                None => self.refuse(via, &Refusal::NotHelper, Some(id)).await,
            },
        }
    }

    async fn asker_acts(&mut self, via: &Via, question: Question, act: &AskerAct) -> Result<()> {
        let id = question.id;
        match act {
            AskerAct::Solved => match question.solve(self.now) {
                Ok(solved) => self.end(via, solved, Ending::Solved).await,
                Err(refusal) => self.refuse(via, &refusal, Some(id)).await,
            },
            AskerAct::Withdraw => match question.withdraw(self.now) {
                Ok(withdrawn) => self.end(via, withdrawn, Ending::Withdrawn).await,
                Err(refusal) => self.refuse(via, &refusal, Some(id)).await,
            },
            AskerAct::Pick(number) => self.pick(via, question, *number).await,
            AskerAct::Rate(level) => self.rate(via, question, *level).await,
            AskerAct::ToHuman | AskerAct::NoneOfThese => self.call_human(via, question).await,
        }
    }

    /// 转人工 / 都不是: to a helper; after a helper's reply it goes back to the same one (一帮到底).
    async fn call_human(&mut self, via: &Via, question: Question) -> Result<()> {
        let id = question.id;
        if matches!(question.state, State::Replied { .. }) {
            self.acknowledge(via).await?;
            let words = question.text.as_str().to_owned();
            return self.back_to_helper(question, &words).await;
        }
        match &question.state {
            State::Gathering { .. } | State::Suggested { .. } | State::Answered { .. } | State::Ended { .. } => {
                let duty = self.duty_for(&question).await?;
                match question.hand_over(duty.helper(), self.now) {
                    Ok(question) => {
                        self.acknowledge(via).await?;
                        self.strip(id).await?;
                        self.hand_over(question, &duty, wording::Why::Asked).await
                    }
                    Err(refusal) => self.refuse(via, &refusal, Some(id)).await,
                }
            }
            State::Waiting { .. } | State::Claimed { .. } => {
                let holder = self.holder_name(&question).await?;
                let text = wording::asked_again(id, holder.as_ref(), false);
                self.tell(via, text.words()).await
            }
            State::Replied { .. } => Ok(()),
        }
    }

    /// One of the offered choices.
    async fn pick(&mut self, via: &Via, question: Question, number: usize) -> Result<()> {
        let id = question.id;
        let State::Suggested { choices, .. } = &question.state else {
            return self.refuse(via, &Refusal::Stale, Some(id)).await;
        };
        let chosen = number.checked_sub(1).and_then(|index| choices.get(index)).cloned();
        let Some(chosen) = chosen else {
            return self.refuse(via, &Refusal::Stale, Some(id)).await;
        };
        self.acknowledge(via).await?;
        self.strip(id).await?;
        self.step(id, "picked", None, &chosen).await?;
        self.answer_or_hand_over(question, &[chosen.as_str().into()]).await
    }

    async fn helper_acts(&mut self, via: &Via, question: Question, act: &HelperAct, helper: &Person) -> Result<()> {
        match act {
            HelperAct::Claim => self.claim(via, question, helper).await,
            HelperAct::Release => self.release(via, question, helper).await,
            HelperAct::Close(reason) => self.close(via, question, helper, reason).await,
            HelperAct::Reply(words) if words.trim().is_empty() => {
                self.say(&via.place, via.text_id.as_deref(), wording::reply_needs_words().into())
                    .await
            }
            HelperAct::Reply(words) => self.reply_by_command(via, question, helper, words).await,
            HelperAct::Offer(words) => self.offer(via, question, helper, words).await,
            HelperAct::Decline => self.decline(via, question, helper).await,
            HelperAct::AskCity(note) => self.ask_city(via, question, helper, note).await,
            HelperAct::Adopt(adopted) => self.adopt(via, question, helper, *adopted, "").await,
            HelperAct::AdoptTyped(Some(no), words) => {
                self.adopt(via, question, helper, Adopted::Entry(*no), words).await
            }
            HelperAct::AdoptTyped(None, _) => self.tell(via, wording::adopt_usage(question.id)).await,
            HelperAct::Inform(words) => self.inform(via, question, helper, words).await,
            HelperAct::Review(words) => self.review(via, question, helper, words).await,
        }
    }

    /// 认领; where it was offered to this helper, 接手.
    async fn claim(&mut self, via: &Via, question: Question, helper: &Person) -> Result<()> {
        let id = question.id;
        let before = question.state.holder();
        let mut claimed = match question.claim(helper.id, self.now) {
            Ok(claimed) => claimed,
            Err(refusal) => return self.refuse(via, &refusal, Some(id)).await,
        };
        self.acknowledge(via).await?;
        self.strip(id).await?;
        self.save(&mut claimed).await?;
        let kind = if before.is_some() { "accepted" } else { "claimed" };
        self.step(id, kind, Some(helper.id), "").await?;
        self.tell_claimed(via, &claimed, helper, before).await
    }

    async fn tell_claimed(
        &mut self,
        via: &Via,
        claimed: &Question,
        helper: &Person,
        before: Option<PersonId>,
    ) -> Result<()> {
        let id = claimed.id;
        let Some(named) = self.named(helper.id, &claimed.place().channel).await? else {
            return Ok(());
        };
        let first = claimed.first_helper.filter(|first| *first != helper.id);
        let first = first
            .and_then(|first| self.roster.person(first))
            .map(|first| first.name.clone());
        let text = match before {
            Some(_) => wording::taken_over(id, &named, first.as_deref()),
            None => wording::claimed(id, &named),
        };
        if let Some(before) = before.filter(|before| *before != helper.id) {
            for place in self.private_places(&[before]).await? {
                self.say(&place, None, text.clone()).await?;
            }
        }
        let here = via.place.channel == claimed.place().channel && via.place.chat == claimed.place().chat;
        if here {
            return self.say_about(claimed, "notice", text, &CLAIMED).await;
        }
        self.say_about(claimed, "notice", text, &[]).await?;
        self.say_elsewhere(&via.place, id, "notice", wording::claimed_private(id), &CLAIMED)
            .await
    }

    async fn release(&mut self, via: &Via, question: Question, helper: &Person) -> Result<()> {
        let id = question.id;
        let duty = self.on_duty(self.post(&question), true).await?;
        let mut released = match question.release(helper.id, duty.helper(), self.now) {
            Ok(released) => released,
            Err(refusal) => return self.refuse(via, &refusal, Some(id)).await,
        };
        self.acknowledge(via).await?;
        self.strip(id).await?;
        self.save(&mut released).await?;
        self.step(id, "released", Some(helper.id), "").await?;
        let named = self.duty_named(&duty, &released.place().channel.clone()).await?;
        self.say_about(
            &released,
            "card",
            wording::released(id, named.as_ref()),
            &[&[Push::Claim]],
        )
        .await
    }

    async fn close(&mut self, via: &Via, question: Question, helper: &Person, reason: &str) -> Result<()> {
        let id = question.id;
        let admin = self.arranges(helper, &question);
        let reason = crate::domain::privacy::mask(reason);
        match question.close(helper.id, admin, reason.as_str(), self.now) {
            Ok(closed) => {
                self.step(id, "closed", Some(helper.id), reason.as_str()).await?;
                self.end(via, closed, Ending::Closed).await
            }
            Err(refusal) => self.refuse(via, &refusal, Some(id)).await,
        }
    }

    /// The question is over: buttons off, one line where it was asked.
    async fn end(&mut self, via: &Via, mut question: Question, how: Ending) -> Result<()> {
        let id = question.id;
        self.acknowledge(via).await?;
        self.strip(id).await?;
        self.save(&mut question).await?;
        let kind = match how {
            Ending::Solved => "solved",
            Ending::Closed => "over",
            Ending::Lapsed => "lapsed",
            Ending::Withdrawn => "withdrawn",
            Ending::Observed => "observed",
        };
        self.step(id, kind, via.person.as_ref().map(|person| person.id), "")
            .await?;
        match how {
            Ending::Solved => self.ask_rating(&question).await,
            Ending::Closed | Ending::Lapsed | Ending::Withdrawn | Ending::Observed => {
                self.say_about(&question, "line", wording::ended(id, how), &[]).await
            }
        }
    }

    /// A press is answered at once, so that the button stops spinning; a text command is answered by what follows.
    pub(super) async fn acknowledge(&mut self, via: &Via) -> Result<()> {
        match &via.press {
            Some(press) => self.toast(&via.place, press, &via.account.id, wording::done()).await,
            None => Ok(()),
        }
    }

    /// A refused press gets a toast that only the presser sees; a refused text command gets one quoted reply.
    pub(super) async fn refuse(&mut self, via: &Via, refusal: &Refusal, id: Option<QuestionId>) -> Result<()> {
        let holder = match (refusal, id) {
            (Refusal::HeldBy(person), _) => self.roster.person(*person).map(|person| person.name.clone()),
            (Refusal::NotHolder, Some(id)) => {
                let holder = self.tx.question(id).await?.and_then(|question| question.state.holder());
                holder
                    .and_then(|holder| self.roster.person(holder))
                    .map(|person| person.name.clone())
            }
            _ => None,
        };
        self.tell(via, wording::refusal(refusal, id, holder.as_deref())).await
    }

    pub(super) async fn tell(&mut self, via: &Via, text: String) -> Result<()> {
        match &via.press {
            Some(press) => self.toast(&via.place, press, &via.account.id, &text).await,
            None => self.say(&via.place, via.text_id.as_deref(), text.into()).await,
        }
    }

    pub(super) async fn reply_by_command(
        &mut self,
        via: &Via,
        question: Question,
        helper: &Person,
        words: &str,
    ) -> Result<()> {
        let message = via.text_id.clone().map(|id| MessageRef {
            place: via.place.clone(),
            id,
        });
        self.reply(question, helper, words, &[], message.as_ref(), false).await
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
