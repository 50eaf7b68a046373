//! The vocabulary that every other module speaks: instants, languages, faults.

mod fault;
mod gather;
mod io;
mod json;
mod lang;
pub(crate) mod tagged;
mod time;

pub use fault::{Fault, FaultView};
pub use gather::{gather, sort};
pub use io::io_reason;
pub(crate) use json::data;
pub use json::{at, from_data, from_exact_json, from_json, from_value, word};
pub use lang::Lang;
pub use time::{Instant, TimeError};
