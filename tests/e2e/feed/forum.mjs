// A forum that no platform data knows: what the generic reader must find by structure (schema.org, ids as anchors).
import { CANARIES } from './canaries.mjs';
import { esc } from './html.mjs';
import { COMMENTS, FORUM_THREAD } from './posts.mjs';

const TITLE = 'Fermeture de la piscine';
const anchor = (c) => `${FORUM_THREAD}#comment-${c.n}`;

const jsonLd = (comments) => JSON.stringify({
  '@context': 'https://schema.org', '@type': 'DiscussionForumPosting', headline: TITLE, url: FORUM_THREAD, datePublished: COMMENTS[0].at,
  author: { '@type': 'Person', name: COMMENTS[0].author }, text: COMMENTS[0].text,
  comment: comments.slice(1).map((c) => ({ '@type': 'Comment', url: anchor(c), datePublished: c.at, text: c.text, author: { '@type': 'Person', name: c.author } })),
});

const comment = (c) => `
<article class="message" id="comment-${c.n}" itemscope itemtype="https://schema.org/Comment">
  <header><a href="/membre/${encodeURIComponent(c.author)}" rel="author" itemprop="author">${esc(c.author)}</a>
  <a href="#comment-${c.n}" title="Lien permanent" itemprop="url"><time datetime="${c.at}" itemprop="datePublished">${c.at.slice(8, 10)} novembre 2026 à ${c.at.slice(11, 16)}</time></a></header>
  <div class="texte" itemprop="text"><p>${esc(c.text)}</p></div>
  <form action="/signaler" method="post"><input type="hidden" name="csrf" value="${CANARIES.hiddenInput}"><button type="button" onclick="signaler('${CANARIES.handler}')">Signaler</button></form>
</article>`;

export function answer(url, { stateOf }) {
  const html = (body, status = 200) => ({ status, headers: { 'content-type': 'text/html; charset=utf-8' }, body });
  if (url.pathname !== new URL(FORUM_THREAD).pathname || stateOf('forum') !== 'online')
    return html('<!DOCTYPE html><html lang="fr"><title>Introuvable</title><main><h1>Sujet introuvable</h1><p>Ce sujet n’existe pas ou a été supprimé par la modération.</p></main></html>', 404);
  const comments = COMMENTS.filter((c) => stateOf(`comment-${c.n}`) === 'online');
  return html(`<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${TITLE} — Forum du Val</title>
<meta name="csrf-token" content="${CANARIES.meta}"><link rel="canonical" href="${FORUM_THREAD}"><script type="application/ld+json">${jsonLd(comments)}</script>
<style>body{font:16px/1.5 Georgia,serif;max-width:44rem;margin:auto;padding:1rem}.message{border:1px solid #ccc;padding:1rem;margin:1rem 0}header{display:flex;gap:1rem;font-size:.9rem}</style></head>
<body><h1>${TITLE}</h1>${comments.map(comment).join('')}<script>var session = { csrf: "${CANARIES.script}" };</script></body></html>`);
}
