use super::{
    plan::{Document, JournalDate, Piece, Plan},
    sheet::Sheet,
    stamp_paths,
};
use crate::{base::Instant, case::Role};

/// `LISEZMOI.txt`: all that a lawyer needs in order to know what this is and to check it.
pub(super) fn readme(plan: &Plan, sheet: &Sheet) -> Vec<u8> {
    let mut parts = vec![];
    parts.push(format!("DOSSIER DE PREUVES – TÉMOIN (format {})\n", sheet.format));
    if plan.pieces.iter().any(|piece| piece.captured.demo) {
        parts.push(
            "*** DÉMONSTRATION : ce dossier vient de la version de démonstration. Il ne prouve rien. ***\n".to_owned(),
        );
    }
    parts.push(WHAT.to_owned());
    parts.push(contents(plan));
    parts.push(checks(plan, sheet));
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
électronique (RFC 3161). La liste de toutes les empreintes (SHA256SUMS) est signée par la clé de l’appareil, qui ne peut pas
en être extraite.
";

fn contents(plan: &Plan) -> String {
    let mut text = String::from(
        "2. CE QU’IL CONTIENT\n\n\
         bordereau.csv    la liste des pièces, pour un tableur\n\
         pieces/          un dossier numéroté par pièce : page, images, texte, conditions, manifest.json, horodatages\n\
         documents/       les textes que la personne déclare avoir envoyés (s’il y en a)\n\
         journal.jsonl    le journal, une entrée par ligne\n\
         dossier.json     le format, la fin de chaque journal, les sceaux attendus\n\
         SHA256SUMS       l’empreinte de tous les autres fichiers, sauf ses propres sceaux (.sig, .tsq, .tsr) ;\n\
         \u{20}                pieces/SHA256SUMS, celle des seules pièces\n",
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
    if !plan.journal_dates.is_empty() {
        text.push_str("\nHorodatages du journal (une observation, par exemple)\n");
        for dated in &plan.journal_dates {
            text.push_str(&dated_entry(dated));
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
    let sealed_at = piece.sealed.as_ref().map_or(piece.captured_at, |(at, _)| *at);
    for timed in &piece.timestamps {
        lines.push(format!(
            "  Horodatage électronique (non qualifié) par « {} » ({}) : {}, {}",
            plain(&timed.tsa),
            plain(&timed.service),
            both(timed.gen_time),
            gap(sealed_at, timed.gen_time)
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

fn dated_entry(dated: &JournalDate) -> String {
    let (_, response) = dated.paths();
    format!(
        "  Ligne {} du journal, par « {} » : {}, {} ({response})\n",
        dated.line + 1,
        plain(&dated.timed.tsa),
        both(dated.timed.gen_time),
        gap(dated.written_at, dated.timed.gen_time)
    )
}

/// How long after the device wrote something the service dated it: a long gap weakens what the date says.
pub(super) fn gap(written: Instant, dated: Instant) -> String {
    let seconds = (dated.millis() - written.millis()).div_euclid(1000);
    let size = seconds.unsigned_abs();
    let span = match size {
        0..120 => format!("{size} s"),
        120..7200 => format!("{} min", size / 60),
        7200..172_800 => format!("{} h", size / 3600),
        _ => format!("{} jours", size / 86_400),
    };
    if seconds < 0 {
        format!("{span} avant l’heure de l’appareil")
    } else {
        format!("{span} après l’heure de l’appareil")
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

fn checks(plan: &Plan, sheet: &Sheet) -> String {
    let mut text = String::from(
        "3. COMMENT VÉRIFIER\n\n\
         Décompressez l’archive, ouvrez un terminal dans le dossier obtenu, collez la ligne qui convient. Chaque fichier\n\
         doit être suivi de « OK ».\n\n\
         Linux :\n  sha256sum -c SHA256SUMS\n\n\
         macOS :\n  shasum -a 256 -c SHA256SUMS\n\n\
         Windows (PowerShell) :\n  ",
    );
    text.push_str(POWERSHELL);
    if let Some(key) = sheet.key {
        text.push_str(&format!(
            "\n\nSignature (« Verified OK ») :\n  \
             openssl dgst -sha256 -verify cle-publique.pem -signature SHA256SUMS.sig SHA256SUMS\n\
             Empreinte de la clé, à comparer avec celle que la personne a donnée (page Options de l’extension) :\n  {key}\n\
             \x20 openssl pkey -pubin -in cle-publique.pem -outform DER | openssl dgst -sha256"
        ));
    }
    text.push_str("\n\n");
    text.push_str(WHO_SEES);
    let mut lines = vec![];
    if let Some(piece) = plan.pieces.iter().find(|piece| !piece.timestamps.is_empty()) {
        let (_, response) = piece.timestamp_paths(1);
        // At the token's time, so that the line still holds once the service's certificate has ended.
        let moment = piece.timestamps.first().map_or(0, |timed| timed.gen_time.millis().div_euclid(1000));
        lines.push(format!(
            "openssl ts -verify -data {}manifest.json -in {response} -CAfile racine.pem -attime {moment}",
            piece.folder()
        ));
    }
    for (list, services) in [("pieces/SHA256SUMS", &sheet.pieces_services), ("SHA256SUMS", &sheet.services)] {
        for index in 1..=services.len() {
            let (_, response) = stamp_paths(list, index);
            lines.push(format!("openssl ts -verify -data {list} -in {response} -CAfile racine.pem"));
        }
    }
    if let Some(dated) = plan.journal_dates.first() {
        let (_, response) = dated.paths();
        lines.push(format!("openssl ts -verify -digest {} -in {response} -CAfile racine.pem", dated.timed.imprint));
    }
    if !lines.is_empty() {
        text.push_str(
            "\nHorodatages (racine.pem : le certificat racine du service, à prendre auprès de lui et non dans ce dossier ; son nom\n\
             se lit par « openssl ts -reply -in FICHIER.tsr -text ») :\n",
        );
        lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
    }
    text
}

/// What each check sees of a change; the tests hold it to this.
const WHO_SEES: &str = "\
Ce que chaque contrôle voit :
                                       sha256sum   openssl dgst   openssl ts   temoin verify
  un fichier modifié ou retiré         oui         non            non          oui
  un fichier ajouté                    non         non            non          oui
  SHA256SUMS refait                    non         oui            oui          oui
  journal refait, SHA256SUMS compris   non         oui            oui          oui
  tout refait et signé d’une autre clé non         non            oui *        la clé et l’heure sont dites
  fabriqué avant la capture            non         non            non          non
  * l’heure du jeton est alors celle de la falsification.

Le vérificateur de Témoin contrôle tout à la fois, sur l’archive ZIP telle qu’elle a été reçue :
  temoin verify DOSSIER.zip
";

/// Windows PowerShell 5: one line to paste. ASCII, since that console misreads the rest.
pub(super) const POWERSHELL: &str = "Get-Content SHA256SUMS | ForEach-Object { $h, $f = $_ -split '  ', 2; \
    if ((Test-Path -LiteralPath $f) -and ((Get-FileHash -LiteralPath $f -Algorithm SHA256).Hash -eq $h)) \
    { \"$f : OK\" } else { \"$f : MODIFIE OU ABSENT\" } }";

const LIMITS: &str = "\
4. CE QUE CE DOSSIER NE PROUVE PAS

- Il montre que ses fichiers n’ont pas changé depuis leur scellé ; il ne montre pas que la plateforme a bien affiché ce
  contenu : la personne qui a produit le dossier aurait pu fabriquer la page, ses images et son texte avant de les sceller.
- Elle aurait pu aussi taire des captures, des observations ou un journal entier, ou refaire le dossier de zéro : un
  dossier refait porte alors des horodatages plus tardifs, et rien d’autre ne le distingue.
- L’heure de l’appareil, le titre, l’adresse, la version de l’extension et l’empreinte de ses fichiers sont déclarés ; seule
  l’heure d’un jeton d’horodatage vient d’un tiers, et elle établit seulement que les fichiers existaient déjà à cette heure.
- La signature montre que le dossier vient de l’appareil qui détient cette clé ; elle ne dit ni qui s’en est servi, ni qui
  se trouve derrière le compte qui a publié. Une clé neuve (perdue, renouvelée, ou d’un étranger qui a refait le dossier)
  ne se distingue d’une ancienne que par son empreinte.
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
