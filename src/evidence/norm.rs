use serde::{Deserialize, Serialize};

use super::Conditions;

/// One prerequisite of NF Z67-147 (September 2010), which courts treat as good practice for the reports of a commissaire de
/// justice. A capture is « inspirée de » that standard, never « conforme »: each point says what an extension could establish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NormPoint {
    /// Its number in our list, from 1.
    pub number: u32,
    /// What it asks, in French.
    pub asks: String,
    /// How far it is met.
    pub state: NormState,
    /// What was established, or why it was not.
    pub value: String,
}

/// How far a point is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NormState {
    /// By what the value says.
    Established,
    /// Not by an extension.
    NotEstablishable,
    /// Not asked of a capture of this kind.
    NotApplicable,
}

/// The sixteen points, one by one.
pub fn norm_points(conditions: &Conditions) -> Vec<NormPoint> {
    use NormState::{Established, NotApplicable, NotEstablishable};
    let viewport = &conditions.viewport;
    let window = format!("fenêtre de {} × {} pixels", viewport.width, viewport.height);
    let package = match &conditions.package_digest {
        Some(digest) => format!(", empreinte de ses fichiers {digest} (déclarée par l’extension)"),
        None => String::new(),
    };
    let tool = format!(
        "{} ; une extension est présente, Témoin {}{package} ; les autres ne sont pas visibles d’ici",
        conditions.user_agent, conditions.extension_version
    );
    let moments = format!(
        "geste {}, lecture {}, scellé {} (horloge de l’appareil)",
        conditions.started_at, conditions.read_at, conditions.sealed_at
    );
    let points: [(&str, NormState, String); 16] = [
        ("norme suivie", Established, "inspirée de NF Z67-147, sans conformité revendiquée".to_owned()),
        (
            "description de l’ordinateur",
            NotEstablishable,
            "marque, modèle et série ne sont pas visibles d’une extension".to_owned(),
        ),
        ("système d’exploitation", Established, format!("tel qu’il se nomme : {}", conditions.user_agent)),
        ("navigateur, absence d’extensions", Established, tool),
        ("réseau et adresse IP", NotEstablishable, "aucun service extérieur n’est interrogé".to_owned()),
        ("absence de serveur mandataire", NotEstablishable, "les réglages du réseau ne sont pas visibles".to_owned()),
        ("antivirus", NotEstablishable, "à déclarer par la personne".to_owned()),
        ("horloge synchronisée", NotEstablishable, "à comparer avec les jetons d’horodatage du dossier".to_owned()),
        (
            "caches et historique vidés",
            NotEstablishable,
            "rien n’a été vidé : la page est celle que la personne avait ouverte".to_owned(),
        ),
        ("cache DNS et fichier hosts", NotEstablishable, "non visibles d’une extension".to_owned()),
        (
            "page visitée la première, cheminement",
            NotApplicable,
            format!("la page est celle que la personne consultait ; geste : {}", conditions.gesture),
        ),
        ("affichage", Established, window),
        (
            "capture entière et code source",
            Established,
            format!("niveau atteint : {} ; les manques sont listés", conditions.level),
        ),
        ("date et heure de chaque étape", Established, moments),
        (
            "description sans opinion",
            Established,
            "la qualification est dans le journal, hors de la capture".to_owned(),
        ),
        (
            "intégrité des fichiers",
            Established,
            "SHA-256 de chaque fichier, scellé, journal chaîné, signature".to_owned(),
        ),
    ];
    points
        .into_iter()
        .zip(1..)
        .map(|((asks, state, value), number)| NormPoint { number, asks: asks.to_owned(), state, value })
        .collect()
}

#[cfg(test)]
#[path = "../../tests/unit/evidence/norm.rs"]
mod tests;
