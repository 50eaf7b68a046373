// Facebook, Instagram and Threads, as somebody with an account sees them. Who asks without one meets the login page.
import { instagramCode } from './ids.mjs';
import { esc, french, html, isProbe, page, png, redirect } from './page.mjs';
import { CALL, CONTEMPT, INSULT, OPINION, SEXIST } from './texts.mjs';

const login = (name, label) => html(page(name, `${name} — Connexion`, `<h1>${label}</h1><form><label>Adresse e-mail ou téléphone <input name="email"></label></form>`));

// ── Facebook: one post under the alias that this viewer got (`pfbid`), and a comment below it ──
const FB = {
  key: 'facebook', alias: 'pfbid02DeMo4VeilleurDuNord5aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789AbCd', handle: 'veilleur.nord', name: 'Le Veilleur du Nord', text: CALL,
  comment: { key: 'facebook-comment', id: '1234567890123456', handle: 'vrai.du.coin', name: 'Vrai Du Coin', text: INSULT },
};
// A comment in a group, in the newer form of its address: `comment:<post>_<comment>` in base64.
const GROUP = {
  key: 'facebook-group', post: '987654321098765', handle: 'camille.du.val', name: 'Camille Du Val', text: OPINION,
  comment: { key: 'facebook-group-comment', id: '1122334455667788', handle: 'franc.parler.59', name: 'Franc Parler', text: SEXIST },
};
const fbPost = `/${FB.handle}/posts/${FB.alias}`;
const fbComment = `${fbPost}?comment_id=${FB.comment.id}`;
const groupPost = `/groups/quartier.demo/posts/${GROUP.post}/`;
const groupComment = `${groupPost}?comment_id=${Buffer.from(`comment:${GROUP.post}_${GROUP.comment.id}`).toString('base64').replace(/=+$/, '')}`;

const fbArticle = (p, link, comments) => `<div role="article" aria-posinset="1" class="demo-post x1yztbdb"><h2><span><a role="link" href="/${p.handle}?__cft__[0]=AZdemo"><strong><span>${esc(p.name)}</span></strong></a></span></h2>
  <a role="link" class="demo-small" href="${link}?__cft__[0]=AZdemo&amp;__tn__=%2CO%2CP-R"><span><span>3</span><span> j</span></span></a>
  <div data-ad-preview="message" data-ad-comet-preview="message"><div dir="auto">${esc(p.text)}</div></div>${comments}</div>`;
const fbAnswer = (c, link) => `<div role="article" aria-label="Commentaire de ${esc(c.name)} il y a 2 jours" tabindex="-1" class="demo-post demo-answer x1n2onr6"><a role="link" href="/${c.handle}"><span dir="auto">${esc(c.name)}</span></a>
  <div dir="auto">${esc(c.text)}</div><a role="link" class="demo-small" href="${link}">2 j</a></div>`;

function facebook(url, { stateOf }, request) {
  if (isProbe(request) || url.pathname.startsWith('/login')) return url.pathname.startsWith('/login') ? login('Facebook', 'Connectez-vous à Facebook') : redirect(`https://www.facebook.com/login/?next=${encodeURIComponent(url.href)}`);
  const unavailable = html(page('Facebook', 'Facebook', '<h2>Ce contenu n’est pas disponible pour le moment</h2><p>Cela se produit généralement parce que le propriétaire ne l’a partagé qu’avec un petit groupe de personnes, a modifié qui peut le voir ou l’a supprimé.</p>'));
  const show = (p, path, commentPath) => stateOf(p.key) === 'online'
    ? html(page('Facebook', `${p.name} | Facebook`, `<div role="main">${fbArticle(p, path, stateOf(p.comment.key) === 'online' ? fbAnswer(p.comment, commentPath) : '')}</div>`)) : unavailable;
  if (url.pathname === fbPost) return show(FB, fbPost, fbComment);
  if (url.pathname === groupPost) return show(GROUP, groupPost, groupComment);
  return unavailable;
}

// ── Instagram and Threads ──
const IG = { key: 'instagram', at: '2026-11-19T09:57:20.640Z', handle: 'franc_parler_59', text: SEXIST };
IG.id = instagramCode(IG.at);
const IG_PICTURE = 'https://scontent-cdg4-1.cdninstagram.com/v/demo-42.png';
const TH = { key: 'threads', at: '2026-11-18T17:42:09.412Z', handle: 'veilleur_nord', text: CONTEMPT };
TH.id = instagramCode(TH.at);

