//! Memory twins of all ports: with them every story of the product runs natively, and a worker can be "killed" between any
//! two steps.

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    future::{pending, poll_fn},
    rc::Rc,
    task::Poll,
};

use serde_json::Value;

use super::{
    Audience, BlobStore, Bracket, CaseStore, Clip, Clock, Download, Entropy, Fetch, FetchError, Fetched, Frame,
    Located, MediaAnswer, Notifier, Page, PageError, Ports, Preferences, Press, PressError, Restored, Row, Screen,
    ScreenError, SealStore, Signer, Staged, StoreError, Target, Trust,
};
use crate::{
    base::Instant,
    capture::PagePlan,
    evidence::{
        Digest, Head, PublicKey, Record,
        timestamp::{Arithmetic, Check, Roots, Signed},
    },
    paper::{Document, Fonts, typeset},
    protocol::{Event, Reminder},
};

/// What outlives a worker: stores, settings, files handed out, and the world outside.
#[derive(Default)]
pub struct World {
    /// Milliseconds of the device clock.
    pub now: Cell<i64>,
    /// Journals by case.
    pub journals: RefCell<BTreeMap<String, Vec<Record>>>,
    /// Read model.
    pub rows: RefCell<BTreeMap<String, Row>>,
    /// Captures under way.
    pub staged: RefCell<BTreeMap<String, Staged>>,
    /// Files by digest.
    pub blobs: RefCell<BTreeMap<Digest, Vec<u8>>>,
    /// Seals by what they are over.
    pub seals: RefCell<BTreeMap<Digest, Value>>,
    /// PEM of the roots that are trusted.
    pub roots: RefCell<Vec<u8>>,
    /// Number of the device's key; none before the first, or when it was lost.
    pub key: Cell<Option<u8>>,
    /// Settings.
    pub preferences: RefCell<BTreeMap<String, Value>>,
    /// Files handed to the user.
    pub downloads: RefCell<Vec<(String, Vec<u8>)>>,
    /// Events told.
    pub events: RefCell<Vec<Event>>,
    /// Granted match patterns.
    pub granted: RefCell<BTreeSet<String>>,
    /// Answers by address; an address that is not there does not answer.
    pub web: RefCell<BTreeMap<String, Fetched>>,
    /// What answers POST requests, by address, before `web` does.
    pub services: RefCell<BTreeMap<String, Service>>,
    /// Requests sent, method before the address.
    pub requests: RefCell<Vec<String>>,
    /// Bodies of the POST requests.
    pub posted: RefCell<Vec<Vec<u8>>>,
    /// The page in the tab; none when it refuses extensions.
    pub page: RefCell<Option<MemoryPage>>,
    /// No host answers yet.
    pub slow: Cell<bool>,
    /// Deadlines announced, with the days left; none while notifications are not allowed.
    pub reminded: RefCell<Option<Vec<(Reminder, i64)>>>,
    /// What documents are set in; without any there are no PDFs.
    pub fonts: RefCell<Option<Fonts>>,
    /// The store has no room left.
    pub full: Cell<bool>,
}

/// The body of an answer to a body.
pub type Service = Rc<dyn Fn(&[u8]) -> Vec<u8>>;

/// A page as a script in it would describe it.
#[derive(Clone)]
pub struct MemoryPage {
    /// What `locate` finds.
    pub located: Located,
    /// What `read` gives.
    pub snapshot: String,
    /// How many tiles the post needs.
    pub tiles: u32,
    /// Whether the page moves during each picture.
    pub restless: bool,
    /// Whether a picture is allowed.
    pub gesture: bool,
    /// The post's own pictures.
    pub media: Vec<Result<(String, Vec<u8>), String>>,
}

/// The ports of one worker over a [`World`].
pub struct MemoryPorts {
    world: Rc<World>,
    /// How many more steps this worker lives; none is for ever.
    fuse: Cell<Option<u32>>,
    seed: Cell<u64>,
}

impl MemoryPorts {
    /// A worker that lives for ever.
    pub fn new(world: Rc<World>, seed: u64) -> Self {
        Self { world, fuse: Cell::new(None), seed: Cell::new(seed) }
    }

    /// A worker that is killed before its step number `steps`.
    pub fn mortal(world: Rc<World>, seed: u64, steps: u32) -> Self {
        Self { world, fuse: Cell::new(Some(steps)), seed: Cell::new(seed) }
    }

