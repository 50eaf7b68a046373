//! What each platform is: permalink grammar, ids and their time, selectors, fate markers, notice channels.
//!
//! One file of data per platform (`x.toml`, …) read by one engine; code only for what data cannot say.

use serde::{Deserialize, Serialize};

use crate::base::{Fault, Instant};

/// The address of one post, understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Permalink {
    /// Id of the platform (`x`, `generic`, …), the stem of its data file.
    pub platform: String,
    /// What the address names: `post`, `comment`, `video`, `page`, …
    pub kind: String,
    /// Stable id on that platform, always as text.
    pub id: String,
    /// The address to keep and to quote: no tracking, no mirror.
    pub canonical: String,
    /// Account name in the address, without `@`; a clue, never an identity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// Creation time that the id itself carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Instant>,
    /// What that time is worth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at_meaning: Option<IdTime>,
}

/// What a creation time read from an id is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IdTime {
    /// The moment of creation, to the second.
    Exact,
    /// Not earlier than this.
    LowerBound,
    /// Chosen by the author's software: proves nothing by itself.
    ClientChosen,
}

/// Why an address is not a permalink.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum PermalinkError {
    /// Not an address at all.
    #[error("ceci n’est pas une adresse web")]
    NotUrl,
}

impl Fault for PermalinkError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotUrl => "not_url",
        }
    }
}
