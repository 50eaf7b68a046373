use super::*;

#[test]
fn every_round_says_what_it_measured_and_where_that_stands() {
    for round in rounds() {
        assert!(
            !round.source.is_empty() && !round.measured_fr.is_empty() && !round.measured_en.is_empty(),
            "{}",
            round.id
        );
        for figure in &round.figures {
            assert!(["removed", "reviewed_24h", "feedback"].contains(&figure.what.as_str()), "{}", figure.what);
            assert!(
                figure.platform.is_empty() || crate::platform::by_id(&figure.platform).is_some(),
                "{}",
                figure.platform
            );
            if let (Some(n), Some(of)) = (figure.n, figure.of) {
                assert!((n * 1000).div_ceil(of).abs_diff(u64::from(figure.permille)) <= 1, "{} {n}/{of}", round.id);
            }
        }
    }
}

#[test]
fn the_figure_of_the_field_is_there() {
    let dispatch = rounds().iter().find(|round| round.id == "afp2021").unwrap();
    assert_eq!((dispatch.figures[0].n, dispatch.figures[0].of), (Some(28), Some(70)));
    assert!(!dispatch.figures[0].sure, "not found in the ruling");
}
