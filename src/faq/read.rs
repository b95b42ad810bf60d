//! Reading a message: words, what was found, whether it asks and how surely something fits.

use super::analyzer::Parsed;
use super::corpus::Message;
use super::entry::Audience;
use super::gate::{self, Gate, Look, Words};
use super::judge::{self, SureSigns};
use super::rank::{Found, Scored, Without, ranked};
use super::reading::{Hit, Reading};
use super::service::Faq;

/// Banter that asks (你几点下班) comes up to .98 on what was fitted on; above it there was none.
const ASKS_SURELY: f32 = 0.985;

/// What was found for a message, as far as an audience may read it.
struct View {
    ranked: Vec<Scored>,
    sure_signs: SureSigns,
    probability: f32,
}

impl Faq {
    /// Reads a message for an audience: whether it asks, what fits it, and how surely.
    pub fn read(&self, text: &str, audience: Audience) -> Reading {
        self.read_without(text, audience, None)
    }

    /// The same as if one phrasing (by its position in the corpus) were not there: how a question that the base holds
    /// would fare if it were new.
    pub(super) fn read_without(&self, text: &str, audience: Audience, phrasing: Option<usize>) -> Reading {
        let message = self.ranker().corpus.read(text);
        let without = Without { phrasing, learnt: None };
        let found = self.ranker().find(&message, without);
        let words = gate::words(text, self.marks());
        let public = self.view(&found, &message, Audience::Public);
        let question_signs = judge::question_signs(&words, &public.ranked, &found.beside, public.probability);
        let weights = self.scales().question.as_ref();
        let question = weights.map(|weights| judge::probability(&question_signs.values(), weights));
        let gate = self.gate_of(&words, question, &public);
        let own = match audience {
            Audience::Public => public,
            Audience::Staff => self.view(&found, &message, audience),
        };
        Reading {
            text: text.to_owned(),
            audience,
            hits: own.ranked.into_iter().map(|scored| self.hit(scored)).collect(),
            beside: found.beside,
            sure_signs: own.sure_signs,
            probability: own.probability,
            question_signs,
            question,
            gate,
            by_words: gate::by_words(&words, self.marks(), false),
            addressed: gate::by_words(&words, self.marks(), true),
            message,
            words,
        }
    }

    /// What the words of a text alone show: nothing is searched.
    pub fn words(&self, text: &str) -> Words {
        gate::words(text, self.marks())
    }

    /// Whether a text asks anything, by its words alone; `addressed` as for `Reading::gate_addressed`.
    pub fn gate_by_words(&self, text: &str, addressed: bool) -> Gate {
        gate::by_words(&self.words(text), self.marks(), addressed)
    }

    /// Whether a message asks anything, for who needs nothing else of its reading.
    pub fn gate(&self, text: &str) -> Gate {
        self.read(text, Audience::Public).gate
    }

    fn view(&self, found: &Found, message: &Message, audience: Audience) -> View {
        let may_read =
            |scored: &&Scored| audience == Audience::Staff || self.entries()[scored.entry].audience == Audience::Public;
        let readable = found.entries.iter().filter(may_read).cloned().collect();
        let ranked = ranked(readable, &self.scales().ranking);
        let sure_signs = judge::sure_signs(&ranked, &found.beside, length(&message.parsed));
        View {
            probability: judge::probability(&sure_signs.values(), &self.scales().sure),
            sure_signs,
            ranked,
        }
    }

    fn gate_of(&self, words: &Words, question: Option<f32>, public: &View) -> Gate {
        if words.nothing {
            return Gate::Chatter;
        }
        let look = gate::look(words, self.marks(), false);
        let fits = |needs: f32| public.ranked.first().is_some_and(|first| first.features.best >= needs);
        let asks = match (&look, question) {
            (_, None) if self.scales().question_from <= 0.0 => true,
            (_, Some(question)) => question >= self.scales().question_from || self.asks_surely(words, public),
            (Look::Chatter, None) => false,
            (Look::Question | Look::Direction { .. }, None) => true,
            (Look::Perhaps { needs }, None) => fits(*needs),
        };
        match look {
            Look::Direction { name, phone } if asks => Gate::Direction { name, phone },
            Look::Chatter | Look::Question | Look::Direction { .. } | Look::Perhaps { .. } if asks => Gate::Question,
            Look::Chatter | Look::Question | Look::Direction { .. } | Look::Perhaps { .. } => Gate::Chatter,
        }
    }

    /// A question by its words that an entry surely answers needs no other sign.
    fn asks_surely(&self, words: &Words, public: &View) -> bool {
        gate::asks_plainly(words) && public.probability >= ASKS_SURELY.max(self.scales().sure_from)
    }

    fn hit(&self, scored: Scored) -> Hit {
        Hit {
            entry: self.entries()[scored.entry].id.clone(),
            score: scored.score,
            phrasing: self.ranker().corpus.phrasings[scored.phrasing].text.clone(),
            features: scored.features,
        }
    }
}

/// Characters of a message without courtesies.
pub(super) fn length(parsed: &Parsed) -> usize {
    parsed.text.chars().count()
}
