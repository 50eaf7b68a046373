//! The second voice: a small linear reader, trained on examples (`tests/bench/train`), apart from the rules that people wrote.
//!
//! It hears the same text through [`features`](super::features) and answers two questions: how hostile is it, and which category is the
//! likeliest. It never speaks alone above « à vérifier », and what it cannot confirm is not a strong sign: see `agree.rs`.

use std::{borrow::Cow, sync::OnceLock};

use super::{
    Code,
    features::{Feature, Kind},
};

/// The categories, in the order of the weights.
pub const CODES: [Code; 14] = [
    Code::None,
    Code::Inj,
    Code::Diff,
    Code::Prov,
    Code::Neg,
    Code::Apocrim,
    Code::Terr,
    Code::Menace,
    Code::Harc,
    Code::Dox,
    Code::InjSimple,
    Code::DiffSimple,
    Code::Discri,
    Code::Nonpub,
];

/// Buckets of the first question, as a power of two.
pub const HOSTILE_BITS: u32 = 17;
/// Buckets of the second question.
pub const CODE_BITS: u32 = 14;

/// The weights that ship.
///
/// A page fetches them beside its module, which would be half as large again with them; see [`hear`].
static VOICE: OnceLock<Voice> = OnceLock::new();

/// Hands the weights over; false for bytes that are not weights. Until then the rules speak alone, and never strongly.
pub fn hear(bytes: impl Into<Cow<'static, [u8]>>) -> bool {
    Voice::new(bytes).is_some_and(|voice| {
        VOICE.get_or_init(|| voice);
        true
    })
}

/// The weights, where they were handed over: a native program carries them.
pub fn voice() -> Option<&'static Voice> {
    #[cfg(not(target_arch = "wasm32"))]
    VOICE.get_or_init(|| Voice(Cow::Borrowed(include_bytes!("data/voice.bin"))));
    VOICE.get()
}

const MAGIC: &[u8; 4] = b"TVX1";
const OUTPUTS: usize = 1 + CODES.len();
const HEAD: usize = MAGIC.len() + OUTPUTS * 8;

/// Weights: per output a bias and the worth of one step (both `f32`, little-endian), then one signed byte per bucket; the buckets of the
/// second question hold one byte per category.
#[derive(Debug, Clone)]
pub struct Voice(Cow<'static, [u8]>);

/// What the voice makes of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Opinion {
    /// Log-odds that the text is hostile to people in a way that a law may name.
    pub hostile: f32,
    /// Log-odds of the likeliest category that is one, against « none ».
    pub named: f32,
    /// That category.
    pub code: Code,
    /// Token at which the words stand that weigh most.
    pub(super) at: Option<usize>,
}

impl Voice {
    /// `None` for bytes that are not weights.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Option<Self> {
        let bytes = bytes.into();
        let size = HEAD + (1 << HOSTILE_BITS) + (CODES.len() << CODE_BITS);
        (bytes.starts_with(MAGIC) && bytes.len() == size).then_some(Self(bytes))
    }

    /// Writes what [`Voice::new`] reads: for each output its bias and weights, bucket by bucket.
    pub fn write(hostile: (f32, &[f32]), codes: &[(f32, Vec<f32>)]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let steps: Vec<f32> =
            std::iter::once(hostile.1).chain(codes.iter().map(|(_, weights)| weights.as_slice())).map(step).collect();
        let biases = std::iter::once(hostile.0).chain(codes.iter().map(|(bias, _)| *bias));
        for (bias, step) in biases.zip(&steps) {
            bytes.extend(bias.to_le_bytes());
            bytes.extend(step.to_le_bytes());
        }
        #[expect(clippy::cast_possible_truncation, reason = "rounded and held between -127 and 127")]
        let byte = |weight: f32, step: f32| (weight / step).round().clamp(-127.0, 127.0) as i8;
        bytes.extend(hostile.1.iter().map(|weight| byte(*weight, steps[0]).to_le_bytes()[0]));
        for bucket in 0..1_usize << CODE_BITS {
            for ((_, weights), step) in codes.iter().zip(steps.iter().skip(1)) {
                bytes.push(byte(weights.get(bucket).copied().unwrap_or(0.0), *step).to_le_bytes()[0]);
            }
        }
        bytes
    }

    fn number(&self, output: usize, which: usize) -> f32 {
        let at = MAGIC.len() + output * 8 + which * 4;
        self.0.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0.0, f32::from_le_bytes)
    }

    fn weight(&self, at: usize) -> f32 {
        self.0.get(HEAD + at).map_or(0.0, |byte| f32::from(i8::from_le_bytes([*byte])))
    }

    /// What it makes of these features.
    pub fn opinion(&self, features: &[Feature]) -> Opinion {
        let mut hostile = 0.0;
        let mut codes = [0.0; CODES.len()];
        let mut heaviest: (f32, Option<usize>) = (0.0, None);
        for feature in features {
            let part = feature.value * self.weight(hostile_bucket(feature.name));
            hostile += part;
            if feature.kind == Kind::Words && part > heaviest.0 {
                heaviest = (part, Some(usize::from(feature.at)));
            }
            if feature.kind != Kind::Letters {
                let start = (1 << HOSTILE_BITS) + code_bucket(feature.name) * CODES.len();
                for (number, sum) in codes.iter_mut().enumerate() {
                    *sum += feature.value * self.weight(start + number);
                }
            }
        }
        let scaled = |output: usize, sum: f32| self.number(output, 0) + sum * self.number(output, 1);
        let scores: Vec<f32> = codes.iter().enumerate().map(|(number, sum)| scaled(number + 1, *sum)).collect();
        let none = scores.first().copied().unwrap_or(0.0);
        let best = scores.iter().enumerate().skip(1).max_by(|one, other| one.1.total_cmp(other.1));
        let (number, score) = best.map_or((0, none), |(number, score)| (number, *score));
        Opinion {
            hostile: scaled(0, hostile),
            named: score - none,
            code: CODES.get(number).copied().unwrap_or(Code::None),
            at: heaviest.1,
        }
    }
}

/// The bucket of a feature for the first question.
pub fn hostile_bucket(name: u32) -> usize {
    (name >> (32 - HOSTILE_BITS)) as usize
}

/// The bucket of a feature for the second question.
pub fn code_bucket(name: u32) -> usize {
    (name & ((1 << CODE_BITS) - 1)) as usize
}

/// What one step of a byte is worth: the largest weights but one in two thousand fit.
fn step(weights: &[f32]) -> f32 {
    let mut sizes: Vec<f32> = weights.iter().map(|weight| weight.abs()).filter(|size| *size > 0.0).collect();
    sizes.sort_unstable_by(f32::total_cmp);
    let largest = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 2_000)).copied().unwrap_or(1.0);
    largest / 127.0
}
