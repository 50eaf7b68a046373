//! The whole way on memory ports: from the gesture to the pack, and a worker killed between any two of its steps.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a helper of tests is a test")]

use std::{
    collections::BTreeSet,
    future::Future,
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use temoin::{
    app::{App, Gesture},
    base::{Instant, Lang},
    case::{Case, Decision, Entry, Status},
    evidence::{
        Digest,
        timestamp::{self, Roots},
    },
    pack::{Report, Subject, Verdict},
    port::{
        Fetched, Located, Target,
        memory::{MemoryPage, MemoryPorts, World},
    },
    protocol::{
        CaptureStage, CaseView, Consent, DeadlineKind, Event, Facts, Fate, NewPiece, PieceForm, Recourse, Reply,
        Request, Role, Ruling, Settings, StandingView, TimestampState,
    },
};

#[path = "support/openssl.rs"]
#[allow(dead_code, reason = "each test takes what it needs")]
mod openssl;
use openssl::Tsa;

const HOUR: i64 = 3_600_000;
const POST: &str = "https://x.com/camille_invente/status/1990000000000000000";
const SYNDICATION: &str = "https://cdn.syndication.twimg.com/*";

// ── The story ────────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn from_the_gesture_to_the_pack() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    let view = view(&app, &case);
    assert_eq!(view.pieces.len(), 1);
    assert!(!view.row.partial, "{:?}", view.pieces[0].missing);
    let post = view.pieces[0].post.as_ref().unwrap();
    assert_eq!(post.id, "1990000000000000000");
    assert_eq!(post.text, "Les invités de ce café sont des nuisibles 😡");
    assert_eq!(view.row.status, Status::Captured);
    assert_eq!(stages(&world).last(), Some(&CaptureStage::Saved));

    let decided = qualify(&app, &case);
    assert_eq!(decided.row.status, Status::Qualified);

    let Reply::Report(report) = now(app.handle(Request::DraftReport { case: case.clone() })) else { panic!() };
    assert!(report.fields.iter().any(|field| field.value.contains("1990000000000000000")));
    let reported = Request::RecordReport { case: case.clone(), sent_at: None, reference: Some("P-1".to_owned()) };
    assert_eq!(case_of(now(app.handle(reported))).row.status, Status::Reported);

    let Reply::Notice(notice) =
        now(app.handle(Request::DraftNotice { case: case.clone(), lang: Lang::Fr, also: vec![] }))
    else {
        panic!()
    };
    assert!(notice.prefilled.unwrap().starts_with("https://help.x.com/forms/dsa/report?content_id="));
    let sent = |good_faith| Request::RecordNotice {
        case: case.clone(),
        lang: Lang::Fr,
        also: vec![],
        good_faith,
        sent_at: None,
        reference: None,
    };
    assert_eq!(code(now(app.handle(sent(false)))), "no_good_faith");
    assert_eq!(case_of(now(app.handle(sent(true)))).row.status, Status::Notified);

    assert_eq!(world.requests.borrow().len(), 0, "nothing leaves without a switch");
    let Reply::Exported(exported) = now(app.handle(Request::Export { case: case.clone() })) else { panic!() };
    let downloads = world.downloads.borrow();
    let (name, bytes) = downloads.first().unwrap();
    assert_eq!(*name, exported.name);
    assert_eq!(exported.digest, Digest::of(bytes));
    let report = temoin::pack::verify(&mut std::io::Cursor::new(bytes), &temoin::evidence::timestamp::Roots::none());
    assert!(report.problems.is_empty(), "{:?}", report.problems);
}

#[test]
fn the_pack_holds_a_document_for_people_and_is_made_without_it_when_it_must() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    qualify(&app, &case);
    let bare = now(app.pack(&case)).unwrap();
    assert_eq!(
        bare.unprinted.map(|error| error.to_string()).as_deref(),
        Some("la mise en page n’est pas disponible ici")
    );

    let read = |name: &str| std::fs::read(format!("{}/www/fonts/{name}", env!("CARGO_MANIFEST_DIR"))).ok();
    *world.fonts.borrow_mut() = Some(temoin::paper::Fonts::new(read).unwrap());
    let pack = now(app.pack(&case)).unwrap();
    assert_eq!(pack.unprinted, None);
    assert_eq!(pack.files, bare.files + 1);
    assert!(pack.bytes == now(app.pack(&case)).unwrap().bytes, "the same case, other bytes");
    let report =
        temoin::pack::verify(&mut std::io::Cursor::new(&pack.bytes), &temoin::evidence::timestamp::Roots::none());
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    // One flipped byte of the document is seen like that of any other file.
    let at = pack.bytes.windows(8).position(|window| window == b"%PDF-1.7").unwrap();
    let mut changed = pack.bytes;
    changed[at + 100] ^= 1;
    let report = temoin::pack::verify(&mut std::io::Cursor::new(&changed), &temoin::evidence::timestamp::Roots::none());
    assert!(report.problems.iter().any(|problem| problem.file.as_deref() == Some("LISEZMOI.pdf")), "{report:?}");
}

#[test]
fn a_second_capture_of_the_same_post_is_a_second_piece() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    now(app.gesture(gesture()));
    let view = view(&app, &only_case(&world));
    assert_eq!(view.pieces.iter().map(|piece| piece.piece).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_timeline_waits_for_the_choice_and_a_cancelled_choice_leaves_nothing() {
    let world = world();
    page(&world, |page| page.located = Located::Choose);
    let app = worker(&world);
    now(app.gesture(gesture()));
    let capture = picking(&app);
    assert!(world.journals.borrow().is_empty());
    now(app.pick_cancelled(&capture));
    assert!(world.staged.borrow().is_empty() && world.blobs.borrow().is_empty() && world.journals.borrow().is_empty());

    now(app.gesture(gesture()));
    let capture = picking(&app);
    now(app.gesture(gesture()));
    assert_eq!(world.staged.borrow().len(), 1, "a second gesture begins the choice anew");
    assert_ne!(picking(&app), capture);
    let capture = picking(&app);
    // The worker slept while the user was choosing.
    let app = worker(&world);
    now(app.recover()).unwrap();
    now(app.picked(&capture));
    assert!(!view(&app, &only_case(&world)).row.partial);
}

#[test]
fn a_choice_ends_with_its_page() {
    let world = world();
    page(&world, |page| page.located = Located::Choose);
    let app = worker(&world);
    now(app.gesture(gesture()));
    picking(&app);
    world.page.replace(None);
    let Reply::Panel(panel) = now(app.handle(Request::Panel)) else { panic!() };
    assert!(panel.captures.is_empty() && world.staged.borrow().is_empty());
}

// ── What goes wrong ──────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_worker_killed_between_any_two_steps_leaves_a_case_that_is_whole_or_says_what_is_missing() {
    let mut killed = 0;
    for steps in 0.. {
        let world = world();
        let app = App::new(MemoryPorts::mortal(Rc::clone(&world), 7, steps));
        let finished = poll(app.gesture(gesture())).is_ready();
        drop(app);
        let begun = !world.staged.borrow().is_empty() || !world.journals.borrow().is_empty();
        let app = worker(&world);
        now(app.recover()).unwrap();
        assert!(world.staged.borrow().is_empty(), "killed before step {steps}: something is still under way");
        let journals = world.journals.borrow().clone();
        if !begun {
            assert!(journals.is_empty() && steps < 2, "nothing was read yet");
        } else {
            assert_eq!(journals.len(), 1, "killed before step {steps}");
            let case = Case::fold(journals.values().next().unwrap()).unwrap();
            let row = view(&app, &case.id).row;
            let whole = case.first().unwrap().is_whole();
            assert_eq!(row.partial, !whole);
            if !whole {
                assert!(case.first().unwrap().missing.iter().any(|missing| missing.reason == "interrupted"), "{steps}");
            }
            let files = now(app.pack(&case.id)).unwrap();
            assert!(!files.bytes.is_empty());
        }
        if finished {
            break;
        }
        killed += 1;
    }
    assert!(killed > 20, "only {killed} places to be killed at were found");
}

