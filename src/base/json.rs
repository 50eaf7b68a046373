use serde::{
    Deserializer,
    de::{
        DeserializeOwned, DeserializeSeed, EnumAccess, Error as _, Expected, MapAccess, SeqAccess, Unexpected,
        VariantAccess, Visitor,
    },
    forward_to_deserialize_any,
};
use serde_json::{Error, Value, map};

/// Reads JSON by way of [`Value`]: one reader for all types. Each further reader (of bytes, of TOML, of JavaScript values)
/// would be compiled once per type, which made half of the module.
pub fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    from_value(&serde_json::from_slice::<Value>(bytes)?)
}

/// The same, for what must hold nothing that is not known: what another reader might make of it does not exist.
pub fn from_exact_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    T::deserialize(Node { value: &serde_json::from_slice::<Value>(bytes)?, exact: true })
}

/// The text of a data file of this crate (`data!("law/catalogue")`), for [`from_data`]: the JSON that `build.rs` made of it. Unit tests, which
/// break it on purpose, have the TOML itself.
macro_rules! data {
    ($file:literal) => {{
        #[cfg(not(test))]
        let text = include_str!(concat!(env!("OUT_DIR"), "/", $file, ".json"));
        #[cfg(test)]
        let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/", $file, ".toml"));
        text
    }};
}

pub(crate) use data;

/// Reads a data file, in which each field must be known. The message names the field for a fault of shape.
pub fn from_data<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    #[cfg(not(test))]
    let value: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    #[cfg(test)]
    let value: Value = toml::from_str(text).map_err(|error| error.to_string())?;
    T::deserialize(Node { value: &value, exact: true }).map_err(|error| error.to_string())
}

/// What `serde_json::from_value` does, in a third of the code. The tree is only looked at, so that no function has to free what is
/// left of it. A struct asks for its fields in their order (the derived `visit_seq`) rather than being told each key that stands there
/// (`visit_map`, several times as long); so it is here that unknown fields are refused, not in `deny_unknown_fields`.
pub fn from_value<T: DeserializeOwned>(value: &Value) -> Result<T, Error> {
    T::deserialize(Node { value, exact: false })
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

/// A value as a reader of types.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    pub(super) value: &'a Value,
    /// Whether unknown fields are refused, here and below.
    pub(super) exact: bool,
}

impl Node<'_> {
    #[cold]
    fn unexpected(self, expected: &dyn Expected) -> Error {
        let found = match self.value {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64()) {
                (Some(number), _) => Unexpected::Unsigned(number),
                (None, Some(number)) => Unexpected::Signed(number),
                (None, None) => Unexpected::Other("floating point"),
            },
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        };
        Error::invalid_type(found, expected)
    }

    fn number<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Value::Number(number) = self.value else { return Err(self.unexpected(&visitor)) };
        if let Some(number) = number.as_u64() {
            visitor.visit_u64(number)
        } else if let Some(number) = number.as_i64() {
            visitor.visit_i64(number)
        } else {
            visitor.visit_f64(number.as_f64().unwrap_or(f64::NAN))
        }
    }

    fn text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::String(text) => visitor.visit_str(text),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn items<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Array(items) => visitor.visit_seq(Items { rest: items.iter(), exact: self.exact }),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn fields<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Object(fields) => visitor.visit_map(Fields { rest: fields.iter(), value: None, exact: self.exact }),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    fn structure<'de, V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        let Some(object) = self.value.as_object() else { return Err(self.unexpected(&visitor)) };
        let mut named = self.named(object, fields)?;
        let read = visitor.visit_seq(&mut named);
        read.map_err(|error| named.fault(error))
    }
}

impl<'a> Node<'a> {
    /// What does not hang on the type is not compiled again for each, here and in [`Named`].
    #[inline(never)]
    fn named(self, object: &'a map::Map<String, Value>, fields: &'static [&'static str]) -> Result<Named<'a>, Error> {
        match object.keys().find(|key| self.exact && !fields.contains(&key.as_str())) {
            Some(unknown) => Err(Error::unknown_field(unknown, fields)),
            None => Ok(Named { fields: fields.iter(), object, exact: self.exact, missing: None }),
        }
    }

    #[inline(never)]
    fn variant(self) -> Result<(Name<'a>, Content<'a>), Error> {
        match self.value {
            Value::Object(fields) if fields.len() == 1 => {
                fields.iter().next().map(|(name, value)| (Name(name), Content(Some(Node { value, exact: self.exact }))))
            }
            Value::String(name) => Some((Name(name), Content(None))),
            _ => None,
        }
        .ok_or_else(|| self.unexpected(&"string or map with a single key"))
    }
}

/// Several names of one method.
macro_rules! read_as {
    ($($method:ident)* => $how:ident) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> { self.$how(visitor) })*
    };
}

