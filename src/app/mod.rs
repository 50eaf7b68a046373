//! One file per use case; [`App::handle`] is the only door for pages, [`App::gesture`] the one for the user's gesture.

mod ask;
mod by_hand;
mod campaign;
mod capture_post;
mod capturing;
mod check;
mod decide;
mod draft;
mod drafting;
mod export;
mod failure;
mod history;
mod journal;
mod letter;
mod lifecycle;
mod piece;
mod purge;
mod queue;
mod layout_sample;
mod recover;
mod reminder;
mod schedule;
mod seal;
mod settings;
mod talk;
mod timestamp;
mod view;

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use uuid::Builder;

pub use capture_post::Gesture;
pub use failure::Failure;

use failure::Refusal;

use crate::{
    port::{Clock, Entropy, Ports, Target},
    protocol::{CaptureProgress, Place, Reply, Request},
};

/// The application over the ports of one context. It keeps nothing that the stores do not hold too, but for the
/// captures that it is running itself.
pub struct App<P> {
    ports: P,
    /// Tells the captures of this worker from those that a killed one left behind.
    boot: String,
    running: RefCell<BTreeMap<String, Running>>,
    /// What a killed worker left behind is being finished: once is enough, though every message asks for it.
    recovering: Cell<bool>,
    /// One request at a time to each host.
    turns: ask::Turns,
}

struct Running {
    tab: i32,
    progress: CaptureProgress,
    cancelled: bool,
}

impl<P: Ports> App<P> {
    /// A fresh application: whatever came before is in the stores.
    pub fn new(ports: P) -> Self {
        let boot = new_id(&ports);
        Self { ports, boot, running: RefCell::default(), recovering: Cell::new(false), turns: ask::Turns::default() }
    }

    /// Answers any request. A failure is an answer too; nothing is lost by it.
    pub async fn handle(&self, request: Request) -> Reply {
        match request.place() {
            Place::Background => self.attend(request).await,
            Place::Page => self.help(request).await,
        }
    }

    /// Answers what the background is asked. It knows no law: its module stays small, and wakes fast.
    pub async fn attend(&self, request: Request) -> Reply {
        or_fault(self.answer_in_background(request).await)
    }

    /// Answers what a page asks of itself.
    pub async fn help(&self, request: Request) -> Reply {
        or_fault(self.answer_in_page(request).await)
    }

    async fn answer_in_background(&self, request: Request) -> Result<Reply, Failure> {
        match request {
            Request::Panel => self.panel().await,
            Request::Cases { status, platform } => self.history(status, platform.as_deref()).await,
            Request::Check { case } => self.check_now(&case).await,
            Request::LayoutSample { case, piece } => self.layout_sample(&case, piece).await,
            Request::Settings => Ok(Reply::Settings(self.settings().await?)),
            Request::SaveSettings { settings } => self.save_settings(settings).await,
            Request::CancelCapture { capture } => self.cancel(&capture).await,
            Request::CaptureTab { tab, window, url, pictures } => {
                self.capture_tab(Target { tab, window, url }, pictures).await
            }
            _ => Err(Refusal::Elsewhere.into()),
        }
    }

    async fn answer_in_page(&self, request: Request) -> Result<Reply, Failure> {
        match request {
            Request::Case { case } => self.case_reply(&case).await,
            Request::Offences => Ok(self.offences()),
            Request::Law => Ok(self.law()),
            Request::Suggest { case, facts } => self.suggest(&case, &facts).await,
            Request::Purge { case } => self.purge(&case).await,
            Request::KeepAddress { url } => {
                let case = self.keep_address(&url).await?;
                self.case_reply(&case).await
            }
            Request::Qualify { case, facts, decision } => self.qualify(&case, &facts, decision).await,
            Request::DraftReport { case } => self.draft_report(&case).await,
            Request::DraftNotice { case, lang, also } => self.draft_notice(&case, lang, &also).await,
            Request::Companions { case } => self.companions(&case).await,
            Request::Ticks { case } => self.ticks(&case).await,
            Request::SaveTicks { case, ticks } => self.save_ticks(&case, &ticks).await,
            Request::RecordReport { case, sent_at, reference } => self.record_report(&case, sent_at, reference).await,
            Request::RecordNotice { case, lang, also, good_faith, sent_at, reference } => {
                self.record_notice(&case, lang, &also, good_faith, sent_at, reference).await
            }
            Request::RecordReceipt { case, notice, at, reference, message } => {
                self.record_receipt(&case, notice, at, reference, message).await
            }
            Request::RecordRuling { case, notice, ruling, at, reference, message } => {
                self.record_ruling(&case, notice, ruling, at, reference, message).await
            }
            Request::RecordComplaint { case, recourse, at, reference, drafted } => {
                self.record_complaint(&case, recourse, at, reference, drafted).await
            }
            Request::DraftLetter { case, letter, lang, victim } => self.draft_letter(&case, letter, lang, victim).await,
            Request::SaveLetter { case, letter, lang, victim } => self.save_letter(&case, letter, lang, victim).await,
            Request::AddPiece { case, piece } => self.add_piece(&case, piece).await,
            Request::Calendar { case, lang } => self.calendar(case.as_deref(), lang).await,
            Request::ByHand => self.by_hand().await,
            Request::RecordSighting { case, fate } => self.record_sighting(&case, fate).await,
            Request::Export { case } => self.export(&case).await,
            Request::DeviceKey => self.device_key_view().await,
            Request::NewKey => self.new_key().await,
            Request::Campaign { ask } => Ok(Reply::Campaign(self.campaign(ask).await?)),
            _ => Err(Refusal::Elsewhere.into()),
        }
    }
}

fn or_fault(answer: Result<Reply, Failure>) -> Reply {
    answer.unwrap_or_else(|failure| Reply::Failed(failure.into_view()))
}

/// A UUID of version 7 (RFC 9562): sorts by the clock, unpredictable otherwise.
fn new_id(ports: &impl Ports) -> String {
    let random = ports.entropy().random();
    let mut tail = [0; 10];
    tail.copy_from_slice(random.first_chunk::<10>().unwrap_or(&[0; 10]));
    let millis = u64::try_from(ports.clock().now().millis()).unwrap_or_default();
    Builder::from_unix_timestamp_millis(millis, &tail).into_uuid().hyphenated().to_string()
}