#[test]
fn a_second_gesture_while_a_choice_is_awaited_begins_anew() {
    let world = world();
    page(&world, |page| page.located = Located::Choose);
    let app = worker(&world);
    now(app.gesture(gesture()));
    let first = picking(&app);
    now(app.gesture(gesture()));
    let second = picking(&app);
    assert_ne!(first, second);
    assert_eq!(world.staged.borrow().len(), 1);
    now(app.picked(&first));
    assert!(world.journals.borrow().is_empty(), "the first choice is no longer awaited");
    now(app.picked(&second));
    only_case(&world);
}

#[test]
fn a_page_that_refuses_says_so_and_leaves_nothing() {
    let world = world();
    world.page.replace(None);
    let app = worker(&world);
    now(app.gesture(gesture()));
    let last = stages(&world).pop();
    assert!(matches!(&last, Some(CaptureStage::Failed { fault }) if fault.code == "page_refused"), "{last:?}");
    assert!(world.journals.borrow().is_empty() && world.staged.borrow().is_empty());
}

#[test]
fn without_a_picture_the_case_is_partial_and_says_why() {
    for (change, reason) in [
        ((|page: &mut MemoryPage| page.gesture = false) as fn(&mut MemoryPage), "no_gesture"),
        (|page| page.restless = true, "moved"),
    ] {
        let world = world();
        page(&world, change);
        let app = worker(&world);
        now(app.gesture(gesture()));
        let view = view(&app, &only_case(&world));
        assert!(view.row.partial);
        let missing = &view.pieces[0].missing;
        assert!(missing.iter().any(|missing| missing.what == "screenshot" && missing.reason == reason), "{missing:?}");
        assert!(view.pieces[0].post.is_some());
    }
}

#[test]
fn a_snapshot_of_another_version_or_shape_is_refused_with_its_code() {
    for (snapshot, expected) in [
        (String::new(), "snapshot_not_json"),
        ("{\"version\":99}".to_owned(), "snapshot_version"),
        ("{\"version\":1}".to_owned(), "snapshot_shape"),
    ] {
        let world = world();
        page(&world, |page| page.snapshot = snapshot.clone());
        let app = worker(&world);
        now(app.gesture(gesture()));
        let last = stages(&world).pop();
        assert!(matches!(&last, Some(CaptureStage::Failed { fault }) if fault.code == expected), "{last:?}");
    }
}

#[test]
fn a_full_store_is_said_and_loses_no_earlier_case() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    let before = world.journals.borrow().clone();
    world.full.set(true);
    now(app.gesture(gesture()));
    let last = stages(&world).pop();
    assert!(matches!(&last, Some(CaptureStage::Failed { fault }) if fault.code == "store_full"), "{last:?}");
    assert_eq!(*world.journals.borrow(), before);
}

#[test]
fn two_writers_never_fork_a_chain() {
    let world = world();
    let one = worker(&world);
    now(one.gesture(gesture()));
    let case = only_case(&world);
    let other = worker(&world);
    for fate in [Fate::Online, Fate::GoneCauseUnknown, Fate::Online] {
        assert!(matches!(now(one.handle(seen(&case, fate))), Reply::Case(_)));
        assert!(matches!(now(other.handle(seen(&case, fate))), Reply::Case(_)));
    }
    assert_eq!(view(&one, &case).observations.len(), 6);
}

// ── What may not be held ──────────────────────────────────────────────────────────────────────────────────────────────

/// Nothing of the content: the one blob left says that nothing was suggested.
fn nothing_is_left(world: &World) {
    let held: Vec<_> = world.blobs.borrow().values().cloned().collect();
    assert_eq!(held.len(), 1, "{held:?}");
    assert!(!String::from_utf8_lossy(&held[0]).contains("nuisibles"));
    assert!(world.staged.borrow().is_empty());
    for row in world.rows.borrow().values() {
        assert_eq!(row.body["excerpt"], "");
    }
}

#[test]
fn a_purge_leaves_the_address_and_nothing_else() {
    let world = world();
    page(&world, |page| page.media = vec![Ok(("image/png".to_owned(), b"pixels".to_vec()))]);
    let app = worker(&world);
    now(app.gesture(gesture()));
    now(app.gesture(gesture()));
    let case = only_case(&world);
    let wrong = Decision::Offence {
        offence: "pedocriminalite_images".to_owned(),
        ground: None,
        words: vec![],
        explanation: String::new(),
    };
    let decide = |decision| now(app.handle(Request::Qualify { case: case.clone(), facts: Facts::default(), decision }));
    assert_eq!(code(decide(wrong)), "purge_first", "the decision alone would leave the pictures");
    qualify(&app, &case);
    now(app.handle(Request::Export { case: case.clone() }));
    assert!(world.blobs.borrow().len() >= 8);

    let purged = case_of(now(app.handle(Request::Purge { case: case.clone() })));
    nothing_is_left(&world);
    assert!(purged.pieces.is_empty() && purged.outcome.is_none() && purged.probe.is_none());
    assert_eq!(purged.row.permalink, POST);
    let journal = world.journals.borrow()[&case].clone();
    let folded = Case::fold(&journal).unwrap();
    let (_, said) = folded.purged.unwrap();
    assert_eq!(said.exports, 1, "a pack that was made is named: only the person can delete it");
    assert!(said.files > 8, "{said:?}");
    assert_eq!(purged.timeline.last().unwrap().kind, "purged");

    let Reply::Report(report) = now(app.handle(Request::DraftReport { case: case.clone() })) else { panic!() };
    assert!(report.fields.iter().any(|field| field.value.contains("1990000000000000000")));
    let Reply::Notice(notice) =
        now(app.handle(Request::DraftNotice { case: case.clone(), lang: Lang::Fr, also: vec![] }))
    else {
        panic!()
    };
    assert!(notice.fields.iter().all(|field| field.id != "name" && field.id != "email"), "{:?}", notice.fields);
    assert_eq!(code(now(app.handle(Request::Export { case: case.clone() }))), "withheld");
    assert_eq!(code(decide(Decision::Lawful { kind: temoin::case::Outcome::Unknown })), "withheld");

    now(app.gesture(gesture()));
    assert!(matches!(stages(&world).last(), Some(CaptureStage::Failed { fault }) if fault.code == "withheld"));
    nothing_is_left(&world);
    assert_eq!(world.journals.borrow()[&case].len(), journal.len());
    now(app.handle(Request::Purge { case: case.clone() }));
    assert_eq!(world.journals.borrow()[&case].len(), journal.len(), "once is enough");
}

