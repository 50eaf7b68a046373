// What `capture.js` promises: it finds the post, reads it without a secret, and leaves the page as it was.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, describe, test } from "node:test";
import { GENERIC, STUB, X, fixture, launch, open, root, script, snapshotOf } from "./page.mjs";

const PERMALINK = "https://x.com/colere_fictive/status/1990000000000000042";
const WANTED = { ...X, wanted: "/status/1990000000000000042" };
const FORUM = "https://forum.test/sujet/12?page=2&sid=FIXTURE-SID-0009";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const outerHtml = (page) => page.evaluate(() => document.documentElement.outerHTML);
const scrollOf = (page) => page.evaluate(() => [scrollX, scrollY]);
const times = (snapshot, what) => snapshot.omissions.find((omission) => omission.what === what)?.count ?? 0;

/** Pages are opened once per test and closed whatever happens. */
async function on(address, html, options, act) {
  const opened = await open(browser, address, html, options);
  try {
    return await act(opened);
  } finally {
    await opened.close();
  }
}

describe("finding the post", () => {
  test("on a permalink page it is the one whose own permalink is wanted, not one that cites it", async () => {
    await on(PERMALINK, await fixture("x-permalink.html"), {}, async ({ ask, requests }) => {
      assert.deepEqual(await ask("locate", { plan: WANTED }), { ok: true, found: "post", count: 1 });
      const { snapshot } = await snapshotOf({ ask });
      assert.equal(snapshot.designatedBy, "permalink");
      const [, post] = snapshot.html.split('data-temoin-role="post"');
      assert.match(post.split("</article>")[0], /on n’en veut pas ici/);
      assert.deepEqual(requests, [], "reading asks the network for nothing");
    });
  });

  test("a segment is whole: 199 is not 1990000000000000042", async () => {
    await on(PERMALINK, await fixture("x-permalink.html"), {}, async ({ ask }) => {
      for (const wanted of ["/status/199", "/status/19900000000000000420"]) {
        assert.deepEqual(await ask("locate", { plan: { ...X, wanted } }), { ok: true, found: "many", count: 4 });
      }
      assert.deepEqual(await ask("read"), { ok: false, code: "no_post" });
    });
  });

  test("a post is known by a parameter, in clear or in base64, and an answer to it is not taken for it", async () => {
    const packed = Buffer.from("comment:42_1122334455").toString("base64").replace(/=+$/, "");
    const comment = (link, text) => `<div role="article" aria-label="Commentaire"><a href="${link}">2 j</a><p>${text}</p></div>`;
    const html = `<!DOCTYPE html><title>p</title><div role="article"><a href="/p/posts/42">3 j</a><p>Le post</p>${comment(`/p/posts/42?comment_id=${packed}&reply_comment_id=99`, "Une réponse")}${comment(`/p/posts/42?comment_id=${packed}`, "Le commentaire")}</div>`;
    const plan = { ...GENERIC, postSelector: '[role="article"]', permalinkSelector: "a[href]" };
    const read = async (ask, wanted) => {
      assert.deepEqual(await ask("locate", { plan: { ...plan, wanted } }), { ok: true, found: "post", count: 1 });
      return (await snapshotOf({ ask })).snapshot.html.split('data-temoin-role="post"')[1].split("<p>")[1].split("</p>")[0];
    };
    await on("https://reseau.test/p/posts/42", html, {}, async ({ ask }) => {
      assert.equal(await read(ask, "^(?!.*[?&]comment_id=).*/42"), "Le post");
      assert.equal(await read(ask, "[?&]comment_id=(?:comment:[0-9]+_)?1122334455(?!.*reply_comment_id)"), "Le commentaire");
      assert.equal(await read(ask, "reply_comment_id=99"), "Une réponse");
    });
  });

  test("posts in open shadow trees are found, by the address that their own element carries", async () => {
    const post = (id, words) => `<the-post permalink="/c/${id}/titre/"><template shadowrootmode="open"><slot name="body"></slot></template><p slot="body">${words}</p></the-post>`;
    const html = `<!DOCTYPE html><title>p</title><the-app><template shadowrootmode="open"><the-list><template shadowrootmode="open">${post("aa", "Premier")}${post("bb", "Second")}</template></the-list></template></the-app>`;
    const plan = { ...GENERIC, postSelector: "the-post", permalinkAttributes: ["permalink"], keepAttributes: ["permalink"] };
    await on("https://reseau.test/c/bb/titre/", html, {}, async ({ ask }) => {
      assert.deepEqual(await ask("locate", { plan: { ...plan, wanted: "/c/bb" } }), { ok: true, found: "post", count: 1 });
      const { snapshot } = await snapshotOf({ ask });
      assert.match(snapshot.html, /<the-post permalink="\/c\/bb\/titre\/" data-temoin-role="post" data-temoin-shadow="open"><slot name="body"><p slot="body">Second/);
      assert.match(snapshot.html, /data-temoin-role="context"[^>]*><slot name="body"><p slot="body">Premier/);
      assert.deepEqual(await ask("locate", { plan: { ...plan, wanted: "/c/b" } }), { ok: true, found: "many", count: 2 });
    });
  });

  test("an element may stand for the page's post; words selected in another post outrank it", async () => {
    const html = '<!DOCTYPE html><title>p</title><section class="css-1a2b3c4d-5e6f7a8b--DivVideoDetailContainer" data-e2e="une" data-other="x"><h1>La vidéo</h1></section><section class="remarque"><p>Une remarque</p></section>';
    const plan = { ...GENERIC, postSelector: "section", mainSelector: '[class*="DivVideoDetailContainer"]', keepAttributes: ["data-e2e*"] };
    await on("https://videos.test/1", html, {}, async ({ ask, page }) => {
      assert.deepEqual(await ask("locate", { plan }), { ok: true, found: "post", count: 1 });
      const { snapshot } = await snapshotOf({ ask });
      assert.match(snapshot.html, /<section class="css-1a2b3c4d-5e6f7a8b--DivVideoDetailContainer" data-e2e="une" data-temoin-role="post"><h1>/);
      assert.deepEqual(snapshot.omissions.filter(({ what }) => what.startsWith("attribute")), [{ what: "attribute:data-other", count: 1 }]);
      await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("p")));
      await ask("locate", { plan });
      assert.match((await snapshotOf({ ask })).snapshot.html, /<section class="remarque" data-temoin-role="post">/);
    });
  });

  test("a timeline asks the user; an empty page has nothing; a broken selector is said", async () => {
    await on("https://x.com/home", await fixture("x-timeline.html"), {}, async ({ ask }) => {
      assert.deepEqual(await ask("locate", { plan: X }), { ok: true, found: "many", count: 16 });
      assert.deepEqual(await ask("locate", { plan: { ...X, postSelector: "[[" } }), { ok: false, code: "bad_plan" });
    });
    await on("https://vide.test/", "<!DOCTYPE html><title>vide</title>", {}, async ({ ask }) => {
      assert.deepEqual(await ask("locate", { plan: GENERIC }), { ok: true, found: "none", count: 0 });
    });
  });

  test("a selection designates the block around it on a page of no known shape", async () => {
    await on(FORUM, await fixture("forum.html"), {}, async ({ page, ask }) => {
      await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("#comment-102 .e-content > p")));
      assert.deepEqual(await ask("locate", { plan: GENERIC }), { ok: true, found: "post", count: 1 });
      const { snapshot } = await snapshotOf({ ask });
      assert.equal(snapshot.designatedBy, "selection");
      assert.match(snapshot.selection, /^Encore la faute de ces gens-là/);
      assert.match(snapshot.html, /<article id="comment-102"[^>]* data-temoin-role="post">/);
    });
  });

  test("a selection in nested blocks designates the message with its author, not the whole list and not the cited text", async () => {
    const post = (name, text) => `<div class="post"><div class="head"><b class="author">${name}</b></div><div class="content">${text}</div></div>`;
    const filler = "Une longue discussion, sans importance pour cet essai, écrite pour remplir. ".repeat(60);
    const html = `<!DOCTYPE html><title>p</title><section>${post("Aube", `Un premier message. ${filler}`)}${post("Brume", "Le message visé, avec un <span>mot choisi</span> dedans.")}${post("Ciel", filler)}</section>`;
    await on("https://forum.test/t", html, {}, async ({ page, ask }) => {
      await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("span")));
      await ask("locate", { plan: GENERIC });
      const { snapshot } = await snapshotOf({ ask });
      assert.match(snapshot.html, /<div class="post" data-temoin-role="post"><div class="head"><b class="author">Brume/);
    });
    await on(FORUM, await fixture("forum.html"), {}, async ({ page, ask }) => {
      await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("#comment-102 blockquote")));
      await ask("locate", { plan: GENERIC });
      assert.match((await snapshotOf({ ask })).snapshot.html, /<article id="comment-102"[^>]* data-temoin-role="post">/);
    });
  });

  test("a parameter that names the post is kept when the plan says so", async () => {
    const id = "pfbid02AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcXYZ";
    await on(`https://forum.test/permalink.php?story_fbid=${id}&id=1`, await fixture("forum.html"), {}, async ({ page, ask }) => {
      await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("#comment-102 p")));
      await ask("locate", { plan: GENERIC });
      assert.equal((await snapshotOf({ ask })).snapshot.url, "https://forum.test/permalink.php?story_fbid=temoin-omis&id=1");
      await ask("locate", { plan: { ...GENERIC, keepParameters: ["story_fbid"] } });
      assert.equal((await snapshotOf({ ask })).snapshot.url, `https://forum.test/permalink.php?story_fbid=${id}&id=1`);
    });
  });

  test("a selection inside a post of a timeline designates that post", async () => {
    await on("https://x.com/home", await fixture("x-timeline.html"), {}, async ({ page, ask }) => {
      await page.evaluate(() => getSelection().selectAllChildren(document.querySelectorAll('[data-testid="tweetText"]')[2]));
      assert.equal((await ask("locate", { plan: X })).found, "post");
      assert.match((await snapshotOf({ ask })).snapshot.html, /data-temoin-role="post">(?:(?!<\/article>)[\s\S])*La fête des voisins/);
    });
  });
});

