//! Where staff are spoken to about a question, and how: every word to staff passes here. The rule is in `domain`.

use crate::desk::Result;
use crate::desk::ground::owe::Shown;
use crate::desk::ground::push::Push;
use crate::desk::ground::sitting::Sitting;
use crate::desk::ground::via::Via;
use crate::domain::asking::news::{News, Spot};
use crate::domain::asking::question::{Question, QuestionId};
use crate::domain::chat::group::{Group, GroupKind};
use crate::domain::chat::message::{Media, MessageRef, Place};
use crate::domain::chat::owed::Owed;
use crate::domain::chat::rich::Rich;
use crate::domain::chat::role::Role;
use crate::domain::privacy::Masked;
use crate::domain::roster::people::{Bureau, BureauId, PersonId};
use crate::domain::wording;
use crate::domain::wording::Named;

/// The first line, cut where it is long.
pub(in crate::desk) fn shortened(text: &str) -> Masked {
    const LENGTH: usize = 20;
    let line = text.lines().next().unwrap_or_default();
    let mut words: String = line.chars().take(LENGTH).collect();
    if words.len() < line.len() {
        words.push('…');
    }
    words.into()
}

/// The card as staff see it, without its head: the question and what is near it, and its buttons.
pub(in crate::desk) struct CardBody {
    pub text: Rich,
    pub pushes: Vec<Push>,
}

/// Something staff are told about a question.
pub(in crate::desk) struct Told<'a> {
    pub news: News,
    /// Whom it concerns: told in private too.
    pub people: &'a [PersonId],
    /// What is said in a place, to these people; nothing where only media are shown.
    pub words: &'a (dyn Fn(Spot, &[Named]) -> Rich + Send + Sync),
    pub buttons: &'a [&'a [Push]],
    /// Follows where the card does not stand yet.
    pub card: Option<&'a CardBody>,
    /// A place where one of them acted, told too if staff read there.
    pub also: Option<&'a Place>,
    /// A place where nothing can be said now.
    pub except: Option<&'a Place>,
    /// What the asker is told in the help group, where staff are spoken to elsewhere.
    pub line: Option<Rich>,
    pub media: &'a [Media],
    /// The message the media came in.
    pub from: Option<&'a MessageRef>,
}

impl<'a> Told<'a> {
    /// Words alone.
    pub(in crate::desk) fn words(
        news: News,
        people: &'a [PersonId],
        words: &'a (dyn Fn(Spot, &[Named]) -> Rich + Send + Sync),
    ) -> Told<'a> {
        Told {
            news,
            people,
            words,
            buttons: &[],
            card: None,
            also: None,
            except: None,
            line: None,
            media: &[],
            from: None,
        }
    }
}

