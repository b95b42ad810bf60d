//! How many of something there are at once, by whom: open event streams, uploads on their way.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::allowance::Doer;

/// Counts what is going on now.
#[derive(Clone, Default)]
pub struct Crowd(Arc<Mutex<HashMap<Doer, usize>>>);

/// What is going on, for as long as this is held.
pub struct Ticket {
    doers: Vec<Doer>,
    crowd: Crowd,
}

impl Crowd {
    /// One more of each, unless one of them has as many as it may.
    pub fn enter(&self, doers: &[(Doer, usize)]) -> Option<Ticket> {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if doers
            .iter()
            .any(|(doer, most)| now.get(doer).is_some_and(|count| count >= most))
        {
            return None;
        }
        let doers: Vec<Doer> = doers.iter().map(|(doer, _)| doer.clone()).collect();
        for doer in &doers {
            *now.entry(doer.clone()).or_default() += 1;
        }
        Some(Ticket {
            doers,
            crowd: self.clone(),
        })
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        let mut now = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        for doer in &self.doers {
            if let Some(count) = now.get_mut(doer) {
                *count -= 1;
                if *count == 0 {
                    now.remove(doer);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_enough_gets_no_more_until_one_ends() {
        let crowd = Crowd::default();
        let account = |name: &str| Doer::Account(name.to_owned());
        let enter = |name| crowd.enter(&[(account(name), 2), (Doer::All, 3)]);
        let (one, two) = (enter("a"), enter("a"));
        assert!(one.is_some() && two.is_some());
        assert!(
            enter("a").is_none() && enter("b").is_some(),
            "what is refused takes nothing"
        );
        let third = enter("b");
        assert!(third.is_some() && enter("c").is_none());
        drop((one, two, third));
        assert!(crowd.0.lock().unwrap().is_empty());
    }
}
