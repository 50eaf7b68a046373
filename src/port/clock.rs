use crate::base::Instant;

/// The device clock. What it says is kept as what it is: the word of the device, not a proof.
pub trait Clock {
    /// Now.
    fn now(&self) -> Instant;
}
