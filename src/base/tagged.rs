use serde::{Deserialize, Deserializer, de};
use serde_json::{Error, Map, Value};

use super::json::Node;

/// Writes and reads an enum with its name in the field `$tag` beside its own fields (`{"state": "gone", "fate": …}`), or with
/// its content in the field `$content`: what `#[serde(tag = …, content = …)]` does. That one keeps the fields in a buffer of
/// its own, for which each type is compiled once more: a tenth of the module.
///
/// The enum derives both traits with `#[serde(remote = "Self")]`.
macro_rules! tagged {
    ($type:ty, $tag:literal $(, $content:literal)?) => {
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let value = <$type>::serialize(self, serde_json::value::Serializer).map_err(serde::ser::Error::custom)?;
                serde::Serialize::serialize(&$crate::base::tagged::flat(value, $tag, [$($content)?].first().copied()), serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::base::tagged::read(deserializer, $tag, [$($content)?].first().copied(), |node| <$type>::deserialize(node))
            }
        }
    };
}

pub(crate) use tagged;

/// `{"gone": {"fate": …}}` to `{"state": "gone", "fate": …}`.
pub(crate) fn flat(value: Value, tag: &str, content: Option<&str>) -> Value {
    let (name, inner) = match value {
        Value::Object(fields) => match fields.into_iter().next() {
            Some((name, inner)) => (Value::String(name), Some(inner)),
            None => (Value::Null, None),
        },
        name => (name, None),
    };
    let mut fields = match (inner, content) {
        (Some(inner), Some(content)) => one(content.to_owned(), inner),
        (Some(Value::Object(fields)), None) => fields,
        _ => Map::new(),
    };
    fields.insert(tag.to_owned(), name);
    Value::Object(fields)
}

pub(crate) fn read<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    tag: &'static str,
    content: Option<&str>,
    typed: impl FnOnce(Node<'_>) -> Result<T, Error>,
) -> Result<T, D::Error> {
    let value = nested(Value::deserialize(deserializer)?, tag, content).ok_or_else(|| de::Error::missing_field(tag))?;
    typed(Node { value: &value, exact: false }).map_err(de::Error::custom)
}

/// The inverse of [`flat`].
fn nested(value: Value, tag: &str, content: Option<&str>) -> Option<Value> {
    let Value::Object(mut fields) = value else { return None };
    let Some(Value::String(name)) = fields.remove(tag) else { return None };
    let inner = match content {
        Some(content) => fields.remove(content).unwrap_or_default(),
        None => Value::Object(fields),
    };
    Some(Value::Object(one(name, inner)))
}

fn one(name: String, value: Value) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert(name, value);
    fields
}
