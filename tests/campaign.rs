//! Dossiers, testings and lists of addresses on memory ports: a list of 200 posts, paused, its worker killed at any step, resumed.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a helper of tests is a test")]

use std::{
    collections::BTreeSet,
    future::Future,
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use temoin::{
    app::App,
    base::{Instant, Lang},
    case::{Case, Decision, Purpose},
    evidence::timestamp::Roots,
    law::Ground,
    pack::{self, Verdict},
    port::{
        Located,
        memory::{MemoryPage, MemoryPorts, World},
    },
    protocol::{
        CampaignAsk, CampaignReply, DossierView, Facts, Fate, NextView, QueueState, QueueView, Reply, Request,
        TableForm, TableView,
    },
};

const HOUR: i64 = 3_600_000;

#[test]
fn two_hundred_addresses_survive_any_kill() {
    let world = world();
    let app = worker(&world, 1);
    let dossier = create(&app, "Testing de novembre", Purpose::Testing);
    let text: String = (0..200).map(|index| format!("{}\n", address(index))).collect();
    let queue = add(&app, Some(&dossier.id), &format!("{text}\n{text}"));
    assert_eq!(queue.items.len(), 200);
    assert_eq!(add(&app, Some(&dossier.id), &text).repeated, 200);

    let mut kills = 0;
    for life in 0.. {
        // Each worker dies a little later than the one before; the last lives on.
        let steps = 5 + (life * 37) % 120;
        let app = App::new(if kills < 60 {
            MemoryPorts::mortal(Rc::clone(&world), 1000 + u64::from(life), steps)
        } else {
            MemoryPorts::new(Rc::clone(&world), 1000 + u64::from(life))
        });
        if poll(run_queue(&world, &app, usize::MAX)).is_ready() {
            break;
        }
        kills += 1;
    }
    assert!(kills >= 60, "{kills}");

    let app = worker(&world, 9_999);
    let CampaignReply::Queue(queue) = ask(&app, CampaignAsk::Queue) else { panic!() };
    let done: BTreeSet<String> = queue
        .items
        .iter()
        .map(|item| match &item.state {
            QueueState::Done { case } => case.clone(),
            other => panic!("{} {other:?}", item.url),
        })
        .collect();
    assert_eq!(done.len(), 200, "none is lost, none stands for two");
    let journals = world.journals.borrow().clone();
    assert_eq!(journals.len(), 200);
    let mut posts = BTreeSet::new();
    for records in journals.values() {
        let case = Case::fold(records).unwrap();
        assert_eq!(case.captures.len(), 1, "none is captured twice");
        assert!(case.dossiers.contains_key(&dossier.id));
        let first = case.first().unwrap();
        assert!(first.missing.iter().any(|missing| missing.what == "screenshot"), "no picture without a gesture");
        posts.insert(first.post_id.clone());
    }
    assert_eq!(posts.len(), 200);
    assert!(world.staged.borrow().is_empty());
}

#[test]
fn a_list_is_paused_and_goes_on_elsewhere() {
    let world = world();
    let app = worker(&world, 1);
    add(&app, None, &format!("{} {} {}", address(1), address(2), address(3)));
    now(run_queue(&world, &app, 2));
    assert_eq!(world.journals.borrow().len(), 2);
    let app = worker(&world, 500);
    now(run_queue(&world, &app, usize::MAX));
    assert_eq!(world.journals.borrow().len(), 3);
    let again = add(&app, None, &format!("{} {}", address(3), address(4)));
    assert_eq!(again.repeated, 1);
    let CampaignReply::Queue(cleared) = ask(&app, CampaignAsk::Clear) else { panic!() };
    assert_eq!(cleared.items.len(), 1);
    let known = add(&app, None, &address(2).replace("camille", "autre"));
    assert!(matches!(known.items[1].state, QueueState::Known { .. }), "captured before, under another name");
}

#[test]
fn what_fails_says_so_and_is_tried_again() {
    let world = world();
    let app = worker(&world, 1);
    assert_eq!(fault(&app, CampaignAsk::Add { dossier: None, text: "rien".to_owned() }), "no_addresses");
    add(&app, None, &format!("{} https://x.com/home", address(1)));
    for (code, located) in [("page_refused", None), ("several_posts", Some(Located::Choose))] {
        world.page.replace(located.map(|located| MemoryPage { located, ..page(1) }));
        let NextView { at, url } = next(&app).unwrap();
        let Reply::Failed(failed) = capture(&app, &url) else { panic!() };
        assert_eq!(failed.code, code);
        ask(&app, CampaignAsk::Settle { at, outcome: Err(failed.code) });
    }
    assert!(world.staged.borrow().is_empty() && world.journals.borrow().is_empty());
    assert_eq!(next(&app), None);
    let CampaignReply::Queue(queue) = ask(&app, CampaignAsk::Retry) else { panic!() };
    assert!(queue.items.iter().all(|item| item.state == QueueState::Waiting));
}

#[test]
fn a_testing_from_list_to_table_and_pack() {
    let world = world();
    let app = worker(&world, 1);
    let dossier = create(&app, "  Testing ", Purpose::Testing);
    assert_eq!(dossier.name, "Testing");
    assert_eq!(fault(&app, CampaignAsk::Create { name: " ".to_owned(), purpose: Purpose::Dossier }), "no_name");
    assert_eq!(fault(&app, CampaignAsk::Freeze { dossier: dossier.id.clone() }), "empty_dossier");
    assert_eq!(fault(&app, CampaignAsk::Export { dossier: "absent".to_owned() }), "no_dossier");
    add(&app, Some(&dossier.id), &(0..4).map(|index| address(index) + "\n").collect::<String>());
    now(run_queue(&world, &app, usize::MAX));
    let cases: Vec<String> = world.journals.borrow().keys().cloned().collect();
    for case in &cases {
        let decision = offence();
        let qualify = Request::Qualify { case: case.clone(), facts: Facts::default(), decision: decision.clone() };
        assert!(matches!(now(app.handle(qualify)), Reply::Case(_)));
        ask(&app, CampaignAsk::Code { case: case.clone(), coder: "B. N.".to_owned(), decision });
    }
    ask(&app, CampaignAsk::Freeze { dossier: dossier.id.clone() });
    assert_eq!(fault(&app, CampaignAsk::Freeze { dossier: dossier.id.clone() }), "frozen_already");
    pass(&world, HOUR);
    for case in &cases {
        let sent = Request::RecordNotice {
            case: case.clone(),
            lang: Lang::Fr,
            also: vec![],
            good_faith: true,
            sent_at: None,
            reference: None,
        };
        assert!(matches!(now(app.handle(sent)), Reply::Case(_)));
    }
    for hours in [46, 26] {
        pass(&world, hours * HOUR);
        for (index, case) in cases.iter().enumerate() {
            let fate = if index == 0 { Fate::RemovedByPlatform } else { Fate::Online };
            now(app.handle(Request::RecordSighting { case: case.clone(), fate }));
        }
    }
    let shown = table(&app, &dossier.id);
    assert_eq!((shown.rows.len(), shown.campaign.items), (4, 4));
    let cut = &shown.campaign.total.cuts[1];
    assert_eq!((cut.hours, cut.gone.n, cut.gone.of, cut.attributable.n, cut.online), (48, 1, 4, 1, 3));
    assert!(shown.campaign.lists[0].complete && shown.campaign.lists[0].notified_before == 0);
    assert_eq!(shown.campaign.agreement_offence.same, 4);
    assert_eq!(shown.campaign.by_notifier[0].key, "person");
    assert_eq!(shown.alike.len(), 3, "the same text four times");
    assert!(!shown.method.is_empty() && !shown.rounds.is_empty());

    let CampaignReply::Exported(exported) = ask(&app, CampaignAsk::Export { dossier: dossier.id.clone() }) else {
        panic!()
    };
    let downloads = world.downloads.borrow().clone();
    let report = pack::verify(&mut std::io::Cursor::new(&downloads[0].1), &Roots::none());
    assert!(report.verdict == Verdict::Partial && report.cases.len() == 4, "{:?}", report.problems);
    assert_eq!(exported.name, downloads[0].0);
    for form in [TableForm::Csv, TableForm::Json] {
        ask(&app, CampaignAsk::Save { dossier: dossier.id.clone(), public: false, form });
    }
    assert!(world.downloads.borrow()[1].0.ends_with(".csv") && world.downloads.borrow()[2].0.ends_with(".json"));

    // The journals are the truth: without the settings, the dossier is there again under its name.
    world.preferences.borrow_mut().clear();
    let app = worker(&world, 5);
    let CampaignReply::Dossiers(dossiers) = ask(&app, CampaignAsk::Dossiers) else { panic!() };
    assert_eq!((dossiers[0].name.as_str(), dossiers[0].cases, dossiers[0].purpose), ("Testing", 4, Purpose::Testing));

    ask(&app, CampaignAsk::File { dossier: dossier.id.clone(), cases: vec![cases[0].clone()], inside: false });
    assert!(!table(&app, &dossier.id).campaign.lists[0].complete, "what was taken out after the freezing shows");
}

/// What the page does: the next address, its tab, its capture, how that ended.
async fn run_queue(world: &World, app: &App<MemoryPorts>, most: usize) {
    app.recover().await.unwrap();
    for _ in 0..most {
        let CampaignReply::Next(next) = campaign(app, CampaignAsk::Next).await else { panic!() };
        let Some(NextView { at, url }) = next else { break };
        world.page.replace(Some(page(url.rsplit('/').next().unwrap().parse::<u64>().unwrap() - FIRST)));
        let reply = app.handle(Request::CaptureTab { tab: 7, window: 1, url, pictures: false }).await;
        let outcome = match reply {
            Reply::Captured(case) => Ok(case),
            Reply::Failed(fault) => Err(fault.code),
            other => panic!("{other:?}"),
        };
        campaign(app, CampaignAsk::Settle { at, outcome }).await;
    }
}

const FIRST: u64 = 1_990_000_000_000_000_000;

fn address(index: u64) -> String {
    format!("https://x.com/camille_invente/status/{}", FIRST + index)
}

fn page(index: u64) -> MemoryPage {
    let url = address(index);
    let html = format!(
        r#"<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>X</title></head><body>
<article data-testid="tweet" role="article" data-temoin-role="post"><div data-testid="User-Name"><a href="/camille_invente"><div dir="ltr"><span>Camille</span></div></a><a href="/camille_invente">@camille_invente</a><a href="/camille_invente/status/{}"><time datetime="2025-11-16T10:00:00.000Z">16 nov.</time></a></div>
<div data-testid="tweetText" lang="fr">Les invités de ce café sont des nuisibles et des profiteurs</div></article></body></html>"#,
        FIRST + index
    );
    let snapshot = serde_json::json!({
        "version": 1, "url": url, "canonical": null, "title": "X", "lang": "fr",
        "readAt": "2026-11-24T13:00:00.000Z", "timeZone": "Europe/Paris", "utcOffsetMinutes": 60,
        "userAgent": "test", "languages": ["fr"],
        "viewport": {"width": 1280, "height": 720, "devicePixelRatio": "1", "scrollX": 0, "scrollY": 0},
        "rect": {"x": 0, "y": 0, "width": 600, "height": 200},
        "designatedBy": "permalink", "selection": null, "html": html, "omissions": [], "missing": []
    });
    let snapshot = snapshot.to_string();
    MemoryPage { located: Located::Post, snapshot, tiles: 1, restless: false, gesture: false, media: vec![] }
}

fn offence() -> Decision {
    Decision::Offence {
        offence: "injure_publique_origine_religion".to_owned(),
        ground: Some(Ground::Origin),
        words: vec![],
        explanation: "Le message traite un groupe de nuisibles.".to_owned(),
    }
}

fn world() -> Rc<World> {
    let world = World::default();
    world.now.set(Instant::parse("2026-11-24T13:00:00Z").unwrap().millis());
    Rc::new(world)
}

fn worker(world: &Rc<World>, seed: u64) -> App<MemoryPorts> {
    App::new(MemoryPorts::new(Rc::clone(world), seed))
}

fn pass(world: &World, millis: i64) {
    world.now.set(world.now.get() + millis);
}

fn create(app: &App<MemoryPorts>, name: &str, purpose: Purpose) -> DossierView {
    match ask(app, CampaignAsk::Create { name: name.to_owned(), purpose }) {
        CampaignReply::Dossier(dossier) => dossier,
        other => panic!("{other:?}"),
    }
}

fn add(app: &App<MemoryPorts>, dossier: Option<&str>, text: &str) -> QueueView {
    match ask(app, CampaignAsk::Add { dossier: dossier.map(str::to_owned), text: text.to_owned() }) {
        CampaignReply::Queue(queue) => queue,
        other => panic!("{other:?}"),
    }
}

fn next(app: &App<MemoryPorts>) -> Option<NextView> {
    match ask(app, CampaignAsk::Next) {
        CampaignReply::Next(next) => next,
        other => panic!("{other:?}"),
    }
}

fn capture(app: &App<MemoryPorts>, url: &str) -> Reply {
    now(app.handle(Request::CaptureTab { tab: 7, window: 1, url: url.to_owned(), pictures: false }))
}

fn table(app: &App<MemoryPorts>, dossier: &str) -> TableView {
    match ask(app, CampaignAsk::Table { dossier: dossier.to_owned(), public: false, lang: Lang::Fr }) {
        CampaignReply::Table(table) => *table,
        other => panic!("{other:?}"),
    }
}

fn ask(app: &App<MemoryPorts>, ask: CampaignAsk) -> CampaignReply {
    now(campaign(app, ask))
}

async fn campaign(app: &App<MemoryPorts>, ask: CampaignAsk) -> CampaignReply {
    match app.handle(Request::Campaign { ask }).await {
        Reply::Campaign(reply) => reply,
        other => panic!("{other:?}"),
    }
}

fn fault(app: &App<MemoryPorts>, ask: CampaignAsk) -> String {
    match now(app.handle(Request::Campaign { ask })) {
        Reply::Failed(fault) => fault.code,
        other => panic!("{other:?}"),
    }
}

fn now<T>(future: impl Future<Output = T>) -> T {
    match poll(future) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("memory ports never wait"),
    }
}

fn poll<T>(future: impl Future<Output = T>) -> Poll<T> {
    pin!(future).as_mut().poll(&mut Context::from_waker(Waker::noop()))
}
