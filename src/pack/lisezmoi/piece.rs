//! What concerns one capture.

use super::{MANIFEST, Piece, Writer, words};
use crate::{
    capture::{Linked, Post},
    evidence::Conditions,
    paper::{Block, Ink, Text},
};

/// Longer texts are cut in print; `post.json`, inside, has all of them.
const MOST_TEXT: usize = 20_000;

impl Writer<'_> {
    pub(super) fn identification(&mut self, piece: &Piece) {
        let captured = &piece.captured;
        if let Some(added) = &piece.added {
            self.document.push(Block::Callout {
                alert: true,
                title: format!("Fournie par {}, non observée par l’extension", words::role(added.role)),
                text: "Cette pièce a été remise par une personne ; sa provenance est déclarée (provenance.json)."
                    .into(),
            });
        }
        let post = self.post(piece);
        let author = post.as_ref().map_or("non lu".to_owned(), |post| words::author(&post.author));
        let mut fields = vec![
            ("Plateforme", Text::from(words::platform(&captured.platform))),
            ("Auteur tel qu’affiché", Text::from(author).bold()),
        ];
        if let Some(id) = post.as_ref().and_then(|post| post.author.account_id.as_deref()) {
            fields.push(("Identifiant du compte", Text::from(id).mono()));
        }
        fields.push(("Adresse", Text::from(captured.permalink.as_str()).mono()));
        fields.push(("Identifiant", Text::from(captured.post_id.as_str()).mono()));
        let displayed = post.as_ref().and_then(|post| post.published_at);
        let from_id = post.as_ref().and_then(|post| post.created_from_id);
        let unknown = || Text::from("non affichée, ou sans fuseau horaire").ink(Ink::Faint);
        fields.push(("Publiée, heure affichée", displayed.map_or_else(unknown, |at| words::both(at).into())));
        match (from_id, captured.published_at) {
            (Some(at), _) => fields.push(("Créée, d’après l’identifiant", words::both(at).into())),
            (None, Some(at)) if displayed.is_none() => {
                fields.push(("Créée, d’après l’adresse", words::both(at).into()));
            }
            _ => {}
        }
        fields.push(("Capturée, horloge de l’appareil", words::both(piece.captured_at).into()));
        for timed in &piece.timestamps {
            let token = format!("{}\npar « {} » ({})", words::both(timed.gen_time), timed.tsa, timed.service);
            fields.push(("Heure certifiée", Text::from(token)));
        }
        if piece.timestamps.is_empty() {
            fields.push(("Heure certifiée", Text::from("heure non certifiée").bold().ink(Ink::Alert)));
        }
        match &piece.sealed {
            Some((_, sealed)) => fields.push(("Scellé (SHA-256)", Text::from(sealed.manifest.to_string()).mono())),
            None => fields.push((
                "Scellé",
                Text::from("jamais scellée : la capture a été interrompue, aucun fichier n’est dans le dossier")
                    .ink(Ink::Alert),
            )),
        }
        self.document.push(Block::fields(fields));
    }

    pub(super) fn piece(&mut self, piece: &Piece) {
        let post = self.post(piece);
        self.pictured(piece, post.as_ref());
        match &post {
            Some(post) => self.words_of(post),
            None => self
                .document
                .text("Le texte de la publication n’a pas pu être lu dans la page : voir l’image et capture.html."),
        }
        if !piece.captured.missing.is_empty() {
            self.minor("Ce que la capture n’a pas");
            self.document.push(Block::bullets(piece.captured.missing.iter().map(words::missing)));
        }
        if let Some(conditions) = self.conditions(piece) {
            self.conditions_of(&conditions, piece);
        }
    }

    fn pictured(&mut self, piece: &Piece, post: Option<&Post>) {
        self.heading("Ce que montrait l’écran");
        let Some((path, bytes)) = self.pack.picture(piece).and_then(|path| Some((path, self.file(piece, path)?)))
        else {
            return self.document.text("Aucune image de l’écran : voir « Ce que la capture n’a pas ».");
        };
        let alt = match post {
            Some(post) => format!("Image de la publication de {} ; son texte suit.", words::author(&post.author)),
            None => "Image de la publication".to_owned(),
        };
        let caption =
            format!("{}{path} – {}. Réduite pour la page, entière dans le dossier.", piece.folder(), words::file(path));
        self.document.picture(bytes.to_vec(), &alt, Text::from(caption).ink(Ink::Faint), 430.0);
    }

    fn words_of(&mut self, post: &Post) {
        self.heading("Texte exact");
        let cut: String = post.text.chars().take(MOST_TEXT).collect();
        let is_cut = cut.len() < post.text.len();
        self.document.push(Block::Quote(if cut.is_empty() { "(publication sans texte)".to_owned() } else { cut }));
        let rest = if is_cut { "Le texte continue dans post.json. " } else { "" };
        self.document.small(
            Text::from(format!(
                "{rest}Fautes et émojis compris. Un caractère sans dessin ou invisible est écrit par son numéro, comme [U+202E] ; post.json, joint à ce PDF, le contient tel quel."
            ))
            .ink(Ink::Faint),
        );
        self.linked("Publication citée", post.quoted.as_ref());
        self.linked("En réponse à", post.in_reply_to.as_ref());
        let media = post.media.iter().filter_map(|media| media.alt.as_deref()).filter(|alt| !alt.trim().is_empty());
        let alts: Vec<String> =
            media.map(|alt| format!("Description d’une image par son auteur : « {alt} »")).collect();
        if !alts.is_empty() {
            self.document.push(Block::bullets(alts));
        }
        if !post.counters.is_empty() {
            let counters: Vec<String> = post
                .counters
                .iter()
                .map(|counter| format!("{} : {}", words::counter(&counter.name), counter.value))
                .collect();
            let audience = post.audience.as_deref().map(|audience| format!("audience affichée : {audience} ; "));
            self.document.text(format!(
                "Diffusion affichée – {}{}.",
                audience.unwrap_or_default(),
                counters.join(", ")
            ));
        }
    }

    fn linked(&mut self, title: &str, linked: Option<&Linked>) {
        let Some(linked) = linked else { return };
        self.minor(title);
        let mut line = Text::from(words::author(&linked.author)).bold();
        if let Some(at) = linked.published_at {
            line = line.then(format!(" – {}", words::short(at)));
        }
        if let Some(address) = &linked.permalink {
            line = line.then("\n").then(Text::from(address.as_str()).mono());
        }
        self.document.text(line);
        if let Some(text) = &linked.text {
            self.document.push(Block::Quote(text.chars().take(MOST_TEXT).collect()));
        }
    }

    fn conditions_of(&mut self, conditions: &Conditions, piece: &Piece) {
        self.heading("Conditions de la capture");
        let digest = conditions.package_digest.as_deref();
        let program = format!("Témoin {} ({})", conditions.extension_version, conditions.flavour);
        let mut fields = vec![
            ("Page", Text::from(conditions.url.as_str()).mono()),
            ("Titre", conditions.title.as_str().into()),
            ("Navigateur et système", Text::from(conditions.user_agent.as_str())),
            ("Programme", program.into()),
        ];
        if let Some(digest) = digest {
            fields.push(("Empreinte du programme, déclarée par lui", Text::from(digest).mono()));
        }
        fields.push(("Page lue", words::both(conditions.read_at).into()));
        fields.push(("Scellée", words::both(conditions.sealed_at).into()));
        self.document.push(Block::fields(fields));
        if !conditions.omissions.is_empty() {
            self.minor("Ce qui a été laissé de côté dans le code de la page");
            let rows = conditions
                .omissions
                .iter()
                .map(|omission| vec![Text::from(words::omission(&omission.what)), omission.count.to_string().into()]);
            self.document.push(Block::table(&[("Quoi", 5.0), ("Combien", 1.0)], rows.collect()));
        }
        if !conditions.page_changes.is_empty() {
            self.minor("Ce qui a été changé dans la page pour l’image, puis remis");
            self.document
                .push(Block::bullets(conditions.page_changes.iter().map(|change| Text::from(change.as_str()))));
        }
        self.minor("Points de la norme NF Z67-147 (septembre 2010)");
        self.document.small(
            Text::from("Guide sans caractère obligatoire, écrit pour les constats sur Internet : cette capture s’en inspire et ne prétend pas y être conforme. « Non établi » veut dire qu’une extension de navigateur ne peut pas l’établir ou ne l’a pas fait.")
                .ink(Ink::Faint),
        );
        let rows = points(conditions, piece).into_iter().map(|(what, value)| {
            let value = match value {
                Some(value) => Text::from(value),
                None => Text::from("non établi").ink(Ink::Faint),
            };
            vec![Text::from(what), value]
        });
        self.document.push(Block::table(&[("Point", 2.2), ("Dans cette capture", 3.0)], rows.collect()));
    }
}

