use super::{App, Failure, capturing::Capturing};
use crate::{
    base::{from_value, sort},
    port::{CaseStore, Page, PageError, Ports, Preferences, Row, StoreError},
    protocol::{CaptureProgress, CaptureStage, CaseRow, PanelView, Reply, Status},
};

/// Key of the case that the panel shows.
const CASE_AT_HAND: &str = "case_at_hand";

impl<P: Ports> App<P> {
    pub(super) async fn panel(&self) -> Result<Reply, Failure> {
        let mut captures: Vec<CaptureProgress> =
            self.running.borrow().values().map(|running| running.progress.clone()).collect();
        for staged in self.ports.cases().staged().await? {
            if Self::purge_asked(&staged).is_some() {
                continue;
            }
            let capturing = Capturing::read(staged)?;
            if !capturing.picking {
                continue;
            }
            if !self.is_choosing(&capturing).await {
                self.drop_capture(&capturing).await;
                captures.retain(|progress| progress.capture != capturing.id);
            } else if captures.iter().all(|progress| progress.capture != capturing.id) {
                captures.push(CaptureProgress {
                    capture: capturing.id,
                    url: capturing.target.url,
                    stage: CaptureStage::Picking,
                    case: None,
                });
            }
        }
        let case = match self.ports.preferences().load(CASE_AT_HAND).await? {
            Some(serde_json::Value::String(case)) if self.load(&case).await.is_ok() => Some(case),
            _ => None,
        };
        Ok(Reply::Panel(PanelView { captures, case }))
    }

    /// Whether the picker still stands in the page: the tab may have been closed, or have gone elsewhere.
    async fn is_choosing(&self, capturing: &Capturing) -> bool {
        match self.ports.page().bracket(&capturing.target, &capturing.id).await {
            Err(PageError::Gone | PageError::Refused) => false,
            Err(PageError::Script(code)) => code != "other_capture",
            _ => true,
        }
    }

    pub(super) async fn set_case_at_hand(&self, case: &str) -> Result<(), Failure> {
        Ok(self.ports.preferences().save(CASE_AT_HAND, case.into()).await?)
    }

    pub(super) async fn history(&self, status: Option<Status>, platform: Option<&str>) -> Result<Reply, Failure> {
        let mut rows = self.rows().await?;
        rows.retain(|row| {
            status.is_none_or(|status| row.status == status) && platform.is_none_or(|platform| row.platform == platform)
        });
        sort(&mut rows, |one, other| other.captured_at.cmp(&one.captured_at).then_with(|| other.id.cmp(&one.id)));
        Ok(Reply::Cases(rows))
    }

    /// The read model. A row that this version cannot read is folded again from its journal.
    pub(super) async fn rows(&self) -> Result<Vec<CaseRow>, Failure> {
        let mut rows = vec![];
        for row in self.ports.cases().rows().await? {
            match from_value(&row.body) {
                Ok(row) => rows.push(row),
                Err(_) => rows.push(self.refold(&row.case).await?),
            }
        }
        Ok(rows)
    }

    /// The row of a case, from its journal; the cache is brought up to date when it differs.
    pub(super) async fn refold(&self, case: &str) -> Result<CaseRow, Failure> {
        let (case, _) = self.load(case).await?;
        let row = self.row(&case).await?;
        self.ports.cases().put_row(&row).await?;
        read_row(&row)
    }

    /// The case that holds this post, if any: a second capture is a further piece of the same case.
    pub(super) async fn case_of(&self, permalink: &str) -> Result<Option<String>, Failure> {
        Ok(self.rows().await?.into_iter().find(|row| row.permalink == permalink).map(|row| row.id))
    }
}

pub(super) fn read_row(row: &Row) -> Result<CaseRow, Failure> {
    Ok(from_value(&row.body).map_err(|error| StoreError::Damaged(error.to_string()))?)
}
