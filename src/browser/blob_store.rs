//! The [`BlobStore`] of a browser.

use idb::TransactionMode;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

use super::database::{BLOBS, commit, failed, seal, transaction, unseal};
use crate::{
    evidence::Digest,
    port::{BlobStore, StoreError},
};

/// Files in IndexedDB, by the hexadecimal digits of their digest.
pub struct IndexedBlobs;

impl BlobStore for IndexedBlobs {
    async fn put(&self, bytes: &[u8]) -> Result<Digest, StoreError> {
        let digest = Digest::of(bytes);
        let envelope = seal(&Uint8Array::from(bytes))?;
        let transaction = transaction(&[BLOBS], TransactionMode::ReadWrite).await?;
        let store = transaction.object_store(BLOBS).map_err(failed)?;
        store.put(&envelope, Some(&key(&digest))).map_err(failed)?.await.map_err(failed)?;
        commit(transaction).await?;
        Ok(digest)
    }

    async fn delete(&self, digests: &[Digest]) -> Result<(), StoreError> {
        let transaction = transaction(&[BLOBS], TransactionMode::ReadWrite).await?;
        let store = transaction.object_store(BLOBS).map_err(failed)?;
        for digest in digests {
            store.delete(key(digest)).map_err(failed)?;
        }
        commit(transaction).await
    }

    async fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        let transaction = transaction(&[BLOBS], TransactionMode::ReadOnly).await?;
        let store = transaction.object_store(BLOBS).map_err(failed)?;
        let Some(envelope) = store.get(key(digest)).map_err(failed)?.await.map_err(failed)? else {
            return Ok(None);
        };
        let content = unseal(&envelope)?;
        let bytes = content.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default();
        if Digest::of(&bytes) != *digest {
            return Err(StoreError::Damaged(digest.to_string()));
        }
        Ok(Some(bytes))
    }
}

fn key(digest: &Digest) -> JsValue {
    digest.to_string().into()
}
