// The pages alone, without the extension: a mock answers for the background. Axe finds nothing, the keyboard is enough,
// what a person writes is not lost, and nothing is said that the views do not say.
// PAGES = folder of an assembled package of the demo flavour (default: target/ext/demo/chromium); SHOTS = folder for pictures.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const root = process.env.PAGES ?? here('../../target/ext/demo/chromium');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const mock = readFileSync(here('mock.js'), 'utf8');
const policy = JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8')).content_security_policy.extension_pages;
const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.wasm': 'application/wasm', '.png': 'image/png' };

let browser, server, base;

before(async () => {
  server = createServer((request, response) => {
    const file = join(root, new URL(request.url, 'http://pages').pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-security-policy': policy });
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  base = `http://127.0.0.1:${server.address().port}/`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', chromiumSandbox: false });
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function open(file, { scenario = 'case', lang = 'fr', width = 420, scheme = 'light', ready = '[data-ref=loading]' } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 800 }, colorScheme: scheme, reducedMotion: 'reduce', locale: lang, timezoneId: 'Europe/Paris' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const messages = JSON.parse(readFileSync(join(root, `_locales/${lang}/messages.json`), 'utf8'));
  await context.addInitScript({ content: `globalThis.mockSetup = ${JSON.stringify({ lang, messages, scenario })};\n${mock}` });
  const page = await context.newPage();
  page.faults = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.faults.push(message.text()));
  page.on('pageerror', (error) => page.faults.push(error.message));
  await page.goto(base + file);
  await page.waitForFunction((lang) => document.documentElement.lang === lang && !document.querySelector('#start-fault:not([hidden])'), lang);
  if (await page.locator(ready).count()) await page.waitForFunction((ready) => document.querySelector(ready).hidden, ready);
  if (file.startsWith('panel') && !['idle', 'capturing', 'fault'].includes(scenario)) await page.waitForSelector('article.case');
  if (file.includes('#case=')) await page.waitForSelector('article.case');
  return page;
}

const close = (page) => page.context().close();
const asked = (page, kind) => page.evaluate((kind) => globalThis.mockAsked.filter((message) => message.kind === kind), kind);
const ref = (name) => `[data-ref="${name}"]`;

// In a window as high as the page: what the foot covers depends on the scroll; `tabTo` looks at that.
async function clean(page, what) {
  const { width } = page.viewportSize();
  await page.setViewportSize({ width, height: await page.evaluate(() => Math.max(800, document.documentElement.scrollHeight)) });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join(' | ')}`);
  assert.deepEqual(found, [], what);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${what}: ${wide} px too wide`);
  assert.deepEqual(page.faults, [], what);
}

/** Tab, and nothing else, until the focus is there. */
async function tabTo(page, selector) {
  for (let at = 0; at < 150; at += 1) {
    await page.keyboard.press('Tab');
    const there = await page.evaluate((selector) => document.activeElement.matches(selector), selector);
    if (!there) continue;
    const seen = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      const top = document.elementFromPoint(box.left + box.width / 2, Math.max(0, box.top) + Math.min(8, box.height / 2));
      return top && (document.activeElement.contains(top) || top.contains(document.activeElement));
    });
    assert.ok(seen, `${selector} has the focus and cannot be seen`);
    return;
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}

