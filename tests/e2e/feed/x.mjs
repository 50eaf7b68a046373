// The pages of x.com: the attributes that X has (see the platform data), the content invented.
import { CANARIES } from './canaries.mjs';
import { esc } from './html.mjs';
import { POSTS, SUSPENDED_HANDLE } from './posts.mjs';

const STYLE = `
  body { margin: 0; font: 15px/20px system-ui, "Noto Sans", sans-serif; color: #0f1419; background: #fff }
  header.bar { position: sticky; top: 0; z-index: 3; height: 53px; background: rgba(255,255,255,.92); border-bottom: 1px solid #eff3f4; display: flex; align-items: center; gap: 24px; padding: 0 16px }
  main { width: 600px; max-width: 100%; margin: 0 auto; border: solid #eff3f4; border-width: 0 1px }
  article { position: relative; padding: 12px 16px; border-bottom: 1px solid #eff3f4; outline: none }
  a { color: inherit; text-decoration: none } [data-testid="tweetText"] a { color: #1d9bf0 }
  [data-testid="tweetText"] { white-space: pre-wrap; overflow-wrap: anywhere; margin: 4px 0 8px }
  [data-testid="tweetText"] img, [data-testid="User-Name"] img { width: 1.2em; height: 1.2em; vertical-align: -20% }
  [data-testid="User-Name"] { display: flex; gap: 4px; color: #536471 } [data-testid="User-Name"] > div:first-child { font-weight: 700; color: #0f1419 }
  .quoted { border: 1px solid #cfd9de; border-radius: 16px; padding: 12px; margin-top: 8px }
  .photos { display: grid; grid-auto-flow: column; gap: 2px; border-radius: 16px; overflow: hidden } .photos img { width: 100%; display: block }
  div[role="group"] { display: flex; justify-content: space-between; max-width: 425px; color: #536471; margin-top: 8px } button { all: unset; cursor: pointer }
  [data-testid="caret"] { position: absolute; right: 16px; top: 8px }
  .gone { border: 1px solid #eff3f4; background: #f7f9f9; border-radius: 16px; margin: 12px 16px; padding: 12px }
  footer.demo { position: fixed; left: 8px; bottom: 8px; font-size: 12px; background: #3b2a6b; color: #fff; padding: 4px 10px; border-radius: 8px }`;

/** What X says in place of a post; the state `404` is what it says of an address that never was. */
const GONE = {
  404: 'Hmm...this page doesn’t exist. Try searching for something else.',
  unavailable: 'Ce post n’est pas disponible.',
  removed: 'This Post violated the X Rules. Learn more',
  suspended: 'This Post is from a suspended account. Learn more',
  deleted: 'This Post was deleted by the Post author. Learn more',
  age: 'Age-restricted adult content. This content might not be appropriate for people under 18 years old. To view this media, you’ll need to log in to X. Learn more',
};
export const tombstone = (state) => (state === 'unavailable' ? 'This Post is unavailable. Learn more' : GONE[state]);

const EMOJI = /\p{Emoji_Presentation}\uFE0F?|\p{Emoji}\uFE0F/gu;
const codepoints = (emoji) => [...emoji].filter((c) => c !== '\uFE0F').map((c) => c.codePointAt(0).toString(16)).join('-');

