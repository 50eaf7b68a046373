// What the pages of all platforms are made from.
import { esc } from '../html.mjs';
import { picture } from '../png.mjs';

export { esc };

const STYLE = `
  :root { color-scheme: light dark; --line: #cfd9de; --soft: #536471; --paper: #fff; --ink: #0f1419 }
  @media (prefers-color-scheme: dark) { :root { --line: #3a444c; --soft: #9aa7b0; --paper: #15181c; --ink: #e7e9ea } }
  * { box-sizing: border-box }
  body { margin: 0; font: 16px/1.5 system-ui, "Noto Sans", sans-serif; color: var(--ink); background: var(--paper) }
  .demo-top { padding: .75rem 1rem; border-bottom: 1px solid var(--line); color: var(--soft); font-weight: 600 }
  .demo-main { max-width: 42rem; margin: 0 auto; padding: 0 1rem 4rem; overflow-wrap: anywhere }
  .demo-post { display: block; border: 1px solid var(--line); border-radius: 12px; padding: 1rem; margin: 1rem 0 }
  .demo-answer { margin-left: 1.5rem }
  .demo-small { color: var(--soft); font-size: .875rem }
  .demo-text { white-space: pre-wrap }
  a { color: #1466b8 } @media (prefers-color-scheme: dark) { a { color: #7cb8f2 } }
  .demo-foot { position: fixed; left: 8px; bottom: 8px; font-size: 12px; background: #3b2a6b; color: #fff; padding: 4px 10px; border-radius: 8px } .demo-foot a { color: #fff }
  img, video { max-width: 100% } video { display: block; width: 100%; height: 14rem; background: #223 }`;

export const html = (body, status = 200, headers = {}) => ({ status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body });
export const json = (value, status = 200, headers = {}) => ({ status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body: JSON.stringify(value) });
export const redirect = (location, status = 302) => ({ status, headers: { location }, body: '' });

/** A picture as a platform's media host serves it: any page may read it. */
export const png = (hue) => ({ status: 200, headers: { 'content-type': 'image/png', 'access-control-allow-origin': '*', 'cache-control': 'max-age=604800' }, body: picture(320, 180, hue) });

/** A page of the site `name`; `head` goes into the head as it is. */
export const page = (name, title, main, { head = '', lang = 'fr' } = {}) => `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${esc(title)}</title><style>${STYLE}</style>${head}</head>
<body><div class="demo-top">${esc(name)} — imitation pour la démonstration</div><div class="demo-main">${main}</div>
<div class="demo-foot">Fil de démonstration — <a href="/__demo/">commandes</a></div></body></html>`;

export const french = (iso, options = { dateStyle: 'long', timeStyle: 'short' }) => new Intl.DateTimeFormat('fr-FR', { ...options, timeZone: 'Europe/Paris' }).format(new Date(iso));
/** « 18 novembre 2026 à 18:42:09 » */
export const frenchSeconds = (iso) => `${french(iso, { day: 'numeric', month: 'long', year: 'numeric' })} à ${french(iso, { hour: '2-digit', minute: '2-digit', second: '2-digit' })}`;

/** A look by a program, not by a person who opens the page. */
export const isProbe = (request) => request.headers['sec-fetch-dest'] !== 'document';

/** What stands between a request and its answer, on any platform; none of it says anything of the post. */
export const WALLS = {
  limited: { status: 429, headers: { 'content-type': 'text/plain', 'retry-after': '0' }, body: 'Too Many Requests' },
  error: { status: 503, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<!DOCTYPE html><title>503</title><h1>Service Unavailable</h1>' },
  bot: { status: 403, headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<!DOCTYPE html><html lang="en"><title>Just a moment...</title><h1>Verify you are human</h1></html>' },
  off: null,
};
/** How the control page names the states that every platform knows. */
export const WORDS = { online: 'en ligne', limited: 'trop de requêtes (429)', error: 'panne (503)', bot: 'épreuve pour robots', off: 'connexion coupée' };

/** Class names, test ids, data attributes and elements of its own renamed, as after a new version of the site; texts, links and times stay. */
export const withLayoutChanged = (body) => body
  .replace(/(<\/?)([a-z]+-[a-z-]+)(?=[\s>])/g, '$1$2-v2')
  .replace(/\sdata-[a-z0-9-]+(?==")/g, (name) => `${name}-v2`)
  .replace(/\sclass="([^"]*)"/g, (whole, value) => ` class="${value.split(' ').map((word) => (word.startsWith('demo-') ? word : `v2_${hash(word)}`)).join(' ')}"`);

const hash = (word) => [...word].reduce((sum, letter) => (Math.imul(sum, 31) + letter.codePointAt(0)) >>> 0, 7).toString(36);
