use super::{App, Failure, timestamp::When};
use crate::port::{Clock, Ports};

impl<P: Ports> App<P> {
    /// Called by the alarm, which survives restarts: timestamps that are queued, looks that are due. One case that fails
    /// does not hold up the others; it is tried again at the next alarm.
    pub async fn run_due(&self) -> Result<(), Failure> {
        let now = self.ports.clock().now();
        let settings = self.settings().await?;
        let services = if settings.trusted_time { settings.services().len() } else { 0 };
        let mut first_failure = None;
        let quiet = self.settings().await?.quiet_nights && !(7..22).contains(&now.paris_hour());
        for row in self.rows().await? {
            if (row.dated_by as usize) < services {
                first_failure = first_failure.or(self.timestamp(&row.id, When::Due).await.err());
            }
            if !quiet && row.next_check.is_some_and(|due| due <= now) {
                first_failure = first_failure.or(self.check_due(&row.id).await.err());
            }
        }
        if !quiet {
            first_failure = first_failure.or(self.remind().await.err());
        }
        first_failure.map_or(Ok(()), Err)
    }

    /// What follows a capture at once: trusted time and the baseline look, as far as the user switched them on.
    pub(super) async fn after_capture(&self, case: &str) {
        let _queued_until_the_alarm = self.timestamp(case, When::Now).await;
        let _no_baseline_then = self.baseline(case).await;
    }
}
