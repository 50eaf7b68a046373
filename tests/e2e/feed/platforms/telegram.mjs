// A public channel of Telegram, and the embedded message that is asked for; whatever became of it, the status is 200.
import { esc, french, html, page, WALLS } from './page.mjs';
import { CALM, CONTEMPT, OPINION } from './texts.mjs';

const CHANNEL = 'veilleur_demo';
const MESSAGES = [
  { key: 'telegram-control', id: '441', at: '2026-11-18T17:30:00+00:00', text: OPINION },
  { key: 'telegram', id: '442', at: '2026-11-18T17:42:09+00:00', text: CONTEMPT },
  { key: 'telegram-next', id: '443', at: '2026-11-18T18:01:00+00:00', text: CALM },
];

const message = (m) => `<div class="tgme_widget_message_wrap js-widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap js-widget_message demo-post" data-post="${CHANNEL}/${m.id}">
  <div class="tgme_widget_message_author accent_color"><a class="tgme_widget_message_owner_name" href="https://t.me/${CHANNEL}"><span dir="auto">Le Veilleur du Nord</span></a></div>
  <div class="tgme_widget_message_text js-message_text" dir="auto">${esc(m.text)}</div>
  <div class="tgme_widget_message_footer demo-small"><span class="tgme_widget_message_views">1.2K</span> <a class="tgme_widget_message_date" href="https://t.me/${CHANNEL}/${m.id}"><time datetime="${m.at}" class="time">${french(m.at)}</time></a></div></div></div>`;

function site(url, { stateOf }) {
  const [, list, id] = /^\/(s\/)?veilleur_demo(?:\/(\d+))?$/.exec(url.pathname) ?? [];
  const found = MESSAGES.find((m) => m.id === id);
  const state = found ? stateOf(found.key) : 'deleted';
  if (url.searchParams.get('embed') === '1') {
    if (state in WALLS) return WALLS[state];
    return html(page('Telegram', 'Telegram Widget', state === 'online' ? message(found) : '<div class="tgme_widget_message_error">Post not found</div>', { lang: 'en' }));
  }
  if (list) return html(page('Telegram', 'Le Veilleur du Nord – Telegram', MESSAGES.filter((m) => !['deleted'].includes(stateOf(m.key))).map(message).join('')));
  return html('<!DOCTYPE html><html><head><title>Telegram: Contact @veilleur_demo</title></head><body></body></html>');
}

export const telegram = {
  name: 'Telegram',
  hosts: { 't.me': site },
  words: { deleted: 'supprimé' },
  stories: MESSAGES.filter((m) => m.key !== 'telegram-next').map((m) => ({
    key: m.key, open: `https://t.me/s/${CHANNEL}/${m.id}`, permalink: `https://t.me/${CHANNEL}/${m.id}`, platform: 'telegram', id: m.id, handle: CHANNEL, name: 'Le Veilleur du Nord', text: m.text, at: m.at,
    probe: 'https://t.me/*', wall: ['error', 'temp_error'], gone: ['deleted', 'gone_cause_unknown'], control: m.key === 'telegram-control',
  })),
};
