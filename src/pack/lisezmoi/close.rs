//! The end: how to check, what is not proved, how to go further.

use super::{MANIFEST, Writer, words};
use crate::{
    pack::readme::POWERSHELL,
    paper::{Block, Text},
};

impl Writer<'_> {
    pub(super) fn close(&mut self) {
        self.verify();
        self.limits();
        self.further();
    }

    fn verify(&mut self) {
        self.document.push(Block::NewPage);
        self.heading("Vérifier ce dossier");
        self.document.text(
            "Décompressez l’archive, ouvrez un terminal dans le dossier obtenu, collez la ligne qui convient. Chaque fichier doit être suivi de « OK ». Ces lignes ne voient ni un fichier ajouté, ni un journal refait : le vérificateur de Témoin contrôle tout à la fois.",
        );
        let dated = self.pack.plan.pieces.iter().find(|piece| !piece.timestamps.is_empty());
        let token = dated.map(|piece| {
            let (_, response) = piece.timestamp_paths(1);
            // At the token's time, so that the line still holds once the service's certificate has ended.
            let moment = piece.timestamps.first().map_or(0, |timed| timed.gen_time.millis().div_euclid(1000));
            format!(
                "openssl ts -verify -data {}{MANIFEST} -in {response} -CAfile racine.pem -attime {moment}",
                piece.folder()
            )
        });
        self.minor("1. Les fichiers n’ont pas changé");
        self.document.push(Block::Small(Text::from("Linux").bold()));
        self.document.push(Block::Code("sha256sum -c SHA256SUMS".to_owned()));
        self.document.push(Block::Small(Text::from("macOS").bold()));
        self.document.push(Block::Code("shasum -a 256 -c SHA256SUMS".to_owned()));
        self.document.push(Block::Small(Text::from("Windows (PowerShell 5 ou plus récent), d’une seule ligne").bold()));
        self.document.push(Block::Code(POWERSHELL.to_owned()));
        self.minor("2. L’heure est celle d’un tiers");
        match token {
            Some(token) => {
                self.document.push(Block::Code(token));
                self.document.small("racine.pem : le certificat racine du service, à prendre auprès de lui et non dans ce dossier. La réponse doit être « Verification: OK ».");
            }
            None => self.document.text(
                Text::from("Heure non certifiée")
                    .bold()
                    .then(" : aucun service d’horodatage n’a daté les pièces. Les heures sont celles de l’appareil."),
            ),
        }
        self.minor("3. L’appareil qui a signé");
        match self.pack.seals.key {
            Some(key) => {
                self.document.push(Block::Code(
                    "openssl dgst -sha256 -verify cle-publique.pem -signature SHA256SUMS.sig SHA256SUMS".to_owned(),
                ));
                self.document.text(
                    Text::from("Empreinte de la clé publique (SHA-256), à comparer avec celle que la personne montre sur son appareil : ")
                        .then(Text::from(key.to_string()).mono()),
                );
            }
            None => self.document.text("Ce dossier n’est pas signé : rien n’y établit quel appareil l’a produit."),
        }
        self.minor("Tout à la fois");
        self.document.push(Block::Code("temoin verify DOSSIER.zip".to_owned()));
        self.document.small(
            "Sur l’archive telle qu’elle a été reçue ; ou, sans rien installer, la page « Vérifier » de l’extension.",
        );
        self.minor("Horodatage électronique");
        let services: std::collections::BTreeSet<String> = self
            .pack
            .plan
            .pieces
            .iter()
            .flat_map(|piece| &piece.timestamps)
            .map(|timed| format!("« {} » ({})", timed.tsa, timed.service))
            .collect();
        if !services.is_empty() {
            self.document.push(Block::bullets(services));
        }
        self.document.text(
            "Le caractère qualifié de ces services n’a pas été vérifié ici. Un horodatage non qualifié est recevable comme preuve, mais sans présomption d’exactitude ; un horodatage qualifié en bénéficie (règlement (UE) n° 910/2014, art. 41).",
        );
    }

    fn limits(&mut self) {
        self.heading("Ce que ce dossier ne prouve pas");
        self.document.push(Block::numbers(LIMITS));
    }

    fn further(&mut self) {
        self.heading("Aller plus loin");
        self.document.text(
            "En matière pénale, la preuve est libre et le juge décide d’après son intime conviction (code de procédure pénale, art. 427). Une capture isolée et contestée peut être jugée insuffisante : ce qui la renforce, c’est une seconde source.",
        );
        self.minor("Commissaire de justice");
        self.document.text(
            "Il constate en personne, depuis son propre poste, ce qu’il voit en ligne ; il ne qualifie pas. Il faut donc le saisir avant le retrait de la publication. À lui remettre :",
        );
        let mut needed: Vec<Text> = vec![];
        for piece in self.pack.plan.pieces.iter().take(20) {
            needed.push(
                Text::from("l’adresse exacte : ")
                    .then(Text::from(piece.captured.permalink.as_str()).mono())
                    .then(format!(" (pièce {:04}, capturée le {})", piece.number, words::short(piece.captured_at))),
            );
        }
        if self.pack.plan.pieces.len() > 20 {
            needed.push("les autres adresses, dans bordereau.csv ;".into());
        }
        needed.push("le chemin suivi : publication visible sans compte, ou depuis quel compte ;".into());
        needed.push(
            "ce dossier entier, dont il peut vérifier lui-même les empreintes et relever l’état en ligne.".into(),
        );
        self.document.push(Block::bullets(needed));
        self.minor("Avocat, association, autorités");
        self.document.push(Block::bullets([
            "Les données qui identifient l’auteur du compte ne sont conservées qu’un temps : demander tôt leur conservation.",
            "Une réponse de l’auteur, un courriel de la plateforme ou une capture faite par une autre personne corroborent celle-ci ; un témoin peut l’attester par écrit.",
            "Le signalement à PHAROS n’est pas une plainte, et une plainte simple n’arrête pas à elle seule la prescription.",
        ]));
    }
}

const LIMITS: [&str; 5] = [
    "Il ne prouve pas que la plateforme a affiché ce contenu : la personne qui a produit le dossier aurait pu le fabriquer avant de le sceller, ou le sceller de nouveau avec sa clé.",
    "Il ne dit pas qui se trouve derrière le compte qui a publié.",
    "Il ne prouve pas l’heure de la publication : elle vient de la page ou de l’identifiant, et les heures de l’appareil sont déclarées ; un jeton d’horodatage établit seulement que les fichiers existaient déjà à son heure.",
    "Il ne prouve pas que les signalements et les notifications ont été envoyés ni reçus : ils sont déclarés par la personne.",
    "Il ne dit pas si la publication est une infraction, ni qui l’a retirée lorsque la page ne le dit pas.",
];
