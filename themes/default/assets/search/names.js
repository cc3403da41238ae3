// What a query names: an organ, a deputy, a reply, a topic, a region, an instrument. The thing itself is shown before
// the documents that mention it.

import { element } from "./dom.js";
import { tr, zh } from "./tr.js";

// How many cards are shown, and how many names are proposed while a reader types.
const CARDS = 4;
const NEAR = 6;

const loaded = new Map();
const get = (root, file) => {
  if (!loaded.has(file)) {
    const coming = fetch(new URL(`data/${file}`, root)).then((response) => (response.ok ? response.json() : undefined));
    loaded.set(file, coming.catch(() => undefined));
  }
  return loaded.get(file);
};

// Brackets, blanks and zeros before a number are written in many ways.
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s〔〕[\]()（）【】《》“”"]/g, "");
const digits = (text) => text.replace(/^0+(?=\d)/, "");

const NUMBER = /^(?:第)?#?(\d{1,5})(?:号)?(?:建议|提案|代表建议|委员提案)*$/;
const PERSON = /^(.{2,4}?)(?:代表|委员)$/;

const card = (kind, title, url, facts, root) =>
  element(
    "li",
    { class: "name-card hit-line" },
    element("span", { class: "tag" }, kind),
    " ",
    element("a", { class: "title", href: new URL(url, root).href, lang: zh }, title),
    element("p", { class: "meta" }, ...facts.filter(Boolean).map((fact) => typeof fact === "string" ? element("span", {}, fact) : fact)),
  );

// What documents print.
const printed = (words) => words && element("span", { lang: zh }, words);

const reply = ([number, session, title, url, deputies, date, promises], root) =>
  card(
    tr("named.reply"),
    title,
    url,
    [
      number && tr("named.number", { number }),
      printed(session),
      printed(deputies.join(tr("list.and"))),
      date,
      promises && tr("named.promises", { n: promises }),
    ],
    root,
  );

// Names that a query is, the surest first: [weight, card].
const matches = (names, query, root) => {
  const asked = plain(query);
  const found = [];
  const add = (weight, made) => found.push([weight, made]);
  const number = NUMBER.exec(asked)?.[1];
  const person = PERSON.exec(asked)?.[1] ?? asked;
  for (const one of names.replies) {
    const [no, , title, , deputies] = one;
    if (number && no && digits(no) === digits(number)) add(0, () => reply(one, root));
    else if (deputies.includes(person)) add(1, () => reply(one, root));
    else if (plain(title) === asked) add(1, () => reply(one, root));
  }
  for (const [name, url, replies] of names.deputies) {
    if (name === person) add(0, () => card(tr("named.deputy"), name, url, [tr("named.replies", { n: replies })], root));
  }
  for (const [name, url, others, leads, all] of names.organs) {
    const facts = [leads && tr("named.leads", { n: leads }), all && tr("named.tasks", { n: all })];
    const made = () => card(tr("named.organ"), name, url, facts, root);
    if (plain(name) === asked) add(0, made);
    else if (others.some((other) => plain(other) === asked)) add(1, made);
    else if (asked.length > 2 && plain(name).endsWith(asked)) add(2, made);
  }
  for (const [name, url, words, documents] of names.topics) {
    const made = () => card(tr("named.topic"), name, url, [tr("count.of_documents", { n: documents })], root);
    if (name === query.trim()) add(0, made);
    else if (words.includes(query.trim())) add(1, made);
  }
  for (const [name, url, documents] of names.regions) {
    if (name === asked || name.replace(/[省市县区]$/, "") === asked) add(1, () => card(tr("named.region"), name, url, [tr("count.of_documents", { n: documents })], root));
  }
  return found;
};

const isNumber = (query) => /[\d〇一二三四五六七八九十]号|[〔[［（(]\d{4}[〕\]］）)]|^《/.test(query);

// Where a title, else a number, gives the address, none is written; see src/site/data/names.rs.
const addressed = (name, url, held) => url ?? `${held ? "documents" : "instruments"}/${name}.html`;

// Instruments: [number, title, address, times cited, held].
const numbers = async (root) =>
  ((await get(root, "numbers.json")) ?? []).map(([number, title, url, cited, held]) => [number, title, addressed(title ?? number, url, held), cited, held]);

