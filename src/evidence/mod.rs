//! What can be shown to be unchanged: digests, canonical JSON, the manifest of a capture, the hash-chained journal of
//! opaque payloads, RFC 3161 timestamps, the conditions of a capture.

mod canonical;
mod conditions;
mod digest;
mod journal;
mod key;
mod manifest;
mod norm;
pub mod timestamp;

pub use canonical::{CanonicalError, canonical_json};
pub use conditions::Conditions;
pub use digest::{Digest, DigestError};
pub use journal::{ChainError, Head, JOURNAL_VERSION, Link, Record, check_chain};
pub use key::{PublicKey, der_signature, raw_signature};
pub use manifest::{FileEntry, FileKind, MANIFEST_VERSION, Manifest};
pub use norm::{NormPoint, NormState, norm_points};

#[cfg(test)]
#[path = "../../tests/support/openssl.rs"]
pub(crate) mod openssl;
