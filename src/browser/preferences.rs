use serde_json::Value;

use super::{
    chrome::api,
    message::{from_js, to_js},
};
use crate::port::{Preferences, StoreError};

/// `storage.local`.
pub struct LocalPreferences;

impl Preferences for LocalPreferences {
    async fn load(&self, key: &str) -> Result<Option<Value>, StoreError> {
        let found = api().storage().local().get(key).await.map_err(|error| StoreError::Failed(format!("{error:?}")))?;
        Ok(from_js::<Value>(&found).and_then(|mut found| found.get_mut(key).map(Value::take)))
    }

    async fn save(&self, key: &str, value: Value) -> Result<(), StoreError> {
        let mut items = serde_json::Map::new();
        items.insert(key.to_owned(), value);
        let items = to_js(&Value::Object(items)).map_err(|error| StoreError::Failed(format!("{error:?}")))?;
        api().storage().local().set(&items).await.map_err(|error| StoreError::Failed(format!("{error:?}")))?;
        Ok(())
    }
}