fn points(conditions: &Conditions, piece: &Piece) -> Vec<(&'static str, Option<String>)> {
    let viewport = &conditions.viewport;
    let zone = conditions.time_zone.as_deref().unwrap_or("fuseau inconnu");
    let gap = piece.timestamps.first().map(|timed| {
        let seconds = (timed.gen_time.millis() - conditions.sealed_at.millis()) / 1000;
        format!("horloge de l’appareil au scellé, puis jeton d’un tiers {seconds} s après ({zone})")
    });
    let clock = gap.or_else(|| Some(format!("heure de l’appareil seule ({zone}), sans comparaison")));
    vec![
        ("Référence suivie", Some("inspirée de la norme, non conforme".to_owned())),
        ("Matériel : marque, modèle, numéro de série", None),
        ("Système et ses mises à jour", Some(format!("nom seul : {}", conditions.user_agent))),
        (
            "Navigateur, sans module complémentaire",
            Some(format!("contredit par nature : l’outil est une extension (Témoin {})", conditions.extension_version)),
        ),
        ("Réseau : fournisseur, adresses IP", None),
        ("Absence de serveur mandataire (proxy, VPN)", None),
        ("Absence de logiciel malveillant", None),
        ("Horloge synchronisée", clock),
        ("Caches, cookies et historique vidés", None),
        ("Cache DNS vidé, fichier hosts vérifié", None),
        ("Chemin jusqu’à la page", Some(format!("{} ; geste : {}", conditions.url, conditions.gesture))),
        (
            "Écran et affichage",
            Some(format!(
                "fenêtre de {} × {} points CSS, échelle {}",
                viewport.width, viewport.height, viewport.device_pixel_ratio
            )),
        ),
        ("Page entière, code source, liens", Some("la publication et son code ; pas toute la page".to_owned())),
        ("Date et heure de chaque étape", Some("lecture, images et scellé, plus haut ; puis le journal".to_owned())),
        ("Description objective, sans opinion", Some("la qualification est séparée de la capture".to_owned())),
        ("Intégrité des fichiers", Some(format!("SHA-256 de chaque fichier ({MANIFEST}), journal chaîné"))),
    ]
}
