use super::*;

#[test]
fn cohen_as_in_the_textbook() {
    // 50 items: both yes 20, both no 15, only the first 5, only the second 10: κ = 0.40.
    let mut pairs = vec![];
    for (one, other, times) in [(true, true, 20), (false, false, 15), (true, false, 5), (false, true, 10)] {
        pairs.extend(vec![(one, other); times]);
    }
    assert_eq!(agreement(&pairs), Agreement { coded_twice: 50, same: 35, kappa: Some(0.4) });
}

#[test]
fn without_a_choice_there_is_no_kappa() {
    assert_eq!(agreement(&[(1, 1), (1, 1)]), Agreement { coded_twice: 2, same: 2, kappa: None });
    assert_eq!(agreement::<u8>(&[]).kappa, None);
}
