//! A timestamp service made with `openssl ts` in a folder of its own, for tests only.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::atomic::{AtomicU32, Ordering},
};

/// A folder that goes away with the test.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("temoin-test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Whether a tool is there; says so when it is not, since a test that needs it then shows nothing. LibreSSL, which macOS
/// calls `openssl`, does not make these services.
#[allow(clippy::print_stdout, reason = "a test that shows nothing says so")]
pub fn has(tool: &str) -> bool {
    let option = if tool == "openssl" { "version" } else { "--help" };
    let there = Command::new(tool)
        .arg(option)
        .output()
        .is_ok_and(|output| tool != "openssl" || String::from_utf8_lossy(&output.stdout).starts_with("OpenSSL 3"));
    if !there {
        println!("SKIPPED: `{tool}` is not installed (openssl: version 3)");
    }
    there
}

pub fn run(folder: &Path, tool: &str, args: &[&str]) -> Output {
    Command::new(tool).args(args).current_dir(folder).env("LC_ALL", "C").output().unwrap()
}

pub fn openssl(folder: &Path, args: &str) -> Output {
    let args: Vec<&str> = args.split_whitespace().collect();
    let output = run(folder, "openssl", &args);
    assert!(output.status.success(), "openssl {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// How the service is made.
#[derive(Clone, Copy)]
pub struct Kind {
    /// `rsa:2048`, `ec:P-256`, …
    pub key: &'static str,
    pub digest: &'static str,
    /// `sha1` makes an ESSCertID of version 1, the others of version 2.
    pub ess: &'static str,
    /// An authority between the root and the service, sent with the token.
    pub intermediate: bool,
}

pub const PLAIN: Kind = Kind { key: "rsa:2048", digest: "sha256", ess: "sha256", intermediate: false };

/// A root, perhaps an intermediate authority, and a service under it.
pub struct Tsa {
    pub folder: Folder,
    kind: Kind,
}

const SERVICE: &str = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n\
                       extendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\n";

impl Tsa {
    pub fn new(kind: Kind) -> Self {
        let tsa = Self { folder: Folder::new(), kind };
        let folder = &tsa.folder;
        folder.write("req.cnf", "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\n");
        folder.write("ca.ext", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n");
        folder.write("service.ext", SERVICE);
        folder.write("mail.ext", "basicConstraints=critical,CA:FALSE\nextendedKeyUsage=critical,emailProtection\n");
        folder.write("both.ext", "basicConstraints=critical,CA:FALSE\nextendedKeyUsage=timeStamping,emailProtection\n");
        tsa.key("ca");
        tsa.openssl("req -config req.cnf -new -key ca.key -subj /CN=Racine-essai -out ca.csr");
        tsa.openssl("x509 -req -in ca.csr -signkey ca.key -sha256 -days 3650 -extfile ca.ext -out ca.pem");
        let mut issuer = "ca";
        if kind.intermediate {
            tsa.certify("sub", "ca", "ca.ext");
            issuer = "sub";
        }
        tsa.certify("tsa", issuer, "service.ext");
        if kind.intermediate {
            folder.write("chain.pem", [folder.read("sub.pem"), folder.read("ca.pem")].concat());
        }
        tsa.configure("sha256,sha384,sha512");
        tsa
    }

    /// A key and a certificate `name` under `issuer`.
    pub fn certify(&self, name: &str, issuer: &str, extensions: &str) {
        self.key(name);
        self.openssl(&format!("req -config req.cnf -new -key {name}.key -subj /CN=Horodatage-{name} -out {name}.csr"));
        self.openssl(&format!(
            "x509 -req -in {name}.csr -CA {issuer}.pem -CAkey {issuer}.key -CAcreateserial -sha256 -days 3000 \
             -extfile {extensions} -out {name}.pem"
        ));
    }

    /// Gives the service a certificate that ended long ago.
    pub fn expire(&self) {
        self.folder.write(
            "db.cnf",
            "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nserial=ca.srl2\nnew_certs_dir=.\ndefault_md=sha256\n\
             policy=p\n[p]\ncommonName=supplied\n",
        );
        self.folder.write("index.txt", "");
        self.folder.write("ca.srl2", "77\n");
        self.openssl(
            "ca -batch -config db.cnf -cert ca.pem -keyfile ca.key -in tsa.csr -out tsa.pem -notext \
             -startdate 20100101000000Z -enddate 20110101000000Z -extfile service.ext",
        );
    }

    /// Writes the service's configuration; `digests` are the imprints that it takes.
    pub fn configure(&self, digests: &str) {
        let Kind { digest, ess, intermediate, .. } = self.kind;
        let (certs, chain) = if intermediate { ("certs=chain.pem\n", "yes") } else { ("", "no") };
        self.folder.write("serial", "1000\n");
        self.folder.write(
            "tsa.cnf",
            format!(
                "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\ncrypto_device=builtin\nsigner_cert=tsa.pem\n\
                 {certs}signer_key=tsa.key\nsigner_digest={digest}\ndefault_policy=1.2.3.4.1\n\
                 digests={digests}\naccuracy=secs:1,millisecs:500\nclock_precision_digits=3\nordering=no\n\
                 tsa_name=yes\ness_cert_id_chain={chain}\ness_cert_id_alg={ess}\n"
            ),
        );
    }

    /// Answers a request.
    pub fn reply(&self, tsq: &[u8]) -> Vec<u8> {
        self.folder.write("q.tsq", tsq);
        self.openssl("ts -reply -config tsa.cnf -queryfile q.tsq -out r.tsr");
        self.folder.read("r.tsr")
    }

    /// Whether `openssl ts -verify` accepts an answer to a request under the root.
    pub fn accepts(&self, tsr: &[u8], tsq: &[u8]) -> bool {
        self.folder.write("v.tsr", tsr);
        self.folder.write("v.tsq", tsq);
        let args = ["ts", "-verify", "-in", "v.tsr", "-queryfile", "v.tsq", "-CAfile", "ca.pem"];
        run(&self.folder.0, "openssl", &args).status.success()
    }

    pub fn root(&self) -> Vec<u8> {
        self.folder.read("ca.pem")
    }

    pub fn openssl(&self, args: &str) -> Output {
        openssl(&self.folder.0, args)
    }

    fn key(&self, name: &str) {
        let options = match self.kind.key.split_once(':').unwrap() {
            ("rsa", bits) => format!("-algorithm RSA -pkeyopt rsa_keygen_bits:{bits}"),
            (_, curve) => format!("-algorithm EC -pkeyopt ec_paramgen_curve:{curve}"),
        };
        self.openssl(&format!("genpkey {options} -out {name}.key"));
    }
}
