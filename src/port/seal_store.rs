use serde_json::Value;

use super::StoreError;
use crate::evidence::Digest;

/// Seals by the digest that they are over: made once, reused ever after, so that the same pack is made again byte for byte.
pub trait SealStore {
    /// Those over `digest`, in the application's form.
    async fn seals(&self, digest: &Digest) -> Result<Option<Value>, StoreError>;
    /// Keeps them.
    async fn put_seals(&self, digest: &Digest, seals: &Value) -> Result<(), StoreError>;
}