#[test]
fn a_purge_that_is_killed_anywhere_is_finished_by_the_next_worker() {
    let mut steps = 0;
    loop {
        let world = world();
        let app = worker(&world);
        now(app.gesture(gesture()));
        let case = only_case(&world);
        qualify(&app, &case);
        // A capture of the same post is under way, left by a worker that was killed too.
        assert!(poll(App::new(MemoryPorts::mortal(world.clone(), 5, 12)).gesture(gesture())).is_pending());
        assert_eq!(world.staged.borrow().len(), 1);
        let mortal = App::new(MemoryPorts::mortal(world.clone(), 7, steps));
        let done = poll(mortal.handle(Request::Purge { case: case.clone() })).is_ready();
        let asked = world.staged.borrow().keys().any(|id| id.starts_with("purge:"));
        let said = |world: &World| Case::fold(&world.journals.borrow()[&case]).unwrap().purged.is_some();
        if done || asked {
            now(worker(&world).recover()).unwrap();
            nothing_is_left(&world);
            assert!(said(&world), "killed before step {steps}");
        } else {
            assert!(!said(&world) || world.staged.borrow().is_empty(), "killed before step {steps}");
        }
        if done {
            break;
        }
        steps += 1;
    }
    assert!(steps > 20, "{steps}");
}

#[test]
fn an_address_alone_is_kept_without_touching_the_page() {
    let world = world();
    world.page.replace(None);
    let app = worker(&world);
    now(app.gesture(Gesture { kind: "address_only".to_owned(), ..gesture() }));
    let case = only_case(&world);
    nothing_is_left(&world);
    let view = view(&app, &case);
    assert_eq!((view.row.permalink.as_str(), view.row.status), (POST, Status::Qualified));
    assert_eq!(view.timeline.iter().map(|step| step.kind.as_str()).collect::<Vec<_>>(), ["address_kept", "qualified"]);
    let Reply::Panel(panel) = now(app.handle(Request::Panel)) else { panic!() };
    assert_eq!(panel.case.as_deref(), Some(case.as_str()));
    let Reply::Report(report) = now(app.handle(Request::DraftReport { case })) else { panic!() };
    assert!(report.fields.iter().any(|field| field.value.contains("1990000000000000000")));

    let again = now(app.handle(Request::KeepAddress { url: POST.to_owned() }));
    assert!(matches!(again, Reply::Case(_)));
    only_case(&world);
    for wrong in ["", "chrome://settings", "pas une adresse", "javascript:alert(1)"] {
        assert_eq!(code(now(app.handle(Request::KeepAddress { url: wrong.to_owned() }))), "not_an_address", "{wrong}");
    }
    let on_a_timeline = gesture_on("https://x.com/home");
    let link = Some(POST.replace(POST_ID, OTHER_ID));
    now(app.gesture(Gesture { kind: "address_only".to_owned(), link, ..on_a_timeline }));
    let addresses: Vec<_> = world.rows.borrow().values().map(|row| row.body["permalink"].clone()).collect();
    assert!(addresses.contains(&POST.replace(POST_ID, OTHER_ID).into()), "{addresses:?}");
    now(app.gesture(Gesture { kind: "address_only".to_owned(), ..gesture_on("about:blank") }));
    assert!(matches!(stages(&world).last(), Some(CaptureStage::Failed { .. })));
}

#[test]
fn an_address_that_was_captured_before_is_purged_only_when_the_person_says_so() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    let kept = world.blobs.borrow().len();
    let view = case_of(now(app.handle(Request::KeepAddress { url: POST.to_owned() })));
    assert_eq!(view.row.status, Status::Captured);
    assert_eq!(world.blobs.borrow().len(), kept);
}

#[test]
fn the_text_alone_is_captured_without_a_pixel() {
    let world = world();
    page(&world, |page| page.media = vec![Ok(("image/png".to_owned(), b"pixels".to_vec()))]);
    let app = worker(&world);
    now(app.gesture(Gesture { kind: "text_only".to_owned(), ..gesture() }));
    let view = view(&app, &only_case(&world));
    assert_eq!(view.pieces[0].post.as_ref().unwrap().text, "Les invités de ce café sont des nuisibles 😡");
    assert!(view.pieces[0].picture.is_none());
    assert!(!view.row.partial, "it is all that was asked for: {:?}", view.pieces[0].missing);
    let blobs = world.blobs.borrow();
    assert!(blobs.values().all(|bytes| bytes != b"a picture" && bytes != b"pixels"));
}

// ── What became of the post ──────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_disappearance_needs_a_baseline_two_sightings_a_day_apart_and_a_control() {
    let world = world();
    switch_on(&world);
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    let probe = view(&app, &case).probe.unwrap();
    let world = self::world();
    switch_on(&world);
    answer(&world, &probe.url, 200, ONLINE);
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    assert!(matches!(view(&app, &case).row.standing, StandingView::Online { .. }), "the baseline is the first look");
    assert!(view(&app, &case).observations[0].baseline);

    for empty in ["{}", "", "<html>captcha</html>"] {
        answer(&world, &probe.url, 200, empty);
        pass(&world, HOUR);
        assert_eq!(now(app.handle(Request::Check { case: case.clone() })), Reply::Done);
        let after = view(&app, &case);
        assert!(matches!(after.row.standing, StandingView::Online { .. }), "{empty} is not a removal");
    }

    pass(&world, 25 * HOUR);
    answer(&world, &probe.url, 200, SUSPENDED);
    now(app.run_due()).unwrap();
    assert!(matches!(view(&app, &case).row.standing, StandingView::Unconfirmed { fate: Fate::AccountSuspended, .. }));
    pass(&world, 25 * HOUR);
    now(app.run_due()).unwrap();
    let standing = view(&app, &case).row.standing;
    assert!(
        matches!(standing, StandingView::Unconfirmed { .. }),
        "without another post seen online in the same run nothing is confirmed: {standing:?}"
    );

    // Another post of the same platform, online at its last look, is the control.
    page(&world, |page| page.snapshot = snapshot().replace(POST_ID, OTHER_ID));
    answer(&world, &other_probe(), 200, &ONLINE.replace(POST_ID, OTHER_ID));
    now(app.gesture(gesture_on(&POST.replace(POST_ID, OTHER_ID))));
    for wait in [0, 25 * HOUR] {
        pass(&world, wait);
        now(app.handle(Request::Check { case: case.clone() }));
    }
    let standing = view(&app, &case).row.standing;
    let StandingView::Gone { fate, by_moderation, after, before } = standing else { panic!("{standing:?}") };
    assert_eq!((fate, by_moderation), (Fate::AccountSuspended, true));
    assert!(after < Some(before), "a disappearance is an interval");
}

