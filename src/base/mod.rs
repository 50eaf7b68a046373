//! The vocabulary that every other module speaks: instants, languages, faults.

mod fault;
mod json;
mod lang;
mod time;

pub use fault::{Fault, FaultView};
pub use json::{at, from_json, from_toml, word};
pub use lang::Lang;
pub use time::{Instant, TimeError};
