// The platforms that people meet less often; most can only be looked at by hand.
import { discordId, linkedinId } from './ids.mjs';
import { esc, french, html, isProbe, json, page, redirect, WALLS } from './page.mjs';
import { CALL, CONTEMPT, INSULT, OPINION, SEXIST } from './texts.mjs';

const missing = (name) => html(page(name, name, '<h1>Page introuvable</h1>'), 404);

// ── Dailymotion: the one with a public API ──
const VIDEOS = [{ key: 'dailymotion', id: 'xdemo42', title: CONTEMPT }, { key: 'dailymotion-control', id: 'xdemo43', title: OPINION }];
const DM = { name: 'Le Veilleur du Nord', at: '2026-11-18T17:42:09+00:00' };

function dailymotion(url, { stateOf }) {
  const found = VIDEOS.find((v) => url.pathname === `/video/${v.id}` && stateOf(v.key) !== 'deleted');
  return found
    ? html(page('Dailymotion', `${found.title} - Vidéo Dailymotion`, `<video></video><div class="demo-post NewWatchingDiscovery__VideoInfo" data-testid="video-info"><h1>${esc(found.title)}</h1>
      <a rel="author" href="/veilleur-nord">${DM.name}</a> <time class="demo-small" datetime="${DM.at}">${french(DM.at)}</time></div>`))
    : missing('Dailymotion');
}

function dailymotionApi(url, { stateOf }) {
  const found = VIDEOS.find((v) => url.pathname === `/video/${v.id}`);
  const state = found ? stateOf(found.key) : 'deleted';
  if (state in WALLS) return WALLS[state];
  if (state === 'deleted') return json({ error: { more_info: 'https://developers.dailymotion.com/', code: 404, message: 'This video does not exist or has been deleted.', type: 'not_found' } }, 404);
  return json({ id: found.id, title: found.title, description: '', created_time: Date.parse(DM.at) / 1000, 'owner.id': 'xdemo1', 'owner.screenname': DM.name, private: state === 'private', published: true, status: 'published', geoblocking: ['allow'], explicit: false });
}

export const dailymotionSite = {
  name: 'Dailymotion',
  hosts: { 'www.dailymotion.com': dailymotion, 'api.dailymotion.com': dailymotionApi },
  words: { deleted: 'supprimée', private: 'rendue privée' },
  stories: VIDEOS.map((v) => ({
    key: v.key, open: `https://www.dailymotion.com/video/${v.id}`, permalink: `https://www.dailymotion.com/video/${v.id}`, platform: 'dailymotion', id: v.id, name: DM.name, text: v.title, at: DM.at, missing: ['permalink/not_in_page'],
    probe: 'https://api.dailymotion.com/*', wall: ['limited', 'rate_limited'], gone: ['deleted', 'gone_cause_unknown'], control: v.key === 'dailymotion-control', kinds: v.key === 'dailymotion' ? { private: 'private' } : {},
  })),
};

/** A site with one post that no program can ask for; `wall` is what one that asks gets. */
const closed = ({ site: name, host, path, post, wall = () => missing(name), ...story }) => ({
  name,
  hosts: {
    [host]: (url, { stateOf }, request) => {
      if (isProbe(request) || url.pathname !== path) return wall(url);
      return stateOf(story.key) === 'online' ? html(page(name, name, post)) : missing(name);
    },
  },
  words: { gone: 'plus visible' },
  stories: [{ open: `https://${host}${path}`, permalink: `https://${host}${path}`, probe: null, byHand: 'gone_cause_unknown', ...story }],
});
const login = (name, path) => (url) => (url.pathname === path ? html(page(name, name, '<h1>Connexion</h1><form><label>Adresse e-mail <input name="email"></label></form>')) : redirect(path));

const LI_AT = '2026-11-18T17:42:09.412Z';
const LI = linkedinId(LI_AT);
const linkedin = closed({
  site: 'LinkedIn', host: 'www.linkedin.com', path: `/feed/update/urn:li:activity:${LI}/`, wall: login('LinkedIn', '/authwall'), probe: 'https://www.linkedin.com/*',
  key: 'linkedin', platform: 'linkedin', id: LI, handle: 'veilleur-nord', name: 'Le Veilleur du Nord', text: SEXIST, createdFromId: LI_AT,
  post: `<div class="feed-shared-update-v2 demo-post" role="article" data-urn="urn:li:activity:${LI}"><div class="update-components-actor"><a class="update-components-actor__meta-link" href="https://www.linkedin.com/in/veilleur-nord?miniProfileUrn=demo">
    <span class="update-components-actor__title"><span aria-hidden="true">Le Veilleur du Nord</span></span></a><span class="update-components-actor__sub-description demo-small">5 j</span></div>
    <div class="update-components-text"><span dir="ltr">${esc(SEXIST)}</span></div></div>`,
});

