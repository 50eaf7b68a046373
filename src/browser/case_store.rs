//! The [`CaseStore`] of a browser.

use idb::{KeyRange, ObjectStore, Query, TransactionMode};
use js_sys::Array;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::database::{JOURNALS, ROWS, STAGED, commit, failed, put_json, seal_json, transaction, unseal_json};
use crate::{
    evidence::{Head, Record},
    port::{CaseStore, Row, Staged, StoreError},
};

/// Journals in IndexedDB, by `[case, position]`.
pub struct IndexedCases;

impl CaseStore for IndexedCases {
    async fn records(&self, case: &str) -> Result<Vec<Record>, StoreError> {
        let range = KeyRange::bound(&key(case, 0), &key(case, u64::MAX), None, None).map_err(failed)?;
        all(JOURNALS, Some(range.into())).await
    }

    async fn append(
        &self,
        expected: Option<Head>,
        records: &[Record],
        row: &Row,
        done: Option<&str>,
    ) -> Result<(), StoreError> {
        // Sealed before the transaction begins: it would commit by itself while we do something else.
        let mut sealed = vec![];
        for record in records {
            sealed.push((key(&record.link.case, record.link.seq), seal_json(record)?));
        }
        let sealed_row = seal_json(row)?;
        let transaction = transaction(&[JOURNALS, ROWS, STAGED], TransactionMode::ReadWrite).await?;
        let journals = transaction.object_store(JOURNALS).map_err(failed)?;
        if !ends_with(&journals, &row.case, expected).await? {
            let _nothing_was_written = transaction.abort();
            return Err(StoreError::Conflict);
        }
        for (key, record) in &sealed {
            journals.add(record, Some(key)).map_err(failed)?;
        }
        let rows = transaction.object_store(ROWS).map_err(failed)?;
        rows.put(&sealed_row, Some(&row.case.as_str().into())).map_err(failed)?;
        if let Some(done) = done {
            let staged = transaction.object_store(STAGED).map_err(failed)?;
            staged.delete(JsValue::from_str(done)).map_err(failed)?;
        }
        commit(transaction).await
    }

    async fn rows(&self) -> Result<Vec<Row>, StoreError> {
        all(ROWS, None).await
    }

    async fn put_row(&self, row: &Row) -> Result<(), StoreError> {
        put_json(ROWS, &row.case, row).await
    }

    async fn stage(&self, staged: &Staged) -> Result<(), StoreError> {
        put_json(STAGED, &staged.id, staged).await
    }

    async fn staged(&self) -> Result<Vec<Staged>, StoreError> {
        all(STAGED, None).await
    }

    async fn unstage(&self, id: &str) -> Result<(), StoreError> {
        let transaction = transaction(&[STAGED], TransactionMode::ReadWrite).await?;
        let store = transaction.object_store(STAGED).map_err(failed)?;
        store.delete(JsValue::from_str(id)).map_err(failed)?.await.map_err(failed)?;
        commit(transaction).await
    }
}

/// Whether the journal of `case` ends exactly at `expected`.
async fn ends_with(journals: &ObjectStore, case: &str, expected: Option<Head>) -> Result<bool, StoreError> {
    let next = expected.map_or(0, |head| head.seq + 1);
    if journals.get(key(case, next)).map_err(failed)?.await.map_err(failed)?.is_some() {
        return Ok(false);
    }
    let Some(expected) = expected else { return Ok(true) };
    let Some(last) = journals.get(key(case, expected.seq)).map_err(failed)?.await.map_err(failed)? else {
        return Ok(false);
    };
    let last: Record = unseal_json(&last)?;
    Ok(last.head().map_err(|error| StoreError::Damaged(error.to_string()))? == expected)
}

async fn all<T: DeserializeOwned>(store: &str, query: Option<Query>) -> Result<Vec<T>, StoreError> {
    let transaction = transaction(&[store], TransactionMode::ReadOnly).await?;
    let store = transaction.object_store(store).map_err(failed)?;
    let found = store.get_all(query, None).map_err(failed)?.await.map_err(failed)?;
    found.iter().map(unseal_json).collect()
}

fn key(case: &str, seq: u64) -> JsValue {
    Array::of2(&case.into(), &(seq as f64).into()).into()
}