    async fn step(&self) {
        match self.fuse.get() {
            Some(0) => pending().await,
            Some(left) => self.fuse.set(Some(left - 1)),
            None => {}
        }
    }

    fn room(&self) -> Result<(), StoreError> {
        if self.world.full.get() { Err(StoreError::Full) } else { Ok(()) }
    }

    fn with_page<T>(&self, read: impl FnOnce(&MemoryPage) -> T) -> Result<T, PageError> {
        self.world.page.borrow().as_ref().map(read).ok_or(PageError::Refused)
    }
}

impl Ports for MemoryPorts {
    fn clock(&self) -> &impl Clock {
        self
    }
    fn entropy(&self) -> &impl Entropy {
        self
    }
    fn cases(&self) -> &impl CaseStore {
        self
    }
    fn blobs(&self) -> &impl BlobStore {
        self
    }
    fn seals(&self) -> &impl SealStore {
        self
    }
    fn signer(&self) -> &impl Signer {
        self
    }
    fn trust(&self) -> &impl Trust {
        self
    }
    fn fetch(&self) -> &impl Fetch {
        self
    }
    fn page(&self) -> &impl Page {
        self
    }
    fn screen(&self) -> &impl Screen {
        self
    }
    fn preferences(&self) -> &impl Preferences {
        self
    }
    fn press(&self) -> &impl Press {
        self
    }
    fn download(&self) -> &impl Download {
        self
    }
    fn audience(&self) -> &impl Audience {
        self
    }
    fn notifier(&self) -> &impl Notifier {
        self
    }
    fn version(&self) -> &str {
        "0.0.0-memory"
    }
    fn is_demo(&self) -> bool {
        false
    }
}

impl Press for MemoryPorts {
    async fn set(&self, document: &Document) -> Result<Vec<u8>, PressError> {
        self.step().await;
        let fonts = self.world.fonts.borrow();
        let fonts = fonts.as_ref().ok_or(PressError::Absent)?;
        typeset(document, fonts).map_err(|error| PressError::Failed(error.to_string()))
    }
}

impl Clock for MemoryPorts {
    fn now(&self) -> Instant {
        Instant::EPOCH.plus_millis(self.world.now.get())
    }
}

impl Entropy for MemoryPorts {
    fn random(&self) -> [u8; 16] {
        let next = self.seed.get().wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        self.seed.set(next);
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&next.to_be_bytes());
        bytes[8..].copy_from_slice(&next.rotate_left(17).to_be_bytes());
        bytes
    }
}

impl CaseStore for MemoryPorts {
    async fn records(&self, case: &str) -> Result<Vec<Record>, StoreError> {
        self.step().await;
        Ok(self.world.journals.borrow().get(case).cloned().unwrap_or_default())
    }

    async fn append(
        &self,
        expected: Option<Head>,
        records: &[Record],
        row: &Row,
        done: Option<&str>,
    ) -> Result<(), StoreError> {
        self.step().await;
        self.room()?;
        let mut journals = self.world.journals.borrow_mut();
        let journal = journals.entry(row.case.clone()).or_default();
        let head =
            journal.last().map(Record::head).transpose().map_err(|error| StoreError::Damaged(error.to_string()))?;
        if head != expected {
            return Err(StoreError::Conflict);
        }
        journal.extend_from_slice(records);
        self.world.rows.borrow_mut().insert(row.case.clone(), row.clone());
        if let Some(done) = done {
            self.world.staged.borrow_mut().remove(done);
        }
        Ok(())
    }

    async fn rows(&self) -> Result<Vec<Row>, StoreError> {
        self.step().await;
        Ok(self.world.rows.borrow().values().cloned().collect())
    }

    async fn put_row(&self, row: &Row) -> Result<(), StoreError> {
        self.step().await;
        self.world.rows.borrow_mut().insert(row.case.clone(), row.clone());
        Ok(())
    }

    async fn stage(&self, staged: &Staged) -> Result<(), StoreError> {
        self.step().await;
        self.room()?;
        self.world.staged.borrow_mut().insert(staged.id.clone(), staged.clone());
        Ok(())
    }

    async fn staged(&self) -> Result<Vec<Staged>, StoreError> {
        self.step().await;
        Ok(self.world.staged.borrow().values().cloned().collect())
    }

