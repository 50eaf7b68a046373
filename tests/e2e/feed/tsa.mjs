// A real RFC 3161 authority: `openssl ts -reply` with the demo's certificate.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One at a time: openssl keeps the serial number in a file. */
export function timestampAuthority(dir) {
  let last = Promise.resolve();
  return (query) => {
    const reply = last.then(() => sign(dir, query));
    last = reply.catch(() => {});
    return reply;
  };
}

async function sign(dir, query) {
  const base = join(dir, `requete-${randomUUID()}`);
  try {
    await writeFile(`${base}.tsq`, query);
    await run('openssl', ['ts', '-reply', '-config', 'tsa.cnf', '-queryfile', `${base}.tsq`, '-out', `${base}.tsr`], { cwd: dir });
    return await readFile(`${base}.tsr`);
  } finally {
    await Promise.all([rm(`${base}.tsq`, { force: true }), rm(`${base}.tsr`, { force: true })]);
  }
}

/** PKIStatusInfo { rejection(2), "hors service" }: what a service says that does not want to. */
export const rejection = Buffer.concat([
  Buffer.from([0x30, 0x15, 0x30, 0x13, 0x02, 0x01, 0x02, 0x30, 0x0e, 0x0c, 0x0c]),
  Buffer.from('hors service', 'latin1'),
]);

/** The same query for other bytes: what is signed then is a true time of something else. */
export function ofAnotherFile(query) {
  const other = Buffer.from(query);
  const imprint = other.indexOf(Buffer.from([0x04, 0x20]));
  if (imprint < 0) throw new Error('no SHA-256 imprint in the query');
  other[imprint + 2] ^= 1;
  return other;
}
