//! An entry's answer as its keepers see it.

use crate::desk::Result;
use crate::desk::ground::served::placeholder;
use crate::desk::ground::sitting::Sitting;
use crate::faq::Entry;

/// An answer as it is said in the city bureau's groups; what nobody has filled in stands as it is written.
pub(super) async fn as_said(sitting: &mut Sitting<'_>, entry: &Entry) -> Result<Vec<String>> {
    let fills = sitting.tx.fills().await?;
    let (roster, config) = (&sitting.roster, &sitting.desk.config);
    let value = |name: &str| placeholder(name, roster.desk(), roster, config, &fills);
    let known = entry.fill_what_is_known(&value);
    Ok(known.map_or_else(|| entry.answer.lines(), |(known, _)| known.lines()))
}
