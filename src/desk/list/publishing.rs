//! An edition on its way into the official account, as people move it: drafted, published, recorded where a person
//! published it, seen not to be out. Whose word it needs is in `approval`; what the program does by itself, in
//! `official_account`.

use crate::clock::Millis;
use crate::desk::list::Attempt;
use crate::domain::list::publication::{Article, NotTaken, Publication, REST, State, Way};
use crate::domain::roster::people::{Person, PersonId};
use crate::domain::roster::rights::{Right, may};
use crate::store::{StoreError, Tx};

/// Characters of an article's address.
pub const ADDRESS_MOST: usize = 500;

/// Who moves an edition.
#[derive(Clone, Copy, Debug)]
pub enum By<'a> {
    /// Somebody who proved to be the one: their rights are looked at.
    Person(&'a Person),
    /// Whoever works at the command line, for a person where one is named.
    Operator(Option<&'a Person>),
}

impl By<'_> {
    fn may(self) -> bool {
        match self {
            By::Person(person) => may(person, Right::Curate, person.bureau, false),
            By::Operator(_) => true,
        }
    }

    /// Who, as the audit knows them; none for the operator.
    pub fn id(self) -> Option<PersonId> {
        match self {
            By::Person(person) => Some(person.id),
            By::Operator(person) => person.map(|person| person.id),
        }
    }

    fn name(self) -> String {
        match self {
            By::Person(person) | By::Operator(Some(person)) => person.name.clone(),
            By::Operator(None) => String::new(),
        }
    }
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotDone {
    /// Needs the right to keep the list.
    NotAKeeper,
    /// Somebody else was quicker.
    Changed,
    /// The edition had so many drafts, and now has others.
    Parts {
        /// Before.
        before: usize,
        /// Now.
        now: usize,
    },
    /// The draft in the account has another number of articles than it would have now.
    Articles {
        /// Which draft.
        name: String,
        /// Before.
        before: usize,
        /// Now.
        now: usize,
    },
    /// The account refused it; drafted anew only when somebody says so after a look.
    Failed {
        /// Which draft.
        name: String,
        /// What the account said.
        why: String,
    },
    /// It is not that far, or further.
    State {
        /// Which draft.
        name: String,
        /// Where it is.
        state: State,
    },
    /// The program does not publish by the API.
    ByHand,
    /// What was given is no address of a page.
    Address,
    /// The time that was given has not come.
    NotYet,
}

/// What an edition is drafted from.
#[derive(Clone, Debug)]
pub struct Drafting {
    /// 第N期.
    pub edition: u32,
    /// The articles of each draft.
    pub drafts: Vec<Vec<Article>>,
    /// Drafts whose pictures are others now, by their part.
    pub redrawn: Vec<u32>,
    /// How it reaches the account.
    pub way: Way,
    /// One that the account refused is drafted anew.
    pub again: bool,
}

/// Makes the drafts of an edition, or brings them up to date where that is possible: all of them or, with a refusal after
/// which nothing may be committed, none.
///
/// # Errors
/// The database failed.
pub async fn draft(tx: &mut Tx, drafting: Drafting, by: By<'_>, now: Millis) -> Attempt<(), NotDone> {
    if !by.may() {
        return Ok(Err(NotDone::NotAKeeper));
    }
    let there = tx.publications_of(drafting.edition).await?;
    let parts = drafting.drafts.len();
    if !there.is_empty() && there.len() != parts {
        return Ok(Err(NotDone::Parts {
            before: there.len(),
            now: parts,
        }));
    }
    let begins = match drafting.way {
        Way::Api | Way::Draft => now,
        Way::Files => REST,
    };
    let count = u32::try_from(parts).unwrap_or(u32::MAX);
    for (part, articles) in (1..).zip(drafting.drafts) {
        let (publication, action) = match there.iter().find(|publication| publication.part == part) {
            Some(old) => {
                let redrawn = drafting.redrawn.contains(&part);
                match redrafted(old.clone(), articles, redrawn, drafting.again) {
                    Ok(Some(publication)) => (publication, "wechat_redraft"),
                    Ok(None) => continue,
                    Err(why) => return Ok(Err(why)),
                }
            }
            None => (fresh(drafting.edition, (part, count), articles, by), "wechat_draft"),
        };
        let publication = Publication {
            next_at: begins,
            ..publication
        };
        if let Err(why) = keep(tx, publication, action, by, now).await? {
            return Ok(Err(why));
        }
    }
    Ok(Ok(()))
}

fn fresh(edition: u32, (part, parts): (u32, u32), articles: Vec<Article>, by: By<'_>) -> Publication {
    Publication {
        edition,
        part,
        parts,
        articles,
        state: State::Prepared,
        drafted_by: by.name(),
        version: 0,
        next_at: REST,
        tries: 0,
        trouble: String::new(),
    }
}

/// A draft that is there, to be brought up to date; none where it is as it should be. `redrawn`: its pictures are others.
fn redrafted(
    mut old: Publication,
    articles: Vec<Article>,
    redrawn: bool,
    again: bool,
) -> std::result::Result<Option<Publication>, NotDone> {
    let same = old.articles == articles && !redrawn;
    let name = old.name();
    match old.state.clone() {
        State::Failed { .. } if again => old.state = State::Prepared,
        State::Failed { why } => return Err(NotDone::Failed { name, why }),
        // Tried again at once.
        State::Prepared | State::Redrafting { .. } => {}
        State::Drafted { .. } if same => return Ok(None),
        State::Drafted { media_id } if old.articles.len() == articles.len() => {
            old.state = State::Redrafting { media_id };
        }
        State::Drafted { .. } => {
            return Err(NotDone::Articles {
                name,
                before: old.articles.len(),
                now: articles.len(),
            });
        }
        State::Drafting => return Ok(None),
        state @ (State::Approved { .. }
        | State::Ordered { .. }
        | State::Submitting { .. }
        | State::Submitted { .. }
        | State::ByHand { .. }
        | State::Unclear { .. }
        | State::Published { .. }) => return Err(NotDone::State { name, state }),
    }
    old.articles = articles;
    old.tries = 0;
    old.trouble.clear();
    Ok(Some(old))
}

/// Has an approved draft published; one that waits for that already is tried again at once.
///
/// # Errors
/// The database failed.
pub async fn publish(
    tx: &mut Tx,
    publication: Publication,
    by: By<'_>,
    way: Way,
    now: Millis,
) -> Attempt<Publication, NotDone> {
    if way != Way::Api {
        return Ok(Err(NotDone::ByHand));
    }
    let state = if matches!(publication.state, State::Ordered { .. }) {
        Ok(publication.state.clone())
    } else {
        publication.ordered()
    };
    let next = |publication| Publication {
        next_at: now,
        ..publication
    };
    moved(tx, (publication, state, &next), "wechat_publish", by, now).await
}

/// Records where and when a person published a draft.
///
/// # Errors
/// The database failed.
pub async fn record(
    tx: &mut Tx,
    publication: Publication,
    (url, at): (&str, Millis),
    by: By<'_>,
    now: Millis,
) -> Attempt<Publication, NotDone> {
    if !is_address(url) {
        return Ok(Err(NotDone::Address));
    }
    if at > now {
        return Ok(Err(NotDone::NotYet));
    }
    let state = publication.recorded(url, at);
    moved(tx, (publication, state, &at_rest), "wechat_record", by, now).await
}

/// A person looked and the draft is not out: its approval stands, and it may be published again.
///
/// # Errors
/// The database failed.
pub async fn unpublished(
    tx: &mut Tx,
    publication: Publication,
    by: By<'_>,
    now: Millis,
) -> Attempt<Publication, NotDone> {
    let state = publication.seen_unpublished();
    moved(tx, (publication, state, &at_rest), "wechat_unpublished", by, now).await
}

/// Whether this can be the address of an article.
fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let plain = |c: char| !c.is_whitespace() && !c.is_control();
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(plain)) && url.chars().count() <= ADDRESS_MOST
}