#[test]
fn a_baseline_that_is_not_online_makes_the_case_checkable_by_hand_only() {
    let world = world();
    switch_on(&world);
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    assert_eq!(view(&app, &case).row.standing, StandingView::ByHandOnly);
    let seen = case_of(now(app.handle(seen(&case, Fate::Online))));
    assert!(matches!(seen.row.standing, StandingView::Online { .. }));
}

#[test]
fn no_request_leaves_while_the_switches_are_off() {
    let world = world();
    world.granted.borrow_mut().insert(SYNDICATION.to_owned());
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    assert_eq!(code(now(app.handle(Request::Check { case }))), "checks_off");
    pass(&world, 100 * HOUR);
    now(app.run_due()).unwrap();
    assert_eq!(*world.requests.borrow(), Vec::<String>::new());
}

#[test]
fn a_host_that_refuses_is_left_alone_for_longer_each_time() {
    let world = world();
    let (app, case, probe) = watched(&world);
    let requests = || world.requests.borrow().len();
    let check = |app: &App<MemoryPorts>| now(app.handle(Request::Check { case: case.clone() }));
    let mut waits = vec![];
    answer(&world, &probe, 429, "");
    assert_eq!(check(&app), Reply::Done);
    for _ in 0..3 {
        let before = requests();
        assert_eq!(code(check(&app)), "paused");
        // A restart of the browser forgets nothing.
        assert_eq!(code(check(&worker(&world))), "paused");
        now(app.run_due()).unwrap();
        assert_eq!(requests(), before, "nothing is asked during the pause");
        let mut minutes = 0;
        while code_of(check(&worker(&world))) == Some("paused".to_owned()) {
            pass(&world, 60_000);
            minutes += 1;
        }
        waits.push(minutes);
    }
    assert!(waits.windows(2).all(|pair| pair[0] < pair[1]), "{waits:?}");

    pass(&world, 24 * HOUR);
    let told = Fetched { status: 503, final_url: probe.clone(), retry_after: Some("7200".to_owned()), body: vec![] };
    world.web.borrow_mut().insert(probe.clone(), told);
    assert_eq!(check(&app), Reply::Done);
    pass(&world, 2 * HOUR - 1000);
    assert_eq!(code(check(&app)), "paused");
    pass(&world, 24 * HOUR);
    answer(&world, &probe, 200, ONLINE);
    assert_eq!(check(&app), Reply::Done);
    assert_eq!(check(&app), Reply::Done, "a host that answers is asked as before");
    assert!(matches!(view(&app, &case).row.standing, StandingView::Online { .. }));
}

#[test]
fn one_request_at_a_time_to_each_host() {
    let world = world();
    let (app, case, _) = watched(&world);
    world.slow.set(true);
    let check = || app.handle(Request::Check { case: case.clone() });
    let (mut first, mut second) = (pin!(check()), pin!(check()));
    let before = world.requests.borrow().len();
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending() && second.as_mut().poll(&mut context).is_pending());
    assert_eq!(world.requests.borrow().len(), before + 1, "the second waits for the first");
    world.slow.set(false);
    assert!(first.as_mut().poll(&mut context).is_ready());
    assert!(second.as_mut().poll(&mut context).is_ready());
    assert_eq!(world.requests.borrow().len(), before + 2);
    // Who gives up waiting holds nobody up.
    world.slow.set(true);
    let mut dropped = Box::pin(check());
    assert!(dropped.as_mut().poll(&mut context).is_pending());
    drop(dropped);
    world.slow.set(false);
    assert_eq!(now(check()), Reply::Done);
}

#[test]
fn a_permission_that_is_taken_back_ends_the_requests() {
    let world = world();
    let (app, case, _) = watched(&world);
    world.granted.borrow_mut().clear();
    let before = world.requests.borrow().len();
    assert_eq!(code(now(app.handle(Request::Check { case }))), "not_allowed");
    pass(&world, 25 * HOUR);
    now(app.run_due()).unwrap();
    assert_eq!(world.requests.borrow().len(), before);
}

