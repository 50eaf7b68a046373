use serde::{Deserialize, Serialize};

use crate::evidence::{Digest, Head};

/// The format that is written now. Format 0 has no sheet.
pub(super) const FORMAT: u32 = 1;

/// `dossier.json`: what the pack says of itself under its signature. What follows the list of digests (signature, tokens) is not in the
/// list; it is announced here, so that taking it away shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sheet {
    pub format: u32,
    /// The ends of the journals, in their order: a journal cut off shows.
    pub heads: Vec<SheetHead>,
    /// Fingerprint of the key that signs; none when nothing does.
    pub key: Option<Digest>,
    /// Services whose tokens over `pieces/SHA256SUMS` are in the pack.
    pub pieces_services: Vec<String>,
    /// Services whose tokens over `SHA256SUMS` are in the pack.
    pub services: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SheetHead {
    pub case: String,
    pub head: Head,
}
