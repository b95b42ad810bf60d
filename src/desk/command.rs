//! Commands that anybody may give: help, ask, own questions, the list, duty, contacts. `/bind` is in `chats`.

use super::hear::Said;
use super::queue::shortened;
use super::{Result, Sitting};
use crate::domain::asking::question::State;
use crate::domain::asking::request::Command;
use crate::domain::chat::group::Group;
use crate::domain::chat::message::{ChatKind, Heard, Incoming, Place};
use crate::domain::chat::rich::Rich;
use crate::domain::duty;
use crate::domain::roster::people::{Bureau, BureauId};
use crate::domain::wording;
use crate::faq::Audience;

/// Hits shown for a word.
const FOUND: usize = 8;

impl Sitting<'_> {
    /// A command, in a group (`group` given) or in private.
    pub(super) async fn command(
        &mut self,
        incoming: &Incoming,
        heard: &Heard,
        group: Option<&Group>,
        command: &Command,
    ) -> Result<()> {
        let (place, quote) = (incoming.place.clone(), Some(heard.id.as_str()));
        match command {
            Command::Start(payload) if incoming.chat_kind == ChatKind::Private => self.start(incoming, payload).await,
            Command::Start(_) | Command::Help => self.say(&place, quote, self.help_text(incoming, group)).await,
            Command::Ask(words) => self.ask_command(incoming, heard, group, words).await,
            Command::Mine => {
                let text = self.mine(incoming).await?;
                self.say(&place, quote, text).await
            }
            Command::Faq(word) => {
                let text = self.browse(group.and_then(Group::bureau), word)?;
                self.say(&place, quote, text).await
            }
            Command::Duty => {
                let text = self.who_is_on_duty(incoming, group).await?;
                self.say(&place, quote, text).await
            }
            Command::Contacts => {
                let text = self.contacts(group.and_then(Group::bureau));
                self.say(&place, quote, text).await
            }
            Command::Bind(target) => self.bind(incoming, heard, group, target.as_ref()).await,
            Command::Hot => {
                let text = self.hot(group.and_then(Group::bureau)).await?;
                self.say(&place, quote, text).await
            }
            Command::Mode(words) => {
                let text = self.set_mode(incoming, group, words).await?;
                self.say(&place, quote, text).await
            }
            Command::Announce(switch) => self.switch_announcements(incoming, heard, group, *switch).await,
            Command::Fix(words) => self.fix(incoming, heard, group, words).await,
            Command::Why(words) => self.why(incoming, heard, group, words).await,
            Command::Leave(words) => {
                let text = self.leave(incoming, words).await?;
                self.answer_in_private(incoming, heard, text).await
            }
            Command::Swap(words) => {
                let text = self.swap(incoming, words).await?;
                self.answer_in_private(incoming, heard, text).await
            }
            Command::Candidates(words) => {
                let text = self.candidates(incoming, words).await?;
                self.answer_in_private(incoming, heard, text).await
            }
            Command::MyData => {
                let text = self.my_data(incoming).await?;
                self.answer_in_private(incoming, heard, text).await
            }
            Command::Forget(words) => {
                let text = self.forget_me(incoming, words).await?;
                self.answer_in_private(incoming, heard, text).await
            }
            Command::Queue => {
                let text = self.queue(incoming).await?;
                self.answer_in_private(incoming, heard, text).await
            }
        }
    }

    /// Who the bot is and how to ask it, here.
    fn help_text(&self, incoming: &Incoming, group: Option<&Group>) -> Rich {
        let bureau = group.and_then(Group::bureau).and_then(|id| self.roster.bureau(id));
        match incoming.chat_kind {
            ChatKind::Private => wording::help_private(),
            ChatKind::Group => wording::help(bureau.map(|bureau| bureau.name.as_str())),
        }
    }

    /// What only the one who asked should read: in their private chat, also if they asked in a group.
    pub(super) async fn answer_in_private(&mut self, incoming: &Incoming, heard: &Heard, text: Rich) -> Result<()> {
        if incoming.chat_kind == ChatKind::Private {
            return self.say(&incoming.place, Some(&heard.id), text).await;
        }
        match self.tx.private_chat(&incoming.account()).await? {
            Some(chat) => {
                let place = Place::chat(&incoming.place.channel, &chat);
                self.say(&place, None, text).await
            }
            None => {
                self.say(&incoming.place, Some(&heard.id), wording::in_private_please())
                    .await
            }
        }
    }

    /// `/ask 文字` asks even where the message would not look like a question, and for helpers too.
    async fn ask_command(
        &mut self,
        incoming: &Incoming,
        heard: &Heard,
        group: Option<&Group>,
        words: &str,
    ) -> Result<()> {
        if words.is_empty() {
            return self.say(&incoming.place, Some(&heard.id), wording::ask_what()).await;
        }
        let Some(group) = group else {
            return self.ask_private(incoming, heard, words).await;
        };
        let Some((_, kind)) = group.bound else { return Ok(()) };
        let person = self.person(&incoming.account()).await?;
        let said = Said {
            incoming,
            heard,
            group,
            kind,
            person,
            link: None,
            addressed: true,
        };
        self.ask(&said, words).await
    }

    async fn mine(&mut self, incoming: &Incoming) -> Result<Rich> {
        let open = self.tx.open_questions_of(&incoming.account()).await?;
        let mut lines = Vec::with_capacity(open.len());
        for question in open {
            let helper = self.holder_name(&question).await?;
            let standing = wording::standing(
                question.state.phase(),
                helper.as_ref().map(|named| named.public.name.as_str()),
            );
            let words = shortened(question.text.as_str());
            let until = match question.state {
                State::Waiting { .. } | State::Claimed { .. } => self.deadline(&question)?,
                _ => None,
            };
            let until = until.map(|at| duty::when_said(at, self.now, self.time()));
            lines.push((question.id, words, wording::expected(&standing, until.as_deref())));
        }
        Ok(wording::mine(&lines))
    }

    /// Without a word: the topics; with a number: that entry; else a search.
    pub(super) fn browse(&self, bureau: Option<BureauId>, word: &str) -> Result<Rich> {
        let faq = self.served.faq();
        let today = self.desk.day(self.now);
        if word.is_empty() {
            let topics: Vec<(String, usize)> = faq
                .categories()
                .into_iter()
                .map(|(topic, count)| (topic.to_owned(), count))
                .collect();
            let page = self
                .desk
                .config
                .public_url
                .as_ref()
                .map_or(String::new(), |url| format!("{url}/faq"));
            return Ok(wording::faq_topics(&topics, &page));
        }
        let bureau = bureau
            .or_else(|| self.roster.city_bureau().map(|city| city.id))
            .and_then(|id| self.roster.bureau(id));
        if let (Ok(no), Some(bureau)) = (word.parse::<u32>(), bureau)
            && let Some(entry) = faq.entry_by_no(no).filter(|entry| entry.audience == Audience::Public)
        {
            return Ok(match self.said(&entry.id, bureau) {
                Some(said) => wording::answer_alone(&said),
                None => wording::under_revision(no),
            });
        }
        let hits = faq.search(word, Audience::Public, today, FOUND);
        let found: Vec<(u32, String)> = hits
            .iter()
            .filter_map(|hit| faq.entry(&hit.entry))
            .map(|entry| (entry.no, entry.question.clone()))
            .collect();
        Ok(wording::faq_found(word, &found))
    }

    /// What most people were answered with in the last seven days.
    async fn hot(&mut self, bureau: Option<BureauId>) -> Result<Rich> {
        const WEEK_MS: i64 = 7 * 86_400_000;
        const MOST: usize = 10;
        let name = bureau
            .and_then(|id| self.roster.bureau(id))
            .map(|bureau| bureau.name.clone());
        let counts = self.tx.answered_most(bureau, self.now.plus(-WEEK_MS)).await?;
        let faq = self.served.faq();
        let entries = counts.into_iter().filter_map(|(entry, askers)| {
            let entry = faq
                .entry(&entry.as_str().into())
                .filter(|entry| entry.audience == Audience::Public)?;
            Some((entry.no, entry.question.clone(), askers))
        });
        let rows: Vec<_> = entries.take(MOST).collect();
        Ok(wording::hot(name.as_deref().unwrap_or_default(), &rows))
    }

    async fn who_is_on_duty(&mut self, incoming: &Incoming, group: Option<&Group>) -> Result<Rich> {
        let bureau = group
            .and_then(Group::bureau)
            .or_else(|| self.roster.city_bureau().map(|city| city.id));
        let Some(bureau) = bureau else {
            return Ok(wording::contacts(&[]));
        };
        let duty = self.on_duty(bureau, false).await?;
        let named = self.duty_named(&duty, &incoming.place.channel).await?;
        let bureau = self.bureau(bureau)?;
        let shifts = duty::own_shifts(&self.roster, bureau.id, self.now, self.time());
        let shifts: Vec<String> = shifts
            .iter()
            .map(|shift| wording::own_shift(&self.roster, shift, self.time()))
            .collect();
        Ok(wording::duty(
            &bureau.name,
            named.as_ref(),
            &wording::hours(&bureau.hours),
            &shifts,
        ))
    }

    fn contacts(&self, bureau: Option<BureauId>) -> Rich {
        let own = bureau
            .and_then(|id| self.roster.bureau(id))
            .map(|bureau| bureau.name.clone());
        let list = self.roster.public_list();
        let list: Vec<_> = list
            .into_iter()
            .filter(|helper| own.as_ref().is_none_or(|own| *own == helper.bureau))
            .collect();
        wording::contacts(&list)
    }
}

/// The bureaus' windows, for people who must go on elsewhere.
pub(super) fn windows(sitting: &Sitting<'_>) -> Vec<wording::WindowContact> {
    let bureaus: Vec<Bureau> = sitting
        .roster
        .bureaus
        .iter()
        .filter(|bureau| !bureau.city)
        .cloned()
        .collect();
    bureaus.iter().map(|bureau| sitting.window(bureau)).collect()
}
