//! Making an installation ready: the data folder and its lock, the sample city, the first import, the web rooms.

pub mod proposal;

use std::fs::{File, TryLockError};
use std::path::Path;

use anyhow::{Context as _, bail};
use jiff::civil::Date;

use crate::clock::{Clock, Millis};
use crate::config::Config;
use crate::desk::SAMPLE;
use crate::domain::chat::group::GroupKind;
use crate::domain::roster::people::{BureauId, PersonId, Roster};
use crate::faq::check::before_import;
use crate::faq::{Base, Entry, EntryId, Faq, Finding, Lexicon, Severity, check};
use crate::leases::Instance;
use crate::platform::webgroup;
use crate::store::accounts::INVITATION_MS;
use crate::store::imports::{Conflict, Imported};
use crate::store::{Db, Plain, StoreError, Tx, sqlite_file};
use crate::system;

/// Holds the data folder and the SQLite file for one serving process; let go when dropped, also by SIGKILL.
pub struct Hold {
    _files: Vec<File>,
}

/// The database's address: DATABASE_URL or `bangban.db` in the data folder.
pub fn database_url(config: &Config) -> String {
    match &config.database {
        Some(url) => url.expose().to_owned(),
        None => format!("sqlite:{}", config.data.join("bangban.db").display()),
    }
}

/// Makes the data folder if it is not there. Nobody else may look into it: what people asked is in it, and their pictures.
pub fn data_folder(config: &Config) -> anyhow::Result<()> {
    std::fs::create_dir_all(&config.data).with_context(|| {
        format!(
            "数据目录 {} 建不了，请检查上级目录的写权限，或用 BANGBAN_DATA 换一个目录",
            config.data.display()
        )
    })?;
    if system::open_to_others(&config.data).is_some()
        && let Err(error) = system::close_to_others(&config.data)
    {
        // Somebody else's folder; `check` says what to do.
        tracing::warn!(%error, "the data folder is open to others, and cannot be closed");
    }
    Ok(())
}

/// Opens the database of these settings.
pub async fn open_database(config: &Config) -> Result<Db, StoreError> {
    let plain = if config.allow_plain {
        Plain::Allowed
    } else {
        Plain::Refused
    };
    Db::open_over(&database_url(config), plain).await
}

/// Takes the data folder for `serve` alone (PRODUCT §10), and the SQLite file, wherever it is: a second server on
/// either is refused.
pub fn hold(config: &Config) -> anyhow::Result<Hold> {
    let mut files = vec![lock(&config.data.join("bangban.lock"), "数据目录", &config.data)?];
    if let Some(file) = sqlite_file(&database_url(config)) {
        let mut path = file.clone().into_os_string();
        path.push(".lock");
        files.push(lock(Path::new(&path), "数据库", &file)?);
    }
    Ok(Hold { _files: files })
}

/// Who this run of the program is to others on its database. The data folder's own name is kept in it: the next run there
/// knows that the one before is dead, because it holds the folder's lock.
pub fn instance(config: &Config, now: Millis) -> anyhow::Result<Instance> {
    let path = config.data.join("instance");
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    let name = match kept.trim() {
        "" => {
            let name = crate::secret::new().context("系统取不到随机数")?;
            std::fs::write(&path, &name).with_context(|| format!("{} 写不了，请检查权限", path.display()))?;
            name
        }
        name => name.to_owned(),
    };
    Ok(Instance {
        // A folder that was copied to another machine is another one.
        home: format!("{name}@{}", system::machine()),
        run: format!("{}-{now}", std::process::id()),
    })
}