    async fn unstage(&self, id: &str) -> Result<(), StoreError> {
        self.step().await;
        self.world.staged.borrow_mut().remove(id);
        Ok(())
    }
}

impl BlobStore for MemoryPorts {
    async fn delete(&self, digests: &[Digest]) -> Result<(), StoreError> {
        self.step().await;
        self.world.blobs.borrow_mut().retain(|digest, _| !digests.contains(digest));
        Ok(())
    }

    async fn put(&self, bytes: &[u8]) -> Result<Digest, StoreError> {
        self.step().await;
        self.room()?;
        let digest = Digest::of(bytes);
        self.world.blobs.borrow_mut().insert(digest, bytes.to_vec());
        Ok(digest)
    }

    async fn get(&self, digest: &Digest) -> Result<Option<Vec<u8>>, StoreError> {
        self.step().await;
        match self.world.blobs.borrow().get(digest) {
            Some(bytes) if Digest::of(bytes) != *digest => Err(StoreError::Damaged(digest.to_string())),
            found => Ok(found.cloned()),
        }
    }
}

impl SealStore for MemoryPorts {
    async fn seals(&self, digest: &Digest) -> Result<Option<Value>, StoreError> {
        self.step().await;
        Ok(self.world.seals.borrow().get(digest).cloned())
    }

    async fn put_seals(&self, digest: &Digest, seals: &Value) -> Result<(), StoreError> {
        self.step().await;
        self.room()?;
        self.world.seals.borrow_mut().insert(*digest, seals.clone());
        Ok(())
    }
}

impl Signer for MemoryPorts {
    async fn key(&self) -> Result<Option<PublicKey>, StoreError> {
        self.step().await;
        self.world.key.get().map(|number| Ok(test_key(number)?.1)).transpose()
    }

    async fn create(&self) -> Result<PublicKey, StoreError> {
        self.step().await;
        let number = self.seed.get().to_be_bytes()[7] | 1;
        let number = if self.world.key.get() == Some(number) { number ^ 2 } else { number };
        self.world.key.set(Some(number));
        Ok(test_key(number)?.1)
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>, StoreError> {
        use p256::ecdsa::{Signature, signature::hazmat::PrehashSigner};
        self.step().await;
        let number = self.world.key.get().ok_or_else(|| StoreError::Damaged("key".to_owned()))?;
        let signature: Signature =
            test_key(number)?.0.sign_prehash(Digest::of(message).bytes()).map_err(|error| key_failed(&error))?;
        Ok(signature.to_der().as_bytes().to_vec())
    }
}

impl Check for MemoryPorts {
    async fn check(&self, signed: &Signed<'_>) -> Option<bool> {
        Arithmetic.check(signed).await
    }
}

impl Trust for MemoryPorts {
    async fn roots(&self) -> Roots {
        Roots::from_pem(&self.world.roots.borrow()).unwrap_or_default()
    }
}

/// A key that everybody can make: for tests only.
fn test_key(number: u8) -> Result<(p256::ecdsa::SigningKey, PublicKey), StoreError> {
    let secret = p256::ecdsa::SigningKey::from_slice(&[number; 32]).map_err(|error| key_failed(&error))?;
    let point = secret.verifying_key().to_sec1_point(false);
    let public = PublicKey::from_point(point.as_bytes()).ok_or_else(|| StoreError::Failed("point".to_owned()))?;
    Ok((secret, public))
}

fn key_failed(error: &p256::ecdsa::Error) -> StoreError {
    StoreError::Failed(error.to_string())
}

impl Fetch for MemoryPorts {
    async fn allowed(&self, origin: &str) -> bool {
        self.step().await;
        self.world.granted.borrow().contains(origin)
    }

    async fn get(&self, url: &str) -> Result<Fetched, FetchError> {
        self.step().await;
        self.world.requests.borrow_mut().push(format!("GET {url}"));
        poll_fn(|_| if self.world.slow.get() { Poll::Pending } else { Poll::Ready(()) }).await;
        self.world.web.borrow().get(url).cloned().ok_or_else(|| FetchError::NoAnswer(url.to_owned()))
    }

