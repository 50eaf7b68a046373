// TikTok: who asks without a browser gets a page without its data, a test for robots.
import { tiktokId } from './ids.mjs';
import { esc, html, isProbe, page, png } from './page.mjs';
import { CONTEMPT } from './texts.mjs';

const VIDEO = { key: 'tiktok', at: '2026-11-18T17:42:00.000Z', handle: 'veilleur.nord', name: 'Le Veilleur du Nord', text: CONTEMPT };
VIDEO.id = tiktokId(VIDEO.at);

const POSTER = 'https://p16-sign-useast2a.tiktokcdn.com/obj/demo-42.png';

const detail = (state) => state === 'online'
  ? { statusCode: 0, statusMsg: '', itemInfo: { itemStruct: { id: VIDEO.id, desc: VIDEO.text, createTime: String(Date.parse(VIDEO.at) / 1000 + 7), textLanguage: 'fr', author: { id: '7000000000000000042', uniqueId: VIDEO.handle, nickname: VIDEO.name } } } }
  : { statusCode: 10204, statusMsg: 'item doesn\'t exist' };

function site(url, { stateOf }, request) {
  const state = url.pathname === `/@${VIDEO.handle}/video/${VIDEO.id}` ? stateOf(VIDEO.key) : 'gone';
  if (isProbe(request)) return html(page('TikTok', 'TikTok', '<div id="app"></div>'));
  const data = JSON.stringify({ __DEFAULT_SCOPE__: { 'webapp.video-detail': detail(state) } }).replaceAll('<', '\\u003c');
  return html(page('TikTok', 'TikTok', state === 'online'
    ? `<div class="css-1bb2d4-5e6d46e3--DivVideoDetailContainer demo-post"><video poster="${POSTER}"></video><a href="/@${VIDEO.handle}"><span data-e2e="browse-username">${VIDEO.handle}</span> <span data-e2e="browser-nickname"><span>${esc(VIDEO.name)}</span></span></a>
       <h1 data-e2e="browse-video-desc"><span>${esc(VIDEO.text)}</span></h1></div>`
    : '<p>Vidéo actuellement indisponible</p>', { head: `<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">${data}</script>` }));
}

export const tiktok = {
  name: 'TikTok',
  hosts: { 'www.tiktok.com': site, 'p16-sign-useast2a.tiktokcdn.com': () => png(40) },
  words: { gone: 'plus disponible' },
  stories: [{
    key: VIDEO.key, open: `https://www.tiktok.com/@${VIDEO.handle}/video/${VIDEO.id}`, permalink: `https://www.tiktok.com/@${VIDEO.handle}/video/${VIDEO.id}`, platform: 'tiktok', id: VIDEO.id, handle: VIDEO.handle, name: VIDEO.name, text: VIDEO.text, media: [POSTER],
    createdFromId: VIDEO.at, missing: ['permalink/not_in_page'], probe: 'https://www.tiktok.com/*', byHand: 'gone_cause_unknown',
  }],
};
