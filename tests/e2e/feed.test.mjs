// The demo feed is what it says: other tests trust it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, test } from 'node:test';
import { PNG } from 'pngjs';
import { CANARIES } from './feed/canaries.mjs';
import { COMMENTS, FORUM_THREAD, HATEFUL, LONG, POSTS, permalink } from './feed/posts.mjs';
import { STORIES } from './feed/platforms/index.mjs';
import { startFeed } from './feed/server.mjs';

let feed, dir;
before(async () => {
  dir = mkdtempSync(join(tmpdir(), 'temoin-feed-'));
  feed = await startFeed({ dir });
});
beforeEach(() => feed.reset());
after(async () => {
  await feed.close();
  rmSync(dir, { recursive: true });
});

/** The certificate is the feed's own, and the name resolves nowhere else. */
function ask(url, { method = 'GET', body, headers = {} } = {}) {
  const { host, pathname, search } = new URL(url);
  return new Promise((answered, failed) => {
    const call = request({ host: '127.0.0.1', port: feed.port, servername: host, rejectUnauthorized: false, method, path: pathname + search, headers: { host, 'user-agent': 'test', ...headers } }, async (response) => {
      const parts = [];
      for await (const part of response) parts.push(part);
      answered({ status: response.statusCode, headers: response.headers, bytes: Buffer.concat(parts), text: Buffer.concat(parts).toString('utf8') });
    });
    call.on('error', failed);
    call.end(body);
  });
}

const tweet = async (id) => JSON.parse((await ask(`https://cdn.syndication.twimg.com/tweet-result?id=${id}&lang=en&token=${((Number(id) / 1e15) * Math.PI).toString(36).replace(/(0+|\.)/g, '')}`)).text);

test('ids say their own date', () => {
  for (const post of POSTS) assert.equal(new Date(Number((BigInt(post.id) >> 22n) + 1288834974657n)).toISOString().slice(0, 19), post.at.slice(0, 19));
  assert.equal(new Set(POSTS.map((p) => p.id)).size, 6);
});

test('the timeline shows six posts, cuts the long one and hides it nowhere else', async () => {
  const home = (await ask('https://x.com/home')).text;
  assert.equal(home.match(/<article /g).length, 6);
  assert.equal(home.match(/tweet-text-show-more-link/g).length, 1);
  assert.ok(!home.includes('parasites'));
  assert.ok((await ask(permalink(LONG))).text.includes('parasites'));
});

test('every canary stands in the pages', async () => {
  const page = await ask(permalink(HATEFUL));
  for (const [place, canary] of Object.entries(CANARIES)) assert.ok((page.text + page.headers['set-cookie']).includes(canary), place);
});

test('a post disappears in each way, on the page and for a probe', async () => {
  const seen = {};
  for (const state of ['removed', 'deleted', 'suspended', 'unavailable', 'age', '404']) {
    feed.set({ posts: { [HATEFUL.id]: state } });
    const page = (await ask(permalink(HATEFUL))).text;
    assert.ok(!page.includes('campement'), state);
    const answer = await tweet(HATEFUL.id);
    seen[state] = answer.tombstone?.text.text ?? answer;
  }
  assert.match(seen.removed, /violated the X Rules/);
  assert.match(seen.suspended, /suspended account/);
  assert.deepEqual(seen['404'], {});
  feed.reset();
  assert.equal((await tweet(HATEFUL.id)).text, HATEFUL.text);
  assert.deepEqual(await tweet('1'), {});
});

test('walls and limits', async () => {
  feed.set({ wall: true });
  const walled = await ask(permalink(HATEFUL));
  assert.equal(walled.status, 302);
  assert.match(walled.headers.location, /^\/i\/flow\/login/);
  feed.set({ wall: false, limited: true });
  assert.equal((await ask(permalink(HATEFUL))).status, 429);
  assert.throws(() => feed.set({ wal: true }), /wal/);
});

