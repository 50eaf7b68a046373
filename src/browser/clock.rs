//! The [`Clock`] of a browser.

use crate::{base::Instant, port::Clock};

/// `Date.now()`, shifted in the demo flavour so that a check after 48 h can be tried in a minute.
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn now(&self) -> Instant {
        let device = Instant::EPOCH.plus_millis(js_sys::Date::now() as i64);
        #[cfg(all(feature = "module-core", feature = "flavour-demo"))]
        let device = device.plus_millis(super::demo::clock_shift());
        device
    }
}