impl Sitting<'_> {
    /// Tells staff of a question, or of several of one group in one message. False if nobody could be told.
    pub(in crate::desk) async fn tell_staff(&mut self, questions: &[Question], told: &Told<'_>) -> Result<bool> {
        let Some(first) = questions.first() else {
            return Ok(false);
        };
        let duty = self.duty_place(first).await?;
        let duty = duty.filter(|place| Some(place) != told.except);
        let mut private = self.concerned(first, told.people).await?;
        private.retain(|place| !same_chat(place, first.place()) && Some(place) != told.except);
        let spots = told.news.spots(duty.is_some(), !private.is_empty());
        for spot in &spots {
            match spot {
                Spot::Duty => {
                    if let Some(place) = &duty {
                        self.tell_there(questions, told, *spot, place).await?;
                    }
                }
                Spot::Private => {
                    for place in &private {
                        self.tell_there(questions, told, *spot, place).await?;
                    }
                }
                Spot::Open => self.tell_in_open(questions, told).await?,
            }
        }
        if let (Some(line), Some(_)) = (&told.line, &duty) {
            self.say_about(first, Role::Notice, line.clone(), &[]).await?;
        }
        let heard = duty.iter().chain(&private).chain([first.place()]);
        let also = self.also_told(told.also, heard).await?;
        if let Some(also) = &also {
            self.tell_there(questions, told, Spot::Duty, also).await?;
        }
        Ok(!spots.is_empty() || also.is_some())
    }

    /// A place where somebody acted that is none of those who heard it, if staff alone read there.
    async fn also_told<'a>(
        &mut self,
        place: Option<&Place>,
        mut heard: impl Iterator<Item = &'a Place>,
    ) -> Result<Option<Place>> {
        match place {
            Some(place) if !heard.any(|other| same_chat(other, place)) && !self.among_askers(place).await? => {
                Ok(Some(place.clone()))
            }
            Some(_) | None => Ok(None),
        }
    }

    /// A bureau's duty group, in the question's own channel if there are several; none where the question was asked there.
    async fn duty_place(&mut self, question: &Question) -> Result<Option<Place>> {
        let groups = self.tx.groups_of(question.bureau, GroupKind::Duty).await?;
        let same = groups.iter().find(|group| group.channel == question.place().channel);
        let place = same.or(groups.first()).map(Group::place);
        Ok(place.filter(|place| !same_chat(place, question.place())))
    }

    /// Whether staff are spoken to elsewhere than where the question was asked.
    pub(in crate::desk) async fn has_duty_group(&mut self, question: &Question) -> Result<bool> {
        Ok(self.duty_place(question).await?.is_some())
    }

    /// The private chats of those concerned; who has none and serves another bureau reads that one's duty group.
    async fn concerned(&mut self, question: &Question, people: &[PersonId]) -> Result<Vec<Place>> {
        let mut places = Vec::new();
        for (at, person) in people.iter().enumerate() {
            if people[..at].contains(person) {
                continue;
            }
            let private = self.private_places(&[*person]).await?;
            let bureau = self.roster.person(*person).map(|person| person.bureau);
            match bureau.filter(|bureau| private.is_empty() && *bureau != question.bureau) {
                Some(bureau) => {
                    let groups = self.tx.groups_of(bureau, GroupKind::Duty).await?;
                    places.extend(groups.first().map(Group::place));
                }
                None => places.extend(private),
            }
        }
        Ok(places)
    }

    async fn tell_there(&mut self, questions: &[Question], told: &Told<'_>, spot: Spot, place: &Place) -> Result<()> {
        let named = self.all_named(told.people, place).await?;
        let text = (told.words)(spot, &named);
        let ([only], Some(role)) = (questions, told.news.role()) else {
            return self.say(place, None, text).await;
        };
        let cards = self.shown(only.id, Role::Card).await?;
        let here: Vec<&Shown> = cards.iter().filter(|shown| same_chat(shown.place(), place)).collect();
        let quote = here.iter().rev().find_map(|shown| match shown {
            Shown::Arrived(message) => Some(message.id.clone()),
            Shown::OnItsWay(_) => None,
        });
        let card = told.card.filter(|_| told.news == News::Card || here.is_empty());
        let from_card: Vec<&[Push]> = card.map(|card| card.pushes.chunks(1).collect()).unwrap_or_default();
        let (text, buttons) = match card {
            Some(card) => (text.plain("\n").then(&card.text), from_card.as_slice()),
            None => (text, told.buttons),
        };
        if !text.is_empty() {
            self.say_under(place, quote.as_deref(), only.id, role, text, buttons)
                .await?;
        }
        match told.from {
            Some(from) => self.send_media(only.id, told.media, from, place, quote).await,
            None => Ok(()),
        }
    }

    /// Where the asker reads along: quoting the asker's message, without the card. Media stand there already.
    async fn tell_in_open(&mut self, questions: &[Question], told: &Told<'_>) -> Result<()> {
        let Some(first) = questions.first() else { return Ok(()) };
        let named = self.all_named(told.people, first.place()).await?;
        let text = (told.words)(Spot::Open, &named);
        match (questions, told.news.role()) {
            _ if text.is_empty() => Ok(()),
            ([only], Some(role)) => self.say_about(only, role, text, told.buttons).await,
            ([only], None) => self.say_about(only, Role::Line, text, &[]).await,
            _ => self.say(first.place(), None, text).await,
        }
    }

    async fn all_named(&mut self, people: &[PersonId], place: &Place) -> Result<Vec<Named>> {
        let mut named = Vec::with_capacity(people.len());
        for person in people {
            named.extend(self.named(*person, &place.channel).await?);
        }
        Ok(named)
    }

    /// Media travel with the question, from the message they came in; nothing is ever answered from them.
    async fn send_media(
        &mut self,
        question: QuestionId,
        media: &[Media],
        from: &MessageRef,
        place: &Place,
        quote: Option<String>,
    ) -> Result<()> {
        if place.channel != from.place.channel {
            return Ok(());
        }
        for media in media {
            let owed = Owed::Media {
                media: media.clone(),
                from: from.holding(media),
                quote: quote.clone(),
            };
            self.tx.owe(place, Some(question), Role::Media, &owed, self.now).await?;
        }
        Ok(())
    }

    /// Back to a helper about what they did by word: where they did it, unless the asker of a bureau with a duty group
    /// reads along there.
    pub(in crate::desk) async fn tell_doer(&mut self, via: &Via, text: String) -> Result<()> {
        if via.press.is_some() || !self.among_askers(&via.place).await? {
            return self.tell(via, text).await;
        }
        let people: Vec<PersonId> = via.person_id().into_iter().collect();
        let mut places = self.private_places(&people).await?;
        if places.is_empty() {
            places = self.duty_groups_beside(&via.place).await?;
        }
        for place in places {
            self.say(&place, None, text.clone().into()).await?;
        }
        Ok(())
    }

    /// Whether a place is the help group of a bureau that has a duty group: no inner word and no button for staff there.
    pub(in crate::desk) async fn among_askers(&mut self, place: &Place) -> Result<bool> {
        Ok(!self.duty_groups_beside(place).await?.is_empty())
    }

    async fn duty_groups_beside(&mut self, place: &Place) -> Result<Vec<Place>> {
        let group = self.tx.group_of_chat(&place.channel, &place.chat).await?;
        match group.and_then(|group| group.bound) {
            Some((bureau, GroupKind::Help)) => {
                let groups = self.tx.groups_of(bureau, GroupKind::Duty).await?;
                let same = groups.iter().find(|group| group.channel == place.channel);
                Ok(same.or(groups.first()).map(Group::place).into_iter().collect())
            }
            Some((_, GroupKind::Guidance | GroupKind::Duty)) | None => Ok(Vec::new()),
        }
    }

    /// Tells those who arrange things for a bureau, about no question: in private, else in the duty group. False if
    /// nobody could be told.
    pub(in crate::desk) async fn tell_keepers(&mut self, bureau: &Bureau, text: &Rich) -> Result<bool> {
        let keepers = self.roster.keepers_of(bureau.id);
        let mut places = self.private_places(&keepers).await?;
        if places.is_empty() {
            let groups = self.tx.groups_of(bureau.id, GroupKind::Duty).await?;
            places.extend(groups.first().map(Group::place));
        }
        for place in &places {
            self.say(place, None, text.clone()).await?;
        }
        Ok(!places.is_empty())
    }

    /// Tells the city what nobody of a bureau could be told, in the guidance group.
    pub(in crate::desk) async fn tell_city(&mut self, bureau: BureauId, text: &Rich) -> Result<()> {
        let (name, city) = (self.bureau(bureau).name, self.roster.desk().id);
        for group in self.tx.groups_of(city, GroupKind::Guidance).await? {
            let text = wording::for_the_bureau(&name, text);
            self.say(&group.place(), None, text).await?;
        }
        Ok(())
    }

    /// Private chats that people opened.
    pub(in crate::desk) async fn private_places(&mut self, people: &[PersonId]) -> Result<Vec<Place>> {
        let mut places = Vec::new();
        for (at, person) in people.iter().enumerate() {
            if people[..at].contains(person) {
                continue;
            }
            for (account, chat) in self.tx.private_chats_of(*person).await? {
                places.push(Place::chat(&account.channel, &chat));
            }
        }
        Ok(places)
    }

    /// Whether somebody has a private chat in which they can be told something.
    pub(in crate::desk) async fn is_reachable(&mut self, person: PersonId) -> Result<bool> {
        Ok(!self.private_places(&[person]).await?.is_empty())
    }

    /// Tells people in their private chats, about no question.
    pub(in crate::desk) async fn tell_privately(&mut self, people: &[PersonId], text: &Rich) -> Result<()> {
        self.tell_privately_with(people, text, &[]).await
    }

    /// The same, with buttons.
    pub(in crate::desk) async fn tell_privately_with(
        &mut self,
        people: &[PersonId],
        text: &Rich,
        pushes: &[&[Push]],
    ) -> Result<()> {
        for place in self.private_places(people).await? {
            self.say_with(&place, text.clone(), pushes).await?;
        }
        Ok(())
    }
}

/// The same chat, whatever the topic.
pub(in crate::desk) fn same_chat(one: &Place, other: &Place) -> bool {
    one.channel == other.channel && one.chat == other.chat
}