describe('axe, width, policy', () => {
  const shown = [
    ['panel.html', 'idle'], ['panel.html', 'capturing'], ['panel.html', 'case'], ['panel.html', 'qualified'], ['panel.html', 'threat'], ['panel.html', 'erased'], ['panel.html', 'gone'], ['panel.html', 'fault'],
    ['history.html', 'list'], ['history.html', 'empty'], ['history.html#case=case-01', 'gone'], ['options.html', 'case'], ['welcome.html', 'case'], ['help.html', 'case'], ['verify.html', 'case'],
  ];
  for (const [file, scenario] of shown) {
    test(`${file} ${scenario}`, async () => {
      for (const [width, scheme, lang] of [[320, 'light', 'fr'], [320, 'dark', 'en'], [420, 'dark', 'fr'], [1280, 'light', 'en']]) {
        const page = await open(file, { scenario, lang, width, scheme });
        const what = `${file} ${scenario} ${width} ${scheme} ${lang}`;
        await clean(page, what);
        for (const details of await page.locator('details').all()) await details.evaluate((element) => { element.open = true; });
        for (const veil of await page.locator(`${ref('veil')}:visible`).all()) await veil.click();
        await clean(page, `${what}, all open`);
        if (process.env.SHOTS) {
          mkdirSync(process.env.SHOTS, { recursive: true });
          await page.screenshot({ path: join(process.env.SHOTS, `${file.replace(/\W/g, '-')}-${scenario}-${width}-${scheme}-${lang}.png`), fullPage: true });
        }
        await close(page);
      }
    });
  }
});

