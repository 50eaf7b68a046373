//! The closed list of reasons, each one plain French sentence.

use crate::law::Ground;

use super::{
    Code, Facts, Reason,
    engine::{Act, Cleared},
    read::Token,
    scene::Scene,
};

/// Every code that [`Reason::code`] can carry; the pages translate `reason_<code>`.
pub const REASON_CODES: &[&str] = &[
    "act_call_crime",
    "act_call_discrimination",
    "act_call_hate",
    "act_call_terrorism",
    "act_call_violence",
    "act_dehumanisation",
    "act_denial",
    "act_disclosure",
    "act_fact",
    "act_fact_person",
    "act_insult",
    "act_insult_person",
    "act_offer",
    "act_pile_on",
    "act_praise_crime",
    "act_praise_terrorism",
    "act_slur",
    "act_suicide",
    "act_threat",
    "act_threat_condition",
    "act_threat_death",
    "act_threat_destruction",
    "counter_speech",
    "fact_authors",
    "fact_not_public",
    "fact_public_unknown",
    "fact_repeated",
    "fiction",
    "figurative",
    "ground",
    "history",
    "homonym",
    "idea_or_institution",
    "negated",
    "nothing_found",
    "opinion",
    "quoted",
    "reclaimed",
    "repaired",
    "reported",
    "slur",
    "text_empty",
    "text_truncated",
    "voice_alike",
    "voices_disagree",
];

fn sentence(code: &str) -> &'static str {
    match code {
        "act_call_crime" => "Ces mots appellent à commettre un crime ou un délit précis.",
        "act_call_discrimination" => "Ces mots appellent à exclure, à refuser ou à rejeter des personnes.",
        "act_call_hate" => "Ces mots appellent à haïr ou à rejeter un groupe de personnes.",
        "act_call_violence" => "Ces mots appellent à la violence contre des personnes ou la disent méritée.",
        "act_call_terrorism" => "Ces mots appellent à des actes de terrorisme.",
        "act_dehumanisation" => "Ces mots comparent des personnes à des animaux, à des déchets ou à une maladie.",
        "act_denial" => "Ces mots nient un crime contre l’humanité ou le minimisent à l’excès.",
        "act_disclosure" => "Ces mots donnent de quoi trouver une personne et invitent à s’en prendre à elle.",
        "act_fact" => "Ces mots attribuent à des personnes un fait qui pourrait être vérifié.",
        "act_fact_person" => "Ces mots attribuent à une personne un fait qui pourrait être vérifié.",
        "act_insult" => "Ces mots expriment un mépris outrageant envers des personnes, sans fait précis.",
        "act_insult_person" => "Ces mots insultent une personne, sans critère protégé.",
        "act_offer" => "Cette offre écarte des personnes en raison d’un critère protégé.",
        "act_pile_on" => "Ces mots appellent plusieurs personnes à s’en prendre à une seule.",
        "act_praise_crime" => "Ces mots présentent un crime ou ses auteurs sous un jour favorable.",
        "act_praise_terrorism" => "Ces mots présentent un acte ou un groupe terroriste sous un jour favorable.",
        "act_slur" => "Ce terme est une injure visant un groupe protégé.",
        "act_suicide" => "Ces mots poussent une personne au suicide.",
        "act_threat" => "Ces mots annoncent des violences à une personne.",
        "act_threat_condition" => "Ces mots annoncent un mal si la personne n’obéit pas.",
        "act_threat_death" => "Ces mots annoncent la mort à une personne.",
        "act_threat_destruction" => "Ces mots annoncent la destruction d’un lieu ou d’un bien.",
        "counter_speech" => "Le message dénonce ou commente ces mots : il ne les reprend pas à son compte.",
        "fact_authors" => "Plusieurs auteurs s’en prennent à la même personne.",
        "fact_not_public" => {
            "Le message n’est pas public : ce sont les contraventions des propos non publics qui s’appliquent."
        }
        "fact_public_unknown" => "À confirmer : le message est-il visible par tous ?",
        "fact_repeated" => "La même personne a reçu d’autres messages.",
        "fiction" => "Ces mots paraissent appartenir à une fiction, à une chanson ou à un jeu.",
        "figurative" => "Ces mots paraissent figurés ou relever de la plaisanterie.",
        "ground" => "Le motif visé paraît être un critère protégé.",
        "history" => "Ces mots racontent un fait passé.",
        "homonym" => "Ce mot a ici un autre sens.",
        "idea_or_institution" => "Ces mots visent une idée, une religion ou une institution, pas des personnes.",
        "negated" => "La phrase est négative : elle ne dit pas cela.",
        "opinion" => "Ces mots expriment une opinion dans un débat.",
        "quoted" => "Ces mots sont cités.",
        "reclaimed" => "Une personne concernée paraît reprendre ce terme à son compte.",
        "repaired" => "Le mot a été lu malgré une écriture déguisée.",
        "reported" => "Le message rapporte les mots d’une autre personne.",
        "slur" => "Ce terme désigne un groupe protégé de façon injurieuse.",
        "text_empty" => "Il n’y a pas de texte à lire.",
        "voice_alike" => {
            "Aucune règle écrite ne l’établit, mais ces mots ressemblent à ceux de messages hostiles : à lire de près."
        }
        "voices_disagree" => "Les deux lectures de l’outil se contredisent sur ces mots : il ne propose rien.",
        "text_truncated" => "Le texte est trop long : seul le début a été lu.",
        _ => "Aucun signe connu n’a été relevé ; cela ne veut pas dire que le message est licite.",
    }
}

