// A Mastodon server that no data file names: known by the shape of its addresses alone.
import { mastodonId } from './ids.mjs';
import { esc, french, html, json, page, WALLS } from './page.mjs';
import { CALM, CONTEMPT } from './texts.mjs';

const HOST = 'social.exemple.fr';
const post = (key, handle, name, at, text) => ({ key, handle, name, at, text, id: mastodonId(at) });
const POSTS = [
  post('mastodon', 'veilleur_nord', 'Le Veilleur du Nord', '2026-11-18T17:42:09.412Z', CONTEMPT),
  post('mastodon-control', 'amis_tilleuls', 'Entraide des Tilleuls', '2026-11-18T19:03:55.250Z', CALM),
];
const permalink = (p) => `https://${HOST}/@${p.handle}/${p.id}`;

const status = (p) => `<div class="detailed-status__wrapper demo-post" tabindex="0"><div class="detailed-status">
  <a href="/@${p.handle}" class="detailed-status__display-name"><span class="display-name"><bdi><strong class="display-name__html">${esc(p.name)}</strong></bdi> <span class="display-name__account demo-small">@${p.handle}@${HOST}</span></span></a>
  <div class="status__content status__content--with-action"><div class="status__content__text status__content__text--visible translate" lang="fr"><p>${esc(p.text)}</p></div></div>
  <div class="detailed-status__meta demo-small"><a class="detailed-status__datetime" href="/@${p.handle}/${p.id}" target="_blank" rel="noopener"><time datetime="${p.at}">${french(p.at)}</time></a> · Public</div></div></div>`;

function server(url, { stateOf }) {
  const asked = /^\/api\/v1\/statuses\/(\d+)$/.exec(url.pathname)?.[1];
  const shown = /^\/@[^/]+\/(\d+)$/.exec(url.pathname)?.[1];
  const found = POSTS.find((p) => p.id === (asked ?? shown));
  const state = found ? stateOf(found.key) : 'deleted';
  if (shown) return state === 'online' || state in WALLS || state === 'login' ? html(page('Mastodon', `${found.name} : ${found.text.slice(0, 40)}`, status(found))) : html(page('Mastodon', 'Introuvable', '<h1>La page que vous recherchez n’existe pas.</h1>'), 404);
  if (!asked) return html(page('Mastodon', 'Introuvable', '<h1>La page que vous recherchez n’existe pas.</h1>'), 404);
  if (state in WALLS) return WALLS[state];
  if (state === 'login') return json({ error: 'This API requires an authenticated user' }, 401);
  if (state === 'deleted') return json({ error: 'Record not found' }, 404);
  return json({
    id: found.id, created_at: found.at, edited_at: null, url: permalink(found), uri: `https://${HOST}/users/${found.handle}/statuses/${found.id}`, content: `<p>${esc(found.text)}</p>`, language: 'fr', visibility: 'public',
    spoiler_text: '', account: { id: '109000000000000042', acct: found.handle, username: found.handle, display_name: found.name, url: `https://${HOST}/@${found.handle}`, ...(state === 'suspended' ? { suspended: true } : {}) },
    media_attachments: [], in_reply_to_id: null, replies_count: 0, reblogs_count: 1, favourites_count: 2,
  });
}

export const mastodon = {
  name: 'Mastodon',
  hosts: { [HOST]: server },
  words: { deleted: 'supprimé', suspended: 'compte suspendu', login: 'connexion demandée à qui interroge' },
  stories: POSTS.map((p) => ({
    key: p.key, open: permalink(p), permalink: permalink(p), platform: 'mastodon', id: p.id, handle: `${p.handle}@${HOST}`, name: p.name, text: p.text, at: p.at, createdFromId: p.at,
    probe: `https://${HOST}/*`, wall: ['login', 'login_wall'], gone: ['deleted', 'gone_cause_unknown'], control: p.key === 'mastodon-control', kinds: p.key === 'mastodon' ? { suspended: 'account_suspended' } : {},
  })),
};
