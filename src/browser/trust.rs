//! The [`Trust`] of a browser: Web Crypto, and the roots that ship.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::CryptoKey;

use super::signer::subtle;
use crate::{
    evidence::{
        raw_signature,
        timestamp::{Check, Roots, Scheme, Signed},
    },
    port::Trust,
};

/// `crypto.subtle.verify()`.
pub struct WebTrust;

impl Check for WebTrust {
    async fn check(&self, signed: &Signed<'_>) -> Option<bool> {
        let (name, curve) = match signed.scheme {
            Scheme::Rsa => ("RSASSA-PKCS1-v1_5", None),
            Scheme::P256 => ("ECDSA", Some(("P-256", 32))),
            Scheme::P384 => ("ECDSA", Some(("P-384", 48))),
        };
        let algorithm = Object::new();
        let mut fields = vec![("name", name), ("hash", signed.hash)];
        fields.extend(curve.map(|(curve, _)| ("namedCurve", curve)));
        for (field, value) in fields {
            Reflect::set(&algorithm, &field.into(), &value.into()).ok()?;
        }
        let signature = match curve {
            None => signed.signature.to_vec(),
            Some((_, size)) => match raw_signature(signed.signature, size) {
                Some(raw) => raw,
                None => return Some(false),
            },
        };
        let subtle = subtle().ok()?;
        let usages = Array::of1(&"verify".into());
        let key =
            subtle.import_key_with_object("spki", &Uint8Array::from(signed.key), &algorithm, false, &usages).ok()?;
        let key: CryptoKey = JsFuture::from(key).await.ok()?.dyn_into().ok()?;
        let (signature, message) = (Uint8Array::from(&*signature), Uint8Array::from(signed.message));
        let right = subtle
            .verify_with_object_and_buffer_source_and_buffer_source(&algorithm, &key, &signature, &message)
            .ok()?;
        JsFuture::from(right).await.ok().as_ref().and_then(JsValue::as_bool)
    }
}

impl Trust for WebTrust {
    async fn roots(&self) -> Roots {
        let roots = Roots::shipped().unwrap_or_else(|_| Roots::none());
        #[cfg(all(feature = "flavour-demo", any(feature = "module-core", feature = "module-pages")))]
        let roots = roots.with(super::demo::roots().await);
        roots
    }
}
