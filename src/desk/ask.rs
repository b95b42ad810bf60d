//! A question is asked: one question per burst, the same thing asked again joins, answers at once, hand-overs after
//! the burst window.

use jiff::civil::Date;

use super::hear::Said;
use super::{Result, Sitting};
use crate::domain::asking::question::{Ending, FOLLOW_UP_MS, Question, QuestionId, State};
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::message::{Media, MessageRef};
use crate::domain::chat::mode::Mode;
use crate::domain::privacy::{self, Masked};
use crate::domain::wording::{self, Why};
use crate::faq::decide::{Decision, Reason};
use crate::faq::{Audience, EntryId, Faq};

/// What the knowledge base makes of some words.
pub(crate) enum Verdict {
    /// Said at once: one entry, or one for each question of a message with several.
    Sure(Vec<EntryId>),
    /// Offered.
    Unsure(Vec<EntryId>),
    /// Handed over.
    Unknown(Why),
}

impl Sitting<'_> {
    /// Asks the knowledge base.
    pub fn verdict(&self, words: &str, kind: GroupKind) -> Verdict {
        verdict(self.served.faq(), words, audience(Some(kind)), self.desk.day(self.now))
    }

    /// Asks the knowledge base about words that follow what the same asker asked before.
    pub(super) fn verdict_after(&self, before: &str, words: &str, kind: GroupKind) -> Verdict {
        let (faq, audience, today) = (self.served.faq(), audience(Some(kind)), self.desk.day(self.now));
        let whole = |part: &&str| !faq.read(part, audience).leans();
        let both = parts(words)
            .iter()
            .all(whole)
            .then(|| both(faq, words, audience, today));
        both.flatten().unwrap_or_else(|| {
            let reading = faq.read(words, audience);
            one(faq.follow(before, &reading, today).decision)
        })
    }

    /// Whether words have a sure answer and are no half sentence that means nothing without the question before.
    fn stands_alone(&self, words: &str, verdict: &Verdict, kind: GroupKind) -> bool {
        matches!(verdict, Verdict::Sure(_)) && !self.served.faq().read(words, audience(Some(kind))).leans()
    }

    /// A question in a bound group.
    pub async fn ask(&mut self, said: &Said<'_>, words: &str) -> Result<()> {
        let Some((bureau, kind)) = said.group.bound else {
            return Ok(());
        };
        if self.too_fast(said).await? {
            return Ok(());
        }
        let masked = said.masked(words);
        let verdict = self.verdict(masked.as_str(), kind);
        let mode = self.mode(said.group, &verdict)?;
        if mode == Mode::Mention && !said.addressed {
            let day = self.desk.day(self.now).to_string();
            return Ok(self.tx.tally(&day, said.group.id, "unasked").await?);
        }
        if let Some(open) = self.open_before(said).await? {
            if self.joins_open(said, &open, &masked, &verdict).await? {
                return Ok(());
            }
            let alone = self.stands_alone(masked.as_str(), &verdict, kind);
            if self.now.since(open.heard_at) <= FOLLOW_UP_MS && goes_on(&open, alone) {
                return self.asker_goes_on(said, open, words).await;
            }
        }
        let id = self.tx.next_question().await?;
        let message = MessageRef {
            place: said.incoming.place.clone(),
            id: said.heard.id.clone(),
        };
        let registered_at = self.place_named(masked.as_str());
        let question = Question {
            id,
            version: 0,
            asker: said.incoming.account(),
            asker_name: said.masked(&said.incoming.from.name).as_str().to_owned(),
            group: said.group.id,
            bureau,
            message: message.clone(),
            text: masked,
            media: said.heard.media.clone(),
            registered_at,
            first_helper: None,
            state: State::Gathering { until: self.now },
            asked_at: self.now,
            heard_at: self.now,
        };
        match mode {
            Mode::Observe => self.observe(question, &verdict).await?,
            Mode::Propose => self.leave_waiting(question, Why::Proposed).await?,
            Mode::Mention | Mode::Auto => self.decide(question, verdict).await?,
        }
        self.step(id, "asked", None, "").await?;
        let text = said.masked(words);
        self.link(&message, id, "ask", Some(text.as_str())).await
    }

    /// How the bot may speak about what it found.
    fn mode(&self, group: &Group, verdict: &Verdict) -> Result<Mode> {
        let Some(bureau) = group.bureau() else {
            return Ok(Mode::Auto);
        };
        let otherwise = self.desk.config.mode_for(&self.bureau(bureau)?.name);
        let first = match verdict {
            Verdict::Sure(entries) | Verdict::Unsure(entries) => entries.first(),
            Verdict::Unknown(_) => None,
        };
        let entry = first.and_then(|entry| self.served.faq().entry(entry));
        Ok(group.modes.of(entry.map(|entry| entry.topic.as_str()), otherwise))
    }

    /// 旁听: the question is kept with what would have been said, and nothing is said.
    async fn observe(&mut self, question: Question, verdict: &Verdict) -> Result<()> {
        let note = match verdict {
            Verdict::Sure(entries) => entries.first().map_or("", |entry| entry.as_str()),
            Verdict::Unsure(_) | Verdict::Unknown(_) => "",
        };
        let mut observed = question.with(State::Ended {
            how: Ending::Observed,
            at: self.now,
            by: None,
        });
        self.save(&mut observed).await?;
        self.step(observed.id, "observed", None, note).await
    }

    /// Answers, offers, or opens the burst window after which the question is handed over.
    pub(super) async fn decide(&mut self, mut question: Question, verdict: Verdict) -> Result<()> {
        match verdict {
            Verdict::Sure(entries) => self.answer_or_hand_over(question, &entries).await,
            Verdict::Unsure(entries) => self.suggest(question, &entries).await,
            Verdict::Unknown(why) => {
                let burst = self
                    .desk
                    .config
                    .clocks_for(&self.bureau(question.bureau)?.name)
                    .burst_ms;
                if burst <= 0 {
                    return self.leave_waiting(question, why).await;
                }
                question.state = State::Gathering {
                    until: self.now.plus(burst),
                };
                self.save(&mut question).await
            }
        }
    }

    /// The asker's newest open question in this chat and topic.
    pub(super) async fn open_before(&mut self, said: &Said<'_>) -> Result<Option<Question>> {
        let open = self
            .tx
            .open_questions_in(&said.incoming.account(), said.group.id)
            .await?;
        Ok(open
            .into_iter()
            .find(|question| question.place().topic == said.incoming.place.topic))
    }

    /// The same thing asked again while it is open: said where it stands, no second question.
    async fn joins_open(
        &mut self,
        said: &Said<'_>,
        open: &Question,
        masked: &Masked,
        verdict: &Verdict,
    ) -> Result<bool> {
        let same_entry = match (&open.state, verdict) {
            (State::Answered { said, .. }, Verdict::Sure(entries)) => {
                entries.len() == 1 && entries.first().is_some_and(|entry| entry.as_str() == said.entry)
            }
            _ => false,
        };
        if !same_entry && !same_words(open.text.as_str(), masked.as_str()) {
            return Ok(false);
        }
        let mut open = open.clone();
        open.heard_at = self.now;
        self.save(&mut open).await?;
        let message = MessageRef {
            place: said.incoming.place.clone(),
            id: said.heard.id.clone(),
        };
        self.link(&message, open.id, "again", None).await?;
        self.step(open.id, "asked_again", None, "").await?;
        if matches!(open.state, State::Gathering { .. }) {
            return Ok(true);
        }
        let holder = self.holder_name(&open).await?;
        let answered = matches!(
            open.state,
            State::Answered { .. } | State::Suggested { .. } | State::Replied { .. }
        );
        let text = wording::asked_again(open.id, holder.as_ref(), answered);
        self.say(&said.incoming.place, Some(&said.heard.id), text).await?;
        Ok(true)
    }

    /// Words of the same asker within the burst window belong to the question that is being gathered, question or not,
    /// unless they can be answered on their own.
    pub(super) async fn joins_burst(&mut self, said: &Said<'_>, words: &str) -> Result<bool> {
        let Some((bureau, kind)) = said.group.bound else {
            return Ok(false);
        };
        let Some(open) = self.open_before(said).await? else {
            return Ok(false);
        };
        let burst = self.desk.config.clocks_for(&self.bureau(bureau)?.name).burst_ms;
        let gathering = matches!(open.state, State::Gathering { .. });
        if !gathering || self.now.since(open.heard_at) > burst {
            return Ok(false);
        }
        let masked = said.masked(words);
        let verdict = self.verdict(masked.as_str(), kind);
        let alone = self.stands_alone(masked.as_str(), &verdict, kind);
        if alone && !same_words(open.text.as_str(), masked.as_str()) {
            return Ok(false);
        }
        self.extend(said, open, words).await?;
        Ok(true)
    }

    /// One more part of a question that is being gathered: looked at again as a whole.
    async fn extend(&mut self, said: &Said<'_>, mut open: Question, words: &str) -> Result<()> {
        let part = said.masked(words);
        let message = MessageRef {
            place: said.incoming.place.clone(),
            id: said.heard.id.clone(),
        };
        self.link(&message, open.id, "ask", Some(part.as_str())).await?;
        open.text = joined(&open.text, &part);
        open.media.extend(said.heard.media.iter().cloned());
        open.heard_at = self.now;
        open.registered_at = open.registered_at.or_else(|| self.place_named(part.as_str()));
        let verdict = self.verdict_of(&open, said.kind).await?;
        self.decide(open, verdict).await
    }

    /// A picture or voice without words, right after a question of the same asker, travels with it.
    pub(super) async fn attaches(&mut self, said: &Said<'_>) -> Result<bool> {
        if said.heard.media.is_empty() {
            return Ok(false);
        }
        let Some(mut open) = self.open_before(said).await? else {
            return Ok(false);
        };
        let waiting = matches!(
            open.state,
            State::Gathering { .. } | State::Waiting { .. } | State::Claimed { .. } | State::Replied { .. }
        );
        if !waiting || self.now.since(open.heard_at) > FOLLOW_UP_MS {
            return Ok(false);
        }
        let new: Vec<Media> = said.heard.media.clone();
        open.media.extend(new.iter().cloned());
        open.heard_at = self.now;
        let message = MessageRef {
            place: said.incoming.place.clone(),
            id: said.heard.id.clone(),
        };
        self.link(&message, open.id, "again", None).await?;
        self.step(open.id, "media", None, "").await?;
        self.save(&mut open).await?;
        // Whoever has the card elsewhere sees the picture too.
        let mut with_new = open.clone();
        with_new.media = new;
        with_new.message = message;
        for place in self.card_places(open.id, &open).await? {
            self.send_media(&with_new, &place).await?;
        }
        Ok(true)
    }

    /// At most so many questions in so much time (default 20 in 10 minutes), told once.
    async fn too_fast(&mut self, said: &Said<'_>) -> Result<bool> {
        let limit = self.desk.config.questions_per_asker;
        let account = said.incoming.account();
        let asked = self.tx.asked_since(&account, self.now.plus(-limit.within_ms)).await?;
        if asked < i64::from(limit.count) {
            return Ok(false);
        }
        let until = self.now.plus(limit.within_ms);
        if self.tx.tell_once(&account, "too_fast", until, self.now).await? {
            let text = wording::too_fast(limit.within_ms / 60_000, i64::from(limit.count));
            self.say(&said.incoming.place, Some(&said.heard.id), text).await?;
        }
        Ok(true)
    }

    /// The burst is over and nothing answered it: what was said is handed over.
    pub(super) async fn burst_over(&mut self, question: Question) -> Result<()> {
        let kind = self
            .tx
            .group(question.group)
            .await?
            .and_then(|group| group.kind())
            .unwrap_or(GroupKind::Help);
        let why = match self.verdict(question.text.as_str(), kind) {
            Verdict::Unknown(why) => why,
            Verdict::Sure(_) | Verdict::Unsure(_) => Why::NoAnswer,
        };
        self.leave_waiting(question, why).await
    }

    /// Places other than the group where a question's cards stand.
    pub(super) async fn card_places(
        &mut self,
        id: QuestionId,
        question: &Question,
    ) -> Result<Vec<crate::domain::chat::message::Place>> {
        let links = self.tx.links_of(id, "card").await?;
        let mut places: Vec<_> = links
            .into_iter()
            .map(|link| link.message.place)
            .filter(|place| place.chat != question.place().chat)
            .collect();
        places.dedup();
        Ok(places)
    }
}

