// The platforms of the feed: one file each. A story is one post (or comment, message) with what a capture must read and what becomes of it:
//   key         name of the switch that its state hangs on (`set({posts: {key: state}})`)
//   open        the address that a person opens;  permalink, platform, id, handle, name, account, text, at, createdFromId, media, missing: what must be read;  lacks: what the capture lacks besides
//   what        the kind of post, for people
//   gesture     'click' (the toolbar finds the post at once), 'pick' (it must be chosen) or {select: css} (words are selected first)
//   probe       the origin (or origins) that checks need; null when nobody can ask
//   wall        [state, fate]: an answer that must never count;  gone: [state, fate]: what the checks see once it is gone
//   confirmed   false where nothing of the same origin can serve as a control
//   kinds       other ends of the post, each with the fate that one look sees
//   byHand      the fate that a person notes, where the checks cannot see the post
//   control     a post that stays, the positive control of its platform
import { bluesky } from './bluesky.mjs';
import { generic } from './generic.mjs';
import { jeuxvideo } from './jeuxvideo.mjs';
import { mastodon } from './mastodon.mjs';
import { facebookSite, instagramSite, threadsSite } from './meta.mjs';
import { others } from './others.mjs';
import { withLayoutChanged, WORDS } from './page.mjs';
import { reddit } from './reddit.mjs';
import { telegram } from './telegram.mjs';
import { tiktok } from './tiktok.mjs';
import { youtube } from './youtube.mjs';

export const PLATFORMS = [facebookSite, instagramSite, threadsSite, youtube, tiktok, bluesky, mastodon, reddit, jeuxvideo, telegram, ...others, generic];
export const STORIES = PLATFORMS.flatMap((platform) => platform.stories.map((story) => ({ gesture: 'click', missing: [], media: [], kinds: {}, ...story, site: platform.name })));
export const HOSTS = PLATFORMS.flatMap((platform) => Object.keys(platform.hosts));

const SITES = Object.assign({}, ...PLATFORMS.map((platform) => platform.hosts));

/** The answer of a platform's host; undefined when it is none of theirs. */
export const answer = (host, url, feed, request) => SITES[host]?.(url, feed, request);

/** Any page of the feed with `?layout=changed`: what a site looks like the day after its new version. */
export function inLayout(url, answer) {
  const changed = url.searchParams.get('layout') === 'changed' && /^text\/html/.test(answer?.headers?.['content-type'] ?? '');
  return changed ? { ...answer, body: withLayoutChanged(answer.body) } : answer;
}

/** States of a platform's posts, with their names for people. */
export const statesOf = (platform) => ({ online: WORDS.online, ...platform.words, ...WORDS });
