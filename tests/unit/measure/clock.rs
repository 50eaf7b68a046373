use super::{
    super::story::{Story, moment},
    *,
};
use crate::takedown::Fate;

fn hours(case: &Case) -> Vec<Option<f64>> {
    let start = moment(0.0).millis();
    let hour = |moment: i64| (moment - start) as f64 / 3_600_000.0;
    spans(case).values().map(|span| span.is_exact().then(|| hour(span.from))).collect()
}

fn story() -> Story {
    Story::notified("1").looks(&[
        (24.0, Fate::Online),
        (48.0, Fate::Online),
        (72.0, Fate::Online),
        (96.0, Fate::Online),
    ])
}

#[test]
fn a_clock_that_agrees_with_the_order_is_believed() {
    assert_eq!(hours(&story().case()), [-2.0, -1.0, 0.0, 24.0, 48.0, 72.0, 96.0].map(Some));
}

#[test]
fn an_entry_out_of_order_lies_between_its_neighbours() {
    for wrong in [-400_000.0, -1.5, 9_000.0] {
        let case = story().told(|at, hours| if at == 4 { wrong } else { hours });
        assert_eq!(
            hours(&case),
            [Some(-2.0), Some(-1.0), Some(0.0), Some(24.0), None, Some(72.0), Some(96.0)],
            "{wrong}"
        );
        let span = spans(&case)[&4];
        assert_eq!((span.from, span.to), (moment(24.0).millis(), moment(72.0).millis()));
    }
}

#[test]
fn which_of_two_halves_is_wrong_is_not_guessed() {
    // Two days back from the fifth entry on: 48 h reads 0 h and 72 h reads 24 h.
    let case = story().told(|at, hours| if at >= 4 { hours - 47.9 } else { hours });
    assert_eq!(hours(&case)[3..5], [None, None]);
}

#[test]
fn seconds_are_no_jump() {
    let case = story().told(|at, hours| if at == 4 { 24.0 - 0.01 } else { hours });
    assert_eq!(hours(&case)[4], Some(24.0));
}
