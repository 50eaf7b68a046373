use crate::protocol::Reminder;

/// The browser's notifications, which the user may have allowed.
pub trait Notifier {
    /// Whether they are allowed now.
    async fn allowed(&self) -> bool;
    /// Announces a deadline; its words are the browser's language.
    async fn remind(&self, reminder: &Reminder, days_left: i64);
}
