//! The commands: each a few lines over the library. JSON on stdout, one object per line; messages on stderr; exit 0, 1 (refused), 2 (usage).

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Parser, Subcommand, ValueEnum};
use serde::Serialize;
use serde_json::json;
use temoin::{
    base::{Fault, Instant, Lang},
    capture::{self, Post, Witness},
    case::Case,
    evidence::timestamp::Roots,
    measure,
    pack::{self, Contents, Verdict},
    platform::{self, Channel, Doubt, Permalink, PermalinkError},
    qualification,
    takedown::{self, Answer, BodyKind},
};

use crate::console::{self, Refusal, line};

/// Témoin : lire, suivre et vérifier des messages capturés comme preuves.
#[derive(Parser)]
#[command(name = "temoin", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Dit quel message chaque adresse désigne.
    Permalink {
        /// Adresses à comprendre.
        #[arg(required = true)]
        urls: Vec<String>,
    },
    /// Lit un message dans une page enregistrée.
    Read {
        /// Adresse de la page.
        #[arg(long)]
        url: String,
        /// Page HTML (`-` : entrée standard).
        file: PathBuf,
        /// Données de la plateforme sur ce message (JSON), à comparer avec la page.
        #[arg(long)]
        payload: Option<PathBuf>,
    },
    /// Dit ce que la réponse à une vérification montre du sort d’un message.
    Fate {
        /// Adresse du message.
        #[arg(long)]
        url: String,
        /// Code HTTP ; absent si rien n’a répondu.
        #[arg(long)]
        status: Option<u16>,
        /// Adresse qui a répondu, après redirections.
        #[arg(long)]
        final_url: Option<String>,
        /// Nature de la réponse.
        #[arg(long, value_enum, default_value = "html")]
        kind: Kind,
        /// Texte capturé, pour les pages où lui seul montre que le message est là.
        #[arg(long)]
        text: Option<PathBuf>,
        /// Corps de la réponse (`-` : entrée standard).
        file: PathBuf,
    },
    /// Suggère une qualification pour chaque ligne JSON `{id, text, lang?, context?}`.
    Qualify {
        /// Fichier JSONL (`-` : entrée standard).
        #[arg(default_value = "-")]
        file: PathBuf,
    },
    /// Imprime ce que Témoin sait de chaque plateforme.
    Platforms,
    /// Vérifie un dossier de preuves.
    Verify {
        /// Le dossier, tel qu’il a été reçu.
        pack: PathBuf,
        /// Racines auxquelles vous faites confiance pour l’horodatage, en plus de celles du logiciel.
        #[arg(long)]
        roots: Option<PathBuf>,
    },
    /// Compte ce que sont devenues les publications notifiées, d’après les dossiers d’un ou plusieurs membres.
    Stats {
        /// Dossiers, tels qu’ils ont été reçus ; chacun est vérifié d’abord.
        #[arg(required = true)]
        packs: Vec<PathBuf>,
        /// Racines auxquelles vous faites confiance pour l’horodatage, en plus de celles du logiciel.
        #[arg(long)]
        roots: Option<PathBuf>,
        /// Ne compte que la liste figée de ce testing.
        #[arg(long)]
        list: Option<String>,
        /// Pour publication : les groupes de moins de 10 ne sont pas montrés.
        #[arg(long)]
        public: bool,
        /// Le tableau en CSV, au lieu du JSON.
        #[arg(long)]
        csv: bool,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    Html,
    Json,
}

/// Parses the arguments, runs, prints.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Permalink { urls } => permalink(&urls),
        Command::Read { url, file, payload } => read(&url, &file, payload.as_deref()),
        Command::Fate { url, status, final_url, kind, text, file } => {
            let kind = if matches!(kind, Kind::Json) { BodyKind::Json } else { BodyKind::Html };
            fate(&url, status, final_url.as_deref(), kind, text.as_deref(), &file)
        }
        Command::Qualify { file } => qualify(&file),
        Command::Platforms => platforms(),
        Command::Verify { pack, roots } => verify(&pack, roots.as_deref()),
        Command::Stats { packs, roots, list, public, csv } => {
            stats(&packs, roots.as_deref(), list.as_deref(), public, csv)
        }
    };
    console::exit(done)
}

/// A permalink beside the address that was asked about.
#[derive(Serialize)]
struct Understood<'a> {
    url: &'a str,
    #[serde(flatten)]
    permalink: Permalink,
}

fn permalink(urls: &[String]) -> Result<bool, Refusal> {
    let mut all_understood = true;
    for url in urls {
        match platform::permalink(url) {
            Ok(permalink) => {
                line(&Understood { url, permalink })?;
            }
            Err(error) => {
                all_understood = false;
                let shown: String = url.chars().take(500).collect();
                let mut refused = json!({ "url": shown, "error": error.view() });
                // Not a post, but something that the platform names: what, and which.
                if let PermalinkError::NotPost { platform_id, kind, id, .. } = error {
                    refused["platform"] = platform_id.into();
                    refused["kind"] = kind.into();
                    if let Some(id) = id {
                        refused["id"] = id.into();
                    }
                }
                line(&refused)?;
            }
        }
    }
    Ok(all_understood)
}

