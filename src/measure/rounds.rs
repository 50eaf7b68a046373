use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::base::{data, from_data};

/// A published measurement, to compare with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Stable id.
    pub id: String,
    /// Name in French.
    pub name_fr: String,
    /// Name in English.
    pub name_en: String,
    /// When it was made.
    pub period: String,
    /// How many notices; none where it was not published.
    pub notices: Option<u64>,
    /// What « removed » means there, in French: no two rounds measure the same.
    pub measured_fr: String,
    /// The same in English.
    pub measured_en: String,
    /// Where the figures stand.
    pub source: String,
    /// The figures.
    pub figures: Vec<Figure>,
}

/// A published figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Id of the platform; empty for all together.
    pub platform: String,
    /// `removed`, `reviewed_24h` or `feedback`.
    pub what: String,
    /// In tenths of a per cent: data has no floating numbers.
    pub permille: u32,
    /// How many, where it was published.
    #[serde(default)]
    pub n: Option<u64>,
    /// Of how many.
    #[serde(default)]
    pub of: Option<u64>,
    /// Whether the figure is sure; else it is to be checked before it is quoted.
    pub sure: bool,
}

#[derive(Deserialize)]
struct File {
    round: Vec<Round>,
}

/// The rounds, the newest first.
pub fn rounds() -> &'static [Round] {
    static ROUNDS: OnceLock<Vec<Round>> = OnceLock::new();
    ROUNDS.get_or_init(|| {
        #[expect(clippy::expect_used, reason = "embedded data: a test reads the very same text")]
        from_data::<File>(data!("measure/rounds")).expect("the embedded rounds are valid").round
    })
}

#[cfg(test)]
#[path = "../../tests/unit/measure/rounds.rs"]
mod tests;
