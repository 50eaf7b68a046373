use proptest::prelude::*;

use super::{
    super::story::{Story, coded, decided, frozen, lawful, look, moment, notice, offence, seen},
    *,
};
use crate::{
    case::{Entry, Observer},
    takedown::Fate,
};

/// 70 notified posts: 28 gone at 48 h (17 removed, 2 withheld, 1 account suspended, 4 deleted by their author, 4 without a cause),
/// 42 still there, of which 6 go later.
fn seventy() -> Vec<Story> {
    let fate = |index: usize| match index {
        0..17 => Fate::RemovedByPlatform,
        17..19 => Fate::WithheldGeo,
        19 => Fate::AccountSuspended,
        20..24 => Fate::DeletedByAuthor,
        24..28 => Fate::GoneCauseUnknown,
        28..34 => Fate::RemovedByPlatform,
        _ => Fate::Online,
    };
    let story = |index: usize| {
        let told = Story::notified(&format!("19000000000000{index:05}"));
        match index {
            0..28 => told.looks(&[
                (24.0, Fate::Online),
                (47.0, fate(index)),
                (73.0, fate(index)),
                (168.0, fate(index)),
                (720.0, fate(index)),
            ]),
            28..34 => told.looks(&[
                (24.0, Fate::Online),
                (49.0, Fate::Online),
                (100.0, fate(index)),
                (168.0, fate(index)),
                (721.0, fate(index)),
            ]),
            _ => {
                told.looks(&[(24.0, Fate::Online), (48.5, Fate::Online), (168.0, Fate::Online), (720.0, Fate::Online)])
            }
        }
    };
    (0..70).map(story).collect()
}

fn counted(stories: &[Story]) -> Campaign {
    measure(&stories.iter().map(Story::case).collect::<Vec<_>>(), moment(800.0), None, false)
}

fn at_48(campaign: &Campaign) -> &Cut {
    &campaign.total.cuts[1]
}

fn sentence(rate: &Rate) -> String {
    format!(
        "{} of {} ({:.1} %, 95 % CI {:.1}–{:.1})",
        rate.n,
        rate.of,
        rate.percent.unwrap(),
        rate.low.unwrap(),
        rate.high.unwrap()
    )
}

#[test]
fn twenty_eight_of_seventy_are_no_longer_accessible_at_48_hours() {
    let campaign = counted(&seventy());
    let cut = at_48(&campaign);
    assert_eq!(sentence(&cut.gone), "28 of 70 (40.0 %, 95 % CI 29.3–51.7)");
    assert_eq!(sentence(&cut.attributable), "20 of 70 (28.6 %, 95 % CI 19.3–40.1)");
    assert_eq!((cut.removed_by_platform, cut.restricted, cut.account_suspended), (17, 2, 1));
    assert_eq!((cut.deleted_by_author, cut.gone_cause_unknown, cut.online, cut.unknown), (4, 4, 42, 0));
    assert_eq!(campaign.total.cuts[0].gone.n, 0);
    assert_eq!(campaign.total.cuts[2].gone.n, 34);
    assert_eq!(campaign.total.cuts[3].attributable.n, 26);
    assert_eq!(campaign.survival.events, 34);
    assert_eq!(campaign.survival.median, None, "less than half have gone");
}

#[test]
fn it_stays_right_in_the_noise() {
    let mut cases = vec![];
    for (index, mut story) in seventy().into_iter().enumerate() {
        // Walls, errors and refusals, before, near and after.
        for (hours, fate) in [
            (12.0, Fate::TempError),
            (47.9, Fate::LoginWall),
            (48.0, Fate::BlockedBot),
            (48.1, Fate::RateLimited),
            (60.0, Fate::Unknown),
            (169.0, Fate::AgeWall),
        ] {
            story.push(hours, look(fate));
        }
        // The browser was closed for three days around the moment: what both sides agree on is known.
        if (10..17).contains(&index) {
            story.entries.retain(|(hours, _)| *hours < 24.0 || *hours > 96.0);
            story.push(22.0, look(Fate::RemovedByPlatform));
        }
        if (40..50).contains(&index) {
            story.entries.retain(|(hours, _)| *hours < 20.0 || *hours > 92.0);
            story.push(19.0, look(Fate::Online));
        }
        // One absence that was an error of the platform, and one without control.
        if (50..55).contains(&index) {
            story.push(46.0, seen(Fate::GoneCauseUnknown, Observer::Probe, Some(false), false));
        }
        let case = match index {
            // The clock of the device went back by a day for one entry, to 1970, or a year ahead: the network set it right.
            20..24 => story.told(|at, hours| if at == 3 { hours - 24.0 } else { hours }),
            55..58 => story.told(|at, hours| if at == 3 { -500_000.0 } else { hours }),
            58..62 => story.told(|at, hours| if at == 3 { hours + 8_760.0 } else { hours }),
            _ => story.case(),
        };
        cases.push(case);
    }
    let campaign = measure(&cases, moment(800.0), None, false);
    let cut = at_48(&campaign);
    assert_eq!(sentence(&cut.gone), "28 of 70 (40.0 %, 95 % CI 29.3–51.7)");
    assert_eq!(sentence(&cut.attributable), "20 of 70 (28.6 %, 95 % CI 19.3–40.1)");
    assert_eq!(cut.deleted_by_author, 4);
    assert_eq!((cut.online, cut.unknown, cut.to_confirm), (42, 0, 0));
}

