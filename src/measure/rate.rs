use serde::{Deserialize, Serialize};

/// z of a two-sided interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// A share, never without its number and its interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// How many.
    pub n: u64,
    /// Of how many.
    pub of: u64,
    /// In per cent, one decimal; none of none.
    pub percent: Option<f64>,
    /// Lower end of the 95 % interval (Wilson).
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
}

impl Rate {
    /// `n` of `of`.
    pub fn new(n: u64, of: u64) -> Self {
        if of == 0 {
            return Self { n, of, percent: None, low: None, high: None };
        }
        let (count, all) = (n as f64, of as f64);
        let share = count / all;
        let spread = Z * Z / all;
        let centre = (share + spread / 2.0) / (1.0 + spread);
        let half = Z / (1.0 + spread) * (share * (1.0 - share) / all + spread / (4.0 * all)).sqrt();
        let low = if n == 0 { 0.0 } else { centre - half };
        let high = if n == of { 1.0 } else { centre + half };
        Self { n, of, percent: Some(percent(share)), low: Some(percent(low)), high: Some(percent(high)) }
    }
}

/// In per cent, one decimal.
pub(super) fn percent(share: f64) -> f64 {
    (share.clamp(0.0, 1.0) * 1000.0).round() / 10.0
}

#[cfg(test)]
#[path = "../../tests/unit/measure/rate.rs"]
mod tests;
