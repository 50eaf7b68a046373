use std::sync::Arc;

use krilla::text::Font;
use rustybuzz::Face;

use super::draw::PaperError;

/// The files that [`Fonts::new`] asks for, as they stand in `www/fonts`.
pub const FONT_FILES: [&str; 7] =
    ["sans.ttf", "bold.ttf", "mono.ttf", "arabic.ttf", "hebrew.ttf", "math.ttf", "emoji.ttf"];

/// Index of a font in [`FONT_FILES`].
pub(super) type FontIndex = usize;
pub(super) const SANS: FontIndex = 0;
pub(super) const BOLD: FontIndex = 1;
pub(super) const MONO: FontIndex = 2;
/// Where a character is looked for after the font of its style.
const FALLBACK: [FontIndex; 5] = [SANS, 3, 4, 5, 6];

/// The fonts that a document is set in.
pub struct Fonts(Vec<Loaded>);

struct Loaded {
    bytes: Arc<Vec<u8>>,
    font: Font,
}

impl Fonts {
    /// `read` gives a file of [`FONT_FILES`]. Only the first is necessary: without another its characters are drawn as `[U+05D0]`.
    pub fn new(mut read: impl FnMut(&str) -> Option<Vec<u8>>) -> Result<Self, PaperError> {
        let mut loaded = vec![];
        for name in FONT_FILES {
            let bytes = read(name).map(Arc::new).filter(|bytes| Face::from_slice(bytes, 0).is_some());
            let font = bytes.clone().and_then(|bytes| Some((Font::new(bytes.clone().into(), 0)?, bytes)));
            match (font, loaded.first()) {
                (Some((font, bytes)), _) => loaded.push(Loaded { bytes, font }),
                (None, Some(Loaded { bytes, font })) => {
                    let same = Loaded { bytes: Arc::clone(bytes), font: font.clone() };
                    loaded.push(same);
                }
                (None, None) => return Err(PaperError::Font(name)),
            }
        }
        Ok(Self(loaded))
    }

    pub(super) fn font(&self, index: FontIndex) -> Option<&Font> {
        self.0.get(index).map(|loaded| &loaded.font)
    }

    /// One face per font, for measuring and shaping.
    pub(super) fn faces(&self) -> Vec<Face<'_>> {
        self.0.iter().filter_map(|loaded| Face::from_slice(&loaded.bytes, 0)).collect()
    }
}

/// The font that draws `symbol`, in the style's font when it can.
pub(super) fn choose(faces: &[Face<'_>], style: FontIndex, symbol: char) -> Option<FontIndex> {
    let draws = |index: &FontIndex| faces.get(*index).is_some_and(|face| face.glyph_index(symbol).is_some());
    std::iter::once(style).chain(FALLBACK).find(draws)
}
