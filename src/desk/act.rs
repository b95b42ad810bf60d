//! Buttons and their text forms: one way in for both, the right checked anew each time.

use super::owe::Push;
use super::{Result, Sitting};
use crate::domain::message::{Account, MessageRef, Place};
use crate::domain::people::{Person, Role};
use crate::domain::question::{Ending, Question, QuestionId, Refusal, State};
use crate::domain::request::Act;
use crate::domain::wording;
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

impl Via {
    fn helper(&self) -> Option<&Person> {
        self.person.as_ref().filter(|person| person.is_helper())
    }
}

impl Sitting<'_> {
    /// Carries out a press on a known button.
    pub async fn push(&mut self, via: &Via, id: QuestionId, push: Push) -> Result<()> {
        let act = match push {
            Push::Solved => Act::Solved,
            Push::Human => Act::ToHuman,
            Push::None => Act::NoneOfThese,
            Push::Pick(index) => Act::Pick(index + 1),
            Push::Claim => Act::Claim,
            Push::Release => Act::Release,
            Push::Close => Act::Close(String::new()),
        };
        let Some(question) = self.tx.question(id).await? else {
            return self.refuse(via, &Refusal::Stale, None).await;
        };
        self.act_on(via, question, &act).await
    }

    /// Carries out a text command. False if the words are no command here (an asker's word without a question).
    pub async fn act(&mut self, via: &Via, act: &Act, number: Option<i64>) -> Result<bool> {
        let asker_act = matches!(
            act,
            Act::Solved | Act::ToHuman | Act::NoneOfThese | Act::Pick(_) | Act::Withdraw
        );
        let question = match (number, &via.link) {
            (Some(number), _) => self.tx.question(QuestionId(number)).await?,
            (None, Some(link)) => self.tx.question(link.question).await?,
            (None, None) if asker_act => self.own_newest(via, act).await?,
            (None, None) => None,
        };
        match question {
            Some(question) => self.act_on(via, question, act).await?,
            None if number.is_some() && (via.helper().is_some() || !asker_act) => {
                self.refuse(via, &Refusal::NoSuchQuestion, None).await?;
            }
            None if asker_act => return Ok(false),
            None if via.helper().is_some() => {
                let verb = match act {
                    Act::Claim => wording::button::CLAIM,
                    Act::Release => wording::button::RELEASE,
                    Act::Reply(_) => wording::REPLY,
                    Act::Close(_) | Act::Solved | Act::ToHuman | Act::NoneOfThese | Act::Pick(_) | Act::Withdraw => {
                        wording::button::CLOSE
                    }
                };
                let text = wording::number_needed(verb);
                self.say(&via.place, via.text_id.as_deref(), text.into()).await?;
            }
            None => return Ok(false),
        }
        Ok(true)
    }

    /// The asker's newest open question here that the word can mean.
    async fn own_newest(&mut self, via: &Via, act: &Act) -> Result<Option<Question>> {
        let Some(group) = self.tx.group_of_chat(&via.place.channel, &via.place.chat).await? else {
            return Ok(None);
        };
        let open = self.tx.open_questions_in(&via.account, group.id).await?;
        Ok(open.into_iter().find(|question| match act {
            Act::Pick(_) | Act::NoneOfThese => matches!(question.state, State::Suggested { .. }),
            Act::ToHuman => matches!(
                question.state,
                State::Suggested { .. } | State::Answered { .. } | State::Replied { .. }
            ),
            Act::Solved | Act::Withdraw | Act::Claim | Act::Release | Act::Reply(_) | Act::Close(_) => true,
        }))
    }

    async fn act_on(&mut self, via: &Via, question: Question, act: &Act) -> Result<()> {
        match act {
            Act::Solved | Act::ToHuman | Act::NoneOfThese | Act::Pick(_) | Act::Withdraw => {
                if question.asker != via.account {
                    let id = question.id;
                    return self.refuse(via, &Refusal::NotYours, Some(id)).await;
                }
                self.asker_acts(via, question, act).await
            }
            Act::Claim | Act::Release | Act::Reply(_) | Act::Close(_) => match via.helper().cloned() {
                Some(helper) => self.helper_acts(via, question, act, &helper).await,
                None => self.refuse(via, &Refusal::NotHelper, Some(question.id)).await,
            },
        }
    }

    async fn asker_acts(&mut self, via: &Via, question: Question, act: &Act) -> Result<()> {
        let id = question.id;
        match act {
            Act::Solved => match question.solve(self.now) {
                Ok(solved) => self.end(via, solved, Ending::Solved).await,
                Err(refusal) => self.refuse(via, &refusal, Some(id)).await,
            },
            Act::Withdraw => match question.withdraw(self.now) {
                Ok(withdrawn) => self.end(via, withdrawn, Ending::Withdrawn).await,
                Err(refusal) => self.refuse(via, &refusal, Some(id)).await,
            },
            Act::Pick(number) => self.pick(via, question, *number).await,
            Act::ToHuman | Act::NoneOfThese | Act::Claim | Act::Release | Act::Reply(_) | Act::Close(_) => {
                self.call_human(via, question).await
            }
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

    async fn helper_acts(&mut self, via: &Via, question: Question, act: &Act, helper: &Person) -> Result<()> {
        match act {
            Act::Claim => self.claim(via, question, helper).await,
            Act::Release => self.release(via, question, helper).await,
            Act::Close(reason) => self.close(via, question, helper, reason).await,
            Act::Reply(words) if words.trim().is_empty() => {
                self.say(&via.place, via.text_id.as_deref(), wording::reply_needs_words().into())
                    .await
            }
            Act::Reply(words) => self.reply_by_command(via, question, helper, words).await,
            Act::Solved | Act::ToHuman | Act::NoneOfThese | Act::Pick(_) | Act::Withdraw => Ok(()),
        }
    }

    async fn claim(&mut self, via: &Via, question: Question, helper: &Person) -> Result<()> {
        let id = question.id;
        let mut claimed = match question.claim(helper.id, self.now) {
            Ok(claimed) => claimed,
            Err(refusal) => return self.refuse(via, &refusal, Some(id)).await,
        };
        self.acknowledge(via).await?;
        self.strip(id).await?;
        self.save(&mut claimed).await?;
        self.step(id, "claimed", Some(helper.id), "").await?;
        let buttons = [vec![Push::Release, Push::Close]];
        let Some(named) = self.named(helper.id, &claimed.place().channel).await? else {
            return Ok(());
        };
        let here = via.place.channel == claimed.place().channel && via.place.chat == claimed.place().chat;
        if here {
            return self
                .say_about(&claimed, "notice", wording::claimed(id, &named), &buttons)
                .await;
        }
        self.say_about(&claimed, "notice", wording::claimed(id, &named), &[])
            .await?;
        self.say_elsewhere(&via.place, id, "notice", wording::claimed_private(id), &buttons)
            .await
    }

    async fn release(&mut self, via: &Via, question: Question, helper: &Person) -> Result<()> {
        let id = question.id;
        let duty = self.on_duty(question.bureau, true).await?;
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
            &[vec![Push::Claim]],
        )
        .await
    }

    async fn close(&mut self, via: &Via, question: Question, helper: &Person, reason: &str) -> Result<()> {
        let id = question.id;
        let admin = helper.has(Role::Admin) || (helper.has(Role::BureauAdmin) && helper.bureau == question.bureau);
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
        };
        self.step(id, kind, via.person.as_ref().map(|person| person.id), "")
            .await?;
        self.say_about(&question, "line", wording::ended(id, how), &[]).await
    }

    /// A press is answered at once, so that the button stops spinning; a text command is answered by what follows.
    async fn acknowledge(&mut self, via: &Via) -> Result<()> {
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

    async fn tell(&mut self, via: &Via, text: String) -> Result<()> {
        match &via.press {
            Some(press) => self.toast(&via.place, press, &via.account.id, &text).await,
            None => self.say(&via.place, via.text_id.as_deref(), text.into()).await,
        }
    }

    async fn reply_by_command(&mut self, via: &Via, question: Question, helper: &Person, words: &str) -> Result<()> {
        let message = via.text_id.clone().map(|id| MessageRef {
            place: via.place.clone(),
            id,
        });
        self.reply(question, helper, words, &[], message.as_ref(), false).await
    }
}
