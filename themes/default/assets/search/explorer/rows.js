// The list: a table whose rows are drawn in blocks, and only those near the screen; a block that is far has the height
// that it had. What the index knows (who, when, where) stands at once, the words when their part has come.

import { element } from "../dom.js";
import { KINDS, SHORT, STATES, cited } from "../labels.js";
import { tr, zh } from "../tr.js";
import { groups, indicator, openRole } from "./cells.js";

// Rows of a block, and how high one is before it was drawn.
const BLOCK = 40;
const GUESS = 96;

// What says that somebody answers for a task, as src/site/say.rs puts it.
const said = ({ role, from }, path) => {
  if (role === "reply") return tr("from.reply");
  if (from === path) return tr("from.clause");
  return from === "" ? tr("from.text") : tr("from.path", { path: from });
};

// How far a task has come, on one line.
const progress = ({ state, date, document, clause, link, note }) =>
  [STATES[state] ?? state, date, document, clause, link, note].filter(Boolean).join(" ");

export class Rows {
  #tasks;
  #root;
  #today;
  #body = element("table", { class: "tasks-table", role: "table" });
  #blocks = [];
  #rows = [];
  #whole = false;
  #observer;
  #failed;

  constructor(tasks, root, today, { sort, failed }) {
    this.#tasks = tasks;
    this.#root = root;
    this.#today = today;
    this.#failed = failed;
    this.head = element("button", { type: "button", class: "sort", onclick: sort }, tr("table.due"));
    const heading = (name, text) => element("th", { scope: "col", class: `t-${name}` }, text);
    this.due = heading("due", this.head);
    this.#body.append(
      element("thead", {}, element("tr", {}, heading("task", tr("table.task")), heading("who", tr("table.who")), this.due, heading("source", tr("table.source")))),
    );
    this.#observer = new IntersectionObserver((seen) => seen.forEach(({ target, isIntersecting }) => this.#turn(target, isIntersecting)), {
      rootMargin: "1200px 0px",
    });
    this.element = this.#body;
  }

  get rows() {
    return this.#rows;
  }

  show(rows) {
    this.#observer.disconnect();
    for (const { body } of this.#blocks) body.remove();
    this.#rows = rows;
    this.#body.setAttribute("aria-rowcount", rows.length + 1);
    this.#blocks = [];
    const added = document.createDocumentFragment();
    for (let at = 0; at < rows.length; at += BLOCK) {
      const block = { at, rows: rows.slice(at, at + BLOCK), body: element("tbody"), drawn: false, height: 0 };
      block.body.block = block;
      this.#blocks.push(block);
      added.append(block.body);
    }
    this.#body.append(added);
    // The first screen stands without waiting for an observer.
    this.#blocks.forEach((block, i) => (i === 0 ? this.#draw(block) : this.#empty(block)));
    for (const { body } of this.#blocks) this.#observer.observe(body);
  }

  // Everything drawn, for a printer; gives the way back.
  async whole() {
    await this.#tasks.bring(this.#rows);
    this.#whole = true;
    for (const block of this.#blocks) this.#draw(block);
    return () => {
      this.#whole = false;
    };
  }

  #turn(body, near) {
    const { block } = body;
    if (near) this.#draw(block);
    else if (block.drawn && !this.#whole && !body.contains(document.activeElement)) this.#empty(block);
  }

  #empty(block) {
    if (block.drawn) block.height = block.body.getBoundingClientRect().height;
    block.drawn = false;
    const space = element("td", { colspan: 4 });
    space.style.height = `${block.height || block.rows.length * GUESS}px`;
    block.body.replaceChildren(element("tr", { class: "space", "aria-hidden": "true" }, space));
  }

  #draw(block) {
    const missing = block.rows.some((row) => !this.#tasks.here(row));
    if (block.drawn && !block.waiting) return;
    block.drawn = true;
    block.waiting = missing;
    const focused = block.body.contains(document.activeElement) ? document.activeElement.closest("tr")?.ariaRowIndex : "";
    block.body.replaceChildren(...block.rows.map((row, i) => this.#row(row, block.at + i)));
    if (focused) block.body.querySelector(`[aria-rowindex="${focused}"] a`)?.focus({ preventScroll: true });
    if (!missing) return;
    this.#tasks.bring(block.rows).then(
      () => block.body.isConnected && block.drawn && this.#draw(block),
      () => this.#failed(),
    );
  }

  #row(row, at) {
    const task = this.#tasks.here(row);
    const [key, label] = this.#tasks.kinds.find(([name]) => name === this.#tasks.kind(row));
    const kind = element("span", { class: `tag k-${key}` }, KINDS[key] ?? label);
    return element(
      "tr",
      { "aria-rowindex": at + 2 },
      element("td", { class: "t-task" }, kind, " ", ...(task ? this.#words(task) : [element("span", { class: "note" }, tr("explorer.reading_one"))])),
      element("td", { class: "t-who" }, ...this.#who(row, task)),
      element("td", { class: "t-due" }, ...this.#day(row, task)),
      element("td", { class: "t-source" }, this.#source(row, task)),
    );
  }

  #words(task) {
    const href = new URL(task.url, this.#root).href;
    const whole = task.kind === "assignment" || task.title === task.text;
    const parts = [];
    if (task.title) parts.push(element("a", { class: whole ? "task-title" : "task-clause", href, lang: zh }, task.title));
    if (task.title !== task.text) parts.push(element(task.title ? "span" : "a", { class: "said", href: task.title ? undefined : href, lang: zh }, task.text));
    for (const one of task.indicators) parts.push(" ", element("span", { class: "indicator", lang: zh }, indicator(one)));
    for (const one of task.progress) parts.push(element("span", { class: `progress s-${one.state}` }, progress(one)));
    if (!task.sure) parts.push(" ", element("span", { class: "note unsure", title: tr("table.unsure_about") }, tr("table.unsure")));
    return parts;
  }

  // A line a part, its role before the names.
  #who(row, task) {
    const lines = new Map();
    for (const [role, name, , url] of this.#tasks.who(row)) lines.set(role, [...(lines.get(role) ?? []), [name, url]]);
    const open = task && openRole(task);
    const first = task && groups(task)[0];
    return [...lines].map(([role, names]) => {
      const list = names.flatMap(([name, url], i) => [
        i ? tr("list.and") : "",
        element(url ? "a" : "span", { href: url ? new URL(url, this.#root).href : undefined, lang: zh }, name),
      ]);
      if (open === role) list.push(tr("list.etc"));
      const tag = role === "responsible" && first ? said(first, task.path) : SHORT[role];
      return element("p", { class: `part r-${role}` }, element("span", { class: "part-name" }, tag), " ", ...list);
    });
  }

  #day(row, task) {
    const due = this.#tasks.due(row);
    const text = task?.due_text ?? due;
    if (!text) return [];
    const shown = due ? element("time", { datetime: due, lang: zh }, text) : text;
    const parts = [shown];
    if (task?.due_inherited) parts.push(element("span", { class: "note" }, tr("table.inherited")));
    if (due && due < this.#today) parts.push(" ", element("span", { class: "past-word" }, tr("validity.overdue")));
    return parts;
  }

  #source(row, task) {
    const [id, number, title] = this.#tasks.document(row);
    const name = number ?? title ?? id;
    if (!task) return element("span", { lang: zh }, name);
    const path = element("span", { class: "number", lang: zh }, task.path ? cited(task.path) : tr("table.text"));
    return element("a", { href: new URL(task.url, this.#root).href, title, lang: zh }, element("span", { class: number ? "number" : undefined }, name), " ", path);
  }
}

// ↑ and ↓ move from task to task.
export const walk = (event, table) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const row = document.activeElement.closest?.("tr[aria-rowindex]");
  if (!row || !table.contains(row)) return;
  const next = Number(row.ariaRowIndex) + (event.key === "ArrowDown" ? 1 : -1);
  const link = table.querySelector(`tr[aria-rowindex="${next}"] a`);
  if (!link) return;
  event.preventDefault();
  link.focus({ preventScroll: true });
  link.closest("tr").scrollIntoView({ block: "nearest" });
};
