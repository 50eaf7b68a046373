use super::plan::{Document, Piece, Plan};
use crate::{base::Instant, case::Role};

/// `LISEZMOI.txt`: all that a lawyer needs in order to know what this is and to check it.
pub(super) fn readme(plan: &Plan) -> Vec<u8> {
    let mut parts = vec![];
    parts.push("DOSSIER DE PREUVES – TÉMOIN (format 0)\n".to_owned());
    if plan.pieces.iter().any(|piece| piece.captured.demo) {
        parts.push(
            "*** DÉMONSTRATION : ce dossier vient de la version de démonstration. Il ne prouve rien. ***\n".to_owned(),
        );
    }
    parts.push(WHAT.to_owned());
    parts.push(contents(plan));
    parts.push(checks(plan));
    parts.push(LIMITS.to_owned());
    parts.join("\n").into_bytes()
}

const WHAT: &str = "\
1. CE QUE C’EST

Ce dossier contient la copie de publications vues en ligne, telles que le navigateur les a reçues, sauf les omissions
que chaque pièce énumère (conditions.json), et le journal daté de ce qui a été fait ensuite. Il a été produit par
l’extension de navigateur Témoin, à la demande de la personne qui l’utilise. Ce n’est pas un constat de commissaire de
justice.

Chaque fichier a une empreinte SHA-256. La liste des empreintes d’une pièce (manifest.json) est scellée dans un journal
dont chaque entrée contient l’empreinte de la précédente ; le scellé peut être daté par un service d’horodatage
électronique (RFC 3161).
";

fn contents(plan: &Plan) -> String {
    let mut text = String::from(
        "2. CE QU’IL CONTIENT\n\n\
         bordereau.csv    la liste des pièces, pour un tableur\n\
         pieces/          un dossier numéroté par pièce : page, images, texte, conditions, manifest.json, horodatages\n\
         documents/       les textes que la personne déclare avoir envoyés (s’il y en a)\n\
         journal.jsonl    le journal, une entrée par ligne\n\
         SHA256SUMS       l’empreinte de tous les autres fichiers ; pieces/SHA256SUMS, celle des seules pièces\n",
    );
    for piece in &plan.pieces {
        text.push_str(&describe(piece));
    }
    if !plan.documents.is_empty() {
        text.push_str("\nEnvois déclarés par la personne\n");
        for document in &plan.documents {
            text.push_str(&sent(document));
        }
    }
    for case in &plan.cases {
        text.push_str(&format!(
            "\nAffaire {}\n  Journal : {} entrées, dont {} observations du sort de la publication\n  \
             Empreinte de la dernière entrée : {}\n",
            plain(&case.id),
            case.head.seq + 1,
            case.observations.len(),
            case.head.digest
        ));
    }
    text
}

