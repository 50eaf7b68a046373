use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{App, Failure, failure::Refusal, new_id};
use crate::{
    base::{Instant, from_value, sort},
    case::{Case, Coded, Decision, Entry, Filed, Frozen, Purpose},
    evidence::{Digest, Record},
    law, measure,
    port::{BlobStore, Clock, Download, Ports, Preferences, StoreError},
    protocol::{
        AlikeView, CampaignAsk, CampaignReply, CaseRow, DossierView, ExportView, Lang, StandingView, TableForm,
        TableView,
    },
};

/// Key of the names of dossiers: a cache, for the journals hold them too, save those of empty dossiers.
const DOSSIERS: &str = "dossiers";
const LONGEST_NAME: usize = 120;

/// What is kept of a dossier beside the journals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Named {
    name: String,
    purpose: Purpose,
    created_at: Instant,
}

impl<P: Ports> App<P> {
    pub(super) async fn campaign(&self, ask: CampaignAsk) -> Result<CampaignReply, Failure> {
        match ask {
            CampaignAsk::Dossiers => Ok(CampaignReply::Dossiers(self.dossiers().await?)),
            CampaignAsk::Create { name, purpose } => Ok(CampaignReply::Dossier(self.create(&name, purpose).await?)),
            CampaignAsk::File { dossier, cases, inside } => {
                for case in cases {
                    self.file(&dossier, &case, inside).await?;
                }
                Ok(CampaignReply::Dossier(self.dossier(&dossier).await?))
            }
            CampaignAsk::Freeze { dossier } => self.freeze(&dossier).await,
            CampaignAsk::Table { dossier, public, lang } => {
                Ok(CampaignReply::Table(Box::new(self.table(&dossier, public, lang).await?)))
            }
            CampaignAsk::Code { case, coder, decision } => self.code(&case, &coder, decision).await,
            CampaignAsk::Export { dossier } => self.export_dossier(&dossier).await,
            CampaignAsk::Save { dossier, public, form } => self.save_table(&dossier, public, form).await,
            CampaignAsk::Queue => Ok(CampaignReply::Queue(self.queue().await?)),
            CampaignAsk::Add { dossier, text } => Ok(CampaignReply::Queue(self.add_addresses(dossier, &text).await?)),
            CampaignAsk::Next => Ok(CampaignReply::Next(self.next_address().await?)),
            CampaignAsk::Settle { at, outcome } => Ok(CampaignReply::Queue(self.settle(at, outcome).await?)),
            CampaignAsk::Retry => Ok(CampaignReply::Queue(self.retry().await?)),
            CampaignAsk::Clear => Ok(CampaignReply::Queue(self.clear_done().await?)),
        }
    }

    async fn dossiers(&self) -> Result<Vec<DossierView>, Failure> {
        let rows = self.rows().await?;
        let mut named = self.named().await?;
        // Names that only the journals hold: of dossiers that came with a backup, or after the settings were lost.
        for row in &rows {
            for id in row.dossiers.iter().filter(|id| !named.contains_key(*id)).cloned().collect::<Vec<_>>() {
                let (case, _) = self.load(&row.id).await?;
                let Some(filed) = case.dossiers.get(&id) else { continue };
                let name = self.ports.blobs().get(&filed.name).await?.unwrap_or_default();
                let name = String::from_utf8_lossy(&name).into_owned();
                let name = if name.is_empty() { id.clone() } else { name };
                named.insert(id, Named { name, purpose: filed.purpose, created_at: row.captured_at });
                self.keep_names(&named).await?;
            }
        }
        let view = |(id, named): (String, Named)| DossierView {
            cases: rows.iter().filter(|row| row.dossiers.contains(&id)).count() as u64,
            id,
            name: named.name,
            purpose: named.purpose,
            created_at: named.created_at,
        };
        let mut dossiers: Vec<DossierView> = named.into_iter().map(view).collect();
        sort(&mut dossiers, |one, other| other.created_at.cmp(&one.created_at).then_with(|| one.id.cmp(&other.id)));
        Ok(dossiers)
    }

    async fn dossier(&self, id: &str) -> Result<DossierView, Failure> {
        Ok(self.dossiers().await?.into_iter().find(|dossier| dossier.id == id).ok_or(Refusal::NoDossier)?)
    }

