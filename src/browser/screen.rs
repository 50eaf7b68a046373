//! The [`Screen`] of a browser.

use std::cell::Cell;

use base64::{Engine, engine::general_purpose::STANDARD};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, ArrayBuffer, Date, Function, Promise, Reflect, Uint8Array};
use serde_json::json;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

use super::{chrome::api, message::to_js};
use crate::port::{Clip, Screen, ScreenError, Target};

/// The browser gives two pictures a second at most (`MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND`).
const SPACING_MILLIS: f64 = 550.0;
/// Browsers refuse taller canvases.
const MOST_HEIGHT: u32 = 16_384;

/// `tabs.captureVisibleTab`, and an off-screen canvas for the stitch.
#[derive(Default)]
pub struct TabScreen {
    last: Cell<f64>,
}

impl Screen for TabScreen {
    async fn visible(&self, target: &Target) -> Result<Vec<u8>, ScreenError> {
        let wait = self.last.get() + SPACING_MILLIS - Date::now();
        if wait > 0.0 {
            TimeoutFuture::new(wait as u32).await;
        }
        self.last.set(Date::now());
        let options = to_js(&json!({ "format": "png" })).map_err(|_| ScreenError::Failed)?;
        let url = api().tabs().capture_visible(target.window, &options).await.map_err(|error| refusal(&error))?;
        let url = url.as_string().ok_or(ScreenError::Failed)?;
        let encoded = url.strip_prefix("data:image/png;base64,").ok_or(ScreenError::Failed)?;
        STANDARD.decode(encoded).map_err(|_| ScreenError::Failed)
    }

    async fn stitch(&self, clips: &[Clip]) -> Result<Vec<u8>, ScreenError> {
        draw(clips).await.map_err(|_| ScreenError::Failed)
    }
}

async fn draw(clips: &[Clip]) -> Result<Vec<u8>, JsValue> {
    let width = clips.iter().map(|clip| clip.width).max().unwrap_or(0);
    let height = clips.iter().map(|clip| clip.to_y + clip.height).max().unwrap_or(0).min(MOST_HEIGHT);
    let canvas = OffscreenCanvas::new(width, height)?;
    let context: OffscreenCanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    for clip in clips {
        let image = decode(&clip.tile).await?;
        let [x, y, width, height, to_y] = [clip.x, clip.y, clip.width, clip.height, clip.to_y].map(f64::from);
        context.draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            &image, x, y, width, height, 0.0, to_y, width, height,
        )?;
        image.close();
    }
    let blob: Blob = JsFuture::from(canvas.convert_to_blob()?).await?.dyn_into()?;
    let buffer: ArrayBuffer = JsFuture::from(blob.array_buffer()).await?.dyn_into()?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The global `createImageBitmap`, of a worker or of a page.
async fn decode(png: &[u8]) -> Result<ImageBitmap, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("image/png");
    let blob = Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(png)), &options)?;
    let global = js_sys::global();
    let create: Function = Reflect::get(&global, &"createImageBitmap".into())?.dyn_into()?;
    JsFuture::from(create.call1(&global, &blob)?.dyn_into::<Promise>()?).await?.dyn_into()
}

/// The browsers' own words tell a lost gesture from another refusal.
fn refusal(error: &JsValue) -> ScreenError {
    let text = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message())).unwrap_or_default();
    if ["activeTab", "all_urls", "permission"].iter().any(|word| text.contains(word)) {
        ScreenError::NoGesture
    } else {
        ScreenError::Failed
    }
}
