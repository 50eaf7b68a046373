//! Whatever crosses from one context to another arrives as it left: every message, once with nothing in it that may be
//! left out, once with everything, at the ends of what it may hold.

use std::fmt::Debug;

use js_sys::{Function, Reflect};
use serde::{Serialize, de::DeserializeOwned};
use temoin::{
    base::FaultView,
    browser::message::{from_js, to_js},
    capture::{Author, Counter, Linked, Media, MediaKind, Missing, Omission, Post},
    law::{Confidence, Ground},
    protocol::{
        AddedView, Answers, AwaitedView, Block, CampaignAsk, CampaignReply, CaptureProgress, CaptureStage, CardView,
        CaseRow, CaseView, Code, Competence, Consent, DeadlineKind, DeadlineView, Decision, DeviceKeyView, Difference,
        Digest, Doubt, DueView, Element, ElementState, Elsewhere, EmergencyView, Event, ExportView, Facts, Fate, Field,
        Instant, KeyView, Lang, LawView, Lawful, Letter, LetterKind, Level, MilestoneView, NeighbourView, NewPiece,
        Notice, NoticeView, ObservationView, Observer, OffenceView, Outcome, PanelView, PharosReport, PieceForm,
        PieceView, Probe, QualifiedView, Reason, Recourse, Reply, ReportView, Request, Role, Ruling, SafetyView,
        Sender, SenderKind, Settings, Sighting, StandingView, State, Status, StatuteView, StepView, Suggestion,
        TalkView, Text, TimestampState, TimestampView, TokenOf, Told, Witness,
    },
    takedown::BodyKind,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

/// The largest number that a message of the browser carries exactly.
const LARGEST: u64 = (1 << 53) - 1;
const TEXT: &str = "é 🐸👩‍👩‍👧 \u{202e}שלום \u{0}\u{2028}\u{fffd} « ’ » \"\\\n</script> __proto__";

#[wasm_bindgen_test]
fn every_request_arrives_as_it_left() {
    // A new variant does not compile here until it stands in the list below.
    let kind = |request: &Request| match request {
        Request::Panel => 0,
        Request::Case { .. } => 1,
        Request::Cases { .. } => 2,
        Request::Offences => 3,
        Request::Suggest { .. } => 4,
        Request::Qualify { .. } => 5,
        Request::DraftReport { .. } => 6,
        Request::DraftNotice { .. } => 7,
        Request::RecordReport { .. } => 8,
        Request::RecordNotice { .. } => 9,
        Request::Check { .. } => 10,
        Request::RecordSighting { .. } => 11,
        Request::Export { .. } => 12,
        Request::Settings => 13,
        Request::SaveSettings { .. } => 14,
        Request::CancelCapture { .. } => 15,
        Request::DeviceKey => 16,
        Request::NewKey => 17,
        Request::Law => 18,
        Request::Purge { .. } => 19,
        Request::KeepAddress { .. } => 20,
        Request::RecordReceipt { .. } => 21,
        Request::RecordRuling { .. } => 22,
        Request::RecordComplaint { .. } => 23,
        Request::AddPiece { .. } => 24,
        Request::Calendar { .. } => 25,
        Request::Companions { .. } => 26,
        Request::Ticks { .. } => 27,
        Request::SaveTicks { .. } => 28,
        Request::ByHand => 29,
        Request::DraftLetter { .. } => 30,
        Request::SaveLetter { .. } => 31,
        Request::LayoutSample { .. } => 32,
        Request::CaptureTab { .. } => 33,
        Request::Campaign { .. } => 34,
    };
    all_arrive(35, kind, [Fill::Least, Fill::Most].into_iter().flat_map(requests));
}

#[wasm_bindgen_test]
fn every_reply_arrives_as_it_left() {
    let kind = |reply: &Reply| match reply {
        Reply::Panel(_) => 0,
        Reply::Case(_) => 1,
        Reply::Cases(_) => 2,
        Reply::Offences(_) => 3,
        Reply::Suggestion(_) => 4,
        Reply::Report(_) => 5,
        Reply::Notice(_) => 6,
        Reply::Exported(_) => 7,
        Reply::Settings(_) => 8,
        Reply::Done => 9,
        Reply::Failed(_) => 10,
        Reply::DeviceKey(_) => 11,
        Reply::Law(_) => 12,
        Reply::Ticks(_) => 13,
        Reply::Letter(_) => 14,
        Reply::LayoutSample(_) => 15,
        Reply::Captured(_) => 16,
        Reply::Campaign(_) => 17,
    };
    all_arrive(18, kind, [Fill::Least, Fill::Most].into_iter().flat_map(replies));
}

#[wasm_bindgen_test]
fn every_event_arrives_as_it_left() {
    let kind = |event: &Event| match event {
        Event::Changed { .. } => 0,
        Event::Capture { .. } => 1,
    };
    all_arrive(2, kind, [Fill::Least, Fill::Most].into_iter().flat_map(events));
}

#[wasm_bindgen_test]
fn what_is_no_message_is_none() {
    let foreign = [
        JsValue::UNDEFINED,
        JsValue::NULL,
        1.into(),
        "panel".into(),
        js_sys::Object::new().into(),
        js_sys::Array::new().into(),
        js_sys::JSON::parse(r#"{"kind":"erase_everything"}"#).unwrap(),
        js_sys::JSON::parse(r#"{"kind":"case"}"#).unwrap(),
        js_sys::JSON::parse(r#"{"kind":"case","case":7}"#).unwrap(),
    ];
    for message in &foreign {
        assert_eq!(from_js::<Request>(message), None, "{message:?}");
    }
}

fn all_arrive<T>(kinds: usize, kind: impl Fn(&T) -> usize, messages: impl Iterator<Item = T>)
where
    T: Debug + PartialEq + Serialize + DeserializeOwned,
{
    let mut seen = vec![0; kinds];
    for message in messages {
        seen[kind(&message)] += 1;
        let sent = to_js(&message).unwrap_or_else(|error| panic!("{message:?}: {error:?}"));
        assert_eq!(from_js::<T>(&sent).as_ref(), Some(&message));
        // Chromium sends messages as JSON text, Firefox clones them.
        let text = js_sys::JSON::stringify(&sent).unwrap();
        let parsed = js_sys::JSON::parse(&String::from(text)).unwrap();
        assert_eq!(from_js::<T>(&parsed).as_ref(), Some(&message));
        let clone: Function = Reflect::get(&js_sys::global(), &"structuredClone".into()).unwrap().unchecked_into();
        let cloned = clone.call1(&JsValue::UNDEFINED, &sent).unwrap();
        assert_eq!(from_js::<T>(&cloned), Some(message));
    }
    assert!(seen.iter().all(|count| *count >= 2), "{seen:?}");
}

/// How much stands in a value.
#[derive(Clone, Copy, PartialEq)]
enum Fill {
    Least,
    Most,
}

impl Fill {
    fn text(self) -> String {
        if self == Self::Most { TEXT.to_owned() } else { String::new() }
    }

    fn number(self) -> u64 {
        if self == Self::Most { LARGEST } else { 0 }
    }

    fn small(self) -> u32 {
        if self == Self::Most { u32::MAX } else { 0 }
    }

    fn truth(self) -> bool {
        self == Self::Most
    }

    fn maybe<T>(self, value: impl FnOnce() -> T) -> Option<T> {
        (self == Self::Most).then(value)
    }

    fn many<T>(self, values: impl IntoIterator<Item = T>) -> Vec<T> {
        if self == Self::Most { values.into_iter().collect() } else { vec![] }
    }

    fn instant(self) -> Instant {
        let text = if self == Self::Most { "9999-12-31T23:59:59.999Z" } else { "1970-01-01T00:00:00Z" };
        Instant::parse(text).unwrap()
    }
}

fn requests(fill: Fill) -> Vec<Request> {
    let case = fill.text();
    let mut all = vec![
        Request::Panel,
        Request::Case { case: case.clone() },
        Request::Cases { status: fill.maybe(|| Status::SetAside), platform: fill.maybe(|| fill.text()) },
        Request::Offences,
        Request::Suggest { case: case.clone(), facts: facts(fill) },
        Request::DraftReport { case: case.clone() },
        Request::DraftNotice { case: case.clone(), lang: Lang::En, also: fill.many([fill.text()]) },
        Request::RecordReport {
            case: case.clone(),
            sent_at: fill.maybe(|| fill.instant()),
            reference: fill.maybe(|| fill.text()),
        },
        Request::RecordNotice {
            case: case.clone(),
            lang: Lang::Fr,
            also: fill.many([fill.text()]),
            good_faith: fill.truth(),
            sent_at: fill.maybe(|| fill.instant()),
            reference: fill.maybe(String::new),
        },
        Request::RecordReceipt {
            case: case.clone(),
            notice: fill.small(),
            at: fill.maybe(|| fill.instant()),
            reference: fill.maybe(|| fill.text()),
            message: fill.maybe(|| new_piece(fill)),
        },
        Request::RecordRuling {
            case: case.clone(),
            notice: fill.small(),
            ruling: Ruling::AccountSuspended,
            at: fill.maybe(|| fill.instant()),
            reference: fill.maybe(String::new),
            message: fill.maybe(|| new_piece(Fill::Least)),
        },
        Request::RecordComplaint {
            case: case.clone(),
            recourse: Recourse::OutOfCourt,
            at: fill.maybe(|| fill.instant()),
            reference: fill.maybe(|| fill.text()),
            drafted: fill.truth(),
        },
        Request::AddPiece { case: case.clone(), piece: new_piece(fill) },
        Request::Calendar { case: fill.maybe(|| fill.text()), lang: Lang::En },
        Request::Companions { case: case.clone() },
        Request::Ticks { case: case.clone() },
        Request::SaveTicks { case: case.clone(), ticks: fill.many([fill.text(), String::new()]) },
        Request::ByHand,
        Request::DraftLetter {
            case: case.clone(),
            letter: LetterKind::InternalComplaint,
            lang: Lang::Fr,
            victim: fill.truth(),
        },
        Request::SaveLetter { case: case.clone(), letter: LetterKind::Arcom, lang: Lang::En, victim: fill.truth() },
        Request::Check { case: case.clone() },
        Request::RecordSighting { case: case.clone(), fate: Fate::GoneCauseUnknown },
        Request::Export { case: case.clone() },
        Request::LayoutSample { case: case.clone(), piece: fill.small() },
        Request::CaptureTab { tab: 7, window: 1, url: fill.text(), pictures: fill.truth() },
        Request::Campaign {
            ask: CampaignAsk::File { dossier: fill.text(), cases: fill.many([case.clone()]), inside: fill.truth() },
        },
        Request::DeviceKey,
        Request::NewKey,
        Request::Settings,
        Request::SaveSettings { settings: settings(fill) },
        Request::CancelCapture { capture: case.clone() },
        Request::Law,
        Request::Purge { case: case.clone() },
        Request::KeepAddress { url: fill.text() },
    ];
    all.extend(decisions(fill).into_iter().map(|decision| Request::Qualify {
        case: case.clone(),
        facts: facts(fill),
        decision,
    }));
    all
}

fn replies(fill: Fill) -> Vec<Reply> {
    let panel = PanelView {
        captures: fill.many(stages(fill).into_iter().map(|stage| progress(fill, stage))),
        case: fill.maybe(|| fill.text()),
    };
    vec![
        Reply::Panel(panel),
        Reply::Case(Box::new(case_view(fill))),
        Reply::Cases(fill.many(standings(fill).into_iter().map(|standing| case_row(fill, standing)))),
        Reply::Offences(fill.many([offence(fill), offence(Fill::Least)])),
        Reply::Suggestion(Box::new(talk(fill))),
        Reply::Law(LawView {
            law_date: fill.text(),
            verified_on: fill.text(),
            reviewed_by: fill.maybe(|| fill.text()),
            safety: fill.many([SafetyView {
                id: fill.text(),
                when: fill.many([fill.text()]),
                rule: words(fill),
                basis: fill.maybe(|| words(fill)),
                confidence: Confidence::Check,
            }]),
        }),
        Reply::Report(PharosReport {
            competent: Competence::Unsure,
            address: fill.text(),
            fields: fill.many([field(fill), field(Fill::Least)]),
            warnings: fill.many([String::new(), fill.text()]),
            elsewhere: fill.many([Elsewhere {
                name: fill.text(),
                fr: fill.text(),
                en: fill.text(),
                address: fill.text(),
                trusted: fill.truth(),
            }]),
        }),
        Reply::Notice(Notice {
            channel: fill.text(),
            form: fill.text(),
            prefilled: fill.maybe(|| fill.text()),
            lang: Lang::En,
            fields: fill.many([field(fill)]),
            warnings: fill.many([fill.text()]),
            several: fill.truth(),
        }),
        Reply::Exported(ExportView {
            name: fill.text(),
            digest: digest(),
            bytes: fill.number(),
            files: fill.small(),
            unprinted: fill.maybe(|| fault(fill)),
        }),
        Reply::DeviceKey(DeviceKeyView {
            present: KeyView { fingerprint: digest(), since: fill.instant() },
            earlier: fill.many([KeyView { fingerprint: digest(), since: fill.instant() }]),
        }),
        Reply::Settings(settings(fill)),
        Reply::Done,
        Reply::LayoutSample(fill.text()),
        Reply::Captured(fill.text()),
        Reply::Campaign(CampaignReply::Dossiers(vec![])),
        Reply::Campaign(CampaignReply::Done),
        Reply::Ticks(fill.many([fill.text()])),
        Reply::Letter(Letter {
            kind: LetterKind::Attestation,
            lang: Lang::Fr,
            title: fill.text(),
            notes: fill.many([fill.text()]),
            blocks: fill.many([Block::Heading(fill.text()), Block::Text(fill.text()), Block::Item(fill.text())]),
        }),
        Reply::Failed(fault(fill)),
    ]
}

fn events(fill: Fill) -> Vec<Event> {
    let mut all = vec![Event::Changed { case: fill.text() }];
    all.extend(stages(fill).into_iter().map(|stage| Event::Capture { progress: progress(fill, stage) }));
    all
}

fn progress(fill: Fill, stage: CaptureStage) -> CaptureProgress {
    CaptureProgress { capture: fill.text(), url: fill.text(), stage, case: fill.maybe(|| fill.text()) }
}

fn stages(fill: Fill) -> Vec<CaptureStage> {
    vec![
        CaptureStage::Locating,
        CaptureStage::Picking,
        CaptureStage::Reading,
        CaptureStage::Picturing { tile: fill.small(), of: fill.small() },
        CaptureStage::Media { item: fill.small(), of: fill.small() },
        CaptureStage::Sealing,
        CaptureStage::Saved,
        CaptureStage::SavedPartial,
        CaptureStage::Cancelled,
        CaptureStage::Failed { fault: fault(fill) },
    ]
}

fn standings(fill: Fill) -> Vec<StandingView> {
    let (at, fate) = (fill.instant(), Fate::RemovedByPlatform);
    vec![
        StandingView::NotChecked,
        StandingView::Online { at },
        StandingView::Unconfirmed { fate, at },
        StandingView::Gone { fate, by_moderation: fill.truth(), after: fill.maybe(|| at), before: at },
        StandingView::Unknown { fate: Fate::LoginWall, at },
        StandingView::ByHandOnly,
    ]
}

fn case_view(fill: Fill) -> CaseView {
    CaseView {
        row: case_row(fill, StandingView::NotChecked),
        pieces: fill.many([piece(fill), piece(Fill::Least)]),
        outcome: fill.maybe(|| outcome(fill)),
        offences: fill.many([offence(fill)]),
        qualified: fill.maybe(|| QualifiedView {
            at: fill.instant(),
            decision: Decision::Lawful { kind: Lawful::CounterSpeech },
            facts: facts(Fill::Least),
            suggested: fill.maybe(String::new),
            suggested_state: State::ToCheck,
        }),
        talk: fill.maybe(|| talk(fill)),
        withheld: fill.truth(),
        deadline: fill.maybe(|| deadline(fill)),
        reports: fill.many([None, Some(String::new())].map(|reference| ReportView {
            body: fill.text(),
            sent_at: fill.instant(),
            reference,
        })),
        notices: fill.many([None, Some(fill.text())].map(|reference| NoticeView {
            channel: fill.text(),
            lang: Lang::Fr,
            sent_at: fill.instant(),
            reference,
        })),
        milestones: fill.many([MilestoneView {
            at: fill.instant(),
            kind: fill.text(),
            code: fill.text(),
            reference: fill.maybe(|| fill.text()),
            piece: fill.maybe(|| fill.small()),
        }]),
        due: fill.many([DueView { kind: DeadlineKind::InternalComplaint, day: fill.text(), days_left: -1 }]),
        added: fill.many([AddedView {
            piece: fill.small(),
            at: fill.instant(),
            form: PieceForm::Email,
            provided_by: fill.text(),
            role: Role::Association,
            consent: Consent::NotConcerned,
            access: fill.text(),
            file_name: fill.maybe(|| fill.text()),
            seal: digest(),
            timestamp: piece(fill).timestamp,
        }]),
        observations: fill.many([Fill::Least, fill].map(|fill| ObservationView {
            at: fill.instant(),
            by: Observer::User,
            baseline: fill.truth(),
            sighting: Sighting {
                platform: fill.text(),
                fate: Fate::Unknown,
                would_count: fill.truth(),
                marker: fill.maybe(|| fill.text()),
                excerpt: fill.maybe(String::new),
                note: fill.maybe(|| fill.text()),
            },
        })),
        probe: fill.maybe(|| Probe {
            url: fill.text(),
            origin: fill.text(),
            kind: BodyKind::Json,
            also: fill.many([fill.text()]),
        }),
        next_check: fill.maybe(|| fill.instant()),
        timeline: fill.many([StepView {
            seq: fill.number(),
            at: fill.instant(),
            kind: fill.text(),
            detail: fill.text(),
        }]),
    }
}

fn case_row(fill: Fill, standing: StandingView) -> CaseRow {
    CaseRow {
        id: fill.text(),
        platform: fill.text(),
        permalink: fill.text(),
        excerpt: fill.text(),
        captured_at: fill.instant(),
        status: Status::Notified,
        standing,
        partial: fill.truth(),
        demo: fill.truth(),
        dated_by: fill.small(),
        next_check: fill.maybe(|| fill.instant()),
        notified_at: fill.maybe(|| fill.instant()),
        hand_check: fill.maybe(|| fill.instant()),
        dossiers: fill.many([fill.text()]),
        head: digest(),
        head_seq: fill.number(),
    }
}

fn new_piece(fill: Fill) -> NewPiece {
    NewPiece {
        blob: digest(),
        file_name: fill.maybe(|| fill.text()),
        provided_by: fill.text(),
        role: Role::Witness,
        consent: Consent::Unknown,
        access: fill.text(),
    }
}

fn piece(fill: Fill) -> PieceView {
    PieceView {
        piece: fill.small(),
        captured_at: fill.instant(),
        post: fill.maybe(|| post(fill)),
        picture: fill.maybe(digest),
        witness: fill.maybe(|| Witness {
            source: fill.text(),
            level: Level::PublicApi,
            doubt: Doubt::Probable,
            url: fill.maybe(|| fill.text()),
            agrees: fill.many([fill.text()]),
            differs: fill.many([Difference { field: fill.text(), page: fill.text(), payload: fill.text() }]),
            in_part: vec![],
            only_page: fill.many([fill.text()]),
            only_payload: fill.many([Told { field: fill.text(), value: fill.text() }]),
            missing: fill.many([Missing::of("", &fill.text())]),
        }),
        missing: fill.many([Missing::of("", &fill.text())]),
        omissions: fill.many([Omission { what: fill.text(), count: fill.small() }]),
        seal: digest(),
        timestamp: TimestampView {
            state: TimestampState::Queued,
            gen_time: fill.maybe(|| fill.instant()),
            tsa: fill.maybe(String::new),
            fault: fill.maybe(|| fault(Fill::Least)),
            tokens: fill.many([TokenOf {
                service: fill.text(),
                tsa: fill.text(),
                gen_time: fill.instant(),
                gap_seconds: -1,
                checked: fill.truth(),
            }]),
            awaited: fill.many([AwaitedView {
                service: fill.text(),
                fault: fill.maybe(|| fault(Fill::Least)),
                failures: fill.small(),
                next_at: fill.maybe(|| fill.instant()),
            }]),
        },
    }
}

fn post(fill: Fill) -> Post {
    Post {
        platform: fill.text(),
        id: fill.text(),
        permalink: fill.text(),
        author: author(fill),
        text: fill.text(),
        lang: fill.maybe(String::new),
        published_at: fill.maybe(|| fill.instant()),
        created_from_id: fill.maybe(|| fill.instant()),
        media: fill.many([MediaKind::Image, MediaKind::Poster, MediaKind::Video, MediaKind::Card].map(|kind| Media {
            kind,
            url: fill.text(),
            alt: (kind == MediaKind::Image).then(String::new),
        })),
        quoted: fill.maybe(|| linked(fill)),
        in_reply_to: fill.maybe(|| linked(Fill::Least)),
        audience: fill.maybe(|| fill.text()),
        counters: fill.many([Counter { name: fill.text(), value: fill.number() }]),
        reader: fill.text(),
        missing: fill.many([Missing::of(&fill.text(), "")]),
    }
}

fn linked(fill: Fill) -> Linked {
    Linked {
        id: fill.maybe(|| fill.text()),
        permalink: fill.maybe(|| fill.text()),
        author: author(fill),
        text: fill.maybe(String::new),
        published_at: fill.maybe(|| fill.instant()),
    }
}

fn author(fill: Fill) -> Author {
    Author {
        display_name: fill.maybe(String::new),
        handle: fill.maybe(|| fill.text()),
        account_id: fill.maybe(|| fill.text()),
    }
}

fn offence(fill: Fill) -> OffenceView {
    OffenceView {
        id: fill.text(),
        family: fill.text(),
        label_fr: fill.text(),
        label_en: fill.text(),
        basis: fill.text(),
        confidence: Confidence::Sure,
        elements: fill.many([String::new(), fill.text()]),
        needs_ground: fill.truth(),
        grounds: fill.many(Ground::ALL),
        never_capture: fill.truth(),
    }
}

fn outcome(fill: Fill) -> Outcome {
    Outcome {
        state: State::Strong,
        code: Code::Prov,
        ground: fill.maybe(|| Ground::Origin),
        suggestions: fill.many([Suggestion {
            offence: fill.text(),
            code: Code::None,
            ground: None,
            state: State::None,
            because: fill.many([reason(fill), reason(Fill::Least)]),
        }]),
        ruled_out: fill.many([reason(fill)]),
        questions: fill.many([fill.text()]),
    }
}

fn talk(fill: Fill) -> TalkView {
    let card = CardView {
        offence: fill.text(),
        elements: fill.many([Element {
            fr: fill.text(),
            en: fill.text(),
            state: ElementState::Court,
            quotes: fill.many([fill.text()]),
        }]),
        statutes: fill.many([StatuteView {
            article: fill.text(),
            words: fill.text(),
            version: fill.text(),
            confidence: Confidence::Sure,
        }]),
        neighbours: fill.many([NeighbourView { label: words(fill), question: words(fill) }]),
        doubts: fill.many([words(fill)]),
        who: fill.many([words(fill)]),
        associations: fill.maybe(|| words(fill)),
        penalty: words(fill),
        emergencies: fill.many([EmergencyView { number: fill.text(), who: words(fill) }]),
        text_first: fill.truth(),
        deadline: fill.maybe(|| deadline(fill)),
    };
    TalkView {
        outcome: outcome(fill),
        cards: fill.many([card]),
        asks: fill.many([fill.text()]),
        deadline: fill.maybe(|| deadline(fill)),
        standing: words(fill),
    }
}

fn words(fill: Fill) -> Text {
    Text { fr: fill.text(), en: String::new() }
}

fn deadline(fill: Fill) -> DeadlineView {
    DeadlineView {
        offence: fill.text(),
        ground: fill.maybe(|| Ground::Religion),
        last_safe_day: "2027-11-23".to_owned(),
        period: "1 an".to_owned(),
        confidence: Confidence::Likely,
        period_en: fill.text(),
        from: fill.text(),
        days_left: -1,
        day_off: fill.maybe(|| words(fill)),
        undecided: fill.truth(),
        starts: words(fill),
        interrupts: words(fill),
        does_not: words(fill),
    }
}

fn reason(fill: Fill) -> Reason {
    Reason {
        code: fill.text(),
        quote: fill.maybe(String::new),
        span: fill.maybe(|| (0, fill.small())),
        text: fill.text(),
    }
}

fn decisions(fill: Fill) -> Vec<Decision> {
    vec![
        Decision::Offence {
            offence: fill.text(),
            ground: fill.maybe(|| Ground::Nation),
            words: fill.many([String::new(), fill.text()]),
            explanation: fill.text(),
        },
        Decision::Lawful { kind: Lawful::Unknown },
    ]
}

fn facts(fill: Fill) -> Facts {
    Facts {
        public: fill.maybe(|| false),
        addressed_to_person: fill.maybe(|| true),
        reply_to: fill.maybe(String::new),
        repeated: fill.maybe(|| false),
        authors: fill.maybe(|| fill.small()),
        platform: fill.maybe(|| fill.text()),
        answers: Answers {
            ground: fill.maybe(|| Ground::Sex),
            groundless: fill.truth(),
            call: fill.maybe(|| true),
            fact: fill.maybe(|| false),
        },
    }
}

fn settings(fill: Fill) -> Settings {
    Settings {
        trusted_time: fill.truth(),
        timestamp_service: fill.text(),
        second_timestamp_service: fill.text(),
        checks: fill.truth(),
        quiet_nights: fill.truth(),
        sender: Sender {
            name: fill.text(),
            email: fill.text(),
            kind: SenderKind::Association,
            representative: fill.text(),
            grounds: fill.text(),
        },
    }
}

fn field(fill: Fill) -> Field {
    Field { id: fill.text(), label: fill.maybe(|| fill.text()), value: fill.text(), limit: fill.maybe(|| fill.small()) }
}

fn fault(fill: Fill) -> FaultView {
    FaultView { code: fill.text(), message: fill.text(), hint: fill.text() }
}

fn digest() -> Digest {
    Digest::of(b"a message")
}