test('a wrong token gets nothing', async () => {
  assert.equal((await ask(`https://cdn.syndication.twimg.com/tweet-result?id=${HATEFUL.id}&token=a`)).status, 404);
});

test('media are pictures that a page may read', async () => {
  const answer = await ask('https://pbs.twimg.com/media/FpDessin59a?format=png&name=orig');
  assert.equal(answer.headers['access-control-allow-origin'], '*');
  assert.deepEqual([PNG.sync.read(answer.bytes).width, PNG.sync.read(answer.bytes).height], [400, 300]);
});

test('the forum loses one comment, then the thread', async () => {
  const anchors = async () => (await ask(FORUM_THREAD)).text.match(/id="comment-\d+"/g) ?? [];
  assert.equal((await anchors()).length, COMMENTS.length);
  feed.set({ posts: { 'comment-12': 'removed' } });
  assert.ok(!(await anchors()).includes('id="comment-12"'));
  feed.set({ posts: { forum: '404' } });
  assert.equal((await ask(FORUM_THREAD)).status, 404);
});

/** What a person's browser says of itself when it opens a page. */
const OPENED = { headers: { 'sec-fetch-dest': 'document' } };
const opened = async (url) => {
  const answer = await ask(url, OPENED);
  return answer.status === 302 ? ask(new URL(answer.headers.location, url).href, OPENED) : answer;
};

test('every platform shows its posts, and the start page leads to each', async () => {
  const start = (await ask('https://x.com/__demo/')).text;
  assert.equal(new Set(STORIES.map((story) => story.key)).size, STORIES.length);
  for (const story of STORIES) {
    const page = await opened(story.open);
    assert.deepEqual([page.status, page.text.includes(story.text.split('’')[0])], [200, true], story.key);
    assert.ok(start.includes(story.open.replaceAll('&', '&amp;')), story.key);
  }
});

test('a new version of a site keeps words and links, and renames the rest', async () => {
  const url = STORIES.find((story) => story.key === 'bluesky').open;
  const [before, after] = [(await opened(url)).text, (await opened(`${url}?layout=changed`)).text];
  const hrefs = (html) => html.match(/href="[^"]*"/g);
  assert.deepEqual(hrefs(after), hrefs(before));
  assert.ok(before.includes('data-testid="postText"') && !after.includes('data-testid='));
});

test('the timestamp authority is a real one', async () => {
  const at = (name) => join(dir, name);
  writeFileSync(at('x'), 'bonjour');
  const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
  openssl('ts', '-query', '-data', at('x'), '-sha256', '-cert', '-out', at('x.tsq'));
  const stamp = () => ask('https://tsa.exemple.fr/tsr', { method: 'POST', body: readFileSync(at('x.tsq')), headers: { 'content-type': 'application/timestamp-query' } });
  for (const answer of await Promise.all([stamp(), stamp()])) {
    writeFileSync(at('x.tsr'), answer.bytes);
    assert.equal(answer.headers['content-type'], 'application/timestamp-reply');
    openssl('ts', '-verify', '-in', at('x.tsr'), '-queryfile', at('x.tsq'), '-CAfile', feed.tsaRoot);
  }
  feed.set({ tsa: 'reject' });
  writeFileSync(at('x.tsr'), (await stamp()).bytes);
  assert.match(openssl('ts', '-reply', '-in', at('x.tsr'), '-text'), /Rejected/);
  feed.set({ tsa: 'off' });
  await assert.rejects(stamp(), { code: 'ECONNRESET' });
});

test('requests are counted by host, the control is not', async () => {
  await ask('https://x.com/home', { headers: { cookie: 'a=b', referer: 'https://x.com/' } });
  await ask('https://x.com/__demo/state');
  assert.deepEqual(feed.hosts(), { 'x.com': 1 });
  assert.deepEqual(feed.requests().map((r) => [r.path, r.cookie, r.referer]), [['/home', true, 'https://x.com/']]);
});
