use serde::{Deserialize, Serialize};

use super::catalogue::catalogue;
use crate::base::Lang;

/// A protected ground, in the statute's two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Origin.
    Origin,
    /// Ethnic group.
    Ethnicity,
    /// Nation, or not belonging to it.
    Nation,
    /// « une race » (the statute's word).
    Race,
    /// Religion, or not belonging to one.
    Religion,
    /// Sex.
    Sex,
    /// Sexual orientation.
    SexualOrientation,
    /// Gender identity.
    GenderIdentity,
    /// Disability.
    Disability,
}

/// Which list of the law of 29 July 1881 a ground stands in; choosing the wrong list cannot be mended in court.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum GroundList {
    /// Arts. 24 al. 7, 32 al. 2, 33 al. 3.
    #[serde(rename = "a")]
    A,
    /// Arts. 24 al. 8, 32 al. 3, 33 al. 4.
    #[serde(rename = "b")]
    B,
}

impl Ground {
    /// All of them, in the statute's order.
    pub const ALL: [Self; 9] = [
        Self::Origin,
        Self::Ethnicity,
        Self::Nation,
        Self::Race,
        Self::Religion,
        Self::Sex,
        Self::SexualOrientation,
        Self::GenderIdentity,
        Self::Disability,
    ];

    /// The list of this ground.
    pub fn list(self) -> GroundList {
        match self {
            Self::Origin | Self::Ethnicity | Self::Nation | Self::Race | Self::Religion => GroundList::A,
            Self::Sex | Self::SexualOrientation | Self::GenderIdentity | Self::Disability => GroundList::B,
        }
    }

    /// Its name on a page.
    pub fn label(self, lang: Lang) -> &'static str {
        catalogue().ground(self).map_or("", |words| words.label(lang))
    }

    /// The phrase that a document puts after "targets people": « à raison de l’origine ».
    pub fn because(self, lang: Lang) -> &'static str {
        catalogue().ground(self).map_or("", |words| words.because(lang))
    }

    /// The exact words of its list in the law of 1881, in French only: a statute is not translated.
    pub fn statute_words(self) -> &'static str {
        self.list().statute_words()
    }
}

impl GroundList {
    /// The exact words of the list in the law of 1881.
    pub fn statute_words(self) -> &'static str {
        catalogue().ground_list(self).map_or("", |list| list.words.as_str())
    }
}

#[cfg(test)]
#[path = "../../tests/unit/law/ground.rs"]
mod tests;