/** Emojis are pictures, tags are links, as on X: `textContent` alone would lose words. */
const richText = (text) =>
  text.split(/(#[\p{L}\d_]+)/u).map((part) => part.startsWith('#')
    ? `<span class="r-18u37iz"><a dir="ltr" href="/hashtag/${esc(part.slice(1))}?src=hashtag_click" role="link">${esc(part)}</a></span>`
    : `<span class="css-1qaijid">${esc(part).replace(EMOJI, (emoji) => `</span><img alt="${emoji}" draggable="false" src="https://abs-0.twimg.com/emoji/v2/svg/${codepoints(emoji)}.svg" title="Emoji"><span class="css-1qaijid">`)}</span>`,
  ).join('');

const shortDate = (iso) => new Intl.DateTimeFormat('fr-FR', { day: 'numeric', month: 'short', timeZone: 'Europe/Paris' }).format(new Date(iso));
const longDate = (iso) => new Intl.DateTimeFormat('fr-FR', { timeStyle: 'short', dateStyle: 'medium', timeZone: 'Europe/Paris' }).format(new Date(iso));

const userName = (post, time) => `
  <div class="css-175oi2r" data-testid="User-Name" id="id__nom_${post.id}">
    <div><a href="/${post.author.handle}" role="link"><div dir="ltr"><span><span>${esc(post.author.name).replace(EMOJI, (e) => `<img alt="${e}" src="https://abs-0.twimg.com/emoji/v2/svg/${codepoints(e)}.svg">`)}</span></span></div></a></div>
    <div><a href="/${post.author.handle}" role="link" tabindex="-1"><div dir="ltr"><span>@${post.author.handle}</span></div></a></div>
    <div dir="ltr" aria-hidden="true"><span>·</span></div>
    <div>${time}</div>
  </div>`;

const anchorTime = (post, label) => `<a href="/${post.author.handle}/status/${post.id}" dir="ltr" aria-label="${label}" role="link"><time datetime="${post.at}">${label}</time></a>`;

const photos = (post) => post.media.length === 0 ? '' : `<div class="photos">${post.media.map((m, i) => `
  <a href="/${post.author.handle}/status/${post.id}/photo/${i + 1}" role="link"><div aria-label="${esc(m.alt || 'Image')}" data-testid="tweetPhoto">
    <img alt="${esc(m.alt || 'Image')}" draggable="true" src="https://pbs.twimg.com/media/${m.key}?format=png&amp;name=small" width="400" height="300"></div></a>`).join('')}</div>`;

const TRUNCATED_AT = 280;
const truncated = (post, whole) => !whole && post.text.length > TRUNCATED_AT;
const tweetText = (post, whole) => `
  <div dir="auto" lang="fr" data-testid="tweetText" id="id__texte_${post.id}">${richText(truncated(post, whole) ? `${post.text.slice(0, TRUNCATED_AT)}…` : post.text)}</div>${truncated(post, whole)
  ? `<a href="/${post.author.handle}/status/${post.id}" data-testid="tweet-text-show-more-link" role="link"><span>Voir plus</span></a>` : ''}`;

const quoted = (post, state) => state !== 'online'
  ? `<div class="gone"><span>${esc(GONE[state])}</span></div>`
  : `<div tabindex="0" role="link" class="quoted"><div>${userName(post, `<div dir="ltr" aria-label="${shortDate(post.at)}"><time datetime="${post.at}">${shortDate(post.at)}</time></div>`)}</div>${tweetText(post, true)}</div>`;

const counted = (n, one, many) => `${n} ${n > 1 ? many : one}`;
const counters = ({ counters: c }) => [counted(c.replies, 'réponse', 'réponses'), counted(c.reposts, 'repost', 'reposts'), `${c.likes} j'aime`, counted(c.bookmarks, 'signet', 'signets'), counted(c.views, 'vue', 'vues')].join(', ');

/** A session leaves its secrets inside the post too: a framework's state, a form, a handler, a shadow root. */
const secrets = (post) => `
  <!-- ${CANARIES.comment} -->
  <script type="application/json" data-state="${post.id}">{"session":{"jeton":"${CANARIES.pageState}"}}</script>
  <form action="/i/api/reply" hidden><input type="hidden" name="authenticity_token" value="${CANARIES.hiddenInput}"><textarea name="draft">${CANARIES.formValue}</textarea></form>
  <span data-csrf-token="${CANARIES.dataAttribute}" onclick="navigator.sendBeacon('/i/api','${CANARIES.handler}')"></span>
  <div class="widget"><template shadowrootmode="open"><span>Traduire le post</span><input type="hidden" name="session_token" value="${CANARIES.shadow}"></template></div>
  <a href="/i/bookmark?id=${post.id}&amp;auth_token=${CANARIES.query}" hidden>Signet</a>`;

const article = (post, stateOf, { whole = false } = {}) => `
  <div class="css-175oi2r" data-testid="cellInnerDiv"><div><div>
  <article aria-labelledby="id__nom_${post.id} id__texte_${post.id}" role="article" tabindex="${whole ? -1 : 0}" data-testid="tweet">
    <div><div data-testid="Tweet-User-Avatar"><div data-testid="UserAvatar-Container-${post.author.handle}"><a href="/${post.author.handle}" aria-hidden="true" role="link" tabindex="-1"></a></div></div>
    ${userName(post, whole ? '' : anchorTime(post, shortDate(post.at)))}
    <button aria-expanded="false" aria-haspopup="menu" aria-label="Plus" data-testid="caret" type="button">⋯</button></div>
    ${tweetText(post, whole)}${photos(post)}${post.quotes ? quoted(post.quotes, stateOf(post.quotes.id)) : ''}
    ${whole ? `<div>${anchorTime(post, longDate(post.at))} · <span>${post.counters.views} vues</span></div>` : ''}
    <div aria-label="${counters(post)}" role="group">
      <button aria-label="${post.counters.replies} Réponses. Répondre" data-testid="reply" type="button">💬 ${post.counters.replies}</button>
      <button aria-label="${post.counters.reposts} reposts. Reposter" data-testid="retweet" type="button">🔁 ${post.counters.reposts}</button>
      <button aria-label="${post.counters.likes} j'aime. Aimer" data-testid="like" type="button">♡ ${post.counters.likes}</button>
      <button aria-label="Ajouter aux signets" data-testid="bookmark" type="button">🔖</button>
    </div>${secrets(post)}
  </article></div></div></div>`;

const page = (title, main) => `<!DOCTYPE html><html dir="ltr" lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${esc(title)}</title><meta name="csrf-token" content="${CANARIES.meta}"><style>${STYLE}</style>
<script nonce="feed">window.__INITIAL_STATE__ = {"session":{"csrf":"${CANARIES.script}","user_id":"1500000000000000099"}}</script></head>
<body><div id="react-root"><header class="bar" role="banner"><h2>X</h2><span>${esc(title)}</span></header>
<main role="main"><div data-testid="primaryColumn">${main}</div></main></div>
<form hidden><input type="hidden" name="authenticity_token" value="${CANARIES.hiddenInput}"></form>
<footer class="demo">Fil de démonstration — <a href="/__demo/">commandes</a></footer></body></html>`;

const gone = (state) => page('Post / X', `<div data-testid="cellInnerDiv"><div class="gone"><span>${esc(GONE[state])}</span></div></div>`);
const login = () => page('Se connecter à X', '<div data-testid="sheetDialog" role="dialog"><h1><span>Connectez-vous à X</span></h1><form><label>Téléphone, adresse email ou nom d’utilisateur <input autocomplete="username" name="text"></label><button type="button">Suivant</button></form></div>');
const suspendedProfile = (handle) => page(`Profil (@${handle}) / X`, '<div data-testid="emptyState"><span>Account suspended</span><div>X suspends accounts which violate the X Rules. Learn more</div></div>');

/** `{status, headers?, body}` for a path of x.com. */
export function answer(url, { stateOf, switches }) {
  const html = (body, status = 200) => ({ status, headers: { 'content-type': 'text/html; charset=utf-8', 'set-cookie': `auth_token=${CANARIES.cookie}; Path=/; Secure; HttpOnly; SameSite=None` }, body });
  if (switches.limited) return { status: 429, headers: { 'content-type': 'text/plain', 'retry-after': '900' }, body: 'Rate limit exceeded' };
  if (url.pathname === '/') return { status: 302, headers: { location: '/home' }, body: '' };
  if (url.pathname === '/i/flow/login') return html(login());
  const status = /^\/(?:i|[A-Za-z0-9_]{1,20})(?:\/web)?\/status\/(\d+)(?:\/photo\/\d)?$/.exec(url.pathname);
  if (switches.wall && (status || url.pathname === '/home'))
    return { status: 302, headers: { location: `/i/flow/login?redirect_after_login=${encodeURIComponent(url.pathname)}` }, body: '' };
  if (url.pathname === '/home') return html(page('Accueil / X', POSTS.filter((p) => stateOf(p.id) === 'online').map((p) => article(p, stateOf)).join('')));
  if (status) {
    const post = POSTS.find((p) => p.id === status[1]);
    const state = post ? stateOf(post.id) : '404';
    if (state !== 'online') return html(gone(state));
    const replies = POSTS.filter((p) => p.quotes === post && stateOf(p.id) === 'online');
    return html(page(`${post.author.name} sur X : « ${post.text.slice(0, 60)} » / X`, [article(post, stateOf, { whole: true }), ...replies.map((p) => article(p, stateOf))].join('')));
  }
  if (url.pathname === `/${SUSPENDED_HANDLE}`) return html(suspendedProfile(SUSPENDED_HANDLE));
  return html(gone('404'), 404);
}

/** JS semantics, as the public embed computes it: a wrong token gets nothing. */
const token = (id) => ((Number(id) / 1e15) * Math.PI).toString(36).replace(/(0+|\.)/g, '');

/** `cdn.syndication.twimg.com/tweet-result`: what an embedded post is made from. */
export function syndication(url, request, { stateOf, switches }) {
  const json = (value, status = 200) => ({ status, headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'public, max-age=0' }, body: JSON.stringify(value) });
  if (switches.limited) return json({ errors: [{ message: 'Rate limit exceeded' }] }, 429);
  if (!request.headers['user-agent']) return json({}, 403);
  const id = url.searchParams.get('id') ?? '';
  if (url.pathname !== '/tweet-result' || url.searchParams.get('token') !== token(id)) return { status: 404, headers: {}, body: '' };
  const post = POSTS.find((p) => p.id === id);
  const state = post ? stateOf(id) : '404';
  if (state === '404') return json({});
  if (state !== 'online') return json({ __typename: 'TweetTombstone', tombstone: { text: { text: tombstone(state), entities: [], rtl: false } } });
  return json({
    __typename: 'Tweet', lang: 'fr', id_str: post.id, text: post.text, created_at: post.at, favorite_count: post.counters.likes, conversation_count: post.counters.replies, possibly_sensitive: false,
    user: { id_str: post.author.id, name: post.author.name, screen_name: post.author.handle, verified: false, is_blue_verified: false },
    mediaDetails: post.media.map((m) => ({ type: 'photo', media_url_https: `https://pbs.twimg.com/media/${m.key}.png`, ext_alt_text: m.alt || null })),
    edit_control: { edit_tweet_ids: [post.id], is_edit_eligible: false },
    ...(post.quotes ? { quoted_tweet: { id_str: post.quotes.id, text: post.quotes.text, user: { screen_name: post.quotes.author.handle, name: post.quotes.author.name, id_str: post.quotes.author.id } } } : {}),
  });
}