impl<'de> Deserializer<'de> for Node<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(_) => self.number(visitor),
            Value::String(text) => visitor.visit_str(text),
            Value::Array(_) => self.items(visitor),
            Value::Object(_) => self.fields(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.value {
            Value::Bool(value) => visitor.visit_bool(*value),
            _ => Err(self.unexpected(&visitor)),
        }
    }

    read_as! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128 deserialize_u8 deserialize_u16
    deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64 => number }

    read_as! { deserialize_char deserialize_str deserialize_string deserialize_identifier => text }

    read_as! { deserialize_bytes deserialize_byte_buf deserialize_seq => items }

    read_as! { deserialize_map => fields }

    fn deserialize_tuple<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Error> {
        self.items(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.items(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.structure(fields, visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.value.is_null() { visitor.visit_unit() } else { Err(self.unexpected(&visitor)) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

/// An enum is its name, or an object with its name as the only key.
impl<'de, 'a> EnumAccess<'de> for Node<'a> {
    type Error = Error;
    type Variant = Content<'a>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Content<'a>), Error> {
        let (name, content) = self.variant()?;
        Ok((seed.deserialize(name)?, content))
    }
}

pub(crate) struct Content<'a>(Option<Node<'a>>);

impl<'a> Content<'a> {
    fn there(self) -> Result<Node<'a>, Error> {
        self.0.ok_or_else(|| Error::invalid_type(Unexpected::UnitVariant, &"a variant with content"))
    }
}

impl<'de> VariantAccess<'de> for Content<'_> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.0 {
            Some(node) if !node.value.is_null() && !node.value.as_object().is_some_and(map::Map::is_empty) => {
                Err(node.unexpected(&"unit variant"))
            }
            _ => Ok(()),
        }
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(self.there()?)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _len: usize, visitor: V) -> Result<V::Value, Error> {
        self.there()?.items(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, fields: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        self.there()?.structure(fields, visitor)
    }
}

struct Items<'a> {
    rest: std::slice::Iter<'a, Value>,
    exact: bool,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        self.rest.next().map(|value| seed.deserialize(Node { value, exact: self.exact })).transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The fields of a struct, in its order.
struct Named<'a> {
    fields: std::slice::Iter<'static, &'static str>,
    object: &'a map::Map<String, Value>,
    exact: bool,
    /// The field asked for last, if it is not there.
    missing: Option<&'static str>,
}

impl<'a> Named<'a> {
    #[inline(never)]
    fn step(&mut self) -> Option<Node<'a>> {
        let name = self.fields.next()?;
        let value = self.object.get(*name);
        self.missing = if value.is_none() { Some(name) } else { None };
        Some(Node { value: value.unwrap_or(&Value::Null), exact: self.exact })
    }

    #[cold]
    fn fault(&self, error: Error) -> Error {
        self.missing.map_or(error, Error::missing_field)
    }
}

impl<'de> SeqAccess<'de> for Named<'_> {
    type Error = Error;

    /// A field that is not there is null for what can be null; else the struct takes its default, or gives up.
    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some(node) = self.step() else { return Ok(None) };
        match seed.deserialize(node) {
            Err(_) if self.missing.is_some() => Ok(None),
            read => read.map(Some),
        }
    }
}

struct Fields<'a> {
    rest: map::Iter<'a>,
    value: Option<&'a Value>,
    exact: bool,
}

impl<'de> MapAccess<'de> for Fields<'_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Name(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        seed.deserialize(Node { value: self.value.unwrap_or(&Value::Null), exact: self.exact })
    }
}

/// A key, or the name of a variant.
struct Name<'a>(&'a str);

impl<'de> Deserializer<'de> for Name<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(self)
    }

    forward_to_deserialize_any! { bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
    unit_struct seq tuple tuple_struct map struct identifier ignored_any }
}

impl<'de> EnumAccess<'de> for Name<'_> {
    type Error = Error;
    type Variant = Content<'static>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Content<'static>), Error> {
        Ok((seed.deserialize(self)?, Content(None)))
    }
}

#[cfg(test)]
#[path = "../../tests/unit/base/json.rs"]
mod tests;
