use serde::de::DeserializeOwned;
use serde_json::{Error, Value};

/// Reads JSON by way of [`Value`]: one reader for all types. Each further reader (of bytes, of TOML, of JavaScript values)
/// would be compiled once per type, which made half of the module.
pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_slice::<Value>(bytes).and_then(serde_json::from_value)
}

/// Reads TOML the same way. The message names the line for a fault of TOML, the field for a fault of shape.
pub fn from_toml<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let value: Value = toml::from_str(text).map_err(|error| error.to_string())?;
    serde_json::from_value(value).map_err(|error| error.to_string())
}
