// Six invented posts: some hateful, in moderate words, some lawful. Ids are snowflakes of their own date.
const EPOCH = 1288834974657n;
export const snowflake = (iso, sequence = 0) => String(((BigInt(Date.parse(iso)) - EPOCH) << 22n) | (37n << 12n) | BigInt(sequence));

const post = (iso, author, fields) => ({ id: snowflake(iso), at: iso.replace(/\.\d+Z$/, '.000Z'), author, media: [], ...fields });
const people = {
  nord: { name: 'Le Veilleur du Nord', handle: 'veilleur_nord', id: '1500000000000000001' },
  debat: { name: 'Débat & laïcité', handle: 'debat_laicite', id: '1500000000000000002' },
  entraide: { name: 'Entraide des Tilleuls 🤝', handle: 'amis_tilleuls', id: '1500000000000000003' },
  gazette: { name: 'La Gazette du Val', handle: 'gazette_du_val', id: '1500000000000000004' },
  franc: { name: 'Franc-parler', handle: 'franc_parler_59', id: '1500000000000000005' },
  colere: { name: 'Colère Rouge', handle: 'colere_rouge', id: '1500000000000000006' },
};

// Hateful: a call to discriminate, then to violence, on the ground of origin.
const call = post('2026-11-18T17:42:09.412Z', people.nord, {
  text: 'Les Roms du campement, il faut tous les chasser ! 😡🔥\nQue plus un seul commerçant ne les serve, et qu’on les fasse partir à coups de bâton. #dehors',
  counters: { replies: 14, reposts: 31, likes: 87, bookmarks: 4, views: 5213 },
});

const rant = [
  'On me demande pourquoi je suis en colère. Alors je vais prendre le temps de l’écrire, point par point, parce que personne ne le fait.',
  ...Array.from({ length: 14 }, (_, i) => `${i + 1}. À la réunion n° ${i + 1} du conseil de quartier, on nous a encore promis des bancs, des arbres et une aire de jeux. Rien n’est venu. On a écrit, on a appelé, on a attendu ; et pendant ce temps, la place reste vide et les volets restent fermés.`),
  'Et je vais le dire comme je le pense : les musulmans sont des parasites, ils n’ont rien à faire dans ce pays. 🐀',
].join('\n\n');

export const POSTS = [
  call,
  post('2026-11-18T18:20:31.007Z', people.debat, {
    text: 'Je trouve que l’islam, comme le catholicisme, est une illusion. Critiquer une religion, ses dogmes et ses chefs est un droit ; s’en prendre aux croyants n’en est pas un.',
    counters: { replies: 52, reposts: 12, likes: 230, bookmarks: 9, views: 18044 },
  }),
  post('2026-11-18T19:03:55.250Z', people.entraide, {
    text: 'Voilà ce qu’on lit ce soir. Non, on ne chassera personne : nos voisins roms sont nos voisins. ❤️ Signalez, ne relayez pas.',
    quotes: call,
    counters: { replies: 3, reposts: 44, likes: 310, bookmarks: 11, views: 9120 },
  }),
  post('2026-11-19T06:30:00.118Z', people.gazette, {
    text: 'Un homme condamné à quatre mois de prison avec sursis pour avoir appelé en ligne à « chasser » les habitants d’un campement. Notre récit 👉 gazette-du-val.exemple/proces',
    media: [{ key: 'GzValProces26', alt: 'La façade du tribunal, sous la pluie', hue: 210 }],
    counters: { replies: 1, reposts: 8, likes: 21, bookmarks: 2, views: 2480 },
  }),
  post('2026-11-19T08:11:47.903Z', people.colere, {
    text: rant,
    counters: { replies: 6, reposts: 2, likes: 19, bookmarks: 0, views: 1312 },
  }),
  post('2026-11-19T09:57:20.640Z', people.franc, {
    text: 'Les femmes au conseil municipal : toutes des incapables et des hystériques, qu’elles retournent à la cuisine 🤡',
    media: [
      { key: 'FpDessin59a', alt: '', hue: 20 },
      { key: 'FpDessin59b', alt: 'Un dessin du conseil municipal', hue: 95 },
    ],
    counters: { replies: 27, reposts: 5, likes: 48, bookmarks: 1, views: 3999 },
  }),
];

export const byId = (id) => POSTS.find((p) => p.id === id);
export const permalink = (p) => `https://x.com/${p.author.handle}/status/${p.id}`;
/** The post of the story that the tests and `build.sh run` tell. */
export const HATEFUL = POSTS[0];
export const COUNTER_SPEECH = POSTS[2];
export const LONG = POSTS[4];
export const WITH_MEDIA = POSTS[5];

/** An account that was suspended before the story begins. */
export const SUSPENDED_HANDLE = 'compte_suspendu';

export const FORUM_THREAD = 'https://forum.exemple.fr/sujet/42-fermeture-de-la-piscine';
export const COMMENTS = [
  { n: 10, author: 'marcel.b', at: '2026-11-17T10:05:00+01:00', text: 'La mairie ferme la piscine deux mois pour travaux. C’est long, mais le toit fuyait depuis des années.' },
  { n: 11, author: 'nadia_k', at: '2026-11-17T10:41:00+01:00', text: 'Je trouve la décision mauvaise et mal expliquée. Le maire nous doit des comptes !' },
  { n: 12, author: 'vrai_du_coin', at: '2026-11-17T11:20:00+01:00', text: 'De toute façon les Arabes sont des sauvages, on devrait leur interdire l’entrée de la piscine. 😡' },
  { n: 13, author: 'modération', at: '2026-11-17T12:02:00+01:00', text: 'Rappel de la charte : les propos racistes sont supprimés et signalés. Merci de rester courtois.' },
];
