use crate::protocol::Event;

/// Hands a file to the user.
pub trait Download {
    /// Under this name.
    async fn save(&self, name: &str, media_type: &str, bytes: &[u8]);
}

/// The pages that are open.
pub trait Audience {
    /// Tells them; it does not matter whether any is open.
    fn tell(&self, event: Event);
}
