use super::{super::catalogue, *};

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
