use serde::{Deserialize, Serialize};

/// Coarse category: what the suggestion engine tells apart. Several offences share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[allow(missing_docs)]
pub enum Code {
    Inj,
    Diff,
    Prov,
    Neg,
    Apocrim,
    Terr,
    Menace,
    Harc,
    Dox,
    InjSimple,
    DiffSimple,
    Discri,
    Nonpub,
    None,
}
