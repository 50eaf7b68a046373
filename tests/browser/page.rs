//! What the browser gives: chance, time, addresses of blobs, pictures.

use js_sys::{Date, Function, Reflect, Uint8Array};
use temoin::{
    browser::{
        blob_store::IndexedBlobs, clock::BrowserClock, entropy::BrowserEntropy, page::BlobUrl, screen::TabScreen,
    },
    evidence::Digest,
    port::{BlobStore, Clip, Clock, Entropy, Screen, ScreenError},
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, ImageBitmap, OffscreenCanvas, OffscreenCanvasRenderingContext2d, Response};

#[wasm_bindgen_test]
fn draws_of_chance_differ() {
    let mut draws: Vec<_> = (0..100).map(|_| BrowserEntropy.random()).collect();
    draws.sort_unstable();
    draws.dedup();
    assert_eq!(draws.len(), 100);
    // Each of the sixteen places takes part.
    for place in 0..16 {
        assert!(draws.iter().any(|draw| draw[place] != draws[0][place]), "{place}");
    }
}

#[wasm_bindgen_test]
fn the_clock_is_that_of_the_device() {
    let before = Date::now() as i64;
    let now = BrowserClock.now().millis();
    assert!(before <= now && now <= Date::now() as i64);
}

#[wasm_bindgen_test]
async fn a_blob_has_an_address_until_it_is_dropped() {
    let url = BlobUrl::of_bytes(b"\0\xffabc", "image/png").unwrap();
    let address = url.as_str().to_owned();
    assert!(address.starts_with("blob:"));
    let (media_type, bytes) = fetched(&address).await.unwrap();
    assert_eq!((media_type.as_str(), bytes.as_slice()), ("image/png", &b"\0\xffabc"[..]));
    drop(url);
    assert!(fetched(&address).await.is_none());
}

#[wasm_bindgen_test]
async fn a_stored_blob_has_an_address_and_an_unknown_one_none() {
    let digest = IndexedBlobs.put(b"a picture of the test of addresses").await.unwrap();
    let url = BlobUrl::of(&digest, "image/png").await.unwrap();
    assert_eq!(fetched(url.as_str()).await.unwrap().1, b"a picture of the test of addresses");
    assert!(BlobUrl::of(&Digest::of(b"never put"), "image/png").await.is_none());
}

#[wasm_bindgen_test]
async fn two_clips_are_stitched_pixel_by_pixel() {
    // Red above green, then blue above white; of the second tile only the lower half follows the first.
    let upper = picture(8, &["rgb(255, 0, 0)", "rgb(0, 255, 0)"]).await;
    let lower = picture(8, &["rgb(0, 0, 255)", "rgb(255, 255, 255)"]).await;
    let clips = [
        Clip { tile: upper, x: 2, y: 1, width: 4, height: 7, to_y: 0 },
        Clip { tile: lower, x: 2, y: 4, width: 4, height: 4, to_y: 7 },
    ];
    let png = TabScreen::default().stitch(&clips).await.unwrap();
    let (width, height, pixels) = pixels(&png).await;
    assert_eq!((width, height), (4, 11));
    for (row, line) in pixels.chunks(4 * 4).enumerate() {
        let wanted: [u8; 4] = match row {
            0..3 => [255, 0, 0, 255],
            3..7 => [0, 255, 0, 255],
            _ => [255, 255, 255, 255],
        };
        assert!(line.chunks(4).all(|pixel| pixel == wanted), "row {row}: {line:?}");
    }
}

#[wasm_bindgen_test]
async fn what_is_no_picture_is_not_stitched() {
    let clip = Clip { tile: b"not a picture".to_vec(), x: 0, y: 0, width: 4, height: 4, to_y: 0 };
    assert_eq!(TabScreen::default().stitch(&[clip]).await, Err(ScreenError::Failed));
    assert_eq!(TabScreen::default().stitch(&[]).await, Err(ScreenError::Failed));
}

async fn fetched(address: &str) -> Option<(String, Vec<u8>)> {
    let window = web_sys::window().unwrap();
    let response: Response = JsFuture::from(window.fetch_with_str(address)).await.ok()?.unchecked_into();
    let media_type = response.headers().get("content-type").unwrap().unwrap_or_default();
    Some((media_type, bytes_of(JsFuture::from(response.array_buffer().unwrap()).await.unwrap())))
}

/// A square PNG of horizontal stripes of equal height.
async fn picture(side: u32, stripes: &[&str]) -> Vec<u8> {
    let (canvas, context) = canvas(side, side);
    let height = f64::from(side) / stripes.len() as f64;
    for (index, colour) in stripes.iter().enumerate() {
        context.set_fill_style_str(colour);
        context.fill_rect(0.0, height * index as f64, f64::from(side), height);
    }
    let blob: Blob = JsFuture::from(canvas.convert_to_blob().unwrap()).await.unwrap().unchecked_into();
    bytes_of(JsFuture::from(blob.array_buffer()).await.unwrap())
}

/// Width, height and RGBA of a PNG.
async fn pixels(png: &[u8]) -> (u32, u32, Vec<u8>) {
    let parts = js_sys::Array::of1(&Uint8Array::from(png));
    let blob = Blob::new_with_u8_array_sequence(&parts).unwrap();
    let window = web_sys::window().unwrap();
    let image: ImageBitmap =
        JsFuture::from(window.create_image_bitmap_with_blob(&blob).unwrap()).await.unwrap().unchecked_into();
    let (width, height) = (image.width(), image.height());
    let (_, context) = canvas(width, height);
    context.draw_image_with_image_bitmap(&image, 0.0, 0.0).unwrap();
    let read: Function = Reflect::get(&context, &"getImageData".into()).unwrap().unchecked_into();
    let area = [0, 0, width, height].map(JsValue::from).iter().collect();
    let data = Reflect::get(&read.apply(&context, &area).unwrap(), &"data".into()).unwrap();
    (width, height, bytes_of(data))
}

fn canvas(width: u32, height: u32) -> (OffscreenCanvas, OffscreenCanvasRenderingContext2d) {
    let canvas = OffscreenCanvas::new(width, height).unwrap();
    let context = canvas.get_context("2d").unwrap().unwrap().unchecked_into();
    (canvas, context)
}

fn bytes_of(buffer: JsValue) -> Vec<u8> {
    Uint8Array::new(&buffer).to_vec()
}