/// A post, and what a second account of it says.
#[derive(Serialize)]
struct Witnessed {
    #[serde(flatten)]
    post: Post,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Witness>,
}

fn read(url: &str, file: &Path, payload: Option<&Path>) -> Result<bool, Refusal> {
    let html = console::text(file)?;
    let payload = payload.map(console::text).transpose()?;
    let (post, witness) = capture::read_with(&html, url, payload.as_deref())?;
    line(&Witnessed { post, witness })?;
    Ok(true)
}

fn fate(
    url: &str,
    status: Option<u16>,
    final_url: Option<&str>,
    kind: BodyKind,
    text: Option<&Path>,
    file: &Path,
) -> Result<bool, Refusal> {
    platform::place(url)?;
    let text = text.map(console::text).transpose()?;
    let body = console::body(file)?;
    line(&takedown::judge(&Answer { url, final_url, status, kind, body: &body, text: text.as_deref() }))?;
    Ok(true)
}

fn qualify(file: &Path) -> Result<bool, Refusal> {
    let mut all_answered = true;
    for (index, input) in console::lines(file)?.enumerate() {
        let input = input?;
        if input.trim().is_empty() {
            continue;
        }
        let answer = qualification::answer_line(&input).unwrap_or_else(|error| {
            all_answered = false;
            qualification::error_line(&error, index + 1)
        });
        console::raw_line(&answer)?;
    }
    Ok(all_answered)
}

/// One line per platform, the most certain facts and the least with their doubt.
fn platforms() -> Result<bool, Refusal> {
    for platform in platform::all() {
        let probes: Vec<_> = platform
            .probes
            .iter()
            .map(|probe| json!({ "url": probe.url, "kind": probe.kind, "of": probe.of, "doubt": probe.doubt }))
            .collect();
        let channels: Vec<_> = platform.channels.iter().map(channel).collect();
        let doubts = platform.probes.iter().map(|probe| probe.doubt);
        let doubt = doubts.chain(platform.channels.iter().map(|channel| channel.doubt)).max();
        line(&json!({
            "id": platform.id,
            "name": platform.name,
            "hosts": platform.hosts(),
            "kinds": platform.kinds(),
            "expected": platform.reader.expected,
            "probes": probes,
            "channels": channels,
            "doubt": doubt.unwrap_or(Doubt::Unknown),
        }))?;
    }
    Ok(true)
}

fn channel(channel: &Channel) -> serde_json::Value {
    json!({
        "id": channel.id,
        "name": channel.name,
        "name_en": channel.name_en,
        "url": channel.url,
        "prefill": channel.prefill.iter().map(|param| &param.name).collect::<Vec<_>>(),
        "account": channel.account,
        "text_limit": channel.text_limit,
        "doubt": channel.doubt,
        "note": channel.note,
    })
}

/// Only an intact pack exits with 0: a partial one is right as far as it goes, which is for a person to weigh.
fn verify(pack: &Path, roots: Option<&Path>) -> Result<bool, Refusal> {
    let report = pack::verify(&mut console::open(pack)?, &trusted(roots)?);
    line(&report)?;
    Ok(report.verdict == Verdict::Intact)
}

fn trusted(roots: Option<&Path>) -> Result<Roots, Refusal> {
    let trusted = Roots::shipped()?;
    match roots {
        Some(roots) => Ok(trusted.with(Roots::from_pem(&console::bytes(roots)?)?)),
        None => Ok(trusted),
    }
}

/// A pack as `stats` took it.
#[derive(Serialize)]
struct Counted {
    file: String,
    verdict: Verdict,
    summary: String,
    cases: usize,
}

/// A refused pack is named and left out; the others are counted all the same, and the exit code says that one was.
fn stats(
    packs: &[PathBuf],
    roots: Option<&Path>,
    list: Option<&str>,
    public: bool,
    csv: bool,
) -> Result<bool, Refusal> {
    let roots = trusted(roots)?;
    let (mut counted, mut cases, mut all_taken) = (vec![], vec![], true);
    for path in packs {
        let mut file = console::open(path)?;
        let report = pack::verify(&mut file, &roots);
        let mut found = vec![];
        if report.verdict == Verdict::Refused {
            all_taken = false;
            console::say(&format!("{} : {}", path.display(), report.summary));
        } else {
            for journal in Contents::open(&mut file)?.journals()? {
                found.push(Case::fold(&journal)?);
            }
        }
        let file = path.display().to_string();
        counted.push(Counted { file, verdict: report.verdict, summary: report.summary, cases: found.len() });
        cases.extend(found);
    }
    let as_of = measure::latest(&cases).unwrap_or(Instant::EPOCH);
    let campaign = measure::measure(&cases, as_of, list, public);
    if csv {
        console::raw_line(measure::csv(&campaign).trim_end())?;
    } else {
        let method: Vec<&str> = measure::method().iter().map(|rule| rule.text(Lang::Fr)).collect();
        line(&json!({ "packs": counted, "campaign": campaign, "method": method, "published": measure::rounds() }))?;
    }
    Ok(all_taken)
}
