//! The [`Entropy`] of a browser.

use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use crate::port::Entropy;

/// `crypto.getRandomValues()`.
pub struct BrowserEntropy;

impl Entropy for BrowserEntropy {
    fn random(&self) -> [u8; 16] {
        let bytes = Uint8Array::new_with_length(16);
        let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).unwrap_or(JsValue::UNDEFINED);
        let fill = Reflect::get(&crypto, &"getRandomValues".into()).unwrap_or(JsValue::UNDEFINED);
        if let Some(fill) = fill.dyn_ref::<Function>() {
            // Cannot fail for sixteen bytes (Web Crypto API, § 10.1.1: the quota is 65 536).
            let _the_same_array = fill.call1(&crypto, &bytes);
        }
        let mut random = [0; 16];
        bytes.copy_to(&mut random);
        random
    }
}
