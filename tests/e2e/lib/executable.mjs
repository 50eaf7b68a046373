import { existsSync } from 'node:fs';

const KNOWN = {
  CHROMIUM: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
  FIREFOX: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox', '/Applications/Firefox Developer Edition.app/Contents/MacOS/firefox'],
};

/** The path in the environment variable `name`, else a well-known one. */
export function executable(name) {
  const found = process.env[name] ?? KNOWN[name].find((path) => existsSync(path));
  if (!found) throw new Error(`no browser: set ${name} to its path`);
  return found;
}
