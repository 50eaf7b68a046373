use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Digest;

/// Version of the manifest's form.
pub const MANIFEST_VERSION: u32 = 1;

/// The files of one capture, each by its digest. The digest of the manifest's canonical JSON stands for the whole capture:
/// it is what is timestamped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`MANIFEST_VERSION`].
    pub version: u32,
    /// By path inside the piece (`capture.html`, `screenshot/tile-1.png`, …), sorted.
    pub files: BTreeMap<String, FileEntry>,
}

/// One file of a capture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Of the bytes as stored.
    pub digest: Digest,
    /// How many bytes.
    pub bytes: u64,
    /// Media type, as `image/png`.
    pub media_type: String,
    /// Where the bytes come from.
    pub kind: FileKind,
}

/// Whether a file is what the browser gave or what Témoin made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// Bytes as received.
    Verbatim,
    /// The page's HTML, unchanged but for the omissions listed in the conditions.
    VerbatimSaveOmissions,
    /// Computed by Témoin from verbatim files.
    Derived,
    /// Observed and written down by Témoin.
    Observed,
    /// Given by a person: Témoin did not observe it.
    Provided,
}
