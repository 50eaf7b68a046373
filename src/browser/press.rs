//! The typesetter, in a module of its own that a page loads when it makes a document: two sides of one crossing.

use js_sys::{Array, Function, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

/// The other side: a document as JSON, the bytes beside it, the fonts in the order of their names → the PDF.
#[cfg(feature = "module-pdf")]
#[wasm_bindgen]
pub fn typeset(document: &str, blobs: &Array, fonts: &Array) -> Result<Vec<u8>, JsValue> {
    use crate::paper::{self, Document, FONT_FILES, Fonts};

    let bytes = |value: JsValue| value.dyn_into::<Uint8Array>().map(|array| array.to_vec());
    let refused = |error: &dyn std::error::Error| JsValue::from(error.to_string());
    let document: Document = crate::base::from_json(document.as_bytes()).map_err(|error| refused(&error))?;
    let document = document.with_blobs(blobs.iter().map(bytes).collect::<Result<_, _>>()?);
    let font = |name: &str| {
        let index = FONT_FILES.iter().position(|known| *known == name)?;
        bytes(fonts.get(u32::try_from(index).ok()?)).ok()
    };
    let fonts = Fonts::new(font).map_err(|error| refused(&error))?;
    paper::typeset(&document, &fonts).map_err(|error| refused(&error))
}

/// The names of the fonts, in the order in which [`typeset`] takes them.
#[cfg(feature = "module-pdf")]
#[wasm_bindgen]
pub fn fonts() -> Array {
    crate::paper::FONT_FILES.iter().map(|name| JsValue::from(*name)).collect()
}
