use super::{
    super::{
        State,
        story::{Story, look, moment, seen},
    },
    *,
};
use crate::case::{Acknowledged, Decided};

#[test]
fn a_blind_baseline_leaves_only_what_a_person_saw() {
    let mut story = Story::notified("1");
    story.push(-1.5, seen(Fate::LoginWall, Observer::Probe, None, true));
    story.push(24.0, look(Fate::RemovedByPlatform));
    story.push(49.0, look(Fate::RemovedByPlatform));
    assert_eq!(Item::of(&story.case()).unwrap().looks.len(), 1, "the capture itself");
    story.push(50.0, seen(Fate::RemovedByPlatform, Observer::User, None, false));
    assert_eq!(Item::of(&story.case()).unwrap().looks.len(), 2);
}

#[test]
fn an_item_is_known_by_post_sender_and_day() {
    let item = Item::of(&Story::notified("42").case()).unwrap();
    assert_eq!(
        item.key,
        Key {
            platform: "x".to_owned(),
            post: "42".to_owned(),
            sender: Some("11111111".to_owned()),
            day: (2026, 10, 24)
        }
    );
}

#[test]
fn the_platforms_answer_counts_and_its_decision_outranks_a_probe() {
    let mut story = Story::notified("1").looks(&[(24.0, Fate::Online), (48.0, Fate::GoneCauseUnknown)]);
    let receipt = Acknowledged { notice: 1, at: moment(0.5), reference: None, piece: None };
    story.push(1.0, Entry::Acknowledged(receipt));
    let decision = |ruling, hours| Decided {
        notice: 1,
        complaint: None,
        decided_at: moment(hours),
        ruling,
        reference: None,
        piece: None,
    };
    story.push(60.0, Entry::Decided(decision(Ruling::Removed, 40.0)));
    let item = Item::of(&story.case()).unwrap();
    assert_eq!((item.acknowledged_at, item.decided_at, item.refused), (Some(moment(0.5)), Some(moment(40.0)), false));
    let at = moment(48.0).millis();
    assert_eq!(item.timeline().at(at), State::Gone(Fate::RemovedByPlatform), "one look, and the platform's own word");

    let mut refused = Story::notified("2").looks(&[(24.0, Fate::Online), (48.0, Fate::Online)]);
    refused.push(30.0, Entry::Decided(decision(Ruling::Kept, 29.0)));
    let item = Item::of(&refused.case()).unwrap();
    assert!(item.refused && item.timeline().at(at) == State::Online);
}
