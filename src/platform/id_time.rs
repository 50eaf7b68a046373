use super::{IdTime, IdTimeRule};
use crate::base::Instant;

impl IdTimeRule {
    /// The creation time that an id carries, in whole numbers only: an id does not fit a float.
    pub fn read(&self, id: &str) -> Option<(Instant, IdTime)> {
        match *self {
            Self::Snowflake { shift, epoch_ms, min_id, meaning } => {
                let id: u64 = id.parse().ok().filter(|id| *id >= min_id)?;
                let since_epoch = i64::try_from(id.checked_shr(shift)?).ok()?;
                Some((Instant::from_millis(since_epoch.checked_add(epoch_ms)?)?, meaning))
            }
        }
    }
}
