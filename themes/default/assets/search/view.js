// Answers as a list: asks the engine, shows what it found, and says what went wrong and what to do.

import { element } from "./dom.js";
import { cards, organs, proposals } from "./names.js";
import { found, understood } from "./plain.js";
import { hit } from "./results.js";
import { task } from "./tasks.js";
import { locale, tr, zh } from "./tr.js";

// How many results are shown at first, and how many more each time.
export const PAGE = 10;

// How many tasks are shown with the documents.
const TASKS = 5;

// After how long the reader is told that something is on its way, and a screen reader what was found.
const PATIENCE = 300;
const SETTLED = 900;

const FAILURES = {
  network: tr("search.network"),
  gone: tr("search.gone"),
  engine: tr("search.engine"),
  worker: tr("search.worker"),
};

const number = (n) => n.toLocaleString(locale);

// What was found, in words.
const summary = ({ total, total_exact: exact }, query) => {
  if (total === 0) return query ? tr("search.none_for", { query }) : tr("search.none");
  const values = { n: total, count: number(total) };
  return exact ? tr("search.total", values) : tr("search.at_most", values);
};

// What the engine tells the reader about an answer.
const notices = (list) => {
  const also = new Map();
  for (const { notice, from, to } of list) {
    if (notice === "synonym") also.set(from, [...(also.get(from) ?? []), to]);
  }
  const said = [...also].map(([from, to]) => tr("search.variants", { from, to: to.join(tr("list.and")) }));
  const has = (name) => list.some(({ notice }) => notice === name);
  if (has("scattered")) said.push(tr("search.scattered"));
  if (has("partly")) said.push(tr("search.partly"));
  if (has("cut")) said.push(tr("search.cut"));
  return said.map((text) => element("p", { class: "notice" }, text));
};

