use crate::base::Lang;

/// What stands for the part that was cut.
pub(super) const CUT: &str = "[…]";

/// `text`, at most `limit` characters (Unicode scalar values); what is cut off says so with `[…]`.
///
/// Cut between words where one ends nearby, else between two characters that do not belong together.
pub(super) fn shorten(text: &str, limit: usize) -> String {
    let mut ahead = text.chars();
    if ahead.by_ref().take(limit).count() < limit || ahead.next().is_none() {
        return text.to_owned();
    }
    let mark = CUT.chars().count();
    let Some(keep) = limit.checked_sub(mark + 1) else {
        return CUT.chars().take(limit).collect();
    };
    let chars: Vec<char> = text.chars().take(keep + 1).collect();
    let mut kept: String = chars.iter().take(cut_at(&chars, keep)).collect();
    kept.truncate(kept.trim_end().len());
    if !kept.is_empty() {
        kept.push(' ');
    }
    kept.push_str(CUT);
    kept
}

/// Each of `passages` in quotation marks, at most `limit` characters in all.
pub(super) fn quoted(passages: &[&str], lang: Lang, limit: usize) -> String {
    let (open, close, next) = match lang {
        Lang::Fr => ("«\u{a0}", "\u{a0}»", "\u{a0}; "),
        Lang::En => ("“", "”", "; "),
    };
    let mut all = String::new();
    let mut left = limit;
    for passage in passages {
        let between = if all.is_empty() { "" } else { next };
        let frame = [between, open, close].iter().map(|part| part.chars().count()).sum::<usize>();
        let reserve = CUT.chars().count() + 1;
        let room = left.saturating_sub(frame);
        if room <= reserve {
            if !all.is_empty() && left >= reserve {
                all.push(' ');
                all.push_str(CUT);
            }
            return all;
        }
        // Room is kept to say that a passage is missing.
        let shortened = shorten(passage, room.saturating_sub(if passages.len() > 1 { reserve } else { 0 }));
        left = room.saturating_sub(shortened.chars().count());
        all.push_str(between);
        all.push_str(open);
        all.push_str(&shortened);
        all.push_str(close);
    }
    all
}

/// Where to cut before `keep`: at most 30 characters back for a space, 64 for what belongs together.
fn cut_at(chars: &[char], keep: usize) -> usize {
    let space = (keep.saturating_sub(30)..=keep).rev().find(|&at| chars.get(at).is_some_and(|c| c.is_whitespace()));
    if let Some(at) = space
        && at > 0
    {
        return at;
    }
    let lowest = keep.saturating_sub(64);
    (lowest + 1..=keep).rev().find(|&at| !belong_together(chars, at)).unwrap_or(keep)
}

/// Whether the characters on both sides of `at` are drawn as one.
fn belong_together(chars: &[char], at: usize) -> bool {
    let (Some(&before), Some(&after)) = (chars.get(at.wrapping_sub(1)), chars.get(at)) else { return false };
    let flags = chars.iter().take(at).rev().take_while(|c| is_flag_letter(**c)).count();
    before == '\u{200d}'
        || extends(after)
        || (before == '\r' && after == '\n')
        || (is_flag_letter(after) && flags % 2 == 1)
}

/// Accents, joiners, variation selectors, skin tones, tags: what changes the character before it.
fn extends(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x0610..=0x061A
        | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E4 | 0x093A..=0x094F | 0x0E31 | 0x0E34..=0x0E3A
        | 0x0E47..=0x0E4E | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x200C..=0x200D | 0x20D0..=0x20FF | 0x3099..=0x309A
        | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0x1F3FB..=0x1F3FF | 0xE0020..=0xE007F | 0xE0100..=0xE01EF)
}

fn is_flag_letter(c: char) -> bool {
    matches!(u32::from(c), 0x1F1E6..=0x1F1FF)
}

#[cfg(test)]
#[path = "../../tests/unit/notice/quote.rs"]
mod tests;
