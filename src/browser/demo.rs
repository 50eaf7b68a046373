//! What the demo flavour can do besides: let days go by, and break on demand. It does not exist in the release flavour.

use std::cell::Cell;

use serde_json::json;

use super::preferences::LocalPreferences;
use crate::{
    evidence::timestamp::Roots,
    port::{Preferences, StoreError},
};

const CLOCK: &str = "demo_clock_shift_millis";
const PANIC: &str = "demo_panic";
const ROOTS: &str = "demo_roots";

thread_local! {
    static SHIFT: Cell<i64> = const { Cell::new(0) };
}

/// How far the demo's clock is ahead.
pub fn clock_shift() -> i64 {
    SHIFT.get()
}

/// Breaks this instance, if a test asked for it: the next one must know all that was saved.
#[expect(clippy::panic, reason = "to see that the background survives a panic, there must be one")]
pub async fn panic_if_asked() {
    if LocalPreferences.load(PANIC).await == Ok(Some(json!(true))) && ask_for_panic(false).await.is_ok() {
        panic!("asked for by a test");
    }
}

/// Asks for it, or no longer.
pub async fn ask_for_panic(asked: bool) -> Result<(), StoreError> {
    LocalPreferences.save(PANIC, json!(asked)).await
}

/// Takes over the clock of the other contexts.
pub async fn synchronise() {
    if let Ok(Some(shift)) = LocalPreferences.load(CLOCK).await {
        SHIFT.set(shift.as_i64().unwrap_or_default());
    }
}

/// Sets the clock of every context this far ahead.
#[cfg(feature = "module-pages")]
pub async fn shift_clock(millis: i64) -> Result<(), StoreError> {
    LocalPreferences.save(CLOCK, json!(millis)).await?;
    SHIFT.set(millis);
    Ok(())
}

/// The roots of the demo's own timestamp services.
pub async fn roots() -> Roots {
    let kept = LocalPreferences.load(ROOTS).await.ok().flatten();
    let pem = kept.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
    Roots::from_pem(pem.as_bytes()).unwrap_or_default()
}

/// Trusts these from now on.
#[cfg(feature = "module-pages")]
pub async fn trust_roots(pem: String) -> Result<(), StoreError> {
    LocalPreferences.save(ROOTS, json!(pem)).await
}
