use crate::base::Fault;

/// Why a timestamp cannot be used.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimestampError {
    /// Not a timestamp answer.
    #[error("la réponse du service d’horodatage est illisible")]
    Malformed,
    /// The service says no. Holds its words, if it gave some.
    #[error("le service d’horodatage a refusé la demande (statut {status}){}", words(.text))]
    Status {
        /// `PKIStatus`.
        status: u64,
        /// The service's own text.
        text: String,
    },
    /// It certifies other bytes.
    #[error("l’horodatage porte sur un autre contenu")]
    Imprint,
    /// It answers another request.
    #[error("l’horodatage répond à une autre demande (numéro aléatoire différent)")]
    Nonce,
    /// Its time cannot be read.
    #[error("l’heure de l’horodatage est illisible")]
    Time,
    /// The attributes that the service signed do not fit.
    #[error("les attributs signés de l’horodatage ne sont pas conformes : {0}")]
    Attributes(&'static str),
    /// What was signed is not what stands in the token.
    #[error("le contenu de l’horodatage n’est pas celui que le service a signé")]
    Content,
    /// The signer's certificate is not in the answer.
    #[error("le certificat du service d’horodatage n’est pas joint à sa réponse")]
    CertificateMissing,
    /// The token names another certificate than the one that signed.
    #[error("l’horodatage désigne un autre certificat que celui qui l’a signé")]
    SigningCertificate,
    /// The signature is wrong.
    #[error("la signature de l’horodatage est fausse")]
    Signature,
    /// The certificate is not one of a timestamp service.
    #[error("le certificat de « {0} » n’est pas réservé à l’horodatage")]
    Eku(String),
    /// A certificate of the chain may not certify others.
    #[error("le certificat de « {0} » n’est pas celui d’une autorité de certification")]
    Chain(String),
    /// A certificate was not valid at the time of the token.
    #[error("le certificat de « {0} » n’était pas valable à l’heure de l’horodatage")]
    Expired(String),
    /// All is right, but no trusted root stands behind it.
    #[error("le service d’horodatage « {0} » ne dépend d’aucune racine de confiance connue du vérificateur")]
    RootUnknown(String),
    /// Not covered by this verifier: neither right nor wrong.
    #[error("ce vérificateur ne sait pas contrôler cet horodatage ({0})")]
    Unsupported(String),
}

fn words(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(" : « {text} »") }
}

impl TimestampError {
    /// Whether the token is only not established, rather than wrong.
    pub fn is_doubt(&self) -> bool {
        matches!(self, Self::RootUnknown(_) | Self::Unsupported(_))
    }
}

impl Fault for TimestampError {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "timestamp_malformed",
            Self::Status { .. } => "timestamp_status",
            Self::Imprint => "timestamp_imprint",
            Self::Nonce => "timestamp_nonce",
            Self::Time => "timestamp_time",
            Self::Attributes(_) => "timestamp_attributes",
            Self::Content => "timestamp_content",
            Self::CertificateMissing => "timestamp_certificate_missing",
            Self::SigningCertificate => "timestamp_signing_certificate",
            Self::Signature => "timestamp_signature",
            Self::Eku(_) => "timestamp_eku",
            Self::Chain(_) => "timestamp_chain",
            Self::Expired(_) => "timestamp_expired",
            Self::RootUnknown(_) => "timestamp_root_unknown",
            Self::Unsupported(_) => "timestamp_unsupported",
        }
    }

    fn hint(&self) -> &'static str {
        match self {
            Self::RootUnknown(_) => {
                "Procurez-vous le certificat racine du service auprès de lui, vérifiez son empreinte, puis relancez avec --roots."
            }
            Self::Unsupported(_) => "Contrôlez ce jeton avec « openssl ts -verify ».",
            Self::Malformed | Self::Status { .. } | Self::Imprint | Self::Nonce => {
                "Demandez un nouvel horodatage, au besoin à un autre service."
            }
            _ => "",
        }
    }
}
