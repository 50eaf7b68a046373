use super::*;
use crate::takedown::standing;

const HOUR: i64 = 3_600_000;

fn at(hours: i64) -> Instant {
    Instant::EPOCH.plus_millis(hours * HOUR)
}

fn look(hours: i64, fate: Fate, by_user: bool) -> Observation {
    Observation { at: at(hours), baseline: hours == 0, by_user, fate, control: None }
}

fn after(looks: &[Observation], rulings: &[(i64, Option<Fate>)]) -> Standing {
    let rulings: Vec<Ruled> = rulings.iter().map(|(hours, fate)| Ruled { at: at(*hours), fate: *fate }).collect();
    ruled(standing(looks), looks, &rulings)
}

#[test]
fn a_removal_that_the_platform_announces_needs_no_second_sighting() {
    let looks = [look(0, Fate::Online, false), look(24, Fate::Online, false), look(31, Fate::GoneCauseUnknown, false)];
    assert!(matches!(standing(&looks), Standing::Unconfirmed { .. }));
    assert_eq!(
        after(&looks, &[(40, Some(Fate::RemovedByPlatform))]),
        Standing::Gone {
            fate: Fate::RemovedByPlatform,
            last_online: Some(at(24)),
            first_gone: at(31),
            confirmed: at(40),
            counts: true
        }
    );
}

#[test]
fn without_any_look_the_disappearance_is_at_the_latest_the_decision() {
    let Standing::Gone { last_online: None, first_gone, .. } = after(&[], &[(5, Some(Fate::AccountSuspended))]) else {
        panic!()
    };
    assert_eq!(first_gone, at(5));
}

#[test]
fn a_post_seen_again_after_the_decision_is_online_whatever_was_announced() {
    let removed = [(10, Some(Fate::RemovedByPlatform))];
    for by_user in [true, false] {
        let looks = [look(0, Fate::Online, false), look(12, Fate::Online, by_user)];
        assert!(matches!(after(&looks, &removed), Standing::Online { .. }));
    }
    let before = [look(0, Fate::Online, false), look(9, Fate::Online, true)];
    assert!(matches!(after(&before, &removed), Standing::Gone { .. }));
}

#[test]
fn a_machine_that_never_saw_the_post_refutes_nothing() {
    let looks = [look(0, Fate::LoginWall, false), look(12, Fate::Online, false)];
    assert!(matches!(after(&looks, &[(10, Some(Fate::RemovedByPlatform))]), Standing::Gone { last_online: None, .. }));
}

#[test]
fn a_refusal_or_an_unclear_answer_changes_nothing_and_the_last_decision_stands() {
    let looks = [look(0, Fate::Online, false)];
    for fate in [None, Some(Fate::OnlineLimited)] {
        assert_eq!(after(&looks, &[(5, fate)]), standing(&looks));
        assert_eq!(after(&looks, &[(5, Some(Fate::RemovedByPlatform)), (9, fate)]), standing(&looks));
    }
    assert!(matches!(after(&looks, &[(9, Some(Fate::WithheldGeo)), (5, None)]), Standing::Gone { .. }));
}
