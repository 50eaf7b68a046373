use super::clock::Span;
use crate::{base::sort, takedown::Fate};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;
/// How far from a moment a look may lie and still count for it.
pub(super) const WINDOW: i64 = 6 * HOUR;

/// One look that says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Look {
    pub(super) span: Span,
    pub(super) fate: Fate,
    /// A person looked, or a control answered.
    pub(super) sure: bool,
    /// The platform itself says so in its decision: needs no second look.
    pub(super) decided: bool,
}

/// What a post is at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// There.
    Online,
    /// Gone, confirmed, for this cause.
    Gone(Fate),
    /// Seen gone, never confirmed.
    ToConfirm,
    /// Nobody looked near enough, or looks contradict each other.
    Unknown,
}

/// All looks at one post, put in order: what is between two of them is known when they agree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline(Vec<(Span, State)>);

impl Timeline {
    /// Order and repetitions of the looks do not matter; those that say nothing are not there.
    pub(super) fn of(looks: &[Look]) -> Self {
        let mut looks = looks.to_vec();
        sort(&mut looks, Look::cmp);
        looks.dedup();
        let mut states = vec![];
        for run in looks.chunk_by(|one, other| one.fate.is_online() == other.fate.is_online()) {
            let online = run.first().is_some_and(|look| look.fate.is_online());
            let state = match (online, cause(run)) {
                (true, _) => State::Online,
                (false, Some(fate)) => State::Gone(fate),
                (false, None) => State::ToConfirm,
            };
            states.extend(run.iter().map(|look| (look.span, state)));
        }
        Self(states)
    }

    /// The state at a moment: what the looks before and after agree on, else the nearest look within six hours.
    pub(super) fn at(&self, moment: i64) -> State {
        let before = self.0.iter().rev().find(|(span, _)| span.to <= moment);
        let after = self.0.iter().find(|(span, _)| span.from >= moment);
        // A look of which only the surroundings are known, and that says something else.
        let contradicted =
            |state: State| self.0.iter().any(|(span, other)| span.from < moment && span.to > moment && *other != state);
        if let (Some((_, before)), Some((_, after))) = (before, after)
            && before == after
        {
            return if contradicted(*before) { State::Unknown } else { *before };
        }
        let near = |span: &Span| moment.saturating_sub(span.from).max(span.to.saturating_sub(moment));
        let nearest = [before, after]
            .into_iter()
            .flatten()
            .map(|(span, state)| (near(span), state))
            .filter(|(distance, _)| *distance <= WINDOW)
            .min_by_key(|(distance, _)| *distance);
        nearest.map_or(State::Unknown, |(_, state)| if contradicted(*state) { State::Unknown } else { *state })
    }

    /// Whether the post had been seen gone when last looked at before this moment.
    pub(super) fn was_gone(&self, moment: i64) -> bool {
        let before = self.0.iter().rev().find(|(span, _)| span.to <= moment);
        before.is_some_and(|(_, state)| *state != State::Online)
    }

    /// Between which hours after `start` it went, if it went for good as far as is confirmed; else until when it was seen there.
    pub(super) fn disappearance(&self, start: i64) -> (i64, Option<i64>) {
        let gone = self.0.iter().position(|(span, state)| span.to >= start && matches!(state, State::Gone(_)));
        let seen = self.0.get(..gone.unwrap_or(self.0.len())).unwrap_or_default();
        let last = seen.iter().filter(|(_, state)| *state == State::Online).map(|(span, _)| span.from).max();
        let first = gone.and_then(|index| self.0.get(index)).map(|(span, _)| span.to).filter(|to| *to < i64::MAX);
        let last = last.unwrap_or(start).max(start);
        (last.min(first.unwrap_or(i64::MAX)), first)
    }

    /// Whether it came back after a confirmed disappearance.
    pub(super) fn returned(&self, start: i64) -> bool {
        let gone = self.0.iter().position(|(span, state)| span.to >= start && matches!(state, State::Gone(_)));
        gone.is_some_and(|index| self.0.iter().skip(index).any(|(_, state)| *state == State::Online))
    }
}

/// The rule of two sightings (see `takedown::standing`) over one run of looks that did not see the post: why it is gone, once two
/// sure looks at least 24 hours apart say so, or the platform itself. Where they differ on the cause, the cause is unknown.
fn cause(run: &[Look]) -> Option<Fate> {
    if let Some(decided) = run.iter().rev().find(|look| look.decided) {
        return Some(decided.fate);
    }
    let sure: Vec<&Look> = run.iter().filter(|look| look.sure).collect();
    let latest = sure.last()?.fate;
    let apart = |looks: &mut dyn Iterator<Item = &&Look>| {
        let (mut first, mut last) = (i64::MAX, i64::MIN);
        for look in looks {
            first = first.min(look.span.to);
            last = last.max(look.span.from);
        }
        last.saturating_sub(first) >= DAY
    };
    if apart(&mut sure.iter().filter(|look| look.fate == latest)) {
        Some(latest)
    } else {
        apart(&mut sure.iter()).then_some(Fate::GoneCauseUnknown)
    }
}

#[cfg(test)]
#[path = "../../tests/unit/measure/state.rs"]
mod tests;
