use super::{
    super::{DayOff, catalogue, day_off},
    *,
};

fn at(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

fn of(id: &str, published: &str) -> Limitation {
    limitation(Some(catalogue().offence(id).unwrap()), at(published))
}

#[test]
fn the_last_safe_day_is_the_same_day_number_less_one() {
    assert_eq!(of("injure_publique_particulier", "2026-03-15T10:00:00Z").last_safe_day, (2026, 6, 14));
    assert_eq!(of("injure_publique_origine_religion", "2026-03-15T10:00:00Z").last_safe_day, (2027, 3, 14));
    assert_eq!(of("menace_mort", "2026-03-15T10:00:00Z").last_safe_day, (2032, 3, 14));
}

#[test]
fn days_are_counted_in_paris() {
    let late = of("injure_publique_particulier", "2026-03-14T23:30:00Z");
    assert_eq!((late.from, late.last_safe_day), ((2026, 3, 15), (2026, 6, 14)));
    let new_year = of("injure_publique_origine_religion", "2025-12-31T23:30:00Z");
    assert_eq!((new_year.from, new_year.last_safe_day), ((2026, 1, 1), (2026, 12, 31)));
}

#[test]
fn short_months_and_leap_days_err_on_the_early_side() {
    assert_eq!(of("injure_publique_particulier", "2025-11-30T12:00:00Z").last_safe_day, (2026, 2, 27));
    assert_eq!(of("injure_publique_particulier", "2023-11-30T12:00:00Z").last_safe_day, (2024, 2, 28));
    assert_eq!(of("injure_publique_origine_religion", "2024-02-29T12:00:00Z").last_safe_day, (2025, 2, 27));
    assert_eq!(of("injure_publique_origine_religion", "2023-02-28T12:00:00Z").last_safe_day, (2024, 2, 27));
    assert_eq!(of("injure_publique_particulier", "2026-01-31T12:00:00Z").last_safe_day, (2026, 4, 29));
    assert_eq!(of("injure_publique_particulier", "2026-12-01T12:00:00Z").last_safe_day, (2027, 2, 28));
}

#[test]
fn an_unknown_offence_has_three_months_and_is_kept_as_long_as_the_longest() {
    let unknown = limitation(None, at("2026-03-15T10:00:00Z"));
    assert_eq!(unknown.last_safe_day, (2026, 6, 14));
    assert_eq!(unknown.keep_until, (2032, 9, 15));
    assert_eq!(unknown.confidence, Confidence::Check);
}

#[test]
fn warnings_take_the_shortest_and_retention_the_longest() {
    let private = of("injure_non_publique_discriminatoire", "2026-03-15T10:00:00Z");
    assert_eq!(private.last_safe_day, (2026, 6, 14));
    assert_eq!(private.keep_until, (2027, 9, 15));
}

/// Law of 1881, art. 65-3 since 26 August 2021: all délits of art. 24, 24 bis, 32 al. 2-3, 33 al. 3-4; three months for the rest.
#[test]
fn one_year_for_exactly_the_offences_of_article_65_3() {
    let one_year: Vec<_> = catalogue()
        .offences()
        .iter()
        .filter(|offence| offence.limitation.regime == Regime::PressOneYear)
        .map(|offence| offence.id.as_str())
        .collect();
    assert_eq!(
        one_year,
        [
            "provocation_haine_origine_religion",
            "provocation_haine_sexe_orientation_handicap",
            "provocation_crime_delit_directe",
            "apologie_crimes",
            "contestation_crime_humanite",
            "negation_autres_crimes",
            "injure_publique_origine_religion",
            "injure_publique_sexe_orientation_handicap",
            "diffamation_publique_origine_religion",
            "diffamation_publique_sexe_orientation_handicap",
        ]
    );
    for offence in catalogue().offences() {
        let expected = match offence.limitation.regime {
            Regime::Press => Period::Months(3),
            Regime::PressOneYear => Period::Years(1),
            Regime::Minor => Period::Years(10),
            Regime::Ordinary => match offence.basis[0].article.starts_with("R.") {
                true => Period::Years(1),
                false => Period::Years(6),
            },
        };
        assert_eq!(offence.limitation.shortest, expected, "{}", offence.id);
    }
}

/// Computed by hand with a printed calendar. Columns: publication in UTC, offence, last safe day, and what that day is.
#[test]
fn the_golden_table_of_dates() {
    const THREE_MONTHS: &str = "injure_publique_particulier";
    const ONE_YEAR: &str = "provocation_haine_origine_religion";
    const SIX_YEARS: &str = "menace_mort";
    const TEN_YEARS: &str = "pedocriminalite_images";
    let table = [
        // Plain days.
        ("2026-01-02T09:00:00Z", THREE_MONTHS, (2026, 4, 1), None),
        ("2025-08-15T12:00:00Z", THREE_MONTHS, (2025, 11, 14), None),
        ("2026-11-24T08:00:00Z", ONE_YEAR, (2027, 11, 23), None),
        ("2026-11-24T08:00:00Z", SIX_YEARS, (2032, 11, 23), None),
        ("2026-11-24T08:00:00Z", TEN_YEARS, (2036, 11, 23), Some(DayOff::Sunday)),
        // Midnight in Paris, winter and summer time.
        ("2026-01-14T22:59:59Z", THREE_MONTHS, (2026, 4, 13), None),
        ("2026-01-14T23:00:00Z", THREE_MONTHS, (2026, 4, 14), None),
        ("2026-07-14T21:59:59Z", THREE_MONTHS, (2026, 10, 13), None),
        ("2026-07-14T22:00:00Z", THREE_MONTHS, (2026, 10, 14), None),
        // The nights in which the clock changes.
        ("2026-03-28T23:30:00Z", THREE_MONTHS, (2026, 6, 28), Some(DayOff::Sunday)),
        ("2026-03-29T01:30:00Z", THREE_MONTHS, (2026, 6, 28), Some(DayOff::Sunday)),
        ("2026-10-24T21:30:00Z", THREE_MONTHS, (2027, 1, 23), Some(DayOff::Saturday)),
        ("2026-10-24T22:30:00Z", THREE_MONTHS, (2027, 1, 24), Some(DayOff::Sunday)),
        ("2026-10-25T01:30:00Z", THREE_MONTHS, (2027, 1, 24), Some(DayOff::Sunday)),
        // Ends of months.
        ("2026-05-31T12:00:00Z", THREE_MONTHS, (2026, 8, 30), Some(DayOff::Sunday)),
        ("2026-08-31T12:00:00Z", THREE_MONTHS, (2026, 11, 29), Some(DayOff::Sunday)),
        ("2026-11-30T12:00:00Z", THREE_MONTHS, (2027, 2, 27), Some(DayOff::Saturday)),
        ("2027-11-30T12:00:00Z", THREE_MONTHS, (2028, 2, 28), None),
        ("2027-11-29T12:00:00Z", THREE_MONTHS, (2028, 2, 28), None),
        ("2026-12-31T12:00:00Z", THREE_MONTHS, (2027, 3, 30), None),
        // 29 February.
        ("2020-02-29T12:00:00Z", ONE_YEAR, (2021, 2, 27), Some(DayOff::Saturday)),
        ("2024-02-29T12:00:00Z", SIX_YEARS, (2030, 2, 27), None),
        ("2028-02-29T12:00:00Z", THREE_MONTHS, (2028, 5, 28), Some(DayOff::Sunday)),
        ("2023-03-01T12:00:00Z", ONE_YEAR, (2024, 2, 29), None),
        // Holidays are said, and not relied on.
        ("2025-11-12T12:00:00Z", ONE_YEAR, (2026, 11, 11), Some(DayOff::Holiday)),
        ("2025-07-15T12:00:00Z", ONE_YEAR, (2026, 7, 14), Some(DayOff::Holiday)),
        ("2026-01-07T12:00:00Z", THREE_MONTHS, (2026, 4, 6), Some(DayOff::Holiday)),
        ("2026-02-15T12:00:00Z", THREE_MONTHS, (2026, 5, 14), Some(DayOff::Holiday)),
        ("2026-02-26T12:00:00Z", THREE_MONTHS, (2026, 5, 25), Some(DayOff::Holiday)),
    ];
    for (published, offence, last, off) in table {
        assert_eq!(of(offence, published).last_safe_day, last, "{published} {offence}");
        assert_eq!(day_off(last), off, "{last:?}");
    }
}

#[test]
fn while_nobody_has_decided_the_shortest_counts_and_the_longest_is_kept() {
    let known = |ids: &[&str]| {
        let offences: Vec<_> = ids.iter().map(|id| catalogue().offence(id).unwrap()).collect();
        limitation_among(offences, at("2026-03-15T10:00:00Z"))
    };
    let both = known(&["injure_publique_origine_religion", "injure_publique_particulier", "menace_mort"]).unwrap();
    assert_eq!((both.period, both.last_safe_day), (Period::Months(3), (2026, 6, 14)));
    assert_eq!(both.keep_until, (2032, 9, 15));
    assert_eq!(both.confidence, Confidence::Likely);
    let one = known(&["injure_publique_origine_religion"]).unwrap();
    assert_eq!((one.period, one.confidence), (Period::Years(1), Confidence::Sure));
    assert_eq!(known(&[]), None);
}

proptest::proptest! {
    #[test]
    fn whatever_the_moment_the_last_safe_day_is_before_the_end_of_the_period(
        millis in 0_i64..4_000_000_000_000, pick in 0_usize..48, later in 0_i64..90_000_000,
    ) {
        let offence = &catalogue().offences()[pick];
        let limit = limitation(Some(offence), Instant::from_millis(millis).unwrap());
        let end = date(limit.from).checked_add_months(limit.period.months()).unwrap();
        proptest::prop_assert_eq!(date(limit.last_safe_day).succ_opt().unwrap(), end);
        // Never later than counted by days, even with the shortest months.
        let most = match limit.period { Period::Months(count) => count * 31, Period::Years(count) => count * 366 };
        let days = date(limit.last_safe_day).signed_duration_since(date(limit.from)).num_days();
        proptest::prop_assert!(days < i64::from(most) && days > i64::from(most) * 28 / 31 - 2, "{}", days);
        // A later publication is never out of time earlier.
        let next = limitation(Some(offence), Instant::from_millis(millis + later).unwrap());
        proptest::prop_assert!(next.last_safe_day >= limit.last_safe_day);
        // What is kept is kept half a year longer than anything may still be done.
        proptest::prop_assert!(date(limit.keep_until) >= date(limit.last_safe_day).checked_add_months(Months::new(6)).unwrap());
    }

    #[test]
    fn two_moments_of_one_day_in_paris_have_one_last_day(year in 1990_i32..2060, day in 0_u64..365, one in 0_i64..86_400, other in 0_i64..86_400) {
        let noon = NaiveDate::from_ymd_opt(year, 1, 1).unwrap().checked_add_days(Days::new(day)).unwrap();
        let noon = Instant::parse(&format!("{noon}T11:00:00Z")).unwrap();
        let (one, other) = (noon.plus_millis((one - 43_200) * 1000), noon.plus_millis((other - 43_200) * 1000));
        if one.paris_day() == other.paris_day() {
            proptest::prop_assert_eq!(limitation(None, one).last_safe_day, limitation(None, other).last_safe_day);
        }
    }
}

#[test]
fn counts_the_days_left() {
    let limit = of("injure_publique_particulier", "2026-03-15T10:00:00Z");
    assert_eq!(limit.days_left(at("2026-06-14T21:59:00Z")), 0);
    assert_eq!(limit.days_left(at("2026-06-14T22:01:00Z")), -1);
    assert_eq!(limit.days_left(at("2026-05-15T10:00:00Z")), 30);
}

#[test]
fn periods_read_as_words() {
    assert_eq!(Period::Months(3).label(Lang::Fr), "3\u{a0}mois");
    assert_eq!(Period::Years(1).label(Lang::Fr), "1\u{a0}an");
    assert_eq!(Period::Years(6).label(Lang::En), "6 years");
    assert_eq!(Period::Months(1).label(Lang::En), "1 month");
}

#[test]
fn the_ends_of_the_calendar_do_not_panic() {
    for millis in [i64::MIN / 4, -62_135_596_800_000, 253_402_300_799_000] {
        if let Some(instant) = Instant::from_millis(millis) {
            limitation(None, instant);
        }
    }
}
