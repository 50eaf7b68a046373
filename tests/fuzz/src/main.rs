//! Throws altered inputs at every reader that meets untrusted bytes.
//!
//! A driver of our own rather than a fuzzing engine: the engines that guide themselves by coverage need a nightly compiler
//! or a sanitizer runtime, and what the stable ones leave (chance) lacks what this needs: an input that hangs, exhausts the
//! stack or aborts is saved as well as one that panics. So each target runs in a process of its own, which writes down the
//! input before it tries it. In the place of coverage, an input whose outcome was not seen before joins the corpus.

#![allow(clippy::disallowed_methods, reason = "a driver measures time")]

mod corpus;
mod driver;
mod mutate;
mod targets;

// More than is needed here stands in both.
#[allow(dead_code)]
#[path = "../../support/openssl.rs"]
mod openssl;
#[allow(dead_code)]
#[path = "../../support/sample.rs"]
mod sample;

// `sample.rs` is also a module of the crate's own tests.
use temoin::{base, capture, case, evidence, pack};

use std::process::ExitCode;

const USAGE: &str = "fuzz run SECONDS [SEED [TARGET…]] | fuzz replay FILE";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |word: &str| word.parse::<u64>().unwrap_or_else(|_| panic!("{word} is not a number: {USAGE}"));
    let done = match words.as_slice() {
        ["run", seconds] => driver::run(number(seconds), driver::seed_of_today(), &[]),
        ["run", seconds, seed, targets @ ..] => driver::run(number(seconds), number(seed), targets),
        ["replay", file] => driver::replay(file.as_ref()),
        ["child", target, seed] => driver::child(target, number(seed)),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