describe("who may speak to it", () => {
  test("only our background and our pages, with the id of the open capture", async () => {
    await on(PERMALINK, await fixture("x-permalink.html"), {}, async ({ ask, run }) => {
      assert.deepEqual(await ask("read"), { ok: false, code: "other_capture" });
      await ask("locate", { plan: WANTED });
      assert.deepEqual(await ask("read", { capture: "c2" }), { ok: false, code: "other_capture" });
      assert.equal(await ask("read", {}, { id: "another" }), "not listened to");
      assert.equal(await ask("read", {}, { id: "temoin", tab: { id: 1 }, url: PERMALINK }), "not listened to");
      assert.equal((await ask("read", {}, { id: "temoin", tab: { id: 1 }, url: "chrome-extension://temoin/panel.html" })).ok, true);
      assert.deepEqual(await ask("dance"), { ok: false, code: "unknown_op" });
      assert.deepEqual(await ask("chunk", { index: 99 }), { ok: false, code: "no_such_chunk" });
      assert.equal(await run("ask({ temoin: 2, op: 'read', capture: 'c1' })"), "not listened to");
    });
  });

  test("a second injection takes the place of the first, and `end` leaves no listener", async () => {
    await on(PERMALINK, await fixture("x-permalink.html"), {}, async ({ ask, run, inject }) => {
      await ask("locate", { plan: WANTED });
      await inject();
      assert.equal(await run("listeners.length"), 1);
      assert.deepEqual(await ask("read"), { ok: false, code: "other_capture" });
      await ask("locate", { plan: WANTED });
      assert.deepEqual(await ask("end"), { ok: true });
      assert.equal(await run("listeners.length"), 0);
      assert.equal(await run("Object.getOwnPropertySymbols(globalThis).some((symbol) => symbol.description === 'temoin.capture')"), false);
    });
  });
});

