//! Chance that can be repeated, and what it does to an input.

/// Longest input, apart from seeds: long enough for what is not linear to show.
const LONGEST: usize = 1 << 20;

/// What the readers look for: an input without such words never leaves their first lines.
const WORDS: [&[u8]; 78] = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"<!--",
    b"-->",
    b"<![CDATA[",
    b"]]>",
    b"<script type=\"application/ld+json\">",
    b"</script>",
    b"<template>",
    b"<svg>",
    b"<math>",
    b"<table>",
    b"<select>",
    b"<article>",
    b"<article data-testid=\"tweet\">",
    b"</article>",
    b"<div data-temoin-role=\"post\">",
    b"<time datetime=\"2026-03-29T02:30:00+01:00\">",
    b"<a href=\"/a/status/1991428745216000000\">",
    b"<title>",
    b"<noscript>",
    b"<p>",
    b"</p>",
    b"<b>",
    b"<a>",
    b"<font>",
    b"<form>",
    b"&#0;",
    b"&#x10ffff;",
    b"&nbsp;",
    b"&amp",
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b":",
    b",",
    b"\\u0000",
    b"\\ud800",
    b"\\\"",
    b"null",
    b"true",
    b"1e999",
    b"-0",
    b"18446744073709551616",
    b"9007199254740993",
    b"{\"version\":1}",
    b"\"__typename\":\"TweetTombstone\"",
    b"\"errors\":[{\"code\":144}]",
    b"{\"@graph\":[",
    b"https://x.com/",
    b"http://",
    b"//",
    b"@",
    b"#",
    b"?",
    b"%00",
    b"%2F",
    b"%",
    b"/../",
    b":99999/",
    b"xn--",
    "é".as_bytes(),
    "\u{301}".as_bytes(),
    "🐸".as_bytes(),
    "\u{200d}".as_bytes(),
    "\u{202e}".as_bytes(),
    "\u{feff}".as_bytes(),
    "İ".as_bytes(),
    "ﬁ".as_bytes(),
    "𝒽".as_bytes(),
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b"\r\n",
];

/// A small generator (SplitMix64): the same seed tries the same inputs.
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `end`, not included; 0 when there is nothing.
    fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.next() % end as u64) as usize }
    }

    fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// A part of `length`: mostly short.
    fn part(&mut self, length: usize) -> (usize, usize) {
        let start = self.below(length + 1);
        let most = if self.one_in(4) { length - start } else { (length - start).min(64) };
        (start, start + self.below(most + 1))
    }
}

/// One of the corpus, altered a few times.
pub fn mutate(corpus: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    // Of two, mostly the shorter: more tries in the same time.
    let (one, two) = (chance.pick(corpus), chance.pick(corpus));
    let shorter = if one.len() <= two.len() { one } else { two };
    let mut input = if chance.one_in(4) { one.clone() } else { shorter.clone() };
    for _ in 0..1 + chance.below(5) {
        alter(&mut input, corpus, chance);
    }
    input.truncate(LONGEST.max(one.len()));
    input
}

fn alter(input: &mut Vec<u8>, corpus: &[Vec<u8>], chance: &mut Chance) {
    let at = chance.below(input.len());
    let (start, end) = chance.part(input.len());
    match chance.below(12) {
        0 if !input.is_empty() => input[at] ^= 1 << chance.below(8),
        1 if !input.is_empty() => {
            input[at] = *chance.pick(&[0, 1, 0x7f, 0x80, 0xff, b'0', b'9', b' ', b'<', b'"', 0x30, 0x84])
        }
        2 if !input.is_empty() => input[at] = input[at].wrapping_add(*chance.pick(&[1, 0xff, 2, 0xfe])),
        3 => drop(input.drain(start..end)),
        4 => {
            let copy = input[start..end].to_vec();
            let to = chance.below(input.len() + 1);
            drop(input.splice(to..to, copy));
        }
        5 => {
            let other = chance.pick(corpus);
            let (from, to) = chance.part(other.len());
            drop(input.splice(start..end, other[from..to].iter().copied()));
        }
        6 => {
            // The head of one, the tail of another.
            let other = chance.pick(corpus);
            let from = chance.below(other.len() + 1);
            input.truncate(at);
            input.extend(&other[from..]);
        }
        7 | 8 => drop(input.splice(at..at, chance.pick(&WORDS).iter().copied())),
        9 => {
            // Many times the same: nesting, long lists, long words.
            let word = if chance.one_in(2) { chance.pick(&WORDS).to_vec() } else { input[start..end].to_vec() };
            let most = if chance.one_in(20) { 17 } else { 9 };
            let count = (1usize << chance.below(most)).min((LONGEST / 2) / word.len().max(1));
            drop(input.splice(at..at, word.repeat(count)));
        }
        10 => {
            // Another number in the place of one that is there.
            if let Some(from) = input.iter().skip(at).position(u8::is_ascii_digit).map(|offset| at + offset) {
                let length = input[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                let number = chance.next() >> chance.below(64);
                drop(input.splice(from..from + length, number.to_string().into_bytes()));
            }
        }
        _ => input.truncate(at),
    }
}
