use super::*;

fn made(summary: &str, description: &str) -> String {
    let day = CalendarDay { uid: "affaire-1-limitation", day: (2027, 2, 28), summary, description, alarms: &[30, 7] };
    calendar(&[day], Instant::parse("2026-11-24T14:42:39.5+01:00").unwrap())
}

/// The lines as a reader of calendars joins them again (RFC 5545, 3.1).
fn unfolded(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

#[test]
fn a_deadline_is_a_whole_day_stamped_in_utc() {
    let lines = unfolded(&made("Fin", "Note"));
    assert!(lines.contains(&"DTSTART;VALUE=DATE:20270228".to_owned()), "{lines:?}");
    assert!(lines.contains(&"DTSTAMP:20261124T134239Z".to_owned()), "{lines:?}");
    assert!(lines.contains(&"UID:affaire-1-limitation@temoin.invalid".to_owned()));
    assert_eq!(lines.iter().filter(|line| line.starts_with("TRIGGER:-P")).count(), 2);
    let begun = lines.iter().filter(|line| line.starts_with("BEGIN:")).count();
    assert_eq!(begun, lines.iter().filter(|line| line.starts_with("END:")).count());
}

#[test]
fn signs_that_mean_something_are_escaped() {
    let lines = unfolded(&made("a;b,c\\d\ne\r\nf\u{7}", "x"));
    assert!(lines.contains(&"SUMMARY:a\\;b\\,c\\\\d\\ne\\nf".to_owned()), "{lines:?}");
    assert!(
        !made("a\r\nEND:VCALENDAR", "x").contains("\r\nEND:VCALENDAR\r\nDESCRIPTION"),
        "nobody writes a line of ours"
    );
}

#[test]
fn lines_are_folded_at_75_octets_without_cutting_a_character() {
    let summary = "é😀".repeat(60);
    let text = made(&summary, &"mot ".repeat(500));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{}: {line}", line.len());
    }
    assert!(unfolded(&text).contains(&format!("SUMMARY:{summary}")));
}

#[test]
fn an_empty_calendar_is_still_one() {
    assert_eq!(unfolded(&calendar(&[], Instant::EPOCH)).last().map(String::as_str), Some("END:VCALENDAR"));
}
