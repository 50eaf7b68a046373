//! The [`Signer`] of a browser: a key of Web Crypto that no script can read out, kept as such in IndexedDB.

use idb::TransactionMode;
use js_sys::{Array, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, SubtleCrypto};

use super::database::{KEYS, commit, failed, seal, transaction, unseal};
use crate::{
    evidence::{PublicKey, der_signature},
    port::{Signer, StoreError},
};

/// Under which the key pair is kept.
const DEVICE: &str = "device";

/// `crypto.subtle` and IndexedDB.
pub struct DeviceSigner;

impl Signer for DeviceSigner {
    async fn key(&self) -> Result<Option<PublicKey>, StoreError> {
        match stored().await? {
            Some(pair) => Ok(Some(public(&pair).await?)),
            None => Ok(None),
        }
    }

    async fn create(&self) -> Result<PublicKey, StoreError> {
        let usages = Array::of2(&"sign".into(), &"verify".into());
        // Only the private half is meant: public keys can always be read.
        let made = subtle()?.generate_key_with_object(&algorithm("namedCurve", "P-256")?, false, &usages);
        let pair = done(made).await?;
        let envelope = seal(&pair)?;
        let transaction = transaction(&[KEYS], TransactionMode::ReadWrite).await?;
        let store = transaction.object_store(KEYS).map_err(failed)?;
        store.put(&envelope, Some(&DEVICE.into())).map_err(failed)?.await.map_err(failed)?;
        commit(transaction).await?;
        public(&pair).await
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>, StoreError> {
        let pair = stored().await?.ok_or_else(|| StoreError::Damaged("clé de l’appareil".to_owned()))?;
        let key = half(&pair, "privateKey")?;
        let signed = subtle()?.sign_with_object_and_buffer_source(
            &algorithm("hash", "SHA-256")?,
            &key,
            &Uint8Array::from(message),
        );
        let raw = Uint8Array::new(&done(signed).await?).to_vec();
        let raw: &[u8; 64] = raw.as_slice().try_into().map_err(|_| StoreError::Failed("signature".to_owned()))?;
        Ok(der_signature(raw))
    }
}

async fn stored() -> Result<Option<JsValue>, StoreError> {
    let transaction = transaction(&[KEYS], TransactionMode::ReadOnly).await?;
    let store = transaction.object_store(KEYS).map_err(failed)?;
    let envelope = store.get(JsValue::from_str(DEVICE)).map_err(failed)?.await.map_err(failed)?;
    envelope.as_ref().map(unseal).transpose()
}

async fn public(pair: &JsValue) -> Result<PublicKey, StoreError> {
    let key = half(pair, "publicKey")?;
    let spki = Uint8Array::new(&done(subtle()?.export_key("spki", &key)).await?).to_vec();
    PublicKey::from_spki(&spki).ok_or_else(|| StoreError::Failed("forme de la clé".to_owned()))
}

fn half(pair: &JsValue, name: &str) -> Result<CryptoKey, StoreError> {
    let key = Reflect::get(pair, &name.into()).unwrap_or(JsValue::UNDEFINED);
    key.dyn_into().map_err(|_| StoreError::Damaged("clé de l’appareil".to_owned()))
}

/// `crypto.subtle` of a worker or of a page.
pub(super) fn subtle() -> Result<SubtleCrypto, StoreError> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).unwrap_or(JsValue::UNDEFINED);
    let subtle = Reflect::get(&crypto, &"subtle".into()).unwrap_or(JsValue::UNDEFINED);
    subtle.dyn_into().map_err(|_| StoreError::Failed("ce navigateur n’a pas de cryptographie".to_owned()))
}

fn algorithm(field: &str, value: &str) -> Result<Object, StoreError> {
    let algorithm = Object::new();
    for (key, value) in [("name", "ECDSA"), (field, value)] {
        Reflect::set(&algorithm, &key.into(), &value.into()).map_err(refused)?;
    }
    Ok(algorithm)
}

async fn done(promise: Result<Promise, JsValue>) -> Result<JsValue, StoreError> {
    JsFuture::from(promise.map_err(refused)?).await.map_err(refused)
}

fn refused(error: JsValue) -> StoreError {
    StoreError::Failed(format!("{error:?}"))
}
