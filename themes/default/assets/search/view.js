// Answers as a list: asks the engine, shows what it found, and says what went wrong and what to do.

import { element } from "./dom.js";
import { cards, organs, proposals } from "./names.js";
import { found, understood } from "./plain.js";
import { hit } from "./results.js";
import { task } from "./tasks.js";

// How many results are shown at first, and how many more each time.
export const PAGE = 10;

// How many tasks are shown with the documents.
const TASKS = 5;

// After how long the reader is told that something is on its way, and a screen reader what was found.
const PATIENCE = 300;
const SETTLED = 900;

const FAILURES = {
  network: "网络不通，没有查成。",
  gone: "网站刚刚更新过，请刷新页面再查。",
  engine: "搜索出错了，没有查成。",
  worker: "搜索没有加载成功。",
};

const number = (n) => n.toLocaleString("zh-CN");

// What was found, in words.
const summary = ({ total, total_exact: exact }, query) => {
  if (total === 0) return query ? `没有找到“${query}”` : "没有找到";
  return exact ? `共 ${number(total)} 份` : `最多 ${number(total)} 份`;
};

// What the engine tells the reader about an answer.
const notices = (list) => {
  const also = new Map();
  for (const { notice, from, to } of list) {
    if (notice === "synonym") also.set(from, [...(also.get(from) ?? []), to]);
  }
  const said = [...also].map(([from, to]) => `也找了“${from}”的其他写法：${to.join("、")}。`);
  const has = (name) => list.some(({ notice }) => notice === name);
  if (has("scattered")) said.push("照原样写着这些词句的文件很少，分散写有全部词语的也列在后面。");
  if (has("partly")) said.push("没有文件含有全部词语，下面是含有其中一部分的。");
  if (has("cut")) said.push("查询条件太多，后面的没有用上。");
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
  #names = element("ul", { class: "name-suggestions", "aria-label": "名称" });
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
    if (things.length) this.#before.append(element("ul", { class: "name-cards", "aria-label": "直接找到的" }, ...things));
    this.#before.append(...notices(answer.notices));
    this.#before.append(this.#tasks(asked ?? tasks));
    const direct = things.length + (asked?.total ?? 0);
    if (answer.total === 0 && !direct) this.#before.append(...this.#nothing(answer, filters));
    this.#say(answer.total === 0 && direct ? "没有照这样写着的文件，直接找到的在下面" : summary(answer, query));
    this.#append(answer);
    return [answer.facets, ...counted.map((other) => other.facets)];
  }

  // Names and titles that the reader may be typing, before the engine has answered.
  async #propose(query) {
    this.#typed = query;
    const list = await proposals(query, this.#root);
    if (this.#typed !== query) return;
    const link = ([name, href]) => element("li", {}, element("a", { href }, name.length > 24 ? `${name.slice(0, 24)}…` : name));
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
      if (!this.#list.children.length) this.#status.textContent = "正在查找……";
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
      if (total > 0) this.#after.append(element("a", { class: "all", href: all() }, "在搜索页查看全部、按条件筛选"));
    } else if (this.#shown < total && results.length) {
      const more = element("button", { type: "button", class: "more-hits", onclick: () => this.#more() }, "再显示一些");
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
      element("button", { type: "button", class: "chosen", "aria-label": `去掉 ${label}`, onclick: () => suggest(rest) }, label),
    );
    const all = element("a", { class: "step", href }, "在任务检索器里看全部、下载、打印");
    return element("div", { class: "chosen-ones understood" }, ...chips, all);
  }

  // Those that have a heading; the others are sentences, and stand among the passages.
  #tasks({ results, total }) {
    const titled = results.filter(({ extra }) => extra.title);
    if (!titled.length) return "";
    const list = element("ul", { class: "tasks" }, ...titled.map((found) => task(found, this.#root)));
    const title = element("h2", {}, "符合条件的任务 ", element("span", { class: "count" }, `${number(total)} 项`));
    return element("section", { class: "found-tasks" }, title, list);
  }

  #nothing({ suggestions }, filters) {
    const { suggest, relax } = this.#options;
    const parts = [];
    if (suggestions.length) {
      const links = suggestions.map((text) =>
        element("button", { type: "button", class: "suggestion", onclick: () => suggest(text) }, text),
      );
      parts.push(element("p", { class: "suggestions" }, "是不是要找：", ...links));
    }
    const advice = ["少写几个字，或换一种说法", "去掉引号、减号和“字段:”这样的条件"];
    const list = element("ul", {}, ...advice.map((text) => element("li", {}, text)));
    if (filters.length && relax) {
      list.prepend(element("li", {}, element("button", { type: "button", class: "plain", onclick: relax }, "去掉筛选条件")));
    }
    parts.push(element("div", { class: "nothing" }, element("p", {}, "可以试试："), list));
    return parts;
  }

  #failed({ kind, message }, again) {
    console.warn("search", kind, message);
    const retry =
      kind === "gone"
        ? element("button", { type: "button", onclick: () => location.reload() }, "刷新页面")
        : element("button", { type: "button", onclick: again }, "重试");
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
