//! Whoever acts on a page is answered there: what would be said to them in a chat comes back with the act.

use crate::desk::ground::sitting::Sitting;
use crate::domain::chat::message::Place;
use crate::domain::chat::rich::Rich;

impl Sitting<'_> {
    /// Takes words for the page that acts, if they are for it; false if they go the usual way.
    pub(in crate::desk) fn told_on_page(&mut self, place: &Place, text: &Rich) -> bool {
        match &mut self.page {
            Some(page) if page.place == *place => {
                page.said.push(text.clone());
                true
            }
            Some(_) | None => false,
        }
    }

    /// What the page asked for is not done.
    pub(in crate::desk) fn refused_on_page(&mut self) {
        if let Some(page) = &mut self.page {
            page.refused = true;
        }
    }

    /// The same, with the words that say so.
    pub(in crate::desk) fn not_done(&mut self, text: Rich) -> Rich {
        self.refused_on_page();
        text
    }
}