#[test]
fn bluesky_is_asked_for_the_view_and_the_authors_host_for_the_record() {
    let did = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
    let api = |method: &str| format!("https://public.api.bsky.app/xrpc/{method}");
    let uri = |who: &str, rkey: &str| format!("at://{who}/app.bsky.feed.post/{rkey}");
    let record = format!(
        "https://pds.invente.example/xrpc/com.atproto.repo.getRecord?repo={did}&collection=app.bsky.feed.post&rkey=3l3vgf77uco2g"
    );
    let world = world();
    settings(&world, |settings| settings.checks = true);
    for origin in ["https://public.api.bsky.app/*", "https://plc.directory/*", "https://pds.invente.example/*"] {
        world.granted.borrow_mut().insert(origin.to_owned());
    }
    let app = worker(&world);
    let mut cases = vec![];
    for rkey in ["3l3vgf77uco2g", "3l3vgf77uco2h"] {
        let url = format!("https://bsky.app/profile/paul.invente.example/post/{rkey}");
        let html = r#"<div data-temoin-role="post" data-testid="postThreadItem-by-paul.invente.example"><a href="/profile/paul.invente.example"><span dir="auto">Paul</span></a><div data-testid="postText">Propos inventés</div></div>"#;
        page(&world, |page| page.snapshot = snapshot_of(&url, html));
        let thread = serde_json::json!({ "thread": { "post": { "uri": uri(did, rkey), "author": { "did": did, "handle": "paul.invente.example" },
            "record": { "text": "Propos inventés" }, "indexedAt": "2026-11-20T10:00:00Z" } } });
        let asked = format!(
            "{}?uri={}&depth=0&parentHeight=0",
            api("app.bsky.feed.getPostThread"),
            uri("paul.invente.example", rkey)
        );
        answer(&world, &asked, 200, &thread.to_string());
        let known: BTreeSet<String> = world.journals.borrow().keys().cloned().collect();
        now(app.gesture(gesture_on(&url)));
        cases.extend(world.journals.borrow().keys().find(|id| !known.contains(*id)).cloned());
        assert!(matches!(view(&app, cases.last().unwrap()).row.standing, StandingView::Online { .. }));
    }
    let gone = format!(
        "{}?uri={}&depth=0&parentHeight=0",
        api("app.bsky.feed.getPostThread"),
        uri("paul.invente.example", "3l3vgf77uco2g")
    );
    answer(&world, &gone, 400, r#"{"error":"NotFound","message":"Post not found"}"#);
    answer(
        &world,
        &format!("{}?handle=paul.invente.example", api("com.atproto.identity.resolveHandle")),
        200,
        &format!(r#"{{"did":"{did}"}}"#),
    );
    answer(
        &world,
        &format!("{}?uris={}", api("app.bsky.feed.getPosts"), uri(did, "3l3vgf77uco2g")),
        200,
        r#"{"posts":[]}"#,
    );
    answer(&world, &format!("{}?actor={did}", api("app.bsky.actor.getProfile")), 200, &format!(r#"{{"did":"{did}"}}"#));
    let document = format!(
        r##"{{"id":"{did}","service":[{{"id":"#atproto_pds","serviceEndpoint":"https://pds.invente.example"}}]}}"##
    );
    answer(&world, &format!("https://plc.directory/{did}"), 200, &document);
    let kept = format!(
        r#"{{"uri":"{}","value":{{"$type":"app.bsky.feed.post","text":"Propos inventés"}}}}"#,
        uri(did, "3l3vgf77uco2g")
    );
    answer(&world, &record, 200, &kept);
    for _ in 0..2 {
        pass(&world, 25 * HOUR);
        now(app.handle(Request::Check { case: cases[0].clone() }));
    }
    let standing = view(&app, &cases[0]).row.standing;
    assert!(
        matches!(standing, StandingView::Gone { fate: Fate::RemovedByPlatform, by_moderation: true, .. }),
        "{standing:?}"
    );

    // Without the permission for the author's host the cause stays open.
    world.granted.borrow_mut().remove("https://pds.invente.example/*");
    pass(&world, HOUR);
    now(app.handle(Request::Check { case: cases[0].clone() }));
    let last = view(&app, &cases[0]).observations.pop().unwrap().sighting;
    assert_eq!((last.fate, last.would_count), (Fate::GoneCauseUnknown, false));
}

// ── The second witness ───────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn the_platforms_own_account_of_the_post_is_kept_and_compared() {
    let world = world();
    switch_on(&world);
    let told = r#"{"__typename":"Tweet","id_str":"1990000000000000000","text":"Autre chose","lang":"fr","user":{"id_str":"42","name":"Camille","screen_name":"camille_invente"}}"#;
    answer(&world, &first_probe(), 200, told);
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    let piece = view(&app, &case).pieces.remove(0);
    let witness = piece.witness.unwrap();
    assert_eq!(
        (witness.source.as_str(), witness.agrees.join(" ")),
        ("syndication", "author.display_name author.handle lang".to_owned())
    );
    assert_eq!(witness.differs[0].payload, "Autre chose");
    let pack = now(app.pack(&case)).unwrap();
    let has = |bytes: &[u8]| pack.bytes.windows(bytes.len()).any(|part| part == bytes);
    assert!(has(b"pieces/0001/payload.json") && has(b"pieces/0001/witness.json"));
    assert!(world.blobs.borrow().contains_key(&Digest::of(told.as_bytes())), "verbatim");
}

#[test]
fn a_changed_layout_is_said_and_its_sample_holds_nobodys_words() {
    let world = world();
    let html = r#"<article data-testid="tweet" data-temoin-role="post"><a href="/camille_invente/status/1990000000000000000"><time datetime="2025-11-16T10:00:00.000Z">16 nov.</time></a><div data-testid="newText">Propos inventés</div></article>"#;
    page(&world, |page| page.snapshot = snapshot_of(POST, html));
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    let missing = view(&app, &case).pieces.remove(0).missing;
    assert!(missing.contains(&temoin::protocol::Missing::layout_changed()), "{missing:?}");
    let Reply::LayoutSample(shown) = now(app.handle(Request::LayoutSample { case, piece: 1 })) else { panic!() };
    assert!(
        shown.contains("newText") && !shown.to_lowercase().contains("camille") && !shown.contains("Propos"),
        "{shown}"
    );
    assert!(world.downloads.borrow().is_empty(), "looking at it hands nothing over");
    assert!(world.requests.borrow().is_empty());
}

#[test]
fn a_witness_that_is_not_reached_is_missing_and_says_why() {
    let reason = |world: &Rc<World>| {
        let app = worker(world);
        now(app.gesture(gesture()));
        let row = view(&app, &only_case(world)).pieces.remove(0);
        assert_eq!(row.witness, None);
        row.missing
            .into_iter()
            .find(|missing| missing.what == "witness")
            .map(|missing| missing.reason)
            .unwrap_or_default()
    };
    let world = self::world();
    assert_eq!(reason(&world), "not_asked");
    assert!(world.requests.borrow().is_empty() && !view(&worker(&world), &only_case(&world)).row.partial);
    let world = self::world();
    settings(&world, |settings| settings.checks = true);
    assert_eq!(reason(&world), "not_allowed");
    let world = self::world();
    switch_on(&world);
    assert_eq!(reason(&world), "fetch_no_answer");
    assert!(!view(&worker(&world), &only_case(&world)).row.partial, "a capture is whole without a second witness");
    let world = self::world();
    switch_on(&world);
    answer(&world, &first_probe(), 404, "");
    assert_eq!(reason(&world), "http_status");
    let world = self::world();
    switch_on(&world);
    answer(&world, &first_probe(), 200, "<html>captcha</html>");
    assert_eq!(reason(&world), "not_json");
}

// ── After the notice ─────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_decision_kept_as_a_piece_outranks_a_look_and_is_in_the_pack() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    qualify(&app, &case);
    let ruling = |message| Request::RecordRuling {
        case: case.clone(),
        notice: 1,
        ruling: Ruling::Removed,
        at: None,
        reference: Some("X-77".to_owned()),
        message,
    };
    assert_eq!(code(now(app.handle(ruling(None)))), "no_notice");
    notify(&app, &case);
    pass(&world, HOUR);
    let receipt = Request::RecordReceipt {
        case: case.clone(),
        notice: 1,
        at: None,
        reference: Some("X-77".to_owned()),
        message: None,
    };
    assert_eq!(case_of(now(app.handle(receipt))).row.status, Status::Acknowledged);
    pass(&world, HOUR);
    now(app.handle(seen(&case, Fate::GoneCauseUnknown)));

    let message = b"Message-ID: <1@x.invalid>\r\nMIME-Version: 1.0\r\n\r\nWe removed this post.";
    let decided = case_of(now(app.handle(ruling(Some(given(&world, "decision.eml", message))))));
    assert_eq!(decided.row.status, Status::Decided);
    let StandingView::Gone { fate: Fate::RemovedByPlatform, by_moderation: true, .. } = decided.row.standing else {
        panic!("{:?}", decided.row.standing)
    };
    let kinds: Vec<&str> = decided.milestones.iter().map(|milestone| milestone.kind.as_str()).collect();
    assert_eq!(kinds, ["notice_sent", "acknowledged", "decided"]);
    assert_eq!((decided.milestones[2].code.as_str(), decided.milestones[2].piece), ("removed", Some(2)));
    assert_eq!((decided.added[0].form, decided.added[0].role), (PieceForm::Email, Role::Victim));
    assert!(!decided.due.iter().any(|due| due.kind == DeadlineKind::InternalComplaint), "nothing to contest");

    let Reply::Exported(_) = now(app.handle(Request::Export { case: case.clone() })) else { panic!() };
    let downloads = world.downloads.borrow();
    let (_, bytes) = downloads.first().unwrap();
    let report = temoin::pack::verify(&mut std::io::Cursor::new(bytes), &temoin::evidence::timestamp::Roots::none());
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    assert!(bytes.windows(message.len()).any(|window| window == message));
    // The next capture of the same post is the third piece.
    drop(downloads);
    now(app.gesture(gesture()));
    assert_eq!(view(&app, &case).pieces.iter().map(|piece| piece.piece).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn a_piece_that_is_nothing_known_is_refused_and_leaves_no_entry() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    let before = world.journals.borrow().clone();
    for (bytes, expected) in [(b"".as_slice(), "piece_empty"), (b"\0\x01\x02", "piece_unknown")] {
        let piece = given(&world, "x.bin", bytes);
        assert_eq!(code(now(app.handle(Request::AddPiece { case: case.clone(), piece }))), expected);
    }
    assert_eq!(*world.journals.borrow(), before);
}

#[test]
fn a_refusal_opens_six_months_that_the_calendar_and_the_alarm_announce_once_each() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    qualify(&app, &case);
    notify(&app, &case);
    let ruling = Request::RecordRuling {
        case: case.clone(),
        notice: 1,
        ruling: Ruling::Kept,
        at: None,
        reference: None,
        message: None,
    };
    let decided = case_of(now(app.handle(ruling)));
    let due: Vec<(DeadlineKind, &str)> = decided.due.iter().map(|due| (due.kind, due.day.as_str())).collect();
    assert!(due.contains(&(DeadlineKind::InternalComplaint, "2027-05-23")), "{due:?}");
    now(app.handle(Request::Calendar { case: None, lang: Lang::Fr }));
    let calendar = String::from_utf8(world.downloads.borrow()[0].1.clone()).unwrap();
    assert!(calendar.contains("DTSTART;VALUE=DATE:20270523\r\n"), "{calendar}");
    assert!(!calendar.contains("camille"), "a calendar names nobody");

    now(app.run_due()).unwrap();
    assert!(world.reminded.borrow().is_none(), "not allowed: nothing is announced");
    world.reminded.replace(Some(vec![]));
    let told = || {
        now(app.run_due()).unwrap();
        now(app.run_due()).unwrap();
        let said = world.reminded.borrow().as_ref().unwrap().len();
        world.reminded.replace(Some(vec![]));
        said
    };
    assert_eq!(told(), 0, "far away");
    pass(&world, 151 * 24 * HOUR);
    assert_eq!(told(), 1, "a month before");
    pass(&world, 24 * 24 * HOUR);
    assert_eq!(told(), 1, "a week before");
    pass(&world, 60 * 24 * HOUR);
    assert_eq!(told(), 0, "a day that has passed is not announced");
    let complaint = Request::RecordComplaint {
        case: case.clone(),
        recourse: Recourse::Internal,
        at: None,
        reference: None,
        drafted: true,
    };
    let complained = case_of(now(app.handle(complaint)));
    assert_eq!(complained.row.status, Status::Complained);
    assert!(!complained.due.iter().any(|due| due.kind == DeadlineKind::InternalComplaint));
}

#[test]
fn the_checks_of_the_day_are_those_that_no_machine_makes_until_a_person_looked() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    let due = || match now(app.handle(Request::ByHand)) {
        Reply::Cases(rows) => rows.into_iter().map(|row| row.id).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert!(due().is_empty(), "not yet");
    pass(&world, 25 * HOUR);
    assert_eq!(due(), [case.as_str()], "the checks are off: a person looks");
    now(app.handle(seen(&case, Fate::Unknown)));
    assert!(due().is_empty(), "« je ne peux pas dire » is an answer");
    pass(&world, 24 * HOUR);
    assert_eq!(due(), [case.as_str()]);
    switch_on(&world);
    assert!(due().is_empty(), "a machine looks first");
    for _ in 0..6 {
        now(app.run_due()).unwrap();
        pass(&world, 6 * HOUR);
    }
    assert_eq!(due(), [case.as_str()], "it tried in vain: a person looks");
    let decision = Decision::Lawful { kind: temoin::case::Outcome::Opinion };
    now(app.handle(Request::Qualify { case: case.clone(), facts: Facts::default(), decision }));
    assert!(due().is_empty(), "set aside");
}

#[test]
fn the_night_is_quiet_when_the_user_wants_it() {
    let world = world();
    switch_on(&world);
    settings(&world, |settings| {
        settings.checks = true;
        settings.quiet_nights = true;
    });
    let app = worker(&world);
    now(app.gesture(gesture()));
    // From 14 o'clock in Paris to 3 o'clock of the second night.
    pass(&world, 37 * HOUR);
    let before = world.requests.borrow().len();
    now(app.run_due()).unwrap();
    assert_eq!(world.requests.borrow().len(), before);
    pass(&world, 5 * HOUR);
    now(app.run_due()).unwrap();
    assert!(world.requests.borrow().len() > before, "caught up in the morning");
}

#[test]
fn what_was_copied_is_kept_until_the_notice_is_sent() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    qualify(&app, &case);
    let ticks = || now(app.handle(Request::Ticks { case: case.clone() }));
    let kept = vec!["notice:explanation".to_owned()];
    now(app.handle(Request::SaveTicks { case: case.clone(), ticks: kept.clone() }));
    assert_eq!(ticks(), Reply::Ticks(kept));
    notify(&app, &case);
    assert_eq!(ticks(), Reply::Ticks(vec![]));
}

#[test]
fn several_posts_stand_in_one_notice_only_where_offence_and_channel_allow_it() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    let first = only_case(&world);
    page(&world, |page| page.snapshot = snapshot().replace(POST_ID, OTHER_ID));
    now(app.gesture(gesture_on(&POST.replace(POST_ID, OTHER_ID))));
    let second = world.journals.borrow().keys().find(|id| **id != first).unwrap().clone();
    qualify(&app, &first);
    let companions = || match now(app.handle(Request::Companions { case: first.clone() })) {
        Reply::Cases(rows) => rows.into_iter().map(|row| row.id).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert!(companions().is_empty(), "the other is not decided");
    qualify(&app, &second);
    assert_eq!(companions(), [second.as_str()]);
    let draft = |also: Vec<String>| now(app.handle(Request::DraftNotice { case: first.clone(), lang: Lang::Fr, also }));
    assert!(matches!(draft(vec![]), Reply::Notice(notice) if !notice.several));
    assert_eq!(code(draft(vec![second.clone()])), "not_together", "X’s form names one post");
    assert_eq!(code(draft(vec![first.clone()])), "not_together", "twice the same post");
}

// ── Trusted time ─────────────────────────────────────────────────────────────────────────────────────────────────────

#[test]
fn a_timestamp_is_queued_while_offline_and_a_lying_service_is_reported() {
    let world = world();
    let services = trusted_time(&world);
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    assert_eq!(view(&app, &case).row.dated_by, 0, "queued: no service answered");
    assert_eq!(world.posted.borrow().len(), 2, "each was asked once");
    assert_eq!(view(&app, &case).pieces[0].timestamp.awaited.len(), 2);

    for service in &services {
        answer(&world, service, 200, "not a token");
    }
    // Left in peace until its turn comes, in another worker too; then longer and longer.
    now(worker(&world).run_due()).unwrap();
    assert_eq!(world.posted.borrow().len(), 2);
    let mut asked = vec![];
    for _ in 0..24 {
        pass(&world, HOUR / 6);
        now(app.run_due()).unwrap();
        asked.push(world.posted.borrow().len());
    }
    assert_eq!((asked[0], asked[23]), (4, 10), "{asked:?}");
    let view = view(&app, &case);
    let failures = view.timeline.iter().filter(|step| step.kind == "timestamp_failed").count();
    assert_eq!(failures, 2, "the same failure of each service is written once");
    assert_eq!((view.row.dated_by, view.pieces[0].timestamp.state), (0, TimestampState::Queued));
    for awaited in &view.pieces[0].timestamp.awaited {
        assert_eq!(awaited.fault.as_ref().map(|fault| fault.code.as_str()), Some("timestamp_malformed"));
        assert_eq!(awaited.failures, 5);
    }
}

#[test]
fn one_service_certifies_while_the_other_lies_and_the_pack_says_so() {
    if !openssl::has("openssl") {
        return;
    }
    let world = world();
    let services = trusted_time(&world);
    let tsa = Rc::new(Tsa::new(openssl::PLAIN));
    // The memory's clock is far from that of openssl: the gap is printed.
    let right = tsa.clone();
    world.services.borrow_mut().insert(services[0].clone(), Rc::new(move |tsq: &[u8]| right.reply(tsq)));
    let liar = tsa.clone();
    world.services.borrow_mut().insert(
        services[1].clone(),
        Rc::new(move |_: &[u8]| liar.reply(&timestamp::request(&Digest::of(b"autre"), &[7; 16]).unwrap())),
    );
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    let seen = view(&app, &case).pieces[0].timestamp.clone();
    assert_eq!(seen.state, TimestampState::Received, "its root is not known");
    assert_eq!(seen.tokens.len(), 1);
    assert!(!seen.tokens[0].checked && seen.tokens[0].gap_seconds > 0);
    assert_eq!((seen.awaited.len(), seen.awaited[0].service.as_str()), (1, services[1].as_str()));
    assert_eq!(seen.awaited[0].fault.as_ref().unwrap().code, "timestamp_imprint");

    // A second capture, now that the root is trusted.
    *world.roots.borrow_mut() = tsa.root();
    pass(&world, HOUR);
    now(app.gesture(gesture()));
    let seen = view(&app, &case).pieces[1].timestamp.clone();
    assert_eq!((seen.state, seen.tokens[0].checked), (TimestampState::Certified, true));

    // A look at its fate is dated too.
    now(app.handle(Request::RecordSighting { case: case.clone(), fate: Fate::Online }));
    let timeline = view(&app, &case).timeline;
    assert_eq!(timeline.iter().filter(|step| step.kind == "journal_timestamped").count(), 1);

    let first = now(app.pack(&case)).unwrap();
    let again = now(app.pack(&case)).unwrap();
    assert_eq!(first.bytes, again.bytes, "what is sealed is not sealed again");
    let report = verify(&first.bytes, &tsa.root());
    assert_eq!((report.verdict, &report.problems[..]), (Verdict::Intact, &[][..]), "{:?}", report.doubts);
    let subjects: Vec<Subject> = report.tokens.iter().map(|token| token.subject).collect();
    assert_eq!(subjects, [Subject::Piece, Subject::Piece, Subject::Entry, Subject::Pieces, Subject::Pack]);
}

#[test]
fn a_new_key_and_a_lost_one_are_said() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    let case = only_case(&world);
    let key = |request| match now(app.handle(request)) {
        Reply::DeviceKey(view) => view,
        other => panic!("{other:?}"),
    };
    now(app.handle(Request::Export { case: case.clone() }));
    let first = key(Request::DeviceKey);
    assert_eq!(first.earlier, []);
    assert_eq!(key(Request::DeviceKey), first, "the key stays");
    pass(&world, HOUR);
    let second = key(Request::NewKey);
    assert_eq!(second.earlier, std::slice::from_ref(&first.present));
    assert_ne!(second.present.fingerprint, first.present.fingerprint);
    now(app.handle(Request::Export { case: case.clone() }));
    world.key.set(None);
    pass(&world, HOUR);
    let third = key(Request::DeviceKey);
    assert_eq!(third.earlier.len(), 2, "lost: a new one was made, the lost one is remembered");

    let packs = world.downloads.borrow().clone();
    let [first_pack, second_pack] = &packs[..] else { panic!() };
    let old = verify(&first_pack.1, b"");
    assert_eq!(old.signature.key, Some(first.present.fingerprint), "an old pack keeps verifying");
    assert!(old.problems.is_empty() && old.notes.is_empty());
    let new = verify(&second_pack.1, b"");
    assert!(new.notes.iter().any(|note| note.code == "key_changed"), "{:?}", new.notes);
}

