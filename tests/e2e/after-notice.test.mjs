// After the notice: the form filled beside it, the platform's answer kept as a piece, a letter, a piece of one's own, and the checks that only a person can make.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { COUNTER_SPEECH, HATEFUL, permalink } from './feed/posts.mjs';
import { startFeed } from './feed/server.mjs';
import { browsers, builtExtension, ROOT } from './lib/browsers.mjs';
import { captured, caseOf, control, download, HOUR, isShown, openCase, openStep, ref, says, shiftClock, verifyInPage } from './lib/story.mjs';
import { until } from './lib/wait.mjs';
import { readZip } from './lib/zip.mjs';

/** In the case, not in the list that stands beside it. */
const STATUS = `${ref('case')} ${ref('status')}`;
const SHOTS = `${ROOT}target/shots/`;
const MESSAGE = 'Message-ID: <1@x.invalid>\r\nMIME-Version: 1.0\r\nSubject: Your report\r\n\r\nWe have removed the content that you reported.\r\n';

/** Puts a file into an input, as the person's choice. */
const choose = (page, input, name, text) => page.evaluate(({ s, name, text }) => {
  const chosen = new DataTransfer();
  chosen.items.add(new File([text], name));
  document.querySelector(s).files = chosen.files;
}, { s: ref(input), name, text });

const select = (page, what, value) => page.evaluate(({ s, value }) => {
  const field = document.querySelector(s);
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
}, { s: ref(what), value });

/** Presses a button that hands over a file; gives its bytes. */
async function saved(browser, page, selector, ending) {
  if (browser.name === 'chromium') {
    const begun = page.page.waitForEvent('download');
    await page.click(selector);
    const file = await begun;
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  }
  const before = new Set(readdirSync(browser.downloads));
  await page.click(selector);
  const name = await until(() => readdirSync(browser.downloads).find((n) => !before.has(n) && n.endsWith(ending) && readFileSync(join(browser.downloads, n)).length > 0), 'the file');
  return { name, bytes: readFileSync(join(browser.downloads, name)) };
}

