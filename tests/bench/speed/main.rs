//! How long a suggestion takes in a real browser, for posts of 500 characters: printed, never asserted. Run by `build.sh speed`.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]

use temoin::qualification::{Facts, hear, suggest};
use wasm_bindgen_test::{console_log, wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Sentences of many registers, put together to posts.
const SENTENCES: &str = include_str!("../qualification/registers.jsonl");
const CHARACTERS: usize = 500;
/// The clock of a page counts in tenths of a millisecond: each post is read this often.
const ROUNDS: u32 = 5;

#[wasm_bindgen_test]
fn a_suggestion_for_500_characters() {
    let texts: Vec<String> = SENTENCES
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["text"].as_str().unwrap().to_owned())
        .collect();
    let all = texts.join(" ");
    let characters: Vec<char> = all.chars().collect();
    let posts: Vec<String> = characters.chunks(CHARACTERS).map(|post| post.iter().collect()).collect();
    assert!(hear(include_bytes!("../../../src/qualification/data/voice.bin").as_slice()));
    // The lexicon is built at the first one.
    let start = js_sys::Date::now();
    suggest("bonjour", None, &Facts::default());
    let first = js_sys::Date::now() - start;
    let clock = || {
        let performance = js_sys::Reflect::get(&js_sys::global(), &"performance".into()).unwrap();
        let now: js_sys::Function = js_sys::Reflect::get(&performance, &"now".into()).unwrap().into();
        now.call0(&performance).unwrap().as_f64().unwrap()
    };
    let mut times: Vec<f64> = posts
        .iter()
        .map(|post| {
            let start = clock();
            for _ in 0..ROUNDS {
                suggest(post, None, &Facts::default());
            }
            (clock() - start) / f64::from(ROUNDS)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    console_log!(
        "{} posts of {CHARACTERS} characters: p50 {:.2} ms, p99 {:.2} ms, slowest {:.2} ms; the first one {first:.0} ms",
        posts.len(),
        at(0.5),
        at(0.99),
        at(1.0)
    );
    assert!(!times.is_empty());
}