fn lock(path: &Path, what: &str, of: &Path) -> anyhow::Result<File> {
    let mut options = File::options();
    options.create(true).truncate(false).write(true);
    let file = options.open(path).with_context(|| {
        format!(
            "{} 不能写，请检查权限，或用 BANGBAN_DATA 换一个数据目录",
            path.display()
        )
    })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => bail!(
            "{what} {} 正被另一个帮办使用。请先停掉那一个，或用 BANGBAN_DATA 给这个换一个数据目录。",
            of.display()
        ),
        Err(TryLockError::Error(error)) => Err(error).with_context(|| format!("{} 锁不上", path.display())),
    }
}

/// Sets up the invented sample city where there is no roster yet. True if it did.
pub async fn sample_city(db: &Db) -> anyhow::Result<bool> {
    let mut tx = db.begin().await?;
    if tx.roster_version().await? > 0 {
        return Ok(false);
    }
    one_at_a_time(&mut tx).await?;
    if tx.roster_version().await? > 0 {
        return Ok(false);
    }
    let sample = crate::roster::sample().map_err(|problems| anyhow::anyhow!("{problems}"))?;
    tx.replace_roster(&sample, Clock::System.now()).await?;
    tx.set_note(SAMPLE, "yes").await?;
    tx.commit().await?;
    Ok(true)
}

/// What goes with taking a roster over.
#[derive(Clone, Debug, Default)]
pub struct Takeover {
    /// The roster's version that people saw the differences to; another one is refused.
    pub seen: Option<i64>,
    /// People whose name was corrected.
    pub renamed: Vec<(PersonId, String)>,
    /// Bureaus that handed in their form, with helpers and reviewers in it.
    pub handed_in: Vec<(BureauId, (usize, usize))>,
    /// What is written down about it: no names, no numbers.
    pub note: String,
    /// Who did it on a page; none where it was the operator.
    pub by: Option<PersonId>,
}

/// Puts a real roster in place. The sample city gives way: its questions and its people's sign-ins go with it.
pub async fn import_roster(db: &Db, roster: &Roster, now: Millis) -> anyhow::Result<Roster> {
    take_over(db, roster, &Takeover::default(), now).await
}

/// The same, with what goes with it, in one transaction.
pub async fn take_over(db: &Db, roster: &Roster, with: &Takeover, now: Millis) -> anyhow::Result<Roster> {
    let mut tx = db.begin().await?;
    if let Some(seen) = with.seen
        && tx.roster_version().await? != seen
    {
        bail!("名册刚被别人改过，没有导入。请再运行一次，看过新的差异再确认。");
    }
    for (person, name) in &with.renamed {
        tx.correct_name(*person, name).await?;
    }
    if tx.note(SAMPLE).await?.as_deref() == Some("yes") {
        tx.remove_all_questions().await?;
        tx.forget_sample_people().await?;
    }
    let real = tx.replace_roster(roster, now).await?;
    tx.set_note(SAMPLE, "no").await?;
    tx.unbind_groups_of_gone_bureaus().await?;
    web_rooms(&mut tx, &real, now).await?;
    for (bureau, counts) in &with.handed_in {
        tx.add_submission(*bureau, now, *counts).await?;
    }
    tx.audit(with.by, "roster_imported", &real.city, &with.note, now)
        .await?;
    tx.commit().await?;
    Ok(real)
}

/// The roster that is there, and its version; none while there is none or the sample.
pub async fn real_roster(db: &Db) -> anyhow::Result<Option<(Roster, i64)>> {
    let sample = is_sample(db).await?;
    let mut tx = db.read().await?;
    let version = tx.roster_version().await?;
    let roster = tx.roster().await?;
    Ok((!sample && !roster.bureaus.is_empty()).then_some((roster, version)))
}

/// Whether the roster is the invented sample.
pub async fn is_sample(db: &Db) -> anyhow::Result<bool> {
    let mut tx = db.read().await?;
    Ok(tx.note(SAMPLE).await?.as_deref() == Some("yes"))
}

