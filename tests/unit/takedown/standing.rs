use super::*;

fn at(hours: i64) -> Instant {
    Instant::parse("2026-11-24T08:00:00Z").unwrap().plus_millis(hours * HOUR)
}

fn look(hours: i64, fate: Fate, control: bool) -> Observation {
    Observation { at: at(hours), baseline: hours == 0, by_user: false, fate, control: Some(control) }
}

#[test]
fn one_gone_answer_is_not_a_disappearance() {
    let seen = [look(0, Fate::Online, true), look(24, Fate::RemovedByPlatform, true)];
    assert_eq!(
        standing(&seen),
        Standing::Unconfirmed {
            fate: Fate::RemovedByPlatform,
            last_online: Some(at(0)),
            first_gone: at(24),
            confirm_from: at(48)
        }
    );
}

#[test]
fn two_a_day_apart_with_a_control_are() {
    let seen = [
        look(0, Fate::Online, true),
        look(24, Fate::Online, true),
        look(31, Fate::AccountSuspended, true),
        look(40, Fate::TempError, false),
        look(55, Fate::AccountSuspended, true),
    ];
    assert_eq!(
        standing(&seen),
        Standing::Gone {
            fate: Fate::AccountSuspended,
            last_online: Some(at(24)),
            first_gone: at(31),
            confirmed: at(55),
            counts: true
        }
    );
}

#[test]
fn without_a_control_or_a_day_nothing_is_confirmed() {
    let soon =
        [look(0, Fate::Online, true), look(24, Fate::GoneCauseUnknown, true), look(47, Fate::GoneCauseUnknown, true)];
    assert!(matches!(standing(&soon), Standing::Unconfirmed { .. }));
    let alone =
        [look(0, Fate::Online, true), look(24, Fate::GoneCauseUnknown, false), look(72, Fate::GoneCauseUnknown, true)];
    assert!(matches!(standing(&alone), Standing::Unconfirmed { .. }));
    let mut none = look(72, Fate::GoneCauseUnknown, true);
    none.control = None;
    assert!(matches!(
        standing(&[look(0, Fate::Online, true), look(24, Fate::GoneCauseUnknown, true), none]),
        Standing::Unconfirmed { .. }
    ));
}

#[test]
fn looks_that_disagree_on_the_cause_leave_it_unknown() {
    let seen =
        [look(0, Fate::Online, true), look(24, Fate::RemovedByPlatform, true), look(72, Fate::DeletedByAuthor, true)];
    assert!(matches!(standing(&seen), Standing::Gone { fate: Fate::GoneCauseUnknown, counts: false, .. }));
}

#[test]
fn a_return_is_said() {
    let seen = [
        look(0, Fate::Online, true),
        look(24, Fate::GoneCauseUnknown, true),
        look(72, Fate::GoneCauseUnknown, true),
        look(96, Fate::OnlineLimited, true),
    ];
    assert_eq!(standing(&seen), Standing::Online { fate: Fate::OnlineLimited, last_seen: at(96), returned: true });
}

#[test]
fn a_blind_check_leaves_it_to_the_person() {
    let blind =
        [look(0, Fate::Unknown, true), look(24, Fate::GoneCauseUnknown, true), look(72, Fate::GoneCauseUnknown, true)];
    assert_eq!(standing(&blind), Standing::ByHandOnly);
    let by_hand = |hours, fate| Observation { at: at(hours), baseline: false, by_user: true, fate, control: None };
    let mut seen = blind.to_vec();
    seen.extend([by_hand(30, Fate::Online), by_hand(80, Fate::AccountSuspended), by_hand(110, Fate::AccountSuspended)]);
    assert!(matches!(standing(&seen), Standing::Gone { counts: true, .. }));
}

#[test]
fn walls_and_errors_prove_nothing() {
    assert_eq!(standing(&[]), Standing::NotChecked);
    let walls = [look(1, Fate::LoginWall, true), look(30, Fate::TempError, true)];
    assert_eq!(standing(&walls), Standing::Unknown { last: at(30) });
    let json = serde_json::to_string(&standing(&walls)).unwrap();
    assert_eq!(json, r#"{"state":"unknown","last":"2026-11-25T14:00:00.000Z"}"#);
}

#[test]
fn checks_come_after_one_two_seven_fourteen_and_thirty_days() {
    assert_eq!(schedule(at(0)), [at(24), at(48), at(168), at(336), at(720)]);
}
