// YouTube: a video and a comment below it. Only the video can be asked for; a comment is looked at by hand.
import { esc, html, page, redirect, isProbe, WALLS } from './page.mjs';
import { CONTEMPT, INSULT, OPINION } from './texts.mjs';

const CHANNEL = { name: 'Le Veilleur du Nord', handle: 'veilleur-nord', id: 'UCdemo4veilleur5du6nord7' };
const VIDEOS = [
  { key: 'youtube', id: 'dEmoV1deo42', title: 'Ce que je pense des musulmans', text: CONTEMPT },
  { key: 'youtube-control', id: 'dEmoV1deo43', title: 'La piscine du Val', text: OPINION },
];
const COMMENT = { key: 'youtube-comment', id: 'UgzDemo4Comment5AaABAg', author: 'vrai-du-coin', text: INSULT };
const watch = (v) => `/watch?v=${v.id}`;

const comment = (video) => `<ytd-comments id="comments"><ytd-comment-thread-renderer class="demo-post demo-answer"><ytd-comment-view-model id="comment">
  <a id="author-text" href="/@${COMMENT.author}"><span>@${COMMENT.author}</span></a> <span id="published-time-text" class="demo-small"><a href="${watch(video)}&amp;lc=${COMMENT.id}">il y a 5 jours</a></span>
  <yt-attributed-string id="content-text" class="demo-text">${esc(COMMENT.text)}</yt-attributed-string><span id="vote-count-middle">12</span></ytd-comment-view-model></ytd-comment-thread-renderer></ytd-comments>`;

const player = (video, state) => ({
  playabilityStatus: {
    online: { status: 'OK' },
    removed: { status: 'ERROR', reason: 'This video has been removed for violating YouTube\'s policy on hate speech. Learn more about combating hate speech in your country.' },
    deleted: { status: 'ERROR', reason: 'This video has been removed by the uploader' },
    suspended: { status: 'ERROR', reason: 'This video is no longer available because the YouTube account associated with this video has been terminated.' },
    private: { status: 'LOGIN_REQUIRED', messages: ['This video is private'] },
    robot: { status: 'LOGIN_REQUIRED', reason: 'Sign in to confirm you’re not a bot' },
  }[state],
  ...(state === 'online' ? {
    videoDetails: { videoId: video.id, title: video.title, channelId: CHANNEL.id, author: CHANNEL.name, shortDescription: video.text },
    microformat: { playerMicroformatRenderer: { publishDate: '2026-11-18T09:42:09-08:00', ownerProfileUrl: `http://www.youtube.com/@${CHANNEL.handle}` } },
  } : {}),
});

function site(url, { stateOf }, request) {
  const video = url.pathname === '/watch' ? VIDEOS.find((v) => v.id === url.searchParams.get('v')) : undefined;
  if (!video) return html(page('YouTube', 'YouTube', '<h1>Cette page n’est pas disponible.</h1>'), 404);
  const state = stateOf(video.key);
  if (isProbe(request)) {
    if (state in WALLS) return WALLS[state];
    if (state === 'consent') return redirect(`https://consent.youtube.com/m?continue=${encodeURIComponent(url.href)}`);
  }
  const shown = ['online', 'consent', 'robot'].includes(state) || state in WALLS ? 'online' : state;
  const data = player(video, isProbe(request) ? state : shown);
  const below = stateOf(COMMENT.key) === 'online' && video.key === 'youtube' ? comment(video) : '';
  return html(page('YouTube', `${video.title} - YouTube`, shown === 'online'
    ? `<ytd-watch-flexy video-id="${video.id}"><video></video><ytd-watch-metadata class="demo-post"><h1><yt-formatted-string>${esc(video.title)}</yt-formatted-string></h1>
      <div id="owner"><ytd-channel-name><a href="/@${CHANNEL.handle}">${CHANNEL.name}</a></ytd-channel-name></div><div id="description-inline-expander" class="demo-text">${esc(video.text)}</div></ytd-watch-metadata>${below}</ytd-watch-flexy>`
    : `<h1>Vidéo non disponible</h1>`, { head: `<script nonce="feed">var ytInitialPlayerResponse = ${JSON.stringify(data).replaceAll('<', '\\u003c')};</script>` }));
}

const consent = () => html(page('YouTube', 'Avant d’accéder à YouTube', '<h1>Avant d’accéder à YouTube</h1><form><button type="button">Tout refuser</button></form>'));

export const youtube = {
  name: 'YouTube',
  hosts: { 'www.youtube.com': site, 'consent.youtube.com': consent },
  words: { removed: 'retirée par YouTube', deleted: 'supprimée par l’auteur', suspended: 'chaîne fermée', private: 'rendue privée', consent: 'mur de consentement', robot: '« pas un robot »' },
  stories: [
    ...VIDEOS.map((v) => ({
      key: v.key, what: 'vidéo', open: `https://www.youtube.com${watch(v)}`, permalink: `https://www.youtube.com${watch(v)}`, platform: 'youtube', id: v.id, handle: CHANNEL.handle, name: CHANNEL.name, text: v.title, gesture: 'pick',
      missing: ['permalink/not_in_page'], probe: 'https://www.youtube.com/*', wall: v.key === 'youtube' ? ['consent', 'temp_error'] : ['robot', 'blocked_bot'], gone: ['removed', 'removed_by_platform'], control: v.key === 'youtube-control', kinds: v.key === 'youtube' ? { deleted: 'deleted_by_author', suspended: 'account_suspended', private: 'private', robot: 'blocked_bot' } : {},
    })),
    {
      key: COMMENT.key, what: 'commentaire', open: `https://www.youtube.com${watch(VIDEOS[0])}&lc=${COMMENT.id}`, permalink: `https://www.youtube.com${watch(VIDEOS[0])}&lc=${COMMENT.id}`, platform: 'youtube', id: COMMENT.id,
      handle: COMMENT.author, name: `@${COMMENT.author}`, text: COMMENT.text, probe: null, byHand: 'gone_cause_unknown',
    },
  ],
};
