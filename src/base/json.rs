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

/// What a JSON pointer (RFC 6901) finds, where the segment `*` stands for every item of a list.
pub fn at<'a>(root: &'a Value, pointer: &str) -> Vec<&'a Value> {
    let mut parts = pointer.split("/*");
    let mut found: Vec<&Value> = parts.next().and_then(|front| root.pointer(front)).into_iter().collect();
    for part in parts {
        let items = found.into_iter().filter_map(Value::as_array).flatten();
        found = items.filter_map(|item| item.pointer(part)).collect();
    }
    found
}

/// A text, or a number or a truth value as text.
pub fn word(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