#[test]
fn what_nobody_saw_is_unknown_and_stays_in_the_denominator() {
    let mut stories = seventy();
    // Seen at 24 h, and gone at 100 h: nobody knows for 48 h.
    for story in &mut stories[28..34] {
        story.entries.retain(|(hours, _)| *hours < 40.0 || *hours > 60.0);
    }
    // Seen gone once, never again.
    stories[0].entries.retain(|(hours, _)| *hours < 60.0);
    let campaign = counted(&stories);
    let cut = at_48(&campaign);
    assert_eq!((cut.unknown, cut.to_confirm, cut.gone.n, cut.gone.of), (6, 1, 27, 70));
    assert_eq!(cut.gone_at_most, Some(48.6));
}

#[test]
fn what_is_left_out_is_counted() {
    let mut gone_before = Story::notified("1").looks(&[(-0.5, Fate::GoneCauseUnknown), (48.0, Fate::GoneCauseUnknown)]);
    gone_before.case = "a".to_owned();
    let mut set_aside = Story::notified("2");
    set_aside.push(5.0, decided(lawful()));
    // The clock stood ten hours ahead while the notice was recorded, and for the entry after it.
    let undated = Story::notified("3").looks(&[(1.0, Fate::Online), (2.0, Fate::Online), (30.0, Fate::Online)]);
    let undated = undated.told(|at, hours| if at == 2 { hours + 20.0 } else { hours });
    let cases =
        [gone_before.case(), set_aside.case(), undated, Story::captured("4").case(), Story::notified("5").case()];
    let campaign = measure(&cases, moment(800.0), None, false);
    assert_eq!(campaign.excluded, Excluded { not_notified: 1, set_aside: 1, not_there: 1, undated: 1, not_listed: 0 });
    assert_eq!(campaign.items, 1);
}

#[test]
fn members_who_bring_the_same_notice_bring_it_once() {
    let one = Story::notified("7").looks(&[(24.0, Fate::Online), (47.0, Fate::RemovedByPlatform)]);
    let mut other = Story::notified("7").looks(&[(72.0, Fate::RemovedByPlatform)]);
    other.case = "other-computer".to_owned();
    let mut third = Story::captured("7");
    third.case = "somebody-else".to_owned();
    third.push(-1.0, super::super::story::qualified("O-P2"));
    third.push(0.0, notice("22222222"));
    let apart = measure(&[one.case()], moment(800.0), None, false);
    assert_eq!(at_48(&apart).to_confirm, 1);
    let campaign = measure(&[one.case(), other.case(), one.case(), third.case()], moment(800.0), None, false);
    assert_eq!((campaign.items, campaign.merged), (2, 1));
    assert_eq!(at_48(&campaign).removed_by_platform, 1, "two members' looks confirm each other");
}

#[test]
fn a_moment_that_has_not_come_is_no_unknown() {
    let stories = seventy();
    let cases: Vec<_> = stories.iter().map(Story::case).collect();
    let campaign = measure(&cases, moment(60.0), None, false);
    let cut = &campaign.total.cuts[2];
    assert_eq!((cut.of, cut.not_due, cut.gone.percent), (0, 70, None));
}

