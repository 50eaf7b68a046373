// The keys of the demo: a certificate for the loopback server, and a timestamp authority under a root of its own. Made by openssl, once per folder.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const openssl = (cwd, ...args) => execFileSync('openssl', args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
const EC = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

const TSA_CONFIG = `
[ tsa ]
default_tsa = tsa_config
[ tsa_config ]
serial = tsa.serial
crypto_device = builtin
signer_cert = tsa.pem
certs = tsa-root.pem
signer_key = tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
clock_precision_digits = 3
ordering = yes
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
`;

/** Makes what is missing in `dir`, the server's certificate for these hosts; returns the paths. */
export function certificates(dir, hosts) {
  mkdirSync(dir, { recursive: true });
  const path = (name) => join(dir, name);
  const names = ['x.com', '*.twimg.com', 'cdn.syndication.twimg.com', 'forum.exemple.fr', 'tsa.exemple.fr', ...hosts];
  const tls = path('tls.cnf');
  const config = `[req]\ndistinguished_name=dn\nx509_extensions=v3\nprompt=no\n[dn]\nCN=demonstration Temoin\n[v3]\nsubjectAltName=${names.map((name) => `DNS:${name}`).join(',')},IP:127.0.0.1\nbasicConstraints=critical,CA:false\n`;
  if (!existsSync(path('tls.pem')) || !existsSync(tls) || readFileSync(tls, 'utf8') !== config) {
    writeFileSync(tls, config);
    openssl(dir, 'req', '-x509', ...EC, '-days', '3650', '-config', 'tls.cnf', '-keyout', 'tls.key', '-out', 'tls.pem');
  }
  if (!existsSync(path('tsa.pem'))) {
    writeFileSync(path('root.cnf'), '[req]\ndistinguished_name=dn\nx509_extensions=v3\nprompt=no\n[dn]\nO=Demonstration Temoin\nCN=Racine de demonstration\n[v3]\nbasicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n');
    openssl(dir, 'req', '-x509', ...EC, '-days', '3650', '-config', 'root.cnf', '-keyout', 'tsa-root.key', '-out', 'tsa-root.pem');
    writeFileSync(path('leaf.cnf'), '[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nO=Demonstration Temoin\nCN=Horodatage de demonstration\n');
    openssl(dir, 'req', '-new', ...EC, '-config', 'leaf.cnf', '-keyout', 'tsa.key', '-out', 'tsa.csr');
    writeFileSync(path('leaf.ext'), 'basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n');
    openssl(dir, 'x509', '-req', '-in', 'tsa.csr', '-CA', 'tsa-root.pem', '-CAkey', 'tsa-root.key', '-set_serial', '2', '-days', '3650', '-extfile', 'leaf.ext', '-out', 'tsa.pem');
    writeFileSync(path('tsa.serial'), '01\n');
    writeFileSync(path('tsa.cnf'), TSA_CONFIG);
  }
  return { dir, key: path('tls.key'), cert: path('tls.pem'), tsaRoot: path('tsa-root.pem') };
}