fn describe(piece: &Piece) -> String {
    let captured = &piece.captured;
    let mut lines = vec![format!("\nPièce {:04}", piece.number)];
    match &piece.added {
        Some(added) => lines.extend([
            format!("  {} (voir provenance.json)", given_by(added.role)),
            format!("  Au sujet de : {}", plain(&captured.permalink)),
            format!("  Ajoutée (horloge de l’appareil) : {}", both(piece.captured_at)),
        ]),
        None => lines.extend([
            format!("  Adresse : {}", plain(&captured.permalink)),
            format!("  Plateforme : {} ; identifiant : {}", plain(&captured.platform), plain(&captured.post_id)),
            match captured.published_at {
                Some(moment) => {
                    format!("  Publiée (heure affichée, à défaut tirée de l’identifiant) : {}", both(moment))
                }
                None => "  Publiée : heure inconnue".to_owned(),
            },
            format!("  Capturée (horloge de l’appareil) : {}", both(piece.captured_at)),
        ]),
    }
    match &piece.sealed {
        Some((at, sealed)) => {
            lines.push(format!("  Scellée (horloge de l’appareil) : {}", both(*at)));
            lines.push(format!("  Scellé (SHA-256 de manifest.json) : {}", sealed.manifest));
        }
        None => lines
            .push("  Non scellée : la capture a été interrompue, ce dossier n’en contient aucun fichier.".to_owned()),
    }
    for timed in &piece.timestamps {
        lines.push(format!(
            "  Horodatage électronique (caractère qualifié non vérifié) par « {} » ({}) : {}",
            plain(&timed.tsa),
            plain(&timed.service),
            both(timed.gen_time)
        ));
    }
    if piece.timestamps.is_empty() {
        lines.push("  Heure non certifiée : aucun service d’horodatage n’a daté cette pièce.".to_owned());
    }
    for missing in &captured.missing {
        lines.push(format!("  Manque : {} ({})", plain(&missing.what), plain(&missing.reason)));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// How a piece that was not captured here is printed wherever it stands.
pub(super) fn given_by(role: Role) -> &'static str {
    match role {
        Role::Victim => "Fournie par la victime, non observée par l’extension",
        Role::Witness => "Fournie par un témoin, non observée par l’extension",
        Role::Association => "Fournie par une association, non observée par l’extension",
    }
}

fn sent(document: &Document) -> String {
    let reference = document.reference.as_deref().map(|reference| format!(", référence {}", plain(reference)));
    format!(
        "  {} : {}{} ({})\n",
        both(document.sent_at),
        plain(&document.what),
        reference.unwrap_or_default(),
        document.path
    )
}

fn checks(plan: &Plan) -> String {
    let mut text = String::from(
        "3. COMMENT VÉRIFIER\n\n\
         Décompressez l’archive, ouvrez un terminal dans le dossier obtenu, collez la ligne qui convient. Chaque fichier\n\
         doit être suivi de « OK ».\n\n\
         Linux :\n  sha256sum -c SHA256SUMS\n\n\
         macOS :\n  shasum -a 256 -c SHA256SUMS\n\n\
         Windows (PowerShell) :\n  ",
    );
    text.push_str(POWERSHELL);
    text.push_str(
        "\n\n\
         Ces lignes ne voient ni un fichier ajouté, ni un journal refait. Le vérificateur de Témoin contrôle tout à la\n\
         fois, sur l’archive ZIP telle qu’elle a été reçue :\n  temoin verify DOSSIER.zip\n",
    );
    let dated = plan.pieces.iter().find(|piece| !piece.timestamps.is_empty());
    if let Some(piece) = dated {
        let (_, response) = piece.timestamp_paths(1);
        // At the token's time, so that the line still holds once the service's certificate has ended.
        let moment = piece.timestamps.first().map_or(0, |timed| timed.gen_time.millis().div_euclid(1000));
        text.push_str(&format!(
            "\nHorodatage (racine.pem : le certificat racine du service, à prendre auprès de lui et non dans ce dossier) :\n  \
             openssl ts -verify -data {}manifest.json -in {response} -CAfile racine.pem -attime {moment}\n",
            piece.folder()
        ));
    }
    text
}

/// Windows PowerShell 5: one line to paste. ASCII, since that console misreads the rest.
const POWERSHELL: &str = "Get-Content SHA256SUMS | ForEach-Object { $h, $f = $_ -split '  ', 2; \
    if ((Test-Path -LiteralPath $f) -and ((Get-FileHash -LiteralPath $f -Algorithm SHA256).Hash -eq $h)) \
    { \"$f : OK\" } else { \"$f : MODIFIE OU ABSENT\" } }";

const LIMITS: &str = "\
4. CE QUE CE DOSSIER NE PROUVE PAS

- Il montre que ses fichiers n’ont pas changé depuis leur scellé ; il ne montre pas que la plateforme a bien affiché ce
  contenu, car la personne qui a produit le dossier aurait pu le fabriquer avant de le sceller.
- Il ne dit pas qui se trouve derrière le compte qui a publié.
- Les heures de l’appareil sont déclarées ; seule l’heure d’un jeton d’horodatage vient d’un tiers, et elle établit
  seulement que les fichiers existaient déjà à cette heure.
- Ce format ne porte pas de signature : quelqu’un qui referait tout le dossier, journal et empreintes compris, ne serait
  pas démasqué par ces contrôles, sauf par un jeton d’horodatage vérifié ou par l’empreinte de la dernière entrée du
  journal, si la personne l’a notée ailleurs.
- Les envois de signalements et de notifications sont déclarés par la personne ; les accusés de réception, s’il y en a,
  sont chez elle.
";

/// UTC first, then Paris: both are asked for.
fn both(moment: Instant) -> String {
    format!("{} – {}", moment.rfc3339(), moment.paris())
}

/// Text that came from a page, made harmless for a line of text: no control, no reordering of what stands around it.
pub(super) fn plain(text: &str) -> String {
    let hidden = |symbol: char| {
        symbol.is_control()
            || matches!(symbol, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|symbol| if hidden(symbol) { '\u{fffd}' } else { symbol }).collect()
}