describe("what is read", () => {
  test("no canary of a hostile page is in the snapshot, what it shows is", async () => {
    const address = "https://forum.test/p/12?id=7&token=CANARY-url-query#access_token=CANARY-url-fragment&x=1";
    await on(address, await fixture("hostile.html"), {}, async ({ ask }) => {
      assert.equal((await ask("locate", { plan: { ...X, permalinkSelector: null, wanted: "/author", keepAttributes: ["data-testid", "data-keep", "data-secret", "onclick", "style", "value"] } })).found, "post");
      const { text, snapshot } = await snapshotOf({ ask });
      assert.deepEqual(text.match(/.{60}CANARY.{30}/gi), null);
      assert.doesNotMatch(text, /eyJhbGci/, "a JWT");
      assert.doesNotMatch(text, /0123456789abcdef/);
      assert.doesNotMatch(snapshot.html, /javascript|<script(?! type="application\/ld)|<style|<iframe|srcdoc|<textarea[^>]*>[^<]|onclick/i);
      const shown = [
        "Texte montré 😀 a\u200bb \u202eRTL\u202c &lt;b&gt;échappé&lt;/b&gt; &amp;amp;", "Texte dans l’ombre", "lumière placée", "repli montré",
        "sans boîte", "dans le dessin", "&lt;b&gt;montré tel quel&lt;/b&gt;", "<title>Dessin</title>", 'data-keep="plain"', "texte public",
        'href="/author?author=12&amp;t=3#comment-9"', "https://forum.test/p?id=7&amp;token=temoin-omis&amp;x=1#access_token=temoin-omis&amp;ok=1",
        'placeholder="écrire"', 'src="data:image/gif;base64,', 'data-temoin-shadow="open"',
      ];
      for (const piece of shown.filter((piece) => !piece.startsWith('href="/author'))) assert.ok(snapshot.html.includes(piece), piece);
      assert.ok(snapshot.html.includes('href="https://forum.test/author?author=12&amp;t=3#comment-9"'), "absolute under a foreign base");
      assert.equal(snapshot.url, "https://forum.test/p/12?id=7&token=temoin-omis#access_token=temoin-omis&x=1");
      assert.equal(snapshot.title, "Page hostile");
      assert.deepEqual(snapshot.missing, [
        { what: "frame", reason: "iframe" },
        { what: "cross_origin_frame", reason: "embed.test" },
        { what: "frame", reason: "object" },
        { what: "closed_shadow_root", reason: "closed-box" },
      ]);
      for (const [what, count] of Object.entries({
        comment: 1, script: 3, style: 3, template: 1, noscript: 1, frame: 3, meta: 2, unslotted: 1, "attribute:onclick": 3, "attribute:style": 2,
        "attribute:data-private": 1, "attribute:data-secret": 1, "attribute:srcset": 1, "url:javascript": 2, "url:userinfo": 1, "url:path": 1,
        "query:token": 2, "query:access_token": 2, "query:next": 1, "query:v": 1, "query:sid": 1, "json_ld:token": 1, form_value: 7,
      })) assert.equal(times(snapshot, what), count, `${what} in ${JSON.stringify(snapshot.omissions)}`);
      const names = snapshot.omissions.map(({ what }) => what);
      assert.deepEqual(names, [...names].sort());
    });
  });

  test("of the page's own data only what the plan names is kept, without secrets", async () => {
    const state = { scope: { item: { id: "42", desc: "Dit-il : « }; </script ».", tags: [{ name: "un", n: 1 }, { name: "deux" }], token: "abc", author: { name: "Aube", mail: "a@b.c" } } }, viewer: { name: "lecteur" } };
    const html = `<!DOCTYPE html><title>p</title><script>var other = 1;</script><script id="etat">var state = ${JSON.stringify(state).replaceAll("</script", "<\\/script")}; start(state);</script><article><p>Le post</p></article>`;
    const item = "/scope/item";
    const pageState = [
      { css: "script", after: "state = ", paths: [`${item}/id`, `${item}/desc`, `${item}/tags/*/name`, `${item}/token`, `${item}/author/name`, `${item}/absent/x`, "/__proto__/x"] },
      { css: "script#absent", after: "", paths: ["/a"] },
    ];
    await on("https://videos.test/1", html, {}, async ({ ask, page }) => {
      await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("p")));
      await ask("locate", { plan: { ...GENERIC, pageState } });
      const { snapshot } = await snapshotOf({ ask });
      const [, kept] = /<script type="application\/json" id="etat">state = (.*?)<\/script>/.exec(snapshot.html);
      assert.deepEqual(JSON.parse(kept), { scope: { item: { id: "42", desc: state.scope.item.desc, tags: [{ name: "un" }, { name: "deux" }], token: "temoin-omis", author: { name: "Aube" } } } });
      assert.equal(snapshot.html.match(/<script/g).length, 1);
      assert.ok(!snapshot.html.includes("lecteur") && !snapshot.html.includes("a@b.c"));
    });
  });

  test("read again, the evidence shows the same text as the page", async () => {
    await on(FORUM, await fixture("forum.html"), {}, async ({ page, ask }) => {
      await ask("locate", { plan: { ...X, postSelector: "article.comment", permalinkSelector: "a[rel=bookmark]", wanted: "/sujet/12", keepAttributes: [] } });
      const { snapshot } = await snapshotOf({ ask });
      const expected = await page.evaluate(() => document.querySelector("#comment-102 .e-content").textContent);
      const found = await page.evaluate(
        (html) => new DOMParser().parseFromString(html, "text/html").querySelector('[data-temoin-role="post"] .e-content').textContent,
        snapshot.html,
      );
      assert.equal(found, expected);
    });
  });

  test("half a surrogate pair and NUL are replaced and said", async () => {
    await on("https://forum.test/u", "<!DOCTYPE html><title>u</title><article id=a><p></p></article>", {}, async ({ page, ask }) => {
      await page.evaluate(() => {
        document.querySelector("p").textContent = "a\uD83D b\uDE00 c\u{1F600}\0d\r\n";
        getSelection().selectAllChildren(document.querySelector("p"));
      });
      await ask("locate", { plan: GENERIC });
      const { snapshot, text } = await snapshotOf({ ask });
      assert.ok(snapshot.html.includes("a\uFFFD b\uFFFD c😀\uFFFDd&#13;\n"));
      assert.ok(text.isWellFormed());
      assert.ok(times(snapshot, "lone_surrogate:D83D") >= 1 && times(snapshot, "lone_surrogate:DE00") >= 1 && times(snapshot, "control:0000") >= 1);
    });
  });

  test("chunks never split a surrogate pair", async () => {
    await on("https://forum.test/u", "<!DOCTYPE html><title>u</title><article id=a><p></p></article>", {}, async ({ page, ask }) => {
      for (const before of ["", "x"]) {
        await page.evaluate((start) => {
          document.querySelector("p").textContent = start + "😀".repeat(600_000);
          getSelection().selectAllChildren(document.querySelector("p"));
        }, before);
        await ask("locate", { plan: GENERIC });
        const { chunks } = await ask("read");
        assert.ok(chunks >= 3);
        for (let index = 0; index < chunks; index += 1) {
          const { text } = await ask("chunk", { index });
          assert.ok(text.isWellFormed() && text.length <= 500_000);
        }
      }
    });
  });

  test("a document 10 000 deep is read whole, in time that grows with its size", async () => {
    const deep = (depth) => `<!DOCTYPE html><title>profond</title><body><script>
      const article = document.body.appendChild(document.createElement("article"));
      let at = article;
      for (let n = 0; n < ${depth}; n += 1) at = at.appendChild(document.createElement("div"));
      article.firstChild.hidden = true; // Chromium itself cannot lay out so deep a tree.
      at.textContent = "au fond";
      article.append("Un texte montré, après tout cela, assez long.");
      getSelection().selectAllChildren(article);
    </script>`;
    await on("https://forum.test/deep", deep(10_000), {}, async ({ ask }) => {
      assert.equal((await ask("locate", { plan: GENERIC })).found, "post");
      const { snapshot } = await snapshotOf({ ask });
      assert.equal(snapshot.html.match(/<div[ >]/g).length, 10_000);
      assert.ok(snapshot.html.includes(`au fond${"</div>".repeat(10_000)}Un texte montré`));
    });
  });

  test("of 10 000 posts the wanted one and 20 neighbours are read, the others counted", async () => {
    const posts = Array.from({ length: 10_000 }, (_, n) => `<article data-testid="tweet"><a href="/a/status/${n + 1}"><time datetime="2025-01-01T00:00:00.000Z">t</time></a><p>Message ${n + 1}</p></article>`);
    await on("https://x.com/a/status/5000", `<!DOCTYPE html><title>fil</title><main>${posts.join("")}</main>`, {}, async ({ ask }) => {
      assert.deepEqual(await ask("locate", { plan: { ...X, wanted: "/status/5000" } }), { ok: true, found: "post", count: 1 });
      const { snapshot } = await snapshotOf({ ask });
      assert.match(snapshot.html, /data-temoin-role="post">.*?Message 5000</);
      assert.deepEqual([...snapshot.html.matchAll(/data-temoin-role="context">.*?Message (\d+)/g)].map(([, n]) => Number(n)),
        [...Array.from({ length: 10 }, (_, n) => 4990 + n), ...Array.from({ length: 10 }, (_, n) => 5001 + n)]);
      assert.equal(times(snapshot, "other_post"), 9979);
    });
  });

  test("what is too large is cut, and said; the document stays closed", async () => {
    await on("https://forum.test/big", "<!DOCTYPE html><title>gros</title><article id=a><b>début</b><p hidden></p><i>fin</i></article>", {}, async ({ page, ask }) => {
      await page.evaluate(() => {
        document.querySelector("p").textContent = "mot ".repeat(5_000_000);
        getSelection().selectAllChildren(document.querySelector("b"));
      });
      await ask("locate", { plan: { ...X, postSelector: "article", permalinkSelector: null } });
      const { snapshot } = await snapshotOf({ ask });
      assert.ok(snapshot.html.length < 16_100_000);
      assert.ok(snapshot.html.endsWith("</p></article></body></html>"));
      assert.deepEqual(snapshot.missing, [{ what: "html_post", reason: "too_large" }]);
    });
  });

  for (const [name, address, plan] of [
    ["x-permalink", PERMALINK, WANTED],
    ["forum", FORUM, { ...GENERIC, postSelector: "article.comment", permalinkSelector: "a[rel=bookmark]" }],
  ]) {
    test(`golden snapshot of ${name}`, async () => {
      await on(address, await fixture(`${name}.html`), {}, async ({ page, ask }) => {
        if (name === "forum") await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("#comment-102 p")));
        assert.equal((await ask("locate", { plan })).found, "post");
        const { text, snapshot } = await snapshotOf({ ask });
        assert.doesNotMatch(text, /FIXTURE-(?!photo)|FIXTURENONCE/);
        assert.ok(Math.abs(Date.parse(snapshot.readAt) - Date.now()) < 60_000);
        assert.equal(snapshot.timeZone, "Europe/Paris");
        const stable = { ...snapshot, readAt: "2026-01-01T12:00:00.000Z", utcOffsetMinutes: 60, rect: { x: 200, y: 150, width: 598, height: 500 } };
        const file = `${root}tests/fixtures/snapshots/${name}.json`;
        if (process.env.UPDATE_GOLDEN) await writeFile(file, `${JSON.stringify(stable, null, 2)}\n`);
        assert.deepEqual(stable, JSON.parse(await readFile(file, "utf8")));
      });
    });
  }
});

