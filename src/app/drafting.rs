//! What the user has done with a draft so far: fields copied, and the other cases that could stand in the same notice.

use super::{App, Failure, draft::decided};
use crate::{
    base::from_value,
    port::{Ports, Preferences, StoreError},
    protocol::{CaseRow, Reply, Status},
};

/// Cases that are offered for the same notice.
const OFFERED: usize = 30;

impl<P: Ports> App<P> {
    pub(super) async fn ticks(&self, case: &str) -> Result<Reply, Failure> {
        Ok(Reply::Ticks(match self.ports.preferences().load(&key(case)).await? {
            Some(value) => from_value(&value).unwrap_or_default(),
            None => vec![],
        }))
    }

    pub(super) async fn save_ticks(&self, case: &str, ticks: &[String]) -> Result<Reply, Failure> {
        let value = serde_json::to_value(ticks).map_err(|error| StoreError::Failed(error.to_string()))?;
        self.ports.preferences().save(&key(case), value).await?;
        Ok(Reply::Done)
    }

    pub(super) async fn companions(&self, id: &str) -> Result<Reply, Failure> {
        let (case, _) = self.load(id).await?;
        let (offence, ground, ..) = decided(&case)?;
        let platform = case.first().map(|captured| captured.platform.clone()).unwrap_or_default();
        let mut found: Vec<CaseRow> = vec![];
        for row in self.rows().await? {
            let waits = matches!(row.status, Status::Qualified | Status::Reported);
            if !waits || row.id == id || row.platform != platform || found.len() == OFFERED {
                continue;
            }
            let (other, _) = self.load(&row.id).await?;
            if decided(&other).is_ok_and(|(one, two, ..)| (one, two) == (offence.clone(), ground)) {
                found.push(row);
            }
        }
        Ok(Reply::Cases(found))
    }
}

fn key(case: &str) -> String {
    format!("ticks:{case}")
}