/// Sees to it that every bureau has its web help group and the city its guidance group.
pub async fn web_rooms(tx: &mut Tx, roster: &Roster, now: Millis) -> anyhow::Result<()> {
    if roomless(tx, roster).await?.is_empty() {
        return Ok(());
    }
    one_at_a_time(tx).await?;
    for (bureau, kind, title) in roomless(tx, roster).await? {
        tx.add_room(&title, bureau, kind, now).await?;
    }
    Ok(())
}

/// The rooms that are missing.
async fn roomless(tx: &mut Tx, roster: &Roster) -> anyhow::Result<Vec<(BureauId, GroupKind, String)>> {
    let mut missing = Vec::new();
    for bureau in &roster.bureaus {
        let (kind, title) = match bureau.city {
            true => (GroupKind::Guidance, "工作指导群".to_owned()),
            false => (GroupKind::Help, format!("{}帮办群", bureau.name)),
        };
        let rooms = tx.groups_of(bureau.id, kind).await?;
        if !rooms.iter().any(|group| group.channel.0 == webgroup::NAME) {
            missing.push((bureau.id, kind, title));
        }
    }
    Ok(missing)
}

/// Of several programs that start at once on one database the others wait here until this one's transaction has ended;
/// whoever asks again then sees what it made.
async fn one_at_a_time(tx: &mut Tx) -> anyhow::Result<()> {
    tx.count_up("setting up", 1).await?;
    Ok(())
}

/// Imports `faq/` on the first start. The error names every problem with file, line and column.
pub async fn first_import(db: &Db, config: &Config, now: Millis) -> anyhow::Result<Option<Imported>> {
    let mut tx = db.read().await?;
    let fresh = tx.faq_version().await? == 0;
    drop(tx);
    if !fresh {
        return Ok(None);
    }
    let base = load_base(&config.faq)?;
    let mut tx = db.begin().await?;
    one_at_a_time(&mut tx).await?;
    if tx.faq_version().await? > 0 {
        return Ok(None);
    }
    let done = taken(&mut tx, &base, &[], "", now).await?;
    tx.commit().await?;
    Ok(Some(done))
}

/// Reads and checks the folder of the knowledge base.
pub fn load_base(folder: &Path) -> anyhow::Result<Base> {
    Base::load(folder).map_err(|problems| {
        let list: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("知识库有 {} 处要改：\n{}", list.len(), list.join("\n"))
    })
}

/// Takes checked entries over as approved revisions by the operator who runs this.
pub async fn import(db: &Db, base: &Base, now: Millis) -> anyhow::Result<Imported> {
    let mut tx = db.begin().await?;
    let done = taken(&mut tx, base, &[], "", now).await?;
    tx.commit().await?;
    Ok(done)
}

/// How an import of files is made.
#[derive(Clone, Debug, Default)]
pub struct Import<'a> {
    /// Entries edited on both sides whose files hold both by now.
    pub merged: &'a [EntryId],
    /// Why it is made although it breaks something.
    pub force: Option<&'a str>,
}

/// What came of an import that had to pass the gate.
pub enum Passed {
    /// It is in the list.
    Imported(Imported),
    /// It breaks something; nothing was changed.
    Broken(Vec<Finding>),
}

/// The same behind the gate of an approval: what the files would break of what is served stops them.
pub async fn import_passing(
    db: &Db,
    base: &Base,
    how: &Import<'_>,
    (today, now): (Date, Millis),
) -> anyhow::Result<Passed> {
    let mut tx = db.begin().await?;
    let version = tx.faq_version().await?;
    let (served, lexicon) = bare(tx.served_entries().await?);
    taken(&mut tx, base, how.merged, "", now).await?;
    let (entries, taught) = bare(tx.served_entries().await?);
    // Nothing of this is kept: the tests take a while, and nobody waits for them.
    drop(tx);
    if how.force.is_none() {
        let found = match served.is_empty() {
            true => check(base, today),
            false => {
                let old = Faq::build(served, lexicon.clone());
                before_import((&old, &lexicon), &entries, &taught, today)
            }
        };
        let found: Vec<Finding> = found
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error)
            .collect();
        if !found.is_empty() {
            return Ok(Passed::Broken(found));
        }
    }
    let mut tx = db.begin().await?;
    if tx.faq_version().await? != version {
        bail!("清单刚在别处改过，没有导入。请再运行一次。");
    }
    let done = taken(&mut tx, base, how.merged, how.force.unwrap_or_default(), now).await?;
    tx.commit().await?;
    Ok(Passed::Imported(done))
}

