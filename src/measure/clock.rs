use std::collections::BTreeMap;

use crate::case::{Case, Entry};

/// Two contexts write one journal, and clocks are set right by the network now and then: less than this is no jump.
const TOLERANCE: i64 = 10 * 60_000;

/// When something happened, in milliseconds since 1970: between these two, both included. Equal when the clock can be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub from: i64,
    pub to: i64,
}

impl Span {
    pub fn is_exact(self) -> bool {
        self.from == self.to
    }
}

/// When each entry of a journal was written, by position.
///
/// The order of a journal is proved, its clock is not. An entry whose clock contradicts the order (the device's clock jumped), or
/// the time of a timestamp service, is only known to lie between its neighbours that can be believed: those that stand in every
/// longest series of entries that do not contradict each other.
pub(super) fn spans(case: &Case) -> BTreeMap<u64, Span> {
    let mut times: Vec<(u64, i64)> = vec![];
    for step in &case.steps {
        let at = step.at.millis();
        // A step back within the tolerance is none.
        let at =
            times.last().map_or(at, |(_, before)| if (1..=TOLERANCE).contains(&(before - at)) { *before } else { at });
        times.push((step.seq, at));
    }
    let anchors = anchors(case);
    let against_service = |seq: u64, at: i64| {
        anchors.iter().any(|anchor| {
            (seq >= anchor.after && at < anchor.time - TOLERANCE)
                || (seq <= anchor.before && at > anchor.time + TOLERANCE)
        })
    };
    let fair: Vec<(u64, i64)> = times.iter().copied().filter(|(seq, at)| !against_service(*seq, *at)).collect();
    let sure = in_every_longest(&fair.iter().map(|(_, at)| *at).collect::<Vec<_>>());
    let believed: BTreeMap<u64, i64> =
        fair.iter().zip(sure).filter(|(_, sure)| *sure).map(|((seq, at), _)| (*seq, *at)).collect();
    let bounds = |seq: u64| {
        let earlier = believed.range(..seq).next_back().map(|(_, at)| *at);
        let later = believed.range(seq..).next().map(|(_, at)| *at);
        let after = anchors.iter().filter(|anchor| seq >= anchor.after).map(|anchor| anchor.time).max();
        let before = anchors.iter().filter(|anchor| seq <= anchor.before).map(|anchor| anchor.time).min();
        Span {
            from: earlier.max(after).unwrap_or(i64::MIN),
            to: [later, before].into_iter().flatten().min().unwrap_or(i64::MAX),
        }
    };
    let span = |seq: u64| believed.get(&seq).map_or_else(|| bounds(seq), |at| Span { from: *at, to: *at });
    times.iter().map(|(seq, _)| (*seq, span(*seq))).collect()
}

/// A timestamp service's time: what it sealed was written before, its answer after.
struct Anchor {
    before: u64,
    after: u64,
    time: i64,
}

fn anchors(case: &Case) -> Vec<Anchor> {
    let seal = |manifest| {
        case.steps.iter().find_map(|step| match &step.entry {
            Some(Entry::Sealed(sealed)) if sealed.manifest == manifest => Some(step.seq),
            _ => None,
        })
    };
    let anchor = |step: &crate::case::Step| match &step.entry {
        Some(Entry::Timestamped(timed)) => {
            Some(Anchor { before: seal(timed.imprint)?, after: step.seq, time: timed.gen_time.millis() })
        }
        _ => None,
    };
    case.steps.iter().filter_map(anchor).collect()
}

/// Which values stand in every longest non-decreasing subsequence.
fn in_every_longest(values: &[i64]) -> Vec<bool> {
    let ending = longest_ending(values);
    let mirrored: Vec<i64> = values.iter().rev().map(|value| value.saturating_neg()).collect();
    let mut beginning = longest_ending(&mirrored);
    beginning.reverse();
    let longest = ending.iter().copied().max().unwrap_or_default();
    let mut on_level: BTreeMap<usize, usize> = BTreeMap::new();
    let candidates: Vec<Option<usize>> = ending
        .iter()
        .zip(&beginning)
        .map(|(before, after)| (before + after == longest + 1).then_some(*before))
        .collect();
    for level in candidates.iter().flatten() {
        *on_level.entry(*level).or_default() += 1;
    }
    candidates.into_iter().map(|level| level.is_some_and(|level| on_level.get(&level) == Some(&1))).collect()
}

/// For each value, the length of the longest non-decreasing subsequence that ends with it.
fn longest_ending(values: &[i64]) -> Vec<usize> {
    // The lowest end of a subsequence of each length.
    let mut ends: Vec<i64> = vec![];
    let length = |value: &i64| {
        let place = ends.partition_point(|end| end <= value);
        match ends.get_mut(place) {
            Some(end) => *end = *value,
            None => ends.push(*value),
        }
        place + 1
    };
    values.iter().map(length).collect()
}

#[cfg(test)]
#[path = "../../tests/unit/measure/clock.rs"]
mod tests;