pub(super) fn plain(code: &str) -> Reason {
    Reason { code: code.to_owned(), quote: None, span: None, text: sentence(code).to_owned() }
}

pub(super) fn quoting(scene: &Scene, code: &str, first: usize, last: usize) -> Reason {
    let (quote, span) = scene.reading.quote(first, last).unzip();
    Reason { quote, span, ..plain(code) }
}

pub(super) fn act(scene: &Scene, act: Act, first: usize, last: usize) -> Reason {
    let code = match act {
        Act::PraiseTerror => "act_praise_terrorism",
        Act::CallTerror => "act_call_terrorism",
        Act::ThreatDeath => "act_threat_death",
        Act::ThreatViolence => "act_threat",
        Act::ThreatCondition => "act_threat_condition",
        Act::ThreatDestroy => "act_threat_destruction",
        Act::PileOn => "act_pile_on",
        Act::Suicide => "act_suicide",
        Act::Disclosure => "act_disclosure",
        Act::Offer => "act_offer",
        Act::CallCrime => "act_call_crime",
        Act::CallViolence => "act_call_violence",
        Act::CallDiscrimination => "act_call_discrimination",
        Act::CallHate => "act_call_hate",
        Act::PraiseCrime => "act_praise_crime",
        Act::Denial | Act::DenialOther => "act_denial",
        Act::Fact => "act_fact",
        Act::FactPerson => "act_fact_person",
        Act::Dehumanise => "act_dehumanisation",
        Act::Slur => "act_slur",
        Act::Insult => "act_insult",
        Act::InsultPerson => "act_insult_person",
    };
    quoting(scene, code, first, last)
}

pub(super) fn ground(scene: &Scene, ground: Ground, at: Option<(usize, usize)>) -> Reason {
    let name = match ground {
        Ground::Origin => "l’origine",
        Ground::Ethnicity => "l’appartenance à une ethnie",
        Ground::Nation => "l’appartenance ou la non-appartenance à une nation",
        Ground::Race => "l’appartenance à une prétendue race",
        Ground::Religion => "la religion",
        Ground::Sex => "le sexe",
        Ground::SexualOrientation => "l’orientation sexuelle",
        Ground::GenderIdentity => "l’identité de genre",
        Ground::Disability => "le handicap",
    };
    let reason = at.map_or_else(|| plain("ground"), |(first, last)| quoting(scene, "ground", first, last));
    Reason { text: format!("Le motif visé paraît être {name}."), ..reason }
}

pub(super) fn repaired(scene: &Scene, token: &Token) -> Reason {
    let written: String =
        scene.reading.chars.get(token.start as usize..token.end as usize).unwrap_or_default().iter().collect();
    let text = format!("« {written} » a été lu comme « {} ».", token.norm);
    Reason { quote: Some(written), span: Some((token.start, token.end)), text, ..plain("repaired") }
}

pub(super) fn facts(facts: &Facts, code: Code) -> Vec<Reason> {
    let public = matches!(
        code,
        Code::Inj
            | Code::Diff
            | Code::Prov
            | Code::InjSimple
            | Code::DiffSimple
            | Code::Neg
            | Code::Apocrim
            | Code::Terr
    );
    [
        (facts.public == Some(false) && code == Code::Nonpub, "fact_not_public"),
        (facts.public.is_none() && public, "fact_public_unknown"),
        (code == Code::Harc && facts.repeated == Some(true), "fact_repeated"),
        (code == Code::Harc && facts.authors.is_some_and(|authors| authors > 1), "fact_authors"),
    ]
    .into_iter()
    .filter(|(holds, _)| *holds)
    .map(|(_, code)| plain(code))
    .collect()
}

pub(super) fn ruled_out(scene: &Scene, aside: &Cleared) -> Reason {
    quoting(scene, &aside.reason, aside.first, aside.last)
}