/// What a list makes of some words on a day. Two questions in one message are both answered if both are sure.
pub(super) fn verdict(faq: &Faq, words: &str, audience: Audience, today: Date) -> Verdict {
    both(faq, words, audience, today).unwrap_or_else(|| one(faq.ask(words, audience, today).decision))
}

/// The questions in one message.
fn parts(words: &str) -> Vec<&str> {
    let parts = words.split(['？', '?']).map(str::trim);
    parts.filter(|part| part.chars().count() >= 4).collect()
}

/// The answers to two questions in one message.
fn both(faq: &Faq, words: &str, audience: Audience, today: Date) -> Option<Verdict> {
    let parts = parts(words);
    let [first, second] = parts.as_slice() else {
        return None;
    };
    let both = [
        faq.ask(first, audience, today).decision,
        faq.ask(second, audience, today).decision,
    ];
    if let [Decision::Sure(first), Decision::Sure(second)] = both
        && first != second
    {
        return Some(Verdict::Sure(vec![first, second]));
    }
    None
}

fn one(decision: Decision) -> Verdict {
    match decision {
        Decision::Sure(entry) => Verdict::Sure(vec![entry]),
        Decision::Unsure(entries) => Verdict::Unsure(entries),
        Decision::Unknown(Reason::Expired(_) | Reason::NotYetValid(_)) => Verdict::Unknown(Why::UnderRevision),
        Decision::Unknown(Reason::NothingFits) => Verdict::Unknown(Why::NoAnswer),
    }
}

/// Whose entries may be said in a group: staff's only among staff.
pub(crate) fn audience(kind: Option<GroupKind>) -> Audience {
    match kind {
        Some(GroupKind::Guidance | GroupKind::Duty) => Audience::Staff,
        Some(GroupKind::Help) | None => Audience::Public,
    }
}

/// Whether a question-like message within ten minutes goes on with the open question (PRODUCT §2.1, 追问). What is sure
/// on its own stands alone beside a question a helper has not answered yet.
fn goes_on(open: &Question, stands_alone: bool) -> bool {
    match &open.state {
        State::Gathering { .. } | State::Waiting { .. } | State::Claimed { .. } => !stands_alone,
        State::Suggested { .. } | State::Answered { .. } | State::Replied { .. } => true,
        State::Ended { .. } => false,
    }
}

/// Two texts as one, on two lines.
pub(crate) fn joined(before: &Masked, part: &Masked) -> Masked {
    // A number may be told in two messages.
    privacy::mask(&format!("{}\n{}", before.as_str(), part.as_str()))
}

/// The same words but for punctuation and spaces.
fn same_words(one: &str, other: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    bare(one) == bare(other)
}
