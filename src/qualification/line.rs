//! `temoin qualify`: one JSON line in, one JSON line out.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::base::{Fault, FaultView};

use super::{Code, Ears, Facts, LIMITS, Reason, State, Suggestion, suggest_by, voice};
use crate::law::Ground;

/// Answers one line `{id, text, lang?, context?}`; unknown keys are ignored.
pub fn answer_line(line: &str) -> Result<String, QualifyError> {
    answer_line_by(&Ears { rules: true, voice: voice(), limits: LIMITS }, line)
}

/// The same, by other ears: for the measures.
pub fn answer_line_by(ears: &Ears<'_>, line: &str) -> Result<String, QualifyError> {
    let value: Value = serde_json::from_str(line.trim()).map_err(|error| QualifyError::Json(error.column()))?;
    let Value::Object(object) = &value else { return Err(QualifyError::NotObject) };
    let text = object.get("text").and_then(Value::as_str).ok_or(QualifyError::NoText)?;
    let outcome = suggest_by(ears, text, &object.get("context").map(facts_of).unwrap_or_default());
    let answer = Answer {
        id: object.get("id"),
        state: outcome.state,
        code: outcome.code,
        ground: outcome.ground,
        suggestions: outcome.suggestions,
        ruled_out: outcome.ruled_out,
    };
    serde_json::to_string(&answer).map_err(|_| QualifyError::NotObject)
}

/// The line that stands for a refused one; `line` counts from 1.
pub fn error_line(error: &QualifyError, line: usize) -> String {
    let FaultView { code, message, .. } = error.view();
    serde_json::json!({ "error": { "code": code, "message": message, "line": line } }).to_string()
}

/// The facts of a `context`. Numbers are taken for what people write: `repeated: 60` is a repetition.
pub fn facts_of(context: &Value) -> Facts {
    let truth = |key: &str| match context.get(key) {
        Some(Value::Bool(value)) => Some(*value),
        Some(Value::Number(count)) => count.as_u64().map(|count| count > 1),
        _ => None,
    };
    let words = |key: &str| context.get(key).and_then(Value::as_str).map(str::to_owned);
    Facts {
        public: truth("public"),
        addressed_to_person: truth("addressed_to_person"),
        reply_to: words("reply_to"),
        repeated: truth("repeated"),
        authors: context.get("authors").and_then(Value::as_u64).map(|count| u32::try_from(count).unwrap_or(u32::MAX)),
        platform: words("platform"),
        ..Facts::default()
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    id: Option<&'a Value>,
    state: State,
    code: Code,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<Ground>,
    suggestions: Vec<Suggestion>,
    ruled_out: Vec<Reason>,
}

/// Why a line has no answer.
#[derive(Debug, thiserror::Error, PartialEq, Eq, Clone, Deserialize, Serialize)]
pub enum QualifyError {
    /// Holds the column.
    #[error("La ligne n’est pas du JSON valide (colonne {0}).")]
    Json(usize),
    /// JSON, but not an object.
    #[error("La ligne n’est pas un objet JSON.")]
    NotObject,
    /// No `text`, or not a string.
    #[error("Il manque la clé « text ».")]
    NoText,
}

impl Fault for QualifyError {
    fn code(&self) -> &'static str {
        match self {
            Self::Json(_) => "qualify_not_json",
            Self::NotObject => "qualify_not_object",
            Self::NoText => "qualify_no_text",
        }
    }

    fn hint(&self) -> &'static str {
        "Une ligne attendue : {\"id\": \"1\", \"text\": \"…\"}"
    }
}

#[cfg(test)]
#[path = "../../tests/unit/qualification/line.rs"]
mod tests;
