use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How far two coders agree.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// Posts that both qualified.
    pub coded_twice: u64,
    /// On how many both said the same.
    pub same: u64,
    /// Cohen's κ: the agreement beyond what chance would give; none where chance alone would give all of it.
    pub kappa: Option<f64>,
}

/// Over pairs of answers, the first coder's and the second's.
pub fn agreement<T: Ord>(pairs: &[(T, T)]) -> Agreement {
    let (mut ones, mut others): (BTreeMap<&T, u64>, BTreeMap<&T, u64>) = Default::default();
    for (one, other) in pairs {
        *ones.entry(one).or_default() += 1;
        *others.entry(other).or_default() += 1;
    }
    let all = pairs.len() as u64;
    let same = pairs.iter().filter(|(one, other)| one == other).count() as u64;
    // Whole numbers, so that a perfect chance agreement is seen exactly.
    let chance: u64 = ones.iter().map(|(answer, count)| count * others.get(answer).copied().unwrap_or_default()).sum();
    let square = all * all;
    let kappa = (square > chance).then(|| {
        let kappa = ((same * all) as f64 - chance as f64) / (square - chance) as f64;
        (kappa * 100.0).round() / 100.0
    });
    Agreement { coded_twice: all, same, kappa }
}

#[cfg(test)]
#[path = "../../tests/unit/measure/agreement.rs"]
mod tests;
