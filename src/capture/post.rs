use serde::{Deserialize, Serialize};

use crate::base::Instant;

/// One post, as a reader understood it from the captured HTML. Keys are those of `temoin read`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Id of the platform.
    pub platform: String,
    /// Id of the post on that platform.
    pub id: String,
    /// Address to keep and to quote.
    pub permalink: String,
    /// Who the page says wrote it.
    pub author: Author,
    /// Exact text, emojis included; never trimmed of meaning.
    pub text: String,
    /// BCP 47, as the page declares it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
    /// Publication time that the page shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Instant>,
    /// Creation time that the id carries, independent of the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_from_id: Option<Instant>,
    /// Pictures, videos, cards.
    pub media: Vec<Media>,
    /// The post that this one quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quoted: Option<Linked>,
    /// The post or account that this one answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_reply_to: Option<Linked>,
    /// Audience as shown (`public`, `friends`, `group`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// Counters as shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counters: Vec<Counter>,
    /// Which reader spoke: `x`, `generic`, …
    pub reader: String,
    /// What it should have found and did not.
    pub missing: Vec<Missing>,
}

/// The author as the page shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Name shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// Account name, without `@`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handle: Option<String>,
    /// Stable account id, where the page has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
}

/// One picture, video or card of the post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    /// What it is.
    pub kind: MediaKind,
    /// Where the page takes it from.
    pub url: String,
    /// Alternative text that the author gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
}

/// Kind of a [`Media`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A video's poster frame; the bytes of the video are elsewhere.
    Poster,
    /// A video.
    Video,
    /// A link card.
    Card,
}

/// Another post that this one refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Linked {
    /// Id, if the page gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Address, if the page gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
    /// Its author.
    #[serde(default)]
    pub author: Author,
    /// Its text, as shown (may be cut by the page).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its time, as shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<Instant>,
}

/// A counter as shown, with its unit in the page's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// `replies`, `reposts`, `likes`, … or the page's own word.
    pub name: String,
    /// The number shown.
    pub value: u64,
}

/// A thing that a capture or a reading lacks, with its reason: `screenshot/no_gesture`, `text/truncated`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Missing {
    /// What is missing.
    pub what: String,
    /// Why.
    pub reason: String,
}

impl Missing {
    /// The second account of a post, which no capture needs in order to be whole.
    pub const WITNESS: &str = "witness";

    /// The reason of what was left to the network because the user has not switched the checks on.
    pub const NOT_ASKED: &str = "not_asked";

    /// The reader found less than the platform's data says a post must have.
    pub fn layout_changed() -> Self {
        Self::of("reader", "layout_changed")
    }

    /// `Missing::of("screenshot", "no_gesture")`.
    pub fn of(what: &str, reason: &str) -> Self {
        Self { what: what.to_owned(), reason: reason.to_owned() }
    }
}
