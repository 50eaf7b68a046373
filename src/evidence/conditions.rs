use serde::{Deserialize, Serialize};

use super::NormPoint;
use crate::{
    base::Instant,
    capture::{Missing, Omission, Rect, Viewport},
};

/// Under which conditions a capture was made: what a reader needs in order to judge it. Written to `conditions.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions {
    /// Version of this form.
    pub version: u32,
    /// Address of the document, secrets omitted.
    pub url: String,
    /// Title of the document.
    pub title: String,
    /// Language of the document.
    pub page_lang: Option<String>,
    /// Device clock at the gesture.
    pub started_at: Instant,
    /// Device clock when the HTML was read.
    pub read_at: Instant,
    /// Device clock when the capture was sealed.
    pub sealed_at: Instant,
    /// Zone of the device.
    pub time_zone: Option<String>,
    /// Minutes between UTC and the device's local time.
    pub utc_offset_minutes: i32,
    /// Browser and system, as they name themselves.
    pub user_agent: String,
    /// Languages of the browser.
    pub languages: Vec<String>,
    /// The window.
    pub viewport: Viewport,
    /// Where the post stood.
    pub rect: Rect,
    /// `permalink`, `picker`, `selection`.
    pub designated_by: String,
    /// What triggered the capture: `action`, `context_menu`, `command`.
    pub gesture: String,
    /// Version of Témoin.
    pub extension_version: String,
    /// Digest of the installed package's files, computed at run time: declared by the extension, not proved.
    pub package_digest: Option<String>,
    /// `release` or `demo`.
    pub flavour: String,
    /// Which reader read the post.
    pub reader: String,
    /// What each level of reading reached (`page`, `page_fetch`, `credential_less_fetch`).
    pub level: String,
    /// What the serialiser left out.
    pub omissions: Vec<Omission>,
    /// Changes made to the page for the pictures, each undone.
    pub page_changes: Vec<String>,
    /// What the capture lacks, and why.
    pub missing: Vec<Missing>,
    /// The points of NF Z67-147, one by one; none before version 2.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub norm: Vec<NormPoint>,
}
