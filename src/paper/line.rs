//! From text to lines of glyphs: fonts chosen per character, both directions of writing, breaks where Unicode allows them, and
//! anywhere in a word that is longer than the line.

use std::ops::Range;

use krilla::text::{GlyphId, KrillaGlyph};
use rustybuzz::{BufferFlags, Direction, Face, UnicodeBuffer};
use unicode_bidi::{BidiInfo, Level};
use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::{
    Text,
    font::{BOLD, FontIndex, MONO, SANS, choose},
    theme::{Rgb, Size, colour},
};

/// Glyphs of one font, size and colour, placed from the left end of the line.
pub(super) struct Run {
    pub x: f32,
    pub font: FontIndex,
    pub size: f32,
    pub colour: Rgb,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
}

/// One line; its last line of a paragraph need not be full.
pub(super) struct Line {
    pub runs: Vec<Run>,
    /// Without the spaces at its end.
    pub width: f32,
    pub height: f32,
    /// From its top.
    pub baseline: f32,
}

/// Where the lines of a text start.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// At the left: ours.
    Left,
    /// Where the first strong character says.
    Text,
}

/// A stretch of the text in one font and style.
struct Item {
    range: Range<usize>,
    font: FontIndex,
    colour: Rgb,
}

/// Breaks `text` into lines of at most `width`.
pub(super) fn set(faces: &[Face<'_>], text: &Text, size: Size, width: f32, base: Base) -> Vec<Line> {
    let mut lines = vec![];
    let (whole, styles) = drawable(faces, text);
    let mut start = 0;
    for part in whole.split_inclusive('\n') {
        let content = part.trim_end_matches('\n');
        let items = items(faces, content, start, &styles);
        Paragraph { faces, text: content, items, size }.break_into(&mut lines, width, base);
        start += part.len();
    }
    lines
}

/// The text with all that no font draws written out, and the style of each stretch.
fn drawable(faces: &[Face<'_>], text: &Text) -> (String, Vec<(usize, FontIndex, Rgb)>) {
    let mut whole = String::new();
    let mut styles = vec![];
    for span in &text.0 {
        let style = if span.mono {
            MONO
        } else if span.bold {
            BOLD
        } else {
            SANS
        };
        styles.push((whole.len(), style, colour(span.ink)));
        let mut symbols = span.text.chars().peekable();
        while let Some(symbol) = symbols.next() {
            match symbol {
                '\r' if symbols.peek() == Some(&'\n') => {}
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => whole.push('\n'),
                '\t' => whole.push_str("    "),
                _ if is_silent(symbol) || choose(faces, style, symbol).is_some() && !misleads(symbol) => {
                    whole.push(symbol);
                }
                _ => whole.push_str(&format!("[U+{:04X}]", u32::from(symbol))),
            }
        }
    }
    (whole, styles)
}

/// Joiners, variation selectors, marks of direction: they change what stands beside them and are not seen themselves.
fn is_silent(symbol: char) -> bool {
    matches!(symbol, '\u{ad}' | '\u{61c}' | '\u{200c}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// Hidden characters that would change the order or the words that a reader sees: they are written out.
fn misleads(symbol: char) -> bool {
    symbol.is_control()
        || matches!(symbol, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2061}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}')
        || matches!(symbol, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

fn items(faces: &[Face<'_>], text: &str, start: usize, styles: &[(usize, FontIndex, Rgb)]) -> Vec<Item> {
    let mut items: Vec<Item> = vec![];
    let mut styles = styles.iter().peekable();
    let (mut style, mut colour) = (SANS, (0, 0, 0));
    for (at, symbol) in text.char_indices() {
        while let Some((_, font, ink)) = styles.next_if(|(from, ..)| *from <= start + at) {
            (style, colour) = (*font, *ink);
        }
        let end = at + symbol.len_utf8();
        let silent = is_silent(symbol);
        let font = if silent { None } else { choose(faces, style, symbol) };
        match items.last_mut() {
            Some(item) if silent || (font == Some(item.font) && item.colour == colour) => item.range.end = end,
            _ => items.push(Item { range: at..end, font: font.unwrap_or(style), colour }),
        }
    }
    items
}

struct Paragraph<'a> {
    faces: &'a [Face<'a>],
    text: &'a str,
    items: Vec<Item>,
    size: Size,
}

impl Paragraph<'_> {
    fn break_into(&self, lines: &mut Vec<Line>, width: f32, base: Base) {
        let level = match base {
            Base::Left => Some(Level::ltr()),
            Base::Text => None,
        };
        let bidi = BidiInfo::new(self.text, level);
        let rtl = bidi.paragraphs.first().is_some_and(|paragraph| paragraph.level.is_rtl());
        let mut start = 0;
        for end in self.breaks(&bidi, width) {
            lines.push(self.line(&bidi, start..end, width, rtl));
            start = end;
        }
        if self.text.is_empty() {
            lines.push(self.empty());
        }
    }

    /// The ends of the lines.
    fn breaks(&self, bidi: &BidiInfo<'_>, width: f32) -> Vec<usize> {
        let advances = self.advances(bidi);
        let mut ends = vec![];
        let (mut start, mut from) = (0, 0.0);
        // The last place where the line may end.
        let mut fits = 0;
        for (end, opportunity) in linebreaks(self.text) {
            let seen = self.text.get(..end).unwrap_or_default().trim_end_matches(' ').len();
            if at(&advances, seen) - from > width {
                if fits > start {
                    (start, from) = (fits, at(&advances, fits));
                    ends.push(start);
                }
                // A word that is longer than a line of its own.
                while at(&advances, seen) - from > width {
                    let cut = self.cut(&advances, start, seen, from + width);
                    ends.push(cut);
                    (start, from) = (cut, at(&advances, cut));
                }
            }
            fits = end;
            if opportunity == BreakOpportunity::Mandatory && end > start {
                ends.push(end);
                (start, from) = (end, at(&advances, end));
            }
        }
        ends
    }

    /// How far a word can go before `limit`: at least one character.
    fn cut(&self, advances: &[f32], start: usize, end: usize, limit: f32) -> usize {
        let word = self.text.get(start..end).unwrap_or_default();
        let places = word.char_indices().map(|(at, symbol)| (start + at + symbol.len_utf8(), symbol));
        let mut cut = None;
        let mut inside = places.peekable();
        while let Some((place, _)) = inside.next() {
            if cut.is_some() && at(advances, place) > limit {
                break;
            }
            // What belongs to the character before it is not taken from it.
            if inside.peek().is_none_or(|(_, next)| !is_silent(*next) && !is_mark(*next)) {
                cut = Some(place);
            }
        }
        cut.unwrap_or(end)
    }

    /// By byte: the width of all before it.
    fn advances(&self, bidi: &BidiInfo<'_>) -> Vec<f32> {
        let mut own = vec![0.0; self.text.len() + 1];
        for item in &self.items {
            for range in by_level(bidi, item.range.clone()) {
                let rtl = level_at(bidi, range.start).is_rtl();
                for glyph in self.shape(item.font, range.clone(), rtl) {
                    if let Some(advance) = own.get_mut(range.start + glyph.text_range.start) {
                        *advance += glyph.x_advance * self.size.0;
                    }
                }
            }
        }
        let mut sum = 0.0;
        for advance in &mut own {
            let before = sum;
            sum += *advance;
            *advance = before;
        }
        own
    }

    fn line(&self, bidi: &BidiInfo<'_>, range: Range<usize>, width: f32, rtl: bool) -> Line {
        let mut line = self.empty();
        let mut x = 0.0;
        for visual in visual_order(bidi, range.clone()) {
            let level = level_at(bidi, visual.start);
            let mut parts: Vec<(&Item, Range<usize>)> = self
                .items
                .iter()
                .map(|item| (item, item.range.start.max(visual.start)..item.range.end.min(visual.end)))
                .filter(|(_, part)| part.start < part.end)
                .collect();
            if level.is_rtl() {
                parts.reverse();
            }
            for (item, part) in parts {
                let glyphs = self.shape(item.font, part.clone(), level.is_rtl());
                let advance = glyphs.iter().map(|glyph| glyph.x_advance * self.size.0).sum::<f32>();
                line.runs.push(Run {
                    x,
                    font: item.font,
                    size: self.size.0,
                    colour: item.colour,
                    text: self.text.get(part).unwrap_or_default().to_owned(),
                    glyphs,
                });
                x += advance;
            }
        }
        let spaces = self.text.get(range).map_or(0, |text| text.len() - text.trim_end_matches(' ').len());
        let space = self.space() * spaces as f32;
        line.width = x - space;
        if rtl {
            let shift = width - x;
            line.runs.iter_mut().for_each(|run| run.x += shift);
        }
        line
    }

    fn space(&self) -> f32 {
        let face = self.faces.get(self.items.last().map_or(SANS, |item| item.font));
        let width =
            face.and_then(|face| Some(f32::from(face.glyph_hor_advance(face.glyph_index(' ')?)?) / units(face)));
        width.unwrap_or(0.26) * self.size.0
    }

    fn empty(&self) -> Line {
        let Size(size, height) = self.size;
        // The letters of the text fonts stand between 1.07 above and 0.29 below their line.
        Line { runs: vec![], width: 0.0, height, baseline: (height + 0.72 * size) / 2.0 }
    }

    fn shape(&self, font: FontIndex, range: Range<usize>, rtl: bool) -> Vec<KrillaGlyph> {
        let text = self.text.get(range).unwrap_or_default();
        self.faces.get(font).map(|face| shape(face, text, rtl)).unwrap_or_default()
    }
}

fn shape(face: &Face<'_>, text: &str, rtl: bool) -> Vec<KrillaGlyph> {
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    buffer.guess_segment_properties();
    buffer.set_direction(if rtl { Direction::RightToLeft } else { Direction::LeftToRight });
    buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
    let shaped = rustybuzz::shape(face, &[], buffer);
    // Each cluster reaches to the next: what has no glyph belongs to what stands before it.
    let mut starts: Vec<usize> = shaped.glyph_infos().iter().map(|info| info.cluster as usize).collect();
    starts.sort_unstable();
    starts.dedup();
    let em = units(face);
    let glyph = |(info, position): (&rustybuzz::GlyphInfo, &rustybuzz::GlyphPosition)| {
        let cluster = info.cluster as usize;
        let next = starts.partition_point(|start| *start <= cluster);
        let end = starts.get(next).copied().unwrap_or(text.len());
        let start = if next == 1 { 0 } else { cluster };
        let scaled = |value: i32| value as f32 / em;
        KrillaGlyph::new(
            GlyphId::new(info.glyph_id),
            scaled(position.x_advance),
            scaled(position.x_offset),
            scaled(position.y_offset),
            scaled(position.y_advance),
            start..end,
            None,
        )
    };
    shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(glyph).collect()
}

fn units(face: &Face<'_>) -> f32 {
    face.units_per_em() as f32
}

fn at(advances: &[f32], place: usize) -> f32 {
    advances.get(place).copied().unwrap_or_default()
}

fn is_mark(symbol: char) -> bool {
    matches!(symbol, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{20d0}'..='\u{20ff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

fn level_at(bidi: &BidiInfo<'_>, place: usize) -> Level {
    bidi.levels.get(place).copied().unwrap_or_else(Level::ltr)
}

/// Stretches of one direction, in the order of the text.
fn by_level(bidi: &BidiInfo<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = vec![];
    for place in range {
        match parts.last_mut() {
            Some(part) if level_at(bidi, part.start) == level_at(bidi, place) => part.end = place + 1,
            _ => parts.push(place..place + 1),
        }
    }
    parts
}

/// Stretches of one direction of a line, from left to right.
fn visual_order(bidi: &BidiInfo<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    match bidi.paragraphs.first() {
        Some(paragraph) if bidi.has_rtl() => bidi.visual_runs(paragraph, range).1,
        _ => vec![range],
    }
}