/// Trusted time switched on; the addresses of both services.
fn trusted_time(world: &World) -> Vec<String> {
    settings(world, |settings| settings.trusted_time = true);
    for origin in ["https://freetsa.org/*", "https://timestamp.sectigo.com/*"] {
        world.granted.borrow_mut().insert(origin.to_owned());
    }
    Settings::default().services()
}

fn verify(pack: &[u8], roots: &[u8]) -> Report {
    let roots = Roots::from_pem(roots).unwrap_or_default();
    temoin::pack::verify(&mut std::io::Cursor::new(pack), &roots)
}

// ── The stage ────────────────────────────────────────────────────────────────────────────────────────────────────────

const POST_ID: &str = "1990000000000000000";
const OTHER_ID: &str = "1990000000000000001";
const ONLINE: &str = r#"{"__typename":"Tweet","id_str":"1990000000000000000","text":"…","user":{"id_str":"1"}}"#;
const SUSPENDED: &str = r#"{"__typename":"TweetTombstone","tombstone":{"text":{"text":"This Post is from a suspended account. Learn more"}}}"#;

fn world() -> Rc<World> {
    let world = World::default();
    world.now.set(Instant::parse("2026-11-24T13:00:00Z").unwrap().millis());
    world.page.replace(Some(MemoryPage {
        located: Located::Post,
        snapshot: snapshot(),
        tiles: 2,
        restless: false,
        gesture: true,
        media: vec![Ok(("image/png".to_owned(), b"a picture of the post".to_vec()))],
    }));
    Rc::new(world)
}

