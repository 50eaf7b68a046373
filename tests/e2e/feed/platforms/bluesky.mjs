// bsky.app, its public API, and the author's own host (PDS), which may still hold what Bluesky no longer shows.
import { tid } from './ids.mjs';
import { esc, french, html, json, page, png, WALLS } from './page.mjs';
import { CALL, CALM } from './texts.mjs';

const post = (key, did, handle, name, at, text) => ({ key, did, handle, name, at, text, id: tid(at) });
const POSTS = [
  post('bluesky', 'did:plc:demo4veilleur5du6nord7ab', 'veilleur-nord.bsky.exemple', 'Le Veilleur du Nord', '2026-11-18T17:42:09.412Z', CALL),
  post('bluesky-control', 'did:plc:demo4voisine5des6tille7c', 'amis-tilleuls.bsky.exemple', 'Entraide des Tilleuls', '2026-11-18T19:03:55.250Z', CALM),
];
const PICTURE = 'https://cdn.bsky.app/img/feed_thumbnail/plain/did:plc:demo4veilleur5du6nord7ab/bafkreidemo42@jpeg';
const PDS = 'pds.exemple.fr';
const uri = (p) => `at://${p.did}/app.bsky.feed.post/${p.id}`;
const permalink = (p) => `https://bsky.app/profile/${p.handle}/post/${p.id}`;
const who = (text) => (p) => p.did === text || p.handle === text;

const item = (p) => `<div class="demo-post css-g5y9jx" data-testid="postThreadItem-by-${p.handle}" role="link">
  <a href="/profile/${p.handle}" aria-label="Avatar de ${esc(p.name)}"></a>
  <a href="/profile/${p.handle}"><div dir="auto">${esc(p.name)}</div></a> <a href="/profile/${p.handle}"><div dir="auto" class="demo-small">@${p.handle}</div></a>
  <div data-testid="contentHider-post"><div data-testid="postText" dir="auto" class="demo-text">${esc(p.text)}</div></div>${p.key === 'bluesky' ? `<img src="${PICTURE}" alt="Le terrain vague" width="320" height="180">` : ''}
  <a class="demo-small" href="/profile/${p.handle}/post/${p.id}" aria-label="${french(p.at)}" data-tooltip="${french(p.at)}">${french(p.at)}</a>
  <div><button data-testid="replyBtn" type="button">Répondre</button> <button data-testid="likeBtn" type="button">♡ 3</button></div></div>`;

function site(url, { stateOf }) {
  const [, handle, id] = /^\/profile\/([^/]+)\/post\/([^/]+)$/.exec(url.pathname) ?? [];
  const found = POSTS.find((p) => who(handle)(p) && p.id === id && stateOf(p.key) === 'online');
  return found
    ? html(page('Bluesky', `${found.name} sur Bluesky`, item(found)))
    : html(page('Bluesky', 'Post introuvable', '<h1>Post introuvable</h1><p>Ce post a peut-être été supprimé.</p>'));
}

const view = (p) => ({
  uri: uri(p), cid: `bafyreidemo${p.id}`, author: { did: p.did, handle: p.handle, displayName: p.name, labels: [] },
  record: { $type: 'app.bsky.feed.post', text: p.text, langs: ['fr'], createdAt: p.at }, indexedAt: p.at, labels: [], replyCount: 0, repostCount: 1, likeCount: 3,
});

function api(url, { stateOf }) {
  const asked = (text) => POSTS.find((p) => [p.did, p.handle].some((name) => text === `at://${name}/app.bsky.feed.post/${p.id}`));
  switch (url.pathname) {
    case '/xrpc/app.bsky.feed.getPostThread': {
      const found = asked(url.searchParams.get('uri'));
      const state = found ? stateOf(found.key) : 'deleted';
      if (state in WALLS) return WALLS[state];
      if (state !== 'online') return json({ error: 'NotFound', message: `Post not found: ${url.searchParams.get('uri')}` }, 400);
      return json({ thread: { $type: 'app.bsky.feed.defs#threadViewPost', post: view(found), replies: [] } });
    }
    case '/xrpc/app.bsky.feed.getPosts':
      return json({ posts: url.searchParams.getAll('uris').map(asked).filter((p) => p && stateOf(p.key) === 'online').map(view) });
    case '/xrpc/app.bsky.actor.getProfile': {
      const found = POSTS.find(who(url.searchParams.get('actor')));
      if (!found) return json({ error: 'InvalidRequest', message: 'Profile not found' }, 400);
      if (stateOf(found.key) === 'suspended') return json({ error: 'AccountTakedown', message: 'Account has been suspended' }, 400);
      return json({ did: found.did, handle: found.handle, displayName: found.name });
    }
    case '/xrpc/com.atproto.identity.resolveHandle': {
      const found = POSTS.find(who(url.searchParams.get('handle')));
      return found ? json({ did: found.did }) : json({ error: 'InvalidRequest', message: 'Unable to resolve handle' }, 400);
    }
    default: return json({ error: 'MethodNotImplemented', message: 'Method Not Implemented' }, 501);
  }
}

/** `plc.directory`: where each author's host is. */
function directory(url) {
  const did = decodeURIComponent(url.pathname.slice(1));
  const found = POSTS.find((p) => p.did === did);
  return found
    ? json({ id: did, alsoKnownAs: [`at://${found.handle}`], service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: `https://${PDS}` }] })
    : json({ message: `DID not registered: ${did}` }, 404);
}

/** The author's host: what Bluesky took down is still here, what the author deleted is not. */
function host(url, { stateOf }) {
  if (url.pathname !== '/xrpc/com.atproto.repo.getRecord') return json({ error: 'MethodNotImplemented', message: 'Method Not Implemented' }, 501);
  const found = POSTS.find((p) => who(url.searchParams.get('repo'))(p) && p.id === url.searchParams.get('rkey'));
  const kept = found && stateOf(found.key) !== 'deleted';
  return kept ? json({ uri: uri(found), cid: view(found).cid, value: view(found).record }) : json({ error: 'RecordNotFound', message: 'Could not locate record' }, 400);
}

export const bluesky = {
  name: 'Bluesky',
  hosts: { 'bsky.app': site, 'public.api.bsky.app': api, 'plc.directory': directory, [PDS]: host, 'cdn.bsky.app': () => png(120) },
  words: { deleted: 'supprimé par l’auteur', removed: 'retiré par Bluesky', suspended: 'compte suspendu' },
  stories: POSTS.map((p) => ({
    key: p.key, open: permalink(p), permalink: permalink(p), platform: 'bluesky', id: p.id, handle: p.handle, name: p.name, text: p.text, createdFromId: p.at, media: p.key === 'bluesky' ? [PICTURE] : [],
    probe: ['https://public.api.bsky.app/*', 'https://plc.directory/*', `https://${PDS}/*`], wall: ['limited', 'rate_limited'], gone: ['removed', 'removed_by_platform'], control: p.key === 'bluesky-control', kinds: p.key === 'bluesky' ? { deleted: 'deleted_by_author', suspended: 'account_suspended' } : {},
  })),
};
