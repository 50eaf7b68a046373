//! PHAROS report, DSA art. 16 notice: templates as data.

mod calendar;
mod dsa;
mod facts;
mod letter;
mod pharos;
mod plain;
mod quote;
mod template;
mod words;

use serde::{Deserialize, Serialize};

use crate::base::{Fault, Lang};

pub use calendar::{CalendarDay, calendar};
pub use dsa::dsa;
pub use facts::{Facts, Sender, SenderKind};
pub use letter::{Block, Letter, LetterFacts, LetterKind, LetterPiece, letter, letter_text};
pub use pharos::pharos;
pub use plain::{pharos_text, text};
pub use words::{due_words, warning};

/// One field of a form, ready to copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Stable id (`url`, `explanation`, …); the pages translate the label (`field_<id>`).
    pub id: String,
    /// What the form calls it, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Text to paste.
    pub value: String,
    /// Longest text that the form takes, in characters, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Field {
    fn of(id: &str, value: impl Into<String>) -> Self {
        Self { id: id.to_owned(), label: None, value: value.into(), limit: None }
    }
}

/// The PHAROS report, in the order of its form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PharosReport {
    /// Whether PHAROS takes this kind of content.
    pub competent: Competence,
    /// Where to go: the portal, or what to do instead; empty when there is nothing to report.
    pub address: String,
    /// Fields in the form's order: `category`, `victim`, `place`, `url`, `published`, `observed`, `author`, `comment`.
    /// None where PHAROS is not competent.
    pub fields: Vec<Field>,
    /// Warnings to read before sending (codes; see [`warning`]).
    pub warnings: Vec<String>,
    /// Where else to go, or who helps.
    pub elsewhere: Vec<Elsewhere>,
}

/// A body or an association that may help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// Its name.
    pub name: String,
    /// What it does, in French.
    pub fr: String,
    /// The same in English.
    pub en: String,
    /// Its page, or a telephone number as `tel:`.
    pub address: String,
    /// A trusted flagger (DSA art. 22): platforms treat its own notices first, not those of others.
    #[serde(default)]
    pub trusted: bool,
}

/// Whether a body is competent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Competence {
    /// Yes.
    Yes,
    /// Official pages disagree, or a fact is not known.
    Unsure,
    /// No: the warnings say where to go instead.
    No,
}

/// The notice of DSA art. 16, for one channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Id of the channel.
    pub channel: String,
    /// Address of the form; empty where none is known.
    pub form: String,
    /// The form with what its address can fill in, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefilled: Option<String>,
    /// Language of the text.
    pub lang: Lang,
    /// Fields in the form's order: 16(2)(a) `explanation`, (b) `location`, (c) `name`, `email`, (d) `good_faith`.
    pub fields: Vec<Field>,
    /// Warnings to read before sending (codes; see [`warning`]).
    pub warnings: Vec<String>,
    /// Whether the channel takes several posts in one notice.
    pub several: bool,
}

/// Why there is no notice.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum NoticeError {
    /// The user decided no offence: an opinion, the platform's rules only, or nothing yet.
    #[error("une notification ne peut viser qu’une infraction que vous avez choisie")]
    NotQualified,
    /// The ground is not one of the offence's list.
    #[error("ce critère n’appartient pas à la liste que vise cette infraction")]
    WrongGround,
    /// The post has no address.
    #[error("l’adresse exacte du contenu manque : la loi l’exige dans une notification")]
    NoAddress,
}

impl Fault for NoticeError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotQualified => "notice_not_qualified",
            Self::WrongGround => "notice_wrong_ground",
            Self::NoAddress => "notice_no_address",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::NotQualified => {
                "Pour un contenu contraire aux seules règles de la plateforme, utilisez son signalement ordinaire."
            }
            Self::WrongGround => {
                "Choisissez l’autre infraction ou l’autre critère : l’erreur ne se répare pas devant le juge."
            }
            Self::NoAddress => "Ouvrez le message seul (par sa date, le plus souvent), puis capturez-le de nouveau.",
        }
    }
}

#[cfg(test)]
#[path = "../../tests/unit/notice/notice.rs"]
mod tests;
