//! What programs on one PostgreSQL tell each other, in the transaction that does it (NOTIFY): nobody hears of what is not
//! committed, and what is missed is found by looking, a little later. On SQLite there is nobody to tell.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::Executor as _;
use sqlx::postgres::PgListener;
use tokio::sync::broadcast;

use super::{Db, Pools, Result, Tx, patience};

/// PostgreSQL takes less than 8000 bytes at once.
const MOST: usize = 7_900;

/// After so long without a word it is asked whether the line lives.
const SILENCE: Duration = Duration::from_secs(20);

/// Something that another program may be waiting for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tiding {
    /// Something is owed to a chat.
    Owed,
    /// Something came in and waits to be handled.
    Arrived,
    /// A room changed.
    Room(String),
    /// Somebody's sessions were ended.
    SessionsEnded,
    /// A short notice for one account, as open pages are told.
    Toast {
        /// Whose.
        account: String,
        /// The press it answers.
        press: String,
        /// What it says.
        text: String,
    },
    /// A question moved: open pages of staff show it anew.
    Question(i64),
    /// An edition moved on its way into the official account.
    Publication,
    /// A lease was given back.
    Free,
    /// More than can be told, or some of it was missed: look at everything.
    Much,
}

/// What this transaction tells when it is committed.
pub(super) type Told = BTreeSet<Tiding>;

/// Moves kept for a page that is slow to hear of them; one that falls behind looks anew.
const MOVES_KEPT: usize = 256;

/// What moved, as open pages of staff hear it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// The question of this number.
    Question(i64),
    /// An edition on its way into the official account.
    Publication,
}

/// Where the open pages of this program hear what moved.
#[derive(Clone, Debug)]
pub(super) struct Moves(broadcast::Sender<Move>);

impl Default for Moves {
    fn default() -> Moves {
        Moves(broadcast::channel(MOVES_KEPT).0)
    }
}

impl Moves {
    /// Of a transaction that moved nothing so far.
    pub(super) fn none_yet(&self) -> Moved {
        Moved {
            moved: Vec::new(),
            to: self.clone(),
        }
    }

    fn tell(&self, moved: Move) {
        // Nobody looking is normal.
        let _ = self.0.send(moved);
    }
}

/// What a transaction moves.
pub(super) struct Moved {
    moved: Vec<Move>,
    to: Moves,
}

impl Moved {
    /// It is committed.
    pub(super) fn tell(self) {
        for moved in self.moved {
            self.to.tell(moved);
        }
    }
}

/// Hears what other programs tell.
pub struct Listener {
    listener: PgListener,
    db: Db,
}

impl Db {
    /// What moves from now on, whoever moves it.
    pub fn moves(&self) -> broadcast::Receiver<Move> {
        self.moves.0.subscribe()
    }

    /// Another program moved something.
    pub fn moved_elsewhere(&self, moved: Move) {
        self.moves.tell(moved);
    }

    /// Listens from now on; none where there is nobody to listen to.
    pub async fn listen(&self) -> Result<Option<Listener>> {
        let Pools::Postgres(pool) = &self.pools else {
            return Ok(None);
        };
        // Not one of the pool's: whoever listens on a dead line leaves it hanging.
        let own = patience::alone((*pool.connect_options()).clone());
        let name = sqlx::query_as("SELECT left('bangban_' || current_schema(), 63)");
        let (name,): (String,) = patience::within(name.fetch_one(&own)).await?;
        let mut listener = patience::within(PgListener::connect_with(&own)).await?;
        patience::within(listener.listen(&name)).await?;
        Ok(Some(Listener {
            listener,
            db: self.clone(),
        }))
    }
}

impl Listener {
    /// Waits for what somebody else tells. What was lost with the connection is told as [`Tiding::Much`].
    pub async fn next(&mut self) -> Result<Vec<Tiding>> {
        loop {
            let Ok(heard) = tokio::time::timeout(SILENCE, self.listener.try_recv()).await else {
                // Nobody told anything, or nothing arrives any more.
                patience::within(self.listener.execute("SELECT 1")).await?;
                continue;
            };
            let Some(heard) = heard? else {
                return Ok(vec![Tiding::Much]);
            };
            // Another version of this program may tell more than this one knows.
            let (by, told): (i64, Vec<Tiding>) =
                serde_json::from_str(heard.payload()).unwrap_or((0, vec![Tiding::Much]));
            if self.db.ids.writer.get() != Some(&by) {
                return Ok(told);
            }
        }
    }
}

impl Tx {
    /// Tells the other programs on this database, once it is committed.
    pub fn tell(&mut self, tiding: Tiding) {
        match self {
            Tx::Sqlite(..) => {}
            Tx::Postgres(_, beside) => {
                beside.told.insert(tiding);
            }
        }
    }

    /// Tells whoever looks at questions, here and in the other programs, that one moved, once it is committed.
    pub(super) fn moved(&mut self, question: i64) {
        self.tell(Tiding::Question(question));
        self.moves(Move::Question(question));
    }

    /// The same of an edition on its way into the official account.
    pub(super) fn publication_moved(&mut self) {
        self.tell(Tiding::Publication);
        self.moves(Move::Publication);
    }

    fn moves(&mut self, moved: Move) {
        let (Tx::Sqlite(_, beside) | Tx::Postgres(_, beside)) = self;
        beside.moved.moved.push(moved);
    }

    pub(super) async fn tell_all(&mut self) -> Result<()> {
        let Tx::Postgres(transaction, beside) = self else {
            return Ok(());
        };
        if beside.told.is_empty() {
            return Ok(());
        }
        let by = beside.ids.writer.get().copied().unwrap_or_default();
        let short = serde_json::to_string(&(by, &beside.told)).ok();
        let text = short
            .filter(|text| text.len() <= MOST)
            .unwrap_or_else(|| format!("[{by},[\"Much\"]]"));
        let told = sqlx::query("SELECT pg_notify(left('bangban_' || current_schema(), 63), $1)").bind(text);
        patience::within(told.execute(&mut **transaction)).await?;
        Ok(())
    }
}
