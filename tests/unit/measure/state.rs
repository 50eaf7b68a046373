use super::*;

fn look(hours: i64, fate: Fate) -> Look {
    Look { span: Span { from: hours * HOUR, to: hours * HOUR }, fate, sure: true, decided: false }
}

fn at(looks: &[Look], hours: i64) -> State {
    Timeline::of(looks).at(hours * HOUR)
}

const REMOVED: State = State::Gone(Fate::RemovedByPlatform);

#[test]
fn what_both_sides_agree_on_is_known() {
    let looks = [
        look(0, Fate::Online),
        look(100, Fate::Online),
        look(130, Fate::RemovedByPlatform),
        look(200, Fate::RemovedByPlatform),
    ];
    assert_eq!(at(&looks, 48), State::Online);
    assert_eq!(at(&looks, 168), REMOVED);
    assert_eq!(at(&looks, 115), State::Unknown, "fifteen hours from each");
    assert_eq!(at(&looks, 125), REMOVED);
    assert_eq!(at(&looks, 106), State::Online);
    assert_eq!(at(&looks, 206), REMOVED);
    assert_eq!(at(&looks, 207), State::Unknown);
}

#[test]
fn causes_that_differ_are_no_cause() {
    let looks = [look(0, Fate::Online), look(48, Fate::RemovedByPlatform), look(80, Fate::AccountSuspended)];
    assert_eq!(at(&looks, 48), State::Gone(Fate::GoneCauseUnknown));
}

#[test]
fn a_day_apart_and_sure() {
    let unsure = Look { sure: false, ..look(80, Fate::RemovedByPlatform) };
    assert_eq!(at(&[look(0, Fate::Online), look(48, Fate::RemovedByPlatform), unsure], 48), State::ToConfirm);
    assert_eq!(at(&[look(48, Fate::RemovedByPlatform), look(71, Fate::RemovedByPlatform)], 48), State::ToConfirm);
    assert_eq!(at(&[look(48, Fate::RemovedByPlatform), look(72, Fate::RemovedByPlatform)], 48), REMOVED);
}

#[test]
fn the_platforms_own_decision_needs_no_second_look() {
    let decided = Look { decided: true, ..look(30, Fate::RemovedByPlatform) };
    assert_eq!(at(&[look(0, Fate::Online), decided, look(48, Fate::GoneCauseUnknown)], 48), REMOVED);
}

#[test]
fn a_look_of_unsure_time_can_contradict() {
    let between = Look { span: Span { from: 0, to: 100 * HOUR }, ..look(0, Fate::RemovedByPlatform) };
    let looks = [look(0, Fate::Online), between, look(100, Fate::Online)];
    assert_eq!(at(&looks, 48), State::Unknown);
}

#[test]
fn a_post_that_came_back_has_returned() {
    let looks = [
        look(0, Fate::Online),
        look(10, Fate::RemovedByPlatform),
        look(40, Fate::RemovedByPlatform),
        look(90, Fate::Online),
    ];
    let timeline = Timeline::of(&looks);
    assert!(timeline.returned(0));
    assert_eq!(timeline.disappearance(0), (0, Some(10 * HOUR)));
    assert_eq!(timeline.at(91 * HOUR), State::Online);
}
