use std::collections::BTreeMap;

use super::{App, Failure, Running, ask::is_refusal, capturing::Capturing, failure::Refusal, new_id};
use crate::{
    base::Fault,
    capture::{
        Missing, PagePlan, PageSnapshot, Post, ReadError, Witness, plan, read_with, without_secrets, witness_request,
    },
    case::{Captured, Entry, Sealed},
    evidence::{Conditions, Digest, FileEntry, FileKind, MANIFEST_VERSION, Manifest, canonical_json, norm_points},
    platform,
    port::{
        BlobStore, CaseStore, Clip, Clock, FetchError, Fetched, Located, Page, Ports, Screen, ScreenError, StoreError,
        Target,
    },
    protocol::{CaptureProgress, CaptureStage, Event, Reply},
};

/// Version of `conditions.json`.
const CONDITIONS_VERSION: u32 = 2;
/// A post taller than this many screens is pictured to that depth; the text is whole anyway.
const MOST_TILES: u32 = 12;
/// A page that scrolls by itself gets this many tries for each picture.
const TRIES_PER_TILE: u32 = 3;
/// The gesture for terrorism, intimate images and filmed assaults: text and HTML, and no pixel.
const TEXT_ONLY: &str = "text_only";
/// The gesture for child sexual abuse material: the address, and nothing else.
const ADDRESS_ONLY: &str = "address_only";
/// More pictures than any post has.
const MOST_MEDIA: u32 = 20;

/// The platform's own account of the post, as it answered.
const PAYLOAD: &str = "payload.json";
/// What that account, or the page's own data, says of the fields that the page shows.
pub(super) const WITNESS: &str = "witness.json";
/// What stands in the place of a gesture when a list of addresses is captured tab by tab.
const QUEUE: &str = "queue";

/// The user's gesture on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gesture {
    /// `action`, `context_menu`, `command`; `text_only` and `address_only` from the menu's other entries.
    pub kind: String,
    /// The tab.
    pub target: Target,
    /// The link that was clicked, if one was.
    pub link: Option<String>,
}

impl<P: Ports> App<P> {
    /// The user asked for a capture: looks for the post, and captures it or lets the user choose it in the page.
    /// A second gesture, as of a double click, adds nothing to a capture under way in that tab; a choice that waits there
    /// begins anew.
    pub async fn gesture(&self, gesture: Gesture) {
        if self.is_capturing(gesture.target.tab) {
            return;
        }
        if gesture.kind == ADDRESS_ONLY {
            return self.keep_only_the_address(gesture).await;
        }
        let now = self.ports.clock().now();
        let plan = plan(&gesture.target.url);
        // From here on the address is kept: what lets somebody act as the user is left out first.
        let target = Target { url: without_secrets(&gesture.target.url).unwrap_or_default(), ..gesture.target };
        let mut capturing = Capturing::new(new_id(&self.ports), self.boot.clone(), gesture.kind, target, now);
        self.progress(&capturing, CaptureStage::Locating, None);
        if let Err(failure) = self.start(&mut capturing, plan).await {
            self.fail(&capturing, failure).await;
        }
    }

    /// Nothing of the page is touched. On a timeline, the link under the pointer is the post's own address.
    async fn keep_only_the_address(&self, Gesture { kind, target, link }: Gesture) {
        let now = self.ports.clock().now();
        let url = link.filter(|link| platform::permalink(link).is_ok()).unwrap_or_else(|| target.url.clone());
        let capturing = Capturing::new(new_id(&self.ports), self.boot.clone(), kind, target, now);
        if let Err(failure) = self.keep_address(&url).await {
            self.progress(&capturing, CaptureStage::Failed { fault: failure.into_view() }, None);
        }
    }

