// The start page of the demo, and its control: every page that can be tried, and what may become of each post.
import { esc } from './html.mjs';
import { PLATFORMS, statesOf } from './platforms/index.mjs';
import { FORUM_THREAD, permalink, POSTS } from './posts.mjs';

const X_STATES = { online: 'en ligne', removed: 'retiré par la plateforme', deleted: 'supprimé par l’auteur', suspended: 'compte suspendu', unavailable: 'indisponible', 404: 'page introuvable' };

const STYLE = `
  :root { color-scheme: light dark; --line: #d5d0e3; --soft: #5d5770; --paper: #faf9fd; --card: #fff; --ink: #1d1929; --accent: #5b3fd6 }
  @media (prefers-color-scheme: dark) { :root { --line: #3b3650; --soft: #b4adc9; --paper: #15131d; --card: #1e1b29; --ink: #ece9f5; --accent: #a795ff } }
  * { box-sizing: border-box }
  body { margin: 0 auto; max-width: 64rem; padding: 1rem; font: 16px/1.5 system-ui, "Noto Sans", sans-serif; color: var(--ink); background: var(--paper); overflow-wrap: anywhere }
  h1 { margin: .5rem 0 } h2 { font-size: 1.1rem; margin: 0 0 .5rem } a { color: var(--accent) } ol { padding-left: 1.25rem } p, ol { max-width: 46rem }
  main { columns: 19rem; column-gap: 1rem }
  section { break-inside: avoid; margin: 0 0 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem }
  ul { list-style: none; margin: 0; padding: 0 } ul li + li { border-top: 1px solid var(--line); margin-top: .75rem; padding-top: .75rem }
  form { display: flex; flex-wrap: wrap; gap: .5rem; margin-top: .35rem; align-items: center }
  select, button { font: inherit; font-size: .875rem; color: var(--ink); background: var(--card); border: 1px solid var(--soft); border-radius: 8px; padding: .25rem .5rem; min-height: 2rem; max-width: 100% }
  button { cursor: pointer } select { flex: 1 1 9rem; min-width: 0 } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
  .small { color: var(--soft); font-size: .875rem } .rest form { display: inline-flex; margin: 0 .5rem .5rem 0 }`;

const excerpt = (text) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

const item = ({ key, url, label, state, states }) => `<li><a href="${esc(url)}">${esc(label)}</a> <span class="small">— ${esc(states[state] ?? state)}</span>
  <form method="post" action="/__demo/set"><input type="hidden" name="post" value="${esc(key)}">
  <select name="state" aria-label="Devenir de « ${esc(label)} »">${Object.entries(states).map(([value, name]) => `<option value="${value}"${String(state) === value ? ' selected' : ''}>${esc(name)}</option>`).join('')}</select><button>Appliquer</button></form></li>`;

const section = (title, items, more = '') => `<section><h2>${esc(title)}</h2><ul>${items.join('')}</ul>${more}</section>`;

const word = (value) => ({ true: 'oui', false: 'non', on: 'en marche', off: 'arrêté' })[value] ?? value;

export function startPage({ switches, stateOf }) {
  const x = section('X', POSTS.map((p) => item({ key: p.id, url: permalink(p), label: `@${p.author.handle} : ${excerpt(p.text)}`, state: stateOf(p.id), states: X_STATES })), '<p><a href="https://x.com/home">Le fil entier</a> : le sélecteur s’y essaie</p>');
  const platforms = PLATFORMS.map((platform) => {
    const states = statesOf(platform);
    const items = platform.stories.map((story) => item({ key: story.key, url: story.open, label: `${[story.what, story.handle ?? story.name].filter(Boolean).join(', ')} : ${excerpt(story.text)}`, state: stateOf(story.key), states: story.probe ? states : { online: states.online, ...platform.words } }));
    return section(platform.name, items, platform.name === 'Autres sites' ? `<p><a href="${FORUM_THREAD}">Un forum</a> que Témoin ne connaît pas</p>` : '');
  });
  const rest = [['wall', !switches.wall, 'mur de connexion de X'], ['limited', !switches.limited, 'trop de requêtes (429) sur X'], ['tsa', switches.tsa === 'on' ? 'off' : 'on', 'service d’horodatage']];
  return `<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Fil de démonstration</title><style>${STYLE}</style></head><body>
<h1>Fil de démonstration</h1>
<p>Toutes ces pages sont servies par votre ordinateur. Personnes, propos et comptes sont inventés.</p>
<ol><li>Ouvrez une publication.</li><li>Cliquez sur l’icône Témoin (au besoin dans le menu des extensions) : elle est capturée, et le panneau s’ouvre.</li>
<li>Revenez ici pour la faire disparaître, puis « Vérifier maintenant » dans le panneau, rubrique « Suivre ».</li></ol>
<p class="small">Ajoutez <code>?layout=changed</code> à une adresse pour voir la page comme au lendemain d’une refonte du site.</p>
<main>${x}${platforms.join('')}</main>
<h2>Le reste</h2><div class="rest">${rest.map(([name, next, label]) => `<form method="post" action="/__demo/set"><button name="${name}" value="${next}">${label} : ${esc(word(switches[name]))} → ${esc(word(next))}</button></form>`).join(' ')}
<form method="post" action="/__demo/reset"><button>Tout remettre comme au début</button></form></div></body></html>`;
}
