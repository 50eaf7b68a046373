// The demo feed (see README.md). `node server.mjs [PORT]` starts it alone and prints where it is.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certificates } from './certificates.mjs';
import * as forum from './forum.mjs';
import * as platforms from './platforms/index.mjs';
import { picture } from './png.mjs';
import { POSTS } from './posts.mjs';
import { startPage } from './start.mjs';
import { ofAnotherFile, rejection, timestampAuthority } from './tsa.mjs';
import * as x from './x.mjs';

export const DEMO_DIR = fileURLToPath(new URL('../../../target/demo/', import.meta.url));
const AT_START = { posts: {}, wall: false, limited: false, tsa: 'on', media: 'on', csp: 'page', probe: 'on', delay: 0 };
const PAGE_CSP = "default-src 'self'; script-src 'nonce-feed'; script-src-attr 'unsafe-inline'; style-src 'unsafe-inline'; img-src 'self' https:; connect-src 'self' https:";
const LARGEST_BODY = 1 << 20;

/** `{port, tsaRoot, set, reset, requests, hosts, close}`; port 0 takes a free one. */
export async function startFeed({ dir = DEMO_DIR, port = 0 } = {}) {
  const made = certificates(dir, platforms.HOSTS);
  const feed = new Feed(timestampAuthority(made.dir));
  const server = createServer({ key: readFileSync(made.key), cert: readFileSync(made.cert) }, (request, response) => {
    feed.handle(request, response).catch((error) => {
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(String(error));
    });
  });
  await new Promise((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening));
  return {
    port: server.address().port,
    tsaRoot: made.tsaRoot,
    set: (switches) => feed.set(switches),
    reset: () => feed.reset(),
    requests: () => [...feed.seen],
    hosts: () => feed.hosts(),
    close: () => new Promise((closed) => {
      server.close(closed);
      server.closeAllConnections();
    }),
  };
}

class Feed {
  constructor(timestamp) {
    this.timestamp = timestamp;
    this.reset();
  }

  reset() {
    this.switches = structuredClone(AT_START);
    this.seen = [];
  }

  set(changes) {
    const unknown = Object.keys(changes).filter((name) => !(name in AT_START));
    if (unknown.length > 0) throw new Error(`no such switch: ${unknown.join(', ')}`);
    this.switches = { ...this.switches, ...changes, posts: { ...this.switches.posts, ...changes.posts } };
  }

  hosts() {
    const counts = {};
    for (const { host } of this.seen) counts[host] = (counts[host] ?? 0) + 1;
    return counts;
  }

  stateOf = (id) => this.switches.posts[id] ?? 'online';

  async handle(request, response) {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const url = new URL(request.url, `https://${host || 'localhost'}`);
    if (url.pathname.startsWith('/__demo/')) return this.control(url, request, response);
    const h = request.headers;
    this.seen.push({
      host, method: request.method, path: url.pathname + url.search, mode: h['sec-fetch-mode'], dest: h['sec-fetch-dest'], site: h['sec-fetch-site'],
      origin: h.origin, referer: h.referer, cookie: h.cookie !== undefined,
    });
    if (this.switches.delay > 0) await new Promise((later) => setTimeout(later, this.switches.delay));
    const answer = platforms.inLayout(url, await this.answer(host, url, request));
    if (answer === null) return response.destroy();
    const headers = { ...answer.headers };
    if (/^text\/html/.test(headers['content-type'] ?? '')) headers['content-security-policy'] = this.switches.csp === 'none' ? "default-src 'none'" : PAGE_CSP;
    response.writeHead(answer.status, headers);
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  }

  /** `null`: the connection breaks. */
  async answer(host, url, request) {
    switch (host) {
      case 'x.com': case 'twitter.com': case 'www.x.com': return x.answer(url, this);
      case 'cdn.syndication.twimg.com': return this.switches.probe === 'on' ? x.syndication(url, request, this) : PROBE_FAULTS[this.switches.probe];
      case 'pbs.twimg.com': return this.switches.media === 'on' ? media(url) : { status: 403, headers: {}, body: '' };
      case 'abs-0.twimg.com': return emoji(url);
      case 'forum.exemple.fr': return forum.answer(url, this);
      case 'tsa.exemple.fr': return this.tsa(url, request);
      default: {
        const known = platforms.answer(host, url, this, request);
        return known === undefined ? { status: 404, headers: { 'content-type': 'text/plain' }, body: 'no such host on the demo feed' } : known;
      }
    }
  }

