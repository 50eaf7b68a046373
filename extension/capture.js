/*
 * The only script that Témoin puts into a page: on a gesture, in the isolated world of the top frame.
 *
 * It finds the post, lets the user point at it, reads it, prepares it for the screenshot and puts everything back. It knows no
 * platform (selectors come with the plan), stores nothing, and asks the network for nothing but the media that the post shows.
 *
 * The page is hostile until proven otherwise. Its scripts cannot reach this world, but its *elements* can: `<img name=body>`
 * changes `document.body`. So the page's nodes are only ever read through the getters of their prototypes, taken once below.
 */
(() => {
  "use strict";

  const { runtime, dom } = globalThis.chrome; // Firefox has it too; unlike `browser`, no element's id can stand in for it.
  const INSTALLED = Symbol.for("temoin.capture"); // A symbol, for the same reason.
  globalThis[INSTALLED]?.(); // An earlier injection clears away its traces and leaves.

  const CHUNK = 500_000; // UTF-16 units in one message.
  const POST_LIMIT = 16_000_000; // Units of HTML kept for the designated post…
  const CONTEXT_LIMIT = 2_000_000; // … and for all its neighbours together,
  const CONTEXT_POSTS = 20; // which are at most so many.
  const MEDIA_BYTES = 10_000_000;
  const MEDIA_ITEMS = 20;
  const TILES = 40;
  const GRID = 24; // CSS pixels between the points at which bars over the post are looked for.
  const OMITTED = "temoin-omis";

  // ── Reading the DOM past whatever the page has hung over it ────────────────────────────────────────────────────────

  const getter = (prototype, name) => {
    const { get } = Object.getOwnPropertyDescriptor(prototype, name);
    return (node) => Reflect.apply(get, node, []);
  };
  const method = (prototype, name) => (node, ...args) => Reflect.apply(prototype[name], node, args);

  const [nodeType, parentNode, lastChild, previousSibling, baseURI] =
    ["nodeType", "parentNode", "lastChild", "previousSibling", "baseURI"].map((name) => getter(Node.prototype, name));
  const [localName, namespaceOf, openRoot, assignedSlot] =
    ["localName", "namespaceURI", "shadowRoot", "assignedSlot"].map((name) => getter(Element.prototype, name));
  const [attributeNames, attribute, setAttribute, removeAttribute, matches, closest, allWithin, boxOf, scrollIntoView] = [
    "getAttributeNames", "getAttribute", "setAttribute", "removeAttribute", "matches", "closest", "querySelectorAll",
    "getBoundingClientRect", "scrollIntoView",
  ].map((name) => method(Element.prototype, name));
  const [createElement, allInDocument, elementsFromPoint, createRange] =
    ["createElement", "querySelectorAll", "elementsFromPoint", "createRange"].map((name) => method(Document.prototype, name));
  const allInFragment = method(DocumentFragment.prototype, "querySelectorAll");
  const [rootElement, titleOf, visibilityOf, focused] =
    ["documentElement", "title", "visibilityState", "activeElement"].map((name) => getter(Document.prototype, name));
  const scrollingElement = getter(Document.prototype, "scrollingElement");
  const [scrollLeft, scrollTop, scrollHeight, clientHeight] =
    ["scrollLeft", "scrollTop", "scrollHeight", "clientHeight"].map((name) => getter(Element.prototype, name));
  const scrollTo = method(Element.prototype, "scrollTo");
  const isConnected = getter(Node.prototype, "isConnected");
  const contains = method(Node.prototype, "contains");
  const rootOf = method(Node.prototype, "getRootNode");
  const textOf = getter(Node.prototype, "textContent");
  const shownText = getter(HTMLElement.prototype, "innerText");
  const dataOf = getter(CharacterData.prototype, "data");
  const assignedNodes = method(HTMLSlotElement.prototype, "assignedNodes");
  const sourceOf = getter(HTMLImageElement.prototype, "currentSrc");
  const decode = method(HTMLImageElement.prototype, "decode");
  const styleOf = (element) => getter((element instanceof SVGElement ? SVGElement : HTMLElement).prototype, "style")(element);
  const focusOn = method(HTMLElement.prototype, "focus");

  const HTML = "http://www.w3.org/1999/xhtml";
  const isElement = (node) => nodeType(node) === Node.ELEMENT_NODE;
  const find = (selector) => (selector ? [...allInDocument(document, selector)] : []);
  const within = (element, selector) => (selector ? [...allWithin(element, selector)] : []);

  /** The same as `find`; where the document shows none, in its open shadow trees. */
  function findDeep(selector) {
    const found = find(selector);
    if (found.length > 0 || !selector) return found;
    const waiting = [find("*")];
    for (let inside = waiting.pop(); inside; inside = waiting.pop()) {
      for (const root of inside.map(openRoot).filter((root) => root !== null)) {
        found.push(...allInFragment(root, selector));
        waiting.push([...allInFragment(root, "*")]);
      }
    }
    return found;
  }

  /** The parent as the user sees it: out of a shadow tree stands its host. */
  function parentOf(element) {
    const parent = parentNode(element);
    if (parent === null) return null;
    if (nodeType(parent) === Node.DOCUMENT_FRAGMENT_NODE) return parent.host ?? null;
    return isElement(parent) ? parent : null;
  }

  function closestShown(element, selector) {
    for (let at = element; at; at = rootOf(at).host) {
      const found = closest(at, selector);
      if (found !== null) return found;
    }
    return null;
  }

  /** Viewport rectangle; of its content for an element that has no box of its own (`display: contents`). */
  function rectOf(element) {
    const box = boxOf(element);
    if (box.width > 0 || box.height > 0) return box;
    const range = createRange(document);
    range.selectNodeContents(element);
    return range.getBoundingClientRect();
  }

  const meetsViewport = ({ top, bottom, left, right, width, height }) =>
    width > 0 && height > 0 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;

  // ── What is left out, and what could not be read ───────────────────────────────────────────────────────────────────

  /** Counts omissions by kind. Names come from the page: they are cut to what a name looks like, and to 300 kinds. */
  class Ledger {
    #omissions = new Map();
    #missing = new Map();

    omit(kind, name, times = 1) {
      const plain = name === undefined || (/^[a-z][a-z0-9:._-]{0,39}$/i.test(name) && !looksSecret(name));
      let what = name === undefined ? kind : `${kind}:${plain ? name : "other"}`;
      if (!this.#omissions.has(what) && this.#omissions.size >= 300) what = "other";
      if (times > 0) this.#omissions.set(what, (this.#omissions.get(what) ?? 0) + times);
    }

    lack(what, reason) {
      if (this.#missing.size < 100) this.#missing.set(`${what}/${reason}`, { what, reason });
    }

    get omissions() {
      return [...this.#omissions].map(([what, count]) => ({ what, count })).sort((a, b) => (a.what < b.what ? -1 : 1));
    }

    get missing() {
      return [...this.#missing.values()];
    }

    /** UTF-8 has no place for half a surrogate pair, HTML none for NUL: both are replaced and said. */
    tidy(text) {
      return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|\0/g, (unit) => {
        if (unit === "\0") this.omit("control:0000");
        else this.omit(`lone_surrogate:${unit.charCodeAt(0).toString(16).toUpperCase()}`);
        return "\uFFFD";
      });
    }
  }

  // ── Secrets: what lets somebody act as the user must not travel with the evidence ──────────────────────────────────

  const SECRET_NAME = new RegExp(
    "token|auth(?!or)|session|sess(ion)?_?id|csrf|xsrf|nonce|secret|passw|passphrase|pwd|jwt|ticket|credential|signature|api-?key|" +
      "(^|[^a-z])(sid|key|sig|pass|code|access|hmac|otp|hash)([^a-z]|$)",
    "i",
  );
  const TRACKING_NAME = /^(utm_.*|fbclid|gclid|igshid?|msclkid|mc_eid|twclid|ttclid|yclid)$/i; // They name the reader.

  const secretName = (name) => SECRET_NAME.test(name.replace(/([a-z])([A-Z])/g, "$1-$2"));

  /** A JWT, 32 hexadecimal digits, or 40 signs of base64url in which capitals, small letters and digits are mixed. */
  function looksSecret(value) {
    if (value.length < 20) return false;
    if (/eyJ[\w-]{8,}\.[\w-]{4,}/.test(value) || /[0-9a-f]{32}/i.test(value)) return true;
    const mixed = (run) => /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run) && /[A-Za-z0-9]{16}/.test(run);
    return (value.match(/[\w+-]{40,}/g) ?? []).some(mixed);
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text.replaceAll("+", " "));
    } catch {
      return text;
    }
  }

  function parsedUrl(text) {
    try {
      return new URL(text, baseURI(document));
    } catch {
      return null;
    }
  }

  /** `a=1&token=x` → `a=1&token=temoin-omis`; what is harmless stays as the page wrote it. */
  function cleanPairs(text, ledger) {
    return text.replace(/[^&;]+/g, (pair) => {
      const at = pair.indexOf("=");
      const name = decoded(at < 0 ? pair : pair.slice(0, at));
      const value = decoded(at < 0 ? "" : pair.slice(at + 1));
      const identifies = session?.plan.keepParameters?.includes(name); // As the id of a post may look like a secret.
      const nested = [...value.matchAll(/[?&#]([^=&#?]+)=/g)].some(([, inner]) => secretName(inner));
      const secret = secretName(name) || TRACKING_NAME.test(name) || nested || (looksSecret(value) && !identifies);
      if (at < 0 ? !looksSecret(name) : !secret) return pair;
      ledger.omit("query", at < 0 ? "" : name);
      return at < 0 ? OMITTED : `${pair.slice(0, at)}=${OMITTED}`;
    });
  }

  /** The fragment of an address: parameters, a route with parameters, or an anchor; never a text directive. */
  function cleanFragment(text, ledger) {
    const [anchor] = text.split(":~:");
    const route = anchor.indexOf("?");
    if (route >= 0) return anchor.slice(0, route + 1) + cleanPairs(anchor.slice(route + 1), ledger);
    return anchor.includes("=") || looksSecret(anchor) ? cleanPairs(anchor, ledger) : anchor;
  }

  /** The address without secrets, as the page wrote it when nothing had to go; `null` if it may not be kept at all. */
  function cleanUrl(raw, ledger, absolute = false) {
    const text = raw.trim();
    if (/^data:image\/[a-z.+-]+[;,]/i.test(text) && text.length <= 100_000) return text;
    const based = baseURI(document).split("#")[0] === location.href.split("#")[0];
    if (text.startsWith("#") && based && !absolute) return `#${cleanFragment(text.slice(1), ledger)}`;
    const url = parsedUrl(text);
    if (url === null) {
      ledger.omit("url", "invalid");
      return null;
    }
    if (!/^https?:$/.test(url.protocol)) {
      ledger.omit("url", url.protocol.slice(0, -1));
      return null;
    }
    const before = url.href;
    if (url.username || url.password) {
      ledger.omit("url", "userinfo");
      url.username = url.password = "";
    }
    const path = url.pathname
      .replace(/;[^/;]*sess?(ion)?_?id=[^/;]*/gi, `;${OMITTED}`)
      .replace(/eyJ[\w-]{8,}\.[\w-]{4,}[\w.-]*/g, OMITTED);
    if (path !== url.pathname) {
      ledger.omit("url", "path");
      url.pathname = path;
    }
    const query = cleanPairs(url.search.slice(1), ledger);
    if (query !== url.search.slice(1)) url.search = query;
    const fragment = cleanFragment(url.hash.slice(1), ledger);
    if (fragment !== url.hash.slice(1)) url.hash = fragment;
    return absolute || url.href !== before || !based ? url.href : text;
  }

  // ── The serialiser: one subtree as the user sees it, iteratively, in one pass ──────────────────────────────────────

  const list = (text) => new Set(text.split(" "));
  const PLAIN = list(
    "id class lang dir title alt role hidden datetime colspan rowspan headers scope abbr start reversed width height open label " +
      "kind srclang name placeholder rel target translate draggable tabindex slot itemscope itemprop itemtype itemref property " +
      "typeof vocab prefix content datatype type disabled",
  );
  const ADDRESS = list("href src poster cite xlink:href itemid resource about");
  const PROSE = /^(alt|title|abbr|label|placeholder|aria-.*)$/; // Words for people: kept whatever they look like.
  const DRAWING = list(
    "viewBox d fill fill-rule clip-rule stroke stroke-width stroke-linecap stroke-linejoin x y x1 x2 y1 y2 cx cy r rx ry points " +
      "transform offset stop-color gradientUnits preserveAspectRatio display",
  );
  const NEVER = /^(on|style$|nonce$|srcdoc$|value$|data-temoin)/; // Even if a plan should ask for it.
  const VOID = list("area br col hr img input link meta source track wbr");
  const FRAMES = list("iframe frame frameset object embed applet portal fencedframe");
  const LEFT_OUT = list("script style template noscript noembed noframes base title");
  const FORM_VALUES = list("textarea select datalist output");
  const VERBATIM = list("xmp plaintext listing"); // Their content is not escaped in HTML: written as `pre`.

  /** Names of attributes to keep; `data-e2e*` stands for a family. */
  function keptNames(names) {
    const whole = new Set(names.map((name) => name.toLowerCase()));
    const families = [...whole].filter((name) => name.endsWith("*")).map((name) => name.slice(0, -1));
    return { has: (name) => whole.has(name) || families.some((family) => name.startsWith(family)) };
  }

  const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };
  const escapeText = (text) => text.replace(/[&<>\r]/g, (sign) => ESCAPES[sign]);
  const escapeValue = (text) => escapeText(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;");

  /** What an attribute becomes in the evidence: its value, or `null` (left out, counted). */
  function keptValue(name, value, element, keep, ledger) {
    const drawing = namespaceOf(element) !== HTML && DRAWING.has(name);
    const numbered = name === "value" && /^(li|data|meter|progress)$/.test(localName(element));
    const allowed = PLAIN.has(name) || PROSE.test(name) || ADDRESS.has(name) || keep.has(name) || drawing || numbered;
    if (!allowed || (NEVER.test(name) && !numbered)) {
      ledger.omit("attribute", name);
      return null;
    }
    if (drawing || PROSE.test(name)) return value;
    if (ADDRESS.has(name)) return cleanUrl(value, ledger);
    if (/^https?:/i.test(value)) return cleanUrl(value, ledger);
    if (!looksSecret(value) && !(name.startsWith("data-") && secretName(name))) return value;
    const words = value.split(/\s+/);
    const harmless = name === "class" ? words.filter((word) => !word.split("--").some(looksSecret)) : []; // `css-1a2b3c--DivVideoContainer`
    if (name !== "class" || harmless.length < words.length) ledger.omit("attribute", name);
    return name === "class" ? harmless.join(" ") : null;
  }

  function openingTag(tag, element, keep, ledger) {
    const parts = [`<${tag}`];
    for (const name of attributeNames(element)) {
      const value = keptValue(name, attribute(element, name) ?? "", element, keep, ledger);
      if (value !== null) parts.push(` ${name}="${escapeValue(value)}"`);
    }
    if (element instanceof HTMLImageElement) {
      const shown = sourceOf(element);
      const kept = shown && shown !== attribute(element, "src") ? cleanUrl(shown, new Ledger(), true) : null;
      if (kept !== null) parts.push(` data-temoin-current-src="${escapeValue(kept)}"`);
    }
    return parts.join("");
  }

  /** Why an element stays out with all it holds, or `null`. */
  function reasonToLeaveOut(element, tag, isRoot, ledger) {
    if (FRAMES.has(tag)) {
      const { host, origin } = parsedUrl(attribute(element, "src") ?? attribute(element, "data") ?? "") ?? location;
      const foreign = origin !== location.origin && host !== "";
      ledger.lack(foreign ? "cross_origin_frame" : "frame", foreign ? host : tag);
      return "frame";
    }
    if (LEFT_OUT.has(tag) && (tag !== "title" || namespaceOf(element) === HTML)) return tag;
    if (tag === "meta" || tag === "link") {
      const named = attribute(element, "itemprop") ?? attribute(element, "property");
      return named === null || secretName(named) ? tag : null;
    }
    if (tag === "input" && attribute(element, "type")?.toLowerCase() === "hidden") return "form_value";
    const editable = attribute(element, "contenteditable");
    if (!isRoot && editable !== null && editable.toLowerCase() !== "false") return "form_value"; // A draft of the user's.
    return null;
  }

  /** The children as they are shown: a shadow tree in place of its host's, the assigned nodes in place of a slot. */
  function pushShownChildren(element, tag, stack, ledger) {
    const root = openRoot(element);
    if (root === null && element instanceof HTMLElement && (tag.includes("-") || lastChild(element) === null)) {
      const closed = dom?.openOrClosedShadowRoot?.(element) ?? element.openOrClosedShadowRoot;
      if (closed) ledger.lack("closed_shadow_root", tag);
    }
    const assigned = element instanceof HTMLSlotElement ? assignedNodes(element) : [];
    for (let at = assigned.length - 1; at >= 0; at -= 1) stack.push(assigned[at]);
    if (assigned.length > 0) return;
    for (let child = lastChild(root ?? element); child !== null; child = previousSibling(child)) stack.push(child);
    if (root === null) return;
    for (let child = lastChild(element); child !== null; child = previousSibling(child)) {
      if (isElement(child) && assignedSlot(child) === null) ledger.omit("unslotted");
    }
  }

  /**
   * Open shadow trees are flattened into their hosts (marked `data-temoin-shadow`): selectors and readers then see what the user
   * saw. A thing left out leaves a comment in its place; attributes are only counted. Above the limit the rest is cut, and said.
   */
  function serialise(root, role, limit, keep, ledger) {
    const out = [];
    let size = 0;
    const stack = [root]; // Nodes to write, and closing tags as text.
    const write = (text) => {
      out.push(text);
      size += text.length;
    };
    const writeElement = (element) => {
      const isRoot = element === root;
      const name = localName(element);
      const reason = reasonToLeaveOut(element, name, isRoot, ledger);
      if (reason !== null) {
        ledger.omit(reason);
        write(`<!--${OMITTED}:${reason}-->`);
        return;
      }
      const plain = /^[a-z][\w.-]*$/i.test(name);
      const tag = VERBATIM.has(name) ? "pre" : plain ? name : "span";
      if (!plain) ledger.omit("element_name");
      const filled = tag === "input" || FORM_VALUES.has(tag);
      if (filled) {
        ledger.omit("form_value");
        write(`<!--${OMITTED}:form_value-->`); // Before the element: inside a `textarea` it would be text.
      }
      const marks = (isRoot ? ` data-temoin-role="${role}"` : "") + (openRoot(element) ? ' data-temoin-shadow="open"' : "");
      write(`${openingTag(tag, element, keep, ledger)}${marks}>`);
      if (VOID.has(tag)) return;
      stack.push(`</${tag}>`);
      if (filled) return;
      if (tag === "canvas") ledger.lack("canvas", "pixels_only");
      if (tag === "pre") write("\n"); // A parser drops the first line feed of `pre`: this one.
      pushShownChildren(element, tag, stack, ledger);
    };
    while (stack.length > 0) {
      const item = stack.pop();
      if (typeof item === "string") out.push(item);
      else if (size >= limit) ledger.lack(`html_${role}`, "too_large");
      else if (isElement(item)) {
        try {
          writeElement(item);
        } catch {
          ledger.lack("element", "unreadable"); // One strange element must not cost the evidence.
        }
      } else if (nodeType(item) === Node.TEXT_NODE || nodeType(item) === Node.CDATA_SECTION_NODE) {
        const text = dataOf(item);
        if (text.length > limit - size) ledger.lack(`html_${role}`, "too_large");
        write(escapeText(text.slice(0, limit - size)));
      } else ledger.omit("comment");
    }
    return out.join("");
  }

  /** Without secrets, and without a sign that could end a script. */
  function cleanJson(value, kind, ledger) {
    const clean = JSON.stringify(value, (key, value) => {
      const text = typeof value === "string" ? value : "";
      if (/^https?:/i.test(text)) return cleanUrl(text, ledger) ?? OMITTED;
      if (!secretName(key) && (/\s/.test(text) || !looksSecret(text))) return value;
      ledger.omit(kind, key);
      return OMITTED;
    });
    return clean.replaceAll("<", "\\u003c");
  }

  /** The page's own data about the post, as it keeps it in scripts: the values that the plan names, and nothing beside them. */
  function pageState(plan, ledger) {
    const kept = [];
    for (const { css, after, paths } of plan.pageState ?? []) {
      for (const script of find(css).slice(0, 200)) {
        const text = textOf(script);
        const from = text.indexOf(after);
        if (from < 0 || text.length > 8_000_000) continue;
        try {
          const root = JSON.parse(firstValue(text, from + after.length));
          const part = Object.create(null);
          for (const path of paths) copyPart(root, part, path.split("/").slice(1));
          const id = attribute(script, "id");
          const named = id === null ? "" : ` id="${escapeValue(id)}"`;
          kept.push(`<script type="application/json"${named}>${after}${cleanJson(part, "page_state", ledger)}</script>`);
          break;
        } catch {
          ledger.omit("page_state", "unreadable");
        }
      }
    }
    return kept.join("");
  }

  /** The object or list that begins there; a script goes on after it. */
  function firstValue(text, from) {
    let depth = 0;
    let quoted = false;
    for (let at = from; at < text.length; at += 1) {
      const sign = text[at];
      if (quoted && sign === "\\") at += 1;
      else if (sign === '"') quoted = !quoted;
      else if (!quoted && /[{[]/.test(sign)) depth += 1;
      else if (!quoted && /[}\]]/.test(sign)) depth -= 1;
      if (depth === 0 && /[}\]]/.test(sign) && !quoted) return text.slice(from, at + 1);
    }
    return text.slice(from);
  }

  /** Copies what a JSON pointer leads to; `*` stands for every item. */
  function copyPart(source, target, [name, ...rest]) {
    if (typeof source !== "object" || source === null) return;
    const key = name?.replaceAll("~1", "/").replaceAll("~0", "~");
    for (const each of key === "*" ? Object.keys(source).slice(0, 1000) : Object.hasOwn(source, key ?? "") ? [key] : []) {
      const value = source[each];
      if (rest.length > 0 && typeof value === "object" && value !== null) {
        target[each] ??= Array.isArray(value) ? [] : Object.create(null);
        copyPart(value, target[each], rest);
      } else if (rest.length === 0 && typeof value !== "object") target[each] = value;
    }
  }

  /** Structured data that the page publishes for machines; parsed and written anew, without secrets. */
  function jsonLd(ledger) {
    const scripts = find('script[type="application/ld+json" i]');
    const kept = [];
    for (const script of scripts.slice(0, CONTEXT_POSTS)) {
      try {
        const text = textOf(script);
        if (text.length > 256_000) throw new RangeError("too large");
        kept.push(`<script type="application/ld+json">${cleanJson(JSON.parse(text), "json_ld", ledger)}</script>`);
      } catch {
        ledger.omit("json_ld", "unreadable");
      }
    }
    ledger.omit("json_ld", "more", scripts.length - Math.min(scripts.length, CONTEXT_POSTS));
    return kept.join("");
  }

  function headOf(plan, canonical, lang, title, ledger) {
    const metas = find("head meta");
    const kept = metas.flatMap((meta) => {
      const property = attribute(meta, "property") ?? "";
      if (!/^(og:(title|url|description)|article:published_time)$/.test(property)) return [];
      const content = attribute(meta, "content") ?? "";
      const value = property === "og:url" ? cleanUrl(content, ledger, true) : content;
      return value === null ? [] : [`<meta property="${property}" content="${escapeValue(value)}">`];
    });
    ledger.omit("meta", undefined, metas.length - kept.length);
    return [
      `<!DOCTYPE html><html${lang === null ? "" : ` lang="${escapeValue(lang)}"`}><head><meta charset="utf-8">`,
      `<title>${escapeText(title)}</title>`,
      canonical === null ? "" : `<link rel="canonical" href="${escapeValue(canonical)}">`,
      ...kept,
      jsonLd(ledger),
      pageState(plan, ledger),
      "</head><body>",
    ].join("");
  }

  /** The other posts worth keeping: those on screen, or on a permalink page the whole thread; the nearest first to be kept. */
  function contextOf({ post, plan }, ledger) {
    const posts = findDeep(plan.postSelector);
    const here = posts.indexOf(post);
    const others = posts
      .map((other, index) => ({ other, index, distance: Math.abs(index - here) }))
      .filter(({ other }) => !contains(post, other) && !contains(other, post));
    const worth = others
      .filter(({ other }) => plan.wanted || meetsViewport(rectOf(other)))
      .sort((a, b) => a.distance - b.distance)
      .slice(0, CONTEXT_POSTS)
      .sort((a, b) => a.index - b.index);
    ledger.omit("other_post", undefined, others.length - worth.length);
    return worth.map(({ other }) => other);
  }

  /** The whole reading: the JSON of `PageSnapshot`. Nothing in the page has been changed before this is done. */
  function snapshot(session) {
    const { post, plan, designatedBy, selection } = session;
    const now = new Date();
    const ledger = new Ledger();
    const keep = keptNames(plan.keepAttributes ?? []);
    const declared = find('link[rel~="canonical" i]').map((link) => attribute(link, "href"));
    const published = find('meta[property="og:url"]').map((meta) => attribute(meta, "content"));
    const canonicalRaw = [...declared, ...published].find((address) => address);
    const canonical = canonicalRaw === undefined ? null : cleanUrl(canonicalRaw, ledger, true);
    const lang = attribute(rootElement(document), "lang");
    const title = titleOf(document).slice(0, 2000);
    const parts = [headOf(plan, canonical, lang, title, ledger), serialise(post, "post", POST_LIMIT, keep, ledger)];
    let room = CONTEXT_LIMIT;
    for (const other of contextOf(session, ledger)) {
      const html = room > 0 ? serialise(other, "context", room, keep, ledger) : "";
      if (html === "") ledger.omit("other_post");
      parts.push(html);
      room -= html.length;
    }
    const more = mediaOf(session).length - MEDIA_ITEMS;
    if (more > 0) ledger.lack("media", `more_than_${MEDIA_ITEMS}`);
    const box = rectOf(post);
    const whole = {
      version: 1,
      url: cleanUrl(location.href, ledger, true) ?? location.protocol,
      canonical,
      title: ledger.tidy(title),
      lang: lang === null ? null : ledger.tidy(lang),
      readAt: now.toISOString(),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone ?? null,
      utcOffsetMinutes: -now.getTimezoneOffset(),
      userAgent: navigator.userAgent,
      languages: [...navigator.languages],
      viewport: { ...viewport(), scrollX: Math.round(scrollX), scrollY: Math.round(scrollY) },
      rect: {
        x: Math.round(box.left + scrollX),
        y: Math.round(box.top + scrollY),
        width: Math.round(box.width),
        height: Math.round(box.height),
      },
      designatedBy,
      selection: designatedBy === "selection" ? ledger.tidy(selection) : null,
      html: ledger.tidy(`${parts.join("")}</body></html>`),
    };
    return JSON.stringify({ ...whole, omissions: ledger.omissions, missing: ledger.missing });
  }

  const viewport = () => ({
    width: Math.round(innerWidth),
    height: Math.round(innerHeight),
    devicePixelRatio: String(Math.round(devicePixelRatio * 10_000) / 10_000),
  });

  /** Pieces for messages; never between the halves of a surrogate pair. */
  function cutInChunks(text) {
    const chunks = [];
    for (let from = 0; from < text.length; ) {
      let to = Math.min(from + CHUNK, text.length);
      if (to < text.length && /[\uD800-\uDBFF]/.test(text[to - 1])) to -= 1;
      chunks.push(text.slice(from, to));
      from = to;
    }
    return chunks;
  }

  // ── Finding the post ───────────────────────────────────────────────────────────────────────────────────────────────

  /** Some addresses name what stands inside a post in base64: the text that a value encodes, if it is one, else the value. */
  function unpacked(value) {
    try {
      const text = value.length >= 16 ? atob(value) : value;
      return /^[\x20-\x7e]+$/.test(text) ? text : value;
    } catch {
      return value;
    }
  }

  /** Path and parameters, as a pattern reads them. */
  function readable(url) {
    const pairs = [...url.searchParams].map(([name, value]) => `${name}=${unpacked(value)}`);
    return url.pathname + (pairs.length > 0 ? `?${pairs.join("&")}` : "");
  }

  /** The posts whose own address (not that of a post nested in them) names the wanted one: whole segments, whole parameters. */
  function wantedPosts({ permalinkSelector, permalinkAttributes = [], postSelector, wanted }) {
    const pattern = new RegExp(`${wanted}(?![^/?&#])`);
    const address = (mark) => {
      const own = permalinkAttributes.map((name) => attribute(mark, name)).find((value) => value !== null);
      const anchor = own === undefined ? closest(mark, "a[href]") : null;
      const url = parsedUrl(own ?? (anchor === null ? "" : attribute(anchor, "href")));
      return url === null || (own === undefined && anchor === null) ? "" : readable(url);
    };
    const marks = [...findDeep(permalinkSelector || "a[href]"), ...(permalinkAttributes.length > 0 ? findDeep(postSelector) : [])];
    const named = marks.filter((mark) => pattern.test(address(mark)));
    return [...new Set(named.map((mark) => closestShown(mark, postSelector)))].filter((post) => post !== null);
  }

  const MESSAGE =
    'article, [role="article"], [role="comment"], [data-comment-id], ' +
    '[id^="comment" i]:not([id^="comments" i]):not([id^="commentlist" i])';
  const BLOCK = `${MESSAGE}, li, blockquote, section`;
  const SIGNED = 'time, [datetime], [rel~="author"], [itemprop~="author"], [class*="author" i]';

  /** What a selection designates on a page of no known shape: the message around it, else the nearest signed or dated block. */
  function blockAround(start, selection) {
    const message = closestShown(start, MESSAGE);
    if (message !== null && textOf(message).length <= 50_000) return message;
    const enough = Math.max(2000, 8 * selection.length);
    let fallback = null;
    for (let at = start, steps = 0; at !== null && steps < 12; at = parentOf(at), steps += 1) {
      const length = matches(at, "body, html") ? Infinity : textOf(at).trim().length;
      if (length > enough) break;
      if (matches(at, BLOCK)) return at;
      if (!matches(at, "div, td, figure, main, pre")) continue;
      if (within(at, SIGNED).length > 0) return at;
      if (fallback === null && length >= 40) fallback = at;
    }
    return fallback ?? start;
  }

  function designate(session, post, designatedBy) {
    session.post = post;
    session.designatedBy = designatedBy;
  }

  function locate(session) {
    const { plan } = session;
    const selected = getSelection();
    const chosen = selected !== null && selected.rangeCount > 0 && !selected.isCollapsed;
    const node = chosen ? selected.getRangeAt(0).commonAncestorContainer : null;
    const start = node === null || isElement(node) ? node : parentOf(node);
    const selectedPost = start !== null && plan.postSelector ? closestShown(start, plan.postSelector) : null;
    const found = (post, designatedBy, count = 1) => {
      designate(session, post, designatedBy);
      return { ok: true, found: "post", count };
    };
    if (chosen) session.selection = String(selected).slice(0, 20_000);
    if (start !== null && selectedPost === null) return found(blockAround(start, session.selection), "selection");
    const posts = findDeep(plan.postSelector);
    const onScreen = (found) => found.find((post) => meetsViewport(rectOf(post))) ?? found[0];
    // The same post may stand twice, as under the viewer of its picture: the one on screen is meant.
    const wanted = plan.wanted && plan.postSelector ? wantedPosts(plan) : [];
    if (wanted.length > 0) return found(onScreen(wanted), "permalink", wanted.length);
    if (!plan.wanted && selectedPost !== null) return found(selectedPost, "selection");
    const main = findDeep(plan.mainSelector);
    if (main.length > 0) return found(onScreen(main), "permalink", main.length);
    const count = plan.postSelector ? posts.length : find(BLOCK).length;
    return { ok: true, found: count > 0 ? "many" : "none", count };
  }

  // ── The picker: the user points at the post, with the mouse or the keyboard ────────────────────────────────────────

  const FRENCH = {
    label: "Témoin\u00a0: choisir la publication",
    title: "Quelle publication capturer\u00a0?",
    keys: [["Clic", "Entrée", "capturer"], ["↑", "↓", "parcourir"], ["←", "→", "élargir, resserrer"], ["Échap", "", "annuler"]],
    at: (index, count, text) => `Publication ${index} sur ${count}\u00a0: ${text}`,
    element: (text) => `Élément\u00a0: ${text}`,
  };
  const ENGLISH = {
    label: "Témoin: choose the post",
    title: "Which post do you want to capture?",
    keys: [["Click", "Enter", "capture"], ["↑", "↓", "move"], ["←", "→", "widen, narrow"], ["Esc", "", "cancel"]],
    at: (index, count, text) => `Post ${index} of ${count}: ${text}`,
    element: (text) => `Element: ${text}`,
  };

  const LOOK = {
    veil:
      "all:initial!important;position:fixed!important;inset:0!important;z-index:2147483647!important;display:block!important;" +
      "cursor:crosshair!important",
    // Dark between two light rings is seen on any page; the great shadow dims all that is not the post.
    ring:
      "position:fixed;pointer-events:none;border-radius:14px;visibility:hidden;" +
      "outline:3px solid transparent;outline-offset:4px;" + // Seen where the user's own colours forbid shadows.
      "box-shadow:0 0 0 3px #fff,0 0 0 7px #5b3fd6,0 0 0 9px #fff,0 0 0 200vmax rgba(18,16,32,.5);",
    moves: "transition:left .12s,top .12s,width .12s,height .12s ease-out",
    bar:
      "position:fixed;left:50%;bottom:24px;transform:translateX(-50%);box-sizing:border-box;width:max-content;" +
      "max-width:calc(100vw - 24px);pointer-events:none;padding:14px 20px;border-radius:16px;background:#17151f;color:#fff;" +
      "border:1px solid rgba(255,255,255,.35);box-shadow:0 8px 32px rgba(0,0,0,.45);text-align:center;outline:none;" +
      "font:400 15px/1.45 system-ui,sans-serif",
    title: "font-weight:600;font-size:16px",
    where: "color:#d9d3ff;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;max-width:560px",
    help: "margin-top:8px;display:flex;flex-wrap:wrap;justify-content:center;gap:6px 18px;color:#e4e1ee",
    key:
      "font:600 13px/1 system-ui,sans-serif;display:inline-block;padding:4px 7px;margin:0 2px;border-radius:6px;" +
      "background:#322e44;border:1px solid #8e86b5;color:#fff",
  };

  /** An element of ours. Styled through the CSSOM, which no page's content policy can forbid. */
  function make(tag, css, text = "") {
    const element = createElement(document, tag);
    element.style.cssText = css;
    element.textContent = text;
    return element;
  }

  function startPicker(session) {
    const { plan } = session;
    const words = /^fr\b/i.test(navigator.language) ? FRENCH : ENGLISH;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const address = location.href;
    const previousFocus = focused(document);
    const scrolls = new Map();
    let current = null;

    const host = make("div", LOOK.veil);
    const shadow = host.attachShadow({ mode: "closed" });
    const ring = make("div", LOOK.ring + (calm ? "" : LOOK.moves));
    const bar = make("div", LOOK.bar);
    bar.tabIndex = -1;
    bar.setAttribute("role", "application"); // Screen readers then let the arrow keys through.
    bar.setAttribute("aria-label", words.label);
    const status = make("div", "");
    status.setAttribute("role", "status");
    status.setAttribute("aria-atomic", "false"); // After a move only what changed is spoken.
    const where = make("div", LOOK.where);
    const help = make("div", LOOK.help);
    for (const [one, other, does] of words.keys) {
      if (one === "←" && plan.postSelector) continue; // Only a page of no known shape has blocks in blocks.
      const hint = make("span", "white-space:nowrap");
      hint.append(make("kbd", LOOK.key, one), other && " ", other && make("kbd", LOOK.key, other), ` ${does}`);
      help.append(hint);
    }
    status.append(make("div", LOOK.title, words.title), where, help);
    bar.setAttribute("aria-description", help.textContent);
    bar.append(status);
    shadow.append(ring, bar);

    const small = ({ width, height }) => width < 24 || height < 12;
    const choices = () =>
      findDeep(plan.postSelector || `${BLOCK}, p, td, figure`).slice(0, 20_000).filter((element) => !small(rectOf(element)));

    /** The post (or on a page of no known shape the block) under a point, through open shadow trees. */
    function under(x, y) {
      let at = elementsFromPoint(document, x, y).find((element) => element !== host) ?? null;
      for (let inner = at; inner !== null && inner !== undefined; ) {
        at = inner;
        const deeper = openRoot(at)?.elementFromPoint(x, y);
        inner = deeper && deeper !== at ? deeper : null;
      }
      if (at === null) return null;
      const found = closestShown(at, plan.postSelector || `${BLOCK}, div, p, td, figure, main, pre`);
      return found !== null && matches(found, "html, body") ? null : found;
    }

    function draw() {
      ring.style.visibility = current === null ? "hidden" : "visible";
      if (current === null) return;
      const { left, top, width, height } = rectOf(current);
      const room = boxOf(bar).height + 48; // The bar goes to the top when that uncovers the post.
      const up = top + height > innerHeight - room && top > room;
      Object.assign(bar.style, { top: up ? "24px" : "auto", bottom: up ? "auto" : "24px" });
      const around = { left: left - 2, top: top - 2, width: width + 4, height: height + 4 };
      for (const [side, length] of Object.entries(around)) ring.style[side] = `${length}px`;
    }

    function show(element, spoken) {
      if (element === current && !spoken) return;
      current = element;
      draw();
      if (!spoken || element === null) return;
      const shown = element instanceof HTMLElement ? shownText(element) : textOf(element);
      const text = shown.slice(0, 400).replace(/\s+/g, " ").trim().slice(0, 120);
      const all = choices();
      where.textContent = plan.postSelector ? words.at(all.indexOf(element) + 1, all.length, text) : words.element(text);
    }

    function move(step) {
      const all = choices();
      if (all.length === 0) return;
      const here = all.indexOf(current);
      const visible = all.findIndex((element) => rectOf(element).bottom > 0 && rectOf(element).top >= -8);
      const next = here < 0 ? Math.max(visible, 0) : Math.min(Math.max(here + step, 0), all.length - 1);
      const chosen = all[next];
      for (const scroller of scrollersOf(chosen)) {
        if (!scrolls.has(scroller)) scrolls.set(scroller, [scrollLeft(scroller), scrollTop(scroller)]);
      }
      const { top, bottom, height } = rectOf(chosen);
      const block = height > innerHeight ? "start" : "center";
      if (top < 0 || bottom > innerHeight) scrollIntoView(chosen, { block, behavior: "instant" });
      show(chosen, true);
    }

    /** The nearest block around (`outwards`), or back to the first one inside. */
    function resize(outwards) {
      if (current === null) return;
      const parent = parentOf(current);
      const next = outwards ? parent && closestShown(parent, `${BLOCK}, div, main`) : within(current, `${BLOCK}, p`)[0];
      if (next && !matches(next, "html, body")) show(next, true);
    }

    function close() {
      for (const [name, listener] of listeners) removeEventListener(name, listener, OPTIONS);
      session.closePicker = null;
      const moved = isConnected(host) && shadow.activeElement !== null;
      host.remove();
      if (moved && previousFocus instanceof HTMLElement) focusOn(previousFocus, { preventScroll: true });
    }

    function finish(event) {
      close();
      if (event === "cancelled") {
        for (const [scroller, [left, top]] of scrolls) scrollTo(scroller, { left, top, behavior: "instant" });
      }
      tell(session, event);
    }

    const cancel = () => finish("cancelled");
    function choose() {
      if (current === null) return;
      if (location.href !== address || !isConnected(current)) return cancel();
      designate(session, current, "picker");
      finish("picked");
    }

    // Only the user's own gestures count: an event that a page made up is swallowed without effect.
    const swallow = (event) => {
      event.stopImmediatePropagation();
      if (event.cancelable && !/^(wheel|key)/.test(event.type)) event.preventDefault();
    };
    const on = (act) => (event) => {
      swallow(event);
      if (event.isTrusted) act(event);
    };
    const keys = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      ArrowLeft: () => !plan.postSelector && resize(true),
      ArrowRight: () => !plan.postSelector && resize(false),
      Enter: choose,
      Escape: cancel,
    };
    const byKeyboard = on((event) => {
      const act = event.key === "Tab" ? () => move(event.shiftKey ? -1 : 1) : keys[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    });
    const byMouse = on(({ clientX, clientY }) => {
      if (location.href !== address) return cancel();
      show(under(clientX, clientY), false);
    });
    const byClick = on((event) => {
      show(under(event.clientX, event.clientY), false);
      choose();
    });
    const byWheel = on(({ clientX, clientY, deltaY }) => {
      const [inner, outer] = scrollersOf(under(clientX, clientY) ?? rootElement(document)); // Our veil keeps the wheel from it.
      if (outer) scrollTo(inner, { top: scrollTop(inner) + deltaY, behavior: "instant" });
    });
    const OPTIONS = { capture: true, passive: false };
    const others =
      "keyup keypress pointerdown pointerup mousedown mouseup mousemove mouseover dblclick auxclick touchstart touchend dragstart";
    const listeners = [
      ["pointermove", byMouse], ["click", byClick], ["keydown", byKeyboard], ["wheel", byWheel], ["contextmenu", on(cancel)],
      ["scroll", draw], ["resize", draw], ["pagehide", cancel], ["popstate", cancel], ["hashchange", cancel],
      ...others.split(" ").map((name) => [name, swallow]),
    ];
    for (const [name, listener] of listeners) addEventListener(name, listener, OPTIONS);
    session.closePicker = close;
    rootElement(document).append(host);
    host.popover = "manual"; // Above the page's own dialogs.
    host.showPopover();
    bar.focus({ preventScroll: true });
  }

  function tell({ capture }, event) {
    runtime.sendMessage({ temoin: 1, event, capture })?.catch?.(() => {}); // The background may be asleep for good.
  }

  // ── The picture: bring the post into view piece by piece, and put everything back ──────────────────────────────────

  /** What scrolls around an element, from the inside out; the document's own scroller last. */
  function scrollersOf(element) {
    const page = scrollingElement(document) ?? rootElement(document);
    const scrollers = [];
    for (let at = parentOf(element); at !== null && at !== page; at = parentOf(at)) {
      if (scrollHeight(at) > clientHeight(at) && /auto|scroll/.test(getComputedStyle(at).overflowY)) scrollers.push(at);
    }
    return [...scrollers, page];
  }

  /** The part of the viewport where the post can be seen. */
  function portOf(scrollers) {
    const view = visualViewport ?? { width: innerWidth, height: innerHeight, scale: 1 };
    const page = {
      left: 0, top: 0, // What follows is without the scroll bars.
      right: Math.min(innerWidth, view.width * view.scale), bottom: Math.min(innerHeight, view.height * view.scale),
    };
    return scrollers.slice(0, -1).map((scroller) => boxOf(scroller)).reduce(
      (port, box) => ({
        left: Math.max(port.left, box.left), top: Math.max(port.top, box.top),
        right: Math.min(port.right, box.right), bottom: Math.min(port.bottom, box.bottom),
      }),
      page,
    );
  }

  function rememberScroll(session, scroller) {
    const [left, top] = [scrollLeft(scroller), scrollTop(scroller)];
    if (session.changes.some((change) => change.of === scroller)) return;
    session.changes.push({
      of: scroller,
      what: "scrolled",
      undo: () => scrollTo(scroller, { left, top, behavior: "instant" }),
      undone: () => Math.abs(scrollTop(scroller) - top) < 1 && Math.abs(scrollLeft(scroller) - left) < 1,
    });
  }

  function hide(session, bar) {
    if (session.changes.some((change) => change.of === bar)) return;
    const before = attribute(bar, "style");
    const what = `hidden:${getComputedStyle(bar).position} ${localName(bar).slice(0, 40)}`;
    session.changes.push({
      of: bar,
      what,
      undo: () => {
        setAttribute(bar, "style", before ?? ""); // Chromium leaves `style=""` behind if it was never written out before.
        if (before === null) removeAttribute(bar, "style");
      },
      undone: () => attribute(bar, "style") === before,
    });
    for (const [name, value] of [["transition", "none"], ["opacity", "0"], ["visibility", "hidden"]]) {
      styleOf(bar).setProperty(name, value, "important");
    }
  }

  /** Hides the fixed and sticky bars that stand over the clip; looks at a grid of points, as close as the smallest button. */
  function uncover(session, clip) {
    const bars = new Set();
    const points = (from, length) => [...Array(Math.ceil(length / GRID)).keys()].map((at) => from + Math.min(at * GRID + 1, length - 1));
    for (const x of points(clip.x, clip.width)) {
      for (const y of [...points(clip.y, clip.height), clip.y + clip.height - 1]) {
        for (const above of elementsFromPoint(document, x, y)) {
          if (contains(session.post, above) || contains(above, session.post)) break;
          for (let at = above; at !== null && !contains(at, session.post); at = parentOf(at)) {
            if (/fixed|sticky/.test(getComputedStyle(at).position)) bars.add(at);
          }
        }
      }
    }
    for (const bar of bars) hide(session, bar);
    return bars.size > 0;
  }

  /** One tile if the post is in view or fits; else as many as the height of the port asks for. */
  function planTiles(session) {
    const scrollers = scrollersOf(session.post);
    const box = rectOf(session.post);
    const port = portOf(scrollers);
    if (box.top >= port.top && box.bottom <= port.bottom) return { scrollers, still: true, count: 1, height: box.height };
    for (const scroller of scrollers) rememberScroll(session, scroller);
    const fits = box.height <= port.bottom - port.top;
    scrollIntoView(session.post, { block: fits ? "center" : "start", inline: "nearest", behavior: "instant" });
    const seen = portOf(scrollers);
    const height = Math.max(Math.floor(seen.bottom - seen.top), 1);
    const tall = rectOf(session.post).height;
    if (tall <= height) return { scrollers, still: true, count: 1, height: tall };
    return { scrollers, still: false, count: Math.min(Math.ceil(tall / height), TILES), height };
  }

  /** Brings the beginning of the tile to the top of the port; what an inner scroller cannot give, the outer one does. */
  function scrollToTile({ post, tiles, tile }) {
    if (tiles.still) return;
    for (const scroller of tiles.scrollers) {
      const left = rectOf(post).top + tile * tiles.height - portOf(tiles.scrollers).top;
      if (Math.abs(left) >= 1) scrollTo(scroller, { top: scrollTop(scroller) + left, behavior: "instant" });
    }
  }

  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const twoFrames = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  /** Two frames drawn and the pictures of the post decoded; a hidden tab draws nothing, so neither wait is endless. */
  async function settle(post) {
    await Promise.race([twoFrames(), pause(400)]);
    const images = within(post, "img").filter((image) => meetsViewport(boxOf(image)));
    await Promise.race([Promise.allSettled(images.slice(0, 100).map((image) => decode(image))), pause(1500)]);
  }

  /** What must be equal before and after the shot. */
  function bracket({ post, tiles, tile }) {
    const box = rectOf(post);
    const port = portOf(tiles.scrollers);
    const start = tiles.still ? 0 : tile * tiles.height;
    const from = { x: Math.max(box.left, port.left), y: Math.max(box.top + start, port.top) };
    const end = Math.min(box.bottom, port.bottom, tiles.still ? Infinity : box.top + (tile + 1) * tiles.height);
    return {
      ok: true,
      tiles: tiles.count,
      tile,
      document: { href: cleanUrl(location.href, new Ledger(), true) ?? location.protocol, timeOrigin: performance.timeOrigin },
      visible: visibilityOf(document) === "visible",
      viewport: viewport(),
      rect: { x: box.left, y: box.top, width: box.width, height: box.height },
      clip: { ...from, width: Math.max(Math.min(box.right, port.right) - from.x, 0), height: Math.max(end - from.y, 0) },
      offsetY: from.y - box.top,
      textDigest: digest(textOf(post)),
    };
  }

  /** FNV-1a over the text without its digits: counters and "3 min" move between two shots, the words do not. */
  function digest(text) {
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (unit < 48 || unit > 57) hash = Math.imul(hash ^ unit, 0x01000193);
    }
    return (hash >>> 0).toString(16).padStart(8, "0");
  }

  async function frame(session, tile) {
    session.tiles ??= planTiles(session);
    if (!Number.isInteger(tile) || tile < 0 || tile >= session.tiles.count) return { ok: false, code: "no_such_tile" };
    session.tile = tile;
    scrollToTile(session);
    await settle(session.post);
    scrollToTile(session); // A picture that arrived may have moved the post.
    if (uncover(session, bracket(session).clip)) await settle(session.post);
    return bracket(session);
  }

  function restore(session) {
    session.closePicker?.();
    const changes = session.changes.splice(0);
    session.tiles = null;
    for (const change of changes.toReversed()) change.undo();
    const restored = changes.every((change) => change.undone());
    return { ok: true, changes: [...new Set(changes.map(({ what }) => what))], restored };
  }

  // ── The media that the post shows: their bytes, from the cache where the browser allows it ─────────────────────────

  function mediaOf({ post, plan }) {
    const shown = within(post, plan.mediaSelector).map((element) =>
      element instanceof HTMLImageElement ? sourceOf(element) || attribute(element, "src") : attribute(element, "poster"),
    );
    return [...new Set(shown.filter((address) => address).map((address) => parsedUrl(address)?.href).filter(Boolean))];
  }

  /** `ask`: whether the network may be asked. Without it only what the browser holds is read; a fresh install asks nothing. */
  async function media(session, index, ask) {
    const all = mediaOf(session).slice(0, MEDIA_ITEMS);
    const count = all.length;
    if (!Number.isInteger(index) || index < 0 || index >= count) return { ok: true, count };
    const address = new URL(all[index]);
    if (address.protocol === "data:") return { ok: true, count, ...dataUrl(address.href) };
    const url = cleanUrl(address.href, new Ledger(), true) ?? address.protocol;
    if (!/^https?:$/.test(address.protocol)) return { ok: true, count, url, missing: address.protocol.slice(0, -1) };
    const near = address.origin === location.origin;
    if (!near && ask !== true) return { ok: true, count, url, missing: "not_asked" };
    const how = near
      ? { mode: "same-origin", cache: "only-if-cached" }
      : { mode: "cors", credentials: "omit", referrerPolicy: "no-referrer", cache: "force-cache" };
    try {
      const response = await fetch(address, { ...how, signal: AbortSignal.timeout(10_000) });
      if (!response.ok) return { ok: true, count, url, missing: near ? "not_cached" : "network" };
      const blob = await blobOf(response);
      if (blob === null) return { ok: true, count, url, missing: "too_large" };
      return { ok: true, count, url, type: mimeType(response.headers.get("content-type")), base64: await base64OfBlob(blob) };
    } catch (error) {
      const missing = near ? "not_cached" : error.name === "TimeoutError" || !navigator.onLine ? "network" : "cors";
      return { ok: true, count, url, missing };
    }
  }

  const mimeType = (text) => /^[a-z]+\/[a-z0-9.+-]{1,60}/i.exec(text ?? "")?.[0].toLowerCase() ?? "application/octet-stream";

  async function blobOf(response) {
    if (Number(response.headers.get("content-length")) > MEDIA_BYTES) return null;
    const pieces = [];
    let size = 0;
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) return new Blob(pieces);
      size += value.length;
      if (size > MEDIA_BYTES) {
        await reader.cancel();
        return null;
      }
      pieces.push(value);
    }
  }

  /** By way of text: in Firefox a script of an extension may not look into a buffer that the page's world made. */
  const base64OfBlob = (blob) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

  function base64(bytes) {
    const pieces = [];
    const step = 3 * 8192; // Whole groups of three bytes, so that the pieces can be put end to end.
    for (let at = 0; at < bytes.length; at += step) pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + step))));
    return pieces.join("");
  }

  function dataUrl(address) {
    const [, type = "", encoded, body] = /^data:([^;,]*)[^,]*?(;base64)?,(.*)$/is.exec(address) ?? [];
    const url = `data:${mimeType(type)}`;
    if (body === undefined || body.length > 2 * MEDIA_BYTES) return { url, missing: "too_large" };
    try {
      const text = decodeURIComponent(body);
      const bytes = encoded ? Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)) : new TextEncoder().encode(text);
      return bytes.length > MEDIA_BYTES ? { url, missing: "too_large" } : { url, type: mimeType(type), base64: base64(bytes) };
    } catch {
      return { url, missing: "network" };
    }
  }

  // ── Messages: one capture at a time, one request after the other, from our own background only ─────────────────────

  let session = null;

  const refuse = (code) => ({ ok: false, code });

  async function answer({ op, capture, plan, index, tile, ask }) {
    if (typeof capture !== "string" || capture === "") return refuse("bad_message");
    if (op === "locate") {
      if (typeof plan !== "object" || plan === null) return refuse("bad_plan");
      if (session !== null) restore(session);
      session = { capture, plan, post: null, designatedBy: null, selection: "" };
      Object.assign(session, { chunks: null, changes: [], tiles: null, tile: 0, closePicker: null });
      return locate(session);
    }
    if (session === null || session.capture !== capture) return refuse("other_capture");
    if (op === "end") return leave();
    if (op === "restore") return restore(session);
    if (op === "pick") {
      session.closePicker?.();
      startPicker(session);
      return { ok: true };
    }
    if (session.post === null) return refuse("no_post");
    if (op === "read") {
      if (session.chunks === null && session.changes.length > 0) return refuse("page_changed");
      const text = session.chunks === null ? snapshot(session) : session.chunks.join("");
      session.chunks ??= cutInChunks(text);
      return { ok: true, length: text.length, chunks: session.chunks.length };
    }
    if (session.chunks === null) return refuse("not_read");
    if (op === "chunk") {
      const text = session.chunks[index];
      return typeof text === "string" ? { ok: true, text } : refuse("no_such_chunk");
    }
    if (!isConnected(session.post)) return refuse("post_gone");
    if (op === "frame") return frame(session, tile);
    if (op === "bracket") return session.tiles === null ? refuse("no_frame") : bracket(session);
    if (op === "media") return media(session, index, ask);
    return refuse("unknown_op");
  }

  function leave() {
    if (session !== null) restore(session);
    session = null;
    runtime.onMessage.removeListener(listen);
    delete globalThis[INSTALLED];
    return { ok: true };
  }

  let last = Promise.resolve();
  function listen(message, sender, reply) {
    const ours = sender.id === runtime.id && (!sender.tab || sender.url?.startsWith(runtime.getURL("")));
    if (message?.temoin !== 1 || !ours || typeof message.op !== "string") return false;
    const failed = (error) => reply(refuse(error?.name === "SyntaxError" ? "bad_plan" : "page_error"));
    last = last.then(() => answer(message)).then(reply, failed);
    return true; // The answer comes later.
  }

  runtime.onMessage.addListener(listen);
  globalThis[INSTALLED] = leave;
})();