#[test]
fn a_frozen_list_shows_what_was_left_out() {
    let posts: Vec<String> = (0..12).map(|index| format!("{index}")).collect();
    let list = list_digest(posts.iter().map(|post| ("x", post.as_str()))).unwrap();
    let stories: Vec<Story> = posts
        .iter()
        .enumerate()
        .map(|(index, post)| {
            let mut story = Story::notified(post);
            story.push(if index == 3 { 1.0 } else { -0.5 }, frozen(list, 12));
            story
        })
        .collect();
    let extra = Story::notified("99");
    let mut cases: Vec<_> = stories.iter().chain([&extra]).map(Story::case).collect();
    let whole = measure(&cases, moment(800.0), Some("testing"), false);
    assert_eq!((whole.items, whole.excluded.not_listed), (12, 1));
    let listing = &whole.lists[0];
    assert_eq!((listing.listed, listing.here, listing.complete, listing.notified_before), (12, 12, true, 1));
    cases.remove(5);
    let partial = measure(&cases, moment(800.0), Some("testing"), false);
    assert_eq!((partial.lists[0].here, partial.lists[0].complete), (11, false));
}

#[test]
fn two_coders_are_compared() {
    let mut stories = seventy();
    for (index, story) in stories.iter_mut().enumerate().take(20) {
        story.push(-0.2, coded(if index < 15 { offence("O-P2", None) } else { lawful() }));
    }
    let campaign = counted(&stories);
    assert_eq!((campaign.agreement_offence.coded_twice, campaign.agreement_offence.same), (20, 15));
    assert_eq!(
        campaign.agreement_illegal.kappa,
        Some(0.0),
        "the first coder's constant answer tells nothing beyond chance"
    );
}

#[test]
fn a_public_table_hides_small_groups_and_what_would_give_them_away() {
    let mut stories = seventy();
    for (index, story) in stories.iter_mut().enumerate() {
        let platform = match index {
            0..5 => "mastodon",
            5..25 => "facebook",
            _ => "x",
        };
        if let Some((_, Entry::Captured(captured))) = story.entries.first_mut() {
            captured.platform = platform.to_owned();
        }
    }
    let cases: Vec<_> = stories.iter().map(Story::case).collect();
    let shown = |public| {
        let campaign = measure(&cases, moment(800.0), None, public);
        campaign.by_platform.into_iter().map(|group| (group.key, group.items, group.suppressed)).collect::<Vec<_>>()
    };
    let row = |key: &str, items, hidden| (key.to_owned(), items, hidden);
    assert_eq!(shown(false), [row("facebook", 20, false), row("mastodon", 5, false), row("x", 45, false)]);
    assert_eq!(shown(true), [row("facebook", 0, true), row("mastodon", 0, true), row("x", 45, false)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn silence_never_changes_a_count(noise in prop::collection::vec((0usize..70, 1.0..799.0f64, 0usize..6), 0..60)) {
        let silent = [Fate::TempError, Fate::LoginWall, Fate::BlockedBot, Fate::RateLimited, Fate::AgeWall, Fate::Unknown];
        let mut stories = seventy();
        let quiet = counted(&stories);
        for (index, hours, fate) in noise {
            stories[index].push(hours, look(silent[fate]));
        }
        prop_assert_eq!(counted(&stories), quiet);
    }

    #[test]
    fn order_and_repetition_do_not_matter(seed in prop::collection::vec(0usize..70, 0..90), turn in 0usize..70) {
        let mut cases: Vec<_> = seventy().iter().map(Story::case).collect();
        let once = measure(&cases, moment(800.0), None, false);
        let again: Vec<_> = seed.iter().map(|index| cases[*index].clone()).collect();
        cases.rotate_left(turn);
        cases.extend(again);
        prop_assert_eq!(measure(&cases, moment(800.0), None, false), once);
    }

    #[test]
    fn columns_always_add_up(looks in prop::collection::vec((0usize..70, 0.5..799.0f64, 0usize..7), 0..120)) {
        let fates = [
            Fate::Online, Fate::RemovedByPlatform, Fate::DeletedByAuthor, Fate::AccountGone, Fate::RemovedByCommunityMod,
            Fate::TempError, Fate::Private,
        ];
        let mut stories = seventy();
        for (index, hours, fate) in looks {
            stories[index].push(hours, look(fates[fate]));
        }
        let campaign = counted(&stories);
        for cut in &campaign.total.cuts {
            let gone = cut.removed_by_platform + cut.restricted + cut.account_suspended + cut.removed_by_moderators
                + cut.deleted_by_author + cut.gone_cause_unknown;
            prop_assert_eq!(gone, cut.gone.n);
            prop_assert_eq!(gone + cut.online + cut.to_confirm + cut.unknown, cut.of);
            prop_assert_eq!(cut.of + cut.not_due, 70);
            prop_assert!(cut.attributable.n <= cut.gone.n);
        }
    }
}