describe("the picker", () => {
  const timeline = async (act, options = {}) => on("https://x.com/home", await fixture("x-timeline.html"), options, async (opened) => {
    const before = { html: await outerHtml(opened.page), scroll: await scrollOf(opened.page) };
    await opened.page.evaluate(() => {
      globalThis.heard = [];
      for (const name of ["click", "keydown", "mousedown", "contextmenu"]) document.addEventListener(name, () => heard.push(name));
    });
    await opened.ask("locate", { plan: X });
    assert.deepEqual(await opened.ask("pick"), { ok: true });
    await act(opened, before);
  });
  const events = async (sent) => (await sent()).map(({ event }) => event);
  const leftNothing = async ({ page, run }, { html, scroll }) => {
    assert.equal(await outerHtml(page), html);
    assert.deepEqual(await scrollOf(page), scroll);
    assert.deepEqual(await page.evaluate(() => heard), []);
    assert.equal(await run("document.activeElement === document.body"), true);
  };

  test("a click chooses the post under the mouse, and the page hears nothing", async () => {
    await timeline(async (opened, before) => {
      const box = await opened.page.locator("article").nth(1).boundingBox();
      await opened.page.mouse.move(box.x + 100, box.y + 40);
      await opened.page.mouse.click(box.x + 100, box.y + 40);
      assert.deepEqual(await opened.sent(), [{ temoin: 1, event: "picked", capture: "c1" }]);
      await leftNothing(opened, before);
      const { snapshot } = await snapshotOf(opened);
      assert.equal(snapshot.designatedBy, "picker");
      assert.match(snapshot.html, /data-temoin-role="post">(?:(?!<\/article>)[\s\S])*on n’en veut pas ici/);
    });
  });

  test("the keyboard goes from post to post; Enter chooses", async () => {
    await timeline(async ({ page, ask, sent }) => {
      for (const key of ["ArrowDown", "ArrowDown", "Tab", "Shift+Tab", "ArrowDown"]) await page.keyboard.press(key);
      await page.keyboard.press("Enter");
      assert.deepEqual(await events(sent), ["picked"]);
      assert.match((await snapshotOf({ ask })).snapshot.html, /data-temoin-role="post">(?:(?!<\/article>)[\s\S])*chacun a sa place/);
      assert.deepEqual(await page.evaluate(() => heard), []);
    });
  });

  test("Escape leaves the page as it was, even after it was scrolled", async () => {
    await timeline(async (opened, before) => {
      for (let n = 0; n < 12; n += 1) await opened.page.keyboard.press("ArrowDown");
      assert.notDeepEqual(await scrollOf(opened.page), before.scroll);
      await opened.page.keyboard.press("Escape");
      assert.deepEqual(await events(opened.sent), ["cancelled"]);
      await leftNothing(opened, before);
      assert.deepEqual(await opened.ask("read"), { ok: false, code: "no_post" });
    });
  });

  test("a right click cancels, a navigation inside the page too", async () => {
    await timeline(async (opened, before) => {
      await opened.page.mouse.click(500, 300, { button: "right" });
      assert.deepEqual(await events(opened.sent), ["cancelled"]);
      assert.equal(await outerHtml(opened.page), before.html);
    });
    await timeline(async ({ page, sent }) => {
      await page.evaluate(() => history.pushState({}, "", "/explore"));
      await page.mouse.move(400, 300);
      assert.deepEqual(await events(sent), ["cancelled"]);
    });
  });

  test("a click that the page makes up chooses nothing", async () => {
    await timeline(async ({ page, sent }) => {
      await page.mouse.move(500, 200);
      await page.evaluate(() => {
        document.querySelector("article").click();
        dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
      });
      assert.deepEqual(await sent(), []);
    });
  });

  test("the page cannot look into it, a screen reader can", async () => {
    await timeline(async ({ page, ask }) => {
      assert.equal(await page.evaluate(() => document.documentElement.lastElementChild.shadowRoot), null);
      await page.keyboard.press("ArrowDown");
      const tree = await page.locator("html").ariaSnapshot().catch(() => "");
      const cdp = await page.context().newCDPSession(page);
      const { nodes } = await cdp.send("Accessibility.getFullAXTree");
      const named = (role) => nodes.filter((node) => node.role?.value === role && !node.ignored);
      assert.equal(named("application")[0]?.name.value, "Témoin\u00a0: choisir la publication", tree);
      assert.equal(named("status").length, 1);
      const said = nodes.filter((node) => node.role?.value === "StaticText").map((node) => node.name.value).join(" ");
      assert.match(said, /Quelle publication capturer\u00a0\?.*Publication 1 sur 16\u00a0: .*Échap/s);
      await ask("end");
    });
  });

  test("on a page of no known shape any block can be chosen, and widened", async () => {
    await on(FORUM, await fixture("forum.html"), { locale: "en-GB" }, async ({ page, ask, sent }) => {
      assert.equal((await ask("locate", { plan: GENERIC })).found, "many");
      await ask("pick");
      const box = await page.locator("#comment-102 b").boundingBox();
      await page.mouse.move(box.x + 5, box.y + 5);
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Enter");
      assert.deepEqual(await events(sent), ["picked"]);
      assert.match((await snapshotOf({ ask })).snapshot.html, /<article id="comment-102"[^>]* data-temoin-role="post">/);
    });
  });

  test("it stands above a modal dialog and under the strictest content policy", async () => {
    const html = '<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><title>d</title><dialog><article style="x"><p>Dans une fenêtre, un texte assez long pour être choisi.</p></article></dialog>';
    await on("https://forum.test/d", html, {}, async ({ page, ask, run, sent }) => {
      await run("document.querySelector('dialog').showModal()");
      const before = await outerHtml(page);
      await ask("locate", { plan: { ...X, postSelector: "article" } });
      await ask("pick");
      const box = await page.locator("article").boundingBox();
      await page.mouse.click(box.x + 20, box.y + 20);
      assert.deepEqual(await events(sent), ["picked"]);
      assert.equal(await outerHtml(page), before);
    });
  });
});

