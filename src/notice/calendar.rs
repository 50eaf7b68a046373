//! Deadlines as a calendar file (RFC 5545): days in Paris, with alarms, and no word of the content that they are about.

use crate::base::Instant;

/// One deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay<'a> {
    /// Stays the same when the file is made again, so that a calendar replaces it: letters, digits and hyphens.
    pub uid: &'a str,
    /// The day in Paris.
    pub day: (i32, u32, u32),
    /// What ends.
    pub summary: &'a str,
    /// What to do.
    pub description: &'a str,
    /// Days before at which the calendar reminds.
    pub alarms: &'a [u32],
}

/// The calendar file, made at `now`.
pub fn calendar(days: &[CalendarDay<'_>], now: Instant) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(text, &mut out);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Temoin//Echeances//FR");
    line("CALSCALE:GREGORIAN");
    line("METHOD:PUBLISH");
    for day in days {
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@temoin.invalid", day.uid));
        line(&format!("DTSTAMP:{}", utc(now)));
        line(&format!("DTSTART;VALUE=DATE:{}", date(day.day)));
        line(&format!("SUMMARY:{}", escaped(day.summary)));
        line(&format!("DESCRIPTION:{}", escaped(day.description)));
        line("TRANSP:TRANSPARENT");
        line("CLASS:PRIVATE");
        for before in day.alarms {
            line("BEGIN:VALARM");
            line("ACTION:DISPLAY");
            line(&format!("TRIGGER:-P{before}D"));
            line(&format!("DESCRIPTION:{}", escaped(day.summary)));
            line("END:VALARM");
        }
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

/// Lines of at most 75 octets, no character cut in two (3.1).
fn fold(text: &str, out: &mut String) {
    const LONGEST: usize = 75;
    let mut length = 0;
    for symbol in text.chars() {
        if length + symbol.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(symbol);
        length += symbol.len_utf8();
    }
    out.push_str("\r\n");
}

/// A TEXT value (3.3.11); controls other than a new line have no place in one.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for symbol in text.replace("\r\n", "\n").chars() {
        match symbol {
            '\\' | ';' | ',' => out.extend(['\\', symbol]),
            '\n' => out.push_str("\\n"),
            symbol if symbol.is_control() => {}
            symbol => out.push(symbol),
        }
    }
    out
}

/// `20261124T134239Z`.
fn utc(at: Instant) -> String {
    let text: String = at.rfc3339().chars().filter(char::is_ascii_alphanumeric).take(15).collect();
    format!("{text}Z")
}

fn date((year, month, day): (i32, u32, u32)) -> String {
    format!("{year:04}{month:02}{day:02}")
}

#[cfg(test)]
#[path = "../../tests/unit/notice/calendar.rs"]
mod tests;
