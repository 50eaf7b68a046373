use serde::{Deserialize, Serialize};

use crate::base::Instant;

/// The first wait after a refusal; it doubles with each further one.
const FIRST_WAIT: i64 = 10 * MINUTE;
/// No wait of our own is longer.
const LONGEST_WAIT: i64 = 24 * 60 * MINUTE;
/// What a host may ask for at most: a mistake in its header must not end the checks.
const LONGEST_ASKED: i64 = 7 * 24 * 60 * MINUTE;
const MINUTE: i64 = 60_000;

/// A host that refused, and until when it is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Nothing is asked before.
    pub until: Instant,
    /// Refusals in a row.
    pub refusals: u32,
}

impl Pause {
    /// After one more refusal. The wait doubles each time, with chance in its second half so that many browsers do not come back together;
    /// what the host asks for (`Retry-After`, seconds or a date) is honoured whatever that gives.
    pub fn after(before: Option<Self>, now: Instant, retry_after: Option<&str>, chance: u64) -> Self {
        let refusals = before.map_or(0, |pause| pause.refusals).saturating_add(1);
        let wait = FIRST_WAIT.saturating_mul(1 << (refusals - 1).min(16)).min(LONGEST_WAIT);
        let half = (wait / 2).max(1);
        let own = wait / 2 + i64::try_from(chance % half.unsigned_abs()).unwrap_or_default();
        let asked = retry_after.and_then(|text| asked(text, now)).unwrap_or_default().min(LONGEST_ASKED);
        Self { until: now.plus_millis(own.max(asked)), refusals }
    }
}

/// Milliseconds that a `Retry-After` asks for.
fn asked(text: &str, now: Instant) -> Option<i64> {
    let text = text.trim();
    match text.parse::<u64>() {
        Ok(seconds) => Some(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000)),
        Err(_) => Some(Instant::parse_mail(text)?.millis().saturating_sub(now.millis())),
    }
}

#[cfg(test)]
#[path = "../../tests/unit/takedown/pace.rs"]
mod tests;
