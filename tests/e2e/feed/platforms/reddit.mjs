// Reddit's new pages, whose posts stand in open shadow trees, its old ones, and its JSON.
import { esc, french, html, json, page, redirect, WALLS } from './page.mjs';
import { CALL, CALM, INSULT, SEXIST } from './texts.mjs';

const SPACE = 'r/valdemo';
const POSTS = [
  { key: 'reddit', id: '1demo1a', author: 'veilleur_nord', account: 't2_demo01', at: '2026-11-18T17:42:09.412Z', title: 'Le terrain vague, parlons-en', text: CALL },
  { key: 'reddit-control', id: '1demo2b', author: 'amis_tilleuls', account: 't2_demo02', at: '2026-11-18T19:03:55.250Z', title: 'Voisins', text: CALM },
  { key: 'reddit-old', id: '1demo3c', author: 'franc_parler_59', account: 't2_demo03', at: '2026-11-19T09:57:20.000Z', title: 'Le conseil', text: SEXIST, old: true },
];
const COMMENT = { key: 'reddit-comment', id: 'oqdemo4', of: POSTS[1], author: 'vrai_du_coin', at: '2026-11-18T20:15:00.000Z', text: INSULT };
const path = (p) => `/${SPACE}/comments/${p.id}/${p.title.toLowerCase().replace(/[^a-z]+/g, '_')}/`;
const commentPath = (c) => `/${SPACE}/comments/${c.of.id}/comment/${c.id}/`;

const comment = (c) => `<shreddit-comment class="demo-post demo-answer" thingid="t1_${c.id}" postid="t3_${c.of.id}" depth="0" author="${c.author}" permalink="${commentPath(c)}" created="${c.at.replace('Z', '000+0000')}">
  <a href="/user/${c.author}/">u/${c.author}</a> <a href="${commentPath(c)}"><time datetime="${c.at}">${french(c.at)}</time></a>
  <div slot="comment"><div class="md"><p>${esc(c.text)}</p></div></div></shreddit-comment>`;
const entry = (p) => `<shreddit-post class="demo-post" id="t3_${p.id}" permalink="${path(p)}" post-title="${esc(p.title)}" author="${p.author}" author-id="${p.account}" created-timestamp="${p.at.replace('Z', '000+0000')}" subreddit-prefixed-name="${SPACE}">
  <template shadowrootmode="open"><div><slot name="credit"></slot><slot name="title"></slot><slot name="text-body"></slot></div></template>
  <span slot="credit" class="demo-small">u/${p.author} · <time datetime="${p.at}">${french(p.at)}</time></span>
  <h1 slot="title">${esc(p.title)}</h1><div slot="text-body"><div class="md"><p>${esc(p.text)}</p></div></div></shreddit-post>`;
const oldThing = (p) => `<div class="thing id-t3_${p.id} link self demo-post" id="thing_t3_${p.id}" data-fullname="t3_${p.id}" data-author="${p.author}" data-timestamp="${Date.parse(p.at)}" data-permalink="${path(p)}">
  <p class="title"><a class="title may-blank" href="${path(p)}">${esc(p.title)}</a></p><p class="tagline demo-small">soumis <time datetime="${p.at}">${french(p.at)}</time> par <a class="author" href="/user/${p.author}">${p.author}</a></p>
  <div class="expando"><div class="usertext-body may-blank-within md-container"><div class="md"><p>${esc(p.text)}</p></div></div></div></div>`;

/** What Reddit keeps of a thing that is gone, by state. */
const LEFT = {
  deleted: { author: '[deleted]', selftext: '[deleted]', body: '[deleted]', removed_by_category: 'deleted' },
  moderated: { author: '[deleted]', selftext: '[removed]', body: '[removed]', removed_by_category: 'moderator' },
  removed: { author: '[deleted]', selftext: '[ Removed by Reddit ]', body: '[ Removed by Reddit ]', removed_by_category: 'anti_evil_ops' },
};

function listing(kind, thing, state) {
  const data = kind === 't3'
    ? { id: thing.id, name: `t3_${thing.id}`, title: thing.title, selftext: thing.text, author: thing.author, permalink: path(thing), removed_by_category: null }
    : { id: thing.id, name: `t1_${thing.id}`, body: thing.text, author: thing.author, permalink: commentPath(thing), link_id: `t3_${thing.of.id}` };
  const left = { ...LEFT[state] };
  if (kind === 't3') delete left.body;
  else for (const name of ['selftext', 'removed_by_category']) delete left[name];
  return { kind: 'Listing', data: { children: [{ kind, data: { ...data, ...left } }] } };
}