fn at_rest(publication: Publication) -> Publication {
    Publication {
        next_at: REST,
        trouble: String::new(),
        ..publication
    }
}

/// A draft, where it goes, and what else of it changes with that.
type Move<'a> = (
    Publication,
    std::result::Result<State, NotTaken>,
    &'a (dyn Fn(Publication) -> Publication + Sync),
);

async fn moved(
    tx: &mut Tx,
    (publication, state, with): Move<'_>,
    action: &str,
    by: By<'_>,
    now: Millis,
) -> Attempt<Publication, NotDone> {
    if !by.may() {
        return Ok(Err(NotDone::NotAKeeper));
    }
    let Ok(state) = state else {
        return Ok(Err(NotDone::State {
            name: publication.name(),
            state: publication.state,
        }));
    };
    keep(tx, with(Publication { state, ..publication }), action, by, now).await
}

/// Writes down where a draft is now, and who moved it. A version of 0: it is new.
async fn keep(
    tx: &mut Tx,
    mut publication: Publication,
    action: &str,
    by: By<'_>,
    now: Millis,
) -> Attempt<Publication, NotDone> {
    let (name, state) = (publication.name(), publication.state.chinese());
    tx.audit(by.id(), action, &name, state, now).await?;
    if publication.version == 0 {
        publication.version = 1;
        let added = tx.add_publication(&publication, now).await?;
        return Ok(added.then_some(publication).ok_or(NotDone::Changed));
    }
    match tx.save_publication(&mut publication, now).await {
        Ok(()) => Ok(Ok(publication)),
        Err(StoreError::Stale) => Ok(Err(NotDone::Changed)),
        Err(error) => Err(error.into()),
    }
}

/// The draft of an edition that was seen at this version.
///
/// # Errors
/// The database failed.
pub async fn seen(tx: &mut Tx, edition: u32, part: u32, version: i64) -> Attempt<Option<Publication>, NotDone> {
    let there = tx.publications_of(edition).await?;
    let one = there.into_iter().find(|publication| publication.part == part);
    Ok(match one {
        Some(one) if one.version != version => Err(NotDone::Changed),
        one => Ok(one),
    })
}
