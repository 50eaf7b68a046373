use super::*;

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

#[test]
fn writes_utc_with_milliseconds() {
    assert_eq!(at("2026-11-24T14:42:39+01:00").rfc3339(), "2026-11-24T13:42:39.000Z");
    assert_eq!(at("2026-11-24T13:42:39.1239Z").rfc3339(), "2026-11-24T13:42:39.123Z");
}

#[test]
fn paris_changes_offset_with_the_season() {
    assert_eq!(at("2026-03-29T00:59:59Z").paris(), "29/03/2026 à 01:59:59 (heure de Paris, UTC+01:00)");
    assert_eq!(at("2026-03-29T01:00:00Z").paris(), "29/03/2026 à 03:00:00 (heure de Paris, UTC+02:00)");
    assert_eq!(at("2025-12-31T23:30:00Z").paris_day(), (2026, 1, 1));
}

#[test]
fn refuses_what_is_not_a_date() {
    let error = Instant::parse("hier").unwrap_err();
    assert_eq!(error.code(), "time_not_rfc3339");
    assert!(error.to_string().contains("hier"));
}

#[test]
fn survives_json() {
    let json = serde_json::to_string(&at("2026-11-24T13:42:39.123Z")).unwrap();
    assert_eq!(serde_json::from_str::<Instant>(&json).unwrap(), at("2026-11-24T13:42:39.123Z"));
}
