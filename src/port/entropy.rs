/// Randomness for identifiers and nonces.
pub trait Entropy {
    /// Sixteen unpredictable bytes.
    fn random(&self) -> [u8; 16];
}
