use super::{Fate, Observation, Standing};
use crate::base::Instant;

/// A decision of the platform that the user received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruled {
    /// When.
    pub at: Instant,
    /// What the post becomes by it; none when nothing is done, or when the message does not say.
    pub fate: Option<Fate>,
}

/// What the looks allow to say, after what the platform itself decided.
///
/// A decision to take the post down is the platform's own word: it needs neither a second sighting nor a control, and it gives a disappearance its
/// cause. Only one thing is stronger: the post seen again afterwards. A decision that leaves the post in place says nothing of what the looks show.
pub fn ruled(looked: Standing, looks: &[Observation], rulings: &[Ruled]) -> Standing {
    let Some(last) = rulings.iter().max_by_key(|ruling| ruling.at) else { return looked };
    let Some(fate) = last.fate.filter(|fate| fate.would_count()) else { return looked };
    // A check that did not see the post at capture does not see it now either.
    let blind = looks.iter().any(|look| look.baseline && !look.fate.is_online());
    let online = |look: &&Observation| look.fate.is_online() && (look.by_user || !blind);
    if looks.iter().filter(online).any(|look| look.at > last.at) {
        return looked;
    }
    let last_online = looks.iter().filter(online).map(|look| look.at).max();
    let seen_gone = looks.iter().filter(|look| look.fate.is_gone() && (look.by_user || !blind)).map(|look| look.at);
    let first_gone = seen_gone.filter(|at| last_online.is_none_or(|online| *at > online)).min();
    let first_gone = first_gone.map_or(last.at, |seen| seen.min(last.at));
    Standing::Gone { fate, last_online, first_gone, confirmed: last.at, counts: true }
}

#[cfg(test)]
#[path = "../../tests/unit/takedown/ruling.rs"]
mod tests;