describe('the panel', () => {
  test('from decision to follow-up with the keyboard alone', async () => {
    const page = await open('panel.html');
    await tabTo(page, 'input[name=public]');
    await page.keyboard.press('ArrowRight');
    assert.equal(await page.evaluate(() => document.activeElement.value), 'yes', 'arrows move inside the group');
    await page.waitForFunction(() => globalThis.mockAsked.some((message) => message.kind === 'suggest'));
    assert.deepEqual((await asked(page, 'suggest'))[0].facts, { public: true });

    await tabTo(page, 'input[name=decision]');
    await page.keyboard.press('b');
    await tabTo(page, ref('words'));
    assert.match(await page.inputValue(ref('words')), /sont des parasites/, 'the words of the suggestion are proposed');
    await tabTo(page, ref('decide'));
    await page.keyboard.press('Enter');
    assert.deepEqual(await asked(page, 'qualify'), [], 'nothing is decided without a reason');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.ref), 'explanation', 'the keyboard is where something is missing');
    await page.keyboard.type('Tout un groupe est traité de parasite.');
    await tabTo(page, ref('decide'));
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('[data-ref=status]').textContent.startsWith('Qualifié'));
    assert.equal(await page.evaluate(() => document.activeElement.textContent.trim().replace(/\s+/g, ' ')), 'Signaler à PHAROSà faire', 'the keyboard goes to the next step');
    const [{ decision, facts }] = await asked(page, 'qualify');
    assert.equal(decision.offence, 'injure_publique_origine_religion');
    assert.equal(decision.ground, 'origin');
    assert.equal(facts.public, true);

    await page.waitForSelector(`${ref('report-fields')} textarea`);
    await tabTo(page, `${ref('report-fields')} [data-ref=copy]`);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('[data-ref=said]').textContent === 'Copié');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'Discrimination / incitation à la haine');
    await tabTo(page, ref('report-reference'));
    await page.keyboard.type('P-42');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => globalThis.mockAsked.some((message) => message.kind === 'record_report'));
    assert.deepEqual(await asked(page, 'record_report'), [{ kind: 'record_report', case: 'case-01', sent_at: null, reference: 'P-42' }]);

    await tabTo(page, ref('good-faith'));
    assert.equal(await page.isChecked(ref('good-faith')), false, 'good faith is never ticked for the person');
    await tabTo(page, `${ref('notice-sent')} button`);
    await page.keyboard.press('Enter');
    assert.deepEqual(await asked(page, 'record_notice'), [], 'no notice without good faith');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.ref), 'good-faith');
    await page.keyboard.press('Space');
    await tabTo(page, `${ref('notice-sent')} button`);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => globalThis.mockAsked.some((message) => message.kind === 'record_notice'));
    assert.equal((await asked(page, 'record_notice'))[0].good_faith, true);
    await page.waitForFunction(() => document.querySelector('[data-ref=status]').textContent === 'Plateforme notifiée');

    await tabTo(page, ref('fate'));
    await page.selectOption(ref('fate'), 'gone_cause_unknown');
    await tabTo(page, `${ref('sighting')} button`);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('[data-ref=standing]').textContent.includes('à confirmer'));
    assert.deepEqual(page.faults, []);
    await close(page);
  });

  test('the post is veiled for eyes and ears until it is asked for', async () => {
    const page = await open('panel.html');
    const veiled = () => page.$$eval('.case .sensitive', (all) => all.map((element) => [element.inert, element.getAttribute('aria-hidden'), getComputedStyle(element).filter]));
    assert.ok((await veiled()).length > 2);
    assert.ok((await veiled()).every(([inert, hidden, filter]) => inert && hidden === 'true' && filter.startsWith('blur')));
    await page.click(ref('veil'));
    assert.ok((await veiled()).every(([inert, hidden, filter]) => !inert && hidden === null && filter === 'none'));
    assert.deepEqual(await page.$$eval(`${ref('text')} mark`, (marks) => marks.map((mark) => mark.textContent)), ['Les Zorglubs', 'sont des parasites', 'dehors !']);
    assert.equal(await page.textContent(ref('text')), 'Les Zorglubs sont des parasites, dehors ! 😡 Qu’on les jette tous à la mer.');
    await close(page);
  });

  test('what a person writes survives an event; a new case takes the place of the old one', async () => {
    const page = await open('panel.html');
    await page.check('input[name=decision][value=opinion]');
    await page.check(`${ref('suggested-choices')} input`);
    await page.fill(ref('explanation'), 'à moitié écrit');
    await page.focus(ref('explanation'));
    await page.evaluate(() => { globalThis.mockChange(({ current }) => ({ current: { ...current, row: { ...current.row, partial: true } } })); globalThis.mockPublish({ event: 'changed', case: 'case-01' }); });
    await page.waitForSelector(`${ref('partial')}:visible`);
    assert.equal(await page.inputValue(ref('explanation')), 'à moitié écrit');
    assert.equal(await page.evaluate(() => document.activeElement.dataset.ref), 'explanation');
    await page.evaluate(() => { globalThis.mockChange(({ view }) => ({ current: view('case-77') })); globalThis.mockPublish({ event: 'capture', progress: { capture: 'c7', url: 'https://x.com', stage: { stage: 'saved' }, case: 'case-77' } }); });
    await page.waitForFunction(() => document.activeElement.id === 'case-title');
    assert.equal(await page.inputValue(ref('explanation')), '');
    await close(page);
  });

  test('the ground comes first, and only its own list of offences is offered', async () => {
    const page = await open('panel.html');
    await page.check('input[name=decision][value=other]');
    const offered = () => page.$$eval(`${ref('offence')} option`, (options) => options.map((option) => option.value).filter(Boolean));
    assert.deepEqual(await offered(), ['menace_mort', 'pedocriminalite_images']);
    await page.selectOption(ref('ground'), 'sexual_orientation');
    assert.deepEqual(await offered(), ['provocation_haine_sexe_orientation_handicap', 'menace_mort', 'pedocriminalite_images']);
    await page.selectOption(ref('ground'), 'religion');
    assert.deepEqual(await offered(), ['provocation_haine_origine_religion', 'injure_publique_origine_religion', 'menace_mort', 'pedocriminalite_images']);
    await page.click(ref('decide'));
    assert.match(await page.textContent(ref('decision-fault')), /Choisissez l’infraction/);
    await page.selectOption(ref('offence'), 'menace_mort');
    await page.fill(ref('words'), 'des mots absents');
    assert.match(await page.textContent(ref('words-note')), /ne figure pas/);
    await close(page);
  });

  test('images of children: nothing to confirm, nothing to export, where to turn', async () => {
    const page = await open('panel.html');
    await page.check('input[name=decision][value=other]');
    await page.selectOption(ref('offence'), 'pedocriminalite_images');
    assert.ok(await page.isVisible(ref('never')));
    assert.match(await page.textContent(ref('never')), /3018/);
    assert.equal(await page.isVisible(ref('decide')), false);
    await page.locator(`${ref('step-export')} summary`).click();
    assert.equal(await page.isVisible(ref('export')), false);
    await clean(page, 'never');
    assert.deepEqual(await asked(page, 'qualify'), [], 'it is no ordinary decision');
    await page.click(ref('never-erase'));
    await page.waitForSelector('.case.withheld');
    assert.equal((await asked(page, 'purge')).length, 1);
    await page.locator(`${ref('step-qualify')} > summary`).click();
    assert.ok(await page.isVisible(ref('never-gone')));
    for (const gone of ['never-erase', 'decision-choices', 'talk', 'post', 'sighting', 'export']) assert.equal(await page.isVisible(ref(gone)), false, gone);
    await clean(page, 'erased');
    await close(page);
  });

  test('the conversation answers to digits, and goes on by itself', async () => {
    const page = await open('panel.html');
    await tabTo(page, 'input[name=ground]');
    const at = () => page.evaluate(() => document.activeElement.name);
    for (const [key, next] of [['5', 'call'], ['2', 'fact'], ['2', 'public'], ['1', 'decision']]) {
      await page.keyboard.press(key);
      assert.equal(await at(), next, key);
    }
    await page.waitForFunction(() => globalThis.mockAsked.filter((message) => message.kind === 'suggest').length === 4);
    assert.deepEqual((await asked(page, 'suggest')).at(-1).facts, { public: true, answers: { ground: 'religion', call: false, fact: false } });
    assert.deepEqual(await asked(page, 'qualify'), [], 'a digit decides nothing');
    await page.keyboard.press('f');
    assert.equal(await page.evaluate(() => document.querySelector('input[name=decision]:checked').value), 'opinion');
    assert.ok(await page.isVisible(ref('outcome-next')));
    assert.match(await page.textContent(ref('outcome-next')), /rien à signaler/i);
    await tabTo(page, 'summary:has(+ [data-ref="more-asks"])');
    await page.keyboard.press('Enter');
    await tabTo(page, 'input[name=repeated]');
    await page.keyboard.press('1');
    await tabTo(page, ref('authors'));
    await page.keyboard.type('12');
    assert.equal(await page.inputValue(ref('authors')), '12', 'digits that are written stay digits');
    await close(page);
  });

  test('numbers to call come before anything else when a life is at stake', async () => {
    const page = await open('panel.html', { scenario: 'threat' });
    const [urgent, state] = await page.evaluate(() => ['urgent', 'state'].map((name) => document.querySelector(`[data-ref=${name}]`).getBoundingClientRect().top));
    assert.ok(urgent < state);
    assert.deepEqual(await page.$$eval(`${ref('urgent-numbers')} a`, (links) => links.map((link) => link.getAttribute('href'))), ['tel:17', 'tel:112', 'sms:114']);
    await close(page);
  });

  test('an address can be kept without anything else', async () => {
    const page = await open('panel.html', { scenario: 'idle' });
    await tabTo(page, '.address-only > summary');
    await page.keyboard.press('Enter');
    await tabTo(page, ref('address'));
    await page.keyboard.type('pas une adresse');
    await page.keyboard.press('Enter');
    await page.waitForSelector(`${ref('address-fault')}:not([hidden])`);
    assert.equal(await page.evaluate(() => document.activeElement.dataset.ref), 'address');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('https://exemple.fr/page');
    await page.keyboard.press('Enter');
    await page.waitForSelector('article.case.withheld');
    assert.equal((await asked(page, 'keep_address')).at(-1).url, 'https://exemple.fr/page');
    await close(page);
  });

  test('a decision that accuses nobody leaves nothing to send', async () => {
    for (const outcome of ['nothing_manifest', 'opinion', 'counter_speech', 'platform_rules', 'unknown']) {
      const page = await open('panel.html');
      await page.check(`input[name=decision][value=${outcome}]`);
      assert.equal(await page.isVisible(ref('explanation')), false);
      await page.click(ref('decide'));
      await page.waitForFunction(() => document.querySelector('[data-ref=status]').textContent === 'Sans suite');
      assert.deepEqual((await asked(page, 'qualify'))[0].decision, { outcome: 'lawful', kind: outcome });
      assert.deepEqual(await asked(page, 'draft_notice'), []);
      await page.locator(`${ref('step-notice')} summary`).first().click();
      assert.ok(await page.isVisible(ref('notice-why')));
      assert.equal(await page.isVisible(ref('notice-body')), false);
      await close(page);
    }
  });

  test('a check asks for its origin inside the click, then switches the checks on', async () => {
    const page = await open('panel.html', { scenario: 'gone' });
    await page.click(ref('check'));
    await page.waitForFunction(() => globalThis.mockAsked.some((message) => message.kind === 'check'));
    assert.deepEqual(await page.evaluate(() => globalThis.mockPermissions), [{ wanted: { origins: ['https://cdn.syndication.twimg.com/*'] }, active: true }]);
    assert.equal((await asked(page, 'save_settings'))[0].settings.checks, true);
    await close(page);
  });

  test('a capture is told, can be cancelled, and its failure says what to do', async () => {
    const page = await open('panel.html', { scenario: 'capturing' });
    assert.match(await page.textContent(ref('captures')), /Image 2 sur 3/);
    assert.match(await page.textContent(ref('captures')), /Rouvrez la page/);
    assert.equal(await page.isVisible(ref('idle')), false);
    await page.click(`${ref('cancel')}:visible`);
    await page.waitForSelector(`${ref('idle')}:visible`);
    assert.deepEqual(await asked(page, 'cancel_capture'), [{ kind: 'cancel_capture', capture: 'c1' }]);
    await close(page);
  });

  test('« retiré par la plateforme » only when it is proved', async () => {
    const page = await open('history.html', { scenario: 'list' });
    const standings = await page.$$eval('tbody tr', (rows) => rows.map((row) => row.lastElementChild.textContent));
    assert.match(standings[2], /^retiré par la plateforme entre 24\sh et 31\sh$/);
    assert.match(standings[3], /^introuvable, cause inconnue/);
    assert.match(standings[4], /^impossible à dire/);
    await close(page);
  });
});