function site(url, { stateOf }) {
  const asJson = /^\/comments\/(\w+)\.json$/.exec(url.pathname);
  const thing = asJson ? POSTS.find((p) => p.id === asJson[1]) : url.pathname === '/api/info.json' && url.searchParams.get('id') === `t1_${COMMENT.id}` ? COMMENT : undefined;
  if (asJson || url.pathname === '/api/info.json') {
    const state = thing ? stateOf(thing.key) : 'none';
    if (state in WALLS) return WALLS[state];
    if (state === 'login') return redirect(`https://www.reddit.com/login/?dest=${encodeURIComponent(url.href)}`);
    if (!thing) return json({ message: 'Not Found', error: 404 }, 404);
    return json(thing === COMMENT ? listing('t1', thing, state) : [listing('t3', thing, state), { kind: 'Listing', data: { children: [] } }]);
  }
  if (/^\/login/.test(url.pathname)) return html(page('Reddit', 'Reddit - Connexion', '<h1>Connexion</h1><form><label>Nom d’utilisateur <input name="username"></label></form>'));
  const [, , id, inner] = /^\/(r\/\w+)\/comments\/(\w+)\/[^/]*(?:\/(\w+))?\/?$/.exec(url.pathname) ?? [];
  const found = POSTS.find((p) => p.id === id);
  const shown = (t) => stateOf(t.key) === 'online' || stateOf(t.key) in WALLS || stateOf(t.key) === 'login';
  if (!found || !shown(found) || (inner === COMMENT.id && !shown(COMMENT))) return html(page('Reddit', 'Reddit', `<h1>${found ? `Sorry, this post has been removed by the moderators of ${SPACE}.` : 'Page introuvable'}</h1>`, { lang: 'en' }));
  if (url.host.startsWith('old.')) return html(page('Reddit', found.title, `<div id="siteTable" class="sitetable linklisting">${oldThing(found)}</div>`));
  const answers = found === COMMENT.of && shown(COMMENT) ? `<shreddit-comment-tree>${comment(COMMENT)}</shreddit-comment-tree>` : '';
  // All in one open shadow tree: what the document itself cannot be asked for.
  return html(page('Reddit', found.title, `<shreddit-app><template shadowrootmode="open"><style>.demo-post{display:block;border:1px solid gray;border-radius:12px;padding:1rem;margin:1rem 0}</style>${entry(found)}${answers}</template></shreddit-app>`));
}

const story = (t, more) => ({ platform: 'reddit', key: t.key, id: t.id, handle: t.author, text: t.text, at: t.at, probe: 'https://www.reddit.com/*', ...more });

export const reddit = {
  name: 'Reddit',
  hosts: { 'www.reddit.com': site, 'old.reddit.com': site },
  words: { moderated: 'retiré par les modérateurs du groupe', removed: 'retiré par Reddit', deleted: 'supprimé par l’auteur', login: 'connexion demandée' },
  stories: [
    ...POSTS.map((p) => story(p, {
      ...(p.old ? { what: 'ancienne présentation' } : {}),
      open: `https://${p.old ? 'old' : 'www'}.reddit.com${path(p)}`, permalink: `https://www.reddit.com/${SPACE}/comments/${p.id}/`, ...(p.old ? {} : { account: p.account }),
      wall: p.old ? ['login', 'login_wall'] : ['bot', 'blocked_bot'], control: p.key === 'reddit-control', kinds: p.key === 'reddit' ? { removed: 'removed_by_platform', deleted: 'deleted_by_author' } : {},
      gone: p.old ? ['removed', 'removed_by_platform'] : ['moderated', 'removed_by_community_mod'],
    })),
    story(COMMENT, { what: 'commentaire', open: `https://www.reddit.com${commentPath(COMMENT)}`, permalink: `https://www.reddit.com${commentPath(COMMENT)}`, wall: ['limited', 'rate_limited'], gone: ['deleted', 'deleted_by_author'], kinds: { removed: 'removed_by_platform', moderated: 'removed_by_community_mod' } }),
  ],
};
