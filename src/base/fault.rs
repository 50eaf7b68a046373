use serde::{Deserialize, Serialize};

/// An error that a person meets: a stable code for programs and translations, a message, and what to do next.
///
/// `Display` carries the message, in French; the pages translate by `code` and fall back to it.
pub trait Fault: std::error::Error {
    /// Stable, snake_case; never reused for another meaning.
    fn code(&self) -> &'static str;

    /// What the person can do about it; empty when there is nothing to do.
    fn hint(&self) -> &'static str {
        ""
    }

    /// The form in which a fault crosses contexts and is printed by the command line.
    fn view(&self) -> FaultView {
        FaultView { code: self.code().to_owned(), message: self.to_string(), hint: self.hint().to_owned() }
    }
}

/// A [`Fault`] as data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultView {
    /// See [`Fault::code`].
    pub code: String,
    /// In French.
    pub message: String,
    /// See [`Fault::hint`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
}
