"""Makes the fonts of www/fonts: what LISEZMOI.pdf and the letters are set in. They are committed; this says how they were made.

    apt-get install --no-install-recommends fonts-noto-core              # version 20201225
    npm pack @expo-google-fonts/noto-emoji@0.4.7 && tar xzf expo-*.tgz   # package/400Regular/NotoEmoji_400Regular.ttf
    npm pack @fontsource/noto-sans-mono@5.3.0 && tar xzf fontsource-*.tgz
    pip install fonttools==4.* brotli
    python fonts.py package ../../www/fonts

All are under the SIL Open Font License 1.1 (OFL.txt beside them), without a reserved name. What is left out so that all fit into
1.2 MB: hinting, the joined forms of emoji (a family is drawn as its members), outline points that move less than one pixel in 512.
"""

import array
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

NOTO = Path("/usr/share/fonts/truetype/noto")
MARKS = "U+0300-036F"
PUNCTUATION = "U+2000-206F,U+2070-209F,U+20A0-20C0,U+2100-214F,U+2150-218F,U+2190-2193,U+2212,U+FFFD"
SANS = f"U+0020-007E,U+00A0-024F,U+02B0-02FF,{MARKS},U+0370-03FF,U+0400-04FF,U+1E00-1EFF,{PUNCTUATION}"
BOLD = f"U+0020-007E,U+00A0-017F,{MARKS},U+0370-03FF,U+0400-04FF,U+2000-206F,U+20A0-20C0,U+2190-2193,U+2212,U+FFFD"
ARABIC = "U+0020,U+0600-06FF,U+0750-077F,U+200C-200F,U+25CC,U+FDF2,U+FDFA"
HEBREW = "U+0020,U+0590-05FF,U+FB1D-FB4F,U+200C-200F,U+25CC,U+20AA"
# Letters and digits in disguise, with which words are hidden from filters.
DISGUISED = "U+1D400-1D6A5,U+1D7CE-1D7FF"
FEATURES = "ccmp,locl,mark,mkmk,kern,liga,rlig,init,medi,fina,isol,calt,rclt,curs"


def cut(source, unicodes, features=FEATURES):
    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 5, 6, 13, 14]
    options.layout_features = features.split(",") if features else []
    options.drop_tables += ["DSIG", "STAT", "meta", "vhea", "vmtx"]
    font = TTFont(source)
    font.flavor = None
    maker = subset.Subsetter(options)
    maker.populate(unicodes=subset.parse_unicodes(unicodes) if unicodes else font.getBestCmap())
    maker.subset(font)
    return font


def thin(font, units, tolerance):
    """Fewer outline points: those that lie where the curve would pass anyway."""
    if font["head"].unitsPerEm != units:
        scale_upem(font, units)
    table = font["glyf"]
    for name in font.getGlyphOrder():
        glyph = table[name]
        if glyph.numberOfContours <= 0:
            continue
        places, kinds, ends, start = [], [], [], 0
        for end in glyph.endPtsOfContours:
            points = [(*glyph.coordinates[i], glyph.flags[i] & 1) for i in range(start, end + 1)]
            start = end + 1
            for x, y, kind in contour(points, tolerance):
                places.append((x, y))
                kinds.append(kind)
            ends.append(len(places) - 1)
        glyph.coordinates = GlyphCoordinates(places)
        glyph.flags = array.array("B", kinds)
        glyph.endPtsOfContours = ends
        glyph.recalcBounds(table)
    return font


def contour(points, tolerance):
    count = len(points)
    kept = [True] * count
    for i, (x, y, on) in enumerate(points):
        if not on or not kept[i - 1] or count <= 6:
            continue
        (ax, ay, a_on), (bx, by, b_on) = points[i - 1], points[(i + 1) % count]
        if not a_on and not b_on:
            kept[i] = abs(x - (ax + bx) / 2) > tolerance or abs(y - (ay + by) / 2) > tolerance
        elif a_on and b_on:
            dx, dy = bx - ax, by - ay
            length = (dx * dx + dy * dy) ** 0.5
            kept[i] = length == 0 or abs((x - ax) * dy - (y - ay) * dx) / length > tolerance * 0.6
    return [point for point, keep in zip(points, kept) if keep]


def main(packages, out):
    packages, out = Path(packages), Path(out)
    fonts = {
        "sans": cut(NOTO / "NotoSans-Regular.ttf", SANS),
        "bold": cut(NOTO / "NotoSans-Bold.ttf", BOLD),
        "mono": cut(packages / "files/noto-sans-mono-latin-400-normal.woff2", "U+0020-007E,U+00A0,U+00AB,U+00BB", ""),
        "arabic": cut(NOTO / "NotoSansArabic-Regular.ttf", ARABIC),
        "hebrew": cut(NOTO / "NotoSansHebrew-Regular.ttf", HEBREW),
        "math": cut(NOTO / "NotoSansMath-Regular.ttf", DISGUISED, ""),
        "emoji": thin(cut(packages / "400Regular/NotoEmoji_400Regular.ttf", "", ""), 512, 1),
    }
    for name, font in fonts.items():
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        font.save(out / f"{name}.ttf")


main(*sys.argv[1:])
