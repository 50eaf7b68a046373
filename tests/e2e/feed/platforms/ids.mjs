// Ids that say their own time, as each platform counts them.
const WORDS64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const WORDS32 = '234567abcdefghijklmnopqrstuvwxyz';

function digits(number, alphabet) {
  const base = BigInt(alphabet.length);
  let text = '';
  for (let left = number; left > 0n; left /= base) text = alphabet[Number(left % base)] + text;
  return text;
}

const millis = (iso) => BigInt(Date.parse(iso));

export const instagramCode = (iso, sequence = 1) => digits(((millis(iso) - 1314220021721n) << 23n) | BigInt(sequence), WORDS64);
export const tiktokId = (iso, sequence = 1) => String(((millis(iso) / 1000n) << 32n) | BigInt(sequence));
export const tid = (iso, sequence = 1) => digits(((millis(iso) * 1000n) << 10n) | BigInt(sequence), WORDS32).padStart(13, '2');
export const mastodonId = (iso, sequence = 1) => String((millis(iso) << 16n) | BigInt(sequence));
export const discordId = (iso, sequence = 1) => String(((millis(iso) - 1420070400000n) << 22n) | BigInt(sequence));
export const linkedinId = (iso, sequence = 1) => String((millis(iso) << 22n) | BigInt(sequence));