fn bare((entries, lexicon): (Vec<(Entry, i64)>, Lexicon)) -> (Vec<Entry>, Lexicon) {
    (entries.into_iter().map(|(entry, _)| entry).collect(), lexicon)
}

/// Takes the files over in a transaction; `forced` says why although they break something.
async fn taken(tx: &mut Tx, base: &Base, merged: &[EntryId], forced: &str, now: Millis) -> anyhow::Result<Imported> {
    let operator = system::operator();
    let files = (&base.entries[..], &base.lexicon);
    let done = tx.import_entries(files, merged, &operator, now).await?;
    if !done.conflicts.is_empty() {
        let said: Vec<String> = done.conflicts.iter().map(conflict_said).collect();
        bail!("有 {} 处冲突，什么都没有改：\n{}", said.len(), said.join("\n"));
    }
    tx.save_defects(&base.defects).await?;
    let what = format!(
        "added {}, changed {}, withdrawn {}",
        done.added, done.changed, done.withdrawn
    );
    tx.audit(None, "faq_import", &operator, &what, now).await?;
    for entry in merged {
        tx.audit(None, "faq_merged", entry.as_str(), &operator, now).await?;
    }
    if !forced.is_empty() {
        tx.audit(None, "faq_import_forced", &operator, forced, now).await?;
    }
    Ok(done)
}

fn conflict_said(conflict: &Conflict) -> String {
    match conflict {
        Conflict::BothEdited(entry) => format!(
            "{entry}：文件里改过，库里也改过。请先导出到别处对照：bangban faq export --to 目录，把两边合成一份写进文件，再导入：bangban faq import --merged {entry}"
        ),
        Conflict::GoneFromFiles(entry) => {
            format!(
                "{entry}：库里改过，文件里却没有了。要停用：bangban faq import --merged {entry}；要留着请先导出：bangban faq export"
            )
        }
        Conflict::Number { entry, no, holder } => {
            format!("{entry}：编号 {no} 已经给了库里的 {holder}，请在文件里换一个编号。")
        }
    }
}

/// Makes a one-time invitation for a person and gives its secret; only the hash is kept.
pub async fn invite(db: &Db, person: PersonId, now: Millis) -> anyhow::Result<String> {
    let by = format!("by operator {}, ", system::operator());
    invite_by(db, person, (None, &by), now).await
}

/// The same by somebody: of the roster, or as is noted.
pub async fn invite_by(
    db: &Db,
    person: PersonId,
    (by, note): (Option<PersonId>, &str),
    now: Millis,
) -> anyhow::Result<String> {
    let secret = crate::secret::new().context("系统取不到随机数")?;
    let mut tx = db.begin().await?;
    // A new link ends those before it: one that was sent to the wrong place is worth nothing then.
    let before = tx.end_invitations(person).await?;
    tx.invite(&crate::secret::hash(&secret), person, now.plus(INVITATION_MS))
        .await?;
    let note = format!("{note}{before} before it ended");
    tx.audit(by, "link", &format!("person {}", person.0), &note, now)
        .await?;
    tx.commit().await?;
    Ok(secret)
}

/// How people outside reach the pages.
pub fn public_url(config: &Config) -> String {
    match &config.public_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None if config.http.ip().is_unspecified() => format!("http://127.0.0.1:{}", config.http.port()),
        None => format!("http://{}", config.http),
    }
}
