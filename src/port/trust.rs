use crate::evidence::timestamp::{Check, Roots};

/// What tokens are checked with when they arrive: the host's arithmetic of signatures, and the roots that this version trusts.
pub trait Trust: Check {
    /// The roots.
    async fn roots(&self) -> Roots;
}