    /// The capture of a tab that our page opened for an address of a list. Nobody is there to choose, and without a gesture
    /// the browser gives pictures only where the user allowed all sites.
    pub(super) async fn capture_tab(&self, target: Target, pictures: bool) -> Result<Reply, Failure> {
        let tab = target.tab;
        let kind = if pictures { "campaign" } else { QUEUE };
        self.gesture(Gesture { kind: kind.to_owned(), target, link: None }).await;
        let ended = self
            .running
            .borrow()
            .values()
            .rev()
            .find(|running| running.tab == tab)
            .map(|running| running.progress.clone());
        match ended {
            Some(CaptureProgress { case: Some(case), .. }) => Ok(Reply::Captured(case)),
            Some(CaptureProgress { stage: CaptureStage::Failed { fault }, .. }) => Ok(Reply::Failed(fault)),
            Some(CaptureProgress { stage: CaptureStage::Picking, capture, .. }) => {
                self.cancel(&capture).await?;
                Err(Refusal::SeveralPosts.into())
            }
            _ => Err(Refusal::NoCapture.into()),
        }
    }

    /// The user chose a post in the page.
    pub async fn picked(&self, capture: &str) {
        let Ok(mut capturing) = self.staged(capture).await else { return };
        if !capturing.picking {
            return;
        }
        capturing.picking = false;
        capturing.boot = self.boot.clone();
        if let Err(failure) = self.capture(&mut capturing).await {
            self.fail(&capturing, failure).await;
        }
    }

    /// The user gave up choosing: the script has removed itself, nothing is kept.
    pub async fn pick_cancelled(&self, capture: &str) {
        if let Ok(capturing) = self.staged(capture).await
            && capturing.picking
        {
            self.drop_capture(&capturing).await;
        }
    }

    /// The tab in which a capture waits for the user's choice: only that tab may say what was chosen.
    pub async fn picking_tab(&self, capture: &str) -> Option<Target> {
        self.staged(capture).await.ok().filter(|capturing| capturing.picking).map(|capturing| capturing.target)
    }

    pub(super) async fn cancel(&self, capture: &str) -> Result<Reply, Failure> {
        if let Some(running) = self.running.borrow_mut().get_mut(capture) {
            running.cancelled = true;
        }
        let capturing = self.staged(capture).await?;
        if capturing.picking {
            self.ports.page().end(&capturing.target, &capturing.id).await;
            self.drop_capture(&capturing).await;
        }
        Ok(Reply::Done)
    }

    async fn start(&self, capturing: &mut Capturing, plan: Result<PagePlan, ReadError>) -> Result<(), Failure> {
        let plan = plan?;
        self.stage(capturing).await?;
        self.drop_choices(capturing).await;
        match self.ports.page().locate(&capturing.target, &capturing.id, &plan).await? {
            Located::Post => self.capture(capturing).await,
            Located::Choose => {
                capturing.picking = true;
                self.stage(capturing).await?;
                self.ports.page().pick(&capturing.target, &capturing.id).await?;
                self.progress(capturing, CaptureStage::Picking, None);
                Ok(())
            }
        }
    }

    /// Reads, pictures, seals. Each step is kept before the next begins; text and HTML come before any change to the page.
    async fn capture(&self, capturing: &mut Capturing) -> Result<(), Failure> {
        self.progress(capturing, CaptureStage::Reading, None);
        self.stage(capturing).await?;
        let json = self.ports.page().read(&capturing.target, &capturing.id).await?;
        self.keep_snapshot(capturing, PageSnapshot::parse(&json)?).await?;
        if capturing.gesture == TEXT_ONLY {
            capturing.give_up(Missing::NOT_ASKED);
        }
        if capturing.gesture == QUEUE {
            capturing.missing.push(Missing::of("screenshot", ScreenError::NoGesture.code()));
            capturing.reached("screenshot");
        }
        if capturing.is_ahead("screenshot") && !self.is_cancelled(capturing) {
            self.keep_pictures(capturing).await?;
        }
        if capturing.is_ahead("media") && !self.is_cancelled(capturing) {
            self.keep_media(capturing).await?;
        }
        if !self.is_cancelled(capturing) {
            self.keep_payload(capturing).await?;
        }
        self.ports.page().end(&capturing.target, &capturing.id).await;
        capturing.give_up("cancelled");
        self.seal(capturing).await?;
        Ok(())
    }

    async fn keep_snapshot(&self, capturing: &mut Capturing, mut snapshot: PageSnapshot) -> Result<(), Failure> {
        let html = std::mem::take(&mut snapshot.html);
        self.keep(capturing, "capture.html", html.as_bytes(), "text/html", FileKind::VerbatimSaveOmissions).await?;
        capturing.missing.append(&mut snapshot.missing);
        capturing.snapshot = Some(snapshot);
        capturing.reached("snapshot");
        self.stage(capturing).await
    }

