//! Offences, grounds, limitation periods, competent bodies: versioned data (`catalogue.toml`) with source, date and doubt.

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum GroundList {
    /// Arts. 24 al. 7, 32 al. 2, 33 al. 3.
    A,
    /// Arts. 24 al. 8, 32 al. 3, 33 al. 4.
    B,
}

impl Ground {
    /// The list of this ground.
    pub fn list(self) -> GroundList {
        match self {
            Self::Origin | Self::Ethnicity | Self::Nation | Self::Race | Self::Religion => GroundList::A,
            Self::Sex | Self::SexualOrientation | Self::GenderIdentity | Self::Disability => GroundList::B,
        }
    }
}

/// How sure an entry of the catalogue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// To be checked before use: documents do not cite it.
    Check,
    /// From memory or a secondary source: in words only, « à vérifier par votre avocat ».
    Likely,
    /// Statutory text read.
    Sure,
}
