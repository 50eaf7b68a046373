use super::{
    super::story::{Story, look, seen},
    *,
};

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
