use serde::Serialize;
use serde_json::{Number, Value};

use crate::base::Fault;

/// The canonical JSON of a record (RFC 8785): the same value always gives the same bytes, so its digest means something.
///
/// Written here because the crate for it comes with its own printer of floating-point numbers, 10 kB of tables that do not
/// compress; the tests hold both against each other.
pub fn canonical_json(value: &impl Serialize) -> Result<Vec<u8>, CanonicalError> {
    let value = serde_json::to_value(value).map_err(|error| CanonicalError(error.to_string()))?;
    let mut out = String::new();
    write(&value, &mut out);
    Ok(out.into_bytes())
}

fn write(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
            out.push('{');
            for (position, (name, value)) in fields.into_iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write(&Value::from(name.as_str()), out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (position, value) in items.iter().enumerate() {
                if position > 0 {
                    out.push(',');
                }
                write(value, out);
            }
            out.push(']');
        }
        Value::Number(number) => out.push_str(&ecma(number)),
        Value::Null | Value::Bool(_) | Value::String(_) => out.push_str(&value.to_string()),
    }
}

/// A number as JavaScript prints it (ECMA-262, Number::toString): the shortest digits that give it back, in its layout.
fn ecma(number: &Number) -> String {
    // JavaScript knows doubles only.
    let text = number.as_f64().and_then(Number::from_f64).map(|number| number.to_string()).unwrap_or_default();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |text| ("-", text));
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let written = [whole, fraction].concat();
    let digits = written.trim_start_matches('0');
    // Where the decimal point stands, counted from the first digit.
    let point = whole.len() as i32 - (written.len() - digits.len()) as i32 + exponent.parse::<i32>().unwrap_or(0);
    let digits = digits.trim_end_matches('0');
    let count = digits.len() as i32;
    let zeros = |count: i32| "0".repeat(count.unsigned_abs() as usize);
    match point {
        _ if digits.is_empty() => "0".to_owned(),
        1..=21 if count <= point => format!("{sign}{digits}{}", zeros(point - count)),
        1..=21 => {
            let (whole, fraction) = digits.split_at(point as usize);
            format!("{sign}{whole}.{fraction}")
        }
        -5..=0 => format!("{sign}0.{}{digits}", zeros(point)),
        _ => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            format!("{sign}{first}{dot}{rest}e{:+}", point - 1)
        }
    }
}

/// A record that JSON cannot hold: a defect of ours.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("cet enregistrement ne peut pas être écrit : {0}")]
pub struct CanonicalError(String);

impl Fault for CanonicalError {
    fn code(&self) -> &'static str {
        "record_not_json"
    }
}

#[cfg(test)]
#[path = "../../tests/unit/evidence/canonical.rs"]
mod tests;