    async fn post(&self, url: &str, _content_type: &str, body: &[u8]) -> Result<Fetched, FetchError> {
        self.step().await;
        self.world.requests.borrow_mut().push(format!("POST {url}"));
        self.world.posted.borrow_mut().push(body.to_vec());
        if let Some(service) = self.world.services.borrow().get(url) {
            return Ok(Fetched { status: 200, final_url: url.to_owned(), retry_after: None, body: service(body) });
        }
        self.world.web.borrow().get(url).cloned().ok_or_else(|| FetchError::NoAnswer(url.to_owned()))
    }
}

impl Page for MemoryPorts {
    async fn locate(&self, _target: &Target, _capture: &str, _plan: &PagePlan) -> Result<Located, PageError> {
        self.step().await;
        self.with_page(|page| page.located)
    }

    async fn pick(&self, _target: &Target, _capture: &str) -> Result<(), PageError> {
        self.step().await;
        self.with_page(|_| ())
    }

    async fn read(&self, _target: &Target, _capture: &str) -> Result<String, PageError> {
        self.step().await;
        self.with_page(|page| page.snapshot.clone())
    }

    async fn frame(&self, _target: &Target, _capture: &str, tile: u32) -> Result<Frame, PageError> {
        self.step().await;
        self.with_page(|page| Frame {
            tiles: page.tiles,
            bracket: still("before"),
            x: 0,
            y: 0,
            width: 10,
            height: 10,
            offset_y: 10 * tile,
        })
    }

    async fn bracket(&self, _target: &Target, _capture: &str) -> Result<Bracket, PageError> {
        self.step().await;
        self.with_page(|page| still(if page.restless { "after" } else { "before" }))
    }

    async fn restore(&self, _target: &Target, _capture: &str) -> Result<Restored, PageError> {
        self.step().await;
        self.with_page(|page| Restored { changes: if page.tiles > 1 { vec!["scrolled".to_owned()] } else { vec![] } })
    }

    async fn media(&self, _target: &Target, _capture: &str, index: u32, _ask: bool) -> Result<MediaAnswer, PageError> {
        self.step().await;
        self.with_page(|page| MediaAnswer {
            count: page.media.len() as u32,
            url: format!("https://media.example/{index}"),
            content: page.media.get(index as usize).cloned().unwrap_or_else(|| Err("none".to_owned())),
        })
    }

    async fn end(&self, _target: &Target, _capture: &str) {
        self.step().await;
    }
}

fn still(moment: &str) -> Bracket {
    Bracket {
        href: "https://x.com/a/status/1".to_owned(),
        time_origin: "1".to_owned(),
        visible: true,
        rect: "0,0,10,10".to_owned(),
        text_digest: moment.to_owned(),
    }
}

impl Screen for MemoryPorts {
    async fn visible(&self, _target: &Target) -> Result<Vec<u8>, ScreenError> {
        self.step().await;
        match self.with_page(|page| page.gesture) {
            Ok(true) => Ok(b"a picture".to_vec()),
            _ => Err(ScreenError::NoGesture),
        }
    }

    async fn stitch(&self, clips: &[Clip]) -> Result<Vec<u8>, ScreenError> {
        self.step().await;
        Ok(format!("stitched from {}", clips.len()).into_bytes())
    }
}

impl Preferences for MemoryPorts {
    async fn load(&self, key: &str) -> Result<Option<Value>, StoreError> {
        self.step().await;
        Ok(self.world.preferences.borrow().get(key).cloned())
    }

    async fn save(&self, key: &str, value: Value) -> Result<(), StoreError> {
        self.step().await;
        self.world.preferences.borrow_mut().insert(key.to_owned(), value);
        Ok(())
    }
}

impl Download for MemoryPorts {
    async fn save(&self, name: &str, _media_type: &str, bytes: &[u8]) {
        self.step().await;
        self.world.downloads.borrow_mut().push((name.to_owned(), bytes.to_vec()));
    }
}

impl Notifier for MemoryPorts {
    async fn allowed(&self) -> bool {
        self.step().await;
        self.world.reminded.borrow().is_some()
    }

    async fn remind(&self, reminder: &Reminder, days_left: i64) {
        if let Some(said) = self.world.reminded.borrow_mut().as_mut() {
            said.push((reminder.clone(), days_left));
        }
    }
}

impl Audience for MemoryPorts {
    fn tell(&self, event: Event) {
        self.world.events.borrow_mut().push(event);
    }
}