describe("the picture", () => {
  const STYLE = "<style>*{margin:0}body{font:16px/20px sans-serif}header{position:sticky;top:0;height:60px;background:#eee}footer{position:fixed;bottom:0;left:0;right:0;height:50px}main{padding:300px 0 900px}article{width:600px}</style>";
  const page = (height) => `<!DOCTYPE html><title>haut</title>${STYLE}<header>barre</header><main><article data-testid="tweet"><a href="/a/status/1"><time datetime="2025-01-01">t</time></a><div style="height:${height}px">texte 3 min</div></article></main><footer style="color: red">pied</footer>`;
  const PLAN = { ...X, wanted: "/status/1" };

  test("a post in view needs no change", async () => {
    await on("https://x.com/a/status/1", page(100), {}, async ({ page, ask }) => {
      await ask("locate", { plan: PLAN });
      assert.deepEqual(await ask("frame", { tile: 0 }), { ok: false, code: "not_read" });
      await ask("read");
      assert.deepEqual(await ask("bracket"), { ok: false, code: "no_frame" });
      const shot = await ask("frame", { tile: 0 });
      assert.equal(shot.tiles, 1);
      assert.deepEqual(shot.clip, shot.rect);
      assert.deepEqual({ ...shot.viewport, visible: shot.visible, offsetY: shot.offsetY }, { width: 1000, height: 700, devicePixelRatio: "1", visible: true, offsetY: 0 });
      assert.equal(shot.document.href, "https://x.com/a/status/1");
      assert.deepEqual(await ask("bracket"), shot);
      await page.evaluate(() => { document.querySelector("article div").textContent = "texte 4 min"; });
      assert.equal((await ask("bracket")).textDigest, shot.textDigest, "a counter moved");
      await page.evaluate(() => { document.querySelector("article div").textContent = "autre texte"; });
      assert.notEqual((await ask("bracket")).textDigest, shot.textDigest);
      assert.deepEqual(await ask("restore"), { ok: true, changes: [], restored: true });
    });
  });

  test("the tiles of a tall post cover it once, without the bars, and all is put back", async () => {
    await on("https://x.com/a/status/1", page(2000), {}, async ({ page, ask }) => {
      const html = await outerHtml(page);
      await page.evaluate(() => scrollTo(0, 137));
      await ask("locate", { plan: PLAN });
      await ask("read");
      let covered = 0;
      for (let tile = 0, tiles = 1; tile < tiles; tile += 1) {
        const shot = await ask("frame", { tile });
        tiles = shot.tiles;
        assert.equal(shot.tile, tile);
        assert.ok(Math.abs(shot.offsetY - covered) < 1, `${shot.offsetY} follows ${covered}`);
        assert.ok(shot.clip.y >= 0 && shot.clip.y + shot.clip.height <= 700.5);
        assert.deepEqual(await ask("bracket"), shot);
        const over = await page.evaluate(({ x, y, width, height }) => [[2, 2], [width - 2, height - 2], [width / 2, height / 2]].every(([dx, dy]) =>
          document.elementFromPoint(x + dx, y + dy).closest("article")), shot.clip);
        assert.ok(over, "nothing stands over the clip");
        covered += shot.clip.height;
      }
      assert.ok(Math.abs(covered - 2020) < 1, covered);
      assert.deepEqual(await ask("frame", { tile: 9 }), { ok: false, code: "no_such_tile" });
      assert.deepEqual(await ask("restore"), { ok: true, changes: ["scrolled", "hidden:sticky header", "hidden:fixed footer"], restored: true });
      assert.equal(await outerHtml(page), html);
      assert.deepEqual(await scrollOf(page), [0, 137]);
    });
  });

  test("an inner scroller is scrolled and put back, by `end` as well", async () => {
    const html = `<!DOCTYPE html><title>i</title>${STYLE}<section style="height:400px;overflow:auto"><article data-testid="tweet" style="margin-top:600px"><a href="/a/status/1"><time datetime="2025-01-01">t</time></a><div style="height:900px">texte</div></article></section>`;
    await on("https://x.com/a/status/1", html, {}, async ({ page, ask }) => {
      const before = await outerHtml(page);
      await ask("locate", { plan: PLAN });
      await ask("read");
      const heights = [];
      for (let tile = 0; tile < 3; tile += 1) heights.push((await ask("frame", { tile })).clip.height);
      assert.deepEqual(heights.map(Math.round), [400, 400, 120]);
      await ask("end");
      assert.equal(await outerHtml(page), before);
      assert.equal(await page.evaluate(() => document.querySelector("section").scrollTop), 0);
    });
  });

  test("a post that the page took away is said", async () => {
    await on("https://x.com/a/status/1", page(100), {}, async ({ page, ask }) => {
      await ask("locate", { plan: PLAN });
      await ask("read");
      await page.evaluate(() => document.querySelector("article").remove());
      assert.deepEqual(await ask("frame", { tile: 0 }), { ok: false, code: "post_gone" });
      assert.equal((await ask("read")).ok, true, "what was read stays");
    });
  });
});

