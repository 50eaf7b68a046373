use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::Value;

use super::certificate::Certificate;
use crate::{
    base::{Fault, data, from_data, from_value},
    evidence::Digest,
};

/// The roots that ship with the verifier: what a reader of a pack trusts without asking the pack.
const SHIPPED: &str = data!("evidence/roots");

/// A trusted root.
#[derive(Debug, Clone)]
pub struct Root {
    pub(super) certificate: Certificate,
    /// Its name, as printed in reports.
    pub name: String,
    /// SHA-256 of its DER.
    pub digest: Digest,
}

/// The roots that a reader trusts for time. They never come from the pack.
#[derive(Debug, Clone, Default)]
pub struct Roots(Vec<Root>);

impl Roots {
    /// No root: no time will be established.
    pub fn none() -> Self {
        Self::default()
    }

    /// Those that ship with this version.
    pub fn shipped() -> Result<Self, RootsError> {
        #[derive(Deserialize)]
        struct File {
            #[serde(default)]
            root: Vec<Entry>,
        }
        #[derive(Deserialize)]
        struct Entry {
            name: String,
            sha256: Digest,
            pem: String,
        }
        // Its other fields are for people.
        let file: Value = from_data(SHIPPED).map_err(RootsError::Shipped)?;
        let file: File = from_value(&file).map_err(|error| RootsError::Shipped(error.to_string()))?;
        let mut roots = vec![];
        for entry in file.root {
            let [root] = Self::from_pem(entry.pem.as_bytes())?.0.try_into().map_err(|_| RootsError::Empty)?;
            if root.digest != entry.sha256 {
                return Err(RootsError::Shipped(entry.name));
            }
            roots.push(Root { name: entry.name, ..root });
        }
        Ok(Self(roots))
    }

    /// Reads one or more PEM certificates, one after the other; what stands between them is ignored.
    pub fn from_pem(pem: &[u8]) -> Result<Self, RootsError> {
        const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
        const END: &str = "-----END CERTIFICATE-----";
        let text = std::str::from_utf8(pem).map_err(|_| RootsError::Empty)?;
        let mut roots = vec![];
        for (index, block) in text.split(BEGIN).skip(1).enumerate() {
            let unreadable = RootsError::Certificate(index + 1);
            let Some((body, _)) = block.split_once(END) else { return Err(unreadable) };
            let body: String = body.split_ascii_whitespace().collect();
            let Ok(der) = STANDARD.decode(body) else { return Err(unreadable) };
            let Some(certificate) = Certificate::parse(&der) else { return Err(unreadable) };
            roots.push(Root { name: certificate.name(), digest: Digest::of(&der), certificate });
        }
        if roots.is_empty() { Err(RootsError::Empty) } else { Ok(Self(roots)) }
    }

    /// These and `others`.
    pub fn with(mut self, others: Self) -> Self {
        self.0.extend(others.0);
        self
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Root> {
        self.0.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Why roots cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RootsError {
    /// No certificate in the file.
    #[error("ce fichier ne contient aucun certificat au format PEM")]
    Empty,
    /// Counts from 1.
    #[error("le certificat n° {0} de ce fichier est illisible")]
    Certificate(usize),
    /// A defect of ours.
    #[error("la liste de racines livrée avec ce logiciel est incohérente ({0})")]
    Shipped(String),
}

impl Fault for RootsError {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "roots_empty",
            Self::Certificate(_) => "roots_certificate",
            Self::Shipped(_) => "roots_shipped",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::Empty | Self::Certificate(_) => {
                "Il faut un ou plusieurs blocs « -----BEGIN CERTIFICATE----- » (format PEM)."
            }
            Self::Shipped(_) => "",
        }
    }
}

#[cfg(test)]
#[path = "../../../tests/unit/evidence/timestamp/roots.rs"]
mod tests;
