// A stand-in for the extension's background: answers requests with views, so that the pages can be tried alone.
// Runs in the page before its own scripts; `globalThis.mockSetup` = {lang, messages, scenario}.
(() => {
  const { lang, messages, scenario } = globalThis.mockSetup;
  const seal = "3f9c1d".padEnd(60, "a7") + "90be";
  const at = (day, time) => `2026-11-${day}T${time}.000Z`;
  const text = "Les Zorglubs sont des parasites, dehors ! 😡 Qu’on les jette tous à la mer.";
  const words = "sont des parasites";
  const span = [[...text].join("").indexOf(words), 0];
  span[0] = [...text.slice(0, text.indexOf(words))].length;
  span[1] = span[0] + [...words].length;

  const offences = [
    { id: "provocation_haine_origine_religion", family: "P", label_fr: "Provocation publique à la discrimination, à la haine ou à la violence (origine, religion)", label_en: "Public incitement to discrimination, hatred or violence (origin, religion)", basis: "loi du 29 juillet 1881, art. 24 al. 7", confidence: "sure", elements: ["publicité", "exhortation, même implicite", "groupe visé en raison de l’origine ou de la religion"], needs_ground: true, grounds: ["origin", "ethnicity", "nation", "race", "religion"], never_capture: false },
    { id: "provocation_haine_sexe_orientation_handicap", family: "P", label_fr: "Provocation publique à la haine ou à la violence (sexe, orientation, handicap)", label_en: "Public incitement to hatred or violence (sex, orientation, disability)", basis: "loi du 29 juillet 1881, art. 24 al. 8", confidence: "sure", elements: [], needs_ground: true, grounds: ["sex", "sexual_orientation", "gender_identity", "disability"], never_capture: false },
    { id: "injure_publique_origine_religion", family: "I", label_fr: "Injure publique en raison de l’origine ou de la religion", label_en: "Public insult on the ground of origin or religion", basis: "loi du 29 juillet 1881, art. 33 al. 3", confidence: "likely", elements: ["expression outrageante, sans fait précis", "publicité"], needs_ground: true, grounds: ["origin", "ethnicity", "nation", "race", "religion"], never_capture: false },
    { id: "menace_mort", family: "M", label_fr: "Menace de mort", label_en: "Death threat", basis: "CP 222-17 al. 2", confidence: "sure", elements: [], needs_ground: false, grounds: [], never_capture: false },
    { id: "pedocriminalite_images", family: "X", label_fr: "Images sexuelles de mineurs", label_en: "Sexual images of minors", basis: "CP 227-23", confidence: "sure", elements: [], needs_ground: false, grounds: [], never_capture: true },
  ];
  const outcome = {
    state: "to_check", code: "INJ", ground: "origin",
    suggestions: [
      { offence: "injure_publique_origine_religion", code: "INJ", ground: "origin", state: "to_check", because: [
        { code: "act_dehumanisation", quote: words, span, text: "des mots qui ravalent un groupe au rang d’animaux ou de choses" },
        { code: "ground", quote: "Les Zorglubs", span: [0, 12], text: "un groupe désigné par son origine" } ] },
      { offence: "provocation_haine_origine_religion", code: "PROV", ground: "origin", state: "to_check", because: [
        { code: "act_call_hate", quote: "dehors !", span: [33, 41], text: "une exhortation au rejet" } ] },
    ],
    ruled_out: [{ code: "opinion", text: "Ces mots expriment une opinion dans un débat." }],
    questions: ["public", "addressed_to_person"],
  };
  const words2 = (fr, en = fr) => ({ fr, en });
  const limit = (offence, day, period, left) => ({ offence, ground: "origin", last_safe_day: day, period, period_en: period.replace("an", "year").replace("mois", "months"), confidence: "likely", from: "2026-11-23", days_left: left, day_off: words2("un dimanche", "a Sunday"), undecided: false, starts: words2("jour de la première publication", "day of first publication"), interrupts: words2("les actes d’enquête ou de poursuite", "acts of investigation or prosecution"), does_not: words2("ni la plainte simple à elle seule, ni le signalement à PHAROS, ni la notification à la plateforme", "neither a simple complaint by itself, nor a PHAROS report, nor a notice to the platform") });
  const card = (offence, more) => ({
    offence,
    elements: [
      { fr: "propos publics", en: "public words", state: "asked" },
      { fr: "une expression outrageante, un terme de mépris ou une invective, sans fait imputé", en: "an outrageous expression, term of contempt or invective, without any alleged fact", state: "met", quotes: [words] },
      { fr: "une personne ou un groupe visé à raison d’un critère de la liste A", en: "a person or group targeted on a ground of list A", state: "met", quotes: ["Les Zorglubs"] },
      { fr: "aucun appel (sinon : provocation)", en: "no call (else: incitement)", state: "missing" },
      { fr: "l’intention", en: "intent", state: "court" },
    ],
    statutes: [{ article: "loi du 29 juillet 1881 sur la liberté de la presse, art. 33 al. 3", words: "Sera punie d’un an d’emprisonnement et de 45 000 euros d’amende l’injure commise par les mêmes moyens envers une personne ou un groupe de personnes à raison de leur origine […].", version: "2024-03-23", confidence: "sure" }],
    neighbours: [{ label: words2("Provocation publique à la haine", "Public incitement to hatred"), question: words2("Y a-t-il un appel ou une exhortation, même implicite ? Oui : provocation ; non : injure ou opinion.", "Is there a call or exhortation, even implicit? Yes: incitement; no: insult or opinion.") }, { label: words2("Diffamation publique", "Public defamation"), question: words2("Y a-t-il un fait précis et vérifiable ? Oui : diffamation ; non : injure.", "Is there a precise, checkable fact? Yes: defamation; no: insult.") }],
    doubts: [words2("Les pages officielles se contredisent quand l’injure vise une personne déterminée.", "Official pages disagree when an insult targets a determined person.")],
    who: [words2("le parquet, d’office", "the public prosecutor"), words2("les associations antiracistes (art. 48-1)", "anti-racist associations (art. 48-1)")],
    associations: words2("Toute association : déclarée depuis au moins cinq ans à la date des faits.", "Any association: declared for at least five years on the day of the facts."),
    penalty: words2("1 an d’emprisonnement et 45 000 € d’amende", "1 year’s imprisonment and a fine of €45,000"),
    emergencies: [], text_first: false, deadline: limit(offence, "2027-11-22", "1 an", 363),
    ...more,
  });
  const asks = ["ground", "call", "fact", "public"];
  const standing = words2("Droit au 02/04/2026 ; non relu par un juriste.", "Law as of 2026-04-02; not reviewed by a jurist.");
  const talkOf = (said, more) => ({ outcome: said, cards: said.suggestions.map(({ offence }) => card(offence)), asks, deadline: said.suggestions.length ? { ...limit("injure_publique_origine_religion", "2027-02-22", "3 mois", 90), undecided: true } : null, standing, ...more });
  const lawful = { state: "none", code: "NONE", suggestions: [], ruled_out: [], questions: ["public"] };
  const row = (id, more) => ({ id, platform: "x", permalink: `https://x.com/exemple/status/18600000000000000${id.slice(-2)}`, excerpt: text.slice(0, 60), captured_at: at("23", "13:42:39"), status: "captured", standing: { standing: "not_checked" }, partial: false, demo: false, head: seal, head_seq: "3".length, ...more });
  const view = (id, more = {}, rowMore = {}) => ({
    row: row(id, rowMore),
    pieces: [{ piece: 1, captured_at: at("23", "13:42:39"), picture: null, missing: [{ what: "screenshot", reason: "no_gesture" }, { what: "media", reason: "http_404" }], omissions: [{ what: "script", count: 14 }], seal, timestamp: { state: "off", gen_time: null, tsa: null, fault: null },
      post: { platform: "x", id: "1860000000000000001", permalink: "https://x.com/exemple/status/1860000000000000001", author: { display_name: "Compte d’exemple", handle: "exemple" }, text, lang: "fr", published_at: at("23", "12:10:00"), created_from_id: at("23", "12:09:58"), media: [{ kind: "image", url: "https://pbs.twimg.com/media/x.jpg" }], quoted: null, in_reply_to: { author: { handle: "autre" } }, reader: "x", missing: [] } }],
    outcome, talk: talkOf(outcome), withheld: false, offences: offences.slice(0, 3), qualified: null, deadline: { offence: "injure_publique_origine_religion", ground: "origin", last_safe_day: "2027-11-22", period: "1 an", confidence: "likely" },
    reports: [], notices: [], milestones: [], due: [{ kind: "limitation", day: "2027-11-22", days_left: 363 }, { kind: "internal_complaint", day: "2026-11-01", days_left: -23 }], added: [], observations: [], probe: { url: "https://cdn.syndication.twimg.com/tweet-result?id=1860000000000000001", origin: "https://cdn.syndication.twimg.com/*", kind: "json" }, next_check: null,
    timeline: [{ seq: 0, at: at("23", "13:42:39"), kind: "captured", detail: "x 1860000000000000001" }, { seq: 1, at: at("23", "13:42:39"), kind: "sealed", detail: seal }],
    ...more,
  });

  let settings = { trusted_time: false, timestamp_service: "https://freetsa.org/tsr", second_timestamp_service: "https://timestamp.sectigo.com", checks: false, quiet_nights: true, sender: { name: "", email: "" } };
  let ticks = ["notice:location"];
  let current = scenario === "idle" || scenario === "capturing" ? null : view("case-01");
  let captures = scenario === "capturing" ? [{ capture: "c1", url: "https://x.com/home", stage: { stage: "picturing", tile: 2, of: 3 }, case: null }, { capture: "c0", url: "https://x.com/home", stage: { stage: "failed", fault: { code: "page_gone", message: "l’onglet a été fermé pendant la capture", hint: "Rouvrez la page et recommencez." } }, case: null }] : [];
  const decided = { at: at("23", "13:50:00"), decision: { outcome: "offence", offence: "injure_publique_origine_religion", ground: "origin", words: [words], explanation: "Le message traite tout un groupe de parasites." }, facts: { public: true }, suggested: "injure_publique_origine_religion", suggested_state: "to_check" };
  if (scenario === "threat") {
    const threat = { ...outcome, code: "MENACE", ground: undefined, state: "strong", suggestions: [{ ...outcome.suggestions[0], offence: "menace_mort", code: "MENACE", ground: undefined, state: "strong" }] };
    const numbers = [["17", "Police secours ou gendarmerie : danger immédiat"], ["112", "Urgences, partout en Europe"], ["114", "Urgences par SMS, si parler est impossible ou dangereux"]].map(([number, who]) => ({ number, who: words2(who) }));
    current = view("case-01", { outcome: threat, talk: talkOf(threat, { cards: [card("menace_mort", { emergencies: numbers })], asks: ["addressed_to_person", "repeated", "public"] }), offences: [offences[3]] });
  }
  if (scenario === "erased") {
    current = view("case-01", { withheld: true, pieces: [], outcome: null, talk: null, probe: null, qualified: { at: at("23", "13:50:00"), decision: { outcome: "offence", offence: "pedocriminalite_images", ground: null, words: [], explanation: "" }, facts: {}, suggested: null, suggested_state: "none" } }, { status: "qualified", excerpt: "" });
    current.timeline.push({ seq: 2, at: at("23", "13:45:00"), kind: "exported", detail: seal }, { seq: 3, at: at("23", "13:50:00"), kind: "purged", detail: "9" });
  }
  if (scenario === "qualified") current = view("case-01", { qualified: decided }, { status: "qualified" });
  if (scenario === "gone") current = view("case-01", {
    qualified: decided, reports: [{ body: "pharos", sent_at: at("23", "14:00:00"), reference: "P-123" }], notices: [{ channel: "x", lang: "fr", sent_at: at("23", "14:05:00"), reference: null }],
    observations: [{ at: at("23", "13:42:40"), by: "probe", baseline: true, sighting: { platform: "x", fate: "online", would_count: false } }, { at: at("24", "14:10:00"), by: "probe", baseline: false, sighting: { platform: "x", fate: "removed_by_platform", would_count: true } }],
    milestones: [{ at: at("23", "14:05:00"), kind: "notice_sent", code: "x", reference: null, piece: null }, { at: at("23", "15:05:00"), kind: "decided", code: "removed", reference: "X-1", piece: 2 }],
    added: [{ piece: 2, at: at("23", "15:06:00"), form: "email", provided_by: "", role: "witness", consent: "not_concerned", access: "réponse de la plateforme à la notification", file_name: "decision.eml", seal, timestamp: { state: "queued", gen_time: null, tsa: null, fault: null } }],
    next_check: at("25", "14:05:00"),
  }, { status: "notified", standing: { standing: "gone", fate: "removed_by_platform", by_moderation: true, after: at("23", "13:42:40"), before: at("24", "14:10:00") } });
  const long = "Bonjour,\nJe signale une publication visible de tous, qui traite un groupe de parasites et demande qu’on le jette à la mer.\nTexte : « " + text + " »";
  const standings = [
    { standing: "online", at: at("23", "15:00:00") },
    { standing: "unconfirmed", fate: "gone_cause_unknown", at: at("24", "09:00:00") },
    { standing: "gone", fate: "removed_by_platform", by_moderation: true, after: at("24", "13:42:39"), before: at("24", "20:00:00") },
    { standing: "gone", fate: "removed_by_platform", by_moderation: false, after: null, before: at("23", "08:10:00") },
    { standing: "unknown", fate: "login_wall", at: at("23", "15:00:00") }, { standing: "by_hand_only" }, { standing: "not_checked" },
  ];
  const statuses = ["captured", "qualified", "set_aside", "reported", "notified"];
  let rows = scenario === "empty" ? [] : Array.from({ length: scenario === "many" ? 250 : 9 }, (_, n) => row(`case-${String(n + 1).padStart(2, "0")}`, { status: statuses[n % 5], standing: standings[n % 7], partial: n % 4 === 1, platform: n % 3 ? "x" : "generic", permalink: n % 3 ? `https://x.com/exemple/status/18600000000000000${n}` : `https://forum.exemple.fr/sujet/${n}#m${n}` }));
  const listeners = new Set();
  const asked = (globalThis.mockAsked = []);
  globalThis.mockPermissions = [];
  globalThis.mockPublish = (event) => listeners.forEach((listener) => listener(event, {}, () => {}));
  globalThis.mockChange = (change) => { ({ current, captures, rows } = { current, captures, rows, ...change({ current, captures, rows, view }) }); };
  const answerCase = () => ({ kind: "case", value: structuredClone(current) });
  const failed = (code, message, hint) => ({ kind: "failed", value: { code, message, hint } });

  const answer = {
    panel: () => scenario === "fault" ? failed("store_locked", "la base de données est occupée", "Fermez les autres fenêtres de Témoin.") : ({ kind: "panel", value: { captures, case: current?.row.id ?? null } }),
    case: ({ case: id }) => ({ kind: "case", value: id === current?.row.id ? current : view(id, {}, { status: "captured" }) }),
    cases: () => scenario === "fault" ? failed("store_locked", "la base de données est occupée", "") : ({ kind: "cases", value: rows }),
    offences: () => ({ kind: "offences", value: offences }),
    suggest: ({ facts }) => ({ kind: "suggestion", value: talkOf(facts.public === false ? lawful : outcome) }),
    law: () => ({ kind: "law", value: { law_date: "2026-04-02", verified_on: "2026-11-23", reviewed_by: null, safety: [{ id: "child_abuse", when: ["capture"], rule: words2("Images sexuelles d’enfants : aucune capture.", "Sexual images of children: no capture."), basis: words2("Code pénal, art. 227-23", "French Criminal Code, art. 227-23"), confidence: "sure" }, { id: "closed_space", when: ["capture"], rule: words2("N’entrez pas par ruse dans un espace fermé.", "Do not enter a closed space under false pretences."), basis: null, confidence: "likely" }] } }),
    purge: () => {
      Object.assign(current, { withheld: true, pieces: [], outcome: null, talk: null, probe: null });
      current.qualified = { at: at("23", "13:50:00"), decision: { outcome: "offence", offence: "pedocriminalite_images", ground: null, words: [], explanation: "" }, facts: {}, suggested: null, suggested_state: "none" };
      current.row.status = "qualified";
      current.timeline.push({ seq: 2, at: at("23", "13:50:00"), kind: "qualified", detail: "pedocriminalite_images" }, { seq: 3, at: at("23", "13:50:00"), kind: "purged", detail: "9" });
      return answerCase();
    },
    keep_address: ({ url }) => url.startsWith("https://") ? ((current = { ...view("case-77", { withheld: true, pieces: [], outcome: null, talk: null, probe: null, qualified: { at: at("23", "13:50:00"), decision: { outcome: "offence", offence: "pedocriminalite_images", ground: null, words: [], explanation: "" }, facts: {}, suggested: null, suggested_state: "none" } }, { status: "qualified", excerpt: "" }) }), answerCase()) : failed("not_an_address", "ce n’est pas une adresse de page web", ""),
    qualify: ({ decision, facts }) => {
      current.qualified = { at: at("23", "13:50:00"), decision, facts, suggested: "injure_publique_origine_religion", suggested_state: "to_check" };
      current.row.status = decision.outcome === "offence" ? "qualified" : "set_aside";
      current.timeline.push({ seq: 2, at: at("23", "13:50:00"), kind: "qualified", detail: decision.offence ?? decision.kind });
      return answerCase();
    },
    draft_report: () => ({ kind: "report", value: { competent: "unsure", address: "https://www.internet-signalement.gouv.fr", warnings: ["not_emergency", "determined_person", "pharos_before_platform", "one_report", "false_accusation"], elsewhere: [{ name: "Point de Contact", fr: "tout contenu illicite", en: "any illegal content", address: "https://www.pointdecontact.net", trusted: true }, { name: "3018", fr: "mineurs", en: "minors", address: "tel:3018", trusted: false }], fields: [{ id: "category", value: "Discrimination / incitation à la haine" }, { id: "url", value: "https://x.com/exemple/status/1860000000000000001" }, { id: "published", value: "23/11/2026 à 13:10:00 (heure de Paris, UTC+01:00)" }, { id: "author", value: "@exemple" }, { id: "comment", value: long, limit: 1000 }] } }),
    draft_notice: ({ lang: language }) => ({ kind: "notice", value: { channel: "x", form: "https://help.x.com/forms/eu-illegal-content", prefilled: "https://help.x.com/forms/eu-illegal-content?x=1", lang: language, warnings: ["pharos_before_platform", "illegal_content_channel", "knowingly_false", "identity_to_platform", "sender_missing"], several: true, fields: [{ id: "explanation", value: language === "en" ? "I report a public post…" : long, limit: 120 }, { id: "location", value: "https://x.com/exemple/status/1860000000000000001" }, { id: "name", value: settings.sender.name }, { id: "email", value: settings.sender.email }, { id: "good_faith", value: "Je pense, de bonne foi, que…" }] } }),
    companions: () => ({ kind: "cases", value: rows.slice(0, 2) }),
    ticks: () => ({ kind: "ticks", value: ticks }),
    save_ticks: ({ ticks: kept }) => { ticks = kept; return { kind: "done" }; },
    by_hand: () => ({ kind: "cases", value: rows.filter(({ standing }) => standing.standing === "by_hand_only").map((one) => ({ ...one, hand_check: at("24", "13:42:39") })) }),
    draft_letter: ({ letter, lang: language }) => ({ kind: "letter", value: { kind: letter, lang: language, title: "Plainte simple au procureur de la République", notes: ["Cette plainte n’arrête pas, à elle seule, le délai de prescription."], blocks: [{ heading: "Ce que j’ai vu" }, { text: long }, { item: "Pièce 1" }] } }),
    save_letter: () => ({ kind: "done" }),
    calendar: () => ({ kind: "done" }),
    add_piece: () => answerCase(),
    record_receipt: () => answerCase(),
    record_ruling: () => answerCase(),
    record_complaint: () => answerCase(),
    record_report: ({ reference }) => { current.reports.push({ body: "pharos", sent_at: at("23", "14:00:00"), reference }); current.row.status = "reported"; return answerCase(); },
    record_notice: ({ lang: language, reference }) => { current.notices.push({ channel: "x", lang: language, sent_at: at("23", "14:05:00"), reference }); current.row.status = "notified"; return answerCase(); },
    check: () => { current.row.standing = { standing: "online", at: at("24", "10:00:00") }; current.observations.push({ at: at("24", "10:00:00"), by: "probe", baseline: false, sighting: { platform: "x", fate: "online", would_count: false } }); return { kind: "done" }; },
    record_sighting: ({ fate }) => { current.observations.push({ at: at("24", "10:00:00"), by: "user", baseline: false, sighting: { platform: "x", fate, would_count: false } }); current.row.standing = { standing: "unconfirmed", fate, at: at("24", "10:00:00") }; return answerCase(); },
    device_key: () => ({ kind: "device_key", value: { present: { fingerprint: "ab".repeat(32), since: "2026-11-20T09:00:00.000Z" }, earlier: [{ fingerprint: "cd".repeat(32), since: "2026-01-02T09:00:00.000Z" }] } }),
    settings: () => ({ kind: "settings", value: settings }),
    save_settings: ({ settings: kept }) => { settings = kept; return { kind: "settings", value: settings }; },
    cancel_capture: () => { captures = []; globalThis.mockPublish({ event: "capture", progress: { capture: "c1", url: "", stage: { stage: "cancelled" }, case: null } }); return { kind: "done" }; },
  };

  // Of the demo flavour only: the page asks us what it would ask itself.
  globalThis.temoinAnswers = true;
  globalThis.browser = {
    runtime: {
      id: "mock",
      getURL: (path) => new URL(path, location.origin + "/").href,
      getManifest: () => ({ version: "0.1.0" }),
      sendMessage: async (message) => {
        asked.push(message);
        return structuredClone(answer[message.kind](message));
      },
      onMessage: { addListener: (listener) => listeners.add(listener), removeListener: (listener) => listeners.delete(listener) },
    },
    i18n: {
      getUILanguage: () => lang,
      getMessage: (key, values = []) => (messages[key]?.message ?? "").replace(/\$(\d)/g, (_, at) => values[at - 1] ?? ""),
    },
    permissions: { contains: async () => false, request: async (wanted) => { globalThis.mockPermissions.push({ wanted, active: navigator.userActivation.isActive }); return true; } },
    tabs: { create: async () => ({}) },
  };
})();
