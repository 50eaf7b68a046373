//! The [`SealStore`] of a browser.

use serde_json::Value;

use super::database::{SEALS, get_json, put_json};
use crate::{
    evidence::Digest,
    port::{SealStore, StoreError},
};

/// Seals in IndexedDB, by the hexadecimal digits of what they are over.
pub struct IndexedSeals;

impl SealStore for IndexedSeals {
    async fn seals(&self, digest: &Digest) -> Result<Option<Value>, StoreError> {
        get_json(SEALS, &digest.to_string()).await
    }

    async fn put_seals(&self, digest: &Digest, seals: &Value) -> Result<(), StoreError> {
        put_json(SEALS, &digest.to_string(), seals).await
    }
}
