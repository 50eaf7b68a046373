use serde_json::Value;

use super::StoreError;

/// Small settings by key, kept on the device.
pub trait Preferences {
    /// The value of `key`.
    async fn load(&self, key: &str) -> Result<Option<Value>, StoreError>;
    /// Replaces it.
    async fn save(&self, key: &str, value: Value) -> Result<(), StoreError>;
}