describe('the history', () => {
  test('filters, searches, pages; never by author', async () => {
    const page = await open('history.html', { scenario: 'many', width: 1280 });
    const rows = () => page.locator('tbody tr').count();
    assert.equal(await rows(), 100);
    await page.click(ref('more'));
    assert.equal(await rows(), 200);
    await page.selectOption(ref('filter-status'), 'notified');
    assert.equal(await rows(), 50);
    await page.selectOption(ref('filter-platform'), 'generic');
    assert.ok(await rows() < 50);
    await page.fill(ref('search'), 'Compte d’exemple');
    await page.waitForSelector(`${ref('no-match')}:visible`);
    await page.click(ref('reset'));
    assert.equal(await rows(), 100);
    assert.match(await page.textContent(ref('count')), /^250\sdossiers$/);
    await close(page);
  });

  test('a row keeps the focus while the list changes around it', async () => {
    const page = await open('history.html', { scenario: 'list' });
    await page.focus('a[href="#case=case-03"]');
    await page.evaluate(() => {
      const mark = document.activeElement.closest('tr');
      mark.kept = true;
      globalThis.mockChange(({ rows }) => ({ rows: [{ ...rows[0], id: 'case-99' }, ...rows.slice(1)].map((row) => (row.id === 'case-03' ? { ...row, status: 'notified' } : row)) }));
      globalThis.mockPublish({ event: 'changed', case: 'case-99' });
    });
    await page.waitForSelector('a[href="#case=case-99"]');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#case=case-03');
    assert.ok(await page.evaluate(() => document.activeElement.closest('tr').kept));
    assert.equal(await page.locator('tbody tr').count(), 9);
    await close(page);
  });

  test('one case opens at its address and gives the focus back', async () => {
    const page = await open('history.html', { scenario: 'list' });
    await page.focus('a[href="#case=case-01"]');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.id === 'case-title');
    assert.equal(await page.isVisible('table'), false);
    await page.goBack();
    await page.waitForFunction(() => document.activeElement.getAttribute('href') === '#case=case-01');
    await close(page);
  });
});

