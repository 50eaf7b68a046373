use super::StoreError;
use crate::evidence::Digest;

/// Files by their digest, in sealed envelopes.
///
/// The implementation guarantees that [`put`](Self::put) and [`delete`](Self::delete) are durable before they return, and that [`get`](Self::get)
/// gives the very bytes of that digest or none.
pub trait BlobStore {
    /// Keeps `bytes`.
    async fn put(&self, bytes: &[u8]) -> Result<Digest, StoreError>;
    /// Destroys these files, all or none; one that is not there is no fault.
    async fn delete(&self, digests: &[Digest]) -> Result<(), StoreError>;
    /// Reads them back.
    async fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError>;
}
