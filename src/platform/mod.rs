//! What each platform is: permalink grammar, ids and their time, selectors, fate markers, notice channels.
//!
//! One file of data per platform (`x.toml`, …) read by one engine; code only for what data cannot say.

mod data;
mod grammar;
mod id_time;
mod list;
mod registry;
mod template;
mod token;

use serde::{Deserialize, Serialize};

use crate::base::{Fault, Instant};

pub use data::{
    Atproto, Channel, CounterPick, Digits, Doubt, FateData, FateMark, FateText, Fill, FormField, IdTimeRule,
    JsonAnswer, JsonCondition, JsonEntry, JsonRule, Level, LinkPairs, MediaPick, PageState, Param, Pick, ProbeTemplate,
    Reader, Unit, Wall, Whitespace, WitnessTemplate,
};
pub use grammar::{Place, page, permalink, place};
pub use list::addresses;
pub use registry::{Platform, all, by_id, generic, host_matches};

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
    /// An address of something else than the web (`file:`, `chrome:`, …).
    #[error("une adresse « {0}: » ne désigne pas une page publique du web")]
    NotWeb(String),
    /// Longer than any real address.
    #[error("cette adresse est trop longue ({0} caractères)")]
    TooLong(usize),
    /// `https://x.com@elsewhere.example/`: made to deceive, or a secret that must not be kept.
    #[error("cette adresse contient un nom d’utilisateur avant « @ » : elle peut tromper ou trahir un mot de passe")]
    UserInfo,
    /// A platform's name with a port that the platform does not serve.
    #[error("cette adresse porte un numéro de port inattendu ({0})")]
    Port(u16),
    /// A page of a known platform that is not one post.
    #[error("cette adresse {} désigne {what}, pas un message", of(platform))]
    NotPost {
        /// Id of the platform.
        platform_id: String,
        /// Name of the platform.
        platform: String,
        /// What it is: `un compte`, `une page`, …
        what: String,
        /// The same as a stable word: `account`, `list`, `short`, …
        kind: String,
        /// Its id or name, when the address carries one.
        id: Option<String>,
    },
}

/// `de Facebook`, `d’Instagram`.
fn of(name: &str) -> String {
    let vowel = name.starts_with(|c: char| "aeiouéè".contains(c.to_ascii_lowercase()));
    if vowel { format!("d’{name}") } else { format!("de {name}") }
}

impl Fault for PermalinkError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotUrl => "not_url",
            Self::NotWeb(_) => "not_web",
            Self::TooLong(_) => "url_too_long",
            Self::UserInfo => "url_userinfo",
            Self::Port(_) => "url_port",
            Self::NotPost { .. } => "not_post",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::NotPost { .. } => {
                "Ouvrez le message lui-même (souvent en cliquant sur sa date), puis copiez son adresse."
            }
            Self::UserInfo | Self::Port(_) => "Copiez de nouveau l’adresse depuis la barre du navigateur.",
            _ => "Copiez l’adresse complète, qui commence par https://.",
        }
    }
}

#[cfg(test)]
#[path = "../../tests/unit/platform/mod.rs"]
mod tests;