function instagram(url, { stateOf }, request) {
  if (url.pathname.startsWith('/accounts/login')) return login('Instagram', 'Connectez-vous à Instagram');
  if (isProbe(request)) return redirect('https://www.instagram.com/accounts/login/');
  if (url.pathname !== `/p/${IG.id}/` || stateOf(IG.key) !== 'online') return html(page('Instagram', 'Page introuvable • Instagram', '<h2>Cette page n’est malheureusement pas disponible.</h2><p>Le lien que vous avez suivi est peut-être rompu, ou la page a été supprimée.</p>'), 404);
  return html(page('Instagram', `${IG.handle} sur Instagram`, `<main role="main"><article role="presentation" class="demo-post x1iyjqo2"><header><a role="link" href="/${IG.handle}/">${IG.handle}</a></header>
    <img src="${IG_PICTURE}" srcset="${IG_PICTURE} 640w" alt="Un dessin du conseil" width="320" height="180"><ul><li><h1 dir="auto">${esc(IG.text)}</h1></li></ul><a class="demo-small" role="link" href="/p/${IG.id}/"><time datetime="${IG.at}" title="${french(IG.at)}">${french(IG.at)}</time></a></article></main>`));
}

function threads(url, { stateOf }, request) {
  if (url.pathname.startsWith('/login')) return login('Threads', 'Se connecter avec Instagram');
  if (isProbe(request)) return redirect('https://www.threads.com/login/');
  if (url.pathname !== `/@${TH.handle}/post/${TH.id}` || stateOf(TH.key) !== 'online') return html(page('Threads', 'Threads', '<h2>Contenu indisponible</h2>'), 404);
  return html(page('Threads', `@${TH.handle} sur Threads`, `<div data-pressable-container="true" class="demo-post x1a2a7pz"><a href="/@${TH.handle}"><span translate="no">${TH.handle}</span></a>
    <a class="demo-small" href="/@${TH.handle}/post/${TH.id}"><time datetime="${TH.at}">5 j</time></a><div><span dir="auto">${esc(TH.text)}</span></div></div>`));
}

const fb = (p, open, permalink, id, what) => ({ key: p.key, what, open, permalink, platform: 'facebook', id, handle: p.handle, name: p.name, text: p.text, probe: 'https://www.facebook.com/*', byHand: 'gone_cause_unknown' });
const at = (path) => `https://www.facebook.com${path}`;

export const facebookSite = {
  name: 'Facebook',
  hosts: { 'www.facebook.com': facebook },
  words: { gone: 'plus disponible' },
  stories: [
    fb(FB, at(fbPost), at(fbPost), FB.alias),
    fb(FB.comment, at(fbComment), at(fbComment), FB.comment.id, 'commentaire'),
    fb(GROUP.comment, at(groupComment), at(`${groupPost}?comment_id=${GROUP.comment.id}`), GROUP.comment.id, 'commentaire dans un groupe'),
  ],
};
export const instagramSite = {
  name: 'Instagram',
  hosts: { 'www.instagram.com': instagram, 'scontent-cdg4-1.cdninstagram.com': () => png(80) },
  words: { gone: 'plus disponible' },
  stories: [{ key: IG.key, open: `https://www.instagram.com/p/${IG.id}/`, permalink: `https://www.instagram.com/p/${IG.id}/`, platform: 'instagram', id: IG.id, handle: IG.handle, text: IG.text, at: IG.at, media: [IG_PICTURE], createdFromId: IG.at, probe: 'https://www.instagram.com/*', byHand: 'gone_cause_unknown' }],
};
export const threadsSite = {
  name: 'Threads',
  hosts: { 'www.threads.com': threads },
  words: { gone: 'plus disponible' },
  stories: [{ key: TH.key, open: `https://www.threads.com/@${TH.handle}/post/${TH.id}`, permalink: `https://www.threads.com/@${TH.handle}/post/${TH.id}`, platform: 'threads', id: TH.id, handle: TH.handle, text: TH.text, at: TH.at, createdFromId: TH.at, probe: 'https://www.threads.com/*', byHand: 'gone_cause_unknown' }],
};
