//! The IndexedDB database and its envelopes. Of the crates for IndexedDB, `idb` is the one that is kept up, follows the
//! browser's own semantics and weighs least.

use std::cell::OnceCell;

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Transaction, TransactionMode};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbTransaction};

use crate::{base::from_json, port::StoreError};

const NAME: &str = "temoin";

/// Each step makes the next version of the database; an old one runs the steps that it lacks.
const STEPS: [&[&str]; 2] = [&[BLOBS, JOURNALS, ROWS, STAGED], &[KEYS, SEALS]];

pub const BLOBS: &str = "blobs";
pub const JOURNALS: &str = "journals";
pub const ROWS: &str = "rows";
pub const STAGED: &str = "staged";
pub const KEYS: &str = "keys";
pub const SEALS: &str = "seals";

/// Version of the envelope in which everything is stored.
const ENVELOPE: u32 = 1;
/// The null cipher: what stands in the envelope is the plain content.
const CIPHER: &str = "none";

thread_local! {
    static OPEN: OnceCell<IdbDatabase> = const { OnceCell::new() };
}

/// A transaction over `stores`; a writing one is on the disk before it completes, not only in the system's buffers.
pub async fn transaction(stores: &[&str], mode: TransactionMode) -> Result<Transaction, StoreError> {
    let database = open().await?;
    if mode == TransactionMode::ReadOnly {
        return Database::from(database).transaction(stores, mode).map_err(failed);
    }
    let names: Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
    let options = Object::new();
    set(&options, "durability", &"strict".into())?;
    let begin: Function = Reflect::get(&database, &"transaction".into()).map_err(thrown)?.unchecked_into();
    let begun = begin.call3(&database, &names, &"readwrite".into(), &options).map_err(thrown)?;
    Ok(begun.unchecked_into::<IdbTransaction>().into())
}

/// Waits until a writing transaction is durable.
pub async fn commit(transaction: Transaction) -> Result<(), StoreError> {
    let result = transaction.await.map_err(failed)?;
    if result.is_committed() { Ok(()) } else { Err(StoreError::Full) }
}

/// Puts content into an envelope.
pub fn seal(content: &JsValue) -> Result<JsValue, StoreError> {
    let envelope = Object::new();
    set(&envelope, "version", &ENVELOPE.into())?;
    set(&envelope, "cipher", &CIPHER.into())?;
    set(&envelope, "content", content)?;
    Ok(envelope.into())
}

/// Takes content out of its envelope.
pub fn unseal(envelope: &JsValue) -> Result<JsValue, StoreError> {
    // Only an object has parts: anything else throws.
    let part = |key: &str| Reflect::get(envelope, &key.into()).unwrap_or(JsValue::UNDEFINED);
    if part("version").as_f64() != Some(f64::from(ENVELOPE)) || part("cipher").as_string().as_deref() != Some(CIPHER) {
        return Err(StoreError::Damaged("enveloppe d’une version inconnue".to_owned()));
    }
    Ok(part("content"))
}

/// JSON in an envelope: text, so that what is read is what was written.
pub fn seal_json(value: &impl serde::Serialize) -> Result<JsValue, StoreError> {
    let value = serde_json::to_value(value).map_err(|error| StoreError::Failed(error.to_string()))?;
    seal(&value.to_string().into())
}

/// Reads what [`seal_json`] wrote.
pub fn unseal_json<T: serde::de::DeserializeOwned>(envelope: &JsValue) -> Result<T, StoreError> {
    let json = unseal(envelope)?.as_string().unwrap_or_default();
    from_json(json.as_bytes()).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// One value of a store.
pub async fn get_json<T: serde::de::DeserializeOwned>(store: &str, key: &str) -> Result<Option<T>, StoreError> {
    let transaction = transaction(&[store], TransactionMode::ReadOnly).await?;
    let store = transaction.object_store(store).map_err(failed)?;
    let envelope = store.get(JsValue::from_str(key)).map_err(failed)?.await.map_err(failed)?;
    envelope.as_ref().map(unseal_json).transpose()
}

/// Keeps one value in a store.
pub async fn put_json(store: &str, key: &str, value: &impl serde::Serialize) -> Result<(), StoreError> {
    let envelope = seal_json(value)?;
    let transaction = transaction(&[store], TransactionMode::ReadWrite).await?;
    let store = transaction.object_store(store).map_err(failed)?;
    store.put(&envelope, Some(&key.into())).map_err(failed)?.await.map_err(failed)?;
    commit(transaction).await
}

/// An error of the browser. `QuotaExceededError` is the only one that the user can do something about.
pub fn failed(error: idb::Error) -> StoreError {
    let text = error.to_string();
    if text.contains("QuotaExceeded") { StoreError::Full } else { StoreError::Failed(text) }
}

async fn open() -> Result<IdbDatabase, StoreError> {
    if let Some(open) = OPEN.with(|open| open.get().cloned()) {
        return Ok(open);
    }
    let mut request = Factory::new().map_err(failed)?.open(NAME, Some(STEPS.len() as u32)).map_err(failed)?;
    request.on_upgrade_needed(|event| {
        let (Ok(database), Ok(old)) = (event.database(), event.old_version()) else { return };
        for name in STEPS.iter().skip(old as usize).copied().flatten() {
            // A store that cannot be made fails the upgrade: the old database stays as it was.
            let _made = database.create_object_store(name, ObjectStoreParams::new());
        }
    });
    let database: IdbDatabase = request.await.map_err(failed)?.into();
    Ok(OPEN.with(|open| open.get_or_init(|| database).clone()))
}

fn set(object: &Object, key: &str, value: &JsValue) -> Result<(), StoreError> {
    Reflect::set(object, &key.into(), value).map(|_| ()).map_err(thrown)
}

fn thrown(error: JsValue) -> StoreError {
    let text = error.dyn_ref::<js_sys::Error>().map_or_else(|| format!("{error:?}"), |error| error.message().into());
    if text.contains("Quota") { StoreError::Full } else { StoreError::Failed(text) }
}
