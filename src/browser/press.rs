//! The typesetter, in a module of its own that a page loads when it makes a document: both sides of the crossing.

#[cfg(not(feature = "module-pdf"))]
mod asked {
    use std::cell::RefCell;

    use js_sys::{Array, Function, Promise, Uint8Array};
    use wasm_bindgen::{JsCast, JsValue};
    use wasm_bindgen_futures::JsFuture;

    use crate::{
        paper::Document,
        port::{Press, PressError},
    };

    thread_local! {
        static PRESS: RefCell<Option<Function>> = const { RefCell::new(None) };
    }

    /// `press.js`, given by the page when it starts: (document as JSON, bytes beside it) → promise of the PDF.
    #[cfg(feature = "module-pages")]
    #[wasm_bindgen::prelude::wasm_bindgen]
    pub fn with_press(press: Function) {
        PRESS.set(Some(press));
    }

    /// The module of the typesetter.
    pub struct ModulePress;

    impl Press for ModulePress {
        async fn set(&self, document: &Document) -> Result<Vec<u8>, PressError> {
            let press = PRESS.with_borrow(Clone::clone).ok_or(PressError::Absent)?;
            let json = serde_json::to_string(document).map_err(|error| PressError::Failed(error.to_string()))?;
            let blobs: Array = document.blobs().iter().map(|bytes| Uint8Array::from(bytes.as_slice())).collect();
            let answer = press.call2(&JsValue::NULL, &json.into(), &blobs).map_err(refused)?;
            let pdf = JsFuture::from(answer.unchecked_into::<Promise>()).await.map_err(refused)?;
            Ok(pdf.dyn_into::<Uint8Array>().map_err(refused)?.to_vec())
        }
    }

    fn refused(error: JsValue) -> PressError {
        let message = error.as_string().or_else(|| error.dyn_ref::<js_sys::Error>()?.message().as_string());
        PressError::Failed(message.unwrap_or_default())
    }
}

#[cfg(feature = "module-pdf")]
mod asked {
    use js_sys::{Array, Uint8Array};
    use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

    use crate::{
        base::from_json,
        paper::{self, Document, FONT_FILES, Fonts},
        port::{Press, PressError},
    };

    /// A document as JSON, the bytes beside it, the fonts in the order of [`font_files`] → the PDF.
    #[wasm_bindgen]
    pub fn typeset(document: &str, blobs: &Array, fonts: &Array) -> Result<Vec<u8>, JsValue> {
        let bytes = |value: JsValue| value.dyn_into::<Uint8Array>().map(|array| array.to_vec());
        let refused = |error: &dyn std::error::Error| JsValue::from(error.to_string());
        let document: Document = from_json(document.as_bytes()).map_err(|error| refused(&error))?;
        let document = document.with_blobs(blobs.iter().map(bytes).collect::<Result<_, _>>()?);
        let font = |name: &str| {
            let index = FONT_FILES.iter().position(|known| *known == name)?;
            bytes(fonts.get(u32::try_from(index).ok()?)).ok()
        };
        let fonts = Fonts::new(font).map_err(|error| refused(&error))?;
        paper::typeset(&document, &fonts).map_err(|error| refused(&error))
    }

    /// The names of the fonts.
    #[wasm_bindgen]
    pub fn font_files() -> Array {
        FONT_FILES.iter().map(|name| JsValue::from(*name)).collect()
    }

    /// This module asks nobody.
    pub struct ModulePress;

    impl Press for ModulePress {
        async fn set(&self, _: &Document) -> Result<Vec<u8>, PressError> {
            Err(PressError::Absent)
        }
    }
}

pub use asked::*;
