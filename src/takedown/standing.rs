use serde::{Deserialize, Serialize};

use super::Fate;
use crate::base::{Instant, sort};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// One look at a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// When.
    pub at: Instant,
    /// Whether it was made at capture, with the method of the later checks.
    pub baseline: bool,
    /// Whether the person opened the post and said what is there.
    pub by_user: bool,
    /// What was seen.
    pub fate: Fate,
    /// Whether another post, known to be there, answered as online in the same run.
    pub control: Option<bool>,
}

/// What all looks together allow to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Standing {
    /// Nobody looked yet.
    NotChecked,
    /// The check did not see the post even at capture: only a person can.
    ByHandOnly,
    /// Looks were made; none says anything.
    Unknown {
        /// The last of them.
        last: Instant,
    },
    /// The post is there.
    Online {
        /// In which form.
        fate: Fate,
        /// When it was last seen.
        last_seen: Instant,
        /// Whether it had been seen gone before.
        returned: bool,
    },
    /// Seen gone, not yet confirmed: not to be counted.
    Unconfirmed {
        /// What was seen.
        fate: Fate,
        /// Last time the post was seen; the disappearance lies between this …
        last_online: Option<Instant>,
        /// … and this.
        first_gone: Instant,
        /// From when on a second look confirms.
        confirm_from: Instant,
    },
    /// Gone, seen twice at least 24 hours apart.
    Gone {
        /// What both looks agree on.
        fate: Fate,
        /// Last time the post was seen; the disappearance lies between this …
        last_online: Option<Instant>,
        /// … and this.
        first_gone: Instant,
        /// When the second look confirmed it.
        confirmed: Instant,
        /// Whether this is a proved effect of moderation.
        counts: bool,
    },
}

/// What the looks allow to say, by the rule of two sightings.
///
/// A disappearance is held for true when two looks at least 24 hours apart agree and, for each that a machine made, a positive control answered.
/// A person who opened the post needs no control. Looks that say nothing (errors, walls, unknown) neither confirm nor refute.
pub fn standing(observations: &[Observation]) -> Standing {
    let mut looks = observations.to_vec();
    sort(&mut looks, |one, other| one.at.cmp(&other.at));
    let Some(last) = looks.last().map(|look| look.at) else { return Standing::NotChecked };
    // A machine that never saw the post cannot see it go: neither at capture nor at its first look that said anything.
    let telling = looks.iter().find(|look| !look.by_user && (look.fate.is_online() || look.fate.is_gone()));
    let blind = looks.iter().any(|look| look.baseline && !look.fate.is_online())
        || telling.is_some_and(|look| look.fate.is_gone());
    if blind {
        looks.retain(|look| look.by_user);
        if looks.is_empty() {
            return Standing::ByHandOnly;
        }
    }
    let seen = looks.iter().rposition(|look| look.fate.is_online());
    let after = seen.map_or(0, |index| index + 1);
    let (before, since) = looks.split_at(after);
    let gone: Vec<&Observation> = since.iter().filter(|look| look.fate.is_gone()).collect();
    let last_online = before.last();
    let Some(first) = gone.first() else {
        return match last_online {
            Some(look) => Standing::Online {
                fate: look.fate,
                last_seen: look.at,
                returned: before.iter().any(|look| look.fate.is_gone()),
            },
            None if blind => Standing::ByHandOnly,
            None => Standing::Unknown { last },
        };
    };
    let last_online = last_online.map(|look| look.at);
    let sure: Vec<&Observation> =
        gone.iter().copied().filter(|look| look.by_user || look.control == Some(true)).collect();
    match confirmation(&sure) {
        Some((fate, confirmed)) => {
            Standing::Gone { fate, last_online, first_gone: first.at, confirmed, counts: fate.would_count() }
        }
        None => Standing::Unconfirmed {
            fate: gone.last().map_or(first.fate, |look| look.fate),
            last_online,
            first_gone: first.at,
            confirm_from: sure.first().map_or(first.at, |look| look.at).plus_millis(DAY),
        },
    }
}

/// The cause that two looks far enough apart agree on; when they only agree that the post is gone, the cause stays unknown.
fn confirmation(gone: &[&Observation]) -> Option<(Fate, Instant)> {
    let apart = |a: &Observation, b: &Observation| b.at.millis() - a.at.millis() >= DAY;
    let pair = |agree: &dyn Fn(&Observation, &Observation) -> bool| {
        gone.iter().enumerate().find_map(|(index, second)| {
            gone.iter()
                .take(index)
                .find(|first| apart(first, second) && agree(first, second))
                .map(|_| (second.fate, second.at))
        })
    };
    let latest = gone.last()?.fate;
    let same = pair(&|first, second| first.fate == second.fate && second.fate == latest);
    same.or_else(|| pair(&|_, _| true).map(|(_, at)| (Fate::GoneCauseUnknown, at)))
}

/// When to look again after a capture: 24 hours, 48 hours, 7, 14 and 30 days.
pub fn schedule(captured_at: Instant) -> [Instant; 5] {
    [1, 2, 7, 14, 30].map(|days| captured_at.plus_millis(days * DAY))
}

#[cfg(test)]
#[path = "../../tests/unit/takedown/standing.rs"]
mod tests;
