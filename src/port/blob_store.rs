use super::StoreError;
use crate::evidence::Digest;

/// Files by their digest, in sealed envelopes.
///
/// The implementation guarantees that [`put`](Self::put) is durable before it returns, and that [`get`](Self::get)
/// gives the very bytes of that digest or none.
pub trait BlobStore {
    /// Keeps `bytes`.
    async fn put(&self, bytes: &[u8]) -> Result<Digest, StoreError>;
    /// Reads them back.
    async fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError>;
}