for (const { name, launch } of browsers()) {
  describe(`after the notice: ${name}`, () => {
    let browser, feed, id, page;

    before(async () => {
      mkdirSync(SHOTS, { recursive: true });
      feed = await startFeed();
      browser = await launch({ extension: builtExtension(name), feed });
      const tab = await browser.open(permalink(HATEFUL));
      await browser.clickToolbar(tab);
      const history = await control(browser);
      id = (await captured(history, permalink(HATEFUL))).id;
      await history.close();
      page = await openCase(browser, id);
      await openStep(page, 'step-qualify');
      await page.waitFor((s) => document.querySelectorAll(`${s} input`).length > 0, ref('suggested-choices'), 'what is suggested');
      await page.click(`${ref('suggested-choices')} input`);
      await page.fill(ref('explanation'), 'Appel visant tout un groupe.');
      await page.click(ref('decide'));
      await says(page, STATUS, /^Qualifié/);
    });
    after(async () => {
      await browser?.close();
      await feed?.close();
    });

    test('the form’s fields stand in its order, and what was copied stays ticked', async () => {
      await openStep(page, 'step-notice');
      const labels = await page.waitFor((s) => {
        const found = [...document.querySelectorAll(`${s} label:not(.tick)`)].map((label) => label.textContent);
        return found.length > 5 && found;
      }, ref('notice-fields'), 'the fields of the form');
      assert.match(labels[0], /^Pays/);
      assert.ok(labels.some((label) => /illicite$/.test(label)), labels.join());
      const law = '.copy-field:has(#notice-field-law)';
      await page.click(`${law} ${ref('copy')}`);
      await page.waitFor((s) => document.querySelector(s).checked, `${law} ${ref('tick')}`, 'the tick');
      await page.reload();
      await page.waitForSelector(`${law} ${ref('tick')}`);
      await page.waitFor((s) => document.querySelector(s).checked, `${law} ${ref('tick')}`, 'the tick again');
      await openStep(page, 'step-notice');
      await select(page, 'sender-kind', 'association');
      assert.ok(await isShown(page, ref('sender-grounds')));
      await page.fill(ref('sender-name'), 'Association Inventée');
      await page.fill(ref('sender-representative'), 'Camille Inventée');
      await page.fill(ref('sender-grounds'), 'combattre le racisme');
      await select(page, 'sender-grounds', 'combattre le racisme');
      await page.waitFor(() => /combattre le racisme/.test(document.querySelector('#notice-field-explanation').value), undefined, 'the purpose in the notice');
      await select(page, 'sender-kind', 'anonymous');
      await page.waitFor(() => document.querySelector('[data-code=form_asks_identity]') !== null, undefined, 'what it costs');
      assert.equal(await page.evaluate(() => document.querySelector('#notice-field-name')), null);
      await select(page, 'sender-kind', 'person');
      await page.screenshot(`${SHOTS}notice-${name}.png`);
    });

    test('a decision dropped as a message is a piece, and what the platform says stands', async () => {
      assert.equal(await isShown(page, ref('answer')), false, 'nothing to answer yet');
      await page.click(ref('good-faith'));
      await page.click(`${ref('notice-sent')} button[type=submit]`);
      await says(page, STATUS, /^Plateforme notifiée/);
      await openStep(page, 'step-answer');
      await says(page, ref('due'), /Prescription/);
      await select(page, 'answer-kind', 'removed');
      await page.fill(ref('answer-reference'), 'X-77');
      await choose(page, 'answer-file', 'decision.bin', '\u0000\u0001');
      await page.click(`${ref('answer')} button[type=submit]`);
      await says(page, ref('answer-fault'), /ni une image/);
      await choose(page, 'answer-file', 'decision.eml', MESSAGE);
      await page.click(`${ref('answer')} button[type=submit]`);
      await says(page, STATUS, /décision rendue/);
      await openStep(page, 'step-answer');
      await says(page, ref('milestones'), /le contenu est retiré.*X-77.*pièce 2/);
      await says(page, `${ref('case')} ${ref('standing')}`, /^retiré par la plateforme/);
      const view = await caseOf(page, id);
      assert.deepEqual(view.added.map((added) => [added.piece, added.form, added.file_name]), [[2, 'email', 'decision.eml']]);
    });

    test('deadlines go into a calendar, a letter into an open document', async () => {
      const calendar = await saved(browser, page, ref('calendar'), '.ics');
      assert.match(calendar.bytes.toString(), /^BEGIN:VCALENDAR\r\n[^]*DTSTART;VALUE=DATE:\d{8}\r\n/);
      assert.ok(!calendar.bytes.toString().includes(HATEFUL.author.handle));
      await openStep(page, 'step-letters');
      await select(page, 'letter-kind', 'prosecutor');
      await page.waitFor((s) => /procureur de la République/.test(document.querySelector(s).value), ref('letter-text'), 'the letter');
      await says(page, ref('letter-notes'), /n’arrête pas, à elle seule/);
      const text = await page.evaluate((s) => document.querySelector(s).value, ref('letter-text'));
      assert.ok(text.includes(permalink(HATEFUL)) && /Pièce 2 : élément fourni/.test(text), text);
      const letter = await saved(browser, page, ref('letter-save'), '.odt');
      const files = readZip(letter.bytes);
      assert.deepEqual([...files.keys()], ['mimetype', 'META-INF/manifest.xml', 'content.xml']);
      assert.ok(files.get('content.xml').toString().includes(HATEFUL.id));
      await page.screenshot(`${SHOTS}letter-${name}.png`);
    });

    test('a piece of one’s own is sealed, printed as given, and in the pack', async () => {
      await openStep(page, 'step-pieces');
      await page.click(`${ref('piece')} button[type=submit]`);
      await says(page, ref('piece-fault'), /Choisissez un fichier/);
      await page.fill(ref('piece-text'), 'https://exemple.test/copie');
      await page.fill(ref('piece-by'), 'Camille Inventée');
      await page.fill(ref('piece-access'), 'page publique');
      await select(page, 'piece-role', 'witness');
      await page.click(`${ref('piece')} button[type=submit]`);
      await says(page, ref('added'), /Pièce 3 · lien · fourni par Camille Inventée \(un témoin\), non observé par l’extension/);
      await page.screenshot(`${SHOTS}piece-${name}.png`);
      const pack = await download(browser, page);
      const files = readZip(pack.bytes);
      assert.equal(files.get('pieces/0002/message.eml').toString(), MESSAGE);
      assert.equal(files.get('pieces/0003/lien.txt').toString(), 'https://exemple.test/copie');
      assert.match(files.get('pieces/0003/provenance.json').toString(), /"observed_by_extension":false/);
      assert.deepEqual(page.errors, []);
      const verifier = await browser.extensionPage('verify.html');
      assert.deepEqual((await verifyInPage(verifier, pack.bytes)).problems, []);
      await verifier.close();
      await page.close();
    });

    test('what no machine can ask for is in the checks of the day, one click each', async () => {
      const history = await control(browser, { newWindow: false });
      await says(history, `tbody ${ref('standing')}`, /^retiré par la plateforme en moins de 1 h$/);
      assert.equal(await isShown(history, ref('day')), false);
      const tab = await browser.open(permalink(COUNTER_SPEECH));
      await browser.clickToolbar(tab);
      await captured(history, permalink(COUNTER_SPEECH));
      await history.close();
      const page = await control(browser);
      await shiftClock(page, 25 * HOUR);
      await page.reload();
      await says(page, ref('day-count'), /1 publication/);
      await page.screenshot(`${SHOTS}day-${name}.png`);
      await page.click(`${ref('day-rows')} button[value=online]`);
      await page.waitFor((s) => document.querySelector(s).hidden, ref('day'), 'nothing left to check');
      await page.close();
    });
  });
}
