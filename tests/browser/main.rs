//! What must be the same in the browser as on the machine that verifies a pack: run by `build.sh` in headless Chromium.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a helper of tests is a test")]

mod messages;
mod page;
#[path = "../support/store_suite.rs"]
mod store_suite;
mod stores;

use temoin::{
    base::Instant,
    evidence::{Digest, canonical_json},
};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn digests_as_sha256sum_does() {
    assert_eq!(Digest::of(b"abc").to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let million = vec![b'a'; 1_000_000];
    assert_eq!(Digest::of(&million).to_string(), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

#[wasm_bindgen_test]
fn knows_the_zone_of_paris_without_asking_the_browser() {
    let instant = Instant::parse("2026-03-29T01:00:00Z").unwrap();
    assert_eq!(instant.paris(), "29/03/2026 à 03:00:00 (heure de Paris, UTC+02:00)");
}

#[wasm_bindgen_test]
fn writes_canonical_json_as_every_verifier_does() {
    let record = serde_json::json!({ "\u{20ac}": "€", "\r": 1, "1": "\u{7f}", "a": [true, null] });
    assert_eq!(
        canonical_json(&record).unwrap(),
        "{\"\\r\":1,\"1\":\"\u{7f}\",\"a\":[true,null],\"€\":\"€\"}".as_bytes()
    );
}
