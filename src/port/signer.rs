use super::StoreError;
use crate::evidence::PublicKey;

/// The device's key: it signs, and cannot be read out.
pub trait Signer {
    /// Its public half; none when there is no key (yet, or any more).
    async fn key(&self) -> Result<Option<PublicKey>, StoreError>;
    /// Makes a new key in the place of the old one, which is gone then.
    async fn create(&self) -> Result<PublicKey, StoreError>;
    /// The signature (DER) of the present key over `message`.
    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>, StoreError>;
}
