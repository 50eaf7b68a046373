use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, OpenOptions},
    io::{Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant, SystemTime},
};

use crate::{
    base, corpus,
    evidence::Digest,
    mutate::{Chance, mutate},
    targets::{TARGETS, Target},
};

/// No reader may take longer for what it accepts or refuses.
const PATIENCE: Duration = Duration::from_secs(5);
/// Finds of one target after which its share of the time ends: they are likely the same.
const MOST_FINDS: usize = 5;
/// A corpus of one outcome per input stays small; this holds it so.
const MOST_LEARNT: usize = 4_000;

pub const FOLDER: &str = "target/fuzz";

pub fn seed_of_today() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(1, |since| since.as_secs())
}

/// Gives each target (those named, or all) its share of the time; true when nothing was found.
pub fn run(seconds: u64, seed: u64, names: &[&str]) -> bool {
    corpus::prepare();
    let chosen: Vec<&Target> = match names {
        [] => TARGETS.iter().collect(),
        names => names.iter().map(|name| target(name)).collect(),
    };
    println!("seed {seed}, {seconds} s for {} targets", chosen.len());
    let share = Duration::from_secs(seconds) / chosen.len() as u32;
    let mut finds = 0;
    for target in chosen {
        finds += run_target(target, share, seed);
    }
    println!("{finds} finds");
    finds == 0
}

fn run_target(target: &Target, share: Duration, seed: u64) -> usize {
    let end = Instant::now() + share;
    let (mut executions, mut finds, mut learnt) = (0, BTreeMap::new(), 0);
    let mut round = 0;
    while Instant::now() < end && finds.len() < MOST_FINDS {
        let mut child = start(target, seed.wrapping_add(round * 1_000_003));
        round += 1;
        let ended = watch(&mut child, target, end);
        let trace = Trace::read(&trace_path(target.name)).unwrap_or_default();
        executions += trace.executions;
        learnt = learnt.max(trace.learnt);
        let kind = match ended {
            Ended::OutOfTime => continue,
            Ended::Hung => "hang",
            Ended::Died => "crash",
        };
        let name = format!("{}-{kind}-{}", target.name, &Digest::of(&trace.input).to_string()[..12]);
        let file = Path::new(FOLDER).join(&name);
        fs::write(&file, &trace.input).expect("a folder that can be written to");
        let said = fs::read_to_string(said_path(target.name)).unwrap_or_default();
        let said: String = said.lines().take(3).collect::<Vec<_>>().join(" ").chars().take(300).collect();
        println!("   {kind}: {} ({} bytes): {said}", file.display(), trace.input.len());
        finds.insert(name, said);
    }
    println!("{}: {executions} executions, {learnt} outcomes, {} finds", target.name, finds.len());
    finds.len()
}

enum Ended {
    OutOfTime,
    Hung,
    Died,
}

fn start(target: &Target, seed: u64) -> Child {
    let said = File::create(said_path(target.name)).expect("a folder that can be written to");
    let me = std::env::current_exe().expect("the path of this program");
    let child = Command::new(me)
        .args(["child", target.name, &seed.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(said)
        .spawn();
    child.expect("this program, once more")
}

fn watch(child: &mut Child, target: &Target, end: Instant) -> Ended {
    let mut last = (u64::MAX, Instant::now());
    let ended = loop {
        std::thread::sleep(Duration::from_millis(100));
        if matches!(child.try_wait(), Ok(Some(_))) {
            return Ended::Died;
        }
        let executions = Trace::executions(&trace_path(target.name)).unwrap_or_default();
        if executions != last.0 {
            last = (executions, Instant::now());
        } else if last.1.elapsed() > PATIENCE && executions > 0 {
            break Ended::Hung;
        }
        // What is under way at the end is given its time.
        if Instant::now() > end && last.1.elapsed() < Duration::from_millis(200) {
            break Ended::OutOfTime;
        }
    };
    let _already_gone = child.kill();
    let _status = child.wait();
    ended
}

/// Tries inputs until it is stopped.
pub fn child(name: &str, seed: u64) -> bool {
    let target = target(name);
    let mut chance = Chance::new(seed);
    let mut corpus = corpus::of(target.name);
    assert!(!corpus.is_empty(), "no seed for {name}");
    let mut trace = Trace::create(&trace_path(target.name));
    let mut outcomes = BTreeSet::new();
    for input in corpus.clone() {
        trace.note(&input, outcomes.len());
        outcomes.insert((target.run)(&input));
    }
    loop {
        let input = mutate(&corpus, &mut chance);
        trace.note(&input, outcomes.len());
        let outcome = (target.run)(&input);
        if outcomes.insert(outcome) && corpus.len() < MOST_LEARNT {
            corpus.push(input);
        }
    }
}

/// Tries the input of a file whose name begins with that of its target.
pub fn replay(file: &Path) -> bool {
    corpus::prepare();
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let target = target(name.split('-').next().unwrap_or_default());
    let input = fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let started = Instant::now();
    let outcome = (target.run)(&input);
    println!("{}: {} bytes, {} ms: {outcome}", target.name, input.len(), started.elapsed().as_millis());
    started.elapsed() < PATIENCE
}

fn target(name: &str) -> &'static Target {
    let names = || TARGETS.map(|target| target.name).join(", ");
    TARGETS.iter().find(|target| target.name == name).unwrap_or_else(|| panic!("no target {name}: {}", names()))
}

fn trace_path(target: &str) -> PathBuf {
    Path::new(FOLDER).join(format!("{target}.current"))
}

fn said_path(target: &str) -> PathBuf {
    Path::new(FOLDER).join(format!("{target}.said"))
}

/// What a child is trying: number of executions, of outcomes, length, input.
#[derive(Default)]
struct Trace {
    executions: u64,
    learnt: u64,
    input: Vec<u8>,
    file: Option<File>,
}

impl Trace {
    fn create(path: &Path) -> Self {
        let file = OpenOptions::new().create(true).truncate(true).write(true).open(path);
        Self { file: Some(file.expect("a folder that can be written to")), ..Self::default() }
    }

    fn note(&mut self, input: &[u8], learnt: usize) {
        let Some(file) = &mut self.file else { return };
        self.executions += 1;
        let mut bytes = Vec::with_capacity(24 + input.len());
        for number in [self.executions, learnt as u64, input.len() as u64] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(input);
        file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(&bytes)).expect("a file that can be written to");
    }

    fn executions(path: &Path) -> Option<u64> {
        let mut number = [0; 8];
        File::open(path).ok()?.read_exact(&mut number).ok()?;
        Some(u64::from_le_bytes(number))
    }

    fn read(path: &Path) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let number = |at: usize| Some(u64::from_le_bytes(bytes.get(at..at + 8)?.try_into().ok()?));
        let (executions, learnt, length) = (number(0)?, number(8)?, number(16)? as usize);
        Some(Self { executions, learnt, input: bytes.get(24..24 + length)?.to_vec(), file: None })
    }
}

/// A refusal as an outcome.
pub fn refused(fault: &impl base::Fault) -> String {
    format!("refused {}", fault.code())
}
