//! A question goes on: a helper's reply becomes the answer, the asker's 追问 goes to the same helper.

use super::act::KEPT;
use super::ask::{Verdict, joined};
use super::hear::Said;
use super::owe::Push;
use super::{Result, Sitting};
use crate::clock::Millis;
use crate::domain::asking::question::{Question, REOPEN_MS, Refusal, State};
use crate::domain::chat::group::GroupKind;
use crate::domain::chat::message::{Media, MessageRef};
use crate::domain::chat::owed::Owed;
use crate::domain::privacy;
use crate::domain::roster::people::Person;
use crate::domain::wording::{self, Why};
use crate::faq::Gate;

impl Sitting<'_> {
    /// A helper's platform reply to the question, its card or the claim notice (PRODUCT §2.1).
    pub(super) async fn helper_replies(&mut self, said: &Said<'_>, question: Question, words: &str) -> Result<()> {
        let Some(helper) = said.person.clone() else {
            return Ok(());
        };
        let message = MessageRef {
            place: said.incoming.place.clone(),
            id: said.heard.id.clone(),
        };
        let native = said.incoming.place.chat == question.place().chat
            && said.incoming.place.channel == question.place().channel;
        self.reply(question, &helper, words, &said.heard.media, Some(&message), native)
            .await
    }

    /// A helper's reply becomes the answer: native in the group it gets one line with 解决了, from elsewhere it is
    /// brought to the asker. Media go along.
    pub(super) async fn reply(
        &mut self,
        question: Question,
        helper: &Person,
        words: &str,
        media: &[Media],
        message: Option<&MessageRef>,
        native: bool,
    ) -> Result<()> {
        let id = question.id;
        let lapse = self
            .desk
            .config
            .clocks_for(&self.bureau(question.bureau)?.name)
            .lapse_ms;
        let mut replied = match question.reply(helper.id, lapse, self.now) {
            Ok(replied) => replied,
            Err(refusal) => {
                let text = wording::refusal(&refusal, Some(id), None);
                return match message {
                    Some(message) => self.say(&message.place.clone(), Some(&message.id), text.into()).await,
                    None => Ok(()),
                };
            }
        };
        self.strip(id).await?;
        self.save(&mut replied).await?;
        let masked = privacy::mask(&privacy::printable(words));
        self.step(id, "replied", Some(helper.id), masked.as_str()).await?;
        if let Some(message) = message {
            self.link(message, id, "reply", None).await?;
        }
        let Some(named) = self.named(helper.id, &replied.place().channel.clone()).await? else {
            return Ok(());
        };
        let buttons = [&[Push::Solved][..]];
        if native {
            return self
                .say_about(&replied, "reply", wording::after_reply(id, &named), &buttons)
                .await;
        }
        self.say_about(
            &replied,
            "reply",
            wording::relayed(id, &named, masked.as_str()),
            &buttons,
        )
        .await?;
        self.relay_media(&replied, media, message).await?;
        match message {
            Some(message) if message.place.chat != replied.place().chat => {
                self.say_elsewhere(
                    &message.place.clone(),
                    id,
                    "notice",
                    wording::relay_done(id),
                    &[&[Push::Close]],
                )
                .await
            }
            Some(_) | None => Ok(()),
        }
    }

    async fn relay_media(&mut self, question: &Question, media: &[Media], from: Option<&MessageRef>) -> Result<()> {
        let Some(from) = from.filter(|from| from.place.channel == question.place().channel) else {
            return Ok(());
        };
        for media in media {
            let quote = Some(question.message.id.clone());
            let owed = Owed::Media {
                media: media.clone(),
                from: from.clone(),
                quote,
            };
            self.tx
                .owe(question.place(), Some(question.id), "media", &owed, self.now)
                .await?;
        }
        Ok(())
    }

    /// The asker goes on with a question: by replying to what was said about it, or by the next question-like message.
    pub(super) async fn asker_goes_on(&mut self, said: &Said<'_>, question: Question, words: &str) -> Result<()> {
        let words = words.trim();
        if words.is_empty() && said.heard.media.is_empty() {
            return Ok(());
        }
        let part = said.masked(words);
        let message = MessageRef {
            place: said.incoming.place.clone(),
            id: said.heard.id.clone(),
        };
        let mut question = question;
        question.heard_at = self.now;
        question.media.extend(said.heard.media.iter().cloned());
        question.message = message.clone();
        match question.state.clone() {
            State::Replied { .. } => {
                self.link(&message, question.id, "ask", Some(part.as_str())).await?;
                question.text = joined(&question.text, &part);
                self.back_to_helper(question, part.as_str()).await
            }
            State::Claimed { .. } | State::Waiting { .. } => {
                self.link(&message, question.id, "ask", Some(part.as_str())).await?;
                question.text = joined(&question.text, &part);
                self.add_to(question, part.as_str()).await
            }
            State::Answered { .. } | State::Suggested { .. } if self.only_thanks(said, part.as_str()) => Ok(()),
            State::Gathering { .. } | State::Answered { .. } | State::Suggested { .. } => {
                self.search_again(said, question, &part, &message).await
            }
            State::Ended { at, by, .. } => self.reopen(said, question, (at, by.is_some()), &part, &message).await,
        }
    }

    /// After a bot answer the 追问 is searched first, along with what was asked before.
    async fn search_again(
        &mut self,
        said: &Said<'_>,
        mut question: Question,
        part: &privacy::Masked,
        message: &MessageRef,
    ) -> Result<()> {
        let id = question.id;
        self.strip(id).await?;
        self.link(message, id, "ask", Some(part.as_str())).await?;
        self.step(id, "asked_on", None, &message.id).await?;
        let before = question.text.clone();
        question.text = joined(&before, part);
        question.registered_at = question.registered_at.or_else(|| self.place_named(part.as_str()));
        let verdict = self.verdict_after(before.as_str(), part.as_str(), said.kind);
        self.decide(question, verdict).await
    }

    /// The words to decide on, and what was asked before them if they followed an answer of the bot.
    pub(super) async fn read_as(&mut self, question: &Question) -> Result<(Option<String>, String)> {
        let steps = self.tx.steps(question.id).await?;
        let read = ["asked", "asked_on", "reopened"];
        let last = steps.iter().rev().find(|step| read.contains(&step.kind.as_str()));
        let followed = last.filter(|step| step.person.is_none() && step.kind != "asked");
        let parts = self.parts_of(question).await?;
        // The step names the message that followed; all that came later belongs to it.
        let split = followed.and_then(|step| parts.iter().position(|(id, _)| *id == step.note));
        let text = |parts: &[(String, String)]| {
            let lines: Vec<&str> = parts.iter().map(|(_, text)| text.as_str()).collect();
            lines.join("\n")
        };
        Ok(match split {
            Some(split) if split > 0 => (Some(text(&parts[..split])), text(&parts[split..])),
            Some(_) | None => (None, question.text.as_str().to_owned()),
        })
    }

    /// What the list makes of a question as it is read now.
    pub(super) async fn verdict_of(&mut self, question: &Question, kind: GroupKind) -> Result<Verdict> {
        Ok(match self.read_as(question).await? {
            (Some(before), part) => self.verdict_after(&before, &part, kind),
            (None, text) => self.verdict(&text, kind),
        })
    }

    /// Within seven days an ended question is taken up again: by the helper who had it, or from the search.
    async fn reopen(
        &mut self,
        said: &Said<'_>,
        mut question: Question,
        (ended, by_helper): (Millis, bool),
        part: &privacy::Masked,
        message: &MessageRef,
    ) -> Result<()> {
        if self.now.since(ended) > REOPEN_MS {
            // Too long ago: a question of its own, if it is one.
            return match self.served.faq().gate(part.as_str()) {
                Gate::Question => Box::pin(self.ask(said, part.as_str())).await,
                Gate::Chatter | Gate::Direction { .. } => Ok(()),
            };
        }
        if self.is_thanks(part.as_str()) {
            return Ok(());
        }
        self.link(message, question.id, "ask", Some(part.as_str())).await?;
        self.step(question.id, "reopened", None, &message.id).await?;
        let before = question.text.clone();
        question.text = joined(&before, part);
        if by_helper {
            return self.back_to_helper(question, part.as_str()).await;
        }
        match self.verdict_after(before.as_str(), part.as_str(), said.kind) {
            Verdict::Unknown(why) => self.leave_waiting(question, why).await,
            verdict @ (Verdict::Sure(_) | Verdict::Unsure(_)) => self.decide(question, verdict).await,
        }
    }

    /// Thanks, or a sign that it was read; nothing in it that may ask (在吗, 有人没) or mean “that is not it” (不是, 没有).
    fn only_thanks(&self, said: &Said<'_>, words: &str) -> bool {
        let may_ask = words.contains(['不', '没', '吗', '在', '？', '?']) || !words.contains(char::is_alphanumeric);
        said.heard.media.is_empty() && !may_ask && self.served.faq().words(words).chatter
    }

    fn is_thanks(&self, words: &str) -> bool {
        self.served.faq().gate_by_words(words, false) == Gate::Chatter
    }

    /// 追问 after a helper's answer: the same helper, also off duty; whoever left is replaced by the helper on duty.
    pub(super) async fn back_to_helper(&mut self, question: Question, words: &str) -> Result<()> {
        let id = question.id;
        let holder = question
            .state
            .holder()
            .filter(|holder| self.roster.person(*holder).is_some());
        let Some(holder) = holder else {
            let duty = self.on_duty(self.post(&question), true).await?;
            let waiting = question.with(State::Waiting {
                duty: duty.helper(),
                since: self.now,
                rung: crate::domain::asking::clocks::Rung::Card,
            });
            self.strip(id).await?;
            return self.hand_over(waiting, &duty, Why::HelperLeft).await;
        };
        let mut claimed = match question.follow_up(self.now) {
            Ok(claimed) => claimed,
            Err(refusal) => return self.refused_follow_up(id, &refusal),
        };
        self.strip(id).await?;
        self.save(&mut claimed).await?;
        self.step(id, "asked_on", Some(holder), "").await?;
        let Some(named) = self.named(holder, &claimed.place().channel.clone()).await? else {
            return Ok(());
        };
        self.say_about(&claimed, "notice", wording::follow_up(id, &named, words), &KEPT)
            .await?;
        self.tell_helper_elsewhere(&claimed, holder, words).await
    }

    fn refused_follow_up(&self, id: crate::domain::asking::question::QuestionId, refusal: &Refusal) -> Result<()> {
        tracing::debug!(question.id = id.0, ?refusal, "nothing to go on with");
        Ok(())
    }

    /// Something added before an answer came: whoever has or is asked for the question sees it.
    async fn add_to(&mut self, mut question: Question, words: &str) -> Result<()> {
        self.save(&mut question).await?;
        self.step(question.id, "added", None, "").await?;
        let helper = self.holder_name(&question).await?;
        let role = if matches!(question.state, State::Waiting { .. }) {
            "card"
        } else {
            "notice"
        };
        let buttons: &[&[Push]] = if role == "card" { &[&[Push::Claim]] } else { &[] };
        self.say_about(
            &question,
            role,
            wording::added(question.id, helper.as_ref(), words),
            buttons,
        )
        .await?;
        match question.state.holder() {
            Some(holder) => self.tell_helper_elsewhere(&question, holder, words).await,
            None => Ok(()),
        }
    }

    /// The same notice in the helper's private chat, where a reply to it is an answer too.
    async fn tell_helper_elsewhere(
        &mut self,
        question: &Question,
        helper: crate::domain::roster::people::PersonId,
        words: &str,
    ) -> Result<()> {
        for place in self.private_places(&[helper]).await? {
            let Some(named) = self.named(helper, &place.channel).await? else {
                continue;
            };
            self.say_elsewhere(
                &place,
                question.id,
                "notice",
                wording::follow_up(question.id, &named, words),
                &[],
            )
            .await?;
        }
        Ok(())
    }
}