fn snapshot() -> String {
    let html = r#"<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>X</title></head><body>
<article data-testid="tweet" role="article" data-temoin-role="post"><div data-testid="User-Name"><a href="/camille_invente"><div dir="ltr"><span>Camille</span></div></a><a href="/camille_invente">@camille_invente</a><a href="/camille_invente/status/1990000000000000000"><time datetime="2025-11-16T10:00:00.000Z">16 nov.</time></a></div>
<div data-testid="tweetText" lang="fr">Les invités de ce café sont des nuisibles <img alt="😡" src="https://abs.twimg.com/emoji/x.svg"></div></article></body></html>"#;
    snapshot_of(POST, html)
}

fn snapshot_of(url: &str, html: &str) -> String {
    serde_json::json!({
        "version": 1, "url": url, "canonical": null, "title": "X", "lang": "fr",
        "readAt": "2026-11-24T13:00:00.000Z", "timeZone": "Europe/Paris", "utcOffsetMinutes": 60,
        "userAgent": "test", "languages": ["fr"],
        "viewport": {"width": 1280, "height": 720, "devicePixelRatio": "1", "scrollX": 0, "scrollY": 0},
        "rect": {"x": 0, "y": 0, "width": 600, "height": 200},
        "designatedBy": "permalink", "selection": null, "html": html,
        "omissions": [{"what": "script", "count": 3}], "missing": []
    })
    .to_string()
}