    async fn keep_pictures(&self, capturing: &mut Capturing) -> Result<(), Failure> {
        let mut clips = vec![];
        let mut tiles = 1;
        let mut tile = 0;
        let mut gap = None;
        while tile < tiles.min(MOST_TILES) && !self.is_cancelled(capturing) {
            self.progress(capturing, CaptureStage::Picturing { tile: tile + 1, of: tiles }, None);
            match self.picture(capturing, tile).await {
                Ok((frame_tiles, clip)) => {
                    tiles = frame_tiles;
                    let path = format!("screenshot/tile-{}.png", tile + 1);
                    self.keep(capturing, &path, &clip.tile, "image/png", FileKind::Verbatim).await?;
                    clips.push(clip);
                    self.stage(capturing).await?;
                }
                Err(reason) => {
                    gap = Some(reason);
                    break;
                }
            }
            tile += 1;
        }
        if let Ok(restored) = self.ports.page().restore(&capturing.target, &capturing.id).await {
            capturing.page_changes = restored.changes;
        }
        if let Some(reason) = gap {
            capturing.missing.push(Missing::of("screenshot", reason));
        } else if tiles > MOST_TILES {
            capturing.missing.push(Missing::of("screenshot", "too_tall"));
        } else if self.is_cancelled(capturing) {
            capturing.missing.push(Missing::of("screenshot", "cancelled"));
        }
        if !clips.is_empty() {
            match self.ports.screen().stitch(&clips).await {
                Ok(picture) => {
                    self.keep(capturing, "screenshot/post.png", &picture, "image/png", FileKind::Derived).await?;
                }
                Err(error) => capturing.missing.push(Missing::of("screenshot_stitch", error.code())),
            }
        }
        capturing.reached("screenshot");
        self.stage(capturing).await
    }