const instruments = (list, query, root) => {
  const asked = plain(query);
  return list.flatMap(([number, title, url, cited, held]) => {
    const is = (number && plain(number) === asked) || (title && plain(title) === asked);
    if (!is) return [];
    const facts = [title ? printed(number) : undefined, cited && tr("named.cited", { n: cited }), held ? undefined : tr("instrument.not_held")];
    return [[0, () => card(tr("named.document"), title ?? number, url, facts, root)]];
  });
};

// The cards of what `query` names.
export const cards = async (query, root) => {
  const names = await get(root, "names.json");
  if (!names || query.trim().length < 2) return [];
  const found = matches(names, query, root);
  if (isNumber(query)) found.push(...instruments(await numbers(root), query, root));
  return found
    .sort(([a], [b]) => a - b)
    .slice(0, CARDS)
    .map(([, made]) => made());
};

// The organs that a word names, under their names of today: of 市民政局 those of every city.
export const organs = async (word, root) => {
  const names = await get(root, "names.json");
  const is = (name) => plain(name) === plain(word) || plain(name).endsWith(plain(word));
  return (names?.organs ?? []).filter(([name, , others]) => is(name) || others.some(is)).map(([name]) => name);
};

// The reply that a number alone means, where there is only one.
export const replyOf = async (text, root) => {
  const number = NUMBER.exec(plain(text))?.[1];
  const names = number && (await get(root, "names.json"));
  const of = names ? names.replies.filter(([no]) => no && digits(no) === digits(number)) : [];
  return of.length === 1 ? new URL(of[0][3], root).href : undefined;
};

// Names that share most two-character words with `text`: [name, address].
export const near = async (text, root) => {
  const names = await get(root, "names.json");
  if (!names) return [];
  const pairs = (words) => new Set([...plain(words)].map((c, i, all) => c + (all[i + 1] ?? "")).slice(0, -1));
  const asked = pairs(text);
  const all = [
    ...names.organs.map(([name, url]) => [name, url]),
    ...names.topics.map(([name, url]) => [name, url]),
    ...names.deputies.map(([name, url]) => [name, url]),
    ...names.regions.map(([name, url]) => [name, url]),
    ...names.replies.map(([, , title, url]) => [title, url]),
    ...(await numbers(root)).map(([number, title, url]) => [title ?? number ?? "", url]),
  ];
  const alike = all.map(([name, url]) => {
    const its = pairs(name);
    const shared = [...asked].filter((pair) => its.has(pair)).length;
    return [(2 * shared) / (asked.size + its.size || 1), name, new URL(url, root).href];
  });
  return alike
    .filter(([weight]) => weight > 0.2)
    .sort(([a], [b]) => b - a)
    .slice(0, NEAR)
    .map(([, name, href]) => [name, href]);
};

// What may be meant by what a reader has typed so far: names that begin with it, then names that hold it; [name, address].
// Titles are fetched once more than a character stands there.
export const proposals = async (text, root) => {
  const asked = plain(text);
  const names = asked && (await get(root, "names.json"));
  if (!names) return [];
  const all = [
    ...names.organs.flatMap(([name, url, others]) => [name, ...others].map((one) => [one, url, name])),
    ...names.topics.map(([name, url]) => [name, url]),
    ...names.deputies.map(([name, url]) => [name, url]),
    ...names.regions.map(([name, url]) => [name, url]),
    ...names.replies.map(([, , title, url]) => [title, url]),
  ];
  if (asked.length > 1) {
    for (const one of (await get(root, "titles.json")) ?? []) all.push(typeof one === "string" ? [one, addressed(one, null, true)] : one);
  }
  const fitting = [];
  const seen = new Set();
  for (const begins of [true, false]) {
    for (const [name, url, today] of all) {
      const at = plain(name ?? "").indexOf(asked);
      if (fitting.length >= NEAR || seen.has(url) || (begins ? at !== 0 : at < 1)) continue;
      seen.add(url);
      fitting.push([today ?? name, new URL(url, root).href]);
    }
  }
  return fitting;
};