  async tsa(url, request) {
    if (this.switches.tsa === 'off') return null;
    if (this.switches.tsa === 'error') return { status: 503, headers: { 'content-type': 'text/plain' }, body: 'maintenance' };
    if (url.pathname !== '/tsr' || request.method !== 'POST') return { status: 404, headers: {}, body: '' };
    const query = await body(request);
    const reply = this.switches.tsa === 'reject' ? rejection : await this.timestamp(this.switches.tsa === 'lie' ? ofAnotherFile(query) : query);
    return { status: 200, headers: { 'content-type': 'application/timestamp-reply' }, body: reply };
  }

  async control(url, request, response) {
    const json = (value, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    const back = () => {
      response.writeHead(303, { location: '/__demo/' });
      response.end();
    };
    const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
    if (request.method === 'GET' && url.pathname === '/__demo/state') return json({ switches: this.switches, hosts: this.hosts(), requests: this.seen });
    if (request.method === 'POST' && url.pathname === '/__demo/reset') {
      this.reset();
      return isForm ? back() : json({});
    }
    if (request.method === 'POST' && url.pathname === '/__demo/set') {
      const text = (await body(request)).toString('utf8');
      try {
        this.set(isForm ? fromForm(new URLSearchParams(text)) : JSON.parse(text));
      } catch (error) {
        return json({ error: error.message }, 400);
      }
      return isForm ? back() : json(this.switches);
    }
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(startPage(this));
  }
}

const fromForm = (form) => form.has('post') ? { posts: { [form.get('post')]: form.get('state') } }
  : Object.fromEntries([...form].map(([name, value]) => [name, value === 'true' ? true : value === 'false' ? false : value]));

async function body(request) {
  const parts = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > LARGEST_BODY) throw new Error('body too large');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function media(url) {
  const key = /^\/media\/(\w+)/.exec(url.pathname)?.[1];
  const known = POSTS.flatMap((p) => p.media).find((m) => m.key === key);
  if (!known) return { status: 404, headers: {}, body: '' };
  return { status: 200, headers: { 'content-type': 'image/png', 'access-control-allow-origin': '*', 'cache-control': 'max-age=604800, must-revalidate' }, body: picture(400, 300, known.hue) };
}

/** The character itself, drawn by the system's font: the page must not depend on X's drawings. */
function emoji(url) {
  const points = /^\/emoji\/v2\/svg\/([0-9a-f]{1,6}(?:-[0-9a-f]{1,6})*)\.svg$/.exec(url.pathname)?.[1].split('-').map((hex) => parseInt(hex, 16));
  if (!points || points.some((point) => point > 0x10ffff)) return { status: 404, headers: {}, body: '' };
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><text x="18" y="29" font-size="29" text-anchor="middle">${String.fromCodePoint(...points)}\uFE0F</text></svg>`;
  return { status: 200, headers: { 'content-type': 'image/svg+xml; charset=utf-8', 'access-control-allow-origin': '*', 'cache-control': 'max-age=604800' }, body };
}

/** What stands between a probe and its answer; none of it says anything of the post. */
const PROBE_FAULTS = {
  off: null,
  error: { status: 500, headers: { 'content-type': 'application/json' }, body: '{"errors":[{"message":"Internal error"}]}' },
  bot: { status: 403, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<!DOCTYPE html><html lang="en"><title>Just a moment...</title><h1>Verify you are human</h1><p>Checking if the site connection is secure</p></html>' },
  login: { status: 302, headers: { location: 'https://x.com/i/flow/login' }, body: '' },
  empty: { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const feed = await startFeed({ port: Number(process.argv[2] ?? 0) });
  process.stdout.write(`${JSON.stringify({ port: feed.port, tsaRoot: feed.tsaRoot })}\n`);
}