    async fn create(&self, name: &str, purpose: Purpose) -> Result<DossierView, Failure> {
        let name: String = name.trim().chars().take(LONGEST_NAME).collect();
        if name.is_empty() {
            return Err(Refusal::NoName.into());
        }
        let mut named = self.named().await?;
        let id = new_id(&self.ports);
        let created_at = self.ports.clock().now();
        named.insert(id.clone(), Named { name: name.clone(), purpose, created_at });
        self.keep_names(&named).await?;
        Ok(DossierView { id, name, purpose, created_at, cases: 0 })
    }

    /// Says in the journal of a case that it is in a dossier, or no longer; nothing when it says so already.
    pub(super) async fn file(&self, dossier: &str, case: &str, inside: bool) -> Result<(), Failure> {
        let named = self.named().await?;
        let known = named.get(dossier).ok_or(Refusal::NoDossier)?;
        let (folded, _) = self.load(case).await?;
        if folded.dossiers.contains_key(dossier) == inside {
            return Ok(());
        }
        let name = self.ports.blobs().put(known.name.as_bytes()).await?;
        let filed = Filed { dossier: dossier.to_owned(), purpose: known.purpose, name, inside };
        self.record(case, &[Entry::Filed(filed)], None).await?;
        Ok(())
    }

    /// Writes the digest of the whole list into the journal of each case on it.
    async fn freeze(&self, dossier: &str) -> Result<CampaignReply, Failure> {
        let cases = self.cases_of(dossier).await?;
        if cases.is_empty() {
            return Err(Refusal::EmptyDossier.into());
        }
        // A freezing that was cut short goes on with the same list; another list needs another testing.
        let posts = cases.iter().filter_map(|(case, _)| {
            let first = case.first()?;
            Some((first.platform.as_str(), first.post_id.as_str()))
        });
        let mut posts: Vec<(&str, &str)> = posts.collect();
        posts.sort_unstable();
        posts.dedup();
        let list = measure::list_digest(posts.iter().copied())?;
        let begun: Vec<&Frozen> = cases.iter().filter_map(|(case, _)| Some(&case.frozen.get(dossier)?.1)).collect();
        if begun.len() == cases.len() || begun.iter().any(|frozen| frozen.list != list) {
            return Err(Refusal::FrozenAlready.into());
        }
        let items = posts.len() as u64;
        for (case, _) in cases.iter().filter(|(case, _)| !case.frozen.contains_key(dossier)) {
            let frozen = Frozen { dossier: dossier.to_owned(), list, items };
            self.record(&case.id, &[Entry::Frozen(frozen)], None).await?;
        }
        Ok(CampaignReply::Dossier(self.dossier(dossier).await?))
    }

    async fn table(&self, id: &str, public: bool, lang: Lang) -> Result<TableView, Failure> {
        let dossier = self.dossier(id).await?;
        let cases: Vec<Case> = self.cases_of(id).await?.into_iter().map(|(case, _)| case).collect();
        let all = self.rows().await?;
        let mut rows: Vec<CaseRow> =
            all.iter().filter(|row| row.dossiers.iter().any(|one| one == id)).cloned().collect();
        sort(&mut rows, |one, other| other.captured_at.cmp(&one.captured_at).then_with(|| other.id.cmp(&one.id)));
        Ok(TableView {
            alike: alike(&rows, &all),
            campaign: self.figures(id, &cases, public),
            method: measure::method().iter().map(|rule| rule.text(lang).to_owned()).collect(),
            rounds: measure::rounds().to_vec(),
            dossier,
            rows,
        })
    }

    /// Once a list is frozen, only what stands on it counts.
    fn figures(&self, id: &str, cases: &[Case], public: bool) -> measure::Campaign {
        let list = cases.iter().any(|case| case.frozen.contains_key(id)).then_some(id);
        measure::measure(cases, self.ports.clock().now(), list, public)
    }

    async fn code(&self, case: &str, coder: &str, decision: Decision) -> Result<CampaignReply, Failure> {
        let coder: String = coder.trim().chars().take(LONGEST_NAME).collect();
        if coder.is_empty() {
            return Err(Refusal::NoName.into());
        }
        if let Decision::Offence { offence, .. } = &decision {
            law::catalogue().offence(offence).ok_or(Refusal::NoOffence)?;
        }
        self.record(case, &[Entry::Coded(Coded { coder, decision })], None).await?;
        Ok(CampaignReply::Done)
    }

