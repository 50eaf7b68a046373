use super::*;

/// From printed calendars.
#[test]
fn the_holidays_of_france() {
    for day in [
        (2024, 4, 1),
        (2024, 5, 9),
        (2024, 5, 20),
        (2025, 4, 21),
        (2026, 4, 6),
        (2026, 5, 14),
        (2026, 5, 25),
        (2027, 3, 29),
        (2038, 4, 26),
        (2026, 1, 1),
        (2026, 5, 1),
        (2026, 5, 8),
        (2026, 7, 14),
        (2026, 8, 15),
        (2026, 11, 1),
        (2026, 11, 11),
        (2026, 12, 25),
    ] {
        assert_eq!(day_off(day), Some(DayOff::Holiday), "{day:?}");
    }
}

#[test]
fn weekends_and_working_days() {
    assert_eq!(day_off((2026, 11, 21)), Some(DayOff::Saturday));
    assert_eq!(day_off((2026, 11, 22)), Some(DayOff::Sunday));
    for day in [(2026, 11, 24), (2026, 4, 7), (2026, 5, 13), (2026, 12, 24)] {
        assert_eq!(day_off(day), None, "{day:?}");
    }
    assert_eq!(day_off((2026, 2, 30)), None);
}

#[test]
fn easter_is_a_sunday_between_22_march_and_25_april() {
    for year in 1600..2600 {
        let day = easter(year).unwrap();
        assert_eq!(day.weekday(), Weekday::Sun, "{day}");
        assert!((3, 22) <= (day.month(), day.day()) && (day.month(), day.day()) <= (4, 25), "{day}");
    }
    // Those that simpler rules get wrong.
    for (year, month, day) in [(1954, 4, 18), (1981, 4, 19), (2049, 4, 18), (2076, 4, 19), (2000, 4, 23), (2035, 3, 25)]
    {
        assert_eq!(easter(year), NaiveDate::from_ymd_opt(year, month, day), "{year}");
    }
}
