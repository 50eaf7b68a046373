use super::*;

fn exact(hours: f64) -> Interval {
    Interval { after: hours - 0.001, by: Some(hours) }
}

fn still(hours: f64) -> Interval {
    Interval { after: hours, by: None }
}

#[test]
fn without_intervals_it_is_kaplan_and_meier() {
    // Freireich 1963, treated group: published S(6) = 0.857, S(7) = 0.807, S(10) = 0.753, S(13) = 0.690, S(16) = 0.627, S(22) = 0.538, S(23) = 0.448.
    let events = [6.0, 6.0, 6.0, 7.0, 10.0, 13.0, 16.0, 22.0, 23.0].map(exact);
    let censored = [6.0, 9.0, 10.0, 11.0, 17.0, 19.0, 20.0, 25.0, 32.0, 32.0, 34.0, 35.0].map(still);
    let all: Vec<_> = events.into_iter().chain(censored).collect();
    let found = survival(&all);
    assert_eq!((found.of, found.events), (21, 9));
    let curve: Vec<_> = found.curve.iter().map(|point| (point.by, point.gone)).collect();
    assert_eq!(curve, [(6.0, 14.3), (7.0, 19.3), (10.0, 24.7), (13.0, 31.0), (16.0, 37.3), (22.0, 46.2), (23.0, 55.2)]);
    assert_eq!(found.median.unwrap().by, Some(23.0));
}

#[test]
fn a_median_is_an_interval_where_looks_are_far_apart() {
    let all = [Interval { after: 24.0, by: Some(96.0) }; 6];
    assert_eq!(survival(&all).median, Some(Interval { after: 24.0, by: Some(96.0) }));
}

#[test]
fn overlapping_intervals_meet() {
    let all = [
        Interval { after: 0.0, by: Some(24.0) },
        Interval { after: 12.0, by: Some(48.0) },
        Interval { after: 20.0, by: Some(22.0) },
    ];
    let found = survival(&all);
    assert_eq!(found.curve.len(), 1);
    assert_eq!((found.curve[0].after, found.curve[0].by, found.curve[0].gone), (20.0, 22.0, 100.0));
}

#[test]
fn nothing_gone_has_no_median() {
    assert_eq!(survival(&[still(30.0), still(720.0)]), Survival { of: 2, events: 0, median: None, curve: vec![] });
    assert_eq!(survival(&[]).of, 0);
}