    async fn save_table(&self, id: &str, public: bool, form: TableForm) -> Result<CampaignReply, Failure> {
        let dossier = self.dossier(id).await?;
        let cases: Vec<Case> = self.cases_of(id).await?.into_iter().map(|(case, _)| case).collect();
        let campaign = self.figures(id, &cases, public);
        let (ending, media_type, text) = match form {
            TableForm::Csv => ("csv", "text/csv", measure::csv(&campaign)),
            TableForm::Json => {
                let method: Vec<&str> = measure::method().iter().map(|rule| rule.text(Lang::Fr)).collect();
                let table = json!({ "campaign": campaign, "method": method, "published": measure::rounds() });
                ("json", "application/json", table.to_string())
            }
        };
        let (year, month, day) = self.ports.clock().now().paris_day();
        let name = format!("temoin-{}-{year:04}-{month:02}-{day:02}.{ending}", tail(&dossier.id));
        self.ports.download().save(&name, media_type, text.as_bytes()).await;
        Ok(CampaignReply::Exported(ExportView {
            name,
            digest: Digest::of(text.as_bytes()),
            bytes: text.len() as u64,
            files: 1,
            unprinted: None,
        }))
    }

    /// One pack of all cases of a dossier, up to their present heads.
    async fn export_dossier(&self, id: &str) -> Result<CampaignReply, Failure> {
        let dossier = self.dossier(id).await?;
        let cases = self.cases_of(id).await?;
        if cases.is_empty() {
            return Err(Refusal::EmptyDossier.into());
        }
        let (year, month, day) = self.ports.clock().now().paris_day();
        let name = format!("temoin-{year:04}-{month:02}-{day:02}-dossier-{}.zip", tail(&dossier.id));
        let pack = self.pack_of(name, &cases).await?;
        Ok(CampaignReply::Exported(self.hand_over(pack).await?))
    }

    /// The cases of a dossier and their journals, in the order of their ids, which is that of their capture.
    async fn cases_of(&self, dossier: &str) -> Result<Vec<(Case, Vec<Record>)>, Failure> {
        let mut rows = self.rows().await?;
        rows.retain(|row| row.dossiers.iter().any(|one| one == dossier));
        sort(&mut rows, |one, other| one.id.cmp(&other.id));
        let mut cases = vec![];
        for row in rows {
            cases.push(self.load(&row.id).await?);
        }
        Ok(cases)
    }

    async fn named(&self) -> Result<BTreeMap<String, Named>, Failure> {
        let kept = self.ports.preferences().load(DOSSIERS).await?;
        Ok(kept.and_then(|kept| from_value(&kept).ok()).unwrap_or_default())
    }

    async fn keep_names(&self, named: &BTreeMap<String, Named>) -> Result<(), Failure> {
        let value = serde_json::to_value(named).map_err(|error| StoreError::Failed(error.to_string()))?;
        Ok(self.ports.preferences().save(DOSSIERS, value).await?)
    }
}

/// Which cases of a dossier have nearly the text of an earlier case, wherever that is.
fn alike(rows: &[CaseRow], all: &[CaseRow]) -> Vec<AlikeView> {
    let mut texts = measure::Shingles::default();
    all.iter().for_each(|row| texts.add(&row.id, &row.excerpt));
    let by_id: BTreeMap<&str, &CaseRow> = all.iter().map(|row| (row.id.as_str(), row)).collect();
    let mut found = vec![];
    for row in rows {
        let earlier = texts.like(&row.excerpt, &row.id).into_iter().find_map(|like| {
            let other = by_id.get(like.key.as_str())?;
            ((other.captured_at, &other.id) < (row.captured_at, &row.id)).then_some((like.share, *other))
        });
        if let Some((share, other)) = earlier {
            found.push(AlikeView {
                case: row.id.clone(),
                earlier: other.id.clone(),
                permalink: other.permalink.clone(),
                share,
                after_removal: matches!(other.standing, StandingView::Gone { before, .. } if before < row.captured_at),
                status: other.status,
            });
        }
    }
    found
}

/// The end of an id: its beginning is the time.
fn tail(id: &str) -> String {
    let count = id.chars().count();
    id.chars().skip(count.saturating_sub(8)).collect()
}
