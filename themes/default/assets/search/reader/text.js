// The text of a file with its marks, in the elements and classes of the page of a document.

import { element } from "../dom.js";
import { zh } from "../tr.js";

// Headings of the text stand below those of the page.
const BELOW = 2;

export class Text {
  #prefix;
  #given = new Set();
  #paths;

  // `prefix` keeps the ids of several files apart.
  constructor(prefix, blocks) {
    this.#prefix = prefix;
    this.#paths = new Set(blocks.map(({ path }) => path));
    this.element = element("div", { class: "text", lang: zh }, ...this.#blocks(blocks));
  }

  // The id of the words of task number `task`.
  static id(prefix, task) {
    return `${prefix}-m-${task}`;
  }

  #clause(path) {
    return `${this.#prefix}/${path}`;
  }

  // The first words of a task bear its id.
  #first(task) {
    if (this.#given.has(task)) return undefined;
    this.#given.add(task);
    return Text.id(this.#prefix, task);
  }

  #anchors(tasks = []) {
    return tasks.map((task) => element("span", { class: "zk", id: this.#first(task) }));
  }

  #words(pieces = []) {
    return pieces.map((piece) => (typeof piece === "string" ? piece : this.#marked(piece)));
  }

  #marked({ is, kind, task, to, day, words }) {
    const inside = () => this.#words(words);
    switch (is) {
      case "found":
        return element("span", { class: `found k-${kind}`, id: this.#first(task) }, ...inside());
      case "annotation":
        return element("span", { class: "annotation", id: this.#first(task) }, ...inside());
      case "ref":
        if (this.#paths.has(to)) return element("a", { class: "ref", href: `#${this.#clause(to)}` }, ...inside());
        return element("span", {}, ...inside());
      case "deadline":
        if (day) return element("time", { class: "deadline", datetime: day }, ...inside());
        return element("span", { class: "deadline" }, ...inside());
      default:
        return element("span", { class: "cite" }, ...inside());
    }
  }

  #blocks(blocks) {
    const made = [];
    // A number without a heading stands on the line of the words that follow it.
    let number;
    const end = () => {
      if (number) made.push(number);
      number = undefined;
    };
    for (const block of blocks) {
      const { is, level, path, words, tasks } = block;
      if (number && is === "paragraph") {
        number.append(" ", ...this.#anchors(tasks), ...this.#words(words));
        end();
        continue;
      }
      end();
      if (is === "clause") {
        number = element("p", { class: "clause", id: this.#clause(path) }, ...this.#anchors(tasks), ...this.#words(words));
      } else if (is === "heading") {
        const tag = `h${Math.min(level + BELOW, 6)}`;
        made.push(element(tag, { id: this.#clause(path) }, ...this.#anchors(tasks), ...this.#words(words)));
      } else if (is === "title") {
        made.push(element("p", { class: "doc-title" }, ...this.#words(words)));
      } else if (is === "rule") {
        made.push(element("hr"));
      } else if (is === "table") {
        made.push(this.#table(block));
      } else {
        made.push(element("p", { class: block.class }, ...this.#anchors(tasks), ...this.#words(words)));
      }
    }
    end();
    return made;
  }

  #table({ rows, header }) {
    const line = (tag, { cells, tasks = [] }, labels) => {
      const [first, ...others] = tasks;
      const made = cells.map((words, at) => {
        // A heading without words names nothing.
        const own = words.length ? tag : "td";
        return element(own, { scope: own === "th" && "col", "data-label": labels?.[at] }, ...this.#words(words));
      });
      made[0]?.prepend(...this.#anchors(others));
      return element("tr", { id: first === undefined ? undefined : this.#first(first) }, ...made);
    };
    const head = header && rows.length ? line("th", rows[0]) : undefined;
    const labels = head && [...head.cells].map((cell) => cell.textContent);
    const body = (head ? rows.slice(1) : rows).map((row) => line("td", row, labels));
    const table = element("table", { class: head ? "cards printed" : "printed" });
    if (head) table.append(element("thead", {}, head));
    if (body.length) table.append(element("tbody", {}, ...body));
    return element("div", { class: "scroll" }, table);
  }
}