fn worker(world: &Rc<World>) -> App<MemoryPorts> {
    App::new(MemoryPorts::new(Rc::clone(world), world.journals.borrow().len() as u64 + 1))
}

fn gesture() -> Gesture {
    gesture_on(POST)
}

fn other_probe() -> String {
    let other = temoin::platform::permalink(&POST.replace(POST_ID, OTHER_ID)).unwrap();
    temoin::takedown::probe(&other).unwrap().url
}

fn first_probe() -> String {
    temoin::takedown::probe(&temoin::platform::permalink(POST).unwrap()).unwrap().url
}

/// A captured post that was online at its first look, the case, and the address of its checks.
fn watched(world: &Rc<World>) -> (App<MemoryPorts>, String, String) {
    switch_on(world);
    answer(world, &first_probe(), 200, ONLINE);
    let app = worker(world);
    now(app.gesture(gesture()));
    let case = only_case(world);
    assert!(matches!(view(&app, &case).row.standing, StandingView::Online { .. }));
    (app, case, first_probe())
}

fn code_of(reply: Reply) -> Option<String> {
    match reply {
        Reply::Failed(fault) => Some(fault.code),
        _ => None,
    }
}

fn gesture_on(url: &str) -> Gesture {
    Gesture { kind: "action".to_owned(), target: Target { tab: 1, window: 1, url: url.to_owned() }, link: None }
}

fn page(world: &World, change: impl FnOnce(&mut MemoryPage)) {
    change(world.page.borrow_mut().as_mut().unwrap());
}

fn settings(world: &World, change: impl FnOnce(&mut Settings)) {
    let mut settings = Settings::default();
    change(&mut settings);
    world.preferences.borrow_mut().insert("settings".to_owned(), serde_json::to_value(settings).unwrap());
}

fn switch_on(world: &World) {
    settings(world, |settings| settings.checks = true);
    world.granted.borrow_mut().insert(SYNDICATION.to_owned());
}

fn answer(world: &World, url: &str, status: u16, body: &str) {
    let fetched = Fetched { status, final_url: url.to_owned(), retry_after: None, body: body.as_bytes().to_vec() };
    world.web.borrow_mut().insert(url.to_owned(), fetched);
}

fn pass(world: &World, millis: i64) {
    world.now.set(world.now.get() + millis);
}

fn qualify(app: &App<MemoryPorts>, case: &str) -> CaseView {
    let decision = Decision::Offence {
        offence: "injure_publique_origine_religion".to_owned(),
        ground: Some(temoin::law::Ground::Origin),
        words: vec!["des nuisibles".to_owned()],
        explanation: String::new(),
    };
    case_of(now(app.handle(Request::Qualify { case: case.to_owned(), facts: Facts::default(), decision })))
}

fn notify(app: &App<MemoryPorts>, case: &str) {
    let sent = Request::RecordNotice {
        case: case.to_owned(),
        lang: Lang::Fr,
        also: vec![],
        good_faith: true,
        sent_at: None,
        reference: None,
    };
    case_of(now(app.handle(sent)));
}

fn given(world: &World, name: &str, bytes: &[u8]) -> NewPiece {
    let blob = Digest::of(bytes);
    world.blobs.borrow_mut().insert(blob, bytes.to_vec());
    NewPiece {
        blob,
        file_name: Some(name.to_owned()),
        provided_by: "Camille Inventée".to_owned(),
        role: Role::Victim,
        consent: Consent::Own,
        access: "reçu par courriel".to_owned(),
    }
}

fn seen(case: &str, fate: Fate) -> Request {
    Request::RecordSighting { case: case.to_owned(), fate }
}

fn view(app: &App<MemoryPorts>, case: &str) -> CaseView {
    case_of(now(app.handle(Request::Case { case: case.to_owned() })))
}

fn case_of(reply: Reply) -> CaseView {
    match reply {
        Reply::Case(view) => *view,
        other => panic!("{other:?}"),
    }
}

fn code(reply: Reply) -> String {
    match reply {
        Reply::Failed(fault) => fault.code,
        other => panic!("{other:?}"),
    }
}

fn picking(app: &App<MemoryPorts>) -> String {
    match now(app.handle(Request::Panel)) {
        Reply::Panel(panel) => panel
            .captures
            .into_iter()
            .find(|progress| progress.stage == CaptureStage::Picking)
            .map(|progress| progress.capture)
            .unwrap(),
        other => panic!("{other:?}"),
    }
}

fn only_case(world: &World) -> String {
    let cases: BTreeSet<String> = world.journals.borrow().keys().cloned().collect();
    assert_eq!(cases.len(), 1, "{:?}", stages(world));
    cases.into_iter().next().unwrap()
}

fn stages(world: &World) -> Vec<CaptureStage> {
    let stage = |event: &Event| match event {
        Event::Capture { progress } => Some(progress.stage.clone()),
        Event::Changed { .. } => None,
    };
    world.events.borrow().iter().filter_map(stage).collect()
}

fn poll<T>(future: impl Future<Output = T>) -> Poll<T> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

/// Memory ports never wait: a future that is not ready at once was killed.
fn now<T>(future: impl Future<Output = T>) -> T {
    match poll(future) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("killed"),
    }
}

// A journal entry can be read back from what a record holds.
#[test]
fn every_record_of_a_journal_is_a_known_entry() {
    let world = world();
    let app = worker(&world);
    now(app.gesture(gesture()));
    qualify(&app, &only_case(&world));
    for record in world.journals.borrow().values().flatten() {
        Entry::read(&record.link.kind, record.body.as_ref().unwrap()).unwrap();
    }
}