describe("media", () => {
  const PIXEL = Buffer.from("R0lGODlhAQABAAAAACw=", "base64");
  let server, own;
  const seen = [];
  before(async () => {
    server = createServer((request, response) => {
      seen.push({ url: request.url, cookie: request.headers.cookie, referer: request.headers.referer, mode: request.headers["sec-fetch-mode"] });
      const image = { "content-type": "image/gif", "cache-control": "max-age=600" };
      if (request.url.startsWith("/cors")) response.writeHead(200, { ...image, "access-control-allow-origin": "*" }).end(PIXEL);
      else if (request.url.startsWith("/big")) response.writeHead(200, { ...image, "access-control-allow-origin": "*" }).end(Buffer.alloc(10_000_001));
      else if (request.url.endsWith(".gif") || request.url.includes(".gif?")) response.writeHead(200, { ...image, "set-cookie": "a=1" }).end(PIXEL);
      else response.writeHead(200, { "content-type": "text/html" }).end('<!DOCTYPE html><title>m</title><article id="a"><p>Des images assez nombreuses pour un essai.</p><img src="/near.gif?token=CANARY"><img src="http://cdn.test/cors.gif"><img src="http://cdn.test/closed.gif"><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><img src="http://cdn.test/cors.gif"><img src="http://cdn.test/big.gif"><video poster="blob:http://m.test/1"></video></article>');
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    own = await launch({ args: [`--host-resolver-rules=MAP * 127.0.0.1:${server.address().port}`] });
  });
  after(async () => {
    await own.close();
    server.close();
  });

  test("only what the page shows, without cookies or referrer; what cannot be had is said", async () => {
    const context = await own.newContext();
    const page = await context.newPage();
    await page.goto("http://m.test/");
    const cdp = await context.newCDPSession(page);
    const { frameTree } = await cdp.send("Page.getFrameTree");
    const { executionContextId: contextId } = await cdp.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
    const run = async (expression) => (await cdp.send("Runtime.evaluate", { contextId, expression, awaitPromise: true, returnByValue: true })).result.value;
    await run(STUB);
    await run(script);
    const ask = (op, more = {}) => run(`ask(${JSON.stringify({ op, capture: "c1", ...more })})`);
    await page.evaluate(() => getSelection().selectAllChildren(document.querySelector("p")));
    assert.equal((await ask("locate", { plan: GENERIC })).found, "post");
    await ask("read");
    seen.length = 0;
    const answers = [];
    for (let index = 0; index < 7; index += 1) answers.push(await ask("media", { index, ask: true }));
    const base64 = PIXEL.toString("base64");
    assert.deepEqual(answers, [
      { ok: true, count: 6, url: "http://m.test/near.gif?token=temoin-omis", type: "image/gif", base64 },
      { ok: true, count: 6, url: "http://cdn.test/cors.gif", type: "image/gif", base64 },
      { ok: true, count: 6, url: "http://cdn.test/closed.gif", missing: "cors" },
      { ok: true, count: 6, url: "data:image/gif", type: "image/gif", base64 },
      { ok: true, count: 6, url: "http://cdn.test/big.gif", missing: "too_large" },
      { ok: true, count: 6, url: "blob:", missing: "blob" },
      { ok: true, count: 6 },
    ]);
    const count = seen.length;
    assert.equal((await ask("media", { index: 1 })).missing, "not_asked");
    assert.equal(seen.length, count, "unasked, the network is left alone");
    assert.ok(seen.every(({ url, cookie, referer }) => !url.startsWith("/near") && !cookie && !referer), JSON.stringify(seen));
    await context.close();
  });
});
