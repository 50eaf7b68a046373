//! Probe answer → [`Fate`]; the schedule of checks; what each fate proves.

mod inquiry;
mod judge;
mod json;
mod pace;
mod phrase;
mod probe;
mod ruling;
mod standing;

use serde::{Deserialize, Serialize};

use crate::base::from_value;

pub use inquiry::{Inquiry, Question, Step};
pub use judge::judge;
pub use pace::Pause;
pub use probe::probe;
pub use ruling::{Ruled, ruled};
pub use standing::{Observation, Standing, schedule, standing};

/// What became of a post, in the vocabulary of the field. Unknown is a first-class answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Fate {
    Online,
    OnlineLimited,
    Edited,
    WithheldGeo,
    DeletedByAuthor,
    RemovedByPlatform,
    RemovedByCommunityMod,
    AccountSuspended,
    AccountGone,
    Private,
    AgeWall,
    LoginWall,
    GoneCauseUnknown,
    BlockedBot,
    RateLimited,
    TempError,
    Unknown,
}

impl Fate {
    /// Whether this is a proved effect of moderation, once confirmed.
    pub fn would_count(self) -> bool {
        matches!(
            self,
            Self::RemovedByPlatform | Self::RemovedByCommunityMod | Self::WithheldGeo | Self::AccountSuspended
        )
    }

    /// Whether the post was seen, in whatever form.
    pub fn is_online(self) -> bool {
        matches!(self, Self::Online | Self::OnlineLimited | Self::Edited)
    }

    /// Whether the post is no longer accessible to the public here, whoever made it so.
    pub fn is_gone(self) -> bool {
        self.would_count()
            || matches!(self, Self::DeletedByAuthor | Self::AccountGone | Self::Private | Self::GoneCauseUnknown)
    }

    /// Reads the word that data files and the command line use.
    pub fn parse(word: &str) -> Option<Self> {
        from_value(&serde_json::Value::String(word.to_owned())).ok()
    }
}

/// An answer to a probe, as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<'a> {
    /// Address of the post.
    pub url: &'a str,
    /// Address that answered, after redirections.
    pub final_url: Option<&'a str>,
    /// HTTP status; none when nothing answered.
    pub status: Option<u16>,
    /// What the body is.
    pub kind: BodyKind,
    /// The body.
    pub body: &'a str,
    /// The captured text, for platforms where only the text can show that the post is there.
    pub text: Option<&'a str>,
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyKind {
    /// A page.
    Html,
    /// An API answer.
    Json,
}

/// What one answer shows. Keys are those of `temoin fate`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    /// Id of the platform.
    pub platform: String,
    /// The fate that the answer shows.
    pub fate: Fate,
    /// Whether it is a proved effect of moderation, if confirmed.
    pub would_count: bool,
    /// The marker that proves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marker: Option<String>,
    /// What was read around the marker, 2 kB at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
    /// A doubt to tell the reader.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Sighting {
    /// The fate as it may be counted: what is not moderation here (a country that the author excluded) is a disappearance of unknown cause.
    pub fn countable(&self) -> Fate {
        if self.fate.would_count() && !self.would_count { Fate::GoneCauseUnknown } else { self.fate }
    }
}

/// The request that asks for a post's fate, without cookies or referrer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probe {
    /// Address to ask.
    pub url: String,
    /// Match pattern of the host permission that it needs (`https://cdn.syndication.twimg.com/*`).
    pub origin: String,
    /// What the answer is.
    pub kind: BodyKind,
    /// Further permissions, for the questions that follow when the post is no longer shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
}

impl Probe {
    /// All permissions that it may need, its own first.
    pub fn origins(&self) -> Vec<String> {
        std::iter::once(&self.origin).chain(&self.also).cloned().collect()
    }
}

#[cfg(test)]
#[path = "../../tests/unit/takedown/mod.rs"]
mod tests;
