//! PHAROS report, DSA art. 16 notice: templates as data.

use serde::{Deserialize, Serialize};

use crate::{base::Lang, capture::Post, law::Ground};

/// What a document is drafted from.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The post.
    pub post: &'a Post,
    /// Id of the offence that the user decided.
    pub offence: &'a str,
    /// Ground that the user decided.
    pub ground: Option<Ground>,
    /// The exact words that are illegal, quoted from the post; the whole text when empty.
    pub words: &'a [String],
    /// Why the user thinks so, in the user's words.
    pub explanation: &'a str,
    /// Visible without being accepted?
    pub public: Option<bool>,
    /// When the user saw it.
    pub seen_at: crate::base::Instant,
    /// Who sends it.
    pub sender: &'a Sender,
}

/// Who sends a notice. Kept on the device; never in a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sender {
    /// Name of the person or of the association.
    pub name: String,
    /// E-mail address for the receipt and the decision.
    pub email: String,
}

/// One field of a form, ready to copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Stable id (`url`, `explanation`, …); the pages translate the label (`field_<id>`).
    pub id: String,
    /// Text to paste.
    pub value: String,
    /// Longest text that the form takes, in characters, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// The PHAROS report, in the order of its form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PharosReport {
    /// Whether PHAROS takes this kind of content.
    pub competent: Competence,
    /// Where to go: the portal, or what to do instead.
    pub address: String,
    /// Fields in the form's order.
    pub fields: Vec<Field>,
    /// Warnings to read before sending (codes; the pages translate `warning_<code>`).
    pub warnings: Vec<String>,
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
    /// Address of the form.
    pub form: String,
    /// The form with what its address can fill in, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefilled: Option<String>,
    /// Language of the text.
    pub lang: Lang,
    /// Fields in the form's order: 16(2)(a) `explanation`, (b) `location`, (c) `name`, `email`, (d) `good_faith`.
    pub fields: Vec<Field>,
    /// Warnings to read before sending.
    pub warnings: Vec<String>,
}