const vk = closed({
  site: 'VK', host: 'vk.com', path: '/wall-4242_77', wall: login('VK', '/login'), probe: 'https://vk.com/*', key: 'vk', platform: 'vk', id: '-4242_77', handle: 'veilleur_nord', name: 'Le Veilleur du Nord', text: CONTEMPT,
  post: `<div class="_post post demo-post" data-post-id="-4242_77"><h5 class="PostHeaderTitle"><a class="PostHeaderTitle__authorLink" href="/veilleur_nord"><span class="PostHeaderTitle__authorName">Le Veilleur du Nord</span></a></h5>
    <a class="PostHeaderSubtitle__link demo-small" href="/wall-4242_77">18 ноя</a><div class="wall_text"><div class="wall_post_text">${esc(CONTEMPT)}</div></div></div>`,
});

const odysee = closed({
  site: 'Odysee', host: 'odysee.com', path: '/@veilleur:d/discours:4', key: 'odysee', platform: 'odysee', id: 'discours:4', name: 'Le Veilleur du Nord', text: CALL, missing: ['permalink/not_in_page'],
  post: `<div class="file-page demo-post"><video></video><h1 class="media__title">${esc(CALL)}</h1><a class="channel-name" href="/@veilleur:d">Le Veilleur du Nord</a></div>`,
});

const twitch = closed({
  site: 'Twitch', host: 'clips.twitch.tv', path: '/DemoClipVeilleurDuNord', wall: () => html(page('Twitch', 'Twitch', '')), probe: 'https://clips.twitch.tv/*', key: 'twitch', platform: 'twitch', id: 'DemoClipVeilleurDuNord', handle: 'veilleur_nord', name: 'Veilleur_Nord',
  text: INSULT, missing: ['permalink/not_in_page'],
  post: `<div class="clips-watch demo-post" data-a-target="clips-watch-page"><video></video><a href="/veilleur_nord"><h1 class="tw-title">Veilleur_Nord</h1></a><p data-a-target="stream-title">${esc(INSULT)}</p></div>`,
});

const snapchat = closed({
  site: 'Snapchat', host: 'www.snapchat.com', path: '/spotlight/W7_DemoSpotlight42', key: 'snapchat', platform: 'snapchat', id: 'W7_DemoSpotlight42', name: 'Veilleur', text: CONTEMPT, missing: ['permalink/not_in_page'],
  post: `<div class="SpotlightVideo_demo demo-post" data-testid="spotlight"><video></video><span class="PublicProfile_displayName">Veilleur</span><p class="Spotlight_description">${esc(CONTEMPT)}</p></div>`,
});

const DC_AT = '2026-11-18T17:42:09.412Z';
const DC = { guild: discordId('2024-01-01T00:00:00Z'), channel: discordId('2024-01-02T00:00:00Z'), id: discordId(DC_AT) };
const discord = closed({
  site: 'Discord', host: 'discord.com', path: `/channels/${DC.guild}/${DC.channel}/${DC.id}`, key: 'discord', platform: 'discord', id: DC.id, name: 'veilleur_nord', text: CALL, at: DC_AT, createdFromId: DC_AT,
  permalink: `https://discord.com/channels/@me/${DC.channel}/${DC.id}`,
  post: `<ol><li id="chat-messages-${DC.channel}-${DC.id}" class="demo-post"><h3><span id="message-username-${DC.id}"><span class="username_demo">veilleur_nord</span></span> <time class="demo-small" id="message-timestamp-${DC.id}" datetime="${DC_AT}">${french(DC_AT)}</time></h3>
    <div id="message-content-${DC.id}"><span>${esc(CALL)}</span></div></li></ol>`,
});

export const others = [dailymotionSite, linkedin, vk, odysee, twitch, snapchat, discord];
