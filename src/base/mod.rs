//! The vocabulary that every other module speaks: instants, languages, faults.

mod fault;
mod lang;
mod time;

pub use fault::{Fault, FaultView};
pub use lang::Lang;
pub use time::{Instant, TimeError};
