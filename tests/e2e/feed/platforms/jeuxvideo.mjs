// jeuxvideo.com: the pages since April 2026, and those of before.
import { esc, frenchSeconds, html, page, redirect, WALLS } from './page.mjs';
import { INSULT, OPINION, SEXIST } from './texts.mjs';

const TOPIC = { id: '70000042', slug: 'la-piscine-municipale' };
const OLD_TOPIC = { id: '70000041', slug: 'le-conseil-municipal' };
const MESSAGES = [
  { key: 'jeuxvideo', id: '1300000042', topic: TOPIC, author: 'VraiDuCoin', at: '2026-11-18T17:42:09.000Z', text: INSULT },
  { key: 'jeuxvideo-control', id: '1300000043', topic: TOPIC, author: 'Camille-du-Val', at: '2026-11-18T17:50:30.000Z', text: OPINION },
  { key: 'jeuxvideo-old', id: '1290000041', topic: OLD_TOPIC, author: 'FrancParler59', at: '2026-03-10T09:57:20.000Z', text: SEXIST },
];
const topicPath = (t) => `/forums/42-51-${t.id}-1-0-1-0-${t.slug}.htm`;

const fresh = (m) => `<div class="messageUser demo-post" id="message-${m.id}" data-id="${m.id}"><div class="messageUser__header"><span class="messageUser__label JvCare">${m.author}</span>
  <a class="messageUser__date demo-small" href="/forums/message/${m.id}">${frenchSeconds(m.at)}</a></div>
  <div class="messageUser__msg js-message-user-msg"><p>${esc(m.text)}</p></div><div class="messageUser__signature"><p>Signature : lisez la charte.</p></div></div>`;
const old = (m) => `<div class="bloc-message-forum demo-post" data-id="${m.id}" id="post_${m.id}"><div class="bloc-header"><span class="JvCare bloc-pseudo-msg text-user">${m.author}</span>
  <div class="bloc-date-msg demo-small"><a href="/forums/message/${m.id}">${frenchSeconds(m.at)}</a></div></div>
  <div class="bloc-contenu"><div class="txt-msg text-enrichi-forum"><p>${esc(m.text)}</p></div></div><div class="signature-msg text-enrichi-forum"><p>Signature : lisez la charte.</p></div></div>`;

const gone = (state) => html(page('jeuxvideo.com', 'Erreur 410', `<img class="img-erreur" src="/img/erreurs/e410.png" alt="ERREUR 410"><p>${state === 'moderated'
  ? 'Ce contenu a été supprimé à la suite d’une <b>action de modération</b>.' : 'Ce contenu n’existe plus.'}</p>`), 410);

function site(url, { stateOf }) {
  if (url.pathname.startsWith('/img/')) return { status: 404, headers: {}, body: '' };
  const message = MESSAGES.find((m) => url.pathname === `/forums/message/${m.id}`);
  if (message) {
    const state = stateOf(message.key);
    if (state in WALLS) return WALLS[state];
    return state === 'online' ? redirect(`${topicPath(message.topic)}#post_${message.id}`) : gone(state);
  }
  const topic = [TOPIC, OLD_TOPIC].find((t) => url.pathname === topicPath(t));
  if (!topic) return html(page('jeuxvideo.com', 'Erreur 404', '<img class="img-erreur" src="/img/erreurs/e404.png" alt="ERREUR 404">'), 404);
  const shown = MESSAGES.filter((m) => m.topic === topic && stateOf(m.key) === 'online');
  return html(page('jeuxvideo.com', 'Forum Blabla', topic === TOPIC
    ? `<h1 class="titleMessagesUsers__title">La piscine municipale</h1><div id="listMessages">${shown.map(fresh).join('')}</div>`
    : `<h1 id="bloc-title-forum">Le conseil municipal</h1><div class="conteneur-messages-pagi">${shown.map(old).join('')}</div>`));
}

export const jeuxvideo = {
  name: 'jeuxvideo.com',
  hosts: { 'www.jeuxvideo.com': site },
  words: { moderated: 'retiré par la modération', deleted: 'supprimé' },
  stories: MESSAGES.map((m) => ({
    key: m.key, ...(m.topic === OLD_TOPIC ? { what: 'ancienne présentation' } : {}), open: `https://www.jeuxvideo.com/forums/message/${m.id}`, permalink: `https://www.jeuxvideo.com/forums/message/${m.id}`, platform: 'jeuxvideo', id: m.id, handle: m.author, name: m.author, text: m.text, at: m.at,
    probe: 'https://www.jeuxvideo.com/*', wall: m.key === 'jeuxvideo' ? ['bot', 'blocked_bot'] : ['error', 'temp_error'], control: m.key === 'jeuxvideo-control', kinds: m.key === 'jeuxvideo' ? { deleted: 'gone_cause_unknown' } : {},
    gone: m.key === 'jeuxvideo' ? ['moderated', 'removed_by_community_mod'] : ['deleted', 'gone_cause_unknown'],
  })),
};