    /// One picture, bracketed: unless the page is the same before and after, it is discarded and taken again.
    async fn picture(&self, capturing: &Capturing, tile: u32) -> Result<(u32, Clip), &'static str> {
        let (page, screen) = (self.ports.page(), self.ports.screen());
        let (target, id) = (&capturing.target, &capturing.id);
        for _ in 0..TRIES_PER_TILE {
            let frame = page.frame(target, id, tile).await.map_err(|error| error.code())?;
            if !frame.bracket.visible {
                return Err(ScreenError::NotVisible.code());
            }
            let shot = screen.visible(target).await.map_err(|error| error.code())?;
            let after = page.bracket(target, id).await.map_err(|error| error.code())?;
            if after == frame.bracket {
                let clip = Clip {
                    tile: shot,
                    x: frame.x,
                    y: frame.y,
                    width: frame.width,
                    height: frame.height,
                    to_y: frame.offset_y,
                };
                return Ok((frame.tiles, clip));
            }
        }
        Err(ScreenError::Moved.code())
    }

    async fn keep_media(&self, capturing: &mut Capturing) -> Result<(), Failure> {
        // With the checks off nothing leaves: the pictures then stand in the screenshot only.
        let ask = self.settings().await?.checks;
        let mut index = 0;
        let mut count = 1;
        while index < count {
            if self.is_cancelled(capturing) {
                return Ok(());
            }
            let answer = match self.ports.page().media(&capturing.target, &capturing.id, index, ask).await {
                Ok(answer) => answer,
                Err(error) => {
                    capturing.missing.push(Missing::of("media", error.code()));
                    break;
                }
            };
            count = answer.count.min(MOST_MEDIA);
            if count == 0 {
                break;
            }
            self.progress(capturing, CaptureStage::Media { item: index + 1, of: count }, None);
            match answer.content {
                Ok((media_type, bytes)) => {
                    let path = format!("media/{}.{}", index + 1, ending(&media_type));
                    self.keep(capturing, &path, &bytes, &media_type, FileKind::Verbatim).await?;
                }
                Err(reason) => capturing.missing.push(Missing::of(&format!("media/{}", index + 1), &reason)),
            }
            index += 1;
        }
        capturing.reached("media");
        self.stage(capturing).await
    }

    /// The platform's own account of the post, for comparison: what the page keeps suffices; else, with the checks on, the
    /// platform is asked for it, and its answer is kept as it came.
    async fn keep_payload(&self, capturing: &mut Capturing) -> Result<(), Failure> {
        match self.payload(capturing).await? {
            Some(Ok(payload)) => {
                self.keep(capturing, PAYLOAD, &payload, "application/json", FileKind::Verbatim).await?;
            }
            Some(Err(reason)) => capturing.missing.push(Missing::of(Missing::WITNESS, &reason)),
            None => {}
        }
        capturing.reached(Missing::WITNESS);
        self.stage(capturing).await
    }

    /// `None` when nothing has to be asked for, or nothing can be; else the answer, or why there is none.
    async fn payload(&self, capturing: &Capturing) -> Result<Option<Result<Vec<u8>, String>>, Failure> {
        let Some((html, url)) = self.html(capturing).await? else { return Ok(None) };
        let Ok((post, None)) = read_with(&html, &url, None) else { return Ok(None) };
        let Some(request) = platform::permalink(&post.permalink).ok().as_ref().and_then(witness_request) else {
            return Ok(None);
        };
        if !self.settings().await?.checks {
            return Ok(Some(Err(Missing::NOT_ASKED.to_owned())));
        }
        let answer = match self.ask(&request.url, &request.origin, said_no).await {
            Ok(answer) => answer,
            Err(failure) => return Ok(Some(Err(failure.code().to_owned()))),
        };
        Ok(Some(match answer {
            Ok(answer) if answer.status != 200 => Err("http_status".to_owned()),
            Ok(answer) if serde_json::from_slice::<serde::de::IgnoredAny>(&answer.body).is_err() => {
                Err("not_json".to_owned())
            }
            Ok(answer) => Ok(answer.body),
            Err(error) => Err(error.code().to_owned()),
        }))
    }

    /// Fixes what was read: post, conditions, manifest; writes the journal; reads all back; only then says "saved".
    pub(super) async fn seal(&self, capturing: &mut Capturing) -> Result<String, Failure> {
        self.progress(capturing, CaptureStage::Sealing, None);
        let url = capturing.snapshot.as_ref().map_or(&capturing.target.url, |snapshot| &snapshot.url).clone();
        let address = platform::permalink(&url).or_else(|_| platform::page(&url)).ok();
        let (post, witness) = self.read_post(capturing).await?;
        let (mut platform_id, mut post_id, mut permalink) = match &address {
            Some(address) => (address.platform.clone(), address.id.clone(), address.canonical.clone()),
            None => ("generic".to_owned(), Digest::of(url.as_bytes()).to_string(), url),
        };
        let mut published_at = address.as_ref().and_then(|address| address.created_at);
        if let Some(post) = &post {
            platform_id = post.platform.clone();
            post_id = post.id.clone();
            permalink = post.permalink.clone();
            published_at = post.published_at.or(post.created_from_id).or(published_at);
            let bytes = canonical_json(post)?;
            self.keep(capturing, "post.json", &bytes, "application/json", FileKind::Derived).await?;
        }
        if let Some(witness) = &witness {
            let bytes = canonical_json(witness)?;
            self.keep(capturing, WITNESS, &bytes, "application/json", FileKind::Derived).await?;
        }
        if let Some(conditions) = self.conditions(capturing, post.as_ref().map(|post| post.reader.as_str())) {
            let bytes = canonical_json(&conditions)?;
            self.keep(capturing, "conditions.json", &bytes, "application/json", FileKind::Observed).await?;
        }
        let manifest = Manifest { version: MANIFEST_VERSION, files: capturing.files.clone() };
        let seal = self.ports.blobs().put(&canonical_json(&manifest)?).await?;

        let existing = self.case_of(&permalink).await?;
        let piece = match &existing {
            Some(case) => {
                let known = self.load(case).await?.0;
                if known.is_withheld() {
                    self.ports.blobs().delete(&[seal]).await?;
                    self.destroy_capturing(capturing).await?;
                    return Err(Refusal::Withheld.into());
                }
                known.next_piece()
            }
            None => 1,
        };
        let case = existing.unwrap_or_else(|| new_id(&self.ports));
        let captured = Captured {
            piece,
            platform: platform_id,
            post_id,
            permalink,
            published_at,
            missing: capturing.missing.clone(),
            demo: self.ports.is_demo(),
        };
        let whole = captured.is_whole();
        let entries = [Entry::Captured(captured), Entry::Sealed(Sealed { piece, manifest: seal })];
        if self.record(&case, &entries, Some(&capturing.id)).await?.is_withheld() {
            // Somebody decided so in between.
            self.destroy_sealed(&seal).await?;
            return Err(Refusal::Withheld.into());
        }
        self.read_back(&case, &manifest, &seal).await?;
        let stage = if whole { CaptureStage::Saved } else { CaptureStage::SavedPartial };
        self.progress(capturing, stage, Some(case.clone()));
        if ![QUEUE, "campaign"].contains(&capturing.gesture.as_str()) {
            self.set_case_at_hand(&case).await?;
        }
        self.after_capture(&case).await;
        Ok(case)
    }

    /// The HTML as kept, and its address.
    async fn html(&self, capturing: &Capturing) -> Result<Option<(String, String)>, Failure> {
        let (Some(snapshot), Some(file)) = (&capturing.snapshot, capturing.files.get("capture.html")) else {
            return Ok(None);
        };
        let html = self.bytes(&file.digest).await?;
        Ok(Some((String::from_utf8_lossy(&html).into_owned(), snapshot.url.clone())))
    }

    async fn read_post(&self, capturing: &mut Capturing) -> Result<(Option<Post>, Option<Witness>), Failure> {
        let Some((html, url)) = self.html(capturing).await? else { return Ok((None, None)) };
        let payload = match capturing.files.get(PAYLOAD) {
            Some(file) => Some(self.bytes(&file.digest).await?),
            None => None,
        };
        let payload = payload.as_deref().map(String::from_utf8_lossy);
        match read_with(&html, &url, payload.as_deref()) {
            Ok((post, witness)) => {
                capturing.missing.extend(post.missing.iter().cloned());
                Ok((Some(post), witness))
            }
            Err(error) => {
                capturing.missing.push(Missing::of("post", error.code()));
                Ok((None, None))
            }
        }
    }

    fn conditions(&self, capturing: &Capturing, reader: Option<&str>) -> Option<Conditions> {
        let snapshot = capturing.snapshot.clone()?;
        let mut conditions = Conditions {
            version: CONDITIONS_VERSION,
            url: snapshot.url,
            title: snapshot.title,
            page_lang: snapshot.lang,
            started_at: capturing.started_at,
            read_at: snapshot.read_at,
            sealed_at: self.ports.clock().now(),
            time_zone: snapshot.time_zone,
            utc_offset_minutes: snapshot.utc_offset_minutes,
            user_agent: snapshot.user_agent,
            languages: snapshot.languages,
            viewport: snapshot.viewport,
            rect: snapshot.rect,
            designated_by: snapshot.designated_by,
            gesture: capturing.gesture.clone(),
            extension_version: self.ports.version().to_owned(),
            package_digest: None,
            flavour: if self.ports.is_demo() { "demo" } else { "release" }.to_owned(),
            reader: reader.unwrap_or("none").to_owned(),
            level: level(&capturing.files).to_owned(),
            omissions: snapshot.omissions,
            page_changes: capturing.page_changes.clone(),
            missing: capturing.missing.clone(),
            norm: vec![],
        };
        conditions.norm = norm_points(&conditions);
        Some(conditions)
    }

    async fn read_back(&self, case: &str, manifest: &Manifest, seal: &Digest) -> Result<(), Failure> {
        self.load(case).await?;
        for digest in manifest.files.values().map(|file| &file.digest).chain([seal]) {
            self.ports.blobs().get(digest).await?.ok_or_else(|| StoreError::Damaged(digest.to_string()))?;
        }
        Ok(())
    }

    async fn keep(
        &self,
        capturing: &mut Capturing,
        path: &str,
        bytes: &[u8],
        media_type: &str,
        kind: FileKind,
    ) -> Result<(), Failure> {
        let digest = self.ports.blobs().put(bytes).await?;
        let entry = FileEntry { digest, bytes: bytes.len() as u64, media_type: media_type.to_owned(), kind };
        capturing.files.insert(path.to_owned(), entry);
        Ok(())
    }

    async fn stage(&self, capturing: &Capturing) -> Result<(), Failure> {
        Ok(self.ports.cases().stage(&capturing.staged()?).await?)
    }

    async fn staged(&self, capture: &str) -> Result<Capturing, Failure> {
        let staged = self.ports.cases().staged().await?;
        let found = staged.into_iter().find(|staged| staged.id == capture).ok_or(Refusal::NoCapture)?;
        Capturing::read(found)
    }

    /// A capture that broke: what was read is sealed as partial; when nothing was, the page says why.
    async fn fail(&self, capturing: &Capturing, failure: Failure) {
        self.ports.page().end(&capturing.target, &capturing.id).await;
        let mut kept = capturing.clone();
        if kept.snapshot.is_some() && failure.code() != Refusal::Withheld.code() {
            kept.give_up(failure.code());
            if self.seal(&mut kept).await.is_ok() {
                return;
            }
        }
        let _kept_for_recovery = match kept.snapshot {
            Some(_) => Ok(()),
            None => self.ports.cases().unstage(&capturing.id).await,
        };
        self.progress(capturing, CaptureStage::Failed { fault: failure.into_view() }, None);
    }

    fn is_capturing(&self, tab: i32) -> bool {
        let running = self.running.borrow();
        running.values().any(|running| {
            let stage = &running.progress.stage;
            running.tab == tab && !is_over(stage) && *stage != CaptureStage::Picking
        })
    }

    /// The page holds one picker at most: choices that wait in the tab of a new capture are over.
    async fn drop_choices(&self, new: &Capturing) {
        for staged in self.ports.cases().staged().await.unwrap_or_default() {
            if let Ok(waiting) = Capturing::read(staged)
                && waiting.picking
                && waiting.target.tab == new.target.tab
            {
                self.drop_capture(&waiting).await;
            }
        }
    }

    pub(super) async fn drop_capture(&self, capturing: &Capturing) {
        let _gone_already = self.ports.cases().unstage(&capturing.id).await;
        self.progress(capturing, CaptureStage::Cancelled, None);
    }

    fn is_cancelled(&self, capturing: &Capturing) -> bool {
        self.running.borrow().get(&capturing.id).is_some_and(|running| running.cancelled)
    }

    pub(super) fn progress(&self, capturing: &Capturing, stage: CaptureStage, case: Option<String>) {
        let progress =
            CaptureProgress { capture: capturing.id.clone(), url: capturing.target.url.clone(), stage, case };
        let mut running = self.running.borrow_mut();
        let cancelled = running.get(&capturing.id).is_some_and(|running| running.cancelled);
        forget_ended(&mut running, &capturing.id);
        let tab = capturing.target.tab;
        running.insert(capturing.id.clone(), Running { tab, progress: progress.clone(), cancelled });
        drop(running);
        self.tell(Event::Capture { progress });
    }
}

/// The panel shows the captures under way and the last that ended, not the history of all.
fn forget_ended(running: &mut BTreeMap<String, Running>, but: &str) {
    running.retain(|id, running| id == but || !is_over(&running.progress.stage));
}

fn is_over(stage: &CaptureStage) -> bool {
    matches!(
        stage,
        CaptureStage::Saved | CaptureStage::SavedPartial | CaptureStage::Cancelled | CaptureStage::Failed { .. }
    )
}

/// Silence is no refusal here: the look that follows a capture asks again.
fn said_no(answer: &Result<Fetched, FetchError>) -> bool {
    answer.is_ok() && is_refusal(answer)
}

/// The level of reading that was reached.
fn level(files: &BTreeMap<String, FileEntry>) -> &'static str {
    if files.contains_key(PAYLOAD) {
        return "credential_less_fetch";
    }
    if files.keys().any(|path| path.starts_with("media/")) { "page_fetch" } else { "page" }
}

fn ending(media_type: &str) -> &'static str {
    match media_type.split(';').next().unwrap_or_default().trim() {
        "image/png" => "png",
        "image/jpeg" => "jpg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        "image/avif" => "avif",
        "image/svg+xml" => "svg",
        "video/mp4" => "mp4",
        _ => "bin",
    }
}
