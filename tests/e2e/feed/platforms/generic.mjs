// Sites that no data file names: a blog of WordPress, a forum like phpBB, a page whose JSON-LD alone says who wrote, a thread of Disqus in its frame.
import { esc, french, html, page, WALLS } from './page.mjs';
import { CALM, CONTEMPT, INSULT, OPINION, SEXIST } from './texts.mjs';

const at = '2026-11-18T17:42:09+00:00';
const BLOG = 'https://blog.exemple.fr/2026/11/la-piscine/';
const BOARD = 'https://forum-du-val.exemple.fr/viewtopic.php?t=42';
const PRESS = 'https://presse.exemple.fr/debat/conseil-municipal';
const DISQUS = 'https://gazette.exemple.fr/2026/11/proces/';

const wordpress = (c) => `<li id="comment-${c.n}" class="comment even thread-even depth-1 demo-post"><article id="div-comment-${c.n}" class="comment-body"><footer class="comment-meta">
  <div class="comment-author vcard"><b class="fn">${c.name}</b> <span class="says">dit :</span></div><div class="comment-metadata demo-small"><a href="${BLOG}#comment-${c.n}"><time datetime="${at}">${french(at)}</time></a></div></footer>
  <div class="comment-content"><p>${esc(c.text)}</p></div></article></li>`;
function blog(url, { stateOf }) {
  const state = stateOf('wordpress');
  if (state in WALLS) return WALLS[state];
  const comments = [{ n: 56, name: 'Camille', text: CALM }, ...(state === 'online' ? [{ n: 57, name: 'vrai_du_coin', text: INSULT }] : [])];
  return html(page('Le blog du Val', 'La piscine', `<article class="post-42"><h1>La piscine</h1><div class="entry-content"><p>${esc(OPINION)}</p></div></article><ol class="comment-list">${comments.map(wordpress).join('')}</ol>`, { head: `<link rel="canonical" href="${BLOG}">` }));
}

const phpbb = (p) => `<div id="p${p.n}" class="post has-profile bg2 demo-post"><dl class="postprofile"><dt><a class="username" href="./memberlist.php?u=${p.n}">${p.name}</a></dt></dl>
  <div class="postbody"><p class="author demo-small"><a class="unread" href="./viewtopic.php?p=${p.n}#p${p.n}"></a><time datetime="${at}">${french(at)}</time></p><div class="content">${esc(p.text)}</div></div></div>`;
function board(url, { stateOf }) {
  const state = stateOf('phpbb');
  if (state === 'closed') return html(page('Forum du Val', 'Erreur', '<p>Ce sujet n’existe pas.</p>'), 404);
  if (state in WALLS) return WALLS[state];
  return html(page('Forum du Val', 'Le conseil', [{ n: 101, name: 'camille', text: OPINION }, ...(state === 'online' ? [{ n: 102, name: 'franc_parler_59', text: SEXIST }] : [])].map(phpbb).join('')));
}

function press(url, { stateOf }) {
  const state = stateOf('jsonld');
  if (state in WALLS) return WALLS[state];
  const shown = state === 'online';
  const data = { '@context': 'https://schema.org', '@type': 'DiscussionForumPosting', url: PRESS, headline: 'Débat', author: { '@type': 'Person', name: 'veilleur_nord' }, datePublished: at, text: CONTEMPT };
  return html(page('La Presse du Val', 'Débat', shown ? `<div class="x9 demo-post"><div class="x9h">veilleur_nord</div><div class="x9b" id="propos">${esc(CONTEMPT)}</div></div>` : '<p>Ce débat est clos.</p>', {
    head: shown ? `<script type="application/ld+json">${JSON.stringify(data)}</script>` : '',
  }));
}

const gazette = (url, { stateOf }) => html(page('La Gazette du Val', 'Le procès', `<article><h1>Le procès</h1><p>${esc(OPINION)}</p></article>
  <section id="disqus_thread" class="demo-post"><h2>Commentaires</h2><iframe title="Disqus" width="100%" height="200" src="https://disqus.com/embed/comments/?f=gazette-du-val"></iframe></section>`));
const disqus = (url, { stateOf }) => html(page('Disqus', 'Commentaires Disqus', stateOf('disqus') === 'online' ? `<ul id="post-list"><li class="post" id="post-600042"><span class="author publisher-anchor-color"><a href="https://disqus.com/by/vrai_du_coin/">vrai_du_coin</a></span>
  <a class="time-ago demo-small" href="${DISQUS}#comment-600042" title="${french(at)}">il y a 5 jours</a><div class="post-message"><p>${esc(INSULT)}</p></div></li></ul>` : '<p>Aucun commentaire.</p>'));

const page_ = (key, permalink, more) => ({ key, open: permalink, permalink, platform: 'generic', probe: `${new URL(permalink).origin}/*`, ...more });

export const generic = {
  name: 'Autres sites',
  hosts: { 'blog.exemple.fr': blog, 'forum-du-val.exemple.fr': board, 'presse.exemple.fr': press, 'gazette.exemple.fr': gazette, 'disqus.com': disqus },
  words: { gone: 'texte retiré', closed: 'page fermée (404)' },
  stories: [
    page_('wordpress-control', `${BLOG}#comment-56`, { what: 'blog', name: 'Camille', text: CALM, at, control: true }),
    page_('phpbb-control', `${BOARD}#p101`, { what: 'forum', name: 'camille', text: OPINION, at, control: true }),
    page_('wordpress', `${BLOG}#comment-57`, { what: 'blog', name: 'vrai_du_coin', text: INSULT, at, wall: ['bot', 'blocked_bot'], gone: ['gone', 'gone_cause_unknown'] }),
    page_('phpbb', `${BOARD}#p102`, { what: 'forum', name: 'franc_parler_59', text: SEXIST, at, wall: ['error', 'temp_error'], gone: ['gone', 'gone_cause_unknown'] }),
    // No other post of that site was captured: without a control nothing is ever confirmed.
    page_('jsonld', PRESS, { what: 'page de presse', confirmed: false, name: 'veilleur_nord', text: CONTEMPT, at, gesture: { select: '#propos' }, wall: ['limited', 'rate_limited'], gone: ['gone', 'gone_cause_unknown'] }),
    // The comments stand in a frame of another site: the page's own words are read, and what could not be is said.
    page_('disqus', DISQUS, { what: 'Disqus', text: 'Commentaires', gesture: { select: '#disqus_thread h2' }, lacks: ['cross_origin_frame/disqus.com'], missing: ['published_at/not_found', 'author.display_name/not_found'], wall: null, gone: null }),
  ],
};