describe('the settings', () => {
  test('trusted time asks for its origin in the gesture; a bad address switches nothing on', async () => {
    const page = await open('options.html');
    await page.check(ref('trusted-time'));
    await page.waitForFunction(() => globalThis.mockAsked.some((message) => message.kind === 'save_settings'));
    assert.deepEqual(await page.evaluate(() => globalThis.mockPermissions), [{ wanted: { origins: ['https://freetsa.org/*', 'https://timestamp.sectigo.com/*'] }, active: true }]);
    assert.equal((await asked(page, 'save_settings')).at(-1).settings.trusted_time, true);
    const before = (await asked(page, 'save_settings')).length;
    await page.fill(ref('service'), 'http://tsa.example');
    await page.keyboard.press('Tab');
    assert.ok(await page.isVisible(ref('time-fault')));
    assert.equal((await asked(page, 'save_settings')).length, before);
    await page.fill(ref('sender-name'), 'Une association');
    await page.keyboard.press('Tab');
    await page.waitForFunction((before) => globalThis.mockAsked.filter((message) => message.kind === 'save_settings').length > before, before);
    const kept = (await asked(page, 'save_settings')).at(-1).settings;
    assert.deepEqual([kept.timestamp_service, kept.trusted_time, kept.sender.name], ['https://freetsa.org/tsr', true, 'Une association'], 'a bad address is never kept');
    await close(page);
  });
});