export class View {
  #client;
  #root;
  #options;
  #asked;
  #shown = 0;
  // The number of the latest question; an answer to an earlier one is of no use any more.
  #latest = 0;
  #announcing;
  #typed = "";
  #status = element("p", { class: "search-status" });
  #spoken = element("p", { class: "unseen", role: "status" });
  #names = element("ul", { class: "name-suggestions", "aria-label": tr("search.names") });
  #before = element("div", { class: "search-before" });
  #list = element("ol", { class: "hits" });
  #after = element("div", { class: "search-after" });
  element = element("div", { class: "search-view" }, this.#names, this.#status, this.#spoken, this.#before, this.#list, this.#after);

  // `root` is the address of the site. Options: `suggest(query)` when the reader takes a proposed query; `all()` the
  // address of the whole list where this one ends after a page; `relax()` takes the filters away; `grown()` when the
  // reader has had more shown; `names` where names are proposed while the reader types; `retry()` searches once more.
  constructor(client, root, options) {
    this.#client = client;
    this.#root = root;
    this.#options = options;
  }

  // How many results are shown.
  get shown() {
    return this.#shown;
  }

  // Shows the first `limit` results of `query`. Gives the counts of facets where they are wanted, among the results and
  // among those of each of `counts` (lists of filters); undefined when it was overtaken or failed.
  async search({ query, filters = [], limit = PAGE, facets = false, counts = [] }) {
    const plain = understood(query);
    const asks = [
      { query, options: { limit, facets, filters } },
      { query, options: { limit: TASKS, filters }, records: true },
      ...counts.map((others) => ({ query, options: { limit: 1, passages: 0, facets, filters: others } })),
    ];
    const named = cards(plain?.filters.organ ?? query, this.#root);
    const conditions = plain && this.#conditions(plain.filters);
    if (this.#options.names) this.#propose(query);
    const answers = await this.#ask(asks, this.#options.retry);
    if (!answers) return undefined;
    const mine = this.#latest;
    const [things, asked] = await Promise.all([named, conditions]);
    if (mine !== this.#latest) return undefined;
    const [answer, tasks, ...counted] = answers;
    this.#asked = { query, filters };
    this.#list.replaceChildren();
    this.#before.replaceChildren();
    if (plain) this.#before.append(this.#understood(plain, asked));
    if (things.length) this.#before.append(element("ul", { class: "name-cards", "aria-label": tr("search.direct") }, ...things));
    this.#before.append(...notices(answer.notices));
    this.#before.append(this.#tasks(asked ?? tasks));
    const direct = things.length + (asked?.total ?? 0);
    if (answer.total === 0 && !direct) this.#before.append(...this.#nothing(answer, filters));
    this.#say(answer.total === 0 && direct ? tr("search.only_direct") : summary(answer, query));
    this.#append(answer);
    return [answer.facets, ...counted.map((other) => other.facets)];
  }

  // Names and titles that the reader may be typing, before the engine has answered.
  async #propose(query) {
    this.#typed = query;
    const list = await proposals(query, this.#root);
    if (this.#typed !== query) return;
    const link = ([name, href]) => element("li", {}, element("a", { href, lang: zh }, name.length > 24 ? `${name.slice(0, 24)}…` : name));
    this.#names.replaceChildren(...list.map(link));
  }

  // Shows nothing.
  clear() {
    this.#latest += 1;
    this.#typed = "";
    this.element.removeAttribute("aria-busy");
    clearTimeout(this.#announcing);
    this.#asked = undefined;
    this.#shown = 0;
    this.#status.textContent = "";
    this.#spoken.textContent = "";
    for (const part of [this.#names, this.#before, this.#list, this.#after]) part.replaceChildren();
  }

  async #more() {
    const { query, filters } = this.#asked;
    const options = { offset: this.#shown, limit: PAGE, filters };
    const first = this.#shown;
    const answers = await this.#ask([{ query, options }], () => this.#more());
    if (!answers) return;
    this.#append(answers[0]);
    this.#list.children[first]?.querySelector("a")?.focus();
    this.#options.grown?.();
  }

  async #ask(asks, again) {
    this.#latest += 1;
    const mine = this.#latest;
    const timer = setTimeout(() => {
      this.element.setAttribute("aria-busy", "true");
      if (!this.#list.children.length) this.#status.textContent = tr("search.searching");
    }, PATIENCE);
    let answers;
    let failure;
    try {
      answers = await this.#client.ask(asks);
    } catch (error) {
      failure = error;
    }
    clearTimeout(timer);
    if (mine !== this.#latest) return undefined;
    this.element.removeAttribute("aria-busy");
    if (failure) this.#failed(failure, again);
    return answers;
  }

  #append({ results, total }) {
    this.#list.append(...results.map((found) => hit(found, this.#root)));
    this.#shown = this.#list.children.length;
    this.#after.replaceChildren();
    const { all } = this.#options;
    if (all) {
      if (total > 0) this.#after.append(element("a", { class: "all", href: all() }, tr("search.see_all")));
    } else if (this.#shown < total && results.length) {
      const more = element("button", { type: "button", class: "more-hits", onclick: () => this.#more() }, tr("search.more"));
      this.#after.append(more);
    }
  }

  async #conditions(filters) {
    const called = filters.organ ? await organs(filters.organ, this.#root) : [];
    const now = new Date();
    const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    return found(filters, called, this.#root, TASKS, day);
  }

  // The conditions that plain words were read as: each is taken off by a touch, and all lead to the explorer.
  #understood({ parts }, { href }) {
    const { suggest } = this.#options;
    const chips = parts.map(([label, rest]) =>
      element("button", { type: "button", class: "chosen", "aria-label": tr("search.remove", { what: label }), onclick: () => suggest(rest) }, label),
    );
    const all = element("a", { class: "step", href }, tr("search.explore"));
    return element("div", { class: "chosen-ones understood" }, ...chips, all);
  }

  // Those that have a heading; the others are sentences, and stand among the passages.
  #tasks({ results, total }) {
    const titled = results.filter(({ extra }) => extra.title);
    if (!titled.length) return "";
    const list = element("ul", { class: "tasks" }, ...titled.map((found) => task(found, this.#root)));
    const title = element("h2", {}, `${tr("search.tasks")} `, element("span", { class: "count" }, tr("count.tasks", { n: total })));
    return element("section", { class: "found-tasks" }, title, list);
  }

  #nothing({ suggestions }, filters) {
    const { suggest, relax } = this.#options;
    const parts = [];
    if (suggestions.length) {
      const links = suggestions.map((text) =>
        element("button", { type: "button", class: "suggestion", lang: zh, onclick: () => suggest(text) }, text),
      );
      parts.push(element("p", { class: "suggestions" }, tr("search.suggest"), ...links));
    }
    const advice = [tr("search.fewer"), tr("search.plainer")];
    const list = element("ul", {}, ...advice.map((text) => element("li", {}, text)));
    if (filters.length && relax) {
      list.prepend(element("li", {}, element("button", { type: "button", class: "plain", onclick: relax }, tr("search.unfilter"))));
    }
    parts.push(element("div", { class: "nothing" }, element("p", {}, tr("search.advice")), list));
    return parts;
  }

  #failed({ kind, message }, again) {
    console.warn("search", kind, message);
    const retry =
      kind === "gone"
        ? element("button", { type: "button", onclick: () => location.reload() }, tr("search.reload"))
        : element("button", { type: "button", onclick: again }, tr("search.again"));
    this.#list.replaceChildren();
    this.#after.replaceChildren();
    this.#before.replaceChildren(
      element("div", { class: "failure", role: "alert" }, element("p", {}, FAILURES[kind] ?? FAILURES.engine), retry),
    );
    this.#status.textContent = "";
  }

  // At once for the eye; for the ear when typing has come to rest.
  #say(text) {
    this.#status.textContent = text;
    clearTimeout(this.#announcing);
    this.#announcing = setTimeout(() => (this.#spoken.textContent = text), SETTLED);
  }
}
