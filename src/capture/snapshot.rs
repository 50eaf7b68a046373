use serde::{Deserialize, Serialize};

use crate::base::{Fault, Instant, from_exact_json, from_json};

/// Version of the form that `capture.js` writes and this module reads.
pub const SNAPSHOT_VERSION: u32 = 1;

/// The raw reading of a page by `extension/capture.js`. Nothing in it is trusted: it is data to parse, never to execute.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PageSnapshot {
    /// Must be [`SNAPSHOT_VERSION`].
    pub version: u32,
    /// Address of the document, secrets omitted by the serialiser.
    pub url: String,
    /// `link[rel=canonical]` or `og:url`, if the page has one.
    #[serde(default)]
    pub canonical: Option<String>,
    /// Title of the document.
    pub title: String,
    /// `lang` of the document.
    #[serde(default)]
    pub lang: Option<String>,
    /// Device clock when the HTML was read.
    pub read_at: Instant,
    /// `Intl` zone of the device, as `Europe/Paris`.
    #[serde(default)]
    pub time_zone: Option<String>,
    /// Minutes between UTC and the device's local time (+60 in Paris in winter).
    pub utc_offset_minutes: i32,
    /// `navigator.userAgent`.
    pub user_agent: String,
    /// `navigator.languages`.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Window at the moment of reading.
    pub viewport: Viewport,
    /// Where the post stands in the document (CSS pixels, rounded).
    pub rect: Rect,
    /// How the post was designated: `permalink`, `picker`, `selection`.
    pub designated_by: String,
    /// Text that the user had selected, if the capture came from a selection.
    #[serde(default)]
    pub selection: Option<String>,
    /// The filtered document: the post's subtree (`data-temoin-role="post"`) and the visible others (`"context"`).
    pub html: String,
    /// What the serialiser left out, by kind, with how many times.
    #[serde(default)]
    pub omissions: Vec<Omission>,
    /// What could not be read (`closed_shadow_root`, `cross_origin_frame`, …), with its reason.
    #[serde(default)]
    pub missing: Vec<super::Missing>,
}

/// What the window looked like. Lengths in CSS pixels; the ratio as text, since records hold no floats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Viewport {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// `devicePixelRatio`, as `1` or `1.25`: screen density times page zoom.
    pub device_pixel_ratio: String,
    /// Horizontal scroll.
    pub scroll_x: i32,
    /// Vertical scroll.
    pub scroll_y: i32,
}

/// A rectangle in CSS pixels of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rect {
    /// Left.
    pub x: i32,
    /// Top.
    pub y: i32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// Something that the serialiser left out on purpose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Omission {
    /// `script`, `form_value`, `attribute:data-foo`, `query:token`, …
    pub what: String,
    /// How many times.
    pub count: u32,
}

impl PageSnapshot {
    /// Reads the JSON that `capture.js` sent.
    pub fn parse(json: &str) -> Result<Self, SnapshotError> {
        #[derive(Deserialize)]
        struct Version {
            version: u32,
        }
        let Version { version } = from_json(json.as_bytes()).map_err(|_| SnapshotError::NotSnapshot)?;
        if version != SNAPSHOT_VERSION {
            return Err(SnapshotError::Version(version));
        }
        // The page chooses what stands in the message: a line of it is enough.
        from_exact_json(json.as_bytes())
            .map_err(|error| SnapshotError::Shape(error.to_string().chars().take(200).collect()))
    }
}

/// Why a snapshot cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SnapshotError {
    /// Not JSON, or without a version.
    #[error("la page n’a pas renvoyé de lecture utilisable")]
    NotSnapshot,
    /// Written by another version of the extension.
    #[error("la lecture de la page est en version {0}, celle-ci attend la version {SNAPSHOT_VERSION}")]
    Version(u32),
    /// Right version, wrong shape.
    #[error("la lecture de la page est incomplète : {0}")]
    Shape(String),
}

impl Fault for SnapshotError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotSnapshot => "snapshot_not_json",
            Self::Version(_) => "snapshot_version",
            Self::Shape(_) => "snapshot_shape",
        }
    }

    fn hint(&self) -> &'static str {
        "Rechargez la page, puis capturez de nouveau : l’extension a peut-être été mise à jour entre-temps."
    }
}
