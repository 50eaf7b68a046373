use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::rate::percent;

/// Steps of the estimation at most; it is stopped long before when nothing moves any more.
const STEPS: usize = 2000;
const STILL: f64 = 1e-9;

/// Hours after the notice between which a post disappeared: after `after`, not later than `by`; not by the last look if none.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize)]
pub struct Interval {
    /// Last seen there.
    pub after: f64,
    /// First seen gone.
    pub by: Option<f64>,
}

/// How long posts stay, estimated over intervals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Survival {
    /// How many posts.
    pub of: u64,
    /// How many of them were seen to disappear.
    pub events: u64,
    /// Hours between which half of them have disappeared; none while less than half have, as far as is known.
    pub median: Option<Interval>,
    /// Points of the curve.
    pub curve: Vec<Point>,
}

/// A point of the curve: between the points, where exactly it falls is not known.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// From these hours …
    pub after: f64,
    /// … to these …
    pub by: f64,
    /// … this share, in per cent, has disappeared.
    pub gone: f64,
}

/// The estimator of Turnbull: that of Kaplan and Meier where a disappearance is only known to lie between two looks.
pub fn survival(intervals: &[Interval]) -> Survival {
    let of = intervals.len() as u64;
    let events = intervals.iter().filter(|one| one.by.is_some()).count() as u64;
    // Equal intervals are counted once; in milliseconds, so that they compare.
    let mut weights: BTreeMap<(i64, i64), f64> = BTreeMap::new();
    for one in intervals {
        let by = one.by.map_or(i64::MAX, millis);
        *weights.entry((millis(one.after).min(by.saturating_sub(1)), by)).or_default() += 1.0;
    }
    let cells = innermost(weights.keys().copied());
    let mass = masses(&weights, &cells);
    let (mut curve, mut median, mut gone) = (vec![], None, 0.0);
    for ((after, by), mass) in cells.iter().zip(&mass) {
        if *by == i64::MAX || *mass < 1e-6 {
            continue;
        }
        gone += mass / of.max(1) as f64;
        let (after, by) = (hours(*after), hours(*by));
        curve.push(Point { after, by, gone: percent(gone) });
        if median.is_none() && gone >= 0.5 - 1e-6 {
            median = Some(Interval { after, by: Some(by) });
        }
    }
    Survival { of, events, median, curve }
}

/// The only places where mass can lie: from a left end to the next right end without a left end between them.
fn innermost(intervals: impl Iterator<Item = (i64, i64)> + Clone) -> Vec<(i64, i64)> {
    let lefts: BTreeSet<i64> = intervals.clone().map(|(after, _)| after).collect();
    let rights: BTreeSet<i64> = intervals.map(|(_, by)| by).collect();
    let cell = |right: &i64| {
        let left = *lefts.range(..right).next_back()?;
        rights.range(left + 1..*right).next().is_none().then_some((left, *right))
    };
    rights.iter().filter_map(cell).collect()
}

/// Expectation and maximisation, each step linear by sums over ranges of cells.
fn masses(weights: &BTreeMap<(i64, i64), f64>, cells: &[(i64, i64)]) -> Vec<f64> {
    let total: f64 = weights.values().sum();
    // Which cells lie inside each interval: always a range.
    let ranges: Vec<(usize, usize, f64)> = weights
        .iter()
        .map(|((after, by), weight)| {
            (cells.partition_point(|cell| cell.0 < *after), cells.partition_point(|cell| cell.1 <= *by), *weight)
        })
        .collect();
    let mut mass = vec![total / cells.len().max(1) as f64; cells.len()];
    for _ in 0..STEPS {
        let mut sums = vec![0.0];
        for one in &mass {
            sums.push(sums.last().copied().unwrap_or_default() + one);
        }
        let sum = |index: usize| sums.get(index).copied().unwrap_or_default();
        let mut changes = vec![0.0; cells.len() + 1];
        for (from, to, weight) in &ranges {
            let inside = sum(*to) - sum(*from);
            if inside > 0.0 {
                if let Some(change) = changes.get_mut(*from) {
                    *change += weight / inside;
                }
                if let Some(change) = changes.get_mut(*to) {
                    *change -= weight / inside;
                }
            }
        }
        let (mut factor, mut moved) = (0.0, 0.0f64);
        for (one, change) in mass.iter_mut().zip(&changes) {
            factor += change;
            let next = *one * factor;
            moved = moved.max((next - *one).abs());
            *one = next;
        }
        if moved < STILL * total {
            break;
        }
    }
    mass
}

fn millis(hours: f64) -> i64 {
    (hours * 3_600_000.0).round() as i64
}

fn hours(millis: i64) -> f64 {
    (millis as f64 / 360_000.0).round() / 10.0
}

#[cfg(test)]
#[path = "../../tests/unit/measure/survival.rs"]
mod tests;
