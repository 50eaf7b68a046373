//! The look: one place for every measure (in points) and colour.

use super::Ink;

pub(super) const PAGE: (f32, f32) = (595.28, 841.89);
pub(super) const LEFT: f32 = 62.0;
pub(super) const RIGHT: f32 = 62.0;
pub(super) const TOP: f32 = 66.0;
pub(super) const BOTTOM: f32 = 66.0;
pub(super) const WIDTH: f32 = PAGE.0 - LEFT - RIGHT;
/// Where the text of a page ends.
pub(super) const FLOOR: f32 = PAGE.1 - BOTTOM;

/// Size of a text and distance of its lines.
#[derive(Clone, Copy)]
pub(super) struct Size(pub f32, pub f32);

pub(super) const BODY: Size = Size(10.0, 14.5);
pub(super) const SMALL: Size = Size(8.5, 11.5);
pub(super) const LABEL: Size = Size(8.5, 14.5);
pub(super) const LEAD: Size = Size(11.5, 16.5);
pub(super) const QUOTE: Size = Size(11.5, 17.0);
pub(super) const CODE: Size = Size(7.8, 11.2);
pub(super) const FOOTER: Size = Size(7.5, 10.0);

pub(super) fn heading(level: u8) -> Size {
    match level {
        1 => Size(23.0, 29.0),
        2 => Size(14.5, 19.0),
        _ => Size(11.0, 15.0),
    }
}

pub(super) type Rgb = (u8, u8, u8);
pub(super) const TEXT: Rgb = (28, 32, 38);
pub(super) const FAINT: Rgb = (92, 99, 110);
pub(super) const ACCENT: Rgb = (18, 77, 92);
pub(super) const ALERT: Rgb = (150, 34, 28);
pub(super) const RULE: Rgb = (206, 211, 217);
pub(super) const PANEL: Rgb = (244, 246, 248);
pub(super) const ALERT_PANEL: Rgb = (252, 241, 239);
pub(super) const MARK: Rgb = (248, 226, 223);

pub(super) fn colour(ink: Ink) -> Rgb {
    match ink {
        Ink::Normal => TEXT,
        Ink::Faint => FAINT,
        Ink::Accent => ACCENT,
        Ink::Alert => ALERT,
    }
}
