//! IndexedDB keeps the promises of the ports, from a database that the first version of the extension left.

use std::cell::Cell;

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, TransactionMode};
use js_sys::{Array, JSON, Object, Reflect, Uint8Array};
use temoin::{
    browser::{blob_store::IndexedBlobs, case_store::IndexedCases},
    evidence::Digest,
    port::{BlobStore, CaseStore, StoreError},
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::store_suite::{Shelf, chain, keeps_its_promises, row};

const OLD_CASE: &str = "a case of version 1";
const OLD_BLOB: &[u8] = b"a blob of version 1";

#[wasm_bindgen_test]
async fn indexed_db_keeps_the_promises_of_the_ports() {
    keeps_its_promises(&Indexed::open().await, "indexed").await;
}

#[wasm_bindgen_test]
async fn a_database_of_version_1_opens_and_grows() {
    let indexed = Indexed::open().await;
    let mut journal = chain(OLD_CASE, None, &["captured", "sealed"]);
    assert_eq!(indexed.cases().records(OLD_CASE).await.unwrap(), journal);
    assert!(indexed.cases().rows().await.unwrap().contains(&row(OLD_CASE, &journal)));
    assert_eq!(indexed.blobs().get(&Digest::of(OLD_BLOB)).await, Ok(Some(OLD_BLOB.to_vec())));
    let head = journal[1].head().unwrap();
    journal.extend(chain(OLD_CASE, Some(head), &["reported"]));
    indexed.cases().append(Some(head), &journal[2..], &row(OLD_CASE, &journal), None).await.unwrap();
    assert_eq!(indexed.cases().records(OLD_CASE).await.unwrap(), journal);
}

#[wasm_bindgen_test]
async fn an_envelope_that_is_not_ours_is_said_to_be_damaged() {
    let indexed = Indexed::open().await;
    let bytes: JsValue = Uint8Array::from(&b"evidence"[..]).into();
    let no_envelopes = [
        envelope(2.0, "none", &bytes),
        envelope(0.0, "none", &bytes),
        envelope(1.0, "aes-256-gcm", &bytes),
        envelope(1.0, "none", &JsValue::NULL),
        envelope(1.0, "none", &"evidence".into()),
        Object::new().into(),
        bytes.clone(),
        "evidence".into(),
        7.into(),
    ];
    let digest = indexed.blobs().put(b"evidence").await.unwrap();
    let case = "damaged";
    let written = chain(case, None, &["captured"]);
    indexed.cases().append(None, &written, &row(case, &written), None).await.unwrap();
    let head = written[0].head().unwrap();
    for strange in &no_envelopes {
        let told = JSON::stringify(strange).map(String::from).unwrap_or_default();
        put("blobs", &digest.to_string().into(), strange).await;
        assert!(matches!(indexed.blobs().get(&digest).await, Err(StoreError::Damaged(_))), "blob: {told}");
        put("journals", &record_key(case, 0), strange).await;
        assert!(matches!(indexed.cases().records(case).await, Err(StoreError::Damaged(_))), "record: {told}");
        // Nothing is written after what cannot be read.
        let next = chain(case, Some(head), &["sealed"]);
        let refused = indexed.cases().append(Some(head), &next, &row(case, &next), None).await;
        assert!(matches!(refused, Err(StoreError::Damaged(_))), "append: {told}: {refused:?}");
        put("rows", &case.into(), strange).await;
        assert!(matches!(indexed.cases().rows().await, Err(StoreError::Damaged(_))), "row: {told}");
        // The database is shared with the other tests.
        indexed.cases().put_row(&row(case, &written)).await.unwrap();
        put("staged", &case.into(), strange).await;
        assert!(matches!(indexed.cases().staged().await, Err(StoreError::Damaged(_))), "staged: {told}");
        indexed.cases().unstage(case).await.unwrap();
    }
    put("journals", &record_key(case, 0), &json_envelope(&written[0])).await;
    assert_eq!(indexed.cases().records(case).await.unwrap(), written);
}

struct Indexed {
    cases: IndexedCases,
    blobs: IndexedBlobs,
}

impl Indexed {
    /// Before the first use, what version 1 wrote stands in the browser.
    async fn open() -> Self {
        thread_local! { static OLD: Cell<bool> = const { Cell::new(false) } }
        if !OLD.replace(true) {
            leave_version_1().await;
        }
        Self { cases: IndexedCases, blobs: IndexedBlobs }
    }
}

impl Shelf for Indexed {
    fn cases(&self) -> &impl CaseStore {
        &self.cases
    }

    fn blobs(&self) -> &impl BlobStore {
        &self.blobs
    }

    async fn spoil(&self, digest: &Digest, bytes: &[u8]) {
        put("blobs", &digest.to_string().into(), &envelope(1.0, "none", &Uint8Array::from(bytes).into())).await;
    }
}

/// Stores, keys and envelopes as version 1 wrote them: not to be changed with the adapters.
async fn leave_version_1() {
    let mut request = Factory::new().unwrap().open("temoin", Some(1)).unwrap();
    request.on_upgrade_needed(|event| {
        let database = event.database().unwrap();
        for name in ["blobs", "journals", "rows", "staged"] {
            database.create_object_store(name, ObjectStoreParams::new()).unwrap();
        }
    });
    request.await.unwrap().close();
    let journal = chain(OLD_CASE, None, &["captured", "sealed"]);
    for record in &journal {
        put("journals", &record_key(OLD_CASE, record.link.seq), &json_envelope(record)).await;
    }
    put("rows", &OLD_CASE.into(), &json_envelope(&row(OLD_CASE, &journal))).await;
    let blob = envelope(1.0, "none", &Uint8Array::from(OLD_BLOB).into());
    put("blobs", &Digest::of(OLD_BLOB).to_string().into(), &blob).await;
}

async fn put(store: &str, key: &JsValue, value: &JsValue) {
    let database: Database = Factory::new().unwrap().open("temoin", None).unwrap().await.unwrap();
    let transaction = database.transaction(&[store], TransactionMode::ReadWrite).unwrap();
    transaction.object_store(store).unwrap().put(value, Some(key)).unwrap().await.unwrap();
    transaction.await.unwrap();
    database.close();
}

fn record_key(case: &str, seq: u64) -> JsValue {
    Array::of2(&case.into(), &(seq as f64).into()).into()
}

fn json_envelope(value: &impl serde::Serialize) -> JsValue {
    envelope(1.0, "none", &serde_json::to_string(value).unwrap().into())
}

fn envelope(version: f64, cipher: &str, content: &JsValue) -> JsValue {
    let envelope = Object::new();
    for (key, value) in [("version", &version.into()), ("cipher", &cipher.into()), ("content", content)] {
        Reflect::set(&envelope, &key.into(), value).unwrap();
    }
    envelope.into()
}