describe('settings changed one after the other', () => {
  test('are kept one at a time, so that an older form never overwrites a newer one', async () => {
    const page = await open('options.html');
    assert.ok(await page.isChecked(ref('quiet')), 'what was kept is shown');
    await page.evaluate(() => {
      const { runtime } = globalThis.browser;
      const send = runtime.sendMessage;
      globalThis.held = [];
      runtime.sendMessage = async (message) => {
        if (message.kind === 'save_settings') await new Promise((go) => globalThis.held.push(go));
        return send(message);
      };
    });
    await page.fill(ref('sender-name'), 'Une association');
    await page.check(ref('checks'));
    await page.uncheck(ref('quiet'));
    await page.waitForFunction(() => globalThis.held.length > 0);
    assert.equal(await page.evaluate(() => globalThis.held.length), 1, 'the second waits for the answer to the first');
    await page.evaluate(() => globalThis.held[0]());
    await page.waitForFunction(() => globalThis.held.length === 2);
    await page.evaluate(() => globalThis.held[1]());
    await page.waitForFunction(() => globalThis.mockAsked.filter((message) => message.kind === 'save_settings').length === 2);
    const { checks, quiet_nights, sender } = (await asked(page, 'save_settings')).at(-1).settings;
    assert.deepEqual([checks, quiet_nights, sender.name], [true, false, 'Une association']);
    await close(page);
  });
});

describe('the verifier', () => {
  test('what is no pack is refused in a sentence', async () => {
    const page = await open('verify.html');
    await page.setInputFiles(ref('pack'), { name: 'lettre.zip', mimeType: 'application/zip', buffer: Buffer.from('ceci n’est pas un dossier') });
    await page.waitForSelector(`${ref('verdict')}:visible`);
    assert.match(await page.textContent(ref('verdict')), /^Refusé/);
    assert.equal(await page.textContent(ref('name')), 'lettre.zip');
    assert.match(await page.textContent(ref('digest')), /^[0-9a-f]{64}$/);
    assert.ok(await page.locator(`${ref('problems')} li`).count() >= 1);
    await clean(page, 'refused');
    await close(page);
  });
});
