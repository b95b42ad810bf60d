//! A question as it is written back: when the clock looks at it next, and how it ends.

use crate::clock::Millis;
use crate::desk::Result;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::staff::shortened;
use crate::desk::ground::via::Via;
use crate::domain::asking::history::Step;
use crate::domain::asking::next;
use crate::domain::asking::question::{Ending, Question};
use crate::domain::asking::rating::Rating;
use crate::domain::asking::replies;
use crate::domain::asking::transitions::Moved;
use crate::domain::chat::message::Place;
use crate::domain::chat::role::Role;
use crate::domain::roster::people::BureauId;
use crate::domain::wording;

/// The same when it can no longer be put back.
pub(in crate::desk) const KEPT: [&[Push]; 1] = [&[Push::Close, Push::AskCity, Push::Offer]];

impl Sitting<'_> {
    /// Writes down what happened to a question: the one way in which it changes. Buttons that do nothing any more come
    /// off, it is saved with the moment the clock looks at it next, and the steps are noted.
    pub(in crate::desk) async fn settle(&mut self, moved: Moved) -> Result<Question> {
        let (question, steps, voids_buttons) = moved.into_parts();
        if voids_buttons && question.version > 0 {
            self.strip(question.id).await?;
        }
        let bureau = self.bureau(question.bureau);
        let next = next::next(&question, &self.around(&question, &bureau));
        let written = self.tx.write_question(question, next.map(|(at, _)| at)).await?;
        for step in &steps {
            self.note(written.id, step).await?;
        }
        let waits = |step: &Step| matches!(step, Step::HandedOver { .. } | Step::Ended { .. });
        if steps.iter().any(|step| waits(step) || replies::answers(step)) {
            self.tx.show_waits(&written).await?;
        }
        if steps.iter().any(replies::answers) {
            self.tx.show_answered(&written).await?;
            Box::pin(self.tell_wishers(&written)).await?;
        }
        Ok(written)
    }

    /// Tells those who pressed 我也想问, each once and in private, that there is an answer.
    async fn tell_wishers(&mut self, question: &Question) -> Result<()> {
        for account in self.tx.take_wishers(question, self.now).await? {
            if let Some(chat) = self.tx.private_chat(&account).await? {
                let place = Place::chat(&account.channel, &chat);
                let text = wording::wished_and_answered(question.id, &shortened(question.text.as_str()));
                self.say(&place, None, text).await?;
            }
        }
        Ok(())
    }

    /// The question is over: written down, and one line where it was asked.
    pub(in crate::desk) async fn end(&mut self, via: &Via, ended: Moved, how: Ending) -> Result<()> {
        self.acknowledge(via).await?;
        let question = self.settle(ended).await?;
        match how {
            Ending::Solved => self.ask_rating(&question).await,
            Ending::Closed | Ending::Lapsed | Ending::Withdrawn | Ending::Observed => {
                let text = wording::ended(question.id, how);
                self.say_about(&question, Role::Line, text, &[]).await
            }
        }
    }

    pub(in crate::desk) fn lapse_at(&self, bureau: BureauId) -> Result<Millis> {
        let name = self.bureau(bureau).name;
        Ok(self.now.plus(self.desk.config.clocks_for(&name).lapse_ms))
    }

    /// Thanks the asker and asks once for a rating.
    pub(in crate::desk) async fn ask_rating(&mut self, question: &Question) -> Result<()> {
        let text = wording::rating(question.id);
        if self.tx.rating(question.id).await?.is_some() {
            return self.say_about(question, Role::Line, text, &[]).await;
        }
        let rate = Rating::ALL.map(Push::Rate);
        let (content, bad) = rate.split_at(3);
        self.say_about(question, Role::Rating, text, &[content, bad]).await
    }
}
